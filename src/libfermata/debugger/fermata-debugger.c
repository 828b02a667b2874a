/* fermata-debugger.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "debugger/fermata-debugger-private.h"

#include "debugger/fermata-stop-private.h"

static void fermata_debugger_monitor_init (FermataMonitorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataDebugger, fermata_debugger, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_MONITOR, fermata_debugger_monitor_init))

enum {
  PROP_0,
  PROP_RUN,
  PROP_BREAKPOINTS,
  PROP_NUMBER,
  PROP_FIRST_NUMBER,
  PROP_N_EVENTS,
  PROP_LIVE,
  PROP_HELD,
  PROP_STATE,
  PROP_STEPPING,
  PROP_SEARCHING,
  PROP_STOP,
  PROP_CAN_HOLD,
  PROP_CAN_CONTINUE,
  PROP_CAN_STEP,
  PROP_CAN_GO_BACK,
  PROP_CAN_GO_FORWARD,
  N_PROPS
};

enum {
  CHANGED,
  STOPPED,
  LOGGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* The object */

static void
fermata_debugger_dispose (GObject *object)
{
  fermata_debugger_detach (FERMATA_DEBUGGER (object));

  G_OBJECT_CLASS (fermata_debugger_parent_class)->dispose (object);
}

static void
fermata_debugger_finalize (GObject *object)
{
  FermataDebugger *self = FERMATA_DEBUGGER (object);

  g_clear_pointer (&self->past, fermata_moment_unref);
  g_clear_object (&self->stop);
  g_clear_object (&self->told.stop);
  g_clear_object (&self->run);
  g_clear_object (&self->breakpoints);
  g_clear_object (&self->evaluator);

  G_OBJECT_CLASS (fermata_debugger_parent_class)->finalize (object);
}

static void
fermata_debugger_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  FermataDebugger *self = FERMATA_DEBUGGER (object);

  switch (prop_id)
    {
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    case PROP_BREAKPOINTS:
      g_value_set_object (value, self->breakpoints);
      break;
    case PROP_NUMBER:
      g_value_set_uint64 (value, fermata_debugger_get_number (self));
      break;
    case PROP_FIRST_NUMBER:
      g_value_set_uint64 (value, fermata_debugger_get_first_number (self));
      break;
    case PROP_N_EVENTS:
      g_value_set_uint64 (value, fermata_debugger_get_n_events (self));
      break;
    case PROP_LIVE:
      g_value_set_boolean (value, fermata_debugger_is_live (self));
      break;
    case PROP_HELD:
      g_value_set_boolean (value, fermata_debugger_is_held (self));
      break;
    case PROP_STATE:
      g_value_set_uint (value, fermata_debugger_get_state (self));
      break;
    case PROP_STEPPING:
      g_value_set_boolean (value, fermata_debugger_is_stepping (self));
      break;
    case PROP_SEARCHING:
      g_value_set_boolean (value, fermata_debugger_is_searching (self));
      break;
    case PROP_STOP:
      g_value_set_object (value, fermata_debugger_get_stop (self));
      break;
    case PROP_CAN_HOLD:
      g_value_set_boolean (value, fermata_debugger_can_hold (self));
      break;
    case PROP_CAN_CONTINUE:
      g_value_set_boolean (value, fermata_debugger_can_continue (self));
      break;
    case PROP_CAN_STEP:
      g_value_set_boolean (value, fermata_debugger_can_step (self));
      break;
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, fermata_debugger_can_go_back (self));
      break;
    case PROP_CAN_GO_FORWARD:
      g_value_set_boolean (value, fermata_debugger_can_go_forward (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  /**
   * FermataDebugger:run:
   *
   * The run that is being debugged.
   */
  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, FERMATA_TYPE_RUN, flags);

  /**
   * FermataDebugger:breakpoints:
   *
   * The breakpoints at which it holds.
   */
  properties[PROP_BREAKPOINTS] =
    g_param_spec_object ("breakpoints", NULL, NULL, FERMATA_TYPE_BREAKPOINTS, flags);

  /**
   * FermataDebugger:number:
   *
   * The moment that is looked at: the number of its last event.
   */
  properties[PROP_NUMBER] = g_param_spec_uint64 ("number", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  /**
   * FermataDebugger:first-number:
   *
   * The first moment that can be looked at.
   */
  properties[PROP_FIRST_NUMBER] =
    g_param_spec_uint64 ("first-number", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  /**
   * FermataDebugger:n-events:
   *
   * The last moment that can be looked at: how many events there are.
   */
  properties[PROP_N_EVENTS] = g_param_spec_uint64 ("n-events", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  /**
   * FermataDebugger:live:
   *
   * Whether the live moment is looked at, and not the past.
   */
  properties[PROP_LIVE] = g_param_spec_boolean ("live", NULL, NULL, TRUE, flags);

  /**
   * FermataDebugger:held:
   *
   * Whether the run is held, whatever is looked at.
   */
  properties[PROP_HELD] = g_param_spec_boolean ("held", NULL, NULL, FALSE, flags);

  /**
   * FermataDebugger:state:
   *
   * How far the run is, whatever is looked at: a #FermataRunState.
   */
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, FERMATA_RUN_STATE_TIMED_OUT, 0, flags);

  /**
   * FermataDebugger:stepping:
   *
   * Whether the run makes a step: it goes on, perhaps waiting for something from
   * outside, and will be held when the step is over.
   */
  properties[PROP_STEPPING] = g_param_spec_boolean ("stepping", NULL, NULL, FALSE, flags);

  /**
   * FermataDebugger:searching:
   *
   * Whether the past is being searched for where to stop. The next verb ends
   * that.
   */
  properties[PROP_SEARCHING] = g_param_spec_boolean ("searching", NULL, NULL, FALSE, flags);

  /**
   * FermataDebugger:stop:
   *
   * Where it stands, and why: %NULL while the run goes on and is looked at.
   */
  properties[PROP_STOP] = g_param_spec_object ("stop", NULL, NULL, FERMATA_TYPE_STOP, flags);

  /**
   * FermataDebugger:can-hold:
   *
   * Whether fermata_debugger_hold() does anything.
   */
  properties[PROP_CAN_HOLD] = g_param_spec_boolean ("can-hold", NULL, NULL, FALSE, flags);

  /**
   * FermataDebugger:can-continue:
   *
   * Whether fermata_debugger_continue() does anything.
   */
  properties[PROP_CAN_CONTINUE] = g_param_spec_boolean ("can-continue", NULL, NULL, FALSE, flags);

  /**
   * FermataDebugger:can-step:
   *
   * Whether stepping forwards does anything.
   */
  properties[PROP_CAN_STEP] = g_param_spec_boolean ("can-step", NULL, NULL, FALSE, flags);

  /**
   * FermataDebugger:can-go-back:
   *
   * Whether there is something before what is looked at.
   */
  properties[PROP_CAN_GO_BACK] = g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE, flags);

  /**
   * FermataDebugger:can-go-forward:
   *
   * Whether there is something after what is looked at.
   */
  properties[PROP_CAN_GO_FORWARD] =
    g_param_spec_boolean ("can-go-forward", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fermata_debugger_class_init (FermataDebuggerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fermata_debugger_dispose;
  object_class->finalize = fermata_debugger_finalize;
  object_class->get_property = fermata_debugger_get_property;
  install_properties (object_class);

  /**
   * FermataDebugger::changed:
   * @self: the debugger
   *
   * Another moment is looked at, or more has happened in the run, or one of the
   * properties is another: at most once a slice of the engine, so that whoever
   * shows the moment may show it anew.
   */
  signals[CHANGED] = g_signal_new ("changed", FERMATA_TYPE_DEBUGGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  /**
   * FermataDebugger::stopped:
   * @self: the debugger
   * @stop: where it stands, and why
   *
   * The run has been held or has ended, or a search in the past has arrived
   * somewhere. The properties say so already; #FermataDebugger::changed follows.
   */
  signals[STOPPED] = g_signal_new ("stopped", FERMATA_TYPE_DEBUGGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, FERMATA_TYPE_STOP);

  /**
   * FermataDebugger::logged:
   * @self: the debugger
   * @breakpoint: a breakpoint with a log message
   * @number: the moment at which it was met
   * @text: the message, filled in
   *
   * A breakpoint was met that does not hold, but tells something.
   */
  signals[LOGGED] = g_signal_new ("logged", FERMATA_TYPE_DEBUGGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, FERMATA_TYPE_BREAKPOINT, G_TYPE_UINT64, G_TYPE_STRING);
}

static void
fermata_debugger_init (FermataDebugger *self)
{
}

/**
 * fermata_debugger_new:
 * @run: a run, before or while it is under way, or after its end
 * @breakpoints: where it is to be held
 * @evaluator: evaluates conditions, and what is asked
 *
 * Attaches a debugger to a run: until it is gone, or
 * fermata_debugger_detach().
 *
 * Returns: (transfer full): the debugger, which looks at the live moment
 */
FermataDebugger *
fermata_debugger_new (FermataRun         *run,
                      FermataBreakpoints *breakpoints,
                      FermataEvaluator   *evaluator)
{
  FermataDebugger *self;

  g_return_val_if_fail (FERMATA_IS_RUN (run), NULL);
  g_return_val_if_fail (FERMATA_IS_BREAKPOINTS (breakpoints), NULL);
  g_return_val_if_fail (FERMATA_IS_EVALUATOR (evaluator), NULL);

  self = g_object_new (FERMATA_TYPE_DEBUGGER, NULL);
  self->run = g_object_ref (run);
  self->breakpoints = g_object_ref (breakpoints);
  self->evaluator = g_object_ref (evaluator);
  self->is_attached = TRUE;
  fermata_run_add_monitor (run, FERMATA_MONITOR (self));

  return self;
}

static void
fermata_debugger_flushed (FermataMonitor *monitor,
                          FermataRun     *run,
                          guint64         first,
                          guint64         last)
{
  g_signal_emit (monitor, signals[CHANGED], 0);
}

static void
fermata_debugger_monitor_init (FermataMonitorInterface *iface)
{
  iface->flushed = fermata_debugger_flushed;
}

/**
 * fermata_debugger_detach:
 * @self: a debugger
 *
 * Lets go of the run, as it is: nothing is held any more that is not, and what
 * is held stays so. The past can still be looked at. The run keeps the debugger
 * alive until then, so whoever has done with one detaches it.
 */
void
fermata_debugger_detach (FermataDebugger *self)
{
  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  if (!self->is_attached)
    return;

  self->is_attached = FALSE;
  fermata_run_remove_monitor (self->run, FERMATA_MONITOR (self));
}

/* Looking */

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

  return FALSE;
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

  return FALSE;
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

  return self->stop;
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

  return fermata_debugger_is_searching (self)
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

  return self->past != NULL || !fermata_run_has_ended (self->run);
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

  fermata_run_hold (self->run);
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
    fermata_debugger_go_live (self);
  else
    fermata_run_release (self->run);
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
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), FALSE);
  g_return_val_if_fail (place != NULL, FALSE);

  return TRUE;
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

  g_clear_pointer (&self->past, fermata_moment_unref);
  self->past = moment;
  g_signal_emit (self, signals[CHANGED], 0);

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
  g_return_if_fail (FERMATA_IS_DEBUGGER (self));

  g_clear_pointer (&self->past, fermata_moment_unref);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Asking, and changing */

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
  g_return_val_if_fail (FERMATA_IS_DEBUGGER (self), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  return fermata_value_new_null ();
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

  return TRUE;
}
