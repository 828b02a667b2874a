/* fermata-file-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>
#include <sys/stat.h>

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

/* Opens a regular file for reading, and nothing else: a pipe or a device is
 * refused without waiting for it. -1 with @error set. */
int       fermata_file_open    (GFile       *file,
                                const char  *name,
                                struct stat *info,
                                GError     **error);

/* A new file beside the one whose place it takes at the end. Whatever happens
 * before that, the old one stays as it is. */
typedef struct {
  char *target;
  char *path;
  int fd;
} FermataReplacement;

gboolean  fermata_replacement_open    (FermataReplacement *self,
                                       GFile              *file,
                                       GError            **error);
gboolean  fermata_replacement_write   (FermataReplacement *self,
                                       const char         *data,
                                       gsize               length,
                                       GError            **error);

/* It takes the old one's place; it is deleted; it is left where it is. After
 * each of these there is nothing more to be done with it. */
gboolean  fermata_replacement_commit  (FermataReplacement *self,
                                       GError            **error);
void      fermata_replacement_discard (FermataReplacement *self);
void      fermata_replacement_abandon (FermataReplacement *self);

/* All of @bytes takes the place of the file, or the file stays as it is. */
gboolean  fermata_file_replace (GFile       *file,
                                GBytes      *bytes,
                                GError     **error);

/* What errno says, of a file. */
void      fermata_file_set_error (GError    **error,
                                  const char *name,
                                  int         code);

G_END_DECLS
