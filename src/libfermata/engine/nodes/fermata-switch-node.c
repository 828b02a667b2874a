/* fermata-switch-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataSwitchNode;
typedef FermataNodeTypeClass FermataSwitchNodeClass;

static GType fermata_switch_node_get_type (void);

G_DEFINE_TYPE (FermataSwitchNode, fermata_switch_node, FERMATA_TYPE_NODE_TYPE)

static const FermataParameter parameters[] = {
  {
    .name = "value",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .default_json = "null",
    .doc = "What the “case” of its edges is compared with.",
  },
};

static const FermataNodeDescription description = {
  .name = "switch",
  .title = "Switch",
  .category = "Flow",
  .icon_name = "media-playlist-shuffle-symbolic",
  .doc = "Takes one of its edges: the first whose “case” is equal to the value, else the first whose "
         "“when” is true, else the one with neither. Fails if there is none.",
  .output_doc = "The input; null without one.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .routing = FERMATA_ROUTING_VALUE,
};

static const FermataNodeDescription *
fermata_switch_node_describe (FermataNodeType *type)
{
  return &description;
}

static FermataValue *
fermata_switch_node_compute (FermataNodeType     *type,
                          FermataComputation  *computation,
                          GError             **error)
{
  return fermata_computation_get_parameter (computation, "value", error);
}

static void
fermata_switch_node_class_init (FermataSwitchNodeClass *klass)
{
  klass->describe = fermata_switch_node_describe;
  klass->compute = fermata_switch_node_compute;
}

static void
fermata_switch_node_init (FermataSwitchNode *self)
{
}

/**
 * fermata_switch_node_new:
 *
 * Makes the node type `switch`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_switch_node_new (void)
{
  return g_object_new (fermata_switch_node_get_type (), NULL);
}
