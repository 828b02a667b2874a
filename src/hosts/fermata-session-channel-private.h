/* fermata-session-channel-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-session-wire-private.h"

G_BEGIN_DECLS

/* The host's end of a session's socket. When the engine is gone so is the host,
 * also in the midst of a call. */

gboolean fermata_session_channel_open   (void);

/* The next frame, and what comes after it, until the next call: with U+0000 at
 * its end. FALSE when there is nothing more. */
gboolean fermata_session_channel_read   (FermataSessionFrame    *frame,
                                         const char            **payload);
void     fermata_session_channel_write  (FermataSessionWireType  type,
                                         guint                   flags,
                                         const char             *text,
                                         gsize                   length);

/* In the midst of a call: what the engine says to this. */
gboolean fermata_session_channel_ask    (const char             *id,
                                         gsize                   length);

G_END_DECLS
