/* fermata-chart-compile-edges.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Transitions: one edge of the plan for each of the model, however many targets
 * it has. */

#include "engine/plan/fermata-chart-scxml-private.h"

#include <string.h>

#define SPACE " \t\n\r"

/* Ends. In the plan, an edge that leads nowhere leads back. */

static gboolean
find_source (FermataChartCompiler  *self,
             FermataEdge           *model,
             guint32               *source,
             GError               **error)
{
  FermataNode *node = fermata_edge_get_source (model);

  if (node == NULL)
    return fermata_chart_refuse (error, ": there is no state “%s”", fermata_edge_get_source_id (model));

  *source = GPOINTER_TO_UINT (g_hash_table_lookup (self->states, node));

  return TRUE;
}

static gboolean
compile_to (FermataChartCompiler  *self,
            FermataEdge           *model,
            FermataChartRange     *targets,
            GError               **error)
{
  FermataValue *to = fermata_edge_get_member (model, "to");

  if (to == NULL || fermata_chart_compile_targets (self, to, targets, error))
    return TRUE;

  g_prefix_error (error, ": ");

  return FALSE;
}

/* @targets gets a FermataChartRange for each. */
static gboolean
collect_arrow (FermataChartCompiler  *self,
               FermataEdge           *model,
               GArray                *arrows,
               GArray                *targets,
               GError               **error)
{
  FermataArrow arrow = { .model = model };
  FermataChartRange range = { 0, };

  if (!find_source (self, model, &arrow.source, error) || !compile_to (self, model, &range, error))
    return FALSE;

  arrow.target = range.n > 0 ? g_array_index (self->indices, guint32, range.first) : arrow.source;
  g_array_append_val (arrows, arrow);
  g_array_append_val (targets, range);

  return TRUE;
}

/* Events */

static gboolean
add_descriptor (FermataChartCompiler  *self,
                const char            *text,
                gsize                  length,
                GError               **error)
{
  FermataChartDescriptor descriptor = { "" };
  g_autofree char *token = g_strndup (text, length);

  if (!g_str_equal (token, "*"))
    {
      if (g_str_has_suffix (token, ".*"))
        token[length - 2] = '\0';
      else if (g_str_has_suffix (token, "."))
        token[length - 1] = '\0';

      /* In SCXML it is none, and matches none: no event has such a name. */
      if (*token == '\0' && self->chart->data_model != FERMATA_DATA_MODEL_FERMATA)
        {
          g_free (token);
          token = g_strdup (" ");
        }
      if (*token == '\0')
        return fermata_chart_refuse (error, ", event: “%.*s” is not the name of an event", (int) length, text);
      descriptor.token = g_string_chunk_insert_const (self->chart->texts, token);
    }
  g_array_append_val (self->descriptors, descriptor);

  return TRUE;
}

static gboolean
add_descriptors (FermataChartCompiler  *self,
                 FermataValue          *event,
                 GError               **error)
{
  const char *text;

  if (fermata_value_get_kind (event) != FERMATA_VALUE_KIND_STRING)
    return fermata_chart_refuse (error, ", event: it must be the name of an event, or an array of them");

  text = fermata_value_get_string (event, NULL);
  while (*(text += strspn (text, SPACE)) != '\0')
    {
      gsize length = strcspn (text, SPACE);

      if (!add_descriptor (self, text, length, error))
        return FALSE;
      text += length;
    }

  return TRUE;
}

static gboolean
compile_event (FermataChartCompiler  *self,
               FermataValue          *event,
               FermataChartRange     *descriptors,
               GError               **error)
{
  gboolean is_array;
  gsize n;

  descriptors->first = self->descriptors->len;
  if (event == NULL)
    return TRUE;

  is_array = fermata_value_get_kind (event) == FERMATA_VALUE_KIND_ARRAY;
  n = is_array ? fermata_value_get_length (event) : 1;
  for (gsize i = 0; i < n; i++)
    {
      if (!add_descriptors (self, is_array ? fermata_value_get_element (event, i) : event, error))
        return FALSE;
    }
  descriptors->n = self->descriptors->len - descriptors->first;

  return descriptors->n > 0 || fermata_chart_refuse (error, ", event: it names none");
}

static gboolean
compile_after (FermataChartCompiler  *self,
               FermataValue          *after,
               FermataChartEdge      *edge,
               GError               **error)
{
  GError *problem = NULL;

  edge->after.microseconds = -1;
  if (after == NULL)
    return TRUE;
  if (edge->descriptors.n > 0)
    return fermata_chart_refuse (error, ": “event” and “after” do not go together; make two edges of it");

  edge->after.microseconds = 0;
  edge->has_after = TRUE;
  if (fermata_plan_duration_compile (after, self->compiler->evaluator, &edge->after, &problem))
    return TRUE;

  fermata_chart_refuse_for (error, problem);
  g_prefix_error (error, ", after: ");

  return FALSE;
}

/* Domains */

static gboolean
holds_all (const FermataChartCompiler *self,
           guint32                     state,
           guint32                     first,
           guint32                     last)
{
  return fermata_chart_is_descendant (self->chart, first, state)
         && fermata_chart_is_descendant (self->chart, last, state);
}

/* getTransitionDomain () of the recommendation's appendix D */
static guint32
find_domain (const FermataChartCompiler *self,
             guint32                     source,
             const FermataChartEdge     *edge)
{
  const FermataChartState *states = self->chart->states;
  guint32 first = FERMATA_INDEX_NONE;
  guint32 last = 0;
  guint32 state = states[source].parent;

  if (edge->targets.n == 0)
    return FERMATA_INDEX_NONE;

  for (guint i = 0; i < edge->targets.n; i++)
    {
      guint32 target = g_array_index (self->indices, guint32, edge->targets.first + i);

      first = MIN (first, target);
      last = MAX (last, target);
    }
  if (edge->is_internal && states[source].type == FERMATA_STATE_COMPOUND
      && holds_all (self, source, first, last))
    return source;

  /* findLCCA () */
  while (state != FERMATA_INDEX_NONE
         && (states[state].type != FERMATA_STATE_COMPOUND || !holds_all (self, state, first, last)))
    state = states[state].parent;

  return state;
}

static gboolean
has_history_target (const FermataChartCompiler *self,
                    const FermataChartEdge     *edge)
{
  for (guint i = 0; i < edge->targets.n; i++)
    {
      if (fermata_chart_is_history (self->chart,
                                    g_array_index (self->indices, guint32, edge->targets.first + i)))
        return TRUE;
    }

  return FALSE;
}

/* One edge */

static gboolean
compile_internal (FermataValue      *internal,
                  FermataChartEdge  *edge,
                  GError           **error)
{
  if (internal == NULL)
    return TRUE;
  if (fermata_value_get_kind (internal) != FERMATA_VALUE_KIND_BOOLEAN)
    return fermata_chart_refuse (error, ": internal must be true or false");
  edge->is_internal = fermata_value_get_boolean (internal);

  return TRUE;
}

static gboolean
compile_when (FermataChartCompiler  *self,
              FermataPlanEdge       *edge,
              GError               **error)
{
  FermataValue *when = fermata_value_get_member (edge->members, "when");

  edge->condition = FERMATA_INDEX_NONE;
  if (when == NULL)
    return TRUE;

  edge->when = fermata_chart_compile_expression (self, when, error);
  if (edge->when == NULL)
    g_prefix_error (error, ", when: ");
  self->plan->nodes[edge->source].has_conditions = TRUE;

  return edge->when != NULL;
}

static gboolean
check_source (const FermataChartCompiler  *self,
              const FermataPlanEdge       *edge,
              const FermataChartEdge      *record,
              GError                     **error)
{
  if (self->chart->states[edge->source].type == FERMATA_STATE_FINAL)
    return fermata_chart_refuse (error, ": no edge leaves a final state");
  if (!fermata_chart_is_history (self->chart, edge->source))
    return TRUE;
  if (record->descriptors.n > 0 || record->has_after || edge->when != NULL)
    return fermata_chart_refuse (error, ": the edge of a history state has neither “event” nor “after” nor “when”");
  if (record->targets.n == 0)
    return fermata_chart_refuse (error, ": the edge of a history state leads somewhere");

  return TRUE;
}

static gboolean
compile_edge (FermataChartCompiler  *self,
              guint                  index,
              GError               **error)
{
  FermataPlanEdge *edge = &self->plan->edges[index];
  FermataChartEdge *record = &self->chart->edges[index];

  if (!compile_event (self, fermata_value_get_member (edge->members, "event"), &record->descriptors, error)
      || !compile_after (self, fermata_value_get_member (edge->members, "after"), record, error)
      || !compile_internal (fermata_value_get_member (edge->members, "internal"), record, error)
      || !compile_when (self, edge, error)
      || !check_source (self, edge, record, error)
      || !fermata_chart_compile_block (self, edge->members, "assign", "actions", &record->block, error))
    return FALSE;

  record->domain = find_domain (self, edge->source, record);
  record->has_history = has_history_target (self, record);
  if (record->descriptors.n == 0 && !record->has_after
      && !fermata_chart_is_history (self->chart, edge->source))
    self->chart->states[edge->source].is_restless = TRUE;

  return TRUE;
}

/* All of them */

static gboolean
fail_at (FermataChartCompiler  *self,
         guint                  document_index,
         GError               **error)
{
  g_autofree char *name = fermata_edge_dup_name (fermata_graph_get_edge (self->compiler->graph, document_index));

  g_prefix_error (error, "Edge “%s”", name);

  return FALSE;
}

static gboolean
place_edges (FermataChartCompiler  *self,
             GArray                *targets,
             GError               **error)
{
  g_autoptr (GArray) arrows = g_array_new (FALSE, FALSE, sizeof (FermataArrow));

  for (guint i = 0; i < fermata_graph_get_n_edges (self->compiler->graph); i++)
    {
      if (!collect_arrow (self, fermata_graph_get_edge (self->compiler->graph, i), arrows, targets, error))
        return fail_at (self, i, error);
    }
  fermata_compiler_place_edges (self->compiler, arrows);

  return TRUE;
}

static void
collect_timers (FermataChartCompiler *self,
                guint                 state)
{
  FermataChartRange *timers = &self->chart->states[state].timers;

  timers->first = self->indices->len;
  for (guint32 i = self->plan->nodes[state].first_out; i < self->plan->nodes[state + 1].first_out; i++)
    {
      if (self->chart->edges[i].has_after)
        g_array_append_val (self->indices, i);
    }
  timers->n = self->indices->len - timers->first;
}

gboolean
fermata_chart_compile_edges (FermataChartCompiler  *self,
                             GError               **error)
{
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (FermataChartRange));
  FermataPlan *plan = self->plan;

  if (!place_edges (self, targets, error))
    return FALSE;

  self->chart->edges = g_new0 (FermataChartEdge, plan->n_edges + 1);
  for (guint i = 0; i < plan->n_edges; i++)
    {
      guint document_index = plan->edges[i].document_index;

      self->chart->edges[i].targets = g_array_index (targets, FermataChartRange, document_index);
      if (!compile_edge (self, i, error))
        return fail_at (self, document_index, error);
    }
  for (guint i = 0; i < plan->n_nodes; i++)
    collect_timers (self, i);

  return TRUE;
}
