/* fermata-chart.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/plan/fermata-chart-scxml-private.h"

static void
clear_op (FermataChartOp *op)
{
  g_clear_pointer (&op->assignments, fermata_assignments_free);
  g_clear_pointer (&op->expression, fermata_expression_unref);
  g_clear_pointer (&op->event, fermata_template_unref);
  g_clear_pointer (&op->data, fermata_template_unref);
  g_clear_pointer (&op->to, fermata_template_unref);
  g_clear_pointer (&op->id, fermata_template_unref);
  g_clear_pointer (&op->code_text, fermata_value_unref);
  g_clear_pointer (&op->scxml, fermata_chart_scxml_free);
  fermata_plan_duration_clear (&op->delay);
}

static void
clear_task (FermataChartTask *task)
{
  g_free (task->id);
  g_clear_pointer (&task->invoke, fermata_chart_invoke_free);
  g_clear_pointer (&task->plan, fermata_plan_unref);
}

static void
clear_state (FermataChartState *state)
{
  g_clear_pointer (&state->data, fermata_template_unref);
  if (state->done_data != NULL)
    fermata_chart_payload_clear (state->done_data);
  g_free (state->done_data);
}

/* Also of one that is not whole. */
void
fermata_chart_free (FermataChart *self,
                    guint         n_states,
                    guint         n_edges)
{
  for (guint i = 0; self->states != NULL && i < n_states; i++)
    clear_state (&self->states[i]);
  for (guint i = 0; self->edges != NULL && i < n_edges; i++)
    fermata_plan_duration_clear (&self->edges[i].after);
  for (guint i = 0; i < self->n_ops; i++)
    clear_op (&self->ops[i]);
  for (guint i = 0; i < self->n_tasks; i++)
    clear_task (&self->tasks[i]);

  g_clear_pointer (&self->variables, fermata_value_unref);
  g_free (self->states);
  g_free (self->edges);
  g_free (self->ops);
  g_free (self->tasks);
  g_free (self->descriptors);
  g_free (self->indices);
  g_clear_pointer (&self->edges_by_token, g_hash_table_unref);
  g_clear_pointer (&self->tokens, g_hash_table_unref);
  g_clear_pointer (&self->thens, g_hash_table_unref);
  g_clear_pointer (&self->texts, g_string_chunk_free);
  g_free (self);
}

const char *
fermata_state_type_to_string (FermataStateType type)
{
  switch (type)
    {
    case FERMATA_STATE_ATOMIC:
      return "atomic";
    case FERMATA_STATE_COMPOUND:
      return "compound";
    case FERMATA_STATE_PARALLEL:
      return "parallel";
    case FERMATA_STATE_FINAL:
      return "final";
    case FERMATA_STATE_SHALLOW_HISTORY:
    case FERMATA_STATE_DEEP_HISTORY:
    default:
      return "history";
    }
}
