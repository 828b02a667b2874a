/* fermata-timeout-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataTimeoutNode;
typedef FermataNodeTypeClass FermataTimeoutNodeClass;

static GType fermata_timeout_node_get_type (void);

G_DEFINE_TYPE (FermataTimeoutNode, fermata_timeout_node, FERMATA_TYPE_NODE_TYPE)

static const FermataParameter parameters[] = {
  {
    .name = "after",
    .type = FERMATA_MEMBER_TYPE_DURATION,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .doc = "How long it may take: \"250ms\", \"30s\", \"5m\", \"1h\", or a number of seconds. "
           "Time during which the run is held does not count.",
  },
  {
    .name = "budget",
    .type = FERMATA_MEMBER_TYPE_OBJECT,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .doc = "What all that happens in it may use, as “budget” of a graph: seconds, steps, tokens, "
           "cost. One of this and “after” there must be.",
  },
};

static const FermataNodeDescription description = {
  .name = "timeout",
  .title = "Timeout",
  .category = "Flow",
  .icon_name = "document-open-recent-symbolic",
  .doc = "Runs its “body” within a time, a budget or both. When the time is over, what is under "
         "way is cancelled and the node fails (kind “timeout”). When the budget is used up "
         "nothing more begins, what is under way comes to its end, and the node fails (kind "
         "“budget”).",
  .output_doc = "What the body gave.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .body_rule = FERMATA_BODY_RULE_TIMEOUT,
};

static const FermataNodeDescription *
fermata_timeout_node_describe (FermataNodeType *type)
{
  return &description;
}

static void
fermata_timeout_node_class_init (FermataTimeoutNodeClass *klass)
{
  klass->describe = fermata_timeout_node_describe;
}

static void
fermata_timeout_node_init (FermataTimeoutNode *self)
{
}

/**
 * fermata_timeout_node_new:
 *
 * Makes the node type `timeout`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_timeout_node_new (void)
{
  return g_object_new (fermata_timeout_node_get_type (), NULL);
}
