/* fermata-statechart-scxml.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Actions in SCXML's data models: sections 4, 5.3, 5.4, 5.8 and 6 of the
 * recommendation. */

#include "engine/statechart/fermata-statechart-execution-private.h"

#include "engine/moment/fermata-event-name.h"
#include "model/fermata-css-time-private.h"
#include "value/fermata-canonical.h"
#include "value/fermata-value-writer.h"

static gboolean
decide_changes (FermataStatechartExecution *self,
                FermataValue               *changes,
                FermataEvent               *event)
{
  g_autoptr (FermataValue) owned = changes;
  g_autoptr (FermataValueBuilder) builder = NULL;

  if (fermata_value_get_length (changes) == 0)
    {
      self->pc++;
      return FALSE;
    }

  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set (builder, "changes", changes);

  return fermata_statechart_execution_decide (self, event, FERMATA_EVENT_ASSIGNED,
                                              fermata_value_builder_end (builder));
}

static gboolean
decide_changes_or_fail (FermataStatechartExecution *self,
                        FermataValue               *changes,
                        const char                 *what,
                        GError                     *error,
                        FermataEvent               *event)
{
  return changes == NULL ? fermata_statechart_execution_fail (self, what, error, event)
                         : decide_changes (self, changes, event);
}

/* Variables */

/* The value that a variable has been given when the machine was begun (transfer full,
 * nullable): canonical, if whoever began it speaks so. */
static FermataValue *
dup_given (FermataStatechartExecution *self,
           const char                 *name)
{
  FermataValue *inputs = fermata_moment_get_frame_inputs (self->moment, self->frame);
  FermataValue *given = inputs == NULL ? NULL : fermata_value_get_member (inputs, name);
  FermataFrame *parent;

  if (given == NULL)
    return NULL;
  parent = fermata_moment_find_parent_machine (self->moment, self->frame);

  return parent != NULL && fermata_frame_is_scxml (parent) ? fermata_value_ref (given)
                                                           : fermata_canonical_from_plain (given);
}

static FermataValue *
change_location (FermataStatechartExecution  *self,
                 const FermataChartOp        *op,
                 GError                     **error)
{
  if (op->expression != NULL)
    return fermata_frame_scope_assign (&self->scope, op->scxml->location, op->expression, error);

  return fermata_frame_scope_assign_value (&self->scope, op->scxml->location, op->scxml->content, FALSE, error);
}

static gboolean
decide_declare (FermataStatechartExecution *self,
                const FermataChartOp       *op,
                FermataEvent               *event)
{
  const char *name = op->scxml->location;
  g_autoptr (FermataValue) given = dup_given (self, name);
  GError *error = NULL;
  FermataValue *changes = NULL;

  if (given == NULL && op->expression == NULL && op->scxml->content == NULL && op->scxml->problem == NULL)
    {
      self->pc++;
      return FALSE;
    }

  if (given != NULL)
    changes = fermata_frame_scope_assign_value (&self->scope, name, given, TRUE, &error);
  else if (op->scxml->problem != NULL)
    g_set_error_literal (&error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION, op->scxml->problem);
  else
    changes = change_location (self, op, &error);

  return decide_changes_or_fail (self, changes, name, error, event);
}

static gboolean
decide_assign (FermataStatechartExecution *self,
               const FermataChartOp       *op,
               FermataEvent               *event)
{
  GError *error = NULL;
  FermataValue *changes = change_location (self, op, &error);

  return decide_changes_or_fail (self, changes, "assign", error, event);
}

static gboolean
decide_script (FermataStatechartExecution *self,
               const FermataChartOp       *op,
               FermataEvent               *event)
{
  GError *error = NULL;
  FermataValue *changes = fermata_frame_scope_execute (&self->scope,
                                                       fermata_value_get_string (op->code_text, NULL), &error);

  return decide_changes_or_fail (self, changes, "script", error, event);
}

/* What a variable is before a loop gives it a value: as it was, or undefined. */
static FermataValue *
dup_before_loop (FermataFrameScope *scope,
                 const char        *name)
{
  FermataValue *variables = fermata_moment_get_frame_variables (scope->moment, scope->frame);
  FermataValue *variable = variables == NULL ? NULL : fermata_value_get_member (variables, name);

  return variable != NULL ? fermata_value_ref (variable) : fermata_canonical_new_undefined ();
}

/* "If the 'item' attribute does not specify a legal variable name, … error.execution"
 * and "MUST declare a new variable if the one specified by 'item' is not already defined"
 * (4.6), even if there are no items. */
FermataValue *
fermata_statechart_change_item (FermataFrameScope        *scope,
                                const FermataChartScxml  *loop,
                                FermataValue             *items,
                                guint32                   index,
                                GError                  **error)
{
  gboolean is_empty = fermata_value_get_length (items) == 0;
  g_autoptr (FermataValue) item = is_empty ? dup_before_loop (scope, loop->item)
                                           : fermata_value_ref (fermata_value_get_element (items, index));
  g_autoptr (FermataValue) changes = fermata_frame_scope_assign_value (scope, loop->item, item, TRUE, error);
  g_autoptr (FermataValue) number = NULL;
  g_autoptr (FermataValue) more = NULL;
  g_autoptr (FermataValueBuilder) all = NULL;

  if (changes == NULL || loop->index == NULL)
    return g_steal_pointer (&changes);

  number = is_empty ? dup_before_loop (scope, loop->index) : fermata_value_new_integer (index);
  more = fermata_frame_scope_assign_value (scope, loop->index, number, TRUE, error);
  if (more == NULL)
    return NULL;

  all = fermata_value_builder_new_array ();
  for (gsize i = 0; i < fermata_value_get_length (changes); i++)
    fermata_value_builder_add (all, fermata_value_get_element (changes, i));
  for (gsize i = 0; i < fermata_value_get_length (more); i++)
    fermata_value_builder_add (all, fermata_value_get_element (more, i));

  return fermata_value_builder_end (all);
}

/* Events */

static gboolean
add_text (FermataStatechartExecution  *self,
          const FermataChartText      *text,
          const char                  *name,
          FermataValueBuilder         *builder,
          GError                     **error)
{
  g_autoptr (FermataValue) value = NULL;

  if (!fermata_statechart_make_text (text, &self->scope, name, &value, error))
    return FALSE;
  if (value != NULL)
    fermata_value_builder_set (builder, name, value);

  return TRUE;
}

static gboolean
check_name (FermataValue  *payload,
            GError       **error)
{
  FermataValue *name = fermata_value_get_member (payload, "event");

  if (name == NULL || fermata_event_name_is_valid (fermata_value_get_string (name, NULL)))
    return TRUE;

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "event: “%s” is no name of an event",
               fermata_value_get_string (name, NULL));

  return FALSE;
}

static gboolean
decide_raise (FermataStatechartExecution *self,
              const FermataChartOp       *op,
              FermataEvent               *event)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) payload = NULL;
  GError *error = NULL;

  if (!add_text (self, &op->scxml->event, "event", builder, &error))
    return fermata_statechart_execution_fail (self, "raise", error, event);
  payload = fermata_value_builder_end (builder);
  if (!check_name (payload, &error))
    return fermata_statechart_execution_fail (self, "raise", error, event);

  return fermata_statechart_execution_decide (self, event, FERMATA_EVENT_EVENT_RAISED, g_steal_pointer (&payload));
}

static gboolean
add_delay (FermataStatechartExecution  *self,
           const FermataChartOp        *op,
           FermataValueBuilder         *builder,
           GError                     **error)
{
  g_autoptr (FermataValue) text = NULL;
  gint64 delay;

  if (!fermata_statechart_make_text (&op->scxml->delay, &self->scope, "delay", &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (!fermata_css_time_parse (fermata_value_get_string (text, NULL), &delay))
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                   "delay: “%s” is no time: a number with “s” or “ms” behind it",
                   fermata_value_get_string (text, NULL));
      return FALSE;
    }
  if (delay > 0 && fermata_machine_get_n (self->frame->machine->timers) >= FERMATA_MAX_MACHINE_TIMERS)
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                   "delay: %u events wait for their time already", FERMATA_MAX_MACHINE_TIMERS);
      return FALSE;
    }
  if (delay > 0)
    fermata_value_builder_set_integer (builder, "delay", delay);

  return TRUE;
}

/* "If 'idlocation' is specified, the Processor MUST generate an id when the parent
 * <send> element is evaluated and store it in this location" (6.2.4) */
static gboolean
add_id (FermataStatechartExecution  *self,
        const FermataChartOp        *op,
        FermataValueBuilder         *builder,
        GError                     **error)
{
  g_autofree char *id = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (FermataValue) changes = NULL;

  if (op->scxml->location == NULL)
    return add_text (self, &op->scxml->id, "id", builder, error);

  id = g_strdup_printf ("send.%" G_GUINT64_FORMAT, self->moment->number + 1);
  value = fermata_value_new_string (id, -1);
  changes = fermata_frame_scope_assign_value (&self->scope, op->scxml->location, value, FALSE, error);
  if (changes == NULL)
    {
      g_prefix_error (error, "id-location: ");
      return FALSE;
    }
  fermata_value_builder_set (builder, "id", value);
  fermata_value_builder_set (builder, "changes", changes);

  return TRUE;
}

static gboolean
add_payload (FermataStatechartExecution  *self,
             const FermataChartOp        *op,
             FermataValueBuilder         *builder,
             GError                     **error)
{
  const FermataChartPayload *payload = &op->scxml->payload;
  g_autoptr (FermataValue) data = NULL;
  g_autoptr (FermataValue) problem = NULL;

  if (!fermata_statechart_make_payload (payload, &self->scope, &data, &problem, error))
    return FALSE;
  if (data != NULL)
    fermata_value_builder_set (builder, "data", data);
  if (data != NULL && payload->params->len > 0)
    fermata_value_builder_set_boolean (builder, "params", TRUE);
  if (problem != NULL)
    fermata_value_builder_set (builder, "error", problem);

  return TRUE;
}

static FermataValue *
with_member (FermataValue *object,
             const char   *name,
             FermataValue *value)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (gsize i = 0; i < fermata_value_get_length (object); i++)
    fermata_value_builder_set (builder, fermata_value_get_member_name (object, i),
                               fermata_value_get_element (object, i));
  fermata_value_builder_set (builder, name, value);

  return fermata_value_builder_end (builder);
}

/* "In the case of error events triggered by a failed attempt to send an event, the
 * Processor MUST set this field to the send id of the triggering <send> element" (5.10.1),
 * which is where it is to be stored all the same. */
static gboolean
fail_send (FermataStatechartExecution *self,
           FermataValue               *sent,
           GError                     *error,
           FermataEvent               *event)
{
  FermataValue *id = fermata_value_get_member (sent, "id");
  FermataValue *changes = fermata_value_get_member (sent, "changes");
  g_autoptr (FermataValue) failed = NULL;
  g_autoptr (FermataValue) told = NULL;

  fermata_statechart_execution_fail (self, "send", error, event);
  if (id == NULL)
    return TRUE;

  failed = with_member (fermata_value_get_member (event->payload, "error"), "sendid", id);
  told = with_member (event->payload, "error", failed);
  fermata_value_unref (event->payload);
  event->payload = changes == NULL ? g_steal_pointer (&told) : with_member (told, "changes", changes);

  return TRUE;
}

static gboolean
decide_send (FermataStatechartExecution *self,
             const FermataChartOp       *op,
             FermataEvent               *event)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) payload = NULL;
  GError *error = NULL;
  gboolean is_complete;

  is_complete = add_id (self, op, builder, &error)
                && add_text (self, &op->scxml->event, "event", builder, &error)
                && add_text (self, &op->scxml->to, "to", builder, &error)
                && add_text (self, &op->scxml->type, "type", builder, &error)
                && add_payload (self, op, builder, &error)
                && add_delay (self, op, builder, &error);
  payload = fermata_value_builder_end (builder);
  if (!is_complete || !check_name (payload, &error)
      || !fermata_statechart_check_send (self->moment, self->frame, payload, &error))
    return fail_send (self, payload, error, event);

  return fermata_statechart_execution_decide (self, event, FERMATA_EVENT_EVENT_SENT, g_steal_pointer (&payload));
}

static gboolean
decide_cancel (FermataStatechartExecution *self,
               const FermataChartOp       *op,
               FermataEvent               *event)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  GError *error = NULL;

  if (!add_text (self, &op->scxml->id, "id", builder, &error))
    return fermata_statechart_execution_fail (self, "cancel", error, event);

  return fermata_statechart_execution_decide (self, event, FERMATA_EVENT_SEND_CANCELLED,
                                              fermata_value_builder_end (builder));
}

static FermataValue *
labelled_new (const char   *label,
              FermataValue *value)
{
  gsize length = 0;
  const char *text = fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING
                     ? fermata_value_get_string (value, &length) : NULL;
  g_autofree char *json = text != NULL ? NULL : fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *line = g_strdup_printf ("%s: %s", label, text != NULL ? text : json);

  return fermata_value_new_string (line, -1);
}

static gboolean
decide_log (FermataStatechartExecution *self,
            const FermataChartOp       *op,
            FermataEvent               *event)
{
  const char *label = op->scxml->label;
  g_autoptr (FermataValue) found = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (FermataValue) message = NULL;
  GError *error = NULL;

  if (op->expression != NULL)
    {
      found = fermata_expression_evaluate (op->expression, &self->scope.parent, &error);
      if (found == NULL)
        return fermata_statechart_execution_fail (self, "log", error, event);
      value = fermata_canonical_to_words (found);
    }

  if (value == NULL)
    message = fermata_value_new_string (label == NULL ? "" : label, -1);
  else if (label == NULL || *label == '\0')
    message = fermata_value_ref (value);
  else
    message = labelled_new (label, value);

  return fermata_statechart_execution_decide (self, event, FERMATA_EVENT_LOGGED, g_steal_pointer (&message));
}

gboolean
fermata_statechart_execute_scxml (FermataStatechartExecution *self,
                                  const FermataChartOp       *op,
                                  FermataEvent               *event)
{
  switch ((guint) op->code)
    {
    case FERMATA_OP_DECLARE:
      return decide_declare (self, op, event);

    case FERMATA_OP_ASSIGN:
      return decide_assign (self, op, event);

    case FERMATA_OP_SCRIPT:
      return decide_script (self, op, event);

    case FERMATA_OP_RAISE:
      return decide_raise (self, op, event);

    case FERMATA_OP_SEND:
      return decide_send (self, op, event);

    case FERMATA_OP_CANCEL:
      return decide_cancel (self, op, event);

    case FERMATA_OP_LOG:
      return decide_log (self, op, event);

    default:
      self->pc++;
      return FALSE;
    }
}
