/* fermata-executor.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-executor.h"

/**
 * FermataExecutor:
 *
 * Runs the processes of tasks: on this machine, or elsewhere.
 *
 * The engine starts a job and is told what it writes and how it ends; it never
 * waits. An executor belongs to the main context that was the thread's default
 * when it was made, and is to be used from there only.
 */

G_DEFINE_QUARK (fermata-executor-error-quark, fermata_executor_error)

static const char *const stream_names[] = { "output", "error", "items" };

G_STATIC_ASSERT (G_N_ELEMENTS (stream_names) == FERMATA_N_STREAMS);

/**
 * fermata_stream_to_string:
 * @stream: a stream
 *
 * Names a stream, as chunk events do.
 *
 * Returns: (transfer none): a name such as `output`
 */
const char *
fermata_stream_to_string (FermataStream stream)
{
  g_return_val_if_fail ((guint) stream < FERMATA_N_STREAMS, NULL);

  return stream_names[stream];
}

/**
 * fermata_stream_from_string:
 * @string: a name
 * @stream: (out): the stream
 *
 * Finds the stream with a name.
 *
 * Returns: %FALSE if there is none
 */
gboolean
fermata_stream_from_string (const char    *string,
                            FermataStream *stream)
{
  g_return_val_if_fail (string != NULL, FALSE);
  g_return_val_if_fail (stream != NULL, FALSE);

  for (guint i = 0; i < FERMATA_N_STREAMS; i++)
    {
      if (g_str_equal (stream_names[i], string))
        {
          *stream = i;
          return TRUE;
        }
    }

  return FALSE;
}

G_DEFINE_ABSTRACT_TYPE (FermataJob, fermata_job, G_TYPE_OBJECT)

G_DEFINE_INTERFACE (FermataExecutor, fermata_executor, G_TYPE_OBJECT)

static void
fermata_job_class_init (FermataJobClass *klass)
{
}

static void
fermata_job_init (FermataJob *self)
{
}

static void
fermata_executor_default_init (FermataExecutorInterface *iface)
{
}

/**
 * fermata_job_terminate:
 * @self: a job
 *
 * Asks the process to end: SIGTERM to it and to all that it started, and
 * SIGKILL to what is left of them after the grace period of its
 * [struct@JobSpec]. Called once more, it kills at once. The end is still told
 * to the listener. Does nothing after the end.
 */
void
fermata_job_terminate (FermataJob *self)
{
  g_return_if_fail (FERMATA_IS_JOB (self));

  FERMATA_JOB_GET_CLASS (self)->terminate (self);
}

/**
 * fermata_job_set_paused:
 * @self: a job
 * @paused: whether to stop reading what it writes
 *
 * Stops or resumes reading. Its pipes fill up meanwhile and then it waits; it
 * is not stopped. A job that ends while paused tells its remaining output and
 * its end when it is resumed, or when it is terminated.
 */
void
fermata_job_set_paused (FermataJob *self,
                        gboolean    paused)
{
  g_return_if_fail (FERMATA_IS_JOB (self));

  FERMATA_JOB_GET_CLASS (self)->set_paused (self, paused);
}

/**
 * fermata_job_get_identity:
 * @self: a job
 * @start_time: (out) (optional): when the process began, in clock ticks since
 *   boot; 0 if it has ended and nobody asked before
 *
 * Gets what finds the process again after a crash of the engine. The two
 * numbers together are never reused before the next boot.
 *
 * Returns: the process id
 */
gint64
fermata_job_get_identity (FermataJob *self,
                          guint64    *start_time)
{
  guint64 unused;

  g_return_val_if_fail (FERMATA_IS_JOB (self), -1);

  return FERMATA_JOB_GET_CLASS (self)->get_identity (self, start_time ? start_time : &unused);
}

/**
 * fermata_executor_start: (skip)
 * @self: an executor
 * @spec: what is to be run; needed during the call only
 * @listener: who is told; copied
 * @user_data: for @listener
 * @error: return location for an error of the domain %FERMATA_EXECUTOR_ERROR
 *
 * Starts a process and returns without waiting for it.
 *
 * The listener is called on the main context of the executor until its
 * `ended`. Dropping the last reference on the job before that terminates the
 * process silently.
 *
 * Returns: (transfer full): the job, or %NULL with @error set, and then
 *   nothing runs and the listener is not called
 */
FermataJob *
fermata_executor_start (FermataExecutor           *self,
                        const FermataJobSpec      *spec,
                        const FermataJobListener  *listener,
                        gpointer                   user_data,
                        GError                   **error)
{
  g_return_val_if_fail (FERMATA_IS_EXECUTOR (self), NULL);
  g_return_val_if_fail (spec != NULL, NULL);
  g_return_val_if_fail (spec->argv != NULL && spec->argv[0] != NULL, NULL);
  g_return_val_if_fail (spec->key != NULL, NULL);
  g_return_val_if_fail (listener != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return FERMATA_EXECUTOR_GET_IFACE (self)->start (self, spec, listener, user_data, error);
}
