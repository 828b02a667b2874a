/* fermata-app-data-pane.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-data-pane.h"

#include "fermata-app-datum.h"
#include "fermata-app-look.h"
#include "fermata-app-members-scxml.h"

#include <glib/gi18n.h>
#include <string.h>

/* Sections of so many rows are open when they come. */
#define MOST_OPEN 12

typedef enum {
  SECTION_OUTPUT,
  SECTION_ERROR,
  SECTION_INPUT,
  SECTION_VARIABLES,
  SECTION_EVENT,
  SECTION_INPUTS,
  SECTION_RESULT,
  N_SECTIONS,
} Section;

static const char *const section_names[N_SECTIONS] = {
  "output", "error", "input", "variables", "event", "inputs", "result",
};

/* Invariant: @store has those of @sections, in their order, that have a value. */
struct _FermataAppDataPane {
  FermataAppPane parent_instance;

  GtkStack *stack;
  GtkListView *list;
  GtkLabel *subject;
  GtkPopover *editor;
  GtkEntry *entry;
  GtkLabel *problem;

  FermataAppDatum *sections[N_SECTIONS];
  GListStore *store;
  FermataAppDatum *edited;
};

G_DEFINE_FINAL_TYPE (FermataAppDataPane, fermata_app_data_pane, FERMATA_TYPE_APP_PANE)

/* What is shown */

static gboolean
is_shown (FermataAppDataPane *self,
          Section             section,
          guint              *position)
{
  return g_list_store_find (self->store, self->sections[section], position);
}

static guint
position_of (FermataAppDataPane *self,
             Section             section)
{
  guint position = 0;

  for (guint i = 0; i < section; i++)
    position += is_shown (self, i, NULL);

  return position;
}

/* @value: NULL hides the section. */
static void
show (FermataAppDataPane *self,
      Section             section,
      FermataValue       *value)
{
  FermataAppDatum *datum = self->sections[section];
  guint position;

  fermata_app_datum_set_value (datum, value);
  if (value == NULL && is_shown (self, section, &position))
    g_list_store_remove (self->store, position);
  else if (value != NULL && !is_shown (self, section, NULL))
    g_list_store_insert (self->store, position_of (self, section), datum);
}

static void
show_variables (FermataAppDataPane *self,
                FermataDebugger    *debugger,
                FermataMoment      *moment)
{
  FermataAppDatum *datum = self->sections[SECTION_VARIABLES];
  FermataValue *variables = fermata_moment_get_variables (moment);
  gboolean is_editable = fermata_debugger_is_live (debugger)
                         && fermata_debugger_get_state (debugger) == FERMATA_RUN_STATE_RUNNING;
  guint n;

  if (variables != NULL && fermata_value_get_length (variables) == 0)
    variables = NULL;
  show (self, SECTION_VARIABLES, variables);
  n = g_list_model_get_n_items (G_LIST_MODEL (datum));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataAppDatum) variable = g_list_model_get_item (G_LIST_MODEL (datum), i);

      fermata_app_datum_set_writer (variable,
                                    fermata_moment_get_variable_writer (moment, fermata_app_datum_get_name (variable)));
      fermata_app_datum_set_editable (variable, is_editable);
    }
}

/* Of the one node that is selected, if it is a task of the run. */
static void
show_node (FermataAppDataPane *self)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  FermataAppSession *session = fermata_app_document_get_session (document);
  gpointer element = fermata_app_selection_get_only (fermata_app_document_get_selection (document));
  g_autoptr (FermataValue) input = NULL;
  FermataValue *output = NULL;
  FermataValue *error = NULL;
  guint64 writer = 0;
  FermataAppSpot spot;

  if (FERMATA_IS_NODE (element) && fermata_app_session_find_node (session, element, &spot)
      && !fermata_moment_is_machine (spot.moment, spot.frame))
    {
      input = fermata_moment_dup_node_input (spot.moment, spot.frame, spot.place);
      output = fermata_moment_get_node_output (spot.moment, spot.frame, spot.place);
      error = fermata_moment_get_node_error (spot.moment, spot.frame, spot.place);
      writer = fermata_moment_get_node_writer (spot.moment, spot.frame, spot.place);
    }
  show (self, SECTION_INPUT, input);
  show (self, SECTION_OUTPUT, output);
  show (self, SECTION_ERROR, error);
  fermata_app_datum_set_writer (self->sections[SECTION_OUTPUT], output != NULL ? writer : 0);
  fermata_app_datum_set_writer (self->sections[SECTION_ERROR], error != NULL ? writer : 0);
}

static FermataValue *
non_empty (FermataValue *value)
{
  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT
         && fermata_value_get_length (value) == 0 ? NULL : value;
}

static void
tell_subject (FermataAppDataPane *self)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  gpointer element = fermata_app_selection_get_only (fermata_app_document_get_selection (document));
  g_autofree char *name = NULL;

  if (FERMATA_IS_NODE (element))
    name = fermata_app_look_dup_node_name (document, element);
  else if (FERMATA_IS_EDGE (element))
    name = fermata_app_look_dup_edge_name (document, element);
  gtk_label_set_label (self->subject, name != NULL ? name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subject), name != NULL);
}

/* Of a machine with one of SCXML's data models, which has values that JSON has not. */
static void
set_canonical (FermataAppDataPane *self)
{
  FermataAppDocument *document = fermata_app_pane_get_document (FERMATA_APP_PANE (self));
  gboolean is_scxml = fermata_app_is_scxml (fermata_app_document_get_graph (document));

  fermata_app_datum_set_canonical (self->sections[SECTION_VARIABLES], is_scxml);
  fermata_app_datum_set_canonical (self->sections[SECTION_EVENT], is_scxml);
}

static void
fermata_app_data_pane_refresh (FermataAppPane *pane)
{
  FermataAppDataPane *self = FERMATA_APP_DATA_PANE (pane);
  FermataDebugger *debugger = fermata_app_pane_get_debugger (pane);
  FermataMoment *moment;

  gtk_stack_set_visible_child_name (self->stack, debugger != NULL ? "data" : "none");
  if (debugger == NULL)
    return;

  moment = fermata_debugger_get_moment (debugger);
  set_canonical (self);
  tell_subject (self);
  show_node (self);
  show_variables (self, debugger, moment);
  show (self, SECTION_EVENT, fermata_moment_is_machine (moment, 0) ? fermata_moment_get_event (moment, 0) : NULL);
  show (self, SECTION_INPUTS, non_empty (fermata_moment_get_inputs (moment)));
  show (self, SECTION_RESULT, fermata_moment_get_result (moment));
}

/* Rows */

static void
text_changed (FermataAppDatum *datum,
              GParamSpec      *pspec,
              GtkListItem     *item)
{
  GtkWidget *value = g_object_get_data (G_OBJECT (item), "value");
  GtkWidget *writer = g_object_get_data (G_OBJECT (item), "writer");
  g_autofree char *text = NULL;
  g_autofree char *by = NULL;
  guint64 number = fermata_app_datum_get_writer (datum);

  /* Of a section its rows say more than their number. */
  if (g_object_get_data (G_OBJECT (item), "is-section") == NULL
      || g_list_model_get_n_items (G_LIST_MODEL (datum)) > MOST_OPEN || !fermata_app_datum_is_container (datum))
    g_object_get (datum, "text", &text, NULL);
  gtk_label_set_label (GTK_LABEL (value), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (value, text);
  if (fermata_app_datum_is_changed (datum) && !fermata_app_datum_is_container (datum))
    gtk_widget_add_css_class (value, "changed");
  else
    gtk_widget_remove_css_class (value, "changed");
  by = g_strdup_printf (_("by %" G_GUINT64_FORMAT), number);
  gtk_button_set_label (GTK_BUTTON (writer), by);
  gtk_widget_set_visible (writer, number > 0);
}

static void
go_to_writer (GtkButton   *button,
              GtkListItem *item)
{
  GtkWidget *pane = gtk_widget_get_ancestor (GTK_WIDGET (button), FERMATA_TYPE_APP_DATA_PANE);
  FermataAppDatum *datum = g_object_get_data (G_OBJECT (item), "datum");
  FermataDebugger *debugger = fermata_app_pane_get_debugger (FERMATA_APP_PANE (pane));
  g_autoptr (GError) error = NULL;

  if (debugger != NULL && !fermata_debugger_go_to (debugger, fermata_app_datum_get_writer (datum), &error))
    fermata_app_document_fail (fermata_app_pane_get_document (FERMATA_APP_PANE (pane)), error->message);
}

static void
setup_row (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *value = gtk_label_new (NULL);
  GtkWidget *writer = gtk_button_new ();

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_ellipsize (GTK_LABEL (value), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (name), 8);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_add_css_class (value, "monospace");
  gtk_widget_add_css_class (value, "datum");
  gtk_widget_add_css_class (writer, "link");
  gtk_widget_add_css_class (writer, "writer");
  gtk_widget_set_tooltip_text (writer, _("Go to the event that wrote it"));
  g_signal_connect_object (writer, "clicked", G_CALLBACK (go_to_writer), item, 0);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (box), writer);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_list_item_set_child (item, expander);
  g_object_set_data (G_OBJECT (item), "name", name);
  g_object_set_data (G_OBJECT (item), "value", value);
  g_object_set_data (G_OBJECT (item), "writer", writer);
}

static void
bind_row (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  g_autoptr (FermataAppDatum) datum = gtk_tree_list_row_get_item (row);
  GtkWidget *name = g_object_get_data (G_OBJECT (item), "name");

  gtk_tree_expander_set_list_row (expander, row);
  gtk_label_set_label (GTK_LABEL (name), fermata_app_datum_get_name (datum));
  g_object_set_data (G_OBJECT (item), "is-section",
                     GUINT_TO_POINTER (gtk_tree_list_row_get_depth (row) == 0));
  if (gtk_tree_list_row_get_depth (row) == 0)
    gtk_widget_add_css_class (name, "section");
  else
    gtk_widget_remove_css_class (name, "section");
  g_signal_connect (datum, "notify", G_CALLBACK (text_changed), item);
  text_changed (datum, NULL, item);
  g_object_set_data_full (G_OBJECT (item), "datum", g_steal_pointer (&datum), g_object_unref);
}

static void
unbind_row (GtkSignalListItemFactory *factory,
            GtkListItem              *item)
{
  FermataAppDatum *datum = g_object_get_data (G_OBJECT (item), "datum");

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (item)), NULL);
  g_signal_handlers_disconnect_by_func (datum, text_changed, item);
  g_object_set_data (G_OBJECT (item), "datum", NULL);
}

static GListModel *
children_of (gpointer item,
             gpointer user_data)
{
  return fermata_app_datum_is_container (item) ? g_object_ref (item) : NULL;
}

/* Sections are open when they come, unless they are long. */
static void
rows_changed (GListModel *rows,
              guint       position,
              guint       n_removed,
              guint       n_added)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, i);

      g_autoptr (FermataAppDatum) datum = row == NULL ? NULL : gtk_tree_list_row_get_item (row);

      if (datum != NULL && gtk_tree_list_row_get_depth (row) == 0
          && g_list_model_get_n_items (G_LIST_MODEL (datum)) <= MOST_OPEN)
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

/* Changing a variable */

static FermataAppDatum *
find_row (FermataAppDataPane *self,
          guint               position)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->list);
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (model), position);

  return row == NULL ? NULL : gtk_tree_list_row_get_item (row);
}

static void
tell_problem (FermataAppDataPane *self,
              const char         *problem)
{
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

#define MAX_EDITED 20000

static void
row_activated (FermataAppDataPane *self,
               guint               position)
{
  g_autoptr (FermataAppDatum) datum = find_row (self, position);
  g_autofree char *text = NULL;

  if (datum == NULL || !fermata_app_datum_is_editable (datum))
    return;

  text = fermata_value_to_string (fermata_app_datum_get_value (datum), FERMATA_WRITE_COMPACT, NULL);
  /* GTK would take minutes to lay it out. */
  if (strlen (text) > MAX_EDITED)
    return;
  g_set_object (&self->edited, datum);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  tell_problem (self, NULL);
  gtk_popover_popup (self->editor);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
value_entered (FermataAppDataPane *self)
{
  FermataDebugger *debugger = fermata_app_pane_get_debugger (FERMATA_APP_PANE (self));
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) error = NULL;

  value = fermata_value_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1, &error);
  if (value == NULL || debugger == NULL
      || !fermata_debugger_set_variable (debugger, 0, fermata_app_datum_get_name (self->edited), value, &error))
    {
      tell_problem (self, error != NULL ? error->message : NULL);
      return;
    }

  gtk_popover_popdown (self->editor);
}

/* The pane */

static void
fermata_app_data_pane_attach (FermataAppPane     *pane,
                              FermataAppDocument *document)
{
  g_signal_connect_object (fermata_app_document_get_selection (document), "items-changed",
                           G_CALLBACK (fermata_app_data_pane_refresh), pane, G_CONNECT_SWAPPED);
}

static void
fermata_app_data_pane_detach (FermataAppPane     *pane,
                              FermataAppDocument *document)
{
  g_signal_handlers_disconnect_by_data (fermata_app_document_get_selection (document), pane);
}

static void
fermata_app_data_pane_dispose (GObject *object)
{
  FermataAppDataPane *self = FERMATA_APP_DATA_PANE (object);

  g_clear_pointer ((GtkWidget **) &self->editor, gtk_widget_unparent);
  g_clear_object (&self->edited);

  G_OBJECT_CLASS (fermata_app_data_pane_parent_class)->dispose (object);
}

static void
fermata_app_data_pane_finalize (GObject *object)
{
  FermataAppDataPane *self = FERMATA_APP_DATA_PANE (object);

  for (guint i = 0; i < N_SECTIONS; i++)
    g_object_unref (self->sections[i]);
  g_object_unref (self->store);

  G_OBJECT_CLASS (fermata_app_data_pane_parent_class)->finalize (object);
}

static void
fermata_app_data_pane_class_init (FermataAppDataPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fermata_app_data_pane_dispose;
  object_class->finalize = fermata_app_data_pane_finalize;
  FERMATA_APP_PANE_CLASS (klass)->attach = fermata_app_data_pane_attach;
  FERMATA_APP_PANE_CLASS (klass)->detach = fermata_app_data_pane_detach;
  FERMATA_APP_PANE_CLASS (klass)->refresh = fermata_app_data_pane_refresh;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-data-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppDataPane, stack);
  gtk_widget_class_bind_template_child (widget_class, FermataAppDataPane, list);
  gtk_widget_class_bind_template_child (widget_class, FermataAppDataPane, subject);
  gtk_widget_class_bind_template_child (widget_class, FermataAppDataPane, editor);
  gtk_widget_class_bind_template_child (widget_class, FermataAppDataPane, entry);
  gtk_widget_class_bind_template_child (widget_class, FermataAppDataPane, problem);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, value_entered);
  gtk_widget_class_bind_template_callback (widget_class, setup_row);
  gtk_widget_class_bind_template_callback (widget_class, bind_row);
  gtk_widget_class_bind_template_callback (widget_class, unbind_row);
}

static void
fermata_app_data_pane_init (FermataAppDataPane *self)
{
  GtkTreeListModel *rows;
  GtkSelectionModel *selection;

  for (guint i = 0; i < N_SECTIONS; i++)
    self->sections[i] = fermata_app_datum_new (section_names[i]);
  self->store = g_list_store_new (FERMATA_TYPE_APP_DATUM);
  gtk_widget_init_template (GTK_WIDGET (self));

  rows = gtk_tree_list_model_new (g_object_ref (G_LIST_MODEL (self->store)), FALSE, FALSE, children_of,
                                  NULL, NULL);
  /* After everybody else: what it does changes the rows. */
  g_signal_connect_after (rows, "items-changed", G_CALLBACK (rows_changed), NULL);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (rows)));
  gtk_list_view_set_model (self->list, selection);
  g_object_unref (selection);
}
