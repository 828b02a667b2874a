/* test-shared-services.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the runs of one engine share, each as it is told by facts. */

#include "engine/run/fermata-run-private.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#define SECOND G_USEC_PER_SEC

#define GRAPH(name, nodes) \
  "{ 'fermata': 1, 'kind': 'dag', " name "'on-error': 'continue', 'nodes': [" nodes "], 'edges': [] }"
#define BREAKER(name, failures) "'circuit-breaker': { " name "'failures': " failures ", 'cool-down': '10s' }"

/* A run of the bed's engine, not started. */
static FermataRun *
make_run_of_plan (FermataTestBed *bed,
                  FermataPlan    *plan)
{
  g_autoptr (GError) error = NULL;
  FermataRun *run = fermata_engine_create_run (bed->engine, plan, NULL, &error);

  g_assert_no_error (error);
  return run;
}

static FermataPlan *
make_plan (FermataTestBed *bed,
           const char     *json)
{
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);
  g_autoptr (GError) error = NULL;
  FermataPlan *plan = fermata_engine_compile (bed->engine, graph, &error);

  g_assert_no_error (error);
  return plan;
}

static FermataRun *
make_run (FermataTestBed *bed,
          const char     *json)
{
  g_autoptr (FermataPlan) plan = make_plan (bed, json);

  return make_run_of_plan (bed, plan);
}

/* Lets everything happen, and time pass as far as needed. A history says all
 * that was decided by, without what the engine shares. */
static void
finish (FermataTestBed *bed,
        FermataRun     *run)
{
  g_autoptr (GError) error = NULL;

  if (fermata_run_get_state (run) == FERMATA_RUN_STATE_NEW)
    fermata_run_start (run);
  fermata_test_bed_settle (bed);
  while (!fermata_run_has_ended (run))
    {
      g_assert_true (fermata_virtual_clock_jump (FERMATA_VIRTUAL_CLOCK (bed->clock)));
      fermata_test_bed_settle (bed);
    }
  fermata_history_verify (fermata_run_get_history (run), NULL, &error);
  g_assert_no_error (error);
}

static guint
count (FermataRun       *run,
       FermataEventKind  kind)
{
  FermataHistory *history = fermata_run_get_history (run);
  guint n = 0;

  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    n += fermata_history_get_event (history, i)->kind == kind;
  return n;
}

static guint
count_of (FermataTestBed   *bed,
          const char       *json,
          FermataEventKind  kind)
{
  g_autoptr (FermataRun) run = make_run (bed, json);

  finish (bed, run);
  return count (run, kind);
}

static void
test_cache (void)
{
  static const char *const json =
    GRAPH ("", "{ 'id': 'a', 'type': 'task', 'cache': { 'ttl': '1m' }, 'with': { 'takes': '1s', 'value': 7 } }");
  static const char *const elsewhere =
    GRAPH ("'name': 'x', ", "{ 'id': 'b', 'type': 'task', 'cache': true, 'with': { 'takes': '1s', 'value': 7 } }");
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataTestBed) other = fermata_test_bed_new ();

  g_assert_cmpuint (count_of (bed, json, FERMATA_EVENT_TASK_ANSWERED), ==, 0);
  g_assert_cmpuint (count_of (bed, json, FERMATA_EVENT_TASK_ANSWERED), ==, 1);
  g_assert_cmpuint (count_of (bed, elsewhere, FERMATA_EVENT_TASK_ANSWERED), ==, 1);
  g_assert_cmpuint (count_of (other, json, FERMATA_EVENT_TASK_ANSWERED), ==, 0);

  /* A hit does not begin its time anew */
  fermata_virtual_clock_advance (FERMATA_VIRTUAL_CLOCK (bed->clock), 59 * SECOND);
  g_assert_cmpuint (count_of (bed, json, FERMATA_EVENT_TASK_ANSWERED), ==, 1);
  fermata_virtual_clock_advance (FERMATA_VIRTUAL_CLOCK (bed->clock), 1 * SECOND);
  g_assert_cmpuint (count_of (bed, json, FERMATA_EVENT_TASK_ANSWERED), ==, 0);
}

/* The same key of two nodes that are set up differently is not the same. */
static void
test_cache_keys (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();

#define KEYED(id, value) "{ 'id': '" id "', 'type': 'task', 'cache': { 'key': 1 }, 'with': { 'value': " value " } }"
  g_assert_cmpuint (count_of (bed, GRAPH ("", KEYED ("a", "1")), FERMATA_EVENT_TASK_ANSWERED), ==, 0);
  g_assert_cmpuint (count_of (bed, GRAPH ("", KEYED ("b", "2")), FERMATA_EVENT_TASK_ANSWERED), ==, 0);
  g_assert_cmpuint (count_of (bed, GRAPH ("", KEYED ("c", "1")), FERMATA_EVENT_TASK_ANSWERED), ==, 1);
}

/* What was put into a file is not there for ever. */
static void
test_cache_artifacts (void)
{
  static const char *const json =
    GRAPH ("", "{ 'id': 'a', 'type': 'task', 'cache': true, 'with': { 'value': { 'artifact': { 'path': '/gone' } } } }");
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();

  g_assert_cmpuint (count_of (bed, json, FERMATA_EVENT_TASK_ANSWERED), ==, 0);
  g_assert_cmpuint (count_of (bed, json, FERMATA_EVENT_TASK_ANSWERED), ==, 0);
}

static void
test_breaker (void)
{
  static const char *const fails =
    GRAPH ("'name': 'fails', ", "{ 'id': 'a', 'type': 'task', " BREAKER ("'name': 'api', ", "1") ", 'with': { 'error': 'timeout' } }");
  static const char *const succeeds =
    GRAPH ("'name': 'succeeds', ", "{ 'id': 'a', 'type': 'task', " BREAKER ("'name': 'api', ", "1") " }");
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();

  g_assert_cmpuint (count_of (bed, succeeds, FERMATA_EVENT_TASK_REFUSED), ==, 0);
  g_assert_cmpuint (count_of (bed, fails, FERMATA_EVENT_TASK_REFUSED), ==, 0);
  g_assert_cmpuint (count_of (bed, succeeds, FERMATA_EVENT_TASK_REFUSED), ==, 1);
  fermata_virtual_clock_advance (FERMATA_VIRTUAL_CLOCK (bed->clock), 10 * SECOND);
  g_assert_cmpuint (count_of (bed, succeeds, FERMATA_EVENT_TASK_REFUSED), ==, 0);
  g_assert_cmpuint (count_of (bed, succeeds, FERMATA_EVENT_TASK_REFUSED), ==, 0);
}

/* Without a name of its own it is of the graph's name and the node, or of one
 * plan. */
static void
test_breaker_without_name (void)
{
#define FAILING(name, id) \
  GRAPH (name, "{ 'id': '" id "', 'type': 'task', " BREAKER ("", "1") ", 'with': { 'error': 'timeout' } }")
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataPlan) plan = make_plan (bed, FAILING ("", "a"));
  g_autoptr (FermataRun) first = make_run_of_plan (bed, plan);
  g_autoptr (FermataRun) second = make_run_of_plan (bed, plan);

  g_assert_cmpuint (count_of (bed, FAILING ("'name': 'one', ", "a"), FERMATA_EVENT_TASK_REFUSED), ==, 0);
  g_assert_cmpuint (count_of (bed, FAILING ("'name': 'one', ", "a"), FERMATA_EVENT_TASK_REFUSED), ==, 1);
  g_assert_cmpuint (count_of (bed, FAILING ("'name': 'one', ", "b"), FERMATA_EVENT_TASK_REFUSED), ==, 0);
  g_assert_cmpuint (count_of (bed, FAILING ("'name': 'two', ", "a"), FERMATA_EVENT_TASK_REFUSED), ==, 0);
  g_assert_cmpuint (count_of (bed, FAILING ("", "a"), FERMATA_EVENT_TASK_REFUSED), ==, 0);
  g_assert_cmpuint (count_of (bed, FAILING ("", "a"), FERMATA_EVENT_TASK_REFUSED), ==, 0);
  finish (bed, first);
  finish (bed, second);
  g_assert_cmpuint (count (first, FERMATA_EVENT_TASK_REFUSED), ==, 0);
  g_assert_cmpuint (count (second, FERMATA_EVENT_TASK_REFUSED), ==, 1);
}

/* A trial that is cancelled, or whose run is gone, is the next one's. */
static void
test_breaker_trial_given_back (void)
{
  static const char *const fails =
    GRAPH ("", "{ 'id': 'a', 'type': 'task', " BREAKER ("'name': 'api', ", "1") ", 'with': { 'error': 'timeout' } }");
  static const char *const slow =
    GRAPH ("", "{ 'id': 'a', 'type': 'task', " BREAKER ("'name': 'api', ", "1") ", 'with': { 'takes': '1h' } }");
  static const char *const quick =
    GRAPH ("", "{ 'id': 'a', 'type': 'task', " BREAKER ("'name': 'api', ", "1") " }");
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataRun) trial = make_run (bed, slow);

  count_of (bed, fails, FERMATA_EVENT_TASK_REFUSED);
  fermata_virtual_clock_advance (FERMATA_VIRTUAL_CLOCK (bed->clock), 10 * SECOND);
  fermata_run_start (trial);
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (count_of (bed, quick, FERMATA_EVENT_TASK_REFUSED), ==, 1);
  fermata_run_cancel (trial);
  finish (bed, trial);
  g_assert_cmpuint (count_of (bed, quick, FERMATA_EVENT_TASK_REFUSED), ==, 0);
}

/* What fails before it begins says nothing of the other side. */
static void
test_breaker_counts_attempts (void)
{
  static const char *const unfilled =
    GRAPH ("", "{ 'id': 'a', 'type': 'task', " BREAKER ("'name': 'api', ", "1") ", 'with': { 'value': '{{input.x}}' } }");
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();

  g_assert_cmpuint (count_of (bed, unfilled, FERMATA_EVENT_NODE_FAILED), ==, 1);
  g_assert_cmpuint (count_of (bed, unfilled, FERMATA_EVENT_TASK_REFUSED), ==, 0);
}

static void
test_limiter (void)
{
  static const char *const json =
    GRAPH ("", "{ 'id': 'a', 'type': 'task', 'rate-limit': { 'name': 'api', 'limit': 1, 'per': '10s' } }");
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataRun) first = make_run (bed, json);
  g_autoptr (FermataRun) cancelled = make_run (bed, json);
  g_autoptr (FermataRun) held = make_run (bed, json);
  g_autoptr (FermataRun) last = make_run (bed, json);

  fermata_run_start (first);
  fermata_run_start (cancelled);
  fermata_run_start (held);
  fermata_run_start (last);
  fermata_test_bed_settle (bed);
  g_assert_true (fermata_run_has_ended (first));
  g_assert_cmpuint (count (cancelled, FERMATA_EVENT_NODE_QUEUED), ==, 1);
  g_assert_cmpuint (count (cancelled, FERMATA_EVENT_TASK_ADMITTED), ==, 0);
  fermata_run_cancel (cancelled);
  fermata_test_bed_settle (bed);
  g_assert_true (fermata_run_has_ended (cancelled));

  /* The turn of one that is held comes all the same */
  g_assert_true (fermata_run_hold (held));
  fermata_virtual_clock_advance (FERMATA_VIRTUAL_CLOCK (bed->clock), 10 * SECOND);
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (count (held, FERMATA_EVENT_TASK_ADMITTED), ==, 1);
  g_assert_cmpuint (count (held, FERMATA_EVENT_NODE_STARTED), ==, 0);
  g_assert_false (fermata_run_has_ended (last));
  fermata_virtual_clock_advance (FERMATA_VIRTUAL_CLOCK (bed->clock), 10 * SECOND);
  finish (bed, last);
  g_assert_true (fermata_run_release (held));
  finish (bed, held);
}

static char *
dup_states (FermataRun *run)
{
  FermataHistory *history = fermata_run_get_history (run);
  FermataValue *states = fermata_value_get_member (fermata_history_get_event (history, 1)->payload, "states");

  return states == NULL ? NULL : fermata_value_to_string (states, FERMATA_WRITE_COMPACT, NULL);
}

static void
assert_begins_with (FermataTestBed *bed,
                    const char     *json,
                    const char     *expected)
{
  g_autoptr (FermataRun) run = make_run (bed, json);
  g_autofree char *states = NULL;
  g_autofree char *text = g_strdelimit (g_strdup (expected), "'", '"');

  finish (bed, run);
  states = dup_states (run);
  g_assert_cmpstr (states, ==, text);
}

static void
test_kept_states (void)
{
#define COUNTING(name) GRAPH (name, \
  "{ 'id': 'a', 'type': 'set', 'state': { 'n': 1 }, 'keep': true, 'with': { 'value': 1 }, 'assign': [ { 'state.n': 'state.n * 2' } ] }," \
  "{ 'id': 'b', 'type': 'set', 'state': { 'n': 1 }, 'with': { 'value': 1 }, 'assign': [ { 'state.n': 'state.n * 2' } ] }," \
  "{ 'id': 'c', 'type': 'fail', 'with': { 'message': 'the run fails, and a is kept' } }")
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();

  assert_begins_with (bed, COUNTING ("'name': 'one', "), "{'a':{'n':1},'b':{'n':1}}");
  assert_begins_with (bed, COUNTING ("'name': 'one', "), "{'a':{'n':2},'b':{'n':1}}");
  assert_begins_with (bed, COUNTING ("'name': 'one', "), "{'a':{'n':4},'b':{'n':1}}");
  assert_begins_with (bed, COUNTING ("'name': 'two', "), "{'a':{'n':1},'b':{'n':1}}");
  assert_begins_with (bed, COUNTING (""), "{'a':{'n':1},'b':{'n':1}}");
  assert_begins_with (bed, COUNTING (""), "{'a':{'n':1},'b':{'n':1}}");
  assert_begins_with (bed, GRAPH ("'name': 'one', ", "{ 'id': 'a', 'type': 'set', 'state': { 'm': 0 }, 'with': { 'value': 1 } }"),
                      "{'a':{'m':0}}");
}

/* A run that is let go of in the midst of waiting leaves nothing behind. */
static void
test_dropped (void)
{
  static const char *const json =
    GRAPH ("", "{ 'id': 'a', 'type': 'task', 'rate-limit': { 'limit': 1, 'per': '10s' } },"
               "{ 'id': 'b', 'type': 'task', 'rate-limit': { 'name': 'x', 'limit': 1, 'per': '10s' } },"
               "{ 'id': 'c', 'type': 'task', " BREAKER ("", "1") ", 'rate-limit': { 'name': 'x', 'limit': 1, 'per': '10s' } }");
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataRun) run = make_run (bed, json);

  fermata_run_start (run);
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (count (run, FERMATA_EVENT_TASK_ADMITTED), ==, 2);
  fermata_run_cancel (run);
  finish (bed, run);
  g_assert_cmpint (fermata_clock_get_deadline (bed->clock), ==, -1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shared-services/cache", test_cache);
  g_test_add_func ("/shared-services/cache/keys", test_cache_keys);
  g_test_add_func ("/shared-services/cache/artifacts", test_cache_artifacts);
  g_test_add_func ("/shared-services/breaker", test_breaker);
  g_test_add_func ("/shared-services/breaker/without-name", test_breaker_without_name);
  g_test_add_func ("/shared-services/breaker/trial-given-back", test_breaker_trial_given_back);
  g_test_add_func ("/shared-services/breaker/counts-attempts", test_breaker_counts_attempts);
  g_test_add_func ("/shared-services/limiter", test_limiter);
  g_test_add_func ("/shared-services/kept-states", test_kept_states);
  g_test_add_func ("/shared-services/dropped", test_dropped);

  return g_test_run ();
}
