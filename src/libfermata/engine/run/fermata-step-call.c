/* fermata-step-call.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-step-inquiry-private.h"

/*
 * @serial is the number of the question in the inquiry; 0 of what is only told.
 */
struct _FermataStepCall {
  GObject parent_instance;

  FermataStepInquiry *inquiry;
  guint64 serial;
  char *hook;
  gboolean answered;
};

G_DEFINE_FINAL_TYPE (FermataStepCall, fermata_step_call, G_TYPE_OBJECT)

/* Garbage collectors finalize wherever they happen to run. */
static void
fermata_step_call_finalize (GObject *object)
{
  FermataStepCall *self = FERMATA_STEP_CALL (object);

  if (!self->answered)
    fermata_step_inquiry_lose (self->inquiry, self->serial, self->hook);
  fermata_step_inquiry_unref (self->inquiry);
  g_free (self->hook);

  G_OBJECT_CLASS (fermata_step_call_parent_class)->finalize (object);
}

static void
fermata_step_call_class_init (FermataStepCallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_step_call_finalize;
}

static void
fermata_step_call_init (FermataStepCall *self)
{
}

FermataStepCall *
fermata_step_call_new (FermataStepInquiry *inquiry,
                       guint64             serial,
                       FermataHook        *hook)
{
  FermataStepCall *self = g_object_new (FERMATA_TYPE_STEP_CALL, NULL);

  self->inquiry = fermata_step_inquiry_ref (inquiry);
  self->serial = serial;
  self->hook = g_strdup (G_OBJECT_TYPE_NAME (hook));
  self->answered = serial == 0;

  return self;
}

/**
 * fermata_step_call_get_run:
 * @self: a call
 *
 * Gives the run that the machine is in, or is.
 *
 * Returns: (transfer none) (nullable): the run; %NULL once the step is over
 */
FermataRun *
fermata_step_call_get_run (FermataStepCall *self)
{
  g_return_val_if_fail (FERMATA_IS_STEP_CALL (self), NULL);

  return fermata_step_inquiry_get_run (self->inquiry);
}

/**
 * fermata_step_call_get_frame:
 * @self: a call
 *
 * Tells which frame is the machine's.
 *
 * Returns: the number of a frame
 */
guint
fermata_step_call_get_frame (FermataStepCall *self)
{
  g_return_val_if_fail (FERMATA_IS_STEP_CALL (self), 0);

  return fermata_step_inquiry_get_frame (self->inquiry);
}

/**
 * fermata_step_call_get_edges:
 * @self: a call
 *
 * Names the transitions, as fermata_plan_get_edge_name() does: more than one
 * if parallel states take some together.
 *
 * Returns: (transfer none) (array zero-terminated=1): names, in the order in
 *   which the transitions are taken
 */
const char * const *
fermata_step_call_get_edges (FermataStepCall *self)
{
  g_return_val_if_fail (FERMATA_IS_STEP_CALL (self), NULL);

  return fermata_step_inquiry_get_edges (self->inquiry);
}

/**
 * fermata_step_call_get_event:
 * @self: a call
 *
 * Gives the event that they are taken for.
 *
 * Returns: (transfer none) (nullable): an object with `name`, `type`, and `data`
 *   if it has some; %NULL for transitions that need no event
 */
FermataValue *
fermata_step_call_get_event (FermataStepCall *self)
{
  g_return_val_if_fail (FERMATA_IS_STEP_CALL (self), NULL);

  return fermata_step_inquiry_get_event (self->inquiry);
}

/**
 * fermata_step_call_is_pending:
 * @self: a call
 *
 * Tells whether somebody waits for the answer: no longer once it has been
 * given, and when the machine is made to end.
 *
 * Returns: %TRUE if an answer counts
 */
gboolean
fermata_step_call_is_pending (FermataStepCall *self)
{
  g_return_val_if_fail (FERMATA_IS_STEP_CALL (self), FALSE);

  return !self->answered && fermata_step_inquiry_is_asking (self->inquiry, self->serial);
}

static void
answer (FermataStepCall   *self,
        FermataStepAnswer  answer,
        const char        *message)
{
  g_autoptr (FermataStepCall) keep = g_object_ref (self);

  if (self->answered)
    return;

  self->answered = TRUE;
  fermata_step_inquiry_answer (self->inquiry, self->serial, self->hook, answer, message);
}

/**
 * fermata_step_call_admit:
 * @self: a call
 *
 * Answers that the transitions may be taken.
 */
void
fermata_step_call_admit (FermataStepCall *self)
{
  g_return_if_fail (FERMATA_IS_STEP_CALL (self));

  answer (self, FERMATA_STEP_ANSWER_ADMIT, NULL);
}

/**
 * fermata_step_call_veto:
 * @self: a call
 *
 * Answers that none of the transitions is taken: the event is done with, as
 * if there were none for it. Transitions that need no event are not enabled
 * until the machine takes another, or has its next event from outside at hand.
 * Later hooks are not asked.
 */
void
fermata_step_call_veto (FermataStepCall *self)
{
  g_return_if_fail (FERMATA_IS_STEP_CALL (self));

  answer (self, FERMATA_STEP_ANSWER_VETO, NULL);
}

/**
 * fermata_step_call_fail:
 * @self: a call
 * @message: why, for people
 *
 * Answers that the hook cannot do its work: the transitions are vetoed, and
 * the machine gets an event `error.execution` whose data names the hook.
 */
void
fermata_step_call_fail (FermataStepCall *self,
                        const char      *message)
{
  g_return_if_fail (FERMATA_IS_STEP_CALL (self));
  g_return_if_fail (message != NULL);

  answer (self, FERMATA_STEP_ANSWER_FAIL, message);
}
