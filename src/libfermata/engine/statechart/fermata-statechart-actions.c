/* fermata-statechart-actions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a machine does next in its actions: appendix D, "executeContent". */

#include "engine/statechart/fermata-statechart-execution-private.h"

#include "engine/moment/fermata-event-name.h"

typedef FermataStatechartExecution Execution;

guint
fermata_statechart_get_place (const FermataFrame *frame)
{
  const FermataMachine *machine = frame->machine;
  const FermataChart *chart = frame->plan->chart;
  guint state;

  switch ((FermataMachinePhase) machine->phase)
    {
    case FERMATA_MACHINE_EXITING:
    case FERMATA_MACHINE_ENDING:
      return machine->exits->indices[machine->position];

    case FERMATA_MACHINE_TAKING:
      /* A machine begins by no edge of its own. */
      if (machine->position >= fermata_index_list_get_n (machine->edges))
        return chart->indices[chart->initial.first];
      return frame->plan->n_nodes + machine->edges->indices[machine->position];

    case FERMATA_MACHINE_ENTERING:
      state = machine->enters->indices[machine->position];
      return state;

    case FERMATA_MACHINE_FINALIZING:
      return chart->tasks[machine->position].state;

    default:
      return 0;
    }
}

static const FermataMachineLoop *
get_loop (Execution *self)
{
  return self->n_loops == 0
         ? NULL : &g_array_index (self->frame->machine->loops, FermataMachineLoop, self->n_loops - 1);
}

FermataValue *
fermata_statechart_iteration_new (const FermataMachineLoop *loop)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  gsize n = fermata_value_get_length (loop->items);

  fermata_value_builder_set_integer (builder, "index", loop->index);
  fermata_value_builder_set (builder, "value", fermata_value_get_element (loop->items, loop->index));
  fermata_value_builder_set_boolean (builder, "first", loop->index == 0);
  fermata_value_builder_set_boolean (builder, "last", loop->index + 1 == n);
  fermata_value_builder_set_integer (builder, "count", n);

  return fermata_value_builder_end (builder);
}

static void
update_iteration (Execution *self)
{
  const FermataMachineLoop *loop = get_loop (self);

  g_clear_pointer (&self->iteration, fermata_value_unref);
  if (loop != NULL)
    self->iteration = fermata_statechart_iteration_new (loop);
  self->scope.iteration = self->iteration;
}

/* Decisions */

static gboolean
decide (Execution        *self,
        FermataEvent     *event,
        FermataEventKind  kind,
        FermataValue     *payload)
{
  fermata_statechart_decision (self->frame, event, kind, fermata_statechart_get_place (self->frame),
                               payload);
  event->step = self->pc + 1;

  return TRUE;
}

gboolean
fermata_statechart_execution_decide (FermataStatechartExecution *self,
                                     FermataEvent               *event,
                                     FermataEventKind            kind,
                                     FermataValue               *payload)
{
  return decide (self, event, kind, payload);
}

/* The element of SCXML that it is about. */
static const char *
get_tag (const FermataFrame *frame,
         guint               step,
         const char         *what)
{
  const FermataChart *chart = frame->plan->chart;

  if (step > 0 && step <= chart->n_ops && chart->ops[step - 1].code == FERMATA_OP_DECLARE)
    return "data";
  if (step == 0)
    return g_str_equal (what, "data") ? "donedata" : "invoke";

  return what;
}

/* What other interpreters say of errors, too. Where it stands in the text is not known
 * any more. */
static void
add_tag (FermataValue **value,
         const char    *tag,
         const GError  *error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) none = fermata_value_new_null ();

  for (gsize i = 0; i < fermata_value_get_length (*value); i++)
    fermata_value_builder_set (builder, fermata_value_get_member_name (*value, i),
                               fermata_value_get_element (*value, i));
  fermata_value_builder_set_string (builder, "tagname", tag);
  fermata_value_builder_set_string (builder, "reason", error->message);
  fermata_value_builder_set (builder, "line", none);
  fermata_value_builder_set (builder, "column", none);
  fermata_value_unref (*value);
  *value = fermata_value_builder_end (builder);
}

gboolean
fermata_statechart_decide_failed (FermataMoment *moment,
                                  FermataFrame  *frame,
                                  guint          place,
                                  guint          step,
                                  const char    *what,
                                  const GError  *error,
                                  FermataEvent  *event)
{
  const FermataPlan *plan = frame->plan;
  const char *id = place < plan->n_nodes ? plan->nodes[place].id : NULL;
  g_autofree char *message = NULL;
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) value = NULL;

  if (id != NULL)
    message = g_strdup_printf ("State “%s”, %s: %s", id, what, error->message);
  else
    message = g_strdup_printf ("Edge %s, %s: %s",
                               fermata_plan_get_edge_name (frame->plan, place - plan->n_nodes), what,
                               error->message);
  value = fermata_error_value_new (fermata_error_kind_of (error), message, id, NULL);
  if (frame->plan->chart->data_model != FERMATA_DATA_MODEL_FERMATA)
    add_tag (&value, get_tag (frame, step, what), error);
  fermata_value_builder_set (builder, "error", value);
  fermata_statechart_decision (frame, event, FERMATA_EVENT_ACTION_FAILED, place,
                               fermata_value_builder_end (builder));
  event->step = step;

  return TRUE;
}

static gboolean
fail (Execution    *self,
      const char   *what,
      GError       *error,
      FermataEvent *event)
{
  g_autoptr (GError) owned = error;

  return fermata_statechart_decide_failed (self->moment, self->frame,
                                           fermata_statechart_get_place (self->frame), self->pc + 1,
                                           what, owned, event);
}

gboolean
fermata_statechart_execution_fail (FermataStatechartExecution *self,
                                   const char                 *what,
                                   GError                     *error,
                                   FermataEvent               *event)
{
  return fail (self, what, error, event);
}

static gboolean
decide_assign (Execution            *self,
               const FermataChartOp *op,
               FermataEvent         *event)
{
  FermataValue *now = fermata_moment_get_frame_variables (self->moment, self->frame);
  g_autoptr (FermataValue) variables = fermata_value_ref (now);
  g_autoptr (FermataValue) changes = NULL;
  g_autoptr (FermataValueBuilder) builder = NULL;
  FermataValue *state = NULL;
  GError *error = NULL;

  self->scope.variables = &variables;
  changes = fermata_assignments_evaluate (op->assignments, &self->scope.parent, &variables, &state,
                                          &error);
  self->scope.variables = NULL;
  if (changes == NULL)
    return fail (self, "assign", error, event);

  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set (builder, "changes", changes);

  return decide (self, event, FERMATA_EVENT_ASSIGNED, fermata_value_builder_end (builder));
}

static gboolean
expand (Execution           *self,
        FermataTemplate     *template,
        const char          *member,
        FermataValueBuilder *builder,
        GError             **error)
{
  g_autoptr (FermataValue) value = NULL;

  if (template == NULL)
    return TRUE;

  value = fermata_template_expand (template, &self->scope.parent, error);
  if (value == NULL)
    {
      g_prefix_error (error, "%s: ", member);
      return FALSE;
    }
  fermata_value_builder_set (builder, member, value);

  return TRUE;
}

/* The same where only text makes sense. */
static gboolean
expand_text (Execution           *self,
             FermataTemplate     *template,
             const char          *member,
             FermataValueBuilder *builder,
             GError             **error)
{
  g_autoptr (FermataValue) value = NULL;

  if (template == NULL)
    return TRUE;

  value = fermata_template_expand (template, &self->scope.parent, error);
  if (value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    {
      fermata_value_builder_set (builder, member, value);
      return TRUE;
    }
  if (value != NULL)
    g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "must be text, not %s",
                 fermata_value_kind_to_string (fermata_value_get_kind (value)));
  g_prefix_error (error, "%s: ", member);

  return FALSE;
}

static gboolean
check_name (FermataValue *payload,
            GError      **error)
{
  const char *name = fermata_value_get_string (fermata_value_get_member (payload, "event"), NULL);

  if (fermata_event_name_is_valid (name))
    return TRUE;

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
               "event: “%s” is no name of an event", name);

  return FALSE;
}

static gboolean
decide_raise (Execution            *self,
              const FermataChartOp *op,
              FermataEvent         *event)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) payload = NULL;
  GError *error = NULL;

  if (!expand_text (self, op->event, "event", builder, &error)
      || !expand (self, op->data, "data", builder, &error))
    return fail (self, "raise", error, event);

  payload = fermata_value_builder_end (builder);
  if (!check_name (payload, &error))
    return fail (self, "raise", error, event);

  return decide (self, event, FERMATA_EVENT_EVENT_RAISED, g_steal_pointer (&payload));
}

static gboolean
add_delay (Execution            *self,
           const FermataChartOp *op,
           FermataValueBuilder  *builder,
           GError              **error)
{
  gint64 delay = op->delay.microseconds;

  if (op->delay.template != NULL
      && !fermata_plan_duration_evaluate (&op->delay, &self->scope.parent, &delay, error))
    {
      g_prefix_error (error, "delay: ");
      return FALSE;
    }
  if (delay <= 0)
    return TRUE;
  if (fermata_machine_get_n (self->frame->machine->timers) >= FERMATA_MAX_MACHINE_TIMERS)
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                   "delay: %u events wait for their time already", FERMATA_MAX_MACHINE_TIMERS);
      return FALSE;
    }
  fermata_value_builder_set_integer (builder, "delay", delay);

  return TRUE;
}

static gboolean
decide_send (Execution            *self,
             const FermataChartOp *op,
             FermataEvent         *event)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) payload = NULL;
  GError *error = NULL;

  if (!expand_text (self, op->event, "event", builder, &error)
      || !expand (self, op->data, "data", builder, &error)
      || !expand_text (self, op->to, "to", builder, &error)
      || !expand_text (self, op->id, "id", builder, &error)
      || !add_delay (self, op, builder, &error))
    return fail (self, "send", error, event);

  payload = fermata_value_builder_end (builder);
  if (!check_name (payload, &error)
      || !fermata_statechart_check_send (self->moment, self->frame, payload, &error))
    return fail (self, "send", error, event);

  return decide (self, event, FERMATA_EVENT_EVENT_SENT, g_steal_pointer (&payload));
}

static gboolean
decide_cancel (Execution            *self,
               const FermataChartOp *op,
               FermataEvent         *event)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  GError *error = NULL;

  if (!expand_text (self, op->id, "id", builder, &error))
    return fail (self, "cancel", error, event);

  return decide (self, event, FERMATA_EVENT_SEND_CANCELLED, fermata_value_builder_end (builder));
}

static gboolean
decide_log (Execution            *self,
            const FermataChartOp *op,
            FermataEvent         *event)
{
  GError *error = NULL;
  FermataValue *message = fermata_template_expand (op->data, &self->scope.parent, &error);

  if (message == NULL)
    return fail (self, "log", error, event);

  return decide (self, event, FERMATA_EVENT_LOGGED, message);
}

/* It begins, and when it has ended what it changed is assigned; the fact that told
 * so is the payload for that. */
static gboolean
decide_script (Execution    *self,
               FermataEvent *event)
{
  FermataValue *result = self->frame->machine->script_result;

  if (self->frame->machine->script == FERMATA_MACHINE_NO_SCRIPT)
    return decide (self, event, FERMATA_EVENT_SCRIPT_STARTED, NULL);
  if (fermata_value_get_member (result, "error") != NULL)
    return decide (self, event, FERMATA_EVENT_ACTION_FAILED, fermata_value_ref (result));

  return decide (self, event, FERMATA_EVENT_ASSIGNED, fermata_value_ref (result));
}

static gboolean
decide_iteration (Execution    *self,
                  guint         op,
                  guint32       index,
                  FermataValue *items,
                  FermataEvent *event)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  const FermataChartScxml *scxml = self->frame->plan->chart->ops[op].scxml;
  g_autoptr (FermataValue) changes = NULL;
  GError *error = NULL;

  self->pc = op;
  if (scxml != NULL)
    {
      changes = fermata_statechart_change_item (&self->scope, scxml,
                                                items != NULL ? items : get_loop (self)->items, index, &error);
      if (changes == NULL)
        return fail (self, "foreach", error, event);
    }

  fermata_value_builder_set_integer (builder, "index", index);
  if (items != NULL)
    fermata_value_builder_set (builder, "items", items);
  if (changes != NULL)
    fermata_value_builder_set (builder, "changes", changes);

  return decide (self, event, FERMATA_EVENT_ITERATING, fermata_value_builder_end (builder));
}

static gboolean
has_variable (Execution  *self,
              const char *name)
{
  FermataValue *variables = fermata_moment_get_frame_variables (self->moment, self->frame);

  return name == NULL || (variables != NULL && fermata_value_get_member (variables, name) != NULL);
}

/* A loop with nothing to go through declares what is not there yet. */
static gboolean
pass_loop (Execution            *self,
           const FermataChartOp *op,
           FermataValue         *items,
           FermataEvent         *event)
{
  if (op->scxml != NULL && !(has_variable (self, op->scxml->item) && has_variable (self, op->scxml->index)))
    return decide_iteration (self, self->pc, 0, items, event);

  self->pc = op->jump;

  return FALSE;
}

/* Whether a loop has something to go through: then that is decided. */
static gboolean
begin_loop (Execution            *self,
            const FermataChartOp *op,
            FermataEvent         *event)
{
  GError *error = NULL;
  g_autoptr (FermataValue) items = fermata_expression_evaluate (op->expression, &self->scope.parent,
                                                                &error);

  if (items != NULL && fermata_value_get_kind (items) != FERMATA_VALUE_KIND_ARRAY)
    g_set_error (&error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "must be an array, not %s",
                 fermata_value_kind_to_string (fermata_value_get_kind (items)));
  if (error != NULL)
    return fail (self, "foreach", error, event);
  if (fermata_value_get_length (items) > 0)
    return decide_iteration (self, self->pc, 0, items, event);

  return pass_loop (self, op, items, event);
}

/* Whether there is another iteration: then that is decided. */
static gboolean
end_iteration (Execution            *self,
               const FermataChartOp *op,
               FermataEvent         *event)
{
  const FermataMachineLoop *loop = get_loop (self);

  if (loop->index + 1 < fermata_value_get_length (loop->items))
    return decide_iteration (self, op->jump, loop->index + 1, NULL, event);

  self->pc = self->frame->plan->chart->ops[op->jump].jump;
  self->n_loops--;
  update_iteration (self);

  return FALSE;
}

static gboolean
test (Execution            *self,
      const FermataChartOp *op,
      FermataEvent         *event)
{
  GError *error = NULL;
  gboolean holds;

  if (!fermata_expression_test (op->expression, &self->scope.parent, &holds, &error))
    return fail (self, "if", error, event);
  self->pc = holds ? self->pc + 1 : op->jump;

  return FALSE;
}

/* One op: TRUE if something is decided by it, else @pc has moved on. */
static gboolean
execute (Execution    *self,
         FermataEvent *event)
{
  const FermataChartOp *op = &self->frame->plan->chart->ops[self->pc];

  if (op->scxml != NULL && op->code != FERMATA_OP_IF && op->code != FERMATA_OP_FOREACH)
    return fermata_statechart_execute_scxml (self, op, event);

  switch ((FermataOpCode) op->code)
    {
    case FERMATA_OP_ASSIGN:
      return decide_assign (self, op, event);

    case FERMATA_OP_RAISE:
      return decide_raise (self, op, event);

    case FERMATA_OP_SEND:
      return decide_send (self, op, event);

    case FERMATA_OP_CANCEL:
      return decide_cancel (self, op, event);

    case FERMATA_OP_LOG:
      return decide_log (self, op, event);

    case FERMATA_OP_IF:
      return test (self, op, event);

    case FERMATA_OP_FOREACH:
      return begin_loop (self, op, event);

    case FERMATA_OP_NEXT:
      return end_iteration (self, op, event);

    case FERMATA_OP_JUMP:
      self->pc = op->jump;
      return FALSE;

    case FERMATA_OP_SCRIPT:
      return decide_script (self, event);

    case FERMATA_OP_BLOCK:
      self->pc++;
      return FALSE;

    case FERMATA_OP_ONCE:
      self->pc = fermata_statechart_follow_once (self->frame, self->pc);
      return FALSE;

    case FERMATA_OP_DECLARE:
    case FERMATA_OP_NOTHING:
    case FERMATA_OP_END:
    default:
      decide (self, event, FERMATA_EVENT_ACTIONS_ENDED, NULL);
      event->step = 0;
      return TRUE;
    }
}

/* "procedure executeContent (block)", from where the machine is in it to the next
 * thing that happens. */
gboolean
fermata_statechart_execute_content (FermataMoment *moment,
                                    FermataFrame  *frame,
                                    FermataEvent  *event)
{
  Execution self = { .moment = moment, .frame = frame, .pc = frame->machine->pc };

  fermata_statechart_scope_init (&self.scope, moment, frame);
  self.n_loops = fermata_machine_get_n (frame->machine->loops);
  update_iteration (&self);
  while (!execute (&self, event))
    ;
  g_clear_pointer (&self.iteration, fermata_value_unref);

  return TRUE;
}
