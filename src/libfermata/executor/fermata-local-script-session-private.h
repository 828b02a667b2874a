/* fermata-local-script-session-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-script-session.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_LOCAL_SCRIPT_SESSION (fermata_local_script_session_get_type ())

G_DECLARE_FINAL_TYPE (FermataLocalScriptSession, fermata_local_script_session,
                      FERMATA, LOCAL_SCRIPT_SESSION, GObject)

/* With a process of `fermata-script-host` on this machine, which may use @memory
 * bytes. It is to be used by one thread at a time. */
FermataScriptSession *fermata_local_script_session_new     (guint64                    memory);

/* The process, or 0 if none runs. */
pid_t                 fermata_local_script_session_get_pid (FermataLocalScriptSession *self);

G_END_DECLS
