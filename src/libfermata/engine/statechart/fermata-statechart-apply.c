/* fermata-statechart-apply.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How events change the state of a machine. What does not fit the state, in a
 * history that somebody else wrote, changes nothing. */

#include "engine/statechart/fermata-statechart-private.h"

/* The transitions of a microstep: the one that the event is of, and more. */
static void
set_edges (FermataFrame       *frame,
           const FermataEvent *event)
{
  fermata_statechart_then_read (frame->plan, event->place - frame->plan->n_nodes, event->payload,
                                &frame->machine->edges);
}

/* A step that hooks are asked about counts when they are, so that asking has an
 * end, too. */
static void
note_step (FermataFrame *frame,
           guint         edge)
{
  FermataMachine *machine = frame->machine;

  machine->n_steps++;
  if (machine->n_steps + FERMATA_RECENT_STEPS > frame->plan->chart->max_steps)
    fermata_index_list_append (&machine->recent, edge);
}

/* "procedure microstep (enabledTransitions)" */
static void
apply_edge_taken (FermataMoment      *moment,
                  FermataFrame       *frame,
                  const FermataEvent *event)
{
  FermataMachine *machine = frame->machine;

  if (machine->phase == FERMATA_MACHINE_SELECTING || machine->phase == FERMATA_MACHINE_MATCHING)
    {
      set_edges (frame, event);
      machine->position = 0;
      note_step (frame, frame->machine->edges->indices[0]);
    }
  else if (machine->phase != FERMATA_MACHINE_TELLING)
    {
      return;
    }
  fermata_machine_note_passage (machine, event->place, event->time);
  if (machine->position == 0)
    fermata_moment_count_use (moment, event);

  fermata_index_list_empty (&machine->refused);
  machine->phase = FERMATA_MACHINE_TELLING;
  if (++machine->position >= machine->edges->n)
    fermata_statechart_begin_exits (moment, frame);
}

/* Hooks are asked about what is about to be taken. */
static void
apply_step_asked (FermataFrame       *frame,
                  const FermataEvent *event)
{
  FermataMachine *machine = frame->machine;

  if (machine->phase != FERMATA_MACHINE_SELECTING && machine->phase != FERMATA_MACHINE_MATCHING)
    return;

  set_edges (frame, event);
  note_step (frame, frame->machine->edges->indices[0]);
  machine->position = 0;
  machine->phase = FERMATA_MACHINE_ASKING;
}

static void
apply_step_admitted (FermataMachine *machine)
{
  if (machine->phase == FERMATA_MACHINE_ASKING)
    machine->phase = FERMATA_MACHINE_TELLING;
}

/* Conditions that failed are tested again for the next event. Those of edges
 * without event are not before something has happened: the error that one raises
 * would be the reason to test it, for ever. */
static void
forget_refused (FermataFrame *frame)
{
  const FermataChart *chart = frame->plan->chart;
  FermataIndexList **refused = &frame->machine->refused;

  for (guint i = fermata_index_list_get_n (*refused); i > 0; i--)
    {
      guint edge = (*refused)->indices[i - 1];

      if (chart->edges[edge].descriptors.n > 0 || chart->edges[edge].has_after)
        fermata_index_list_remove (refused, edge);
    }
}

/* The event at hand is done with. What needs no event is not enabled until another
 * transition is taken, or the next event from outside is at hand: else it would be
 * asked about again at once. */
static void
apply_vetoed (FermataMoment      *moment,
              FermataFrame       *frame,
              const FermataEvent *event)
{
  FermataMachine *machine = frame->machine;
  FermataValue *error = event->payload == NULL ? NULL : fermata_value_get_member (event->payload, "error");
  gboolean eventless;

  if (machine->phase != FERMATA_MACHINE_ASKING)
    return;

  if (error != NULL)
    fermata_statechart_raise_error (moment, frame, error);
  eventless = fermata_chart_edge_is_eventless (&frame->plan->chart->edges[machine->edges->indices[0]]);
  for (guint i = 0; eventless && i < machine->edges->n; i++)
    fermata_index_list_insert (&machine->refused, machine->edges->indices[i]);
  fermata_index_list_empty (&machine->edges);
  forget_refused (frame);
  if (eventless)
    machine->phase = FERMATA_MACHINE_SELECTING;
  else
    fermata_statechart_settle (moment, frame);
}

static void
set_event (FermataMachine            *machine,
           const FermataMachineEvent *next,
           guint8                     type)
{
  if (machine->event != NULL)
    fermata_value_unref (machine->event);
  machine->event = next->event;
  machine->event_edge = next->edge;
  machine->event_number = next->number;
  machine->event_type = type;
}

static void
apply_internal (FermataFrame *frame)
{
  FermataMachine *machine = frame->machine;
  FermataMachineEvent next = fermata_machine_queue_pop (&machine->internal);

  set_event (machine, &next, FERMATA_MACHINE_EVENT_INTERNAL);
  machine->phase = FERMATA_MACHINE_MATCHING;
  forget_refused (frame);
}

/* What is sent from outside does not say of what type it is, since others may hear
 * it, too; where nobody would ask, nothing is added. */
static void
add_type (FermataMachine     *machine,
          const FermataChart *chart)
{
  FermataValue *event = machine->event;
  g_autoptr (FermataValue) type = NULL;

  if (!chart->sees_events || fermata_value_get_member (event, "type") != NULL)
    return;

  type = fermata_value_new_string ("external", -1);
  machine->event = fermata_value_with_member (event, "type", type);
  fermata_value_unref (event);
}

static void
apply_external (FermataMoment *moment,
                FermataFrame  *frame)
{
  FermataMachine *machine = frame->machine;
  FermataMachineEvent next = fermata_machine_queue_pop (&machine->external);

  machine->n_steps = 0;
  fermata_index_list_empty (&machine->recent);
  fermata_index_list_empty (&machine->refused);
  set_event (machine, &next, FERMATA_MACHINE_EVENT_EXTERNAL);
  if (next.edge != FERMATA_INDEX_NONE)
    {
      machine->event = fermata_statechart_after_event_new (frame->plan, next.edge);
      fermata_statechart_forget_fired (machine, next.number, next.edge);
    }
  add_type (machine, frame->plan->chart);
  fermata_statechart_drop_stale (machine);
  machine->phase = FERMATA_MACHINE_MATCHING;
  if (frame->plan->chart->n_tasks > 0)
    fermata_statechart_apply_finalize (moment, frame);
}

static void
apply_dequeued (FermataMoment *moment,
                FermataFrame  *frame)
{
  FermataMachine *machine = frame->machine;

  if (machine->phase == FERMATA_MACHINE_SELECTING && machine->internal.n_events > 0)
    apply_internal (frame);
  else if (machine->phase == FERMATA_MACHINE_IDLE && machine->external.n_events > 0)
    apply_external (moment, frame);
}

/* The condition of a transition has no value: it counts as false. */
static void
apply_edge_failed (FermataMoment      *moment,
                   FermataFrame       *frame,
                   const FermataEvent *event)
{
  FermataMachine *machine = frame->machine;

  if (machine->phase != FERMATA_MACHINE_SELECTING && machine->phase != FERMATA_MACHINE_MATCHING)
    return;

  if (fermata_statechart_counts_failures (machine))
    note_step (frame, event->place - frame->plan->n_nodes);
  fermata_index_list_insert (&machine->refused, event->place - frame->plan->n_nodes);
  fermata_statechart_raise_error (moment, frame, event->payload);
}

static gboolean
is_at (const FermataMachine   *machine,
       const FermataIndexList *list,
       guint                   state)
{
  return machine->position < fermata_index_list_get_n (list)
         && list->indices[machine->position] == state;
}

static gboolean
is_exiting (const FermataMachine *machine,
            guint                 state)
{
  return (machine->phase == FERMATA_MACHINE_EXITING || machine->phase == FERMATA_MACHINE_ENDING)
         && is_at (machine, machine->exits, state);
}

static void
apply_state_exiting (FermataMoment      *moment,
                     FermataFrame       *frame,
                     const FermataEvent *event)
{
  guint block = frame->plan->chart->states[event->place].exit;

  if (is_exiting (frame->machine, event->place) && frame->machine->stage == FERMATA_MACHINE_BEFORE
      && block != FERMATA_INDEX_NONE)
    fermata_statechart_begin_block (moment, frame, block, FERMATA_MACHINE_IN_EXIT);
}

/* What a state is done with is what its visit results in. */
static void
note_done (FermataFrame *frame,
           FermataValue *data)
{
  const FermataMachine *machine = frame->machine;
  guint state = machine->enters->indices[machine->position];

  if (data != NULL && machine->stage == FERMATA_MACHINE_AT_DONE)
    fermata_machine_note_result (frame->machine, frame->plan->chart->states[state].parent, data);
}

static void
apply_raised (FermataMoment      *moment,
              FermataFrame       *frame,
              const FermataEvent *event)
{
  FermataMachine *machine = frame->machine;
  FermataValue *name = fermata_value_get_member (event->payload, "event");
  g_autoptr (FermataValue) raised = NULL;

  if (event->step != 0)
    {
      fermata_statechart_apply_action (moment, frame, event);
      return;
    }
  if (machine->phase != FERMATA_MACHINE_ENTERING || machine->stage < FERMATA_MACHINE_AT_DONE
      || machine->stage > FERMATA_MACHINE_AT_DONE_PARALLEL)
    return;

  raised = fermata_statechart_event_new (fermata_value_get_string (name, NULL),
                                         fermata_value_get_member (event->payload, "data"),
                                         "platform", NULL, NULL);
  note_done (frame, fermata_value_get_member (event->payload, "data"));
  if (fermata_value_get_member (event->payload, "error") != NULL)
    fermata_statechart_raise_error (moment, frame, fermata_value_get_member (event->payload, "error"));
  fermata_statechart_raise (moment, frame, raised);
  fermata_statechart_end_done (moment, frame);
}

static void
fail (FermataMoment *moment,
      FermataFrame  *frame,
      FermataValue  *error)
{
  FermataMachine *machine = frame->machine;

  machine->is_failed = TRUE;
  g_clear_pointer (&machine->data, fermata_value_unref);
  machine->data = fermata_value_ref (error);
  if (frame->number == 0)
    fermata_moment_note_failure (moment, machine->data);
}

/* An action, or what a final state has as its data: then the state is done
 * without any. */
static void
apply_failed (FermataMoment      *moment,
              FermataFrame       *frame,
              const FermataEvent *event)
{
  FermataMachine *machine = frame->machine;

  if (event->step != 0)
    {
      fermata_statechart_apply_action (moment, frame, event);
      return;
    }
  fermata_statechart_raise_error (moment, frame,
                                  fermata_value_get_member (event->payload, "error"));
  if (machine->phase == FERMATA_MACHINE_ENTERING && machine->stage == FERMATA_MACHINE_AT_DONE)
    machine->stage = FERMATA_MACHINE_AT_DONE_PLAIN;
  else if (machine->phase == FERMATA_MACHINE_ENDING)
    fail (moment, frame, fermata_value_get_member (event->payload, "error"));
  else
    fermata_statechart_skip_invoke (moment, frame, event->place);
}

static void
apply_machine_failed (FermataMoment      *moment,
                      FermataFrame       *frame,
                      const FermataEvent *event)
{
  FermataMachine *machine = frame->machine;

  if (machine->phase >= FERMATA_MACHINE_ENDING)
    return;

  fail (moment, frame, fermata_value_get_member (event->payload, "error"));
  fermata_statechart_begin_ending (moment, frame);
}

void
fermata_statechart_apply (FermataMoment      *moment,
                          FermataFrame       *frame,
                          const FermataEvent *event)
{
  FermataMachine *machine = frame->machine;

  switch ((guint) event->kind)
    {
    case FERMATA_EVENT_EDGE_TAKEN:
      apply_edge_taken (moment, frame, event);
      break;

    case FERMATA_EVENT_STEP_ASKED:
      apply_step_asked (frame, event);
      break;

    case FERMATA_EVENT_STEP_ADMITTED:
      apply_step_admitted (machine);
      break;

    case FERMATA_EVENT_VETOED:
      apply_vetoed (moment, frame, event);
      break;

    case FERMATA_EVENT_EDGE_FAILED:
      apply_edge_failed (moment, frame, event);
      break;

    case FERMATA_EVENT_EVENT_DEQUEUED:
      apply_dequeued (moment, frame);
      break;

    case FERMATA_EVENT_EVENT_IGNORED:
      if (machine->phase != FERMATA_MACHINE_MATCHING)
        break;
      forget_refused (frame);
      fermata_statechart_settle (moment, frame);
      break;

    case FERMATA_EVENT_MACROSTEP_ENDED:
      if (machine->phase == FERMATA_MACHINE_SELECTING)
        machine->phase = FERMATA_MACHINE_IDLE;
      break;

    case FERMATA_EVENT_STATE_EXITING:
      apply_state_exiting (moment, frame, event);
      break;

    case FERMATA_EVENT_STATE_EXITED:
      if (is_exiting (machine, event->place))
        fermata_statechart_exit_state (moment, frame, event);
      break;

    case FERMATA_EVENT_STATE_ENTERED:
      if (machine->phase == FERMATA_MACHINE_ENTERING && machine->stage == FERMATA_MACHINE_BEFORE
          && is_at (machine, machine->enters, event->place))
        fermata_statechart_enter_state (moment, frame, event);
      break;

    case FERMATA_EVENT_EVENT_RAISED:
      apply_raised (moment, frame, event);
      break;

    case FERMATA_EVENT_ACTION_FAILED:
      apply_failed (moment, frame, event);
      break;

    case FERMATA_EVENT_ASSIGNED:
    case FERMATA_EVENT_LOGGED:
    case FERMATA_EVENT_EVENT_SENT:
    case FERMATA_EVENT_SEND_CANCELLED:
    case FERMATA_EVENT_ITERATING:
    case FERMATA_EVENT_SCRIPT_STARTED:
    case FERMATA_EVENT_ACTIONS_ENDED:
      fermata_statechart_apply_action (moment, frame, event);
      break;

    case FERMATA_EVENT_SCRIPT_ENDED:
      fermata_statechart_apply_script_ended (moment, frame, event);
      break;

    case FERMATA_EVENT_MACHINE_FAILED:
      apply_machine_failed (moment, frame, event);
      break;

    case FERMATA_EVENT_TIMER_DUE:
      fermata_statechart_apply_timers (moment, frame);
      break;

    case FERMATA_EVENT_FRAME_ENTERED:
      fermata_statechart_apply_invoked (moment, frame, event);
      break;

    case FERMATA_EVENT_FRAME_LEFT:
      fermata_statechart_apply_returned (moment, frame, event);
      break;

    default:
      break;
    }
}
