/* fermata-app-scene-initials.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-scene-private.h"

/* Lines from dots to where a machine, or a state with states in it, begins. */

/* The ids that a member "initial" names: a text, some of them, or an edge to them. */
static FermataValue *
get_initial_ids (FermataValue *members)
{
  FermataValue *initial = fermata_value_get_member (members, "initial");

  if (initial != NULL && fermata_value_get_kind (initial) == FERMATA_VALUE_KIND_OBJECT)
    initial = fermata_value_get_member (initial, "to");
  return initial;
}

/* Adds the state that an id names, if it is in @owner: else it is a mistake. */
static void
add_named (FermataAppScene *self,
           GPtrArray       *boxes,
           FermataAppBox   *owner,
           FermataValue    *id)
{
  FermataAppBox *box;

  if (fermata_value_get_kind (id) != FERMATA_VALUE_KIND_STRING)
    return;
  box = fermata_app_scene_find_box (self, fermata_graph_find_node (self->graph, fermata_value_get_string (id, NULL)));
  if (box != NULL && box != owner && (owner == NULL || fermata_app_box_is_within (box, owner)))
    g_ptr_array_add (boxes, box);
}

/* Where a machine, or a state, begins. */
static GPtrArray *
list_initials (FermataAppScene *self,
               FermataAppBox   *owner)
{
  FermataValue *ids = get_initial_ids (owner != NULL ? owner->members : fermata_graph_get_members (self->graph));
  GPtrArray *boxes = g_ptr_array_new ();

  if (ids == NULL && owner != NULL)
    g_ptr_array_add (boxes, owner->first_child);
  else if (ids == NULL && self->boxes->len > 0)
    g_ptr_array_add (boxes, g_ptr_array_index (self->boxes, 0));
  else if (ids != NULL && fermata_value_get_kind (ids) == FERMATA_VALUE_KIND_ARRAY)
    {
      for (gsize i = 0; i < fermata_value_get_length (ids); i++)
        add_named (self, boxes, owner, fermata_value_get_element (ids, i));
    }
  else if (ids != NULL)
    add_named (self, boxes, owner, ids);
  return boxes;
}

static void
add_initial (FermataAppScene *self,
             GPtrArray       *initials,
             FermataAppBox   *owner,
             FermataAppBox   *to,
             guint            target)
{
  FermataAppLine *line = fermata_app_line_new (self, NULL, target, NULL, to);

  line->owner = owner;
  if (to->arrivals == NULL)
    to->arrivals = g_ptr_array_sized_new (1);
  g_ptr_array_add (to->arrivals, line);
  g_ptr_array_add (initials, line);
}

static gboolean
has_same (GPtrArray *initials,
          GPtrArray *boxes)
{
  if (initials->len != boxes->len)
    return FALSE;
  for (guint i = 0; i < boxes->len; i++)
    {
      FermataAppLine *line = g_ptr_array_index (initials, i);

      if (line->is_gone || line->to != g_ptr_array_index (boxes, i))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_dot (FermataAppScene *self,
         FermataAppBox   *owner)
{
  if (self->kind != FERMATA_GRAPH_KIND_FSM)
    return FALSE;
  return owner == NULL || (owner->item.kind == FERMATA_APP_ITEM_CONTAINER &&
                           g_strcmp0 (fermata_node_get_type_name (owner->item.node), "parallel") != 0);
}

static void
sync_initials_of (FermataAppScene *self,
                  FermataAppBox   *owner,
                  GPtrArray       *initials)
{
  g_autoptr (GPtrArray) boxes = has_dot (self, owner) ? list_initials (self, owner) : g_ptr_array_new ();

  if (has_same (initials, boxes))
    return;
  for (guint i = 0; i < initials->len; i++)
    fermata_app_scene_drop_line (self, g_ptr_array_index (initials, i));
  g_ptr_array_set_size (initials, 0);
  for (guint i = 0; i < boxes->len; i++)
    add_initial (self, initials, owner, g_ptr_array_index (boxes, i), i);
  if (owner != NULL)
    fermata_app_scene_unsettle (self, owner);
}

void
fermata_app_scene_sync_initials (FermataAppScene *self)
{
  sync_initials_of (self, NULL, self->initials);
  for (guint i = 0; i < self->boxes->len; i++)
    {
      FermataAppBox *box = g_ptr_array_index (self->boxes, i);

      if (box->item.kind == FERMATA_APP_ITEM_CONTAINER && box->initials == NULL)
        box->initials = g_ptr_array_sized_new (1);
      if (box->initials != NULL)
        sync_initials_of (self, box, box->initials);
    }
}
