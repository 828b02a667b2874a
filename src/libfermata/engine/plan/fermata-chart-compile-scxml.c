/* fermata-chart-compile-scxml.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Actions in SCXML's data models. Their texts stand for themselves; what is an
 * expression is so by its name. Whether it is a good one turns out when it is
 * evaluated. */

#include "engine/plan/fermata-chart-scxml-private.h"

#include "expression/fermata-expression-private.h"
#include "expression/fermata-script-content.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

static gboolean
is_of_kind (FermataValue     *value,
            FermataValueKind  kind)
{
  return value != NULL && fermata_value_get_kind (value) == kind;
}

static gboolean
is_object (FermataValue *value)
{
  return is_of_kind (value, FERMATA_VALUE_KIND_OBJECT);
}

/* Expressions, texts, contents */

/* What is no text is JavaScript as JSON. `null` has no values, not even literals. */
static FermataExpression *
compile_source (FermataChartCompiler *self,
                FermataValue         *value)
{
  g_autofree char *json = is_of_kind (value, FERMATA_VALUE_KIND_STRING)
                          ? NULL : fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  const char *source = json != NULL ? json : fermata_value_get_string (value, NULL);

  return self->chart->data_model == FERMATA_DATA_MODEL_NULL
         ? fermata_expression_new_opaque (self->compiler->evaluator, source)
         : fermata_expression_new_foreign (self->compiler->evaluator, source);
}

FermataExpression *
fermata_chart_compile_expression (FermataChartCompiler  *self,
                                  FermataValue          *value,
                                  GError               **error)
{
  if (self->chart->data_model != FERMATA_DATA_MODEL_FERMATA)
    return compile_source (self, value);

  return fermata_expression_compile_value (self->compiler->evaluator, value, NULL, error);
}

static gboolean
dup_text (FermataValue  *members,
          const char    *name,
          char         **text,
          GError       **error)
{
  FermataValue *value = fermata_value_get_member (members, name);

  if (value == NULL)
    return TRUE;
  if (!is_of_kind (value, FERMATA_VALUE_KIND_STRING))
    return fermata_chart_refuse (error, "%s must be a text", name);
  *text = g_strdup (fermata_value_get_string (value, NULL));

  return TRUE;
}

gboolean
fermata_chart_compile_scxml_text (FermataChartCompiler  *self,
                                  FermataValue          *members,
                                  const char            *name,
                                  FermataChartText      *text,
                                  GError               **error)
{
  g_autofree char *expression_name = g_strconcat (name, "-expr", NULL);
  FermataValue *value = fermata_value_get_member (members, name);
  FermataValue *expression = fermata_value_get_member (members, expression_name);

  if (value != NULL && expression != NULL)
    return fermata_chart_refuse (error, "“%s” and “%s” do not go together", name, expression_name);
  if (value != NULL && !is_of_kind (value, FERMATA_VALUE_KIND_STRING))
    return fermata_chart_refuse (error, "%s must be a text", name);
  if (value != NULL)
    text->text = fermata_value_ref (value);
  if (expression != NULL)
    text->expression = compile_source (self, expression);

  return TRUE;
}

FermataValue *
fermata_chart_dup_content (const FermataChart *self,
                           const char         *text)
{
  if (self->data_model == FERMATA_DATA_MODEL_ECMASCRIPT)
    return fermata_script_value_from_content (text);

  return fermata_value_new_string (text, -1);
}

static gboolean
compile_content (FermataChartCompiler  *self,
                 FermataValue          *members,
                 FermataChartText      *content,
                 GError               **error)
{
  FermataValue *text;

  if (!fermata_chart_compile_scxml_text (self, members, "content", content, error))
    return FALSE;

  text = g_steal_pointer (&content->text);
  if (text != NULL)
    {
      content->text = fermata_chart_dup_content (self->chart, fermata_value_get_string (text, NULL));
      fermata_value_unref (text);
    }

  return TRUE;
}

/* What is carried */

static void
clear_param (gpointer data)
{
  FermataChartParam *param = data;

  g_free (param->name);
  g_clear_pointer (&param->expression, fermata_expression_unref);
}

static void
add_param (FermataChartCompiler *self,
           FermataChartPayload  *payload,
           const char           *name,
           FermataValue         *source,
           gboolean              is_listed)
{
  FermataChartParam param = { g_strdup (name), compile_source (self, source), is_listed };

  g_array_append_val (payload->params, param);
}

static gboolean
compile_names (FermataChartCompiler  *self,
               FermataValue          *names,
               FermataChartPayload   *payload,
               GError               **error)
{
  for (gsize i = 0; is_of_kind (names, FERMATA_VALUE_KIND_ARRAY) && i < fermata_value_get_length (names); i++)
    {
      FermataValue *name = fermata_value_get_element (names, i);

      if (!is_of_kind (name, FERMATA_VALUE_KIND_STRING))
        return fermata_chart_refuse (error, "name-list must be an array of texts");
      add_param (self, payload, fermata_value_get_string (name, NULL), name, TRUE);
    }

  return names == NULL || is_of_kind (names, FERMATA_VALUE_KIND_ARRAY)
         || fermata_chart_refuse (error, "name-list must be an array of texts");
}

static gboolean
compile_params (FermataChartCompiler  *self,
                FermataValue          *params,
                FermataChartPayload   *payload,
                GError               **error)
{
  if (params != NULL && !is_of_kind (params, FERMATA_VALUE_KIND_ARRAY))
    return fermata_chart_refuse (error, "params must be an array");

  for (gsize i = 0; params != NULL && i < fermata_value_get_length (params); i++)
    {
      FermataValue *param = fermata_value_get_element (params, i);
      FermataValue *name = is_object (param) ? fermata_value_get_member (param, "name") : NULL;
      FermataValue *source = is_object (param) ? fermata_value_get_member (param, "expr") : NULL;

      if (is_object (param) && source == NULL)
        source = fermata_value_get_member (param, "location");
      if (!is_of_kind (name, FERMATA_VALUE_KIND_STRING) || source == NULL)
        return fermata_chart_refuse (error, "each of params has “name”, and “expr” or “location”");
      add_param (self, payload, fermata_value_get_string (name, NULL), source, FALSE);
    }

  return TRUE;
}

gboolean
fermata_chart_compile_payload (FermataChartCompiler  *self,
                               FermataValue          *members,
                               FermataChartPayload   *payload,
                               GError               **error)
{
  payload->params = g_array_new (FALSE, FALSE, sizeof (FermataChartParam));
  g_array_set_clear_func (payload->params, clear_param);

  return compile_names (self, fermata_value_get_member (members, "name-list"), payload, error)
         && compile_params (self, fermata_value_get_member (members, "params"), payload, error)
         && compile_content (self, members, &payload->content, error);
}

/* Verbs. What may be a text alone is the member @name of an object then. */

static FermataValue *
as_object (FermataValue *value,
           const char   *name)
{
  g_autoptr (FermataValueBuilder) builder = NULL;

  if (is_object (value))
    return fermata_value_ref (value);

  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set (builder, name, value);

  return fermata_value_builder_end (builder);
}

static gboolean
compile_raise (FermataChartCompiler  *self,
               FermataValue          *members,
               FermataChartOp        *op,
               GError               **error)
{
  if (!fermata_chart_compile_scxml_text (self, members, "event", &op->scxml->event, error))
    return FALSE;

  return op->scxml->event.text != NULL || op->scxml->event.expression != NULL
         || fermata_chart_refuse (error, "raise must name an event");
}

static gboolean
compile_send (FermataChartCompiler  *self,
              FermataValue          *members,
              FermataChartOp        *op,
              GError               **error)
{
  FermataChartScxml *scxml = op->scxml;

  return fermata_chart_compile_scxml_text (self, members, "event", &scxml->event, error)
         && fermata_chart_compile_scxml_text (self, members, "to", &scxml->to, error)
         && fermata_chart_compile_scxml_text (self, members, "type", &scxml->type, error)
         && fermata_chart_compile_scxml_text (self, members, "id", &scxml->id, error)
         && fermata_chart_compile_scxml_text (self, members, "delay", &scxml->delay, error)
         && dup_text (members, "id-location", &scxml->location, error)
         && fermata_chart_compile_payload (self, members, &scxml->payload, error);
}

static gboolean
compile_location (FermataChartCompiler  *self,
                  FermataValue          *members,
                  FermataChartOp        *op,
                  GError               **error)
{
  FermataValue *source = fermata_value_get_member (members, "expr");
  FermataChartText content = { NULL, };

  if (!dup_text (members, "location", &op->scxml->location, error)
      || !compile_content (self, members, &content, error))
    return FALSE;

  op->scxml->content = content.text;
  if (source != NULL)
    op->expression = compile_source (self, source);
  if (op->scxml->location == NULL)
    return fermata_chart_refuse (error, "assign must have a location");

  return source != NULL || op->scxml->content != NULL
         || fermata_chart_refuse (error, "assign must have “expr” or “content”");
}

/* `{ "x": "1" }`: one of the elements of an array */
static gboolean
compile_pair (FermataChartCompiler  *self,
              FermataValue          *pair,
              FermataChartOp        *op,
              GError               **error)
{
  if (!is_object (pair) || fermata_value_get_length (pair) != 1)
    return fermata_chart_refuse (error, "assign must be an array of objects, each a location and an expression");

  op->scxml->location = g_strdup (fermata_value_get_member_name (pair, 0));
  op->expression = compile_source (self, fermata_value_get_element (pair, 0));

  return TRUE;
}

/* As many ops as there are places; @op is the first. */
static gboolean
compile_assign (FermataChartCompiler  *self,
                FermataValue          *assign,
                FermataChartOp        *op,
                GError               **error)
{
  gsize n = is_of_kind (assign, FERMATA_VALUE_KIND_ARRAY) ? fermata_value_get_length (assign) : 0;

  op->code = FERMATA_OP_ASSIGN;
  if (is_object (assign))
    return compile_location (self, assign, op, error);
  if (n == 0)
    return fermata_chart_refuse (error, "assign must be an array of objects, or an object with a location");

  for (gsize i = 0; i < n; i++)
    {
      if (i > 0)
        {
          op = fermata_chart_add_op (self, FERMATA_OP_ASSIGN);
          op->scxml = g_new0 (FermataChartScxml, 1);
        }
      if (!compile_pair (self, fermata_value_get_element (assign, i), op, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
compile_script (FermataChartCompiler  *self,
                FermataValue          *script,
                FermataChartOp        *op,
                GError               **error)
{
  FermataValue *source = is_object (script) ? fermata_value_get_member (script, "src") : NULL;

  op->code = FERMATA_OP_SCRIPT;
  if (is_of_kind (source, FERMATA_VALUE_KIND_STRING))
    op->code_text = fermata_compiler_read_text (self->compiler, fermata_value_get_string (source, NULL), error);
  else if (is_of_kind (script, FERMATA_VALUE_KIND_STRING))
    op->code_text = fermata_value_ref (script);
  else if (is_object (script) && is_of_kind (fermata_value_get_member (script, "code"), FERMATA_VALUE_KIND_STRING))
    op->code_text = fermata_value_ref (fermata_value_get_member (script, "code"));
  else
    return fermata_chart_refuse (error, "script must be JavaScript, or an object with “src”");

  return op->code_text != NULL;
}

static gboolean
compile_log (FermataChartCompiler  *self,
             FermataValue          *log,
             FermataChartOp        *op,
             GError               **error)
{
  FermataValue *source = fermata_value_get_member (log, "expr");

  /* An empty one says nothing. */
  if (source != NULL && !(is_of_kind (source, FERMATA_VALUE_KIND_STRING)
                          && *fermata_value_get_string (source, NULL) == '\0'))
    op->expression = compile_source (self, source);

  return dup_text (log, "label", &op->scxml->label, error);
}

static gboolean
compile_foreach (FermataChartCompiler  *self,
                 FermataValue          *action,
                 FermataChartOp        *op,
                 GError               **error)
{
  op->code = FERMATA_OP_FOREACH;
  op->expression = compile_source (self, fermata_value_get_member (action, "foreach"));
  if (!dup_text (action, "item", &op->scxml->item, error) || !dup_text (action, "index", &op->scxml->index, error))
    return FALSE;

  return op->scxml->item != NULL || fermata_chart_refuse (error, "foreach must name an item");
}

static gboolean
compile_verb (FermataChartCompiler  *self,
              const char            *verb,
              FermataValue          *members,
              FermataChartOp        *op,
              GError               **error)
{
  if (g_str_equal (verb, "raise"))
    {
      op->code = FERMATA_OP_RAISE;
      return compile_raise (self, members, op, error);
    }
  if (g_str_equal (verb, "send"))
    {
      op->code = FERMATA_OP_SEND;
      return compile_send (self, members, op, error);
    }
  if (g_str_equal (verb, "cancel"))
    {
      op->code = FERMATA_OP_CANCEL;
      return fermata_chart_compile_scxml_text (self, members, "id", &op->scxml->id, error);
    }

  op->code = FERMATA_OP_LOG;

  return compile_log (self, members, op, error);
}

gboolean
fermata_chart_compile_scxml_op (FermataChartCompiler  *self,
                                const char            *verb,
                                FermataValue          *action,
                                FermataChartOp        *op,
                                GError               **error)
{
  FermataValue *value = fermata_value_get_member (action, verb);
  g_autoptr (FermataValue) members = NULL;

  op->scxml = g_new0 (FermataChartScxml, 1);
  if (g_str_equal (verb, "if"))
    {
      op->code = FERMATA_OP_IF;
      op->expression = compile_source (self, value);
      return TRUE;
    }
  if (g_str_equal (verb, "foreach"))
    return compile_foreach (self, action, op, error);
  if (g_str_equal (verb, "assign"))
    return compile_assign (self, value, op, error);
  if (g_str_equal (verb, "script"))
    return compile_script (self, value, op, error);
  if (g_str_equal (verb, "xml"))
    {
      op->code = FERMATA_OP_NOTHING;
      return TRUE;
    }

  members = as_object (value, g_str_equal (verb, "cancel") ? "id" : g_str_equal (verb, "log") ? "expr" : "event");

  return compile_verb (self, verb, members, op, error);
}

/* Invocations */

static gboolean
compile_dynamic (FermataChartCompiler  *self,
                 FermataValue          *with,
                 FermataChartInvoke    *invoke,
                 GError               **error)
{
  return fermata_chart_compile_scxml_text (self, with, "type", &invoke->type, error)
         && fermata_chart_compile_scxml_text (self, with, "src", &invoke->src, error)
         && fermata_chart_compile_scxml_text (self, with, "content", &invoke->content, error);
}

gboolean
fermata_chart_compile_invoke (FermataChartCompiler  *self,
                              FermataValue          *members,
                              FermataChartTask      *task,
                              GError               **error)
{
  FermataValue *type = fermata_value_get_member (members, "type");
  FermataValue *with = fermata_value_get_member (members, "with");

  if (self->chart->data_model == FERMATA_DATA_MODEL_FERMATA)
    return TRUE;

  task->invoke = g_new0 (FermataChartInvoke, 1);
  task->invoke->is_named = fermata_value_get_member (members, "id") != NULL;
  task->invoke->is_dynamic = is_of_kind (type, FERMATA_VALUE_KIND_STRING)
                             && g_str_equal (fermata_value_get_string (type, NULL), "invoke");
  if (fermata_chart_compile_payload (self, members, &task->invoke->payload, error)
      && dup_text (members, "id-location", &task->invoke->id_location, error)
      && (!task->invoke->is_dynamic || !is_object (with) || compile_dynamic (self, with, task->invoke, error)))
    return TRUE;

  g_prefix_error (error, ": ");

  return FALSE;
}
