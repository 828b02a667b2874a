/* fermata-parallel-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataParallelNode;
typedef FermataNodeTypeClass FermataParallelNodeClass;

static GType fermata_parallel_node_get_type (void);

G_DEFINE_TYPE (FermataParallelNode, fermata_parallel_node, FERMATA_TYPE_NODE_TYPE)

static const FermataParameter parameters[] = {
  {
    .name = "wait",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .default_json = "\"all\"",
    .doc = "How many branches must end well: “all”, “any” (one), or a whole number from 1. With "
           "“all” the first failure ends it. Otherwise a branch that fails is out, and the node "
           "fails when too few are left.",
  },
};

static const FermataNodeDescription description = {
  .name = "parallel",
  .title = "Parallel",
  .category = "Flow",
  .icon_name = "view-dual-symbolic",
  .doc = "Runs its “body” until enough of its branches have ended well. A branch is what ends in "
         "a node that no edge leaves, and has its name. What is still under way then is "
         "cancelled.",
  .output_doc = "An object: what each branch that ended well gave, by the name of the branch.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .body_rule = FERMATA_BODY_RULE_BRANCHES,
};

static const FermataNodeDescription *
fermata_parallel_node_describe (FermataNodeType *type)
{
  return &description;
}

static void
fermata_parallel_node_class_init (FermataParallelNodeClass *klass)
{
  klass->describe = fermata_parallel_node_describe;
}

static void
fermata_parallel_node_init (FermataParallelNode *self)
{
}

/**
 * fermata_parallel_node_new:
 *
 * Makes the node type `parallel`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_parallel_node_new (void)
{
  return g_object_new (fermata_parallel_node_get_type (), NULL);
}
