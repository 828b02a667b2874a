/* fermata-pattern-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A regular expression of PCRE that somebody wrote, matched within bounds.
 * May be shared between threads. */
typedef struct _FermataPattern FermataPattern;

#define FERMATA_PATTERN_MAX_LENGTH 10000
#define FERMATA_PATTERN_MAX_MICROSECONDS (500 * 1000)

FermataPattern *fermata_pattern_new      (const char          *pattern,
                                          GRegexCompileFlags   flags,
                                          GError             **error);
void            fermata_pattern_free     (FermataPattern      *self);

/* Whether it occurs in @text, which is UTF-8 and may contain U+0000. An error
 * is G_REGEX_ERROR_MATCH if that takes longer than about @microseconds. */
gboolean        fermata_pattern_matches  (FermataPattern      *self,
                                          const char          *text,
                                          gsize                length,
                                          gint64               microseconds,
                                          GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataPattern, fermata_pattern_free)

G_END_DECLS
