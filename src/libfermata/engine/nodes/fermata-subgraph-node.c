/* fermata-subgraph-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataSubgraphNode;
typedef FermataNodeTypeClass FermataSubgraphNodeClass;

static GType fermata_subgraph_node_get_type (void);

G_DEFINE_TYPE (FermataSubgraphNode, fermata_subgraph_node, FERMATA_TYPE_NODE_TYPE)

static const FermataParameter parameters[] = {
  {
    .name = "file",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .doc = "The file of the graph, instead of a “body”. Its path is relative to that of this "
           "document. Such a graph sees nothing of what is around it but its inputs.",
  },
  {
    .name = "inputs",
    .type = FERMATA_MEMBER_TYPE_OBJECT,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .doc = "What the graph is given, by the names of the inputs that it declares.",
  },
  {
    .name = "max-depth",
    .type = FERMATA_MEMBER_TYPE_INTEGER,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .minimum = 1,
    .maximum = 1000,
    .doc = "How often the graph of “file” may be in itself. One node of a circle of files must "
           "have it; deeper, the node fails (kind “budget”).",
  },
};

static const FermataNodeDescription description = {
  .name = "subgraph",
  .title = "Subgraph",
  .category = "Flow",
  .icon_name = "view-grid-symbolic",
  .doc = "Runs the graph that is its “body”, a DAG or a state machine, or the graph of a file. That has "
         "inputs and variables of its own if it declares any, and else those of the graph around it. "
         "If it fails, the node does.",
  .output_doc = "The graph's result.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .body_rule = FERMATA_BODY_RULE_ONCE,
};

static const FermataNodeDescription *
fermata_subgraph_node_describe (FermataNodeType *type)
{
  return &description;
}

static void
fermata_subgraph_node_class_init (FermataSubgraphNodeClass *klass)
{
  klass->describe = fermata_subgraph_node_describe;
}

static void
fermata_subgraph_node_init (FermataSubgraphNode *self)
{
}

/**
 * fermata_subgraph_node_new:
 *
 * Makes the node type `subgraph`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_subgraph_node_new (void)
{
  return g_object_new (fermata_subgraph_node_get_type (), NULL);
}
