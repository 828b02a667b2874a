/* test-machine-cancel.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A machine that comes to no end by itself is ended by a cancel all the same. */

#include "harness/fermata-test-bed.h"

#define ENDLESS \
  "'kind': 'fsm', 'max-steps': 20000, 'initial': 'a', 'nodes': [ { 'id': 'a' }," \
  " { 'id': 'b', 'exit': { 'log': 'left' } } ]," \
  " 'edges': [ { 'from': 'a', 'to': 'b' }, { 'from': 'b', 'to': 'a' } ]"

static void
assert_cancelled_soon (const char *json)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);

  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_CANCELLED);
  g_assert_cmpuint (fermata_history_get_n_events (fermata_run_get_history (bed->run)), <, 100);
}

static void
test_endless (void)
{
  assert_cancelled_soon ("{ 'fermata': 1, " ENDLESS " }");
}

static void
test_endless_in_graph (void)
{
  assert_cancelled_soon ("{ 'fermata': 1, 'kind': 'dag', 'edges': [], 'nodes': ["
                         "  { 'id': 'm', 'type': 'subgraph', 'body': { " ENDLESS " } } ] }");
}

/* Actions that take for ever are ended by the second one. */
static void
test_long_actions (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;

  graph = fermata_test_graph ("{ 'fermata': 1, 'kind': 'fsm', 'edges': [], 'variables': {"
                              "  'all': [ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ] }, 'nodes': [ { 'id': 'a', 'entry':"
                              "  { 'foreach': 'variables.all', 'do': { 'foreach': 'variables.all', 'do':"
                              "    { 'foreach': 'variables.all', 'do': { 'log': 'on' } } } } } ] }");
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_run_cancel (bed->run);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);

  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_CANCELLED);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_LOGGED, NULL), ==, 0);
}

/* What it leaves it leaves with its actions, from a configuration that is legal. */
static void
test_leaves (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph ("{ 'fermata': 1, " ENDLESS " }");

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);

  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_STATE_ENTERED, "a")
                    + fermata_test_bed_count (bed, FERMATA_EVENT_STATE_ENTERED, "b"), ==,
                    fermata_test_bed_count (bed, FERMATA_EVENT_STATE_EXITED, "a")
                    + fermata_test_bed_count (bed, FERMATA_EVENT_STATE_EXITED, "b"));
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_STATE_EXITED, "a"), >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/machine-cancel/endless", test_endless);
  g_test_add_func ("/machine-cancel/endless-in-graph", test_endless_in_graph);
  g_test_add_func ("/machine-cancel/long-actions", test_long_actions);
  g_test_add_func ("/machine-cancel/leaves", test_leaves);

  return g_test_run ();
}
