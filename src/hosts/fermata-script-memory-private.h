/* fermata-script-memory-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-script-wire-private.h"

G_BEGIN_DECLS

/* Before the first context: tells the collector how much there is. */
void     fermata_script_memory_prepare (guint64              limit);

/* Once a context stands: from now on @limit bytes more may be had. */
gboolean fermata_script_memory_limit   (guint64              limit,
                                        FermataScriptShared *shared);

/* Whether so much is in use while nothing runs that the next script would
 * not have its due. */
gboolean fermata_script_memory_is_worn (void);

G_END_DECLS
