/* fermata-race-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataRaceNode;
typedef FermataNodeTypeClass FermataRaceNodeClass;

static GType fermata_race_node_get_type (void);

G_DEFINE_TYPE (FermataRaceNode, fermata_race_node, FERMATA_TYPE_NODE_TYPE)

static const FermataNodeDescription description = {
  .name = "race",
  .title = "Race",
  .category = "Flow",
  .icon_name = "media-seek-forward-symbolic",
  .doc = "Runs its “body” until the first of its branches has ended well; the others are then "
         "cancelled. A branch is what ends in a node that no edge leaves. The node fails when no "
         "branch is left.",
  .output_doc = "What the branch that won gave.",
  .body_rule = FERMATA_BODY_RULE_RACE,
};

static const FermataNodeDescription *
fermata_race_node_describe (FermataNodeType *type)
{
  return &description;
}

static void
fermata_race_node_class_init (FermataRaceNodeClass *klass)
{
  klass->describe = fermata_race_node_describe;
}

static void
fermata_race_node_init (FermataRaceNode *self)
{
}

/**
 * fermata_race_node_new:
 *
 * Makes the node type `race`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_race_node_new (void)
{
  return g_object_new (fermata_race_node_get_type (), NULL);
}
