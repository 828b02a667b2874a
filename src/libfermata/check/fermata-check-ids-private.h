/* fermata-check-ids-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * From id to number. Open addressing over ids that belong to the document:
 * one allocation for all of them, where a GHashTable costs several times as
 * much a lookup.
 */
typedef struct _FermataCheckIds FermataCheckIds;

#define FERMATA_CHECK_NO_ID G_MAXUINT

FermataCheckIds *fermata_check_ids_new    (guint            n_expected);
void             fermata_check_ids_free   (FermataCheckIds *self);

/* Gives the number that @id had already, or FERMATA_CHECK_NO_ID. @id must
 * live as long as the table. */
guint            fermata_check_ids_add    (FermataCheckIds *self,
                                           const char      *id,
                                           guint            number);
guint            fermata_check_ids_find   (FermataCheckIds *self,
                                           const char      *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataCheckIds, fermata_check_ids_free)

G_END_DECLS
