/* fermata-wait-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataWaitNode;
typedef FermataNodeTypeClass FermataWaitNodeClass;

static GType fermata_wait_node_get_type (void);

G_DEFINE_TYPE (FermataWaitNode, fermata_wait_node, FERMATA_TYPE_NODE_TYPE)

static const char *const names[] = { "event", NULL };

static const FermataParameter parameters[] = {
  {
    .name = "event",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .default_json = "\"*\"",
    .doc = "The event's name. “order” also means “order.paid”; “*” is any event; several have "
           "spaces between them.",
  },
  {
    .name = "when",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_EXPRESSION,
    .doc = "Which of those: what is true of the “event”, which has a name and data. Others are "
           "left for other nodes.",
    .names = names,
  },
};

static const FermataNodeDescription description = {
  .name = "wait",
  .title = "Wait",
  .category = "Flow",
  .icon_name = "mail-read-symbolic",
  .doc = "Waits for an event from outside, and takes it. One that came before, and that no node "
         "has taken, counts. Its “timeout” limits the waiting.",
  .output_doc = "The event's data; null if it has none.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static const FermataNodeDescription *
fermata_wait_node_describe (FermataNodeType *type)
{
  return &description;
}

static void
fermata_wait_node_class_init (FermataWaitNodeClass *klass)
{
  klass->describe = fermata_wait_node_describe;
  klass->listens = TRUE;
}

static void
fermata_wait_node_init (FermataWaitNode *self)
{
}

/**
 * fermata_wait_node_new:
 *
 * Makes the node type `wait`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_wait_node_new (void)
{
  return g_object_new (fermata_wait_node_get_type (), NULL);
}
