/* fermata-if-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"
#include "engine/plan/fermata-computation-private.h"

typedef FermataNodeType FermataIfNode;
typedef FermataNodeTypeClass FermataIfNodeClass;

static GType fermata_if_node_get_type (void);

G_DEFINE_TYPE (FermataIfNode, fermata_if_node, FERMATA_TYPE_NODE_TYPE)

static const FermataParameter parameters[] = {
  {
    .name = "when",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_EXPRESSION,
    .required = TRUE,
    .doc = "The condition. 0, \"\", null and what is undefined are false.",
  },
};

static const FermataNodeDescription description = {
  .name = "if",
  .title = "If",
  .category = "Flow",
  .icon_name = "dialog-question-symbolic",
  .doc = "Takes the edge whose “case” is true or false, as its condition is; without such an edge, "
         "the one without “case”; else none.",
  .output_doc = "The input; null without one.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .routing = FERMATA_ROUTING_BOOLEAN,
};

static const FermataNodeDescription *
fermata_if_node_describe (FermataNodeType *type)
{
  return &description;
}

static FermataValue *
fermata_if_node_compute (FermataNodeType     *type,
                          FermataComputation  *computation,
                          GError             **error)
{
  const FermataPlanNode *node = computation->node;
  FermataPlan *plan = computation->scope.frame->plan;
  FermataExpression *when = fermata_plan_get_expression (plan, node - plan->nodes, "when");
  gboolean holds;

  if (!fermata_expression_test (when, &computation->scope.parent, &holds, error))
    {
      g_prefix_error (error, "when: ");
      return NULL;
    }

  return fermata_value_new_boolean (holds);
}

static void
fermata_if_node_class_init (FermataIfNodeClass *klass)
{
  klass->describe = fermata_if_node_describe;
  klass->compute = fermata_if_node_compute;
}

static void
fermata_if_node_init (FermataIfNode *self)
{
}

/**
 * fermata_if_node_new:
 *
 * Makes the node type `if`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_if_node_new (void)
{
  return g_object_new (fermata_if_node_get_type (), NULL);
}
