/* test-graph.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a document is once it is objects: lists, ends, names, paths, bodies. */

#include "model/fermata-edge.h"
#include "model/fermata-graph.h"
#include "model/fermata-node.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

static FermataGraph *
read_graph (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = fermata_value_parse (text, -1, &error);

  g_assert_no_error (error);
  return fermata_graph_new_from_value (value);
}

static void
assert_text (FermataGraph *graph,
             const char   *expected)
{
  g_autoptr (FermataValue) value = fermata_graph_to_value (graph);
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

  g_assert_cmpstr (text, ==, expected);
}

static const char nested[] =
  "{\"fermata\":1,\"x-a\":[1],\"edges\":[{\"from\":\"s\",\"to\":[\"a\",\"c\"],\"x-e\":null},{\"from\":\"a\"}],"
  "\"kind\":\"fsm\","
  "\"nodes\":[{\"x-n\":{},\"nodes\":[{\"id\":\"a\"},{\"id\":\"b\",\"nodes\":[{\"id\":\"c\"}],\"later\":0}],\"id\":\"s\"},"
  "{\"id\":\"t\",\"finally\":{\"edges\":[]},\"body\":{\"nodes\":[{\"id\":\"a\",\"label\":\"inner\"}]}}]}";

static void
test_round_trip (void)
{
  g_autoptr (FermataGraph) graph = read_graph (nested);

  g_assert_false (fermata_graph_is_incomplete (graph));
  assert_text (graph, nested);
}

static void
test_placeholders (void)
{
  g_autoptr (FermataGraph) graph = read_graph (nested);
  g_autofree char *members = fermata_value_to_string (fermata_graph_get_members (graph),
                                                      FERMATA_WRITE_COMPACT, NULL);
  FermataNode *t = fermata_graph_find_node (graph, "t");
  g_autofree char *of_t = fermata_value_to_string (fermata_node_get_members (t),
                                                   FERMATA_WRITE_COMPACT, NULL);

  g_assert_cmpstr (members, ==,
                   "{\"fermata\":1,\"x-a\":[1],\"edges\":[],\"kind\":\"fsm\",\"nodes\":[]}");
  g_assert_cmpstr (of_t, ==, "{\"id\":\"t\",\"finally\":{},\"body\":{}}");
}

static void
test_nested (void)
{
  g_autoptr (FermataGraph) graph = read_graph (nested);
  FermataNode *s = fermata_graph_get_node (graph, 0);
  FermataNode *c = fermata_graph_find_node (graph, "c");
  FermataNode *t = fermata_graph_get_node (graph, 1);
  FermataGraph *body = fermata_node_get_body (t, "body");
  FermataNode *inner = fermata_graph_find_node (body, "a");
  g_autofree char *path = fermata_node_dup_path (c);
  g_autofree char *inner_path = fermata_node_dup_path (inner);

  g_assert_cmpuint (fermata_graph_get_n_nodes (graph), ==, 2);
  g_assert_cmpuint (fermata_node_get_n_children (s), ==, 2);
  g_assert_true (fermata_node_get_parent (c) == fermata_graph_find_node (graph, "b"));
  g_assert_null (fermata_node_get_parent (s));
  g_assert_true (fermata_node_get_graph (c) == graph);
  g_assert_cmpstr (path, ==, "/nodes/0/nodes/1/nodes/0");

  g_assert_cmpuint (fermata_node_get_n_bodies (t), ==, 2);
  g_assert_cmpstr (fermata_node_get_body_name (t, 0), ==, "finally");
  g_assert_cmpstr (fermata_node_get_body_name (t, 1), ==, "body");
  g_assert_true (fermata_graph_get_owner (body) == t);
  g_assert_true (fermata_graph_get_root (body) == graph);
  g_assert_cmpint (fermata_graph_get_kind (body), ==, FERMATA_GRAPH_KIND_FSM);
  g_assert_cmpstr (fermata_node_get_label (inner), ==, "inner");
  g_assert_null (fermata_node_get_label (fermata_graph_find_node (graph, "a")));
  g_assert_cmpstr (inner_path, ==, "/nodes/1/body/nodes/0");
}

static void
test_walk (void)
{
  g_autoptr (FermataGraph) graph = read_graph (nested);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (FermataNode *node = fermata_graph_get_node (graph, 0); node != NULL;
       node = fermata_node_get_next (node))
    g_string_append (ids, fermata_node_get_id (node));
  g_assert_cmpstr (ids->str, ==, "sabct");
}

static void
test_ends (void)
{
  g_autoptr (FermataGraph) graph = read_graph (nested);
  FermataEdge *several = fermata_graph_get_edge (graph, 0);
  FermataEdge *none = fermata_graph_get_edge (graph, 1);
  g_autofree char *path = fermata_edge_dup_path (none);

  g_assert_cmpstr (fermata_edge_get_source_id (several), ==, "s");
  g_assert_cmpuint (fermata_edge_get_n_targets (several), ==, 2);
  g_assert_cmpstr (fermata_edge_get_target_id (several, 1), ==, "c");
  g_assert_null (fermata_edge_get_target_id (several, 2));
  g_assert_true (fermata_edge_get_target (several, 1) == fermata_graph_find_node (graph, "c"));
  g_assert_cmpuint (fermata_edge_get_n_targets (none), ==, 0);
  g_assert_cmpuint (fermata_edge_get_index (none), ==, 1);
  g_assert_cmpstr (path, ==, "/edges/1");
}

static void
test_dangling (void)
{
  g_autoptr (FermataGraph) graph =
    read_graph ("{\"nodes\":[{\"id\":\"a\"}],\"edges\":[{\"from\":\"a\",\"to\":\"nowhere\"}]}");
  FermataEdge *edge = fermata_graph_get_edge (graph, 0);

  g_assert_nonnull (fermata_edge_get_source (edge));
  g_assert_cmpstr (fermata_edge_get_target_id (edge, 0), ==, "nowhere");
  g_assert_null (fermata_edge_get_target (edge, 0));
}

static void
assert_name (FermataGraph *graph,
             guint         index,
             const char   *expected)
{
  FermataEdge *edge = fermata_graph_get_edge (graph, index);
  g_autofree char *name = fermata_edge_dup_name (edge);

  g_assert_cmpstr (name, ==, expected);
  g_assert_true (fermata_graph_find_edge (graph, expected) == edge);
}

static void
test_edge_names (void)
{
  g_autoptr (FermataGraph) graph =
    read_graph ("{\"edges\":[{\"from\":\"a\",\"to\":\"b\"},{\"from\":\"a\",\"to\":\"b\",\"id\":\"mine\"},"
                "{\"from\":\"a\",\"to\":\"b\"},{\"from\":\"b\",\"to\":\"a\"},{\"from\":\"a\",\"to\":[\"b\",\"c\"]},"
                "{\"from\":\"a\"},{\"from\":\"a\",\"to\":\"b\"}]}");

  assert_name (graph, 0, "a>b");
  assert_name (graph, 1, "mine");
  assert_name (graph, 2, "a>b#2");
  assert_name (graph, 3, "b>a");
  assert_name (graph, 4, "a>b,c");
  assert_name (graph, 5, "a>");
  assert_name (graph, 6, "a>b#3");
  g_assert_null (fermata_graph_find_edge (graph, "a>b#1"));
  g_assert_null (fermata_graph_find_edge (graph, "a>b#4"));
  g_assert_null (fermata_graph_find_edge (graph, "a>b#x"));
  g_assert_null (fermata_graph_find_edge (graph, "c>a"));
}

static void
test_duplicates (void)
{
  g_autoptr (FermataGraph) graph =
    read_graph ("{\"nodes\":[{\"id\":\"a\",\"nodes\":[{\"id\":\"b\"}]},{\"id\":\"b\"},{\"id\":\"a\"}]}");

  g_assert_true (fermata_graph_find_node (graph, "a") == fermata_graph_get_node (graph, 0));
  g_assert_true (fermata_graph_find_node (graph, "b") ==
                 fermata_node_get_child (fermata_graph_get_node (graph, 0), 0));
}

/* What is no graph is told by the reader; here it must only do no harm. */
static void
test_misshapen (void)
{
  static const char *const whole[] = {
    "{}",
    "{\"nodes\":{},\"edges\":3}",
    "{\"nodes\":[{\"id\":3,\"body\":[],\"catch\":null,\"nodes\":7}],\"edges\":[{\"to\":[1]},{\"to\":3}]}",
  };
  static const char *const partly[] = {
    "{\"nodes\":[1,{\"id\":\"b\"}]}",
    "{\"edges\":[[],{\"from\":\"b\"}]}",
    "{\"nodes\":[{\"id\":\"a\",\"body\":{\"nodes\":[null]}}]}",
    "[]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      g_autoptr (FermataGraph) graph = read_graph (whole[i]);

      g_assert_false (fermata_graph_is_incomplete (graph));
      assert_text (graph, whole[i]);
      if (fermata_graph_get_n_nodes (graph) > 0)
        g_assert_cmpstr (fermata_node_get_id (fermata_graph_get_node (graph, 0)), ==, "");
      if (fermata_graph_get_n_edges (graph) > 0)
        {
          g_assert_cmpstr (fermata_edge_get_source_id (fermata_graph_get_edge (graph, 0)), ==, "");
          g_assert_cmpstr (fermata_edge_get_target_id (fermata_graph_get_edge (graph, 0), 0), ==, "");
          g_assert_cmpuint (fermata_edge_get_n_targets (fermata_graph_get_edge (graph, 1)), ==, 0);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (partly); i++)
    {
      g_autoptr (FermataGraph) graph = read_graph (partly[i]);

      g_assert_true (fermata_graph_is_incomplete (graph));
      if (i == 0)
        g_assert_cmpuint (fermata_node_get_index (fermata_graph_find_node (graph, "b")), ==, 1);
    }
}

static void
test_new (void)
{
  g_autoptr (FermataGraph) graph = fermata_graph_new (FERMATA_GRAPH_KIND_FLOW);

  g_assert_cmpint (fermata_graph_get_kind (graph), ==, FERMATA_GRAPH_KIND_FLOW);
  assert_text (graph, "{\"fermata\":1,\"kind\":\"flow\",\"nodes\":[],\"edges\":[]}");
}

static void
test_list_models (void)
{
  g_autoptr (FermataGraph) graph = read_graph (nested);
  GListModel *nodes = fermata_graph_get_nodes (graph);
  GListModel *edges = fermata_graph_get_edges (graph);
  g_autoptr (FermataNode) t = g_list_model_get_item (nodes, 1);
  GListModel *children = fermata_node_get_children (t);

  g_assert_true (g_list_model_get_item_type (nodes) == FERMATA_TYPE_NODE);
  g_assert_true (g_list_model_get_item_type (edges) == FERMATA_TYPE_EDGE);
  g_assert_cmpuint (g_list_model_get_n_items (nodes), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (edges), ==, 2);
  g_assert_cmpstr (fermata_node_get_id (t), ==, "t");
  g_assert_null (g_list_model_get_item (nodes, 2));
  g_assert_cmpuint (g_list_model_get_n_items (children), ==, 0);
}

/* Whoever keeps a node, or a list, may outlive the graph. */
static void
test_outlive (void)
{
  FermataGraph *graph = read_graph (nested);
  g_autoptr (FermataNode) c = g_object_ref (fermata_graph_find_node (graph, "c"));
  g_autoptr (FermataNode) t = g_object_ref (fermata_graph_find_node (graph, "t"));
  g_autoptr (FermataGraph) body = g_object_ref (fermata_node_get_body (t, "body"));
  g_autoptr (FermataEdge) edge = g_object_ref (fermata_graph_get_edge (graph, 0));
  g_autoptr (GListModel) nodes = g_object_ref (fermata_graph_get_nodes (graph));
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  g_object_add_weak_pointer (G_OBJECT (graph), (gpointer *) &graph);
  g_object_unref (graph);
  g_assert_null (graph);

  g_assert_null (fermata_node_get_graph (c));
  g_assert_null (fermata_node_get_graph (t));
  g_assert_null (fermata_edge_get_graph (edge));
  g_assert_null (fermata_edge_get_source (edge));
  g_assert_cmpuint (g_list_model_get_n_items (nodes), ==, 2);
  name = fermata_edge_dup_name (edge);
  g_assert_cmpstr (name, ==, "s>a,c");
  g_clear_object (&t);
  g_clear_object (&nodes);
  g_assert_null (fermata_graph_get_owner (body));
  g_assert_null (fermata_node_get_next (c));
  path = fermata_node_dup_path (c);
  g_assert_nonnull (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph/round-trip", test_round_trip);
  g_test_add_func ("/graph/placeholders", test_placeholders);
  g_test_add_func ("/graph/nested", test_nested);
  g_test_add_func ("/graph/walk", test_walk);
  g_test_add_func ("/graph/ends", test_ends);
  g_test_add_func ("/graph/dangling", test_dangling);
  g_test_add_func ("/graph/edge-names", test_edge_names);
  g_test_add_func ("/graph/duplicates", test_duplicates);
  g_test_add_func ("/graph/misshapen", test_misshapen);
  g_test_add_func ("/graph/new", test_new);
  g_test_add_func ("/graph/list-models", test_list_models);
  g_test_add_func ("/graph/outlive", test_outlive);

  return g_test_run ();
}
