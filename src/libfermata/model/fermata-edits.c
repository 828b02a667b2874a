/* fermata-edits.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edits-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "value/fermata-value-builder.h"

/* Edges made and rearranged, positions, members within members. */

/* The graph of both; NULL with @error set if it is not the same. */
static FermataGraph *
get_common_graph (FermataGraph *a,
                  FermataGraph *b,
                  GError      **error)
{
  if (a != NULL && a == b)
    return a;
  g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                       _("An edge cannot leave its graph"));
  return NULL;
}

/**
 * fermata_edit_new_connect:
 * @source: a node
 * @target: (nullable): a node of the same graph, which may be @source; `NULL`
 *   for an edge that goes nowhere
 * @event: (nullable): the event of a transition
 * @when: (nullable): the condition
 * @error: return location for a [error@Fermata.ModelError]
 *
 * An edit that adds an edge, as the last of the graph.
 *
 * Returns: (transfer full) (nullable): a new edit; `NULL` with @error set if
 *   both are not of one graph
 */
FermataEdit *
fermata_edit_new_connect (FermataNode *source,
                          FermataNode *target,
                          const char  *event,
                          const char  *when,
                          GError     **error)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) edge = NULL;
  g_autofree char *path = NULL;
  FermataGraph *graph;

  g_return_val_if_fail (FERMATA_IS_NODE (source), NULL);
  g_return_val_if_fail (target == NULL || FERMATA_IS_NODE (target), NULL);

  graph = fermata_node_get_graph (source);
  graph = get_common_graph (graph, target != NULL ? fermata_node_get_graph (target) : graph, error);
  if (graph == NULL)
    return NULL;
  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set_string (builder, "from", source->id);
  if (target != NULL)
    fermata_value_builder_set_string (builder, "to", target->id);
  if (event != NULL)
    fermata_value_builder_set_string (builder, "event", event);
  if (when != NULL)
    fermata_value_builder_set_string (builder, "when", when);
  edge = fermata_value_builder_end (builder);
  path = fermata_graph_dup_path (graph);
  return fermata_edit_new_add_edge (path, G_MAXUINT, edge);
}

static gboolean
check_insertion (FermataEdge *edge,
                 const char  *id,
                 GError     **error)
{
  guint n_targets = fermata_edge_get_n_targets (edge);
  gboolean is_end = strcmp (fermata_edge_get_source_id (edge), id) == 0;

  for (guint i = 0; i < n_targets && !is_end; i++)
    is_end = strcmp (fermata_edge_get_target_id (edge, i), id) == 0;
  if (n_targets > 0 && !is_end)
    return TRUE;
  g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
               n_targets > 0 ? _("“%s” is an end of the edge already")
                             : _("“%s” cannot be put on an edge that goes nowhere"), id);
  return FALSE;
}

/**
 * fermata_edit_new_insert_on_edge:
 * @edge: an edge that goes somewhere
 * @id: the id of a node, which is there or will be when the edit is applied
 * @error: return location for a [error@Fermata.ModelError]
 *
 * An edit that leads an edge through a node: it goes to the node, and another
 * one from there to where it went. The edge keeps its members, but for the
 * name that its output has as an input.
 *
 * Returns: (transfer full) (nullable): a new edit, a group; `NULL` with @error
 *   set if the node is an end of the edge
 */
FermataEdit *
fermata_edit_new_insert_on_edge (FermataEdge *edge,
                                 const char  *id,
                                 GError     **error)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) second = NULL;
  g_autoptr (FermataValue) to = NULL;
  g_autofree char *path = NULL;
  g_autofree char *graph_path = NULL;
  FermataValue *input;
  FermataEdit *group;

  g_return_val_if_fail (FERMATA_IS_EDGE (edge), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  if (fermata_edge_get_graph (edge) == NULL)
    {
      fermata_edit_fail_removed (error);
      return NULL;
    }
  if (!check_insertion (edge, id, error))
    return NULL;
  path = fermata_edge_dup_path (edge);
  graph_path = fermata_graph_dup_path (fermata_edge_get_graph (edge));
  input = fermata_edge_get_member (edge, "input");
  to = fermata_value_new_string (id, -1);
  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set (builder, "from", to);
  fermata_value_builder_set (builder, "to", fermata_edge_get_member (edge, "to"));
  if (input != NULL)
    fermata_value_builder_set (builder, "input", input);
  second = fermata_value_builder_end (builder);
  group = fermata_edit_new_group (NULL, 0);
  fermata_edit_add (group, fermata_edit_new_set_member (path, "to", to));
  if (input != NULL)
    fermata_edit_add (group, fermata_edit_new_unset_member (path, "input"));
  fermata_edit_add (group, fermata_edit_new_add_edge (graph_path, fermata_edge_get_index (edge) + 1, second));
  return group;
}

/* The @by-th edge of the same source after this one, before it if negative. */
static FermataEdge *
find_neighbour (FermataEdge *edge,
                int          by)
{
  FermataGraph *graph = fermata_edge_get_graph (edge);
  guint n_edges = fermata_graph_get_n_edges (graph);
  guint step = by < 0 ? G_MAXUINT : 1;
  guint i = fermata_edge_get_index (edge) + step;

  for (; i < n_edges; i += step)
    {
      FermataEdge *other = fermata_graph_get_edge (graph, i);

      if (strcmp (fermata_edge_get_source_id (other), fermata_edge_get_source_id (edge)) != 0)
        continue;
      by += by < 0 ? 1 : -1;
      if (by == 0)
        return other;
    }
  return NULL;
}

/**
 * fermata_edit_new_shift_edge:
 * @edge: an edge
 * @by: how many places among the edges of its source, later if positive
 * @error: return location for a [error@Fermata.ModelError]
 *
 * An edit that makes an edge count more or less than others of its source: of
 * several that could be taken, the first is.
 *
 * Returns: (transfer full) (nullable): a new edit; `NULL` with @error set if
 *   there are not that many places
 */
FermataEdit *
fermata_edit_new_shift_edge (FermataEdge *edge,
                             int          by,
                             GError     **error)
{
  FermataEdge *other;
  g_autofree char *path = NULL;
  g_autofree char *graph_path = NULL;

  g_return_val_if_fail (FERMATA_IS_EDGE (edge), NULL);
  g_return_val_if_fail (by != 0, NULL);

  if (fermata_edge_get_graph (edge) == NULL)
    {
      fermata_edit_fail_removed (error);
      return NULL;
    }
  other = find_neighbour (edge, by);
  if (other == NULL)
    {
      g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
                           by < 0 ? _("The edge is the first of its node already")
                                  : _("The edge is the last of its node already"));
      return NULL;
    }
  path = fermata_edge_dup_path (edge);
  graph_path = fermata_graph_dup_path (fermata_edge_get_graph (edge));
  return fermata_edit_new_move_edge (path, graph_path, fermata_edge_get_index (other));
}

/**
 * fermata_edit_new_set_initial:
 * @state: a state of a machine
 * @error: return location for a [error@Fermata.ModelError]
 *
 * An edit that makes a state the one that its parent, or its machine, begins
 * with. Actions on the way to it are kept.
 *
 * Returns: (transfer full) (nullable): a new edit; `NULL` with @error set if
 *   it is no state
 */
FermataEdit *
fermata_edit_new_set_initial (FermataNode *state,
                              GError     **error)
{
  FermataGraph *graph;
  gpointer parent;
  FermataValue *old;
  g_autoptr (FermataValue) initial = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (FERMATA_IS_NODE (state), NULL);

  graph = fermata_node_get_graph (state);
  if (graph == NULL || fermata_graph_get_kind (graph) != FERMATA_GRAPH_KIND_FSM)
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                   _("“%s” is no state of a machine"), state->id);
      return NULL;
    }
  parent = fermata_node_get_parent (state) != NULL ? (gpointer) fermata_node_get_parent (state) : graph;
  old = fermata_value_get_member (fermata_object_get_members (parent), "initial");
  initial = fermata_value_new_string (state->id, -1);
  if (old != NULL && fermata_value_get_kind (old) == FERMATA_VALUE_KIND_OBJECT)
    {
      g_autoptr (FermataValue) to = g_steal_pointer (&initial);

      initial = fermata_value_with_member (old, "to", to);
    }
  path = fermata_object_dup_path (parent);
  return fermata_edit_new_set_member (path, "initial", initial);
}

static FermataValue *
new_coordinate (double number)
{
  if (isfinite (number) && number == (gint32) CLAMP (number, G_MININT32, G_MAXINT32))
    return fermata_value_new_integer ((gint64) number);
  return fermata_value_new_number (number);
}

FermataValue *
fermata_position_new (double x,
                      double y)
{
  g_autoptr (FermataValue) left = new_coordinate (x);
  g_autoptr (FermataValue) top = new_coordinate (y);
  FermataValue *both[] = { left, top };

  return fermata_value_new_array (both, G_N_ELEMENTS (both));
}

static gboolean
check_place (FermataGraph *graph,
             FermataNode  *node,
             const double *position,
             GError      **error)
{
  if (fermata_node_get_graph (node) != graph)
    g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
                 _("“%s” is not in this graph"), node->id);
  else if (!isfinite (position[0]) || !isfinite (position[1]))
    g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                 _("The position of “%s” is not an array of two numbers"), node->id);
  else
    return TRUE;
  return FALSE;
}

/**
 * fermata_edit_new_place:
 * @graph: a graph
 * @nodes: (array length=n_nodes): nodes of it
 * @positions: (array): x and y of the first, x and y of the second, …
 * @n_nodes: how many nodes
 * @error: return location for a [error@Fermata.ModelError]
 *
 * An edit that sets where nodes are drawn, all at once.
 *
 * Returns: (transfer full) (nullable): a new edit; `NULL` with @error set if a
 *   node is of another graph, or a position is no finite number
 */
FermataEdit *
fermata_edit_new_place (FermataGraph       *graph,
                        FermataNode *const *nodes,
                        const double       *positions,
                        guint               n_nodes,
                        GError            **error)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);
  g_return_val_if_fail (nodes != NULL || n_nodes == 0, NULL);
  g_return_val_if_fail (positions != NULL || n_nodes == 0, NULL);

  builder = fermata_value_builder_new_object ();
  for (guint i = 0; i < n_nodes; i++)
    {
      g_autoptr (FermataValue) position = NULL;

      if (!check_place (graph, nodes[i], positions + 2 * i, error))
        return NULL;
      position = fermata_position_new (positions[2 * i], positions[2 * i + 1]);
      fermata_value_builder_set (builder, nodes[i]->id, position);
    }
  value = fermata_value_builder_end (builder);
  path = fermata_graph_dup_path (graph);
  return fermata_edit_new_set_positions (path, value);
}

/* The values that a path goes through, the object's members first; as far as
 * it leads. FALSE with @error set if one on the way is no object. */
static gboolean
follow_members (gpointer           object,
                const char *const *path,
                GPtrArray         *values,
                GError           **error)
{
  FermataValue *value = fermata_object_get_members (object);

  for (guint i = 0; path[i] != NULL; i++)
    {
      if (value != NULL && fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT)
        {
          g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_MEMBER,
                       _("“%s” is no object, so there can be no “%s” in it"), path[i - 1], path[i]);
          return FALSE;
        }
      g_ptr_array_add (values, value);
      value = value != NULL ? fermata_value_get_member (value, path[i]) : NULL;
    }
  g_ptr_array_add (values, value);
  return TRUE;
}

/* @parent, which may not be there yet, with a member changed; NULL if nothing
 * is left of it. Takes @value. */
static FermataValue *
change_member (FermataValue *parent,
               const char   *name,
               FermataValue *value)
{
  g_autoptr (FermataValue) owned = value;
  g_autoptr (FermataValue) changed = NULL;

  if (value != NULL && parent == NULL)
    return fermata_value_new_object (&name, &value, 1);
  if (value != NULL)
    return fermata_value_with_member (parent, name, value);
  changed = fermata_value_without_member (parent, name);
  return fermata_value_get_length (changed) > 0 ? g_steal_pointer (&changed) : NULL;
}

/**
 * fermata_edit_new_set_at:
 * @object: (type GObject): a graph, node or edge
 * @path: (array zero-terminated=1): the names of members, each within the one
 *   before, at least one: `with`, `value`
 * @value: (nullable): the new value; `NULL` removes the member
 * @error: return location for a [error@Fermata.ModelError]
 *
 * An edit that sets a member within the members of a graph, node or edge. All
 * others keep their values and their order. Objects on the way that are not
 * there are made, and those that are empty when it is removed go too.
 *
 * Returns: (transfer full) (nullable): a new edit, which does nothing if there
 *   is nothing to remove; `NULL` with @error set if a member on the way is
 *   there and no object
 */
FermataEdit *
fermata_edit_new_set_at (gpointer            object,
                         const char *const  *path,
                         FermataValue       *value,
                         GError            **error)
{
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (FermataValue) changed = NULL;
  g_autofree char *object_path = NULL;
  guint depth;

  g_return_val_if_fail (FERMATA_IS_GRAPH (object) || FERMATA_IS_NODE (object) || FERMATA_IS_EDGE (object), NULL);
  g_return_val_if_fail (path != NULL && path[0] != NULL, NULL);

  values = g_ptr_array_new ();
  if (!follow_members (object, path, values, error))
    return NULL;
  depth = values->len - 1;
  if (value == NULL && g_ptr_array_index (values, depth) == NULL)
    return fermata_edit_new_group (NULL, 0);
  changed = value != NULL ? fermata_value_ref (value) : NULL;
  for (guint i = depth - 1; i > 0; i--)
    changed = change_member (g_ptr_array_index (values, i), path[i], changed);
  object_path = fermata_object_dup_path (object);
  return changed != NULL ? fermata_edit_new_set_member (object_path, path[0], changed)
                         : fermata_edit_new_unset_member (object_path, path[0]);
}
