/* fermata-index-list.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-index-list-private.h"

#include <string.h>

static FermataIndexList *
list_new (guint n_allocated)
{
  FermataIndexList *self = g_malloc (sizeof *self + n_allocated * sizeof self->indices[0]);

  self->ref_count = 1;
  self->n = 0;
  self->n_allocated = n_allocated;

  return self;
}

FermataIndexList *
fermata_index_list_ref (FermataIndexList *self)
{
  if (self != NULL)
    self->ref_count++;

  return self;
}

void
fermata_index_list_clear (FermataIndexList **self)
{
  FermataIndexList *list = *self;

  *self = NULL;
  if (list != NULL && --list->ref_count == 0)
    g_free (list);
}

gboolean
fermata_index_list_equal (const FermataIndexList *a,
                          const FermataIndexList *b)
{
  guint n = fermata_index_list_get_n (a);

  return n == fermata_index_list_get_n (b)
         && (n == 0 || memcmp (a->indices, b->indices, n * sizeof a->indices[0]) == 0);
}

/* Makes it the caller's own, with room for one more. */
static FermataIndexList *
own (FermataIndexList **self)
{
  FermataIndexList *list = *self;
  FermataIndexList *copy;
  guint n = fermata_index_list_get_n (list);

  if (list != NULL && list->ref_count == 1 && n < list->n_allocated)
    return list;

  copy = list_new (MAX (8, n + n / 2 + 1));
  copy->n = n;
  if (n > 0)
    memcpy (copy->indices, list->indices, n * sizeof list->indices[0]);
  fermata_index_list_clear (self);
  *self = copy;

  return copy;
}

void
fermata_index_list_empty (FermataIndexList **self)
{
  if (*self == NULL)
    return;

  if ((*self)->ref_count == 1)
    (*self)->n = 0;
  else
    fermata_index_list_clear (self);
}

void
fermata_index_list_append (FermataIndexList **self,
                           guint32            index)
{
  FermataIndexList *list = own (self);

  list->indices[list->n++] = index;
}

guint
fermata_index_list_find (const FermataIndexList *self,
                         guint32                 index)
{
  guint low = 0;
  guint high = fermata_index_list_get_n (self);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->indices[middle] < index)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

gboolean
fermata_index_list_insert (FermataIndexList **self,
                           guint32            index)
{
  guint position = fermata_index_list_find (*self, index);
  FermataIndexList *list;

  if (position < fermata_index_list_get_n (*self) && (*self)->indices[position] == index)
    return FALSE;

  list = own (self);
  memmove (&list->indices[position + 1], &list->indices[position],
           (list->n - position) * sizeof list->indices[0]);
  list->indices[position] = index;
  list->n++;

  return TRUE;
}

gboolean
fermata_index_list_remove (FermataIndexList **self,
                           guint32            index)
{
  guint position = fermata_index_list_find (*self, index);
  FermataIndexList *list;

  if (position == fermata_index_list_get_n (*self) || (*self)->indices[position] != index)
    return FALSE;

  list = own (self);
  list->n--;
  memmove (&list->indices[position], &list->indices[position + 1],
           (list->n - position) * sizeof list->indices[0]);

  return TRUE;
}
