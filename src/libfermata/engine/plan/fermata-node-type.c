/* fermata-node-type.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/plan/fermata-node-type-private.h"

#include "engine/plan/fermata-plan.h"
#include "value/fermata-value-reader.h"

/* @defaults has an entry a parameter, NULL where it has none. @own is the
 * description of a type that has no constant one. */
typedef struct {
  FermataNodeDescription *own;
  FermataValue **defaults;
  guint n_defaults;
} FermataNodeTypePrivate;

static const FermataNodeDescription *describe_own (FermataNodeType *self);

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FermataNodeType, fermata_node_type, G_TYPE_OBJECT)

static void
fermata_node_type_finalize (GObject *object)
{
  FermataNodeTypePrivate *priv;

  priv = fermata_node_type_get_instance_private (FERMATA_NODE_TYPE (object));
  for (guint i = 0; i < priv->n_defaults; i++)
    g_clear_pointer (&priv->defaults[i], fermata_value_unref);
  g_free (priv->defaults);
  g_clear_pointer (&priv->own, fermata_node_description_free);

  G_OBJECT_CLASS (fermata_node_type_parent_class)->finalize (object);
}

gboolean
fermata_node_type_prepare (FermataNodeType  *self,
                           GError          **error)
{
  FermataNodeTypePrivate *priv = fermata_node_type_get_instance_private (self);
  FermataNodeTypeClass *klass = FERMATA_NODE_TYPE_GET_CLASS (self);
  g_autoptr (FermataValue) value = NULL;

  if (klass->describe != describe_own || priv->own != NULL)
    return TRUE;

  value = klass->make_description == NULL ? NULL : klass->make_description (self);
  if (value == NULL)
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID,
                   "%s does not describe itself", G_OBJECT_TYPE_NAME (self));
      return FALSE;
    }

  priv->own = fermata_node_description_new_from_value (value, error);

  return priv->own != NULL;
}

static const FermataNodeDescription *
describe_own (FermataNodeType *self)
{
  FermataNodeTypePrivate *priv = fermata_node_type_get_instance_private (self);

  fermata_node_type_prepare (self, NULL);

  return priv->own;
}

static void
fermata_node_type_class_init (FermataNodeTypeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fermata_node_type_finalize;

  klass->describe = describe_own;
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
 * Returns: (transfer none) (nullable): a constant; %NULL if the type does not
 *   describe itself as it must
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
