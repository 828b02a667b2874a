/* fermata-hook.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-inquiry-private.h"

/*
 * @serial is the number of the question in the inquiry: the answer counts
 * while it asks that one.
 */
struct _FermataHookCall {
  GObject parent_instance;

  FermataInquiry *inquiry;
  guint64 serial;
  char *hook;
  FermataHookStage stage;
  guint attempt;
  FermataValue *output;
  FermataValue *error;
  gboolean answered;
};

G_DEFINE_INTERFACE (FermataHook, fermata_hook, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (FermataHookCall, fermata_hook_call, G_TYPE_OBJECT)

static void
fermata_hook_default_init (FermataHookInterface *iface)
{
}

/* Garbage collectors finalize wherever they happen to run. */
static void
fermata_hook_call_finalize (GObject *object)
{
  FermataHookCall *self = FERMATA_HOOK_CALL (object);

  if (!self->answered && self->stage != FERMATA_HOOK_STAGE_CLEANUP)
    fermata_inquiry_lose (self->inquiry, self->serial, self->hook);
  fermata_inquiry_unref (self->inquiry);
  g_clear_pointer (&self->output, fermata_value_unref);
  g_clear_pointer (&self->error, fermata_value_unref);
  g_free (self->hook);

  G_OBJECT_CLASS (fermata_hook_call_parent_class)->finalize (object);
}

static void
fermata_hook_call_class_init (FermataHookCallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_hook_call_finalize;
}

static void
fermata_hook_call_init (FermataHookCall *self)
{
}

FermataHookCall *
fermata_hook_call_new (FermataInquiry   *inquiry,
                       guint64           serial,
                       FermataHook      *hook,
                       FermataHookStage  stage,
                       guint             attempt,
                       FermataValue     *output,
                       FermataValue     *error)
{
  FermataHookCall *self = g_object_new (FERMATA_TYPE_HOOK_CALL, NULL);

  self->inquiry = fermata_inquiry_ref (inquiry);
  self->serial = serial;
  self->hook = g_strdup (G_OBJECT_TYPE_NAME (hook));
  self->stage = stage;
  self->attempt = attempt;
  self->output = output == NULL ? NULL : fermata_value_ref (output);
  self->error = error == NULL ? NULL : fermata_value_ref (error);

  return self;
}

/**
 * fermata_hook_call_get_stage:
 * @self: a call
 *
 * Tells when the hook is called.
 *
 * Returns: the stage
 */
FermataHookStage
fermata_hook_call_get_stage (FermataHookCall *self)
{
  g_return_val_if_fail (FERMATA_IS_HOOK_CALL (self), FERMATA_HOOK_STAGE_BEFORE);

  return self->stage;
}

/**
 * fermata_hook_call_get_node_id:
 * @self: a call
 *
 * Names the node.
 *
 * Returns: (transfer none): its id
 */
const char *
fermata_hook_call_get_node_id (FermataHookCall *self)
{
  g_return_val_if_fail (FERMATA_IS_HOOK_CALL (self), NULL);

  return fermata_plan_get_node_id (fermata_inquiry_get_plan (self->inquiry),
                                   fermata_inquiry_get_node (self->inquiry));
}

/**
 * fermata_hook_call_get_node_type:
 * @self: a call
 *
 * Names the type of the node.
 *
 * Returns: (transfer none): the name
 */
const char *
fermata_hook_call_get_node_type (FermataHookCall *self)
{
  g_return_val_if_fail (FERMATA_IS_HOOK_CALL (self), NULL);

  return fermata_plan_get_node_type (fermata_inquiry_get_plan (self->inquiry),
                                     fermata_inquiry_get_node (self->inquiry));
}

/**
 * fermata_hook_call_get_frame:
 * @self: a call
 *
 * Tells in which frame the node is.
 *
 * Returns: the number of a frame
 */
guint
fermata_hook_call_get_frame (FermataHookCall *self)
{
  g_return_val_if_fail (FERMATA_IS_HOOK_CALL (self), 0);

  return fermata_inquiry_get_frame (self->inquiry);
}

/**
 * fermata_hook_call_get_attempt:
 * @self: a call
 *
 * Tells which attempt of the node it is about.
 *
 * Returns: from 1
 */
guint
fermata_hook_call_get_attempt (FermataHookCall *self)
{
  g_return_val_if_fail (FERMATA_IS_HOOK_CALL (self), 0);

  return self->attempt;
}

/**
 * fermata_hook_call_is_pending:
 * @self: a call
 *
 * Tells whether somebody waits for the answer: no longer once it has been
 * given, when the node was cancelled, and when it took too long.
 *
 * Returns: %TRUE if an answer counts
 */
gboolean
fermata_hook_call_is_pending (FermataHookCall *self)
{
  g_return_val_if_fail (FERMATA_IS_HOOK_CALL (self), FALSE);

  return !self->answered && fermata_inquiry_is_asking (self->inquiry, self->serial);
}

/**
 * fermata_hook_call_dup_input:
 * @self: a call
 *
 * Gives the node's input, as an earlier hook may have replaced it.
 *
 * Returns: (transfer full) (nullable): the input; %NULL if there is none
 */
FermataValue *
fermata_hook_call_dup_input (FermataHookCall *self)
{
  g_return_val_if_fail (FERMATA_IS_HOOK_CALL (self), NULL);

  return fermata_inquiry_dup_input (self->inquiry);
}

/**
 * fermata_hook_call_dup_parameters:
 * @self: a call
 *
 * Gives the node's parameters, with their templates filled in, and defaults.
 * What has no value at present is absent. Before an attempt they are filled in
 * from the node's own input.
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_hook_call_dup_parameters (FermataHookCall *self)
{
  g_return_val_if_fail (FERMATA_IS_HOOK_CALL (self), NULL);

  return fermata_inquiry_dup_parameters (self->inquiry);
}

/**
 * fermata_hook_call_get_output:
 * @self: a call
 *
 * Gives the output of the attempt, as an earlier hook may have replaced it; in
 * the clean-up that of the node.
 *
 * Returns: (transfer none) (nullable): the output; %NULL if there is none
 */
FermataValue *
fermata_hook_call_get_output (FermataHookCall *self)
{
  g_return_val_if_fail (FERMATA_IS_HOOK_CALL (self), NULL);

  return self->output;
}

/**
 * fermata_hook_call_get_error:
 * @self: a call
 *
 * Gives the error that the attempt failed with; in the clean-up that of the
 * node.
 *
 * Returns: (transfer none) (nullable): an object with `kind` and `message`;
 *   %NULL if there is none
 */
FermataValue *
fermata_hook_call_get_error (FermataHookCall *self)
{
  g_return_val_if_fail (FERMATA_IS_HOOK_CALL (self), NULL);

  return self->error;
}

/* Answering */

static void
answer (FermataHookCall *self,
        FermataAnswer    kind,
        FermataValue    *value,
        gint64           delay)
{
  g_autoptr (FermataHookCall) keep = g_object_ref (self);

  if (self->answered)
    return;

  self->answered = TRUE;
  fermata_inquiry_answer (self->inquiry, self->serial, self->hook, kind, value, delay);
}

/* What does not belong to the stage is the hook's mistake, and the node's end. */
static void
answer_at (FermataHookCall *self,
           gboolean         belongs,
           const char      *name,
           FermataAnswer    kind,
           FermataValue    *value,
           gint64           delay)
{
  static const char *const stages[] = { "before", "after", "failed", "cleanup" };
  g_autofree char *message = NULL;

  if (belongs)
    {
      answer (self, kind, value, delay);
      return;
    }

  message = g_strdup_printf ("“%s” is no answer to “%s”", name, stages[self->stage]);
  fermata_hook_call_fail (self, message);
}

/**
 * fermata_hook_call_proceed:
 * @self: a call
 *
 * Answers that everything may go on as it would without the hook.
 */
void
fermata_hook_call_proceed (FermataHookCall *self)
{
  g_return_if_fail (FERMATA_IS_HOOK_CALL (self));

  answer (self, FERMATA_ANSWER_PROCEED, NULL, 0);
}

/**
 * fermata_hook_call_fail:
 * @self: a call
 * @message: why, for people
 *
 * Answers that the hook cannot do its work: the node fails, with an error of
 * kind `execution` that names the hook.
 */
void
fermata_hook_call_fail (FermataHookCall *self,
                        const char      *message)
{
  g_autoptr (FermataValue) text = NULL;

  g_return_if_fail (FERMATA_IS_HOOK_CALL (self));
  g_return_if_fail (message != NULL);

  text = fermata_value_new_string (message, -1);
  answer (self, FERMATA_ANSWER_FAIL, text, 0);
}

/**
 * fermata_hook_call_replace_input:
 * @self: a call before an attempt
 * @input: the input
 *
 * Answers that the attempt is made with another input.
 */
void
fermata_hook_call_replace_input (FermataHookCall *self,
                                 FermataValue    *input)
{
  g_return_if_fail (FERMATA_IS_HOOK_CALL (self));
  g_return_if_fail (input != NULL);

  answer_at (self, self->stage == FERMATA_HOOK_STAGE_BEFORE, "replace_input",
             FERMATA_ANSWER_REPLACE_INPUT, input, 0);
}

/**
 * fermata_hook_call_skip:
 * @self: a call before an attempt
 *
 * Answers that the node is skipped. Later hooks are not asked.
 */
void
fermata_hook_call_skip (FermataHookCall *self)
{
  g_return_if_fail (FERMATA_IS_HOOK_CALL (self));

  answer_at (self, self->stage == FERMATA_HOOK_STAGE_BEFORE, "skip", FERMATA_ANSWER_SKIP, NULL, 0);
}

/**
 * fermata_hook_call_give_output:
 * @self: a call before an attempt, or about one that has failed
 * @output: the output
 *
 * Answers what the node's output is: it does not run, or has not failed.
 * Later hooks are not asked.
 */
void
fermata_hook_call_give_output (FermataHookCall *self,
                               FermataValue    *output)
{
  g_return_if_fail (FERMATA_IS_HOOK_CALL (self));
  g_return_if_fail (output != NULL);

  answer_at (self,
             self->stage == FERMATA_HOOK_STAGE_BEFORE || self->stage == FERMATA_HOOK_STAGE_FAILED,
             "give_output", FERMATA_ANSWER_GIVE_OUTPUT, output, 0);
}

/**
 * fermata_hook_call_replace_output:
 * @self: a call about an attempt that has an output
 * @output: the output
 *
 * Answers that the output is another one.
 */
void
fermata_hook_call_replace_output (FermataHookCall *self,
                                  FermataValue    *output)
{
  g_return_if_fail (FERMATA_IS_HOOK_CALL (self));
  g_return_if_fail (output != NULL);

  answer_at (self, self->stage == FERMATA_HOOK_STAGE_AFTER, "replace_output",
             FERMATA_ANSWER_REPLACE_OUTPUT, output, 0);
}

/**
 * fermata_hook_call_retry:
 * @self: a call about an attempt that has failed
 * @microseconds: how long to wait before the next
 *
 * Answers that there is to be another attempt, whatever the node's own policy.
 * Later hooks are not asked.
 */
void
fermata_hook_call_retry (FermataHookCall *self,
                         gint64           microseconds)
{
  g_return_if_fail (FERMATA_IS_HOOK_CALL (self));

  answer_at (self, self->stage == FERMATA_HOOK_STAGE_FAILED, "retry", FERMATA_ANSWER_RETRY, NULL,
             CLAMP (microseconds, 0, G_MAXINT64 / 4));
}

/**
 * fermata_hook_call_continue:
 * @self: a call about an attempt that has failed
 *
 * Answers that the node has failed, and that the run goes on all the same.
 * Later hooks are not asked.
 */
void
fermata_hook_call_continue (FermataHookCall *self)
{
  g_return_if_fail (FERMATA_IS_HOOK_CALL (self));

  answer_at (self, self->stage == FERMATA_HOOK_STAGE_FAILED, "continue", FERMATA_ANSWER_CONTINUE,
             NULL, 0);
}

/**
 * fermata_hook_call_stop:
 * @self: a call about an attempt that has failed
 *
 * Answers that the node has failed, and that the run closes, whatever the
 * graph says. Later hooks are not asked.
 */
void
fermata_hook_call_stop (FermataHookCall *self)
{
  g_return_if_fail (FERMATA_IS_HOOK_CALL (self));

  answer_at (self, self->stage == FERMATA_HOOK_STAGE_FAILED, "stop", FERMATA_ANSWER_STOP, NULL, 0);
}
