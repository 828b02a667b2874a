/* fermata-command-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"
#include "engine/nodes/fermata-process-private.h"

typedef FermataNodeType FermataCommandNode;
typedef FermataNodeTypeClass FermataCommandNodeClass;

static GType fermata_command_node_get_type (void);

G_DEFINE_TYPE (FermataCommandNode, fermata_command_node, FERMATA_TYPE_NODE_TYPE)

static const FermataParameter parameters[] = {
  {
    .name = "argv",
    .type = FERMATA_MEMBER_TYPE_STRINGS,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .required = TRUE,
    .doc = "The program and its arguments, one text each. No shell reads them.",
  },
  FERMATA_PROCESS_PARAMETERS,
};

static const FermataNodeDescription description = {
  .name = "command",
  .title = "Command",
  .category = "Processes",
  .icon_name = "utilities-terminal-symbolic",
  .doc = "Runs a program. Fails with its exit status and the last line of its standard error "
         "unless the status means success.",
  .output_doc = "What it wrote to standard output, as “output” says.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static const FermataNodeDescription *
fermata_command_node_describe (FermataNodeType *type)
{
  return &description;
}

static char **
dup_argv (FermataValue  *argv,
          GError       **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (!fermata_process_add_arguments (builder, argv, "argv", error))
    return NULL;
  if (fermata_value_get_length (argv) > 0)
    return g_strv_builder_end (builder);

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
               "argv must be an array with the program's name, but is empty");
  return NULL;
}

static void
fermata_command_node_execute (FermataNodeType  *type,
                              FermataExecution *execution)
{
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  argv = dup_argv (fermata_execution_get_parameter (execution, "argv"), &error);
  if (argv == NULL || !fermata_process_start (execution, (const char *const *) argv, &error))
    fermata_execution_fail_with_error (execution, error);
}

static void
fermata_command_node_cancel (FermataNodeType  *type,
                             FermataExecution *execution)
{
  fermata_process_cancel (execution);
}

static void
fermata_command_node_set_paused (FermataNodeType  *type,
                                 FermataExecution *execution,
                                 gboolean          paused)
{
  fermata_process_set_paused (execution, paused);
}

static void
fermata_command_node_class_init (FermataCommandNodeClass *klass)
{
  klass->describe = fermata_command_node_describe;
  klass->execute = fermata_command_node_execute;
  klass->cancel = fermata_command_node_cancel;
  klass->set_paused = fermata_command_node_set_paused;
}

static void
fermata_command_node_init (FermataCommandNode *self)
{
}

/**
 * fermata_command_node_new:
 *
 * Makes the node type `command`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_command_node_new (void)
{
  return g_object_new (fermata_command_node_get_type (), NULL);
}
