/* fermata-script-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-nodes.h"
#include "engine/policies/fermata-script-action-private.h"
#include "engine/run/fermata-execution.h"
#include "value/fermata-value-builder.h"

typedef FermataNodeType FermataScriptNode;
typedef FermataNodeTypeClass FermataScriptNodeClass;

static GType fermata_script_node_get_type (void);

G_DEFINE_TYPE (FermataScriptNode, fermata_script_node, FERMATA_TYPE_NODE_TYPE)

/* In MB */
#define MIN_MEMORY 16
#define MAX_MEMORY (1024 * 1024)

static const FermataParameter parameters[] = {
  {
    .name = "code",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_CODE,
    .required = TRUE,
    .doc = "JavaScript, the body of a function: what it returns is the output. It sees “input”, "
           "“inputs”, “variables”, “nodes” and the other names of expressions, and may change its "
           "copies of them as it likes.",
  },
  {
    .name = "memory",
    .type = FERMATA_MEMBER_TYPE_INTEGER,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .default_json = "256",
    .doc = "How much memory it may use, in MB.",
  },
};

static const FermataNodeDescription description = {
  .name = "script",
  .title = "Script",
  .category = "Data",
  .icon_name = "text-x-script-symbolic",
  .doc = "Runs JavaScript in a process of its own, where it may take its time. Fails if it throws, "
         "if what it returns is no value, or if it runs out of memory.",
  .output_doc = "What it returned; null if that is nothing.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .timeout = "60s",
};

static const FermataNodeDescription *
fermata_script_node_describe (FermataNodeType *type)
{
  return &description;
}

/* Names */

static const char *const known_names[] = {
  "input", "inputs", "variables", "nodes", "run", "attempt", "iteration", "state", "error", "event",
};

/* Those that are undefined are parameters without a value. */
static FermataValue *
collect_names (FermataExecution  *execution,
               FermataValue      *code,
               const char       **names)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  gsize length;
  const char *text = fermata_value_get_string (code, &length);
  guint found = fermata_script_find_names (text, length, known_names, G_N_ELEMENTS (known_names));
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (known_names); i++)
    {
      g_autoptr (FermataValue) value = NULL;

      if ((found & 1u << i) == 0)
        continue;
      names[n++] = known_names[i];
      value = fermata_execution_dup_name (execution, known_names[i]);
      if (value != NULL)
        fermata_value_builder_set (builder, known_names[i], value);
    }
  names[n] = NULL;

  return fermata_value_builder_end (builder);
}

/* Calls */

static void
printed (FermataStream  stream,
         const guint8  *data,
         gsize          length,
         gpointer       user_data)
{
  FermataExecution *execution = user_data;
  g_autoptr (GError) error = NULL;

  if (fermata_execution_print (execution, stream, data, length, &error))
    return;

  fermata_execution_fail (execution, FERMATA_ERROR_KIND_EXECUTION, error->message, NULL);
  if (fermata_execution_get_data (execution) != NULL)
    g_cancellable_cancel (fermata_execution_get_data (execution));
}

static void
returned (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (FermataExecution) execution = user_data;
  g_autoptr (FermataValue) details = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = NULL;

  value = fermata_script_pool_call_finish (FERMATA_SCRIPT_POOL (source), result, &details, &error);
  if (value != NULL)
    fermata_execution_complete (execution, value);
  else if (fermata_execution_is_cancelled (execution))
    fermata_execution_end_cancelled (execution);
  else
    fermata_execution_fail (execution, fermata_error_kind_of (error), error->message, details);
}

static gboolean
read_memory (FermataExecution  *execution,
             guint64           *bytes,
             GError           **error)
{
  FermataValue *memory = fermata_execution_get_parameter (execution, "memory");
  gint64 megabytes = 0;

  if (fermata_value_get_kind (memory) == FERMATA_VALUE_KIND_INTEGER)
    megabytes = fermata_value_get_integer (memory);
  if (megabytes < MIN_MEMORY || megabytes > MAX_MEMORY)
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                   "memory must be a whole number of MB from %d to %d", MIN_MEMORY, MAX_MEMORY);
      return FALSE;
    }
  *bytes = (guint64) megabytes << 20;

  return TRUE;
}

/* Whoever forgets the execution ends the call. */
static void
cancel_and_unref (gpointer data)
{
  g_cancellable_cancel (data);
  g_object_unref (data);
}

static gboolean
start (FermataExecution  *execution,
       GError           **error)
{
  FermataScriptPool *pool = fermata_execution_get_script_pool (execution);
  FermataValue *code = fermata_execution_get_parameter (execution, "code");
  const char *names[G_N_ELEMENTS (known_names) + 1];
  g_autofree char *context = NULL;
  g_autoptr (FermataValue) values = NULL;
  FermataScriptCall call = { .code = code, .parameters = names, .print = printed };
  GCancellable *cancellable;

  if (pool == NULL)
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_SECURITY,
                   "This engine runs no scripts");
      return FALSE;
    }
  if (!read_memory (execution, &call.memory, error))
    return FALSE;

  values = collect_names (execution, code, names);
  context = fermata_execution_dup_script_context (execution);
  call.context = context;
  call.names = values;
  call.print_data = execution;

  cancellable = g_cancellable_new ();
  fermata_execution_set_data (execution, cancellable, cancel_and_unref);
  fermata_script_pool_call_async (pool, &call, cancellable, returned, g_object_ref (execution));

  return TRUE;
}

static void
fermata_script_node_execute (FermataNodeType  *type,
                             FermataExecution *execution)
{
  g_autoptr (GError) error = NULL;

  if (!start (execution, &error))
    fermata_execution_fail_with_error (execution, error);
}

static void
fermata_script_node_cancel (FermataNodeType  *type,
                            FermataExecution *execution)
{
  GCancellable *cancellable = fermata_execution_get_data (execution);

  if (cancellable == NULL)
    fermata_execution_end_cancelled (execution);
  else
    g_cancellable_cancel (cancellable);
}

static void
fermata_script_node_class_init (FermataScriptNodeClass *klass)
{
  klass->describe = fermata_script_node_describe;
  klass->execute = fermata_script_node_execute;
  klass->cancel = fermata_script_node_cancel;
}

static void
fermata_script_node_init (FermataScriptNode *self)
{
}

/**
 * fermata_script_node_new:
 *
 * Makes the node type `script`, which runs JavaScript in a process of its own.
 *
 * Returns: (transfer full): the type
 */
FermataNodeType *
fermata_script_node_new (void)
{
  return g_object_new (fermata_script_node_get_type (), NULL);
}
