/* fermata-sessions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-sessions-private.h"

FermataSessions *
fermata_sessions_new (gpointer engine)
{
  FermataSessions *self = g_new0 (FermataSessions, 1);

  self->ref_count = 1;
  self->engine = engine;
  self->processors = g_ptr_array_new_with_free_func (g_object_unref);
  self->runs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                      (GDestroyNotify) g_ptr_array_unref);

  return self;
}

FermataSessions *
fermata_sessions_ref (FermataSessions *self)
{
  self->ref_count++;

  return self;
}

void
fermata_sessions_unref (FermataSessions *self)
{
  if (--self->ref_count > 0)
    return;

  g_ptr_array_unref (self->processors);
  g_hash_table_unref (self->runs);
  g_free (self);
}

/* Several have the same seed where somebody has chosen it. */
void
fermata_sessions_add (FermataSessions *self,
                      guint64          seed,
                      FermataRun      *run)
{
  GPtrArray *runs = g_hash_table_lookup (self->runs, &seed);

  if (runs == NULL)
    {
      runs = g_ptr_array_new ();
      g_hash_table_insert (self->runs, g_memdup2 (&seed, sizeof seed), runs);
    }
  g_ptr_array_add (runs, run);
}

void
fermata_sessions_remove (FermataSessions *self,
                         guint64          seed,
                         FermataRun      *run)
{
  GPtrArray *runs = g_hash_table_lookup (self->runs, &seed);

  if (runs != NULL && g_ptr_array_remove (runs, run) && runs->len == 0)
    g_hash_table_remove (self->runs, &seed);
}

FermataRun *
fermata_sessions_find (FermataSessions *self,
                       guint64          seed)
{
  GPtrArray *runs = g_hash_table_lookup (self->runs, &seed);

  return runs == NULL ? NULL : runs->pdata[0];
}

FermataEventProcessor *
fermata_sessions_find_processor (FermataSessions *self,
                                 const char      *type)
{
  for (guint i = 0; i < self->processors->len; i++)
    {
      if (fermata_event_processor_serves (self->processors->pdata[i], type))
        return self->processors->pdata[i];
    }

  return NULL;
}
