/* fermata-session-host-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-script-wire-private.h"

G_BEGIN_DECLS

/* Serves one machine's JavaScript until the engine is gone. FALSE with errno if
 * it cannot begin. */
gboolean fermata_session_host_serve (guint64              limit,
                                     FermataScriptShared *shared);

G_END_DECLS
