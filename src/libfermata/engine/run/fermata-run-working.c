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
