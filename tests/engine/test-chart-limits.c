/* test-chart-limits.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* State machines compiled: as large as they come, and deeper than they may be. */

#include "engine/nodes/fermata-nodes.h"
#include "engine/plan/fermata-plan-private.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-builder.h"

static FermataPlan *
try_compile (FermataGraph  *graph,
             GError       **error)
{
  g_autoptr (FermataNodeRegistry) registry = fermata_node_registry_new ();
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();

  fermata_nodes_register (registry);

  return fermata_plan_new (graph, registry, evaluator, error);
}

static FermataValue *
make_text_object (const char *name,
                  const char *format,
                  guint       number)
{
  g_autoptr (FermataValueBuilder) object = fermata_value_builder_new_object ();
  g_autofree char *text = g_strdup_printf (format, number);

  fermata_value_builder_set_string (object, name, text);

  return fermata_value_builder_end (object);
}

static FermataValue *
make_edge (guint from,
           guint to)
{
  g_autoptr (FermataValue) edge = make_text_object ("from", "s%u", from);
  g_autoptr (FermataValue) target = NULL;
  g_autofree char *id = g_strdup_printf ("s%u", to);

  target = fermata_value_new_string (id, -1);

  return fermata_value_with_member (edge, "to", target);
}

/* @n states; the edges form a chain or all leave the first. */
static FermataGraph *
make_large (guint    n,
            gboolean is_chain)
{
  g_autoptr (FermataValueBuilder) nodes = fermata_value_builder_new_array ();
  g_autoptr (FermataValueBuilder) edges = fermata_value_builder_new_array ();
  g_autoptr (FermataValueBuilder) graph = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) node_array = NULL;
  g_autoptr (FermataValue) edge_array = NULL;
  g_autoptr (FermataValue) value = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataValue) node = make_text_object ("id", "s%u", i);
      g_autoptr (FermataValue) edge = make_edge (is_chain ? i : 0, (i + 1) % n);

      fermata_value_builder_add (nodes, node);
      fermata_value_builder_add (edges, edge);
    }
  node_array = fermata_value_builder_end (nodes);
  edge_array = fermata_value_builder_end (edges);
  fermata_value_builder_set_string (graph, "kind", "fsm");
  fermata_value_builder_set (graph, "nodes", node_array);
  fermata_value_builder_set (graph, "edges", edge_array);
  value = fermata_value_builder_end (graph);

  return fermata_graph_new_from_value (value);
}

static void
test_large (gconstpointer is_chain)
{
  g_autoptr (FermataGraph) graph = make_large (65536, is_chain != NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataPlan) plan = try_compile (graph, &error);
  guint edge;

  g_assert_no_error (error);
  g_assert_cmpuint (plan->n_nodes, ==, 65536);
  g_assert_cmpuint (plan->n_edges, ==, 65536);
  g_assert_true (fermata_plan_find_edge (plan, is_chain != NULL ? "s777>s778" : "s0>s778", &edge));
  g_assert_cmpuint (edge, ==, 777);
}

/* States in each other, @n deep: made from the inside. */
static FermataGraph *
make_deep (guint n)
{
  g_autoptr (FermataValueBuilder) graph = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) nodes = fermata_value_new_empty_array ();
  g_autoptr (FermataValue) value = NULL;

  for (guint i = n; i > 0; i--)
    {
      g_autoptr (FermataValue) plain = make_text_object ("id", "s%u", i);
      g_autoptr (FermataValue) node = fermata_value_with_member (plain, "nodes", nodes);

      fermata_value_unref (nodes);
      nodes = fermata_value_new_array (&node, 1);
    }
  fermata_value_builder_set_string (graph, "kind", "fsm");
  fermata_value_builder_set (graph, "nodes", nodes);
  value = fermata_value_builder_end (graph);

  return fermata_graph_new_from_value (value);
}

static void
test_deep (void)
{
  g_autoptr (FermataGraph) graph = make_deep (1000);
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataPlan) plan = try_compile (graph, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (plan->chart->depth, ==, 1000);
  g_assert_cmpuint (plan->chart->states[0].end, ==, 1000);
  g_clear_object (&graph);

  for (guint n = 1001; n <= 100001; n += 99000)
    {
      graph = make_deep (n);
      g_assert_null (try_compile (graph, &error));
      g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, "State “s1001”: states lie at most 1000 deep in each other");
      g_clear_error (&error);
      g_clear_object (&graph);
    }
}

/* The states of a machine with one, whose task is a machine with @inner
 * (nullable). */
static FermataValue *
make_around (FermataValue *inner,
             guint         number)
{
  g_autoptr (FermataValueBuilder) body = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) task = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) machine = NULL;
  g_autoptr (FermataValue) doing = NULL;
  g_autoptr (FermataValue) plain = make_text_object ("id", "s%u", number);
  g_autoptr (FermataValue) state = NULL;

  if (inner == NULL)
    return fermata_value_new_array (&plain, 1);

  fermata_value_builder_set (body, "nodes", inner);
  machine = fermata_value_builder_end (body);
  fermata_value_builder_set_string (task, "type", "subgraph");
  fermata_value_builder_set (task, "body", machine);
  doing = fermata_value_builder_end (task);
  state = fermata_value_with_member (plain, "do", doing);

  return fermata_value_new_array (&state, 1);
}

static void
test_deep_bodies (void)
{
  g_autoptr (FermataValueBuilder) root = fermata_value_builder_new_object ();
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (FermataValue) nodes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i <= 1000; i++)
    {
      FermataValue *inner = nodes;

      nodes = make_around (inner, i);
      g_clear_pointer (&inner, fermata_value_unref);
    }
  fermata_value_builder_set_string (root, "kind", "fsm");
  fermata_value_builder_set (root, "nodes", nodes);
  value = fermata_value_builder_end (root);
  graph = fermata_graph_new_from_value (value);

  g_assert_null (try_compile (graph, &error));
  g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID);
  g_assert_true (g_str_has_suffix (error->message, "body: graphs lie at most 1000 deep in each other"));
}


int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/engine/chart-limits/chain", GINT_TO_POINTER (TRUE), test_large);
  g_test_add_data_func ("/engine/chart-limits/fan", NULL, test_large);
  g_test_add_func ("/engine/chart-limits/deep", test_deep);
  g_test_add_func ("/engine/chart-limits/deep-bodies", test_deep_bodies);

  return g_test_run ();
}
