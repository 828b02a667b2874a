/* fermata-session-wire-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

#include "expression/fermata-script-wire-private.h"

G_BEGIN_DECLS

/*
 * What an engine and the fermata-script-host of one machine's JavaScript say to
 * each other, over the files that fermata-script-wire-private.h names. The host
 * is started with FERMATA_SESSION_ARGUMENT and its memory limit.
 *
 * Each message is a frame and `length` bytes after it. One call at a time: the
 * engine says what has changed since the last one, then calls, and waits. While
 * it waits it may be asked whether a state is active, and answers.
 */
#define FERMATA_SESSION_ARGUMENT "session"

typedef enum {
  /* To the host */
  FERMATA_SESSION_WIRE_VARIABLE = 1, /* name, U+0000, canonical JSON */
  FERMATA_SESSION_WIRE_REMOVE,       /* name */
  FERMATA_SESSION_WIRE_EVENT,        /* canonical JSON, or nothing */
  FERMATA_SESSION_WIRE_SYSTEM,       /* name, U+0000, canonical JSON */
  FERMATA_SESSION_WIRE_CALL,         /* flags: the verb; FermataSessionCall, and its texts */
  FERMATA_SESSION_WIRE_ACTIVE,       /* flags: whether it is */

  /* From the host */
  FERMATA_SESSION_WIRE_READY,        /* its version */
  FERMATA_SESSION_WIRE_ASK,          /* the id of a state */
  FERMATA_SESSION_WIRE_RESULT,       /* JSON; of a test `true` or `false` */
  FERMATA_SESSION_WIRE_FAILURE,      /* a FermataErrorKind's name, U+0000, message */
} FermataSessionWireType;

/* One text, but for those that put something somewhere: the place, then what. */
typedef enum {
  FERMATA_SESSION_VERB_EVALUATE,
  FERMATA_SESSION_VERB_TEST,
  FERMATA_SESSION_VERB_EXECUTE,
  FERMATA_SESSION_VERB_ASSIGN,
  FERMATA_SESSION_VERB_ASSIGN_VALUE,
  FERMATA_SESSION_VERB_DECLARE,
  FERMATA_SESSION_VERB_DECLARE_VALUE,
  FERMATA_SESSION_N_VERBS,
} FermataSessionVerb;

/* Flags of an answer: the host knows nothing any more of what it was told; it is
 * to be replaced. */
#define FERMATA_SESSION_WIRE_FRESH 1u
#define FERMATA_SESSION_WIRE_WORN 2u

typedef struct {
  guint32 length;
  guint16 type;
  guint16 flags;
} FermataSessionFrame;

G_STATIC_ASSERT (sizeof (FermataSessionFrame) == 8);

/* Texts follow, each with U+0000 at its end. */
typedef struct {
  gint64 date;   /* µs */
  guint64 seed;  /* of this call */
} FermataSessionCall;

G_END_DECLS
