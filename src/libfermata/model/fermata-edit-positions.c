/* fermata-edit-positions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edit-private.h"

#include <glib/gi18n-lib.h>

#include "value/fermata-value-private.h"

/* Where nodes are drawn: the graph's "layout", in its member "nodes". */

static gboolean
is_object (FermataValue *value)
{
  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_OBJECT;
}

static gboolean
is_coordinate (FermataValue *value)
{
  FermataValueKind kind = fermata_value_get_kind (value);

  return kind == FERMATA_VALUE_KIND_INTEGER || kind == FERMATA_VALUE_KIND_NUMBER;
}

static gboolean
is_position (FermataValue *value)
{
  return fermata_value_get_kind (value) == FERMATA_VALUE_KIND_ARRAY &&
         fermata_value_get_length (value) == 2 &&
         is_coordinate (fermata_value_get_element (value, 0)) &&
         is_coordinate (fermata_value_get_element (value, 1));
}

static gboolean
check_positions (FermataValue *positions,
                 GError      **error)
{
  gsize length = fermata_value_get_length (positions);

  for (gsize i = 0; is_object (positions) && i < length; i++)
    {
      FermataValue *position = fermata_value_get_element (positions, i);

      if (fermata_value_is_null (position) || is_position (position))
        continue;
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                   _("The position of “%s” is not an array of two numbers"),
                   fermata_value_get_member_name (positions, i));
      return FALSE;
    }
  if (is_object (positions))
    return TRUE;
  g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                       _("Positions are an object: id and an array of two numbers"));
  return FALSE;
}

/* Where the position at @index of the edit's goes if it is not there yet. */
static gsize
get_place (FermataEdit *edit,
           gsize        index)
{
  if (edit->indices != NULL)
    return g_array_index (edit->indices, gsize, index);
  if (fermata_value_is_null (fermata_value_get_element (edit->value, index)))
    return FERMATA_POSITION_NONE;
  return FERMATA_MEMBER_AT_END;
}

static void
take_member (FermataValueBuilder *builder,
             FermataValue        *names,
             gsize                index,
             FermataValue        *value)
{
  FermataKey *key = (FermataKey *) fermata_value_get_key (names, index);

  fermata_value_builder_take_key (builder, key, fermata_value_ref (value));
}

/* Adds those of the edit's that are new and belong before the next old one. */
static void
take_new (FermataValueBuilder *builder,
          FermataEdit         *edit,
          GArray              *additions,
          guint               *next,
          gsize               *n_taken,
          gboolean             all)
{
  while (*next < additions->len)
    {
      gsize index = g_array_index (additions, gsize, *next);

      if (!all && get_place (edit, index) > *n_taken)
        return;
      take_member (builder, edit->value, index, fermata_value_get_element (edit->value, index));
      (*next)++;
      (*n_taken)++;
    }
}

static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      edit)
{
  const gsize *i = a;
  const gsize *j = b;
  gsize place = get_place (edit, *i);
  gsize other = get_place (edit, *j);

  if (place != other)
    return place < other ? -1 : 1;
  return *i < *j ? -1 : 1;
}

/* The indices of those of the edit's that @nodes has not, by their places. */
static GArray *
find_additions (FermataEdit  *edit,
                FermataValue *nodes)
{
  GArray *additions = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize length = fermata_value_get_length (edit->value);

  for (gsize i = 0; i < length; i++)
    {
      const FermataKey *key = fermata_value_get_key (edit->value, i);
      gsize index;

      if (get_place (edit, i) != FERMATA_POSITION_NONE &&
          !fermata_value_find_name (nodes, key->text, key->length, &index))
        g_array_append_val (additions, i);
    }
  g_array_sort_with_data (additions, compare_places, edit);
  return additions;
}

static FermataValue *
merge_positions (FermataEdit  *edit,
                 FermataValue *nodes)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (GArray) additions = find_additions (edit, nodes);
  gsize length = fermata_value_get_length (nodes);
  gsize n_taken = 0;
  guint next = 0;

  for (gsize i = 0; i < length; i++)
    {
      const FermataKey *key = fermata_value_get_key (nodes, i);
      FermataValue *value = fermata_value_get_element (nodes, i);
      gsize index;

      take_new (builder, edit, additions, &next, &n_taken, FALSE);
      if (fermata_value_find_name (edit->value, key->text, key->length, &index))
        {
          if (get_place (edit, index) == FERMATA_POSITION_NONE)
            continue;
          value = fermata_value_get_element (edit->value, index);
        }
      take_member (builder, nodes, i, value);
      n_taken++;
    }
  take_new (builder, edit, additions, &next, &n_taken, TRUE);
  return fermata_value_builder_end (builder);
}

/* What the positions that the edit names were, and where. */
static FermataEdit *
new_inverse (FermataEdit  *edit,
             FermataValue *nodes)
{
  FermataEdit *inverse = fermata_edit_new_for (FERMATA_EDIT_SET_POSITIONS, edit->path);
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) null = fermata_value_new_null ();
  gsize length = fermata_value_get_length (edit->value);

  inverse->indices = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (gsize i = 0; i < length; i++)
    {
      const FermataKey *key = fermata_value_get_key (edit->value, i);
      FermataValue *old = null;
      gsize index = FERMATA_POSITION_NONE;

      if (fermata_value_find_name (nodes, key->text, key->length, &index))
        old = fermata_value_get_element (nodes, index);
      take_member (builder, edit->value, i, old);
      g_array_append_val (inverse->indices, index);
    }
  inverse->value = fermata_value_builder_end (builder);
  return inverse;
}

/* Puts back the whole layout: for one that had no positions yet. */
static FermataEdit *
new_whole_inverse (FermataEdit  *edit,
                   FermataValue *layout)
{
  FermataEdit *inverse =
    fermata_edit_new_for (layout != NULL ? FERMATA_EDIT_SET_MEMBER : FERMATA_EDIT_UNSET_MEMBER, edit->path);

  inverse->name = g_strdup ("layout");
  inverse->value = layout != NULL ? fermata_value_ref (layout) : NULL;
  return inverse;
}

static void
set_layout (FermataGraph *graph,
            FermataValue *layout,
            FermataValue *nodes)
{
  g_autoptr (FermataValue) none = fermata_value_new_empty_object ();
  g_autoptr (FermataValue) new_layout = NULL;
  g_autoptr (FermataValue) members = NULL;

  new_layout = fermata_value_with_member (layout != NULL ? layout : none, "nodes", nodes);
  members = fermata_value_with_member (graph->members, "layout", new_layout);
  fermata_graph_set_members (graph, members);
  fermata_object_notify_member (graph, "layout");
}

FermataEdit *
fermata_edit_set_positions (FermataGraph *root,
                            FermataEdit  *edit,
                            GError      **error)
{
  FermataGraph *graph = fermata_edit_find (root, edit->path, FERMATA_TYPE_GRAPH, error);
  g_autoptr (FermataValue) new_nodes = NULL;
  g_autoptr (FermataValue) none = fermata_value_new_empty_object ();
  FermataValue *layout;
  FermataValue *nodes;
  FermataEdit *inverse;

  if (graph == NULL || (!edit->is_restoring && !check_positions (edit->value, error)))
    return NULL;
  layout = fermata_value_get_member (graph->members, "layout");
  nodes = layout != NULL ? fermata_value_get_member (layout, "nodes") : NULL;
  if ((layout != NULL && !is_object (layout)) || (nodes != NULL && !is_object (nodes)))
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_MEMBER,
                   _("The “layout” at “%s” is no object with an object “nodes”"), edit->path);
      return NULL;
    }

  inverse = nodes != NULL ? new_inverse (edit, nodes) : new_whole_inverse (edit, layout);
  new_nodes = merge_positions (edit, nodes != NULL ? nodes : none);
  set_layout (graph, layout, new_nodes);
  return inverse;
}

/**
 * fermata_node_get_position:
 * @self: a node
 * @x: (out) (optional): where it is drawn, from left to right
 * @y: (out) (optional): and from top to bottom
 *
 * Where the node is drawn, as its graph's layout says.
 *
 * Returns: whether the layout knows
 */
gboolean
fermata_node_get_position (FermataNode *self,
                           double      *x,
                           double      *y)
{
  FermataGraph *graph;
  FermataValue *layout;
  FermataValue *nodes = NULL;
  FermataValue *position = NULL;

  g_return_val_if_fail (FERMATA_IS_NODE (self), FALSE);

  graph = fermata_node_get_graph (self);
  layout = graph != NULL ? fermata_value_get_member (graph->members, "layout") : NULL;
  if (layout != NULL)
    nodes = fermata_value_get_member (layout, "nodes");
  if (nodes != NULL)
    position = fermata_value_get_member (nodes, self->id);
  if (position == NULL || !is_position (position))
    return FALSE;
  if (x != NULL)
    *x = fermata_value_get_number (fermata_value_get_element (position, 0));
  if (y != NULL)
    *y = fermata_value_get_number (fermata_value_get_element (position, 1));
  return TRUE;
}
