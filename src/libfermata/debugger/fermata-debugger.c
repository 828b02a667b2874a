/* fermata-debugger.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "debugger/fermata-debugger-private.h"

G_DEFINE_FINAL_TYPE (FermataDebugger, fermata_debugger, G_TYPE_OBJECT)

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
  g_clear_object (&self->past_stop);
  g_clear_object (&self->live_stop);
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
  g_queue_init (&self->messages);
}

/* Telling */

static void
read_view (FermataDebugger     *self,
           FermataDebuggerView *view)
{
  view->number = fermata_debugger_get_number (self);
  view->first_number = fermata_debugger_get_first_number (self);
  view->n_events = fermata_debugger_get_n_events (self);
  view->live = fermata_debugger_is_live (self);
  view->held = fermata_debugger_is_held (self);
  view->state = fermata_debugger_get_state (self);
  view->stepping = fermata_debugger_is_stepping (self);
  view->searching = fermata_debugger_is_searching (self);
  view->can_hold = fermata_debugger_can_hold (self);
  view->can_continue = fermata_debugger_can_continue (self);
  view->can_step = fermata_debugger_can_step (self);
  view->can_go_back = fermata_debugger_can_go_back (self);
  view->can_go_forward = fermata_debugger_can_go_forward (self);
  g_set_object (&view->stop, fermata_debugger_get_stop (self));
}

/* Freezes notifications, so that whoever hears of one property finds all the
 * others right as well. */
static gboolean
notify_changes (FermataDebugger *self)
{
  FermataDebuggerView old = self->told;
  FermataDebuggerView *now = &self->told;
  gboolean has_changed = FALSE;

  now->stop = NULL;
  read_view (self, now);

#define NOTIFY(member, PROP) \
  if (old.member != now->member) \
    { \
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP]); \
      has_changed = TRUE; \
    }
  g_object_freeze_notify (G_OBJECT (self));
  NOTIFY (number, PROP_NUMBER)
  NOTIFY (first_number, PROP_FIRST_NUMBER)
  NOTIFY (n_events, PROP_N_EVENTS)
  NOTIFY (live, PROP_LIVE)
  NOTIFY (held, PROP_HELD)
  NOTIFY (state, PROP_STATE)
  NOTIFY (stepping, PROP_STEPPING)
  NOTIFY (searching, PROP_SEARCHING)
  NOTIFY (stop, PROP_STOP)
  NOTIFY (can_hold, PROP_CAN_HOLD)
  NOTIFY (can_continue, PROP_CAN_CONTINUE)
  NOTIFY (can_step, PROP_CAN_STEP)
  NOTIFY (can_go_back, PROP_CAN_GO_BACK)
  NOTIFY (can_go_forward, PROP_CAN_GO_FORWARD)
#undef NOTIFY
  g_clear_object (&old.stop);
  g_object_thaw_notify (G_OBJECT (self));

  return has_changed;
}

void
fermata_debugger_tell (FermataDebugger *self,
                       FermataStop     *stop,
                       gboolean         has_changed)
{
  g_autoptr (FermataDebugger) kept = g_object_ref (self);
  g_autoptr (FermataStop) kept_stop = stop == NULL ? NULL : g_object_ref (stop);

  has_changed = notify_changes (self) || has_changed;
  if (stop != NULL)
    g_signal_emit (self, signals[STOPPED], 0, kept_stop);
  if (has_changed || stop != NULL)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
fermata_debugger_tell_messages (FermataDebugger *self)
{
  g_autoptr (FermataDebugger) kept = g_object_ref (self);
  FermataPointMessage *message;

  while ((message = g_queue_pop_head (&self->messages)) != NULL)
    {
      g_signal_emit (self, signals[LOGGED], 0, message->breakpoint, message->number, message->text);
      fermata_point_message_free (message);
    }
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
  fermata_debugger_attach (self);
  read_view (self, &self->told);

  return self;
}
