/* fermata-command-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-execution.h"
#include "engine/nodes/fermata-nodes.h"
#include "engine/nodes/fermata-text-private.h"
#include "engine/nodes/fermata-usage-private.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#include <string.h>

typedef FermataNodeType FermataCommandNode;
typedef FermataNodeTypeClass FermataCommandNodeClass;

static GType fermata_command_node_get_type (void);

G_DEFINE_TYPE (FermataCommandNode, fermata_command_node, FERMATA_TYPE_NODE_TYPE)

#define MAX_OUTPUT FERMATA_VALUE_READER_DEFAULT_MAX_SIZE
#define LAST_WORDS 2000
#define WHAT "Its standard output"

static const char *const emits[] = { "lines", "ndjson", NULL };
static const char *const outputs[] = { "text", "json", "lines", "none", NULL };

static const FermataParameter parameters[] = {
  {
    .name = "argv",
    .type = FERMATA_MEMBER_TYPE_STRINGS,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .required = TRUE,
    .doc = "The program and its arguments, one text each. No shell reads them.",
  },
  {
    .name = "cwd",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .doc = "The folder it runs in. Without it, the one Fermata was started in.",
  },
  {
    .name = "env",
    .type = FERMATA_MEMBER_TYPE_OBJECT,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .doc = "Environment variables, added to those Fermata was started with.",
  },
  {
    .name = "stdin",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .doc = "What it reads from standard input: text as it is, anything else as JSON.",
  },
  {
    .name = "output",
    .type = FERMATA_MEMBER_TYPE_CHOICE,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .choices = outputs,
    .doc = "How its standard output becomes the node's output: as text (without the last line "
           "break; the default, unless “emit” is given), as JSON, as an array of lines, or not "
           "at all.",
  },
  {
    .name = "emit",
    .type = FERMATA_MEMBER_TYPE_CHOICE,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .choices = emits,
    .doc = "What each line of its standard output is, as an item for edges with “each”, while it "
           "runs: a text, or JSON.",
  },
  {
    .name = "usage",
    .type = FERMATA_MEMBER_TYPE_OBJECT,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .doc = "Where in its output it tells what it has used up: names such as “tokens” or “cost”, "
           "each with the path of a number, such as “usage.total”.",
  },
  {
    .name = "success-codes",
    .type = FERMATA_MEMBER_TYPE_ARRAY,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .default_json = "[0]",
    .doc = "The exit statuses that mean success.",
  },
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

/* Parameters, checked once more: templates may have made anything of them. */

static gboolean
refuse (GError       **error,
        const char    *what,
        const char    *expected,
        FermataValue  *found)
{
  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
               "%s must be %s, but is of type %s", what, expected,
               fermata_value_kind_to_string (fermata_value_get_kind (found)));

  return FALSE;
}

/* A text that the system can take: without U+0000. Numbers and booleans are
 * taken as they are written. */
static char *
dup_argument (FermataValue  *value,
              const char    *what,
              GError       **error)
{
  const char *string;
  gsize length;

  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_STRING:
      string = fermata_value_get_string (value, &length);
      if (memchr (string, '\0', length) == NULL)
        return g_strdup (string);
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                   "%s must not contain U+0000", what);
      return NULL;

    case FERMATA_VALUE_KIND_BOOLEAN:
    case FERMATA_VALUE_KIND_INTEGER:
    case FERMATA_VALUE_KIND_NUMBER:
      return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

    case FERMATA_VALUE_KIND_NULL:
    case FERMATA_VALUE_KIND_ARRAY:
    case FERMATA_VALUE_KIND_OBJECT:
    default:
      refuse (error, what, "text", value);
      return NULL;
    }
}

static char **
dup_argv (FermataValue  *argv,
          GError       **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (fermata_value_get_kind (argv) != FERMATA_VALUE_KIND_ARRAY
      || fermata_value_get_length (argv) == 0)
    {
      refuse (error, "argv", "an array with the program's name", argv);
      return NULL;
    }

  for (gsize i = 0; i < fermata_value_get_length (argv); i++)
    {
      g_autofree char *what = g_strdup_printf ("argv[%" G_GSIZE_FORMAT "]", i);
      g_autofree char *argument = dup_argument (fermata_value_get_element (argv, i), what, error);

      if (argument == NULL)
        return NULL;
      g_strv_builder_add (builder, argument);
    }

  return g_strv_builder_end (builder);
}

static gboolean
collect_environment (FermataValue   *env,
                     char         ***environment,
                     GError        **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  *environment = NULL;
  if (env == NULL)
    return TRUE;
  if (fermata_value_get_kind (env) != FERMATA_VALUE_KIND_OBJECT)
    return refuse (error, "env", "an object", env);

  for (gsize i = 0; i < fermata_value_get_length (env); i++)
    {
      const char *name = fermata_value_get_member_name (env, i);
      g_autofree char *what = g_strdup_printf ("env.%s", name);
      g_autofree char *value = dup_argument (fermata_value_get_member (env, name), what, error);
      g_autofree char *entry = NULL;

      if (value == NULL)
        return FALSE;
      if (*name == '\0' || strchr (name, '=') != NULL)
        {
          g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                       "env: “%s” cannot be the name of a variable", name);
          return FALSE;
        }
      entry = g_strconcat (name, "=", value, NULL);
      g_strv_builder_add (builder, entry);
    }
  *environment = g_strv_builder_end (builder);

  return TRUE;
}

static GBytes *
dup_standard_input (FermataValue *value)
{
  char *text;
  gsize length;

  if (value == NULL)
    return NULL;

  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    {
      const char *string = fermata_value_get_string (value, &length);

      return g_bytes_new (string, length);
    }

  text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, &length);

  return g_bytes_new_take (text, length);
}

/* Outputs */

static const char *
choice_of (FermataExecution *execution,
           const char       *name)
{
  FermataValue *value = fermata_execution_get_parameter (execution, name);

  return value == NULL ? NULL : fermata_value_get_string (value, NULL);
}

static const char *
output_of (FermataExecution *execution)
{
  const char *output = choice_of (execution, "output");

  if (output != NULL)
    return output;

  return choice_of (execution, "emit") == NULL ? "text" : "none";
}

static FermataValue *
read_output (FermataExecution  *execution,
             GError           **error)
{
  const char *output = output_of (execution);
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize length;

  if (g_str_equal (output, "none"))
    return fermata_value_new_null ();

  bytes = fermata_execution_dup_printed (execution, FERMATA_STREAM_OUTPUT, MAX_OUTPUT, error);
  if (bytes == NULL)
    return NULL;

  text = g_bytes_get_data (bytes, &length);
  if (text == NULL)
    text = "";
  if (g_str_equal (output, "json"))
    return fermata_text_to_json (text, length, WHAT, error);
  if (g_str_equal (output, "lines"))
    return fermata_text_to_lines (text, length, WHAT, error);

  if (length > 0 && text[length - 1] == '\n')
    length--;
  return fermata_text_to_string (text, length, WHAT, error);
}

/* Ends */

static gboolean
is_success (FermataExecution    *execution,
            const FermataJobEnd *end)
{
  FermataValue *codes = fermata_execution_get_parameter (execution, "success-codes");

  if (!end->exited || fermata_value_get_kind (codes) != FERMATA_VALUE_KIND_ARRAY)
    return FALSE;

  for (gsize i = 0; i < fermata_value_get_length (codes); i++)
    {
      FermataValue *code = fermata_value_get_element (codes, i);

      if (fermata_value_get_kind (code) == FERMATA_VALUE_KIND_INTEGER
          && fermata_value_get_integer (code) == end->code)
        return TRUE;
    }

  return FALSE;
}

/* The end of what it wrote to standard error, as text. */
static char *
dup_last_words (FermataExecution *execution)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  const char *data;
  gsize length;

  bytes = fermata_execution_dup_printed (execution, FERMATA_STREAM_ERROR, MAX_OUTPUT, NULL);
  if (bytes == NULL)
    return g_strdup ("");

  data = g_bytes_get_data (bytes, &length);
  if (length > LAST_WORDS)
    {
      data += length - LAST_WORDS;
      length = LAST_WORDS;
    }
  text = g_utf8_make_valid (data == NULL ? "" : data, length);

  return g_strdup (g_strchomp (text));
}

static void
fail_with_end (FermataExecution    *execution,
               const FermataJobEnd *end)
{
  g_autoptr (FermataValueBuilder) details = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) details_value = NULL;
  g_autofree char *words = dup_last_words (execution);
  g_autoptr (GString) message = g_string_new (NULL);
  const char *last_line = strrchr (words, '\n');

  if (end->exited)
    g_string_append_printf (message, "exit status %d", end->code);
  else
    g_string_append_printf (message, "ended by signal %d (%s)", end->code, g_strsignal (end->code));
  last_line = last_line == NULL ? words : last_line + 1;
  if (*last_line != '\0')
    g_string_append_printf (message, ": %s", last_line);

  fermata_value_builder_set_integer (details, end->exited ? "status" : "signal", end->code);
  if (*words != '\0')
    fermata_value_builder_set_string (details, "stderr", words);
  details_value = fermata_value_builder_end (details);

  fermata_execution_fail (execution, FERMATA_ERROR_KIND_EXECUTION, message->str, details_value);
}

static void
job_output (FermataJob    *job,
            FermataStream  stream,
            const guint8  *data,
            gsize          length,
            gpointer       user_data)
{
  FermataExecution *execution = user_data;
  g_autoptr (GError) error = NULL;

  if (fermata_execution_print (execution, stream, data, length, &error))
    return;

  if (error->domain == FERMATA_TASK_ERROR)
    {
      fermata_execution_fail_with_error (execution, error);
      return;
    }

  /* What cannot be kept is lost: better to say so than to go on. */
  fermata_execution_fail (execution, FERMATA_ERROR_KIND_EXECUTION, error->message, NULL);
}

static void
job_ended (FermataJob          *job,
           const FermataJobEnd *end,
           gpointer             user_data)
{
  FermataExecution *execution = user_data;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) error = NULL;

  fermata_execution_report_measured (execution, end->user_time, end->system_time, end->peak_memory);
  if (fermata_execution_is_cancelled (execution))
    {
      fermata_execution_end_cancelled (execution);
      return;
    }
  if (!is_success (execution, end))
    {
      fail_with_end (execution, end);
      return;
    }

  value = read_output (execution, &error);
  if (value == NULL
      || !fermata_usage_report (execution, fermata_execution_get_parameter (execution, "usage"),
                                value, &error))
    fermata_execution_fail_with_error (execution, error);
  else
    fermata_execution_complete (execution, value);
}

static const FermataJobListener listener = { job_output, job_ended };

static gboolean
start (FermataExecution  *execution,
       GError           **error)
{
  FermataExecutor *executor = fermata_execution_get_executor (execution);
  FermataValue *directory = fermata_execution_get_parameter (execution, "cwd");
  FermataValue *env = fermata_execution_get_parameter (execution, "env");
  g_auto (GStrv) argv = NULL;
  g_auto (GStrv) environment = NULL;
  g_autofree char *cwd = NULL;
  g_autoptr (GBytes) input = NULL;
  FermataJobSpec spec;
  FermataJob *job;

  if (executor == NULL)
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_SECURITY,
                   "This engine runs no processes");
      return FALSE;
    }

  argv = dup_argv (fermata_execution_get_parameter (execution, "argv"), error);
  if (argv == NULL || !collect_environment (env, &environment, error))
    return FALSE;
  if (directory != NULL && (cwd = dup_argument (directory, "cwd", error)) == NULL)
    return FALSE;

  input = dup_standard_input (fermata_execution_get_parameter (execution, "stdin"));
  spec = (FermataJobSpec) {
    .argv = (const char *const *) argv,
    .environment = (const char *const *) environment,
    .directory = cwd,
    .input = input,
    .key = fermata_execution_get_key (execution),
    .attempt = fermata_execution_get_attempt (execution),
    .grace = fermata_execution_get_grace (execution),
  };
  fermata_execution_set_emit (execution, choice_of (execution, "emit"));
  job = fermata_executor_start (executor, &spec, &listener, execution, error);
  if (job == NULL)
    return FALSE;

  fermata_execution_set_data (execution, job, g_object_unref);
  fermata_execution_tell_process (execution, job);

  return TRUE;
}

static void
fermata_command_node_execute (FermataNodeType  *type,
                              FermataExecution *execution)
{
  g_autoptr (GError) error = NULL;

  if (!start (execution, &error))
    fermata_execution_fail_with_error (execution, error);
}

static void
fermata_command_node_cancel (FermataNodeType  *type,
                             FermataExecution *execution)
{
  FermataJob *job = fermata_execution_get_data (execution);

  if (job == NULL)
    fermata_execution_end_cancelled (execution);
  else
    fermata_job_terminate (job);
}

static void
fermata_command_node_class_init (FermataCommandNodeClass *klass)
{
  klass->describe = fermata_command_node_describe;
  klass->execute = fermata_command_node_execute;
  klass->cancel = fermata_command_node_cancel;
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
