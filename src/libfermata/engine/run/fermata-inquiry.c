/* fermata-inquiry.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-inquiry-private.h"

#include "engine/fermata-task-error.h"
#include "engine/plan/fermata-computation-private.h"
#include "engine/run/fermata-run-private.h"
#include "value/fermata-value-builder.h"

/*
 * @run is NULL once it is over. @serial counts questions to hooks; an answer
 * to any but the last is stale, and to that one while @asking is not set.
 * @answer is the last one that changed something, and @by the hook that gave
 * it; @input lasts until the node has ended, @output and @error are those of
 * the attempt.
 */
struct _FermataInquiry {
  gatomicrefcount ref_count;

  FermataRun *run;
  FermataPlan *plan;
  GMainContext *context;
  guint32 frame;
  guint32 node;

  FermataHookStage stage;
  guint attempt;
  guint next;
  guint64 serial;
  gboolean waiting;
  gboolean in_loop;
  FermataRunTimer *timer;

  FermataAnswer answer;
  gint64 delay;
  char *by;
  FermataValue *input;
  FermataValue *output;
  FermataValue *error;
};

FermataInquiry *
fermata_inquiry_new (FermataRun *run,
                     guint32     frame,
                     guint32     node)
{
  FermataInquiry *self = g_new0 (FermataInquiry, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->run = run;
  self->plan = fermata_plan_ref (run->plan);
  self->context = g_main_context_ref (g_source_get_context (run->source));
  self->frame = frame;
  self->node = node;

  return self;
}

FermataInquiry *
fermata_inquiry_ref (FermataInquiry *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fermata_inquiry_unref (FermataInquiry *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->input, fermata_value_unref);
  g_clear_pointer (&self->output, fermata_value_unref);
  g_clear_pointer (&self->error, fermata_value_unref);
  fermata_plan_unref (self->plan);
  g_main_context_unref (self->context);
  g_free (self->by);
  g_free (self);
}

FermataPlan *
fermata_inquiry_get_plan (FermataInquiry *self)
{
  return self->plan;
}

guint32
fermata_inquiry_get_frame (FermataInquiry *self)
{
  return self->frame;
}

guint32
fermata_inquiry_get_node (FermataInquiry *self)
{
  return self->node;
}

FermataValue *
fermata_inquiry_dup_input (FermataInquiry *self)
{
  if (self->input != NULL)
    return fermata_value_ref (self->input);

  return self->run == NULL ? NULL
                           : fermata_moment_dup_node_input (self->run->moment, self->frame, self->node);
}

/* What expressions of the node see (its index in the frame's plan): FALSE if
 * its frame has been left. */
static gboolean
init_scope (FermataInquiry    *self,
            FermataFrameScope *scope,
            guint             *node)
{
  FermataFrame *frame = fermata_moment_get_frame (self->run->moment, self->frame);

  if (frame == NULL)
    return FALSE;

  *node = self->node - frame->plan->first_place;
  fermata_frame_scope_init (scope, self->run->moment, frame, *node, FERMATA_INDEX_NONE);

  return TRUE;
}

FermataValue *
fermata_inquiry_dup_parameters (FermataInquiry *self)
{
  FermataFrameScope scope;
  guint node;

  if (self->run == NULL || !init_scope (self, &scope, &node))
    return fermata_value_new_empty_object ();

  return fermata_plan_dup_parameters (scope.frame->plan, node, &scope.parent);
}

gboolean
fermata_inquiry_is_asking (FermataInquiry *self,
                           guint64         serial)
{
  return self->waiting && self->serial == serial;
}

static void
set_value (FermataValue **place,
           FermataValue  *value)
{
  FermataValue *old = *place;

  *place = value == NULL ? NULL : fermata_value_ref (value);
  g_clear_pointer (&old, fermata_value_unref);
}

/* What comes of it */

static void
post (FermataInquiry   *self,
      FermataEventKind  kind,
      FermataValue     *payload)
{
  fermata_run_post_fact (self->run, kind, self->frame, self->node, self->attempt, payload);
}

static FermataValue *
payload_with (FermataInquiry *self,
              const char     *name,
              FermataValue   *value)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  if (value != NULL)
    fermata_value_builder_set (builder, name, value);
  fermata_value_builder_set_string (builder, "by", self->by);

  return fermata_value_builder_end (builder);
}

static FermataValue *
payload_with_action (FermataInquiry *self,
                     const char     *action)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "action", action);
  if (self->answer == FERMATA_ANSWER_RETRY)
    fermata_value_builder_set_integer (builder, "delay", self->delay);
  fermata_value_builder_set_string (builder, "by", self->by);

  return fermata_value_builder_end (builder);
}

static void
conclude_before (FermataInquiry *self)
{
  switch (self->answer)
    {
    case FERMATA_ANSWER_SKIP:
      post (self, FERMATA_EVENT_TASK_WAIVED, payload_with (self, NULL, NULL));
      break;

    case FERMATA_ANSWER_GIVE_OUTPUT:
      post (self, FERMATA_EVENT_TASK_ANSWERED, payload_with (self, "output", self->output));
      break;

    case FERMATA_ANSWER_FAIL:
      post (self, FERMATA_EVENT_TASK_REFUSED, fermata_value_ref (self->error));
      break;

    default:
      fermata_run_admit (self->run, self->frame, self->node, self->attempt, self->input);
    }
}

static FermataValue *
review_payload (FermataInquiry *self)
{
  switch (self->answer)
    {
    case FERMATA_ANSWER_FAIL:
      return payload_with (self, "error", self->error);

    case FERMATA_ANSWER_GIVE_OUTPUT:
    case FERMATA_ANSWER_REPLACE_OUTPUT:
      return payload_with (self, "output", self->output);

    case FERMATA_ANSWER_RETRY:
      return payload_with_action (self, "retry");

    case FERMATA_ANSWER_CONTINUE:
      return payload_with_action (self, "continue");

    case FERMATA_ANSWER_STOP:
      return payload_with_action (self, "stop");

    case FERMATA_ANSWER_PROCEED:
    case FERMATA_ANSWER_REPLACE_INPUT:
    case FERMATA_ANSWER_SKIP:
    default:
      return NULL;
    }
}

static void
conclude (FermataInquiry *self)
{
  fermata_inquiry_withdraw (self);
  if (self->stage == FERMATA_HOOK_STAGE_BEFORE)
    conclude_before (self);
  else
    post (self, FERMATA_EVENT_TASK_REVIEWED, review_payload (self));
}

/* The hook itself has failed: the node does, and what it had failed with
 * before is the cause. */
static void
fail (FermataInquiry   *self,
      const char       *hook,
      FermataErrorKind  kind,
      const char       *message)
{
  g_autoptr (FermataValue) cause = g_steal_pointer (&self->error);
  g_autoptr (FermataValue) error = NULL;

  error = fermata_error_value_new (kind, message, fermata_plan_get_node_id (self->plan, self->node), NULL);
  self->error = cause == NULL ? g_steal_pointer (&error)
                              : fermata_value_with_member (error, "cause", cause);
  self->answer = FERMATA_ANSWER_FAIL;
  g_free (self->by);
  self->by = g_strdup (hook);
  conclude (self);
}

/* Asking */

static void
call_hook (FermataInquiry   *self,
           FermataHook      *hook,
           FermataHookStage  stage)
{
  FermataHookInterface *iface = FERMATA_HOOK_GET_IFACE (hook);
  void (*const vfuncs[]) (FermataHook *, FermataHookCall *) = {
    iface->before, iface->after, iface->failed, iface->cleanup,
  };
  g_autoptr (FermataHookCall) call = NULL;

  if (vfuncs[stage] == NULL)
    return;

  self->waiting = stage != FERMATA_HOOK_STAGE_CLEANUP;
  self->serial++;
  call = fermata_hook_call_new (self, self->serial, hook, stage, self->attempt, self->output,
                                self->error);
  vfuncs[stage] (hook, call);
}

/* Hooks that answer at once are asked one after the other here, not each from
 * within the one before. */
static void
ask_on (FermataInquiry *self)
{
  g_autoptr (FermataRun) run = self->run == NULL ? NULL : g_object_ref (self->run);
  FermataInquiry *keep;

  if (self->in_loop)
    return;

  keep = fermata_inquiry_ref (self);
  self->in_loop = TRUE;
  while (self->run != NULL && !self->waiting && self->next < run->hooks->len)
    call_hook (self, run->hooks->pdata[self->next++], self->stage);
  self->in_loop = FALSE;
  if (self->run != NULL && !self->waiting && self->next >= run->hooks->len
      && self->next != G_MAXUINT)
    conclude (self);
  fermata_inquiry_unref (keep);
}

static void
take_too_long (gpointer user_data)
{
  FermataInquiry *self = user_data;
  const char *hook = G_OBJECT_TYPE_NAME (self->run->hooks->pdata[self->next - 1]);
  g_autofree char *message = NULL;

  self->timer = NULL;
  message = g_strdup_printf ("The hook %s did not answer within the node's time limit", hook);
  fail (self, hook, FERMATA_ERROR_KIND_TIMEOUT, message);
}

/* A hook may take as long as an attempt of the node. */
static void
set_timer (FermataInquiry *self)
{
  const FermataPolicy *policy = fermata_plan_node_at (self->plan, self->node)->policy;
  FermataFrameScope scope;
  gint64 timeout = -1;
  guint node;

  if (policy == NULL || !init_scope (self, &scope, &node))
    return;

  scope.attempt = self->attempt;
  fermata_policy_get_timeout (policy, &scope.parent, &timeout, NULL);
  if (timeout >= 0)
    self->timer = fermata_run_add_timer (self->run,
                                         fermata_run_get_time (self->run)
                                         + MIN (timeout, G_MAXINT64 / 4),
                                         take_too_long, self);
}

void
fermata_inquiry_ask (FermataInquiry   *self,
                     FermataHookStage  stage,
                     guint             attempt,
                     FermataValue     *output,
                     FermataValue     *error)
{
  fermata_inquiry_withdraw (self);
  self->stage = stage;
  self->attempt = attempt;
  self->next = 0;
  self->answer = FERMATA_ANSWER_PROCEED;
  g_clear_pointer (&self->by, g_free);
  if (stage == FERMATA_HOOK_STAGE_BEFORE)
    set_value (&self->input, NULL);
  set_value (&self->output, output);
  set_value (&self->error, error);
  set_timer (self);
  ask_on (self);
}

void
fermata_inquiry_withdraw (FermataInquiry *self)
{
  self->waiting = FALSE;
  self->next = G_MAXUINT;
  if (self->timer != NULL)
    fermata_run_remove_timer (self->run, g_steal_pointer (&self->timer));
}

void
fermata_inquiry_detach (FermataInquiry *self)
{
  fermata_inquiry_withdraw (self);
  self->run = NULL;
}

void
fermata_inquiry_clean_up (FermataInquiry *self)
{
  g_autoptr (GPtrArray) hooks = g_ptr_array_ref (self->run->hooks);
  guint32 node = self->node;
  FermataMoment *moment = self->run->moment;

  fermata_inquiry_withdraw (self);
  set_value (&self->output, fermata_moment_get_node_output (moment, self->frame, node));
  set_value (&self->error, fermata_moment_get_node_error (moment, self->frame, node));
  for (guint i = 0; i < hooks->len; i++)
    call_hook (self, hooks->pdata[i], FERMATA_HOOK_STAGE_CLEANUP);
}

/* Answers */

void
fermata_inquiry_answer (FermataInquiry *self,
                        guint64         serial,
                        const char     *hook,
                        FermataAnswer   answer,
                        FermataValue   *value,
                        gint64          delay)
{
  if (!fermata_inquiry_is_asking (self, serial))
    return;

  if (answer == FERMATA_ANSWER_FAIL)
    {
      g_autofree char *message = g_strdup_printf ("The hook %s: %s", hook,
                                                  fermata_value_get_string (value, NULL));

      fail (self, hook, FERMATA_ERROR_KIND_EXECUTION, message);
      return;
    }

  self->waiting = FALSE;
  if (answer != FERMATA_ANSWER_PROCEED)
    {
      self->answer = answer;
      self->delay = delay;
      g_free (self->by);
      self->by = g_strdup (hook);
    }
  if (answer == FERMATA_ANSWER_REPLACE_INPUT)
    set_value (&self->input, value);
  else if (value != NULL)
    set_value (&self->output, value);

  /* These are the last word. */
  if (answer != FERMATA_ANSWER_PROCEED && answer != FERMATA_ANSWER_REPLACE_INPUT
      && answer != FERMATA_ANSWER_REPLACE_OUTPUT)
    self->next = self->run->hooks->len;
  ask_on (self);
}

typedef struct {
  FermataInquiry *inquiry;
  guint64 serial;
  char *hook;
} Loss;

static void
loss_free (gpointer data)
{
  Loss *loss = data;

  fermata_inquiry_unref (loss->inquiry);
  g_free (loss->hook);
  g_free (loss);
}

static gboolean
tell_loss (gpointer user_data)
{
  Loss *loss = user_data;
  g_autoptr (FermataValue) text = NULL;

  text = fermata_value_new_string ("it let the call go without an answer", -1);
  fermata_inquiry_answer (loss->inquiry, loss->serial, loss->hook, FERMATA_ANSWER_FAIL, text, 0);

  return G_SOURCE_REMOVE;
}

void
fermata_inquiry_lose (FermataInquiry *self,
                      guint64         serial,
                      const char     *hook)
{
  g_autoptr (GSource) source = NULL;
  Loss *loss = g_new0 (Loss, 1);

  loss->inquiry = fermata_inquiry_ref (self);
  loss->serial = serial;
  loss->hook = g_strdup (hook);
  if (g_main_context_is_owner (self->context))
    {
      tell_loss (loss);
      loss_free (loss);
      return;
    }

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[fermata] lost call");
  g_source_set_callback (source, tell_loss, loss, loss_free);
  g_source_attach (source, self->context);
}
