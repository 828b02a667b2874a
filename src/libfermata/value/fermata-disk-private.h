/* fermata-disk-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/*
 * Whole regular files of this machine. What is here blocks: off the disk's own
 * pace it is called from a thread, with a cancellable that is looked at between
 * pieces. Paths are as the system takes them; @name is for messages, NULL: the
 * path.
 */

typedef enum {
  FERMATA_DISK_ERROR_NOT_FOUND,
  FERMATA_DISK_ERROR_PERMISSION,
  FERMATA_DISK_ERROR_EXISTS,
  FERMATA_DISK_ERROR_FOLDER,
  FERMATA_DISK_ERROR_PIPE,
  FERMATA_DISK_ERROR_NOT_REGULAR,
  FERMATA_DISK_ERROR_TOO_LARGE,
  FERMATA_DISK_ERROR_IO,
} FermataDiskError;

#define FERMATA_DISK_ERROR (fermata_disk_error_quark ())

GQuark    fermata_disk_error_quark    (void);

/* What errno says, of a file. */
void      fermata_disk_set_error      (GError             **error,
                                       const char          *name,
                                       int                  code);

/* Whether it is a file that has an end, and can be read as a whole. */
gboolean  fermata_disk_check_is_regular (const struct stat *info,
                                         const char        *name,
                                         GError           **error);

/* Opens a regular file for reading, and nothing else: a pipe or a device is
 * refused without waiting for it. -1 with @error set. */
int       fermata_disk_open           (const char          *path,
                                       const char          *name,
                                       struct stat         *info,
                                       GError             **error);

/* At most @max_size bytes. */
GBytes   *fermata_disk_read           (const char          *path,
                                       const char          *name,
                                       gsize                max_size,
                                       GCancellable        *cancellable,
                                       GError             **error);
GBytes   *fermata_disk_read_fd        (int                  fd,
                                       const char          *name,
                                       gsize                size_hint,
                                       gsize                max_size,
                                       GCancellable        *cancellable,
                                       GError             **error);

gboolean  fermata_disk_write_fd       (int                  fd,
                                       const char          *name,
                                       const char          *data,
                                       gsize                length,
                                       GCancellable        *cancellable,
                                       GError             **error);

/* Adds to the end of a file, which is made if there is none: all of it, or, so
 * far as nobody else adds to it meanwhile, nothing. */
gboolean  fermata_disk_append         (const char          *path,
                                       const char          *data,
                                       gsize                length,
                                       GError             **error);

/* A new file beside the one whose place it takes at the end. Whatever happens
 * before that, the old one stays as it is. */
typedef struct {
  char *target;
  char *path;
  int fd;
} FermataReplacement;

gboolean  fermata_replacement_open    (FermataReplacement  *self,
                                       const char          *path,
                                       GError             **error);
gboolean  fermata_replacement_write   (FermataReplacement  *self,
                                       const char          *data,
                                       gsize                length,
                                       GCancellable        *cancellable,
                                       GError             **error);

/* It takes the old one's place, or only a place that is free; it is deleted; it
 * is left where it is. After each of these there is nothing more to be done
 * with it. */
gboolean  fermata_replacement_commit  (FermataReplacement  *self,
                                       GError             **error);
gboolean  fermata_replacement_create  (FermataReplacement  *self,
                                       GError             **error);
void      fermata_replacement_discard (FermataReplacement  *self);
void      fermata_replacement_abandon (FermataReplacement  *self);

G_END_DECLS
