/* fermata-chart-compile-states.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* States, how they lie in each other, and what each says of itself. */

#include "engine/plan/fermata-chart-scxml-private.h"

static const char *
state_id (const FermataChartCompiler *self,
          guint                       state)
{
  return self->plan->nodes[state].id;
}

static gboolean
refuse_at (const FermataChartCompiler  *self,
           guint                        state,
           const char                  *problem,
           GError                     **error)
{
  return fermata_compiler_invalid (error, "State", state_id (self, state), problem);
}

static FermataValue *
state_member (const FermataChartCompiler *self,
              guint                       state,
              const char                 *name)
{
  return fermata_value_get_member (self->plan->nodes[state].members, name);
}

/* The text that a member is; NULL if it is none, and then @is_other tells whether
 * it is something else. */
static const char *
text_member (const FermataChartCompiler *self,
             guint                       state,
             const char                 *name,
             gboolean                   *is_other)
{
  FermataValue *value = state_member (self, state, name);
  gboolean is_text = value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING;

  *is_other = value != NULL && !is_text;

  return is_text ? fermata_value_get_string (value, NULL) : NULL;
}

/* The tree */

static gboolean
add_state (FermataChartCompiler  *self,
           GArray                *states,
           FermataNode           *model,
           GError               **error)
{
  FermataNode *parent = fermata_node_get_parent (model);
  FermataChartState state = {
    .parent = FERMATA_INDEX_NONE,
    .end = states->len + 1,
    .depth = 1,
    .initial_block = FERMATA_INDEX_NONE,
    .entry = FERMATA_INDEX_NONE,
    .exit = FERMATA_INDEX_NONE,
  };

  if (parent != NULL)
    {
      state.parent = GPOINTER_TO_UINT (g_hash_table_lookup (self->states, parent));
      state.depth = g_array_index (states, FermataChartState, state.parent).depth + 1;
    }
  if (fermata_node_get_id (model)[0] == '\0')
    return fermata_chart_refuse (error, "State number %u has no id", states->len + 1);
  if (fermata_graph_find_node (self->compiler->graph, fermata_node_get_id (model)) != model)
    return fermata_chart_refuse (error, "State “%s”: another state has the same id", fermata_node_get_id (model));
  if (state.depth > FERMATA_MAX_STATE_DEPTH)
    return fermata_chart_refuse (error, "State “%s”: states lie at most %u deep in each other",
                                 fermata_node_get_id (model), (guint) FERMATA_MAX_STATE_DEPTH);

  self->chart->depth = MAX (self->chart->depth, state.depth);
  g_hash_table_insert (self->states, model, GUINT_TO_POINTER (states->len));
  g_ptr_array_add (self->models, model);
  g_array_append_val (states, state);

  return TRUE;
}

/* One more than there are, and nodes of the plan for them. */
static void
place_states (FermataChartCompiler *self,
              GArray               *states)
{
  FermataPlan *plan = self->plan;

  plan->n_nodes = self->models->len;
  plan->nodes = g_new0 (FermataPlanNode, plan->n_nodes + 1);
  for (guint i = 0; i < plan->n_nodes; i++)
    {
      plan->nodes[i].members = fermata_value_ref (fermata_node_get_members (self->models->pdata[i]));
      plan->nodes[i].id = fermata_value_get_string (state_member (self, i, "id"), NULL);
    }

  g_array_set_size (states, plan->n_nodes + 1);
  self->chart->states = (FermataChartState *) g_array_free (states, FALSE);
  for (guint i = plan->n_nodes; i-- > 0;)
    {
      const FermataChartState *state = &self->chart->states[i];

      if (state->parent != FERMATA_INDEX_NONE)
        self->chart->states[state->parent].end = MAX (self->chart->states[state->parent].end, state->end);
    }
}

static gboolean
collect_states (FermataChartCompiler  *self,
                GError               **error)
{
  GArray *states = g_array_new (FALSE, TRUE, sizeof (FermataChartState));

  for (FermataNode *model = fermata_graph_get_node (self->compiler->graph, 0); model != NULL;
       model = fermata_node_get_next (model))
    {
      if (add_state (self, states, model, error))
        continue;
      g_array_unref (states);
      return FALSE;
    }
  place_states (self, states);

  return self->plan->n_nodes > 0 || fermata_chart_refuse (error, "A machine has at least one state");
}

/* Types */

static gboolean
compile_history (FermataChartCompiler  *self,
                 guint                  state,
                 GError               **error)
{
  gboolean is_other;
  const char *history = text_member (self, state, "history", &is_other);

  self->chart->states[state].type = FERMATA_STATE_SHALLOW_HISTORY;
  if (is_other || (history != NULL && !g_str_equal (history, "shallow") && !g_str_equal (history, "deep")))
    return refuse_at (self, state, "history must be “shallow” or “deep”", error);
  if (g_strcmp0 (history, "deep") == 0)
    self->chart->states[state].type = FERMATA_STATE_DEEP_HISTORY;
  if (self->chart->states[state].parent == FERMATA_INDEX_NONE)
    return refuse_at (self, state, "a history state remembers what was active in the state around it, and there is none",
                      error);

  return TRUE;
}

static gboolean
compile_type (FermataChartCompiler  *self,
              guint                  state,
              GError               **error)
{
  static const char *const names[] = { "atomic", "compound", "parallel", "final" };
  FermataChartState *record = &self->chart->states[state];
  gboolean has_states = record->end > state + 1;
  gboolean is_other;
  const char *type = text_member (self, state, "type", &is_other);
  guint i;

  if (g_strcmp0 (type, "history") == 0)
    return (!has_states || refuse_at (self, state, "there are no states in a history state", error))
           && compile_history (self, state, error);
  if (state_member (self, state, "history") != NULL)
    return refuse_at (self, state, "only a history state has “history”", error);

  record->type = has_states ? FERMATA_STATE_COMPOUND : FERMATA_STATE_ATOMIC;
  if (type == NULL && !is_other)
    return TRUE;

  for (i = 0; i < G_N_ELEMENTS (names) && g_strcmp0 (type, names[i]) != 0; i++)
    continue;
  if (i == G_N_ELEMENTS (names))
    return refuse_at (self, state, "type must be “atomic”, “compound”, “parallel”, “final” or “history”", error);
  record->type = i;
  if (has_states && (i == FERMATA_STATE_ATOMIC || i == FERMATA_STATE_FINAL))
    return refuse_at (self, state, "there are states in it, so its type is “compound” or “parallel”", error);

  return TRUE;
}

static gboolean
is_group (const FermataChartState *state)
{
  return state->type == FERMATA_STATE_COMPOUND || state->type == FERMATA_STATE_PARALLEL;
}

static gboolean
compile_types (FermataChartCompiler  *self,
               GError               **error)
{
  FermataChartState *states = self->chart->states;

  self->first_children = g_new (guint32, self->plan->n_nodes);
  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      if (!compile_type (self, i, error))
        return FALSE;

      self->first_children[i] = FERMATA_INDEX_NONE;
      if (!fermata_chart_is_history (self->chart, i) && states[i].parent != FERMATA_INDEX_NONE
          && self->first_children[states[i].parent] == FERMATA_INDEX_NONE)
        self->first_children[states[i].parent] = i;
    }
  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      if (is_group (&states[i]) && self->first_children[i] == FERMATA_INDEX_NONE)
        return refuse_at (self, i, "there must be states in it", error);
    }

  return TRUE;
}

/* The history states in each state stand together. */
static void
collect_histories (FermataChartCompiler *self)
{
  FermataChartState *states = self->chart->states;
  guint32 next = self->indices->len;

  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      if (fermata_chart_is_history (self->chart, i))
        states[states[i].parent].history.n++;
    }
  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      states[i].history.first = next;
      next += states[i].history.n;
      states[i].history.n = 0;
    }
  g_array_set_size (self->indices, next);
  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      FermataChartRange *range;

      if (!fermata_chart_is_history (self->chart, i))
        continue;
      range = &states[states[i].parent].history;
      g_array_index (self->indices, guint32, range->first + range->n++) = i;
    }
}

gboolean
fermata_chart_compile_states (FermataChartCompiler  *self,
                              GError               **error)
{
  if (!collect_states (self, error) || !compile_types (self, error))
    return FALSE;
  collect_histories (self);

  return TRUE;
}

/* Details */

static gboolean
compile_done_data (FermataChartCompiler  *self,
                   FermataValue          *data,
                   FermataChartState     *record,
                   GError               **error)
{
  if (fermata_value_get_kind (data) != FERMATA_VALUE_KIND_OBJECT)
    return fermata_chart_refuse (error, ", data: it must be an object with “params” or “content”");

  record->done_data = g_new0 (FermataChartPayload, 1);
  if (fermata_chart_compile_payload (self, data, record->done_data, error))
    return TRUE;
  g_prefix_error (error, ", data: ");

  return FALSE;
}

/* Entry actions; before them, where that is late, what the state declares */
static gboolean
compile_entry (FermataChartCompiler  *self,
               guint                  state,
               GError               **error)
{
  FermataChartState *record = &self->chart->states[state];
  guint32 first = self->ops->len;
  gboolean declares;

  if (self->chart->data_model != FERMATA_DATA_MODEL_FERMATA
      && !fermata_chart_compile_declarations (self, state, error))
    return FALSE;
  declares = self->ops->len > first;
  if (!fermata_chart_compile_block (self, self->plan->nodes[state].members, NULL, "entry", &record->entry, error))
    return FALSE;
  if (!declares)
    return TRUE;

  if (record->entry == FERMATA_INDEX_NONE)
    fermata_chart_add_op (self, FERMATA_OP_END);
  record->entry = first;

  return TRUE;
}

static gboolean
compile_data (FermataChartCompiler  *self,
              guint                  state,
              GError               **error)
{
  FermataValue *data = state_member (self, state, "data");
  FermataChartState *record = &self->chart->states[state];

  if (data == NULL)
    return TRUE;
  if (record->type != FERMATA_STATE_FINAL)
    return fermata_chart_refuse (error, ": only a final state has “data”");
  if (self->chart->data_model != FERMATA_DATA_MODEL_FERMATA)
    return compile_done_data (self, data, record, error);

  record->data = fermata_template_compile (self->compiler->evaluator, data, NULL, NULL, error);
  if (record->data == NULL)
    g_prefix_error (error, ", data: ");

  return record->data != NULL;
}

static gboolean
compile_begin (FermataChartCompiler  *self,
               guint                  state,
               GError               **error)
{
  FermataValue *initial = state_member (self, state, "initial");

  if (fermata_chart_is_history (self->chart, state))
    return fermata_chart_compile_default (self, state, initial, error);
  if (self->chart->states[state].type == FERMATA_STATE_COMPOUND)
    return fermata_chart_compile_initial (self, state, initial, error);
  if (initial == NULL)
    return TRUE;

  return fermata_chart_refuse (error, self->chart->states[state].type == FERMATA_STATE_PARALLEL
                                      ? ": all states in it are entered, so it has no “initial”"
                                      : ": there are no states in it, so it has no “initial”");
}

/* What is never active does nothing, and what is at its end runs nothing more. */
static gboolean
refuse_doing (FermataChartCompiler  *self,
              guint                  state,
              GError               **error)
{
  gboolean is_history = fermata_chart_is_history (self->chart, state);

  if (is_history && (state_member (self, state, "entry") != NULL || state_member (self, state, "exit") != NULL))
    return fermata_chart_refuse (error, ": a history state is never active, and has no “entry” and “exit”");
  if (state_member (self, state, "do") == NULL)
    return TRUE;
  if (is_history || self->chart->states[state].type == FERMATA_STATE_FINAL)
    return fermata_chart_refuse (error, ": a %s state has nothing to “do”", is_history ? "history" : "final");

  return TRUE;
}

static gboolean
compile_state (FermataChartCompiler  *self,
               guint                  state,
               GError               **error)
{
  FermataChartState *record = &self->chart->states[state];
  FermataValue *members = self->plan->nodes[state].members;

  record->first_task = self->tasks->len;

  return refuse_doing (self, state, error)
         && compile_begin (self, state, error)
         && compile_entry (self, state, error)
         && fermata_chart_compile_block (self, members, NULL, "exit", &record->exit, error)
         && compile_data (self, state, error)
         && fermata_chart_compile_tasks (self, state, state_member (self, state, "do"), error);
}

gboolean
fermata_chart_compile_details (FermataChartCompiler  *self,
                               GError               **error)
{
  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      if (compile_state (self, i, error))
        continue;
      g_prefix_error (error, "State “%s”", state_id (self, i));
      return FALSE;
    }
  self->chart->states[self->plan->n_nodes].first_task = self->tasks->len;

  return TRUE;
}
