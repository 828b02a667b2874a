/* fermata-test-graphs.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-test-graphs.h"

#include "value/fermata-value-builder.h"

static FermataValue *
make_node (guint number)
{
  g_autoptr (FermataValueBuilder) node = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) with = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) parameters = NULL;
  g_autofree char *id = g_strdup_printf ("n%u", number);

  fermata_value_builder_set_integer (with, "value", number);
  parameters = fermata_value_builder_end (with);
  fermata_value_builder_set_string (node, "id", id);
  fermata_value_builder_set_string (node, "type", "set");
  fermata_value_builder_set (node, "with", parameters);

  return fermata_value_builder_end (node);
}

static void
add_edge (FermataValueBuilder *edges,
          guint                from,
          guint                to)
{
  g_autoptr (FermataValueBuilder) edge = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) value = NULL;
  g_autofree char *source = g_strdup_printf ("n%u", from);
  g_autofree char *target = g_strdup_printf ("n%u", to);

  fermata_value_builder_set_string (edge, "from", source);
  fermata_value_builder_set_string (edge, "to", target);
  value = fermata_value_builder_end (edge);
  fermata_value_builder_add (edges, value);
}

static FermataValue *
make_nodes (guint        n_nodes,
            const guint *order)
{
  g_autofree FermataValue **nodes = g_new0 (FermataValue *, n_nodes);
  FermataValue *array;

  for (guint i = 0; i < n_nodes; i++)
    nodes[order == NULL ? i : order[i]] = make_node (i);
  array = fermata_value_new_array (nodes, n_nodes);
  for (guint i = 0; i < n_nodes; i++)
    fermata_value_unref (nodes[i]);

  return array;
}

static FermataGraph *
make_graph (guint                n_nodes,
            const guint         *order,
            FermataValueBuilder *edges)
{
  g_autoptr (FermataValueBuilder) document = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) node_array = make_nodes (n_nodes, order);
  g_autoptr (FermataValue) edge_array = fermata_value_builder_end (edges);
  g_autoptr (FermataValue) value = NULL;

  fermata_value_builder_set_integer (document, "fermata", 1);
  fermata_value_builder_set_string (document, "kind", "dag");
  fermata_value_builder_set (document, "nodes", node_array);
  fermata_value_builder_set (document, "edges", edge_array);
  value = fermata_value_builder_end (document);

  return fermata_graph_new_from_value (value);
}

FermataGraph *
fermata_test_chain (guint        n_nodes,
                    const guint *order)
{
  g_autoptr (FermataValueBuilder) edges = fermata_value_builder_new_array ();

  for (guint i = 1; i < n_nodes; i++)
    add_edge (edges, i - 1, i);

  return make_graph (n_nodes, order, edges);
}

FermataGraph *
fermata_test_fan (guint        n_nodes,
                  const guint *order)
{
  g_autoptr (FermataValueBuilder) edges = fermata_value_builder_new_array ();

  for (guint i = 1; i + 1 < n_nodes; i++)
    {
      add_edge (edges, 0, i);
      add_edge (edges, i, n_nodes - 1);
    }

  return make_graph (n_nodes, order, edges);
}

guint *
fermata_test_make_permutation (guint n)
{
  guint *order = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    {
      guint other = g_test_rand_int_range (0, i + 1);

      order[i] = order[other];
      order[other] = i;
    }

  return order;
}
