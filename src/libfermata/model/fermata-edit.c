/* fermata-edit.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edit-private.h"

G_DEFINE_BOXED_TYPE (FermataEdit, fermata_edit, fermata_edit_ref, fermata_edit_unref)

G_DEFINE_ENUM_TYPE (FermataEditKind, fermata_edit_kind,
                    G_DEFINE_ENUM_VALUE (FERMATA_EDIT_ADD_NODE, "add-node"),
                    G_DEFINE_ENUM_VALUE (FERMATA_EDIT_REMOVE_NODE, "remove-node"),
                    G_DEFINE_ENUM_VALUE (FERMATA_EDIT_MOVE_NODE, "move-node"),
                    G_DEFINE_ENUM_VALUE (FERMATA_EDIT_RENAME_NODE, "rename-node"),
                    G_DEFINE_ENUM_VALUE (FERMATA_EDIT_ADD_EDGE, "add-edge"),
                    G_DEFINE_ENUM_VALUE (FERMATA_EDIT_REMOVE_EDGE, "remove-edge"),
                    G_DEFINE_ENUM_VALUE (FERMATA_EDIT_MOVE_EDGE, "move-edge"),
                    G_DEFINE_ENUM_VALUE (FERMATA_EDIT_SET_MEMBER, "set-member"),
                    G_DEFINE_ENUM_VALUE (FERMATA_EDIT_UNSET_MEMBER, "unset-member"),
                    G_DEFINE_ENUM_VALUE (FERMATA_EDIT_SET_POSITIONS, "set-positions"),
                    G_DEFINE_ENUM_VALUE (FERMATA_EDIT_ADD_BODY, "add-body"),
                    G_DEFINE_ENUM_VALUE (FERMATA_EDIT_REMOVE_BODY, "remove-body"),
                    G_DEFINE_ENUM_VALUE (FERMATA_EDIT_GROUP, "group"))

/**
 * fermata_edit_kind_to_string:
 * @kind: what an edit does
 *
 * The name of a kind of edit, for records and tests.
 *
 * Returns: (transfer none): the name: "add-node"
 */
const char *
fermata_edit_kind_to_string (FermataEditKind kind)
{
  GEnumClass *klass = g_type_class_peek_static (FERMATA_TYPE_EDIT_KIND);
  GEnumValue *value;

  if (klass == NULL)
    klass = g_type_class_ref (FERMATA_TYPE_EDIT_KIND);
  value = g_enum_get_value (klass, kind);
  g_return_val_if_fail (value != NULL, NULL);

  return value->value_nick;
}

FermataEdit *
fermata_edit_new_for (FermataEditKind kind,
                      const char     *path)
{
  FermataEdit *self = g_new0 (FermataEdit, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->path = g_strdup (path);
  self->member_index = FERMATA_MEMBER_AT_END;
  return self;
}

/**
 * fermata_edit_ref:
 * @self: an edit
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
FermataEdit *
fermata_edit_ref (FermataEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/* Groups in groups go on this list and not on the stack. */
static void
free_edit (FermataEdit *self,
           GPtrArray   *waiting)
{
  if (self->edits != NULL)
    {
      g_ptr_array_extend_and_steal (waiting, g_steal_pointer (&self->edits));
    }
  g_free (self->path);
  g_free (self->parent_path);
  g_free (self->name);
  g_clear_pointer (&self->value, fermata_value_unref);
  g_clear_pointer (&self->indices, g_array_unref);
  g_free (self);
}

/**
 * fermata_edit_unref:
 * @self: (transfer full): an edit
 *
 * Drops a reference.
 */
void
fermata_edit_unref (FermataEdit *self)
{
  g_autoptr (GPtrArray) waiting = NULL;

  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  waiting = g_ptr_array_new ();
  free_edit (self, waiting);
  while (waiting->len > 0)
    {
      FermataEdit *edit = g_ptr_array_steal_index_fast (waiting, waiting->len - 1);

      if (g_atomic_ref_count_dec (&edit->ref_count))
        free_edit (edit, waiting);
    }
}

/**
 * fermata_edit_new_add_node:
 * @parent_path: JSON Pointer of the graph, or of the state, to add it to
 * @position: its place, from 0; past the end: at the end
 * @node: the node with all that is nested in it
 *
 * An edit that adds a node.
 *
 * Returns: (transfer full): a new edit
 */
FermataEdit *
fermata_edit_new_add_node (const char   *parent_path,
                           guint         position,
                           FermataValue *node)
{
  FermataEdit *self;

  g_return_val_if_fail (parent_path != NULL, NULL);
  g_return_val_if_fail (node != NULL, NULL);

  self = fermata_edit_new_for (FERMATA_EDIT_ADD_NODE, parent_path);
  self->position = position;
  self->value = fermata_value_ref (node);
  return self;
}

/**
 * fermata_edit_new_remove_node:
 * @path: JSON Pointer of the node
 *
 * An edit that removes a node with all that is nested in it. Edges that name
 * it stay.
 *
 * Returns: (transfer full): a new edit
 */
FermataEdit *
fermata_edit_new_remove_node (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return fermata_edit_new_for (FERMATA_EDIT_REMOVE_NODE, path);
}

static FermataEdit *
new_move (FermataEditKind kind,
          const char     *path,
          const char     *parent_path,
          guint           position)
{
  FermataEdit *self = fermata_edit_new_for (kind, path);

  self->parent_path = g_strdup (parent_path);
  self->position = position;
  return self;
}

/**
 * fermata_edit_new_move_node:
 * @path: JSON Pointer of the node
 * @parent_path: JSON Pointer of the graph or state to move it to, as long as
 *   the node is still where it was
 * @position: its place there, from 0, once it has left its old one; past the
 *   end: at the end
 *
 * An edit that gives a node another place, or another parent. Edges stay.
 *
 * Returns: (transfer full): a new edit
 */
FermataEdit *
fermata_edit_new_move_node (const char *path,
                            const char *parent_path,
                            guint       position)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (parent_path != NULL, NULL);

  return new_move (FERMATA_EDIT_MOVE_NODE, path, parent_path, position);
}

/**
 * fermata_edit_new_rename_node:
 * @path: JSON Pointer of the node
 * @id: its new id
 *
 * An edit that changes a node's id together with all that refers to it by the
 * id itself: ends of edges, `initial`, the layout. What is written in
 * expressions stays as it is.
 *
 * Returns: (transfer full): a new edit
 */
FermataEdit *
fermata_edit_new_rename_node (const char *path,
                              const char *id)
{
  FermataEdit *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = fermata_edit_new_for (FERMATA_EDIT_RENAME_NODE, path);
  self->name = g_strdup (id);
  return self;
}

/**
 * fermata_edit_new_add_edge:
 * @graph_path: JSON Pointer of the graph
 * @position: its place, from 0; past the end: at the end
 * @edge: the edge
 *
 * An edit that adds an edge. Its ends need not exist.
 *
 * Returns: (transfer full): a new edit
 */
FermataEdit *
fermata_edit_new_add_edge (const char   *graph_path,
                           guint         position,
                           FermataValue *edge)
{
  FermataEdit *self;

  g_return_val_if_fail (graph_path != NULL, NULL);
  g_return_val_if_fail (edge != NULL, NULL);

  self = fermata_edit_new_for (FERMATA_EDIT_ADD_EDGE, graph_path);
  self->position = position;
  self->value = fermata_value_ref (edge);
  return self;
}

/**
 * fermata_edit_new_remove_edge:
 * @path: JSON Pointer of the edge
 *
 * An edit that removes an edge.
 *
 * Returns: (transfer full): a new edit
 */
FermataEdit *
fermata_edit_new_remove_edge (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return fermata_edit_new_for (FERMATA_EDIT_REMOVE_EDGE, path);
}

/**
 * fermata_edit_new_move_edge:
 * @path: JSON Pointer of the edge
 * @graph_path: JSON Pointer of the graph to move it to
 * @position: its place there, from 0, once it has left its old one; past the
 *   end: at the end
 *
 * An edit that gives an edge another place, which is another rank among the
 * transitions of a state machine, or another graph.
 *
 * Returns: (transfer full): a new edit
 */
FermataEdit *
fermata_edit_new_move_edge (const char *path,
                            const char *graph_path,
                            guint       position)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (graph_path != NULL, NULL);

  return new_move (FERMATA_EDIT_MOVE_EDGE, path, graph_path, position);
}

static FermataEdit *
new_named (FermataEditKind kind,
           const char     *path,
           const char     *name,
           FermataValue   *value)
{
  FermataEdit *self = fermata_edit_new_for (kind, path);

  self->name = g_strdup (name);
  if (value != NULL)
    self->value = fermata_value_ref (value);
  return self;
}

/**
 * fermata_edit_new_set_member:
 * @path: JSON Pointer of a graph, node or edge
 * @name: the name of a member that is no thing of its own: not "nodes",
 *   "edges", a node's "id" or body
 * @value: its value
 *
 * An edit that changes a member where it stands, or adds it at the end.
 *
 * Returns: (transfer full): a new edit
 */
FermataEdit *
fermata_edit_new_set_member (const char   *path,
                             const char   *name,
                             FermataValue *value)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  return new_named (FERMATA_EDIT_SET_MEMBER, path, name, value);
}

/**
 * fermata_edit_new_unset_member:
 * @path: JSON Pointer of a graph, node or edge
 * @name: the name of a member that is no thing of its own
 *
 * An edit that removes a member.
 *
 * Returns: (transfer full): a new edit
 */
FermataEdit *
fermata_edit_new_unset_member (const char *path,
                               const char *name)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return new_named (FERMATA_EDIT_UNSET_MEMBER, path, name, NULL);
}

/**
 * fermata_edit_new_set_positions:
 * @graph_path: JSON Pointer of the graph
 * @positions: an object that gives for each id an array of x and y, or null
 *   to forget where it was
 *
 * An edit that sets where nodes are drawn, in the graph's layout. It costs as
 * much as the graph has positions, so move many nodes at once.
 *
 * Returns: (transfer full): a new edit
 */
FermataEdit *
fermata_edit_new_set_positions (const char   *graph_path,
                                FermataValue *positions)
{
  g_return_val_if_fail (graph_path != NULL, NULL);
  g_return_val_if_fail (positions != NULL, NULL);

  return new_named (FERMATA_EDIT_SET_POSITIONS, graph_path, NULL, positions);
}

/**
 * fermata_edit_new_add_body:
 * @node_path: JSON Pointer of the node
 * @name: "body", "catch" or "finally"
 * @body: what the body holds: an object, which may be empty
 *
 * An edit that gives a node a body.
 *
 * Returns: (transfer full): a new edit
 */
FermataEdit *
fermata_edit_new_add_body (const char   *node_path,
                           const char   *name,
                           FermataValue *body)
{
  g_return_val_if_fail (node_path != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  return new_named (FERMATA_EDIT_ADD_BODY, node_path, name, body);
}

/**
 * fermata_edit_new_remove_body:
 * @node_path: JSON Pointer of the node
 * @name: "body", "catch" or "finally"
 *
 * An edit that removes a body with all that is in it.
 *
 * Returns: (transfer full): a new edit
 */
FermataEdit *
fermata_edit_new_remove_body (const char *node_path,
                              const char *name)
{
  g_return_val_if_fail (node_path != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return new_named (FERMATA_EDIT_REMOVE_BODY, node_path, name, NULL);
}

/**
 * fermata_edit_new_group:
 * @edits: (array length=n_edits): edits, each as if those before it were done
 * @n_edits: how many
 *
 * Several edits as one: all are applied, or none.
 *
 * Returns: (transfer full): a new edit
 */
FermataEdit *
fermata_edit_new_group (FermataEdit *const *edits,
                        guint               n_edits)
{
  FermataEdit *self;

  g_return_val_if_fail (edits != NULL || n_edits == 0, NULL);

  self = fermata_edit_new_for (FERMATA_EDIT_GROUP, NULL);
  self->edits = g_ptr_array_new_full (n_edits, (GDestroyNotify) fermata_edit_unref);
  for (guint i = 0; i < n_edits; i++)
    g_ptr_array_add (self->edits, fermata_edit_ref (edits[i]));
  return self;
}

/**
 * fermata_edit_get_kind:
 * @self: an edit
 *
 * What the edit does.
 *
 * Returns: its kind
 */
FermataEditKind
fermata_edit_get_kind (FermataEdit *self)
{
  g_return_val_if_fail (self != NULL, FERMATA_EDIT_GROUP);

  return self->kind;
}

/**
 * fermata_edit_get_path:
 * @self: an edit
 *
 * What the edit changes or removes or, if it adds something, what to.
 *
 * Returns: (transfer none) (nullable): a JSON Pointer; `NULL` for a group
 */
const char *
fermata_edit_get_path (FermataEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/**
 * fermata_edit_get_name:
 * @self: an edit
 *
 * The name of the member or body, or a node's new id.
 *
 * Returns: (transfer none) (nullable): the name; `NULL` for others
 */
const char *
fermata_edit_get_name (FermataEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * fermata_edit_get_value:
 * @self: an edit
 *
 * What the edit adds or sets.
 *
 * Returns: (transfer none) (nullable): the value; `NULL` for others
 */
FermataValue *
fermata_edit_get_value (FermataEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->value;
}

/**
 * fermata_edit_get_n_edits:
 * @self: an edit
 *
 * Counts the edits of a group.
 *
 * Returns: how many there are; 0 for other edits
 */
guint
fermata_edit_get_n_edits (FermataEdit *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->edits != NULL ? self->edits->len : 0;
}

/**
 * fermata_edit_get_edit:
 * @self: an edit
 * @index: from 0
 *
 * Gives an edit of a group.
 *
 * Returns: (transfer none) (nullable): the edit, `NULL` past the end
 */
FermataEdit *
fermata_edit_get_edit (FermataEdit *self,
                       guint        index)
{
  g_return_val_if_fail (self != NULL, NULL);

  return index < fermata_edit_get_n_edits (self) ? g_ptr_array_index (self->edits, index) : NULL;
}
