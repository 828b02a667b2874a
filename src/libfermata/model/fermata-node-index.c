/* fermata-node-index.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-model-private.h"

/* The nodes of a graph by id, nested states included. Invariant: the keys are
 * the ids that the nodes hold, so a node whose id changes must leave first. */
struct _FermataNodeIndex {
  GHashTable *nodes;     /* id -> the first node of that id */
  GHashTable *ambiguous; /* the ids that several nodes have; NULL: none */
};

static void
add_node (FermataNodeIndex *index,
          FermataNode      *node)
{
  if (node->id[0] == '\0')
    return;
  if (!g_hash_table_contains (index->nodes, node->id))
    {
      g_hash_table_insert (index->nodes, (gpointer) node->id, node);
      return;
    }
  if (index->ambiguous == NULL)
    index->ambiguous = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (index->ambiguous, g_strdup (node->id));
}

static FermataNodeIndex *
build_index (FermataGraph *graph)
{
  FermataNodeIndex *index = g_new0 (FermataNodeIndex, 1);

  index->nodes = g_hash_table_new (g_str_hash, g_str_equal);
  for (FermataNode *node = fermata_graph_get_node (graph, 0); node != NULL;
       node = fermata_node_get_next (node))
    add_node (index, node);
  return index;
}

void
fermata_node_index_add_one (FermataGraph *graph,
                            FermataNode  *node)
{
  if (graph->node_index == NULL)
    return;
  /* Which of several is the first is known only by going through all. */
  if (g_hash_table_contains (graph->node_index->nodes, node->id))
    fermata_node_index_drop (graph);
  else
    add_node (graph->node_index, node);
}

void
fermata_node_index_add (FermataGraph *graph,
                        FermataNode  *top)
{
  for (FermataNode *node = top; node != NULL; node = fermata_node_get_next_within (top, node))
    fermata_node_index_add_one (graph, node);
}

void
fermata_node_index_remove_one (FermataGraph *graph,
                               FermataNode  *node)
{
  FermataNodeIndex *index = graph->node_index;

  if (index == NULL)
    return;
  if (index->ambiguous != NULL && g_hash_table_contains (index->ambiguous, node->id))
    fermata_node_index_drop (graph);
  else
    g_hash_table_remove (index->nodes, node->id);
}

void
fermata_node_index_remove (FermataGraph *graph,
                           FermataNode  *top)
{
  for (FermataNode *node = top; node != NULL; node = fermata_node_get_next_within (top, node))
    fermata_node_index_remove_one (graph, node);
}

void
fermata_node_index_drop (FermataGraph *graph)
{
  FermataNodeIndex *index = g_steal_pointer (&graph->node_index);

  if (index == NULL)
    return;
  g_hash_table_unref (index->nodes);
  g_clear_pointer (&index->ambiguous, g_hash_table_unref);
  g_free (index);
}

FermataNode *
fermata_node_index_find (FermataGraph *graph,
                         const char   *id)
{
  if (graph->node_index == NULL)
    graph->node_index = build_index (graph);
  return g_hash_table_lookup (graph->node_index->nodes, id);
}
