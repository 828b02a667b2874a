/* fermata-continue-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataContinueNode;
typedef FermataNodeTypeClass FermataContinueNodeClass;

static GType fermata_continue_node_get_type (void);

G_DEFINE_TYPE (FermataContinueNode, fermata_continue_node, FERMATA_TYPE_NODE_TYPE)

static const FermataParameter parameters[] = {
  {
    .name = "value",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .doc = "What this item gave, or, in “while”, what is carried into the next round. Without it "
           "the item is left out of the results, and “while” carries on what was carried into the "
           "round.",
  },
};

static const FermataNodeDescription description = {
  .name = "continue",
  .title = "Continue",
  .category = "Flow",
  .icon_name = "go-next-symbolic",
  .doc = "Ends this item, or this round, of the nearest “foreach”, “fan-out” or “while” around "
         "it, and well. What is under way in there is cancelled.",
  .output_doc = "The value; null without one.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .exit = FERMATA_EXIT_CONTINUE,
};

static const FermataNodeDescription *
fermata_continue_node_describe (FermataNodeType *type)
{
  return &description;
}

static FermataValue *
fermata_continue_node_compute (FermataNodeType     *type,
                               FermataComputation  *computation,
                               GError             **error)
{
  GError *problem = NULL;
  FermataValue *value = fermata_computation_get_parameter (computation, "value", &problem);

  if (problem == NULL)
    return value != NULL ? value : fermata_value_new_null ();
  g_propagate_error (error, problem);

  return NULL;
}

static void
fermata_continue_node_class_init (FermataContinueNodeClass *klass)
{
  klass->describe = fermata_continue_node_describe;
  klass->compute = fermata_continue_node_compute;
}

static void
fermata_continue_node_init (FermataContinueNode *self)
{
}

/**
 * fermata_continue_node_new:
 *
 * Makes the node type `continue`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_continue_node_new (void)
{
  return g_object_new (fermata_continue_node_get_type (), NULL);
}
