/* fermata-invoke-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"
#include "engine/run/fermata-run-invocation-private.h"

typedef FermataNodeType FermataInvokeNode;
typedef FermataNodeTypeClass FermataInvokeNodeClass;

static GType fermata_invoke_node_get_type (void);

G_DEFINE_TYPE (FermataInvokeNode, fermata_invoke_node, FERMATA_TYPE_NODE_TYPE)

/* Those that end in “-expr” are worked out by machines of SCXML's data models, before
 * the task begins. */
static const FermataParameter parameters[] = {
  {
    .name = "type",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .doc = "What is invoked: “scxml”, a state machine, which it is without this.",
  },
  {
    .name = "type-expr",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .doc = "The same as an expression, in machines with SCXML's data models.",
  },
  {
    .name = "src",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .doc = "The file of the machine. Its path is relative to that of this document.",
  },
  {
    .name = "src-expr",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .doc = "The same as an expression, in machines with SCXML's data models.",
  },
  {
    .name = "content",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .doc = "The machine itself, as text, instead of a file.",
  },
  {
    .name = "content-expr",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .doc = "The same as an expression, in machines with SCXML's data models.",
  },
  {
    .name = "params",
    .type = FERMATA_MEMBER_TYPE_OBJECT,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .doc = "What the machine is given, by the names of the inputs or variables that it declares; the "
           "others are left out.",
  },
};

static const FermataNodeDescription description = {
  .name = "invoke",
  .title = "Invoke",
  .category = "Flow",
  .icon_name = "system-run-symbolic",
  .doc = "Runs a state machine that is known only when this begins, as a run of its own: it is sent "
         "events, and sends some to the machine that has invoked it. “subgraph” is for graphs that are "
         "known before.",
  .output_doc = "The machine's result.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static const FermataNodeDescription *
fermata_invoke_node_describe (FermataNodeType *type)
{
  return &description;
}

static void
fermata_invoke_node_execute (FermataNodeType  *type,
                             FermataExecution *execution)
{
  g_autoptr (GError) error = NULL;

  if (!fermata_invocation_begin (execution, &error))
    fermata_execution_fail_with_error (execution, error);
}

static void
fermata_invoke_node_cancel (FermataNodeType  *type,
                            FermataExecution *execution)
{
  if (!fermata_invocation_cancel (execution))
    fermata_execution_end_cancelled (execution);
}

static void
fermata_invoke_node_class_init (FermataInvokeNodeClass *klass)
{
  klass->describe = fermata_invoke_node_describe;
  klass->execute = fermata_invoke_node_execute;
  klass->cancel = fermata_invoke_node_cancel;
}

static void
fermata_invoke_node_init (FermataInvokeNode *self)
{
}

/**
 * fermata_invoke_node_new:
 *
 * Makes the node type `invoke`, which runs a state machine that is known only then.
 *
 * Returns: (transfer full): the type
 */
FermataNodeType *
fermata_invoke_node_new (void)
{
  return g_object_new (fermata_invoke_node_get_type (), NULL);
}
