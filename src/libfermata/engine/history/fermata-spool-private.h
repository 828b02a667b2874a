/* fermata-spool-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The bytes that one process printed on one stream. Private to the library.
 *
 * Only ever appended to. The last 64 KB are in memory, what is older is on
 * disk, so a process may print more than fits in memory.
 */

typedef struct _FermataSpool FermataSpool;

/* So much of the end is always in memory. */
#define FERMATA_SPOOL_TAIL 65536

FermataSpool *fermata_spool_new           (void);
FermataSpool *fermata_spool_ref           (FermataSpool  *self);
void          fermata_spool_unref         (FermataSpool  *self);

gboolean      fermata_spool_append        (FermataSpool  *self,
                                           gconstpointer  data,
                                           gsize          length,
                                           GError       **error);
guint64       fermata_spool_get_length    (FermataSpool  *self);
GBytes       *fermata_spool_read          (FermataSpool  *self,
                                           guint64        offset,
                                           gsize          length,
                                           GError       **error);
GBytes       *fermata_spool_peek_tail     (FermataSpool  *self,
                                           gsize          length);
char         *fermata_spool_dup_last_line (FermataSpool  *self,
                                           guint          max_chars);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataSpool, fermata_spool_unref)

G_END_DECLS
