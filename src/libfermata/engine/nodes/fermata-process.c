/* fermata-process.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A process from its start to the node's output. */

#include "engine/nodes/fermata-process-private.h"

#include "engine/nodes/fermata-text-private.h"
#include "engine/nodes/fermata-usage-private.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"

#include <string.h>

#define MAX_OUTPUT FERMATA_VALUE_READER_DEFAULT_MAX_SIZE
#define LAST_WORDS 2000
#define WHAT "Its standard output"

const char *const fermata_process_emits[] = { "lines", "ndjson", NULL };
const char *const fermata_process_outputs[] = { "text", "json", "lines", "none", NULL };

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

gboolean
fermata_process_start (FermataExecution   *execution,
                       const char *const  *argv,
                       GError            **error)
{
  FermataExecutor *executor = fermata_execution_get_executor (execution);
  FermataValue *directory = fermata_execution_get_parameter (execution, "cwd");
  FermataValue *env = fermata_execution_get_parameter (execution, "env");
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

  if (!fermata_process_collect_environment (env, &environment, error))
    return FALSE;
  if (directory != NULL && (cwd = fermata_process_dup_argument (directory, "cwd", error)) == NULL)
    return FALSE;

  input = fermata_process_dup_standard_input (fermata_execution_get_parameter (execution, "stdin"));
  spec = (FermataJobSpec) {
    .argv = argv,
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

void
fermata_process_cancel (FermataExecution *execution)
{
  FermataJob *job = fermata_execution_get_data (execution);

  if (job == NULL)
    fermata_execution_end_cancelled (execution);
  else
    fermata_job_terminate (job);
}

/* Its pipe fills up, and then it waits. */
void
fermata_process_set_paused (FermataExecution *execution,
                            gboolean          paused)
{
  FermataJob *job = fermata_execution_get_data (execution);

  if (job != NULL)
    fermata_job_set_paused (job, paused);
}
