/* fermata-app-event-entry.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-event-entry.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many events are offered; any can be typed. */
#define MOST_OFFERED 8

struct _FermataAppEventEntry {
  FermataAppPane parent_instance;

  GtkWidget *revealer;
  GtkEntry *entry;
  GtkLabel *problem;
  GtkBox *offers;

  /* Event -> what was typed last with it: "coin" -> "coin {\"value\": 1}". */
  GHashTable *typed;
  char *offered;
};

G_DEFINE_FINAL_TYPE (FermataAppEventEntry, fermata_app_event_entry, FERMATA_TYPE_APP_PANE)

static void
tell (FermataAppEventEntry *self,
      const char           *problem)
{
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

/* `coin`, or `coin {"value": 1}`. */
static gboolean
read_event (const char    *text,
            char         **name,
            FermataValue **data,
            GError       **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  gsize length = strcspn (stripped, " \t");
  const char *rest = stripped + length + strspn (stripped + length, " \t");

  *name = g_strndup (stripped, length);
  *data = NULL;
  if (!fermata_event_name_is_valid (*name))
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INPUT,
                   _("“%s” is not the name of an event: words with points between, like “coin” or “track.ended”"),
                   *name);
      return FALSE;
    }
  if (*rest == '\0')
    return TRUE;

  *data = fermata_value_parse (rest, -1, error);
  if (*data == NULL)
    g_prefix_error (error, _("What follows the name must be JSON, like {\"value\": 1}: "));

  return *data != NULL;
}

static gboolean
send_text (FermataAppEventEntry *self,
           const char           *text)
{
  FermataDebugger *debugger = fermata_app_pane_get_debugger (FERMATA_APP_PANE (self));
  g_autofree char *name = NULL;
  g_autoptr (FermataValue) data = NULL;
  g_autoptr (GError) error = NULL;

  if (debugger == NULL)
    return FALSE;
  if (!read_event (text, &name, &data, &error))
    {
      tell (self, error->message);
      return FALSE;
    }
  if (!fermata_run_send_event (fermata_debugger_get_run (debugger), name, data))
    {
      tell (self, _("The run does not take events any more"));
      return FALSE;
    }

  tell (self, NULL);
  g_hash_table_insert (self->typed, g_steal_pointer (&name), g_strdup (text));

  return TRUE;
}

static void
activated (FermataAppEventEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (*text != '\0' && send_text (self, text))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
edited (FermataAppEventEntry *self)
{
  tell (self, NULL);
}

/* With the data that were given last. */
static void
offer_clicked (FermataAppEventEntry *self,
               GtkButton            *button)
{
  const char *name = gtk_button_get_label (button);
  const char *typed = g_hash_table_lookup (self->typed, name);
  g_autofree char *text = g_strdup (typed != NULL ? typed : name);

  send_text (self, text);
}

/* What is offered */

/* SCXML writes several between spaces, each perhaps with ".*" behind it. */
static void
collect_words (const char *events,
               GPtrArray  *names)
{
  g_auto (GStrv) words = g_strsplit_set (events, " \t\r\n", -1);

  for (guint i = 0; words[i] != NULL && names->len < MOST_OFFERED; i++)
    {
      if (g_str_has_suffix (words[i], ".*"))
        words[i][strlen (words[i]) - 2] = '\0';
      if (fermata_event_name_is_valid (words[i])
          && !g_ptr_array_find_with_equal_func (names, words[i], g_str_equal, NULL))
        g_ptr_array_add (names, g_strdup (words[i]));
    }
}

static void
collect (FermataValue *events,
         GPtrArray    *names)
{
  gboolean is_list = events != NULL && fermata_value_get_kind (events) == FERMATA_VALUE_KIND_ARRAY;
  gsize n = events == NULL ? 0 : is_list ? fermata_value_get_length (events) : 1;

  for (gsize i = 0; i < n && names->len < MOST_OFFERED; i++)
    {
      FermataValue *event = is_list ? fermata_value_get_element (events, i) : events;

      if (fermata_value_get_kind (event) == FERMATA_VALUE_KIND_STRING)
        collect_words (fermata_value_get_string (event, NULL), names);
    }
}

static GPtrArray *
find_events (FermataDebugger *debugger)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  FermataMoment *moment = fermata_run_get_moment (fermata_debugger_get_run (debugger));
  g_autoptr (FermataValue) ways = fermata_moment_dup_ways_out (moment, 0);

  for (gsize i = 0; ways != NULL && i < fermata_value_get_length (ways); i++)
    collect (fermata_value_get_member (fermata_value_get_element (ways, i), "event"), names);

  return names;
}

static void
add_offer (FermataAppEventEntry *self,
           const char           *name)
{
  GtkWidget *button = gtk_button_new_with_label (name);
  const char *typed = g_hash_table_lookup (self->typed, name);
  g_autofree char *tip = g_strdup_printf (_("Send %s"), typed != NULL ? typed : name);

  gtk_widget_add_css_class (button, "event-offer");
  gtk_widget_set_tooltip_text (button, tip);
  g_signal_connect_object (button, "clicked", G_CALLBACK (offer_clicked), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->offers, button);
}

/* Buttons stay while the same is offered, so that they can be clicked again. */
static void
offer (FermataAppEventEntry *self,
       GPtrArray            *names)
{
  g_autoptr (GString) all = g_string_new (NULL);
  GtkWidget *child;

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (all, "%s ", (char *) names->pdata[i]);
  if (g_strcmp0 (self->offered, all->str) == 0)
    return;

  g_free (self->offered);
  self->offered = g_strdup (all->str);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->offers))) != NULL)
    gtk_box_remove (self->offers, child);
  for (guint i = 0; i < names->len; i++)
    add_offer (self, names->pdata[i]);
}

static void
fermata_app_event_entry_refresh (FermataAppPane *pane)
{
  FermataAppEventEntry *self = FERMATA_APP_EVENT_ENTRY (pane);
  FermataDebugger *debugger = fermata_app_pane_get_debugger (pane);
  gboolean takes = debugger != NULL
                   && fermata_plan_takes_events (fermata_run_get_plan (fermata_debugger_get_run (debugger)))
                   && fermata_debugger_get_state (debugger) <= FERMATA_RUN_STATE_RUNNING;
  gboolean is_live = takes && fermata_debugger_is_live (debugger);
  g_autoptr (GPtrArray) names = NULL;

  gtk_widget_set_visible (self->revealer, takes);
  if (!takes)
    return;

  gtk_widget_set_sensitive (self->revealer, is_live);
  gtk_entry_set_placeholder_text (self->entry, is_live ? _("Event, and data: coin {\"value\": 1}")
                                                       : _("Return to live to send events"));
  names = find_events (debugger);
  offer (self, names);
}

void
fermata_app_event_entry_focus (FermataAppEventEntry *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
focus_requested (FermataAppEventEntry *self,
                 const char           *name)
{
  if (g_str_equal (name, "event"))
    fermata_app_event_entry_focus (self);
}

static void
fermata_app_event_entry_attach (FermataAppPane     *pane,
                                FermataAppDocument *document)
{
  g_signal_connect_object (document, "focus-requested", G_CALLBACK (focus_requested), pane,
                           G_CONNECT_SWAPPED);
}

static void
fermata_app_event_entry_finalize (GObject *object)
{
  FermataAppEventEntry *self = FERMATA_APP_EVENT_ENTRY (object);

  g_hash_table_unref (self->typed);
  g_free (self->offered);

  G_OBJECT_CLASS (fermata_app_event_entry_parent_class)->finalize (object);
}

static void
fermata_app_event_entry_class_init (FermataAppEventEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fermata_app_event_entry_finalize;
  FERMATA_APP_PANE_CLASS (klass)->attach = fermata_app_event_entry_attach;
  FERMATA_APP_PANE_CLASS (klass)->refresh = fermata_app_event_entry_refresh;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-event-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppEventEntry, revealer);
  gtk_widget_class_bind_template_child (widget_class, FermataAppEventEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, FermataAppEventEntry, problem);
  gtk_widget_class_bind_template_child (widget_class, FermataAppEventEntry, offers);
  gtk_widget_class_bind_template_callback (widget_class, activated);
  gtk_widget_class_bind_template_callback (widget_class, edited);
}

static void
fermata_app_event_entry_init (FermataAppEventEntry *self)
{
  self->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
