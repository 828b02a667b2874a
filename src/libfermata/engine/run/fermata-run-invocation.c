/* fermata-run-invocation.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Machines that are known only when a task begins: each is a run of the same engine,
 * under the same clock, with a history of its own. Section 6.4 of the
 * recommendation. */

#include "engine/run/fermata-run-invocation-private.h"

#include "engine/fermata-engine.h"
#include "engine/run/fermata-execution-private.h"
#include "value/fermata-canonical.h"
#include "value/fermata-value-builder.h"

/* What is kept of its history: nobody looks at it. */
#define KEPT_EVENTS 1000

/* The machine */

static gboolean
is_scxml_type (const char *type)
{
  static const char *const types[] = {
    "scxml", "http://www.w3.org/TR/scxml/", "http://www.w3.org/TR/scxml", NULL
  };

  return g_strv_contains (types, type);
}

static FermataValue *
get_parameter (FermataExecution *execution,
               const char       *name)
{
  FermataValue *value = fermata_execution_get_parameter (execution, name);

  return value == NULL || fermata_value_get_kind (value) == FERMATA_VALUE_KIND_NULL ? NULL : value;
}

static gboolean
check_type (FermataExecution  *execution,
            GError           **error)
{
  FermataValue *type = get_parameter (execution, "type");

  if (type == NULL
      || (fermata_value_get_kind (type) == FERMATA_VALUE_KIND_STRING
          && is_scxml_type (fermata_value_get_string (type, NULL))))
    return TRUE;

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
               "type: nothing of that sort can be invoked");

  return FALSE;
}

/* The document in which the task stands */
static FermataFrame *
find_document_frame (FermataExecution *execution)
{
  FermataMoment *moment = execution->run->moment;
  FermataFrame *frame = fermata_moment_get_frame (moment, execution->frame);

  while (!frame->plan->is_isolated && frame->parent != FERMATA_FRAME_NONE)
    frame = fermata_moment_get_frame (moment, frame->parent);

  return frame;
}

static FermataGraph *
read_file (FermataExecution  *execution,
           FermataLoader     *loader,
           const char        *location,
           GError           **error)
{
  GFile *document = find_document_frame (execution)->plan->file;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GFile) file = fermata_loader_resolve (loader, document, location, &problem);
  g_autofree char *uri = file == NULL ? NULL : g_file_get_uri (file);
  FermataGraph *graph = NULL;

  if (uri != NULL)
    graph = fermata_loader_load (loader, NULL, uri, NULL, &problem);
  if (graph == NULL)
    g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_CONNECTIVITY, "src: %s", problem->message);

  return graph;
}

/* Markup may be a value of its own. */
static FermataValue *
get_text (FermataValue *content)
{
  FermataValue *xml = fermata_value_get_kind (content) == FERMATA_VALUE_KIND_OBJECT
                      ? fermata_value_get_member (content, "$xml") : NULL;

  content = xml != NULL ? xml : content;

  return fermata_value_get_kind (content) == FERMATA_VALUE_KIND_STRING ? content : NULL;
}

static FermataGraph *
parse_content (FermataExecution  *execution,
               FermataLoader     *loader,
               FermataValue      *content,
               GError           **error)
{
  GFile *document = find_document_frame (execution)->plan->file;
  FermataValue *value = get_text (content);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) problem = NULL;
  FermataGraph *graph;
  const char *text;
  gsize length;

  if (value == NULL)
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                   "content: must be the text of a machine, not %s",
                   fermata_value_kind_to_string (fermata_value_get_kind (content)));
      return NULL;
    }

  text = fermata_value_get_string (value, &length);
  bytes = g_bytes_new (text, length);
  graph = fermata_loader_parse (loader, bytes, document, "content", NULL, &problem);
  if (graph == NULL)
    g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "content: %s", problem->message);

  return graph;
}

static FermataGraph *
read_machine (FermataExecution  *execution,
              FermataEngine     *engine,
              GError           **error)
{
  FermataLoader *loader = fermata_engine_get_loader (engine);
  FermataValue *src = get_parameter (execution, "src");
  FermataValue *content = get_parameter (execution, "content");

  if (loader == NULL || (src == NULL) == (content == NULL))
    {
      g_set_error_literal (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                           loader == NULL ? "This engine reads no files"
                                          : "There must be one of “src” and “content”");
      return NULL;
    }
  if (src == NULL)
    return parse_content (execution, loader, content, error);
  if (fermata_value_get_kind (src) == FERMATA_VALUE_KIND_STRING)
    return read_file (execution, loader, fermata_value_get_string (src, NULL), error);

  g_set_error_literal (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "src: must be text");

  return NULL;
}

static FermataPlan *
compile (FermataExecution  *execution,
         FermataEngine     *engine,
         GError           **error)
{
  g_autoptr (FermataGraph) graph = read_machine (execution, engine, error);
  g_autoptr (GError) problem = NULL;
  FermataPlan *plan;

  if (graph == NULL)
    return NULL;
  if (fermata_graph_get_kind (graph) != FERMATA_GRAPH_KIND_FSM)
    {
      g_set_error_literal (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                           "It is no state machine");
      return NULL;
    }

  plan = fermata_engine_compile (engine, graph, &problem);
  if (plan == NULL)
    g_set_error_literal (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, problem->message);

  return plan;
}

/* Its run */

static gboolean
is_scxml (FermataPlan *plan)
{
  return plan->chart != NULL && plan->chart->data_model != FERMATA_DATA_MODEL_FERMATA;
}

/* What it is given as others say it: whoever invokes it may have values that they have
 * no word for. */
static FermataValue *
dup_params (FermataExecution *execution)
{
  FermataValue *params = get_parameter (execution, "params");
  FermataMoment *moment = execution->run->moment;
  FermataFrame *parent = fermata_moment_find_parent_machine (moment,
                                                             fermata_moment_get_frame (moment, execution->frame));

  if (params == NULL || fermata_value_get_kind (params) != FERMATA_VALUE_KIND_OBJECT)
    return fermata_value_new_empty_object ();

  return parent != NULL && is_scxml (parent->plan) ? fermata_canonical_to_plain (params)
                                                   : fermata_value_ref (params);
}

/* What it does not declare it is not given (6.4.3). */
static FermataValue *
dup_inputs (FermataExecution *execution,
            FermataPlan      *plan)
{
  g_autoptr (FermataValue) params = dup_params (execution);
  FermataValue *declared = fermata_value_get_member (plan->members,
                                                     is_scxml (plan) ? "variables" : "inputs");
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  if (declared == NULL || fermata_value_get_kind (declared) != FERMATA_VALUE_KIND_OBJECT)
    return fermata_value_builder_end (builder);

  for (gsize i = 0; i < fermata_value_get_length (params); i++)
    {
      const char *name = fermata_value_get_member_name (params, i);

      if (fermata_value_get_member (declared, name) != NULL)
        fermata_value_builder_set (builder, name, fermata_value_get_element (params, i));
    }

  return fermata_value_builder_end (builder);
}

/* The same for the same invocation of the same run, and not that of another one. */
static guint64
derive_seed (FermataExecution *execution)
{
  guint64 seed = execution->run->seed * G_GUINT64_CONSTANT (6364136223846793005);

  seed += ((guint64) execution->frame << 16 | execution->attempt) * G_GUINT64_CONSTANT (1442695040888963407);
  seed ^= seed >> 29;
  seed *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  seed ^= seed >> 32;

  return MAX (seed & ((G_GUINT64_CONSTANT (1) << 53) - 1), 1);
}

static FermataValue *
dup_result (FermataRun *child)
{
  FermataValue *result = fermata_moment_get_result (child->moment);

  if (result == NULL)
    return fermata_value_new_null ();

  return is_scxml (child->plan) ? fermata_canonical_to_plain (result) : fermata_value_ref (result);
}

static void
tell_end (FermataExecution *execution,
          FermataRun       *child)
{
  g_autoptr (FermataValue) result = dup_result (child);
  FermataValue *error = fermata_moment_get_error (child->moment);
  FermataValue *message = error == NULL ? NULL : fermata_value_get_member (error, "message");

  if (child->moment->state == FERMATA_RUN_STATE_DONE)
    fermata_execution_complete (execution, result);
  else if (fermata_execution_is_cancelled (execution))
    fermata_execution_end_cancelled (execution);
  else
    fermata_execution_fail (execution, FERMATA_ERROR_KIND_EXECUTION,
                            message == NULL ? "The machine failed"
                                            : fermata_value_get_string (message, NULL), error);
}

static void
ended (GObject      *source,
       GAsyncResult *result,
       gpointer      user_data)
{
  g_autoptr (FermataExecution) execution = user_data;

  fermata_run_wait_finish (FERMATA_RUN (source), result, NULL);
  if (execution->run != NULL)
    tell_end (execution, FERMATA_RUN (source));
}

/* Nobody waits for it any more. */
static void
forget (gpointer data)
{
  g_autoptr (FermataRun) child = data;

  if (child->invoker != NULL)
    child->invoker->child = NULL;
  child->invoker = NULL;
  fermata_run_cancel (child);
}

static gboolean
check_depth (FermataExecution  *execution,
             GError           **error)
{
  if (execution->run->depth + 1 < FERMATA_MAX_INVOCATION_DEPTH)
    return TRUE;

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_BUDGET,
               "Machines that are invoked are at most %d deep in each other",
               FERMATA_MAX_INVOCATION_DEPTH);

  return FALSE;
}

gboolean
fermata_invocation_begin (FermataExecution  *execution,
                          GError           **error)
{
  FermataSessions *sessions = execution->run->sessions;
  FermataRunOptions options = FERMATA_RUN_OPTIONS_INIT;
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (FermataValue) inputs = NULL;
  FermataRun *child;

  if (sessions == NULL || sessions->engine == NULL)
    {
      g_set_error_literal (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                           "There is no engine to invoke machines");
      return FALSE;
    }
  if (!check_type (execution, error) || !check_depth (execution, error))
    return FALSE;
  plan = compile (execution, sessions->engine, error);
  if (plan == NULL)
    return FALSE;

  inputs = dup_inputs (execution, plan);
  options.inputs = inputs;
  options.seed = derive_seed (execution);
  options.grace = execution->run->grace;
  options.keep_events = KEPT_EVENTS;
  child = fermata_engine_create_run (sessions->engine, plan, &options, error);
  if (child == NULL)
    return FALSE;

  child->depth = execution->run->depth + 1;
  child->invoker = execution;
  execution->child = child;
  fermata_execution_set_data (execution, child, forget);
  fermata_run_wait_async (child, NULL, ended, g_object_ref (execution));
  fermata_run_start (child);

  return TRUE;
}

gboolean
fermata_invocation_cancel (FermataExecution *execution)
{
  if (execution->child == NULL)
    return FALSE;

  fermata_run_cancel (execution->child);

  return TRUE;
}
