/* fermata-result-cache-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-clock.h"
#include "value/fermata-value.h"

G_BEGIN_DECLS

/* Earlier results by a key, in memory. What was not asked for the longest goes
 * first when there is no room; everything takes the same time however many
 * there are. */
typedef struct _FermataResultCache FermataResultCache;

/* Bytes */
#define FERMATA_RESULT_CACHE_DEFAULT_SIZE ((gsize) 64 * 1024 * 1024)

FermataResultCache *fermata_result_cache_new       (FermataClock        *clock,
                                                    gsize                max_size);
void                fermata_result_cache_free      (FermataResultCache  *self);

/* The value (transfer full), NULL if there is none, or it is too old. */
FermataValue       *fermata_result_cache_lookup    (FermataResultCache  *self,
                                                    const char          *key);

/* Takes the place of an earlier one. @ttl is in microseconds from now; -1: as
 * long as there is room. What is larger than the cache is not kept. */
void                fermata_result_cache_store     (FermataResultCache  *self,
                                                    const char          *key,
                                                    FermataValue        *value,
                                                    gint64               ttl);

guint               fermata_result_cache_get_n     (FermataResultCache  *self);
gsize               fermata_result_cache_get_size  (FermataResultCache  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataResultCache, fermata_result_cache_free)

G_END_DECLS
