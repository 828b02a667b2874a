/* fermata-value-writer.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/**
 * FermataWriteFlags:
 * @FERMATA_WRITE_COMPACT: one line, no spaces
 * @FERMATA_WRITE_PRETTY: indented by two spaces, one member or element a
 *   line; what fits on a line of 100 characters and holds no container that
 *   was broken stays on one
 *
 * How JSON is written.
 */
typedef enum {
  FERMATA_WRITE_COMPACT = 0,
  FERMATA_WRITE_PRETTY = 1 << 0,
} FermataWriteFlags;

/* Without recursion; doubles as the shortest text that reads back the same,
 * always recognisable as a number and not an integer (1.0, 1e300). */
FERMATA_EXTERN
char *fermata_value_to_string     (FermataValue      *self,
                                   FermataWriteFlags  flags,
                                   gsize             *length);
FERMATA_EXTERN
void  fermata_value_append_string (FermataValue      *self,
                                   FermataWriteFlags  flags,
                                   guint              indent,
                                   GString           *buffer);

G_END_DECLS
