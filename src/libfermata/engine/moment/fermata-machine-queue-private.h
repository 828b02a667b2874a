/* fermata-machine-queue-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/*
 * An event in a queue of a machine. @event is an object with `name`, NULL of an
 * edge with `after` whose time has come, @edge then being that one. @number is
 * that of the fact or decision that made it; of an edge that of its timer.
 */
typedef struct {
  FermataValue *event;
  guint64 number;
  guint32 edge;
} FermataMachineEvent;

typedef struct _FermataMachineChunk FermataMachineChunk;

/*
 * Events, oldest first, in chunks. Copies share the chunks: an event that is
 * taken stays in its chunk until all of that are.
 *
 * Invariant: the events are those from @offset of chunks[begin] to the end of
 * chunks[end - 1]; no chunk is empty but one alone.
 */
typedef struct {
  FermataMachineChunk **chunks;
  guint begin;
  guint end;
  guint n_allocated;
  guint offset;
  guint n_events;
} FermataMachineQueue;

/* What a queue has room for: who sends more is told so. */
#define FERMATA_MACHINE_QUEUE_MAX 1000000

void     fermata_machine_queue_init_copy (FermataMachineQueue       *self,
                                          const FermataMachineQueue *other);
void     fermata_machine_queue_clear     (FermataMachineQueue       *self);
gboolean fermata_machine_queue_equal     (const FermataMachineQueue *a,
                                          const FermataMachineQueue *b);

/* FALSE if there is no room; takes a reference to @event. */
gboolean fermata_machine_queue_push      (FermataMachineQueue       *self,
                                          FermataValue              *event,
                                          guint64                    number,
                                          guint32                    edge);

/* The oldest, or NULL: valid until the queue is written. */
const FermataMachineEvent *
         fermata_machine_queue_peek      (const FermataMachineQueue *self);

/* Takes the oldest, which is there; the event is transfer full. */
FermataMachineEvent
         fermata_machine_queue_pop       (FermataMachineQueue       *self);

G_END_DECLS
