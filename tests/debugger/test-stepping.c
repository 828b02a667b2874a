/* test-stepping.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Where steps stop, forwards and backwards: docs/semantics.md, “Stepping”. */

#include "debugger-fixture.h"

/* --- DAGs ----------------------------------------------------------------- */

static void
test_over_chain (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN);
  start_held (&self);
  assert_stop (&self, "hold node-started a");

  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step node-completed a");
  assert_value (&self, 0, NULL, "variables.n", "2");
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step node-started b");

  /* It runs, and nothing is to be decided: the step waits. */
  fermata_debugger_step_over (self.debugger);
  fermata_test_bed_settle (self.bed);
  g_assert_true (fermata_debugger_is_stepping (self.debugger));
  assert_stop (&self, "step node-completed b");
  g_assert_false (fermata_debugger_is_stepping (self.debugger));

  /* Conditions and nodes that are skipped are passed over. */
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step node-started c");
  assert_value (&self, 0, "c", "input", "2");
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step node-completed c");
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "ended");
  g_assert_false (fermata_debugger_can_step (self.debugger));
}

static void
test_into_chain (void)
{
  static const char *const stops[] = {
    "step assigned a", "step node-completed a", "step node-started b", "step node-completed b",
    "step edge-taken b>c", "step edge-refused b>never", "step node-skipped never", "step node-started c",
    "step node-completed c", "ended",
  };
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN);

  /* Before the start: it holds before the first decision. */
  fermata_debugger_step_into (self.debugger);
  fermata_run_start (self.bed->run);
  assert_stop (&self, "step node-started a");
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      fermata_debugger_step_into (self.debugger);
      assert_stop (&self, stops[i]);
    }
}

/* A step that waits ends when somebody holds. */
static void
test_hold_ends_step (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN);
  break_at (&self, "b");
  fermata_run_start (self.bed->run);
  assert_stop (&self, "breakpoint node-started b");

  fermata_debugger_step_over (self.debugger);
  fermata_test_bed_settle (self.bed);
  g_assert_true (fermata_debugger_is_stepping (self.debugger));
  fermata_debugger_hold (self.debugger);
  g_assert_false (fermata_debugger_is_stepping (self.debugger));
  assert_stop (&self, "hold");

  fermata_debugger_continue (self.debugger);
  assert_stop (&self, "ended");
}

static void
test_bodies (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, EACH);
  start_held (&self);
  fermata_debugger_step_over (self.debugger);
  fermata_debugger_step_over (self.debugger);
  self.stop = (g_free (self.stop), NULL);
  fermata_test_bed_settle (self.bed);
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step node-started double");

  /* Over runs all that is in there. */
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step node-completed double");
  fermata_debugger_step_back (self.debugger);
  assert_stop (&self, "step node-started double");
  fermata_debugger_go_live (self.debugger);
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step node-started last");
}

static void
test_into_bodies (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, EACH);
  fermata_breakpoints_toggle (self.breakpoints, FERMATA_PLACE_KIND_NODE, "double");
  fermata_run_start (self.bed->run);

  /* Where the node runs for an item. */
  assert_stop (&self, "breakpoint node-started double/double@1");
  assert_value (&self, 1, "double", "iteration.value", "10");
  fermata_breakpoints_remove_all (self.breakpoints);

  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step node-completed double/double@1");

  /* Over does not stop in other frames: the next is that of the node around. */
  fermata_debugger_step_back (self.debugger);
  assert_stop (&self, "step node-started double/double@1");
  fermata_debugger_go_live (self.debugger);
  fermata_debugger_step_out (self.debugger);
  assert_stop (&self, "step frame-entered double");
  fermata_debugger_step_into (self.debugger);
  assert_stop (&self, "step node-started double/double@2");
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step node-completed double/double@2");
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step node-completed double");
}

/* Out of the root's frame is as far as it goes. */
static void
test_out_of_root (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN);
  start_held (&self);
  assert_stop (&self, "hold node-started a");
  fermata_debugger_step_out (self.debugger);
  assert_stop (&self, "ended");
}

static void
test_run_to (void)
{
  g_auto (Fixture) self = { NULL, };
  g_autoptr (GError) error = NULL;

  fixture_begin (&self, CHAIN);
  start_held (&self);
  assert_stop (&self, "hold node-started a");
  g_assert_false (fermata_debugger_run_to (self.debugger, FERMATA_PLACE_KIND_NODE, "nowhere", &error));
  g_assert_error (error, FERMATA_DEBUGGER_ERROR, FERMATA_DEBUGGER_ERROR_PLACE);

  g_assert_true (fermata_debugger_run_to (self.debugger, FERMATA_PLACE_KIND_EDGE, "b>c", NULL));
  assert_stop (&self, "step edge-taken b>c");
  fermata_debugger_go_first (self.debugger);
  g_assert_true (fermata_debugger_run_to (self.debugger, FERMATA_PLACE_KIND_NODE, "b", NULL));
  assert_stop (&self, "step node-started b");
  g_assert_true (fermata_debugger_run_to (self.debugger, FERMATA_PLACE_KIND_NODE, "c", NULL));
  assert_stop (&self, "step edge-taken b>c");
  g_assert_true (fermata_debugger_is_live (self.debugger));
  g_assert_true (fermata_debugger_run_to (self.debugger, FERMATA_PLACE_KIND_NODE, "c", NULL));
  assert_stop (&self, "step node-started c");
}

/* --- Machines ------------------------------------------------------------- */

static void
test_turnstile (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, TURNSTILE);
  fermata_run_start (self.bed->run);
  fermata_test_bed_settle (self.bed);

  /* It waits for an event, and so does the step. */
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, NULL);
  g_assert_true (fermata_debugger_is_stepping (self.debugger));

  /* One event, one step: all that follows from it is done. */
  send (&self, "coin", "{ \"value\": 2 }");
  assert_stop (&self, "step");
  assert_value (&self, 0, NULL, "variables.coins", "1");
  assert_value (&self, 0, NULL, "In ('unlocked')", "true");

  /* What comes meanwhile waits its turn, and a step is one of them. */
  send (&self, "push", NULL);
  send (&self, "coin", "{ \"value\": 5 }");
  assert_value (&self, 0, NULL, "In ('unlocked')", "true");
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step event-dequeued");
  assert_value (&self, 0, NULL, "In ('locked')", "true");
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step");
  assert_value (&self, 0, NULL, "variables.coins", "2");

  /* One that is for nobody is a step, too. */
  fermata_debugger_step_over (self.debugger);
  send (&self, "nonsense", NULL);
  assert_stop (&self, "step");
  assert_value (&self, 0, NULL, "In ('unlocked')", "true");
}

static void
test_turnstile_into (void)
{
  static const char *const stops[] = {
    "step edge-taken locked>unlocked", "step state-exited locked", "step assigned locked>unlocked",
    "step state-entered unlocked", "step logged unlocked", "step",
  };
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, TURNSTILE);
  fermata_run_start (self.bed->run);
  fermata_test_bed_settle (self.bed);
  fermata_debugger_step_into (self.debugger);
  send (&self, "coin", "{ \"value\": 2 }");
  assert_stop (&self, "step event-dequeued");
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      fermata_debugger_step_into (self.debugger);
      assert_stop (&self, stops[i]);
    }

  /* And back, over all of it at once, then in small steps. */
  fermata_debugger_step_back (self.debugger);
  assert_stop (&self, "step event-dequeued");
  assert_value (&self, 0, NULL, "In ('locked')", "true");
  fermata_debugger_go_live (self.debugger);
  for (guint i = G_N_ELEMENTS (stops) - 1; i > 0; i--)
    {
      fermata_debugger_step_back_into (self.debugger);
      assert_stop (&self, stops[i - 1]);
    }
}

#define EVENTLESS \
  "{ 'fermata': 1, 'kind': 'fsm', 'initial': 'a', 'variables': { 'n': 0 }," \
  "  'nodes': [ { 'id': 'a' }, { 'id': 'b' }, { 'id': 'c', 'entry': [ { 'raise': 'inner' } ] }," \
  "             { 'id': 'd' } ]," \
  "  'edges': [ { 'from': 'a', 'to': 'b', 'event': 'go' }, { 'from': 'b', 'to': 'c' }," \
  "             { 'from': 'c', 'to': 'd', 'event': 'inner' } ] }"

/* Each microstep is a step. */
static void
test_microsteps (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, EVENTLESS);
  fermata_run_start (self.bed->run);
  fermata_test_bed_settle (self.bed);
  fermata_debugger_step_over (self.debugger);
  send (&self, "go", NULL);
  assert_stop (&self, "step edge-taken b>c");
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step edge-taken c>d");
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step");
  assert_value (&self, 0, NULL, "In ('d')", "true");

  fermata_debugger_step_back (self.debugger);
  assert_stop (&self, "step edge-taken c>d");
  fermata_debugger_step_back (self.debugger);
  assert_stop (&self, "step edge-taken b>c");
  assert_value (&self, 0, NULL, "In ('b')", "true");
  fermata_debugger_step_back (self.debugger);
  assert_stop (&self, "step event-dequeued");
  assert_value (&self, 0, NULL, "In ('a')", "true");
}

#define REGIONS \
  "{ 'fermata': 1, 'kind': 'fsm', 'initial': 'both', 'nodes': [" \
  "    { 'id': 'both', 'type': 'parallel', 'nodes': [" \
  "      { 'id': 'left', 'initial': 'l1', 'nodes': [ { 'id': 'l1' }, { 'id': 'l2' } ] }," \
  "      { 'id': 'right', 'initial': 'r1', 'nodes': [ { 'id': 'r1' }, { 'id': 'r2' } ] } ] } ]," \
  "  'edges': [ { 'from': 'l1', 'to': 'l2', 'event': 'go' }, { 'from': 'r1', 'to': 'r2', 'event': 'go' } ] }"

/* What regions do for one event is one step. */
static void
test_regions (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, REGIONS);
  fermata_run_start (self.bed->run);
  fermata_test_bed_settle (self.bed);
  fermata_debugger_step_over (self.debugger);
  send (&self, "go", NULL);
  assert_stop (&self, "step");
  assert_value (&self, 0, NULL, "In ('l2') && In ('r2')", "true");

  /* A breakpoint on the second of the two holds before that, the first being taken. */
  fermata_breakpoints_toggle (self.breakpoints, FERMATA_PLACE_KIND_EDGE, "r1>r2");
  fermata_debugger_reverse_continue (self.debugger);
  assert_stop (&self, "breakpoint edge-taken r1>r2");
  assert_value (&self, 0, NULL, "In ('l1') && In ('r1')", "true");
}

#define TASK_MACHINE \
  "{ 'fermata': 1, 'kind': 'fsm', 'initial': 'work', 'nodes': [" \
  "    { 'id': 'work', 'do': { 'id': 't', 'type': 'task', 'with': { 'takes': '3s', 'value': 5 } } }," \
  "    { 'id': 'rest' } ]," \
  "  'edges': [ { 'from': 'work', 'to': 'rest', 'event': 'done.invoke.t' } ] }"

/* What a state does is in a frame of its own: over runs it through. */
static void
test_tasks (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, TASK_MACHINE);
  start_held (&self);
  assert_stop (&self, "hold state-entered work");
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step");
  fermata_debugger_step_over (self.debugger);
  assert_stop (&self, "step");
  assert_value (&self, 0, NULL, "In ('rest')", "true");

  fermata_debugger_step_back (self.debugger);
  assert_stop (&self, "step");
  assert_value (&self, 0, NULL, "In ('work')", "true");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stepping/over-chain", test_over_chain);
  g_test_add_func ("/stepping/into-chain", test_into_chain);
  g_test_add_func ("/stepping/hold-ends-step", test_hold_ends_step);
  g_test_add_func ("/stepping/bodies", test_bodies);
  g_test_add_func ("/stepping/into-bodies", test_into_bodies);
  g_test_add_func ("/stepping/out-of-root", test_out_of_root);
  g_test_add_func ("/stepping/run-to", test_run_to);
  g_test_add_func ("/stepping/turnstile", test_turnstile);
  g_test_add_func ("/stepping/turnstile-into", test_turnstile_into);
  g_test_add_func ("/stepping/microsteps", test_microsteps);
  g_test_add_func ("/stepping/regions", test_regions);
  g_test_add_func ("/stepping/tasks", test_tasks);

  return g_test_run ();
}
