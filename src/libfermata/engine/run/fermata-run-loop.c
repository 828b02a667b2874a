/* fermata-run-loop.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/history/fermata-event-codec.h"
#include "engine/history/fermata-history-private.h"
#include "engine/run/fermata-run-private.h"

/*
 * A run turns facts into decisions, decisions into events, and events into
 * effects:
 *
 *     post_fact ─┐
 *                ├─> commit: history, moment, monitors, effects
 *     decide ────┘
 *
 * Facts are committed as they come, whatever holds. Decisions are made in
 * slices of a few milliseconds by one source, which is ready while there may be
 * something to decide (@awake). To wake it costs nothing: whoever posts does so
 * in the thread of the source's loop, so that is not waiting meanwhile.
 */

#define SLICE (4 * 1000)
#define TICK 1000
#define DECISIONS_PER_LOOK 64
#define SLICE_PRIORITY (G_PRIORITY_HIGH_IDLE + 20)

/* Committing */

/* @event's payload is transfer full. */
static void
commit (FermataRun         *self,
        const FermataEvent *event)
{
  self->committing++;
  fermata_history_push (self->history, event);
  fermata_moment_apply (self->moment, event);
  fermata_history_note_moment (self->history, self->moment);
  if (self->monitors->len > 0)
    fermata_run_tell_committed (self);
  fermata_run_perform (self, event);
  self->committing--;
}

static void
commit_fact (FermataRun   *self,
             FermataEvent *fact)
{
  gint64 time = fermata_run_read_clock (self);

  fact->time = MAX (time, self->moment->time);
  commit (self, fact);
}

static void
commit_facts (FermataRun *self)
{
  while (self->facts.head != NULL && self->committing == 0)
    {
      FermataEvent *fact = g_queue_pop_head (&self->facts);

      self->n_events_posted -= fact->kind == FERMATA_EVENT_EVENT_RECEIVED;
      commit_fact (self, fact);
      g_free (fact);
    }
}

/* Right now, unless others wait to be committed. */
void
fermata_run_post (FermataRun       *self,
                  FermataEventKind  kind,
                  guint32           frame,
                  guint32           place,
                  guint             attempt,
                  FermataValue     *payload)
{
  FermataEvent event = {
    .kind = kind,
    .frame = frame,
    .place = place,
    .attempt = attempt,
    .payload = payload,
  };

  if (self->committing == 0 && self->facts.head == NULL)
    {
      commit_fact (self, &event);
    }
  else
    {
      g_queue_push_tail (&self->facts, g_memdup2 (&event, sizeof event));
      self->n_events_posted += kind == FERMATA_EVENT_EVENT_RECEIVED;
    }
  commit_facts (self);
  self->awake = TRUE;
}

void
fermata_run_post_fact (FermataRun       *self,
                       FermataEventKind  kind,
                       guint32           frame,
                       guint32           place,
                       guint             attempt,
                       FermataValue     *payload)
{
  if (self->moment->state != FERMATA_RUN_STATE_RUNNING)
    {
      g_clear_pointer (&payload, fermata_value_unref);
      return;
    }

  fermata_run_post (self, kind, frame, place, attempt, payload);
}

/* Deciding */

/* What a monitor does while it is asked waits until it has answered: @event was
 * decided without that. */
static gboolean
is_gated (FermataRun         *self,
          const FermataEvent *event)
{
  gboolean gated;

  self->committing++;
  gated = fermata_run_is_gated (self, event);
  self->committing--;

  return gated;
}

/* Makes the next decision and commits it, or the hold before it. */
static gboolean
decide_once (FermataRun *self)
{
  FermataEvent event;

  if (!fermata_moment_decide (self->moment, &event))
    return FALSE;

  if (G_UNLIKELY (self->armed != NULL || self->n_all_armed > 0) && is_gated (self, &event))
    {
      FermataValue *place = fermata_event_place_to_value (&event, self->plan);

      g_clear_pointer (&event.payload, fermata_value_unref);
      fermata_run_post (self, FERMATA_EVENT_HELD, 0, FERMATA_PLACE_RUN, 0, place);
      return FALSE;
    }

  commit (self, &event);
  commit_facts (self);

  return TRUE;
}

static void
flush (FermataRun *self)
{
  guint64 first = self->n_flushed + 1;
  guint64 last = self->moment->number;

  if (last < first)
    return;

  self->n_flushed = last;
  fermata_history_flush (self->history);
  fermata_run_tell_flushed (self, first, last);
  fermata_history_drop_old (self->history);
}

static void
tell_waiting (FermataRun *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      GSource *cancelled = g_task_get_task_data (waiting->pdata[i]);

      if (cancelled != NULL)
        g_source_destroy (cancelled);
      g_task_return_boolean (waiting->pdata[i], TRUE);
    }
}

/* Time passes for decisions only by a fact. */
static void
tick (FermataRun *self)
{
  if (self->moment->state == FERMATA_RUN_STATE_RUNNING && !self->moment->held
      && fermata_run_read_clock (self) - self->moment->time >= TICK)
    fermata_run_post (self, FERMATA_EVENT_TICK, 0, FERMATA_PLACE_RUN, 0, NULL);
}

static gboolean
slice (gpointer user_data)
{
  g_autoptr (FermataRun) self = g_object_ref (user_data);
  gint64 end = g_get_monotonic_time () + SLICE;
  gboolean more = TRUE;

  self->awake = FALSE;
  while (more && g_get_monotonic_time () < end)
    {
      for (guint i = 0; more && i < DECISIONS_PER_LOOK; i++)
        more = decide_once (self);
    }

  if (more)
    {
      tick (self);
      self->awake = TRUE;
    }
  fermata_run_resume_sources (self);
  flush (self);
  if (!self->awake)
    fermata_run_note_quiet (self);
  /* Whoever commits around this needs it yet, and will wake it once more. */
  if (fermata_run_has_ended (self) && !self->is_over && self->committing == 0)
    {
      self->is_over = TRUE;
      if (self->plan->sessions != NULL)
        fermata_script_sessions_clear (self->plan->sessions);
      tell_waiting (self);
      /* Taken by fermata_run_start(). */
      g_object_unref (self);
    }

  return G_SOURCE_CONTINUE;
}

typedef struct {
  GSource parent;
  FermataRun *run;
} SliceSource;

static gboolean
slice_source_prepare (GSource *source,
                      int     *timeout)
{
  *timeout = -1;

  return ((SliceSource *) source)->run->awake;
}

static gboolean
slice_source_check (GSource *source)
{
  return ((SliceSource *) source)->run->awake;
}

static gboolean
slice_source_dispatch (GSource     *source,
                       GSourceFunc  callback,
                       gpointer     user_data)
{
  return callback (user_data);
}

static GSourceFuncs slice_source_funcs = {
  .prepare = slice_source_prepare,
  .check = slice_source_check,
  .dispatch = slice_source_dispatch,
};

/* Asleep until something is posted. */
GSource *
fermata_run_create_source (FermataRun *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  GSource *source = g_source_new (&slice_source_funcs, sizeof (SliceSource));

  ((SliceSource *) source)->run = self;
  g_source_set_static_name (source, "[fermata] run");
  g_source_set_priority (source, SLICE_PRIORITY);
  g_source_set_callback (source, slice, self, NULL);
  g_source_attach (source, context);

  return source;
}
