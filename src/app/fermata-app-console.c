/* fermata-app-console.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-console.h"

#include "fermata-app-look.h"

#include <glib/gi18n.h>

/* Of a payload, or of what a node printed, so much is shown in a line. */
#define MOST_CHARS 200

/*
 * The list is the run's own history: a row of it is made when it is seen.
 * Invariant: @history is what @selection is a selection of, NULL without a run.
 */
struct _FermataAppConsole {
  FermataAppPane parent_instance;

  GtkStack *stack;
  GtkListView *list;
  GtkEntry *entry;
  GtkLabel *answer;

  FermataHistory *history;
  GtkSingleSelection *selection;
  guint64 shown;
  guint scroll_source;
};

G_DEFINE_FINAL_TYPE (FermataAppConsole, fermata_app_console, FERMATA_TYPE_APP_PANE)

/* Events as text */

static char *
clip (const char *text)
{
  g_autofree char *line = g_strdelimit (g_strdup (text), "\r\n\t", ' ');
  g_autofree char *beginning = NULL;

  if (g_utf8_strlen (line, -1) <= MOST_CHARS)
    return g_steal_pointer (&line);

  beginning = g_utf8_substring (line, 0, MOST_CHARS);

  return g_strconcat (beginning, "…", NULL);
}

static gint64
integer_of (FermataValue *payload,
            const char   *name)
{
  FermataValue *value = fermata_value_get_member (payload, name);

  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_INTEGER
         ? fermata_value_get_integer (value) : 0;
}

/* The bytes that a chunk tells of. */
static char *
dup_printed (FermataAppConsole  *self,
             const FermataEvent *event)
{
  FermataDebugger *debugger = fermata_app_pane_get_debugger (FERMATA_APP_PANE (self));
  FermataValue *stream = fermata_value_get_member (event->payload, "stream");
  FermataStream which = FERMATA_STREAM_OUTPUT;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  if (stream != NULL && fermata_value_get_kind (stream) == FERMATA_VALUE_KIND_STRING)
    fermata_stream_from_string (fermata_value_get_string (stream, NULL), &which);
  if (debugger != NULL && which != FERMATA_STREAM_ITEMS)
    bytes = fermata_run_read_printed (fermata_debugger_get_run (debugger), event->frame, event->place, which,
                                      integer_of (event->payload, "offset"),
                                      MIN (integer_of (event->payload, "length"), 4 * MOST_CHARS), NULL);
  if (bytes == NULL)
    return NULL;

  text = g_utf8_make_valid (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return clip (g_strchomp (text));
}

static char *
dup_detail (FermataAppConsole  *self,
            const FermataEvent *event)
{
  g_autofree char *text = NULL;

  if (event->payload == NULL)
    return NULL;
  if (event->kind == FERMATA_EVENT_CHUNK)
    return dup_printed (self, event);
  if (event->kind == FERMATA_EVENT_LOGGED
      && fermata_value_get_kind (event->payload) == FERMATA_VALUE_KIND_STRING)
    return clip (fermata_value_get_string (event->payload, NULL));

  text = fermata_value_to_string (event->payload, FERMATA_WRITE_COMPACT, NULL);

  return clip (text);
}

static const char *
class_of (const FermataEvent *event)
{
  switch ((guint) event->kind)
    {
    case FERMATA_EVENT_LOGGED:
    case FERMATA_EVENT_CHUNK:
      return "said";
    case FERMATA_EVENT_NODE_FAILED:
    case FERMATA_EVENT_TASK_FAILED:
    case FERMATA_EVENT_EDGE_FAILED:
    case FERMATA_EVENT_ACTION_FAILED:
    case FERMATA_EVENT_MACHINE_FAILED:
      return "error";
    case FERMATA_EVENT_HELD:
    case FERMATA_EVENT_RELEASED:
    case FERMATA_EVENT_BOOKMARK:
      return "control";
    default:
      return fermata_event_kind_get_class (event->kind) == FERMATA_EVENT_CLASS_FACT ? "fact" : "decision";
    }
}

/* Rows */

static void
setup_row (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  static const struct {
    const char *name;
    int width;
  } columns[] = { { "number", 6 }, { "time", 9 }, { "kind", 17 }, { "place", 16 }, { "detail", -1 } };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), i < 2 ? 1 : 0);
      gtk_label_set_width_chars (GTK_LABEL (label), columns[i].width);
      gtk_label_set_ellipsize (GTK_LABEL (label), i == 0 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
      if (columns[i].width > 0)
        gtk_label_set_max_width_chars (GTK_LABEL (label), columns[i].width);
      gtk_widget_set_hexpand (label, columns[i].width < 0);
      gtk_widget_add_css_class (label, columns[i].name);
      g_object_set_data (G_OBJECT (item), columns[i].name, label);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_item_set_child (item, box);
}

static void
set_column (GtkListItem *item,
            const char  *column,
            const char  *text)
{
  gtk_label_set_label (g_object_get_data (G_OBJECT (item), column), text != NULL ? text : "");
}

static void
bind_row (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          FermataAppConsole        *self)
{
  FermataEventView *view = gtk_list_item_get_item (item);
  const char *classes[] = { "console-row", NULL, NULL };
  guint64 number = fermata_event_view_get_number (view);
  const FermataEvent *event = self->history == NULL ? NULL : fermata_history_get_event (self->history, number);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  g_autofree char *time = g_strdup_printf ("%.3f", fermata_event_view_get_time (view) / 1e6);
  g_autofree char *place = fermata_event_view_dup_place (view);
  g_autofree char *detail = NULL;

  if (event == NULL)
    return;

  detail = dup_detail (self, event);
  set_column (item, "number", text);
  set_column (item, "time", time);
  set_column (item, "kind", fermata_event_kind_to_string (event->kind));
  set_column (item, "place", place);
  set_column (item, "detail", detail);
  classes[1] = class_of (event);
  gtk_widget_set_css_classes (gtk_list_item_get_child (item), classes);
}

/* Going to an event */

static void
row_activated (FermataAppConsole *self,
               guint              position)
{
  FermataDebugger *debugger = fermata_app_pane_get_debugger (FERMATA_APP_PANE (self));
  g_autoptr (FermataEventView) view = NULL;
  g_autoptr (GError) error = NULL;

  view = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  if (debugger == NULL || view == NULL)
    return;

  if (!fermata_debugger_go_to (debugger, fermata_event_view_get_number (view), &error))
    fermata_app_document_fail (fermata_app_pane_get_document (FERMATA_APP_PANE (self)), error->message);
}

static gboolean
scroll (gpointer user_data)
{
  FermataAppConsole *self = user_data;
  guint position = gtk_single_selection_get_selected (self->selection);

  self->scroll_source = 0;
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);

  return G_SOURCE_REMOVE;
}

/* The event that is looked at is the selected one. */
static void
select_shown (FermataAppConsole *self,
              FermataDebugger   *debugger)
{
  guint64 number = fermata_debugger_get_number (debugger);
  guint64 first = fermata_history_get_first (self->history);

  if (number == self->shown || number < first)
    return;

  self->shown = number;
  gtk_single_selection_set_selected (self->selection, number - first);
  if (self->scroll_source == 0)
    self->scroll_source = g_idle_add (scroll, self);
}

static void
set_history (FermataAppConsole *self,
             FermataHistory    *history)
{
  if (!g_set_object (&self->history, history))
    return;

  self->shown = 0;
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (history));
}

static void
fermata_app_console_refresh (FermataAppPane *pane)
{
  FermataAppConsole *self = FERMATA_APP_CONSOLE (pane);
  FermataDebugger *debugger = fermata_app_pane_get_debugger (pane);

  gtk_stack_set_visible_child_name (self->stack, debugger != NULL ? "events" : "none");
  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), debugger != NULL);
  set_history (self, debugger == NULL ? NULL : fermata_run_get_history (fermata_debugger_get_run (debugger)));
  if (debugger != NULL)
    select_shown (self, debugger);
}

/* Evaluating */

static void
tell_answer (FermataAppConsole *self,
             const char        *source,
             const char        *answer,
             gboolean           is_error)
{
  g_autofree char *text = g_strdup_printf (is_error ? "%s: %s" : "%s = %s", source, answer);

  gtk_label_set_label (self->answer, text);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), TRUE);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->answer), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->answer), "error");
}

/* With the names that what is selected sees. */
static void
evaluate (FermataAppConsole *self)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  FermataDebugger *debugger = fermata_app_pane_get_debugger (FERMATA_APP_PANE (self));
  gpointer element = fermata_app_selection_get_only (fermata_app_document_get_selection (document));
  const char *source = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *place = NULL;
  g_autofree char *text = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) error = NULL;
  FermataAppSpot spot = { NULL, 0, 0 };

  if (debugger == NULL || *source == '\0')
    return;

  if (FERMATA_IS_NODE (element)
      && fermata_app_session_find_node (fermata_app_document_get_session (document), element, &spot))
    place = fermata_app_document_dup_place (document, element);
  value = fermata_debugger_evaluate (debugger, source, spot.frame, place, &error);
  if (value == NULL)
    {
      tell_answer (self, source, error->message, TRUE);
      return;
    }

  text = fermata_value_to_string (value, FERMATA_WRITE_PRETTY, NULL);
  tell_answer (self, source, text, FALSE);
}

static void
focus_requested (FermataAppConsole *self,
                 const char        *name)
{
  if (g_str_equal (name, "console"))
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* The pane */

static void
fermata_app_console_attach (FermataAppPane     *pane,
                            FermataAppDocument *document)
{
  g_signal_connect_object (document, "focus-requested", G_CALLBACK (focus_requested), pane,
                           G_CONNECT_SWAPPED);
}

static void
fermata_app_console_detach (FermataAppPane     *pane,
                            FermataAppDocument *document)
{
  FermataAppConsole *self = FERMATA_APP_CONSOLE (pane);

  g_clear_handle_id (&self->scroll_source, g_source_remove);
  set_history (self, NULL);
}

static void
fermata_app_console_finalize (GObject *object)
{
  FermataAppConsole *self = FERMATA_APP_CONSOLE (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (fermata_app_console_parent_class)->finalize (object);
}

static void
fermata_app_console_class_init (FermataAppConsoleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fermata_app_console_finalize;
  FERMATA_APP_PANE_CLASS (klass)->attach = fermata_app_console_attach;
  FERMATA_APP_PANE_CLASS (klass)->detach = fermata_app_console_detach;
  FERMATA_APP_PANE_CLASS (klass)->refresh = fermata_app_console_refresh;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-console.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppConsole, stack);
  gtk_widget_class_bind_template_child (widget_class, FermataAppConsole, list);
  gtk_widget_class_bind_template_child (widget_class, FermataAppConsole, entry);
  gtk_widget_class_bind_template_child (widget_class, FermataAppConsole, answer);
  gtk_widget_class_bind_template_callback (widget_class, setup_row);
  gtk_widget_class_bind_template_callback (widget_class, bind_row);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, evaluate);
}

static void
fermata_app_console_init (FermataAppConsole *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}
