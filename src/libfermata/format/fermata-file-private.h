/* fermata-file-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "format/fermata-format-error.h"
#include "value/fermata-disk-private.h"

G_BEGIN_DECLS

/* What is said of documents' files has the formats' errors. */

/* Makes an error of the disk one of the formats. Always FALSE, so that it can
 * be said after “or”. */
gboolean    fermata_file_claim_error (GError     **error);

/* What errno says, of a file. */
void        fermata_file_set_error   (GError     **error,
                                      const char  *name,
                                      int          code);

/* NULL with @error set if it is not on this machine. */
const char *fermata_file_get_path    (GFile       *file,
                                      GError     **error);

/* Whole regular files, of at most @max_size bytes. @name is for messages;
 * NULL: the file's path. */
GBytes     *fermata_file_read        (GFile       *file,
                                      const char  *name,
                                      gsize        max_size,
                                      GError     **error);
GBytes     *fermata_file_read_fd     (int          fd,
                                      const char  *name,
                                      gsize        max_size,
                                      GError     **error);

/* Opens a regular file for reading, and nothing else: a pipe or a device is
 * refused without waiting for it. -1 with @error set. */
int         fermata_file_open        (GFile       *file,
                                      const char  *name,
                                      struct stat *info,
                                      GError     **error);

/* All of @bytes takes the place of the file, or the file stays as it is. */
gboolean    fermata_file_replace     (GFile       *file,
                                      GBytes      *bytes,
                                      GError     **error);

G_END_DECLS
