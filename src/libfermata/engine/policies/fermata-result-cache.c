/* fermata-result-cache.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/policies/fermata-result-cache-private.h"

#include <string.h>

/* What an entry takes besides its key and its value. */
#define ENTRY_SIZE 200

/* What an element of a container takes besides a text in it. */
#define SLOT_SIZE 16

typedef struct {
  GList link;       /* in the order of use, the latest first */
  char *key;
  FermataValue *value;
  gint64 expires;   /* G_MAXINT64: never */
  gsize size;
} Entry;

struct _FermataResultCache {
  FermataClock *clock;
  GHashTable *entries;      /* key -> Entry */
  GQueue by_use;
  gsize size;
  gsize max_size;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->key);
  fermata_value_unref (entry->value);
  g_free (entry);
}

FermataResultCache *
fermata_result_cache_new (FermataClock *clock,
                          gsize         max_size)
{
  FermataResultCache *self = g_new0 (FermataResultCache, 1);

  self->clock = g_object_ref (clock);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  g_queue_init (&self->by_use);
  self->max_size = max_size;

  return self;
}

void
fermata_result_cache_free (FermataResultCache *self)
{
  g_hash_table_unref (self->entries);
  g_object_unref (self->clock);
  g_free (self);
}

/* About how many bytes a value takes, or more than @most: what is shared with
 * others counts too. */
static gsize
estimate_size (FermataValue *value,
               gsize         most)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  gsize size = 0;

  g_ptr_array_add (waiting, value);
  while (waiting->len > 0 && size <= most)
    {
      FermataValue *next = g_ptr_array_steal_index_fast (waiting, waiting->len - 1);
      FermataValueKind kind = fermata_value_get_kind (next);
      gsize n = fermata_value_get_length (next);

      size += SLOT_SIZE;
      if (kind == FERMATA_VALUE_KIND_STRING)
        {
          gsize length;

          fermata_value_get_string (next, &length);
          size += length;
        }
      if (kind != FERMATA_VALUE_KIND_ARRAY && kind != FERMATA_VALUE_KIND_OBJECT)
        continue;

      size += SLOT_SIZE * n;
      for (gsize i = 0; i < n && size <= most; i++)
        g_ptr_array_add (waiting, fermata_value_get_element (next, i));
    }

  return size;
}

static void
drop (FermataResultCache *self,
      Entry              *entry)
{
  self->size -= entry->size;
  g_queue_unlink (&self->by_use, &entry->link);
  g_hash_table_remove (self->entries, entry->key);
}

FermataValue *
fermata_result_cache_lookup (FermataResultCache *self,
                             const char         *key)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    return NULL;

  if (entry->expires <= fermata_clock_get_time (self->clock))
    {
      drop (self, entry);
      return NULL;
    }

  g_queue_unlink (&self->by_use, &entry->link);
  g_queue_push_head_link (&self->by_use, &entry->link);

  return fermata_value_ref (entry->value);
}

void
fermata_result_cache_store (FermataResultCache *self,
                            const char         *key,
                            FermataValue       *value,
                            gint64              ttl)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);
  gint64 now = fermata_clock_get_time (self->clock);
  gsize size = ENTRY_SIZE + strlen (key) + estimate_size (value, self->max_size);

  if (entry != NULL)
    drop (self, entry);
  if (size > self->max_size || ttl == 0)
    return;

  while (self->size + size > self->max_size)
    drop (self, self->by_use.tail->data);

  entry = g_new0 (Entry, 1);
  entry->link.data = entry;
  entry->key = g_strdup (key);
  entry->value = fermata_value_ref (value);
  entry->expires = ttl < 0 || ttl > G_MAXINT64 - now ? G_MAXINT64 : now + ttl;
  entry->size = size;

  self->size += size;
  g_queue_push_head_link (&self->by_use, &entry->link);
  g_hash_table_insert (self->entries, entry->key, entry);
}

guint
fermata_result_cache_get_n (FermataResultCache *self)
{
  return g_hash_table_size (self->entries);
}

gsize
fermata_result_cache_get_size (FermataResultCache *self)
{
  return self->size;
}
