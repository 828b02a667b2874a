/* fermata-try-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataTryNode;
typedef FermataNodeTypeClass FermataTryNodeClass;

static GType fermata_try_node_get_type (void);

G_DEFINE_TYPE (FermataTryNode, fermata_try_node, FERMATA_TYPE_NODE_TYPE)

static const FermataParameter parameters[] = {
  {
    .name = "kinds",
    .type = FERMATA_MEMBER_TYPE_STRINGS,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .doc = "The kinds of errors that “catch” is for; other errors go on. Without it, all are.",
  },
};

static const FermataNodeDescription description = {
  .name = "try",
  .title = "Try",
  .category = "Flow",
  .icon_name = "security-medium-symbolic",
  .doc = "Runs its “body”. If that fails, the graph “catch” runs, if there is one for errors of "
         "that kind, and sees “error”. The graph “finally” then runs, whatever happened, also "
         "when the node is cancelled; what it gives is dropped.",
  .output_doc = "What the body gave; if that failed, what “catch” gave.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .body_rule = FERMATA_BODY_RULE_TRY,
};

static const FermataNodeDescription *
fermata_try_node_describe (FermataNodeType *type)
{
  return &description;
}

static void
fermata_try_node_class_init (FermataTryNodeClass *klass)
{
  klass->describe = fermata_try_node_describe;
}

static void
fermata_try_node_init (FermataTryNode *self)
{
}

/**
 * fermata_try_node_new:
 *
 * Makes the node type `try`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_try_node_new (void)
{
  return g_object_new (fermata_try_node_get_type (), NULL);
}
