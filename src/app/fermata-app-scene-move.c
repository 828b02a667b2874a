/* fermata-app-scene-move.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-scene-private.h"

/* Moving nodes: as it looks while they are dragged, and the edit that leaves them
 * there. What is in a state moves with it. */

/* The first index behind all that is in @box. */
static guint
get_end (FermataAppScene *self,
         FermataAppBox   *box)
{
  while (box != NULL && box->next == NULL && box->parent != NULL)
    box = box->parent;
  if (box->next != NULL)
    return box->next->index;
  /* At the top, siblings are not linked. */
  for (guint i = box->last_child != NULL ? box->last_child->index : box->index; i < self->boxes->len; i++)
    {
      FermataAppBox *other = g_ptr_array_index (self->boxes, i);

      if (other != box && !fermata_app_box_is_within (other, box))
        return i;
    }
  return self->boxes->len;
}

static void
set_dragged (FermataAppScene *self,
             FermataAppBox   *top,
             gboolean         is_dragged)
{
  guint end = get_end (self, top);

  for (guint i = top->index; i < end; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->boxes, i);

      box->is_dragged = is_dragged;
      fermata_app_scene_unsettle (self, box);
    }
}

static gboolean
is_same_drag (FermataAppScene    *self,
              FermataNode *const *nodes,
              guint               n_nodes)
{
  if (self->dragged->len != n_nodes)
    return FALSE;
  for (guint i = 0; i < n_nodes; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->dragged, i);

      if (box->item.node != nodes[i])
        return FALSE;
    }
  return TRUE;
}

static void
set_all_dragged (FermataAppScene *self,
                 gboolean         is_dragged)
{
  for (guint i = 0; i < self->dragged->len; i++)
    set_dragged (self, g_ptr_array_index (self->dragged, i), is_dragged);
}

void
fermata_app_scene_set_drag (FermataAppScene    *self,
                            FermataNode *const *nodes,
                            guint               n_nodes,
                            float               dx,
                            float               dy)
{
  fermata_app_scene_freshen (self);
  if (nodes == NULL)
    n_nodes = 0;
  if (n_nodes == 0 && self->dragged->len == 0)
    return;
  if (n_nodes > 0 && is_same_drag (self, nodes, n_nodes) && self->drag.x == dx && self->drag.y == dy)
    return;
  if (!is_same_drag (self, nodes, n_nodes))
    {
      set_all_dragged (self, FALSE);
      g_ptr_array_set_size (self->dragged, 0);
      for (guint i = 0; i < n_nodes; i++)
        {
          FermataAppBox *box = fermata_app_scene_find_box (self, nodes[i]);

          if (box != NULL)
            g_ptr_array_add (self->dragged, box);
        }
    }
  graphene_point_init (&self->drag, dx, dy);
  set_all_dragged (self, TRUE);
  fermata_app_scene_settle (self);
  fermata_app_scene_emit_changed (self);
}

/* The edit */

static void
add_position (FermataValueBuilder *builder,
              FermataAppBox       *box,
              float                x,
              float                y)
{
  g_autoptr (FermataValueBuilder) position = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) column = fermata_value_new_integer (lroundf (x));
  g_autoptr (FermataValue) row = fermata_value_new_integer (lroundf (y));
  g_autoptr (FermataValue) value = NULL;

  fermata_value_builder_add (position, column);
  fermata_value_builder_add (position, row);
  value = fermata_value_builder_end (position);
  fermata_value_builder_set (builder, fermata_node_get_id (box->item.node), value);
}

/* Where a node is without the drag. */
static graphene_point_t
get_place (FermataAppScene *self,
           FermataAppBox   *box)
{
  if (box->first_child == NULL)
    return box->place;
  return GRAPHENE_POINT_INIT (box->item.rect.origin.x - (box->is_dragged ? self->drag.x : 0),
                              box->item.rect.origin.y - (box->is_dragged ? self->drag.y : 0));
}

static GHashTable *
list_moved (FermataAppScene    *self,
            FermataNode *const *nodes,
            guint               n_nodes)
{
  GHashTable *moved = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_nodes; i++)
    {
      FermataAppBox *top = fermata_app_scene_find_box (self, nodes[i]);
      guint end = top != NULL ? get_end (self, top) : 0;

      for (guint j = top != NULL ? top->index : 0; j < end; j++)
        g_hash_table_add (moved, g_ptr_array_index (self->boxes, j));
    }
  return moved;
}

FermataEdit *
fermata_app_scene_make_move (FermataAppScene    *self,
                             FermataNode *const *nodes,
                             guint               n_nodes,
                             float               dx,
                             float               dy)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) positions = NULL;
  g_autoptr (GHashTable) moved = NULL;
  g_autofree char *path = NULL;

  fermata_app_scene_freshen (self);
  moved = list_moved (self, nodes, n_nodes);
  if (g_hash_table_size (moved) == 0 || (dx == 0 && dy == 0))
    return NULL;
  for (guint i = 0; i < self->boxes->len; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->boxes, i);
      graphene_point_t place = get_place (self, box);

      if (g_hash_table_contains (moved, box))
        add_position (builder, box, place.x + dx, place.y + dy);
      else if (!fermata_node_get_position (box->item.node, NULL, NULL))
        add_position (builder, box, place.x, place.y);
    }
  positions = fermata_value_builder_end (builder);
  path = fermata_graph_dup_path (self->graph);
  return fermata_edit_new_set_positions (path, positions);
}
