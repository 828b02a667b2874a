/* fermata-script-channel-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-script-wire-private.h"

G_BEGIN_DECLS

/* The host's end of the socket. When the engine is gone so is the host, also
 * in the midst of a script. What is printed is gathered for a moment; writing
 * waits for the engine to read, so nothing piles up. */

gboolean    fermata_script_channel_open   (void);

/* The next frame, and what comes after it, until the next call: with U+0000 at
 * its end. FALSE when there is nothing more. */
gboolean    fermata_script_channel_read   (FermataScriptFrame    *frame,
                                           const char           **payload);
void        fermata_script_channel_print  (guint                  stream,
                                           const char            *text,
                                           gsize                  length);

/* After what was printed. */
void        fermata_script_channel_answer (FermataScriptWireType  type,
                                           guint                  flags,
                                           const char            *text,
                                           gsize                  length);

G_END_DECLS
