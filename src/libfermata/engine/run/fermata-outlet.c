/* fermata-outlet.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-outlet-private.h"

#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

/* So much of a stream is recorded piece by piece. */
#define PIECEMEAL (256u * 1024)

/* After that, a chunk is as large as this, or has waited so long (µs). */
#define CHUNK_SIZE (1024u * 1024)
#define CHUNK_PATIENCE (50 * 1000)

/* What has been spooled and not been recorded. */
typedef struct {
  guint64 first;
  guint64 offset;
  gsize length;
  guint64 n_items;
  gboolean is_due;
} Chunk;

/* @first of a chunk is where the attempt began in its spool. @emission is there
 * if lines are items; once they are not, it is broken and nobody looks at them. */
struct _FermataOutlet {
  FermataRun *run;
  guint32 frame;
  guint32 place;
  guint attempt;

  Chunk chunks[FERMATA_N_STREAMS];
  FermataTimer *timer;

  FermataEmission *emission;
  gboolean is_broken;
  gboolean has_ended;
};

static FermataSpool *
spool_of (FermataOutlet *self,
          FermataStream  stream)
{
  return fermata_run_get_spool (self->run, self->frame, self->place, stream);
}

FermataOutlet *
fermata_outlet_new (FermataRun *run,
                    guint32     frame,
                    guint32     place,
                    guint       attempt)
{
  FermataOutlet *self = g_new0 (FermataOutlet, 1);

  self->run = run;
  self->frame = frame;
  self->place = place;
  self->attempt = attempt;
  for (guint i = 0; i < FERMATA_N_STREAMS; i++)
    {
      self->chunks[i].first = fermata_run_get_n_printed (run, frame, place, i);
      self->chunks[i].offset = self->chunks[i].first;
    }

  return self;
}

static gboolean
has_items (FermataOutlet *self,
           FermataStream  stream)
{
  return stream == FERMATA_STREAM_ITEMS
         || (stream == FERMATA_STREAM_OUTPUT && self->emission != NULL);
}

static void
record (FermataOutlet *self,
        FermataStream  stream)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  Chunk *chunk = &self->chunks[stream];
  guint64 offset = chunk->offset;
  gsize length = chunk->length;
  guint64 n_items = chunk->n_items;

  chunk->offset += length;
  chunk->length = 0;
  chunk->n_items = 0;
  chunk->is_due = FALSE;

  fermata_value_builder_set_string (builder, "stream", fermata_stream_to_string (stream));
  fermata_value_builder_set_integer (builder, "offset", offset);
  fermata_value_builder_set_integer (builder, "length", length);
  if (has_items (self, stream))
    fermata_value_builder_set_integer (builder, "items", n_items);
  fermata_run_post_fact (self->run, FERMATA_EVENT_CHUNK, self->frame, self->place, self->attempt,
                         fermata_value_builder_end (builder));
}

static void
remove_timer (FermataOutlet *self)
{
  if (self->timer != NULL)
    fermata_clock_remove_timer (fermata_run_get_clock (self->run), g_steal_pointer (&self->timer));
}

void
fermata_outlet_flush (FermataOutlet *self)
{
  remove_timer (self);
  for (guint i = 0; i < FERMATA_N_STREAMS; i++)
    {
      if (self->chunks[i].is_due)
        record (self, i);
    }
}

void
fermata_outlet_free (FermataOutlet *self)
{
  remove_timer (self);
  g_clear_pointer (&self->emission, fermata_emission_free);
  g_free (self);
}

static void
waited (gpointer user_data)
{
  FermataOutlet *self = user_data;

  self->timer = NULL;
  fermata_outlet_flush (self);
}

/* On the engine's clock, not the run's: what is printed while the run is held
 * is recorded too. */
static void
wait_for_more (FermataOutlet *self)
{
  FermataClock *clock = fermata_run_get_clock (self->run);

  if (self->timer == NULL)
    self->timer = fermata_clock_add_timer (clock, fermata_clock_get_time (clock) + CHUNK_PATIENCE,
                                           waited, self);
}

/* Spooled: to be recorded now, or a little later together with more. */
static void
add_piece (FermataOutlet *self,
           FermataStream  stream,
           gsize          length,
           guint64        n_items)
{
  Chunk *chunk = &self->chunks[stream];

  chunk->length += length;
  chunk->n_items += n_items;
  chunk->is_due = TRUE;
  if (chunk->offset - chunk->first < PIECEMEAL || chunk->length >= CHUNK_SIZE)
    record (self, stream);
  else
    wait_for_more (self);
}

void
fermata_outlet_set_emit (FermataOutlet *self,
                         FermataEmit    format)
{
  g_return_if_fail (self->emission == NULL);

  self->emission = fermata_emission_new (format);
  fermata_run_set_items (self->run, self->frame, self->place, FERMATA_STREAM_OUTPUT, format,
                         self->chunks[FERMATA_STREAM_OUTPUT].first);
}

/* The end of a stream that is wrong is not looked at any more. */
static gboolean
count_items (FermataOutlet  *self,
             const guint8   *data,
             gsize           length,
             guint64        *n_items,
             GError        **error)
{
  gboolean is_good;

  if (self->emission == NULL || self->is_broken)
    return TRUE;

  is_good = data != NULL ? fermata_emission_add (self->emission, data, length, n_items, error)
                         : fermata_emission_end (self->emission, n_items, error);
  self->is_broken = !is_good;

  return is_good;
}

gboolean
fermata_outlet_print (FermataOutlet  *self,
                      FermataStream   stream,
                      const guint8   *data,
                      gsize           length,
                      GError        **error)
{
  guint64 n_items = 0;
  gboolean is_good = TRUE;

  if (!fermata_spool_append (spool_of (self, stream), data, length, error))
    return FALSE;

  if (stream == FERMATA_STREAM_OUTPUT)
    is_good = count_items (self, data, length, &n_items, error);
  add_piece (self, stream, length, n_items);

  return is_good;
}

gboolean
fermata_outlet_emit (FermataOutlet  *self,
                     FermataValue   *item,
                     GError        **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  Chunk *chunk = &self->chunks[FERMATA_STREAM_ITEMS];

  if (chunk->offset == chunk->first && chunk->length == 0)
    fermata_run_set_items (self->run, self->frame, self->place, FERMATA_STREAM_ITEMS,
                           FERMATA_EMIT_NDJSON, chunk->first);

  fermata_value_append_string (item, FERMATA_WRITE_COMPACT, 0, line);
  g_string_append_c (line, '\n');
  if (!fermata_spool_append (spool_of (self, FERMATA_STREAM_ITEMS), line->str, line->len, error))
    return FALSE;
  add_piece (self, FERMATA_STREAM_ITEMS, line->len, 1);

  return TRUE;
}

/* That there were no items is said too: by it a stream is known from a node
 * that gives none. */
static void
end_items (FermataOutlet *self,
           guint64        n_items)
{
  Chunk *chunk = &self->chunks[FERMATA_STREAM_OUTPUT];

  if (n_items == 0 && chunk->offset + chunk->length > chunk->first)
    return;

  chunk->n_items += n_items;
  chunk->is_due = TRUE;
}

gboolean
fermata_outlet_end (FermataOutlet  *self,
                    GError        **error)
{
  guint64 n_items = 0;

  if (self->has_ended)
    return TRUE;

  self->has_ended = TRUE;
  if (!count_items (self, NULL, 0, &n_items, error))
    return FALSE;

  if (self->emission != NULL)
    end_items (self, n_items);
  fermata_outlet_flush (self);

  return TRUE;
}

GBytes *
fermata_outlet_dup_printed (FermataOutlet  *self,
                            FermataStream   stream,
                            gsize           max_length,
                            GError        **error)
{
  FermataSpool *spool = spool_of (self, stream);
  guint64 first = self->chunks[stream].first;
  guint64 length = fermata_spool_get_length (spool) - first;

  if (length <= max_length)
    return fermata_spool_read (spool, first, length, error);

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
               "It printed %" G_GUINT64_FORMAT " bytes; an output may have at most %"
               G_GSIZE_FORMAT, length, max_length);

  return NULL;
}
