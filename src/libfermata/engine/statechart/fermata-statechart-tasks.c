/* fermata-statechart-tasks.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What runs while states are active: each task is a DAG of one node, in a frame
 * that belongs to the state. Appendix D: "invoke", "cancelInvoke", "applyFinalize". */

#include "engine/moment/fermata-body-private.h"
#include "engine/statechart/fermata-statechart-private.h"

/* "for state in statesToInvoke.sort (entryOrder): for inv in state.invoke.sort
 * (documentOrder): invoke (inv)" */
gboolean
fermata_statechart_invoke (FermataMoment *moment,
                           FermataFrame  *frame,
                           FermataEvent  *event)
{
  const FermataMachine *machine = frame->machine;

  return fermata_statechart_decision (frame, event, FERMATA_EVENT_FRAME_ENTERED,
                                      machine->to_invoke->indices[0],
                                      fermata_body_entered_payload (moment, machine->position, NULL,
                                                                    NULL, NULL));
}

/* The tasks of a state begin one after the other; then those of the next state. */
static void
go_on_invoking (FermataMoment *moment,
                FermataFrame  *frame,
                guint          state)
{
  const FermataChart *chart = frame->plan->chart;
  FermataMachine *machine = frame->machine;

  machine->phase = FERMATA_MACHINE_INVOKING;
  if (++machine->position < chart->states[state + 1].first_task - chart->states[state].first_task)
    return;

  machine->position = 0;
  fermata_index_list_remove (&machine->to_invoke, state);
  if (fermata_index_list_get_n (machine->to_invoke) > 0)
    return;

  machine->phase = machine->internal.n_events > 0 ? FERMATA_MACHINE_SELECTING : FERMATA_MACHINE_IDLE;
}

void
fermata_statechart_apply_invoked (FermataMoment      *moment,
                                  FermataFrame       *frame,
                                  const FermataEvent *event)
{
  const FermataChart *chart = frame->plan->chart;
  FermataMachine *machine = frame->machine;
  FermataMachineInvocation invocation = { 0, };
  guint state = event->place;

  if ((machine->phase != FERMATA_MACHINE_SELECTING && machine->phase != FERMATA_MACHINE_INVOKING)
      || fermata_index_list_get_n (machine->to_invoke) == 0
      || machine->to_invoke->indices[0] != state
      || !fermata_body_is_next (moment, event))
    return;

  invocation.task = chart->states[state].first_task + machine->position;
  if (machine->invocations == NULL)
    machine->invocations = g_array_new (FALSE, FALSE, sizeof (FermataMachineInvocation));
  invocation.frame = moment->n_entered + 1;
  g_array_append_val (machine->invocations, invocation);
  fermata_body_new_child (moment, frame, chart->tasks[invocation.task].plan, state, machine->position,
                          NULL, machine->event, NULL, NULL);
  go_on_invoking (moment, frame, state);
}

static FermataValue *
returned_event_new (const FermataChartTask *task,
                    FermataValue           *payload)
{
  FermataValue *error = fermata_value_get_member (payload, "error");
  FermataValue *output = fermata_value_get_member (payload, "output");
  g_autofree char *name = g_strconcat (error != NULL ? "error.invoke." : "done.invoke.", task->id, NULL);
  g_autoptr (FermataValue) id = fermata_value_new_string (task->id, -1);

  return fermata_statechart_event_new (name, error != NULL ? error : output, "external", "invokeid", id);
}

static void
note_result (FermataFrame *frame,
             guint         task,
             FermataValue *payload)
{
  FermataValue *output = fermata_value_get_member (payload, "output");

  if (output != NULL)
    fermata_machine_note_result (frame->machine, frame->plan->chart->tasks[task].state, output);
}

/* Its end is an event, unless its state has been left. */
void
fermata_statechart_apply_returned (FermataMoment      *moment,
                                   FermataFrame       *frame,
                                   const FermataEvent *event)
{
  FermataMachine *machine = frame->machine;
  FermataFrame *child = fermata_body_find_left (moment, frame, event);
  guint32 number;

  if (child == NULL)
    return;

  number = child->number;
  fermata_moment_remove_frame (moment, number);
  frame->n_children--;
  for (guint i = 0; i < fermata_machine_get_n (machine->invocations); i++)
    {
      FermataMachineInvocation invocation
        = g_array_index (machine->invocations, FermataMachineInvocation, i);
      g_autoptr (FermataValue) returned = NULL;

      if (invocation.frame != number)
        continue;

      g_array_remove_index (machine->invocations, i);
      if (invocation.is_cancelled || machine->phase >= FERMATA_MACHINE_ENDING)
        return;
      note_result (frame, invocation.task, event->payload);
      returned = returned_event_new (&frame->plan->chart->tasks[invocation.task], event->payload);
      fermata_machine_queue_push (&machine->external, returned, moment->number, FERMATA_INDEX_NONE);
      return;
    }
}

/* "for inv in s.invoke: cancelInvoke (inv)" */
void
fermata_statechart_cancel_invoke (FermataMoment *moment,
                                  FermataFrame  *frame,
                                  guint          state)
{
  const FermataChart *chart = frame->plan->chart;
  FermataMachine *machine = frame->machine;

  if (chart->states[state].first_task == chart->states[state + 1].first_task)
    return;

  for (guint i = 0; i < fermata_machine_get_n (machine->invocations); i++)
    {
      FermataMachineInvocation *invocation
        = &g_array_index (machine->invocations, FermataMachineInvocation, i);

      if (invocation->is_cancelled || chart->tasks[invocation->task].state != state)
        continue;

      invocation->is_cancelled = TRUE;
      fermata_moment_close_frame (moment, invocation->frame, TRUE);
    }
}

static void
forward (FermataMoment *moment,
         FermataFrame  *frame,
         guint32        number)
{
  FermataFrame *child = fermata_moment_get_frame (moment, number);

  if (child != NULL && fermata_statechart_runs_session (child))
    fermata_statechart_forward_outside (moment, frame, number, frame->machine->event);
  child = child == NULL ? NULL : fermata_moment_find_child_machine (moment, child);
  if (child != NULL)
    fermata_statechart_deliver (moment, child->number, frame->machine->event);
}

/* The task that an event comes from, which may have ended with it: that of an
 * active state. */
static guint
find_origin (const FermataFrame *frame)
{
  const FermataChart *chart = frame->plan->chart;
  const FermataIndexList *active = frame->machine->configuration;
  FermataValue *id = fermata_value_get_member (frame->machine->event, "invokeid");

  if (id == NULL || fermata_value_get_kind (id) != FERMATA_VALUE_KIND_STRING)
    return FERMATA_INDEX_NONE;

  for (guint i = 0; i < fermata_index_list_get_n (active); i++)
    {
      const FermataChartState *state = &chart->states[active->indices[i]];

      for (guint task = state->first_task; task < state[1].first_task; task++)
        {
          if (g_str_equal (fermata_value_get_string (id, NULL), chart->tasks[task].id))
            return task;
        }
    }

  return FERMATA_INDEX_NONE;
}

/* "for state in configuration: for inv in state.invoke: if inv.invokeid ==
 * externalEvent.invokeid: applyFinalize (inv, externalEvent); if inv.autoforward:
 * send (inv.id, externalEvent)". That the time of an edge has come is for that edge
 * and nobody else. */
void
fermata_statechart_apply_finalize (FermataMoment *moment,
                                   FermataFrame  *frame)
{
  const FermataChart *chart = frame->plan->chart;
  FermataMachine *machine = frame->machine;
  guint origin = find_origin (frame);

  for (guint i = 0; i < fermata_machine_get_n (machine->invocations); i++)
    {
      FermataMachineInvocation invocation
        = g_array_index (machine->invocations, FermataMachineInvocation, i);

      if (!invocation.is_cancelled && chart->tasks[invocation.task].autoforward
          && machine->event_edge == FERMATA_INDEX_NONE)
        forward (moment, frame, invocation.frame);
    }

  if (origin == FERMATA_INDEX_NONE || chart->tasks[origin].finalize == FERMATA_INDEX_NONE)
    return;
  machine->position = origin;
  machine->phase = FERMATA_MACHINE_FINALIZING;
  fermata_statechart_begin_block (moment, frame, chart->tasks[origin].finalize, FERMATA_MACHINE_IN_FINALIZE);
}
