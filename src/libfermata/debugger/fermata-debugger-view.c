/* fermata-debugger-view.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a debugger shows. */

#include "debugger/fermata-debugger-private.h"

/**
 * fermata_debugger_get_run:
 * @self: a debugger
 *
 * Gives the run that is being debugged.
 *
 * Returns: (transfer none): the run
 */
FermataRun *
fermata_debugger_get_run (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), NULL);

  return self->run;
}

/**
 * fermata_debugger_get_breakpoints:
 * @self: a debugger
 *
 * Gives the breakpoints at which it holds.
 *
 * Returns: (transfer none): the list
 */
FermataBreakpoints *
fermata_debugger_get_breakpoints (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), NULL);

  return self->breakpoints;
}

/**
 * fermata_debugger_get_moment:
 * @self: a debugger
 *
 * Gives the moment that is looked at: the live one, which changes with every
 * event, or a past one.
 *
 * Returns: (transfer none): the moment; valid until the next
 *   [signal@Fermata.Debugger::changed]
 */
FermataMoment *
fermata_debugger_get_moment (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), NULL);

  return self->past != NULL ? self->past : fermata_run_get_moment (self->run);
}

/**
 * fermata_debugger_get_number:
 * @self: a debugger
 *
 * Tells which moment is looked at.
 *
 * Returns: the number of its last event
 */
guint64
fermata_debugger_get_number (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), 0);

  return fermata_moment_get_number (fermata_debugger_get_moment (self));
}

/**
 * fermata_debugger_get_first_number:
 * @self: a debugger
 *
 * Tells which is the first moment that can be looked at.
 *
 * Returns: the number of its last event: 1, the start; more if the run has
 *   dropped what came before; 0 before the start
 */
guint64
fermata_debugger_get_first_number (FermataDebugger *self)
{
  guint64 first;

  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), 0);

  first = fermata_history_get_first (fermata_run_get_history (self->run));

  return MIN (MAX (first - 1, 1), fermata_debugger_get_n_events (self));
}

/**
 * fermata_debugger_get_n_events:
 * @self: a debugger
 *
 * Counts the events of the run.
 *
 * Returns: how many, which is the number of the live moment
 */
guint64
fermata_debugger_get_n_events (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), 0);

  return fermata_moment_get_number (fermata_run_get_moment (self->run));
}

/**
 * fermata_debugger_is_live:
 * @self: a debugger
 *
 * Tells whether the live moment is looked at.
 *
 * Returns: %FALSE in the past
 */
gboolean
fermata_debugger_is_live (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FALSE);

  return self->past == NULL;
}

/**
 * fermata_debugger_is_held:
 * @self: a debugger
 *
 * Tells whether the run is held, whatever is looked at.
 *
 * Returns: whether its decisions are
 */
gboolean
fermata_debugger_is_held (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FALSE);

  return fermata_moment_is_held (fermata_run_get_moment (self->run));
}

/**
 * fermata_debugger_get_state:
 * @self: a debugger
 *
 * Tells how far the run is, whatever is looked at.
 *
 * Returns: its state
 */
FermataRunState
fermata_debugger_get_state (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FERMATA_RUN_STATE_NEW);

  return fermata_run_get_state (self->run);
}

/**
 * fermata_debugger_is_stepping:
 * @self: a debugger
 *
 * Tells whether the run makes a step, or waits for something from outside in
 * the middle of one.
 *
 * Returns: whether it will be held when the step is over
 */
gboolean
fermata_debugger_is_stepping (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FALSE);

  return self->step.unit != FERMATA_STEP_NONE;
}

/**
 * fermata_debugger_is_searching:
 * @self: a debugger
 *
 * Tells whether the past is being searched for where to stop.
 *
 * Returns: whether it is
 */
gboolean
fermata_debugger_is_searching (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FALSE);

  return self->search != NULL;
}

/**
 * fermata_debugger_get_stop:
 * @self: a debugger
 *
 * Tells where it stands, and why.
 *
 * Returns: (transfer none) (nullable): the stop; %NULL while the run goes on and
 *   is looked at
 */
FermataStop *
fermata_debugger_get_stop (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), NULL);

  return self->past != NULL ? self->past_stop : self->live_stop;
}

static gboolean
is_under_way (FermataDebugger *self)
{
  return fermata_run_get_state (self->run) == FERMATA_RUN_STATE_RUNNING;
}

/**
 * fermata_debugger_can_hold:
 * @self: a debugger
 *
 * Tells whether fermata_debugger_hold() does anything.
 *
 * Returns: whether the run goes on
 */
gboolean
fermata_debugger_can_hold (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FALSE);

  return fermata_debugger_is_searching (self) || fermata_debugger_is_stepping (self)
         || (is_under_way (self) && !fermata_debugger_is_held (self));
}

/**
 * fermata_debugger_can_continue:
 * @self: a debugger
 *
 * Tells whether fermata_debugger_continue() does anything.
 *
 * Returns: whether the run is held, or the past is looked at
 */
gboolean
fermata_debugger_can_continue (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FALSE);

  return self->past != NULL || (is_under_way (self) && fermata_debugger_is_held (self));
}

/**
 * fermata_debugger_can_step:
 * @self: a debugger
 *
 * Tells whether stepping forwards does anything.
 *
 * Returns: whether the run has not ended, or the past is looked at
 */
gboolean
fermata_debugger_can_step (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FALSE);

  return self->past != NULL || (self->monitor != NULL && !fermata_run_has_ended (self->run));
}

/**
 * fermata_debugger_can_go_back:
 * @self: a debugger
 *
 * Tells whether there is something before what is looked at.
 *
 * Returns: whether one can step back
 */
gboolean
fermata_debugger_can_go_back (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FALSE);

  return fermata_debugger_get_number (self) > fermata_debugger_get_first_number (self);
}

/**
 * fermata_debugger_can_go_forward:
 * @self: a debugger
 *
 * Tells whether there is something after what is looked at.
 *
 * Returns: whether the past is looked at
 */
gboolean
fermata_debugger_can_go_forward (FermataDebugger *self)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FALSE);

  return self->past != NULL;
}
