/* fermata-run-timers.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-private.h"

/* @link is in the run's list, which is in the order in which timers were added:
 * after a hold, those that are due at the same time are so in that order again. */
struct _FermataRunTimer {
  GList link;
  gint64 deadline;
  FermataTimerFunc func;
  gpointer user_data;
  FermataRun *run;
  FermataTimer *timer;
};

static void
run_timer_due (gpointer user_data)
{
  FermataRunTimer *timer = user_data;
  FermataTimerFunc func = timer->func;
  gpointer data = timer->user_data;

  g_queue_unlink (&timer->run->timers, &timer->link);
  g_free (timer);
  func (data);
}

static void
run_timer_arm (FermataRunTimer *timer)
{
  FermataRun *self = timer->run;
  gint64 deadline = timer->deadline + MIN (self->origin, G_MAXINT64 - timer->deadline);

  timer->timer = fermata_clock_add_timer (self->clock, deadline, run_timer_due, timer);
}

FermataRunTimer *
fermata_run_add_timer (FermataRun       *self,
                       gint64            deadline,
                       FermataTimerFunc  func,
                       gpointer          user_data)
{
  FermataRunTimer *timer = g_new0 (FermataRunTimer, 1);

  timer->run = self;
  timer->deadline = deadline;
  timer->func = func;
  timer->user_data = user_data;
  timer->link.data = timer;
  g_queue_push_tail_link (&self->timers, &timer->link);
  if (!self->moment->held)
    run_timer_arm (timer);

  return timer;
}

void
fermata_run_remove_timer (FermataRun      *self,
                          FermataRunTimer *timer)
{
  if (timer->timer != NULL)
    fermata_clock_remove_timer (self->clock, timer->timer);
  g_queue_unlink (&self->timers, &timer->link);
  g_free (timer);
}

/* What a node's timer does when it is due. */
typedef struct {
  FermataRun *run;
  FermataRunTimer *timer;
  guint64 key;
  guint attempt;
  FermataEventKind kind;
} NodeTimer;

static void
node_timer_free (gpointer data)
{
  NodeTimer *self = data;

  if (self->timer != NULL)
    fermata_run_remove_timer (self->run, self->timer);
  g_free (self);
}

GHashTable *
fermata_run_create_node_timers (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, node_timer_free);
}

static void
node_timer_due (gpointer user_data)
{
  NodeTimer due = *(NodeTimer *) user_data;

  ((NodeTimer *) user_data)->timer = NULL;
  g_hash_table_remove (due.run->node_timers, &due.key);
  fermata_run_post_fact (due.run, due.kind, due.key >> 32, (guint32) due.key, due.attempt, NULL);
}

void
fermata_run_set_node_timer (FermataRun         *self,
                            const FermataEvent *event,
                            FermataEventKind    kind,
                            gint64              microseconds)
{
  NodeTimer *timer = g_new0 (NodeTimer, 1);
  gint64 deadline = event->time + MIN (microseconds, G_MAXINT64 - event->time);

  timer->run = self;
  timer->key = fermata_run_key (event->frame, event->place);
  timer->attempt = event->attempt;
  timer->kind = kind;
  g_hash_table_replace (self->node_timers, &timer->key, timer);
  timer->timer = fermata_run_add_timer (self, deadline, node_timer_due, timer);
}

void
fermata_run_clear_node_timer (FermataRun *self,
                              guint32     frame,
                              guint32     node)
{
  guint64 key = fermata_run_key (frame, node);

  g_hash_table_remove (self->node_timers, &key);
}

/* A machine has one timer, for what it waits for first. */
void
fermata_run_update_machine_timer (FermataRun *self,
                                  guint32     number)
{
  FermataFrame *frame = fermata_moment_get_frame (self->moment, number);
  guint64 key = fermata_run_key (number, FERMATA_PLACE_RUN);
  NodeTimer *timer = g_hash_table_lookup (self->node_timers, &key);
  gint64 due;

  if (frame == NULL || frame->machine == NULL || fermata_machine_get_n (frame->machine->timers) == 0)
    {
      if (timer != NULL)
        g_hash_table_remove (self->node_timers, &key);
      return;
    }

  due = g_array_index (frame->machine->timers, FermataMachineTimer, 0).due;
  if (timer != NULL && timer->timer->deadline == due)
    return;

  timer = g_new0 (NodeTimer, 1);
  timer->run = self;
  timer->key = key;
  timer->kind = FERMATA_EVENT_TIMER_DUE;
  g_hash_table_replace (self->node_timers, &timer->key, timer);
  timer->timer = fermata_run_add_timer (self, due, node_timer_due, timer);
}

void
fermata_run_suspend_timers (FermataRun *self)
{
  self->held_since = fermata_clock_get_time (self->clock);
  for (GList *link = self->timers.head; link != NULL; link = link->next)
    {
      FermataRunTimer *timer = link->data;

      if (timer->timer != NULL)
        fermata_clock_remove_timer (self->clock, g_steal_pointer (&timer->timer));
    }
}

void
fermata_run_resume_timers (FermataRun *self)
{
  self->origin += fermata_clock_get_time (self->clock) - self->held_since;
  for (GList *link = self->timers.head; link != NULL; link = link->next)
    run_timer_arm (link->data);
}
