/* fermata-plan.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/plan/fermata-plan-private.h"

#include "engine/moment/fermata-index-set-private.h"

G_DEFINE_BOXED_TYPE (FermataPlan, fermata_plan, fermata_plan_ref, fermata_plan_unref)
G_DEFINE_QUARK (fermata-engine-error-quark, fermata_engine_error)

/**
 * fermata_plan_ref:
 * @self: a plan
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
FermataPlan *
fermata_plan_ref (FermataPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
clear_parameter (FermataPlanParameter *parameter)
{
  if (parameter->form == PARAMETER_TEMPLATE)
    fermata_template_unref (parameter->template);
  else if (parameter->form == PARAMETER_EXPRESSION)
    fermata_expression_unref (parameter->expression);
  else
    fermata_value_unref (parameter->constant);
}

static void
clear_nodes (FermataPlan *self)
{
  for (guint i = 0; self->nodes != NULL && i < self->n_nodes; i++)
    {
      g_clear_pointer (&self->nodes[i].members, fermata_value_unref);
      g_clear_pointer (&self->nodes[i].input_names, fermata_value_unref);
      g_clear_pointer (&self->nodes[i].policy, fermata_policy_free);
      g_clear_pointer (&self->nodes[i].content, fermata_value_unref);
      if (!self->nodes[i].is_recursion)
        g_clear_pointer (&self->nodes[i].body, fermata_plan_unref);
      g_clear_pointer (&self->nodes[i].catch_body, fermata_plan_unref);
      g_clear_pointer (&self->nodes[i].finally_body, fermata_plan_unref);
      g_clear_object (&self->nodes[i].type);
    }
  for (guint i = 0; self->edges != NULL && i < self->n_edges; i++)
    {
      g_clear_pointer (&self->edges[i].members, fermata_value_unref);
      g_clear_pointer (&self->edges[i].when, fermata_expression_unref);
    }
  for (guint i = 0; i < self->n_parameters; i++)
    clear_parameter (&self->parameters[i]);

  g_free (self->nodes);
  g_free (self->edges);
  g_free (self->parameters);
  g_free (self->incoming);
}

/**
 * fermata_plan_unref:
 * @self: (transfer full): a plan
 *
 * Drops a reference.
 */
void
fermata_plan_unref (FermataPlan *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->chart != NULL)
    fermata_chart_free (self->chart, self->n_nodes, self->n_edges);
  clear_nodes (self);
  g_clear_pointer (&self->members, fermata_value_unref);
  g_free (self->scope);
  g_clear_pointer (&self->variables, fermata_template_unref);
  fermata_plan_duration_clear (&self->timeout);
  fermata_plan_duration_clear (&self->closing_timeout);
  fermata_pools_clear (&self->pools);
  g_clear_pointer (&self->result, fermata_expression_unref);
  g_clear_pointer (&self->tree, g_ptr_array_unref);
  g_clear_pointer (&self->documents, fermata_documents_unref);
  g_clear_pointer (&self->sessions, fermata_script_sessions_free);
  g_clear_pointer (&self->plans_by_path, g_hash_table_unref);
  g_clear_pointer (&self->pinned, fermata_value_unref);
  g_free (self->path);
  g_clear_object (&self->file);
  g_clear_pointer (&self->nodes_by_id, g_hash_table_unref);
  g_clear_pointer (&self->edges_by_name, g_hash_table_unref);
  g_clear_pointer (&self->edge_names, g_strfreev);
  g_free (self);
}

/**
 * fermata_plan_get_kind:
 * @self: a plan
 *
 * Tells how the plan is interpreted.
 *
 * Returns: the kind of its graph
 */
FermataGraphKind
fermata_plan_get_kind (FermataPlan *self)
{
  g_return_val_if_fail (self != NULL, FERMATA_GRAPH_KIND_UNKNOWN);

  return self->kind;
}

/**
 * fermata_plan_get_n_nodes:
 * @self: a plan
 *
 * Counts the nodes.
 *
 * Returns: how many
 */
guint
fermata_plan_get_n_nodes (FermataPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_nodes;
}

/**
 * fermata_plan_get_n_edges:
 * @self: a plan
 *
 * Counts the edges: one with several targets counts for each.
 *
 * Returns: how many
 */
guint
fermata_plan_get_n_edges (FermataPlan *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_edges;
}

/**
 * fermata_plan_get_node_id:
 * @self: a plan
 * @node: the place of a node: its index, or further on one in a body
 *
 * Gives the id of a node.
 *
 * Returns: (transfer none): the id
 */
const char *
fermata_plan_get_node_id (FermataPlan *self,
                          guint        node)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (node < self->n_places, NULL);

  return fermata_plan_node_at (self, node)->id;
}

/**
 * fermata_plan_get_node_type:
 * @self: a plan
 * @node: the place of a node: its index, or further on one in a body
 *
 * Gives the name of a node's type; of a state, what sort of state it is.
 *
 * Returns: (transfer none): the name
 */
const char *
fermata_plan_get_node_type (FermataPlan *self,
                            guint        node)
{
  guint local;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (node < self->n_places, NULL);

  self = fermata_plan_locate (self, node, &local);
  if (self->chart != NULL)
    return fermata_state_type_to_string (self->chart->states[local].type);

  return fermata_node_type_describe (self->nodes[local].type)->name;
}

static GHashTable *
index_nodes (FermataPlan *self)
{
  GHashTable *nodes = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->n_nodes; i++)
    g_hash_table_insert (nodes, (gpointer) self->nodes[i].id, GUINT_TO_POINTER (i));

  return nodes;
}

/**
 * fermata_plan_find_node:
 * @self: a plan
 * @id: an id
 * @node: (out): the index of the node
 *
 * Finds a node.
 *
 * Returns: %FALSE if there is none of that id
 */
gboolean
fermata_plan_find_node (FermataPlan *self,
                        const char  *id,
                        guint       *node)
{
  gpointer index;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (node != NULL, FALSE);

  if (self->nodes_by_id == NULL)
    self->nodes_by_id = index_nodes (self);
  if (!g_hash_table_lookup_extended (self->nodes_by_id, id, NULL, &index))
    return FALSE;

  *node = GPOINTER_TO_UINT (index);

  return TRUE;
}

static const char *
string_member (FermataValue *object,
               const char   *name)
{
  FermataValue *member = fermata_value_get_member (object, name);

  if (member == NULL || fermata_value_get_kind (member) != FERMATA_VALUE_KIND_STRING)
    return NULL;

  return fermata_value_get_string (member, NULL);
}

/* `from>to`; an edge of a machine may have several targets, or none. */
static char *
dup_ends (FermataPlan *self,
          guint        edge)
{
  GString *ends = g_string_new (self->nodes[self->edges[edge].source].id);
  const FermataChartRange *targets;

  g_string_append_c (ends, '>');
  if (self->chart == NULL)
    {
      g_string_append (ends, self->nodes[self->edges[edge].target].id);
      return g_string_free (ends, FALSE);
    }

  targets = &self->chart->edges[edge].targets;
  for (guint i = 0; i < targets->n; i++)
    g_string_append_printf (ends, "%s%s", i > 0 ? "," : "",
                            self->nodes[self->chart->indices[targets->first + i]].id);

  return g_string_free (ends, FALSE);
}

/* `id`, or `from>to`; what has been used before gets `#2`, `#3`, … */
static void
name_edges (FermataPlan *self)
{
  g_autoptr (GHashTable) uses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->edge_names = g_new0 (char *, self->n_edges + 1);
  self->edges_by_name = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->n_edges; i++)
    {
      const FermataPlanEdge *edge = &self->edges[i];
      const char *id = string_member (edge->members, "id");
      g_autofree char *base = id != NULL ? g_strdup (id) : dup_ends (self, i);
      guint use = GPOINTER_TO_UINT (g_hash_table_lookup (uses, base)) + 1;

      self->edge_names[i] = use == 1 ? g_strdup (base) : g_strdup_printf ("%s#%u", base, use);
      g_hash_table_insert (self->edges_by_name, self->edge_names[i], GUINT_TO_POINTER (i));
      g_hash_table_insert (uses, g_steal_pointer (&base), GUINT_TO_POINTER (use));
    }
}

/**
 * fermata_plan_get_edge_name:
 * @self: a plan
 * @edge: the index of an edge
 *
 * Gives the name of an edge: its id, or `from>to`.
 *
 * Returns: (transfer none): the name
 */
const char *
fermata_plan_get_edge_name (FermataPlan *self,
                            guint        edge)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (edge < self->n_edges, NULL);

  if (self->edge_names == NULL)
    name_edges (self);

  return self->edge_names[edge];
}

/**
 * fermata_plan_find_edge:
 * @self: a plan
 * @name: the name of an edge
 * @edge: (out): the index of the edge
 *
 * Finds an edge.
 *
 * Returns: %FALSE if there is none of that name
 */
gboolean
fermata_plan_find_edge (FermataPlan *self,
                        const char  *name,
                        guint       *edge)
{
  gpointer index;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (edge != NULL, FALSE);

  if (self->edge_names == NULL)
    name_edges (self);
  if (!g_hash_table_lookup_extended (self->edges_by_name, name, NULL, &index))
    return FALSE;

  *edge = GPOINTER_TO_UINT (index);

  return TRUE;
}

/**
 * fermata_plan_get_edge_document_index:
 * @self: a plan
 * @edge: the index of an edge
 *
 * Tells which edge of the graph an edge was made of. One with several targets is
 * an edge for each of them in a DAG, and one edge in a machine.
 *
 * Returns: its index among the edges of the graph, as that was then
 */
guint
fermata_plan_get_edge_document_index (FermataPlan *self,
                                      guint        edge)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (edge < self->n_edges, 0);

  return self->edges[edge].document_index;
}

/**
 * fermata_plan_get_edge_source:
 * @self: a plan
 * @edge: the index of an edge
 *
 * Tells where an edge begins.
 *
 * Returns: the index of a node
 */
guint
fermata_plan_get_edge_source (FermataPlan *self,
                              guint        edge)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (edge < self->n_edges, 0);

  return self->edges[edge].source;
}

/**
 * fermata_plan_get_edge_target:
 * @self: a plan
 * @edge: the index of an edge
 *
 * Tells where an edge ends.
 *
 * Returns: the index of a node
 */
guint
fermata_plan_get_edge_target (FermataPlan *self,
                              guint        edge)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (edge < self->n_edges, 0);

  return self->edges[edge].target;
}

/**
 * fermata_plan_get_edge_place:
 * @self: a plan
 * @edge: the index of an edge
 *
 * Gives the place by which events name an edge.
 *
 * Returns: a place, after those of all nodes
 */
guint32
fermata_plan_get_edge_place (FermataPlan *self,
                             guint        edge)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (edge < self->n_edges, 0);

  return self->n_nodes + edge;
}

const char *
fermata_plan_get_input_name (FermataPlan *self,
                             guint        edge)
{
  const char *name = string_member (self->edges[edge].members, "input");

  return name != NULL ? name : self->nodes[self->edges[edge].source].id;
}

/**
 * fermata_plan_takes_events:
 * @self: a plan
 *
 * Tells whether one of its nodes waits for events from outside (see
 * fermata_run_send_event()).
 *
 * Returns: %FALSE if nobody would take one
 */
gboolean
fermata_plan_takes_events (FermataPlan *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->takes_events;
}
