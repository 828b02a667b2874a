/* fermata-sends-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-trie-private.h"
#include "value/fermata-value.h"

G_BEGIN_DECLS

/* To whom what leaves a run goes. */
typedef enum {
  /* A session of another run, by its address */
  FERMATA_SEND_TO_SESSION,

  /* The machine that has invoked the run */
  FERMATA_SEND_TO_PARENT,

  /* A run that a task of the machine has begun */
  FERMATA_SEND_TO_INVOCATION,

  /* Whatever an event processor makes of the address */
  FERMATA_SEND_TO_PROCESSOR,
} FermataSendKind;

/*
 * An event that a machine has sent to somebody outside its run, and of which it is
 * not known yet what became of it. Does not change, and is shared.
 *
 * @frame is that of the machine, @task that of the task that runs whom it is for.
 * @type is what the processor is called, @to where it goes, @id what the machine
 * calls it: texts, each NULL where there is none. @event is what is handed over.
 */
typedef struct {
  guint ref_count;
  FermataSendKind kind;
  guint32 frame;
  guint32 task;
  FermataValue *type;
  FermataValue *to;
  FermataValue *id;
  FermataValue *event;
} FermataSend;

/* So many may be under way in a run. */
#define FERMATA_MAX_SENDS 100000

/*
 * Those of a run, by number, from 1 in the order in which they were sent. A copy
 * costs next to nothing.
 */
typedef struct {
  FermataTrie entries;
  guint32 n_sent;
} FermataSends;

void         fermata_sends_init      (FermataSends       *self);
void         fermata_sends_init_copy (FermataSends       *self,
                                      const FermataSends *other);
void         fermata_sends_clear     (FermataSends       *self);
gboolean     fermata_sends_equal     (const FermataSends *a,
                                      const FermataSends *b);

/* Takes references to the values of @send, which may be on the stack. */
void         fermata_sends_add       (FermataSends       *self,
                                      const FermataSend  *send);

/* NULL if there is none of that number (any more). */
FermataSend *fermata_sends_get       (const FermataSends *self,
                                      guint32             number);
void         fermata_sends_remove    (FermataSends       *self,
                                      guint32             number);

FermataSend *fermata_send_ref        (FermataSend        *self);
void         fermata_send_unref      (FermataSend        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataSend, fermata_send_unref)

G_END_DECLS
