/* fermata-shape-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <string.h>

#include <glib.h>

G_BEGIN_DECLS

/* The names of an object, apart from its values, so that objects with the
 * same names in the same order can share them.
 *
 * A key is one name; a shape is the list of an object's names, each once.
 * Both are immutable, atomically reference-counted, and owned by whoever
 * refers to them: there is no global table of names. */

typedef struct {
  gint ref_count;
  guint32 length;
  guint32 hash;                 /* fermata_key_hash () of the text */
  char text[];                  /* length bytes and a NUL */
} FermataKey;

typedef struct {
  gint ref_count;
  guint32 n_names;
  guint32 *index;               /* made by the first lookup that needs it */
  FermataKey *names[];
} FermataShape;

/* Objects with no more members than this are searched one by one. */
#define FERMATA_SHAPE_MAX_UNINDEXED 8

guint32       fermata_key_hash        (const char         *text,
                                       gsize               length);
FermataKey   *fermata_key_new         (const char         *text,
                                       gsize               length,
                                       guint32             hash);
FermataKey   *fermata_key_ref         (FermataKey         *self);
void          fermata_key_unref       (FermataKey         *self);

static inline gboolean
fermata_key_is (const FermataKey *self,
                const char       *text,
                gsize             length)
{
  return self->length == length && memcmp (self->text, text, length) == 0;
}

/* An index maps names to their positions in an array of keys. It is an open
 * hash table of position + 1, 0 where free, never more than two thirds full. */
gsize         fermata_key_index_size  (gsize               n_keys);
guint32      *fermata_key_index_new   (FermataKey *const  *keys,
                                       gsize               n_keys,
                                       gsize               size,
                                       gsize              *duplicate);
gboolean      fermata_key_index_find  (const guint32      *index,
                                       gsize               size,
                                       FermataKey *const  *keys,
                                       const char         *text,
                                       gsize               length,
                                       guint32             hash,
                                       gsize              *slot);

/* Takes the references to @keys, and @index, which may be NULL. The keys must
 * be distinct. */
FermataShape *fermata_shape_new_take  (FermataKey *const  *keys,
                                       gsize               n_keys,
                                       guint32            *index);
FermataShape *fermata_shape_ref       (FermataShape       *self);
void          fermata_shape_unref     (FermataShape       *self);
gboolean      fermata_shape_find      (FermataShape       *self,
                                       const char         *text,
                                       gsize               length,
                                       gsize              *position);
gboolean      fermata_shape_find_key  (FermataShape       *self,
                                       const FermataKey   *key,
                                       gsize              *position);

G_END_DECLS
