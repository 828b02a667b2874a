/* fermata-debugger-verbs.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a debugger is told to do. */

#include "debugger/fermata-debugger-private.h"

#include "engine/plan/fermata-plan-private.h"

/* Forwards, in the past or in the run. */
static void
step_forwards (FermataDebugger *self,
               FermataStepUnit  unit)
{
  FermataMoment *moment = fermata_debugger_get_moment (self);
  FermataStep step;

  fermata_debugger_end_search (self);
  fermata_step_init (&step, unit, moment, fermata_debugger_get_frame (self));
  if (self->past != NULL)
    {
      fermata_debugger_search (self, &step, FALSE);
      return;
    }

  fermata_debugger_begin_step (self, &step, TRUE);
  fermata_debugger_tell (self, NULL, FALSE);
}

static void
step_backwards (FermataDebugger *self,
                FermataStepUnit  unit)
{
  FermataMoment *moment = fermata_debugger_get_moment (self);
  FermataStep step;

  fermata_debugger_end_search (self);
  if (!fermata_debugger_can_go_back (self))
    {
      fermata_debugger_tell (self, NULL, FALSE);
      return;
    }

  fermata_step_init (&step, unit, moment, fermata_debugger_get_frame (self));
  fermata_debugger_search (self, &step, TRUE);
}

/* Forwards */

/**
 * fermata_debugger_hold:
 * @self: a debugger
 *
 * Holds the run, or ends a step or a search that is under way.
 */
void
fermata_debugger_hold (FermataDebugger *self)
{
  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  fermata_debugger_end_search (self);
  fermata_debugger_end_step (self);
  fermata_run_hold (self->run);
  fermata_debugger_tell (self, NULL, FALSE);
}

/**
 * fermata_debugger_continue:
 * @self: a debugger
 *
 * Lets a held run go on. In the past: goes forwards to where a breakpoint would
 * hold, else to live, and leaves the run as it is.
 */
void
fermata_debugger_continue (FermataDebugger *self)
{
  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  if (self->past != NULL)
    {
      fermata_debugger_search (self, &(FermataStep) { FERMATA_STEP_NONE, }, FALSE);
      return;
    }

  fermata_debugger_end_step (self);
  fermata_run_release (self->run);
  fermata_debugger_tell (self, NULL, FALSE);
}

/**
 * fermata_debugger_step_over:
 * @self: a debugger
 *
 * Goes on until the next node starts or ends in the same frame or one around
 * it; in a machine until the next transition has been taken, and all that
 * follows from it done. Breakpoints hold before that. In the past: forwards in
 * the history, and where that ends on with the run.
 */
void
fermata_debugger_step_over (FermataDebugger *self)
{
  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  step_forwards (self, FERMATA_STEP_OVER);
}

/**
 * fermata_debugger_step_into:
 * @self: a debugger
 *
 * Goes on until the next decision that has a place, in any frame. Before the
 * start of the run: has it held at the first.
 */
void
fermata_debugger_step_into (FermataDebugger *self)
{
  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  step_forwards (self, FERMATA_STEP_INTO);
}

/**
 * fermata_debugger_step_out:
 * @self: a debugger
 *
 * Goes on until the frame has been left. From the root's: until something else
 * holds.
 */
void
fermata_debugger_step_out (FermataDebugger *self)
{
  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  step_forwards (self, FERMATA_STEP_OUT);
}

/**
 * fermata_debugger_run_to:
 * @self: a debugger
 * @kind: %FERMATA_PLACE_KIND_NODE or %FERMATA_PLACE_KIND_EDGE
 * @place: the name of a node or edge
 * @error: return location for a #FermataDebuggerError
 *
 * Goes on until a breakpoint at that place would hold, as if there were one.
 *
 * Returns: %FALSE with @error set if the graph has no such place
 */
gboolean
fermata_debugger_run_to (FermataDebugger   *self,
                         FermataPlaceKind   kind,
                         const char        *place,
                         GError           **error)
{
  FermataPointPlace at;

  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FALSE);
  g_return_val_if_fail (place != NULL, FALSE);

  if (!fermata_point_place_find (fermata_run_get_plan (self->run), kind, place, &at, NULL))
    {
      g_set_error (error, FERMATA_DEBUGGER_ERROR, FERMATA_DEBUGGER_ERROR_PLACE,
                   kind == FERMATA_PLACE_KIND_EDGE ? "The graph has no edge “%s”"
                                                   : "The graph has no node “%s”", place);
      return FALSE;
    }

  fermata_debugger_end_step (self);
  self->target = at;
  step_forwards (self, FERMATA_STEP_TO);

  return TRUE;
}

/**
 * fermata_debugger_end:
 * @self: a debugger
 *
 * Has the run end: cancels it (see fermata_run_cancel()), and lets it go on if it
 * is held. Breakpoints do not hold it any more. The past can be looked at as
 * ever, so breakpoints hold there.
 */
void
fermata_debugger_end (FermataDebugger *self)
{
  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  fermata_debugger_end_search (self);
  fermata_debugger_end_step (self);
  self->is_ending = TRUE;
  fermata_run_cancel (self->run);
  fermata_run_release (self->run);
  fermata_debugger_tell (self, NULL, FALSE);
}

/* Backwards */

/**
 * fermata_debugger_step_back:
 * @self: a debugger
 *
 * Goes back to where a step over would last have stopped before, else to the
 * first moment.
 */
void
fermata_debugger_step_back (FermataDebugger *self)
{
  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  step_backwards (self, FERMATA_STEP_OVER);
}

/**
 * fermata_debugger_step_back_into:
 * @self: a debugger
 *
 * Goes back to where a step into would last have stopped before, else to the
 * first moment.
 */
void
fermata_debugger_step_back_into (FermataDebugger *self)
{
  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  step_backwards (self, FERMATA_STEP_INTO);
}

/**
 * fermata_debugger_reverse_continue:
 * @self: a debugger
 *
 * Goes back to where a breakpoint would last have held before, with its
 * condition as it was then, else to the first moment.
 */
void
fermata_debugger_reverse_continue (FermataDebugger *self)
{
  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  step_backwards (self, FERMATA_STEP_NONE);
}

/* Anywhere */

/**
 * fermata_debugger_go_to:
 * @self: a debugger
 * @number: the number of an event; the last one is live
 * @error: return location for a #FermataEngineError
 *
 * Looks at the moment after an event. Decides nothing and changes nothing.
 *
 * Returns: %FALSE with @error set if there is no such moment (any more)
 */
gboolean
fermata_debugger_go_to (FermataDebugger  *self,
                        guint64           number,
                        GError          **error)
{
  FermataMoment *moment;

  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FALSE);

  if (number == fermata_debugger_get_n_events (self))
    {
      fermata_debugger_go_live (self);
      return TRUE;
    }

  moment = fermata_history_find_moment (fermata_run_get_history (self->run), number, error);
  if (moment == NULL)
    return FALSE;

  fermata_debugger_end_search (self);
  fermata_debugger_visit (self, moment, NULL);
  fermata_debugger_tell (self, NULL, TRUE);

  return TRUE;
}

/**
 * fermata_debugger_go_first:
 * @self: a debugger
 *
 * Looks at the first moment: the start, or the first that is kept.
 */
void
fermata_debugger_go_first (FermataDebugger *self)
{
  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  fermata_debugger_go_to (self, fermata_debugger_get_first_number (self), NULL);
}

/**
 * fermata_debugger_go_live:
 * @self: a debugger
 *
 * Looks at the live moment again. The run stays as it is: held or not.
 */
void
fermata_debugger_go_live (FermataDebugger *self)
{
  gboolean has_changed;

  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  fermata_debugger_end_search (self);
  has_changed = self->past != NULL;
  g_clear_pointer (&self->past, fermata_moment_unref);
  g_clear_object (&self->past_stop);
  fermata_debugger_tell (self, NULL, has_changed);
}

/* Asking, and changing */

/* In a frame for an item, the node that it is for is meant. */
static gboolean
find_place (FermataDebugger *self,
            guint            frame,
            const char      *name,
            guint32         *place)
{
  FermataPlan *plan = fermata_run_get_plan (self->run);
  FermataFrame *found = fermata_moment_get_frame (fermata_debugger_get_moment (self), frame);
  const FermataPlanNode *node;

  if (!fermata_plan_find_node_place (plan, name, place))
    return fermata_plan_find_edge_place (plan, name, place);

  node = fermata_plan_node_at (plan, *place);
  if (found != NULL && node->body != NULL && node->body->is_item && found->plan == node->body)
    *place = node->body->first_place;

  return TRUE;
}

/**
 * fermata_debugger_evaluate:
 * @self: a debugger
 * @source: an expression
 * @frame: the number of a frame; 0 is the root's
 * @place: (nullable): the name of a node or edge whose names it is to see;
 *   %NULL: those of the frame
 * @error: return location for a #FermataExpressionError or #FermataDebuggerError
 *
 * Evaluates an expression at the moment that is looked at. Changes nothing.
 *
 * Returns: (transfer full): the value, or %NULL with @error set if it has none
 */
FermataValue *
fermata_debugger_evaluate (FermataDebugger  *self,
                           const char       *source,
                           guint             frame,
                           const char       *place,
                           GError          **error)
{
  guint32 index = FERMATA_PLACE_RUN;

  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  if (place != NULL && !find_place (self, frame, place, &index))
    {
      g_set_error (error, FERMATA_DEBUGGER_ERROR, FERMATA_DEBUGGER_ERROR_PLACE,
                   "The graph has neither a node nor an edge “%s”", place);
      return NULL;
    }

  return fermata_moment_evaluate (fermata_debugger_get_moment (self), self->evaluator, frame, index, source,
                                  error);
}

/**
 * fermata_debugger_set_variable:
 * @self: a debugger
 * @frame: the number of a frame; 0 is the root's
 * @name: a variable, or a path in one (`order.total`)
 * @value: what it is to be
 * @error: return location for a #FermataDebuggerError or #FermataEngineError
 *
 * Changes a variable, now: see fermata_run_set_variable(). Not in the past.
 *
 * Returns: %FALSE with @error set if the past is looked at, the run has ended,
 *   or there is no such variable
 */
gboolean
fermata_debugger_set_variable (FermataDebugger  *self,
                               guint             frame,
                               const char       *name,
                               FermataValue     *value,
                               GError          **error)
{
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  if (self->past != NULL)
    {
      g_set_error (error, FERMATA_DEBUGGER_ERROR, FERMATA_DEBUGGER_ERROR_PAST,
                   "“%s” cannot be changed in the past: return to live first", name);
      return FALSE;
    }
  if (!fermata_run_set_variable (self->run, frame, name, value, error))
    return FALSE;

  fermata_debugger_tell (self, NULL, TRUE);

  return TRUE;
}
