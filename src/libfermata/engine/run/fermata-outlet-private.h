/* fermata-outlet-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-emission-private.h"
#include "engine/run/fermata-run-private.h"

G_BEGIN_DECLS

/*
 * What one attempt prints and gives as items, on its way into the history. The
 * bytes are spooled at once. What is recorded of them are chunks: stream,
 * offset, length, and how many items are complete by them where there are any.
 *
 * At first each piece is a chunk. Of an attempt that prints a lot, pieces are
 * put together: a chunk is recorded when it has become large, when it has
 * waited for a moment, and before the attempt's end.
 */
typedef struct _FermataOutlet FermataOutlet;

/* @place is the node's. */
FermataOutlet *fermata_outlet_new         (FermataRun     *run,
                                           guint32         frame,
                                           guint32         place,
                                           guint           attempt);

void           fermata_outlet_free        (FermataOutlet  *self);

/* Records what waits. */
void           fermata_outlet_flush       (FermataOutlet  *self);

/* From now on, lines of standard output are items. */
void           fermata_outlet_set_emit    (FermataOutlet  *self,
                                           FermataEmit     format);
gboolean       fermata_outlet_print       (FermataOutlet  *self,
                                           FermataStream   stream,
                                           const guint8   *data,
                                           gsize           length,
                                           GError        **error);
gboolean       fermata_outlet_emit        (FermataOutlet  *self,
                                           FermataValue   *item,
                                           GError        **error);

/* Nothing more comes: the last line may be an item. FALSE with @error set if it
 * cannot be one. */
gboolean       fermata_outlet_end         (FermataOutlet  *self,
                                           GError        **error);

/* All that this attempt has printed. */
GBytes        *fermata_outlet_dup_printed (FermataOutlet  *self,
                                           FermataStream   stream,
                                           gsize           max_length,
                                           GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataOutlet, fermata_outlet_free)

G_END_DECLS
