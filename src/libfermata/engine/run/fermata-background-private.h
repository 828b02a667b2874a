/* fermata-background-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* g_task_run_in_thread(), counted: a test whose time is not that of the world
 * waits for the world before it lets time pass. */
void  fermata_background_run       (GTask           *task,
                                    GTaskThreadFunc  func);

/* How many have not told their ends yet. */
guint fermata_background_get_count (void);

G_END_DECLS
