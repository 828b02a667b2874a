/* fermata-plan-compile-files.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Documents as plans: the first, and graphs that lie in files of their own. */

#include "engine/plan/fermata-plan-compile-private.h"

#include "value/fermata-value-builder.h"

/*
 * Each node that names a file has a plan of its own made of it, so that places
 * have one path each. Only where that file is being compiled further out the node
 * runs that very plan: there a plan is in itself as often as its frames are.
 */

/* So many nodes of one plan may name files: a file that includes the next one twice,
 * and so on, makes a number with many digits of few files. */
#define MAX_INCLUSIONS 10000

static FermataValue *
get_parameter (const FermataPlanNode *node,
               const char            *name)
{
  FermataValue *with = fermata_value_get_member (node->members, "with");

  return with == NULL || fermata_value_get_kind (with) != FERMATA_VALUE_KIND_OBJECT
         ? NULL : fermata_value_get_member (with, name);
}

gboolean
fermata_compiler_names_file (const FermataPlanNode *node)
{
  return node->runs_graph && fermata_plan_node_runs_files (node) && get_parameter (node, "file") != NULL;
}

static gboolean
read_max_depth (FermataPlanNode  *node,
                GError          **error)
{
  FermataValue *value = get_parameter (node, "max-depth");

  if (value == NULL)
    return TRUE;
  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_INTEGER || fermata_value_get_integer (value) < 1
      || fermata_value_get_integer (value) > FERMATA_MAX_BODY_DEPTH)
    return fermata_compiler_invalid (error, "Node", node->id, "max-depth must be a whole number from 1 to 1000");
  node->max_depth = fermata_value_get_integer (value);

  return TRUE;
}

/* Text that is no JSON has an error of its own; this is for what is read and yet not
 * right. */
static gboolean
refuse_faults (FermataDocument  *document,
               GError          **error)
{
  guint n = document->diagnostics == NULL ? 0 : g_list_model_get_n_items (G_LIST_MODEL (document->diagnostics));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = NULL;

      diagnostic = g_list_model_get_item (G_LIST_MODEL (document->diagnostics), i);
      if (fermata_diagnostic_get_severity (diagnostic) != FERMATA_SEVERITY_ERROR)
        continue;
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID, "%s:%u:%u: %s", document->name,
                   fermata_diagnostic_get_line (diagnostic), fermata_diagnostic_get_column (diagnostic),
                   fermata_diagnostic_get_message (diagnostic));
      return FALSE;
    }

  return !fermata_graph_is_incomplete (document->graph)
         || fermata_compiler_invalid (error, "Graph", document->name, "something in it is no part of a graph");
}

static const char *
get_name (const FermataDocument *document)
{
  return document->name != NULL ? document->name : "this graph";
}

/* From the outermost to @document, which is there twice. */
static char *
dup_chain (const FermataOpenFile *open,
           const FermataDocument *document)
{
  GString *chain = g_string_new (get_name (document));

  for (const FermataOpenFile *file = open; file != NULL; file = file->outer)
    {
      g_string_prepend (chain, " → ");
      g_string_prepend (chain, get_name (file->document));
      if (file->document == document)
        break;
    }

  return g_string_free (chain, FALSE);
}

/* The plan that is being made of @document, if one is; @is_bounded: whether something
 * says how often it may be in itself. */
static FermataPlan *
find_open (const FermataCompiler *self,
           const FermataDocument *document,
           gboolean              *is_bounded)
{
  for (const FermataOpenFile *file = self->open; file != NULL; file = file->outer)
    {
      if (file->document == document)
        return file->plan;
      *is_bounded = *is_bounded || file->is_bounded;
    }

  return NULL;
}

/* What runs in a file needs the pools that it declares. Those that the run has, or an
 * earlier file brought, stay as they are. */
static void
add_pools (FermataCompilerFiles *self,
           FermataGraph         *graph)
{
  FermataValue *pools = fermata_graph_get_member (graph, "pools");
  gsize n_before = self->pools == NULL ? 0 : fermata_value_get_length (self->pools);
  gsize n = pools == NULL || fermata_value_get_kind (pools) != FERMATA_VALUE_KIND_OBJECT
            ? 0 : fermata_value_get_length (pools);
  g_autoptr (FermataValueBuilder) builder = NULL;
  gboolean is_more = FALSE;

  if (n == 0 || (self->pools != NULL && fermata_value_get_kind (self->pools) != FERMATA_VALUE_KIND_OBJECT))
    return;

  builder = fermata_value_builder_new_object ();
  for (gsize i = 0; i < n_before; i++)
    fermata_value_builder_set (builder, fermata_value_get_member_name (self->pools, i),
                               fermata_value_get_element (self->pools, i));
  for (gsize i = 0; i < n; i++)
    {
      const char *name = fermata_value_get_member_name (pools, i);

      if (self->pools != NULL && fermata_value_find_member (self->pools, name, NULL))
        continue;
      fermata_value_builder_set (builder, name, fermata_value_get_element (pools, i));
      is_more = TRUE;
    }

  if (is_more)
    {
      g_clear_pointer (&self->pools, fermata_value_unref);
      self->pools = fermata_value_builder_end (builder);
    }
}

static gboolean
compile_document (const FermataCompiler  *self,
                  FermataDocument        *document,
                  FermataPlanNode        *node,
                  GError                **error)
{
  FermataCompiler compiler = *self;

  add_pools (self->files, document->graph);
  compiler.document = document;
  compiler.is_bounded = node->max_depth > 0;
  compiler.variables = NULL;
  compiler.whole = NULL;
  compiler.is_in_loop = FALSE;
  compiler.pools = self->files->pools;
  node->body = fermata_compiler_compile_graph (&compiler, document->graph, error);
  if (node->body == NULL)
    g_prefix_error (error, "%s: ", get_name (document));

  return node->body != NULL;
}

static gboolean
compile_recursion (const FermataCompiler  *self,
                   FermataDocument        *document,
                   FermataPlanNode        *node,
                   FermataPlan            *plan,
                   gboolean                is_bounded,
                   GError                **error)
{
  g_autofree char *chain = NULL;

  if (is_bounded)
    {
      node->body = plan;
      node->is_recursion = TRUE;
      plan->is_in_itself = TRUE;
      return TRUE;
    }

  chain = dup_chain (self->open, document);
  g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID,
               "“%s” includes itself (%s), and nothing says how deep: one of the nodes must have “max-depth”",
               get_name (document), chain);

  return FALSE;
}

static gboolean
compile_file (const FermataCompiler  *self,
              FermataPlanNode        *node,
              GError                **error)
{
  FermataValue *location = get_parameter (node, "file");
  gboolean is_bounded = node->max_depth > 0;
  FermataDocument *document;
  FermataPlan *plan;

  if (fermata_value_get_kind (location) != FERMATA_VALUE_KIND_STRING)
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID, "file must be a text");
      return FALSE;
    }
  if (++self->files->n_included > MAX_INCLUSIONS)
    {
      g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID,
                   "files are included more than %d times in all", MAX_INCLUSIONS);
      return FALSE;
    }

  document = fermata_documents_follow (self->files->documents, self->document,
                                       fermata_value_get_string (location, NULL), error);
  if (document == NULL || !refuse_faults (document, error))
    return FALSE;

  plan = find_open (self, document, &is_bounded);

  return plan != NULL ? compile_recursion (self, document, node, plan, is_bounded, error)
                      : compile_document (self, document, node, error);
}

gboolean
fermata_compiler_compile_file (const FermataCompiler  *self,
                               FermataPlanNode        *node,
                               GError                **error)
{
  if (!read_max_depth (node, error))
    return FALSE;
  if (compile_file (self, node, error))
    return TRUE;
  g_prefix_error (error, "Node “%s”, file: ", node->id);

  return FALSE;
}

FermataValue *
fermata_compiler_read_text (const FermataCompiler  *self,
                            const char             *location,
                            GError                **error)
{
  FermataValue *text = fermata_documents_read (self->files->documents, self->document, location, error);

  self->files->has_texts = TRUE;

  return text == NULL ? NULL : fermata_value_ref (text);
}

/* The whole */

static void
note_contents (FermataPlan      *plan,
               FermataDocuments *documents)
{
  for (guint i = 0; plan->n_bodies > 0 && i < plan->n_nodes; i++)
    {
      FermataPlanNode *node = &plan->nodes[i];

      if (node->body != NULL && node->body->is_isolated)
        node->content = fermata_value_ref (fermata_documents_get_content (documents,
                                             fermata_documents_get (documents, node->body->document)));
    }
}

static gboolean
finish (FermataCompilerFiles  *self,
        FermataPlan           *root,
        GError               **error)
{
  guint n_plans = root->tree == NULL ? 1 : root->tree->len;

  if (self->has_texts)
    root->documents = fermata_documents_ref (self->documents);
  if (self->n_included == 0)
    return TRUE;

  for (guint i = 0; i < n_plans; i++)
    note_contents (root->tree == NULL ? root : root->tree->pdata[i], self->documents);
  if (!self->has_texts)
    root->documents = fermata_documents_ref (self->documents);

  return fermata_pools_extend (&root->pools, self->pools, error);
}

static FermataPlan *
compile_all (FermataCompiler  *self,
             GError          **error)
{
  g_autoptr (FermataPlan) plan = fermata_compiler_compile_graph (self, self->document->graph, error);

  if (plan == NULL)
    return NULL;

  fermata_plan_number_places (plan);

  return finish (self->files, plan, error) ? g_steal_pointer (&plan) : NULL;
}

FermataPlan *
fermata_plan_new_from_documents (FermataDocuments     *documents,
                                 FermataNodeRegistry  *registry,
                                 FermataEvaluator     *evaluator,
                                 GError              **error)
{
  FermataDocument *first = fermata_documents_get (documents, 0);
  FermataValue *pools = fermata_graph_get_member (first->graph, "pools");
  FermataCompilerFiles files = { documents, pools == NULL ? NULL : fermata_value_ref (pools), 0 };
  FermataCompiler compiler = {
    .registry = registry,
    .evaluator = evaluator,
    .pools = pools,
    .files = &files,
    .document = first,
  };
  FermataPlan *plan = compile_all (&compiler, error);

  g_clear_pointer (&files.pools, fermata_value_unref);

  return plan;
}

/**
 * fermata_plan_new:
 * @graph: a graph without errors (see #FermataChecker)
 * @registry: the node types it may use
 * @evaluator: compiles its expressions
 * @error: return location for a #FermataEngineError or #FermataExpressionError
 *
 * Compiles a graph for running. No file is read: an engine does that for graphs
 * with nodes that name some (fermata_engine_compile()).
 *
 * Returns: (transfer full): the plan, or %NULL with @error set
 */
FermataPlan *
fermata_plan_new (FermataGraph         *graph,
                  FermataNodeRegistry  *registry,
                  FermataEvaluator     *evaluator,
                  GError              **error)
{
  g_autoptr (FermataDocuments) documents = NULL;

  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (registry != NULL, NULL);
  g_return_val_if_fail (FERMATA_IS_EVALUATOR (evaluator), NULL);

  documents = fermata_documents_new (NULL, graph);

  return fermata_plan_new_from_documents (documents, registry, evaluator, error);
}

/**
 * fermata_plan_list_documents:
 * @self: a plan
 *
 * Gives the graphs in files that the plan was made of besides its own, as they
 * were then: those that its nodes name, and those that nodes of these do.
 *
 * Returns: (transfer container) (element-type FermataGraph): graphs, each once
 */
GPtrArray *
fermata_plan_list_documents (FermataPlan *self)
{
  GPtrArray *graphs;

  g_return_val_if_fail (self != NULL, NULL);

  graphs = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 1; self->documents != NULL && i < fermata_documents_get_n (self->documents); i++)
    g_ptr_array_add (graphs, g_object_ref (fermata_documents_get (self->documents, i)->graph));

  return graphs;
}
