/* fermata-dot-names.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-dot-names-private.h"

/*
 * cgraph keeps subgraphs in the order of numbers that it gives to names, and by
 * itself it takes for these where the names are in memory. Here the first name
 * has the first number, so that clusters are written in the order in which they
 * were made, and the same graph as the same text.
 */
typedef struct {
  Agraph_t *graph;
  GHashTable *numbers[AGEDGE + 1]; /* by kind: name -> number */
  GPtrArray *names;                /* by number, cgraph's; NULL without one */
} Names;

static void *
names_open (Agraph_t *graph,
            Agdisc_t *discipline)
{
  Names *self = g_new0 (Names, 1);

  for (guint i = 0; i < G_N_ELEMENTS (self->numbers); i++)
    self->numbers[i] = g_hash_table_new (g_str_hash, g_str_equal);
  self->graph = graph;
  self->names = g_ptr_array_new ();
  g_ptr_array_add (self->names, NULL);

  return self;
}

/* Both directions of an edge are one. */
static GHashTable *
get_numbers (Names *self,
             int    kind)
{
  return self->numbers[MIN (kind, AGEDGE)];
}

static long
names_map (void   *state,
           int     kind,
           char   *name,
           IDTYPE *number,
           int     create)
{
  Names *self = state;
  gpointer found = name != NULL ? g_hash_table_lookup (get_numbers (self, kind), name) : NULL;

  if (found == NULL)
    {
      /* cgraph looks before the text for what it says of strings of its own */
      char *kept = name != NULL && create ? agstrdup (self->graph, name) : NULL;

      if (!create)
        return FALSE;
      found = GUINT_TO_POINTER (self->names->len);
      g_ptr_array_add (self->names, kept);
      if (kept != NULL)
        g_hash_table_insert (get_numbers (self, kind), kept, found);
    }
  *number = GPOINTER_TO_UINT (found);

  return TRUE;
}

static long
names_alloc (void   *state,
             int     kind,
             IDTYPE  number)
{
  return FALSE;
}

static void
names_free (void   *state,
            int     kind,
            IDTYPE  number)
{
}

static char *
names_print (void   *state,
             int     kind,
             IDTYPE  number)
{
  Names *self = state;

  return number < self->names->len ? self->names->pdata[number] : NULL;
}

static void
names_close (void *state)
{
  Names *self = state;

  for (guint i = 0; i < G_N_ELEMENTS (self->numbers); i++)
    g_hash_table_unref (self->numbers[i]);
  g_ptr_array_unref (self->names);
  g_free (self);
}

static void
names_register (void *state,
                int   kind,
                void *object)
{
}

static Agiddisc_t names_discipline = {
  names_open, names_map, names_alloc, names_free, names_print, names_close, names_register,
};

Agdisc_t fermata_dot_names_discipline = { NULL, &names_discipline, NULL };
