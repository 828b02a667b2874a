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
get_counts (FermataTestBed    *bed,
            guint              seconds,
            const char        *id,
            FermataBodyCounts *counts)
{
  guint node;

  fermata_test_bed_pass_time_until (bed, seconds * G_USEC_PER_SEC);
  g_assert_true (fermata_plan_find_node (fermata_run_get_plan (bed->run), id, &node));
  g_assert_true (fermata_moment_get_body_counts (fermata_run_get_moment (bed->run), 0, node, counts));
}

/* Of five items the second and the fourth fail; they take two at a time. */
static void
test_foreach (void)
{
  g_autoptr (FermataTestBed) bed = NULL;
  FermataBodyCounts counts;

  bed = begin ("{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
               "  { 'id': 'each', 'type': 'foreach',"
               "    'with': { 'items': '[1, 2, 3, 4, 5]', 'max-parallel': 2, 'failures': 'skip' }, 'body': { 'nodes': ["
               "    { 'id': 'a', 'type': 'task', 'with': { 'takes': '10s',"
               "      'error': '{{input % 2 == 0 ? `execution` : ``}}' } } ] } } ] }");
  assert_counts (bed, 5, "each", "5 items complete, 2 entered, 0 left");
  assert_counts (bed, 15, "each", "5 items complete, 4 entered, 2 left");
  get_counts (bed, 15, "each", &counts);
  g_assert_cmpint (counts.rule, ==, FERMATA_BODY_RULE_ITEMS);
  g_assert_cmpuint (counts.n_failed, ==, 1);
  g_assert_null (counts.body);
  fermata_test_bed_finish (bed);
  assert_counts (bed, 30, "each", "5 items complete, 5 entered, 5 left");
  get_counts (bed, 30, "each", &counts);
  g_assert_cmpuint (counts.n_failed, ==, 2);
}

/* The loop is left after the third item: the others do not count. */
static void
test_break (void)
{
  g_autoptr (FermataTestBed) bed = NULL;

  bed = begin ("{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
               "  { 'id': 'each', 'type': 'foreach', 'with': { 'items': '[1, 2, 3, 4, 5]' }, 'body': { 'nodes': ["
               "    { 'id': 'a', 'type': 'task', 'with': { 'takes': '1s', 'value': '{{input}}' } },"
               "    { 'id': 'stop', 'type': 'break' } ],"
               "    'edges': [ { 'from': 'a', 'to': 'stop', 'when': 'output == 3' } ] } } ] }");
  fermata_test_bed_finish (bed);
  assert_counts (bed, 3, "each", "3 items complete, 3 entered, 3 left");
}

static void
test_while (void)
{
  g_autoptr (FermataTestBed) bed = NULL;
  FermataBodyCounts counts;

  bed = begin ("{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
               "  { 'id': 'loop', 'type': 'while', 'with': { 'condition': 'iteration.index < 4', 'initial': 0 },"
               "    'body': { 'nodes': [ { 'id': 'a', 'type': 'task', 'with': { 'takes': '10s' } } ] } } ] }");
  get_counts (bed, 25, "loop", &counts);
  g_assert_cmpint (counts.rule, ==, FERMATA_BODY_RULE_WHILE);
  g_assert_cmpuint (counts.n_entered, ==, 3);
  g_assert_cmpuint (counts.n_left, ==, 2);
  g_assert_false (counts.is_complete);
  fermata_test_bed_finish (bed);
}

static void
test_try (void)
{
  g_autoptr (FermataTestBed) bed = NULL;
  FermataBodyCounts counts;

  bed = begin ("{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'guard', 'type': 'try',"
               "  'body': { 'nodes': [ { 'id': 'a', 'type': 'task', 'with': { 'takes': '10s', 'error': 'execution' } } ] },"
               "  'catch': { 'nodes': [ { 'id': 'b', 'type': 'task', 'with': { 'takes': '10s' } } ] },"
               "  'finally': { 'nodes': [ { 'id': 'c', 'type': 'task', 'with': { 'takes': '10s' } } ] } } ] }");
  get_counts (bed, 5, "guard", &counts);
  g_assert_cmpstr (counts.body, ==, "body");
  get_counts (bed, 15, "guard", &counts);
  g_assert_cmpstr (counts.body, ==, "catch");
  get_counts (bed, 25, "guard", &counts);
  g_assert_cmpstr (counts.body, ==, "finally");
  fermata_test_bed_finish (bed);
  get_counts (bed, 30, "guard", &counts);
  g_assert_null (counts.body);
}

/* "1 of 3 won, 1 lost, 2 wanted" after 15 s */
static void
assert_branches (const char *type,
                 const char *wait,
                 const char *expected)
{
  g_autoptr (FermataTestBed) bed = NULL;
  g_autofree char *json = NULL;
  g_autofree char *found = NULL;
  FermataBodyCounts counts;

  json = g_strdup_printf (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'in', 'type': '%s', %s"
    "  'body': { 'on-error': 'continue', 'nodes': ["
    "    { 'id': 'a', 'type': 'task', 'with': { 'takes': '10s', 'error': 'execution' } },"
    "    { 'id': 'b', 'type': 'task', 'with': { 'takes': '20s' } },"
    "    { 'id': 'c', 'type': 'task', 'with': { 'takes': '12s' } },"
    "    { 'id': 'd', 'type': 'task', 'with': { 'takes': '1s' } } ],"
    "    'edges': [ { 'from': 'd', 'to': 'c' } ] } } ] }", type, wait);
  bed = begin (json);
  get_counts (bed, 15, "in", &counts);
  found = g_strdup_printf ("%u of %u won, %u lost, %u wanted", counts.n_won, counts.n_branches,
                           counts.n_lost, counts.n_wanted);
  g_assert_cmpstr (found, ==, expected);
  fermata_test_bed_finish (bed);
}

static void
test_branches (void)
{
  assert_branches ("parallel", "", "1 of 3 won, 1 lost, 3 wanted");
  assert_branches ("parallel", "'with': { 'wait': 2 },", "1 of 3 won, 1 lost, 2 wanted");
  assert_branches ("race", "", "0 of 0 won, 0 lost, 0 wanted");
}

/* A frame with a state's tasks is one of the state. */
static void
test_owners (void)
{
  g_autoptr (FermataTestBed) bed = NULL;
  g_autofree guint *owners = NULL;
  g_autofree guint *frames = NULL;
  g_autofree guint *states = NULL;
  g_autofree guint *tasks = NULL;
  FermataMoment *moment;
  guint n;

  bed = begin ("{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
               "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '5s' } },"
               "  { 'id': 'later', 'type': 'subgraph', 'body': { 'nodes': [ { 'id': 'b', 'type': 'task' } ] } },"
               "  { 'id': 'machine', 'type': 'subgraph', 'body': { 'kind': 'fsm', 'initial': 's', 'nodes': ["
               "    { 'id': 'r' }, { 'id': 's', 'do': [ { 'id': 'one', 'type': 'task', 'with': { 'takes': '9s' } },"
               "      { 'id': 'two', 'type': 'task', 'with': { 'takes': '9s' } } ] } ],"
               "    'edges': [ { 'from': 's', 'after': '20s' } ] } } ],"
               "  'edges': [ { 'from': 'a', 'to': 'later' } ] }");
  moment = fermata_run_get_moment (bed->run);
  owners = fermata_moment_list_owners (moment, 0, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (fermata_plan_get_node_id (fermata_run_get_plan (bed->run), owners[0]), ==, "machine");
  frames = fermata_moment_list_frames (moment, 0, owners[0], &n);
  g_assert_cmpuint (n, ==, 1);
  states = fermata_moment_list_owners (moment, frames[0], &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (fermata_plan_get_node_id (fermata_run_get_plan (bed->run), states[0]), ==, "s");
  tasks = fermata_moment_list_frames (moment, frames[0], states[0], &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_null (fermata_moment_list_frames (moment, frames[0], states[0] - 1, &n));
  g_assert_null (fermata_moment_list_owners (moment, tasks[0], &n));
  g_assert_null (fermata_moment_list_owners (moment, 99, &n));
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
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
  g_test_add_func ("/body-counts/foreach", test_foreach);
  g_test_add_func ("/body-counts/break", test_break);
  g_test_add_func ("/body-counts/while", test_while);
  g_test_add_func ("/body-counts/try", test_try);
  g_test_add_func ("/body-counts/branches", test_branches);
  g_test_add_func ("/body-counts/owners", test_owners);
  g_test_add_func ("/body-counts/none", test_none);

  return g_test_run ();
}
