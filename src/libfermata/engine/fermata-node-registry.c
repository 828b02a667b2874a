/* fermata-node-registry.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-node-type.h"

struct _FermataNodeRegistry {
  GObject parent_instance;

  GHashTable *types;
  FermataNodeCatalog *catalog;
};

G_DEFINE_FINAL_TYPE (FermataNodeRegistry, fermata_node_registry, G_TYPE_OBJECT)

static void
fermata_node_registry_finalize (GObject *object)
{
  FermataNodeRegistry *self = FERMATA_NODE_REGISTRY (object);

  g_object_unref (self->catalog);
  g_hash_table_unref (self->types);

  G_OBJECT_CLASS (fermata_node_registry_parent_class)->finalize (object);
}

static void
fermata_node_registry_class_init (FermataNodeRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_node_registry_finalize;
}

static void
fermata_node_registry_init (FermataNodeRegistry *self)
{
  self->types = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->catalog = fermata_node_catalog_new ();
}

/**
 * fermata_node_registry_new:
 *
 * Makes a registry without any type.
 *
 * Returns: (transfer full): a registry
 */
FermataNodeRegistry *
fermata_node_registry_new (void)
{
  return g_object_new (FERMATA_TYPE_NODE_REGISTRY, NULL);
}

/**
 * fermata_node_registry_add:
 * @self: a registry
 * @type: a node type whose name is not taken yet
 *
 * Adds a node type.
 */
void
fermata_node_registry_add (FermataNodeRegistry *self,
                           FermataNodeType     *type)
{
  const FermataNodeDescription *description;

  g_return_if_fail (FERMATA_IS_NODE_REGISTRY (self));
  g_return_if_fail (FERMATA_IS_NODE_TYPE (type));

  description = fermata_node_type_describe (type);
  g_return_if_fail (!g_hash_table_contains (self->types, description->name));

  g_hash_table_insert (self->types, (gpointer) description->name, g_object_ref (type));
  fermata_node_catalog_add (self->catalog, description);
}

/**
 * fermata_node_registry_find:
 * @self: a registry
 * @name: the member `type` of a node
 *
 * Finds a node type.
 *
 * Returns: (transfer none) (nullable): the type; %NULL if there is none
 */
FermataNodeType *
fermata_node_registry_find (FermataNodeRegistry *self,
                            const char          *name)
{
  g_return_val_if_fail (FERMATA_IS_NODE_REGISTRY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (self->types, name);
}

/**
 * fermata_node_registry_get_catalog:
 * @self: a registry
 *
 * Gives the descriptions of its types, for the checker and for palettes.
 *
 * Returns: (transfer none): the catalog
 */
FermataNodeCatalog *
fermata_node_registry_get_catalog (FermataNodeRegistry *self)
{
  g_return_val_if_fail (FERMATA_IS_NODE_REGISTRY (self), NULL);

  return self->catalog;
}
