/* test-by-hand.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What somebody may ask of a run, and change in it, while it is under way. */

#include "harness/fermata-probe.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-writer.h"

#include "engine/plan/fermata-plan-private.h"

static FermataTestBed *
begin (const char *json)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  fermata_test_bed_prepare (bed, graph, NULL);

  return bed;
}

static char *
evaluate (FermataTestBed *bed,
          guint           frame,
          const char     *place,
          const char     *source)
{
  FermataPlan *plan = fermata_run_get_plan (bed->run);
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = NULL;
  guint32 index = FERMATA_PLACE_RUN;

  if (place != NULL && !fermata_plan_find_node_place (plan, place, &index))
    g_assert_true (fermata_plan_find_edge_place (plan, place, &index));
  value = fermata_moment_evaluate (fermata_run_get_moment (bed->run), fermata_engine_get_evaluator (bed->engine),
                                   frame, index, source, &error);
  if (value == NULL)
    return g_strdup_printf ("! %s %d", g_quark_to_string (error->domain), error->code);
  g_assert_no_error (error);

  return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
}

static void
assert_is (FermataTestBed *bed,
           guint           frame,
           const char     *place,
           const char     *source,
           const char     *expected)
{
  g_autofree char *found = evaluate (bed, frame, place, source);

  g_assert_cmpstr (found, ==, expected);
}

static gboolean
set (FermataTestBed  *bed,
     guint            frame,
     const char      *name,
     GError         **error)
{
  g_autoptr (FermataValue) value = fermata_value_new_integer (7);

  return fermata_run_set_variable (bed->run, frame, name, value, error);
}

static void
refuses (FermataTestBed *bed,
         guint           frame,
         const char     *name,
         int             code)
{
  guint64 number = fermata_moment_get_number (fermata_run_get_moment (bed->run));
  g_autoptr (GError) error = NULL;

  g_assert_false (set (bed, frame, name, &error));
  g_assert_error (error, FERMATA_ENGINE_ERROR, code);
  g_assert_cmpuint (fermata_moment_get_number (fermata_run_get_moment (bed->run)), ==, number);
}

/* --- Asking --------------------------------------------------------------- */

#define DAG \
  "{ 'fermata': 1, 'kind': 'dag', 'inputs': { 'n': { 'type': 'integer', 'default': 5 } }," \
  "  'variables': { 'seen': 1, 'order': { 'total': 2 } }," \
  "  'nodes': [ { 'id': 'list', 'type': 'set', 'with': { 'value': [ 10, 20 ] } }," \
  "             { 'id': 'each', 'type': 'task', 'with': { 'takes': '2s', 'value': '{{input}}' } }," \
  "             { 'id': 'bad', 'type': 'fail', 'on-error': 'continue', 'with': { 'message': 'no' } }," \
  "             { 'id': 'last', 'type': 'set', 'with': { 'value': 1 } } ]," \
  "  'edges': [ { 'from': 'list', 'to': 'each', 'each': true }, { 'from': 'each', 'to': 'last' } ] }"

static void
test_evaluate (void)
{
  g_autoptr (FermataTestBed) bed = begin (DAG);

  assert_is (bed, 0, NULL, "1", "! fermata-engine-error-quark 4");

  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  assert_is (bed, 0, NULL, "inputs.n + variables.seen", "6");
  assert_is (bed, 0, NULL, "nodes.list.output", "[10,20]");
  assert_is (bed, 0, "list", "output.length", "2");
  assert_is (bed, 0, "list>each", "output[1]", "20");
  assert_is (bed, 0, "bad", "error.message", "\"no\"");
  assert_is (bed, 2, "each/each", "input + iteration.index", "21");
  assert_is (bed, 2, "each/each", "attempt", "1");
  assert_is (bed, 2, NULL, "iteration.last", "true");

  /* What there is not. */
  assert_is (bed, 0, NULL, "1 +", "! fermata-expression-error-quark 0");
  assert_is (bed, 0, NULL, "nothing.at.all", "! fermata-expression-error-quark 3");
  assert_is (bed, 9, NULL, "1", "! fermata-engine-error-quark 4");
  assert_is (bed, 0, "each/each", "1", "! fermata-engine-error-quark 4");
  assert_is (bed, 1, "list", "1", "! fermata-engine-error-quark 4");

  fermata_test_bed_finish (bed);
}

#define MACHINE_GRAPH \
  "{ 'fermata': 1, 'kind': 'fsm', 'variables': { 'n': 3 }, 'nodes': [ { 'id': 'a' }, { 'id': 'b' } ]," \
  "  'edges': [ { 'from': 'a', 'to': 'b', 'event': 'go' } ] }"

static void
test_evaluate_machine (void)
{
  g_autoptr (FermataTestBed) bed = begin (MACHINE_GRAPH);
  g_autoptr (FermataValue) data = fermata_value_new_integer (4);

  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  assert_is (bed, 0, NULL, "In ('a') && !In ('b')", "true");
  assert_is (bed, 0, "a>b", "variables.n", "3");

  fermata_run_send_event (bed->run, "go", data);
  fermata_test_bed_settle (bed);
  assert_is (bed, 0, "b", "event.name + event.data", "\"go4\"");
  assert_is (bed, 0, NULL, "In ('b')", "true");

  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
}

/* --- Changing ------------------------------------------------------------- */

static void
test_set_variable (void)
{
  g_autoptr (FermataTestBed) bed = begin (DAG);
  g_autoptr (GError) error = NULL;

  refuses (bed, 0, "seen", FERMATA_ENGINE_ERROR_STATE);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);

  g_assert_true (set (bed, 0, "seen", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fermata_moment_get_variable_writer (fermata_run_get_moment (bed->run), "seen"), ==,
                    fermata_moment_get_number (fermata_run_get_moment (bed->run)));
  assert_is (bed, 0, NULL, "variables.seen", "7");

  /* While it is held, too, and as a frame sees it. */
  g_assert_true (fermata_run_hold (bed->run));
  g_assert_true (set (bed, 1, "order.total", &error));
  g_assert_no_error (error);
  assert_is (bed, 0, NULL, "variables.order", "{\"total\":7}");
  g_assert_true (fermata_run_release (bed->run));

  refuses (bed, 0, "unseen", FERMATA_ENGINE_ERROR_INPUT);
  refuses (bed, 0, "", FERMATA_ENGINE_ERROR_INPUT);
  refuses (bed, 0, "seen.deeper", FERMATA_ENGINE_ERROR_INPUT);
  refuses (bed, 0, "order.a.b", FERMATA_ENGINE_ERROR_INPUT);
  refuses (bed, 9, "seen", FERMATA_ENGINE_ERROR_STATE);

  fermata_test_bed_finish (bed);
  refuses (bed, 0, "seen", FERMATA_ENGINE_ERROR_STATE);
}

/* --- Arming --------------------------------------------------------------- */

static gboolean
count (FermataRun         *run,
       const FermataEvent *decision,
       gpointer            user_data)
{
  (*(guint *) user_data)++;

  return FALSE;
}

static guint
run_armed (guint32 place,
           guint   n_arms,
           guint   n_disarms)
{
  g_autoptr (FermataTestBed) bed = begin (DAG);
  guint n_asked = 0;

  fermata_probe_set_gate (fermata_probe_add (bed->run, &n_asked), count);
  for (guint i = 0; i < n_arms; i++)
    fermata_run_arm (bed->run, place);
  for (guint i = 0; i < n_disarms; i++)
    fermata_run_disarm (bed->run, place);
  fermata_test_bed_finish (bed);

  return n_asked;
}

static guint
count_decisions (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (DAG);
  FermataHistory *history = fermata_run_get_history (bed->run);
  guint n_decisions = 0;

  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    n_decisions += fermata_event_kind_get_class (fermata_history_get_event (history, i)->kind)
                   == FERMATA_EVENT_CLASS_DECISION;

  return n_decisions;
}

static void
test_arm (void)
{
  /* The first node starts and completes. */
  g_assert_cmpuint (run_armed (0, 1, 0), ==, 2);
  g_assert_cmpuint (run_armed (0, 1, 1), ==, 0);

  /* However often. */
  g_assert_cmpuint (run_armed (0, 1000, 999), ==, 2);
  g_assert_cmpuint (run_armed (0, 1000, 1000), ==, 0);

  g_assert_cmpuint (run_armed (FERMATA_PLACE_ALL, 300, 299), ==, count_decisions ());
  g_assert_cmpuint (run_armed (FERMATA_PLACE_ALL, 2, 2), ==, 0);
  g_assert_cmpuint (run_armed (FERMATA_PLACE_RUN, 256, 255), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/by-hand/evaluate", test_evaluate);
  g_test_add_func ("/by-hand/evaluate-machine", test_evaluate_machine);
  g_test_add_func ("/by-hand/set-variable", test_set_variable);
  g_test_add_func ("/by-hand/arm", test_arm);

  return g_test_run ();
}
