/* fermata-edits-copy.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edits-private.h"

#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

/* Copying: a part of a graph as a document of its own. */

static const char *
keep_if_chosen (const char *id,
                gpointer    data)
{
  FermataChosen *self = data;

  return g_hash_table_contains (self->ids, id) ? id : NULL;
}

/* An edge between chosen nodes, without its other targets; NULL: it is none. */
static FermataValue *
copy_edge (FermataChosen *self,
           FermataEdge   *edge)
{
  FermataValue *old = fermata_value_get_member (edge->members, "to");
  g_autoptr (FermataValue) to = NULL;

  if (!g_hash_table_contains (self->ids, fermata_edge_get_source_id (edge)))
    return NULL;
  if (old == NULL)
    return fermata_value_ref (edge->members);
  to = fermata_ids_map (old, keep_if_chosen, self);
  return to != NULL ? fermata_value_with_member (edge->members, "to", to) : NULL;
}

static FermataValue *
copy_nodes (FermataChosen *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();

  for (guint i = 0; i < self->tops->len; i++)
    {
      g_autoptr (FermataValue) node = fermata_node_to_value (g_ptr_array_index (self->tops, i));

      fermata_value_builder_add (builder, node);
    }
  return fermata_value_builder_end (builder);
}

static FermataValue *
copy_edges (FermataChosen *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  guint n_edges = fermata_graph_get_n_edges (self->graph);

  for (guint i = 0; i < n_edges; i++)
    {
      g_autoptr (FermataValue) edge = copy_edge (self, fermata_graph_get_edge (self->graph, i));

      if (edge != NULL)
        fermata_value_builder_add (builder, edge);
    }
  return fermata_value_builder_end (builder);
}

/* NULL if none has a position. */
static FermataValue *
copy_layout (FermataChosen *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) positions = NULL;
  const char *name = "nodes";

  for (guint i = 0; i < self->tops->len; i++)
    {
      FermataNode *top = g_ptr_array_index (self->tops, i);

      for (FermataNode *node = top; node != NULL; node = fermata_node_get_next_within (top, node))
        {
          double x, y;
          g_autoptr (FermataValue) position = NULL;

          if (!fermata_node_get_position (node, &x, &y) || !g_hash_table_contains (self->ids, node->id))
            continue;
          position = fermata_position_new (x, y);
          fermata_value_builder_set (builder, node->id, position);
        }
    }
  positions = fermata_value_builder_end (builder);
  if (fermata_value_get_length (positions) == 0)
    return NULL;
  return fermata_value_new_object (&name, &positions, 1);
}

FermataValue *
fermata_chosen_copy (FermataChosen *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) nodes = copy_nodes (self);
  g_autoptr (FermataValue) edges = copy_edges (self);
  g_autoptr (FermataValue) layout = copy_layout (self);
  FermataGraphKind kind = fermata_graph_get_kind (self->graph);

  fermata_value_builder_set_integer (builder, "fermata", 1);
  if (kind != FERMATA_GRAPH_KIND_UNKNOWN)
    fermata_value_builder_set_string (builder, "kind", fermata_graph_kind_to_string (kind));
  fermata_value_builder_set (builder, "nodes", nodes);
  fermata_value_builder_set (builder, "edges", edges);
  if (layout != NULL)
    fermata_value_builder_set (builder, "layout", layout);
  return fermata_value_builder_end (builder);
}

/**
 * fermata_graph_copy_text:
 * @graph: a graph
 * @objects: (element-type GObject): nodes and edges of it
 *
 * Copies nodes with all that is nested in them, the edges between them and
 * their positions. The text is a document, in JSON.
 *
 * Returns: (transfer full) (nullable): the text; `NULL` if there is no node
 *   among @objects, or not all is of @graph
 */
char *
fermata_graph_copy_text (FermataGraph *graph,
                         GPtrArray    *objects)
{
  g_autoptr (FermataChosen) chosen = NULL;
  g_autoptr (FermataValue) value = NULL;

  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (objects != NULL, NULL);

  chosen = fermata_chosen_new (graph, objects, NULL);
  if (chosen == NULL || chosen->tops->len == 0)
    return NULL;
  value = fermata_chosen_copy (chosen);
  return fermata_value_to_string (value, FERMATA_WRITE_PRETTY, NULL);
}
