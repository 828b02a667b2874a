/* fermata-statechart-tasks.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What runs while states are active: each task is a DAG of one node, in a frame
 * that belongs to the state. Appendix D: "invoke", "cancelInvoke", "applyFinalize". */

#include "engine/moment/fermata-body-private.h"
#include "engine/moment/fermata-frame-scope-script-private.h"
#include "engine/statechart/fermata-statechart-private.h"
#include "value/fermata-canonical.h"

/* "for state in statesToInvoke.sort (entryOrder): for inv in state.invoke.sort
 * (documentOrder): invoke (inv)" */
gboolean
fermata_statechart_invoke (FermataMoment *moment,
                           FermataFrame  *frame,
                           FermataEvent  *event)
{
  const FermataMachine *machine = frame->machine;
  const FermataChart *chart = frame->plan->chart;
  guint state = machine->to_invoke->indices[0];

  if (chart->data_model != FERMATA_DATA_MODEL_FERMATA)
    return fermata_statechart_decide_invoke (moment, frame, state,
                                             chart->states[state].first_task + machine->position, event);

  return fermata_statechart_decision (frame, event, FERMATA_EVENT_FRAME_ENTERED, state,
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

static gboolean
is_invoking (const FermataMachine *machine,
             guint                 state)
{
  return (machine->phase == FERMATA_MACHINE_SELECTING || machine->phase == FERMATA_MACHINE_INVOKING)
         && fermata_index_list_get_n (machine->to_invoke) > 0 && machine->to_invoke->indices[0] == state;
}

/* The one at hand cannot begin. */
void
fermata_statechart_skip_invoke (FermataMoment *moment,
                                FermataFrame  *frame,
                                guint          state)
{
  if (is_invoking (frame->machine, state))
    go_on_invoking (moment, frame, state);
}

static FermataValue *
ref_member (FermataValue *object,
            const char   *name)
{
  FermataValue *member = fermata_value_get_member (object, name);

  return member == NULL ? NULL : fermata_value_ref (member);
}

/* What was found out about it, in SCXML's data models. */
static void
note_invocation (FermataMoment            *moment,
                 FermataFrame             *frame,
                 FermataMachineInvocation *invocation,
                 FermataFrame             *child,
                 FermataValue             *payload)
{
  FermataValue *error = fermata_value_get_member (payload, "error");

  invocation->id = ref_member (payload, "id");
  child->item = ref_member (payload, "with");
  child->is_invoked = TRUE;
  if (error != NULL)
    fermata_statechart_raise_error (moment, frame, error);
  fermata_moment_change_variables (moment, frame->number, fermata_value_get_member (payload, "changes"));
}

void
fermata_statechart_apply_invoked (FermataMoment      *moment,
                                  FermataFrame       *frame,
                                  const FermataEvent *event)
{
  const FermataChart *chart = frame->plan->chart;
  FermataMachine *machine = frame->machine;
  FermataMachineInvocation invocation = { 0, };
  gboolean is_scxml = chart->data_model != FERMATA_DATA_MODEL_FERMATA;
  FermataFrame *child;
  guint state = event->place;

  if (!is_invoking (machine, state) || !fermata_body_is_next (moment, event))
    return;

  invocation.task = chart->states[state].first_task + machine->position;
  if (machine->invocations == NULL)
    machine->invocations = g_array_new (FALSE, FALSE, sizeof (FermataMachineInvocation));
  invocation.frame = moment->n_entered + 1;
  child = fermata_body_new_child (moment, frame, chart->tasks[invocation.task].plan, state, machine->position,
                                  NULL, machine->event,
                                  is_scxml ? fermata_value_get_member (event->payload, "inputs") : NULL, NULL);
  if (is_scxml)
    note_invocation (moment, frame, &invocation, child, event->payload);
  g_array_append_val (machine->invocations, invocation);
  go_on_invoking (moment, frame, state);
}

/* As the machine speaks that is told. */
static FermataValue *
translate (const FermataFrame     *frame,
           const FermataChartTask *task,
           FermataValue           *value)
{
  if (value == NULL)
    return NULL;

  return fermata_frame_is_scxml (frame) && !task->runs_scxml ? fermata_canonical_from_plain (value)
                                                             : fermata_value_ref (value);
}

static FermataValue *
returned_event_new (const FermataFrame             *frame,
                    const FermataMachineInvocation *invocation,
                    FermataValue                   *payload)
{
  const FermataChartTask *task = &frame->plan->chart->tasks[invocation->task];
  const char *name = fermata_machine_get_invoke_id (invocation, frame->plan->chart);
  FermataValue *error = fermata_value_get_member (payload, "error");
  FermataValue *output = fermata_value_get_member (payload, "output");
  g_autofree char *event = g_strconcat (error != NULL ? "error.invoke." : "done.invoke.", name, NULL);
  g_autoptr (FermataValue) id = fermata_value_new_string (name, -1);
  g_autoptr (FermataValue) data = translate (frame, task, error != NULL ? error : output);

  return fermata_statechart_event_new (event, data, "external", "invokeid", id);
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
  gboolean runs_session;
  guint32 number;

  if (child == NULL)
    return;

  number = child->number;
  runs_session = fermata_statechart_runs_session (child);
  fermata_moment_remove_frame (moment, number);
  frame->n_children--;
  for (guint i = 0; i < fermata_machine_get_n (machine->invocations); i++)
    {
      FermataMachineInvocation invocation
        = g_array_index (machine->invocations, FermataMachineInvocation, i);
      g_autoptr (FermataValue) returned = NULL;
      g_autoptr (FermataValue) id = NULL;

      if (invocation.frame != number)
        continue;

      g_array_remove_index (machine->invocations, i);
      id = invocation.id;
      if (invocation.is_cancelled || machine->phase >= FERMATA_MACHINE_ENDING)
        return;
      note_result (frame, invocation.task, event->payload);

      /* SCXML has errors of its own for it, and no other event. */
      if (runs_session && fermata_statechart_note_uninvoked (moment, frame, event->payload))
        return;
      returned = returned_event_new (frame, &invocation, event->payload);
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
    fermata_statechart_tell (moment, frame, child->number, frame->machine->event);
}

static gboolean
is_id_of (const FermataFrame *frame,
          guint               task,
          const char         *id)
{
  const FermataChart *chart = frame->plan->chart;
  guint state = chart->tasks[task].state;

  if (chart->tasks[task].invoke == NULL || chart->tasks[task].invoke->is_named)
    return g_str_equal (id, chart->tasks[task].id);

  return fermata_statechart_is_invoke_id (frame, state, task - chart->states[state].first_task, id);
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
          if (is_id_of (frame, task, fermata_value_get_string (id, NULL)))
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
