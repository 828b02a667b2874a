/* fermata-chart-scxml.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What actions and invocations of SCXML's data models keep. */

#include "engine/plan/fermata-chart-scxml-private.h"

#include "expression/fermata-expression-private.h"

void
fermata_chart_text_clear (FermataChartText *self)
{
  g_clear_pointer (&self->text, fermata_value_unref);
  g_clear_pointer (&self->expression, fermata_expression_unref);
}

void
fermata_chart_payload_clear (FermataChartPayload *self)
{
  fermata_chart_text_clear (&self->content);
  g_clear_pointer (&self->params, g_array_unref);
}

void
fermata_chart_scxml_free (FermataChartScxml *self)
{
  fermata_chart_text_clear (&self->event);
  fermata_chart_text_clear (&self->to);
  fermata_chart_text_clear (&self->type);
  fermata_chart_text_clear (&self->id);
  fermata_chart_text_clear (&self->delay);
  fermata_chart_payload_clear (&self->payload);
  g_clear_pointer (&self->content, fermata_value_unref);
  g_free (self->location);
  g_free (self->item);
  g_free (self->index);
  g_free (self->label);
  g_free (self->problem);
  g_free (self);
}

void
fermata_chart_invoke_free (FermataChartInvoke *self)
{
  fermata_chart_payload_clear (&self->payload);
  fermata_chart_text_clear (&self->type);
  fermata_chart_text_clear (&self->src);
  fermata_chart_text_clear (&self->content);
  g_free (self->id_location);
  g_free (self);
}

FermataDataModel
fermata_data_model_of (FermataValue *members)
{
  FermataValue *model = fermata_value_get_member (members, "data-model");
  const char *name;

  if (model == NULL || fermata_value_get_kind (model) != FERMATA_VALUE_KIND_STRING)
    return FERMATA_DATA_MODEL_FERMATA;

  name = fermata_value_get_string (model, NULL);
  if (g_str_equal (name, "ecmascript"))
    return FERMATA_DATA_MODEL_ECMASCRIPT;

  return g_str_equal (name, "null") ? FERMATA_DATA_MODEL_NULL : FERMATA_DATA_MODEL_FERMATA;
}

gboolean
fermata_compiler_is_scxml (const FermataCompiler *self)
{
  return self->plan->kind == FERMATA_GRAPH_KIND_FSM
         && fermata_data_model_of (self->plan->members) != FERMATA_DATA_MODEL_FERMATA;
}

FermataExpression *
fermata_compiler_compile_result (const FermataCompiler  *self,
                                 FermataValue           *result,
                                 GError                **error)
{
  if (fermata_compiler_is_scxml (self) && fermata_value_get_kind (result) == FERMATA_VALUE_KIND_STRING)
    return fermata_expression_new_foreign (self->evaluator, fermata_value_get_string (result, NULL));

  return fermata_expression_compile_value (self->evaluator, result, NULL, error);
}
