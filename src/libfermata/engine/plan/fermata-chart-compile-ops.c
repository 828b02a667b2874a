/* fermata-chart-compile-ops.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* One action, without what is in it. */

#include "engine/moment/fermata-event-name.h"
#include "engine/plan/fermata-chart-scxml-private.h"

static gboolean
is_of_kind (FermataValue     *value,
            FermataValueKind  kind)
{
  return value != NULL && fermata_value_get_kind (value) == kind;
}

static gboolean
compile_assign (FermataChartCompiler  *self,
                FermataValue          *assign,
                FermataChartOp        *op,
                GError               **error)
{
  GError *problem = NULL;

  op->code = FERMATA_OP_ASSIGN;
  if (!is_of_kind (assign, FERMATA_VALUE_KIND_ARRAY))
    return fermata_chart_refuse (error, "assign must be an array of objects, each a name and an expression");

  op->assignments = fermata_assignments_compile (assign, self->compiler->variables, FALSE,
                                                 self->compiler->evaluator, &problem);

  return op->assignments != NULL || fermata_chart_refuse_for (error, problem);
}

static gboolean
compile_template (FermataChartCompiler  *self,
                  FermataValue          *value,
                  const char            *what,
                  FermataTemplate      **template,
                  GError               **error)
{
  if (value == NULL)
    return TRUE;

  *template = fermata_template_compile (self->compiler->evaluator, value, NULL, NULL, error);
  if (*template == NULL)
    g_prefix_error (error, "%s: ", what);

  return *template != NULL;
}

static gboolean
compile_text (FermataChartCompiler  *self,
              FermataValue          *value,
              const char            *what,
              FermataTemplate      **template,
              GError               **error)
{
  if (value != NULL && !is_of_kind (value, FERMATA_VALUE_KIND_STRING))
    return fermata_chart_refuse (error, "%s must be a text", what);

  return compile_template (self, value, what, template, error);
}

/* The name of an event must be one, unless it is not known yet. */
static gboolean
compile_event (FermataChartCompiler  *self,
               FermataValue          *name,
               const char            *verb,
               FermataChartOp        *op,
               GError               **error)
{
  FermataValue *constant;

  if (!is_of_kind (name, FERMATA_VALUE_KIND_STRING))
    return fermata_chart_refuse (error, "%s must be the name of an event, or an object with “event”", verb);
  if (!compile_template (self, name, verb, &op->event, error))
    return FALSE;

  constant = fermata_template_get_constant (op->event);
  if (constant != NULL && !fermata_event_name_is_valid (fermata_value_get_string (constant, NULL)))
    return fermata_chart_refuse (error, "%s: “%s” cannot be the name of an event", verb,
                                 fermata_value_get_string (constant, NULL));

  return TRUE;
}

static gboolean
compile_raise (FermataChartCompiler  *self,
               FermataValue          *raise,
               const char            *verb,
               FermataChartOp        *op,
               GError               **error)
{
  FermataValue *name = raise;

  op->code = FERMATA_OP_RAISE;
  if (is_of_kind (raise, FERMATA_VALUE_KIND_OBJECT))
    name = fermata_value_get_member (raise, "event");
  if (!compile_event (self, name, verb, op, error))
    return FALSE;

  return name == raise
         || compile_template (self, fermata_value_get_member (raise, "data"), "data", &op->data, error);
}

static gboolean
compile_delay (FermataChartCompiler  *self,
               FermataValue          *delay,
               FermataChartOp        *op,
               GError               **error)
{
  GError *problem = NULL;

  if (delay == NULL || fermata_plan_duration_compile (delay, self->compiler->evaluator, &op->delay, &problem))
    return TRUE;

  fermata_chart_refuse_for (error, problem);
  g_prefix_error (error, "delay: ");

  return FALSE;
}

static gboolean
compile_send (FermataChartCompiler  *self,
              FermataValue          *send,
              FermataChartOp        *op,
              GError               **error)
{
  if (!compile_raise (self, send, "send", op, error))
    return FALSE;

  op->code = FERMATA_OP_SEND;
  if (!is_of_kind (send, FERMATA_VALUE_KIND_OBJECT))
    return TRUE;

  return compile_text (self, fermata_value_get_member (send, "to"), "to", &op->to, error)
         && compile_text (self, fermata_value_get_member (send, "id"), "id", &op->id, error)
         && compile_delay (self, fermata_value_get_member (send, "delay"), op, error);
}

static gboolean
compile_expression (FermataChartCompiler  *self,
                    FermataValue          *value,
                    const char            *verb,
                    FermataOpCode          code,
                    FermataChartOp        *op,
                    GError               **error)
{
  op->code = code;
  op->expression = fermata_expression_compile_value (self->compiler->evaluator, value, NULL, error);
  if (op->expression == NULL)
    g_prefix_error (error, "%s: ", verb);

  return op->expression != NULL;
}

static gboolean
compile_script (FermataValue    *code,
                FermataChartOp  *op,
                GError         **error)
{
  op->code = FERMATA_OP_SCRIPT;
  if (!is_of_kind (code, FERMATA_VALUE_KIND_STRING))
    return fermata_chart_refuse (error, "script must be JavaScript");
  op->code_text = fermata_value_ref (code);

  return TRUE;
}

gboolean
fermata_chart_compile_op (FermataChartCompiler  *self,
                          const char            *verb,
                          FermataValue          *action,
                          FermataChartOp        *op,
                          GError               **error)
{
  FermataValue *value = fermata_value_get_member (action, verb);

  if (self->chart->data_model != FERMATA_DATA_MODEL_FERMATA)
    return fermata_chart_compile_scxml_op (self, verb, action, op, error);
  if (g_str_equal (verb, "xml"))
    return fermata_chart_refuse (error, "xml is kept in machines that were SCXML, and has no place here");
  if (g_str_equal (verb, "assign"))
    return compile_assign (self, value, op, error);
  if (g_str_equal (verb, "raise"))
    return compile_raise (self, value, "raise", op, error);
  if (g_str_equal (verb, "send"))
    return compile_send (self, value, op, error);
  if (g_str_equal (verb, "if"))
    return compile_expression (self, value, verb, FERMATA_OP_IF, op, error);
  if (g_str_equal (verb, "foreach"))
    return compile_expression (self, value, verb, FERMATA_OP_FOREACH, op, error);
  if (g_str_equal (verb, "script"))
    return compile_script (value, op, error);
  if (g_str_equal (verb, "cancel"))
    {
      op->code = FERMATA_OP_CANCEL;
      return compile_text (self, value, "cancel", &op->id, error);
    }

  op->code = FERMATA_OP_LOG;

  return compile_template (self, value, "log", &op->data, error);
}
