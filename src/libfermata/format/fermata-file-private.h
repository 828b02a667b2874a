/* fermata-file-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "format/fermata-format-error.h"

G_BEGIN_DECLS

/* Whole regular files, of at most @max_size bytes. @name is for messages;
 * NULL: the file's path. */
GBytes   *fermata_file_read    (GFile       *file,
                                const char  *name,
                                gsize        max_size,
                                GError     **error);
GBytes   *fermata_file_read_fd (int          fd,
                                const char  *name,
                                gsize        size_hint,
                                gsize        max_size,
                                GError     **error);

/* All of @bytes takes the place of the file, or the file stays as it is. */
gboolean  fermata_file_replace (GFile       *file,
                                GBytes      *bytes,
                                GError     **error);

/* What errno says, of a file. */
void      fermata_file_set_error (GError    **error,
                                  const char *name,
                                  int         code);

G_END_DECLS
