/* fermata-plan-compile-edges.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* From the edges of the model to those of a plan. */

#include "engine/moment/fermata-index-set-private.h"
#include "engine/plan/fermata-plan-compile-private.h"
#include "value/fermata-value-builder.h"

static const char *const unsupported_edge_members[] = {
  "assign", NULL,
};

static gboolean
find_end (FermataCompiler    *self,
          FermataEdge *edge,
          FermataNode *node,
          const char  *id,
          guint32     *index,
          GError     **error)
{
  g_autofree char *name = NULL;

  if (node != NULL && fermata_node_get_parent (node) == NULL
      && fermata_node_get_graph (node) == self->graph)
    {
      *index = fermata_node_get_index (node);
      return TRUE;
    }

  name = fermata_edge_dup_name (edge);
  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID,
               "Edge “%s”: there is no node “%s”", name, id);

  return FALSE;
}

/* An edge of the document for each of its targets. */
static GArray *
collect_arrows (FermataCompiler  *self,
                GError   **error)
{
  g_autoptr (GArray) arrows = g_array_new (FALSE, FALSE, sizeof (FermataArrow));

  for (guint i = 0; i < fermata_graph_get_n_edges (self->graph); i++)
    {
      FermataEdge *edge = fermata_graph_get_edge (self->graph, i);
      FermataArrow arrow = { .model = edge };

      if (!fermata_compiler_refuse_members (fermata_edge_get_members (edge), unsupported_edge_members,
                           "Edge", fermata_edge_get_source_id (edge), error)
          || !find_end (self, edge, fermata_edge_get_source (edge),
                        fermata_edge_get_source_id (edge), &arrow.source, error))
        return NULL;

      for (guint j = 0; j < fermata_edge_get_n_targets (edge); j++)
        {
          if (!find_end (self, edge, fermata_edge_get_target (edge, j),
                         fermata_edge_get_target_id (edge, j), &arrow.target, error))
            return NULL;
          g_array_append_val (arrows, arrow);
        }
    }

  return g_steal_pointer (&arrows);
}

static gboolean
compile_on (FermataCompiler         *self,
            FermataPlanEdge  *edge,
            GError          **error)
{
  FermataValue *on = fermata_value_get_member (edge->members, "on");

  if (on == NULL)
    return TRUE;
  if (fermata_value_get_kind (on) != FERMATA_VALUE_KIND_STRING
      || !g_str_equal (fermata_value_get_string (on, NULL), "error"))
    return fermata_compiler_invalid (error, "Edge from", self->plan->nodes[edge->source].id, "on must be “error”");

  edge->on_error = TRUE;
  self->plan->nodes[edge->source].has_error_edges = TRUE;

  return TRUE;
}

static gboolean
compile_when (FermataCompiler         *self,
              FermataPlanEdge  *edge,
              GError          **error)
{
  FermataValue *when = fermata_value_get_member (edge->members, "when");

  edge->condition = FERMATA_INDEX_NONE;
  if (when == NULL)
    return TRUE;

  edge->when = fermata_expression_compile_value (self->evaluator, when, NULL, error);
  if (edge->when == NULL)
    {
      g_prefix_error (error, "Edge “%s>%s”, when: ", self->plan->nodes[edge->source].id,
                      self->plan->nodes[edge->target].id);
      return FALSE;
    }

  edge->condition = self->plan->n_conditions++;
  self->plan->nodes[edge->source].has_conditions = TRUE;

  return TRUE;
}

static gboolean
compile_each (FermataCompiler         *self,
              FermataPlanEdge  *edge,
              GError          **error)
{
  FermataValue *each = fermata_value_get_member (edge->members, "each");

  if (each == NULL)
    return TRUE;
  if (fermata_value_get_kind (each) != FERMATA_VALUE_KIND_BOOLEAN)
    return fermata_compiler_invalid (error, "Edge from", self->plan->nodes[edge->source].id,
                    "each must be true or false");

  edge->is_each = fermata_value_get_boolean (each);
  if (edge->is_each && edge->on_error)
    return fermata_compiler_invalid (error, "Edge from", self->plan->nodes[edge->source].id,
                    "what failed has no items: “each” and “on” exclude each other");

  return TRUE;
}

/* Each edge of a node that chooses is decided, whether it has a condition of its
 * own or not. */
static gboolean
compile_case (FermataCompiler  *self,
              FermataPlanEdge  *edge,
              GError          **error)
{
  FermataPlanNode *source = &self->plan->nodes[edge->source];
  gboolean is_choice = source->routing != FERMATA_ROUTING_NONE && !edge->on_error;
  const char *problem = NULL;

  edge->match = fermata_value_get_member (edge->members, "case");
  if (edge->match != NULL && !is_choice)
    problem = "“case” is for the edges of nodes that choose, such as “switch”";
  else if (edge->match != NULL && edge->when != NULL)
    problem = "“case” and “when” do not go together";
  else if (is_choice && edge->is_each)
    problem = "what a node chooses is taken as a whole, and not for “each”";
  if (problem != NULL)
    {
      g_autofree char *name = g_strdup_printf ("%s>%s", source->id,
                                               self->plan->nodes[edge->target].id);
      return fermata_compiler_invalid (error, "Edge", name, problem);
    }

  if (is_choice && edge->condition == FERMATA_INDEX_NONE)
    edge->condition = self->plan->n_conditions++;
  source->has_conditions |= is_choice;

  return TRUE;
}

/* Counting sort by source, and by target for the edges that come in: document
 * order is kept within both. */
void
fermata_compiler_place_edges (FermataCompiler *self,
                              GArray          *arrows)
{
  FermataPlan *plan = self->plan;
  g_autofree guint32 *next_out = g_new0 (guint32, plan->n_nodes + 1);
  g_autofree guint32 *next_in = g_new0 (guint32, plan->n_nodes + 1);

  for (guint i = 0; i < arrows->len; i++)
    {
      plan->nodes[g_array_index (arrows, FermataArrow, i).source + 1].first_out++;
      plan->nodes[g_array_index (arrows, FermataArrow, i).target + 1].first_in++;
    }
  for (guint i = 0; i < plan->n_nodes; i++)
    {
      next_out[i] = plan->nodes[i].first_out;
      next_in[i] = plan->nodes[i].first_in;
      plan->nodes[i + 1].first_out += plan->nodes[i].first_out;
      plan->nodes[i + 1].first_in += plan->nodes[i].first_in;
    }

  plan->n_edges = arrows->len;
  plan->edges = g_new0 (FermataPlanEdge, plan->n_edges + 1);
  plan->incoming = g_new0 (guint32, plan->n_edges + 1);
  for (guint i = 0; i < arrows->len; i++)
    {
      const FermataArrow *arrow = &g_array_index (arrows, FermataArrow, i);
      FermataPlanEdge *edge = &plan->edges[next_out[arrow->source]++];

      edge->members = fermata_value_ref (fermata_edge_get_members (arrow->model));
      edge->source = arrow->source;
      edge->target = arrow->target;
      edge->document_index = fermata_edge_get_index (arrow->model);
      plan->incoming[next_in[arrow->target]++] = edge - plan->edges;
    }
}

static gboolean
compile_members (FermataCompiler  *self,
                 GError          **error)
{
  FermataPlan *plan = self->plan;

  for (guint i = 0; i < plan->n_edges; i++)
    {
      if (!compile_on (self, &plan->edges[i], error) || !compile_when (self, &plan->edges[i], error)
          || !compile_each (self, &plan->edges[i], error)
          || !compile_case (self, &plan->edges[i], error))
        return FALSE;
    }

  return TRUE;
}

/* A loop without items of its own has those that come. */
static gboolean
takes_items (const FermataPlanNode *node)
{
  FermataValue *with = fermata_value_get_member (node->members, "with");

  return node->body_rule == FERMATA_BODY_RULE_ITEMS
         && (with == NULL || fermata_value_get_member (with, "items") == NULL);
}

/* What the document says of the node holds for the one in its body. */
static gboolean
compile_each_target (FermataCompiler  *self,
                     guint      edge,
                     GError   **error)
{
  guint target = self->plan->edges[edge].target;
  FermataPlanNode *node = &self->plan->nodes[target];

  if (node->each_edge != FERMATA_INDEX_NONE)
    return fermata_compiler_invalid (error, "Node", node->id,
                    "two edges with “each” lead to it; of which the items are is not clear");
  if (node->join != FERMATA_JOIN_ALL)
    return fermata_compiler_invalid (error, "Node", node->id, "behind an edge with “each”, join must be “all”");

  node->each_edge = edge;
  self->plan->nodes[self->plan->edges[edge].source].has_each = TRUE;
  if (takes_items (node))
    return TRUE;

  node->body = fermata_compiler_compile_item (self, fermata_graph_get_node (self->graph, target), error);
  if (node->body == NULL)
    return FALSE;

  self->plan->takes_events = self->plan->takes_events || node->body->takes_events;
  node->body_rule = FERMATA_BODY_RULE_NONE;
  node->runs_graph = FALSE;
  node->body_index = self->plan->n_bodies++;
  node->is_computed = FALSE;
  node->listens = FALSE;
  node->has_admission = FALSE;
  node->need = 0;
  g_clear_pointer (&node->policy, fermata_policy_free);

  return TRUE;
}

static void
name_inputs (FermataPlan *plan,
             guint        node)
{
  FermataPlanNode *plan_node = &plan->nodes[node];
  guint n_in = fermata_plan_node_n_in (plan, node);
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) none = fermata_value_new_null ();
  g_autoptr (FermataValue) names = NULL;

  if (n_in < 2)
    return;

  builder = fermata_value_builder_new_object ();
  for (guint i = 0; i < n_in; i++)
    fermata_value_builder_set (builder,
                               fermata_plan_get_input_name (plan, plan->incoming[plan_node->first_in + i]),
                               none);
  names = fermata_value_builder_end (builder);
  if (fermata_value_get_length (names) == n_in)
    plan_node->input_names = g_steal_pointer (&names);
}

gboolean
fermata_compiler_compile_edges (FermataCompiler  *self,
                                GError          **error)
{
  g_autoptr (GArray) arrows = collect_arrows (self, error);

  if (arrows == NULL)
    return FALSE;
  fermata_compiler_place_edges (self, arrows);
  if (!compile_members (self, error))
    return FALSE;

  for (guint i = 0; i < self->plan->n_edges; i++)
    {
      if (self->plan->edges[i].is_each && !compile_each_target (self, i, error))
        return FALSE;
    }
  for (guint i = 0; i < self->plan->n_nodes; i++)
    name_inputs (self->plan, i);

  return TRUE;
}
