/* fermata-line-index-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-places.h"

G_BEGIN_DECLS

/* Finds the line and column of a byte in constant time, however long the text
 * and its lines are. A line ends with a line feed. */
typedef struct _FermataLineIndex FermataLineIndex;

/* @text is not copied. */
FermataLineIndex *fermata_line_index_new    (const char             *text,
                                             gsize                   length);
void              fermata_line_index_free   (FermataLineIndex       *self);
void              fermata_line_index_locate (const FermataLineIndex *self,
                                             gsize                   offset,
                                             FermataTextPosition    *position);

/* Once, in the time that it takes to read up to @offset. */
void              fermata_text_locate       (const char             *text,
                                             gsize                   offset,
                                             FermataTextPosition    *position);

G_END_DECLS
