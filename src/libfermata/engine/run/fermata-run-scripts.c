/* fermata-run-scripts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Scripts that are actions of machines: each runs in the pool while its machine
 * waits for it. */

#include "engine/policies/fermata-script-action-private.h"
#include "engine/run/fermata-run-private.h"
#include "engine/statechart/fermata-statechart-private.h"

/* As those of nodes that say nothing else */
#define TIMEOUT (60 * G_USEC_PER_SEC)
#define MEMORY ((guint64) 256 << 20)

/* A call: the run's table has it, and whoever awaits its end. Without a run nobody
 * is interested any more. */
typedef struct {
  guint ref_count;
  FermataRun *run;
  guint32 frame;
  guint32 place;
  GCancellable *cancellable;
  FermataRunTimer *timer;
  gboolean timed_out;
} Script;

static void
script_unref (Script *self)
{
  if (--self->ref_count > 0)
    return;

  g_object_unref (self->cancellable);
  g_free (self);
}

static void
script_detach (gpointer data)
{
  Script *self = data;

  if (self->timer != NULL)
    fermata_run_remove_timer (self->run, g_steal_pointer (&self->timer));
  self->run = NULL;
  g_cancellable_cancel (self->cancellable);
  script_unref (self);
}

GHashTable *
fermata_run_create_scripts (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, script_detach);
}

/* Ends */

static char *
describe (FermataRun *self,
          guint32     place,
          const char *problem)
{
  guint local;
  FermataPlan *plan = fermata_plan_locate (self->plan, place, &local);

  if (local < plan->n_nodes)
    return g_strdup_printf ("State “%s”, script: %s", plan->nodes[local].id, problem);

  return g_strdup_printf ("Edge %s, script: %s",
                          fermata_plan_get_edge_name (plan, local - plan->n_nodes), problem);
}

static void
post_outcome (FermataRun   *self,
              guint32       frame,
              const char   *member,
              FermataValue *value)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set (builder, member, value);
  fermata_run_post_fact (self, FERMATA_EVENT_SCRIPT_ENDED, frame, FERMATA_PLACE_RUN, 0,
                         fermata_value_builder_end (builder));
}

static void
post_failure (FermataRun   *self,
              guint32       frame,
              guint32       place,
              const GError *error,
              FermataValue *details)
{
  g_autofree char *message = describe (self, place, error->message);
  g_autoptr (FermataValue) value = NULL;

  value = fermata_error_value_new (fermata_error_kind_of (error), message, NULL, details);
  post_outcome (self, frame, "error", value);
}

static void
post_result (FermataRun   *self,
             guint32       frame,
             guint32       place,
             FermataValue *result)
{
  FermataFrame *owner = fermata_moment_get_frame (self->moment, frame);
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) changes = NULL;

  if (owner == NULL)
    return;

  changes = fermata_script_action_read_changes (fermata_moment_get_frame_variables (self->moment, owner),
                                                result, &error);
  if (changes != NULL)
    post_outcome (self, frame, "changes", changes);
  else
    post_failure (self, frame, place, error, NULL);
}

static void
set_time_error (GError **error)
{
  g_clear_error (error);
  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_TIMEOUT,
               "it took longer than %u s", (guint) (TIMEOUT / G_USEC_PER_SEC));
}

static void
returned (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Script *script = user_data;
  FermataRun *run = script->run;
  guint32 frame = script->frame;
  guint32 place = script->place;
  g_autoptr (FermataValue) details = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = NULL;

  value = fermata_script_pool_call_finish (FERMATA_SCRIPT_POOL (source), result, &details, &error);
  if (script->timed_out && error != NULL)
    set_time_error (&error);
  if (run != NULL)
    g_hash_table_remove (run->scripts, GUINT_TO_POINTER (frame));
  script_unref (script);
  if (run == NULL)
    return;

  if (value != NULL)
    post_result (run, frame, place, value);
  else
    post_failure (run, frame, place, error, details);
}

static void
time_is_up (gpointer user_data)
{
  Script *script = user_data;

  script->timer = NULL;
  script->timed_out = TRUE;
  g_cancellable_cancel (script->cancellable);
}

/* Beginnings */

static void
call (FermataRun                *self,
      const FermataEvent        *event,
      const FermataScriptAction *action)
{
  FermataFrame *frame = fermata_moment_get_frame (self->moment, event->frame);
  Script *script = g_new0 (Script, 1);
  g_autofree char *context = g_strdup_printf ("%s/%p/%u", self->id, (void *) frame->plan, event->step);
  FermataScriptCall request = {
    .context = context,
    .code = action->code,
    .parameters = action->parameters,
    .names = action->names,
    .memory = MEMORY,
  };

  script->ref_count = 2;
  script->run = self;
  script->frame = event->frame;
  script->place = event->place;
  script->cancellable = g_cancellable_new ();
  script->timer = fermata_run_add_timer (self, event->time + TIMEOUT, time_is_up, script);
  g_hash_table_replace (self->scripts, GUINT_TO_POINTER (event->frame), script);
  fermata_script_pool_call_async (self->script_pool, &request, script->cancellable, returned, script);
}

/* The machine's frame is as the event left it: at the script. */
static gboolean
make_action (FermataRun           *self,
             const FermataEvent   *event,
             FermataScriptAction  *action,
             GError              **error)
{
  FermataFrame *frame = fermata_moment_get_frame (self->moment, event->frame);
  const FermataMachine *machine = frame->machine;
  g_autoptr (FermataValue) iteration = NULL;
  FermataFrameScope scope;
  guint n = fermata_machine_get_n (machine->loops);

  fermata_statechart_scope_init (&scope, self->moment, frame);
  if (n > 0)
    iteration = fermata_statechart_iteration_new (&g_array_index (machine->loops, FermataMachineLoop, n - 1));
  scope.iteration = iteration;

  return fermata_script_action_init (action, frame->plan->chart->ops[event->step - 1].code_text,
                                     &scope.parent, error);
}

void
fermata_run_start_script (FermataRun         *self,
                          const FermataEvent *event)
{
  g_auto (FermataScriptAction) action = { NULL };
  g_autoptr (GError) error = NULL;

  if (self->script_pool == NULL)
    g_set_error (&error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_SECURITY, "this engine runs no scripts");
  else
    make_action (self, event, &action, &error);

  if (error != NULL)
    post_failure (self, event->frame, event->place, error, NULL);
  else
    call (self, event, &action);
}

static gboolean
is_dropped (gpointer key,
            gpointer value,
            gpointer user_data)
{
  FermataRun *self = user_data;
  FermataFrame *frame = fermata_moment_get_frame (self->moment, GPOINTER_TO_UINT (key));

  return frame == NULL || frame->machine == NULL || frame->machine->script != FERMATA_MACHINE_SCRIPT_RUNS;
}

/* Machines that end do not wait for their scripts. */
void
fermata_run_drop_scripts (FermataRun *self)
{
  self->n_scripts_dropped = self->moment->n_scripts_dropped;
  g_hash_table_foreach_remove (self->scripts, is_dropped, self);
}
