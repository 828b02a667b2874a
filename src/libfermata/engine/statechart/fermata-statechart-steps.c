/* fermata-statechart-steps.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How a machine goes through a microstep: appendix D, "microstep", "exitStates",
 * "executeTransitionContent", "enterStates", "exitInterpreter". What the recommendation
 * does in loops is done here from one event to the next. */

#include "engine/moment/fermata-frame-scope-script-private.h"
#include "engine/statechart/fermata-statechart-private.h"
#include "value/fermata-canonical.h"

static void begin_taking   (FermataMoment *moment,
                            FermataFrame  *frame);
static void begin_entering (FermataMoment *moment,
                            FermataFrame  *frame);

void
fermata_statechart_begin_block (FermataMoment       *moment,
                                FermataFrame        *frame,
                                guint                block,
                                FermataMachineStage  stage)
{
  frame->machine->stage = stage;
  frame->machine->pc = block;
  fermata_statechart_advance (moment, frame);
}

/* Settling */

/* Whether it is known without a look at conditions that nothing follows. */
void
fermata_statechart_settle (FermataMoment *moment,
                           FermataFrame  *frame)
{
  FermataMachine *machine = frame->machine;

  machine->stage = FERMATA_MACHINE_BEFORE;
  machine->position = 0;
  if (machine->n_restless == 0 && machine->internal.n_events == 0
      && fermata_index_list_get_n (machine->to_invoke) == 0)
    machine->phase = FERMATA_MACHINE_IDLE;
  else
    machine->phase = FERMATA_MACHINE_SELECTING;
}

static void
end_microstep (FermataMoment *moment,
               FermataFrame  *frame)
{
  FermataMachine *machine = frame->machine;

  fermata_index_list_empty (&machine->edges);
  fermata_index_list_empty (&machine->enters);
  fermata_index_list_empty (&machine->defaults);
  fermata_index_list_empty (&machine->default_histories);
  fermata_index_list_empty (&machine->refused);
  if (machine->is_finished)
    fermata_statechart_begin_ending (moment, frame);
  else
    fermata_statechart_settle (moment, frame);
}

/* Exiting */

/* "if h.type == "deep": f = lambda s0: isAtomicState (s0) and isDescendant (s0, s)
 * else: f = lambda s0: s0.parent == s; historyValue[h.id] = configuration.toList ().filter (f)" */
static void
record_history (FermataFrame *frame,
                guint         state,
                guint         history)
{
  const FermataChart *chart = frame->plan->chart;
  const FermataIndexList *active = frame->machine->configuration;
  gboolean is_deep = chart->states[history].type == FERMATA_STATE_DEEP_HISTORY;
  FermataIndexList **list = fermata_page_table_write (&frame->machine->histories, history);

  fermata_index_list_clear (list);
  for (guint i = fermata_index_list_find (active, state + 1);
       i < fermata_index_list_get_n (active) && active->indices[i] < chart->states[state].end; i++)
    {
      guint child = active->indices[i];

      if (is_deep ? fermata_statechart_is_atomic (chart, child) : chart->states[child].parent == state)
        fermata_index_list_append (list, child);
    }
}

static void
record_histories (FermataFrame *frame)
{
  const FermataChart *chart = frame->plan->chart;
  const FermataIndexList *exits = frame->machine->exits;

  for (guint i = 0; i < fermata_index_list_get_n (exits); i++)
    {
      FermataChartRange history = chart->states[exits->indices[i]].history;

      for (guint j = 0; j < history.n; j++)
        record_history (frame, exits->indices[i], chart->indices[history.first + j]);
    }
}

static void
reverse (FermataIndexList *list)
{
  for (guint i = 0, j = fermata_index_list_get_n (list); i + 1 < j; i++)
    {
      guint32 index = list->indices[i];

      list->indices[i] = list->indices[--j];
      list->indices[j] = index;
    }
}

/* "procedure exitStates (enabledTransitions)", as far as it is at once */
void
fermata_statechart_begin_exits (FermataMoment *moment,
                                FermataFrame  *frame)
{
  FermataMachine *machine = frame->machine;

  fermata_index_list_empty (&machine->exits);
  fermata_statechart_compute_exit_set (frame->plan, machine, machine->edges, &machine->exits);
  for (guint i = 0; i < fermata_index_list_get_n (machine->exits); i++)
    fermata_index_list_remove (&machine->to_invoke, machine->exits->indices[i]);
  reverse (machine->exits);
  record_histories (frame);

  machine->phase = FERMATA_MACHINE_EXITING;
  machine->stage = FERMATA_MACHINE_BEFORE;
  machine->position = 0;
  if (fermata_index_list_get_n (machine->exits) == 0)
    begin_taking (moment, frame);
}

/* "procedure exitInterpreter ()": all that is active is left. */
void
fermata_statechart_begin_ending (FermataMoment *moment,
                                 FermataFrame  *frame)
{
  FermataMachine *machine = frame->machine;

  if (machine->phase >= FERMATA_MACHINE_ENDING)
    return;

  fermata_index_list_empty (&machine->edges);
  fermata_index_list_empty (&machine->enters);
  fermata_index_list_empty (&machine->to_invoke);
  fermata_index_list_empty (&machine->exits);
  for (guint i = 0; i < fermata_index_list_get_n (machine->configuration); i++)
    fermata_index_list_append (&machine->exits, machine->configuration->indices[i]);
  reverse (machine->exits);

  fermata_statechart_forget_timers (frame);
  fermata_statechart_drop_script (moment, frame);
  fermata_statechart_leave_loops (frame);
  machine->pc = FERMATA_INDEX_NONE;
  machine->stage = FERMATA_MACHINE_BEFORE;
  machine->position = 0;
  machine->phase = fermata_index_list_get_n (machine->exits) == 0 ? FERMATA_MACHINE_ENDED
                                                                  : FERMATA_MACHINE_ENDING;
}

static void
end_exits (FermataMoment *moment,
           FermataFrame  *frame)
{
  FermataMachine *machine = frame->machine;

  fermata_index_list_empty (&machine->exits);
  if (machine->phase == FERMATA_MACHINE_ENDING)
    machine->phase = FERMATA_MACHINE_ENDED;
  else
    begin_taking (moment, frame);
}

void
fermata_statechart_exit_state (FermataMoment      *moment,
                               FermataFrame       *frame,
                               const FermataEvent *event)
{
  const FermataChart *chart = frame->plan->chart;
  FermataMachine *machine = frame->machine;
  guint state = event->place;
  FermataValue *data = event->payload == NULL ? NULL : fermata_value_get_member (event->payload, "data");

  fermata_statechart_cancel_invoke (moment, frame, state);
  fermata_statechart_forget_after (frame, state);
  fermata_machine_end_visit (machine, state);
  fermata_index_list_remove (&machine->configuration, state);
  machine->n_restless -= chart->states[state].is_restless;
  if (data != NULL)
    {
      g_clear_pointer (&machine->data, fermata_value_unref);
      machine->data = fermata_value_ref (data);
    }

  machine->pc = FERMATA_INDEX_NONE;
  machine->stage = FERMATA_MACHINE_BEFORE;
  if (++machine->position == machine->exits->n)
    end_exits (moment, frame);
}

/* Taking */

/* "procedure executeTransitionContent (enabledTransitions)": on to the next one
 * that has actions. */
static void
go_on_taking (FermataMoment *moment,
              FermataFrame  *frame)
{
  FermataMachine *machine = frame->machine;
  const FermataChart *chart = frame->plan->chart;

  while (machine->position < fermata_index_list_get_n (machine->edges))
    {
      guint block = chart->edges[machine->edges->indices[machine->position]].block;

      if (block != FERMATA_INDEX_NONE)
        {
          fermata_statechart_begin_block (moment, frame, block, FERMATA_MACHINE_IN_TRANSITION);
          return;
        }
      machine->position++;
    }

  begin_entering (moment, frame);
}

static void
begin_taking (FermataMoment *moment,
              FermataFrame  *frame)
{
  frame->machine->phase = FERMATA_MACHINE_TAKING;
  frame->machine->position = 0;
  go_on_taking (moment, frame);
}

/* Entering */

static void
begin_entering (FermataMoment *moment,
                FermataFrame  *frame)
{
  FermataMachine *machine = frame->machine;
  FermataEntrySet set = { machine->enters, machine->defaults, machine->default_histories };

  fermata_index_list_empty (&set.states);
  fermata_index_list_empty (&set.defaults);
  fermata_index_list_empty (&set.default_histories);
  if (fermata_index_list_get_n (machine->edges) > 0)
    fermata_statechart_compute_entry_set (frame->plan, machine, machine->edges, &set);
  else
    fermata_statechart_compute_initial_set (frame->plan->chart, machine, &set);
  machine->enters = set.states;
  machine->defaults = set.defaults;
  machine->default_histories = set.default_histories;

  machine->phase = FERMATA_MACHINE_ENTERING;
  machine->stage = FERMATA_MACHINE_BEFORE;
  machine->position = 0;
  if (fermata_index_list_get_n (machine->enters) == 0)
    end_microstep (moment, frame);
}

static void
end_entering (FermataMoment *moment,
              FermataFrame  *frame)
{
  FermataMachine *machine = frame->machine;

  machine->stage = FERMATA_MACHINE_BEFORE;
  machine->pc = FERMATA_INDEX_NONE;
  if (++machine->position == machine->enters->n)
    end_microstep (moment, frame);
}

static guint
find_default_history (FermataFrame *frame,
                      guint         state)
{
  const FermataChart *chart = frame->plan->chart;
  FermataChartRange history = chart->states[state].history;

  for (guint i = 0; i < history.n; i++)
    {
      guint index = chart->indices[history.first + i];

      if (fermata_index_list_contains (frame->machine->default_histories, index))
        return index;
    }

  return FERMATA_INDEX_NONE;
}

/* "if isFinalState (s): if isSCXMLElement (s.parent): running = false else: …" */
static void
begin_done (FermataMoment *moment,
            FermataFrame  *frame,
            guint          state)
{
  const FermataChart *chart = frame->plan->chart;
  FermataMachine *machine = frame->machine;

  if (chart->states[state].type == FERMATA_STATE_FINAL
      && chart->states[state].parent != FERMATA_INDEX_NONE)
    {
      machine->stage = FERMATA_MACHINE_AT_DONE;
      return;
    }

  if (chart->states[state].type == FERMATA_STATE_FINAL)
    {
      machine->is_finished = TRUE;
      machine->final = state;
    }
  end_entering (moment, frame);
}

/* The actions of a state that is entered, one after the other: on entry, of its
 * initial transition, of the default of its history. */
static void
go_on_entering (FermataMoment *moment,
                FermataFrame  *frame,
                guint          state)
{
  const FermataChart *chart = frame->plan->chart;
  const FermataChartState *plan_state = &chart->states[state];
  FermataMachine *machine = frame->machine;
  guint block = FERMATA_INDEX_NONE;
  guint history;

  while (machine->stage < FERMATA_MACHINE_IN_HISTORY && block == FERMATA_INDEX_NONE)
    {
      machine->stage = machine->stage < FERMATA_MACHINE_IN_ENTRY ? FERMATA_MACHINE_IN_ENTRY
                                                                 : machine->stage + 1;
      if (machine->stage == FERMATA_MACHINE_IN_ENTRY)
        block = plan_state->entry;
      else if (machine->stage == FERMATA_MACHINE_IN_INITIAL
               && fermata_index_list_contains (machine->defaults, state))
        block = plan_state->initial_block;
      else if (machine->stage == FERMATA_MACHINE_IN_HISTORY
               && (history = find_default_history (frame, state)) != FERMATA_INDEX_NONE)
        block = chart->states[history].initial_block;
    }

  if (block != FERMATA_INDEX_NONE)
    fermata_statechart_begin_block (moment, frame, block, machine->stage);
  else
    begin_done (moment, frame, state);
}

static void
begin_timers (FermataMoment *moment,
              FermataFrame  *frame,
              guint          state,
              FermataValue  *payload)
{
  const FermataChart *chart = frame->plan->chart;
  FermataValue *after = payload == NULL ? NULL : fermata_value_get_member (payload, "after");

  for (gsize i = 0; after != NULL && i < fermata_value_get_length (after); i++)
    {
      const char *name = fermata_value_get_member_name (after, i);
      guint edge;

      if (fermata_plan_find_edge (frame->plan, name, &edge)
          && frame->plan->edges[edge].source == state && chart->edges[edge].has_after)
        fermata_statechart_add_after (moment, frame, edge,
                                      fermata_value_get_integer (fermata_value_get_member (after, name)));
    }
  if (payload != NULL && fermata_value_get_member (payload, "error") != NULL)
    fermata_statechart_raise_error (moment, frame, fermata_value_get_member (payload, "error"));
}

/* "for s in statesToEnter.toList ().sort (entryOrder): configuration.add (s);
 * statesToInvoke.add (s); …" */
void
fermata_statechart_enter_state (FermataMoment      *moment,
                                FermataFrame       *frame,
                                const FermataEvent *event)
{
  const FermataChart *chart = frame->plan->chart;
  FermataMachine *machine = frame->machine;
  guint state = event->place;

  fermata_machine_note_passage (machine, state, event->time);
  if (fermata_index_list_insert (&machine->configuration, state))
    machine->n_restless += chart->states[state].is_restless;
  if (chart->states[state].first_task != chart->states[state + 1].first_task)
    fermata_index_list_insert (&machine->to_invoke, state);
  begin_timers (moment, frame, state, event->payload);
  go_on_entering (moment, frame, state);
}

void
fermata_statechart_end_block (FermataMoment *moment,
                              FermataFrame  *frame)
{
  FermataMachine *machine = frame->machine;

  machine->pc = FERMATA_INDEX_NONE;
  switch (machine->phase)
    {
    case FERMATA_MACHINE_TAKING:
      machine->position++;
      go_on_taking (moment, frame);
      break;

    case FERMATA_MACHINE_ENTERING:
      go_on_entering (moment, frame, machine->enters->indices[machine->position]);
      break;

    case FERMATA_MACHINE_FINALIZING:
      machine->phase = FERMATA_MACHINE_MATCHING;
      machine->stage = FERMATA_MACHINE_BEFORE;
      break;

    /* That it is exited is an event of its own. */
    case FERMATA_MACHINE_EXITING:
    case FERMATA_MACHINE_ENDING:
    default:
      break;
    }
}

/* Whether something in a state is yet to be entered: then it is not in a final state,
 * and none of its regions need be looked at. */
static gboolean
enters_more (const FermataFrame *frame,
             guint               state)
{
  const FermataMachine *machine = frame->machine;

  return machine->position + 1 < machine->enters->n
         && fermata_chart_is_descendant (frame->plan->chart,
                                         machine->enters->indices[machine->position + 1], state);
}

/* A `done.state` event has been raised: of the state around the final one, and
 * if that completes a parallel state, of this. */
void
fermata_statechart_end_done (FermataMoment *moment,
                             FermataFrame  *frame)
{
  const FermataChart *chart = frame->plan->chart;
  FermataMachine *machine = frame->machine;
  guint parent = chart->states[machine->enters->indices[machine->position]].parent;
  guint grandparent = chart->states[parent].parent;

  if (machine->stage != FERMATA_MACHINE_AT_DONE_PARALLEL
      && grandparent != FERMATA_INDEX_NONE
      && chart->states[grandparent].type == FERMATA_STATE_PARALLEL
      && !enters_more (frame, grandparent)
      && fermata_statechart_is_in_final_state (chart, machine, grandparent))
    machine->stage = FERMATA_MACHINE_AT_DONE_PARALLEL;
  else
    end_entering (moment, frame);
}

/* A machine begins: "enterStates ([doc.initial.transition])" */
static void
fermata_statechart_begin (FermataMoment *moment,
                          FermataFrame  *frame)
{
  const FermataChart *chart = frame->plan->chart;

  fermata_statechart_take_kept (moment, frame);
  frame->machine->phase = FERMATA_MACHINE_TAKING;
  if (chart->initial_block != FERMATA_INDEX_NONE)
    fermata_statechart_begin_block (moment, frame, chart->initial_block,
                                    FERMATA_MACHINE_IN_TRANSITION);
  else
    begin_entering (moment, frame);
}

static void
fermata_statechart_close (FermataMoment *moment,
                          FermataFrame  *frame,
                          gboolean       everything)
{
  const FermataChart *chart = frame->plan->chart;

  /* A run that stops leaves its machine as it is, but for what runs. */
  if (frame->number != 0 || !moment->events_closed || moment->n_cancels > 0
      || moment->failure != NULL || frame->machine->phase != FERMATA_MACHINE_IDLE)
    {
      fermata_statechart_begin_ending (moment, frame);
      return;
    }

  for (guint i = 0; i < chart->n_tasks; i++)
    fermata_statechart_cancel_invoke (moment, frame, chart->tasks[i].state);
  fermata_statechart_forget_timers (frame);
}

static gboolean
fermata_statechart_has_ended (const FermataMoment *moment,
                              const FermataFrame  *frame)
{
  return frame->machine->phase == FERMATA_MACHINE_ENDED
         && fermata_machine_get_n (frame->machine->invocations) == 0;
}

/* Whether what it gives is understood as it stands: by a machine of the same sort that
 * runs it, and nothing else between them. */
static gboolean
is_understood (FermataMoment *moment,
               FermataFrame  *frame)
{
  FermataFrame *parent;

  if (!fermata_frame_is_scxml (frame))
    return TRUE;
  parent = frame->parent == FERMATA_FRAME_NONE ? NULL : fermata_moment_get_frame (moment, frame->parent);
  if (parent == NULL || !parent->plan->is_item || parent->parent == FERMATA_FRAME_NONE)
    return FALSE;
  parent = fermata_moment_get_frame (moment, parent->parent);

  return parent != NULL && fermata_frame_is_scxml (parent);
}

/* Its result, if it has one of its own, else the data of the final state that it
 * ended in. One that was asked to end gives neither. */
static void
fermata_statechart_conclude (FermataMoment  *moment,
                             FermataFrame   *frame,
                             FermataValue  **output,
                             FermataValue  **error)
{
  FermataMachine *machine = frame->machine;
  g_autoptr (GError) problem = NULL;

  if (frame->failure != NULL)
    *error = fermata_value_ref (frame->failure);
  else if (machine->is_failed)
    *error = fermata_value_ref (machine->data);
  else if (machine->is_finished)
    *output = fermata_frame_compute_result (moment, frame, &problem);
  if (problem != NULL)
    *error = fermata_error_value_new (fermata_error_kind_of (problem), problem->message, NULL, NULL);
  if (*output != NULL && !is_understood (moment, frame))
    {
      FermataValue *canonical = *output;

      *output = fermata_canonical_to_plain (canonical);
      fermata_value_unref (canonical);
    }
}

const FermataInterpreter fermata_statechart_interpreter = {
  .begin = fermata_statechart_begin,
  .apply = fermata_statechart_apply,
  .close = fermata_statechart_close,
  .decide = fermata_statechart_decide,
  .has_ended = fermata_statechart_has_ended,
  .conclude = fermata_statechart_conclude,
};
