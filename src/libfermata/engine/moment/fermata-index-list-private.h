/* fermata-index-list-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A list of indices, NULL being an empty one. Copies share it; whoever writes to
 * one that is shared makes it his own first.
 */
typedef struct {
  guint ref_count;
  guint n;
  guint n_allocated;
  guint32 indices[];
} FermataIndexList;

FermataIndexList *fermata_index_list_ref      (FermataIndexList        *self);
void              fermata_index_list_clear    (FermataIndexList       **self);
gboolean          fermata_index_list_equal    (const FermataIndexList  *a,
                                               const FermataIndexList  *b);

/* Empties it; what is allocated is kept for what comes. */
void              fermata_index_list_empty    (FermataIndexList       **self);
void              fermata_index_list_append   (FermataIndexList       **self,
                                               guint32                  index);

/* Of sorted lists. Whether it was not there before, or was. */
gboolean          fermata_index_list_insert   (FermataIndexList       **self,
                                               guint32                  index);
gboolean          fermata_index_list_remove   (FermataIndexList       **self,
                                               guint32                  index);

/* The position of the first index of a sorted list that is not less. */
guint             fermata_index_list_find     (const FermataIndexList  *self,
                                               guint32                  index);

static inline guint
fermata_index_list_get_n (const FermataIndexList *self)
{
  return self == NULL ? 0 : self->n;
}

static inline gboolean
fermata_index_list_contains (const FermataIndexList *self,
                             guint32                 index)
{
  guint position = fermata_index_list_find (self, index);

  return position < fermata_index_list_get_n (self) && self->indices[position] == index;
}

G_END_DECLS
