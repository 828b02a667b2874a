/* fermata-spool-disk-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The file behind all spools of the program: private to fermata-spool.c.
 *
 * There is one for all, so that ten thousand nodes that print much cost one
 * file descriptor. It has no name, so it is gone with the program however that
 * ends, and it exists only while a spool is using it.
 */

typedef struct _FermataSpoolDisk FermataSpoolDisk;

/* The folder where spools go: never tmpfs as long as there is another. */
char             *fermata_spool_disk_dup_folder (void);

FermataSpoolDisk *fermata_spool_disk_acquire    (GError           **error);
void              fermata_spool_disk_release    (FermataSpoolDisk  *self);

/* Appends the two parts, which lie together at *place afterwards. */
gboolean          fermata_spool_disk_write      (FermataSpoolDisk  *self,
                                                 const guint8      *first,
                                                 gsize              first_length,
                                                 const guint8      *second,
                                                 gsize              second_length,
                                                 guint64           *place,
                                                 GError           **error);
gboolean          fermata_spool_disk_read       (FermataSpoolDisk  *self,
                                                 guint64            place,
                                                 guint8            *data,
                                                 gsize              length,
                                                 GError           **error);
/* Gives the space back to the file system, where that can be done. */
void              fermata_spool_disk_discard    (FermataSpoolDisk  *self,
                                                 guint64            place,
                                                 guint64            length);

G_END_DECLS
