/* test-live-equals-folded.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * Every test of the engine has a monitor that folds the events and compares
 * the outcome with the live state. Here it must find faults: each golden graph
 * is run again and again, each time with one thing about one event changed
 * before it is folded.
 */

#include "engine/history/fermata-history-private.h"
#include "harness/fermata-test-script.h"
#include "value/fermata-value-reader.h"

typedef enum {
  FAULT_NONE,
  FAULT_TIME,
  FAULT_PAYLOAD,
  FAULT_PLACE,
  FAULT_ATTEMPT,
  FAULT_KIND,
  N_FAULTS,
} Fault;

static const char *const fault_names[] = { "none", "time", "payload", "place", "attempt", "kind" };

typedef struct {
  Fault fault;
  guint64 number;
  FermataPlan *plan;
} Plant;

/* Kinds whose payload, place or attempt the state knows. All bear a time. */
static const struct {
  gboolean payload;
  gboolean place;
  gboolean attempt;

  /* What it is taken for instead; itself: nothing. */
  FermataEventKind kind;
} known[FERMATA_N_EVENT_KINDS] = {
  [FERMATA_EVENT_RUN_STARTED] = { TRUE, FALSE, FALSE, FERMATA_EVENT_BOOKMARK },
  [FERMATA_EVENT_TICK] = { FALSE, FALSE, FALSE, FERMATA_EVENT_TICK },
  [FERMATA_EVENT_TASK_COMPLETED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_TASK_FAILED },
  [FERMATA_EVENT_TASK_FAILED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_TASK_COMPLETED },
  [FERMATA_EVENT_TASK_CANCELLED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_TASK_BEGAN },
  [FERMATA_EVENT_TASK_BEGAN] = { FALSE, FALSE, FALSE, FERMATA_EVENT_TASK_COMPLETED },
  [FERMATA_EVENT_TASK_MEASURED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_TASK_COMPLETED },
  [FERMATA_EVENT_USAGE] = { TRUE, FALSE, FALSE, FERMATA_EVENT_TASK_COMPLETED },
  [FERMATA_EVENT_PROGRESS] = { FALSE, FALSE, FALSE, FERMATA_EVENT_TASK_COMPLETED },
  [FERMATA_EVENT_CHUNK] = { FALSE, FALSE, FALSE, FERMATA_EVENT_TASK_COMPLETED },
  [FERMATA_EVENT_ITEM] = { TRUE, TRUE, FALSE, FERMATA_EVENT_TASK_BEGAN },
  [FERMATA_EVENT_FRAME_ENTERED] = { TRUE, TRUE, FALSE, FERMATA_EVENT_FRAME_LEFT },
  [FERMATA_EVENT_FRAME_LEFT] = { TRUE, TRUE, FALSE, FERMATA_EVENT_FRAME_ENTERED },
  [FERMATA_EVENT_LOOP_ENDED] = { FALSE, TRUE, FALSE, FERMATA_EVENT_FRAME_ENTERED },
  [FERMATA_EVENT_FRAME_CLOSING] = { TRUE, TRUE, FALSE, FERMATA_EVENT_FRAME_ENTERED },
  [FERMATA_EVENT_CANCEL_REQUESTED] = { TRUE, FALSE, FALSE, FERMATA_EVENT_BOOKMARK },
  [FERMATA_EVENT_TIMEOUT_DUE] = { FALSE, TRUE, TRUE, FERMATA_EVENT_TASK_BEGAN },
  [FERMATA_EVENT_RETRY_DUE] = { FALSE, TRUE, TRUE, FERMATA_EVENT_TASK_BEGAN },
  [FERMATA_EVENT_CLOSING_DUE] = { FALSE, FALSE, FALSE, FERMATA_EVENT_TICK },
  [FERMATA_EVENT_EVENT_RECEIVED] = { TRUE, FALSE, FALSE, FERMATA_EVENT_TICK },
  [FERMATA_EVENT_EVENTS_CLOSED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_TICK },
  [FERMATA_EVENT_VARIABLE_SET] = { TRUE, FALSE, FALSE, FERMATA_EVENT_TICK },
  [FERMATA_EVENT_NODE_ROUTED] = { TRUE, TRUE, FALSE, FERMATA_EVENT_NODE_COMPLETED },
  [FERMATA_EVENT_EVENT_TAKEN] = { FALSE, TRUE, FALSE, FERMATA_EVENT_EVENT_REFUSED },
  [FERMATA_EVENT_EVENT_REFUSED] = { FALSE, TRUE, FALSE, FERMATA_EVENT_EVENT_TAKEN },
  [FERMATA_EVENT_EVENT_FAILED] = { TRUE, TRUE, FALSE, FERMATA_EVENT_EVENT_REFUSED },
  [FERMATA_EVENT_NODE_RETRYING] = { TRUE, TRUE, TRUE, FERMATA_EVENT_NODE_FAILED },
  [FERMATA_EVENT_NODE_RECOVERED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_NODE_FAILED },
  [FERMATA_EVENT_ASSIGNED] = { TRUE, TRUE, FALSE, FERMATA_EVENT_NODE_COMPLETED },
  [FERMATA_EVENT_TASK_ADMITTED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_TASK_WAIVED },
  [FERMATA_EVENT_TASK_ANSWERED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_TASK_WAIVED },
  [FERMATA_EVENT_TASK_REFUSED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_TASK_ADMITTED },
  [FERMATA_EVENT_TASK_WAIVED] = { FALSE, TRUE, TRUE, FERMATA_EVENT_TASK_ADMITTED },
  [FERMATA_EVENT_TASK_REVIEWED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_TASK_ADMITTED },
  [FERMATA_EVENT_NODE_REVIEWING] = { TRUE, TRUE, TRUE, FERMATA_EVENT_NODE_COMPLETED },
  [FERMATA_EVENT_NODE_QUEUED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_NODE_STARTED },
  [FERMATA_EVENT_NODE_STARTED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_NODE_SKIPPED },
  [FERMATA_EVENT_NODE_COMPLETED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_NODE_FAILED },
  [FERMATA_EVENT_NODE_GIVEN] = { TRUE, TRUE, TRUE, FERMATA_EVENT_NODE_COMPLETED },
  [FERMATA_EVENT_NODE_FAILED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_NODE_COMPLETED },
  [FERMATA_EVENT_NODE_SKIPPED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_NODE_CANCELLED },
  [FERMATA_EVENT_NODE_CANCELLING] = { FALSE, TRUE, FALSE, FERMATA_EVENT_NODE_CANCELLED },
  [FERMATA_EVENT_NODE_CANCELLED] = { TRUE, TRUE, TRUE, FERMATA_EVENT_NODE_SKIPPED },
  [FERMATA_EVENT_EDGE_TAKEN] = { FALSE, TRUE, FALSE, FERMATA_EVENT_EDGE_REFUSED },
  [FERMATA_EVENT_EDGE_REFUSED] = { FALSE, TRUE, FALSE, FERMATA_EVENT_EDGE_TAKEN },
  [FERMATA_EVENT_EDGE_FAILED] = { TRUE, TRUE, FALSE, FERMATA_EVENT_EDGE_REFUSED },
  [FERMATA_EVENT_LOGGED] = { TRUE, TRUE, FALSE, FERMATA_EVENT_NODE_COMPLETED },
  [FERMATA_EVENT_EVENT_DEQUEUED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_EVENT_IGNORED },
  [FERMATA_EVENT_EVENT_IGNORED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_EVENT_DEQUEUED },
  [FERMATA_EVENT_STEP_ASKED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_EDGE_TAKEN },
  [FERMATA_EVENT_STATE_EXITING] = { FALSE, FALSE, FALSE, FERMATA_EVENT_STATE_ENTERED },
  [FERMATA_EVENT_STATE_EXITED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_STATE_ENTERED },
  [FERMATA_EVENT_STATE_ENTERED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_STATE_EXITED },
  [FERMATA_EVENT_EVENT_RAISED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_EVENT_RAISED },
  [FERMATA_EVENT_EVENT_SENT] = { FALSE, FALSE, FALSE, FERMATA_EVENT_EVENT_SENT },
  [FERMATA_EVENT_SEND_CANCELLED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_SEND_CANCELLED },
  [FERMATA_EVENT_ITERATING] = { FALSE, FALSE, FALSE, FERMATA_EVENT_ITERATING },
  [FERMATA_EVENT_ACTION_FAILED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_ACTION_FAILED },
  [FERMATA_EVENT_ACTIONS_ENDED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_ACTIONS_ENDED },
  [FERMATA_EVENT_MACHINE_FAILED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_MACHINE_FAILED },
  [FERMATA_EVENT_MACROSTEP_ENDED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_EVENT_DEQUEUED },
  [FERMATA_EVENT_TIMER_DUE] = { FALSE, FALSE, FALSE, FERMATA_EVENT_TIMER_DUE },
  [FERMATA_EVENT_STEP_ADMITTED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_VETOED },
  [FERMATA_EVENT_VETOED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_STEP_ADMITTED },
  [FERMATA_EVENT_EVENT_DELIVERED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_SEND_FAILED },
  [FERMATA_EVENT_SEND_FAILED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_EVENT_DELIVERED },
  [FERMATA_EVENT_SCRIPT_STARTED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_ACTIONS_ENDED },
  [FERMATA_EVENT_SCRIPT_ENDED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_TIMER_DUE },
  [FERMATA_EVENT_BUDGET_WARNING] = { TRUE, FALSE, FALSE, FERMATA_EVENT_BOOKMARK },
  [FERMATA_EVENT_RUN_CLOSING] = { TRUE, FALSE, FALSE, FERMATA_EVENT_BOOKMARK },
  [FERMATA_EVENT_RUN_ENDED] = { TRUE, FALSE, FALSE, FERMATA_EVENT_RUN_CLOSING },
  [FERMATA_EVENT_HELD] = { TRUE, FALSE, FALSE, FERMATA_EVENT_BOOKMARK },
  [FERMATA_EVENT_RELEASED] = { FALSE, FALSE, FALSE, FERMATA_EVENT_BOOKMARK },
  [FERMATA_EVENT_BOOKMARK] = { FALSE, FALSE, FALSE, FERMATA_EVENT_RELEASED },
};

/* Whether a kind has ever been seen, with a fault of a kind found. */
static gboolean found[FERMATA_N_EVENT_KINDS][N_FAULTS];
static guint n_left;

static FermataValue *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (json, -1, &error);

  g_assert_no_error (error);

  return value;
}

/* Another payload, as its kind may have it. */
static FermataValue *
change_payload (const FermataEvent *event)
{
  g_autoptr (FermataValue) planted = parse ("\"planted\"");

  switch ((FermataEventKind) event->kind)
    {
    case FERMATA_EVENT_RUN_STARTED:
      return fermata_value_with_member (event->payload, "run", planted);

    case FERMATA_EVENT_CANCEL_REQUESTED:
      return fermata_value_with_member (event->payload, "reason", planted);

    case FERMATA_EVENT_RUN_CLOSING:
      return parse (fermata_value_get_member (event->payload, "error") == NULL
                    ? "{ \"reason\": \"budget\" }" : "{ \"reason\": \"planted\" }");

    case FERMATA_EVENT_USAGE:
      return parse ("{ \"name\": \"tokens\", \"amount\": 7.5 }");

    case FERMATA_EVENT_BUDGET_WARNING:
      return parse ("{ \"budget\": \"planted\" }");

    case FERMATA_EVENT_RUN_ENDED:
      return fermata_value_with_member (event->payload, "result", planted);

    case FERMATA_EVENT_ITEM:
      return fermata_value_with_member (event->payload, "value", planted);

    case FERMATA_EVENT_FRAME_ENTERED:
      return parse ("{ \"frame\": 99, \"index\": 0 }");

    case FERMATA_EVENT_FRAME_LEFT:
      return fermata_value_get_member (event->payload, "error") == NULL
             ? fermata_value_with_member (event->payload, "output", planted)
             : parse ("{ \"frame\": 1, \"index\": 0, \"error\": { \"kind\": \"planted\" } }");

    case FERMATA_EVENT_FRAME_CLOSING:
      return parse ("{ \"frame\": 99, \"index\": 0 }");

    case FERMATA_EVENT_HELD:
      return parse ("{ \"kind\": \"run-closing\" }");

    case FERMATA_EVENT_NODE_RETRYING:
      return fermata_value_with_member (event->payload, "error", planted);

    case FERMATA_EVENT_NODE_GIVEN:
      return parse ("{ \"output\": \"planted\", \"by\": \"pin\" }");

    case FERMATA_EVENT_NODE_RECOVERED:
    case FERMATA_EVENT_TASK_ANSWERED:
    case FERMATA_EVENT_ASSIGNED:
      return fermata_value_with_member (event->payload, "output", planted);

    case FERMATA_EVENT_EVENT_RECEIVED:
      return fermata_value_with_member (event->payload, "data", planted);

    case FERMATA_EVENT_VARIABLE_SET:
      return parse ("{ \"changes\": [ { \"name\": \"limit\", \"value\": \"planted\" } ] }");

    case FERMATA_EVENT_NODE_ROUTED:
      return fermata_value_with_member (event->payload, "edge", planted);

    case FERMATA_EVENT_EVENT_FAILED:
      return fermata_value_with_member (event->payload, "error", planted);

    case FERMATA_EVENT_NODE_REVIEWING:
    case FERMATA_EVENT_TASK_REVIEWED:
      return parse ("{ \"output\": \"planted\" }");

    case FERMATA_EVENT_TASK_ADMITTED:
      return parse ("{ \"input\": \"planted\" }");

    case FERMATA_EVENT_NODE_QUEUED:
    case FERMATA_EVENT_NODE_STARTED:
      return parse ("{ \"planted\": true }");

    default:
      return g_steal_pointer (&planted);
    }
}

/* Another place of the same kind; the same if there is none. */
static guint32
change_place (FermataPlan        *plan,
              const FermataEvent *event)
{
  switch (fermata_event_kind_get_place_kind (event->kind))
    {
    case FERMATA_PLACE_KIND_NODE:
    case FERMATA_PLACE_KIND_ANY:
      return (event->place + 1) % plan->n_nodes;

    case FERMATA_PLACE_KIND_EDGE:
      for (guint i = 0; i < plan->n_edges; i++)
        {
          if (plan->edges[i].condition != FERMATA_INDEX_NONE
              && fermata_plan_get_edge_place (plan, i) != event->place)
            return fermata_plan_get_edge_place (plan, i);
        }
      return event->place;

    case FERMATA_PLACE_KIND_RUN:
    case FERMATA_PLACE_KIND_FRAME:
    default:
      return event->place;
    }
}

static void
make_fault (FermataPlan  *plan,
            FermataEvent *event,
            Fault         fault)
{
  FermataValue *payload;

  switch (fault)
    {
    case FAULT_TIME:
      event->time++;
      break;

    case FAULT_PAYLOAD:
      payload = change_payload (event);
      g_clear_pointer (&event->payload, fermata_value_unref);
      event->payload = payload;
      break;

    case FAULT_PLACE:
      event->place = change_place (plan, event);
      break;

    case FAULT_ATTEMPT:
      event->attempt++;
      break;

    case FAULT_KIND:
      event->kind = known[event->kind].kind;
      break;

    case FAULT_NONE:
    case N_FAULTS:
    default:
      break;
    }
}

static gboolean
is_of_machine (guint kind)
{
  return (kind >= FERMATA_EVENT_TIMER_DUE && kind <= FERMATA_EVENT_SCRIPT_ENDED)
         || (kind >= FERMATA_EVENT_EVENT_DEQUEUED && kind <= FERMATA_EVENT_MACROSTEP_ENDED);
}

/* What a machine does with an event depends on what it is doing. */
static gboolean
is_in_machine (FermataPlan        *plan,
               const FermataEvent *event)
{
  guint local;

  if (is_of_machine (event->kind))
    return TRUE;
  if (event->place == FERMATA_PLACE_RUN)
    return event->kind == FERMATA_EVENT_EVENT_RECEIVED && plan->kind == FERMATA_GRAPH_KIND_FSM;

  return fermata_plan_locate (plan, event->place, &local)->kind == FERMATA_GRAPH_KIND_FSM;
}

/* Whether there is another one of that sort. */
static gboolean
can_be (FermataPlan        *plan,
        const FermataEvent *event,
        Fault               fault)
{
  if (is_in_machine (plan, event)
      && (fault != FAULT_TIME && (fault != FAULT_KIND || !is_of_machine (event->kind))))
    return FALSE;
  if (fault == FAULT_PLACE)
    return change_place (plan, event) != event->place;
  if (fault == FAULT_KIND)
    return known[event->kind].kind != event->kind;

  return TRUE;
}

static gboolean
is_known (FermataEventKind kind,
          Fault            fault)
{
  switch (fault)
    {
    case FAULT_TIME:
    case FAULT_KIND:
      return TRUE;

    case FAULT_PAYLOAD:
      return known[kind].payload;

    case FAULT_PLACE:
      return known[kind].place;

    case FAULT_ATTEMPT:
      return known[kind].attempt;

    case FAULT_NONE:
    case N_FAULTS:
    default:
      return FALSE;
    }
}

/* Ends of attempts that have ended before, or that were asked to, are not all
 * looked at: those are left to others of the same kind. */
static gboolean
is_plain (FermataHistory     *history,
          const FermataEvent *event,
          guint64             number)
{
  g_autoptr (FermataMoment) before = fermata_history_dup_moment (history, number - 1);

  /* Of chunks with items the state knows more. */
  if (event->frame != 0
      || (event->kind == FERMATA_EVENT_CHUNK
          && fermata_value_get_member (event->payload, "items") != NULL))
    return FALSE;

  switch ((FermataEventKind) event->kind)
    {
    case FERMATA_EVENT_TASK_COMPLETED:
    case FERMATA_EVENT_TASK_FAILED:
    case FERMATA_EVENT_CHUNK:
    case FERMATA_EVENT_TASK_BEGAN:
    case FERMATA_EVENT_TASK_MEASURED:
    case FERMATA_EVENT_USAGE:
    case FERMATA_EVENT_PROGRESS:
      return fermata_moment_get_node_status (before, 0, event->place) == FERMATA_NODE_STATUS_RUNNING;

    /* Of frames that were cancelled nobody wants to know what they give. */
    case FERMATA_EVENT_FRAME_LEFT:
      return fermata_moment_get_node_status (before, 0, event->place) == FERMATA_NODE_STATUS_RUNNING;

    case FERMATA_EVENT_TASK_CANCELLED:
      return fermata_moment_get_node_status (before, 0, event->place) == FERMATA_NODE_STATUS_CANCELLING;

    case FERMATA_EVENT_BOOKMARK:
      return fermata_moment_is_held (before);

    default:
      return TRUE;
    }
}

static void
plant (FermataEvent *event,
       guint64       number,
       gpointer      user_data)
{
  const Plant *self = user_data;

  if (number == self->number)
    make_fault (self->plan, event, self->fault);
}

/* The whole run once more, with the fault. */
static guint64
run_with_fault (const char *path,
                Plant      *fault)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (path);
  g_autoptr (GError) error = NULL;

  fermata_fold_monitor_plant (bed->fold, plant, fault);
  bed->expects_difference = TRUE;
  fermata_test_bed_play (bed, graph, &error);
  g_assert_no_error (error);

  return fermata_fold_monitor_get_difference (bed->fold);
}

static void
try_fault (const char         *path,
           FermataHistory     *history,
           guint64             number,
           Fault               fault)
{
  const FermataEvent *event = fermata_history_get_event (history, number);
  Plant self = { fault, number, fermata_history_get_plan (history) };
  guint64 difference;

  if (!can_be (self.plan, event, fault))
    return;

  difference = run_with_fault (path, &self);
  if (difference != (is_known (event->kind, fault) ? number : 0))
    g_error ("%s: event %" G_GUINT64_FORMAT ", %s, with another %s: found at %" G_GUINT64_FORMAT,
             path, number, fermata_event_kind_to_string (event->kind), fault_names[fault],
             difference);
  if (difference == number)
    found[event->kind][fault] = TRUE;
}

/* For each kind of event that a run has, the first one, with each fault. */
static void
try_faults (const char     *path,
            FermataHistory *history)
{
  gboolean seen[FERMATA_N_EVENT_KINDS] = { FALSE, };

  for (guint64 number = 1; number <= fermata_history_get_n_events (history); number++)
    {
      const FermataEvent *event = fermata_history_get_event (history, number);

      if (seen[event->kind] || !is_plain (history, event, number))
        continue;
      seen[event->kind] = TRUE;
      for (Fault fault = FAULT_TIME; fault < N_FAULTS; fault++)
        try_fault (path, history, number, fault);
    }
}

static void
test_events (gconstpointer data)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (data);
  g_autoptr (GError) error = NULL;

  /* Without a fault there is none. */
  fermata_test_bed_play (bed, graph, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fermata_fold_monitor_get_difference (bed->fold), ==, 0);

  try_faults (data, fermata_run_get_history (bed->run));
  n_left--;
}

/* Nobody in the golden graphs asks for leave to start. */
static gboolean
is_of_admission (guint kind)
{
  return kind == FERMATA_EVENT_NODE_QUEUED
         || (kind >= FERMATA_EVENT_TASK_ADMITTED && kind <= FERMATA_EVENT_TASK_WAIVED);
}

/* The golden graphs have every kind of event, and each of their faults that
 * there can be was found. */
static void
test_all_were_there (void)
{
  if (n_left > 0)
    {
      g_test_skip ("not all golden graphs were run");
      return;
    }

  for (guint kind = 0; kind < FERMATA_N_EVENT_KINDS; kind++)
    {
      for (Fault fault = FAULT_TIME; fault < N_FAULTS; fault++)
        {
          gboolean expected = is_known (kind, fault)
                              && (fault != FAULT_KIND || known[kind].kind != kind);

          if (is_of_admission (kind) || is_of_machine (kind))
            continue;

          if (found[kind][fault] != expected)
            g_error ("%s, another %s: %s", fermata_event_kind_to_string (kind), fault_names[fault],
                     found[kind][fault] ? "found" : "not found");
        }
    }
}

/* --- Every field counts --------------------------------------------------- */

typedef void (*ChangeFunc) (FermataMoment     *moment,
                            FermataFrame      *frame,
                            FermataNodeRecord *record);

#define CHANGE(name, statement) \
  static void \
  change_##name (FermataMoment     *moment, \
                 FermataFrame      *frame, \
                 FermataNodeRecord *record) \
  { \
    statement; \
  }

static void
set_planted (FermataValue **place)
{
  g_clear_pointer (place, fermata_value_unref);
  *place = parse ("\"planted\"");
}

static void
change_set (FermataIndexSet *set)
{
  if (fermata_index_set_contains (set, 1))
    fermata_index_set_remove (set, 1);
  else
    fermata_index_set_add (set, 1);
}

CHANGE (number, moment->number++)
CHANGE (time, moment->time++)
CHANGE (n_decisions, moment->n_decisions++)
CHANGE (state, moment->state++)
CHANGE (seed, moment->seed++)
CHANGE (wall_time, moment->wall_time++)
CHANGE (timeout, moment->timeout++)
CHANGE (max_concurrency, moment->max_concurrency++)
CHANGE (start, set_planted (&moment->start))
CHANGE (inputs, set_planted (&moment->inputs))
CHANGE (variables, set_planted (&moment->variables))
CHANGE (cancel_reason, set_planted (&moment->cancel_reason))
CHANGE (n_cancels, moment->n_cancels++)
CHANGE (closing, moment->closing = !moment->closing)
CHANGE (insisted, moment->insisted = !moment->insisted)
CHANGE (closing_since, moment->closing_since++)
CHANGE (closing_timeout, moment->closing_timeout++)
CHANGE (writers, set_planted (&moment->writers))
CHANGE (failure, set_planted (&moment->failure))
CHANGE (result, set_planted (&moment->result))
CHANGE (error, set_planted (&moment->error))
CHANGE (held, moment->held = !moment->held)
CHANGE (hold_is_set, moment->hold.is_set = !moment->hold.is_set)
CHANGE (hold_frame, moment->hold.frame++)
CHANGE (hold_place, moment->hold.place++)
CHANGE (hold_kind, moment->hold.kind++)
CHANGE (current, frame->current = 1)
CHANGE (current_edge, frame->current_edge = 1)
CHANGE (counts, frame->counts[FERMATA_NODE_STATUS_CANCELLED]++)
CHANGE (startable, change_set (&frame->startable[0]))
CHANGE (skippable, change_set (&frame->skippable))
CHANGE (settled, change_set (&frame->settled))
CHANGE (running, change_set (&frame->running))
CHANGE (cancellable, change_set (&frame->cancellable))
CHANGE (retrying, change_set (&frame->retrying))
CHANGE (condition, *(guint8 *) fermata_page_table_write (&frame->conditions, 0) ^= 1)
CHANGE (node_status, record->status++)
CHANGE (node_flags, record->flags ^= NODE_HAS_LOGGED)
CHANGE (node_attempt, record->attempt++)
CHANGE (node_pending, record->pending++)
CHANGE (node_since, record->since++)
CHANGE (node_writer, record->writer++)
CHANGE (node_value, set_planted (&record->value))

#undef CHANGE
#define CHANGE(name) { #name, change_##name }

static const struct {
  const char *name;
  ChangeFunc change;
} changes[] = {
  CHANGE (number), CHANGE (time), CHANGE (n_decisions), CHANGE (state), CHANGE (seed),
  CHANGE (wall_time), CHANGE (timeout), CHANGE (max_concurrency), CHANGE (start),
  CHANGE (inputs), CHANGE (variables), CHANGE (cancel_reason), CHANGE (n_cancels),
  CHANGE (insisted), CHANGE (closing_since), CHANGE (closing_timeout), CHANGE (writers),
  CHANGE (retrying), CHANGE (closing), CHANGE (failure), CHANGE (result), CHANGE (error), CHANGE (held),
  CHANGE (hold_is_set), CHANGE (hold_frame), CHANGE (hold_place), CHANGE (hold_kind),
  CHANGE (current), CHANGE (current_edge), CHANGE (counts), CHANGE (startable),
  CHANGE (skippable), CHANGE (settled), CHANGE (running), CHANGE (cancellable),
  CHANGE (condition), CHANGE (node_status), CHANGE (node_flags), CHANGE (node_attempt),
  CHANGE (node_pending), CHANGE (node_since), CHANGE (node_writer), CHANGE (node_value),
};

/* In the middle of a run that is held before the test of its one condition. */
static FermataTestBed *
run_until_held (void)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "engine",
                                                 "hold.fermata.json", NULL);
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (path);
  g_autoptr (GError) error = NULL;

  fermata_test_bed_set_up (bed, graph, &error);
  g_assert_no_error (error);
  fermata_run_start (bed->run);
  fermata_test_bed_pass_time_until (bed, 3 * G_USEC_PER_SEC);
  g_assert_true (fermata_moment_is_held (fermata_run_get_moment (bed->run)));

  return bed;
}

static void
finish_held (FermataTestBed *bed)
{
  while (!fermata_run_has_ended (bed->run))
    {
      fermata_run_release (bed->run);
      fermata_test_bed_settle (bed);
      fermata_virtual_clock_jump (FERMATA_VIRTUAL_CLOCK (bed->clock));
      fermata_test_bed_settle (bed);
    }
}

static void
test_fields (void)
{
  g_autoptr (FermataTestBed) bed = run_until_held ();
  FermataMoment *live = fermata_run_get_moment (bed->run);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (FermataMoment) copy = fermata_moment_copy (live);
      g_autoptr (FermataMoment) same = fermata_moment_copy (live);
      FermataFrame *frame = fermata_moment_write_frame (copy, 0);

      g_assert_true (fermata_moment_equal (live, copy));
      changes[i].change (copy, frame, fermata_frame_write_node (frame, 1));
      if (fermata_moment_equal (live, copy) || fermata_moment_equal (copy, live))
        g_error ("another “%s” is not seen", changes[i].name);

      /* And a copy is a copy. */
      g_assert_true (fermata_moment_equal (live, same));
    }
  finish_held (bed);
}

/* The pass is there only after the release. */
static void
test_pass (void)
{
  g_autoptr (FermataTestBed) bed = run_until_held ();
  FermataMoment *live = fermata_run_get_moment (bed->run);
  g_autoptr (FermataMoment) with = NULL;
  g_autoptr (FermataMoment) without = NULL;

  fermata_run_release (bed->run);
  with = fermata_moment_copy (live);
  without = fermata_moment_copy (live);
  g_assert_cmpuint (without->passes.n_points, ==, 1);
  fermata_passes_clear (&without->passes);
  g_assert_false (fermata_moment_equal (with, without));
  finish_held (bed);
}

int
main (int   argc,
      char *argv[])
{
  g_auto (GStrv) paths = NULL;

  g_test_init (&argc, &argv, NULL);

  paths = fermata_test_list_golden (TRUE);
  n_left = g_strv_length (paths);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);
      g_autofree char *test = g_strconcat ("/live-equals-folded/", name, NULL);

      g_test_add_data_func_full (test, g_strdup (paths[i]), test_events, g_free);
    }
  g_test_add_func ("/live-equals-folded/all-were-there", test_all_were_there);
  g_test_add_func ("/live-equals-folded/fields", test_fields);
  g_test_add_func ("/live-equals-folded/pass", test_pass);

  return g_test_run ();
}
