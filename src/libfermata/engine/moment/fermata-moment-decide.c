/* fermata-moment-decide.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What follows from the state of a run as a whole. */

#include "engine/history/fermata-event-codec.h"
#include "engine/moment/fermata-frame-scope-private.h"
#include "engine/moment/fermata-moment-private.h"

#include <string.h>

static FermataValue *
closing_payload (const char *reason)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "reason", reason);

  return fermata_value_builder_end (builder);
}

/* The run is to stop as soon as its machine has nothing to do, but tasks are
 * under way. */
static gboolean
is_stopping (FermataMoment *self)
{
  FermataMachine *machine = self->root->machine;

  return self->stops_when_idle && machine != NULL && machine->phase == FERMATA_MACHINE_IDLE
         && machine->external.n_events == 0 && fermata_machine_get_n (machine->invocations) > 0;
}

/* Why the run should close, NULL if it should not. */
static const char *
reason_to_close (FermataMoment *self)
{
  FermataValue *reason;

  if (self->n_cancels > 0)
    {
      reason = fermata_value_get_member (self->cancel_reason, "reason");
      return reason == NULL ? "cancelled" : fermata_value_get_string (reason, NULL);
    }

  if (self->failure != NULL && (self->root->plan->fail_fast || self->stopped))
    return "failed";
  if (self->returned != NULL)
    return "returned";

  return NULL;
}

static void
set_decision (FermataEvent     *event,
              FermataEventKind  kind,
              FermataValue     *payload)
{
  event->kind = kind;
  event->frame = 0;
  event->place = FERMATA_PLACE_RUN;
  event->attempt = 0;
  event->payload = payload;
}

static FermataRunState
final_state (FermataMoment *self)
{
  if (self->n_cancels > 0)
    return g_strcmp0 (reason_to_close (self), "timeout") == 0 ? FERMATA_RUN_STATE_TIMED_OUT
                                                               : FERMATA_RUN_STATE_CANCELLED;

  return self->failure != NULL ? FERMATA_RUN_STATE_FAILED : FERMATA_RUN_STATE_DONE;
}

static FermataValue *
error_of_cancel (FermataRunState state)
{
  if (state == FERMATA_RUN_STATE_TIMED_OUT)
    return fermata_error_value_new (FERMATA_ERROR_KIND_TIMEOUT,
                                    "The run took longer than its time limit", NULL, NULL);

  return fermata_error_value_new (FERMATA_ERROR_KIND_CANCELLED, "The run was cancelled",
                                  NULL, NULL);
}

static FermataValue *
ended_payload (FermataMoment *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) result = NULL;
  g_autoptr (FermataValue) failure = NULL;
  FermataRunState state = final_state (self);

  if (state == FERMATA_RUN_STATE_DONE)
    failure = fermata_frame_dup_deadlock (self->root);
  else
    failure = state == FERMATA_RUN_STATE_FAILED ? fermata_value_ref (self->failure)
                                                : error_of_cancel (state);

  if (failure == NULL && self->returned != NULL)
    {
      result = fermata_value_ref (self->returned);
    }
  else if (failure == NULL)
    {
      g_autoptr (GError) error = NULL;

      result = fermata_frame_compute_result (self, self->root, &error);
      if (result == NULL)
        failure = fermata_error_value_new (fermata_error_kind_of (error), error->message,
                                           NULL, NULL);
    }
  if (failure != NULL && state == FERMATA_RUN_STATE_DONE)
    state = FERMATA_RUN_STATE_FAILED;

  fermata_value_builder_set_string (builder, "state", fermata_run_state_to_string (state));
  if (result != NULL)
    fermata_value_builder_set (builder, "result", result);
  if (failure != NULL)
    fermata_value_builder_set (builder, "error", failure);

  return fermata_value_builder_end (builder);
}

/* The frame after one: first the root, then the others as they were entered. */
static FermataFrame *
next_frame (FermataMoment *self,
            FermataFrame  *frame)
{
  guint32 number;
  gpointer next;

  return fermata_trie_next (&self->frames, frame->number + 1, FERMATA_TRIE_ANY, &number, &next)
         ? next : NULL;
}

/* A machine waits for its timers. */
static gboolean
awaits_time (FermataMoment *self)
{
  for (FermataFrame *frame = self->root; frame != NULL; frame = next_frame (self, frame))
    {
      if (frame->machine != NULL && fermata_machine_get_n (frame->machine->timers) > 0)
        return TRUE;
    }

  return FALSE;
}

/* A machine waits for hooks. */
static gboolean
awaits_hooks (FermataMoment *self)
{
  for (FermataFrame *frame = self->has_hooks ? self->root : NULL; frame != NULL;
       frame = next_frame (self, frame))
    {
      if (frame->machine != NULL && fermata_machine_is_asking (frame->machine))
        return TRUE;
    }

  return FALSE;
}

/* Whether a node waits; then @decided says whether in vain: it may have a time
 * limit. */
static gboolean
decide_unheard_nodes (FermataMoment *self,
                      FermataEvent  *event,
                      gboolean      *decided)
{
  gboolean waits = FALSE;

  *decided = FALSE;
  for (FermataFrame *frame = self->root; frame != NULL; frame = next_frame (self, frame))
    {
      if (frame->listening.n_members == 0)
        continue;

      waits = TRUE;
      if (fermata_dag_decide_unheard (self, frame, event))
        {
          event->place += frame->plan->first_place;
          *decided = TRUE;
          break;
        }
    }

  return waits;
}

/* Nothing is under way any more but waiting for events, and none can come: who
 * waits is told so; if it is the run itself, that is its end. */
static gboolean
decide_unheard (FermataMoment *self,
                FermataEvent  *event)
{
  gboolean decided;

  if (!self->root->plan->takes_events || !self->events_closed || awaits_hooks (self)
      || (awaits_time (self) && !self->stops_when_idle) || fermata_moment_awaits_sends (self))
    return FALSE;
  if (decide_unheard_nodes (self, event, &decided))
    return decided;

  for (FermataFrame *frame = next_frame (self, self->root); frame != NULL;
       frame = next_frame (self, frame))
    {
      if (frame->machine != NULL && fermata_statechart_decide_unheard (self, frame, event))
        return TRUE;
    }
  if (self->root->machine == NULL || self->root->machine->phase != FERMATA_MACHINE_IDLE)
    return FALSE;

  /* What it runs waits in vain as well. */
  if (!self->closing && fermata_machine_get_n (self->root->machine->invocations) > 0)
    set_decision (event, FERMATA_EVENT_RUN_CLOSING, closing_payload ("stopped"));
  else
    set_decision (event, FERMATA_EVENT_RUN_ENDED, ended_payload (self));

  return TRUE;
}

gboolean
fermata_moment_decide (FermataMoment *self,
                       FermataEvent  *event)
{
  gboolean has_budgets = fermata_moment_has_budgets (self);
  const char *reason;

  if (self->state != FERMATA_RUN_STATE_RUNNING || self->held)
    return FALSE;

  memset (event, 0, sizeof *event);
  event->time = self->time;

  /* A machine that is cancelled does not come to the end of its macrostep first. */
  if (!self->closing && self->n_cancels > 0 && fermata_moment_is_between_steps (self))
    {
      set_decision (event, FERMATA_EVENT_RUN_CLOSING, closing_payload (reason_to_close (self)));
      return TRUE;
    }

  /* What is in the middle comes first, then closing, then the rest. */
  if (fermata_moment_decide_middle (self, event))
    {
      if (has_budgets)
        fermata_moment_check_budgets (self, event);
      return TRUE;
    }

  if (!self->closing && (reason = reason_to_close (self)) != NULL)
    {
      set_decision (event, FERMATA_EVENT_RUN_CLOSING, closing_payload (reason));
      return TRUE;
    }
  if (!self->closing && fermata_moment_decide_warning (self, event))
    return TRUE;

  if (fermata_moment_decide_frames (self, event))
    {
      if (has_budgets)
        fermata_moment_check_budgets (self, event);
      return TRUE;
    }

  if (!self->closing && is_stopping (self))
    {
      set_decision (event, FERMATA_EVENT_RUN_CLOSING, closing_payload ("stopped"));
      return TRUE;
    }
  if (self->n_running > 0 || self->n_retrying > 0)
    return FALSE;
  if (decide_unheard (self, event))
    return TRUE;
  if (fermata_frame_is_under_way (self->root) || fermata_moment_awaits_sends (self))
    return FALSE;

  set_decision (event, FERMATA_EVENT_RUN_ENDED, ended_payload (self));

  return TRUE;
}
