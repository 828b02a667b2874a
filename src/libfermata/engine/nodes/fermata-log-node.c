/* fermata-log-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"
#include "value/fermata-value-writer.h"

typedef FermataNodeType FermataLogNode;
typedef FermataNodeTypeClass FermataLogNodeClass;

static GType fermata_log_node_get_type (void);

G_DEFINE_TYPE (FermataLogNode, fermata_log_node, FERMATA_TYPE_NODE_TYPE)

static const FermataParameter parameters[] = {
  {
    .name = "message",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .required = TRUE,
    .doc = "What to say. Anything but text is said as JSON.",
  },
};

static const FermataNodeDescription description = {
  .name = "log",
  .title = "Log",
  .category = "Output",
  .icon_name = "text-x-generic-symbolic",
  .doc = "Says something to whoever watches the run, and puts it on record.",
  .output_doc = "The message as text.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static const FermataNodeDescription *
fermata_log_node_describe (FermataNodeType *type)
{
  return &description;
}

static FermataValue *
fermata_log_node_compute (FermataNodeType     *type,
                          FermataComputation  *computation,
                          GError             **error)
{
  g_autoptr (FermataValue) message = NULL;
  g_autofree char *text = NULL;
  gsize length;

  message = fermata_computation_get_parameter (computation, "message", error);
  if (message == NULL)
    return NULL;

  if (fermata_value_get_kind (message) != FERMATA_VALUE_KIND_STRING)
    {
      text = fermata_value_to_string (message, FERMATA_WRITE_COMPACT, &length);
      fermata_value_unref (message);
      message = fermata_value_new_string (text, length);
    }
  fermata_computation_log (computation, message);

  return g_steal_pointer (&message);
}

static void
fermata_log_node_class_init (FermataLogNodeClass *klass)
{
  klass->describe = fermata_log_node_describe;
  klass->compute = fermata_log_node_compute;
}

static void
fermata_log_node_init (FermataLogNode *self)
{
}

/**
 * fermata_log_node_new:
 *
 * Makes the node type `log`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_log_node_new (void)
{
  return g_object_new (fermata_log_node_get_type (), NULL);
}
