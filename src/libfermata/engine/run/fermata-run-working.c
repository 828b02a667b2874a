/* fermata-run-working.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-background-private.h"
#include "engine/run/fermata-execution-private.h"

/* What has a timer ends by time alone; what is a run goes on as that does. */
static gboolean
is_at_work (FermataRun *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->executions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      FermataExecution *execution = value;

      if (execution->child != NULL ? fermata_run_is_working (execution->child)
                                   : execution->timer == NULL)
        return TRUE;
    }

  return FALSE;
}

/* Nothing is under way for it but runs that machines have invoked, and for those
 * nothing either: not even time brings any of them further. */
static gboolean
is_quiet (FermataRun *self)
{
  GHashTableIter iter;
  gpointer value;

  if (self->moment->state != FERMATA_RUN_STATE_RUNNING || self->moment->held || self->awake
      || self->facts.head != NULL || self->timers.length > (self->timeout_timer != NULL)
      || g_hash_table_size (self->inquiries) > 0 || g_hash_table_size (self->scripts) > 0
      || g_hash_table_size (self->step_inquiries) > 0 || g_hash_table_size (self->sendings) > 0)
    return FALSE;

  /* At most FERMATA_MAX_INVOCATION_DEPTH deep */
  g_hash_table_iter_init (&iter, self->executions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      FermataRun *child = ((FermataExecution *) value)->child;

      if (child == NULL || !is_quiet (child))
        return FALSE;
    }

  return TRUE;
}

/* Machines that wait for each other when nothing can come from outside any more wait
 * in vain: the outermost is told to stop. */
void
fermata_run_note_quiet (FermataRun *self)
{
  while (self->invoker != NULL && self->invoker->run != NULL)
    self = self->invoker->run;

  if (self->events_closed && !self->moment->stops_when_idle && self->committing == 0
      && self->moment->root->machine != NULL && g_hash_table_size (self->executions) > 0
      && is_quiet (self))
    fermata_run_post_stop (self);
}

/**
 * fermata_run_is_working:
 * @self: a run
 *
 * Tells whether a run waits for anything but time and events from outside: it
 * has something to decide, a process, a script or a thread is under way for it,
 * what a machine sent to somebody outside has not arrived, or a hook has not answered. For whoever moves a #FermataVirtualClock: while
 * nothing of that is so, only time can bring it further.
 *
 * Returns: %FALSE too if it has not started, is held, or has ended
 */
gboolean
fermata_run_is_working (FermataRun *self)
{
  g_return_val_if_fail (FERMATA_IS_RUN (self), FALSE);

  if (self->moment->state != FERMATA_RUN_STATE_RUNNING || self->moment->held)
    return FALSE;

  return self->awake || fermata_background_get_count () > 0
         || g_hash_table_size (self->inquiries) > 0 || g_hash_table_size (self->scripts) > 0
         || g_hash_table_size (self->step_inquiries) > 0 || g_hash_table_size (self->sendings) > 0
         || is_at_work (self);
}
