/* fermata-script-sessions-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-script-pool.h"
#include "engine/fermata-script-session.h"

G_BEGIN_DECLS

/*
 * The JavaScript of the machines of a plan, by frame: what has been started of it.
 * It belongs to no run and to no moment, for it can be made anew from any of them;
 * so whoever looks at the past, or goes on from there, uses the same. At most
 * FERMATA_MAX_SCRIPT_SESSIONS are alive: those that were used last.
 */
typedef struct _FermataScriptSessions FermataScriptSessions;

#define FERMATA_MAX_SCRIPT_SESSIONS 16

FermataScriptSessions *fermata_script_sessions_new   (FermataScriptPool      *pool);
void                   fermata_script_sessions_free  (FermataScriptSessions  *self);

/* That of a frame (transfer none). NULL with @error set if none can be had; @self
 * may be NULL, where there is no pool. */
FermataScriptSession  *fermata_script_sessions_get   (FermataScriptSessions  *self,
                                                      guint32                 frame,
                                                      GError                **error);

/* Ends them all: they would only take up room. */
void                   fermata_script_sessions_clear (FermataScriptSessions  *self);

G_END_DECLS
