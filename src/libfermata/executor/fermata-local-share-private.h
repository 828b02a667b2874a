/* fermata-local-share-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is read from a process at once. */
#define FERMATA_LOCAL_BUFFER_SIZE 65536

/* What the processes of an executor have in common. They keep it, and not the
 * executor: that would keep its main context, which keeps them. */
typedef struct _FermataLocalShare FermataLocalShare;

/* NULL with an error of the domain FERMATA_EXECUTOR_ERROR. */
FermataLocalShare *fermata_local_share_new             (GError            **error);
FermataLocalShare *fermata_local_share_ref             (FermataLocalShare  *self);
void               fermata_local_share_unref           (FermataLocalShare  *self);

/* An open /dev/null. */
int                fermata_local_share_get_null_fd     (FermataLocalShare  *self);
/* See fermata_proc_open_children(). */
int                fermata_local_share_get_children_fd (FermataLocalShare  *self);

/* One buffer does for all, since what is read is passed on at once; another is
 * made only if that runs the main loop once more. */
guint8            *fermata_local_share_take_buffer     (FermataLocalShare  *self);
void               fermata_local_share_return_buffer   (FermataLocalShare  *self,
                                                        guint8             *buffer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataLocalShare, fermata_local_share_unref)

G_END_DECLS
