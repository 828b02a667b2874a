/* fermata-break-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataBreakNode;
typedef FermataNodeTypeClass FermataBreakNodeClass;

static GType fermata_break_node_get_type (void);

G_DEFINE_TYPE (FermataBreakNode, fermata_break_node, FERMATA_TYPE_NODE_TYPE)

static const FermataParameter parameters[] = {
  {
    .name = "value",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .doc = "What this item gave, or, in “while”, what the loop gives. Without it the item is left "
           "out of the results, and “while” gives what was carried into the round.",
  },
};

static const FermataNodeDescription description = {
  .name = "break",
  .title = "Break",
  .category = "Flow",
  .icon_name = "media-skip-forward-symbolic",
  .doc = "Ends the nearest “foreach”, “fan-out” or “while” around it. What is under way in this "
         "item or round is cancelled, and so is what is under way in later items.",
  .output_doc = "The value; null without one.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .exit = FERMATA_EXIT_BREAK,
};

static const FermataNodeDescription *
fermata_break_node_describe (FermataNodeType *type)
{
  return &description;
}

static FermataValue *
fermata_break_node_compute (FermataNodeType     *type,
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
fermata_break_node_class_init (FermataBreakNodeClass *klass)
{
  klass->describe = fermata_break_node_describe;
  klass->compute = fermata_break_node_compute;
}

static void
fermata_break_node_init (FermataBreakNode *self)
{
}

/**
 * fermata_break_node_new:
 *
 * Makes the node type `break`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_break_node_new (void)
{
  return g_object_new (fermata_break_node_get_type (), NULL);
}
