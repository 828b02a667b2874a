/* fermata-moment.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-moment-private.h"

#include <string.h>

#include "engine/history/fermata-event-codec.h"
#include "engine/history/fermata-event-private.h"
#include "engine/moment/fermata-frame-scope-private.h"
#include "engine/policies/fermata-states-private.h"

G_DEFINE_BOXED_TYPE (FermataMoment, fermata_moment, fermata_moment_ref, fermata_moment_unref)

const FermataInterpreter *
fermata_interpreter_of (const FermataPlan *plan)
{
  switch (plan->kind)
    {
    case FERMATA_GRAPH_KIND_DAG:
      return &fermata_dag_interpreter;

    case FERMATA_GRAPH_KIND_FSM:
      return &fermata_statechart_interpreter;

    /* fermata_plan_new() lets no other kind through. */
    case FERMATA_GRAPH_KIND_FLOW:
    case FERMATA_GRAPH_KIND_UNKNOWN:
    default:
      g_assert_not_reached ();
    }
}

static gpointer
ref_frame (gpointer value)
{
  ((FermataFrame *) value)->ref_count++;

  return value;
}

static void
unref_frame (gpointer value)
{
  fermata_frame_unref (value);
}

static const FermataTrieFuncs frame_funcs = { ref_frame, unref_frame };

FermataMoment *
fermata_moment_new (FermataPlan *plan)
{
  FermataMoment *self = g_new0 (FermataMoment, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->timeout = -1;
  self->closing_timeout = -1;
  self->pools = g_new0 (guint, plan->pools.n_pools);
  fermata_event_queue_init (&self->events);
  fermata_sends_init (&self->sends);
  self->root = fermata_frame_new (plan, 0);
  fermata_page_table_init (&self->states, plan->n_places, sizeof (FermataValue *), &fermata_state_funcs,
                           NULL);
  self->middle = FERMATA_FRAME_NONE;
  fermata_trie_init (&self->frames, &frame_funcs);

  return self;
}

/**
 * fermata_moment_ref:
 * @self: a moment
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
FermataMoment *
fermata_moment_ref (FermataMoment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * fermata_moment_unref:
 * @self: (transfer full): a moment
 *
 * Drops a reference.
 */
void
fermata_moment_unref (FermataMoment *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  fermata_trie_clear (&self->frames);
  fermata_frame_unref (self->root);
  fermata_passes_clear (&self->passes);
  fermata_page_table_clear (&self->states);
  fermata_event_queue_clear (&self->events);
  fermata_sends_clear (&self->sends);
  g_clear_pointer (&self->start, fermata_value_unref);
  g_clear_pointer (&self->inputs, fermata_value_unref);
  g_clear_pointer (&self->variables, fermata_value_unref);
  g_clear_pointer (&self->writers, fermata_value_unref);
  g_free (self->pools);
  g_clear_pointer (&self->cancel_reason, fermata_value_unref);
  g_clear_pointer (&self->failure, fermata_value_unref);
  g_clear_pointer (&self->returned, fermata_value_unref);
  g_clear_pointer (&self->result, fermata_value_unref);
  g_clear_pointer (&self->error, fermata_value_unref);
  g_free (self);
}

static FermataValue *
ref_or_null (FermataValue *value)
{
  return value == NULL ? NULL : fermata_value_ref (value);
}

/**
 * fermata_moment_copy:
 * @self: a moment
 *
 * Copies a moment: frames are shared until one of the two changes.
 *
 * Returns: (transfer full): a moment that stays as @self is now
 */
FermataMoment *
fermata_moment_copy (FermataMoment *self)
{
  FermataMoment *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  g_atomic_ref_count_init (&copy->ref_count);
  ref_or_null (copy->start);
  ref_or_null (copy->inputs);
  ref_or_null (copy->variables);
  ref_or_null (copy->writers);
  copy->pools = g_memdup2 (self->pools, self->root->plan->pools.n_pools * sizeof (guint));
  ref_or_null (copy->cancel_reason);
  ref_or_null (copy->failure);
  ref_or_null (copy->returned);
  ref_or_null (copy->result);
  ref_or_null (copy->error);
  fermata_passes_init_copy (&copy->passes, &self->passes);
  fermata_page_table_init_copy (&copy->states, &self->states);
  fermata_event_queue_init_copy (&copy->events, &self->events);
  fermata_sends_init_copy (&copy->sends, &self->sends);
  copy->root->ref_count++;
  fermata_trie_init_copy (&copy->frames, &self->frames);

  return copy;
}

/* Of frames that are gone, too, so that it never decreases. */
guint64
fermata_moment_get_n_copied (const FermataMoment *self)
{
  guint64 n_copied = self->n_copied + self->events.slots.n_copied + self->frames.n_copied
                     + self->sends.entries.n_copied + fermata_frame_get_n_copied (self->root);
  guint32 number = 0;
  gpointer frame;

  while (fermata_trie_next (&self->frames, number, FERMATA_TRIE_ANY, &number, &frame))
    {
      n_copied += fermata_frame_get_n_copied (frame);
      number++;
    }

  return n_copied;
}

static gboolean
values_equal (FermataValue *a,
              FermataValue *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return fermata_value_equal (a, b);
}

static gboolean
pools_equal (const FermataMoment *a,
             const FermataMoment *b)
{
  gsize size = a->root->plan->pools.n_pools * sizeof (guint);

  return size == 0 || memcmp (a->pools, b->pools, size) == 0;
}

static gboolean
children_equal (gconstpointer a,
                gconstpointer b)
{
  return fermata_frame_equal (a, b);
}

static gboolean
frames_equal (const FermataMoment *a,
              const FermataMoment *b)
{
  return a->n_entered == b->n_entered
         && a->middle == b->middle
         && a->n_running == b->n_running
         && (a->root == b->root || fermata_frame_equal (a->root, b->root))
         && fermata_trie_equal (&a->frames, &b->frames, children_equal);
}

/**
 * fermata_moment_equal:
 * @a: a moment
 * @b: a moment of a run of the same graph
 *
 * Compares everything, the continuation included.
 *
 * Returns: whether both would go on alike
 */
gboolean
fermata_moment_equal (FermataMoment *a,
                      FermataMoment *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->number == b->number
         && a->time == b->time
         && a->n_decisions == b->n_decisions
         && a->state == b->state
         && a->seed == b->seed
         && a->wall_time == b->wall_time
         && a->timeout == b->timeout
         && a->closing_timeout == b->closing_timeout
         && a->closing_since == b->closing_since
         && a->gentle == b->gentle
         && a->insisted == b->insisted
         && a->max_concurrency == b->max_concurrency
         && a->n_given == b->n_given
         && a->has_hooks == b->has_hooks && a->stopped == b->stopped
         && a->n_cancels == b->n_cancels
         && a->closing == b->closing
         && a->held == b->held
         && fermata_hold_point_equal (&a->hold, &b->hold)
         && a->events_closed == b->events_closed && a->stops_when_idle == b->stops_when_idle
         && fermata_passes_equal (&a->passes, &b->passes)
         && fermata_event_queue_equal (&a->events, &b->events)
         && fermata_sends_equal (&a->sends, &b->sends)
         && values_equal (a->start, b->start)
         && values_equal (a->inputs, b->inputs)
         && values_equal (a->variables, b->variables)
         && values_equal (a->writers, b->writers)
         && pools_equal (a, b)
         && fermata_page_table_equal (&a->states, &b->states, fermata_state_equal)
         && fermata_budget_use_equal (&a->use, &b->use)
         && values_equal (a->cancel_reason, b->cancel_reason)
         && values_equal (a->failure, b->failure)
         && values_equal (a->returned, b->returned)
         && values_equal (a->result, b->result)
         && values_equal (a->error, b->error)
         && frames_equal (a, b);
}

/* Applying */

static void
replace (FermataValue **place,
         FermataValue  *value)
{
  FermataValue *old = *place;

  *place = ref_or_null (value);
  if (old != NULL)
    fermata_value_unref (old);
}

static gint64
member_integer (FermataValue *object,
                const char   *name,
                gint64        fallback)
{
  FermataValue *member = fermata_value_get_member (object, name);

  if (member == NULL || fermata_value_get_kind (member) != FERMATA_VALUE_KIND_INTEGER)
    return fallback;

  return fermata_value_get_integer (member);
}

static gboolean
runs_in_part (FermataValue *start)
{
  return fermata_value_get_member (start, "given") != NULL
         || fermata_value_get_member (start, "left-out") != NULL
         || fermata_value_get_member (start, "bodies") != NULL;
}

static void
apply_run_started (FermataMoment      *self,
                   const FermataEvent *event)
{
  FermataFrame *frame = fermata_moment_write_frame (self, 0);
  FermataValue *limit;

  self->state = FERMATA_RUN_STATE_RUNNING;
  self->seed = (guint64) member_integer (event->payload, "seed", 0);
  self->wall_time = member_integer (event->payload, "date", 0);
  self->timeout = member_integer (event->payload, "timeout", -1);
  self->closing_timeout = member_integer (event->payload, "closing-timeout", -1);
  limit = fermata_value_get_member (event->payload, "max-concurrency");
  self->max_concurrency = limit == NULL ? G_MAXUINT : (guint) fermata_value_get_integer (limit);
  self->has_hooks = fermata_value_get_member (event->payload, "hooks") != NULL;
  replace (&self->start, event->payload);
  replace (&self->inputs, fermata_value_get_member (event->payload, "inputs"));
  replace (&self->variables, fermata_value_get_member (event->payload, "variables"));
  fermata_states_begin (self, fermata_value_get_member (event->payload, "states"));

  if (runs_in_part (event->payload))
    frame->part = fermata_value_ref (event->payload);
  fermata_interpreter_of (frame->plan)->begin (self, frame);
  fermata_moment_note_frame (self, frame);
}

/* What is in the frames of bodies ends with their owners. */
static void
close_root (FermataMoment *self,
            gboolean       everything)
{
  FermataFrame *frame = fermata_moment_write_frame (self, 0);

  fermata_interpreter_of (frame->plan)->close (self, frame, everything);
}

/* `always` nodes are to end as well. */
static void
insist (FermataMoment *self)
{
  self->insisted = TRUE;
  close_root (self, TRUE);
}

static void
apply_cancel_requested (FermataMoment      *self,
                        const FermataEvent *event)
{
  self->n_cancels++;
  if (self->cancel_reason == NULL)
    replace (&self->cancel_reason, event->payload);

  /* Asked again while closing: `always` nodes end too. */
  if (self->closing)
    insist (self);
}

static void
apply_run_closing (FermataMoment      *self,
                   const FermataEvent *event)
{
  FermataValue *reason = fermata_value_get_member (event->payload, "reason");
  FermataValue *error = fermata_value_get_member (event->payload, "error");

  self->closing = TRUE;
  self->closing_since = event->time;
  self->gentle = reason != NULL && g_str_equal (fermata_value_get_string (reason, NULL), "budget");
  if (error != NULL)
    fermata_moment_note_failure (self, error);
  if (self->n_cancels > 1)
    insist (self);
  else
    close_root (self, FALSE);
}

static void
apply_run_ended (FermataMoment      *self,
                 const FermataEvent *event)
{
  FermataValue *state = fermata_value_get_member (event->payload, "state");
  const char *name = state == NULL ? NULL : fermata_value_get_string (state, NULL);

  self->state = FERMATA_RUN_STATE_FAILED;
  for (guint i = FERMATA_RUN_STATE_DONE; i <= FERMATA_RUN_STATE_TIMED_OUT; i++)
    {
      if (g_strcmp0 (name, fermata_run_state_to_string (i)) == 0)
        self->state = i;
    }
  replace (&self->result, fermata_value_get_member (event->payload, "result"));
  replace (&self->error, fermata_value_get_member (event->payload, "error"));
}

static void
apply_held (FermataMoment      *self,
            const FermataEvent *event)
{
  FermataPlan *plan = self->root->plan;
  FermataEvent before = { .place = FERMATA_PLACE_RUN };

  self->held = TRUE;
  self->hold.is_set = event->payload != NULL
                      && fermata_event_place_from_value (event->payload, plan, &before, NULL);
  self->hold.frame = before.frame;
  self->hold.place = before.place;
  self->hold.kind = before.kind;
}

static void
apply_released (FermataMoment *self)
{
  self->held = FALSE;
  if (self->hold.is_set)
    fermata_passes_add (&self->passes, &self->hold);
  self->hold.is_set = FALSE;
}

void
fermata_moment_note_failure (FermataMoment *self,
                             FermataValue  *error)
{
  if (self->failure == NULL)
    replace (&self->failure, error);
}

void
fermata_moment_note_return (FermataMoment *self,
                            FermataValue  *value)
{
  if (self->returned == NULL)
    replace (&self->returned, value);
}

void
fermata_moment_take_pools (FermataMoment      *self,
                           const FermataFrame *frame,
                           guint               node)
{
  if (frame->plan->nodes[node].need != 0)
    fermata_pools_take (&frame->plan->pools, frame->plan->nodes[node].need, self->pools);
}

void
fermata_moment_give_pools (FermataMoment      *self,
                           const FermataFrame *frame,
                           guint               node)
{
  if (frame->plan->nodes[node].need != 0)
    fermata_pools_give (&frame->plan->pools, frame->plan->nodes[node].need, self->pools);
}

/* The states of a machine are none of the nodes that are counted. */
static void
apply_and_count (FermataMoment      *self,
                 FermataFrame       *frame,
                 const FermataEvent *local)
{
  guint n_running = frame->running.n_members;
  guint n_retrying = frame->retrying.n_members;
  guint n_queued = frame->counts[FERMATA_NODE_STATUS_QUEUED];

  fermata_interpreter_of (frame->plan)->apply (self, frame, local);
  self->n_running += frame->running.n_members - n_running;
  self->n_retrying += frame->retrying.n_members - n_retrying;
  self->n_queued += frame->counts[FERMATA_NODE_STATUS_QUEUED] - n_queued;
}

/* The interpreter counts from the first node of the frame's plan. What concerns
 * a frame that has been left is stale, and changes nothing. */
static void
apply_to_frame (FermataMoment      *self,
                const FermataEvent *event)
{
  FermataFrame *frame = fermata_moment_get_frame (self, event->frame);
  FermataEvent local = *event;

  if (frame == NULL || event->place < frame->plan->first_place
      || event->place - frame->plan->first_place >= frame->plan->n_nodes + frame->plan->n_edges)
    return;

  frame = fermata_moment_write_frame (self, event->frame);
  local.place -= frame->plan->first_place;
  if (frame->machine != NULL)
    fermata_statechart_interpreter.apply (self, frame, &local);
  else
    apply_and_count (self, frame, &local);
  fermata_moment_note_frame (self, frame);
}

/* What concerns a machine as a whole. */
static void
apply_to_machine (FermataMoment      *self,
                  const FermataEvent *event)
{
  FermataFrame *frame = fermata_moment_get_frame (self, event->frame);

  if (frame == NULL || frame->machine == NULL)
    return;

  frame = fermata_moment_write_frame (self, event->frame);
  fermata_statechart_interpreter.apply (self, frame, event);
  fermata_moment_note_frame (self, frame);
}

/* An event from outside is for the machine that the run is, else for the machines
 * that nodes run; and for a node that waits, wherever that is. */
static void
apply_received (FermataMoment      *self,
                const FermataEvent *event)
{
  gboolean heard = fermata_statechart_apply_received (self, event->payload);

  if (fermata_value_get_member (event->payload, "to") != NULL)
    return;

  if (self->root->machine == NULL || self->frames.n_entries > 0)
    fermata_dag_apply_received (self, event, heard);
}

/* Of most chunks the state knows nothing. */
static void
apply_chunk (FermataMoment      *self,
             const FermataEvent *event)
{
  if (fermata_plan_node_at (self->root->plan, event->place)->has_each)
    apply_to_frame (self, event);
}

static gboolean
is_to_stop (const FermataEvent *event)
{
  FermataValue *stop = event->payload == NULL ? NULL
                       : fermata_value_get_member (event->payload, "stop");

  return stop != NULL && fermata_value_get_boolean (stop);
}

void
fermata_moment_apply (FermataMoment      *self,
                      const FermataEvent *event)
{
  self->number++;
  self->time = event->time;
  if (fermata_event_is_decision (event))
    {
      self->n_decisions++;
      if (self->passes.n_points > 0)
        fermata_passes_use (&self->passes, event);
    }

  if (event->kind == FERMATA_EVENT_NODE_STARTED || event->kind == FERMATA_EVENT_USAGE)
    fermata_moment_count_use (self, event);
  switch ((FermataEventKind) event->kind)
    {
    case FERMATA_EVENT_RUN_STARTED:
      apply_run_started (self, event);
      break;

    case FERMATA_EVENT_CANCEL_REQUESTED:
      apply_cancel_requested (self, event);
      break;

    case FERMATA_EVENT_BUDGET_WARNING:
      fermata_moment_note_warning (self, event);
      break;

    case FERMATA_EVENT_RUN_CLOSING:
      apply_run_closing (self, event);
      break;

    case FERMATA_EVENT_CLOSING_DUE:
      if (self->closing && !self->insisted)
        insist (self);
      break;

    case FERMATA_EVENT_EVENT_RECEIVED:
      apply_received (self, event);
      break;

    case FERMATA_EVENT_EVENT_DELIVERED:
    case FERMATA_EVENT_SEND_FAILED:
      fermata_statechart_apply_answered (self, event);
      break;

    case FERMATA_EVENT_EVENTS_CLOSED:
      self->events_closed = TRUE;
      self->stops_when_idle = is_to_stop (event);
      break;

    case FERMATA_EVENT_VARIABLE_SET:
      if (self->start != NULL)
        fermata_moment_change_variables (self, event->frame,
                                         fermata_value_get_member (event->payload, "changes"));
      break;

    case FERMATA_EVENT_NODE_GIVEN:
    case FERMATA_EVENT_ASSIGNED:
      self->n_given += event->kind == FERMATA_EVENT_NODE_GIVEN;
      fermata_moment_change_variables (self, event->frame,
                                       fermata_value_get_member (event->payload, "changes"));
      fermata_states_change (self, event->place, fermata_value_get_member (event->payload, "changes"));
      apply_to_frame (self, event);
      break;

    case FERMATA_EVENT_FRAME_LEFT:
      fermata_moment_change_variables (self, event->frame,
                                       fermata_value_get_member (event->payload, "changes"));
      apply_to_frame (self, event);
      break;

    case FERMATA_EVENT_RUN_ENDED:
      apply_run_ended (self, event);
      break;

    case FERMATA_EVENT_HELD:
      apply_held (self, event);
      break;

    case FERMATA_EVENT_RELEASED:
      apply_released (self);
      break;

    case FERMATA_EVENT_CHUNK:
      apply_chunk (self, event);
      break;

    case FERMATA_EVENT_TICK:
    case FERMATA_EVENT_BOOKMARK:
    case FERMATA_EVENT_TASK_BEGAN:
    case FERMATA_EVENT_TASK_MEASURED:
    case FERMATA_EVENT_USAGE:
    case FERMATA_EVENT_PROGRESS:
      break;

    case FERMATA_EVENT_EVENT_DEQUEUED:
    case FERMATA_EVENT_EVENT_IGNORED:
    case FERMATA_EVENT_MACROSTEP_ENDED:
    case FERMATA_EVENT_MACHINE_FAILED:
    case FERMATA_EVENT_STEP_ADMITTED:
    case FERMATA_EVENT_VETOED:
    case FERMATA_EVENT_SCRIPT_ENDED:
    case FERMATA_EVENT_TIMER_DUE:
      apply_to_machine (self, event);
      break;

    case FERMATA_EVENT_TASK_COMPLETED:
    case FERMATA_EVENT_TASK_FAILED:
    case FERMATA_EVENT_TASK_CANCELLED:
    case FERMATA_EVENT_ITEM:
    case FERMATA_EVENT_FRAME_ENTERED:
    case FERMATA_EVENT_FRAME_CLOSING:
    case FERMATA_EVENT_LOOP_ENDED:
    case FERMATA_EVENT_TASK_ADMITTED:
    case FERMATA_EVENT_TASK_ANSWERED:
    case FERMATA_EVENT_TASK_REFUSED:
    case FERMATA_EVENT_TASK_WAIVED:
    case FERMATA_EVENT_TASK_REVIEWED:
    case FERMATA_EVENT_NODE_REVIEWING:
    case FERMATA_EVENT_TIMEOUT_DUE:
    case FERMATA_EVENT_RETRY_DUE:
    case FERMATA_EVENT_NODE_QUEUED:
    case FERMATA_EVENT_NODE_STARTED:
    case FERMATA_EVENT_NODE_RETRYING:
    case FERMATA_EVENT_NODE_RECOVERED:
    case FERMATA_EVENT_NODE_FAILED:
    case FERMATA_EVENT_NODE_COMPLETED:
    case FERMATA_EVENT_NODE_SKIPPED:
    case FERMATA_EVENT_NODE_CANCELLING:
    case FERMATA_EVENT_NODE_CANCELLED:
    case FERMATA_EVENT_EDGE_TAKEN:
    case FERMATA_EVENT_EDGE_REFUSED:
    case FERMATA_EVENT_EDGE_FAILED:
    case FERMATA_EVENT_EVENT_TAKEN:
    case FERMATA_EVENT_EVENT_REFUSED:
    case FERMATA_EVENT_EVENT_FAILED:
    case FERMATA_EVENT_NODE_ROUTED:
    case FERMATA_EVENT_LOGGED:
    default:
      apply_to_frame (self, event);
      break;
    }
}
