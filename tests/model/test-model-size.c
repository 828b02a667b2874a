/* test-model-size.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Many nodes in little memory, and deep ones without recursion. */

#include <malloc.h>
#include <pthread.h>

#include "model/fermata-edit.h"
#include "model/model-fixture.h"

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ALLOCATOR_OF_ITS_OWN 1
#else
#define HAS_ALLOCATOR_OF_ITS_OWN 0
#endif

#define N_NODES 100000

static char *
write_chain (guint n_nodes)
{
  GString *text = g_string_new ("{\"fermata\":1,\"kind\":\"dag\",\"nodes\":[");

  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (text, "%s{\"id\":\"node-%u\",\"type\":\"set\",\"with\":{\"value\":\"{{input + %u}}\"}}",
                            i > 0 ? "," : "", i, i);
  g_string_append (text, "],\"edges\":[");
  for (guint i = 0; i + 1 < n_nodes; i++)
    g_string_append_printf (text, "%s{\"from\":\"node-%u\",\"to\":\"node-%u\"}", i > 0 ? "," : "", i, i + 1);
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static gsize
get_allocated (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

/* A million of each fit into 1 GB: 1,000 bytes for both, with their indexes. */
static void
test_memory (void)
{
  g_autofree char *text = write_chain (N_NODES);
  gsize before = get_allocated ();
  g_autoptr (FermataGraph) graph = NULL;
  FermataNode *last;
  gsize each;

  if (HAS_ALLOCATOR_OF_ITS_OWN)
    {
      g_test_skip ("the sanitizer counts memory otherwise");
      return;
    }
  {
    g_autoptr (FermataValue) value = fermata_value_parse (text, -1, NULL);

    graph = fermata_graph_new_from_value (value);
  }
  last = fermata_graph_find_node (graph, "node-99999");
  g_assert_cmpuint (fermata_node_get_index (last), ==, N_NODES - 1);
  each = (get_allocated () - before) / N_NODES;
  g_test_message ("%" G_GSIZE_FORMAT " bytes for a node and an edge", each);
  g_assert_cmpuint (each, >, 100);
  g_assert_cmpuint (each, <, 1000);

  g_assert_true (fermata_graph_find_edge (graph, "node-7>node-8") == fermata_graph_get_edge (graph, 7));
  each = (get_allocated () - before) / N_NODES;
  g_test_message ("%" G_GSIZE_FORMAT " bytes with the names of edges", each);
  g_assert_cmpuint (each, <, 1000);
}

/* A stack so small that a recursion over the levels would not fit. */
static gpointer
on_small_stack (gpointer function)
{
  ((void (*) (void)) function) ();
  return NULL;
}

static void
run_on_small_stack (void (*function) (void))
{
  pthread_attr_t attributes;
  pthread_t thread;

  pthread_attr_init (&attributes);
  pthread_attr_setstacksize (&attributes, HAS_ALLOCATOR_OF_ITS_OWN ? 1024 * 1024 : 256 * 1024);
  g_assert_cmpint (pthread_create (&thread, &attributes, on_small_stack, (gpointer) function), ==, 0);
  pthread_join (thread, NULL);
  pthread_attr_destroy (&attributes);
}

/* A value that many levels deep, made from the inside. */
static FermataValue *
nest (const char *member,
      guint       depth)
{
  FermataValue *node = read_value ("{'id':'n0'}");

  for (guint i = 1; i <= depth; i++)
    {
      g_autoptr (FermataValue) inner = node;
      g_autoptr (FermataValue) list = fermata_value_new_array (&inner, 1);
      g_autoptr (FermataValue) body = NULL;
      g_autofree char *text = g_strdup_printf ("{'id':'n%u'}", i);
      g_autoptr (FermataValue) outer = read_value (text);
      const char *name = "nodes";

      if (strcmp (member, "body") == 0)
        body = fermata_value_new_object (&name, &list, 1);
      node = fermata_value_with_member (outer, member, body != NULL ? body : list);
    }
  return node;
}

static void
check_deep (const char *member,
            guint       depth)
{
  g_autoptr (FermataValue) node = nest (member, depth);
  g_autoptr (FermataGraph) graph = fermata_graph_new (FERMATA_GRAPH_KIND_FSM);
  g_autoptr (FermataGraph) copy = NULL;
  g_autoptr (FermataEdit) add = fermata_edit_new_add_node ("", 0, node);
  g_autoptr (FermataEdit) remove = NULL;
  g_autoptr (FermataEdit) again = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (FermataValue) copied = NULL;
  g_autoptr (GError) error = NULL;

  fermata_graph_apply_edit (graph, add, &remove, &error);
  g_assert_no_error (error);
  value = fermata_graph_to_value (graph);
  copy = fermata_graph_new_from_value (value);
  copied = fermata_graph_to_value (copy);
  g_assert_true (fermata_value_equal (value, copied));
  if (strcmp (member, "nodes") == 0)
    {
      FermataNode *deepest = fermata_graph_find_node (copy, "n0");
      g_autofree char *path = fermata_node_dup_path (deepest);

      g_assert_true (fermata_node_get_graph (deepest) == copy);
      g_assert_true (fermata_graph_lookup_path (copy, path, NULL) == (gpointer) deepest);
    }
  g_assert_true (fermata_graph_apply_edit (graph, remove, &again, NULL));
  g_assert_cmpuint (fermata_graph_get_n_nodes (graph), ==, 0);
}

static void
deep_states (void)
{
  check_deep ("nodes", 20000);
}

static void
deep_bodies (void)
{
  check_deep ("body", 20000);
}

static void
test_deep_states (void)
{
  run_on_small_stack (deep_states);
}

static void
test_deep_bodies (void)
{
  run_on_small_stack (deep_bodies);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model-size/memory", test_memory);
  g_test_add_func ("/model-size/deep-states", test_deep_states);
  g_test_add_func ("/model-size/deep-bodies", test_deep_bodies);

  return g_test_run ();
}
