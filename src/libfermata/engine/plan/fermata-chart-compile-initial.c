/* fermata-chart-compile-initial.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Where edges lead, and what is entered with a state when nothing says more. */

#include "engine/plan/fermata-chart-compile-private.h"

static const char *
state_id (const FermataChartCompiler *self,
          guint                       state)
{
  return self->plan->nodes[state].id;
}

/* Targets */

static gboolean
add_target (FermataChartCompiler  *self,
            FermataValue          *id,
            GError               **error)
{
  FermataNode *model;
  guint32 index;

  if (fermata_value_get_kind (id) != FERMATA_VALUE_KIND_STRING)
    return fermata_chart_refuse (error, "to must be the id of a state, or an array of them");

  model = fermata_graph_find_node (self->compiler->graph, fermata_value_get_string (id, NULL));
  if (model == NULL)
    return fermata_chart_refuse (error, "there is no state “%s”", fermata_value_get_string (id, NULL));

  index = GPOINTER_TO_UINT (g_hash_table_lookup (self->states, model));
  g_array_append_val (self->indices, index);

  return TRUE;
}

static int
compare_indices (gconstpointer a,
                 gconstpointer b)
{
  guint32 one = *(const guint32 *) a;
  guint32 other = *(const guint32 *) b;

  return one < other ? -1 : one > other;
}

/* Of two states, @a before @b, neither in the other: both are active only in
 * different regions of a parallel state. */
static gboolean
check_pair (FermataChartCompiler  *self,
            guint32                a,
            guint32                b,
            GError               **error)
{
  const FermataChartState *states = self->chart->states;
  guint32 around = states[a].parent;

  if (b < states[a].end)
    return TRUE;
  while (!fermata_chart_is_descendant (self->chart, b, around))
    around = states[around].parent;
  if (around != FERMATA_INDEX_NONE && states[around].type == FERMATA_STATE_PARALLEL)
    return TRUE;

  return fermata_chart_refuse (error, "“%s” and “%s” are never active together", state_id (self, a),
                               state_id (self, b));
}

/* In document order, the innermost state around any two is that around some two
 * neighbours. */
static gboolean
check_together (FermataChartCompiler     *self,
                const FermataChartRange  *targets,
                GError                  **error)
{
  g_autofree guint32 *sorted = g_memdup2 (&g_array_index (self->indices, guint32, targets->first),
                                          targets->n * sizeof (guint32));

  qsort (sorted, targets->n, sizeof (guint32), compare_indices);
  for (guint i = 1; i < targets->n; i++)
    {
      if (!check_pair (self, sorted[i - 1], sorted[i], error))
        return FALSE;
    }

  return TRUE;
}

gboolean
fermata_chart_compile_targets (FermataChartCompiler  *self,
                               FermataValue          *to,
                               FermataChartRange     *targets,
                               GError               **error)
{
  gboolean is_array = fermata_value_get_kind (to) == FERMATA_VALUE_KIND_ARRAY;
  gsize n = is_array ? fermata_value_get_length (to) : 1;

  targets->first = self->indices->len;
  targets->n = n;
  for (gsize i = 0; i < n; i++)
    {
      if (!add_target (self, is_array ? fermata_value_get_element (to, i) : to, error))
        return FALSE;
    }
  if (n == 0)
    return fermata_chart_refuse (error, "to names no state");

  return n == 1 || check_together (self, targets, error);
}

/* Initial states */

static void
set_target (FermataChartCompiler *self,
            FermataChartRange    *targets,
            guint32               target)
{
  targets->first = self->indices->len;
  targets->n = 1;
  g_array_append_val (self->indices, target);
}

static gboolean
check_within (FermataChartCompiler     *self,
              const FermataChartRange  *targets,
              guint32                   around,
              GError                  **error)
{
  for (guint i = 0; i < targets->n; i++)
    {
      guint32 target = g_array_index (self->indices, guint32, targets->first + i);

      if (!fermata_chart_is_descendant (self->chart, target, around))
        return fermata_chart_refuse (error, "“%s” is not in “%s”", state_id (self, target),
                                     state_id (self, around));
    }

  return TRUE;
}

/* An `initial`, which leads into @around. */
static gboolean
compile_entrance (FermataChartCompiler  *self,
                  FermataValue          *initial,
                  guint32                around,
                  FermataChartRange     *targets,
                  guint32               *block,
                  GError               **error)
{
  gboolean is_object = fermata_value_get_kind (initial) == FERMATA_VALUE_KIND_OBJECT;
  FermataValue *to = is_object ? fermata_value_get_member (initial, "to") : initial;

  *block = FERMATA_INDEX_NONE;
  if (to == NULL)
    return fermata_chart_refuse (error, ", initial: to is missing");
  if (!fermata_chart_compile_targets (self, to, targets, error)
      || !check_within (self, targets, around, error))
    {
      g_prefix_error (error, ", initial: ");
      return FALSE;
    }
  if (!is_object || fermata_chart_compile_block (self, initial, "assign", "actions", block, error))
    return TRUE;

  g_prefix_error (error, ", initial");

  return FALSE;
}

gboolean
fermata_chart_compile_initial (FermataChartCompiler  *self,
                               guint                  state,
                               FermataValue          *initial,
                               GError               **error)
{
  gboolean is_machine = state == FERMATA_INDEX_NONE;
  FermataChartRange *targets = is_machine ? &self->chart->initial : &self->chart->states[state].initial;
  guint32 *block = is_machine ? &self->chart->initial_block : &self->chart->states[state].initial_block;

  if (initial != NULL)
    return compile_entrance (self, initial, state, targets, block, error);

  /* None of those at the top is a history state. */
  *block = FERMATA_INDEX_NONE;
  set_target (self, targets, is_machine ? 0 : self->first_children[state]);

  return TRUE;
}

/* What a history state leads to as long as there is nothing to remember */

/* A history state beside this one would have to be asked in turn. */
static gboolean
check_default (FermataChartCompiler     *self,
               guint                     state,
               const FermataChartRange  *targets,
               GError                  **error)
{
  const FermataChartState *states = self->chart->states;

  for (guint i = 0; i < targets->n; i++)
    {
      guint32 target = g_array_index (self->indices, guint32, targets->first + i);

      if (fermata_chart_is_history (self->chart, target) && states[target].parent == states[state].parent)
        return fermata_chart_refuse (error, ": it leads to “%s”, a history state beside it",
                                     state_id (self, target));
    }

  return TRUE;
}

static gboolean
leads_to_history (const FermataChartCompiler *self,
                  guint32                     around,
                  const FermataChartRange    *targets)
{
  for (guint i = 0; i < targets->n; i++)
    {
      guint32 target = g_array_index (self->indices, guint32, targets->first + i);

      if (fermata_chart_is_history (self->chart, target) && self->chart->states[target].parent == around)
        return TRUE;
    }

  return FALSE;
}

/* All regions of a parallel state, listed once for all history states in it. */
static void
use_regions (FermataChartCompiler *self,
             guint                 state)
{
  FermataChartState *record = &self->chart->states[state];
  guint32 parent = record->parent;
  gpointer other;

  if (g_hash_table_lookup_extended (self->regions, GUINT_TO_POINTER (parent), NULL, &other))
    {
      record->initial = self->chart->states[GPOINTER_TO_UINT (other)].initial;
      return;
    }

  g_hash_table_insert (self->regions, GUINT_TO_POINTER (parent), GUINT_TO_POINTER (state));
  record->initial.first = self->indices->len;
  for (guint32 i = parent + 1; i < self->chart->states[parent].end; i = self->chart->states[i].end)
    {
      if (!fermata_chart_is_history (self->chart, i))
        g_array_append_val (self->indices, i);
    }
  record->initial.n = self->indices->len - record->initial.first;
}

/* Where the document is silent: as if the state around it were entered. */
static void
use_initial (FermataChartCompiler *self,
             guint                 state)
{
  FermataChartState *record = &self->chart->states[state];
  const FermataChartState *parent = &self->chart->states[record->parent];

  if (parent->type == FERMATA_STATE_PARALLEL)
    use_regions (self, state);
  else if (leads_to_history (self, record->parent, &parent->initial))
    set_target (self, &record->initial, self->first_children[record->parent]);
  else
    record->initial = parent->initial;
}

/* The one edge that leaves it says where, and what is done on the way. */
static gboolean
use_edge (FermataChartCompiler  *self,
          guint                  state,
          GError               **error)
{
  FermataChartState *record = &self->chart->states[state];
  const FermataPlanNode *node = &self->plan->nodes[state];
  const FermataChartEdge *edge = &self->chart->edges[node->first_out];

  if (node[1].first_out - node->first_out > 1)
    return fermata_chart_refuse (error, ": one edge leaves a history state, not several");

  record->initial = edge->targets;
  record->initial_block = edge->block;
  if (check_within (self, &record->initial, record->parent, error))
    return check_default (self, state, &record->initial, error);

  g_prefix_error (error, ": its edge leads too far: ");

  return FALSE;
}

gboolean
fermata_chart_compile_default (FermataChartCompiler  *self,
                               guint                  state,
                               FermataValue          *initial,
                               GError               **error)
{
  FermataChartState *record = &self->chart->states[state];
  const FermataPlanNode *node = &self->plan->nodes[state];
  gboolean has_edge = node[1].first_out > node->first_out;

  if (initial != NULL && has_edge)
    return fermata_chart_refuse (error, ": it has “initial”, and an edge that says the same");
  if (initial != NULL)
    return compile_entrance (self, initial, record->parent, &record->initial, &record->initial_block, error)
           && check_default (self, state, &record->initial, error);
  if (has_edge)
    return use_edge (self, state, error);
  use_initial (self, state);

  return TRUE;
}
