/* fermata-script-wire-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What an engine and its fermata-script-host say to each other.
 *
 * They are on one machine and of one version (the first word of the host says
 * which), so numbers are as this machine has them. Each message is a frame and
 * `length` bytes after it. Calls are answered in the order in which they came.
 *
 * Several calls may be on their way. Which of them have begun is told by a word
 * of shared memory, the turn: the host takes it before it begins a call, and
 * the engine can take back all that have not begun, at any time and without
 * asking, by beginning a new epoch. A call of an earlier epoch is passed over.
 */
typedef enum {
  /* To the host */
  FERMATA_SCRIPT_WIRE_CODE = 1, /* context; names with commas between, U+0000, code */
  FERMATA_SCRIPT_WIRE_CALL,     /* context, epoch, flags; the names' values as JSON */
  FERMATA_SCRIPT_WIRE_FORGET,   /* context */

  /* From the host */
  FERMATA_SCRIPT_WIRE_READY,    /* its version */
  FERMATA_SCRIPT_WIRE_PRINT,    /* flags: the stream; bytes */
  FERMATA_SCRIPT_WIRE_RESULT,   /* JSON */
  FERMATA_SCRIPT_WIRE_FAILURE,  /* JSON: kind, message, details */
} FermataScriptWireType;

/* Of a call: its JSON is tagged, see fermata-js-json-private.h. */
#define FERMATA_SCRIPT_WIRE_TAGGED 1u

/* Of an answer: so much memory is in use that another host is to do the rest. */
#define FERMATA_SCRIPT_WIRE_WORN 2u

typedef struct {
  guint32 length;
  guint16 type;
  guint16 flags;
  guint32 context;
  guint32 epoch;
} FermataScriptFrame;

G_STATIC_ASSERT (sizeof (FermataScriptFrame) == 16);

/* The files that a host begins with. Its standard error is a pipe. */
#define FERMATA_SCRIPT_WIRE_SOCKET_FD 0
#define FERMATA_SCRIPT_WIRE_SHARED_FD 1

/* `turn`: the epoch, above the number of calls that have begun, modulo 2^32.
 * `out_of_memory` is set by a host that dies of that. */
typedef struct {
  guint64 turn;
  guint32 out_of_memory;
} FermataScriptShared;

static inline guint32
fermata_script_turn_get_epoch (guint64 turn)
{
  return (guint32) (turn >> 32);
}

static inline guint32
fermata_script_turn_get_begun (guint64 turn)
{
  return (guint32) turn;
}

/* For the host: whether a call of @epoch may begin, and then it has. */
static inline gboolean
fermata_script_shared_begin (FermataScriptShared *self,
                             guint32              epoch)
{
  guint64 turn = __atomic_load_n (&self->turn, __ATOMIC_SEQ_CST);
  guint64 next = (guint64) epoch << 32 | (guint32) (turn + 1);

  return fermata_script_turn_get_epoch (turn) == epoch &&
         __atomic_compare_exchange_n (&self->turn, &turn, next, FALSE,
                                      __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

/* For the engine: takes back what has not begun; tells how many ever have. */
static inline guint32
fermata_script_shared_take_back (FermataScriptShared *self,
                                 guint32              new_epoch)
{
  guint64 turn = __atomic_load_n (&self->turn, __ATOMIC_SEQ_CST);

  while (!__atomic_compare_exchange_n (&self->turn, &turn,
                                       (guint64) new_epoch << 32 | (guint32) turn, FALSE,
                                       __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
    continue;

  return fermata_script_turn_get_begun (turn);
}

static inline guint32
fermata_script_shared_get_begun (FermataScriptShared *self)
{
  return fermata_script_turn_get_begun (__atomic_load_n (&self->turn, __ATOMIC_SEQ_CST));
}

G_END_DECLS
