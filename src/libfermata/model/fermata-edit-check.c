/* fermata-edit-check.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edit-private.h"

#include <glib/gi18n-lib.h>

#include "model/fermata-model-id.h"

/* What an edit brings in must be valid; what a document holds already need
 * not be. */

static gboolean
refuse_id (const char *id,
           GError    **error)
{
  g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_ID,
               _("“%s” cannot be an id: an id is text without “/”, “#”, “>” and control characters"), id);
  return FALSE;
}

static gboolean
refuse_duplicate (const char *id,
                  GError    **error)
{
  g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_DUPLICATE_ID,
               _("There is something called “%s” already"), id);
  return FALSE;
}

/* The member itself, which may hold U+0000. */
static gboolean
check_id_member (FermataValue *members,
                 GError      **error)
{
  FermataValue *value = fermata_value_get_member (members, "id");
  const char *id;
  gsize length;

  if (value == NULL || fermata_value_get_kind (value) != FERMATA_VALUE_KIND_STRING)
    {
      g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_ID,
                           _("There is a node without an “id”, or with one that is no string"));
      return FALSE;
    }
  id = fermata_value_get_string (value, &length);
  return fermata_model_id_is_valid (id, length) || refuse_id (id, error);
}

gboolean
fermata_edit_check_id_is_free (FermataGraph *graph,
                               const char   *id,
                               GError      **error)
{
  return fermata_graph_find_node (graph, id) == NULL || refuse_duplicate (id, error);
}

gboolean
fermata_edit_check_ids_are_free (FermataGraph *graph,
                                 FermataNode  *top,
                                 GError      **error)
{
  for (FermataNode *node = top; node != NULL; node = fermata_node_get_next_within (top, node))
    {
      if (!fermata_edit_check_id_is_free (graph, node->id, error))
        return FALSE;
    }
  return TRUE;
}

/* One node of a namespace; its bodies are namespaces to check later. */
static gboolean
check_new_node (FermataNode *node,
                GHashTable  *ids,
                GPtrArray   *bodies,
                GError     **error)
{
  if (!check_id_member (node->members, error))
    return FALSE;
  if (!g_hash_table_add (ids, (gpointer) node->id))
    return refuse_duplicate (node->id, error);
  for (guint i = 0; i < fermata_node_get_n_bodies (node); i++)
    g_ptr_array_add (bodies, fermata_node_get_body_at (node, i));
  return TRUE;
}

static gboolean
check_bodies (GPtrArray *bodies,
              GError   **error)
{
  while (bodies->len > 0)
    {
      FermataGraph *body = g_ptr_array_steal_index_fast (bodies, bodies->len - 1);
      g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

      for (FermataNode *node = fermata_graph_get_node (body, 0); node != NULL;
           node = fermata_node_get_next (node))
        {
          if (!check_new_node (node, ids, bodies, error))
            return FALSE;
        }
    }
  return TRUE;
}

gboolean
fermata_edit_check_new_node (FermataGraph *graph,
                             FermataNode  *top,
                             GError      **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new ();

  for (FermataNode *node = top; node != NULL; node = fermata_node_get_next_within (top, node))
    {
      if (!check_new_node (node, ids, bodies, error))
        return FALSE;
    }
  return fermata_edit_check_ids_are_free (graph, top, error) && check_bodies (bodies, error);
}

gboolean
fermata_edit_check_new_body (FermataGraph *body,
                             GError      **error)
{
  g_autoptr (GPtrArray) bodies = g_ptr_array_new ();

  g_ptr_array_add (bodies, body);
  return check_bodies (bodies, error);
}

static gboolean
is_string (FermataValue *value)
{
  return fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING;
}

static gboolean
is_strings (FermataValue *value)
{
  gsize length = fermata_value_get_length (value);

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!is_string (fermata_value_get_element (value, i)))
        return FALSE;
    }
  return TRUE;
}

gboolean
fermata_edit_check_edge_member (FermataGraph *graph,
                                FermataEdge  *edge,
                                const char   *name,
                                FermataValue *value,
                                GError      **error)
{
  FermataEdge *other;
  gsize length;

  if (strcmp (name, "from") == 0 && !is_string (value))
    g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                         _("An edge comes “from” the id of a node"));
  else if (strcmp (name, "to") == 0 && !is_string (value) && !is_strings (value))
    g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                         _("An edge goes “to” the id of a node, or an array of ids"));
  else if (strcmp (name, "id") == 0)
    {
      const char *id = is_string (value) ? fermata_value_get_string (value, &length) : "";

      if (!is_string (value) || !fermata_model_id_is_valid (id, length))
        return refuse_id (id, error);
      other = fermata_graph_find_edge (graph, id);
      return other == NULL || other == edge || refuse_duplicate (id, error);
    }
  else
    return TRUE;
  return FALSE;
}

gboolean
fermata_edit_check_edge (FermataGraph *graph,
                         FermataEdge  *edge,
                         GError      **error)
{
  static const char *const names[] = { "from", "to", "id" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      FermataValue *value = fermata_value_get_member (edge->members, names[i]);

      if (value != NULL && !fermata_edit_check_edge_member (graph, edge, names[i], value, error))
        return FALSE;
    }
  if (fermata_value_get_member (edge->members, "from") != NULL)
    return TRUE;
  g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_BAD_VALUE,
                       _("An edge comes “from” the id of a node"));
  return FALSE;
}
