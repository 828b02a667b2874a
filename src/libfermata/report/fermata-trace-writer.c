/* fermata-trace-writer.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-trace-writer.h"

#include "format/fermata-file-private.h"
#include "report/fermata-trace-private.h"

/* So much is put together before it is written. */
#define BUFFER 65536

/*
 * Invariants: the first @n_folded events are in the trace, and nothing else;
 * once @error is set, nothing more is written. After each slice of the run the
 * file is one that can be looked at, but for the bracket at its end, which
 * those who read traces do not insist on.
 */
struct _FermataTraceWriter {
  GObject parent_instance;

  FermataPlan *plan;
  FermataTrace trace;
  FermataReplacement file;
  guint64 n_folded;
  GError *error;
};

enum {
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void fermata_trace_writer_monitor_init (FermataMonitorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataTraceWriter, fermata_trace_writer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_MONITOR,
                                                      fermata_trace_writer_monitor_init))

static void
write_out (FermataTraceWriter *self)
{
  GString *text = self->trace.text;

  if (self->error == NULL
      && !fermata_replacement_write (&self->file, text->str, text->len, NULL,
                                      &self->error)
      && !fermata_file_claim_error (&self->error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, self->error);
  g_string_truncate (text, 0);
}

static void
take_in (FermataTraceWriter *self,
         FermataHistory     *history,
         FermataMoment      *now)
{
  guint64 last = fermata_history_get_n_events (history);

  self->n_folded = MAX (self->n_folded, fermata_history_get_first (history) - 1);
  while (self->n_folded < last && self->error == NULL)
    {
      fermata_trace_fold (&self->trace, fermata_history_get_event (history, ++self->n_folded), now);
      if (self->trace.text->len >= BUFFER)
        write_out (self);
    }
  write_out (self);
}

static void
fermata_trace_writer_flushed (FermataMonitor *monitor,
                              FermataRun     *run,
                              guint64         first,
                              guint64         last)
{
  take_in (FERMATA_TRACE_WRITER (monitor), fermata_run_get_history (run),
           fermata_run_get_moment (run));
}

static void
fermata_trace_writer_monitor_init (FermataMonitorInterface *iface)
{
  iface->flushed = fermata_trace_writer_flushed;
}

/* A trace that was begun and not finished can be looked at too. */
static void
fermata_trace_writer_finalize (GObject *object)
{
  FermataTraceWriter *self = FERMATA_TRACE_WRITER (object);

  if (self->n_folded == 0)
    fermata_replacement_discard (&self->file);
  else
    fermata_replacement_abandon (&self->file);
  fermata_trace_clear (&self->trace);
  g_clear_pointer (&self->plan, fermata_plan_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (fermata_trace_writer_parent_class)->finalize (object);
}

static void
fermata_trace_writer_class_init (FermataTraceWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_trace_writer_finalize;

  /**
   * FermataTraceWriter::failed:
   * @self: a writer
   * @error: what went wrong
   *
   * Told once, when the trace can no longer be written: the disk is full, for
   * instance.
   */
  signals[SIGNAL_FAILED] =
    g_signal_new ("failed", FERMATA_TYPE_TRACE_WRITER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
fermata_trace_writer_init (FermataTraceWriter *self)
{
  self->file.fd = -1;
}

/**
 * fermata_trace_writer_new:
 * @file: where the trace is to be
 * @plan: the plan of the run
 * @title: what the run is called
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Begins a trace, in a new file beside @file. It takes the place of @file when
 * it is finished; add the writer to a run before that starts
 * (fermata_run_add_monitor()), or give it a history.
 *
 * Returns: (transfer full): a writer, or %NULL with @error set if nothing can
 *   be written there
 */
FermataTraceWriter *
fermata_trace_writer_new (GFile        *file,
                          FermataPlan  *plan,
                          const char   *title,
                          GError      **error)
{
  g_autoptr (FermataTraceWriter) self = NULL;
  const char *path;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (plan != NULL, NULL);
  g_return_val_if_fail (title != NULL && g_utf8_validate (title, -1, NULL), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_object_new (FERMATA_TYPE_TRACE_WRITER, NULL);
  self->plan = fermata_plan_ref (plan);
  fermata_trace_init (&self->trace, plan, title);
  path = fermata_file_get_path (file, error);
  if (path == NULL
      || (!fermata_replacement_open (&self->file, path, error) && !fermata_file_claim_error (error)))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * fermata_trace_writer_add_history:
 * @self: a writer
 * @history: the history of the one run that it traces
 *
 * Writes the events that have not been written yet. The trace begins later
 * where some of them are not kept any more (fermata_history_get_first()).
 */
void
fermata_trace_writer_add_history (FermataTraceWriter *self,
                                  FermataHistory     *history)
{
  g_autoptr (FermataMoment) now = NULL;

  g_return_if_fail (FERMATA_IS_TRACE_WRITER (self));
  g_return_if_fail (FERMATA_IS_HISTORY (history));
  g_return_if_fail (fermata_history_get_plan (history) == self->plan);

  now = fermata_history_dup_moment (history, fermata_history_get_n_events (history));
  take_in (self, history, now);
}

/**
 * fermata_trace_writer_finish:
 * @self: a writer
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Ends the trace and puts it where it is to be. What is still under way ends
 * with it.
 *
 * Returns: %FALSE with @error set if it could not be written as a whole
 */
gboolean
fermata_trace_writer_finish (FermataTraceWriter  *self,
                             GError             **error)
{
  g_return_val_if_fail (FERMATA_IS_TRACE_WRITER (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);
  g_return_val_if_fail (self->file.fd >= 0, FALSE);

  fermata_trace_end (&self->trace);
  write_out (self);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return FALSE;
    }

  return fermata_replacement_commit (&self->file, error) || fermata_file_claim_error (error);
}
