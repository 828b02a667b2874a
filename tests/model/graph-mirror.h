/* graph-mirror.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

/* A document as somebody keeps it who looks once and then only hears signals:
 * `items-changed` of lists and `notify::members` of what has members. */

#include "model/model-fixture.h"
#include "value/fermata-value-builder.h"

typedef struct {
  gpointer object;
  char *name; /* of a body */
  FermataValue *members;
  GListModel *lists[2];
  GPtrArray *items[2]; /* nodes and edges */
  GPtrArray *bodies;
} Mirror;

static inline Mirror *mirror_new (gpointer object);

static inline void
mirror_free (Mirror *self)
{
  g_signal_handlers_disconnect_by_data (self->object, self);
  for (guint i = 0; i < G_N_ELEMENTS (self->lists); i++)
    {
      if (self->lists[i] != NULL)
        g_signal_handlers_disconnect_by_data (self->lists[i], self);
      g_clear_object (&self->lists[i]);
      g_ptr_array_unref (self->items[i]);
    }
  g_ptr_array_unref (self->bodies);
  fermata_value_unref (self->members);
  g_object_unref (self->object);
  g_free (self->name);
  g_free (self);
}

static inline Mirror *
mirror_find_body (GPtrArray *bodies,
                  gpointer   graph)
{
  for (guint i = 0; i < bodies->len; i++)
    {
      Mirror *body = g_ptr_array_index (bodies, i);

      if (body->object == graph)
        return g_ptr_array_steal_index (bodies, i);
    }
  return mirror_new (graph);
}

static inline void
mirror_look_at_bodies (Mirror *self)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->bodies);

  self->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) mirror_free);
  for (guint i = 0; FERMATA_IS_NODE (self->object) && i < fermata_node_get_n_bodies (self->object); i++)
    {
      Mirror *body = mirror_find_body (old, fermata_node_get_body_at (self->object, i));

      g_free (body->name);
      body->name = g_strdup (fermata_node_get_body_name (self->object, i));
      g_ptr_array_add (self->bodies, body);
    }
}

static inline void
mirror_members_changed (Mirror *self)
{
  FermataValue *members;

  g_object_get (self->object, "members", &members, NULL);
  g_clear_pointer (&self->members, fermata_value_unref);
  self->members = members;
  mirror_look_at_bodies (self);
}

static inline void
mirror_items_changed (GListModel *model,
                      guint       position,
                      guint       removed,
                      guint       added,
                      Mirror     *self)
{
  GPtrArray *items = self->items[model == self->lists[0] ? 0 : 1];

  if (removed > 0)
    g_ptr_array_remove_range (items, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, position + i);

      g_ptr_array_insert (items, position + i, mirror_new (item));
    }
}

static inline void
mirror_take_list (Mirror     *self,
                  guint       which,
                  GListModel *list)
{
  self->lists[which] = g_object_ref (list);
  mirror_items_changed (list, 0, 0, g_list_model_get_n_items (list), self);
  g_signal_connect (list, "items-changed", G_CALLBACK (mirror_items_changed), self);
}

static inline Mirror *
mirror_new (gpointer object)
{
  Mirror *self = g_new0 (Mirror, 1);

  self->object = g_object_ref (object);
  for (guint i = 0; i < G_N_ELEMENTS (self->items); i++)
    self->items[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) mirror_free);
  self->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) mirror_free);
  g_signal_connect_swapped (object, "notify::members", G_CALLBACK (mirror_members_changed), self);
  mirror_members_changed (self);
  if (FERMATA_IS_NODE (object))
    mirror_take_list (self, 0, fermata_node_get_children (object));
  if (FERMATA_IS_GRAPH (object))
    {
      mirror_take_list (self, 0, fermata_graph_get_nodes (object));
      mirror_take_list (self, 1, fermata_graph_get_edges (object));
    }
  return self;
}

static inline FermataValue *
mirror_to_value (Mirror *self)
{
  static const char *const names[] = { "nodes", "edges" };
  FermataValue *value = fermata_value_ref (self->members);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
      g_autoptr (FermataValue) old = value;
      g_autoptr (FermataValue) array = NULL;

      for (guint j = 0; j < self->items[i]->len; j++)
        {
          g_autoptr (FermataValue) item = mirror_to_value (g_ptr_array_index (self->items[i], j));

          fermata_value_builder_add (builder, item);
        }
      array = fermata_value_builder_end (builder);
      value = self->items[i]->len > 0 ? fermata_value_with_member (old, names[i], array) : fermata_value_ref (old);
    }
  for (guint i = 0; i < self->bodies->len; i++)
    {
      Mirror *body = g_ptr_array_index (self->bodies, i);
      g_autoptr (FermataValue) old = value;
      g_autoptr (FermataValue) inner = mirror_to_value (body);

      value = fermata_value_with_member (old, body->name, inner);
    }
  return value;
}
