/* fermata-debugger-monitor.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How a debugger follows a run that goes on, and has it held. */

#include "debugger/fermata-debugger-private.h"

#include "debugger/fermata-stop-private.h"
#include "engine/run/fermata-run-private.h"

#define FERMATA_TYPE_DEBUGGER_MONITOR (fermata_debugger_monitor_get_type ())
G_DECLARE_FINAL_TYPE (FermataDebuggerMonitor, fermata_debugger_monitor, FERMATA, DEBUGGER_MONITOR, GObject)

/* @debugger is NULL once that has let go of the run. */
struct _FermataDebuggerMonitor {
  GObject parent_instance;

  FermataDebugger *debugger;
};

static void fermata_debugger_monitor_monitor_init (FermataMonitorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataDebuggerMonitor, fermata_debugger_monitor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_MONITOR,
                                                      fermata_debugger_monitor_monitor_init))

static void
fermata_debugger_monitor_class_init (FermataDebuggerMonitorClass *klass)
{
}

static void
fermata_debugger_monitor_init (FermataDebuggerMonitor *self)
{
}

/* Wishes */

void
fermata_debugger_clear_wish (FermataDebugger *self)
{
  g_clear_object (&self->wish.breakpoint);
  g_clear_pointer (&self->wish.problem, g_free);
  self->wish.is_set = FALSE;
}

/* @problem is transfer full. */
static void
wish (FermataDebugger   *self,
      FermataStopReason  reason,
      guint32            frame,
      FermataBreakpoint *breakpoint,
      char              *problem)
{
  fermata_debugger_clear_wish (self);
  self->wish.is_set = TRUE;
  self->wish.reason = reason;
  self->wish.frame = frame;
  self->wish.problem = problem;
  g_set_object (&self->wish.breakpoint, breakpoint);
}

void
fermata_debugger_hold_for_step (FermataDebugger *self,
                                guint32          frame)
{
  wish (self, FERMATA_STOP_REASON_STEP, frame, NULL, NULL);
  fermata_run_hold (self->run);
}

/* Before a decision */

/* What one stood before when the step began is what it does. */
static gboolean
is_first (FermataDebugger    *self,
          FermataMoment      *moment,
          const FermataEvent *decision)
{
  return self->step.unit != FERMATA_STEP_NONE && moment->n_decisions == self->first_at
         && fermata_step_is_same (&self->first, decision);
}

static gboolean
fermata_debugger_monitor_gate (FermataMonitor     *monitor,
                               FermataRun         *run,
                               const FermataEvent *decision)
{
  FermataDebugger *self = FERMATA_DEBUGGER_MONITOR (monitor)->debugger;
  FermataMoment *moment = fermata_run_get_moment (run);
  FermataBreakpoint *breakpoint;
  char *problem = NULL;

  if (self == NULL || self->is_ending || is_first (self, moment, decision))
    return FALSE;

  breakpoint = fermata_points_ask (&self->points, moment, decision, &self->messages, &problem);
  if (breakpoint != NULL)
    wish (self, problem != NULL ? FERMATA_STOP_REASON_ERROR : FERMATA_STOP_REASON_BREAKPOINT,
          decision->frame, breakpoint, problem);
  else if ((self->step.unit == FERMATA_STEP_TO && fermata_point_place_fits (&self->target, decision))
           || fermata_step_stops_before (&self->step, moment, decision))
    wish (self, FERMATA_STOP_REASON_STEP, decision->frame, NULL, NULL);
  else
    return FALSE;

  return TRUE;
}

/* After an event */

static void
note_released (FermataDebugger *self)
{
  self->hold_number = 0;
  fermata_debugger_clear_wish (self);
  g_clear_object (&self->live_stop);
}

static void
fermata_debugger_monitor_committed (FermataMonitor *monitor,
                                    FermataRun     *run,
                                    guint64         number)
{
  FermataDebugger *self = FERMATA_DEBUGGER_MONITOR (monitor)->debugger;
  const FermataEvent *event;

  if (self == NULL)
    return;

  event = fermata_history_get_event (fermata_run_get_history (run), number);
  if (event->kind == FERMATA_EVENT_HELD)
    {
      self->hold_number = number;
    }
  else if (event->kind == FERMATA_EVENT_RELEASED)
    {
      note_released (self);
    }
  else if (self->step.unit != FERMATA_STEP_NONE && self->hold_number == 0
           && fermata_step_stops_after (&self->step, fermata_run_get_moment (run), event))
    {
      fermata_debugger_hold_for_step (self, event->frame);
    }
}

/* At the end of a slice */

/* Of the hold, why; and before what. */
static FermataStop *
make_stop (FermataDebugger *self)
{
  FermataMoment *moment = fermata_run_get_moment (self->run);
  gboolean wished = self->wish.is_set;
  FermataEvent next;
  gboolean has_next = fermata_debugger_find_next (self, moment, &next);

  self->live_frame = wished ? self->wish.frame
                            : fermata_debugger_find_frame (self, moment, has_next ? &next : NULL);

  /* After the last decision of a step there may be more, elsewhere. */
  if (wished && !moment->hold.is_set && next.frame != self->live_frame)
    has_next = FALSE;

  return fermata_stop_new (wished ? self->wish.reason : FERMATA_STOP_REASON_HOLD, self->wish.breakpoint,
                           self->hold_number, has_next ? &next : NULL, fermata_run_get_plan (self->run),
                           self->wish.problem);
}

static FermataStop *
note_stop (FermataDebugger *self)
{
  FermataBreakpoint *breakpoint = self->wish.breakpoint;

  fermata_debugger_end_step (self);
  self->hold_told = self->hold_number;
  g_clear_object (&self->live_stop);
  self->live_stop = make_stop (self);
  if (breakpoint != NULL && fermata_breakpoint_get_one_shot (breakpoint))
    fermata_breakpoints_remove (self->breakpoints, breakpoint);

  return self->live_stop;
}

static FermataStop *
note_end (FermataDebugger *self)
{
  FermataMoment *moment = fermata_run_get_moment (self->run);

  fermata_debugger_end_step (self);
  self->end_told = TRUE;
  self->live_frame = 0;
  g_clear_object (&self->live_stop);
  self->live_stop = fermata_stop_new (FERMATA_STOP_REASON_ENDED, NULL, moment->number, NULL,
                                      fermata_run_get_plan (self->run),
                                      fermata_run_state_to_string (moment->state));

  return self->live_stop;
}

static void
fermata_debugger_monitor_flushed (FermataMonitor *monitor,
                                  FermataRun     *run,
                                  guint64         first,
                                  guint64         last)
{
  g_autoptr (FermataDebugger) self = FERMATA_DEBUGGER_MONITOR (monitor)->debugger;
  FermataStop *stop = NULL;

  if (self == NULL)
    return;

  g_object_ref (self);
  fermata_points_settle (&self->points);
  if (fermata_run_has_ended (run) && !self->end_told)
    stop = note_end (self);
  else if (self->hold_number != 0 && self->hold_number != self->hold_told)
    stop = note_stop (self);

  fermata_debugger_tell_messages (self);
  fermata_debugger_tell (self, stop, TRUE);
}

static void
fermata_debugger_monitor_monitor_init (FermataMonitorInterface *iface)
{
  iface->gate = fermata_debugger_monitor_gate;
  iface->committed = fermata_debugger_monitor_committed;
  iface->flushed = fermata_debugger_monitor_flushed;
}

/* Attaching */

/* By which event a run is held that somebody else has held. */
static guint64
find_hold (FermataDebugger *self)
{
  FermataHistory *history = fermata_run_get_history (self->run);
  guint64 number = fermata_history_get_n_events (history);
  const FermataEvent *event = NULL;

  if (!fermata_debugger_is_held (self))
    return 0;
  while (number >= fermata_history_get_first (history)
         && (event = fermata_history_get_event (history, number))->kind != FERMATA_EVENT_HELD)
    number--;

  return number;
}

void
fermata_debugger_attach (FermataDebugger *self)
{
  FermataDebuggerMonitor *monitor = g_object_new (FERMATA_TYPE_DEBUGGER_MONITOR, NULL);

  monitor->debugger = self;
  self->monitor = FERMATA_MONITOR (monitor);
  fermata_points_init (&self->points, self->run, self->breakpoints, self->evaluator);
  self->hold_number = find_hold (self);
  if (fermata_run_has_ended (self->run))
    note_end (self);
  else if (self->hold_number != 0)
    note_stop (self);
  fermata_run_add_monitor (self->run, self->monitor);
}

/**
 * fermata_debugger_detach:
 * @self: a debugger
 *
 * Lets go of the run, as it is: nothing is held any more that is not, and what
 * is held stays so. The past can still be looked at. A debugger that nobody
 * holds a reference to does so by itself.
 */
void
fermata_debugger_detach (FermataDebugger *self)
{
  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  fermata_debugger_end_search (self);
  if (self->monitor == NULL)
    return;

  fermata_debugger_end_step (self);
  fermata_debugger_clear_wish (self);
  fermata_points_clear (&self->points);
  g_queue_clear_full (&self->messages, fermata_point_message_free);
  ((FermataDebuggerMonitor *) self->monitor)->debugger = NULL;
  fermata_run_remove_monitor (self->run, self->monitor);
  g_clear_object (&self->monitor);
}

/* Steps of the run */

void
fermata_debugger_end_step (FermataDebugger *self)
{
  if (self->step.unit == FERMATA_STEP_NONE)
    return;

  fermata_step_clear (&self->step);
  fermata_run_disarm (self->run, FERMATA_PLACE_ALL);
}

static void
foresee_first (FermataDebugger *self)
{
  FermataMoment *moment = fermata_run_get_moment (self->run);
  FermataEvent next;

  self->first_at = moment->n_decisions;
  self->first.is_set = fermata_debugger_find_next (self, moment, &next);
  if (!self->first.is_set)
    return;

  self->first.frame = next.frame;
  self->first.place = next.place;
  self->first.kind = next.kind;
}

void
fermata_debugger_begin_step (FermataDebugger *self,
                             FermataStep     *step,
                             gboolean         from_here)
{
  fermata_debugger_end_step (self);
  if (self->monitor == NULL || fermata_run_has_ended (self->run))
    {
      fermata_step_clear (step);
      return;
    }

  self->first.is_set = FALSE;
  if (from_here)
    foresee_first (self);
  self->step = *step;
  *step = (FermataStep) { FERMATA_STEP_NONE, };
  fermata_run_arm (self->run, FERMATA_PLACE_ALL);
  fermata_run_release (self->run);
}
