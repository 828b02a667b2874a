/* fermata-element-list.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-element-list-private.h"

#include <string.h>

#define CHUNK_SIZE 512u

/* Invariants: no chunk is empty; each element's `chunk` is the one that holds
 * it; `first` and `place` are right for the chunks before `n_counted`. */
struct _FermataElementChunk {
  FermataElementList *list;
  FermataElement **elements;
  guint n_elements;
  guint n_allocated;
  guint first; /* the position of the chunk's first element */
  guint place; /* the chunk's index in `chunks` */
};

struct _FermataElementList {
  GObject parent_instance;

  GType item_type;
  gpointer owner;
  GPtrArray *chunks;
  guint n_elements;
  guint n_counted;
  guint last; /* the chunk that was asked for last: a walk asks again */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataElementList, fermata_element_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static guint items_changed_signal;

static FermataElementChunk *
chunk_new (FermataElementList *list)
{
  FermataElementChunk *chunk = g_new0 (FermataElementChunk, 1);

  chunk->list = list;
  return chunk;
}

static void
chunk_free (FermataElementChunk *chunk)
{
  g_free (chunk->elements);
  g_free (chunk);
}

static void
chunk_reserve (FermataElementChunk *chunk,
               guint                n_elements)
{
  if (n_elements <= chunk->n_allocated)
    return;
  chunk->n_allocated = CLAMP (chunk->n_allocated * 2, MAX (n_elements, 4), CHUNK_SIZE);
  chunk->elements = g_renew (FermataElement *, chunk->elements, chunk->n_allocated);
}

static void
fermata_element_list_finalize (GObject *object)
{
  FermataElementList *self = FERMATA_ELEMENT_LIST (object);

  for (guint i = 0; i < self->chunks->len; i++)
    {
      FermataElementChunk *chunk = g_ptr_array_index (self->chunks, i);

      for (guint j = 0; j < chunk->n_elements; j++)
        {
          chunk->elements[j]->chunk = NULL;
          g_object_unref (chunk->elements[j]);
        }
      chunk_free (chunk);
    }
  g_ptr_array_unref (self->chunks);

  G_OBJECT_CLASS (fermata_element_list_parent_class)->finalize (object);
}

static void
fermata_element_list_class_init (FermataElementListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_element_list_finalize;

  items_changed_signal = g_signal_lookup ("items-changed", G_TYPE_LIST_MODEL);
}

static void
fermata_element_list_init (FermataElementList *self)
{
  self->chunks = g_ptr_array_new ();
}

static GType
get_item_type (GListModel *model)
{
  return FERMATA_ELEMENT_LIST (model)->item_type;
}

static guint
get_n_items (GListModel *model)
{
  return FERMATA_ELEMENT_LIST (model)->n_elements;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  FermataElement *element = fermata_element_list_get (FERMATA_ELEMENT_LIST (model), position);

  return element != NULL ? g_object_ref (element) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

FermataElementList *
fermata_element_list_new (GType    item_type,
                          gpointer owner)
{
  FermataElementList *self = g_object_new (FERMATA_TYPE_ELEMENT_LIST, NULL);

  self->item_type = item_type;
  self->owner = owner;
  return self;
}

void
fermata_element_list_disown (FermataElementList *self)
{
  self->owner = NULL;
}

gpointer
fermata_element_list_get_owner (FermataElementList *self)
{
  return self->owner;
}

guint
fermata_element_list_get_size (FermataElementList *self)
{
  return self->n_elements;
}

static void
count_chunks (FermataElementList *self)
{
  guint first = 0;

  if (self->n_counted > 0)
    {
      FermataElementChunk *before = g_ptr_array_index (self->chunks, self->n_counted - 1);

      first = before->first + before->n_elements;
    }
  for (; self->n_counted < self->chunks->len; self->n_counted++)
    {
      FermataElementChunk *chunk = g_ptr_array_index (self->chunks, self->n_counted);

      chunk->first = first;
      chunk->place = self->n_counted;
      first += chunk->n_elements;
    }
}

static gboolean
chunk_has (FermataElementChunk *chunk,
           guint                position)
{
  return position >= chunk->first && position - chunk->first < chunk->n_elements;
}

/* The chunk with the element at @position, which exists. */
static FermataElementChunk *
find_chunk (FermataElementList *self,
            guint               position)
{
  guint low = 0;
  guint high;

  count_chunks (self);
  if (self->last < self->chunks->len)
    {
      FermataElementChunk *chunk = g_ptr_array_index (self->chunks, self->last);

      if (chunk_has (chunk, position))
        return chunk;
    }

  high = self->chunks->len;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;
      FermataElementChunk *chunk = g_ptr_array_index (self->chunks, middle);

      if (chunk->first <= position)
        low = middle;
      else
        high = middle;
    }
  self->last = low;
  return g_ptr_array_index (self->chunks, low);
}

FermataElement *
fermata_element_list_get (FermataElementList *self,
                          guint               position)
{
  FermataElementChunk *chunk;

  if (position >= self->n_elements)
    return NULL;
  chunk = find_chunk (self, position);
  return chunk->elements[position - chunk->first];
}

static void
chunk_insert (FermataElementChunk *chunk,
              guint                slot,
              FermataElement      *element)
{
  chunk_reserve (chunk, chunk->n_elements + 1);
  memmove (chunk->elements + slot + 1, chunk->elements + slot,
           (chunk->n_elements - slot) * sizeof (FermataElement *));
  chunk->elements[slot] = element;
  chunk->n_elements++;
  chunk->list->n_elements++;
  element->chunk = chunk;
  element->slot = slot;
}

void
fermata_element_list_append (FermataElementList *self,
                             FermataElement     *element)
{
  FermataElementChunk *chunk = NULL;

  g_assert (element->chunk == NULL);

  if (self->chunks->len > 0)
    chunk = g_ptr_array_index (self->chunks, self->chunks->len - 1);
  if (chunk == NULL || chunk->n_elements == CHUNK_SIZE)
    {
      chunk = chunk_new (self);
      g_ptr_array_add (self->chunks, chunk);
    }
  chunk_insert (chunk, chunk->n_elements, element);
}

/* Moves the second half of a full chunk into a new one behind it. */
static void
split_chunk (FermataElementList  *self,
             FermataElementChunk *chunk)
{
  FermataElementChunk *behind = chunk_new (self);
  guint half = chunk->n_elements / 2;

  behind->n_elements = chunk->n_elements - half;
  chunk_reserve (behind, behind->n_elements);
  memcpy (behind->elements, chunk->elements + half,
          behind->n_elements * sizeof (FermataElement *));
  for (guint i = 0; i < behind->n_elements; i++)
    behind->elements[i]->chunk = behind;
  chunk->n_elements = half;
  g_ptr_array_insert (self->chunks, chunk->place + 1, behind);
  self->n_counted = MIN (self->n_counted, chunk->place + 1);
}

void
fermata_element_list_insert (FermataElementList *self,
                             guint               position,
                             FermataElement     *element)
{
  FermataElementChunk *chunk;

  g_assert (element->chunk == NULL);
  g_assert (position <= self->n_elements);

  if (position == self->n_elements)
    {
      fermata_element_list_append (self, element);
      return;
    }

  chunk = find_chunk (self, position);
  if (chunk->n_elements == CHUNK_SIZE)
    {
      split_chunk (self, chunk);
      chunk = find_chunk (self, position);
    }
  chunk_insert (chunk, position - chunk->first, element);
  self->n_counted = MIN (self->n_counted, chunk->place + 1);
}

FermataElement *
fermata_element_list_take (FermataElementList *self,
                           guint               position)
{
  FermataElementChunk *chunk;
  FermataElement *element;
  guint slot;

  g_assert (position < self->n_elements);

  chunk = find_chunk (self, position);
  slot = position - chunk->first;
  element = chunk->elements[slot];
  memmove (chunk->elements + slot, chunk->elements + slot + 1,
           (chunk->n_elements - slot - 1) * sizeof (FermataElement *));
  chunk->n_elements--;
  self->n_elements--;
  element->chunk = NULL;
  self->n_counted = MIN (self->n_counted, chunk->place + 1);
  if (chunk->n_elements == 0)
    {
      self->n_counted = MIN (self->n_counted, chunk->place);
      g_ptr_array_remove_index (self->chunks, chunk->place);
      chunk_free (chunk);
    }
  return element;
}

void
fermata_element_list_tell (FermataElementList *self,
                           guint               position,
                           guint               removed,
                           guint               added)
{
  if (g_signal_has_handler_pending (self, items_changed_signal, 0, TRUE))
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

FermataElementList *
fermata_element_get_list (FermataElement *element)
{
  return element->chunk != NULL ? element->chunk->list : NULL;
}

gpointer
fermata_element_get_owner (FermataElement *element)
{
  return element->chunk != NULL ? element->chunk->list->owner : NULL;
}

static guint
find_slot (FermataElement *element)
{
  FermataElementChunk *chunk = element->chunk;
  guint slot = element->slot;

  if (slot < chunk->n_elements && chunk->elements[slot] == element)
    return slot;
  for (slot = 0; chunk->elements[slot] != element; slot++)
    g_assert (slot + 1 < chunk->n_elements);
  element->slot = slot;
  return slot;
}

guint
fermata_element_get_position (FermataElement *element)
{
  FermataElementChunk *chunk = element->chunk;

  if (chunk == NULL)
    return 0;
  count_chunks (chunk->list);
  return chunk->first + find_slot (element);
}
