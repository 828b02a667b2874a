/* fermata-run-hooks.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The hooks of a run: when they are asked, and when that is over. */

#include "engine/run/fermata-inquiry-private.h"
#include "engine/run/fermata-run-private.h"
#include "engine/run/fermata-step-inquiry-private.h"

/**
 * fermata_run_add_hook:
 * @self: a run that has not started
 * @hook: who is asked before and after its nodes
 *
 * Adds a hook, which is asked after those that have been added before it.
 */
void
fermata_run_add_hook (FermataRun  *self,
                      FermataHook *hook)
{
  g_return_if_fail (FERMATA_IS_RUN (self));
  g_return_if_fail (FERMATA_IS_HOOK (hook));
  g_return_if_fail (self->moment->state == FERMATA_RUN_STATE_NEW);

  g_ptr_array_add (self->hooks, g_object_ref (hook));
}

static void
inquiry_free (gpointer data)
{
  fermata_inquiry_detach (data);
  fermata_inquiry_unref (data);
}

GHashTable *
fermata_run_create_inquiries (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, inquiry_free);
}

static FermataInquiry *
find_inquiry (FermataRun         *self,
              const FermataEvent *event)
{
  guint64 key = fermata_run_key (event->frame, event->place);

  return g_hash_table_size (self->inquiries) == 0 ? NULL
                                                  : g_hash_table_lookup (self->inquiries, &key);
}

static FermataInquiry *
ensure_inquiry (FermataRun         *self,
                const FermataEvent *event)
{
  FermataInquiry *inquiry = find_inquiry (self, event);

  if (inquiry == NULL)
    {
      inquiry = fermata_inquiry_new (self, event->frame, event->place);
      g_hash_table_insert (self->inquiries, fermata_run_key_new (event->frame, event->place),
                           inquiry);
    }

  return inquiry;
}

gboolean
fermata_run_ask_hooks (FermataRun         *self,
                       const FermataEvent *event)
{
  if (self->hooks->len == 0)
    return FALSE;

  fermata_inquiry_ask (ensure_inquiry (self, event), FERMATA_HOOK_STAGE_BEFORE, event->attempt,
                       NULL, NULL);

  return TRUE;
}

void
fermata_run_ask_review (FermataRun         *self,
                        const FermataEvent *event)
{
  FermataValue *output = fermata_value_get_member (event->payload, "output");
  FermataValue *error = fermata_value_get_member (event->payload, "error");

  fermata_inquiry_ask (ensure_inquiry (self, event),
                       error == NULL ? FERMATA_HOOK_STAGE_AFTER : FERMATA_HOOK_STAGE_FAILED,
                       event->attempt, output, error);
}

void
fermata_run_withdraw_hooks (FermataRun         *self,
                            const FermataEvent *event)
{
  FermataInquiry *inquiry = find_inquiry (self, event);

  if (inquiry != NULL)
    fermata_inquiry_withdraw (inquiry);
}

void
fermata_run_clean_up_hooks (FermataRun         *self,
                            const FermataEvent *event)
{
  FermataInquiry *inquiry = find_inquiry (self, event);
  guint64 key = fermata_run_key (event->frame, event->place);

  if (inquiry == NULL)
    return;

  fermata_inquiry_ref (inquiry);
  fermata_inquiry_clean_up (inquiry);
  g_hash_table_remove (self->inquiries, &key);
  fermata_inquiry_unref (inquiry);
}

/* Steps of machines */

static void
step_inquiry_free (gpointer data)
{
  fermata_step_inquiry_detach (data);
  fermata_step_inquiry_unref (data);
}

GHashTable *
fermata_run_create_step_inquiries (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, step_inquiry_free);
}

void
fermata_run_ask_step (FermataRun         *self,
                      const FermataEvent *event)
{
  FermataFrame *frame = fermata_moment_get_frame (self->moment, event->frame);
  FermataStepInquiry *inquiry;

  if (frame == NULL || frame->machine == NULL || !fermata_machine_is_asking (frame->machine))
    return;

  inquiry = fermata_step_inquiry_new (self, frame);
  g_hash_table_replace (self->step_inquiries, GUINT_TO_POINTER (event->frame), inquiry);
  fermata_step_inquiry_ask (inquiry);
}

/* A step is over when the machine has no transitions in hand; it has been made,
 * unless the machine was made to end in the middle. */
void
fermata_run_note_step (FermataRun         *self,
                       const FermataEvent *event)
{
  gpointer key = GUINT_TO_POINTER (event->frame);
  FermataStepInquiry *inquiry;
  FermataFrame *frame;

  if (g_hash_table_size (self->step_inquiries) == 0
      || (inquiry = g_hash_table_lookup (self->step_inquiries, key)) == NULL)
    return;

  frame = fermata_moment_get_frame (self->moment, event->frame);
  if (frame == NULL)
    return;
  if (event->kind == FERMATA_EVENT_STEP_ADMITTED && frame->machine->phase == FERMATA_MACHINE_TELLING)
    fermata_step_inquiry_note_admitted (inquiry);
  if (fermata_index_list_get_n (frame->machine->edges) > 0)
    return;

  g_hash_table_steal (self->step_inquiries, key);
  if (frame->machine->phase < FERMATA_MACHINE_ENDING || frame->machine->is_finished)
    fermata_step_inquiry_tell_done (inquiry);
  step_inquiry_free (inquiry);
}

/* The frame is no more. */
void
fermata_run_drop_step (FermataRun *self,
                       guint32     frame)
{
  g_hash_table_remove (self->step_inquiries, GUINT_TO_POINTER (frame));
}
