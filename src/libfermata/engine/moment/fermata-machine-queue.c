/* fermata-machine-queue.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-machine-queue-private.h"

#include <string.h>

#define CHUNK 32

struct _FermataMachineChunk {
  guint ref_count;
  guint n;
  FermataMachineEvent events[CHUNK];
};

static FermataValue *
ref_or_null (FermataValue *value)
{
  return value == NULL ? NULL : fermata_value_ref (value);
}

static void
chunk_unref (FermataMachineChunk *self)
{
  if (--self->ref_count > 0)
    return;

  for (guint i = 0; i < self->n; i++)
    g_clear_pointer (&self->events[i].event, fermata_value_unref);
  g_free (self);
}

static FermataMachineChunk *
chunk_copy (const FermataMachineChunk *self)
{
  FermataMachineChunk *copy = g_memdup2 (self, sizeof *self);

  copy->ref_count = 1;
  for (guint i = 0; i < copy->n; i++)
    ref_or_null (copy->events[i].event);

  return copy;
}

void
fermata_machine_queue_init_copy (FermataMachineQueue       *self,
                                 const FermataMachineQueue *other)
{
  guint n_chunks = other->end - other->begin;

  *self = (FermataMachineQueue) { .offset = other->offset, .n_events = other->n_events };
  if (n_chunks == 0)
    return;

  self->chunks = g_memdup2 (&other->chunks[other->begin], n_chunks * sizeof self->chunks[0]);
  self->end = self->n_allocated = n_chunks;
  for (guint i = 0; i < n_chunks; i++)
    self->chunks[i]->ref_count++;
}

void
fermata_machine_queue_clear (FermataMachineQueue *self)
{
  for (guint i = self->begin; i < self->end; i++)
    chunk_unref (self->chunks[i]);
  g_free (self->chunks);
  *self = (FermataMachineQueue) { 0, };
}

/* The event at @position of those that are there. */
static const FermataMachineEvent *
event_at (const FermataMachineQueue *self,
          guint                     *chunk,
          guint                     *offset)
{
  const FermataMachineEvent *event = &self->chunks[*chunk]->events[*offset];

  if (++*offset == self->chunks[*chunk]->n)
    {
      ++*chunk;
      *offset = 0;
    }

  return event;
}

static gboolean
events_equal (const FermataMachineEvent *a,
              const FermataMachineEvent *b)
{
  if (a->number != b->number || a->edge != b->edge || (a->event == NULL) != (b->event == NULL))
    return FALSE;

  return a->event == b->event || fermata_value_equal (a->event, b->event);
}

gboolean
fermata_machine_queue_equal (const FermataMachineQueue *a,
                             const FermataMachineQueue *b)
{
  guint chunk_a = a->begin, chunk_b = b->begin;
  guint offset_a = a->offset, offset_b = b->offset;

  if (a->n_events != b->n_events)
    return FALSE;

  for (guint i = 0; i < a->n_events; i++)
    {
      if (!events_equal (event_at (a, &chunk_a, &offset_a), event_at (b, &chunk_b, &offset_b)))
        return FALSE;
    }

  return TRUE;
}

static void
add_chunk (FermataMachineQueue *self)
{
  FermataMachineChunk *chunk = g_new (FermataMachineChunk, 1);

  chunk->ref_count = 1;
  chunk->n = 0;
  if (self->end == self->n_allocated && self->begin > self->end / 2)
    {
      memmove (self->chunks, &self->chunks[self->begin],
               (self->end - self->begin) * sizeof self->chunks[0]);
      self->end -= self->begin;
      self->begin = 0;
    }
  else if (self->end == self->n_allocated)
    {
      self->n_allocated = MAX (4, self->n_allocated * 2);
      self->chunks = g_renew (FermataMachineChunk *, self->chunks, self->n_allocated);
    }
  self->chunks[self->end++] = chunk;
}

/* The last chunk, to be written, with room. */
static FermataMachineChunk *
get_last (FermataMachineQueue *self)
{
  FermataMachineChunk *last;

  if (self->begin == self->end || self->chunks[self->end - 1]->n == CHUNK)
    add_chunk (self);

  last = self->chunks[self->end - 1];
  if (last->ref_count > 1)
    {
      FermataMachineChunk *copy = chunk_copy (last);

      chunk_unref (last);
      self->chunks[self->end - 1] = last = copy;
    }

  return last;
}

gboolean
fermata_machine_queue_push (FermataMachineQueue *self,
                            FermataValue        *event,
                            guint64              number,
                            guint32              edge)
{
  FermataMachineChunk *last;

  if (self->n_events >= FERMATA_MACHINE_QUEUE_MAX)
    return FALSE;

  last = get_last (self);
  last->events[last->n++] = (FermataMachineEvent) { ref_or_null (event), number, edge };
  self->n_events++;

  return TRUE;
}

const FermataMachineEvent *
fermata_machine_queue_peek (const FermataMachineQueue *self)
{
  return self->n_events == 0 ? NULL : &self->chunks[self->begin]->events[self->offset];
}

FermataMachineEvent
fermata_machine_queue_pop (FermataMachineQueue *self)
{
  FermataMachineChunk *first = self->chunks[self->begin];
  FermataMachineEvent event = first->events[self->offset];

  ref_or_null (event.event);
  self->n_events--;
  if (++self->offset < first->n)
    return event;

  /* A chunk that nobody else has is used again. */
  self->offset = 0;
  if (self->n_events == 0 && first->ref_count == 1)
    {
      for (guint i = 0; i < first->n; i++)
        g_clear_pointer (&first->events[i].event, fermata_value_unref);
      first->n = 0;
      self->begin = 0;
      self->end = 1;
      self->chunks[0] = first;
      return event;
    }
  self->begin++;
  chunk_unref (first);

  return event;
}
