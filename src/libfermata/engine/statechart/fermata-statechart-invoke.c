/* fermata-statechart-invoke.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Invocations of machines with one of SCXML's data models: section 6.4 of the
 * recommendation. What is said of one is evaluated when it begins. */

#include "engine/moment/fermata-body-private.h"
#include "engine/statechart/fermata-statechart-execution-private.h"

typedef struct {
  FermataMoment *moment;
  FermataFrame *frame;
  guint state;
  const FermataChartTask *task;
  FermataFrameScope scope;
  FermataValue *id;
  FermataValue *params;
  FermataValue *with;
  FermataValue *changes;
  FermataValue *problem;
} Invocation;

static void
invocation_clear (Invocation *self)
{
  g_clear_pointer (&self->id, fermata_value_unref);
  g_clear_pointer (&self->params, fermata_value_unref);
  g_clear_pointer (&self->with, fermata_value_unref);
  g_clear_pointer (&self->changes, fermata_value_unref);
  g_clear_pointer (&self->problem, fermata_value_unref);
}

/* "the form 'stateid.platformid'" (6.4.1) */
static gboolean
make_id (Invocation  *self,
         GError     **error)
{
  const FermataChartInvoke *invoke = self->task->invoke;
  g_autofree char *id = NULL;

  if (invoke->is_named)
    self->id = fermata_value_new_string (self->task->id, -1);
  else
    {
      id = fermata_statechart_dup_invoke_id (self->frame, self->state, self->frame->machine->position,
                                             self->moment->n_entered + 1);
      self->id = fermata_value_new_string (id, -1);
    }
  if (invoke->id_location == NULL)
    return TRUE;

  self->changes = fermata_frame_scope_assign_value (&self->scope, invoke->id_location, self->id, FALSE, error);
  if (self->changes == NULL)
    g_prefix_error (error, "id-location: ");

  return self->changes != NULL;
}

/* What the invoked machine declares; NULL if that is not known, or nothing. */
static FermataValue *
get_declared (const Invocation *self)
{
  const FermataPlan *body = self->task->plan->nodes[0].body;

  return body == NULL ? NULL
                      : fermata_value_get_member (body->members, fermata_plan_is_scxml (body) ? "variables" : "inputs");
}

/* "If the name does not match … the Processor MUST NOT add the value" (6.4.4) */
static FermataValue *
keep_declared (const Invocation *self,
               FermataValue     *params)
{
  FermataValue *declared = get_declared (self);
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (gsize i = 0; params != NULL && i < fermata_value_get_length (params); i++)
    {
      const char *name = fermata_value_get_member_name (params, i);

      if (self->task->invoke->is_dynamic || (declared != NULL && fermata_value_get_member (declared, name) != NULL))
        fermata_value_builder_set (builder, name, fermata_value_get_element (params, i));
    }

  return fermata_value_builder_end (builder);
}

static gboolean
make_params (Invocation  *self,
             GError     **error)
{
  g_autoptr (FermataValue) params = NULL;

  if (self->task->invoke->payload.params->len > 0
      && !fermata_statechart_make_payload (&self->task->invoke->payload, &self->scope, &params, &self->problem, error))
    return FALSE;
  self->params = keep_declared (self, params);

  return TRUE;
}

static gboolean
add_text (Invocation              *self,
          const FermataChartText  *text,
          const char              *name,
          FermataValueBuilder     *builder,
          GError                 **error)
{
  g_autoptr (FermataValue) value = NULL;

  if (!fermata_statechart_make_text (text, &self->scope, name, &value, error))
    return FALSE;
  if (value != NULL)
    fermata_value_builder_set (builder, name, value);

  return TRUE;
}

/* It may be markup that a variable holds. */
static gboolean
add_content (Invocation           *self,
             FermataValueBuilder  *builder,
             GError              **error)
{
  const FermataChartText *content = &self->task->invoke->content;
  g_autoptr (FermataValue) value = NULL;

  if (content->expression == NULL)
    return add_text (self, content, "content", builder, error);

  value = fermata_expression_evaluate (content->expression, &self->scope.parent, error);
  if (value == NULL)
    return FALSE;
  fermata_value_builder_set (builder, "content", value);

  return TRUE;
}

static gboolean
make_with (Invocation  *self,
           GError     **error)
{
  const FermataChartInvoke *invoke = self->task->invoke;
  g_autoptr (FermataValueBuilder) builder = NULL;

  if (!invoke->is_dynamic)
    return TRUE;

  builder = fermata_value_builder_new_object ();
  if (!add_text (self, &invoke->type, "type", builder, error)
      || !add_text (self, &invoke->src, "src", builder, error)
      || !add_content (self, builder, error))
    return FALSE;
  fermata_value_builder_set (builder, "params", self->params);
  fermata_value_builder_set (builder, "id", self->id);
  self->with = fermata_value_builder_end (builder);

  return TRUE;
}

static void
add (FermataValue **payload,
     const char    *name,
     FermataValue  *value)
{
  FermataValue *more;

  if (value == NULL)
    return;
  more = fermata_value_with_member (*payload, name, value);
  fermata_value_unref (*payload);
  *payload = more;
}

static FermataValue *
make_payload (Invocation *self)
{
  FermataValue *payload = fermata_body_entered_payload (self->moment, self->frame->machine->position, NULL,
                                                        self->params, NULL);

  add (&payload, "id", self->id);
  add (&payload, "with", self->with);
  add (&payload, "changes", self->changes);
  add (&payload, "error", self->problem);

  return payload;
}

/* "If the evaluation of its arguments produces an error, the SCXML Processor MUST
 * terminate the processing of the element without further action" (6.4.2) */
gboolean
fermata_statechart_decide_invoke (FermataMoment *moment,
                                  FermataFrame  *frame,
                                  guint          state,
                                  guint          task,
                                  FermataEvent  *event)
{
  Invocation self = { .moment = moment, .frame = frame, .state = state, .task = &frame->plan->chart->tasks[task] };
  g_autoptr (GError) error = NULL;

  fermata_statechart_scope_init (&self.scope, moment, frame);
  if (make_id (&self, &error) && make_params (&self, &error) && make_with (&self, &error))
    fermata_statechart_decision (frame, event, FERMATA_EVENT_FRAME_ENTERED, state, make_payload (&self));
  else
    fermata_statechart_decide_failed (moment, frame, state, 0, "do", error, event);
  invocation_clear (&self);

  return TRUE;
}

char *
fermata_statechart_dup_invoke_id (const FermataFrame *frame,
                                  guint               state,
                                  guint               position,
                                  guint32             number)
{
  return g_strdup_printf ("%s.%u.%u", frame->plan->nodes[state].id, position + 1, number);
}

/* Whether an id is one that was made for a task: `STATE.POSITION.` and a number. */
gboolean
fermata_statechart_is_invoke_id (const FermataFrame *frame,
                                 guint               state,
                                 guint               position,
                                 const char         *id)
{
  g_autofree char *prefix = g_strdup_printf ("%s.%u.", frame->plan->nodes[state].id, position + 1);
  const char *rest = g_str_has_prefix (id, prefix) ? id + strlen (prefix) : NULL;

  return rest != NULL && *rest != '\0' && strspn (rest, "0123456789") == strlen (rest);
}
