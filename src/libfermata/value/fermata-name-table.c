/* fermata-name-table.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-name-table-private.h"

#define FIRST_SIZE 64

/* Two open hash tables, never more than half full. */
struct _FermataNameTable {
  FermataKey **keys;
  gsize keys_size;
  gsize n_keys;
  FermataShapeNote **notes;
  gsize notes_size;
  gsize n_notes;
};

FermataNameTable *
fermata_name_table_new (void)
{
  FermataNameTable *self = g_new0 (FermataNameTable, 1);

  self->keys_size = FIRST_SIZE;
  self->keys = g_new0 (FermataKey *, self->keys_size);
  self->notes_size = FIRST_SIZE;
  self->notes = g_new0 (FermataShapeNote *, self->notes_size);
  return self;
}

void
fermata_name_table_free (FermataNameTable *self)
{
  for (gsize i = 0; i < self->notes_size; i++)
    {
      if (self->notes[i] != NULL)
        fermata_shape_unref (self->notes[i]->shape);
      g_free (self->notes[i]);
    }
  for (gsize i = 0; i < self->keys_size; i++)
    {
      if (self->keys[i] != NULL)
        fermata_key_unref (self->keys[i]);
    }
  g_free (self->notes);
  g_free (self->keys);
  g_free (self);
}

static void
grow_keys (FermataNameTable *self)
{
  g_autofree FermataKey **old = self->keys;
  gsize old_size = self->keys_size;

  self->keys_size *= 2;
  self->keys = g_new0 (FermataKey *, self->keys_size);
  for (gsize i = 0; i < old_size; i++)
    {
      gsize slot = old[i] != NULL ? old[i]->hash & (self->keys_size - 1) : 0;

      if (old[i] == NULL)
        continue;
      while (self->keys[slot] != NULL)
        slot = (slot + 1) & (self->keys_size - 1);
      self->keys[slot] = old[i];
    }
}

FermataKey *
fermata_name_table_get_key (FermataNameTable *self,
                            const char       *name,
                            gsize             length)
{
  guint32 hash = fermata_key_hash (name, length);
  gsize slot = hash & (self->keys_size - 1);

  for (; self->keys[slot] != NULL; slot = (slot + 1) & (self->keys_size - 1))
    {
      if (self->keys[slot]->hash == hash && fermata_key_is (self->keys[slot], name, length))
        return self->keys[slot];
    }

  if (2 * ++self->n_keys > self->keys_size)
    {
      grow_keys (self);
      for (slot = hash & (self->keys_size - 1); self->keys[slot] != NULL;)
        slot = (slot + 1) & (self->keys_size - 1);
    }
  self->keys[slot] = fermata_key_new (name, length, hash);
  return self->keys[slot];
}

/* The order of the names counts. */
static guint32
hash_keys (FermataKey *const *keys,
           gsize              n_keys)
{
  guint64 hash = n_keys;

  for (gsize i = 0; i < n_keys; i++)
    hash = (hash ^ keys[i]->hash) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + (hash >> 32);
  return (guint32) (hash >> 32);
}

static void
grow_notes (FermataNameTable *self)
{
  g_autofree FermataShapeNote **old = self->notes;
  gsize old_size = self->notes_size;

  self->notes_size *= 2;
  self->notes = g_new0 (FermataShapeNote *, self->notes_size);
  for (gsize i = 0; i < old_size; i++)
    {
      gsize slot = old[i] != NULL ? old[i]->hash & (self->notes_size - 1) : 0;

      if (old[i] == NULL)
        continue;
      while (self->notes[slot] != NULL)
        slot = (slot + 1) & (self->notes_size - 1);
      self->notes[slot] = old[i];
    }
}

static gboolean
are_distinct (FermataKey *const *keys,
              gsize              n_keys,
              guint32          **index)
{
  if (n_keys > FERMATA_SHAPE_MAX_UNINDEXED)
    {
      *index = fermata_key_index_new (keys, n_keys, fermata_key_index_size (n_keys), NULL);
      return *index != NULL;
    }
  for (gsize i = 1; i < n_keys; i++)
    {
      for (gsize j = 0; j < i; j++)
        {
          if (keys[i] == keys[j])
            return FALSE;
        }
    }
  return TRUE;
}

static FermataShapeNote *
note_new (FermataKey *const *keys,
          gsize              n_keys,
          guint32            hash)
{
  FermataShapeNote *note;
  guint32 *index = NULL;

  if (!are_distinct (keys, n_keys, &index))
    return NULL;
  for (gsize i = 0; i < n_keys; i++)
    fermata_key_ref (keys[i]);
  note = g_malloc0 (sizeof *note + n_keys * sizeof *note->members);
  note->shape = fermata_shape_new_take (keys, n_keys, index);
  note->hash = hash;
  return note;
}

FermataShapeNote *
fermata_name_table_get_shape (FermataNameTable  *self,
                              FermataKey *const *keys,
                              gsize              n_keys)
{
  guint32 hash = hash_keys (keys, n_keys);
  gsize slot = hash & (self->notes_size - 1);
  FermataShapeNote *note;

  for (; self->notes[slot] != NULL; slot = (slot + 1) & (self->notes_size - 1))
    {
      const FermataShape *shape = self->notes[slot]->shape;

      if (self->notes[slot]->hash == hash && shape->n_names == n_keys &&
          memcmp (shape->names, keys, n_keys * sizeof *keys) == 0)
        return self->notes[slot];
    }

  note = note_new (keys, n_keys, hash);
  if (note == NULL)
    return NULL;
  if (2 * ++self->n_notes > self->notes_size)
    {
      grow_notes (self);
      for (slot = hash & (self->notes_size - 1); self->notes[slot] != NULL;)
        slot = (slot + 1) & (self->notes_size - 1);
    }
  self->notes[slot] = note;
  return note;
}
