/* fermata-local-script-pool.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-local-script-pool.h"

#include "engine/fermata-task-error.h"
#include "executor/fermata-local-script-session-private.h"
#include "executor/fermata-script-worker-private.h"

/**
 * FermataLocalScriptPool:
 *
 * Runs scripts in processes of `fermata-script-host` on this machine.
 *
 * A pool belongs to the main context that was the thread's default when it was
 * made, and is to be used from its thread.
 *
 * ## Which process runs a call
 *
 * Processes are started as they are needed, as many as there may be, and stay.
 * A process runs one call at a time. A call goes to one that is idle, if
 * possible to one that has its context already; else to a new one; and only if
 * there may be no more it is sent to one that is busy, to be there when that is
 * done. It waits for nobody: if another process is idle first, it is taken back
 * and goes there. A process has one memory limit. One of another limit makes
 * room when it is idle.
 *
 * Calls begin in the order in which they were made, as far as their memory
 * limits are the same.
 *
 * ## What ends a call by force
 *
 * Its #GCancellable, which kills the process if it runs there. Calls that had
 * been sent to the same process and had not begun go to another one. So do they
 * if the process ends for another reason, of which the call that ran there is
 * told. A process in which much memory is left in use is replaced, and when there
 * has been nothing to do for a minute all of them are ended.
 */
struct _FermataLocalScriptPool {
  GObject parent_instance;

  GMainContext *context;
  FermataLocalShare *share;
  guint max_hosts;

  GQueue waiting;     /* FermataPooledCall */
  GPtrArray *workers; /* all that have a process */
  gboolean dispatching;

  /* Whether calls stand behind a long one is looked at from time to time; then
   * it is worth a process that was made for others. */
  GSource *lookout;
  gboolean impatient;

  /* Ends the processes when nobody has called since. */
  GSource *rest;
  gint64 last_call;
};

static void fermata_local_script_pool_iface_init (FermataScriptPoolInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataLocalScriptPool, fermata_local_script_pool, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (FERMATA_TYPE_SCRIPT_POOL, fermata_local_script_pool_iface_init))

/* How long a call that has not begun may wait for one that has while another
 * process is idle, in ms. */
#define PATIENCE 1

/* How long processes stay without anything to do, in s. */
#define REST 60

/* What the JavaScript of one machine may use. */
#define SESSION_MEMORY ((guint64) 256 << 20)

static void dispatch (FermataLocalScriptPool *self);

/* --- Calls --------------------------------------------------------------- */

static void
call_free (FermataPooledCall *call)
{
  GCancellable *cancellable = g_task_get_cancellable (call->task);

  if (call->cancelled_id != 0)
    g_signal_handler_disconnect (cancellable, call->cancelled_id);
  g_object_unref (call->task);
  fermata_value_unref (call->code);
  fermata_value_unref (call->names);
  g_free (call->parameters);
  g_free (call->context);
  g_free (call);
}

/* The caller may do anything when he is told. */
static void
finish_call (FermataPooledCall *call,
             FermataValue      *value,
             FermataValue      *details,
             const GError      *error)
{
  g_autoptr (GTask) task = g_object_ref (call->task);

  call_free (call);
  if (details != NULL)
    g_task_set_task_data (task, fermata_value_ref (details), (GDestroyNotify) fermata_value_unref);
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_pointer (task, fermata_value_ref (value), (GDestroyNotify) fermata_value_unref);
}

/* --- Processes ----------------------------------------------------------- */

static guint
count_fit (FermataLocalScriptPool *self)
{
  guint n = 0;

  for (guint i = 0; i < self->workers->len; i++)
    n += fermata_script_worker_is_fit (self->workers->pdata[i]) ? 1 : 0;

  return n;
}

static gboolean
is_idle (FermataScriptWorker *worker)
{
  return fermata_script_worker_is_fit (worker) && fermata_script_worker_get_n_calls (worker) == 0;
}

/* One that is not fit any more takes nothing new, and goes when it is done. */
static void
retire (FermataScriptWorker *worker)
{
  if (!fermata_script_worker_is_fit (worker) && fermata_script_worker_get_n_calls (worker) == 0)
    fermata_script_worker_kill (worker);
}

static void
worker_answered (FermataScriptWorker *worker,
                 FermataPooledCall   *call,
                 FermataValue        *value,
                 FermataValue        *details,
                 const GError        *error,
                 gpointer             user_data)
{
  g_autoptr (FermataLocalScriptPool) self = g_object_ref (user_data);

  if (!fermata_script_worker_is_fit (worker))
    fermata_script_worker_take_back (worker, &self->waiting);
  retire (worker);
  finish_call (call, value, details, error);
  dispatch (self);
}

/* What had begun there cannot be begun again. */
static void
worker_ended (FermataScriptWorker *worker,
              const GError        *error,
              gpointer             user_data)
{
  g_autoptr (FermataLocalScriptPool) self = g_object_ref (user_data);
  g_autoptr (FermataScriptWorker) keep = fermata_script_worker_ref (worker);
  gboolean was_ready = fermata_script_worker_is_ready (worker);
  FermataPooledCall *call;

  if (was_ready)
    fermata_script_worker_take_back (worker, &self->waiting);
  g_ptr_array_remove_fast (self->workers, worker);
  fermata_script_worker_close (worker);

  while ((call = fermata_script_worker_pop (worker)) != NULL)
    finish_call (call, NULL, NULL, error);
  dispatch (self);
}

static const FermataScriptWorkerListener worker_listener = { worker_answered, worker_ended };

static FermataScriptWorker *
start_worker (FermataLocalScriptPool  *self,
              guint64                  memory,
              GError                 **error)
{
  FermataScriptWorker *worker;

  if (self->share == NULL && !(self->share = fermata_local_share_new (error)))
    return NULL;

  worker = fermata_script_worker_new (self->share, self->context, memory, &worker_listener, self,
                                      error);
  if (worker != NULL)
    g_ptr_array_add (self->workers, worker);

  return worker;
}

/* --- Which call goes where ----------------------------------------------- */

/* Of those that are idle, or else of those that have room, the one that has
 * the least to do, and of these one that knows the context. */
static FermataScriptWorker *
find_worker (FermataLocalScriptPool *self,
             FermataPooledCall      *call,
             gboolean                idle)
{
  FermataScriptWorker *best = NULL;
  guint best_score = G_MAXUINT;

  for (guint i = 0; i < self->workers->len; i++)
    {
      FermataScriptWorker *worker = self->workers->pdata[i];
      guint score;

      if (!fermata_script_worker_is_fit (worker)
          || fermata_script_worker_get_memory (worker) != call->memory
          || (idle ? !is_idle (worker) : !fermata_script_worker_has_room (worker)))
        continue;

      score = 4 * fermata_script_worker_get_n_calls (worker)
              + (fermata_script_worker_knows (worker, call) ? 0 : 2)
              + (fermata_script_worker_is_ready (worker) ? 0 : 1);
      if (score < best_score)
        {
          best = worker;
          best_score = score;
        }
    }

  return best;
}

/* Lets an idle one go, whose limit is not what is wanted. */
static gboolean
make_room (FermataLocalScriptPool *self,
           guint64                 memory)
{
  for (guint i = 0; i < self->workers->len; i++)
    {
      FermataScriptWorker *worker = self->workers->pdata[i];

      if (is_idle (worker) && fermata_script_worker_get_memory (worker) != memory)
        {
          fermata_script_worker_kill (worker);
          return TRUE;
        }
    }

  return FALSE;
}

/* NULL without an error: it has to wait. */
static FermataScriptWorker *
choose_worker (FermataLocalScriptPool  *self,
               FermataPooledCall       *call,
               GError                 **error)
{
  FermataScriptWorker *worker = find_worker (self, call, TRUE);

  if (worker != NULL)
    return worker;
  if (count_fit (self) < self->max_hosts)
    return start_worker (self, call->memory, error);

  worker = find_worker (self, call, FALSE);
  if ((worker == NULL || self->impatient) && make_room (self, call->memory))
    return start_worker (self, call->memory, error);

  return worker;
}

static void watch_out (FermataLocalScriptPool *self);

/* Finishing a call may begin others: they wait for their turn here. */
static void
dispatch (FermataLocalScriptPool *self)
{
  if (self->dispatching)
    return;

  self->dispatching = TRUE;
  while (self->waiting.length > 0)
    {
      FermataPooledCall *call = g_queue_peek_head (&self->waiting);
      g_autoptr (GError) error = NULL;
      FermataScriptWorker *worker = choose_worker (self, call, &error);

      if (worker == NULL && error == NULL)
        break;

      g_queue_unlink (&self->waiting, &call->link);
      if (worker == NULL || !fermata_script_worker_send (worker, call, &error))
        finish_call (call, NULL, NULL, error);
    }
  self->dispatching = FALSE;

  watch_out (self);
}

/* --- Calls that stand behind a long one ---------------------------------- */

/* Whether somebody could begin at once what is behind another call. */
static gboolean
has_capacity (FermataLocalScriptPool *self)
{
  if (count_fit (self) < self->max_hosts)
    return TRUE;

  for (guint i = 0; i < self->workers->len; i++)
    {
      if (is_idle (self->workers->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_followers (FermataLocalScriptPool *self)
{
  for (guint i = 0; i < self->workers->len; i++)
    {
      if (fermata_script_worker_get_n_calls (self->workers->pdata[i]) > 1)
        return TRUE;
    }

  return FALSE;
}

static gboolean
look_out (gpointer user_data)
{
  g_autoptr (FermataLocalScriptPool) self = g_object_ref (user_data);

  g_clear_pointer (&self->lookout, g_source_unref);
  for (guint i = 0; i < self->workers->len && has_capacity (self); i++)
    {
      FermataScriptWorker *worker = self->workers->pdata[i];

      if (fermata_script_worker_get_n_calls (worker) > 1)
        fermata_script_worker_take_back (worker, &self->waiting);
    }
  self->impatient = TRUE;
  dispatch (self);
  self->impatient = FALSE;

  return G_SOURCE_REMOVE;
}

static void
watch_out (FermataLocalScriptPool *self)
{
  if (self->lookout != NULL || !has_followers (self) || !has_capacity (self))
    return;

  self->lookout = g_timeout_source_new (PATIENCE);
  g_source_set_callback (self->lookout, look_out, self, NULL);
  g_source_attach (self->lookout, self->context);
}

/* --- Nothing to do -------------------------------------------------------- */

static gboolean
rest_is_over (gpointer user_data)
{
  FermataLocalScriptPool *self = user_data;

  if (g_get_monotonic_time () - self->last_call < REST * G_TIME_SPAN_SECOND)
    return G_SOURCE_CONTINUE;

  for (guint i = 0; i < self->workers->len; i++)
    {
      if (is_idle (self->workers->pdata[i]))
        fermata_script_worker_kill (self->workers->pdata[i]);
    }
  if (count_fit (self) > 0)
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->rest, g_source_unref);
  return G_SOURCE_REMOVE;
}

static void
note_call (FermataLocalScriptPool *self)
{
  self->last_call = g_get_monotonic_time ();
  if (self->rest != NULL)
    return;

  self->rest = g_timeout_source_new_seconds (REST);
  g_source_set_callback (self->rest, rest_is_over, self, NULL);
  g_source_attach (self->rest, self->context);
}

/* --- The interface ------------------------------------------------------- */

/* If it has begun, what ends it is the end of its process. */
static void
call_cancelled (GCancellable      *cancellable,
                FermataPooledCall *call)
{
  g_autoptr (FermataLocalScriptPool) self = g_object_ref (g_task_get_source_object (call->task));
  FermataScriptWorker *worker = call->worker;

  if (worker != NULL)
    fermata_script_worker_take_back (worker, &self->waiting);

  if (call->worker != NULL)
    fermata_script_worker_kill (worker);
  else
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                      "It was cancelled");

      g_queue_unlink (&self->waiting, &call->link);
      finish_call (call, NULL, NULL, error);
    }
  dispatch (self);
}

static void
fermata_local_script_pool_call_async (FermataScriptPool       *pool,
                                      const FermataScriptCall *spec,
                                      GCancellable            *cancellable,
                                      GAsyncReadyCallback      callback,
                                      gpointer                 user_data)
{
  FermataLocalScriptPool *self = FERMATA_LOCAL_SCRIPT_POOL (pool);
  FermataPooledCall *call = g_new0 (FermataPooledCall, 1);

  call->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (call->task, fermata_local_script_pool_call_async);
  call->context = g_strdup (spec->context);
  call->code = fermata_value_ref (spec->code);
  call->parameters = g_strjoinv (",", (char **) spec->parameters);
  call->names = fermata_value_ref (spec->names);
  call->memory = spec->memory;
  call->print = spec->print;
  call->print_data = spec->print_data;
  call->link.data = call;

  if (g_task_return_error_if_cancelled (call->task))
    {
      call_free (call);
      return;
    }
  if (cancellable != NULL)
    call->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (call_cancelled),
                                           call);

  note_call (self);
  g_queue_push_tail_link (&self->waiting, &call->link);
  dispatch (self);
}

static FermataValue *
fermata_local_script_pool_call_finish (FermataScriptPool  *pool,
                                       GAsyncResult       *result,
                                       FermataValue      **details,
                                       GError            **error)
{
  FermataValue *value;

  g_return_val_if_fail (g_task_is_valid (result, pool), NULL);

  value = g_task_propagate_pointer (G_TASK (result), error);
  if (value == NULL && g_task_get_task_data (G_TASK (result)) != NULL)
    *details = fermata_value_ref (g_task_get_task_data (G_TASK (result)));

  return value;
}

static void
fermata_local_script_pool_forget (FermataScriptPool *pool,
                                  const char        *prefix)
{
  FermataLocalScriptPool *self = FERMATA_LOCAL_SCRIPT_POOL (pool);

  for (guint i = 0; i < self->workers->len; i++)
    fermata_script_worker_forget (self->workers->pdata[i], prefix);
}

/* It has its own process, which is none of the pool's. */
static FermataScriptSession *
fermata_local_script_pool_open_session (FermataScriptPool  *pool,
                                        GError            **error)
{
  return fermata_local_script_session_new (SESSION_MEMORY);
}

/* --- The object ---------------------------------------------------------- */

/* Each call holds the pool, so there are none. */
static void
fermata_local_script_pool_finalize (GObject *object)
{
  FermataLocalScriptPool *self = FERMATA_LOCAL_SCRIPT_POOL (object);

  if (self->lookout != NULL)
    g_source_destroy (self->lookout);
  g_clear_pointer (&self->lookout, g_source_unref);
  if (self->rest != NULL)
    g_source_destroy (self->rest);
  g_clear_pointer (&self->rest, g_source_unref);
  for (guint i = 0; i < self->workers->len; i++)
    fermata_script_worker_close (self->workers->pdata[i]);
  g_clear_pointer (&self->workers, g_ptr_array_unref);
  g_clear_pointer (&self->share, fermata_local_share_unref);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (fermata_local_script_pool_parent_class)->finalize (object);
}

static void
fermata_local_script_pool_class_init (FermataLocalScriptPoolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_local_script_pool_finalize;
}

static void
fermata_local_script_pool_iface_init (FermataScriptPoolInterface *iface)
{
  iface->call_async = fermata_local_script_pool_call_async;
  iface->call_finish = fermata_local_script_pool_call_finish;
  iface->forget = fermata_local_script_pool_forget;
  iface->open_session = fermata_local_script_pool_open_session;
}

static void
fermata_local_script_pool_init (FermataLocalScriptPool *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_script_worker_unref);
}

/**
 * fermata_local_script_pool_new:
 * @max_hosts: how many processes there may be; 0 for as many as the machine has
 *   processors
 *
 * Makes a pool for the main context that is now the default one of this
 * thread. It costs nothing until the first call.
 *
 * Returns: (transfer full): a pool
 */
FermataLocalScriptPool *
fermata_local_script_pool_new (guint max_hosts)
{
  FermataLocalScriptPool *self = g_object_new (FERMATA_TYPE_LOCAL_SCRIPT_POOL, NULL);

  self->max_hosts = max_hosts > 0 ? max_hosts : g_get_num_processors ();

  return self;
}

/**
 * fermata_local_script_pool_get_n_hosts:
 * @self: a pool
 *
 * Tells how many processes it has, those included that are about to end.
 *
 * Returns: their number
 */
guint
fermata_local_script_pool_get_n_hosts (FermataLocalScriptPool *self)
{
  g_return_val_if_fail (FERMATA_IS_LOCAL_SCRIPT_POOL (self), 0);

  return self->workers->len;
}
