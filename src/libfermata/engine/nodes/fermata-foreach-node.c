/* fermata-foreach-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataForeachNode;
typedef FermataNodeTypeClass FermataForeachNodeClass;

static GType fermata_foreach_node_get_type (void);

G_DEFINE_TYPE (FermataForeachNode, fermata_foreach_node, FERMATA_TYPE_NODE_TYPE)

static const char *const failures[] = { "fail", "skip", "collect", NULL };

static const FermataParameter parameters[] = {
  {
    .name = "items",
    .type = FERMATA_MEMBER_TYPE_ARRAY,
    .form = FERMATA_MEMBER_FORM_EXPRESSION,
    .doc = "A list: its items. Without it, the input is.",
  },
  {
    .name = "max-parallel",
    .type = FERMATA_MEMBER_TYPE_INTEGER,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .default_json = "1",
    .minimum = 1,
    .maximum = G_MAXDOUBLE,
    .doc = "How many items may be under way at a time; 1 is one after the other.",
  },
  {
    .name = "batch",
    .type = FERMATA_MEMBER_TYPE_INTEGER,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .minimum = 1,
    .maximum = G_MAXDOUBLE,
    .doc = "Puts so many items together: the body then runs once for each list of that many, or "
           "of those that are left at the end.",
  },
  {
    .name = "failures",
    .type = FERMATA_MEMBER_TYPE_CHOICE,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .choices = failures,
    .default_json = "\"fail\"",
    .doc = "What an item that fails does. “fail”: no more begin, those under way are cancelled, "
           "and the node fails with its error. “skip”: it is left out of the results. “collect”: "
           "it is listed among the failures.",
  },
};

static const FermataNodeDescription description = {
  .name = "foreach",
  .title = "For each",
  .category = "Flow",
  .icon_name = "view-list-bullet-symbolic",
  .doc = "Runs its “body” once for each item of a list, one after the other or some at a time. In "
         "there “input” of the first nodes and “iteration.value” are the item; “iteration” also "
         "has index, first, last and count. “continue” goes on with the next item, and after "
         "“break” no later item counts. Behind an edge with “each” the items are taken as they "
         "come.",
  .output_doc = "The list of what the items gave, in their order; those that gave nothing are "
                "left out. With “collect”, an object: “results”, that list, and “failures”, a "
                "list of {index, error}.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .body_rule = FERMATA_BODY_RULE_ITEMS,
};

static const FermataNodeDescription *
fermata_foreach_node_describe (FermataNodeType *type)
{
  return &description;
}

static void
fermata_foreach_node_class_init (FermataForeachNodeClass *klass)
{
  klass->describe = fermata_foreach_node_describe;
}

static void
fermata_foreach_node_init (FermataForeachNode *self)
{
}

/**
 * fermata_foreach_node_new:
 *
 * Makes the node type `foreach`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_foreach_node_new (void)
{
  return g_object_new (fermata_foreach_node_get_type (), NULL);
}
