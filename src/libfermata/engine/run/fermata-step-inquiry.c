/* fermata-step-inquiry.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-step-inquiry-private.h"

#include "engine/fermata-task-error.h"
#include "engine/run/fermata-run-private.h"
#include "value/fermata-value-builder.h"

/*
 * @run is NULL once the step is over. @serial counts questions to hooks: an
 * answer to any but the last is stale, and to that one while @waiting is not set,
 * or when the machine does not wait any more.
 */
struct _FermataStepInquiry {
  gatomicrefcount ref_count;

  FermataRun *run;
  GMainContext *context;
  guint32 frame;
  char **edges;
  FermataValue *event;

  guint next;
  guint64 serial;
  gboolean waiting;
  gboolean in_loop;
  gboolean is_admitted;
};

/* About the transitions that the machine has in hand. Those without event are
 * asked about without one. */
FermataStepInquiry *
fermata_step_inquiry_new (FermataRun         *run,
                          const FermataFrame *frame)
{
  const FermataMachine *machine = frame->machine;
  FermataStepInquiry *self = g_new0 (FermataStepInquiry, 1);
  guint n = fermata_index_list_get_n (machine->edges);

  g_atomic_ref_count_init (&self->ref_count);
  self->run = run;
  self->context = g_main_context_ref (g_source_get_context (run->source));
  self->frame = frame->number;
  self->edges = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    self->edges[i] = g_strdup (fermata_plan_get_edge_name (frame->plan, machine->edges->indices[i]));
  if (machine->event != NULL
      && !fermata_chart_edge_is_eventless (&frame->plan->chart->edges[machine->edges->indices[0]]))
    self->event = fermata_value_ref (machine->event);

  return self;
}

FermataStepInquiry *
fermata_step_inquiry_ref (FermataStepInquiry *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fermata_step_inquiry_unref (FermataStepInquiry *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_main_context_unref (self->context);
  g_strfreev (self->edges);
  g_clear_pointer (&self->event, fermata_value_unref);
  g_free (self);
}

FermataRun *
fermata_step_inquiry_get_run (FermataStepInquiry *self)
{
  return self->run;
}

guint32
fermata_step_inquiry_get_frame (FermataStepInquiry *self)
{
  return self->frame;
}

const char * const *
fermata_step_inquiry_get_edges (FermataStepInquiry *self)
{
  return (const char * const *) self->edges;
}

FermataValue *
fermata_step_inquiry_get_event (FermataStepInquiry *self)
{
  return self->event;
}

/* The machine may have been made to end meanwhile. */
static gboolean
is_wanted (FermataStepInquiry *self)
{
  FermataFrame *frame = self->run == NULL ? NULL
                        : fermata_moment_get_frame (self->run->moment, self->frame);

  return frame != NULL && frame->machine != NULL && fermata_machine_is_asking (frame->machine);
}

gboolean
fermata_step_inquiry_is_asking (FermataStepInquiry *self,
                                guint64             serial)
{
  return self->waiting && self->serial == serial && is_wanted (self);
}

/* What comes of it */

static void
conclude (FermataStepInquiry *self,
          FermataEventKind    kind,
          FermataValue       *payload)
{
  self->waiting = FALSE;
  self->next = G_MAXUINT;
  fermata_run_post_fact (self->run, kind, self->frame, FERMATA_PLACE_RUN, 0, payload);
}

static void
veto (FermataStepInquiry *self,
      const char         *hook,
      FermataValue       *error)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "by", hook);
  if (error != NULL)
    fermata_value_builder_set (builder, "error", error);
  conclude (self, FERMATA_EVENT_VETOED, fermata_value_builder_end (builder));
}

/* The hook itself has failed: as with a condition that does, the transitions are
 * not taken, and the machine is told. */
static void
fail (FermataStepInquiry *self,
      const char         *hook,
      const char         *message)
{
  g_autofree char *text = g_strdup_printf ("The hook %s: %s", hook, message);
  g_autoptr (FermataValue) error = NULL;

  error = fermata_error_value_new (FERMATA_ERROR_KIND_EXECUTION, text, NULL, NULL);
  veto (self, hook, error);
}

/* Asking */

static void
call_hook (FermataStepInquiry *self,
           FermataHook        *hook)
{
  FermataHookInterface *iface = FERMATA_HOOK_GET_IFACE (hook);
  g_autoptr (FermataStepCall) call = NULL;

  if (iface->before_step == NULL)
    return;

  self->waiting = TRUE;
  self->serial++;
  call = fermata_step_call_new (self, self->serial, hook);
  iface->before_step (hook, call);
}

/* Hooks that answer at once are asked one after the other here, not each from
 * within the one before. */
static void
ask_on (FermataStepInquiry *self)
{
  g_autoptr (FermataRun) run = NULL;
  FermataStepInquiry *keep;

  if (self->in_loop || self->run == NULL)
    return;

  run = g_object_ref (self->run);
  keep = fermata_step_inquiry_ref (self);
  self->in_loop = TRUE;
  while (!self->waiting && self->next < run->hooks->len && is_wanted (self))
    call_hook (self, run->hooks->pdata[self->next++]);
  self->in_loop = FALSE;
  if (!self->waiting && self->next == run->hooks->len && is_wanted (self))
    conclude (self, FERMATA_EVENT_STEP_ADMITTED, NULL);
  fermata_step_inquiry_unref (keep);
}

void
fermata_step_inquiry_ask (FermataStepInquiry *self)
{
  ask_on (self);
}

void
fermata_step_inquiry_detach (FermataStepInquiry *self)
{
  self->waiting = FALSE;
  self->next = G_MAXUINT;
  self->run = NULL;
}

void
fermata_step_inquiry_note_admitted (FermataStepInquiry *self)
{
  self->is_admitted = TRUE;
}

void
fermata_step_inquiry_tell_done (FermataStepInquiry *self)
{
  g_autoptr (GPtrArray) hooks = g_ptr_array_ref (self->run->hooks);

  self->waiting = FALSE;
  for (guint i = 0; self->is_admitted && i < hooks->len; i++)
    {
      FermataHookInterface *iface = FERMATA_HOOK_GET_IFACE (hooks->pdata[i]);
      g_autoptr (FermataStepCall) call = NULL;

      if (iface->after_step == NULL)
        continue;

      call = fermata_step_call_new (self, 0, hooks->pdata[i]);
      iface->after_step (hooks->pdata[i], call);
    }
}

/* Answers */

void
fermata_step_inquiry_answer (FermataStepInquiry *self,
                             guint64             serial,
                             const char         *hook,
                             FermataStepAnswer   answer,
                             const char         *message)
{
  if (!fermata_step_inquiry_is_asking (self, serial))
    return;

  switch (answer)
    {
    case FERMATA_STEP_ANSWER_VETO:
      veto (self, hook, NULL);
      break;

    case FERMATA_STEP_ANSWER_FAIL:
      fail (self, hook, message);
      break;

    case FERMATA_STEP_ANSWER_ADMIT:
    default:
      self->waiting = FALSE;
      ask_on (self);
    }
}

typedef struct {
  FermataStepInquiry *inquiry;
  guint64 serial;
  char *hook;
} Loss;

static void
loss_free (gpointer data)
{
  Loss *loss = data;

  fermata_step_inquiry_unref (loss->inquiry);
  g_free (loss->hook);
  g_free (loss);
}

static gboolean
tell_loss (gpointer user_data)
{
  Loss *loss = user_data;

  fermata_step_inquiry_answer (loss->inquiry, loss->serial, loss->hook, FERMATA_STEP_ANSWER_FAIL,
                               "it let the call go without an answer");

  return G_SOURCE_REMOVE;
}

void
fermata_step_inquiry_lose (FermataStepInquiry *self,
                           guint64             serial,
                           const char         *hook)
{
  g_autoptr (GSource) source = NULL;
  Loss *loss = g_new0 (Loss, 1);

  loss->inquiry = fermata_step_inquiry_ref (self);
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
