/* fermata-shape.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "value/fermata-shape-private.h"

__extension__ typedef unsigned __int128 uint128;

/* Names come from users' files: without a secret, a file could be made whose
 * names all fall into one slot. */
static guint64 hash_secret[2];

static const guint64 *
get_hash_secret (void)
{
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < G_N_ELEMENTS (hash_secret); i++)
        hash_secret[i] = ((guint64) g_random_int () << 32) | g_random_int () | 1;
      g_once_init_leave (&ready, 1);
    }
  return hash_secret;
}

static inline guint64
load (const char *bytes,
      gsize       n_bytes)
{
  guint64 word = 0;

  memcpy (&word, bytes, n_bytes);
  return word;
}

static inline guint64
mix (guint64 a,
     guint64 b)
{
  uint128 product = (uint128) a * b;

  return (guint64) product ^ (guint64) (product >> 64);
}

/* Sixteen bytes a multiplication; the tail is read as two words that may
 * overlap. */
guint32
fermata_key_hash (const char *text,
                  gsize       length)
{
  const guint64 *secret = get_hash_secret ();
  guint64 hash = secret[0] ^ length;
  guint64 a = 0;
  guint64 b = 0;

  for (; length > 16; text += 16, length -= 16)
    hash = mix (load (text, 8) ^ secret[1], load (text + 8, 8) ^ hash);
  if (length >= 8)
    {
      a = load (text, 8);
      b = load (text + length - 8, 8);
    }
  else if (length >= 4)
    {
      a = load (text, 4);
      b = load (text + length - 4, 4);
    }
  else if (length > 0)
    {
      a = ((guint64) (guint8) text[0] << 8) | (guint8) text[length - 1];
      b = (guint8) text[length / 2];
    }
  hash = mix (a ^ secret[1], b ^ hash);
  hash = mix (hash ^ secret[0], secret[1]);
  return (guint32) (hash ^ (hash >> 32));
}

FermataKey *
fermata_key_new (const char *text,
                 gsize       length,
                 guint32     hash)
{
  FermataKey *self;

  g_assert (length < G_MAXUINT32);
  self = g_malloc (sizeof *self + length + 1);
  self->ref_count = 1;
  self->length = (guint32) length;
  self->hash = hash;
  memcpy (self->text, text, length);
  self->text[length] = '\0';
  return self;
}

FermataKey *
fermata_key_ref (FermataKey *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
fermata_key_unref (FermataKey *self)
{
  if (g_atomic_int_dec_and_test (&self->ref_count))
    g_free (self);
}

gsize
fermata_key_index_size (gsize n_keys)
{
  gsize size = 16;

  while (size / 3 * 2 < n_keys)
    size *= 2;
  return size;
}

/* The slot where a name is or, with FALSE, where it would go. */
gboolean
fermata_key_index_find (const guint32     *index,
                        gsize              size,
                        FermataKey *const *keys,
                        const char        *text,
                        gsize              length,
                        guint32            hash,
                        gsize             *slot)
{
  gsize i = hash & (size - 1);

  for (; index[i] != 0; i = (i + 1) & (size - 1))
    {
      const FermataKey *key = keys[index[i] - 1];

      if (key->hash == hash && fermata_key_is (key, text, length))
        break;
    }
  *slot = i;
  return index[i] != 0;
}

/* NULL if a name occurs twice: @duplicate is then the second one. */
guint32 *
fermata_key_index_new (FermataKey *const *keys,
                       gsize              n_keys,
                       gsize              size,
                       gsize             *duplicate)
{
  guint32 *index = g_new0 (guint32, size);
  gsize slot;

  for (gsize i = 0; i < n_keys; i++)
    {
      if (fermata_key_index_find (index, size, keys, keys[i]->text, keys[i]->length,
                                  keys[i]->hash, &slot))
        {
          if (duplicate != NULL)
            *duplicate = i;
          g_free (index);
          return NULL;
        }
      index[slot] = (guint32) i + 1;
    }
  return index;
}

FermataShape *
fermata_shape_new_take (FermataKey *const *keys,
                        gsize              n_keys,
                        guint32           *index)
{
  FermataShape *self = g_malloc (sizeof *self + n_keys * sizeof *keys);

  self->ref_count = 1;
  self->n_names = (guint32) n_keys;
  self->index = index;
  memcpy (self->names, keys, n_keys * sizeof *keys);
  return self;
}

FermataShape *
fermata_shape_ref (FermataShape *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
fermata_shape_unref (FermataShape *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  for (guint32 i = 0; i < self->n_names; i++)
    fermata_key_unref (self->names[i]);
  g_free (self->index);
  g_free (self);
}

/* Two threads may make the index at the same time; one of them wins. */
static const guint32 *
get_index (FermataShape *self)
{
  guint32 *index = g_atomic_pointer_get (&self->index);

  if (index != NULL)
    return index;
  index = fermata_key_index_new (self->names, self->n_names,
                                 fermata_key_index_size (self->n_names), NULL);
  if (g_atomic_pointer_compare_and_exchange (&self->index, NULL, index))
    return index;
  g_free (index);
  return g_atomic_pointer_get (&self->index);
}

static gboolean
find_indexed (FermataShape *self,
              const char   *text,
              gsize         length,
              guint32       hash,
              gsize        *position)
{
  const guint32 *index = get_index (self);
  gsize slot;

  if (!fermata_key_index_find (index, fermata_key_index_size (self->n_names),
                               self->names, text, length, hash, &slot))
    return FALSE;
  *position = index[slot] - 1;
  return TRUE;
}

gboolean
fermata_shape_find (FermataShape *self,
                    const char   *text,
                    gsize         length,
                    gsize        *position)
{
  if (self->n_names > FERMATA_SHAPE_MAX_UNINDEXED)
    return find_indexed (self, text, length, fermata_key_hash (text, length), position);

  for (guint32 i = 0; i < self->n_names; i++)
    {
      if (fermata_key_is (self->names[i], text, length))
        {
          *position = i;
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
fermata_shape_find_key (FermataShape     *self,
                        const FermataKey *key,
                        gsize            *position)
{
  if (self->n_names > FERMATA_SHAPE_MAX_UNINDEXED)
    return find_indexed (self, key->text, key->length, key->hash, position);
  return fermata_shape_find (self, key->text, key->length, position);
}
