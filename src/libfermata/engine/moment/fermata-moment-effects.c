/* fermata-moment-effects.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is under way outside on behalf of a moment. */

#include "engine/moment/fermata-body-private.h"

static gint64
member_integer (FermataValue *object,
                const char   *name)
{
  FermataValue *member = object == NULL ? NULL : fermata_value_get_member (object, name);

  return member == NULL ? -1 : fermata_value_get_integer (member);
}

gint64
fermata_node_record_get_timeout (const FermataNodeRecord *record)
{
  return record->status == FERMATA_NODE_STATUS_RUNNING ? member_integer (record->value, "timeout")
                                                       : -1;
}

gint64
fermata_node_record_get_delay (const FermataNodeRecord *record)
{
  return member_integer (record->value, "delay");
}

/* A node's timer: the end of its patience, or its next attempt. */
static void
tell_timer (const FermataEffect *about,
            gint64               microseconds,
            FermataEventKind     event,
            FermataEffectFunc    func,
            gpointer             user_data)
{
  FermataEffect effect = *about;

  effect.kind = FERMATA_EFFECT_TIMER;
  effect.deadline = effect.since + MIN (microseconds, G_MAXINT64 - effect.since);
  effect.event = event;
  func (&effect, user_data);
}

static void
tell_patience (const FermataNodeRecord *record,
               const FermataEffect     *about,
               FermataEffectFunc        func,
               gpointer                 user_data)
{
  gint64 timeout = fermata_node_record_get_timeout (record);

  if (timeout >= 0 && (record->flags & NODE_TIMED_OUT) == 0)
    tell_timer (about, timeout, FERMATA_EVENT_TIMEOUT_DUE, func, user_data);
}

static void
tell_running (FermataFrame      *frame,
              guint              node,
              FermataEffectFunc  func,
              gpointer           user_data)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataEffect effect = {
    .kind = FERMATA_EFFECT_ATTEMPT,
    .frame = frame->number,
    .node = frame->plan->first_place + node,
    .attempt = record.attempt,
    .cancelling = record.status == FERMATA_NODE_STATUS_CANCELLING,
    .since = record.since,
  };

  if (fermata_index_set_contains (&frame->settled, node))
    return;
  if (record.status == FERMATA_NODE_STATUS_QUEUED)
    effect.kind = FERMATA_EFFECT_ADMISSION;
  else if (record.status == FERMATA_NODE_STATUS_SETTLED)
    effect.kind = FERMATA_EFFECT_REVIEW;

  func (&effect, user_data);
  tell_patience (&record, &effect, func, user_data);
}

/* Nothing is under way for a node that waits but its time limit; yet somebody is
 * to send it something. */
static void
tell_listening (FermataFrame      *frame,
                guint              node,
                FermataEffectFunc  func,
                gpointer           user_data)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataEffect effect = {
    .kind = FERMATA_EFFECT_LISTENING,
    .frame = frame->number,
    .node = frame->plan->first_place + node,
    .attempt = record.attempt,
    .since = record.since,
  };

  func (&effect, user_data);
  tell_patience (&record, &effect, func, user_data);
}

static void
tell_retrying (FermataFrame      *frame,
               guint              node,
               FermataEffectFunc  func,
               gpointer           user_data)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataEffect effect = {
    .frame = frame->number,
    .node = frame->plan->first_place + node,
    .attempt = record.attempt,
    .since = record.since,
  };

  if ((record.flags & NODE_IS_DUE) == 0)
    tell_timer (&effect, fermata_node_record_get_delay (&record), FERMATA_EVENT_RETRY_DUE, func,
                user_data);
}

/* Nothing is under way for a node but what its frames do, and its time limit. */
static void
tell_graph (FermataFrame      *frame,
            guint              node,
            FermataEffectFunc  func,
            gpointer           user_data)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataEffect effect = {
    .frame = frame->number,
    .node = frame->plan->first_place + node,
    .attempt = record.attempt,
    .since = record.since,
  };

  if (record.status == FERMATA_NODE_STATUS_RUNNING)
    tell_patience (&record, &effect, func, user_data);
}

/* An item that is there, and that the state has not been told. */
static void
tell_wanted (FermataFrame      *frame,
             guint              node,
             FermataEffectFunc  func,
             gpointer           user_data)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataEffect effect = {
    .kind = FERMATA_EFFECT_ITEM,
    .frame = frame->number,
    .node = frame->plan->first_place + node,
    .since = record.since,
  };
  guint32 index;

  if (fermata_body_wants_item (frame, node, &index))
    func (&effect, user_data);
}

/* Hooks are asked about the next step of a machine. */
static void
tell_step (FermataFrame      *frame,
           FermataEffectFunc  func,
           gpointer           user_data)
{
  FermataEffect effect = {
    .kind = FERMATA_EFFECT_STEP,
    .frame = frame->number,
    .node = FERMATA_PLACE_RUN,
  };

  func (&effect, user_data);
}

/* What a machine waits for first */
static void
tell_machine (FermataFrame      *frame,
              FermataEffectFunc  func,
              gpointer           user_data)
{
  FermataEffect effect = {
    .kind = FERMATA_EFFECT_TIMER,
    .frame = frame->number,
    .node = FERMATA_PLACE_RUN,
    .event = FERMATA_EVENT_TIMER_DUE,
  };

  if (fermata_machine_is_asking (frame->machine))
    tell_step (frame, func, user_data);
  if (fermata_machine_get_n (frame->machine->timers) == 0)
    return;

  effect.kind = FERMATA_EFFECT_TIMER;

  effect.deadline = g_array_index (frame->machine->timers, FermataMachineTimer, 0).due;
  func (&effect, user_data);
}

static void
tell_script (FermataFrame      *frame,
             FermataEffectFunc  func,
             gpointer           user_data)
{
  FermataEffect effect = {
    .kind = FERMATA_EFFECT_SCRIPT,
    .frame = frame->number,
    .node = FERMATA_PLACE_RUN,
    .since = frame->machine->script_since,
  };

  if (frame->machine->script == FERMATA_MACHINE_SCRIPT_RUNS)
    func (&effect, user_data);
}

static void
frame_foreach_effect (FermataFrame      *frame,
                      FermataEffectFunc  func,
                      gpointer           user_data)
{
  guint node = fermata_index_set_get_lowest (&frame->running);

  if (frame->machine != NULL)
    {
      tell_machine (frame, func, user_data);
      tell_script (frame, func, user_data);
      return;
    }

  for (; node != FERMATA_INDEX_NONE; node = fermata_index_set_next (&frame->running, node + 1))
    tell_running (frame, node, func, user_data);

  node = fermata_index_set_get_lowest (&frame->listening);
  for (; node != FERMATA_INDEX_NONE; node = fermata_index_set_next (&frame->listening, node + 1))
    tell_listening (frame, node, func, user_data);

  node = fermata_index_set_get_lowest (&frame->retrying);
  for (; node != FERMATA_INDEX_NONE; node = fermata_index_set_next (&frame->retrying, node + 1))
    tell_retrying (frame, node, func, user_data);

  for (node = 0; frame->plan->n_bodies > 0 && node < frame->plan->n_nodes; node++)
    {
      if (frame->plan->nodes[node].runs_graph)
        tell_graph (frame, node, func, user_data);
      if (frame->plan->nodes[node].each_edge != FERMATA_INDEX_NONE)
        tell_wanted (frame, node, func, user_data);
    }
}

static void
tell_run_timers (FermataMoment     *self,
                 FermataEffectFunc  func,
                 gpointer           user_data)
{
  gint64 warning = fermata_budgets_get_warning (&self->root->plan->budgets);
  FermataEffect effect = { .node = FERMATA_PLACE_RUN };

  if (self->timeout >= 0 && self->n_cancels == 0)
    tell_timer (&effect, self->timeout, FERMATA_EVENT_CANCEL_REQUESTED, func, user_data);

  if (warning > self->time && !self->closing)
    tell_timer (&effect, warning, FERMATA_EVENT_TICK, func, user_data);

  effect.since = self->closing_since;
  if (self->closing && !self->gentle && !self->insisted && self->closing_timeout >= 0)
    tell_timer (&effect, self->closing_timeout, FERMATA_EVENT_CLOSING_DUE, func, user_data);
}

static void
tell_sends (FermataMoment     *self,
            FermataEffectFunc  func,
            gpointer           user_data)
{
  guint32 number = 0;
  gpointer value;

  while (fermata_trie_next (&self->sends.entries, number, FERMATA_TRIE_ANY, &number, &value))
    {
      FermataEffect effect = {
        .kind = FERMATA_EFFECT_SEND,
        .frame = ((FermataSend *) value)->frame,
        .node = FERMATA_PLACE_RUN,
        .send = number++,
      };

      func (&effect, user_data);
    }
}

/**
 * fermata_moment_foreach_effect:
 * @self: a moment
 * @func: (scope call): called for each
 * @user_data: for @func
 *
 * Tells everything that is under way outside on behalf of the run: what has
 * to be taken up again if the run is resumed from here.
 */
void
fermata_moment_foreach_effect (FermataMoment     *self,
                               FermataEffectFunc  func,
                               gpointer           user_data)
{
  guint32 number = 0;
  gpointer frame;

  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  if (self->state != FERMATA_RUN_STATE_RUNNING)
    return;

  tell_run_timers (self, func, user_data);
  frame_foreach_effect (self->root, func, user_data);
  while (fermata_trie_next (&self->frames, number, FERMATA_TRIE_ANY, &number, &frame))
    {
      frame_foreach_effect (frame, func, user_data);
      number++;
    }
  tell_sends (self, func, user_data);
}
