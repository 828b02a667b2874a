/* fermata-index-set-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-page-table-private.h"

G_BEGIN_DECLS

/*
 * A set of indices below a bound, that gives its lowest member in a few steps
 * and can be copied for next to nothing.
 *
 * Level 0 has one bit an index, 64 to a word; each level above has one bit a
 * word of the level below. The topmost is one word, @top; so a set of up to 64
 * indices is that word and nothing else. The others stand in one page table, level 0
 * first; @words is NULL where there are none.
 *
 * Invariant: a bit of an upper level is set exactly when its word is not zero.
 */

#define FERMATA_INDEX_SET_LEVELS 6

typedef struct {
  FermataPageTable *words;
  guint64 top;
  guint n_levels;
  guint n_members;
  guint offsets[FERMATA_INDEX_SET_LEVELS];
} FermataIndexSet;

#define FERMATA_INDEX_NONE G_MAXUINT32

void     fermata_index_set_init      (FermataIndexSet       *self,
                                      guint                  bound);
void     fermata_index_set_init_copy (FermataIndexSet       *self,
                                      const FermataIndexSet *other);
void     fermata_index_set_clear     (FermataIndexSet       *self);
gboolean fermata_index_set_contains  (const FermataIndexSet *self,
                                      guint                  index);
void     fermata_index_set_add       (FermataIndexSet       *self,
                                      guint                  index);
void     fermata_index_set_remove    (FermataIndexSet       *self,
                                      guint                  index);

/* Bytes that were copied so that it could be written. */
guint64  fermata_index_set_get_n_copied (const FermataIndexSet *self);

/* The lowest member that is at least @from, or FERMATA_INDEX_NONE. */
guint    fermata_index_set_next      (const FermataIndexSet *self,
                                      guint                  from);
gboolean fermata_index_set_equal     (const FermataIndexSet *a,
                                      const FermataIndexSet *b);

static inline guint
fermata_index_set_get_lowest (const FermataIndexSet *self)
{
  return self->n_members == 0 ? FERMATA_INDEX_NONE : fermata_index_set_next (self, 0);
}

G_END_DECLS
