/* fermata-plan-compile.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* From the model to a plan. */

#include "engine/moment/fermata-index-set-private.h"
#include "engine/plan/fermata-chart-scxml-private.h"
#include "model/fermata-node.h"
#include "value/fermata-value-builder.h"

/* What the document knows and this version does not run yet. */
static const char *const unsupported_graph_members[] = {
  NULL,
};

gboolean
fermata_compiler_refuse_members (FermataValue       *members,
                                 const char *const  *names,
                                 const char         *what,
                                 const char         *id,
                                 GError            **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (fermata_value_get_member (members, names[i]) == NULL)
        continue;

      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_UNSUPPORTED,
                   "%s%s%s%s: this version does not run “%s” yet",
                   what, id != NULL ? " “" : "", id != NULL ? id : "", id != NULL ? "”" : "",
                   names[i]);
      return FALSE;
    }

  return TRUE;
}

gboolean
fermata_compiler_invalid (GError     **error,
                          const char  *what,
                          const char  *id,
                          const char  *problem)
{
  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID,
               "%s “%s”: %s", what, id, problem);

  return FALSE;
}

/* Parameters */

static gboolean
compile_parameter (FermataCompiler                *self,
                   const FermataParameter  *description,
                   FermataValue            *value,
                   FermataPlanParameter    *parameter,
                   GError                 **error)
{
  FermataValueKind kind = fermata_value_get_kind (value);
  FermataValue *constant = NULL;

  if (description->form == FERMATA_MEMBER_FORM_EXPRESSION)
    {
      parameter->expression = fermata_expression_compile_value (self->evaluator, value, NULL, error);
      parameter->form = PARAMETER_EXPRESSION;
      return parameter->expression != NULL;
    }

  if (description->form == FERMATA_MEMBER_FORM_TEMPLATE
      && (kind == FERMATA_VALUE_KIND_ARRAY || kind == FERMATA_VALUE_KIND_OBJECT
          || (kind == FERMATA_VALUE_KIND_STRING
              && fermata_template_is_in_string (fermata_value_get_string (value, NULL)))))
    {
      g_autoptr (FermataTemplate) template = NULL;

      template = fermata_template_compile (self->evaluator, value, NULL, NULL, error);
      if (template == NULL)
        return FALSE;

      constant = fermata_template_get_constant (template);
      if (constant == NULL)
        {
          parameter->template = g_steal_pointer (&template);
          parameter->form = PARAMETER_TEMPLATE;
          return TRUE;
        }
      parameter->constant = fermata_value_ref (constant);
      parameter->form = PARAMETER_CONSTANT;
      return TRUE;
    }

  parameter->constant = fermata_value_ref (value);
  parameter->form = PARAMETER_CONSTANT;

  return TRUE;
}

static gboolean
compile_parameters (FermataCompiler         *self,
                    FermataPlanNode  *node,
                    GError          **error)
{
  const FermataNodeDescription *description = fermata_node_type_describe (node->type);
  FermataValue *with = fermata_value_get_member (node->members, "with");

  node->first_parameter = self->parameters->len;
  for (guint i = 0; i < description->n_parameters; i++)
    {
      const FermataParameter *parameter = &description->parameters[i];
      FermataValue *value = with == NULL ? NULL : fermata_value_get_member (with, parameter->name);
      FermataPlanParameter compiled = { .index = i };

      if (value == NULL && parameter->required)
        {
          g_autofree char *problem = g_strdup_printf ("parameter “%s” is missing", parameter->name);
          return fermata_compiler_invalid (error, "Node", node->id, problem);
        }
      if (value == NULL)
        continue;

      if (!compile_parameter (self, parameter, value, &compiled, error))
        {
          g_prefix_error (error, "Node “%s”, %s: ", node->id, parameter->name);
          return FALSE;
        }
      g_array_append_val (self->parameters, compiled);
    }

  return TRUE;
}

/* Nodes */

static gboolean
compile_join (FermataPlanNode  *node,
              GError          **error)
{
  static const char *const names[] = { "all", "any", "always" };
  FermataValue *join = fermata_value_get_member (node->members, "join");

  if (join == NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (fermata_value_get_kind (join) == FERMATA_VALUE_KIND_STRING
          && g_str_equal (fermata_value_get_string (join, NULL), names[i]))
        {
          node->join = i;
          return TRUE;
        }
    }

  return fermata_compiler_invalid (error, "Node", node->id, "join must be “all”, “any” or “always”");
}

/* What is wrong within a node, as an error of the graph. */
static gboolean
invalid_node (GError                **error,
              const FermataPlanNode  *node,
              GError                 *problem)
{
  fermata_compiler_invalid (error, "Node", node->id, problem->message);
  g_error_free (problem);

  return FALSE;
}

/* What attempts of the type may take where the node says nothing. */
static const char *
type_timeout (const FermataPlanNode *node)
{
  return fermata_node_type_describe (node->type)->timeout;
}

static gboolean
compile_policy (FermataCompiler         *self,
                FermataPlanNode  *node,
                GError          **error)
{
  FermataValue *uses = fermata_value_get_member (node->members, "uses");
  GError *problem = NULL;

  if (!fermata_policy_compile (node->members, node->is_computed ? NULL : type_timeout (node),
                               self->plan->scope, self->variables, self->evaluator, &node->policy, &problem)
      || !fermata_pools_add_need (&self->plan->pools, uses, &node->need, &problem))
    return invalid_node (error, node, problem);
  node->has_admission = node->policy != NULL && node->policy->admission != NULL;
  self->plan->has_states = self->plan->has_states || (node->policy != NULL && node->policy->state != NULL);

  return TRUE;
}

static gboolean
has_graph (const FermataPlanNode *node,
           const char            *name)
{
  return fermata_value_get_member (node->members, name) != NULL;
}

/* Who runs a graph must have one; nobody else runs any. */
static gboolean
check_body (const FermataPlanNode  *node,
            GError                **error)
{
  gboolean is_try = node->body_rule == FERMATA_BODY_RULE_TRY;

  if (fermata_compiler_names_file (node))
    return !has_graph (node, "body")
           || fermata_compiler_invalid (error, "Node", node->id, "it has a “file” and a “body”: which is it to run?");
  if (has_graph (node, "body") && !node->runs_graph)
    return fermata_compiler_invalid (error, "Node", node->id, "nodes of its type have no “body”");
  if ((has_graph (node, "catch") || has_graph (node, "finally")) && !is_try)
    return fermata_compiler_invalid (error, "Node", node->id,
                                     "nodes of its type have neither “catch” nor “finally”");

  return has_graph (node, "body") || !node->runs_graph
         || fermata_compiler_invalid (error, "Node", node->id,
                                      "it runs the graph in its member “body”, which is missing");
}

/* What ends an iteration must be in a loop. */
static gboolean
check_exit (FermataCompiler        *self,
            const FermataPlanNode  *node,
            GError                **error)
{
  if (self->is_in_loop || (node->exit != FERMATA_EXIT_BREAK && node->exit != FERMATA_EXIT_CONTINUE))
    return TRUE;

  return fermata_compiler_invalid (error, "Node", node->id, "there is no loop around it that it could end");
}

/* Its members, what is nested in it included. */
static FermataValue *
dup_whole (FermataCompiler *self,
           FermataNode     *model)
{
  FermataValue *nodes = self->whole == NULL ? NULL : fermata_value_get_member (self->whole, "nodes");

  if (nodes == NULL)
    return fermata_node_to_value (model);

  return fermata_value_ref (fermata_value_get_element (nodes, fermata_node_get_index (model)));
}

gboolean
fermata_compiler_compile_node (FermataCompiler  *self,
                               FermataNode      *model,
                               FermataPlanNode  *node,
                               GError          **error)
{
  const char *type_name = fermata_node_get_type_name (model);
  FermataNodeType *type;

  type = type_name == NULL ? NULL : fermata_node_registry_find (self->registry, type_name);
  node->body_rule = type == NULL ? FERMATA_BODY_RULE_NONE : fermata_node_type_describe (type)->body_rule;
  node->runs_graph = node->body_rule != FERMATA_BODY_RULE_NONE;
  node->members = node->runs_graph ? dup_whole (self, model)
                                   : fermata_value_ref (fermata_node_get_members (model));
  node->id = fermata_node_get_id (model);
  if (*node->id == '\0')
    return fermata_compiler_invalid (error, "Node", node->id, "has no id");
  node->id = fermata_value_get_string (fermata_value_get_member (node->members, "id"), NULL);
  if (type_name == NULL)
    return fermata_compiler_invalid (error, "Node", node->id, "has no type");

  if (type == NULL)
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID,
                   "Node “%s”: there is no type “%s”", node->id, type_name);
      return FALSE;
    }

  node->type = g_object_ref (type);
  node->is_computed = FERMATA_NODE_TYPE_GET_CLASS (type)->compute != NULL;
  node->listens = FERMATA_NODE_TYPE_GET_CLASS (type)->listens;
  node->routing = fermata_node_type_describe (type)->routing;
  node->exit = fermata_node_type_describe (type)->exit;
  node->each_edge = FERMATA_INDEX_NONE;
  self->plan->takes_events |= node->listens;

  return check_body (node, error)
         && check_exit (self, node, error)
         && compile_join (node, error)
         && compile_policy (self, node, error)
         && compile_parameters (self, node, error);
}

static gboolean
compile_nodes (FermataCompiler  *self,
               GError   **error)
{
  FermataPlan *plan = self->plan;

  plan->n_nodes = fermata_graph_get_n_nodes (self->graph);
  plan->nodes = g_new0 (FermataPlanNode, plan->n_nodes + 1);
  for (guint i = 0; i < plan->n_nodes; i++)
    {
      if (!fermata_compiler_compile_node (self, fermata_graph_get_node (self->graph, i), &plan->nodes[i], error))
        return FALSE;
    }
  plan->nodes[plan->n_nodes].first_parameter = self->parameters->len;

  return TRUE;
}

/* The graph itself */

static gboolean
compile_limit (FermataCompiler  *self,
               GError   **error)
{
  FermataValue *limit = fermata_value_get_member (self->plan->members, "max-concurrency");

  if (limit == NULL)
    return TRUE;

  if (fermata_value_get_kind (limit) != FERMATA_VALUE_KIND_INTEGER
      || fermata_value_get_integer (limit) < 1
      || fermata_value_get_integer (limit) > G_MAXINT)
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID,
                   "max-concurrency must be a whole number from 1");
      return FALSE;
    }
  self->plan->max_concurrency = fermata_value_get_integer (limit);

  return TRUE;
}

static gboolean
compile_on_error (FermataCompiler  *self,
                  GError   **error)
{
  FermataValue *on_error = fermata_value_get_member (self->plan->members, "on-error");
  const char *name = "fail-fast";

  if (on_error != NULL)
    name = fermata_value_get_kind (on_error) == FERMATA_VALUE_KIND_STRING
           ? fermata_value_get_string (on_error, NULL) : "";

  self->plan->fail_fast = g_str_equal (name, "fail-fast");
  if (self->plan->fail_fast || g_str_equal (name, "continue"))
    return TRUE;

  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID,
               "on-error must be “fail-fast” or “continue”");

  return FALSE;
}

static gboolean
compile_time_limit (FermataCompiler             *self,
                    const char           *name,
                    gint64                fallback,
                    FermataPlanDuration  *limit,
                    GError              **error)
{
  FermataValue *value = fermata_value_get_member (self->plan->members, name);

  limit->microseconds = fallback;
  if (value == NULL || fermata_plan_duration_compile (value, self->evaluator, limit, error))
    return TRUE;

  g_prefix_error (error, "%s: ", name);

  return FALSE;
}

static gboolean
compile_variables (FermataCompiler  *self,
                   GError   **error)
{
  FermataValue *variables = fermata_value_get_member (self->plan->members, "variables");

  if (variables == NULL || fermata_compiler_is_scxml (self))
    return TRUE;

  self->plan->variables = fermata_template_compile (self->evaluator, variables, NULL, NULL, error);
  if (self->plan->variables == NULL)
    {
      g_prefix_error (error, "variables: ");
      return FALSE;
    }

  return TRUE;
}

static gboolean
compile_result (FermataCompiler  *self,
                GError   **error)
{
  FermataValue *result = fermata_value_get_member (self->plan->members, "result");

  if (result == NULL)
    return TRUE;

  self->plan->result = fermata_compiler_compile_result (self, result, error);
  if (self->plan->result == NULL)
    {
      g_prefix_error (error, "result: ");
      return FALSE;
    }

  return TRUE;
}

/* A body is called after the graph around it. */
static char *
dup_scope (FermataPlan           *plan,
           const FermataCompiler *outer,
           FermataNode           *owner)
{
  static gint n_plans;
  FermataValue *name = fermata_value_get_member (plan->members, "name");

  if (outer->plan != NULL && owner != NULL)
    return g_strconcat (outer->plan->scope, "/", fermata_node_get_id (owner), NULL);
  if (name != NULL && fermata_value_get_kind (name) == FERMATA_VALUE_KIND_STRING)
    return g_strconcat ("graph ", fermata_value_get_string (name, NULL), NULL);

  return g_strdup_printf ("plan %d", g_atomic_int_add (&n_plans, 1));
}

static void
count_sinks (FermataPlan *plan)
{
  for (guint i = 0; i < plan->n_nodes; i++)
    plan->n_sinks += plan->nodes[i].first_out == plan->nodes[i + 1].first_out;
}

static gboolean
compile_contents (FermataCompiler  *self,
                  GError          **error)
{
  switch (self->plan->kind)
    {
    case FERMATA_GRAPH_KIND_DAG:
      if (!compile_nodes (self, error) || !fermata_compiler_compile_edges (self, error))
        return FALSE;
      count_sinks (self->plan);
      return fermata_compiler_compile_bodies (self, error);

    case FERMATA_GRAPH_KIND_FSM:
      return fermata_compiler_compile_machine (self, error);

    case FERMATA_GRAPH_KIND_FLOW:
    case FERMATA_GRAPH_KIND_UNKNOWN:
    default:
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_UNSUPPORTED,
                   "This version runs graphs of kind “dag”; it reads and checks, but does not run, “%s” yet",
                   fermata_graph_kind_to_string (self->plan->kind));
      return FALSE;
    }
}

static gboolean
compile_members (FermataCompiler  *self,
                 GError          **error)
{
  FermataPlan *plan = self->plan;

  return fermata_compiler_refuse_members (plan->members, unsupported_graph_members, "Graph", NULL, error)
         && compile_limit (self, error)
         && compile_on_error (self, error)
         && compile_time_limit (self, "timeout", -1, &plan->timeout, error)
         && compile_time_limit (self, "closing-timeout", FERMATA_DEFAULT_CLOSING_TIMEOUT,
                                &plan->closing_timeout, error)
         && fermata_budgets_compile (&plan->budgets,
                                     fermata_value_get_member (plan->members, "budget"), error)
         && fermata_pools_compile (&plan->pools, self->pools, error)
         && compile_variables (self, error)
         && compile_contents (self, error)
         && compile_result (self, error);
}

static void
begin_plan (FermataCompiler *self,
            FermataValue    *members)
{
  FermataPlan *plan = g_new0 (FermataPlan, 1);

  g_atomic_ref_count_init (&plan->ref_count);
  fermata_pools_init (&plan->pools);
  plan->members = fermata_value_ref (members);
  self->plan = plan;
  self->parameters = g_array_new (FALSE, FALSE, sizeof (FermataPlanParameter));
}

/* The plan (transfer full); NULL if it is not whole. */
static FermataPlan *
end_plan (FermataCompiler *self,
          gboolean         is_whole)
{
  FermataPlan *plan = self->plan;

  plan->n_parameters = self->parameters->len;
  plan->parameters = (FermataPlanParameter *) g_array_free (self->parameters, FALSE);
  if (!is_whole)
    g_clear_pointer (&plan, fermata_plan_unref);

  return plan;
}

FermataPlan *
fermata_compiler_compile_graph (const FermataCompiler  *self,
                                FermataGraph           *graph,
                                GError                **error)
{
  FermataCompiler compiler = *self;
  FermataValue *variables = fermata_graph_get_member (graph, "variables");
  FermataOpenFile file = { self->document, NULL, self->is_bounded, self->open };

  if (compiler.depth++ == FERMATA_MAX_BODY_DEPTH)
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID,
                   "graphs lie at most %d deep in each other", FERMATA_MAX_BODY_DEPTH);
      return NULL;
    }

  begin_plan (&compiler, fermata_graph_get_members (graph));
  compiler.graph = graph;
  compiler.plan->kind = fermata_graph_get_kind (graph);
  compiler.plan->scope = dup_scope (compiler.plan, self, fermata_graph_get_owner (graph));
  if (graph == self->document->graph)
    {
      compiler.plan->is_isolated = TRUE;
      compiler.plan->document = self->document->index;
      g_set_object (&compiler.plan->file, self->document->file);
      file.plan = compiler.plan;
      compiler.open = &file;
    }
  if (variables != NULL)
    compiler.variables = variables;
  if (compiler.plan->kind == FERMATA_GRAPH_KIND_FSM)
    {
      compiler.whole = NULL;
      compiler.is_in_loop = FALSE;
    }

  return end_plan (&compiler, compile_members (&compiler, error));
}

/* Nothing in it ends an iteration of a loop around a graph that is called, or around
 * what has to be done in any case. */
static gboolean
is_body_in_loop (const FermataCompiler *self,
                 FermataBodyRule        rule,
                 const char            *name)
{
  return fermata_body_rule_is_loop (rule)
         || (self->is_in_loop && rule != FERMATA_BODY_RULE_ONCE && !g_str_equal (name, "finally"));
}

/* What a body needs of a run, the run needs. */
static FermataPlan *
compile_graph_in (FermataCompiler  *self,
                  FermataNode      *model,
                  FermataPlanNode  *node,
                  const char       *name,
                  GError          **error)
{
  FermataGraph *graph = fermata_node_get_body (model, name);
  FermataCompiler around = *self;
  FermataPlan *body;

  if (graph == NULL)
    {
      g_autofree char *problem = g_strdup_printf ("its “%s” must be a graph", name);
      fermata_compiler_invalid (error, "Node", node->id, problem);
      return NULL;
    }

  around.whole = fermata_value_get_member (node->members, name);
  around.is_in_loop = is_body_in_loop (self, node->body_rule, name);
  body = fermata_compiler_compile_graph (&around, graph, error);
  if (body == NULL)
    {
      g_prefix_error (error, "Node “%s”, %s: ", node->id, name);
      return NULL;
    }
  self->plan->takes_events = self->plan->takes_events || body->takes_events;

  return body;
}

/* Only where there may be several it matters which it is. */
static gboolean
compile_try (FermataCompiler  *self,
             FermataNode      *model,
             FermataPlanNode  *node,
             GError          **error)
{
  node->body->body_name = "body";
  if (has_graph (node, "catch"))
    {
      node->catch_body = compile_graph_in (self, model, node, "catch", error);
      if (node->catch_body == NULL)
        return FALSE;
      node->catch_body->body_name = "catch";
    }
  if (has_graph (node, "finally"))
    {
      node->finally_body = compile_graph_in (self, model, node, "finally", error);
      if (node->finally_body == NULL)
        return FALSE;
      node->finally_body->body_name = "finally";
    }

  return TRUE;
}

/* What bounds a body from outside is as what its graph says. */
static gboolean
compile_bounds (const FermataPlanNode  *node,
                GError                **error)
{
  FermataValue *with = fermata_value_get_member (node->members, "with");
  GError *problem = NULL;

  if (node->body_rule != FERMATA_BODY_RULE_TIMEOUT || with == NULL
      || fermata_budgets_compile (&node->body->budgets, fermata_value_get_member (with, "budget"), &problem))
    return TRUE;

  return invalid_node (error, node, problem);
}

static gboolean
compile_body (FermataCompiler  *self,
              FermataNode      *model,
              FermataPlanNode  *node,
              GError          **error)
{
  if (!node->runs_graph || node->body != NULL)
    return TRUE;

  if (!fermata_compiler_names_file (node))
    node->body = compile_graph_in (self, model, node, "body", error);
  else if (fermata_compiler_compile_file (self, node, error))
    self->plan->takes_events = self->plan->takes_events || node->body->takes_events;
  if (node->body == NULL)
    return FALSE;
  node->body_index = self->plan->n_bodies++;

  return compile_bounds (node, error)
         && (node->body_rule != FERMATA_BODY_RULE_TRY || compile_try (self, model, node, error));
}

gboolean
fermata_compiler_compile_bodies (FermataCompiler  *self,
                                 GError          **error)
{
  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      if (!compile_body (self, fermata_graph_get_node (self->graph, i), &self->plan->nodes[i], error))
        return FALSE;
    }

  return TRUE;
}

FermataPlan *
fermata_compiler_compile_item (const FermataCompiler  *self,
                               FermataNode            *model,
                               GError                **error)
{
  FermataCompiler compiler = *self;
  FermataPlan *plan;
  gboolean is_whole;

  begin_plan (&compiler, self->plan->members);
  plan = compiler.plan;
  plan->kind = FERMATA_GRAPH_KIND_DAG;
  plan->scope = g_strdup (self->plan->scope);
  plan->is_item = TRUE;
  plan->n_nodes = 1;
  plan->nodes = g_new0 (FermataPlanNode, 2);
  plan->edges = g_new0 (FermataPlanEdge, 1);
  plan->incoming = g_new0 (guint32, 1);
  is_whole = fermata_pools_compile (&plan->pools, self->pools, error)
             && fermata_compiler_compile_node (&compiler, model, &plan->nodes[0], error)
             && compile_body (&compiler, model, &plan->nodes[0], error);
  plan->nodes[1].first_parameter = compiler.parameters->len;

  return end_plan (&compiler, is_whole);
}
