/* fermata-execution.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-execution-private.h"

#include "engine/plan/fermata-computation-private.h"
#include "value/fermata-value-builder.h"

G_DEFINE_FINAL_TYPE (FermataExecution, fermata_execution, G_TYPE_OBJECT)

static void
clear_timer (FermataExecution *self)
{
  if (self->timer != NULL)
    fermata_run_remove_timer (self->run, g_steal_pointer (&self->timer));
  self->timer_func = NULL;
  g_clear_pointer (&self->timer_value, fermata_value_unref);
}

static void
fermata_execution_dispose (GObject *object)
{
  FermataExecution *self = FERMATA_EXECUTION (object);

  fermata_execution_set_data (self, NULL, NULL);

  G_OBJECT_CLASS (fermata_execution_parent_class)->dispose (object);
}

static void
fermata_execution_finalize (GObject *object)
{
  FermataExecution *self = FERMATA_EXECUTION (object);

  g_clear_pointer (&self->timer_value, fermata_value_unref);
  g_clear_pointer (&self->parameters, fermata_value_unref);
  g_clear_pointer (&self->plan, fermata_plan_unref);
  g_free (self->key);

  G_OBJECT_CLASS (fermata_execution_parent_class)->finalize (object);
}

static void
fermata_execution_class_init (FermataExecutionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fermata_execution_dispose;
  object_class->finalize = fermata_execution_finalize;
}

static void
fermata_execution_init (FermataExecution *self)
{
  /* Long ago */
  self->progress_told_at = -G_USEC_PER_SEC;
}

FermataExecution *
fermata_execution_new (FermataRun   *run,
                       guint32       frame,
                       guint32       node,
                       guint         attempt,
                       gint64        since,
                       FermataValue *started)
{
  FermataValue *parameters = started == NULL ? NULL : fermata_value_get_member (started, "with");
  FermataExecution *self = g_object_new (FERMATA_TYPE_EXECUTION, NULL);

  self->run = run;
  self->plan = fermata_plan_ref (fermata_run_get_plan (run));
  self->frame = frame;
  self->node = node;
  self->attempt = attempt;
  self->since = since;
  self->parameters = parameters == NULL ? NULL : fermata_value_ref (parameters);
  self->outlet = fermata_outlet_new (run, frame, node, attempt);
  self->key = g_strdup_printf ("%s/%u/%s", fermata_run_get_id (run), frame,
                               fermata_plan_get_node_id (self->plan, node));

  return self;
}

static FermataNodeType *
type_of (FermataExecution *self)
{
  return fermata_plan_node_at (self->plan, self->node)->type;
}

void
fermata_execution_begin (FermataExecution *self)
{
  g_autoptr (FermataExecution) keep = g_object_ref (self);

  FERMATA_NODE_TYPE_GET_CLASS (type_of (self))->execute (type_of (self), self);
}

void
fermata_execution_cancel (FermataExecution *self)
{
  g_autoptr (FermataExecution) keep = g_object_ref (self);
  FermataNodeTypeClass *klass = FERMATA_NODE_TYPE_GET_CLASS (type_of (self));

  self->cancelled = TRUE;
  fermata_execution_set_paused (self, FALSE);
  clear_timer (self);
  if (klass->cancel != NULL)
    klass->cancel (type_of (self), self);
  else
    fermata_execution_end_cancelled (self);
}

/* Whatever it has printed is recorded. */
void
fermata_execution_flush (FermataExecution *self)
{
  if (self->run != NULL)
    fermata_outlet_flush (self->outlet);
}

void
fermata_execution_detach (FermataExecution *self)
{
  if (self->run == NULL)
    return;

  clear_timer (self);
  fermata_execution_drop_progress (self);
  g_hash_table_remove (self->run->paused, self);
  g_clear_pointer (&self->outlet, fermata_outlet_free);
  self->run = NULL;
  fermata_execution_set_data (self, NULL, NULL);
}

/**
 * fermata_execution_get_node_id:
 * @self: an execution
 *
 * Names the node.
 *
 * Returns: (transfer none): its id
 */
const char *
fermata_execution_get_node_id (FermataExecution *self)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), NULL);

  return fermata_plan_get_node_id (self->plan, self->node);
}

/**
 * fermata_execution_get_attempt:
 * @self: an execution
 *
 * Tells which attempt of the node it is.
 *
 * Returns: from 1
 */
guint
fermata_execution_get_attempt (FermataExecution *self)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), 0);

  return self->attempt;
}

/**
 * fermata_execution_get_key:
 * @self: an execution
 *
 * Gives run/frame/node, which is the same for each attempt: by it, what is
 * done twice can be known again.
 *
 * Returns: (transfer none): the key
 */
const char *
fermata_execution_get_key (FermataExecution *self)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), NULL);

  return self->key;
}

static FermataValue *
constant_parameter (FermataExecution *self,
                    guint             index)
{
  guint local;
  FermataPlan *plan = fermata_plan_locate (self->plan, self->node, &local);
  const FermataPlanNode *node = &plan->nodes[local];

  for (guint i = node[0].first_parameter; i < node[1].first_parameter; i++)
    {
      if (plan->parameters[i].index == index
          && plan->parameters[i].form == PARAMETER_CONSTANT)
        return plan->parameters[i].constant;
    }

  return fermata_node_type_get_default (node->type, index);
}

/**
 * fermata_execution_get_parameter:
 * @self: an execution
 * @name: a parameter of the node's type
 *
 * Gives a parameter of the node with its templates filled in, as they were
 * when the attempt began.
 *
 * Returns: (transfer none) (nullable): the value, or the default; %NULL if
 *   there is neither
 */
FermataValue *
fermata_execution_get_parameter (FermataExecution *self,
                                 const char       *name)
{
  const FermataNodeDescription *description;
  const FermataParameter *parameter;
  FermataValue *value;

  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), NULL);

  value = self->parameters == NULL ? NULL : fermata_value_get_member (self->parameters, name);
  if (value != NULL)
    return value;

  description = fermata_node_type_describe (type_of (self));
  parameter = fermata_node_description_find (description, name);
  g_return_val_if_fail (parameter != NULL, NULL);

  return constant_parameter (self, parameter - description->parameters);
}

/**
 * fermata_execution_dup_parameters:
 * @self: an execution
 *
 * Gives the parameters of the node that have a value, with their templates
 * filled in, in the order in which the type describes them.
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_execution_dup_parameters (FermataExecution *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  const FermataNodeDescription *description;

  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), NULL);

  description = fermata_node_type_describe (type_of (self));
  for (guint i = 0; i < description->n_parameters; i++)
    {
      const char *name = description->parameters[i].name;
      FermataValue *value = fermata_execution_get_parameter (self, name);

      if (value != NULL)
        fermata_value_builder_set (builder, name, value);
    }

  return fermata_value_builder_end (builder);
}

/**
 * fermata_execution_dup_input:
 * @self: an execution
 *
 * Puts the node's input together.
 *
 * Returns: (transfer full) (nullable): the input; %NULL if there is none
 */
FermataValue *
fermata_execution_dup_input (FermataExecution *self)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), NULL);

  if (self->run == NULL)
    return NULL;

  return fermata_moment_dup_node_input (fermata_run_get_moment (self->run), self->frame,
                                        self->node);
}

/**
 * fermata_execution_get_executor:
 * @self: an execution
 *
 * Gives what runs processes.
 *
 * Returns: (transfer none) (nullable): the executor; %NULL if the run has none
 */
FermataExecutor *
fermata_execution_get_executor (FermataExecution *self)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), NULL);

  return self->run == NULL ? NULL : fermata_run_get_executor (self->run);
}

/**
 * fermata_execution_get_grace:
 * @self: an execution
 *
 * Tells how long a process may take to end by itself.
 *
 * Returns: microseconds
 */
gint64
fermata_execution_get_grace (FermataExecution *self)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), 0);

  return self->run == NULL ? 0 : fermata_run_get_grace (self->run);
}

/**
 * fermata_execution_is_cancelled:
 * @self: an execution
 *
 * Tells whether it has been asked to end.
 *
 * Returns: %TRUE after the type's `cancel`
 */
gboolean
fermata_execution_is_cancelled (FermataExecution *self)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), FALSE);

  return self->cancelled;
}

/**
 * fermata_execution_set_data: (skip)
 * @self: an execution
 * @data: (nullable): whatever the node type wants to remember
 * @destroy: (nullable): called with it when it is replaced, or when the run
 *   does not wait any more
 *
 * Remembers something.
 */
void
fermata_execution_set_data (FermataExecution *self,
                            gpointer          data,
                            GDestroyNotify    destroy)
{
  gpointer old_data;
  GDestroyNotify old_destroy;

  g_return_if_fail (FERMATA_IS_EXECUTION (self));

  old_data = self->data;
  old_destroy = self->destroy;
  self->data = data;
  self->destroy = destroy;
  if (old_destroy != NULL && old_data != NULL)
    old_destroy (old_data);
}

/**
 * fermata_execution_get_data: (skip)
 * @self: an execution
 *
 * Gives what fermata_execution_set_data() remembered.
 *
 * Returns: (transfer none) (nullable): the data
 */
gpointer
fermata_execution_get_data (FermataExecution *self)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTION (self), NULL);

  return self->data;
}

/**
 * fermata_execution_tell_process:
 * @self: an execution
 * @job: a job that was started for it
 *
 * Records the identity of a process, so that after a crash of the engine it
 * can be found and ended.
 */
void
fermata_execution_tell_process (FermataExecution *self,
                                FermataJob       *job)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  guint64 start_time = 0;
  gint64 pid;

  g_return_if_fail (FERMATA_IS_EXECUTION (self));

  if (self->run == NULL)
    return;

  pid = fermata_job_get_identity (job, &start_time);
  fermata_value_builder_set_integer (builder, "pid", pid);
  fermata_value_builder_set_integer (builder, "began", start_time);
  fermata_run_post_fact (self->run, FERMATA_EVENT_TASK_BEGAN, self->frame, self->node,
                         self->attempt, fermata_value_builder_end (builder));
}

/* Ends */

static void
end (FermataExecution *self,
     FermataEventKind  kind,
     FermataValue     *payload)
{
  if (self->run == NULL)
    {
      g_clear_pointer (&payload, fermata_value_unref);
      return;
    }

  clear_timer (self);
  fermata_execution_flush_progress (self);
  fermata_outlet_flush (self->outlet);
  fermata_run_post_fact (self->run, kind, self->frame, self->node, self->attempt, payload);
}

static void
output_stored (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  FermataExecution *self = FERMATA_EXECUTION (source);
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_artifacts_store_finish (result, &error);

  if (value != NULL)
    end (self, FERMATA_EVENT_TASK_COMPLETED, value);
  else
    fermata_execution_fail_with_error (self, error);
}

/* It goes on as the name of a file. Until that is written the attempt is under
 * way. */
static void
store_output (FermataExecution *self,
              FermataValue     *value)
{
  g_autofree char *name = g_strdup_printf ("%u-%u-%u-%s", self->frame, self->node, self->attempt,
                                           fermata_execution_get_node_id (self));

  clear_timer (self);
  fermata_artifacts_store_async (self->run->artifacts, self, name, value, output_stored);
}

/**
 * fermata_execution_complete:
 * @self: an execution
 * @value: (nullable): the node's output; %NULL for null
 *
 * Tells that the attempt has succeeded; it has failed nevertheless if the end
 * of what it printed is not the item that it should be.
 */
void
fermata_execution_complete (FermataExecution *self,
                            FermataValue     *value)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (FERMATA_IS_EXECUTION (self));

  if (self->run != NULL && !fermata_outlet_end (self->outlet, &error))
    {
      fermata_execution_fail_with_error (self, error);
      return;
    }

  if (value != NULL && self->run != NULL && self->run->artifacts != NULL
      && fermata_artifacts_suspects (self->run->artifacts, value))
    {
      store_output (self, value);
      return;
    }

  end (self, FERMATA_EVENT_TASK_COMPLETED,
       value == NULL ? fermata_value_new_null () : fermata_value_ref (value));
}

static void
timer_due (gpointer user_data)
{
  g_autoptr (FermataExecution) self = g_object_ref (user_data);
  g_autoptr (FermataValue) value = g_steal_pointer (&self->timer_value);
  FermataExecutionFunc func = g_steal_pointer (&self->timer_func);

  self->timer = NULL;
  if (func != NULL)
    func (self);
  else
    fermata_execution_complete (self, value);
}

static void
set_timer (FermataExecution     *self,
           gint64                deadline,
           FermataExecutionFunc  func,
           FermataValue         *value)
{
  clear_timer (self);
  self->timer_func = func;
  self->timer_value = value == NULL ? NULL : fermata_value_ref (value);
  self->timer = fermata_run_add_timer (self->run, deadline, timer_due, self);
}

/**
 * fermata_execution_complete_after:
 * @self: an execution
 * @microseconds: how long after the attempt began, on the run's clock
 * @value: (nullable): the node's output; %NULL for null
 *
 * Completes by itself when the time has come. Replaces an earlier timer.
 */
void
fermata_execution_complete_after (FermataExecution *self,
                                  gint64            microseconds,
                                  FermataValue     *value)
{
  g_return_if_fail (FERMATA_IS_EXECUTION (self));
  g_return_if_fail (microseconds >= 0);

  if (self->run != NULL)
    set_timer (self, self->since + MIN (microseconds, G_MAXINT64 - self->since), NULL, value);
}

/**
 * fermata_execution_call_after: (skip)
 * @self: an execution
 * @microseconds: how long from now, on the run's clock
 * @func: what to call
 *
 * Calls @func once when the time has come, unless the execution has ended by
 * then. Replaces an earlier timer.
 */
void
fermata_execution_call_after (FermataExecution     *self,
                              gint64                microseconds,
                              FermataExecutionFunc  func)
{
  gint64 now;

  g_return_if_fail (FERMATA_IS_EXECUTION (self));
  g_return_if_fail (microseconds >= 0);
  g_return_if_fail (func != NULL);

  if (self->run == NULL)
    return;

  now = fermata_run_get_time (self->run);
  set_timer (self, now + MIN (microseconds, G_MAXINT64 - now), func, NULL);
}

/**
 * fermata_execution_fail:
 * @self: an execution
 * @kind: what sort of thing went wrong
 * @message: for people
 * @details: (nullable): more, for programs
 *
 * Tells that the attempt has failed.
 */
void
fermata_execution_fail (FermataExecution *self,
                        FermataErrorKind  kind,
                        const char       *message,
                        FermataValue     *details)
{
  g_return_if_fail (FERMATA_IS_EXECUTION (self));
  g_return_if_fail (message != NULL);

  end (self, FERMATA_EVENT_TASK_FAILED,
       fermata_error_value_new (kind, message, fermata_execution_get_node_id (self), details));
}

/**
 * fermata_execution_fail_with_error:
 * @self: an execution
 * @error: what went wrong
 *
 * Tells that the attempt has failed.
 */
void
fermata_execution_fail_with_error (FermataExecution *self,
                                   const GError     *error)
{
  g_return_if_fail (FERMATA_IS_EXECUTION (self));
  g_return_if_fail (error != NULL);

  fermata_execution_fail (self, fermata_error_kind_of (error), error->message, NULL);
}

/**
 * fermata_execution_end_cancelled:
 * @self: an execution
 *
 * Tells that the attempt has ended because it was asked to.
 */
void
fermata_execution_end_cancelled (FermataExecution *self)
{
  g_return_if_fail (FERMATA_IS_EXECUTION (self));

  end (self, FERMATA_EVENT_TASK_CANCELLED, NULL);
}
