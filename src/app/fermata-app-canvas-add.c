/* fermata-app-canvas-add.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-edits.h"

#include "fermata-app-addable.h"

#include <glib/gi18n-lib.h>

static FermataAppItemKind
get_item_kind (FermataGraph *graph,
               const char   *type)
{
  if (fermata_graph_get_kind (graph) != FERMATA_GRAPH_KIND_FSM)
    return FERMATA_APP_ITEM_CARD;
  if (g_str_equal (type, "final"))
    return FERMATA_APP_ITEM_FINAL;
  if (g_str_has_suffix (type, "history"))
    return FERMATA_APP_ITEM_HISTORY;
  return FERMATA_APP_ITEM_STATE;
}

/* In a machine's own words a state without a name is a “state”, and one that
 * does a thing is called by that. */
static char *
dup_id (FermataGraph *graph,
        const char   *type,
        const char   *wish)
{
  if (wish != NULL)
    return g_strdup (wish);
  return fermata_graph_dup_free_id (graph, g_str_has_suffix (type, "history") ? "history" : type);
}

static FermataEdit *
new_add (FermataAppCanvas *self,
         const char       *type,
         const char       *id,
         FermataNode      *parent)
{
  FermataGraph *graph = fermata_app_document_get_shown (self->document);
  g_autoptr (FermataValue) value = NULL;
  g_autofree char *path = NULL;

  value = fermata_app_addable_new_node (fermata_app_document_get_engine (self->document),
                                        fermata_graph_get_kind (graph), type, id);
  path = parent != NULL ? fermata_node_dup_path (parent) : fermata_graph_dup_path (graph);
  return fermata_edit_new_add_node (path, G_MAXUINT, value);
}

static void
set_place (FermataValueBuilder *positions,
           const char          *id,
           double               x,
           double               y)
{
  g_autoptr (FermataValueBuilder) point = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) left = fermata_value_new_integer ((gint64) x);
  g_autoptr (FermataValue) top = fermata_value_new_integer ((gint64) y);
  g_autoptr (FermataValue) pair = NULL;

  fermata_value_builder_add (point, left);
  fermata_value_builder_add (point, top);
  pair = fermata_value_builder_end (point);
  fermata_value_builder_set (positions, id, pair);
}

/* Places that were only computed are written with the first that was chosen, or
 * the picture would be another when the file is opened again. */
static FermataEdit *
new_position (FermataAppDocument     *document,
              const char             *id,
              const graphene_point_t *place)
{
  FermataGraph *graph = fermata_app_document_get_shown (document);
  g_autofree char *path = fermata_graph_dup_path (graph);
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) positions = NULL;

  for (FermataNode *node = fermata_graph_get_node (graph, 0); node != NULL; node = fermata_node_get_next (node))
    {
      double x, y;

      if (fermata_node_get_id (node) != NULL && !fermata_node_get_position (node, &x, &y)
          && fermata_app_document_get_position (document, node, &x, &y))
        set_place (builder, fermata_node_get_id (node), x, y);
    }
  set_place (builder, id, place->x, place->y);
  positions = fermata_value_builder_end (builder);

  return fermata_edit_new_set_positions (path, positions);
}

static FermataEdit *
new_connection (FermataAppCanvas *self,
                FermataNode      *source,
                FermataNode      *target)
{
  g_autoptr (GError) error = NULL;
  FermataEdit *edit = fermata_edit_new_connect (source, target, NULL, NULL, &error);

  if (edit == NULL)
    fermata_app_document_fail (self->document, error->message);
  return edit;
}

static FermataNode *
add_in_gesture (FermataAppCanvas        *self,
                const FermataAppNewNode *what,
                const char              *id,
                const char              *title)
{
  FermataGraph *graph = fermata_app_document_get_shown (self->document);
  graphene_point_t place;
  FermataNode *node;
  FermataEdit *edit;

  fermata_app_scene_find_free (self->scene, &what->place, get_item_kind (graph, what->type), &place);
  edit = new_add (self, what->type, id, what->parent);
  if (!fermata_app_document_apply (self->document, edit, title) ||
      !fermata_app_document_apply (self->document, new_position (self->document, id, &place), title))
    return NULL;
  node = fermata_graph_find_node (graph, id);
  if (node == NULL || (what->edge != NULL && !fermata_app_canvas_insert (self, node, what->edge)))
    return NULL;
  if (what->source == NULL)
    return node;
  edit = new_connection (self, what->source, node);
  return edit != NULL && fermata_app_document_apply (self->document, edit, title) ? node : NULL;
}

FermataNode *
fermata_app_canvas_add (FermataAppCanvas        *self,
                        const FermataAppNewNode *what)
{
  FermataEditor *editor;
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  FermataNode *node;

  if (self->scene == NULL)
    return NULL;
  editor = fermata_app_document_get_editor (self->document);
  id = dup_id (fermata_app_document_get_shown (self->document), what->type, what->id);
  title = g_strdup_printf (_("Add “%s”"), id);
  fermata_editor_begin (editor, title);
  node = add_in_gesture (self, what, id, title);
  if (node == NULL)
    fermata_editor_abort (editor);
  else
    fermata_editor_end (editor);
  if (node != NULL)
    fermata_app_canvas_set_cursor (self, node, TRUE);
  return node;
}

FermataEdge *
fermata_app_canvas_connect (FermataAppCanvas *self,
                            FermataNode      *source,
                            FermataNode      *target)
{
  FermataGraph *graph = fermata_app_document_get_shown (self->document);
  FermataEdit *edit = new_connection (self, source, target);
  g_autofree char *title = NULL;
  FermataEdge *edge;

  title = g_strdup_printf (_("Connect “%s” to “%s”"), fermata_node_get_id (source), fermata_node_get_id (target));
  if (edit == NULL || !fermata_app_document_apply (self->document, edit, title))
    return NULL;
  edge = fermata_graph_get_edge (graph, fermata_graph_get_n_edges (graph) - 1);
  fermata_app_canvas_set_cursor (self, edge, TRUE);
  return edge;
}
