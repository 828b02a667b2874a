/* fermata-edit-rename.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edit-private.h"

#include <glib/gi18n-lib.h>

#include "model/fermata-model-id.h"
#include "value/fermata-value-builder.h"

/* A rename: the id, and all that refers to the node by the id itself. */

typedef struct {
  const char *from;
  FermataValue *to;
  FermataEdit *group;
} Rename;

static gboolean
is_old_id (Rename       *rename,
           FermataValue *value)
{
  return fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING &&
         strcmp (fermata_value_get_string (value, NULL), rename->from) == 0;
}

/* An id or an array of ids with the id exchanged; NULL if it is not in it. */
static FermataValue *
exchange (Rename       *rename,
          FermataValue *value)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  gsize length = fermata_value_get_length (value);
  gboolean found = FALSE;

  if (is_old_id (rename, value))
    return fermata_value_ref (rename->to);
  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY)
    return NULL;
  for (gsize i = 0; i < length && !found; i++)
    found = is_old_id (rename, fermata_value_get_element (value, i));
  if (!found)
    return NULL;
  builder = fermata_value_builder_new_array ();
  for (gsize i = 0; i < length; i++)
    {
      FermataValue *element = fermata_value_get_element (value, i);

      fermata_value_builder_add (builder, is_old_id (rename, element) ? rename->to : element);
    }
  return fermata_value_builder_end (builder);
}

/* "initial" may also be an edge, with a target and actions. */
static FermataValue *
exchange_initial (Rename       *rename,
                  FermataValue *value)
{
  g_autoptr (FermataValue) to = NULL;

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT)
    return exchange (rename, value);
  if (fermata_value_get_member (value, "to") == NULL)
    return NULL;
  to = exchange (rename, fermata_value_get_member (value, "to"));
  return to != NULL ? fermata_value_with_member (value, "to", to) : NULL;
}

static void
add_set_member (Rename       *rename,
                gpointer      object,
                const char   *name,
                FermataValue *value)
{
  g_autofree char *path = fermata_object_dup_path (object);
  FermataEdit *edit = fermata_edit_new_set_member (path, name, value);

  edit->is_restoring = TRUE;
  g_ptr_array_add (rename->group->edits, edit);
}

static void
rename_in_member (Rename     *rename,
                  gpointer    object,
                  const char *name)
{
  FermataValue *old = fermata_value_get_member (fermata_object_get_members (object), name);
  g_autoptr (FermataValue) value = NULL;

  if (old != NULL)
    value = strcmp (name, "initial") == 0 ? exchange_initial (rename, old) : exchange (rename, old);
  if (value != NULL)
    add_set_member (rename, object, name, value);
}

static void
rename_references (Rename       *rename,
                   FermataGraph *graph)
{
  guint n_edges = fermata_graph_get_n_edges (graph);

  for (guint i = 0; i < n_edges; i++)
    {
      FermataEdge *edge = fermata_graph_get_edge (graph, i);

      rename_in_member (rename, edge, "from");
      rename_in_member (rename, edge, "to");
    }
  rename_in_member (rename, graph, "initial");
  for (FermataNode *node = fermata_graph_get_node (graph, 0); node != NULL;
       node = fermata_node_get_next (node))
    rename_in_member (rename, node, "initial");
}

/* The position keeps its place in the layout too. */
static void
rename_position (Rename       *rename,
                 FermataGraph *graph)
{
  FermataValue *layout = fermata_value_get_member (graph->members, "layout");
  FermataValue *nodes = layout != NULL ? fermata_value_get_member (layout, "nodes") : NULL;
  const char *names[] = { rename->from, fermata_value_get_string (rename->to, NULL) };
  g_autofree char *path = NULL;
  g_autoptr (FermataValue) null = NULL;
  FermataValue *values[2];
  gsize indices[] = { FERMATA_POSITION_NONE, 0 };
  FermataEdit *edit;

  if (nodes == NULL || !fermata_value_find_member (nodes, rename->from, &indices[1]))
    return;
  null = fermata_value_new_null ();
  values[0] = null;
  values[1] = fermata_value_get_member (nodes, rename->from);
  path = fermata_graph_dup_path (graph);
  edit = fermata_edit_new_for (FERMATA_EDIT_SET_POSITIONS, path);
  edit->value = fermata_value_new_object (names, values, 2);
  edit->indices = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_array_append_vals (edit->indices, indices, 2);
  edit->is_restoring = TRUE;
  g_ptr_array_add (rename->group->edits, edit);
}

FermataEdit *
fermata_edit_expand_rename (FermataGraph *root,
                            FermataEdit  *edit,
                            GError      **error)
{
  FermataNode *node = fermata_edit_find (root, edit->path, FERMATA_TYPE_NODE, error);
  g_autoptr (FermataValue) to = NULL;
  FermataGraph *graph;
  Rename rename;

  if (node == NULL)
    return NULL;
  if (!fermata_model_id_is_valid (edit->name, -1))
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_ID,
                   _("“%s” cannot be an id: an id is text without “/”, “#”, “>” and control characters"),
                   edit->name);
      return NULL;
    }
  graph = fermata_node_get_graph (node);
  if (strcmp (node->id, edit->name) == 0)
    return fermata_edit_new_group (NULL, 0);
  if (!fermata_edit_check_id_is_free (graph, edit->name, error))
    return NULL;

  to = fermata_value_new_string (edit->name, -1);
  rename = (Rename) { node->id, to, fermata_edit_new_group (NULL, 0) };
  add_set_member (&rename, node, "id", to);
  /* What names an id that several nodes have means the first of them. */
  if (fermata_graph_find_node (graph, node->id) == node)
    {
      rename_references (&rename, graph);
      rename_position (&rename, graph);
    }
  return rename.group;
}
