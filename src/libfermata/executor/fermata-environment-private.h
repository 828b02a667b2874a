/* fermata-environment-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a program is given and where it is looked for. */

/* All of @base, all of @more and all of @most, which are lists of NAME=VALUE;
 * of each name the last one. NULL-terminated; the strings are borrowed. */
GPtrArray  *fermata_environment_merge  (const char *const *base,
                                        const char *const *more,
                                        const char *const *most);
/* The value of @name in a NULL-terminated list, or NULL. */
const char *fermata_environment_lookup (const char *const *environment,
                                        const char        *name);
/* The files that execvp() would try for @program. */
char      **fermata_environment_search (const char *const *environment,
                                        const char        *program);

G_END_DECLS
