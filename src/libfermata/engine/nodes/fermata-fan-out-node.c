/* fermata-fan-out-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataFanOutNode;
typedef FermataNodeTypeClass FermataFanOutNodeClass;

static GType fermata_fan_out_node_get_type (void);

G_DEFINE_TYPE (FermataFanOutNode, fermata_fan_out_node, FERMATA_TYPE_NODE_TYPE)

static const char *const failures[] = { "fail", "skip", "collect", NULL };

static const FermataParameter parameters[] = {
  {
    .name = "copies",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_EXPRESSION,
    .doc = "A whole number: so many copies, each with the node's input. A list: a copy for each "
           "element, which is its input. An object {copies, input}: so many copies with that "
           "input. Without it, the input is.",
  },
  {
    .name = "max-parallel",
    .type = FERMATA_MEMBER_TYPE_INTEGER,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .minimum = 1,
    .maximum = G_MAXDOUBLE,
    .doc = "How many copies may be under way at a time. Without it, as many as may run.",
  },
  {
    .name = "failures",
    .type = FERMATA_MEMBER_TYPE_CHOICE,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .choices = failures,
    .default_json = "\"fail\"",
    .doc = "What a copy that fails does. “fail”: no more begin, those under way are cancelled, "
           "and the node fails with its error. “skip”: it is left out of the results. “collect”: "
           "it is listed among the failures.",
  },
};

static const FermataNodeDescription description = {
  .name = "fan-out",
  .title = "Fan out",
  .category = "Flow",
  .icon_name = "edit-copy-symbolic",
  .doc = "Runs its “body” as many times as its input says, side by side. In there “iteration” has "
         "index, value, first, last and count; “continue” ends a copy, and after “break” no later "
         "copy counts.",
  .output_doc = "The list of what the copies gave, in their order; those that gave nothing are "
                "left out. With “collect”, an object: “results”, that list, and “failures”, a "
                "list of {index, error}.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .body_rule = FERMATA_BODY_RULE_COPIES,
};

static const FermataNodeDescription *
fermata_fan_out_node_describe (FermataNodeType *type)
{
  return &description;
}

static void
fermata_fan_out_node_class_init (FermataFanOutNodeClass *klass)
{
  klass->describe = fermata_fan_out_node_describe;
}

static void
fermata_fan_out_node_init (FermataFanOutNode *self)
{
}

/**
 * fermata_fan_out_node_new:
 *
 * Makes the node type `fan-out`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_fan_out_node_new (void)
{
  return g_object_new (fermata_fan_out_node_get_type (), NULL);
}
