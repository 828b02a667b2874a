/* fermata-return-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataReturnNode;
typedef FermataNodeTypeClass FermataReturnNodeClass;

static GType fermata_return_node_get_type (void);

G_DEFINE_TYPE (FermataReturnNode, fermata_return_node, FERMATA_TYPE_NODE_TYPE)

static const char *const scopes[] = { "graph", "run", NULL };

static const FermataParameter parameters[] = {
  {
    .name = "value",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .default_json = "null",
    .doc = "The result of the graph, or of the run.",
  },
  {
    .name = "scope",
    .type = FERMATA_MEMBER_TYPE_CHOICE,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .choices = scopes,
    .default_json = "\"graph\"",
    .doc = "What ends. “graph”: the graph that it is in, which may be the body of a node. “run”: the "
           "whole run, from within whatever body.",
  },
};

static const FermataNodeDescription description = {
  .name = "return",
  .title = "Return",
  .category = "Flow",
  .icon_name = "go-last-symbolic",
  .doc = "Ends its graph, and well: the run, or the graph that a node runs. What is under way there "
         "is cancelled, and nothing new begins but “always” nodes. Of several, the first one counts.",
  .output_doc = "The value.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .exit = FERMATA_EXIT_RETURN,
};

static const FermataNodeDescription *
fermata_return_node_describe (FermataNodeType *type)
{
  return &description;
}

static FermataValue *
fermata_return_node_compute (FermataNodeType     *type,
                          FermataComputation  *computation,
                          GError             **error)
{
  return fermata_computation_get_parameter (computation, "value", error);
}

static void
fermata_return_node_class_init (FermataReturnNodeClass *klass)
{
  klass->describe = fermata_return_node_describe;
  klass->compute = fermata_return_node_compute;
}

static void
fermata_return_node_init (FermataReturnNode *self)
{
}

/**
 * fermata_return_node_new:
 *
 * Makes the node type `return`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_return_node_new (void)
{
  return g_object_new (fermata_return_node_get_type (), NULL);
}
