/* fermata-delay-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"
#include "engine/run/fermata-execution.h"
#include "model/fermata-duration.h"

typedef FermataNodeType FermataDelayNode;
typedef FermataNodeTypeClass FermataDelayNodeClass;

static GType fermata_delay_node_get_type (void);

G_DEFINE_TYPE (FermataDelayNode, fermata_delay_node, FERMATA_TYPE_NODE_TYPE)

static const FermataParameter parameters[] = {
  {
    .name = "duration",
    .type = FERMATA_MEMBER_TYPE_DURATION,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .required = TRUE,
    .doc = "How long to wait: \"250ms\", \"30s\", \"5m\", \"1h\", or a number of seconds.",
  },
};

static const FermataNodeDescription description = {
  .name = "delay",
  .title = "Delay",
  .category = "Flow",
  .icon_name = "alarm-symbolic",
  .doc = "Waits, and passes its input on. Time during which the run is held does not count.",
  .output_doc = "The input; null without one.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static const FermataNodeDescription *
fermata_delay_node_describe (FermataNodeType *type)
{
  return &description;
}

static void
fermata_delay_node_execute (FermataNodeType  *type,
                            FermataExecution *execution)
{
  FermataValue *duration = fermata_execution_get_parameter (execution, "duration");
  g_autoptr (FermataValue) input = fermata_execution_dup_input (execution);
  g_autoptr (GError) error = NULL;
  gint64 microseconds;

  if (!fermata_duration_parse (duration, &microseconds, &error))
    fermata_execution_fail (execution, FERMATA_ERROR_KIND_VALIDATION, error->message, NULL);
  else
    fermata_execution_complete_after (execution, microseconds, input);
}

static void
fermata_delay_node_class_init (FermataDelayNodeClass *klass)
{
  klass->describe = fermata_delay_node_describe;
  klass->execute = fermata_delay_node_execute;
}

static void
fermata_delay_node_init (FermataDelayNode *self)
{
}

/**
 * fermata_delay_node_new:
 *
 * Makes the node type `delay`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_delay_node_new (void)
{
  return g_object_new (fermata_delay_node_get_type (), NULL);
}
