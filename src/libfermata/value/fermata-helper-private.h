/* fermata-helper-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the helper program @name is, or should be: what the environment
 * @variable says; beside this library, where it was built or installed; where it
 * was meant to be installed. */
char *fermata_helper_find (const char *name,
                           const char *variable);

G_END_DECLS
