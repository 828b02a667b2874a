/* fermata-edit-members.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edit-private.h"

#include <glib/gi18n-lib.h>

/* Setting and removing members, and bodies. */

static gboolean
refuse_member (const char *name,
               GError    **error)
{
  g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_MEMBER,
               _("“%s” cannot be changed as a member"), name);
  return FALSE;
}

/* Nodes, edges and bodies have edits of their own, and so has an id. */
static gboolean
check_member_name (gpointer    object,
                   const char *name,
                   GError    **error)
{
  if (FERMATA_IS_EDGE (object))
    return TRUE;
  if (strcmp (name, "nodes") == 0)
    return refuse_member (name, error);
  if (FERMATA_IS_NODE (object))
    {
      if (strcmp (name, "id") == 0 || fermata_body_name_intern (name) != NULL)
        return refuse_member (name, error);
      return TRUE;
    }
  if (strcmp (name, "edges") == 0 || strcmp (name, "fermata") == 0)
    return refuse_member (name, error);
  return TRUE;
}

static gboolean
check_kind (FermataValue *value,
            GError      **error)
{
  const char *word = NULL;

  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    word = fermata_value_get_string (value, NULL);
  if (fermata_graph_kind_from_string (word) != FERMATA_GRAPH_KIND_UNKNOWN)
    return TRUE;
  g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                       _("The “kind” of a graph is “dag”, “flow” or “fsm”"));
  return FALSE;
}

static gboolean
check_set (FermataEdit *edit,
           gpointer     object,
           GError     **error)
{
  if (edit->is_restoring)
    return TRUE;
  if (!check_member_name (object, edit->name, error))
    return FALSE;
  if (FERMATA_IS_EDGE (object))
    return fermata_edit_check_edge_member (fermata_edge_get_graph (object), object, edit->name,
                                           edit->value, error);
  if (FERMATA_IS_GRAPH (object) && strcmp (edit->name, "kind") == 0)
    return check_kind (edit->value, error);
  return TRUE;
}

static gboolean
is_end_or_id (const char *name)
{
  return strcmp (name, "from") == 0 || strcmp (name, "to") == 0 || strcmp (name, "id") == 0;
}

/* Indexes by what is about to change; after it, remember() puts it back. */
static void
forget (gpointer    object,
        const char *name)
{
  if (FERMATA_IS_NODE (object) && strcmp (name, "id") == 0)
    fermata_node_index_remove_one (fermata_node_get_graph (object), object);
  else if (FERMATA_IS_EDGE (object) && is_end_or_id (name))
    fermata_edge_names_drop (fermata_edge_get_graph (object));
}

static void
remember (gpointer    object,
          const char *name)
{
  if (FERMATA_IS_NODE (object) && strcmp (name, "id") == 0)
    fermata_node_index_add_one (fermata_node_get_graph (object), object);
}

static FermataEdit *
new_inverse (FermataEdit    *edit,
             FermataEditKind kind,
             FermataValue   *value)
{
  FermataEdit *inverse = fermata_edit_new_for (kind, edit->path);

  inverse->name = g_strdup (edit->name);
  inverse->value = value != NULL ? fermata_value_ref (value) : NULL;
  return inverse;
}

FermataEdit *
fermata_edit_set_member (FermataGraph *root,
                         FermataEdit  *edit,
                         GError      **error)
{
  gpointer object = fermata_edit_find (root, edit->path, G_TYPE_OBJECT, error);
  FermataValue *old;
  FermataEdit *inverse;

  if (object == NULL || !check_set (edit, object, error))
    return NULL;

  old = fermata_value_get_member (fermata_object_get_members (object), edit->name);
  inverse = new_inverse (edit, old != NULL ? FERMATA_EDIT_SET_MEMBER : FERMATA_EDIT_UNSET_MEMBER, old);
  forget (object, edit->name);
  if (old != NULL)
    {
      g_autoptr (FermataValue) members =
        fermata_value_with_member (fermata_object_get_members (object), edit->name, edit->value);

      fermata_object_set_members (object, members);
    }
  else
    fermata_object_make_member (object, edit->name, edit->value, edit->member_index);
  remember (object, edit->name);
  fermata_object_notify_member (object, edit->name);
  return inverse;
}

static gboolean
check_unset (FermataEdit *edit,
             gpointer     object,
             GError     **error)
{
  if (fermata_value_get_member (fermata_object_get_members (object), edit->name) == NULL)
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
                   _("There is no member “%s” to remove"), edit->name);
      return FALSE;
    }
  if (edit->is_restoring)
    return TRUE;
  if (FERMATA_IS_EDGE (object) && strcmp (edit->name, "from") == 0)
    return refuse_member (edit->name, error);
  /* A body that is none, but some other value, can be removed like anything. */
  if (FERMATA_IS_NODE (object) && fermata_body_name_intern (edit->name) != NULL &&
      fermata_node_get_body (object, edit->name) == NULL)
    return TRUE;
  return check_member_name (object, edit->name, error);
}

FermataEdit *
fermata_edit_unset_member (FermataGraph *root,
                           FermataEdit  *edit,
                           GError      **error)
{
  gpointer object = fermata_edit_find (root, edit->path, G_TYPE_OBJECT, error);
  FermataValue *old;
  FermataEdit *inverse;

  if (object == NULL || !check_unset (edit, object, error))
    return NULL;

  old = fermata_value_get_member (fermata_object_get_members (object), edit->name);
  inverse = new_inverse (edit, FERMATA_EDIT_SET_MEMBER, old);
  forget (object, edit->name);
  inverse->member_index = fermata_object_drop_member (object, edit->name);
  remember (object, edit->name);
  fermata_object_notify_member (object, edit->name);
  return inverse;
}

static gboolean
check_new_body (FermataEdit *edit,
                FermataNode *node,
                GError     **error)
{
  if (fermata_body_name_intern (edit->name) == NULL)
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_MEMBER,
                   _("“%s” is no body: a body is called “body”, “catch” or “finally”"), edit->name);
      return FALSE;
    }
  if (fermata_value_get_member (node->members, edit->name) != NULL)
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_DUPLICATE_ID,
                   _("The node has a “%s” already"), edit->name);
      return FALSE;
    }
  return TRUE;
}

static FermataGraph *
build_new_body (FermataEdit *edit,
                FermataNode *node,
                GError     **error)
{
  g_autoptr (FermataGraph) body = NULL;
  gboolean is_incomplete;

  body = fermata_body_build (NULL, edit->value, &is_incomplete);
  if (!edit->is_restoring)
    {
      if (is_incomplete)
        {
          g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                               _("A body is an object, and so are the nodes and edges in it"));
          return NULL;
        }
      if (!fermata_edit_check_new_body (body, error))
        return NULL;
    }
  body->owner = node;
  return g_steal_pointer (&body);
}

FermataEdit *
fermata_edit_add_body (FermataGraph *root,
                       FermataEdit  *edit,
                       GError      **error)
{
  FermataNode *node = fermata_edit_find (root, edit->path, FERMATA_TYPE_NODE, error);
  g_autoptr (FermataValue) none = fermata_value_new_empty_object ();
  FermataNodeParts *parts;
  FermataGraph *body;

  if (node == NULL || !check_new_body (edit, node, error))
    return NULL;
  body = build_new_body (edit, node, error);
  if (body == NULL)
    return NULL;

  parts = fermata_node_ensure_parts (node);
  parts->bodies[parts->n_bodies].name = fermata_body_name_intern (edit->name);
  parts->bodies[parts->n_bodies].graph = body;
  parts->n_bodies++;
  fermata_object_make_member (node, edit->name, none, edit->member_index);
  fermata_node_sort_bodies (node);
  fermata_object_notify_member (node, edit->name);
  return new_inverse (edit, FERMATA_EDIT_REMOVE_BODY, NULL);
}

FermataEdit *
fermata_edit_remove_body (FermataGraph *root,
                          FermataEdit  *edit,
                          GError      **error)
{
  FermataNode *node = fermata_edit_find (root, edit->path, FERMATA_TYPE_NODE, error);
  g_autoptr (FermataGraph) body = NULL;
  g_autoptr (FermataValue) value = NULL;
  FermataNodeParts *parts;
  FermataEdit *inverse;
  guint i = 0;

  if (node == NULL)
    return NULL;
  if (fermata_node_get_body (node, edit->name) == NULL)
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
                   _("The node has no “%s”"), edit->name);
      return NULL;
    }

  parts = node->parts;
  while (strcmp (parts->bodies[i].name, edit->name) != 0)
    i++;
  body = parts->bodies[i].graph;
  value = fermata_graph_to_value (body);
  inverse = new_inverse (edit, FERMATA_EDIT_ADD_BODY, value);
  parts->n_bodies--;
  memmove (parts->bodies + i, parts->bodies + i + 1, (parts->n_bodies - i) * sizeof parts->bodies[0]);
  body->owner = NULL;
  inverse->member_index = fermata_object_drop_member (node, edit->name);
  fermata_object_notify_member (node, edit->name);
  return inverse;
}
