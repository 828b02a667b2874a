/* test-hold.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Section “Holding” of docs/semantics.md. */

#include "engine/run/fermata-run-private.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-writer.h"

#define A_SECOND G_USEC_PER_SEC

/* A run, and what was offered to its one gate: "KIND PLACE; …". */
typedef struct {
  FermataTestBed *bed;
  GString *offered;
  gboolean holds;
  void (*interferes) (FermataRun *run);
} Fixture;

static gboolean
gate (FermataRun         *run,
      const FermataEvent *decision,
      gpointer            user_data)
{
  Fixture *self = user_data;
  FermataPlan *plan = fermata_run_get_plan (run);
  const char *place = "run";

  if (decision->place < plan->n_nodes)
    place = fermata_plan_get_node_id (plan, decision->place);
  else if (decision->place != FERMATA_PLACE_RUN)
    place = fermata_plan_get_edge_name (plan, decision->place - plan->n_nodes);
  g_string_append_printf (self->offered, "%s %s; ", fermata_event_kind_to_string (decision->kind),
                          place);
  if (self->interferes != NULL)
    self->interferes (run);

  return self->holds;
}

static void
fixture_begin (Fixture                 *self,
               const char              *json,
               const FermataRunOptions *options)
{
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  self->bed = fermata_test_bed_new ();
  self->offered = g_string_new (NULL);
  self->holds = TRUE;
  self->interferes = NULL;
  fermata_test_bed_prepare (self->bed, graph, options);
  fermata_probe_set_gate (fermata_probe_add (self->bed->run, self), gate);
}

static void
fixture_clear (Fixture *self)
{
  fermata_test_bed_free (self->bed);
  g_string_free (self->offered, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static guint32
place_of (Fixture    *self,
          const char *name)
{
  FermataPlan *plan = fermata_run_get_plan (self->bed->run);
  guint index;

  if (fermata_plan_find_node (plan, name, &index))
    return index;
  if (fermata_plan_find_edge (plan, name, &index))
    return fermata_plan_get_edge_place (plan, index);

  return FERMATA_PLACE_RUN;
}

static void
arm (Fixture    *self,
     const char *name)
{
  fermata_run_arm (self->bed->run, place_of (self, name));
}

static void
start (Fixture *self)
{
  fermata_run_start (self->bed->run);
  fermata_test_bed_settle (self->bed);
}

static void
release (Fixture *self)
{
  g_assert_true (fermata_run_release (self->bed->run));
  fermata_test_bed_settle (self->bed);
}

static gboolean
is_held (Fixture *self)
{
  gboolean held;

  g_object_get (self->bed->run, "held", &held, NULL);
  g_assert_cmpint (held, ==, fermata_moment_is_held (fermata_run_get_moment (self->bed->run)));

  return held;
}

/* Offered since the last time. */
#define assert_offered(self, expected) \
  G_STMT_START { \
    g_assert_cmpstr ((self)->offered->str, ==, expected); \
    g_string_truncate ((self)->offered, 0); \
  } G_STMT_END

static void
assert_last_event (Fixture    *self,
                   const char *expected)
{
  g_autofree char *events = fermata_test_bed_describe (self->bed);
  const char *last;

  events[strlen (events) - 1] = '\0';
  last = strrchr (events, '\n');
  g_assert_cmpstr (last == NULL ? events : last + 1, ==, expected);
}

#define CHAIN \
  "{ 'fermata': 1, 'kind': 'dag', 'nodes': [" \
  "  { 'id': 'a', 'type': 'set', 'with': { 'value': 1 } }," \
  "  { 'id': 'b', 'type': 'set', 'with': { 'value': '{{input}}' } } ]," \
  "  'edges': [ { 'from': 'a', 'to': 'b', 'when': 'output == 1' } ] }"

#define TASK \
  "{ 'fermata': 1, 'kind': 'dag', 'nodes': [" \
  "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '10s', 'value': 1 } } ], 'edges': [] }"

#define TWO_TASKS \
  "{ 'fermata': 1, 'kind': 'dag', 'nodes': [" \
  "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '1s', 'value': 1 } }," \
  "  { 'id': 'b', 'type': 'task', 'with': { 'takes': '2s', 'value': 2 } } ], 'edges': [] }"

/* --- Where ---------------------------------------------------------------- */

static void
test_every_decision_at_a_place (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN, NULL);
  arm (&self, "b");
  start (&self);
  assert_offered (&self, "node-started b; ");
  g_assert_true (is_held (&self));
  assert_last_event (&self, "0.000 held {\"kind\":\"node-started\",\"node\":\"b\"}");
  g_assert_cmpstr (fermata_test_bed_status (self.bed, "b"), ==, "waiting");

  /* Passes once, and is not offered again; the next one at the place is. */
  release (&self);
  assert_offered (&self, "node-completed b; ");
  g_assert_true (is_held (&self));
  g_assert_cmpstr (fermata_test_bed_status (self.bed, "b"), ==, "running");

  release (&self);
  assert_offered (&self, "");
  g_assert_false (is_held (&self));
  fermata_test_bed_finish (self.bed);
  g_assert_cmpuint (fermata_test_bed_count (self.bed, FERMATA_EVENT_HELD, NULL), ==, 2);
  g_assert_cmpuint (fermata_test_bed_count (self.bed, FERMATA_EVENT_RELEASED, NULL), ==, 2);
}

static void
test_edge (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN, NULL);
  arm (&self, "a>b");
  start (&self);
  assert_offered (&self, "edge-taken a>b; ");
  assert_last_event (&self, "0.000 held {\"kind\":\"edge-taken\",\"edge\":\"a>b\"}");
  g_assert_cmpstr (fermata_test_bed_status (self.bed, "a"), ==, "done");
  release (&self);
  fermata_test_bed_finish (self.bed);
  assert_offered (&self, "");
}

static void
test_end (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN, NULL);
  fermata_run_arm (self.bed->run, FERMATA_PLACE_RUN);
  start (&self);
  assert_offered (&self, "run-ended run; ");
  assert_last_event (&self, "0.000 held {\"kind\":\"run-ended\"}");
  g_assert_false (fermata_run_has_ended (self.bed->run));
  release (&self);
  g_assert_true (fermata_run_has_ended (self.bed->run));
  fermata_test_bed_finish (self.bed);
}

/* What is not armed is not offered; what has been disarmed as often neither. */
static void
test_arm_and_disarm (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN, NULL);
  arm (&self, "a");
  arm (&self, "a");
  arm (&self, "b");
  fermata_run_disarm (self.bed->run, place_of (&self, "a"));
  fermata_run_disarm (self.bed->run, place_of (&self, "b"));
  self.holds = FALSE;
  start (&self);
  assert_offered (&self, "node-started a; node-completed a; ");
  fermata_test_bed_finish (self.bed);
  g_assert_cmpuint (fermata_test_bed_count (self.bed, FERMATA_EVENT_HELD, NULL), ==, 0);
}

/* Armed while it runs, for what is still to come. */
static void
test_arm_later (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, TASK, NULL);
  start (&self);
  arm (&self, "a");
  fermata_test_bed_pass_time_until (self.bed, 10 * A_SECOND);
  assert_offered (&self, "node-completed a; ");
  release (&self);
  fermata_test_bed_finish (self.bed);
}

/* Without anybody who has a gate, armed places do not hold. */
static void
test_nobody_to_ask (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (CHAIN);

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_arm (bed->run, 0);
  fermata_run_arm (bed->run, FERMATA_PLACE_RUN);
  fermata_test_bed_finish (bed);
}

/* The first monitor that holds decides; the others are not asked. */
static void
test_two_monitors (void)
{
  g_auto (Fixture) self = { NULL, };
  Fixture other = { .offered = g_string_new (NULL), .holds = TRUE };

  fixture_begin (&self, CHAIN, NULL);
  fermata_probe_set_gate (fermata_probe_add (self.bed->run, &other), gate);
  arm (&self, "a>b");
  self.holds = FALSE;
  start (&self);
  assert_offered (&self, "edge-taken a>b; ");
  assert_offered (&other, "edge-taken a>b; ");
  g_assert_true (is_held (&self));
  release (&self);
  fermata_test_bed_finish (self.bed);
  assert_offered (&self, "");
  assert_offered (&other, "");
  g_string_free (other.offered, TRUE);
}

/* --- Facts and time while it is held -------------------------------------- */

static void
test_clock_stands_still (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, TASK, NULL);
  start (&self);
  fermata_test_bed_pass_time_until (self.bed, 4 * A_SECOND);
  g_assert_true (fermata_run_hold (self.bed->run));
  g_assert_cmpint (fermata_clock_get_deadline (self.bed->clock), ==, -1);
  fermata_test_bed_pass_time_until (self.bed, 104 * A_SECOND);
  g_assert_cmpint (fermata_run_get_time (self.bed->run), ==, 4 * A_SECOND);
  g_assert_cmpstr (fermata_test_bed_status (self.bed, "a"), ==, "running");

  /* The rest of its ten seconds. */
  release (&self);
  g_assert_cmpint (fermata_run_get_time (self.bed->run), ==, 4 * A_SECOND);
  g_assert_cmpint (fermata_clock_get_deadline (self.bed->clock), ==, 110 * A_SECOND);
  fermata_test_bed_finish (self.bed);
  g_assert_cmpint (fermata_run_get_time (self.bed->run), ==, 10 * A_SECOND);
  g_assert_cmpint (fermata_clock_get_time (self.bed->clock), ==, 110 * A_SECOND);
}

static void
test_time_limit_stands_still (void)
{
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_auto (Fixture) self = { NULL, };

  options.timeout = 5 * A_SECOND;
  fixture_begin (&self, TASK, &options);
  start (&self);
  fermata_test_bed_pass_time_until (self.bed, 4 * A_SECOND);
  fermata_run_hold (self.bed->run);
  fermata_test_bed_pass_time_until (self.bed, 100 * A_SECOND);
  release (&self);
  fermata_test_bed_finish (self.bed);
  g_assert_cmpint (fermata_run_get_state (self.bed->run), ==, FERMATA_RUN_STATE_TIMED_OUT);
  g_assert_cmpint (fermata_run_get_time (self.bed->run), ==, 5 * A_SECOND);
}

/* Again and again, at the same time of the run. */
static void
test_many_holds (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, TASK, NULL);
  start (&self);
  for (guint i = 0; i < 100; i++)
    {
      gint64 now = fermata_clock_get_time (self.bed->clock);

      g_assert_true (fermata_run_hold (self.bed->run));
      fermata_test_bed_pass_time_until (self.bed, now + A_SECOND);
      release (&self);
    }
  fermata_test_bed_finish (self.bed);
  g_assert_cmpint (fermata_run_get_time (self.bed->run), ==, 10 * A_SECOND);
  g_assert_cmpint (fermata_clock_get_time (self.bed->clock), ==, 110 * A_SECOND);
}

/* An end that comes while it is held, as that of a process does. */
static void
complete (Fixture    *self,
          const char *node,
          gint64      value)
{
  fermata_run_post_fact (self->bed->run, FERMATA_EVENT_TASK_COMPLETED, 0, place_of (self, node), 1,
                         fermata_value_new_integer (value));
}

static void
test_facts_are_recorded (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, TASK, NULL);
  start (&self);
  fermata_run_hold (self.bed->run);
  fermata_test_bed_pass_time_until (self.bed, 3 * A_SECOND);
  complete (&self, "a", 7);
  fermata_test_bed_settle (self.bed);

  /* Recorded with the time that stands still, applied, and not decided upon. */
  assert_last_event (&self, "0.000 task-completed a 7");
  g_assert_cmpstr (fermata_test_bed_status (self.bed, "a"), ==, "settled");
  fermata_run_bookmark (self.bed->run, "x");
  assert_last_event (&self, "0.000 task-completed a 7");
  fermata_test_bed_settle (self.bed);

  release (&self);
  fermata_test_bed_finish (self.bed);
  g_assert_cmpstr (fermata_test_bed_status (self.bed, "a"), ==, "done");
  g_assert_cmpuint (fermata_test_bed_count (self.bed, FERMATA_EVENT_BOOKMARK, NULL), ==, 1);
}

/* A fact that comes while it is held before one decision makes another come
 * first: that one is offered, and the pass waits for the one it is for. */
static void
test_pass_waits (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, TWO_TASKS, NULL);
  start (&self);
  arm (&self, "a");
  arm (&self, "b");
  fermata_test_bed_pass_time_until (self.bed, A_SECOND / 2);
  complete (&self, "b", 3);
  fermata_test_bed_settle (self.bed);
  assert_offered (&self, "node-completed b; ");
  complete (&self, "a", 4);

  release (&self);
  assert_offered (&self, "node-completed a; ");
  assert_last_event (&self, "0.500 held {\"kind\":\"node-completed\",\"node\":\"a\"}");
  release (&self);

  /* Both may pass now. */
  assert_offered (&self, "");
  g_assert_true (fermata_run_has_ended (self.bed->run));
  fermata_test_bed_finish (self.bed);
}

/* A hold by hand in between does not use it up either. */
static void
test_pass_survives_a_hold_by_hand (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN, NULL);
  arm (&self, "a>b");
  start (&self);
  assert_offered (&self, "edge-taken a>b; ");
  g_assert_true (fermata_run_release (self.bed->run));
  g_assert_true (fermata_run_hold (self.bed->run));
  g_assert_true (fermata_run_release (self.bed->run));
  fermata_test_bed_settle (self.bed);
  assert_offered (&self, "");
  fermata_test_bed_finish (self.bed);
}

/* --- By hand -------------------------------------------------------------- */

static void
test_by_hand (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, TASK, NULL);

  /* Not before the start … */
  g_assert_false (fermata_run_hold (self.bed->run));
  g_assert_false (fermata_run_release (self.bed->run));
  fermata_run_start (self.bed->run);

  /* … right after it: before the first decision. */
  g_assert_true (fermata_run_hold (self.bed->run));
  fermata_test_bed_settle (self.bed);
  assert_last_event (&self, "0.000 held");
  g_assert_cmpstr (fermata_test_bed_status (self.bed, "a"), ==, "waiting");

  /* Not twice, neither way. */
  g_assert_false (fermata_run_hold (self.bed->run));
  release (&self);
  g_assert_cmpstr (fermata_test_bed_status (self.bed, "a"), ==, "running");
  g_assert_false (fermata_run_release (self.bed->run));
  fermata_test_bed_finish (self.bed);

  /* Not after the end. */
  g_assert_false (fermata_run_hold (self.bed->run));
  g_assert_false (fermata_run_release (self.bed->run));
  g_assert_cmpuint (fermata_test_bed_count (self.bed, FERMATA_EVENT_HELD, NULL), ==, 1);
}

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              gpointer    user_data)
{
  (*(guint *) user_data)++;
}

static void
test_notify (void)
{
  g_auto (Fixture) self = { NULL, };
  guint n_held = 0;
  guint n_state = 0;

  fixture_begin (&self, TASK, NULL);
  g_signal_connect (self.bed->run, "notify::held", G_CALLBACK (count_notify), &n_held);
  g_signal_connect (self.bed->run, "notify::state", G_CALLBACK (count_notify), &n_state);
  start (&self);
  g_assert_cmpuint (n_state, ==, 1);
  fermata_run_hold (self.bed->run);
  g_assert_cmpuint (n_held, ==, 1);
  release (&self);
  g_assert_cmpuint (n_held, ==, 2);
  fermata_test_bed_finish (self.bed);
  g_assert_cmpuint (n_held, ==, 2);
  g_assert_cmpuint (n_state, ==, 2);
}

static void
test_cancel_while_held (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, TASK, NULL);
  start (&self);
  fermata_run_hold (self.bed->run);
  fermata_run_cancel (self.bed->run);
  fermata_test_bed_settle (self.bed);
  assert_last_event (&self, "0.000 cancel-requested {\"reason\":\"cancelled\"}");
  g_assert_true (is_held (&self));
  g_assert_cmpstr (fermata_test_bed_status (self.bed, "a"), ==, "running");
  release (&self);
  g_assert_cmpint (fermata_run_get_state (self.bed->run), ==, FERMATA_RUN_STATE_CANCELLED);
  fermata_test_bed_finish (self.bed);
}

/* Held before a decision that the cancel makes void. */
static void
test_cancel_at_a_gate (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN, NULL);
  arm (&self, "b");
  start (&self);
  assert_offered (&self, "node-started b; ");
  fermata_run_cancel (self.bed->run);
  release (&self);
  assert_offered (&self, "node-skipped b; ");
  release (&self);
  g_assert_cmpstr (fermata_test_bed_status (self.bed, "b"), ==, "skipped");
  fermata_test_bed_finish (self.bed);
}

/* --- Monitors that interfere ---------------------------------------------- */

/* Whatever a monitor does while it is asked comes after its answer: the decision
 * was made before. */
static void
cancel (FermataRun *run)
{
  fermata_run_cancel (run);
}

static void
test_cancel_within_a_gate (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN, NULL);
  arm (&self, "b");
  self.holds = FALSE;
  self.interferes = cancel;
  start (&self);
  fermata_test_bed_finish (self.bed);
  g_assert_cmpint (fermata_run_get_state (self.bed->run), ==, FERMATA_RUN_STATE_CANCELLED);
}

static void
test_cancel_and_hold_within_a_gate (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN, NULL);
  arm (&self, "b");
  self.interferes = cancel;
  start (&self);
  g_assert_true (is_held (&self));
  self.holds = FALSE;
  release (&self);
  fermata_test_bed_finish (self.bed);
}

static void
hold (FermataRun *run)
{
  fermata_run_hold (run);
}

static void
test_hold_within_a_gate (void)
{
  g_auto (Fixture) self = { NULL, };

  /* Not before the decision: that is what the answer is for. */
  fixture_begin (&self, CHAIN, NULL);
  arm (&self, "a>b");
  self.holds = FALSE;
  self.interferes = hold;
  start (&self);
  g_assert_true (is_held (&self));
  assert_last_event (&self, "0.000 held");
  g_assert_cmpuint (fermata_test_bed_count (self.bed, FERMATA_EVENT_EDGE_TAKEN, NULL), ==, 1);
  release (&self);
  fermata_test_bed_finish (self.bed);
}

static void
release_now (FermataRun *run,
             guint64     number,
             gpointer    user_data)
{
  FermataHistory *history = fermata_run_get_history (run);

  if (fermata_history_get_event (history, number)->kind == FERMATA_EVENT_HELD)
    g_assert_true (fermata_run_release (run));
}

/* A monitor that lets everything pass at once, as a log point does. */
static void
test_release_at_once (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, CHAIN, NULL);
  fermata_probe_set_committed (fermata_probe_add (self.bed->run, NULL), release_now);
  arm (&self, "a");
  arm (&self, "b");
  arm (&self, "a>b");
  start (&self);
  assert_offered (&self, "node-started a; node-completed a; edge-taken a>b; node-started b; "
                         "node-completed b; ");
  fermata_test_bed_finish (self.bed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hold/place/node", test_every_decision_at_a_place);
  g_test_add_func ("/hold/place/edge", test_edge);
  g_test_add_func ("/hold/place/end", test_end);
  g_test_add_func ("/hold/place/arm-and-disarm", test_arm_and_disarm);
  g_test_add_func ("/hold/place/arm-later", test_arm_later);
  g_test_add_func ("/hold/place/nobody-to-ask", test_nobody_to_ask);
  g_test_add_func ("/hold/place/two-monitors", test_two_monitors);
  g_test_add_func ("/hold/time/clock", test_clock_stands_still);
  g_test_add_func ("/hold/time/limit", test_time_limit_stands_still);
  g_test_add_func ("/hold/time/many", test_many_holds);
  g_test_add_func ("/hold/facts", test_facts_are_recorded);
  g_test_add_func ("/hold/pass/waits", test_pass_waits);
  g_test_add_func ("/hold/pass/by-hand", test_pass_survives_a_hold_by_hand);
  g_test_add_func ("/hold/by-hand", test_by_hand);
  g_test_add_func ("/hold/notify", test_notify);
  g_test_add_func ("/hold/cancel/by-hand", test_cancel_while_held);
  g_test_add_func ("/hold/cancel/gate", test_cancel_at_a_gate);
  g_test_add_func ("/hold/within-a-gate/cancel", test_cancel_within_a_gate);
  g_test_add_func ("/hold/within-a-gate/cancel-and-hold", test_cancel_and_hold_within_a_gate);
  g_test_add_func ("/hold/within-a-gate/hold", test_hold_within_a_gate);
  g_test_add_func ("/hold/release-at-once", test_release_at_once);

  return g_test_run ();
}
