/* fermata-record.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "engine/fermata-engine-private.h"
#include "engine/history/fermata-event-codec.h"
#include "engine/history/fermata-spool-private.h"
#include "engine/plan/fermata-plan-private.h"
#include "format/fermata-file-private.h"
#include "report/fermata-record-documents-private.h"
#include "report/fermata-record-private.h"
#include "report/fermata-record-writer.h"
#include "value/fermata-value-reader.h"

/*
 * A record may have been cut, edited, or made up. So nothing in it is
 * believed: the graph is read as any graph, each event must be one that such a
 * graph can have, and every decision the one that follows from the facts before
 * it. What passes can be folded.
 */
struct _FermataRecord {
  GObject parent_instance;

  FermataGraph *graph;
  FermataValue *inputs;
  FermataHistory *history;
  GHashTable *printed;
  gboolean is_whole;
};

G_DEFINE_FINAL_TYPE (FermataRecord, fermata_record, G_TYPE_OBJECT)

typedef struct {
  FermataRecord *record;
  FermataEngine *engine;
  FermataRecordLines lines;
  FermataPlan *plan;
  gint64 time;
} Reading;

/* What a node printed to a stream. */
typedef struct {
  guint32 frame;
  guint32 node;
  FermataStream stream;
} PrintedKey;

static guint
printed_key_hash (gconstpointer data)
{
  const PrintedKey *key = data;

  return (key->frame * 31 + key->node) * FERMATA_N_STREAMS + key->stream;
}

static gboolean
printed_key_equal (gconstpointer a,
                   gconstpointer b)
{
  return memcmp (a, b, sizeof (PrintedKey)) == 0;
}

static gboolean
fail (Reading             *self,
      FermataReportError   code,
      guint64              line,
      const char          *problem,
      GError             **error)
{
  g_set_error (error, FERMATA_REPORT_ERROR, code, "%s:%" G_GUINT64_FORMAT ": %s", self->lines.name,
               line, problem);

  return FALSE;
}

static gboolean
fail_here (Reading     *self,
           const char  *problem,
           GError     **error)
{
  return fail (self, FERMATA_REPORT_ERROR_DAMAGED, self->lines.number, problem, error);
}

static FermataValue *
member (FermataValue     *object,
        const char       *name,
        FermataValueKind  kind)
{
  FermataValue *value = fermata_value_get_member (object, name);

  return value != NULL && fermata_value_get_kind (value) == kind ? value : NULL;
}

/* The next line as an object. NULL without an error: there is none. */
static FermataValue *
next_object (Reading  *self,
             GError  **error)
{
  g_autoptr (FermataValueReader) reader = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *line;
  gsize length;

  line = fermata_record_lines_next (&self->lines, &length, error);
  if (line == NULL)
    return NULL;

  reader = fermata_value_reader_new ();
  fermata_value_reader_set_max_size (reader, G_MAXSIZE);
  value = fermata_value_reader_read (reader, line, length, &local_error);
  if (value == NULL)
    fail_here (self, local_error->message, error);
  else if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT)
    fail_here (self, _("each line of a record is an object"), error);
  else
    return g_steal_pointer (&value);

  return NULL;
}

/* The first line */

static gboolean
check_version (Reading       *self,
               FermataValue  *header,
               GError       **error)
{
  FermataValue *version = member (header, "fermata-record", FERMATA_VALUE_KIND_INTEGER);

  if (version == NULL || fermata_value_get_integer (version) < 1)
    return fail (self, FERMATA_REPORT_ERROR_NOT_A_RECORD, 1, _("this is no record of a run"), error);
  if (fermata_value_get_integer (version) > FERMATA_RECORD_VERSION)
    return fail (self, FERMATA_REPORT_ERROR_NEWER, 1,
                 _("a newer version of the program wrote this record"), error);

  return TRUE;
}

static gboolean
read_graphs (Reading       *self,
             FermataValue  *graph,
             FermataValue  *header,
             GError       **error)
{
  g_autoptr (FermataDocuments) documents = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *problem = NULL;

  self->record->graph = fermata_record_read_graph (graph, self->lines.name, &local_error);
  if (self->record->graph != NULL)
    documents = fermata_record_read_documents (self->record->graph, header, &local_error);
  if (documents != NULL)
    self->plan = fermata_engine_compile_documents (self->engine, documents, &local_error);
  if (self->plan != NULL)
    return TRUE;
  problem = g_strdup_printf (_("its graph: %s"), local_error->message);

  return fail_here (self, problem, error);
}

static gboolean
read_header (Reading  *self,
             GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (FermataValue) header = next_object (self, &local_error);
  FermataValue *graph, *inputs;

  /* Whatever is wrong with the first line, this is nothing that we wrote. */
  if (header == NULL && g_error_matches (local_error, FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_DAMAGED))
    g_clear_error (&local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (header == NULL)
    return fail (self, FERMATA_REPORT_ERROR_NOT_A_RECORD, 1, _("this is no record of a run"), error);
  if (!check_version (self, header, error))
    return FALSE;

  graph = member (header, "graph", FERMATA_VALUE_KIND_OBJECT);
  inputs = member (header, "inputs", FERMATA_VALUE_KIND_OBJECT);
  if (graph == NULL || inputs == NULL)
    return fail_here (self, _("the graph or its inputs are missing"), error);
  self->record->inputs = fermata_value_ref (inputs);

  return read_graphs (self, graph, header, error);
}

/* What nodes printed */

static FermataSpool *
get_spool (FermataRecord *self,
           guint          frame,
           guint          node,
           FermataStream  stream)
{
  PrintedKey key = { frame, node, stream };

  return g_hash_table_lookup (self->printed, &key);
}

static FermataSpool *
ensure_spool (FermataRecord *self,
              guint          frame,
              guint          node,
              FermataStream  stream)
{
  PrintedKey key = { frame, node, stream };
  FermataSpool *spool = g_hash_table_lookup (self->printed, &key);

  if (spool == NULL)
    {
      spool = fermata_spool_new ();
      g_hash_table_insert (self->printed, g_memdup2 (&key, sizeof key), spool);
    }

  return spool;
}

/* GLib decodes anything somehow: only what it would write itself is base64. */
static GBytes *
decode_base64 (const char *text)
{
  gsize length;
  g_autofree guchar *data = g_base64_decode (text, &length);
  g_autofree char *again = g_base64_encode (data, length);

  return g_str_equal (text, again) ? g_bytes_new_take (g_steal_pointer (&data), length) : NULL;
}

/* "text" or "base64"; NULL if it is neither. */
static GBytes *
decode_bytes (FermataValue *line)
{
  FermataValue *text = member (line, "text", FERMATA_VALUE_KIND_STRING);
  FermataValue *base64 = member (line, "base64", FERMATA_VALUE_KIND_STRING);
  const char *data;
  gsize length;

  if ((text == NULL) == (base64 == NULL))
    return NULL;
  if (text != NULL)
    {
      data = fermata_value_get_string (text, &length);
      return g_bytes_new (data, length);
    }

  return decode_base64 (fermata_value_get_string (base64, NULL));
}

static gboolean
read_stream (FermataValue  *name,
             FermataStream *stream)
{
  return fermata_stream_from_string (fermata_value_get_string (name, NULL), stream);
}

static gboolean
keep_bytes (Reading       *self,
            FermataSpool  *spool,
            FermataValue  *chunk,
            GBytes        *bytes,
            GError       **error)
{
  FermataValue *offset = member (chunk, "offset", FERMATA_VALUE_KIND_INTEGER);
  FermataValue *length = member (chunk, "length", FERMATA_VALUE_KIND_INTEGER);
  gconstpointer data;
  gsize n;

  data = g_bytes_get_data (bytes, &n);
  if (offset == NULL || length == NULL
      || fermata_value_get_integer (length) != (gint64) n
      || fermata_value_get_integer (offset) != (gint64) fermata_spool_get_length (spool))
    return fail_here (self, _("what was printed is not as long as it should be"), error);

  return fermata_spool_append (spool, data, n, error);
}

static gboolean
keep_printed (Reading             *self,
              FermataValue        *line,
              const FermataEvent  *event,
              GError             **error)
{
  g_autoptr (GBytes) bytes = decode_bytes (line);
  FermataValue *chunk = member (line, "data", FERMATA_VALUE_KIND_OBJECT);
  FermataValue *name = chunk == NULL ? NULL : member (chunk, "stream", FERMATA_VALUE_KIND_STRING);
  FermataStream stream;

  if (bytes == NULL)
    return fail_here (self, _("what was printed is missing"), error);
  if (name == NULL || !read_stream (name, &stream))
    return fail_here (self, _("there is no such stream"), error);

  return keep_bytes (self, ensure_spool (self->record, event->frame, event->place, stream), chunk,
                     bytes, error);
}

/* Events */

static gboolean
check_event (Reading             *self,
             const FermataEvent  *event,
             guint64              number,
             GError             **error)
{
  guint64 expected = fermata_history_get_n_events (self->record->history) + 1;
  const char *problem = NULL;
  g_autofree char *text = NULL;

  if (number != expected)
    {
      text = g_strdup_printf (_("event %" G_GUINT64_FORMAT " where %" G_GUINT64_FORMAT " was expected"),
                              number, expected);
      return fail_here (self, text, error);
    }
  if ((event->kind == FERMATA_EVENT_RUN_STARTED) != (number == 1))
    problem = _("a run begins once, with its first event");
  else if (event->time < self->time)
    problem = _("time goes backwards");
  else if (number == 1
           && !fermata_value_equal (fermata_value_get_member (event->payload, "inputs"),
                                    self->record->inputs))
    problem = _("the run began with other inputs than the record");

  return problem == NULL || fail_here (self, problem, error);
}

/* The event alone: without the bytes that come with a chunk. */
static FermataValue *
without_bytes (FermataValue *line)
{
  FermataValue *kind = member (line, "kind", FERMATA_VALUE_KIND_STRING);
  const char *chunk = fermata_event_kind_to_string (FERMATA_EVENT_CHUNK);
  g_autoptr (FermataValue) rest = NULL;

  if (kind == NULL || !g_str_equal (fermata_value_get_string (kind, NULL), chunk))
    return fermata_value_ref (line);
  rest = fermata_value_without_member (line, "text");

  return fermata_value_without_member (rest, "base64");
}

static gboolean
read_event (Reading       *self,
            FermataValue  *line,
            GError       **error)
{
  g_autoptr (FermataValue) value = without_bytes (line);
  g_autoptr (GError) local_error = NULL;
  FermataEvent event = { 0, };
  guint64 number;

  if (!fermata_event_from_value (value, self->plan, &number, &event, &local_error))
    return fail_here (self, local_error->message, error);

  if (!check_event (self, &event, number, error)
      || (event.kind == FERMATA_EVENT_CHUNK && !keep_printed (self, line, &event, error)))
    {
      g_clear_pointer (&event.payload, fermata_value_unref);
      return FALSE;
    }
  self->time = event.time;
  fermata_history_append (self->record->history, &event);

  return TRUE;
}

/* The last line */

static gboolean
read_end (Reading       *self,
          FermataValue  *line,
          GError       **error)
{
  FermataValue *n_events = member (line, "events", FERMATA_VALUE_KIND_INTEGER);
  FermataValue *state = member (line, "state", FERMATA_VALUE_KIND_STRING);
  guint64 expected = fermata_history_get_n_events (self->record->history);
  g_autoptr (FermataValue) more = NULL;
  g_autoptr (GError) local_error = NULL;

  if (n_events == NULL || state == NULL || (guint64) fermata_value_get_integer (n_events) != expected)
    return fail_here (self, _("there are not as many events as this line says"), error);

  more = next_object (self, &local_error);
  if (more != NULL || local_error != NULL || fermata_record_lines_is_torn (&self->lines))
    return fail (self, FERMATA_REPORT_ERROR_DAMAGED, self->lines.number + (more == NULL),
                 _("something comes after the end"), error);
  self->record->is_whole = TRUE;

  return TRUE;
}

static gboolean
read_lines (Reading             *self,
            FermataRecordFlags   flags,
            GError             **error)
{
  while (!self->record->is_whole)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (FermataValue) line = next_object (self, &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (line == NULL)
        return (flags & FERMATA_RECORD_PARTIAL) != 0
               || fail (self, FERMATA_REPORT_ERROR_INCOMPLETE, self->lines.number + 1,
                        _("the record breaks off here, before the end of the run"), error);
      if (fermata_value_get_member (line, "fermata-record-end") != NULL
          ? !read_end (self, line, error) : !read_event (self, line, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
verify (Reading  *self,
        GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (FermataMoment) last = NULL;
  FermataHistory *history = self->record->history;
  guint64 number = 0;

  /* Event 1 is on line 2. */
  if (!fermata_history_verify (history, &number, &local_error))
    return fail (self, FERMATA_REPORT_ERROR_DAMAGED, number + 1, local_error->message, error);
  if (!self->record->is_whole)
    return TRUE;

  last = fermata_history_dup_moment (history, fermata_history_get_n_events (history));
  if (fermata_moment_get_run_state (last) <= FERMATA_RUN_STATE_RUNNING)
    return fail_here (self, _("the run has not ended"), error);

  return TRUE;
}

static gboolean
read_all (Reading             *self,
          FermataRecordFlags   flags,
          GError             **error)
{
  if (!read_header (self, error))
    return FALSE;
  self->record->history = fermata_history_new (self->plan);

  return read_lines (self, flags, error) && verify (self, error);
}

/* The object */

static void
fermata_record_finalize (GObject *object)
{
  FermataRecord *self = FERMATA_RECORD (object);

  g_clear_object (&self->graph);
  g_clear_object (&self->history);
  g_clear_pointer (&self->inputs, fermata_value_unref);
  g_hash_table_unref (self->printed);

  G_OBJECT_CLASS (fermata_record_parent_class)->finalize (object);
}

static void
fermata_record_class_init (FermataRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_record_finalize;
}

static void
fermata_record_init (FermataRecord *self)
{
  self->printed = g_hash_table_new_full (printed_key_hash, printed_key_equal, g_free,
                                         (GDestroyNotify) fermata_spool_unref);
}

/**
 * fermata_record_read:
 * @engine: knows the node types, and compiles the graph
 * @file: a record
 * @flags: whether one that breaks off is taken
 * @error: return location for a [error@Fermata.ReportError] or
 *   [error@Fermata.FormatError]
 *
 * Reads the record of a run. Nothing in it is believed: it is refused, with
 * the number of the line, unless every decision follows from the facts before
 * it. Nothing is run.
 *
 * Returns: (transfer full): the record, or %NULL with @error set
 */
FermataRecord *
fermata_record_read (FermataEngine       *engine,
                     GFile               *file,
                     FermataRecordFlags   flags,
                     GError             **error)
{
  g_autoptr (FermataRecord) self = NULL;
  g_autofree char *name = NULL;
  Reading reading = { .engine = engine };
  struct stat info;
  gboolean done;
  int fd;

  g_return_val_if_fail (FERMATA_IS_ENGINE (engine), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  name = g_file_get_parse_name (file);
  fd = fermata_file_open (file, name, &info, error);
  if (fd < 0)
    return NULL;

  self = reading.record = g_object_new (FERMATA_TYPE_RECORD, NULL);
  fermata_record_lines_init (&reading.lines, fd, name);
  done = read_all (&reading, flags, error);
  fermata_record_lines_clear (&reading.lines);
  g_clear_pointer (&reading.plan, fermata_plan_unref);
  close (fd);

  return done ? g_steal_pointer (&self) : NULL;
}

/**
 * fermata_record_get_graph:
 * @self: a record
 *
 * Gives the graph that was run.
 *
 * Returns: (transfer none): the graph
 */
FermataGraph *
fermata_record_get_graph (FermataRecord *self)
{
  g_return_val_if_fail (FERMATA_IS_RECORD (self), NULL);

  return self->graph;
}

/**
 * fermata_record_get_history:
 * @self: a record
 *
 * Gives everything that happened, and so every moment of the run.
 *
 * Returns: (transfer none): the history
 */
FermataHistory *
fermata_record_get_history (FermataRecord *self)
{
  g_return_val_if_fail (FERMATA_IS_RECORD (self), NULL);

  return self->history;
}

/**
 * fermata_record_get_inputs:
 * @self: a record
 *
 * Gives what the run was given, with defaults.
 *
 * Returns: (transfer none): an object
 */
FermataValue *
fermata_record_get_inputs (FermataRecord *self)
{
  g_return_val_if_fail (FERMATA_IS_RECORD (self), NULL);

  return self->inputs;
}

/**
 * fermata_record_is_whole:
 * @self: a record
 *
 * Tells whether the record goes on to the end of the run.
 *
 * Returns: %FALSE if it breaks off
 */
gboolean
fermata_record_is_whole (FermataRecord *self)
{
  g_return_val_if_fail (FERMATA_IS_RECORD (self), FALSE);

  return self->is_whole;
}

/**
 * fermata_record_get_n_printed:
 * @self: a record
 * @frame: the number of a frame
 * @node: the index of a node
 * @stream: where it was printed
 *
 * Tells how much a node printed.
 *
 * Returns: bytes
 */
guint64
fermata_record_get_n_printed (FermataRecord *self,
                              guint          frame,
                              guint          node,
                              FermataStream  stream)
{
  FermataSpool *spool;

  g_return_val_if_fail (FERMATA_IS_RECORD (self), 0);

  spool = get_spool (self, frame, node, stream);

  return spool == NULL ? 0 : fermata_spool_get_length (spool);
}

/**
 * fermata_record_read_printed:
 * @self: a record
 * @frame: the number of a frame
 * @node: the index of a node
 * @stream: where it was printed
 * @offset: the first byte
 * @length: how many bytes
 * @error: return location for an error
 *
 * Reads what a node printed.
 *
 * Returns: (transfer full): the bytes, or %NULL with @error set if there are
 *   none there, or the disk fails
 */
GBytes *
fermata_record_read_printed (FermataRecord  *self,
                             guint           frame,
                             guint           node,
                             FermataStream   stream,
                             guint64         offset,
                             gsize           length,
                             GError        **error)
{
  guint64 end;

  g_return_val_if_fail (FERMATA_IS_RECORD (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  end = fermata_record_get_n_printed (self, frame, node, stream);
  if (offset > end || length > end - offset)
    {
      g_set_error (error, FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_DAMAGED,
                   _("There are only %" G_GUINT64_FORMAT " bytes"), end);
      return NULL;
    }
  if (length == 0)
    return g_bytes_new (NULL, 0);

  return fermata_spool_read (get_spool (self, frame, node, stream), offset, length, error);
}
