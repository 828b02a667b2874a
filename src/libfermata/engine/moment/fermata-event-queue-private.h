/* fermata-event-queue-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-page-table-private.h"
#include "value/fermata-value.h"

G_BEGIN_DECLS

/*
 * Events from outside that nobody has taken yet, oldest first. A doubly linked
 * list in the slots of a page table: to copy it costs nothing, to write to it
 * the page of a slot and of its neighbours.
 *
 * @event is the fact's payload, an object with `name` and perhaps `data`;
 * @number is that of the fact. Slots that are not in the list are in the list of
 * free ones, from @free over @next, or were never used: those from @n_used on.
 * There are twice as many slots whenever they are all in use.
 */
#define FERMATA_EVENT_QUEUE_MAX 1000000
#define FERMATA_EVENT_QUEUE_NONE G_MAXUINT32

typedef struct {
  FermataValue *event;
  guint64 number;
  guint32 next;
  guint32 previous;
} FermataQueuedEvent;

typedef struct {
  FermataPageTable slots;
  guint32 first;
  guint32 last;
  guint32 free;
  guint32 n_used;
  guint32 n_events;
} FermataEventQueue;

void         fermata_event_queue_init      (FermataEventQueue       *self);
void         fermata_event_queue_init_copy (FermataEventQueue       *self,
                                            const FermataEventQueue *other);
void         fermata_event_queue_clear     (FermataEventQueue       *self);
gboolean     fermata_event_queue_equal     (const FermataEventQueue *a,
                                            const FermataEventQueue *b);

/* Its slot; FERMATA_EVENT_QUEUE_NONE if there is no room. */
guint32      fermata_event_queue_add       (FermataEventQueue       *self,
                                            FermataValue            *event,
                                            guint64                  number);
void         fermata_event_queue_remove    (FermataEventQueue       *self,
                                            guint32                  slot);

/* @slot must be in the list: valid until the queue is written. */
static inline const FermataQueuedEvent *
fermata_event_queue_peek (const FermataEventQueue *self,
                          guint32                  slot)
{
  return fermata_page_table_peek (&self->slots, slot);
}

const char  *fermata_queued_event_get_name (const FermataQueuedEvent *event);

G_END_DECLS
