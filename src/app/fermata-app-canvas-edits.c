/* fermata-app-canvas-edits.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-edits.h"

#include <glib/gi18n-lib.h>

/* Looking */

static gboolean
is_on_canvas (FermataAppCanvas *self,
              gpointer          element)
{
  guint index;

  return FERMATA_IS_NODE (element) ? fermata_app_scene_find_node (self->scene, element, &index)
                                   : fermata_app_scene_find_edge (self->scene, element, &index);
}

static GPtrArray *
dup_selected (FermataAppCanvas *self,
              GType             type)
{
  GPtrArray *elements = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *selection;
  guint n;

  if (self->scene == NULL)
    return elements;
  selection = G_LIST_MODEL (fermata_app_document_get_selection (self->document));
  n = g_list_model_get_n_items (selection);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) element = g_list_model_get_item (selection, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (element, type) && is_on_canvas (self, element))
        g_ptr_array_add (elements, g_steal_pointer (&element));
    }
  return elements;
}

GPtrArray *
fermata_app_canvas_dup_selected (FermataAppCanvas *self)
{
  return dup_selected (self, G_TYPE_OBJECT);
}

GPtrArray *
fermata_app_canvas_dup_selected_nodes (FermataAppCanvas *self)
{
  return dup_selected (self, FERMATA_TYPE_NODE);
}

char *
fermata_app_elements_describe (GPtrArray *elements)
{
  guint n_nodes = 0;
  guint n_edges;
  g_autofree char *nodes = NULL;
  g_autofree char *edges = NULL;

  for (guint i = 0; i < elements->len; i++)
    n_nodes += FERMATA_IS_NODE (g_ptr_array_index (elements, i));
  n_edges = elements->len - n_nodes;
  nodes = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node", "%u nodes", n_nodes), n_nodes);
  edges = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u edge", "%u edges", n_edges), n_edges);
  if (n_edges == 0)
    return g_steal_pointer (&nodes);
  if (n_nodes == 0)
    return g_steal_pointer (&edges);
  /* Translators: "3 nodes and 2 edges" */
  return g_strdup_printf (_("%s and %s"), nodes, edges);
}

void
fermata_app_canvas_get_focal_point (FermataAppCanvas *self,
                                    graphene_point_t *point)
{
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;

  if (self->has_pointer)
    {
      x = self->pointer_x;
      y = self->pointer_y;
    }
  fermata_app_canvas_to_scene (self, x, y, point);
}

/* Doing */

/* @edit is taken; NULL was refused, as @error says. */
static gboolean
apply (FermataAppCanvas *self,
       FermataEdit      *edit,
       const char       *title,
       const GError     *error)
{
  if (edit != NULL)
    return fermata_app_document_apply (self->document, edit, title);
  if (error != NULL)
    fermata_app_document_fail (self->document, error->message);
  return FALSE;
}

FermataNode *
fermata_app_canvas_find_container (FermataAppCanvas       *self,
                                   const graphene_point_t *point,
                                   gboolean                any)
{
  FermataAppHit hit = fermata_app_scene_hit (self->scene, point, 0);
  const FermataAppItem *item;

  if (!any || (hit.kind != FERMATA_APP_HIT_NODE && hit.kind != FERMATA_APP_HIT_PORT))
    return fermata_app_scene_find_around (self->scene, point);
  item = fermata_app_scene_get_item (self->scene, hit.index);
  if (item->kind == FERMATA_APP_ITEM_STATE || item->kind == FERMATA_APP_ITEM_CONTAINER)
    return item->node;
  return fermata_node_get_parent (item->node);
}

gboolean
fermata_app_canvas_delete (FermataAppCanvas *self,
                           GPtrArray        *elements,
                           gboolean          reconnect)
{
  FermataGraph *graph;
  g_autoptr (GError) error = NULL;
  g_autofree char *what = NULL;
  g_autofree char *title = NULL;
  g_autofree char *message = NULL;
  FermataEdit *edit;

  if (self->scene == NULL || elements->len == 0)
    return FALSE;
  graph = fermata_app_document_get_shown (self->document);
  what = fermata_app_elements_describe (elements);
  edit = reconnect ? fermata_edit_new_dissolve (graph, elements, &error)
                   : fermata_edit_new_delete (graph, elements, &error);
  /* Translators: "Delete 3 nodes" */
  title = g_strdup_printf (_("Delete %s"), what);
  if (!apply (self, edit, title, error))
    return FALSE;
  /* Translators: "Deleted 3 nodes" */
  message = g_strdup_printf (_("Deleted %s"), what);
  fermata_app_document_tell (self->document, message);
  return TRUE;
}

gboolean
fermata_app_canvas_cut_edges (FermataAppCanvas *self,
                              GPtrArray        *edges)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *what = fermata_app_elements_describe (edges);
  /* Translators: "Cut 3 edges" */
  g_autofree char *title = g_strdup_printf (_("Cut %s"), what);

  FermataEdit *edit;

  if (edges->len == 0)
    return FALSE;
  edit = fermata_edit_new_delete (fermata_app_document_get_shown (self->document), edges, &error);
  return apply (self, edit, title, error);
}

static gboolean
has_ancestor_among (FermataNode *node,
                    GHashTable  *nodes)
{
  for (node = fermata_node_get_parent (node); node != NULL; node = fermata_node_get_parent (node))
    if (g_hash_table_contains (nodes, node))
      return TRUE;
  return FALSE;
}

static gboolean
is_in (FermataNode *node,
       GHashTable  *nodes)
{
  return g_hash_table_contains (nodes, node) || has_ancestor_among (node, nodes);
}

/* One after the other, as each changes the paths of those behind it. */
static gboolean
set_parent (FermataAppCanvas *self,
            GPtrArray        *nodes,
            FermataNode      *parent,
            const char       *title)
{
  g_autoptr (GHashTable) set = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < nodes->len; i++)
    g_hash_table_add (set, g_ptr_array_index (nodes, i));
  while (parent != NULL && is_in (parent, set))
    parent = fermata_node_get_parent (parent);

  for (guint i = 0; i < nodes->len; i++)
    {
      FermataNode *node = g_ptr_array_index (nodes, i);
      g_autofree char *path = NULL;
      g_autofree char *parent_path = NULL;

      if (fermata_node_get_parent (node) == parent || has_ancestor_among (node, set))
        continue;
      path = fermata_node_dup_path (node);
      parent_path = parent != NULL ? fermata_node_dup_path (parent)
                                   : fermata_graph_dup_path (fermata_node_get_graph (node));
      if (!fermata_app_document_apply (self->document,
                                       fermata_edit_new_move_node (path, parent_path, G_MAXUINT), title))
        return FALSE;
    }
  return TRUE;
}

gboolean
fermata_app_canvas_move (FermataAppCanvas *self,
                         GPtrArray        *nodes,
                         double            dx,
                         double            dy,
                         gboolean          reparent,
                         FermataNode      *parent)
{
  FermataEditor *editor = fermata_app_document_get_editor (self->document);
  g_autofree char *what = fermata_app_elements_describe (nodes);
  /* Translators: "Move 3 nodes" */
  g_autofree char *title = g_strdup_printf (_("Move %s"), what);
  FermataEdit *edit;

  edit = fermata_app_scene_make_move (self->scene, (FermataNode *const *) nodes->pdata, nodes->len, dx, dy);
  fermata_editor_begin (editor, title);
  if ((edit != NULL && !fermata_app_document_apply (self->document, edit, title)) ||
      (reparent && !set_parent (self, nodes, parent, title)))
    {
      fermata_editor_abort (editor);
      return FALSE;
    }
  fermata_editor_end (editor);
  return TRUE;
}

void
fermata_app_canvas_nudge (FermataAppCanvas *self,
                          double            dx,
                          double            dy)
{
  g_autoptr (GPtrArray) nodes = fermata_app_canvas_dup_selected_nodes (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataEdit) edit = NULL;
  g_autoptr (GString) key = g_string_new ("move");
  g_autofree char *what = NULL;
  g_autofree char *title = NULL;

  if (nodes->len == 0)
    return;
  edit = fermata_app_scene_make_move (self->scene, (FermataNode *const *) nodes->pdata, nodes->len, dx, dy);
  if (edit == NULL)
    return;
  for (guint i = 0; i < nodes->len; i++)
    g_string_append_printf (key, "/%s", fermata_node_get_id (g_ptr_array_index (nodes, i)));
  what = fermata_app_elements_describe (nodes);
  title = g_strdup_printf (_("Move %s"), what);
  if (!fermata_app_document_can_edit (self->document))
    return;
  if (!fermata_editor_apply_merged (fermata_app_document_get_editor (self->document), edit, title, key->str, &error))
    fermata_app_document_fail (self->document, error->message);
}

gboolean
fermata_app_canvas_insert (FermataAppCanvas *self,
                           FermataNode      *node,
                           FermataEdge      *edge)
{
  const char *id = fermata_node_get_id (node);
  g_autofree char *title = g_strdup_printf (_("Insert “%s”"), id);
  g_autoptr (GError) error = NULL;
  FermataEdit *edit = fermata_edit_new_insert_on_edge (edge, id, &error);

  return apply (self, edit, title, error);
}

void
fermata_app_canvas_set_initial (FermataAppCanvas *self,
                                FermataNode      *node)
{
  g_autofree char *title = g_strdup_printf (_("Begin with “%s”"), fermata_node_get_id (node));
  g_autoptr (GError) error = NULL;
  FermataEdit *edit = fermata_edit_new_set_initial (node, &error);

  apply (self, edit, title, error);
}
