/* fermata-shell-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"
#include "engine/nodes/fermata-process-private.h"

typedef FermataNodeType FermataShellNode;
typedef FermataNodeTypeClass FermataShellNodeClass;

static GType fermata_shell_node_get_type (void);

G_DEFINE_TYPE (FermataShellNode, fermata_shell_node, FERMATA_TYPE_NODE_TYPE)

/* The text is never put together: what varies comes as arguments and variables,
 * which the shell does not read as commands. */
static const FermataParameter parameters[] = {
  {
    .name = "script",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .required = TRUE,
    .doc = "What the shell runs, as it stands: no templates. Values come to it as “$1”, “$2”… "
           "(see args) and as variables (see env).",
  },
  {
    .name = "args",
    .type = FERMATA_MEMBER_TYPE_STRINGS,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .doc = "Its arguments: “$1”, “$2”…, all of them “$@”. Between double quotes they stay whole, "
           "whatever is in them.",
  },
  FERMATA_PROCESS_PARAMETERS,
};

static const FermataNodeDescription description = {
  .name = "shell",
  .title = "Shell",
  .category = "Processes",
  .icon_name = "utilities-terminal-symbolic",
  .doc = "Runs a script of the shell, /bin/sh. Fails with its exit status and the last line of its "
         "standard error unless the status means success.",
  .output_doc = "What it wrote to standard output, as “output” says.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static const FermataNodeDescription *
fermata_shell_node_describe (FermataNodeType *type)
{
  return &description;
}

static char **
dup_argv (FermataExecution  *execution,
          GError           **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  FermataValue *args = fermata_execution_get_parameter (execution, "args");
  g_autofree char *script = NULL;

  script = fermata_process_dup_argument (fermata_execution_get_parameter (execution, "script"),
                                         "script", error);
  if (script == NULL)
    return NULL;

  g_strv_builder_add_many (builder, "/bin/sh", "-c", script, "sh", NULL);
  if (args != NULL && !fermata_process_add_arguments (builder, args, "args", error))
    return NULL;

  return g_strv_builder_end (builder);
}

static void
fermata_shell_node_execute (FermataNodeType  *type,
                              FermataExecution *execution)
{
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  argv = dup_argv (execution, &error);
  if (argv == NULL || !fermata_process_start (execution, (const char *const *) argv, &error))
    fermata_execution_fail_with_error (execution, error);
}

static void
fermata_shell_node_cancel (FermataNodeType  *type,
                             FermataExecution *execution)
{
  fermata_process_cancel (execution);
}

static void
fermata_shell_node_set_paused (FermataNodeType  *type,
                               FermataExecution *execution,
                               gboolean          paused)
{
  fermata_process_set_paused (execution, paused);
}

static void
fermata_shell_node_class_init (FermataShellNodeClass *klass)
{
  klass->describe = fermata_shell_node_describe;
  klass->execute = fermata_shell_node_execute;
  klass->cancel = fermata_shell_node_cancel;
  klass->set_paused = fermata_shell_node_set_paused;
}

static void
fermata_shell_node_init (FermataShellNode *self)
{
}

/**
 * fermata_shell_node_new:
 *
 * Makes the node type `shell`, which runs a script of the shell.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_shell_node_new (void)
{
  return g_object_new (fermata_shell_node_get_type (), NULL);
}
