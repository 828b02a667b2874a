/* fermata-app-connector.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-connector.h"

#include "fermata-app-popover.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A longer list is nothing to choose from: one types another letter. */
#define MAX_ROWS 40

enum {
  CHOSEN,
  N_SIGNALS,
};

struct _FermataAppConnector {
  GtkPopover parent_instance;

  GtkWidget *entry;
  GtkListBox *rows;

  FermataNode *source;
  char *text; /* what the rows are for */
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FermataAppConnector, fermata_app_connector, GTK_TYPE_POPOVER)

static char *
dup_text (FermataAppConnector *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

/* 3: the very name; 2: begins so; 1: somewhere in it; 0: not at all. */
static guint
match_text (const char *text,
            const char *folded)
{
  g_autofree char *name = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  if (name == NULL)
    return 0;
  if (strcmp (name, folded) == 0)
    return 3;
  if (g_str_has_prefix (name, folded))
    return 2;
  return strstr (name, folded) != NULL ? 1 : 0;
}

static guint
match_node (FermataNode *node,
            const char  *text,
            const char  *folded)
{
  guint by_id = match_text (fermata_node_get_id (node), folded);
  guint by_label = match_text (fermata_node_get_label (node), folded);

  if (strcmp (fermata_node_get_id (node), text) == 0)
    return 4;
  return MAX (by_id, by_label);
}

static void
add_row (FermataAppConnector *self,
         const char          *icon_name,
         const char          *title,
         const char          *about,
         const char          *id)
{
  GtkWidget *row = fermata_app_popover_new_row (icon_name, title, about);

  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  gtk_list_box_append (self->rows, row);
}

static void
add_node_row (FermataAppConnector *self,
              FermataNode         *node)
{
  const char *id = fermata_node_get_id (node);
  const char *label = fermata_node_get_label (node);

  if (node == self->source)
    add_row (self, "object-rotate-left-symbolic", id, _("Itself: a loop"), id);
  else
    add_row (self, "go-next-symbolic", id, label, id);
}

/* The best ones first, without sorting all nodes that there are. */
static guint
add_matches (FermataAppConnector *self,
             const char          *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  FermataGraph *graph = fermata_node_get_graph (self->source);
  GPtrArray *found[5];
  guint best = 0;
  guint n_rows = 0;

  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    found[i] = g_ptr_array_new ();
  for (FermataNode *node = fermata_graph_get_node (graph, 0); node != NULL; node = fermata_node_get_next (node))
    {
      guint match = match_node (node, text, folded);

      if (match > 0 && found[match]->len < MAX_ROWS)
        g_ptr_array_add (found[match], node);
      best = MAX (best, match);
    }
  for (guint i = G_N_ELEMENTS (found); i-- > 1;)
    for (guint j = 0; j < found[i]->len && n_rows < MAX_ROWS; j++, n_rows++)
      add_node_row (self, g_ptr_array_index (found[i], j));
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    g_ptr_array_unref (found[i]);
  return best;
}

static void
add_new_state (FermataAppConnector *self,
               const char          *text)
{
  /* Translators: a state that does not exist yet: "New state “idle”" */
  g_autofree char *title = g_strdup_printf (_("New state “%s”"), text);

  add_row (self, "list-add-symbolic", title, NULL, text);
}

static void
update (FermataAppConnector *self)
{
  g_autofree char *text = dup_text (self);
  FermataGraph *graph = self->source != NULL ? fermata_node_get_graph (self->source) : NULL;
  guint best;

  if (graph == NULL || g_strcmp0 (text, self->text) == 0)
    return;
  fermata_app_popover_clear (self->rows);
  best = add_matches (self, text);
  if (fermata_graph_get_kind (graph) == FERMATA_GRAPH_KIND_FSM && best < 4 && fermata_model_id_is_valid (text, -1))
    add_new_state (self, text);
  if (gtk_list_box_get_row_at_index (self->rows, 0) != NULL)
    gtk_list_box_select_row (self->rows, gtk_list_box_get_row_at_index (self->rows, 0));
  g_free (self->text);
  self->text = g_steal_pointer (&text);
}

static void
on_search_changed (FermataAppConnector *self)
{
  update (self);
}

static void
on_row_activated (FermataAppConnector *self,
                  GtkListBoxRow       *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "id"));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, id);
}

static void
on_activate (FermataAppConnector *self)
{
  GtkListBoxRow *row;

  update (self);
  row = gtk_list_box_get_selected_row (self->rows);
  if (row != NULL)
    on_row_activated (self, row);
  else
    gtk_widget_error_bell (self->entry);
}

static void
fermata_app_connector_dispose (GObject *object)
{
  FermataAppConnector *self = FERMATA_APP_CONNECTOR (object);

  g_clear_object (&self->source);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (fermata_app_connector_parent_class)->dispose (object);
}

static void
fermata_app_connector_class_init (FermataAppConnectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fermata_app_connector_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/fermata/Fermata/fermata-app-connector.ui");
  gtk_widget_class_bind_template_child (widget_class, FermataAppConnector, entry);
  gtk_widget_class_bind_template_child (widget_class, FermataAppConnector, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
fermata_app_connector_init (FermataAppConnector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fermata_app_popover_keep_keys (GTK_POPOVER (self));
  fermata_app_popover_bind_rows (self->entry, self->rows);
}

GtkWidget *
fermata_app_connector_new (void)
{
  return g_object_new (FERMATA_TYPE_APP_CONNECTOR, NULL);
}

FermataNode *
fermata_app_connector_get_source (FermataAppConnector *self)
{
  return self->source;
}

void
fermata_app_connector_open (FermataAppConnector *self,
                            FermataNode         *source,
                            const GdkRectangle  *place)
{
  g_set_object (&self->source, source);
  g_clear_pointer (&self->text, g_free);
  fermata_app_popover_reset_text (self->entry);
  update (self);
  fermata_app_popover_open (GTK_POPOVER (self), place, self->entry);
}
