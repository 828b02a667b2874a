/* fermata-node-registry.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/plan/fermata-node-registry-private.h"

#include "engine/plan/fermata-node-type-private.h"
#include "engine/plan/fermata-plan.h"

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
  g_return_if_fail (description != NULL);
  g_return_if_fail (!g_hash_table_contains (self->types, description->name));

  g_hash_table_insert (self->types, (gpointer) description->name, g_object_ref (type));
  fermata_node_catalog_add (self->catalog, description);
}

static gboolean
refuse (GError     **error,
        const char  *name,
        const char  *problem)
{
  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID,
               "Node type “%s”: %s", name, problem);

  return FALSE;
}

/**
 * fermata_node_registry_try_add:
 * @self: a registry
 * @type: a node type
 * @error: return location for a #FermataEngineError or #FermataModelError
 *
 * Adds a node type that somebody else has made, who may be wrong about it.
 *
 * Returns: %FALSE with @error set if it does not describe itself as it must,
 *   does nothing, or has the name of another
 */
gboolean
fermata_node_registry_try_add (FermataNodeRegistry  *self,
                               FermataNodeType      *type,
                               GError              **error)
{
  FermataNodeTypeClass *klass;
  const FermataNodeDescription *description;
  const char *name;
  gboolean works;

  g_return_val_if_fail (FERMATA_IS_NODE_REGISTRY (self), FALSE);
  g_return_val_if_fail (FERMATA_IS_NODE_TYPE (type), FALSE);

  if (!fermata_node_type_prepare (type, error))
    return FALSE;

  klass = FERMATA_NODE_TYPE_GET_CLASS (type);
  description = fermata_node_type_describe (type);
  name = description->name;
  works = klass->compute != NULL || klass->execute != NULL || klass->listens;
  if (works && description->body_rule != FERMATA_BODY_RULE_NONE)
    return refuse (error, name, "it runs a body, and can do nothing else");
  if (!works && description->body_rule == FERMATA_BODY_RULE_NONE)
    return refuse (error, name, "it does nothing, for it has no “execute”");
  if (g_hash_table_contains (self->types, name))
    return refuse (error, name, "there is one of this name already");

  fermata_node_registry_add (self, type);

  return TRUE;
}

gboolean
fermata_node_registry_move (FermataNodeRegistry  *self,
                            FermataNodeRegistry  *from,
                            GError              **error)
{
  guint n = fermata_node_catalog_get_n_types (from->catalog);

  for (guint i = 0; i < n; i++)
    {
      const char *name = fermata_node_catalog_get_nth (from->catalog, i)->name;

      if (g_hash_table_contains (self->types, name))
        return refuse (error, name, "there is one of this name already");
    }
  for (guint i = 0; i < n; i++)
    fermata_node_registry_add (self, fermata_node_registry_find (from,
                                 fermata_node_catalog_get_nth (from->catalog, i)->name));

  return TRUE;
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
