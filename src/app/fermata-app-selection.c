/* fermata-app-selection.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-selection.h"

struct _FermataAppSelection {
  GObject parent_instance;

  GPtrArray *elements;    /* references */
  GHashTable *places;     /* element -> its index in @elements */
};

static GType
fermata_app_selection_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
fermata_app_selection_get_n_items (GListModel *model)
{
  return FERMATA_APP_SELECTION (model)->elements->len;
}

static gpointer
fermata_app_selection_get_item (GListModel *model,
                                guint       position)
{
  FermataAppSelection *self = FERMATA_APP_SELECTION (model);

  return position < self->elements->len ? g_object_ref (self->elements->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = fermata_app_selection_get_item_type;
  iface->get_n_items = fermata_app_selection_get_n_items;
  iface->get_item = fermata_app_selection_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FermataAppSelection, fermata_app_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
fermata_app_selection_finalize (GObject *object)
{
  FermataAppSelection *self = FERMATA_APP_SELECTION (object);

  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->elements);

  G_OBJECT_CLASS (fermata_app_selection_parent_class)->finalize (object);
}

static void
fermata_app_selection_class_init (FermataAppSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_app_selection_finalize;
}

static void
fermata_app_selection_init (FermataAppSelection *self)
{
  self->elements = g_ptr_array_new_with_free_func (g_object_unref);
  self->places = g_hash_table_new (NULL, NULL);
}

FermataAppSelection *
fermata_app_selection_new (void)
{
  return g_object_new (FERMATA_TYPE_APP_SELECTION, NULL);
}

guint
fermata_app_selection_get_n (FermataAppSelection *self)
{
  return self->elements->len;
}

gpointer
fermata_app_selection_get_only (FermataAppSelection *self)
{
  return self->elements->len == 1 ? self->elements->pdata[0] : NULL;
}

gboolean
fermata_app_selection_contains (FermataAppSelection *self,
                                gpointer             element)
{
  return g_hash_table_contains (self->places, element);
}

void
fermata_app_selection_clear (FermataAppSelection *self)
{
  fermata_app_selection_set (self, NULL, 0);
}

static void
append (FermataAppSelection *self,
        gpointer             element)
{
  g_hash_table_insert (self->places, element, GUINT_TO_POINTER (self->elements->len));
  g_ptr_array_add (self->elements, g_object_ref (element));
}

void
fermata_app_selection_add (FermataAppSelection *self,
                           gpointer             element)
{
  if (fermata_app_selection_contains (self, element))
    return;

  append (self, element);
  g_list_model_items_changed (G_LIST_MODEL (self), self->elements->len - 1, 0, 1);
}

void
fermata_app_selection_remove (FermataAppSelection *self,
                              gpointer             element)
{
  gpointer place;
  guint index;

  if (!g_hash_table_steal_extended (self->places, element, NULL, &place))
    return;

  index = GPOINTER_TO_UINT (place);
  g_ptr_array_remove_index (self->elements, index);
  for (guint i = index; i < self->elements->len; i++)
    g_hash_table_insert (self->places, self->elements->pdata[i], GUINT_TO_POINTER (i));
  g_list_model_items_changed (G_LIST_MODEL (self), index, 1, 0);
}

void
fermata_app_selection_toggle (FermataAppSelection *self,
                              gpointer             element)
{
  if (fermata_app_selection_contains (self, element))
    fermata_app_selection_remove (self, element);
  else
    fermata_app_selection_add (self, element);
}

static gboolean
is_same (FermataAppSelection *self,
         gpointer const      *elements,
         guint                n_elements)
{
  if (self->elements->len != n_elements)
    return FALSE;

  for (guint i = 0; i < n_elements; i++)
    {
      if (self->elements->pdata[i] != elements[i])
        return FALSE;
    }

  return TRUE;
}

void
fermata_app_selection_set (FermataAppSelection *self,
                           gpointer const      *elements,
                           guint                n_elements)
{
  g_autoptr (GPtrArray) before = NULL;

  if (is_same (self, elements, n_elements))
    return;

  /* What is dropped may be among what is set. */
  before = g_steal_pointer (&self->elements);
  self->elements = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_remove_all (self->places);
  for (guint i = 0; i < n_elements; i++)
    {
      if (!fermata_app_selection_contains (self, elements[i]))
        append (self, elements[i]);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len, self->elements->len);
}

void
fermata_app_selection_set_only (FermataAppSelection *self,
                                gpointer             element)
{
  fermata_app_selection_set (self, &element, element != NULL ? 1 : 0);
}
