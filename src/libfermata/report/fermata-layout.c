/* fermata-layout.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-layout.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "format/fermata-file-private.h"
#include "value/fermata-helper-private.h"
#include "value/fermata-layout-wire-private.h"

static const char *const formats[] = {
  [FERMATA_LAYOUT_FORMAT_JSON] = "json",
  [FERMATA_LAYOUT_FORMAT_SVG] = "svg",
  [FERMATA_LAYOUT_FORMAT_PNG] = "png",
  [FERMATA_LAYOUT_FORMAT_PDF] = "pdf",
  [FERMATA_LAYOUT_FORMAT_DOT] = "dot",
};

/**
 * fermata_layout_format_from_string:
 * @name: a word, such as `svg`
 * @format: (out): the format that it means
 *
 * Finds a format by its name, which is also how names of such files end.
 *
 * Returns: whether there is one of that name
 */
gboolean
fermata_layout_format_from_string (const char          *name,
                                   FermataLayoutFormat *format)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      if (g_str_equal (formats[i], name))
        {
          *format = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * fermata_layout_format_to_string:
 * @format: a format
 *
 * The name of a format.
 *
 * Returns: (transfer none): its name
 */
const char *
fermata_layout_format_to_string (FermataLayoutFormat format)
{
  g_return_val_if_fail ((guint) format < G_N_ELEMENTS (formats), NULL);

  return formats[format];
}

/* --- One layout ---------------------------------------------------------- */

/* What is to be done in the host's time: data of a task. */
typedef struct {
  GSubprocess *process;
  GCancellable *cancellable; /* ours: for whatever ends it early */
  GSource *alarm;
  gulong watch;
  guint timeout;
  gboolean is_late;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  if (self->alarm != NULL)
    g_source_destroy (self->alarm);
  g_clear_pointer (&self->alarm, g_source_unref);
  g_clear_object (&self->process);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static gboolean
ring (gpointer data)
{
  Job *self = data;

  self->is_late = TRUE;
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

/* The caller's own may be cancelled from any thread. */
static void
pass_on (GCancellable *cancellable,
         gpointer      own)
{
  g_cancellable_cancel (own);
}

static void
set_alarm (Job          *self,
           GMainContext *context)
{
  self->alarm = g_timeout_source_new (self->timeout);
  g_source_set_callback (self->alarm, ring, self, NULL);
  g_source_set_static_name (self->alarm, "fermata-layout");
  g_source_attach (self->alarm, context);
}

static GError *
late_error (Job *self)
{
  return g_error_new (FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_TIMEOUT,
                      _("The layout was not done after %g seconds"), self->timeout / 1000.0);
}

static GError *
signal_error (Job *self,
              int  number)
{
  if (number == SIGXCPU)
    return late_error (self);

  return g_error_new (FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_LAYOUT,
                      _("Graphviz crashed while it laid out: signal %d, %s"), number,
                      g_strsignal (number));
}

/* What the host said on standard error, as one line that can be shown. */
static char *
dup_words (GBytes *said)
{
  gsize length = 0;
  const char *data = said != NULL ? g_bytes_get_data (said, &length) : NULL;
  g_autofree char *text = data != NULL ? g_utf8_make_valid (data, (gssize) MIN (length, 1000)) : g_strdup ("");

  g_strdelimit (g_strstrip (text), "\n\t", ' ');

  return g_str_has_prefix (text, "Error: ") ? g_strdup (text + strlen ("Error: ")) : g_steal_pointer (&text);
}

static GError *
exit_error (int     status,
            GBytes *said)
{
  g_autofree char *words = dup_words (said);

  if (status == FERMATA_LAYOUT_EXIT_NOT_DOT)
    return g_error_new (FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_NOT_DOT,
                        _("This is not DOT: %s"), words);
  if (status == FERMATA_LAYOUT_EXIT_TOO_LARGE)
    return g_error_new (FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_TOO_LARGE,
                        _("Not laid out: %s"), words);

  return g_error_new (FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_LAYOUT,
                      _("Graphviz could not lay out: %s (status %d)"),
                      *words != '\0' ? words : _("it did not say why"), status);
}

/* Why there is no picture; NULL if there is one. */
static GError *
find_error (Job    *self,
            GBytes *said)
{
  if (g_subprocess_get_if_signaled (self->process))
    return signal_error (self, g_subprocess_get_term_sig (self->process));
  if (g_subprocess_get_exit_status (self->process) != FERMATA_LAYOUT_EXIT_DONE)
    return exit_error (g_subprocess_get_exit_status (self->process), said);

  return NULL;
}

static void
finish_job (GTask   *task,
            GBytes  *picture,
            GError  *error)
{
  Job *self = g_task_get_task_data (task);

  if (self->watch != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), self->watch);
  self->watch = 0;
  g_source_destroy (self->alarm);
  if (g_task_return_error_if_cancelled (task))
    {
      g_clear_error (&error);
      return;
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_bytes_ref (picture), (GDestroyNotify) g_bytes_unref);
}

static void
on_said (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (GBytes) said = NULL;
  GError *error = NULL;
  Job *self = g_task_get_task_data (task);

  if (g_subprocess_communicate_finish (self->process, result, &picture, &said, &error))
    error = find_error (self, said);
  else
    {
      g_subprocess_force_exit (self->process);
      if (self->is_late)
        {
          g_clear_error (&error);
          error = late_error (self);
        }
    }
  finish_job (task, picture, error);
}

/* A file without a name: writing into a pipe could end this program, by
 * SIGPIPE. */
static int
open_input (GBytes *dot)
{
  gsize length;
  const char *data = g_bytes_get_data (dot, &length);
  int fd = memfd_create ("fermata-layout", MFD_CLOEXEC);

  while (fd >= 0 && length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno != EINTR)
        {
          g_close (fd, NULL);
          return -1;
        }
      data += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
  if (fd >= 0)
    lseek (fd, 0, SEEK_SET);

  return fd;
}

static GSubprocess *
start_host (GBytes               *dot,
            FermataLayoutFormat   format,
            guint                 timeout,
            GError              **error)
{
  g_autofree char *program = fermata_helper_find (FERMATA_LAYOUT_HOST_PROGRAM,
                                                  FERMATA_LAYOUT_HOST_VARIABLE);
  g_autofree char *seconds = g_strdup_printf ("%u", timeout / 1000 + 1);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) local_error = NULL;
  GSubprocess *process;
  int input = open_input (dot);

  if (input < 0)
    {
      g_set_error (error, FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_NO_HOST,
                   _("The program that lays out cannot be given its work: %s"), g_strerror (errno));
      return NULL;
    }

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_take_stdin_fd (launcher, input);
  process = g_subprocess_launcher_spawn (launcher, &local_error, program, formats[format], seconds,
                                         NULL);
  if (process == NULL)
    g_set_error (error, FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_NO_HOST,
                 _("The program that lays out cannot be started: %s: %s"), program,
                 local_error->message);

  return process;
}

/**
 * fermata_layout_render_async:
 * @dot: what is to be laid out
 * @format: what it is to be written as
 * @timeout: how long that may take, in milliseconds; 0: the default
 * @cancellable: (nullable): ends it at once
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lays out a picture, in a process of its own.
 */
void
fermata_layout_render_async (GBytes              *dot,
                             FermataLayoutFormat  format,
                             guint                timeout,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Job *job;

  g_return_if_fail (dot != NULL);
  g_return_if_fail ((guint) format < G_N_ELEMENTS (formats));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, fermata_layout_render_async);
  job = g_new0 (Job, 1);
  job->timeout = timeout > 0 ? timeout : FERMATA_LAYOUT_DEFAULT_TIMEOUT;
  job->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, job, job_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  job->process = start_host (dot, format, job->timeout, &error);
  if (job->process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  set_alarm (job, g_task_get_context (task));
  g_subprocess_communicate_async (job->process, NULL, job->cancellable, on_said, g_object_ref (task));

  /* Last, as it may be cancelled by now */
  if (cancellable != NULL)
    job->watch = g_cancellable_connect (cancellable, G_CALLBACK (pass_on),
                                        g_object_ref (job->cancellable), g_object_unref);
}

/**
 * fermata_layout_render_finish:
 * @result: what the callback was given
 * @error: return location for a [error@Fermata.ReportError], or %G_IO_ERROR_CANCELLED
 *
 * Ends fermata_layout_render_async().
 *
 * Returns: (transfer full): the picture, or %NULL with @error set
 */
GBytes *
fermata_layout_render_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_json (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GBytes) json = fermata_layout_render_finish (result, &error);
  FermataDrawing *drawing = json != NULL ? fermata_drawing_new_from_json (json, &error) : NULL;

  if (drawing != NULL)
    g_task_return_pointer (task, drawing, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * fermata_layout_drawing_async:
 * @dot: what is to be laid out
 * @timeout: how long that may take, in milliseconds; 0: the default
 * @cancellable: (nullable): ends it at once
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lays out a picture, in a process of its own, to be painted by the caller.
 */
void
fermata_layout_drawing_async (GBytes              *dot,
                              guint                timeout,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (dot != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, fermata_layout_drawing_async);
  fermata_layout_render_async (dot, FERMATA_LAYOUT_FORMAT_JSON, timeout, cancellable, on_json,
                               g_steal_pointer (&task));
}

/**
 * fermata_layout_drawing_finish:
 * @result: what the callback was given
 * @error: return location for a [error@Fermata.ReportError], or %G_IO_ERROR_CANCELLED
 *
 * Ends fermata_layout_drawing_async().
 *
 * Returns: (transfer full): the picture, or %NULL with @error set
 */
FermataDrawing *
fermata_layout_drawing_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fermata_layout_save:
 * @picture: what fermata_layout_render_finish() gave, or DOT
 * @file: where to
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Writes a picture to a file. The file changes as a whole at the end, or not at
 * all.
 *
 * Returns: whether it was written
 */
gboolean
fermata_layout_save (GBytes  *picture,
                     GFile   *file,
                     GError **error)
{
  g_return_val_if_fail (picture != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return fermata_file_replace (file, picture, error);
}
