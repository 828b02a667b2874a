/* fermata-graph-edits.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edits-private.h"

/* The edits that are made most, by the object that they are about. */

static FermataGraph *
get_graph (gpointer object)
{
  if (FERMATA_IS_NODE (object))
    return fermata_node_get_graph (object);
  if (FERMATA_IS_EDGE (object))
    return fermata_edge_get_graph (object);
  return object;
}

/* Takes the edit. What is in no graph has no document to change. */
static gboolean
apply (gpointer     object,
       FermataEdit *edit,
       GError     **error)
{
  g_autoptr (FermataEdit) owned = edit;
  FermataGraph *graph = get_graph (object);

  return graph != NULL ? fermata_graph_apply_edit (graph, owned, NULL, error)
                       : fermata_edit_fail_removed (error);
}

/* The object that an edit has just put into a list. */
static gpointer
get_added (FermataElementList *list,
           guint               position)
{
  return fermata_element_list_get (list, MIN (position, fermata_element_list_get_size (list) - 1));
}

/**
 * fermata_graph_add_node:
 * @self: a graph
 * @parent: (nullable): the state of @self to put it into; `NULL`: the top
 * @position: its place, from 0; past the end: at the end
 * @node: the node with all that is nested in it
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Adds a node.
 *
 * Returns: (transfer none) (nullable): the new node, or `NULL` with @error set
 */
FermataNode *
fermata_graph_add_node (FermataGraph *self,
                        FermataNode  *parent,
                        guint         position,
                        FermataValue *node,
                        GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);
  g_return_val_if_fail (parent == NULL || fermata_node_get_graph (parent) == self, NULL);
  g_return_val_if_fail (node != NULL, NULL);

  path = parent != NULL ? fermata_node_dup_path (parent) : fermata_graph_dup_path (self);
  if (!apply (self, fermata_edit_new_add_node (path, position, node), error))
    return NULL;
  return get_added (parent != NULL ? parent->parts->children : self->nodes, position);
}

/**
 * fermata_graph_add_edge:
 * @self: a graph
 * @position: its place, from 0; past the end: at the end
 * @edge: the edge
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Adds an edge.
 *
 * Returns: (transfer none) (nullable): the new edge, or `NULL` with @error set
 */
FermataEdge *
fermata_graph_add_edge (FermataGraph *self,
                        guint         position,
                        FermataValue *edge,
                        GError      **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);
  g_return_val_if_fail (edge != NULL, NULL);

  path = fermata_graph_dup_path (self);
  if (!apply (self, fermata_edit_new_add_edge (path, position, edge), error))
    return NULL;
  return get_added (self->edges, position);
}

static gboolean
set_member (gpointer      object,
            const char   *name,
            FermataValue *value,
            GError      **error)
{
  g_autofree char *path = fermata_object_dup_path (object);

  return apply (object, value != NULL ? fermata_edit_new_set_member (path, name, value)
                                      : fermata_edit_new_unset_member (path, name), error);
}

/**
 * fermata_graph_set_member:
 * @self: a graph
 * @name: the name of a member that is no thing of its own
 * @value: (nullable): its value; `NULL` removes it
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Sets a member where it stands, or adds it at the end.
 *
 * Returns: whether it was done
 */
gboolean
fermata_graph_set_member (FermataGraph *self,
                          const char   *name,
                          FermataValue *value,
                          GError      **error)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return set_member (self, name, value, error);
}

/**
 * fermata_node_set_member:
 * @self: a node
 * @name: the name of a member that is no thing of its own
 * @value: (nullable): its value; `NULL` removes it
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Sets a member where it stands, or adds it at the end.
 *
 * Returns: whether it was done
 */
gboolean
fermata_node_set_member (FermataNode  *self,
                         const char   *name,
                         FermataValue *value,
                         GError      **error)
{
  g_return_val_if_fail (FERMATA_IS_NODE (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return set_member (self, name, value, error);
}

/**
 * fermata_edge_set_member:
 * @self: an edge
 * @name: the name of a member
 * @value: (nullable): its value; `NULL` removes it
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Sets a member where it stands, or adds it at the end.
 *
 * Returns: whether it was done
 */
gboolean
fermata_edge_set_member (FermataEdge  *self,
                         const char   *name,
                         FermataValue *value,
                         GError      **error)
{
  g_return_val_if_fail (FERMATA_IS_EDGE (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return set_member (self, name, value, error);
}

/* For properties: what cannot be set stays as it is. */
void
fermata_object_set_text (gpointer    object,
                         const char *name,
                         const char *text)
{
  FermataValue *members = fermata_object_get_members (object);
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) error = NULL;

  if (text == NULL && fermata_value_get_member (members, name) == NULL)
    return;
  if (text != NULL && g_strcmp0 (fermata_members_get_string (members, name), text) == 0)
    return;
  value = text != NULL ? fermata_value_new_string (text, -1) : NULL;
  if (!set_member (object, name, value, &error))
    g_debug ("“%s” not set: %s", name, error->message);
}

/**
 * fermata_node_rename:
 * @self: a node
 * @id: its new id
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Changes the node's id, and all that refers to it by the id itself: ends of
 * edges, `initial`, the layout. What is written in expressions stays.
 *
 * Returns: whether it was done
 */
gboolean
fermata_node_rename (FermataNode *self,
                     const char  *id,
                     GError     **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (FERMATA_IS_NODE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  path = fermata_node_dup_path (self);
  return apply (self, fermata_edit_new_rename_node (path, id), error);
}

/**
 * fermata_node_set_position:
 * @self: a node
 * @x: where it is drawn, from left to right
 * @y: and from top to bottom
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Sets where the node is drawn. To move many nodes, use one edit for all.
 *
 * Returns: whether it was done
 */
gboolean
fermata_node_set_position (FermataNode *self,
                           double       x,
                           double       y,
                           GError     **error)
{
  g_autoptr (FermataValue) position = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autofree char *path = NULL;
  FermataGraph *graph;

  g_return_val_if_fail (FERMATA_IS_NODE (self), FALSE);

  position = fermata_position_new (x, y);
  value = fermata_value_new_object (&self->id, &position, 1);
  graph = fermata_node_get_graph (self);
  path = graph != NULL ? fermata_graph_dup_path (graph) : g_strdup ("");
  return apply (self, fermata_edit_new_set_positions (path, value), error);
}

/**
 * fermata_edge_remove:
 * @self: an edge
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Removes the edge from its graph.
 *
 * Returns: whether it was done
 */
gboolean
fermata_edge_remove (FermataEdge *self,
                     GError     **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (FERMATA_IS_EDGE (self), FALSE);

  path = fermata_edge_dup_path (self);
  return apply (self, fermata_edit_new_remove_edge (path), error);
}

/**
 * fermata_node_remove:
 * @self: a node
 * @error: return location for a [error@Fermata.ModelError]
 *
 * Removes the node from its graph with all that is nested in it, with the
 * edges that come from or go to it, with its position, and where `initial`
 * names it.
 *
 * Returns: whether it was done
 */
gboolean
fermata_node_remove (FermataNode *self,
                     GError     **error)
{
  g_autoptr (GPtrArray) objects = NULL;
  FermataEdit *edit;
  FermataGraph *graph;

  g_return_val_if_fail (FERMATA_IS_NODE (self), FALSE);

  graph = fermata_node_get_graph (self);
  if (graph == NULL)
    return fermata_edit_fail_removed (error);
  objects = g_ptr_array_new ();
  g_ptr_array_add (objects, self);
  edit = fermata_edit_new_delete (graph, objects, error);
  return edit != NULL && apply (self, edit, error);
}
