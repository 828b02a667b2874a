/* fermata-while-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataWhileNode;
typedef FermataNodeTypeClass FermataWhileNodeClass;

static GType fermata_while_node_get_type (void);

G_DEFINE_TYPE (FermataWhileNode, fermata_while_node, FERMATA_TYPE_NODE_TYPE)

static const char *const tests[] = { "before", "after", NULL };

static const char *const names[] = { "iteration", NULL };

static const FermataParameter parameters[] = {
  {
    .name = "condition",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_EXPRESSION,
    .required = TRUE,
    .doc = "Whether another round begins. It sees “iteration”: index, the number of that round "
           "from 0; value, what is carried; and first.",
    .names = names,
  },
  {
    .name = "test",
    .type = FERMATA_MEMBER_TYPE_CHOICE,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .choices = tests,
    .default_json = "\"before\"",
    .doc = "“before”: the condition is asked before each round. “after”: before each but the "
           "first, which is always made.",
  },
  {
    .name = "initial",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .doc = "What is carried into the first round. Without it, the input is.",
  },
  {
    .name = "max-iterations",
    .type = FERMATA_MEMBER_TYPE_INTEGER,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .default_json = "10000",
    .minimum = 1,
    .maximum = G_MAXDOUBLE,
    .doc = "How many rounds there may be. If the condition is still true after so many, the node "
           "fails (kind “budget”).",
  },
};

static const FermataNodeDescription description = {
  .name = "while",
  .title = "While",
  .category = "Flow",
  .icon_name = "media-playlist-repeat-symbolic",
  .doc = "Runs its “body” again and again as long as a condition is true. A value is carried "
         "round: it is the input of the body, and what the body gives is carried into the next "
         "round. “continue” ends the round, “break” ends the loop; with a value, that is carried.",
  .output_doc = "The value carried after the last round.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .body_rule = FERMATA_BODY_RULE_WHILE,
};

static const FermataNodeDescription *
fermata_while_node_describe (FermataNodeType *type)
{
  return &description;
}

static void
fermata_while_node_class_init (FermataWhileNodeClass *klass)
{
  klass->describe = fermata_while_node_describe;
}

static void
fermata_while_node_init (FermataWhileNode *self)
{
}

/**
 * fermata_while_node_new:
 *
 * Makes the node type `while`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_while_node_new (void)
{
  return g_object_new (fermata_while_node_get_type (), NULL);
}
