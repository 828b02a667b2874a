/* fermata-edit-objects.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edit-private.h"

#include "value/fermata-value-private.h"

/* What graphs, nodes and edges have in common: members. */

FermataValue *
fermata_object_get_members (gpointer object)
{
  if (FERMATA_IS_NODE (object))
    return FERMATA_NODE (object)->members;
  if (FERMATA_IS_EDGE (object))
    return FERMATA_EDGE (object)->members;
  return FERMATA_GRAPH (object)->members;
}

void
fermata_object_set_members (gpointer      object,
                            FermataValue *members)
{
  if (FERMATA_IS_NODE (object))
    fermata_node_set_members (object, members);
  else if (FERMATA_IS_EDGE (object))
    fermata_edge_set_members (object, members);
  else
    fermata_graph_set_members (object, members);
}

char *
fermata_object_dup_path (gpointer object)
{
  if (FERMATA_IS_NODE (object))
    return fermata_node_dup_path (object);
  if (FERMATA_IS_EDGE (object))
    return fermata_edge_dup_path (object);
  return fermata_graph_dup_path (object);
}

void
fermata_object_notify_member (gpointer    object,
                              const char *name)
{
  if (FERMATA_IS_NODE (object))
    fermata_node_notify_member (object, name);
  else if (FERMATA_IS_EDGE (object))
    fermata_edge_notify_member (object, name);
  else
    fermata_graph_notify_member (object, name);
}

/* A copy of an object with a new member at a place of its own. */
static FermataValue *
insert_member (FermataValue *object,
               gsize         index,
               const char   *name,
               FermataValue *value)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  gsize length = fermata_value_get_length (object);

  for (gsize i = 0; i < length; i++)
    {
      FermataKey *key = (FermataKey *) fermata_value_get_key (object, i);

      if (i == index)
        fermata_value_builder_set (builder, name, value);
      fermata_value_builder_take_key (builder, key, fermata_value_ref (fermata_value_get_element (object, i)));
    }
  if (index >= length)
    fermata_value_builder_set (builder, name, value);
  return fermata_value_builder_end (builder);
}

void
fermata_object_make_member (gpointer      object,
                            const char   *name,
                            FermataValue *value,
                            gsize         index)
{
  FermataValue *old = fermata_object_get_members (object);
  g_autoptr (FermataValue) members = insert_member (old, index, name, value);

  fermata_object_set_members (object, members);
}

gsize
fermata_object_drop_member (gpointer    object,
                            const char *name)
{
  FermataValue *old = fermata_object_get_members (object);
  g_autoptr (FermataValue) members = fermata_value_without_member (old, name);
  gsize index;
  gboolean found = fermata_value_find_member (old, name, &index);

  g_assert (found);
  fermata_object_set_members (object, members);
  return index;
}
