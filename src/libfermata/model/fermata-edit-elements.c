/* fermata-edit-elements.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edit-private.h"

#include <glib/gi18n-lib.h>

/* Adding, removing and moving nodes and edges. */

static gboolean
is_of_edges (FermataEdit *edit)
{
  return edit->kind == FERMATA_EDIT_ADD_EDGE || edit->kind == FERMATA_EDIT_REMOVE_EDGE ||
         edit->kind == FERMATA_EDIT_MOVE_EDGE;
}

/* The list that holds nodes or edges of a graph or state. */
static FermataElementList *
get_list (gpointer parent,
          gboolean of_edges)
{
  if (FERMATA_IS_NODE (parent))
    return fermata_node_ensure_children (parent);
  return of_edges ? FERMATA_GRAPH (parent)->edges : FERMATA_GRAPH (parent)->nodes;
}

static FermataGraph *
get_namespace (gpointer parent)
{
  return FERMATA_IS_NODE (parent) ? fermata_node_get_graph (parent) : parent;
}

/* The graph or state to put an element into. */
static gpointer
find_parent (FermataGraph *root,
             const char   *path,
             gboolean      of_edges,
             GError      **error)
{
  gpointer parent = fermata_edit_find (root, path, of_edges ? FERMATA_TYPE_GRAPH : G_TYPE_OBJECT, error);
  const char *name = of_edges ? "edges" : "nodes";
  FermataValue *member;

  if (parent == NULL)
    return NULL;
  if (FERMATA_IS_EDGE (parent))
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
                   _("“%s” is an edge and cannot hold nodes"), path);
      return NULL;
    }
  member = fermata_value_get_member (fermata_object_get_members (parent), name);
  if (member != NULL && fermata_value_get_kind (member) != FERMATA_VALUE_KIND_ARRAY)
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_MEMBER,
                   _("“%s” at “%s” is no array"), name, path);
      return NULL;
    }
  return parent;
}

/* Makes the list's member where there is none; tells whether it did. */
static gboolean
ensure_list_member (gpointer    parent,
                    const char *name,
                    gsize       index)
{
  g_autoptr (FermataValue) none = NULL;

  if (fermata_value_get_member (fermata_object_get_members (parent), name) != NULL)
    return FALSE;
  none = fermata_value_new_empty_array ();
  fermata_object_make_member (parent, name, none, index);
  return TRUE;
}

/* Puts an element in its place, with all that depends on it. Takes the
 * reference; tells whether the list's member had to be made. */
static gboolean
put_element (gpointer        parent,
             guint           position,
             gsize           member_index,
             FermataElement *element)
{
  gboolean of_edges = FERMATA_IS_EDGE (element);
  const char *name = of_edges ? "edges" : "nodes";
  FermataElementList *list = get_list (parent, of_edges);
  gboolean made = ensure_list_member (parent, name, member_index);

  if (!of_edges)
    fermata_node_index_add (get_namespace (parent), (FermataNode *) element);
  position = MIN (position, fermata_element_list_get_size (list));
  fermata_element_list_insert (list, position, element);
  if (of_edges)
    fermata_edge_names_add (parent, (FermataEdge *) element);
  fermata_element_list_tell (list, position, 0, 1);
  if (made)
    fermata_object_notify_member (parent, name);
  return made;
}

/* Takes an element out with all that depends on it (transfer full). The
 * list's member goes too if it may and is empty: then @member_index is set. */
static FermataElement *
pull_element (FermataElement *element,
              gboolean        drops_member,
              gsize          *member_index)
{
  gboolean of_edges = FERMATA_IS_EDGE (element);
  const char *name = of_edges ? "edges" : "nodes";
  FermataElementList *list = fermata_element_get_list (element);
  gpointer parent = fermata_element_list_get_owner (list);
  guint position = fermata_element_get_position (element);

  if (of_edges)
    fermata_edge_names_remove (parent, (FermataEdge *) element);
  fermata_element_list_take (list, position);
  if (!of_edges)
    fermata_node_index_remove (get_namespace (parent), (FermataNode *) element);
  drops_member = drops_member && fermata_element_list_get_size (list) == 0;
  *member_index = FERMATA_MEMBER_AT_END;
  if (drops_member)
    *member_index = fermata_object_drop_member (parent, name);
  fermata_element_list_tell (list, position, 1, 0);
  if (drops_member)
    fermata_object_notify_member (parent, name);
  return element;
}

static gboolean
check_new_element (FermataEdit    *edit,
                   gpointer        parent,
                   FermataElement *element,
                   gboolean        is_incomplete,
                   GError        **error)
{
  if (edit->is_restoring)
    return TRUE;
  if (is_incomplete)
    {
      g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                           _("A node or an edge is an object, and so are those in it"));
      return FALSE;
    }
  if (FERMATA_IS_EDGE (element))
    return fermata_edit_check_edge (parent, (FermataEdge *) element, error);
  return fermata_edit_check_new_node (get_namespace (parent), (FermataNode *) element, error);
}

FermataEdit *
fermata_edit_add_element (FermataGraph *root,
                          FermataEdit  *edit,
                          GError      **error)
{
  gboolean of_edges = is_of_edges (edit);
  gpointer parent = find_parent (root, edit->path, of_edges, error);
  g_autoptr (FermataElement) element = NULL;
  g_autofree char *path = NULL;
  FermataEdit *inverse;
  gboolean is_incomplete;
  gboolean made;

  if (parent == NULL)
    return NULL;
  element = of_edges ? (FermataElement *) fermata_edge_build (edit->value, &is_incomplete)
                     : (FermataElement *) fermata_node_build (edit->value, &is_incomplete);
  if (!check_new_element (edit, parent, element, is_incomplete, error))
    return NULL;

  made = put_element (parent, edit->position, edit->member_index, g_object_ref (element));
  path = fermata_object_dup_path (element);
  inverse = fermata_edit_new_for (of_edges ? FERMATA_EDIT_REMOVE_EDGE : FERMATA_EDIT_REMOVE_NODE, path);
  inverse->drops_member = made;
  return inverse;
}

FermataEdit *
fermata_edit_remove_element (FermataGraph *root,
                             FermataEdit  *edit,
                             GError      **error)
{
  gboolean of_edges = is_of_edges (edit);
  FermataElement *element =
    fermata_edit_find (root, edit->path, of_edges ? FERMATA_TYPE_EDGE : FERMATA_TYPE_NODE, error);
  g_autofree char *parent_path = NULL;
  FermataEdit *inverse;

  if (element == NULL)
    return NULL;

  parent_path = fermata_object_dup_path (fermata_element_get_owner (element));
  inverse = fermata_edit_new_for (of_edges ? FERMATA_EDIT_ADD_EDGE : FERMATA_EDIT_ADD_NODE, parent_path);
  inverse->position = fermata_element_get_position (element);
  inverse->value = of_edges ? fermata_value_ref (((FermataEdge *) element)->members)
                            : fermata_node_to_value ((FermataNode *) element);
  g_object_unref (pull_element (element, edit->drops_member, &inverse->member_index));
  return inverse;
}

/* Whether @parent is @node or anything in it. */
static gboolean
is_within (gpointer     parent,
           FermataNode *node)
{
  while (parent != NULL && parent != (gpointer) node)
    {
      parent = FERMATA_IS_NODE (parent) ? fermata_element_get_owner (parent)
                                        : (gpointer) FERMATA_GRAPH (parent)->owner;
    }
  return parent != NULL;
}

static gboolean
check_move (FermataEdit    *edit,
            FermataElement *element,
            gpointer        parent,
            GError        **error)
{
  gpointer old_parent = fermata_element_get_owner (element);

  if (!FERMATA_IS_EDGE (element) && is_within (parent, (FermataNode *) element))
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                   _("“%s” cannot be moved into itself"), edit->path);
      return FALSE;
    }
  if (edit->is_restoring || get_namespace (parent) == get_namespace (old_parent))
    return TRUE;
  if (FERMATA_IS_EDGE (element))
    return fermata_edit_check_edge (parent, (FermataEdge *) element, error);
  return fermata_edit_check_ids_are_free (get_namespace (parent), (FermataNode *) element, error);
}

FermataEdit *
fermata_edit_move_element (FermataGraph *root,
                           FermataEdit  *edit,
                           GError      **error)
{
  gboolean of_edges = is_of_edges (edit);
  FermataElement *element =
    fermata_edit_find (root, edit->path, of_edges ? FERMATA_TYPE_EDGE : FERMATA_TYPE_NODE, error);
  gpointer parent = element != NULL ? find_parent (root, edit->parent_path, of_edges, error) : NULL;
  gpointer old_parent;
  FermataEdit *inverse;
  guint old_position;

  if (parent == NULL || !check_move (edit, element, parent, error))
    return NULL;

  inverse = fermata_edit_new_for (edit->kind, NULL);
  old_parent = fermata_element_get_owner (element);
  old_position = fermata_element_get_position (element);
  pull_element (element, edit->drops_member, &inverse->member_index);
  inverse->drops_member = put_element (parent, edit->position, edit->member_index, element);
  inverse->position = old_position;
  inverse->path = fermata_object_dup_path (element);
  inverse->parent_path = fermata_object_dup_path (old_parent);
  if (!of_edges && old_parent != parent)
    fermata_node_notify_parent ((FermataNode *) element);
  else if (old_parent != parent)
    fermata_edge_notify_graph ((FermataEdge *) element);
  return inverse;
}
