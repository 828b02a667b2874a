/* fermata-check-ids.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-ids-private.h"

#include <string.h>

/*
 * What is looked at at random is kept small, since on a large document that
 * is what costs: a slot is eight bytes, and only an equal hash leads to the
 * text itself.
 */
typedef struct {
  guint32 hash;
  guint32 entry; /* place in entries + 1; 0: free */
} Slot;

typedef struct {
  const char *id;
  guint number;
} Entry;

struct _FermataCheckIds {
  Slot *slots;
  Entry *entries;
  guint mask;      /* number of slots - 1, their number being a power of two */
  guint n_entries; /* at most half the slots */
  guint n_alloc;
  guint last;      /* the entry that was found last */
};

/* Eight bytes at a time: ids are short, and there are very many. */
static guint32
hash_id (const char *id,
         gsize       length)
{
  guint64 hash = length * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  guint64 word;

  for (; length >= sizeof word; length -= sizeof word, id += sizeof word)
    {
      memcpy (&word, id, sizeof word);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
      hash ^= hash >> 32;
    }

  word = 0;
  memcpy (&word, id, length);
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);

  return (guint32) (hash >> 32);
}

/* The slot of @id, or the free one where it would go. */
static Slot *
find_slot (FermataCheckIds *self,
           const char      *id,
           guint32          hash)
{
  for (guint i = hash & self->mask;; i = (i + 1) & self->mask)
    {
      Slot *slot = &self->slots[i];

      if (slot->entry == 0 ||
          (slot->hash == hash && strcmp (self->entries[slot->entry - 1].id, id) == 0))
        return slot;
    }
}

static void
grow_slots (FermataCheckIds *self)
{
  Slot *old = self->slots;
  guint old_size = self->mask + 1;

  self->mask = old_size * 2 - 1;
  self->slots = g_new0 (Slot, (gsize) self->mask + 1);

  for (guint i = 0; i < old_size; i++)
    {
      if (old[i].entry != 0)
        *find_slot (self, self->entries[old[i].entry - 1].id, old[i].hash) = old[i];
    }

  g_free (old);
}

FermataCheckIds *
fermata_check_ids_new (guint n_expected)
{
  FermataCheckIds *self = g_new0 (FermataCheckIds, 1);
  guint size = 8;

  while (size < n_expected * 2 && size < 1u << 30)
    size *= 2;

  self->mask = size - 1;
  self->slots = g_new0 (Slot, size);
  self->n_alloc = MAX (n_expected, 4);
  self->entries = g_new (Entry, self->n_alloc);

  return self;
}

void
fermata_check_ids_free (FermataCheckIds *self)
{
  g_free (self->slots);
  g_free (self->entries);
  g_free (self);
}

guint
fermata_check_ids_add (FermataCheckIds *self,
                       const char      *id,
                       guint            number)
{
  guint32 hash = hash_id (id, strlen (id));
  Slot *slot = find_slot (self, id, hash);

  if (slot->entry != 0)
    return self->entries[slot->entry - 1].number;

  if (self->n_entries == self->n_alloc)
    {
      self->n_alloc *= 2;
      self->entries = g_renew (Entry, self->entries, self->n_alloc);
    }

  self->entries[self->n_entries++] = (Entry) { id, number };
  *slot = (Slot) { hash, self->n_entries };

  if (self->n_entries * 2 > self->mask)
    grow_slots (self);

  return FERMATA_CHECK_NO_ID;
}

/* The one that was found last, or the one after it: edges mostly stand in the
 * order of their nodes, and then nothing has to be looked for. */
static gboolean
find_nearby (FermataCheckIds *self,
             const char      *id)
{
  for (guint i = self->last; i < self->n_entries && i < self->last + 2; i++)
    {
      if (strcmp (self->entries[i].id, id) == 0)
        {
          self->last = i;
          return TRUE;
        }
    }

  return FALSE;
}

guint
fermata_check_ids_find (FermataCheckIds *self,
                        const char      *id)
{
  Slot *slot;

  if (find_nearby (self, id))
    return self->entries[self->last].number;

  slot = find_slot (self, id, hash_id (id, strlen (id)));
  if (slot->entry == 0)
    return FERMATA_CHECK_NO_ID;

  self->last = slot->entry - 1;

  return self->entries[self->last].number;
}
