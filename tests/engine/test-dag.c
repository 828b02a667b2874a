/* test-dag.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The rules of section "dag" of docs/semantics.md, each with a small graph. */

#include "harness/fermata-test-bed.h"

#define assert_status(bed, id, expected) \
  g_assert_cmpstr (fermata_test_bed_status (bed, id), ==, expected)

static void
assert_json (char       *json,
             const char *expected)
{
  g_autofree char *found = json;

  g_assert_cmpstr (found, ==, expected);
}

static void
assert_state (FermataTestBed  *bed,
              FermataRunState  expected)
{
  g_assert_cmpstr (fermata_run_state_to_string (fermata_run_get_state (bed->run)), ==,
                   fermata_run_state_to_string (expected));
}

static const char *
error_kind (FermataTestBed *bed)
{
  FermataValue *error = fermata_moment_get_error (fermata_run_get_moment (bed->run));

  g_assert_nonnull (error);

  return fermata_value_get_string (fermata_value_get_member (error, "kind"), NULL);
}

static void
test_empty (void)
{
  g_autoptr (FermataTestBed) bed =
    fermata_test_bed_run ("{ 'fermata': 1, 'kind': 'dag', 'nodes': [], 'edges': [] }");

  assert_state (bed, FERMATA_RUN_STATE_DONE);
  assert_json (fermata_test_bed_result (bed), "{}");
}

static void
test_chain (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'set', 'with': { 'value': [1, 2] } },"
    "  { 'id': 'b', 'type': 'set', 'with': { 'value': '{{input}}' } },"
    "  { 'id': 'c', 'type': 'set', 'with': { 'value': '{{nodes.a.output}}' } } ],"
    "  'edges': [ { 'from': 'a', 'to': 'b' }, { 'from': 'b', 'to': 'c' } ] }");

  assert_state (bed, FERMATA_RUN_STATE_DONE);
  assert_json (fermata_test_bed_output (bed, "b"), "[1,2]");
  assert_json (fermata_test_bed_result (bed), "[1,2]");
}

/* The document may say them in any order. */
static void
test_order (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'last', 'type': 'set', 'with': { 'value': '{{input}}' } },"
    "  { 'id': 'second', 'type': 'set', 'with': { 'value': 2 } },"
    "  { 'id': 'first', 'type': 'set', 'with': { 'value': 1 } } ],"
    "  'edges': [ { 'from': 'first', 'to': 'last' } ] }");
  g_autofree char *events = fermata_test_bed_describe (bed);

  /* Ready nodes start in document order: the lowest index first. */
  g_assert_cmpstr (events, ==,
                   "0.000 run-started {}\n"
                   "0.000 node-started second\n"
                   "0.000 node-completed second 2\n"
                   "0.000 node-started first\n"
                   "0.000 node-completed first 1\n"
                   "0.000 node-started last\n"
                   "0.000 node-completed last 1\n"
                   "0.000 run-ended {\"state\":\"done\",\"result\":{\"last\":1,\"second\":2}}\n");
}

#define DIAMOND(join, left, right) \
  "{ 'fermata': 1, 'kind': 'dag', 'nodes': [" \
  "  { 'id': 'start', 'type': 'set', 'with': { 'value': 0 } }," \
  "  { 'id': 'left', 'type': 'set', 'with': { 'value': 1 } }," \
  "  { 'id': 'right', 'type': 'set', 'with': { 'value': 2 } }," \
  "  { 'id': 'end', 'type': 'set', 'join': '" join "', 'with': { 'value': '{{input}}' } } ]," \
  "  'edges': [ { 'from': 'start', 'to': 'left', 'when': " left " }," \
  "             { 'from': 'start', 'to': 'right', 'when': " right " }," \
  "             { 'from': 'left', 'to': 'end' }, { 'from': 'right', 'to': 'end' } ] }"

static void
test_join_all (void)
{
  g_autoptr (FermataTestBed) both = fermata_test_bed_run (DIAMOND ("all", "true", "true"));
  g_autoptr (FermataTestBed) one = fermata_test_bed_run (DIAMOND ("all", "false", "true"));
  g_autoptr (FermataTestBed) none = fermata_test_bed_run (DIAMOND ("all", "false", "false"));

  assert_json (fermata_test_bed_output (both, "end"), "{\"left\":1,\"right\":2}");

  /* Untaken ones are absent, and the input stays an object. */
  assert_json (fermata_test_bed_output (one, "end"), "{\"right\":2}");
  assert_status (one, "left", "skipped");

  assert_status (none, "end", "skipped");
  assert_state (none, FERMATA_RUN_STATE_DONE);
  assert_json (fermata_test_bed_result (none), "null");
}

static void
test_join_any (void)
{
  g_autoptr (FermataTestBed) both = fermata_test_bed_run (DIAMOND ("any", "true", "true"));
  g_autoptr (FermataTestBed) none = fermata_test_bed_run (DIAMOND ("any", "false", "false"));

  /* Runs once, at the first. */
  g_assert_cmpuint (fermata_test_bed_count (both, FERMATA_EVENT_NODE_STARTED, "end"), ==, 1);
  assert_status (none, "end", "skipped");
}

static void
test_join_any_does_not_wait (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'slow', 'type': 'task', 'with': { 'takes': '9s', 'value': 'slow' } },"
    "  { 'id': 'fast', 'type': 'task', 'with': { 'takes': '1s', 'value': 'fast' } },"
    "  { 'id': 'end', 'type': 'set', 'join': 'any', 'with': { 'value': '{{input}}' } } ],"
    "  'edges': [ { 'from': 'slow', 'to': 'end' }, { 'from': 'fast', 'to': 'end' } ] }");

  /* The late arrival is recorded and ignored. */
  assert_json (fermata_test_bed_output (bed, "end"), "{\"fast\":\"fast\"}");
  assert_status (bed, "slow", "done");
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_NODE_STARTED, "end"), ==, 1);
}

static void
test_join_always (void)
{
  g_autoptr (FermataTestBed) none = fermata_test_bed_run (DIAMOND ("always", "false", "false"));

  assert_json (fermata_test_bed_output (none, "end"), "{}");
}

static void
test_failure_stops_the_rest (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'long', 'type': 'task', 'with': { 'takes': '60s' } },"
    "  { 'id': 'bad', 'type': 'task', 'with': { 'takes': '1s', 'error': 'connectivity' } },"
    "  { 'id': 'after', 'type': 'set', 'with': { 'value': 1 } },"
    "  { 'id': 'other', 'type': 'set', 'with': { 'value': 1 } },"
    "  { 'id': 'clean', 'type': 'task', 'join': 'always', 'with': { 'takes': '2s' } } ],"
    "  'edges': [ { 'from': 'bad', 'to': 'after' }, { 'from': 'long', 'to': 'other' },"
    "             { 'from': 'after', 'to': 'clean' }, { 'from': 'other', 'to': 'clean' } ] }");

  assert_state (bed, FERMATA_RUN_STATE_FAILED);
  g_assert_cmpstr (error_kind (bed), ==, "connectivity");
  assert_status (bed, "bad", "failed");
  assert_status (bed, "long", "cancelled");
  assert_status (bed, "after", "skipped");
  assert_status (bed, "other", "skipped");
  assert_status (bed, "clean", "done");
  g_assert_cmpint (fermata_run_get_time (bed->run), ==, 3 * G_USEC_PER_SEC);
}

static void
test_failure_need_not_stop_the_rest (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'on-error': 'continue', 'nodes': ["
    "  { 'id': 'bad', 'type': 'fail', 'with': { 'message': 'no', 'kind': 'security' } },"
    "  { 'id': 'after', 'type': 'set', 'with': { 'value': 1 } },"
    "  { 'id': 'other', 'type': 'task', 'with': { 'takes': '5s', 'value': 7 } } ],"
    "  'edges': [ { 'from': 'bad', 'to': 'after' } ] }");

  assert_state (bed, FERMATA_RUN_STATE_FAILED);
  g_assert_cmpstr (error_kind (bed), ==, "security");
  assert_status (bed, "after", "skipped");
  assert_json (fermata_test_bed_output (bed, "other"), "7");
}

static void
test_condition_without_a_value (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'set', 'with': { 'value': null } },"
    "  { 'id': 'b', 'type': 'set', 'with': { 'value': 1 } } ],"
    "  'edges': [ { 'from': 'a', 'to': 'b', 'when': 'output.x.y' } ] }");

  assert_state (bed, FERMATA_RUN_STATE_FAILED);
  g_assert_cmpstr (error_kind (bed), ==, "expression");
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_EDGE_FAILED, "a>b"), ==, 1);
  assert_status (bed, "b", "skipped");
}

static void
test_max_concurrency (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'max-concurrency': 2, 'nodes': ["
    "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '2s' } },"
    "  { 'id': 'b', 'type': 'task', 'with': { 'takes': '3s' } },"
    "  { 'id': 'c', 'type': 'task', 'with': { 'takes': '2s' } },"
    "  { 'id': 'd', 'type': 'task', 'with': { 'takes': '2s' } } ], 'edges': [] }");
  g_autofree char *events = fermata_test_bed_describe (bed);

  g_assert_nonnull (strstr (events, "2.000 node-started c\n"));
  g_assert_nonnull (strstr (events, "3.000 node-started d\n"));
  g_assert_cmpint (fermata_run_get_time (bed->run), ==, 5 * G_USEC_PER_SEC);
}

#define LONG_AND_CLEAN(when_cancelled) \
  "{ 'fermata': 1, 'kind': 'dag', 'nodes': [" \
  "  { 'id': 'long', 'type': 'task', 'with': { 'takes': '60s', 'when-cancelled': '" \
  when_cancelled "' } }," \
  "  { 'id': 'after', 'type': 'set', 'with': { 'value': 1 } }," \
  "  { 'id': 'clean', 'type': 'task', 'join': 'always', 'with': { 'takes': '5s' } } ]," \
  "  'edges': [ { 'from': 'long', 'to': 'after' }, { 'from': 'after', 'to': 'clean' } ] }"

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

static void
test_cancel (void)
{
  static const char *const graphs[] = {
    LONG_AND_CLEAN ("end"), LONG_AND_CLEAN ("complete"), LONG_AND_CLEAN ("fail"),
    LONG_AND_CLEAN ("ignore"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (graphs); i++)
    {
      g_autoptr (FermataTestBed) bed = begin (graphs[i]);

      fermata_run_cancel (bed->run);
      fermata_test_bed_finish (bed);

      /* However it ends, it was cancelled; `always` nodes run. */
      assert_state (bed, FERMATA_RUN_STATE_CANCELLED);
      assert_status (bed, "long", "cancelled");
      assert_status (bed, "after", "skipped");
      assert_status (bed, "clean", "done");
    }
}

static void
test_cancel_twice (void)
{
  g_autoptr (FermataTestBed) bed = begin (LONG_AND_CLEAN ("end"));

  fermata_run_cancel (bed->run);
  fermata_test_bed_settle (bed);
  assert_status (bed, "clean", "running");
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);

  assert_status (bed, "clean", "cancelled");
  g_assert_cmpint (fermata_run_get_time (bed->run), ==, 0);
}

static void
test_timeout (void)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (LONG_AND_CLEAN ("end"));

  options.timeout = 7 * G_USEC_PER_SEC;
  fermata_test_bed_prepare (bed, graph, &options);
  fermata_test_bed_finish (bed);

  assert_state (bed, FERMATA_RUN_STATE_TIMED_OUT);
  g_assert_cmpstr (error_kind (bed), ==, "timeout");
  assert_status (bed, "clean", "done");
  g_assert_cmpint (fermata_run_get_time (bed->run), ==, 12 * G_USEC_PER_SEC);
}

static void
test_late_ends_are_ignored (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'task', 'with': { 'value': 1, 'late': true } } ], 'edges': [] }");

  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_NODE_COMPLETED, "a"), ==, 1);
  assert_json (fermata_test_bed_result (bed), "1");
}

static void
test_input_names (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'set', 'with': { 'value': 1 } },"
    "  { 'id': 'b', 'type': 'set', 'with': { 'value': 2 } },"
    "  { 'id': 'c', 'type': 'set', 'with': { 'value': '{{input}}' } } ],"
    "  'edges': [ { 'from': 'a', 'to': 'c', 'input': 'x' }, { 'from': 'b', 'to': 'c' } ],"
    "  'result': 'nodes.c.output' }");

  assert_json (fermata_test_bed_result (bed), "{\"x\":1,\"b\":2}");
}

static void
test_log (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'log', 'with': { 'message': 'hello' } } ], 'edges': [] }");
  g_autofree char *events = fermata_test_bed_describe (bed);

  g_assert_cmpstr (events, ==,
                   "0.000 run-started {}\n"
                   "0.000 node-started a\n"
                   "0.000 logged a \"hello\"\n"
                   "0.000 node-completed a \"hello\"\n"
                   "0.000 run-ended {\"state\":\"done\",\"result\":\"hello\"}\n");
}

static void
test_delay_passes_its_input_on (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'set', 'with': { 'value': 5 } },"
    "  { 'id': 'b', 'type': 'delay', 'with': { 'duration': '90s' } } ],"
    "  'edges': [ { 'from': 'a', 'to': 'b' } ] }");

  assert_json (fermata_test_bed_result (bed), "5");
  g_assert_cmpint (fermata_run_get_time (bed->run), ==, 90 * G_USEC_PER_SEC);
}

/* What an unchecked graph can do wrong must not end well, nor never. */
static void
test_cycle (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'set', 'with': { 'value': 5 } },"
    "  { 'id': 'b', 'type': 'set', 'with': { 'value': 5 } } ],"
    "  'edges': [ { 'from': 'a', 'to': 'b' }, { 'from': 'b', 'to': 'a' } ] }");

  assert_state (bed, FERMATA_RUN_STATE_FAILED);
  g_assert_cmpstr (error_kind (bed), ==, "deadlock");
}

static void
test_refused (void)
{
  static const struct {
    const char *json;
    int code;
  } cases[] = {
    { "{ 'fermata': 1, 'kind': 'flow', 'nodes': [], 'edges': [] }",
      FERMATA_ENGINE_ERROR_UNSUPPORTED },
    { "{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'a', 'type': 'set', 'catch': {},"
      " 'with': { 'value': 1 } } ], 'edges': [] }", FERMATA_ENGINE_ERROR_INVALID },
    { "{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'a', 'type': 'nonsense' } ],"
      " 'edges': [] }", FERMATA_ENGINE_ERROR_INVALID },
    { "{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'a', 'type': 'set' } ],"
      " 'edges': [] }", FERMATA_ENGINE_ERROR_INVALID },
    { "{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'a', 'type': 'set',"
      " 'with': { 'value': 1 } } ], 'edges': [ { 'from': 'a', 'to': 'b' } ] }",
      FERMATA_ENGINE_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
      g_autoptr (FermataGraph) graph = fermata_test_graph (cases[i].json);
      g_autoptr (FermataPlan) plan = NULL;
      g_autoptr (GError) error = NULL;

      plan = fermata_engine_compile (bed->engine, graph, &error);
      g_assert_null (plan);
      g_assert_error (error, FERMATA_ENGINE_ERROR, cases[i].code);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dag/empty", test_empty);
  g_test_add_func ("/dag/chain", test_chain);
  g_test_add_func ("/dag/order", test_order);
  g_test_add_func ("/dag/join/all", test_join_all);
  g_test_add_func ("/dag/join/any", test_join_any);
  g_test_add_func ("/dag/join/any-does-not-wait", test_join_any_does_not_wait);
  g_test_add_func ("/dag/join/always", test_join_always);
  g_test_add_func ("/dag/failure/stops-the-rest", test_failure_stops_the_rest);
  g_test_add_func ("/dag/failure/need-not-stop-the-rest", test_failure_need_not_stop_the_rest);
  g_test_add_func ("/dag/condition-without-a-value", test_condition_without_a_value);
  g_test_add_func ("/dag/max-concurrency", test_max_concurrency);
  g_test_add_func ("/dag/cancel/once", test_cancel);
  g_test_add_func ("/dag/cancel/twice", test_cancel_twice);
  g_test_add_func ("/dag/timeout", test_timeout);
  g_test_add_func ("/dag/late-ends-are-ignored", test_late_ends_are_ignored);
  g_test_add_func ("/dag/input-names", test_input_names);
  g_test_add_func ("/dag/log", test_log);
  g_test_add_func ("/dag/delay", test_delay_passes_its_input_on);
  g_test_add_func ("/dag/cycle", test_cycle);
  g_test_add_func ("/dag/refused", test_refused);

  return g_test_run ();
}
