/* fermata-session-process-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <sys/types.h>

#include "expression/fermata-session-wire-private.h"

G_BEGIN_DECLS

/*
 * The process of a session, as seen from the engine, which waits for it. It is
 * started when something is sent, and is gone after whatever went wrong with it:
 * then the next one knows nothing.
 *
 * A call that uses more of the processor than it may, in the process itself, or
 * that does not end in any other way, ends with the process: an error of kind
 * timeout.
 */
typedef struct _FermataSessionProcess FermataSessionProcess;

FermataSessionProcess *fermata_session_process_new        (guint64                     memory);
void                   fermata_session_process_free       (FermataSessionProcess      *self);

/* Whether it runs: then it knows what it was told. */
gboolean               fermata_session_process_is_running (FermataSessionProcess      *self);
gboolean               fermata_session_process_start      (FermataSessionProcess      *self,
                                                           GError                    **error);
void                   fermata_session_process_end        (FermataSessionProcess      *self);

/* 0 if it does not run. */
pid_t                  fermata_session_process_get_pid    (FermataSessionProcess      *self);

/* Kept until fermata_session_process_receive(), and then sent. */
GString               *fermata_session_process_begin      (FermataSessionProcess      *self,
                                                           FermataSessionWireType      type,
                                                           guint                       flags);
void                   fermata_session_process_close      (FermataSessionProcess      *self);

/* The next frame, with U+0000 after its @payload, which stays until the next is
 * received. FALSE with an error of the domain FERMATA_TASK_ERROR. */
gboolean               fermata_session_process_receive    (FermataSessionProcess      *self,
                                                           FermataSessionFrame        *frame,
                                                           const char                **payload,
                                                           GError                    **error);

/* From now on time is counted. */
void                   fermata_session_process_note_call  (FermataSessionProcess      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataSessionProcess, fermata_session_process_free)

G_END_DECLS
