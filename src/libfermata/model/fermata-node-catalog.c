/* fermata-node-catalog.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-node-description.h"

struct _FermataNodeCatalog {
  GObject parent_instance;

  /* Sorted by name, each name once. */
  GPtrArray *descriptions;
};

G_DEFINE_FINAL_TYPE (FermataNodeCatalog, fermata_node_catalog, G_TYPE_OBJECT)

static void
fermata_node_catalog_finalize (GObject *object)
{
  FermataNodeCatalog *self = FERMATA_NODE_CATALOG (object);

  g_ptr_array_unref (self->descriptions);

  G_OBJECT_CLASS (fermata_node_catalog_parent_class)->finalize (object);
}

static void
fermata_node_catalog_class_init (FermataNodeCatalogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_node_catalog_finalize;
}

static void
fermata_node_catalog_init (FermataNodeCatalog *self)
{
  self->descriptions = g_ptr_array_new ();
}

/* Whether @name is there, and where it is or belongs. */
static gboolean
find_place (FermataNodeCatalog *self,
            const char         *name,
            guint              *place)
{
  guint low = 0;
  guint high = self->descriptions->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const FermataNodeDescription *here = g_ptr_array_index (self->descriptions, middle);
      int order = strcmp (here->name, name);

      if (order == 0)
        {
          *place = middle;
          return TRUE;
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  *place = low;
  return FALSE;
}

/**
 * fermata_node_catalog_new:
 *
 * Makes a catalog without any type.
 *
 * Returns: (transfer full): a new catalog
 */
FermataNodeCatalog *
fermata_node_catalog_new (void)
{
  return g_object_new (FERMATA_TYPE_NODE_CATALOG, NULL);
}

/**
 * fermata_node_catalog_add: (skip)
 * @self: a catalog
 * @description: what a node type says of itself; must live as long as @self
 *
 * Adds a node type. One of the same name is replaced.
 */
void
fermata_node_catalog_add (FermataNodeCatalog           *self,
                          const FermataNodeDescription *description)
{
  guint place;

  g_return_if_fail (FERMATA_IS_NODE_CATALOG (self));
  g_return_if_fail (description != NULL && description->name != NULL);

  if (find_place (self, description->name, &place))
    g_ptr_array_index (self->descriptions, place) = (gpointer) description;
  else
    g_ptr_array_insert (self->descriptions, place, (gpointer) description);
}

/**
 * fermata_node_catalog_find: (skip)
 * @self: a catalog
 * @name: the member `type` of a node
 *
 * Looks a node type up by name.
 *
 * Returns: (transfer none) (nullable): its description, `NULL` if there is
 *   no such type
 */
const FermataNodeDescription *
fermata_node_catalog_find (FermataNodeCatalog *self,
                           const char         *name)
{
  guint place;

  g_return_val_if_fail (FERMATA_IS_NODE_CATALOG (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (!find_place (self, name, &place))
    return NULL;
  return g_ptr_array_index (self->descriptions, place);
}

/**
 * fermata_node_catalog_get_n_types:
 * @self: a catalog
 *
 * Counts the node types.
 *
 * Returns: how many types there are
 */
guint
fermata_node_catalog_get_n_types (FermataNodeCatalog *self)
{
  g_return_val_if_fail (FERMATA_IS_NODE_CATALOG (self), 0);

  return self->descriptions->len;
}

/**
 * fermata_node_catalog_get_nth: (skip)
 * @self: a catalog
 * @index: from 0, in the order of names
 *
 * Gives a node type by its place.
 *
 * Returns: (transfer none) (nullable): its description, `NULL` past the end
 */
const FermataNodeDescription *
fermata_node_catalog_get_nth (FermataNodeCatalog *self,
                              guint               index)
{
  g_return_val_if_fail (FERMATA_IS_NODE_CATALOG (self), NULL);

  if (index >= self->descriptions->len)
    return NULL;
  return g_ptr_array_index (self->descriptions, index);
}
