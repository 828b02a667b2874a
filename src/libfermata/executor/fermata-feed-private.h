/* fermata-feed-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes on to a pipe that does not block, from @offset on, which advances.
 * Returns FALSE when there is nothing more to do: all is written, or nobody
 * reads it any more. Whatever the program does with SIGPIPE, none is raised. */
gboolean fermata_feed (int     fd,
                       GBytes *bytes,
                       gsize  *offset);

G_END_DECLS
