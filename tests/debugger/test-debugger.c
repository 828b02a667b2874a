/* test-debugger.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Breakpoints, the past, asking and changing. */

#include "debugger-fixture.h"

/* --- Breakpoints ---------------------------------------------------------- */

static void
test_node (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataBreakpoint *breakpoint;

  fixture_begin (&self, CHAIN);
  breakpoint = break_at (&self, "b");
  fermata_run_start (self.bed->run);
  assert_stop (&self, "breakpoint node-started b");
  g_assert_true (fermata_stop_get_breakpoint (fermata_debugger_get_stop (self.debugger)) == breakpoint);
  g_assert_cmpuint (fermata_breakpoint_get_n_hits (breakpoint), ==, 1);
  g_assert_cmpstr (fermata_test_bed_status (self.bed, "b"), ==, "waiting");
  g_assert_true (fermata_debugger_can_continue (self.debugger));
  g_assert_false (fermata_debugger_can_hold (self.debugger));

  fermata_debugger_continue (self.debugger);
  assert_stop (&self, "ended");
  g_assert_false (fermata_debugger_can_continue (self.debugger));
}

static void
test_edges (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN);

  /* Without a condition it is taken with the end of its source. */
  break_at (&self, "a>b");
  break_at (&self, "b>c");
  break_at (&self, "b>never");
  fermata_run_start (self.bed->run);
  assert_stop (&self, "breakpoint node-completed a");
  fermata_debugger_continue (self.debugger);
  assert_stop (&self, "breakpoint edge-taken b>c");
  fermata_debugger_continue (self.debugger);
  assert_stop (&self, "ended");
}

#define ON_ERROR \
  "{ 'fermata': 1, 'kind': 'dag'," \
  "  'nodes': [ { 'id': 'bad', 'type': 'fail', 'with': { 'message': 'no' } }," \
  "             { 'id': 'mend', 'type': 'set', 'with': { 'value': '{{input.kind}}' } } ]," \
  "  'edges': [ { 'from': 'bad', 'to': 'mend', 'on': 'error' } ] }"

static void
test_error_edge (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataBreakpoint *breakpoint;

  fixture_begin (&self, ON_ERROR);
  breakpoint = break_at (&self, "bad>mend");
  fermata_breakpoint_set_condition (breakpoint, "error.message == 'no'");
  fermata_run_start (self.bed->run);
  assert_stop (&self, "breakpoint node-failed bad");
}

static void
test_state (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, TURNSTILE);
  break_at (&self, "unlocked");
  break_at (&self, "unlocked>locked");
  fermata_run_start (self.bed->run);
  fermata_test_bed_settle (self.bed);
  send (&self, "coin", "{ \"value\": 2 }");
  assert_stop (&self, "breakpoint state-entered unlocked");
  assert_value (&self, 0, NULL, "variables.coins", "1");
  assert_value (&self, 0, NULL, "event.name", "\"coin\"");

  /* What is sent meanwhile waits. */
  send (&self, "push", NULL);
  assert_stop (&self, NULL);
  fermata_debugger_continue (self.debugger);
  assert_stop (&self, "breakpoint edge-taken unlocked>locked");
  assert_value (&self, 0, NULL, "In ('unlocked')", "true");
}

static void
test_condition (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataBreakpoint *breakpoint;

  fixture_begin (&self, EACH);
  breakpoint = break_at (&self, "double");
  fermata_breakpoint_set_condition (breakpoint, "iteration.index == 1 && input == 20");
  fermata_run_start (self.bed->run);
  assert_stop (&self, "breakpoint node-started double/double@2");
  g_assert_cmpuint (fermata_breakpoint_get_n_hits (breakpoint), ==, 1);

  /* Changed while it holds: it counts from then on. */
  fermata_breakpoint_set_condition (breakpoint, "input == 30");
  fermata_debugger_continue (self.debugger);
  assert_stop (&self, "breakpoint node-started double/double@3");
  fermata_debugger_continue (self.debugger);
  assert_stop (&self, "ended");
}

/* One that has no value holds, and says so. */
static void
test_bad_condition (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataBreakpoint *breakpoint;

  fixture_begin (&self, CHAIN);
  breakpoint = break_at (&self, "b");
  fermata_breakpoint_set_condition (breakpoint, "nothing.at.all");
  g_assert_null (fermata_breakpoint_get_problem (breakpoint));
  fermata_run_start (self.bed->run);
  assert_stop (&self, "error node-started b");
  g_assert_nonnull (fermata_breakpoint_get_problem (breakpoint));
  g_assert_nonnull (strstr (fermata_stop_get_text (fermata_debugger_get_stop (self.debugger)),
                            fermata_breakpoint_get_problem (breakpoint)));

  fermata_breakpoint_set_condition (breakpoint, "1 +");
  g_assert_null (fermata_breakpoint_get_problem (breakpoint));
  fermata_debugger_step_back (self.debugger);
  fermata_debugger_continue (self.debugger);
  assert_stop (&self, "error node-started b");
}

static void
test_counts (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataBreakpoint *breakpoint;

  fixture_begin (&self, EACH);
  breakpoint = break_at (&self, "double");
  fermata_breakpoint_set_ignore_count (breakpoint, 1);
  fermata_breakpoint_set_one_shot (breakpoint, TRUE);
  fermata_run_start (self.bed->run);
  assert_stop (&self, "breakpoint node-started double/double@2");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self.breakpoints)), ==, 0);
  fermata_debugger_continue (self.debugger);
  assert_stop (&self, "ended");
}

static void
test_log (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataBreakpoint *breakpoint;

  fixture_begin (&self, EACH);
  breakpoint = break_at (&self, "double");
  fermata_breakpoint_set_log_message (breakpoint, "got {{input}} of {{iteration.count}}");
  fermata_breakpoint_set_condition (breakpoint, "input > 10");
  breakpoint = break_at (&self, "last");
  fermata_breakpoint_set_log_message (breakpoint, "{{no.such}}");
  fermata_run_start (self.bed->run);
  assert_stop (&self, "ended");
  g_assert_true (g_str_has_prefix (self.log->str, "double: got 20 of 3\ndouble: got 30 of 3\nlast: "));
  g_assert_nonnull (fermata_breakpoint_get_problem (breakpoint));
}

static void
test_switched_off (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataBreakpoint *nowhere;

  fixture_begin (&self, CHAIN);
  break_at (&self, "a");
  break_at (&self, "c");
  nowhere = break_at (&self, "nowhere>c");
  g_assert_nonnull (fermata_breakpoint_get_problem (nowhere));
  fermata_breakpoints_set_all_enabled (self.breakpoints, FALSE);
  fermata_run_start (self.bed->run);
  fermata_test_bed_settle (self.bed);
  g_assert_false (fermata_debugger_is_held (self.debugger));

  /* A run that is under way can be given some. */
  fermata_breakpoints_set_all_enabled (self.breakpoints, TRUE);
  fermata_breakpoint_set_place (nowhere, "b>c");
  assert_stop (&self, "breakpoint edge-taken b>c");
  g_assert_null (fermata_breakpoint_get_problem (nowhere));
}

/* --- The past ------------------------------------------------------------- */

static void
test_go_to (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autoptr (GError) error = NULL;
  guint64 n_events;

  fixture_begin (&self, CHAIN);
  break_at (&self, "c");
  fermata_run_start (self.bed->run);
  assert_stop (&self, "breakpoint node-started c");
  n_events = fermata_debugger_get_n_events (self.debugger);

  for (guint64 i = 0; i < n_events; i++)
    {
      g_assert_true (fermata_debugger_go_to (self.debugger, i, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (get_number (&self), ==, i);
      g_assert_false (fermata_debugger_is_live (self.debugger));
      g_assert_true (fermata_debugger_can_go_forward (self.debugger));
      g_assert_cmpint (fermata_debugger_can_go_back (self.debugger), ==, i > 1);
    }
  g_assert_false (fermata_debugger_go_to (self.debugger, n_events + 1, &error));
  g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_HISTORY);
  g_assert_cmpuint (get_number (&self), ==, n_events - 1);

  fermata_debugger_go_first (self.debugger);
  assert_stands (&self, "visit node-started a");
  g_assert_cmpuint (get_number (&self), ==, 1);
  g_assert_true (fermata_debugger_go_to (self.debugger, n_events, NULL));
  g_assert_true (fermata_debugger_is_live (self.debugger));
  assert_stands (&self, "breakpoint node-started c");

  /* Nothing has happened by all that. */
  g_assert_cmpuint (fermata_debugger_get_n_events (self.debugger), ==, n_events);
}

static void
test_reverse_continue (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataBreakpoint *breakpoint;

  fixture_begin (&self, TURNSTILE);
  fermata_run_start (self.bed->run);
  fermata_test_bed_settle (self.bed);
  for (guint i = 1; i <= 4; i++)
    {
      send (&self, "coin", "{ \"value\": 2 }");
      send (&self, "push", NULL);
    }

  /* As its condition was then. */
  breakpoint = break_at (&self, "unlocked");
  fermata_breakpoint_set_condition (breakpoint, "variables.coins % 2 == 1");
  fermata_debugger_reverse_continue (self.debugger);
  assert_stop (&self, "breakpoint state-entered unlocked");
  assert_value (&self, 0, NULL, "variables.coins", "3");
  fermata_debugger_reverse_continue (self.debugger);
  assert_stop (&self, "breakpoint state-entered unlocked");
  assert_value (&self, 0, NULL, "variables.coins", "1");
  fermata_debugger_reverse_continue (self.debugger);
  assert_stop (&self, "visit state-entered locked");
  g_assert_cmpuint (get_number (&self), ==, 1);
  g_assert_cmpuint (fermata_breakpoint_get_n_hits (breakpoint), ==, 0);

  /* And forwards, to live, which is as it was. */
  fermata_debugger_continue (self.debugger);
  assert_stop (&self, "breakpoint state-entered unlocked");
  fermata_debugger_continue (self.debugger);
  assert_stop (&self, "breakpoint state-entered unlocked");
  assert_value (&self, 0, NULL, "variables.coins", "3");
  fermata_debugger_continue (self.debugger);
  assert_stop (&self, NULL);
  g_assert_true (fermata_debugger_is_live (self.debugger));
  g_assert_false (fermata_debugger_is_held (self.debugger));
}

/* A step in the past that does not end there goes on in the run. */
static void
test_step_into_present (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, TURNSTILE);
  fermata_run_start (self.bed->run);
  fermata_test_bed_settle (self.bed);
  send (&self, "coin", "{ \"value\": 2 }");
  g_assert_true (fermata_debugger_go_to (self.debugger, 3, NULL));
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step");
  g_assert_true (fermata_debugger_is_live (self.debugger));
  g_assert_true (fermata_debugger_is_held (self.debugger));
  fermata_debugger_continue (self.debugger);
  assert_stop (&self, NULL);

  fermata_debugger_step_back_into (self.debugger);
  assert_stop (&self, "step");
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, NULL);
  g_assert_true (fermata_debugger_is_stepping (self.debugger));
  send (&self, "push", NULL);
  assert_stop (&self, "step");
  assert_value (&self, 0, NULL, "In ('locked')", "true");
}

/* The run goes on while somebody looks back. */
static void
test_behind_ones_back (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN);
  break_at (&self, "c");
  fermata_run_start (self.bed->run);
  fermata_test_bed_settle (self.bed);
  fermata_debugger_go_first (self.debugger);
  assert_stop (&self, "breakpoint node-started c");
  g_assert_false (fermata_debugger_is_live (self.debugger));
  g_assert_cmpuint (get_number (&self), ==, 1);
  fermata_debugger_go_live (self.debugger);
  assert_stands (&self, "breakpoint node-started c");
}

/* --- Asking and changing -------------------------------------------------- */

static void
test_set_variable (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autoptr (FermataValue) value = fermata_value_new_integer (40);
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;

  fixture_begin (&self, CHAIN);
  break_at (&self, "b");
  fermata_run_start (self.bed->run);
  assert_stop (&self, "breakpoint node-started b");

  fermata_debugger_go_first (self.debugger);
  g_assert_false (fermata_debugger_set_variable (self.debugger, 0, "n", value, &error));
  g_assert_error (error, FERMATA_DEBUGGER_ERROR, FERMATA_DEBUGGER_ERROR_PAST);
  g_clear_error (&error);
  assert_value (&self, 0, NULL, "variables.n", "1");

  fermata_debugger_go_live (self.debugger);
  g_assert_false (fermata_debugger_set_variable (self.debugger, 0, "m", value, &error));
  g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_true (fermata_debugger_set_variable (self.debugger, 0, "n", value, &error));
  g_assert_no_error (error);
  assert_value (&self, 0, NULL, "variables.n", "40");

  fermata_debugger_continue (self.debugger);
  assert_stop (&self, "ended");
  output = fermata_test_bed_output (self.bed, "c");
  g_assert_cmpstr (output, ==, "40");
  g_assert_false (fermata_debugger_set_variable (self.debugger, 0, "n", value, &error));
  g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_STATE);
}

static void
test_evaluate (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autoptr (GError) error = NULL;

  fixture_begin (&self, CHAIN);
  break_at (&self, "c");
  fermata_run_start (self.bed->run);
  assert_stop (&self, "breakpoint node-started c");
  assert_value (&self, 0, "b>c", "output", "2");
  assert_value (&self, 0, "c", "input + variables.n", "4");
  fermata_debugger_go_first (self.debugger);
  assert_value (&self, 0, NULL, "nodes.a.status", "\"waiting\"");
  g_assert_null (fermata_debugger_evaluate (self.debugger, "1", 0, "nowhere", &error));
  g_assert_error (error, FERMATA_DEBUGGER_ERROR, FERMATA_DEBUGGER_ERROR_PLACE);
}

/* --- Attaching ------------------------------------------------------------ */

/* To a run that somebody else has held, or that is over. */
static void
test_attach_late (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autoptr (FermataDebugger) other = NULL;

  fixture_begin (&self, CHAIN);
  break_at (&self, "c");
  fermata_run_start (self.bed->run);
  assert_stop (&self, "breakpoint node-started c");
  other = fermata_debugger_new (self.bed->run, self.breakpoints,
                                fermata_engine_get_evaluator (self.bed->engine));
  g_assert_cmpint (fermata_stop_get_reason (fermata_debugger_get_stop (other)), ==, FERMATA_STOP_REASON_HOLD);
  g_assert_cmpstr (fermata_stop_get_place (fermata_debugger_get_stop (other)), ==, "c");
  fermata_debugger_continue (other);
  assert_stop (&self, "ended");

  g_clear_object (&other);
  other = fermata_debugger_new (self.bed->run, self.breakpoints,
                                fermata_engine_get_evaluator (self.bed->engine));
  g_assert_cmpint (fermata_stop_get_reason (fermata_debugger_get_stop (other)), ==, FERMATA_STOP_REASON_ENDED);
  fermata_debugger_step_back (other);
  g_assert_cmpstr (fermata_stop_get_place (fermata_debugger_get_stop (other)), ==, "c");
}

/* Nothing holds a run that is to end. */
static void
test_end (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
                        "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '2s', 'value': 1 } },"
                        "  { 'id': 'clean', 'type': 'set', 'join': 'always', 'with': { 'value': 1 } } ],"
                        "  'edges': [ { 'from': 'a', 'to': 'clean' } ] }");
  break_at (&self, "a");
  break_at (&self, "clean");
  fermata_run_start (self.bed->run);
  assert_stop (&self, "breakpoint node-started a");
  g_assert_cmpuint (fermata_stop_get_place_number (fermata_debugger_get_stop (self.debugger)), ==, 0);
  fermata_debugger_end (self.debugger);
  assert_stop (&self, "ended");
  g_assert_cmpint (fermata_debugger_get_state (self.debugger), ==, FERMATA_RUN_STATE_CANCELLED);
  g_assert_cmpstr (fermata_test_bed_status (self.bed, "clean"), ==, "done");
  fermata_debugger_reverse_continue (self.debugger);
  assert_stop (&self, "breakpoint node-started clean");
}

/* What is not kept any more cannot be looked at. */
static void
test_retention (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autoptr (GError) error = NULL;

  fixture_begin (&self, TURNSTILE);
  fermata_test_bed_unfollow (self.bed);
  fermata_history_set_retention (fermata_run_get_history (self.bed->run), 100);
  fermata_run_start (self.bed->run);
  fermata_test_bed_settle (self.bed);
  fermata_debugger_go_first (self.debugger);
  for (guint i = 0; i < 3000; i++)
    {
      send (&self, "coin", "{ \"value\": 2 }");
      send (&self, "push", NULL);
    }

  /* What is looked at stays. */
  g_assert_cmpuint (get_number (&self), ==, 1);
  g_assert_cmpuint (fermata_debugger_get_first_number (self.debugger), >, 4000);
  g_assert_false (fermata_debugger_can_go_back (self.debugger));
  g_assert_false (fermata_debugger_go_to (self.debugger, 2, &error));
  g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_DROPPED);

  fermata_debugger_go_live (self.debugger);
  fermata_debugger_reverse_continue (self.debugger);
  let_go_on (&self);
  g_assert_cmpint (fermata_stop_get_reason (fermata_debugger_get_stop (self.debugger)), ==,
                   FERMATA_STOP_REASON_VISIT);
  g_assert_cmpuint (get_number (&self), ==, fermata_debugger_get_first_number (self.debugger));
}

/* One that has let go holds nothing any more, and can still look back. */
static void
test_detach (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN);
  break_at (&self, "a");
  break_at (&self, "c");
  fermata_run_start (self.bed->run);
  assert_stop (&self, "breakpoint node-started a");
  fermata_debugger_step_over (self.debugger);
  fermata_debugger_detach (self.debugger);
  g_assert_false (fermata_debugger_is_stepping (self.debugger));
  let_go_on (&self);
  g_assert_true (fermata_run_has_ended (self.bed->run));
  fermata_debugger_step_back (self.debugger);
  g_assert_false (fermata_debugger_is_live (self.debugger));
}

/* A run with many events, of which nothing but the first is looked for. */
static void
test_long_history (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataBreakpoint *breakpoint;

  fixture_begin (&self, TURNSTILE);
  fermata_test_bed_unfollow (self.bed);
  fermata_run_start (self.bed->run);
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (FermataValue) data = fermata_value_parse ("{ \"value\": 1 }", -1, NULL);

      fermata_run_send_event (self.bed->run, "coin", data);
      fermata_run_send_event (self.bed->run, "push", NULL);
      if (i % 100 == 0)
        fermata_test_bed_settle (self.bed);
    }
  fermata_test_bed_settle (self.bed);
  breakpoint = break_at (&self, "locked>unlocked");
  fermata_breakpoint_set_condition (breakpoint, "variables.coins == 0");

  fermata_debugger_reverse_continue (self.debugger);
  g_assert_true (fermata_debugger_is_searching (self.debugger));
  g_assert_true (fermata_debugger_is_live (self.debugger));
  assert_stop (&self, "breakpoint edge-taken locked>unlocked");
  assert_value (&self, 0, NULL, "variables.coins", "0");

  /* The next verb ends a search. */
  fermata_debugger_continue (self.debugger);
  g_assert_true (fermata_debugger_is_searching (self.debugger));
  fermata_debugger_go_first (self.debugger);
  g_assert_false (fermata_debugger_is_searching (self.debugger));
  assert_stop (&self, NULL);
  g_assert_cmpuint (get_number (&self), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/debugger/node", test_node);
  g_test_add_func ("/debugger/edges", test_edges);
  g_test_add_func ("/debugger/error-edge", test_error_edge);
  g_test_add_func ("/debugger/state", test_state);
  g_test_add_func ("/debugger/condition", test_condition);
  g_test_add_func ("/debugger/bad-condition", test_bad_condition);
  g_test_add_func ("/debugger/counts", test_counts);
  g_test_add_func ("/debugger/log", test_log);
  g_test_add_func ("/debugger/switched-off", test_switched_off);
  g_test_add_func ("/debugger/go-to", test_go_to);
  g_test_add_func ("/debugger/reverse-continue", test_reverse_continue);
  g_test_add_func ("/debugger/step-into-present", test_step_into_present);
  g_test_add_func ("/debugger/behind-ones-back", test_behind_ones_back);
  g_test_add_func ("/debugger/set-variable", test_set_variable);
  g_test_add_func ("/debugger/evaluate", test_evaluate);
  g_test_add_func ("/debugger/attach-late", test_attach_late);
  g_test_add_func ("/debugger/end", test_end);
  g_test_add_func ("/debugger/retention", test_retention);
  g_test_add_func ("/debugger/detach", test_detach);
  g_test_add_func ("/debugger/long-history", test_long_history);

  return g_test_run ();
}
