/* fermata-record-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lines of a file, one at a time, of any length. */
typedef struct {
  int fd;
  const char *name;
  GString *buffer;
  gsize start;
  gsize searched;
  guint64 number;
  gboolean is_at_end;
} FermataRecordLines;

void     fermata_record_lines_init  (FermataRecordLines  *self,
                                     int                  fd,
                                     const char          *name);
void     fermata_record_lines_clear (FermataRecordLines  *self);

/* The next whole line, without its break; it lives until the next call. NULL
 * at the end, and with @error set if reading fails. What comes after the last
 * break is no line. */
const char *fermata_record_lines_next (FermataRecordLines  *self,
                                       gsize               *length,
                                       GError             **error);

/* Whether something comes after the last break. */
gboolean fermata_record_lines_is_torn (FermataRecordLines  *self);

G_END_DECLS
