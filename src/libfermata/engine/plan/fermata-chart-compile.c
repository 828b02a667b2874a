/* fermata-chart-compile.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* From a graph of kind `fsm` to a plan with a chart. */

#include "engine/plan/fermata-chart-scxml-private.h"

#include "engine/plan/fermata-mentions-private.h"

gboolean
fermata_chart_refuse (GError     **error,
                      const char  *format,
                      ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID, message);

  return FALSE;
}

gboolean
fermata_chart_refuse_for (GError **error,
                          GError  *problem)
{
  fermata_chart_refuse (error, "%s", problem->message);
  g_error_free (problem);

  return FALSE;
}

static gboolean
compile_data_model (FermataChartCompiler  *self,
                    GError               **error)
{
  FermataValue *model = fermata_value_get_member (self->plan->members, "data-model");
  const char *name;

  if (model == NULL)
    return TRUE;
  if (fermata_value_get_kind (model) != FERMATA_VALUE_KIND_STRING)
    return fermata_chart_refuse (error, "data-model must be “fermata”, “ecmascript” or “null”");

  name = fermata_value_get_string (model, NULL);
  self->chart->data_model = fermata_data_model_of (self->plan->members);
  if (self->chart->data_model != FERMATA_DATA_MODEL_FERMATA || g_str_equal (name, "fermata"))
    return TRUE;

  return fermata_chart_refuse (error, "data-model: there is no “%s”", name);
}

static gboolean
compile_max_steps (FermataChartCompiler  *self,
                   GError               **error)
{
  FermataValue *steps = fermata_value_get_member (self->plan->members, "max-steps");

  self->chart->max_steps = FERMATA_DEFAULT_MAX_STEPS;
  if (steps == NULL)
    return TRUE;
  if (fermata_value_get_kind (steps) != FERMATA_VALUE_KIND_INTEGER
      || fermata_value_get_integer (steps) < 1 || fermata_value_get_integer (steps) > G_MAXINT)
    return fermata_chart_refuse (error, "max-steps must be a whole number from 1");
  self->chart->max_steps = fermata_value_get_integer (steps);

  return TRUE;
}

static void
note_visits (FermataChartCompiler *self)
{
  g_autoptr (FermataValue) whole = NULL;

  whole = self->compiler->whole != NULL ? fermata_value_ref (self->compiler->whole)
                                        : fermata_graph_to_value (self->compiler->graph);
  self->chart->wants_visits = fermata_mentions_has_word (whole, "visits");
}

/* What variables are declared is done before anything else. */
static gboolean
compile_machine_initial (FermataChartCompiler  *self,
                         GError               **error)
{
  FermataValue *initial = fermata_value_get_member (self->plan->members, "initial");
  guint32 first = self->ops->len;
  gboolean declares;

  if (self->chart->data_model != FERMATA_DATA_MODEL_FERMATA
      && !fermata_chart_compile_declarations (self, FERMATA_INDEX_NONE, error))
    return FALSE;
  declares = self->ops->len > first;
  if (!fermata_chart_compile_initial (self, FERMATA_INDEX_NONE, initial, error))
    {
      g_prefix_error (error, "Graph");
      return FALSE;
    }
  if (!declares)
    return TRUE;

  if (self->chart->initial_block == FERMATA_INDEX_NONE)
    fermata_chart_add_op (self, FERMATA_OP_END);
  self->chart->initial_block = first;

  return TRUE;
}

/* Conditions, actions, and whatever else is evaluated */
static gboolean
sees_events (const FermataChartCompiler *self)
{
  const FermataPlan *plan = self->plan;

  if (self->ops->len > 0 || self->tasks->len > 0 || fermata_value_get_member (plan->members, "result") != NULL)
    return TRUE;

  for (guint i = 0; i < plan->n_edges; i++)
    {
      if (plan->edges[i].when != NULL || self->chart->edges[i].after.template != NULL)
        return TRUE;
    }
  for (guint i = 0; i < plan->n_nodes; i++)
    {
      if (self->chart->states[i].data != NULL || self->chart->states[i].done_data != NULL)
        return TRUE;
    }

  return FALSE;
}

static gpointer
hand_over (GArray *array)
{
  return g_array_free (array, FALSE);
}

static void
finish (FermataChartCompiler *self)
{
  FermataChart *chart = self->chart;

  chart->n_ops = self->ops->len;
  chart->n_tasks = self->tasks->len;
  chart->sees_events = chart->states != NULL && chart->edges != NULL && sees_events (self);

  /* One more, as a sentinel */
  g_array_set_size (self->tasks, chart->n_tasks + 1);
  chart->ops = hand_over (self->ops);
  chart->tasks = hand_over (self->tasks);
  chart->indices = hand_over (self->indices);
  chart->descriptors = hand_over (self->descriptors);
  g_ptr_array_unref (self->models);
  g_hash_table_unref (self->states);
  g_hash_table_unref (self->regions);
  g_free (self->first_children);
}

gboolean
fermata_compiler_compile_machine (FermataCompiler  *self,
                                  GError          **error)
{
  FermataChartCompiler compiler = {
    .compiler = self,
    .plan = self->plan,
    .chart = g_new0 (FermataChart, 1),
    .models = g_ptr_array_new (),
    .states = g_hash_table_new (NULL, NULL),
    .regions = g_hash_table_new (NULL, NULL),
    .indices = g_array_new (FALSE, TRUE, sizeof (guint32)),
    .descriptors = g_array_new (FALSE, TRUE, sizeof (FermataChartDescriptor)),
    .ops = g_array_new (FALSE, TRUE, sizeof (FermataChartOp)),
    .tasks = g_array_new (FALSE, TRUE, sizeof (FermataChartTask)),
  };
  gboolean compiled;

  self->plan->chart = compiler.chart;
  self->plan->takes_events = TRUE;
  compiler.chart->texts = g_string_chunk_new (256);
  compiled = compile_data_model (&compiler, error)
             && compile_max_steps (&compiler, error)
             && fermata_chart_compile_states (&compiler, error)
             && fermata_chart_compile_variables (&compiler, error)
             && fermata_chart_compile_edges (&compiler, error)
             && compile_machine_initial (&compiler, error)
             && fermata_chart_compile_details (&compiler, error);
  note_visits (&compiler);
  finish (&compiler);

  return compiled;
}
