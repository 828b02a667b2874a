/* fermata-sends.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-sends-private.h"

static FermataValue *
ref_or_null (FermataValue *value)
{
  return value == NULL ? NULL : fermata_value_ref (value);
}

FermataSend *
fermata_send_ref (FermataSend *self)
{
  self->ref_count++;

  return self;
}

void
fermata_send_unref (FermataSend *self)
{
  if (--self->ref_count > 0)
    return;

  g_clear_pointer (&self->type, fermata_value_unref);
  g_clear_pointer (&self->to, fermata_value_unref);
  g_clear_pointer (&self->id, fermata_value_unref);
  g_clear_pointer (&self->event, fermata_value_unref);
  g_free (self);
}

static gpointer
ref_entry (gpointer value)
{
  return fermata_send_ref (value);
}

static void
unref_entry (gpointer value)
{
  fermata_send_unref (value);
}

static const FermataTrieFuncs entry_funcs = { ref_entry, unref_entry };

void
fermata_sends_init (FermataSends *self)
{
  fermata_trie_init (&self->entries, &entry_funcs);
  self->n_sent = 0;
}

void
fermata_sends_init_copy (FermataSends       *self,
                         const FermataSends *other)
{
  fermata_trie_init_copy (&self->entries, &other->entries);
  self->n_sent = other->n_sent;
}

void
fermata_sends_clear (FermataSends *self)
{
  fermata_trie_clear (&self->entries);
}

static gboolean
values_equal (FermataValue *a,
              FermataValue *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return fermata_value_equal (a, b);
}

static gboolean
entries_equal (gconstpointer a,
               gconstpointer b)
{
  const FermataSend *one = a;
  const FermataSend *other = b;

  return one->kind == other->kind
         && one->frame == other->frame
         && one->task == other->task
         && values_equal (one->type, other->type)
         && values_equal (one->to, other->to)
         && values_equal (one->id, other->id)
         && values_equal (one->event, other->event);
}

gboolean
fermata_sends_equal (const FermataSends *a,
                     const FermataSends *b)
{
  return a->n_sent == b->n_sent && fermata_trie_equal (&a->entries, &b->entries, entries_equal);
}

void
fermata_sends_add (FermataSends      *self,
                   const FermataSend *send)
{
  FermataSend *entry = g_memdup2 (send, sizeof *send);

  entry->ref_count = 1;
  ref_or_null (entry->type);
  ref_or_null (entry->to);
  ref_or_null (entry->id);
  ref_or_null (entry->event);
  fermata_trie_set (&self->entries, ++self->n_sent, entry);
}

FermataSend *
fermata_sends_get (const FermataSends *self,
                   guint32             number)
{
  return fermata_trie_get (&self->entries, number);
}

void
fermata_sends_remove (FermataSends *self,
                      guint32       number)
{
  if (fermata_sends_get (self, number) != NULL)
    fermata_trie_remove (&self->entries, number);
}
