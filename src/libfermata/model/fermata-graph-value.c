/* fermata-graph-value.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-model-private.h"

#include "value/fermata-value-private.h"

/* From values to objects and back, without recursion. */

/* A graph or node whose members still have to be taken apart. The objects own
 * each other already; the values are kept by the caller's. */
typedef struct {
  gpointer object;
  FermataValue *value;
} Task;

typedef struct {
  GArray *tasks;
  gboolean is_incomplete;
  FermataShape *plain_shape; /* of a node without parts: many others share it */
} Build;

static void
build_later (Build        *build,
             gpointer      object,
             FermataValue *value)
{
  Task task = { object, value };

  g_array_append_val (build->tasks, task);
}

static gboolean
has_kind (FermataValue    *value,
          FermataValueKind kind)
{
  return value != NULL && fermata_value_get_kind (value) == kind;
}

/* An element of "nodes" or "edges" that is no object keeps its place, so that
 * the places of the others remain right. */
static FermataValue *
to_members (Build        *build,
            FermataValue *value)
{
  if (has_kind (value, FERMATA_VALUE_KIND_OBJECT))
    return fermata_value_ref (value);
  build->is_incomplete = TRUE;
  return fermata_value_new_empty_object ();
}

/* Empties a member that becomes objects of their own. */
static void
empty_member (FermataValue **members,
              const char    *name,
              FermataValue  *placeholder)
{
  FermataValue *old = *members;

  *members = fermata_value_with_member (old, name, placeholder);
  fermata_value_unref (old);
}

/* The elements of an array member, which is emptied; NULL if it is none or
 * has none. */
static FermataValue *
take_elements (FermataValue **members,
               const char    *name)
{
  FermataValue *elements = fermata_value_get_member (*members, name);
  g_autoptr (FermataValue) none = NULL;

  if (!has_kind (elements, FERMATA_VALUE_KIND_ARRAY) || fermata_value_get_length (elements) == 0)
    return NULL;
  none = fermata_value_new_empty_array ();
  empty_member (members, name, none);
  return elements;
}

static gboolean
has_parts (Build        *build,
           FermataValue *members)
{
  if (!fermata_value_has_block (members) || fermata_value_get_shape (members) == build->plain_shape)
    return FALSE;
  if (fermata_value_get_member (members, "nodes") != NULL)
    return TRUE;
  for (guint i = 0; i < FERMATA_MAX_BODIES; i++)
    {
      if (fermata_value_get_member (members, fermata_body_names[i]) != NULL)
        return TRUE;
    }
  build->plain_shape = fermata_value_get_shape (members);
  return FALSE;
}

/* A node that holds nothing but its members yet. */
static FermataNode *
begin_node (Build        *build,
            FermataValue *value)
{
  g_autoptr (FermataValue) members = to_members (build, value);
  FermataNode *node = fermata_node_new (members);

  if (has_parts (build, members))
    build_later (build, node, value);
  return node;
}

static void
append_nodes (Build              *build,
              FermataElementList *list,
              FermataValue       *elements)
{
  gsize n_elements = fermata_value_get_length (elements);

  for (gsize i = 0; i < n_elements; i++)
    {
      FermataNode *node = begin_node (build, fermata_value_get_element (elements, i));

      fermata_element_list_append (list, &node->element);
    }
}

static void
append_edges (Build              *build,
              FermataElementList *list,
              FermataValue       *elements)
{
  gsize n_elements = fermata_value_get_length (elements);

  for (gsize i = 0; i < n_elements; i++)
    {
      g_autoptr (FermataValue) members = to_members (build, fermata_value_get_element (elements, i));
      FermataEdge *edge = fermata_edge_new (members);

      fermata_element_list_append (list, &edge->element);
    }
}

static void
build_graph (Build        *build,
             FermataGraph *graph,
             FermataValue *value)
{
  g_autoptr (FermataValue) members = fermata_value_ref (value);
  FermataValue *nodes = take_elements (&members, "nodes");
  FermataValue *edges = take_elements (&members, "edges");

  fermata_graph_set_members (graph, members);
  if (nodes != NULL)
    append_nodes (build, graph->nodes, nodes);
  if (edges != NULL)
    append_edges (build, graph->edges, edges);
}

static void
build_body (Build         *build,
            FermataNode   *node,
            FermataValue **members,
            const char    *name,
            FermataValue  *value)
{
  FermataNodeParts *parts = fermata_node_ensure_parts (node);
  g_autoptr (FermataValue) none = fermata_value_new_empty_object ();
  FermataBody *body = &parts->bodies[parts->n_bodies++];

  body->name = name;
  body->graph = fermata_body_new (node, none);
  build_later (build, body->graph, value);
  empty_member (members, name, none);
}

static void
build_node (Build        *build,
            FermataNode  *node,
            FermataValue *value)
{
  g_autoptr (FermataValue) members = fermata_value_ref (value);
  FermataValue *nodes = take_elements (&members, "nodes");

  for (guint i = 0; i < FERMATA_MAX_BODIES; i++)
    {
      FermataValue *body = fermata_value_get_member (value, fermata_body_names[i]);

      if (has_kind (body, FERMATA_VALUE_KIND_OBJECT))
        build_body (build, node, &members, fermata_body_names[i], body);
    }
  fermata_node_set_members (node, members);
  fermata_node_sort_bodies (node);
  if (nodes != NULL)
    append_nodes (build, fermata_node_ensure_children (node), nodes);
}

static void
finish_build (Build    *build,
              gboolean *is_incomplete)
{
  while (build->tasks->len > 0)
    {
      Task task = g_array_index (build->tasks, Task, build->tasks->len - 1);

      g_array_set_size (build->tasks, build->tasks->len - 1);
      if (FERMATA_IS_NODE (task.object))
        build_node (build, task.object, task.value);
      else
        build_graph (build, task.object, task.value);
    }
  g_array_unref (build->tasks);
  *is_incomplete = build->is_incomplete;
}

FermataNode *
fermata_node_build (FermataValue *value,
                    gboolean     *is_incomplete)
{
  Build build = { g_array_new (FALSE, FALSE, sizeof (Task)), FALSE, NULL };
  FermataNode *node = begin_node (&build, value);

  finish_build (&build, is_incomplete);
  return node;
}

FermataEdge *
fermata_edge_build (FermataValue *value,
                    gboolean     *is_incomplete)
{
  Build build = { NULL, FALSE, NULL };
  g_autoptr (FermataValue) members = to_members (&build, value);

  *is_incomplete = build.is_incomplete;
  return fermata_edge_new (members);
}

FermataGraph *
fermata_body_build (FermataNode  *owner,
                    FermataValue *value,
                    gboolean     *is_incomplete)
{
  Build build = { g_array_new (FALSE, FALSE, sizeof (Task)), FALSE, NULL };
  g_autoptr (FermataValue) members = to_members (&build, value);
  FermataGraph *graph = fermata_body_new (owner, members);

  build_later (&build, graph, members);
  finish_build (&build, is_incomplete);
  return graph;
}

/**
 * fermata_graph_new_from_value:
 * @value: what a document says
 *
 * Makes the graph that a document describes. This never fails: what has no
 * place in a graph, such as a node that is no object, is left out, and the
 * graph is then incomplete. A reader tells what is wrong; see
 * [method@Fermata.Graph.is_incomplete].
 *
 * Returns: (transfer full): a new graph
 */
FermataGraph *
fermata_graph_new_from_value (FermataValue *value)
{
  FermataGraph *graph;
  gboolean is_incomplete;

  g_return_val_if_fail (value != NULL, NULL);

  graph = fermata_body_build (NULL, value, &is_incomplete);
  graph->is_incomplete = is_incomplete;
  return graph;
}

/* A graph or node that is being put together. Its parts, in turn, are its
 * list (a graph's or state's "nodes") and, of a node, its bodies. */
typedef struct {
  gpointer object;
  FermataValue *value;
  FermataElementList *list;
  FermataValueBuilder *elements;
  guint next_element;
  guint next_body;
} Assembly;

static void
assemble_later (GArray  *stack,
                gpointer object)
{
  Assembly assembly = { object };

  if (FERMATA_IS_NODE (object))
    {
      FermataNode *node = object;

      assembly.value = fermata_value_ref (node->members);
      assembly.list = node->parts->children;
    }
  else
    {
      FermataGraph *graph = object;

      assembly.value = fermata_value_ref (graph->members);
      assembly.list = graph->nodes;
    }
  if (assembly.list != NULL && fermata_element_list_get_size (assembly.list) > 0)
    assembly.elements = fermata_value_builder_new_array ();
  g_array_append_val (stack, assembly);
}

static void
fill_member (FermataValue **value,
             const char    *name,
             FermataValue  *filling)
{
  empty_member (value, name, filling);
}

/* Adds elements up to one that has parts itself, which is given. */
static gpointer
assemble_elements (Assembly *assembly)
{
  guint n_elements = fermata_element_list_get_size (assembly->list);

  while (assembly->next_element < n_elements)
    {
      FermataNode *node =
        (FermataNode *) fermata_element_list_get (assembly->list, assembly->next_element++);

      if (node->parts != NULL)
        return node;
      fermata_value_builder_add (assembly->elements, node->members);
    }
  return NULL;
}

static void
finish_elements (Assembly *assembly)
{
  g_autoptr (FermataValue) array = fermata_value_builder_end (assembly->elements);

  g_clear_pointer (&assembly->elements, fermata_value_builder_unref);
  fill_member (&assembly->value, "nodes", array);
}

static void
assemble_edges (Assembly     *assembly,
                FermataGraph *graph)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) array = NULL;
  guint n_edges = fermata_graph_get_n_edges (graph);

  if (n_edges == 0)
    return;
  builder = fermata_value_builder_new_array ();
  for (guint i = 0; i < n_edges; i++)
    fermata_value_builder_add (builder, fermata_graph_get_edge (graph, i)->members);
  array = fermata_value_builder_end (builder);
  fill_member (&assembly->value, "edges", array);
}

/* The next part to put together before @assembly is complete; NULL: none. */
static gpointer
next_part (Assembly *assembly)
{
  if (assembly->elements != NULL)
    {
      gpointer node = assemble_elements (assembly);

      if (node != NULL)
        return node;
      finish_elements (assembly);
    }
  if (FERMATA_IS_NODE (assembly->object))
    return fermata_node_get_body_at (assembly->object, assembly->next_body++);
  assemble_edges (assembly, assembly->object);
  return NULL;
}

static void
add_part (Assembly     *assembly,
          FermataValue *value)
{
  if (assembly->elements != NULL)
    fermata_value_builder_add (assembly->elements, value);
  else
    fill_member (&assembly->value,
                 fermata_node_get_body_name (assembly->object, assembly->next_body - 1), value);
}

static FermataValue *
assemble (gpointer object)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Assembly));
  FermataValue *value = NULL;

  assemble_later (stack, object);
  while (stack->len > 0)
    {
      Assembly *top = &g_array_index (stack, Assembly, stack->len - 1);
      gpointer part;

      if (value != NULL)
        {
          add_part (top, value);
          g_clear_pointer (&value, fermata_value_unref);
        }
      part = next_part (top);
      if (part != NULL)
        {
          assemble_later (stack, part);
          continue;
        }
      value = top->value;
      g_array_set_size (stack, stack->len - 1);
    }
  return value;
}

/**
 * fermata_node_to_value:
 * @self: a node
 *
 * The whole node as one value, with the states and bodies nested in it.
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_node_to_value (FermataNode *self)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), NULL);

  return self->parts != NULL ? assemble (self) : fermata_value_ref (self->members);
}

/**
 * fermata_graph_to_value:
 * @self: a graph
 *
 * The whole document or body as one value, which shares with the graph
 * whatever it can.
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_graph_to_value (FermataGraph *self)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);

  return assemble (self);
}
