/* fermata-trie-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A trie maps numbers to pointers, few or many and however far apart, and can
 * be copied for next to nothing. What is removed costs no memory any more, but
 * for one node.
 *
 * It is a tree of nodes with 64 slots each, no higher than the distance between
 * the numbers in it needs: what they have in common is @prefix, so that numbers
 * that come and go in order are as cheap when they are large. A copy shares all
 * nodes; a write copies those on its way, unless they are its own. Entries can
 * bear marks: the lowest entry with a mark is found in a few steps.
 *
 * Invariants: a node with one reference belongs to one trie alone and may be
 * written in place; no node but the root is without entries; a node has a mark
 * at a slot exactly when something below it bears it. Counts are plain
 * integers: tries belong to the thread of their run.
 */

typedef struct {
  gpointer (*ref)   (gpointer value);
  void     (*unref) (gpointer value);
} FermataTrieFuncs;

#define FERMATA_TRIE_MARKS 4

typedef struct _FermataTrieNode FermataTrieNode;

/* @height is the number of levels; without a root, 0. @prefix is what the numbers
 * are above those levels. */
typedef struct {
  const FermataTrieFuncs *funcs;
  FermataTrieNode *root;
  guint height;
  guint32 prefix;
  guint n_entries;
  guint64 n_copied;
} FermataTrie;

void     fermata_trie_init      (FermataTrie            *self,
                                 const FermataTrieFuncs *funcs);
void     fermata_trie_init_copy (FermataTrie            *self,
                                 const FermataTrie      *other);
void     fermata_trie_clear     (FermataTrie            *self);
gpointer fermata_trie_get       (const FermataTrie      *self,
                                 guint32                 key);

/* The entry at @key, which is there; the way to it belongs to this trie alone from
 * then on. */
gpointer fermata_trie_own       (FermataTrie            *self,
                                 guint32                 key);

/* Takes over @value, which is not NULL; what was there is dropped. Marks stay. */
void     fermata_trie_set       (FermataTrie            *self,
                                 guint32                 key,
                                 gpointer                value);
void     fermata_trie_remove    (FermataTrie            *self,
                                 guint32                 key);

/* The entry at @key, which is there, gets or loses a mark. */
void     fermata_trie_mark      (FermataTrie            *self,
                                 guint32                 key,
                                 guint                   mark,
                                 gboolean                set);

/* The first entry from @key on: FALSE if there is none; with @mark, from 0, of
 * those that bear it; with FERMATA_TRIE_ANY of all. */
#define FERMATA_TRIE_ANY G_MAXUINT
gboolean fermata_trie_next      (const FermataTrie      *self,
                                 guint32                 key,
                                 guint                   mark,
                                 guint32                *found,
                                 gpointer               *value);

/* Same keys, equal values, same marks. */
gboolean fermata_trie_equal     (const FermataTrie      *a,
                                 const FermataTrie      *b,
                                 gboolean              (*equal) (gconstpointer a,
                                                                 gconstpointer b));

G_END_DECLS
