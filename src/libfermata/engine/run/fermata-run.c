/* fermata-run.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-execution-private.h"

#include "engine/history/fermata-event-codec.h"
#include "engine/history/fermata-history-private.h"
#include "engine/policies/fermata-states-private.h"
#include "engine/statechart/fermata-statechart-private.h"
#include "value/fermata-value-builder.h"

enum {
  PROP_0,
  PROP_STATE,
  PROP_HELD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (FermataRun, fermata_run, G_TYPE_OBJECT)

/* The object */

static void
fermata_run_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  FermataRun *self = FERMATA_RUN (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->moment->state);
      break;

    case PROP_HELD:
      g_value_set_boolean (value, self->moment->held);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
free_fact (gpointer data)
{
  FermataEvent *fact = data;

  g_clear_pointer (&fact->payload, fermata_value_unref);
  g_free (fact);
}

static void
detach_execution (gpointer data)
{
  fermata_execution_detach (data);
  g_object_unref (data);
}

static void
fermata_run_finalize (GObject *object)
{
  FermataRun *self = FERMATA_RUN (object);

  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_hash_table_unref (self->inquiries);
  g_hash_table_unref (self->step_inquiries);
  g_ptr_array_unref (self->hooks);
  g_hash_table_unref (self->attempts);
  g_clear_pointer (&self->services, fermata_services_unref);
  g_hash_table_unref (self->scripts);
  g_hash_table_unref (self->sendings);
  g_object_unref (self->sending);
  fermata_run_close_sessions (self);
  g_hash_table_unref (self->opened);
  g_clear_pointer (&self->sessions, fermata_sessions_unref);
  g_hash_table_unref (self->executions);
  g_hash_table_unref (self->node_timers);
  fermata_run_clear_timers (self);
  g_hash_table_unref (self->printed);
  g_hash_table_unref (self->cursors);
  g_hash_table_unref (self->paused);
  g_queue_clear_full (&self->facts, free_fact);
  fermata_run_clear_molds (self);
  g_ptr_array_unref (self->monitors);
  g_ptr_array_unref (self->waiting);
  g_clear_pointer (&self->moment, fermata_moment_unref);
  if (self->artifacts != NULL)
    fermata_artifacts_end (self->artifacts);
  g_clear_pointer (&self->artifacts, fermata_artifacts_unref);
  g_clear_object (&self->history);
  g_clear_object (&self->clock);
  g_clear_object (&self->executor);
  g_clear_object (&self->script_pool);
  g_clear_pointer (&self->inputs, fermata_value_unref);
  g_clear_pointer (&self->variables, fermata_value_unref);
  g_clear_pointer (&self->states, fermata_value_unref);
  fermata_part_start_clear (&self->part);
  g_clear_pointer (&self->plan, fermata_plan_unref);
  g_free (self->armed);
  g_clear_pointer (&self->armed_more, g_hash_table_unref);
  g_free (self->id);

  G_OBJECT_CLASS (fermata_run_parent_class)->finalize (object);
}

static void
fermata_run_class_init (FermataRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fermata_run_get_property;
  object_class->finalize = fermata_run_finalize;

  /**
   * FermataRun:state:
   *
   * How far the run is: a #FermataRunState.
   */
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, FERMATA_RUN_STATE_TIMED_OUT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * FermataRun:held:
   *
   * Whether decisions are held.
   */
  properties[PROP_HELD] =
    g_param_spec_boolean ("held", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fermata_run_init (FermataRun *self)
{
  self->monitors = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->timers);
  self->node_timers = fermata_run_create_node_timers ();
  self->attempts = fermata_run_create_attempts ();
  self->scripts = fermata_run_create_scripts ();
  self->executions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                            detach_execution);
  self->sendings = fermata_run_create_sendings ();
  self->sending = g_cancellable_new ();
  self->opened = fermata_run_create_opened ();
  self->cursors = fermata_run_create_cursors ();
  self->paused = g_hash_table_new (NULL, NULL);
  self->printed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                         (GDestroyNotify) fermata_printed_free);
  self->hooks = g_ptr_array_new_with_free_func (g_object_unref);
  self->inquiries = fermata_run_create_inquiries ();
  self->step_inquiries = fermata_run_create_step_inquiries ();
  g_queue_init (&self->facts);

  self->source = fermata_run_create_source (self);
}

/* A seed that JSON and JavaScript can hold, and that is not 0. */
static guint64
choose_seed (void)
{
  guint64 seed = (guint64) g_random_int () << 20 ^ g_random_int ();

  return MAX (seed & ((G_GUINT64_CONSTANT (1) << 53) - 1), 1);
}

/**
 * fermata_run_new:
 * @plan: what to run
 * @clock: tells the time
 * @executor: (nullable): runs processes
 * @options: (nullable): how to run
 * @error: return location for a #FermataEngineError
 *
 * Makes a run that has not started.
 *
 * Returns: (transfer full): the run, or %NULL with @error set if the inputs
 *   are not those that the graph wants, a variable has no first value, or what
 *   is left out has no output that is needed
 */
FermataRun *
fermata_run_new (FermataPlan              *plan,
                 FermataClock             *clock,
                 FermataExecutor          *executor,
                 const FermataRunOptions  *options,
                 GError                  **error)
{
  static const FermataRunOptions defaults = FERMATA_RUN_OPTIONS_INIT;
  g_autoptr (FermataValue) inputs = NULL;
  g_autoptr (FermataValue) variables = NULL;
  g_autoptr (FermataValue) states = NULL;
  guint64 seed;
  gint64 date = fermata_clock_get_wall_time (clock);
  FermataRunLimits limits;
  FermataPartStart part;
  FermataRun *self;

  g_return_val_if_fail (plan != NULL, NULL);
  g_return_val_if_fail (FERMATA_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (executor == NULL || FERMATA_IS_EXECUTOR (executor), NULL);

  if (options == NULL)
    options = &defaults;
  seed = options->seed != 0 ? options->seed : choose_seed ();
  if (!fermata_plan_check_inputs (plan, options->inputs, &inputs, error))
    return NULL;
  variables = fermata_plan_make_variables (plan, inputs, date, seed, error);
  if (variables == NULL || !fermata_inputs_make_limits (plan, inputs, date, seed, &limits, error)
      || !fermata_inputs_make_states (plan, inputs, date, seed, &states, error)
      || !fermata_run_part_start (options->part, plan, inputs, variables, &part, error))
    return NULL;

  self = g_object_new (FERMATA_TYPE_RUN, NULL);
  self->plan = fermata_plan_ref (plan);
  self->clock = g_object_ref (clock);
  self->executor = executor == NULL ? NULL : g_object_ref (executor);
  self->inputs = g_steal_pointer (&inputs);
  self->id = g_uuid_string_random ();
  self->variables = g_steal_pointer (&variables);
  self->states = g_steal_pointer (&states);
  self->part = part;
  self->seed = seed;
  self->timeout = options->timeout >= 0 ? options->timeout : limits.timeout;
  self->closing_timeout = limits.closing_timeout;
  self->grace = options->grace;
  self->max_concurrency = options->max_concurrency != 0 ? options->max_concurrency
                          : plan->max_concurrency != 0 ? plan->max_concurrency
                          : FERMATA_RUN_DEFAULT_MAX_CONCURRENCY;
  self->history = fermata_history_new (plan);
  fermata_history_set_retention (self->history, options->keep_events);
  self->moment = fermata_moment_new (plan);

  return self;
}

void
fermata_run_set_services (FermataRun      *self,
                          FermataServices *services)
{
  g_clear_pointer (&self->services, fermata_services_unref);
  self->services = fermata_services_ref (services);
}

/* What was kept by earlier runs takes the place of the first values. */
static void
add_states (FermataRun          *self,
            FermataValueBuilder *builder)
{
  FermataValue *kept = NULL;
  g_autoptr (FermataValue) states = NULL;

  if (self->states == NULL)
    return;

  if (self->services != NULL)
    kept = fermata_services_get_kept (self->services, self->plan->scope);
  states = fermata_states_recall (self->plan, self->states, kept);
  fermata_value_builder_set (builder, "states", states);
}

/* Who has invoked it, as others call that */
static void
add_parent (FermataRun          *self,
            FermataValueBuilder *builder)
{
  FermataRun *run = self->invoker->run;
  FermataFrame *task = fermata_moment_get_frame (run->moment, self->invoker->frame);
  FermataFrame *parent = fermata_moment_find_parent_machine (run->moment, task);
  g_autofree char *session = NULL;

  if (parent == NULL)
    return;

  session = fermata_statechart_dup_session_id (run->seed, parent->number);
  fermata_value_builder_set_string (builder, "parent", session);
}

static FermataValue *
start_payload (FermataRun *self)
{
  g_autoptr (FermataValue) processors = fermata_run_open_processors (self);
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "run", self->id);
  fermata_value_builder_set_integer (builder, "seed", self->seed);
  fermata_value_builder_set_integer (builder, "date", self->date);
  fermata_value_builder_set_integer (builder, "max-concurrency", self->max_concurrency);
  if (self->timeout >= 0)
    fermata_value_builder_set_integer (builder, "timeout", self->timeout);
  fermata_value_builder_set_integer (builder, "closing-timeout", self->closing_timeout);
  if (self->hooks->len > 0)
    fermata_value_builder_set_boolean (builder, "hooks", TRUE);
  fermata_value_builder_set (builder, "inputs", self->inputs);
  fermata_value_builder_set (builder, "variables", self->variables);
  add_states (self, builder);
  if (self->part.given != NULL)
    fermata_value_builder_set (builder, "given", self->part.given);
  if (self->part.left_out != NULL)
    fermata_value_builder_set (builder, "left-out", self->part.left_out);
  if (self->part.bodies != NULL)
    fermata_value_builder_set (builder, "bodies", self->part.bodies);
  if (processors != NULL)
    fermata_value_builder_set (builder, "processors", processors);
  if (self->invoker != NULL)
    add_parent (self, builder);

  return fermata_value_builder_end (builder);
}

/**
 * fermata_run_start:
 * @self: a run that has not started
 *
 * Starts the run. It keeps itself alive until it has ended.
 */
void
fermata_run_start (FermataRun *self)
{
  g_return_if_fail (FERMATA_IS_RUN (self));
  g_return_if_fail (self->moment->state == FERMATA_RUN_STATE_NEW);

  g_object_ref (self);
  self->origin = fermata_clock_get_time (self->clock);
  self->date = fermata_clock_get_wall_time (self->clock);
  if (self->sessions != NULL)
    fermata_sessions_add (self->sessions, self->seed, self);
  fermata_run_post (self, FERMATA_EVENT_RUN_STARTED, 0, FERMATA_PLACE_RUN, 0, start_payload (self));
}

/**
 * fermata_run_cancel:
 * @self: a run
 *
 * Wants the run to end: what is running is asked to, nothing new begins but
 * `always` nodes. Called again: those end too, and nobody is asked any more.
 * Does nothing before the start and after the end.
 */
void
fermata_run_cancel (FermataRun *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  g_return_if_fail (FERMATA_IS_RUN (self));

  fermata_value_builder_set_string (builder, "reason", "cancelled");
  fermata_run_post_fact (self, FERMATA_EVENT_CANCEL_REQUESTED, 0, FERMATA_PLACE_RUN, 0,
                         fermata_value_builder_end (builder));
}

/**
 * fermata_run_hold:
 * @self: a run
 *
 * Holds the run: nothing more is decided, and its clock stands still. What is
 * under way goes on, and its ends are recorded.
 *
 * Returns: %FALSE if it is held already, or not under way
 */
gboolean
fermata_run_hold (FermataRun *self)
{
  g_return_val_if_fail (FERMATA_IS_RUN (self), FALSE);

  if (self->moment->held || self->moment->state != FERMATA_RUN_STATE_RUNNING)
    return FALSE;

  fermata_run_post (self, FERMATA_EVENT_HELD, 0, FERMATA_PLACE_RUN, 0, NULL);

  return TRUE;
}

/**
 * fermata_run_release:
 * @self: a run
 *
 * Lets a held run go on. The decision before which it held may pass once.
 *
 * Returns: %FALSE if it is not held
 */
gboolean
fermata_run_release (FermataRun *self)
{
  g_return_val_if_fail (FERMATA_IS_RUN (self), FALSE);

  if (!self->moment->held)
    return FALSE;

  fermata_run_post (self, FERMATA_EVENT_RELEASED, 0, FERMATA_PLACE_RUN, 0, NULL);

  return TRUE;
}

/**
 * fermata_run_bookmark:
 * @self: a run under way
 * @note: what to find this moment by
 *
 * Marks the present moment.
 */
void
fermata_run_bookmark (FermataRun *self,
                      const char *note)
{
  g_return_if_fail (FERMATA_IS_RUN (self));
  g_return_if_fail (note != NULL && g_utf8_validate (note, -1, NULL));

  fermata_run_post_fact (self, FERMATA_EVENT_BOOKMARK, 0, FERMATA_PLACE_RUN, 0,
                         fermata_value_new_string (note, -1));
}

static gboolean
waiting_cancelled (GCancellable *cancellable,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  FermataRun *self = g_task_get_source_object (task);

  g_ptr_array_remove (self->waiting, task);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

/* The source and the task hold each other until one of the two is over. */
static void
watch_cancellable (GTask        *task,
                   GCancellable *cancellable)
{
  GSource *source = g_cancellable_source_new (cancellable);

  g_task_set_task_data (task, source, (GDestroyNotify) g_source_unref);
  g_task_attach_source (task, source, G_SOURCE_FUNC (waiting_cancelled));
}

/**
 * fermata_run_wait_async:
 * @self: a run
 * @cancellable: (nullable): ends the waiting, not the run
 * @callback: called when the run has ended
 * @user_data: for @callback
 *
 * Waits until the run has ended, and everybody has been told of its events.
 */
void
fermata_run_wait_async (FermataRun          *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FERMATA_IS_RUN (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fermata_run_wait_async);
  if (self->is_over)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (cancellable != NULL)
    watch_cancellable (task, cancellable);
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
}

/**
 * fermata_run_wait_finish:
 * @self: a run
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends fermata_run_wait_async().
 *
 * Returns: %TRUE if the run has ended, %FALSE with @error set if the waiting
 *   was cancelled
 */
gboolean
fermata_run_wait_finish (FermataRun    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * fermata_run_get_state:
 * @self: a run
 *
 * Tells how far the run is.
 *
 * Returns: its state
 */
FermataRunState
fermata_run_get_state (FermataRun *self)
{
  g_return_val_if_fail (FERMATA_IS_RUN (self), FERMATA_RUN_STATE_NEW);

  return self->moment->state;
}

/**
 * fermata_run_has_ended:
 * @self: a run
 *
 * Tells whether it is over, well or not.
 *
 * Returns: %TRUE after its last event
 */
gboolean
fermata_run_has_ended (FermataRun *self)
{
  g_return_val_if_fail (FERMATA_IS_RUN (self), FALSE);

  return self->moment->state > FERMATA_RUN_STATE_RUNNING;
}

/**
 * fermata_run_get_id:
 * @self: a run
 *
 * Gives the name by which the run is known everywhere.
 *
 * Returns: (transfer none): a UUID
 */
const char *
fermata_run_get_id (FermataRun *self)
{
  g_return_val_if_fail (FERMATA_IS_RUN (self), NULL);

  return self->id;
}

/**
 * fermata_run_get_plan:
 * @self: a run
 *
 * Gives what it runs.
 *
 * Returns: (transfer none): the plan
 */
FermataPlan *
fermata_run_get_plan (FermataRun *self)
{
  g_return_val_if_fail (FERMATA_IS_RUN (self), NULL);

  return self->plan;
}

/**
 * fermata_run_get_history:
 * @self: a run
 *
 * Gives everything that has happened in it.
 *
 * Returns: (transfer none): the history
 */
FermataHistory *
fermata_run_get_history (FermataRun *self)
{
  g_return_val_if_fail (FERMATA_IS_RUN (self), NULL);

  return self->history;
}

/**
 * fermata_run_get_moment:
 * @self: a run
 *
 * Gives the live state, which changes with every event:
 * fermata_moment_copy() keeps one.
 *
 * Returns: (transfer none): the moment
 */
FermataMoment *
fermata_run_get_moment (FermataRun *self)
{
  g_return_val_if_fail (FERMATA_IS_RUN (self), NULL);

  return self->moment;
}

/**
 * fermata_run_get_time:
 * @self: a run
 *
 * Tells the time on the run's clock, which stands still while it is held.
 *
 * Returns: microseconds since the start
 */
gint64
fermata_run_get_time (FermataRun *self)
{
  g_return_val_if_fail (FERMATA_IS_RUN (self), 0);

  return fermata_run_read_clock (self);
}

gint64
fermata_run_read_clock (FermataRun *self)
{
  if (self->moment->state == FERMATA_RUN_STATE_NEW)
    return 0;
  if (self->moment->state != FERMATA_RUN_STATE_RUNNING)
    return self->moment->time;
  if (self->moment->held)
    return self->held_since - self->origin;

  return fermata_clock_get_time (self->clock) - self->origin;
}

FermataClock *
fermata_run_get_clock (FermataRun *self)
{
  return self->clock;
}

FermataExecutor *
fermata_run_get_executor (FermataRun *self)
{
  return self->executor;
}

gint64
fermata_run_get_grace (FermataRun *self)
{
  return self->grace;
}
