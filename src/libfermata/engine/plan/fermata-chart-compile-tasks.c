/* fermata-chart-compile-tasks.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What runs while a state is active: each a plan of one node. */

#include "engine/plan/fermata-chart-scxml-private.h"
#include "model/fermata-model-id.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

/* Its `id`, else that of the state: @n_nameless are the tasks before it that have
 * none (transfer full). */
static char *
dup_id (FermataChartCompiler  *self,
        guint                  state,
        FermataValue          *task,
        guint                 *n_nameless,
        GError               **error)
{
  FermataValue *id = fermata_value_get_member (task, "id");

  if (id == NULL && ++*n_nameless == 1)
    return g_strdup (self->plan->nodes[state].id);
  if (id == NULL)
    return g_strdup_printf ("%s#%u", self->plan->nodes[state].id, *n_nameless);
  if (fermata_value_get_kind (id) == FERMATA_VALUE_KIND_STRING
      && fermata_model_id_is_valid (fermata_value_get_string (id, NULL), -1))
    return g_strdup (fermata_value_get_string (id, NULL));

  fermata_chart_refuse (error, ": id must be a text without “/”, “#” and “>”");

  return NULL;
}

/* The node that a task is, in a graph of its own that keeps it (transfer full):
 * its bodies are in the machine as others are in their graph. */
static FermataGraph *
make_graph (FermataValue *task,
            const char   *id)
{
  g_autoptr (FermataValueBuilder) graph = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) nodes = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) name = fermata_value_new_string (id, -1);
  g_autoptr (FermataValue) node = fermata_value_with_member (task, "id", name);
  g_autoptr (FermataValue) array = NULL;
  g_autoptr (FermataValue) value = NULL;

  fermata_value_builder_add (nodes, node);
  array = fermata_value_builder_end (nodes);
  fermata_value_builder_set_string (graph, "kind", "fsm");
  fermata_value_builder_set (graph, "nodes", array);
  value = fermata_value_builder_end (graph);

  return fermata_graph_new_from_value (value);
}

static gboolean
compile_plan (FermataChartCompiler  *self,
              FermataValue          *members,
              FermataChartTask      *task,
              GError               **error)
{
  g_autoptr (FermataGraph) graph = make_graph (members, task->id);

  if (fermata_graph_is_incomplete (graph))
    return fermata_chart_refuse (error, ": something in it is no part of a graph");
  task->plan = fermata_compiler_compile_item (self->compiler, fermata_graph_get_node (graph, 0), error);
  if (task->plan == NULL)
    g_prefix_error (error, ": ");

  return task->plan != NULL;
}

/* In SCXML a machine in a file that is not there is an error when it is invoked, and not
 * before: then it is as one that is known only then (transfer full). */
static FermataValue *
dup_members (FermataChartCompiler *self,
             FermataValue         *members)
{
  FermataValue *with = fermata_value_get_member (members, "with");
  FermataValue *file = with == NULL || fermata_value_get_kind (with) != FERMATA_VALUE_KIND_OBJECT
                       ? NULL : fermata_value_get_member (with, "file");
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) source = NULL;
  g_autoptr (FermataValue) type = NULL;
  g_autoptr (FermataValue) other = NULL;

  if (self->chart->data_model == FERMATA_DATA_MODEL_FERMATA || file == NULL
      || fermata_value_get_kind (file) != FERMATA_VALUE_KIND_STRING
      || fermata_documents_is_there (self->compiler->files->documents, self->compiler->document,
                                     fermata_value_get_string (file, NULL)))
    return fermata_value_ref (members);

  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set (builder, "src", file);
  source = fermata_value_builder_end (builder);
  type = fermata_value_new_string ("invoke", -1);
  other = fermata_value_with_member (members, "with", source);

  return fermata_value_with_member (other, "type", type);
}

static gboolean
compile_autoforward (FermataValue      *members,
                     FermataChartTask  *task,
                     GError           **error)
{
  FermataValue *autoforward = fermata_value_get_member (members, "autoforward");

  if (autoforward == NULL)
    return TRUE;
  if (fermata_value_get_kind (autoforward) != FERMATA_VALUE_KIND_BOOLEAN)
    return fermata_chart_refuse (error, ": autoforward must be true or false");
  task->autoforward = fermata_value_get_boolean (autoforward);

  return TRUE;
}

static void
add_update (FermataValueBuilder *actions,
            FermataValue        *name,
            FermataValue        *location)
{
  g_autofree char *member = fermata_value_to_string (name, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *condition = g_strdup_printf ("_event.data !== null && typeof _event.data === 'object'"
                                                " && %s in _event.data", member);
  g_autofree char *source = g_strdup_printf ("_event.data[%s]", member);
  g_autoptr (FermataValueBuilder) action = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) then = fermata_value_builder_new_array ();
  g_autoptr (FermataValueBuilder) assign = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) place = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) object = NULL;
  g_autoptr (FermataValue) wrapped = NULL;
  g_autoptr (FermataValue) array = NULL;
  g_autoptr (FermataValue) all = NULL;

  fermata_value_builder_set (place, "location", location);
  fermata_value_builder_set_string (place, "expr", source);
  object = fermata_value_builder_end (place);
  fermata_value_builder_set (assign, "assign", object);
  wrapped = fermata_value_builder_end (assign);
  fermata_value_builder_add (then, wrapped);
  array = fermata_value_builder_end (then);
  fermata_value_builder_set_string (action, "if", condition);
  fermata_value_builder_set (action, "then", array);
  all = fermata_value_builder_end (action);
  fermata_value_builder_add (actions, all);
}

/* "If no executable content is specified, the SCXML Processor MUST update the data
 * model": with what comes under the names of the locations that were handed over (6.5). */
static FermataValue *
dup_with_updates (FermataChartCompiler *self,
                  FermataValue         *members)
{
  FermataValue *finalize = fermata_value_get_member (members, "finalize");
  FermataValue *names = fermata_value_get_member (members, "name-list");
  FermataValue *params = fermata_value_get_member (members, "params");
  g_autoptr (FermataValueBuilder) actions = NULL;
  g_autoptr (FermataValue) all = NULL;

  if (self->chart->data_model != FERMATA_DATA_MODEL_ECMASCRIPT || finalize == NULL
      || fermata_value_get_kind (finalize) != FERMATA_VALUE_KIND_ARRAY || fermata_value_get_length (finalize) > 0)
    return fermata_value_ref (members);

  actions = fermata_value_builder_new_array ();
  for (gsize i = 0; names != NULL && i < fermata_value_get_length (names); i++)
    add_update (actions, fermata_value_get_element (names, i), fermata_value_get_element (names, i));
  for (gsize i = 0; params != NULL && i < fermata_value_get_length (params); i++)
    {
      FermataValue *param = fermata_value_get_element (params, i);
      FermataValue *location = fermata_value_get_member (param, "location");

      if (location != NULL && fermata_value_get_member (param, "name") != NULL)
        add_update (actions, fermata_value_get_member (param, "name"), location);
    }
  all = fermata_value_builder_end (actions);

  return fermata_value_with_member (members, "finalize", all);
}

static gboolean
compile_finalize (FermataChartCompiler  *self,
                  FermataValue          *members,
                  FermataChartTask      *task,
                  GError               **error)
{
  g_autoptr (FermataValue) updating = dup_with_updates (self, members);

  return fermata_chart_compile_block (self, updating, NULL, "finalize", &task->finalize, error);
}

/* Whether the machine that it runs is of the same sort, so that values go from one to
 * the other as they are. */
static void
note_model (FermataChartTask *task)
{
  const FermataPlan *body = task->plan->nodes[0].body;

  task->runs_scxml = body != NULL && body->chart != NULL
                     && body->chart->data_model != FERMATA_DATA_MODEL_FERMATA;
}

static gboolean
compile_task (FermataChartCompiler  *self,
              guint                  state,
              FermataValue          *value,
              guint                 *n_nameless,
              GHashTable            *ids,
              GError               **error)
{
  FermataChartTask task = { .state = state, .finalize = FERMATA_INDEX_NONE };
  g_autoptr (FermataValue) members = NULL;

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT)
    return fermata_chart_refuse (error, ": a task must be an object");
  members = dup_members (self, value);
  task.id = dup_id (self, state, members, n_nameless, error);
  if (task.id == NULL)
    return FALSE;

  /* From now on it is the chart's. */
  g_array_append_val (self->tasks, task);
  if (!g_hash_table_add (ids, task.id))
    return fermata_chart_refuse (error, ": another task of this state has the id “%s”", task.id);
  if (!compile_autoforward (members, &task, error)
      || !compile_plan (self, members, &task, error)
      || !fermata_chart_compile_invoke (self, members, &task, error)
      || !compile_finalize (self, members, &task, error))
    {
      g_array_index (self->tasks, FermataChartTask, self->tasks->len - 1) = task;
      return FALSE;
    }
  note_model (&task);
  g_array_index (self->tasks, FermataChartTask, self->tasks->len - 1) = task;

  return TRUE;
}

gboolean
fermata_chart_compile_tasks (FermataChartCompiler  *self,
                             guint                  state,
                             FermataValue          *tasks,
                             GError               **error)
{
  g_autoptr (GHashTable) ids = NULL;
  gboolean is_array;
  gsize n;
  guint n_nameless = 0;

  if (tasks == NULL)
    return TRUE;

  ids = g_hash_table_new (g_str_hash, g_str_equal);
  is_array = fermata_value_get_kind (tasks) == FERMATA_VALUE_KIND_ARRAY;
  n = is_array ? fermata_value_get_length (tasks) : 1;
  for (gsize i = 0; i < n; i++)
    {
      if (compile_task (self, state, is_array ? fermata_value_get_element (tasks, i) : tasks, &n_nameless,
                        ids, error))
        continue;
      if (is_array)
        g_prefix_error (error, "/%" G_GSIZE_FORMAT, i);
      g_prefix_error (error, ", do");
      return FALSE;
    }

  return TRUE;
}
