/* fermata-set-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataSetNode;
typedef FermataNodeTypeClass FermataSetNodeClass;

static GType fermata_set_node_get_type (void);

G_DEFINE_TYPE (FermataSetNode, fermata_set_node, FERMATA_TYPE_NODE_TYPE)

static const FermataParameter parameters[] = {
  {
    .name = "value",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .required = TRUE,
    .doc = "What the output is. Templates in it are filled in, at any depth.",
  },
};

static const FermataNodeDescription description = {
  .name = "set",
  .title = "Set",
  .category = "Data",
  .icon_name = "document-edit-symbolic",
  .doc = "Makes a value: a constant, or one put together from inputs, variables and outputs.",
  .output_doc = "The value.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static const FermataNodeDescription *
fermata_set_node_describe (FermataNodeType *type)
{
  return &description;
}

static FermataValue *
fermata_set_node_compute (FermataNodeType     *type,
                          FermataComputation  *computation,
                          GError             **error)
{
  return fermata_computation_get_parameter (computation, "value", error);
}

static void
fermata_set_node_class_init (FermataSetNodeClass *klass)
{
  klass->describe = fermata_set_node_describe;
  klass->compute = fermata_set_node_compute;
}

static void
fermata_set_node_init (FermataSetNode *self)
{
}

/**
 * fermata_set_node_new:
 *
 * Makes the node type `set`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_set_node_new (void)
{
  return g_object_new (fermata_set_node_get_type (), NULL);
}
