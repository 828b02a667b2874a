/* bench-model.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Documents in memory: how much a node and an edge take, what reading and
 * writing cost beside the bare value reader, and what edits cost. */

#include <malloc.h>
#include <stdlib.h>

#include "format/fermata-json.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"
#include "value/fermata-value-reader.h"

#define N_RUNS 7

static int
compare (const void *a,
         const void *b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static double
median (double *times)
{
  qsort (times, N_RUNS, sizeof *times, compare);
  return times[N_RUNS / 2];
}

static double
now (void)
{
  return g_get_monotonic_time () / 1e6;
}

/* A node or an edge looks like those that people write. */
static GBytes *
make_document (guint n_nodes)
{
  GString *text = g_string_new ("{\n  \"fermata\": 1,\n  \"kind\": \"dag\",\n  \"nodes\": [\n");

  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (text,
                            "    { \"id\": \"node-%u\", \"type\": \"set\", \"with\": { \"value\": \"{{input + %u}}\" } }%s\n",
                            i, i, i + 1 < n_nodes ? "," : "");
  g_string_append (text, "  ],\n  \"edges\": [\n");
  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (text, "    { \"from\": \"node-%u\", \"to\": \"node-%u\" }%s\n", i / 2, i,
                            i + 1 < n_nodes ? "," : "");
  g_string_append (text, "  ]\n}\n");
  return g_string_free_to_bytes (text);
}

static gsize
get_allocated (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

static FermataGraph *
read_graph (GBytes *text)
{
  g_autoptr (GError) error = NULL;
  FermataGraph *graph = fermata_json_read_graph (text, "bench", NULL, &error);

  g_assert_no_error (error);
  return graph;
}

static double
time_bare_reader (GBytes *text)
{
  double times[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
      double start = now ();
      FermataValue *value =
        fermata_value_reader_read (reader, g_bytes_get_data (text, NULL), g_bytes_get_size (text), NULL);

      times[i] = now () - start;
      fermata_value_unref (value);
    }
  return median (times);
}

static double
time_reader (GBytes *text)
{
  double times[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      double start = now ();
      FermataGraph *graph = read_graph (text);

      times[i] = now () - start;
      g_object_unref (graph);
    }
  return median (times);
}

static double
time_writer (GBytes *text)
{
  g_autoptr (FermataGraph) graph = read_graph (text);
  double times[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      double start = now ();
      g_autoptr (GBytes) written = fermata_json_write_graph (graph, NULL);

      times[i] = now () - start;
      g_assert_true (g_bytes_equal (written, text));
    }
  return median (times);
}

static void
bench_reading (guint n_nodes)
{
  g_autoptr (GBytes) text = make_document (n_nodes);
  double bare = time_bare_reader (text);
  double whole = time_reader (text);
  double write = time_writer (text);

  g_print ("%8u nodes and edges: read %.3f s, %.2f times the bare value reader; write %.3f s, %.2f times\n",
           n_nodes, whole, whole / bare, write, write / bare);
}

static void
bench_memory (guint n_nodes)
{
  g_autoptr (GBytes) text = make_document (n_nodes);
  gsize before = get_allocated ();
  g_autoptr (FermataGraph) graph = read_graph (text);
  gsize plain = get_allocated () - before;
  g_autofree char *id = g_strdup_printf ("node-%u", n_nodes - 1);
  gsize indexed;
  gsize named;

  g_assert_nonnull (fermata_graph_find_node (graph, id));
  indexed = get_allocated () - before;
  g_assert_nonnull (fermata_graph_find_edge (graph, "node-0>node-1"));
  named = get_allocated () - before;
  g_print ("%8u nodes and edges: %.0f MB; %.0f MB with the index of ids, %.0f MB with the names of edges too\n",
           n_nodes, plain / 1e6, indexed / 1e6, named / 1e6);
}

static void
walk (FermataGraph *graph)
{
  guint n_edges = fermata_graph_get_n_edges (graph);
  double start = now ();
  guint n = 0;

  for (FermataNode *node = fermata_graph_get_node (graph, 0); node != NULL; node = fermata_node_get_next (node))
    n += fermata_node_get_index (node) < G_MAXUINT;
  for (guint i = 0; i < n_edges; i++)
    n += fermata_edge_get_source (fermata_graph_get_edge (graph, i)) != NULL;
  g_assert_cmpuint (n, ==, fermata_graph_get_n_nodes (graph) + n_edges);
  g_print ("%8u nodes and edges: walked, with positions and ends, at %.0f ns each\n",
           n_edges, (now () - start) / n * 1e9);
}

/* From the middle, the worst place for an array; and back. */
static void
edit (FermataGraph *graph)
{
  guint n_nodes = fermata_graph_get_n_nodes (graph);
  guint n_edits = 4000;
  g_autofree char *path = g_strdup_printf ("/nodes/%u", n_nodes / 2);
  g_autoptr (FermataEdit) remove = fermata_edit_new_remove_node (path);
  g_autoptr (GPtrArray) inverses = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_edit_unref);
  double start = now ();

  for (guint i = 0; i < n_edits; i++)
    {
      FermataEdit *inverse;

      g_assert_true (fermata_graph_apply_edit (graph, remove, &inverse, NULL));
      g_ptr_array_add (inverses, inverse);
    }
  for (guint i = n_edits; i > 0; i--)
    g_assert_true (fermata_graph_apply_edit (graph, g_ptr_array_index (inverses, i - 1), NULL, NULL));
  g_assert_cmpuint (fermata_graph_get_n_nodes (graph), ==, n_nodes);
  g_print ("%8u nodes and edges: a node removed from the middle, or put back, in %.2f us\n",
           n_nodes, (now () - start) / (2 * n_edits) * 1e6);
}

static void
bench_use (guint n_nodes)
{
  g_autoptr (GBytes) text = make_document (n_nodes);
  g_autoptr (FermataGraph) graph = read_graph (text);
  g_autoptr (GBytes) written = NULL;

  walk (graph);
  edit (graph);
  written = fermata_json_write_graph (graph, NULL);
  g_assert_true (g_bytes_equal (written, text));
}

int
main (int   argc,
      char *argv[])
{
  bench_memory (1000000);
  for (guint n = 10000; n <= 1000000; n *= 10)
    bench_reading (n);
  for (guint n = 10000; n <= 1000000; n *= 10)
    bench_use (n);
  return 0;
}
