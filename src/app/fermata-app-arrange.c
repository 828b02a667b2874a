/* fermata-app-arrange.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-arrange.h"

#include "fermata-app-tasks.h"

#include <glib/gi18n.h>

struct _FermataAppArranger {
  FermataAppDocument *document;
  GCancellable *cancellable; /* of the layout under way */
};

/* A layout under way. When it has been cancelled, its arranger may be gone. */
typedef struct {
  FermataAppArranger *arranger;
  FermataGraph *graph;
  GCancellable *cancellable;
  gboolean is_edit;
  gboolean is_selection;
  double x; /* the upper left corner of a selection */
  double y;
} Layout;

static void
layout_free (Layout *layout)
{
  g_object_unref (layout->graph);
  g_object_unref (layout->cancellable);
  g_free (layout);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Layout, layout_free)

static double
get_coordinate (FermataValue *place,
                guint         index)
{
  return fermata_value_get_number (fermata_value_get_element (place, index));
}

static FermataValue *
new_place (double x,
           double y)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) column = fermata_value_new_integer ((gint64) x);
  g_autoptr (FermataValue) row = fermata_value_new_integer ((gint64) y);

  fermata_value_builder_add (builder, column);
  fermata_value_builder_add (builder, row);
  return fermata_value_builder_end (builder);
}

static void
find_corner (FermataValue *places,
             double       *x,
             double       *y)
{
  *x = *y = G_MAXDOUBLE;
  for (gsize i = 0; i < fermata_value_get_length (places); i++)
    {
      *x = MIN (*x, get_coordinate (fermata_value_get_element (places, i), 0));
      *y = MIN (*y, get_coordinate (fermata_value_get_element (places, i), 1));
    }
}

/* Of those nodes that are still there; a selection does not wander. */
static FermataValue *
fit_places (Layout       *layout,
            FermataValue *places)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  double x;
  double y;

  find_corner (places, &x, &y);
  for (gsize i = 0; i < fermata_value_get_length (places); i++)
    {
      const char *id = fermata_value_get_member_name (places, i);
      FermataValue *place = fermata_value_get_element (places, i);
      g_autoptr (FermataValue) moved = NULL;

      if (fermata_graph_find_node (layout->graph, id) == NULL)
        continue;
      if (layout->is_selection)
        moved = new_place (get_coordinate (place, 0) - x + layout->x, get_coordinate (place, 1) - y + layout->y);
      fermata_value_builder_set (builder, id, moved != NULL ? moved : place);
    }
  return fermata_value_builder_end (builder);
}

static void
apply (FermataAppDocument *document,
       Layout             *layout,
       FermataValue       *places,
       const char         *reason)
{
  g_autofree char *path = fermata_graph_dup_path (layout->graph);
  FermataEdit *edit = fermata_edit_new_set_positions (path, places);

  if (!fermata_app_document_apply (document, edit, layout->is_selection ? _("Arrange Selection") : _("Arrange")))
    return;
  if (reason != NULL)
    {
      g_autofree char *message = g_strdup_printf (_("Arranged in simple columns: %s"), reason);

      fermata_app_document_tell (document, message);
    }
}

static void
on_places (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Layout) layout = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (FermataValue) found = fermata_layout_positions_finish (result, &reason, &error);
  g_autoptr (FermataValue) places = NULL;
  FermataAppDocument *document;

  if (g_cancellable_is_cancelled (layout->cancellable))
    return;
  g_clear_object (&layout->arranger->cancellable);
  document = layout->arranger->document;
  if (found == NULL ||
      fermata_app_tasks_find_root (layout->graph) != fermata_app_document_get_graph (document))
    return;
  places = fit_places (layout, found);
  if (layout->is_edit)
    apply (document, layout, places, reason);
  else
    fermata_app_document_set_computed (document, layout->graph, places);
}

static void
stop (FermataAppArranger *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static Layout *
layout_new (FermataAppArranger *self)
{
  Layout *layout = g_new0 (Layout, 1);

  layout->arranger = self;
  layout->graph = g_object_ref (fermata_app_document_get_shown (self->document));
  layout->cancellable = g_cancellable_new ();
  return layout;
}

/* Takes @layout. */
static void
start (FermataAppArranger *self,
       Layout             *layout,
       const char *const  *ids)
{
  stop (self);
  self->cancellable = g_object_ref (layout->cancellable);
  fermata_layout_positions_async (layout->graph, ids, 0, self->cancellable, on_places, layout);
}

/* Nodes without places */

static gboolean
needs_places (FermataAppDocument *document)
{
  FermataGraph *graph = fermata_app_document_get_shown (document);
  FermataNode *node = fermata_graph_get_node (graph, 0);

  if (node == NULL)
    return FALSE;
  for (; node != NULL; node = fermata_node_get_next (node))
    {
      double x;
      double y;

      if (fermata_app_document_get_position (document, node, &x, &y))
        return FALSE;
    }
  return TRUE;
}

static void
shown_changed (FermataAppArranger *self)
{
  if (needs_places (self->document))
    start (self, layout_new (self), NULL);
}

/* A selection */

static GPtrArray *
list_selected (FermataAppArranger *self,
               Layout             *layout)
{
  FermataAppSelection *selection = fermata_app_document_get_selection (self->document);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  guint n = fermata_app_selection_get_n (selection);

  layout->x = layout->y = G_MAXDOUBLE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) element = g_list_model_get_item (G_LIST_MODEL (selection), i);
      double x;
      double y;

      if (!FERMATA_IS_NODE (element))
        continue;
      g_ptr_array_add (ids, g_strdup (fermata_node_get_id (FERMATA_NODE (element))));
      if (!fermata_app_document_get_position (self->document, FERMATA_NODE (element), &x, &y))
        continue;
      layout->x = MIN (layout->x, x);
      layout->y = MIN (layout->y, y);
    }
  if (layout->x == G_MAXDOUBLE)
    layout->x = layout->y = 0;
  return ids;
}

void
fermata_app_arranger_arrange (FermataAppArranger *self,
                              gboolean            only_selected)
{
  g_autoptr (Layout) layout = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  if (fermata_graph_get_n_nodes (fermata_app_document_get_shown (self->document)) == 0)
    return;
  layout = layout_new (self);
  layout->is_edit = TRUE;
  layout->is_selection = only_selected;
  if (only_selected)
    {
      ids = list_selected (self, layout);
      if (ids->len == 0)
        return;
      g_ptr_array_add (ids, NULL);
    }
  start (self, g_steal_pointer (&layout), ids != NULL ? (const char *const *) ids->pdata : NULL);
}

gboolean
fermata_app_arranger_is_busy (FermataAppArranger *self)
{
  return self->cancellable != NULL;
}

FermataAppArranger *
fermata_app_arranger_new (FermataAppDocument *document)
{
  FermataAppArranger *self = g_new0 (FermataAppArranger, 1);

  self->document = document;
  g_signal_connect_swapped (document, "notify::shown", G_CALLBACK (shown_changed), self);
  shown_changed (self);
  return self;
}

void
fermata_app_arranger_free (FermataAppArranger *self)
{
  stop (self);
  g_signal_handlers_disconnect_by_data (self->document, self);
  g_free (self);
}
