/* fermata-edit-apply.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edit-private.h"

#include <glib/gi18n-lib.h>

typedef FermataEdit *(*ApplyFunc) (FermataGraph *root,
                                   FermataEdit  *edit,
                                   GError      **error);

/* What each kind of edit calls; those without are made of others. */
static const ApplyFunc apply_funcs[] = {
  [FERMATA_EDIT_ADD_NODE] = fermata_edit_add_element,
  [FERMATA_EDIT_REMOVE_NODE] = fermata_edit_remove_element,
  [FERMATA_EDIT_MOVE_NODE] = fermata_edit_move_element,
  [FERMATA_EDIT_RENAME_NODE] = NULL,
  [FERMATA_EDIT_ADD_EDGE] = fermata_edit_add_element,
  [FERMATA_EDIT_REMOVE_EDGE] = fermata_edit_remove_element,
  [FERMATA_EDIT_MOVE_EDGE] = fermata_edit_move_element,
  [FERMATA_EDIT_SET_MEMBER] = fermata_edit_set_member,
  [FERMATA_EDIT_UNSET_MEMBER] = fermata_edit_unset_member,
  [FERMATA_EDIT_SET_POSITIONS] = fermata_edit_set_positions,
  [FERMATA_EDIT_ADD_BODY] = fermata_edit_add_body,
  [FERMATA_EDIT_REMOVE_BODY] = fermata_edit_remove_body,
  [FERMATA_EDIT_GROUP] = NULL,
};

/* The edits of a group come off the stack in their order. */
static void
push_group (GPtrArray   *stack,
            FermataEdit *group)
{
  for (guint i = group->edits->len; i > 0; i--)
    g_ptr_array_add (stack, fermata_edit_ref (g_ptr_array_index (group->edits, i - 1)));
}

/* One edit of the stack: done, or taken apart onto the stack. */
static gboolean
apply_one (FermataGraph *root,
           FermataEdit  *edit,
           GPtrArray    *stack,
           GPtrArray    *inverses,
           GError      **error)
{
  FermataEdit *inverse;

  if (edit->kind == FERMATA_EDIT_GROUP)
    {
      push_group (stack, edit);
      return TRUE;
    }
  if (edit->kind == FERMATA_EDIT_RENAME_NODE)
    {
      g_autoptr (FermataEdit) group = fermata_edit_expand_rename (root, edit, error);

      if (group == NULL)
        return FALSE;
      push_group (stack, group);
      return TRUE;
    }
  inverse = apply_funcs[edit->kind] (root, edit, error);
  if (inverse == NULL)
    return FALSE;
  inverse->is_restoring = TRUE;
  g_ptr_array_add (inverses, inverse);
  return TRUE;
}

/* Inverses cannot fail right after what they undo. */
static void
undo (FermataGraph *root,
      GPtrArray    *inverses)
{
  for (guint i = inverses->len; i > 0; i--)
    {
      FermataEdit *inverse = g_ptr_array_index (inverses, i - 1);
      g_autoptr (FermataEdit) again = apply_funcs[inverse->kind] (root, inverse, NULL);

      g_assert (again != NULL);
    }
}

static gboolean
apply_all (FermataGraph *root,
           FermataEdit  *edit,
           GPtrArray    *inverses,
           GError      **error)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_edit_unref);

  g_ptr_array_add (stack, fermata_edit_ref (edit));
  while (stack->len > 0)
    {
      g_autoptr (FermataEdit) next = g_ptr_array_steal_index (stack, stack->len - 1);

      if (!apply_one (root, next, stack, inverses, error))
        {
          undo (root, inverses);
          return FALSE;
        }
    }
  return TRUE;
}

static FermataEdit *
inverse_of (GPtrArray *inverses)
{
  FermataEdit *group;

  if (inverses->len == 1)
    return fermata_edit_ref (g_ptr_array_index (inverses, 0));
  group = fermata_edit_new_group (NULL, 0);
  for (guint i = inverses->len; i > 0; i--)
    g_ptr_array_add (group->edits, fermata_edit_ref (g_ptr_array_index (inverses, i - 1)));
  return group;
}

gboolean
fermata_edit_fail_removed (GError **error)
{
  g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
                       _("What was removed from its document cannot be changed"));
  return FALSE;
}

/**
 * fermata_graph_apply_edit:
 * @self: a graph
 * @edit: what to change in the document that @self is in
 * @inverse: (out) (optional) (transfer full): an edit that takes back what
 *   this one did: applied as the next one, it restores every byte
 * @error: return location for an error
 *
 * Changes a document: all that the edit says, or nothing.
 *
 * [signal@Fermata.Graph::edited] is emitted on the document afterwards. While
 * an edit is being applied or told of, no other can be: handlers that want to
 * change something do it later.
 *
 * Returns: whether it was done; otherwise @error, of the domain
 *   [error@Fermata.ModelError], is set
 */
gboolean
fermata_graph_apply_edit (FermataGraph *self,
                          FermataEdit  *edit,
                          FermataEdit **inverse,
                          GError      **error)
{
  g_autoptr (GPtrArray) inverses = NULL;
  g_autoptr (FermataEdit) back = NULL;
  g_autoptr (FermataGraph) root = NULL;

  g_return_val_if_fail (FERMATA_IS_GRAPH (self), FALSE);
  g_return_val_if_fail (edit != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  root = g_object_ref (fermata_graph_get_root (self));
  if (root->owner != NULL)
    return fermata_edit_fail_removed (error);
  if (root->is_busy)
    {
      g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BUSY,
                           _("Another change is still being made"));
      return FALSE;
    }

  inverses = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_edit_unref);
  root->is_busy = TRUE;
  if (!apply_all (root, edit, inverses, error))
    {
      root->is_busy = FALSE;
      return FALSE;
    }
  back = inverse_of (inverses);
  fermata_graph_tell_edited (root, edit, back);
  root->is_busy = FALSE;
  if (inverse != NULL)
    *inverse = g_steal_pointer (&back);
  return TRUE;
}

/* The place that a step of a path means; G_MAXUINT if it is none. */
static guint
parse_index (const char *step,
             gsize       length)
{
  guint64 index = 0;

  if (length == 0 || length > 10 || (step[0] == '0' && length > 1))
    return G_MAXUINT;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (step[i]))
        return G_MAXUINT;
      index = index * 10 + (step[i] - '0');
    }
  return MIN (index, G_MAXUINT);
}

static gboolean
step_is (const char *step,
         gsize       length,
         const char *name)
{
  return strncmp (step, name, length) == 0 && name[length] == '\0';
}

/* One or two steps of a path from a graph or node; NULL: they lead nowhere. */
static gpointer
follow (gpointer     object,
        const char **path)
{
  const char *step = *path + 1;
  gsize length = strcspn (step, "/");
  const char *next = step + length;
  gsize next_length = *next == '/' ? strcspn (next + 1, "/") : 0;
  gboolean is_node = FERMATA_IS_NODE (object);

  if (step_is (step, length, "nodes") && next_length > 0)
    {
      *path = next + 1 + next_length;
      return is_node ? fermata_node_get_child (object, parse_index (next + 1, next_length))
                     : fermata_graph_get_node (object, parse_index (next + 1, next_length));
    }
  if (!is_node && step_is (step, length, "edges") && next_length > 0)
    {
      *path = next + 1 + next_length;
      return fermata_graph_get_edge (object, parse_index (next + 1, next_length));
    }
  *path = next;
  for (guint i = 0; is_node && i < fermata_node_get_n_bodies (object); i++)
    {
      if (step_is (step, length, fermata_node_get_body_name (object, i)))
        return fermata_node_get_body_at (object, i);
    }
  return NULL;
}

/**
 * fermata_graph_lookup_path:
 * @self: a document
 * @path: a JSON Pointer from its root
 * @rest: (out) (optional) (transfer none): the steps of @path that are left,
 *   within the members of what was found; empty if there are none
 *
 * Finds the innermost graph, node or edge that a path leads to or through.
 *
 * Returns: (transfer none) (type GObject): a graph, a node or an edge
 */
gpointer
fermata_graph_lookup_path (FermataGraph *self,
                           const char   *path,
                           const char  **rest)
{
  gpointer object = self;

  g_return_val_if_fail (FERMATA_IS_GRAPH (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  while (*path == '/' && !FERMATA_IS_EDGE (object))
    {
      const char *after = path;
      gpointer inner = follow (object, &after);

      if (inner == NULL)
        break;
      object = inner;
      path = after;
    }
  if (rest != NULL)
    *rest = path;
  return object;
}

gpointer
fermata_edit_find (FermataGraph *root,
                   const char   *path,
                   GType         type,
                   GError      **error)
{
  const char *rest;
  gpointer object = fermata_graph_lookup_path (root, path, &rest);

  if (*rest == '\0' && g_type_is_a (G_OBJECT_TYPE (object), type))
    return object;
  g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
               /* Translators: %s is a path such as /nodes/3 */
               _("There is nothing to change at “%s”"), path);
  return NULL;
}
