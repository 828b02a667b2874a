/* fermata-record-writer.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-record-writer.h"

#include <glib/gi18n-lib.h>

#include "engine/history/fermata-event-codec.h"
#include "engine/plan/fermata-plan-private.h"
#include "format/fermata-file-private.h"
#include "report/fermata-record-documents-private.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

G_DEFINE_QUARK (fermata-report-error-quark, fermata_report_error)

/* So much is put together before it is written. */
#define BUFFER 65536

/*
 * Invariants: @buffer holds whole lines; once @error is set, nothing more is
 * written. After each slice of the run the file is complete up to its last
 * event, so a crash loses one slice at most.
 */
struct _FermataRecordWriter {
  GObject parent_instance;

  FermataGraph *graph;
  FermataReplacement file;
  GString *buffer;
  GError *error;
  guint64 n_events;
  FermataRunState state;
};

enum {
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void fermata_record_writer_monitor_init (FermataMonitorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataRecordWriter, fermata_record_writer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FERMATA_TYPE_MONITOR,
                                                      fermata_record_writer_monitor_init))

static void
write_out (FermataRecordWriter *self)
{
  if (self->error == NULL
      && !fermata_replacement_write (&self->file, self->buffer->str, self->buffer->len, NULL,
                                     &self->error)
      && !fermata_file_claim_error (&self->error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, self->error);
  g_string_truncate (self->buffer, 0);
}

static void
add_line (FermataRecordWriter *self,
          FermataValue        *value)
{
  fermata_value_append_string (value, FERMATA_WRITE_COMPACT, 0, self->buffer);
  g_string_append_c (self->buffer, '\n');
  if (self->buffer->len >= BUFFER)
    write_out (self);
}

static void
add_header (FermataRecordWriter *self,
            FermataPlan         *plan,
            const FermataEvent  *start)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) graph = fermata_graph_to_value (self->graph);
  g_autoptr (FermataValue) header = NULL;

  fermata_value_builder_set_integer (builder, "fermata-record", FERMATA_RECORD_VERSION);
  fermata_value_builder_set_string (builder, "generator", "fermata " FERMATA_VERSION);
  fermata_value_builder_set (builder, "graph", graph);
  fermata_record_add_documents (builder, plan->documents);
  fermata_value_builder_set (builder, "inputs", fermata_value_get_member (start->payload, "inputs"));
  header = fermata_value_builder_end (builder);
  add_line (self, header);
}

static gint64
integer_member (FermataValue *object,
                const char   *name)
{
  return fermata_value_get_integer (fermata_value_get_member (object, name));
}

static GBytes *
read_printed (FermataRun         *run,
              const FermataEvent *chunk,
              GError            **error)
{
  FermataValue *name = fermata_value_get_member (chunk->payload, "stream");
  FermataStream stream = FERMATA_STREAM_OUTPUT;

  fermata_stream_from_string (fermata_value_get_string (name, NULL), &stream);

  return fermata_run_read_printed (run, chunk->frame, chunk->place, stream,
                                   integer_member (chunk->payload, "offset"),
                                   integer_member (chunk->payload, "length"), error);
}

/* The event with the bytes themselves: as text if they are. */
static FermataValue *
with_bytes (FermataValue *value,
            GBytes       *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *encoded = NULL;
  g_autoptr (FermataValue) text = NULL;

  /* The last chunk of a node that emits may tell of items, and have no bytes. */
  if (length == 0)
    data = "";
  if (g_utf8_validate_len (data, length, NULL))
    {
      text = fermata_value_new_string (data, length);
      return fermata_value_with_member (value, "text", text);
    }
  encoded = g_base64_encode ((const guchar *) data, length);
  text = fermata_value_new_string (encoded, -1);

  return fermata_value_with_member (value, "base64", text);
}

static gboolean
add_event (FermataRecordWriter  *self,
           FermataRun           *run,
           const FermataEvent   *event,
           guint64               number,
           GError              **error)
{
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (FermataValue) whole = NULL;
  g_autoptr (GBytes) bytes = NULL;

  value = fermata_event_to_value (event, number, fermata_run_get_plan (run));
  if (event->kind != FERMATA_EVENT_CHUNK)
    {
      add_line (self, value);
      return TRUE;
    }

  bytes = read_printed (run, event, error);
  if (bytes == NULL)
    return FALSE;
  whole = with_bytes (value, bytes);
  add_line (self, whole);

  return TRUE;
}

static void
fermata_record_writer_flushed (FermataMonitor *monitor,
                               FermataRun     *run,
                               guint64         first,
                               guint64         last)
{
  FermataRecordWriter *self = FERMATA_RECORD_WRITER (monitor);
  FermataHistory *history = fermata_run_get_history (run);

  if (first == 1)
    add_header (self, fermata_run_get_plan (run), fermata_history_get_event (history, 1));
  for (guint64 n = first; n <= last && self->error == NULL; n++)
    {
      if (add_event (self, run, fermata_history_get_event (history, n), n, &self->error))
        self->n_events = n;
      else
        g_signal_emit (self, signals[SIGNAL_FAILED], 0, self->error);
    }
  write_out (self);
  self->state = fermata_run_get_state (run);
}

static void
fermata_record_writer_monitor_init (FermataMonitorInterface *iface)
{
  iface->flushed = fermata_record_writer_flushed;
}

/* A record that was begun and not finished is all there is of its run, and
 * stays where it is. */
static void
fermata_record_writer_finalize (GObject *object)
{
  FermataRecordWriter *self = FERMATA_RECORD_WRITER (object);

  if (self->n_events == 0)
    fermata_replacement_discard (&self->file);
  else
    fermata_replacement_abandon (&self->file);
  g_clear_object (&self->graph);
  g_clear_error (&self->error);
  g_string_free (self->buffer, TRUE);

  G_OBJECT_CLASS (fermata_record_writer_parent_class)->finalize (object);
}

static void
fermata_record_writer_class_init (FermataRecordWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_record_writer_finalize;

  /**
   * FermataRecordWriter::failed:
   * @self: a writer
   * @error: what went wrong
   *
   * Told once, when the record can no longer be written: the disk is full, for
   * instance.
   */
  signals[SIGNAL_FAILED] =
    g_signal_new ("failed", FERMATA_TYPE_RECORD_WRITER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
fermata_record_writer_init (FermataRecordWriter *self)
{
  self->buffer = g_string_new (NULL);
  self->file.fd = -1;
}

/**
 * fermata_record_writer_new:
 * @file: where the record is to be
 * @graph: the graph of the run
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Begins a record, in a new file beside @file. It takes the place of @file
 * when it is finished; add the writer to a run before the run starts
 * (fermata_run_add_monitor()).
 *
 * Returns: (transfer full): a writer, or %NULL with @error set if nothing can
 *   be written there
 */
FermataRecordWriter *
fermata_record_writer_new (GFile         *file,
                           FermataGraph  *graph,
                           GError       **error)
{
  g_autoptr (FermataRecordWriter) self = NULL;
  const char *path;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_object_new (FERMATA_TYPE_RECORD_WRITER, NULL);
  self->graph = g_object_ref (graph);
  path = fermata_file_get_path (file, error);
  if (path == NULL
      || (!fermata_replacement_open (&self->file, path, error) && !fermata_file_claim_error (error)))
    return NULL;

  return g_steal_pointer (&self);
}

static void
add_end (FermataRecordWriter *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) end = NULL;

  fermata_value_builder_set_integer (builder, "fermata-record-end", FERMATA_RECORD_VERSION);
  fermata_value_builder_set_integer (builder, "events", self->n_events);
  fermata_value_builder_set_string (builder, "state", fermata_run_state_to_string (self->state));
  end = fermata_value_builder_end (builder);
  add_line (self, end);
  write_out (self);
}

/**
 * fermata_record_writer_finish:
 * @self: a writer whose run has ended
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Ends the record and puts it where it is to be.
 *
 * Returns: %FALSE with @error set if it could not be written as a whole
 */
gboolean
fermata_record_writer_finish (FermataRecordWriter  *self,
                              GError              **error)
{
  g_return_val_if_fail (FERMATA_IS_RECORD_WRITER (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);
  g_return_val_if_fail (self->file.fd >= 0, FALSE);

  add_end (self);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return FALSE;
    }

  return fermata_replacement_commit (&self->file, error) || fermata_file_claim_error (error);
}
