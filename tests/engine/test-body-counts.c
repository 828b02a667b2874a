/* test-body-counts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How far nodes with bodies are. */

#include "harness/fermata-test-bed.h"

static FermataTestBed *
begin (const char *json)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);

  return bed;
}

/* "4 items complete, 2 entered, 1 left" at a time in seconds */
static void
assert_counts (FermataTestBed *bed,
               guint           seconds,
               const char     *id,
               const char     *expected)
{
  FermataBodyCounts counts;
  g_autofree char *found = NULL;
  guint node;

  fermata_test_bed_pass_time_until (bed, seconds * G_USEC_PER_SEC);
  g_assert_true (fermata_plan_find_node (fermata_run_get_plan (bed->run), id, &node));
  g_assert_true (fermata_moment_get_body_counts (fermata_run_get_moment (bed->run), 0, node, &counts));
  g_assert_cmpuint (counts.n_entered, ==, counts.n_under_way + counts.n_left);
  found = g_strdup_printf ("%u items%s, %u entered, %u left", counts.n_items,
                           counts.is_complete ? " complete" : "", counts.n_entered, counts.n_left);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_each (void)
{
  g_autoptr (FermataTestBed) bed = NULL;

  bed = begin ("{ 'fermata': 1, 'kind': 'dag', 'max-concurrency': 2, 'nodes': ["
               "  { 'id': 'before', 'type': 'task', 'with': { 'takes': '10s' } },"
               "  { 'id': 'list', 'type': 'set', 'with': { 'value': [ 1, 2, 3, 4 ] } },"
               "  { 'id': 'each', 'type': 'task', 'with': { 'takes': '10s' } } ],"
               "  'edges': [ { 'from': 'before', 'to': 'list' }, { 'from': 'list', 'to': 'each', 'each': true } ] }");
  assert_counts (bed, 0, "each", "0 items, 0 entered, 0 left");
  assert_counts (bed, 15, "each", "4 items complete, 2 entered, 0 left");
  assert_counts (bed, 25, "each", "4 items complete, 4 entered, 2 left");
  fermata_test_bed_finish (bed);
  assert_counts (bed, 30, "each", "4 items complete, 4 entered, 4 left");
}

/* A frame an attempt */
static void
test_subgraph (void)
{
  g_autoptr (FermataTestBed) bed = NULL;

  bed = begin ("{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
               "  { 'id': 'in', 'type': 'subgraph', 'retry': { 'attempts': 2 }, 'body': { 'nodes': ["
               "    { 'id': 'a', 'type': 'task', 'with': { 'takes': '10s', 'error': 'execution' } } ] } } ] }");
  assert_counts (bed, 5, "in", "1 items, 1 entered, 0 left");
  assert_counts (bed, 15, "in", "1 items, 1 entered, 0 left");
  fermata_test_bed_finish (bed);
  assert_counts (bed, 20, "in", "1 items, 1 entered, 1 left");
}

static void
test_none (void)
{
  g_autoptr (FermataTestBed) bed = NULL;
  FermataBodyCounts counts = { .n_items = 7 };

  bed = begin ("{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'a', 'type': 'task' } ] }");
  g_assert_false (fermata_moment_get_body_counts (fermata_run_get_moment (bed->run), 0, 0, &counts));
  g_assert_cmpuint (counts.n_items, ==, 0);
  g_assert_false (fermata_moment_get_body_counts (fermata_run_get_moment (bed->run), 5, 0, &counts));
  fermata_test_bed_finish (bed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/body-counts/each", test_each);
  g_test_add_func ("/body-counts/subgraph", test_subgraph);
  g_test_add_func ("/body-counts/none", test_none);

  return g_test_run ();
}
