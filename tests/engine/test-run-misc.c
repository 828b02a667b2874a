/* test-run-misc.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Runs: what they are given, who waits for them, who drops them when. */

#include "engine/run/fermata-run-private.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-bed.h"
#include "harness/fermata-test-graphs.h"
#include "value/fermata-value-reader.h"

#define A_SECOND G_USEC_PER_SEC

#define TASK \
  "{ 'fermata': 1, 'kind': 'dag', 'nodes': [" \
  "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '10s', 'value': 1 } } ], 'edges': [] }"

#define SCRIPTED \
  "{ 'fermata': 1, 'kind': 'dag', 'nodes': [" \
  "  { 'id': 'a', 'type': 'set', 'with': { 'value': '{{Math.abs (-1)}}' } }," \
  "  { 'id': 'b', 'type': 'task', 'with': { 'takes': '10s', 'value': '{{input + 1}}' } } ]," \
  "  'edges': [ { 'from': 'a', 'to': 'b', 'when': 'output > 0' } ] }"

static FermataValue *
parse (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (text, -1, &error);

  g_assert_no_error (error);

  return value;
}

static FermataTestBed *
prepare (const char *json)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  fermata_test_bed_prepare (bed, graph, NULL);

  return bed;
}

/* --- Inputs --------------------------------------------------------------- */

static const char *const declared =
  "{ 'fermata': 1, 'kind': 'dag', 'inputs': {"
  "    'a': { 'type': 'string' },"
  "    'b': { 'type': 'integer', 'default': 2 },"
  "    'n': { 'type': 'number', 'default': 0.5 },"
  "    't': { 'type': 'boolean', 'default': true },"
  "    'l': { 'type': 'array', 'default': [] },"
  "    'o': { 'type': 'object', 'default': {} },"
  "    'x': { 'type': 'any', 'default': null },"
  "    'y': { 'default': 0 } },"
  "  'nodes': [ { 'id': 'n', 'type': 'set', 'with': { 'value': '{{inputs}}' } } ], 'edges': [] }";

static void
test_inputs (void)
{
  static const struct {
    const char *given;
    const char *result;
  } cases[] = {
    { "{ 'a': 'x' }",
      "{\"a\":\"x\",\"b\":2,\"n\":0.5,\"t\":true,\"l\":[],\"o\":{},\"x\":null,\"y\":0}" },

    /* In the order of the graph; any order when given. */
    { "{ 'y': [], 'x': [1], 'b': -1, 'a': '', 'o': { 'p': 1 }, 'l': [ 2 ], 't': false, 'n': 3 }",
      "{\"a\":\"\",\"b\":-1,\"n\":3,\"t\":false,\"l\":[2],\"o\":{\"p\":1},\"x\":[1],\"y\":[]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
      g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
      g_autoptr (FermataGraph) graph = fermata_test_graph (declared);
      g_autoptr (FermataValue) given = parse (cases[i].given);
      g_autofree char *result = NULL;

      options.inputs = given;
      fermata_test_bed_prepare (bed, graph, &options);
      fermata_test_bed_finish (bed);
      result = fermata_test_bed_result (bed);
      g_assert_cmpstr (result, ==, cases[i].result);
    }
}

static void
test_inputs_refused (void)
{
  static const struct {
    const char *given;
    const char *message;
  } cases[] = {
    { NULL, "Input “a” is missing, and has no default" },
    { "{}", "Input “a” is missing, and has no default" },
    { "[]", "The inputs of a run must be an object" },
    { "{ 'a': 'x', 'z': 1 }", "Input “z” is not an input of this graph" },
    { "{ 'a': 1 }", "Input “a” must be of type string, but is of type integer" },
    { "{ 'a': null }", "Input “a” must be of type string, but is of type null" },
    { "{ 'a': 'x', 'b': 1.5 }", "Input “b” must be of type integer, but is of type number" },
    { "{ 'a': 'x', 'b': '1' }", "Input “b” must be of type integer, but is of type string" },
    { "{ 'a': 'x', 'n': true }", "Input “n” must be of type number, but is of type boolean" },
    { "{ 'a': 'x', 't': 0 }", "Input “t” must be of type boolean, but is of type integer" },
    { "{ 'a': 'x', 'l': {} }", "Input “l” must be of type array, but is of type object" },
    { "{ 'a': 'x', 'o': [] }", "Input “o” must be of type object, but is of type array" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
      g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
      g_autoptr (FermataGraph) graph = fermata_test_graph (declared);
      g_autoptr (FermataValue) given = cases[i].given == NULL ? NULL : parse (cases[i].given);
      g_autoptr (GError) error = NULL;

      options.inputs = given;
      g_assert_false (fermata_test_bed_try_prepare (bed, graph, &options, &error));
      g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INPUT);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_null (bed->run);
    }
}

/* The date of a run is that of its start, not of when it was made. */
static void
test_date (void)
{
  g_autoptr (FermataTestBed) bed = prepare (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'set', 'with': { 'value': '{{Date.now ()}}' } } ], 'edges': [] }");
  g_autofree char *result = NULL;

  fermata_virtual_clock_advance (FERMATA_VIRTUAL_CLOCK (bed->clock), 3600 * (gint64) A_SECOND);
  fermata_test_bed_finish (bed);
  result = fermata_test_bed_result (bed);
  g_assert_cmpstr (result, ==, "1700003600000");
  g_assert_cmpint (fermata_run_get_time (bed->run), ==, 0);
}

/* --- Waiting -------------------------------------------------------------- */

typedef struct {
  guint n_calls;
  gboolean ended;
  GError *error;
} Waited;

static void
waited (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  Waited *self = user_data;

  self->n_calls++;
  self->ended = fermata_run_wait_finish (FERMATA_RUN (object), result, &self->error);
}

static void
test_wait (void)
{
  g_autoptr (FermataTestBed) bed = prepare (TASK);
  Waited before = { 0, };
  Waited under_way = { 0, };
  Waited after = { 0, };

  fermata_run_wait_async (bed->run, NULL, waited, &before);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  fermata_run_wait_async (bed->run, NULL, waited, &under_way);
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (before.n_calls + under_way.n_calls, ==, 0);

  fermata_test_bed_finish (bed);
  fermata_run_wait_async (bed->run, NULL, waited, &after);
  g_assert_cmpuint (after.n_calls, ==, 0);
  fermata_test_bed_settle (bed);
  g_assert_true (before.ended && under_way.ended && after.ended);
  g_assert_cmpuint (before.n_calls + under_way.n_calls + after.n_calls, ==, 3);
}

static void
test_wait_cancelled (void)
{
  g_autoptr (FermataTestBed) bed = prepare (TASK);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) unused = g_cancellable_new ();
  Waited given_up = { 0, };
  Waited patient = { 0, };
  Waited too_late = { 0, };

  fermata_run_start (bed->run);
  fermata_run_wait_async (bed->run, cancellable, waited, &given_up);
  fermata_run_wait_async (bed->run, unused, waited, &patient);
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (given_up.n_calls, ==, 0);

  /* Ends the waiting, not the run. */
  g_cancellable_cancel (cancellable);
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (given_up.n_calls, ==, 1);
  g_assert_false (given_up.ended);
  g_assert_error (given_up.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (fermata_run_has_ended (bed->run));

  fermata_run_wait_async (bed->run, cancellable, waited, &too_late);
  fermata_test_bed_settle (bed);
  g_assert_error (too_late.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  fermata_test_bed_finish (bed);
  fermata_test_bed_settle (bed);
  g_assert_true (patient.ended);
  g_cancellable_cancel (unused);
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (given_up.n_calls + patient.n_calls + too_late.n_calls, ==, 3);
  g_clear_error (&given_up.error);
  g_clear_error (&too_late.error);
}

/* --- Dropping ------------------------------------------------------------- */

static FermataRun *
make_run (FermataTestBed *bed,
          const char     *json)
{
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  FermataRun *run;

  plan = fermata_engine_compile (bed->engine, graph, &error);
  g_assert_no_error (error);
  run = fermata_engine_create_run (bed->engine, plan, NULL, &error);
  g_assert_no_error (error);

  return run;
}

static void
let_time_pass (FermataTestBed *bed)
{
  fermata_test_bed_settle (bed);
  while (fermata_virtual_clock_jump (FERMATA_VIRTUAL_CLOCK (bed->clock)))
    fermata_test_bed_settle (bed);
}

static void
test_dropped_before_start (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  FermataRun *run = make_run (bed, SCRIPTED);

  fermata_run_arm (run, 0);
  fermata_probe_add (run, NULL);
  g_object_add_weak_pointer (G_OBJECT (run), (gpointer *) &run);
  g_object_unref (run);
  g_assert_null (run);
}

/* It keeps itself until it has ended, and no longer. */
static void
test_dropped_under_way (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  FermataRun *run = make_run (bed, SCRIPTED);
  g_autoptr (FermataHistory) history = g_object_ref (fermata_run_get_history (run));

  g_object_add_weak_pointer (G_OBJECT (run), (gpointer *) &run);
  fermata_run_start (run);
  g_object_unref (run);
  fermata_test_bed_settle (bed);
  g_assert_nonnull (run);
  let_time_pass (bed);
  g_assert_null (run);

  /* What happened outlives it. */
  g_assert_cmpuint (fermata_history_get_event (history, fermata_history_get_n_events (history))->kind,
                    ==, FERMATA_EVENT_RUN_ENDED);
  g_assert_true (fermata_history_verify (history, NULL, NULL));
}

/* Engine, graph and clock may go first: a run has what it needs. */
static void
test_engine_dropped_under_way (void)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  FermataVirtualClock *clock = FERMATA_VIRTUAL_CLOCK (g_object_ref (bed->clock));
  FermataRun *run = make_run (bed, SCRIPTED);

  fermata_run_start (run);
  fermata_test_bed_free (bed);
  while (g_main_context_iteration (NULL, FALSE) || fermata_virtual_clock_jump (clock))
    ;
  g_assert_cmpint (fermata_run_get_state (run), ==, FERMATA_RUN_STATE_DONE);
  g_object_add_weak_pointer (G_OBJECT (run), (gpointer *) &run);
  g_object_unref (run);
  g_assert_null (run);
  g_object_unref (clock);
}

/* Held for ever and given up: ended before it is dropped. */
static void
test_given_up (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  FermataRun *run = make_run (bed, TASK);

  fermata_run_start (run);
  fermata_test_bed_settle (bed);
  fermata_run_hold (run);
  fermata_run_cancel (run);
  fermata_run_release (run);
  g_object_add_weak_pointer (G_OBJECT (run), (gpointer *) &run);
  g_object_unref (run);
  fermata_test_bed_settle (bed);
  g_assert_null (run);
  g_assert_cmpint (fermata_clock_get_deadline (bed->clock), ==, -1);
}

/* Two runs of one plan do not see each other. */
static void
test_two_runs (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataRun) one = make_run (bed, SCRIPTED);
  g_autoptr (FermataRun) other = NULL;
  g_autoptr (GError) error = NULL;

  other = fermata_engine_create_run (bed->engine, fermata_run_get_plan (one), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fermata_run_get_id (one), !=, fermata_run_get_id (other));
  fermata_run_start (one);
  fermata_run_start (other);
  fermata_test_bed_settle (bed);
  fermata_run_cancel (one);
  let_time_pass (bed);
  g_assert_cmpint (fermata_run_get_state (one), ==, FERMATA_RUN_STATE_CANCELLED);
  g_assert_cmpint (fermata_run_get_state (other), ==, FERMATA_RUN_STATE_DONE);
}

/* --- Monitors ------------------------------------------------------------- */

typedef struct {
  FermataProbe *probe;
  guint n_calls;
  FermataEventKind at;
  void (*does) (FermataRun *run, gpointer user_data);
} Meddler;

static void
meddle (FermataRun *run,
        guint64     number,
        gpointer    user_data)
{
  Meddler *self = user_data;
  FermataEventKind kind = fermata_history_get_event (fermata_run_get_history (run), number)->kind;

  self->n_calls++;
  if (self->does != NULL && kind == self->at)
    self->does (run, self);
}

static void
meddler_add (Meddler    *self,
             FermataRun *run)
{
  self->probe = fermata_probe_add (run, self);
  fermata_probe_set_committed (self->probe, meddle);
}

static void
remove_itself (FermataRun *run,
               gpointer    user_data)
{
  Meddler *self = user_data;

  fermata_run_remove_monitor (run, FERMATA_MONITOR (self->probe));
}

static void
test_monitor_removes_itself (void)
{
  g_autoptr (FermataTestBed) bed = prepare (TASK);
  Meddler first = { .at = FERMATA_EVENT_NODE_STARTED, .does = remove_itself };
  Meddler second = { 0, };

  meddler_add (&first, bed->run);
  meddler_add (&second, bed->run);
  g_object_add_weak_pointer (G_OBJECT (first.probe), (gpointer *) &first.probe);
  fermata_test_bed_finish (bed);

  /* run-started, node-started; the one after it misses nothing. */
  g_assert_cmpuint (first.n_calls, ==, 2);
  g_assert_cmpuint (second.n_calls, ==,
                    fermata_history_get_n_events (fermata_run_get_history (bed->run)));
  g_assert_null (first.probe);
}

static void
cancel (FermataRun *run,
        gpointer    user_data)
{
  fermata_run_cancel (run);
}

/* From within each event that there is: recorded after it, and ends well. */
static void
test_monitor_cancels (void)
{
  static const FermataEventKind kinds[] = {
    FERMATA_EVENT_RUN_STARTED, FERMATA_EVENT_NODE_STARTED, FERMATA_EVENT_NODE_COMPLETED,
    FERMATA_EVENT_EDGE_TAKEN, FERMATA_EVENT_TASK_COMPLETED, FERMATA_EVENT_CANCEL_REQUESTED,
    FERMATA_EVENT_RUN_CLOSING, FERMATA_EVENT_NODE_CANCELLING, FERMATA_EVENT_RUN_ENDED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (FermataTestBed) bed = prepare (SCRIPTED);
      Meddler starter = { .at = FERMATA_EVENT_RUN_STARTED, .does = cancel };
      Meddler meddler = { .at = kinds[i], .does = cancel };

      /* To have something that is asked to end, or asked again. */
      if (kinds[i] == FERMATA_EVENT_NODE_CANCELLING || kinds[i] == FERMATA_EVENT_RUN_CLOSING)
        starter.at = FERMATA_EVENT_EDGE_TAKEN;
      if (kinds[i] != FERMATA_EVENT_RUN_ENDED)
        meddler_add (&starter, bed->run);
      if (kinds[i] != FERMATA_EVENT_CANCEL_REQUESTED)
        meddler_add (&meddler, bed->run);
      fermata_test_bed_finish (bed);
      g_assert_cmpint (fermata_run_get_state (bed->run), ==,
                       kinds[i] == FERMATA_EVENT_RUN_ENDED ? FERMATA_RUN_STATE_DONE
                                                           : FERMATA_RUN_STATE_CANCELLED);
    }
}

static void
hold_and_release (FermataRun *run,
                  gpointer    user_data)
{
  fermata_run_hold (run);
}

static void
test_monitor_holds (void)
{
  g_autoptr (FermataTestBed) bed = prepare (SCRIPTED);
  Meddler meddler = { .at = FERMATA_EVENT_NODE_STARTED, .does = hold_and_release };
  guint n_held = 0;

  meddler_add (&meddler, bed->run);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  while (fermata_run_release (bed->run))
    {
      n_held++;
      fermata_test_bed_settle (bed);
    }
  g_assert_cmpuint (n_held, ==, 2);
  fermata_test_bed_finish (bed);
}

static void
bookmark (FermataRun *run,
          gpointer    user_data)
{
  fermata_run_bookmark (run, "x");
}

static void
test_monitor_bookmarks (void)
{
  g_autoptr (FermataTestBed) bed = prepare (TASK);
  Meddler meddler = { .at = FERMATA_EVENT_NODE_COMPLETED, .does = bookmark };

  meddler_add (&meddler, bed->run);
  fermata_test_bed_finish (bed);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_BOOKMARK, NULL), ==, 1);
}

/* --- Nodes that end in odd ways ------------------------------------------- */

static void
test_ends_at_once (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'max-concurrency': 1, 'nodes': ["
    "  { 'id': 'a', 'type': 'task', 'with': { 'value': 1 } },"
    "  { 'id': 'b', 'type': 'task', 'with': { 'value': '{{input + 1}}', 'late': true } },"
    "  { 'id': 'c', 'type': 'task', 'join': 'always', 'with': { 'error': 'budget', 'late': true } } ],"
    "  'edges': [ { 'from': 'a', 'to': 'b' }, { 'from': 'b', 'to': 'c' } ] }");
  g_autofree char *output = fermata_test_bed_output (bed, "b");

  g_assert_cmpstr (output, ==, "2");
  g_assert_cmpstr (fermata_test_bed_status (bed, "c"), ==, "failed");
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_NODE_FAILED, "c"), ==, 1);
}

/* What is told after the run has ended is not even recorded. */
static void
test_told_after_the_end (void)
{
  g_autoptr (FermataTestBed) bed = prepare (TASK);
  guint64 n_events;

  fermata_test_bed_finish (bed);
  n_events = fermata_history_get_n_events (fermata_run_get_history (bed->run));
  fermata_run_post_fact (bed->run, FERMATA_EVENT_TASK_COMPLETED, 0, 0, 1,
                         fermata_value_new_string ("late", -1));
  fermata_run_cancel (bed->run);
  fermata_run_bookmark (bed->run, "late");
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (fermata_history_get_n_events (fermata_run_get_history (bed->run)), ==, n_events);
}

/* --- Large ---------------------------------------------------------------- */

#define LARGE 100000

static void
run_large (FermataGraph *graph,
           guint64       n_events)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);
  g_assert_cmpuint (fermata_history_get_n_events (fermata_run_get_history (bed->run)), ==, n_events);
  g_assert_cmpuint (fermata_moment_count_nodes (fermata_run_get_moment (bed->run), 0,
                                                FERMATA_NODE_STATUS_DONE), ==, LARGE);
}

static void
test_long_chain (void)
{
  g_autoptr (FermataGraph) graph = fermata_test_chain (LARGE, NULL);

  run_large (graph, 2 * LARGE + 2);
}

static void
test_wide_fan (void)
{
  g_autoptr (FermataGraph) graph = fermata_test_fan (LARGE, NULL);

  run_large (graph, 2 * LARGE + 2);
}

/* One skip makes the next, to the very end. */
static void
test_long_chain_of_skipped (void)
{
  g_autoptr (FermataGraph) graph = fermata_test_chain (LARGE, NULL);
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_run_start (bed->run);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  g_assert_cmpuint (fermata_moment_count_nodes (fermata_run_get_moment (bed->run), 0,
                                                FERMATA_NODE_STATUS_SKIPPED), ==, LARGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run/inputs/given", test_inputs);
  g_test_add_func ("/run/inputs/refused", test_inputs_refused);
  g_test_add_func ("/run/date", test_date);
  g_test_add_func ("/run/wait/ended", test_wait);
  g_test_add_func ("/run/wait/cancelled", test_wait_cancelled);
  g_test_add_func ("/run/dropped/before-start", test_dropped_before_start);
  g_test_add_func ("/run/dropped/under-way", test_dropped_under_way);
  g_test_add_func ("/run/dropped/engine", test_engine_dropped_under_way);
  g_test_add_func ("/run/dropped/given-up", test_given_up);
  g_test_add_func ("/run/two", test_two_runs);
  g_test_add_func ("/run/monitor/removes-itself", test_monitor_removes_itself);
  g_test_add_func ("/run/monitor/cancels", test_monitor_cancels);
  g_test_add_func ("/run/monitor/holds", test_monitor_holds);
  g_test_add_func ("/run/monitor/bookmarks", test_monitor_bookmarks);
  g_test_add_func ("/run/ends/at-once", test_ends_at_once);
  g_test_add_func ("/run/ends/after-the-end", test_told_after_the_end);
  g_test_add_func ("/run/large/chain", test_long_chain);
  g_test_add_func ("/run/large/fan", test_wide_fan);
  g_test_add_func ("/run/large/skipped", test_long_chain_of_skipped);

  return g_test_run ();
}
