/* fermata-event-queue.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-event-queue-private.h"

static void
ref_slots (gpointer records,
           guint    n_records)
{
  FermataQueuedEvent *slots = records;

  for (guint i = 0; i < n_records; i++)
    {
      if (slots[i].event != NULL)
        fermata_value_ref (slots[i].event);
    }
}

static void
unref_slots (gpointer records,
             guint    n_records)
{
  FermataQueuedEvent *slots = records;

  for (guint i = 0; i < n_records; i++)
    g_clear_pointer (&slots[i].event, fermata_value_unref);
}

static const FermataPageFuncs slot_funcs = { NULL, ref_slots, unref_slots };

void
fermata_event_queue_init (FermataEventQueue *self)
{
  fermata_page_table_init (&self->slots, FERMATA_PAGE_RECORDS, sizeof (FermataQueuedEvent),
                           &slot_funcs, NULL);
  self->first = self->last = self->free = FERMATA_EVENT_QUEUE_NONE;
  self->n_used = self->n_events = 0;
}

void
fermata_event_queue_init_copy (FermataEventQueue       *self,
                               const FermataEventQueue *other)
{
  *self = *other;
  fermata_page_table_init_copy (&self->slots, &other->slots);
}

void
fermata_event_queue_clear (FermataEventQueue *self)
{
  fermata_page_table_clear (&self->slots);
}

static gboolean
slots_equal (gconstpointer a,
             gconstpointer b)
{
  const FermataQueuedEvent *one = a;
  const FermataQueuedEvent *other = b;

  if (one->number != other->number || one->next != other->next
      || one->previous != other->previous || (one->event == NULL) != (other->event == NULL))
    return FALSE;

  return one->event == NULL || fermata_value_equal (one->event, other->event);
}

gboolean
fermata_event_queue_equal (const FermataEventQueue *a,
                           const FermataEventQueue *b)
{
  return a->first == b->first && a->last == b->last && a->free == b->free
         && a->n_used == b->n_used && a->n_events == b->n_events
         && fermata_page_table_equal (&a->slots, &b->slots, slots_equal);
}

static guint32
take_slot (FermataEventQueue *self)
{
  guint32 slot = self->free;

  if (slot == FERMATA_EVENT_QUEUE_NONE)
    {
      if (self->n_used == self->slots.n_records)
        fermata_page_table_grow (&self->slots, self->n_used * 2);
      return self->n_used++;
    }

  self->free = fermata_event_queue_peek (self, slot)->next;

  return slot;
}

guint32
fermata_event_queue_add (FermataEventQueue *self,
                         FermataValue      *event,
                         guint64            number)
{
  FermataQueuedEvent *queued;
  guint32 slot;

  if (self->n_events == FERMATA_EVENT_QUEUE_MAX)
    return FERMATA_EVENT_QUEUE_NONE;

  slot = take_slot (self);
  queued = fermata_page_table_write (&self->slots, slot);
  queued->event = fermata_value_ref (event);
  queued->number = number;
  queued->previous = self->last;
  queued->next = FERMATA_EVENT_QUEUE_NONE;
  if (self->last == FERMATA_EVENT_QUEUE_NONE)
    self->first = slot;
  else
    ((FermataQueuedEvent *) fermata_page_table_write (&self->slots, self->last))->next = slot;
  self->last = slot;
  self->n_events++;

  return slot;
}

void
fermata_event_queue_remove (FermataEventQueue *self,
                            guint32            slot)
{
  FermataQueuedEvent *queued = fermata_page_table_write (&self->slots, slot);
  guint32 previous = queued->previous;
  guint32 next = queued->next;

  g_clear_pointer (&queued->event, fermata_value_unref);
  queued->number = 0;
  queued->previous = FERMATA_EVENT_QUEUE_NONE;
  queued->next = self->free;
  self->free = slot;
  self->n_events--;

  if (previous == FERMATA_EVENT_QUEUE_NONE)
    self->first = next;
  else
    ((FermataQueuedEvent *) fermata_page_table_write (&self->slots, previous))->next = next;
  if (next == FERMATA_EVENT_QUEUE_NONE)
    self->last = previous;
  else
    ((FermataQueuedEvent *) fermata_page_table_write (&self->slots, next))->previous = previous;
}

const char *
fermata_queued_event_get_name (const FermataQueuedEvent *event)
{
  return fermata_value_get_string (fermata_value_get_member (event->event, "name"), NULL);
}
