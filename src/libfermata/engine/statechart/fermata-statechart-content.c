/* fermata-statechart-content.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How actions change the state of a machine, and where they go on. */

#include "engine/statechart/fermata-statechart-private.h"

static FermataMachineLoop *
get_loop (FermataMachine *machine)
{
  return machine->loops == NULL || machine->loops->len == 0
         ? NULL : &g_array_index (machine->loops, FermataMachineLoop, machine->loops->len - 1);
}

static void
pop_loop (FermataMachine *machine)
{
  fermata_value_unref (get_loop (machine)->items);
  g_array_set_size (machine->loops, machine->loops->len - 1);
}

/* Loops that the op is not in are over. */
static void
leave_loops (FermataFrame *frame,
             guint         op)
{
  const FermataChartOp *ops = frame->plan->chart->ops;
  FermataMachineLoop *loop;

  while ((loop = get_loop (frame->machine)) != NULL
         && (op <= loop->op || op >= ops[loop->op].jump))
    pop_loop (frame->machine);
}

void
fermata_statechart_leave_loops (FermataFrame *frame)
{
  leave_loops (frame, 0);
}

/* Declarations of a state that is entered are passed over from the second time on. */
guint
fermata_statechart_follow_once (FermataFrame *frame,
                                guint         pc)
{
  const FermataMachine *machine = frame->machine;
  const FermataMachinePassages *passages;

  /* Only in a history that somebody else wrote. */
  if (machine->position >= fermata_index_list_get_n (machine->enters))
    return pc + 1;
  passages = fermata_page_table_peek (&machine->passages, machine->enters->indices[machine->position]);

  return passages != NULL && passages->n > 1 ? frame->plan->chart->ops[pc].jump : pc + 1;
}

/* As far as it is known without an expression; to the end of the block, if that
 * is where it leads. */
void
fermata_statechart_advance (FermataMoment *moment,
                            FermataFrame  *frame)
{
  const FermataChartOp *ops = frame->plan->chart->ops;
  FermataMachine *machine = frame->machine;
  FermataMachineLoop *loop;

  while (TRUE)
    {
      const FermataChartOp *op = &ops[machine->pc];

      switch (op->code)
        {
        case FERMATA_OP_JUMP:
          machine->pc = op->jump;
          continue;

        case FERMATA_OP_NEXT:
          loop = get_loop (machine);
          if (loop != NULL && loop->index + 1 < fermata_value_get_length (loop->items))
            return;
          if (loop != NULL)
            pop_loop (machine);
          machine->pc = ops[op->jump].jump;
          continue;

        case FERMATA_OP_BLOCK:
        case FERMATA_OP_NOTHING:
          machine->pc++;
          continue;

        case FERMATA_OP_ONCE:
          machine->pc = fermata_statechart_follow_once (frame, machine->pc);
          continue;

        case FERMATA_OP_END:
          leave_loops (frame, 0);
          fermata_statechart_end_block (moment, frame);
          return;

        default:
          return;
        }
    }
}

/* A loop that has nothing to go through, and is told of for what it declares. */
static gboolean
is_empty (const FermataEvent *event)
{
  FermataValue *items = fermata_value_get_member (event->payload, "items");

  return items != NULL && fermata_value_get_length (items) == 0;
}

static void
begin_iteration (FermataFrame       *frame,
                 const FermataEvent *event)
{
  FermataMachine *machine = frame->machine;
  FermataValue *items = fermata_value_get_member (event->payload, "items");
  gint64 index = fermata_value_get_integer (fermata_value_get_member (event->payload, "index"));
  FermataMachineLoop *loop = get_loop (machine);
  FermataMachineLoop fresh = { .op = event->step - 1 };

  if (items == NULL)
    {
      /* Loops in this one are over. */
      while (loop != NULL && loop->op > event->step - 1)
        {
          pop_loop (machine);
          loop = get_loop (machine);
        }
      if (loop != NULL && loop->op == event->step - 1
          && index < (gint64) fermata_value_get_length (loop->items))
        loop->index = index;
      return;
    }

  if (machine->loops == NULL)
    machine->loops = g_array_new (FALSE, FALSE, sizeof (FermataMachineLoop));
  fresh.items = fermata_value_ref (items);
  g_array_append_val (machine->loops, fresh);
}

static void
apply_raise (FermataMoment      *moment,
             FermataFrame       *frame,
             const FermataEvent *event)
{
  FermataValue *name = fermata_value_get_member (event->payload, "event");
  g_autoptr (FermataValue) raised = NULL;

  raised = fermata_statechart_event_new (fermata_value_get_string (name, NULL),
                                         fermata_value_get_member (event->payload, "data"),
                                         "internal", NULL, NULL);
  fermata_statechart_raise (moment, frame, raised);
}

static void
forget_script (FermataMachine *machine)
{
  machine->script = FERMATA_MACHINE_NO_SCRIPT;
  machine->script_since = 0;
  g_clear_pointer (&machine->script_result, fermata_value_unref);
}

void
fermata_statechart_drop_script (FermataMoment *moment,
                                FermataFrame  *frame)
{
  moment->n_scripts_dropped += frame->machine->script == FERMATA_MACHINE_SCRIPT_RUNS;
  forget_script (frame->machine);
}

/* The machine stays at it until its end is told. */
static void
begin_script (FermataMoment      *moment,
              FermataFrame       *frame,
              const FermataEvent *event)
{
  FermataMachine *machine = frame->machine;

  machine->pc = event->step - 1;
  machine->script = FERMATA_MACHINE_SCRIPT_RUNS;
  machine->script_since = moment->time;
}

/* One that changed nothing has nothing to be decided. */
void
fermata_statechart_apply_script_ended (FermataMoment      *moment,
                                       FermataFrame       *frame,
                                       const FermataEvent *event)
{
  FermataMachine *machine = frame->machine;
  FermataValue *changes = fermata_value_get_member (event->payload, "changes");

  if (machine->script != FERMATA_MACHINE_SCRIPT_RUNS)
    return;

  if (changes != NULL && fermata_value_get_length (changes) == 0)
    {
      forget_script (machine);
      machine->pc++;
      fermata_statechart_advance (moment, frame);
      return;
    }
  machine->script = FERMATA_MACHINE_SCRIPT_ENDED;
  machine->script_result = fermata_value_ref (event->payload);
}

static gboolean
is_in_actions (const FermataMachine *machine)
{
  return machine->pc != FERMATA_INDEX_NONE;
}

/* "must treat the expression as if it evaluated to 'false'" (5.9.1) */
static gboolean
fails_as_false (const FermataFrame *frame,
                guint               op)
{
  const FermataChart *chart = frame->plan->chart;

  return chart->data_model != FERMATA_DATA_MODEL_FERMATA && chart->ops[op].code == FERMATA_OP_IF;
}

/* The actions behind one that failed are passed over, up to the next block. */
static void
fail (FermataMoment      *moment,
      FermataFrame       *frame,
      const FermataEvent *event)
{
  const FermataChartOp *ops = frame->plan->chart->ops;
  guint op = event->step > 0 ? event->step - 1 : frame->machine->pc;

  if (frame->plan->chart->data_model != FERMATA_DATA_MODEL_FERMATA)
    fermata_moment_change_variables (moment, frame->number, fermata_value_get_member (event->payload, "changes"));
  fermata_statechart_raise_error (moment, frame, fermata_value_get_member (event->payload, "error"));
  if (fails_as_false (frame, op))
    {
      leave_loops (frame, op);
      frame->machine->pc = ops[op].jump;
      fermata_statechart_advance (moment, frame);
      return;
    }

  leave_loops (frame, 0);
  while (ops[op].code != FERMATA_OP_END && ops[op].code != FERMATA_OP_BLOCK)
    op++;
  if (ops[op].code == FERMATA_OP_END)
    {
      fermata_statechart_end_block (moment, frame);
      return;
    }
  frame->machine->pc = op;
  fermata_statechart_advance (moment, frame);
}

/* What came of it besides: variables, and an error that did not keep it from
 * happening. */
static void
apply_more (FermataMoment      *moment,
            FermataFrame       *frame,
            const FermataEvent *event)
{
  FermataValue *error;

  if (frame->plan->chart->data_model == FERMATA_DATA_MODEL_FERMATA || event->payload == NULL
      || fermata_value_get_kind (event->payload) != FERMATA_VALUE_KIND_OBJECT
      || event->kind == FERMATA_EVENT_LOGGED || event->kind == FERMATA_EVENT_ASSIGNED)
    return;

  error = fermata_value_get_member (event->payload, "error");
  if (error != NULL)
    fermata_statechart_raise_error (moment, frame, error);
  fermata_moment_change_variables (moment, frame->number, fermata_value_get_member (event->payload, "changes"));
}

void
fermata_statechart_apply_action (FermataMoment      *moment,
                                 FermataFrame       *frame,
                                 const FermataEvent *event)
{
  FermataMachine *machine = frame->machine;

  if (!is_in_actions (machine) || event->step > frame->plan->chart->n_ops)
    return;

  forget_script (machine);
  if (event->kind == FERMATA_EVENT_ACTIONS_ENDED)
    {
      leave_loops (frame, 0);
      fermata_statechart_end_block (moment, frame);
      return;
    }
  if (event->kind == FERMATA_EVENT_ACTION_FAILED)
    {
      fail (moment, frame, event);
      return;
    }
  if (event->step == 0)
    return;

  if (event->kind != FERMATA_EVENT_ITERATING || fermata_value_get_member (event->payload, "items"))
    leave_loops (frame, event->step - 1);
  if (event->kind == FERMATA_EVENT_SCRIPT_STARTED)
    {
      begin_script (moment, frame, event);
      return;
    }
  apply_more (moment, frame, event);
  if (event->kind == FERMATA_EVENT_ITERATING && is_empty (event))
    {
      machine->pc = frame->plan->chart->ops[event->step - 1].jump;
      fermata_statechart_advance (moment, frame);
      return;
    }
  if (event->kind == FERMATA_EVENT_ITERATING)
    begin_iteration (frame, event);
  else if (event->kind == FERMATA_EVENT_EVENT_RAISED)
    apply_raise (moment, frame, event);
  else if (event->kind == FERMATA_EVENT_EVENT_SENT)
    fermata_statechart_apply_sent (moment, frame, event->payload);
  else if (event->kind == FERMATA_EVENT_SEND_CANCELLED)
    fermata_statechart_apply_cancelled (frame, event->payload);

  machine->pc = event->step;
  fermata_statechart_advance (moment, frame);
}
