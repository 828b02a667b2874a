/* test-subgraph.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Graphs that nodes run, wherever the run is cancelled, and however deep they
 * lie in each other. The rules themselves are golden files. */

#include "engine/moment/fermata-moment-private.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-script.h"

#include <string.h>

/* After event @first, and once more after @second if that is not 0. */
typedef struct {
  guint64 first;
  guint64 second;
} Cancels;

static void
committed (FermataRun *run,
           guint64     number,
           gpointer    user_data)
{
  const Cancels *self = user_data;

  if (number == self->first || number == self->second)
    fermata_run_cancel (run);
}

/* Whatever happened, nothing is left of it. */
static void
assert_nothing_left (FermataRun *run)
{
  FermataMoment *moment = fermata_run_get_moment (run);

  g_assert_cmpuint (fermata_moment_get_n_frames (moment), ==, 1);
  g_assert_cmpuint (moment->n_running, ==, 0);
  g_assert_cmpuint (moment->n_queued, ==, 0);
  g_assert_cmpuint (moment->n_retrying, ==, 0);
  for (guint i = 0; i < moment->root->plan->pools.n_pools; i++)
    g_assert_cmpuint (moment->pools[i], ==, 0);
}

/* Number of events. */
static guint64
play (const char *path,
      Cancels    *cancels)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (path);
  g_autoptr (GError) error = NULL;

  fermata_test_bed_set_up (bed, graph, &error);
  g_assert_no_error (error);
  fermata_probe_set_committed (fermata_probe_add (bed->run, cancels), committed);
  fermata_test_bed_go (bed);
  assert_nothing_left (bed->run);

  return fermata_history_get_n_events (fermata_run_get_history (bed->run));
}

static void
test_cancel (gconstpointer data)
{
  Cancels cancels = { 0, 0 };
  guint64 n = play (data, &cancels);

  for (cancels.first = 1; cancels.first < n; cancels.first++)
    {
      guint64 n_closing;

      cancels.second = 0;
      n_closing = play (data, &cancels);
      cancels.second = cancels.first + (n_closing - cancels.first) / 2;
      play (data, &cancels);
    }
}

/* @n graphs, each in the one before; the innermost node takes a second. */
static FermataGraph *
make_nested (guint n)
{
  g_autoptr (GString) json = g_string_new ("{ 'fermata': 1, 'kind': 'dag', 'nodes': [");

  for (guint i = 0; i < n; i++)
    g_string_append (json, "{ 'id': 'in', 'type': 'subgraph', 'body': { 'variables': { 'n': 1 }, 'nodes': [");
  g_string_append (json, "{ 'id': 'last', 'type': 'task', 'assign': [ { 'n': 'variables.n + 1' } ],"
                         " 'with': { 'takes': '1s', 'value': 7 } }");
  for (guint i = 0; i < n; i++)
    g_string_append (json, "], 'edges': [] } }");
  g_string_append (json, "], 'edges': [] }");

  return fermata_test_graph (json->str);
}

static void
test_deep (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = make_nested (60);
  g_autofree char *result = NULL;

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_finish (bed);
  result = fermata_test_bed_result (bed);
  g_assert_cmpstr (result, ==, "7");
  assert_nothing_left (bed->run);
}

static void
test_deep_cancelled (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = make_nested (60);

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (fermata_moment_get_n_frames (fermata_run_get_moment (bed->run)), ==, 61);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_CANCELLED);
  assert_nothing_left (bed->run);
}

/* Each of many frames changes its own variables, and those of nobody else. */
static void
test_many (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;
  g_autofree char *result = NULL;

  graph = fermata_test_graph (
    "{ 'fermata': 1, 'kind': 'dag', 'variables': { 'n': 100 }, 'nodes': ["
    "  { 'id': 'list', 'type': 'set', 'with': { 'value': '{{Array.from ({ length: 300 }, (x, i) => i)}}' } },"
    "  { 'id': 'each', 'type': 'subgraph', 'body': { 'variables': { 'n': 1 }, 'nodes': ["
    "    { 'id': 'a', 'type': 'task', 'assign': [ { 'n': 'variables.n + input' } ],"
    "      'with': { 'takes': '{{(input * 7) % 5}}s', 'value': '{{input}}' } } ], 'edges': [],"
    "    'result': 'variables.n' } },"
    "  { 'id': 'sum', 'type': 'set', 'with': { 'value': '{{input.reduce ((a, b) => a + b, 0) + variables.n}}' } } ],"
    "  'edges': [ { 'from': 'list', 'to': 'each', 'each': true }, { 'from': 'each', 'to': 'sum' } ] }");
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_test_bed_finish (bed);
  result = fermata_test_bed_result (bed);
  g_assert_cmpstr (result, ==, "45250");
  assert_nothing_left (bed->run);
}

int
main (int   argc,
      char *argv[])
{
  g_auto (GStrv) paths = NULL;

  g_test_init (&argc, &argv, NULL);

  paths = fermata_test_list_golden (TRUE);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);
      g_autofree char *test = g_strconcat ("/subgraph/cancel/", name, NULL);

      /* What is released expects that it is held. */
      if (g_str_has_prefix (name, "subgraph") && !g_str_equal (name, "subgraph-hold.fermata.json"))
        g_test_add_data_func (test, paths[i], test_cancel);
    }
  g_test_add_func ("/subgraph/deep", test_deep);
  g_test_add_func ("/subgraph/deep-cancelled", test_deep_cancelled);
  g_test_add_func ("/subgraph/many", test_many);

  return g_test_run ();
}
