/* fermata-app-tasks.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-tasks.h"

#define KEY "fermata-app-tasks"
#define STATE_KEY "fermata-app-tasks-state"
#define INDEX_KEY "fermata-app-tasks-index"

/* Kept with the state; of the member as it was. */
typedef struct {
  FermataValue *member;
  GPtrArray *graphs;
} Tasks;

static void
tasks_free (gpointer data)
{
  Tasks *tasks = data;

  /* Somebody may still show one: then of no state. */
  for (guint i = 0; i < tasks->graphs->len; i++)
    g_object_set_data (tasks->graphs->pdata[i], STATE_KEY, NULL);
  fermata_value_unref (tasks->member);
  g_ptr_array_unref (tasks->graphs);
  g_free (tasks);
}

/* As its frames call it: by its `id`, else by that of its state. */
static FermataValue *
name_task (FermataNode  *state,
           FermataValue *task,
           guint        *n_nameless)
{
  g_autofree char *id = NULL;
  g_autoptr (FermataValue) value = NULL;

  if (fermata_value_get_member (task, "id") != NULL)
    return fermata_value_ref (task);

  id = ++*n_nameless == 1 ? g_strdup (fermata_node_get_id (state))
                          : g_strdup_printf ("%s#%u", fermata_node_get_id (state), *n_nameless);
  value = fermata_value_new_string (id, -1);

  return fermata_value_with_member (task, "id", value);
}

static FermataGraph *
make_graph (FermataValue *node)
{
  g_autoptr (FermataValueBuilder) graph = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) nodes = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) array = NULL;
  g_autoptr (FermataValue) value = NULL;

  fermata_value_builder_add (nodes, node);
  array = fermata_value_builder_end (nodes);
  fermata_value_builder_set_string (graph, "kind", "fsm");
  fermata_value_builder_set (graph, "nodes", array);
  value = fermata_value_builder_end (graph);

  return fermata_graph_new_from_value (value);
}

static void
add_task (Tasks        *tasks,
          FermataNode  *state,
          FermataValue *task,
          guint         index,
          guint        *n_nameless)
{
  g_autoptr (FermataValue) named = NULL;
  g_autoptr (FermataGraph) graph = NULL;

  if (fermata_value_get_kind (task) != FERMATA_VALUE_KIND_OBJECT)
    return;

  named = name_task (state, task, n_nameless);
  graph = make_graph (named);
  if (fermata_graph_get_n_nodes (graph) != 1 || fermata_node_get_n_bodies (fermata_graph_get_node (graph, 0)) == 0)
    return;

  g_object_set_data (G_OBJECT (graph), STATE_KEY, state);
  g_object_set_data (G_OBJECT (graph), INDEX_KEY, GUINT_TO_POINTER (index));
  g_ptr_array_add (tasks->graphs, g_steal_pointer (&graph));
}

static Tasks *
make_tasks (FermataNode  *state,
            FermataValue *member)
{
  Tasks *tasks = g_new0 (Tasks, 1);
  gboolean is_array = fermata_value_get_kind (member) == FERMATA_VALUE_KIND_ARRAY;
  gsize n = is_array ? fermata_value_get_length (member) : 1;
  guint n_nameless = 0;

  tasks->member = fermata_value_ref (member);
  tasks->graphs = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < n; i++)
    add_task (tasks, state, is_array ? fermata_value_get_element (member, i) : member, i, &n_nameless);

  return tasks;
}

GPtrArray *
fermata_app_tasks_list (FermataNode *state)
{
  FermataGraph *graph = fermata_node_get_graph (state);
  FermataValue *member = NULL;
  Tasks *tasks = g_object_get_data (G_OBJECT (state), KEY);

  if (graph != NULL && fermata_graph_get_kind (graph) == FERMATA_GRAPH_KIND_FSM && fermata_node_get_id (state) != NULL)
    member = fermata_node_get_member (state, "do");
  if (tasks != NULL && tasks->member != member)
    {
      g_object_set_data (G_OBJECT (state), KEY, NULL);
      tasks = NULL;
    }
  if (member == NULL)
    return NULL;
  if (tasks == NULL)
    {
      tasks = make_tasks (state, member);
      g_object_set_data_full (G_OBJECT (state), KEY, tasks, tasks_free);
    }

  return tasks->graphs->len > 0 ? tasks->graphs : NULL;
}

FermataNode *
fermata_app_tasks_get_state (FermataGraph *graph)
{
  return g_object_get_data (G_OBJECT (graph), STATE_KEY);
}

guint
fermata_app_tasks_get_index (FermataGraph *graph)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (graph), INDEX_KEY));
}

/* Outwards */

FermataNode *
fermata_app_tasks_find_owner (FermataGraph *body)
{
  FermataNode *owner = fermata_graph_get_owner (body);
  FermataGraph *around = owner == NULL ? NULL : fermata_node_get_graph (owner);
  FermataNode *state = around == NULL ? NULL : fermata_app_tasks_get_state (around);

  return state != NULL ? state : owner;
}

FermataGraph *
fermata_app_tasks_find_around (FermataGraph *body)
{
  FermataNode *owner = fermata_app_tasks_find_owner (body);

  return owner == NULL ? NULL : fermata_node_get_graph (owner);
}

FermataGraph *
fermata_app_tasks_find_root (FermataGraph *graph)
{
  FermataGraph *around = graph;

  while (around != NULL)
    {
      graph = around;
      around = fermata_app_tasks_find_around (graph);
    }

  return graph;
}
