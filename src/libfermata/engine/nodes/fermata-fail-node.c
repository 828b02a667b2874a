/* fermata-fail-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-task-error.h"
#include "engine/nodes/fermata-nodes.h"

typedef FermataNodeType FermataFailNode;
typedef FermataNodeTypeClass FermataFailNodeClass;

static GType fermata_fail_node_get_type (void);

G_DEFINE_TYPE (FermataFailNode, fermata_fail_node, FERMATA_TYPE_NODE_TYPE)

static const char *const kinds[] = {
  "unknown", "connectivity", "timeout", "validation", "transformation", "expression",
  "routing", "security", "execution", "cancelled", "budget", NULL,
};

static const FermataParameter parameters[] = {
  {
    .name = "message",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .required = TRUE,
    .doc = "Why, for people.",
  },
  {
    .name = "kind",
    .type = FERMATA_MEMBER_TYPE_CHOICE,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .choices = kinds,
    .default_json = "\"execution\"",
    .doc = "What sort of error it is, for policies.",
  },
};

static const FermataNodeDescription description = {
  .name = "fail",
  .title = "Fail",
  .category = "Flow",
  .icon_name = "dialog-error-symbolic",
  .doc = "Fails with an error: to refuse what should not go on, and to try out how a graph copes.",
  .output_doc = "None.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static const FermataNodeDescription *
fermata_fail_node_describe (FermataNodeType *type)
{
  return &description;
}

static FermataValue *
fermata_fail_node_compute (FermataNodeType     *type,
                           FermataComputation  *computation,
                           GError             **error)
{
  g_autoptr (FermataValue) message = NULL;
  g_autoptr (FermataValue) name = NULL;
  FermataErrorKind kind = FERMATA_ERROR_KIND_EXECUTION;

  message = fermata_computation_get_parameter (computation, "message", error);
  if (message == NULL)
    return NULL;
  name = fermata_computation_get_parameter (computation, "kind", error);
  if (name == NULL)
    return NULL;

  if (fermata_value_get_kind (message) != FERMATA_VALUE_KIND_STRING)
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                   "message must be of type string, but is of type %s",
                   fermata_value_kind_to_string (fermata_value_get_kind (message)));
      return NULL;
    }

  if (fermata_value_get_kind (name) == FERMATA_VALUE_KIND_STRING)
    fermata_error_kind_from_string (fermata_value_get_string (name, NULL), &kind);
  g_set_error_literal (error, FERMATA_TASK_ERROR, kind, fermata_value_get_string (message, NULL));

  return NULL;
}

static void
fermata_fail_node_class_init (FermataFailNodeClass *klass)
{
  klass->describe = fermata_fail_node_describe;
  klass->compute = fermata_fail_node_compute;
}

static void
fermata_fail_node_init (FermataFailNode *self)
{
}

/**
 * fermata_fail_node_new:
 *
 * Makes the node type `fail`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_fail_node_new (void)
{
  return g_object_new (fermata_fail_node_get_type (), NULL);
}
