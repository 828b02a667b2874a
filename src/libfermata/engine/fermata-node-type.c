/* fermata-node-type.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-node-type.h"

#include "value/fermata-value-reader.h"

/* @defaults has an entry a parameter, NULL where it has none. */
typedef struct {
  FermataValue **defaults;
  guint n_defaults;
} FermataNodeTypePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FermataNodeType, fermata_node_type, G_TYPE_OBJECT)

static void
fermata_node_type_finalize (GObject *object)
{
  FermataNodeTypePrivate *priv;

  priv = fermata_node_type_get_instance_private (FERMATA_NODE_TYPE (object));
  for (guint i = 0; i < priv->n_defaults; i++)
    g_clear_pointer (&priv->defaults[i], fermata_value_unref);
  g_free (priv->defaults);

  G_OBJECT_CLASS (fermata_node_type_parent_class)->finalize (object);
}

static void
fermata_node_type_class_init (FermataNodeTypeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_node_type_finalize;
}

static void
fermata_node_type_init (FermataNodeType *self)
{
}

/**
 * fermata_node_type_describe: (skip)
 * @self: a node type
 *
 * Gives what the type says of itself.
 *
 * Returns: (transfer none): a constant
 */
const FermataNodeDescription *
fermata_node_type_describe (FermataNodeType *self)
{
  g_return_val_if_fail (FERMATA_IS_NODE_TYPE (self), NULL);

  return FERMATA_NODE_TYPE_GET_CLASS (self)->describe (self);
}

static void
read_defaults (FermataNodeType        *self,
               FermataNodeTypePrivate *priv)
{
  const FermataNodeDescription *description = fermata_node_type_describe (self);

  priv->n_defaults = description->n_parameters;
  priv->defaults = g_new0 (FermataValue *, priv->n_defaults + 1);
  for (guint i = 0; i < priv->n_defaults; i++)
    {
      const char *json = description->parameters[i].default_json;

      if (json != NULL)
        priv->defaults[i] = fermata_value_parse (json, -1, NULL);
    }
}

/**
 * fermata_node_type_get_default:
 * @self: a node type
 * @index: of a parameter in its description
 *
 * Gives the default of a parameter.
 *
 * Returns: (transfer none) (nullable): the value; %NULL if it has none
 */
FermataValue *
fermata_node_type_get_default (FermataNodeType *self,
                               guint            index)
{
  FermataNodeTypePrivate *priv = fermata_node_type_get_instance_private (self);

  g_return_val_if_fail (FERMATA_IS_NODE_TYPE (self), NULL);

  if (priv->defaults == NULL)
    read_defaults (self, priv);
  g_return_val_if_fail (index < priv->n_defaults, NULL);

  return priv->defaults[index];
}
