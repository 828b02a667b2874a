/* fermata-edits-chosen.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-edits-private.h"

#include <glib/gi18n-lib.h>

void
fermata_chosen_free (FermataChosen *self)
{
  g_ptr_array_unref (self->tops);
  g_hash_table_unref (self->nodes);
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->edges);
  g_free (self);
}

static gboolean
choose (FermataChosen *self,
        gpointer       object,
        GError       **error)
{
  if (FERMATA_IS_NODE (object) && fermata_node_get_graph (object) == self->graph)
    g_hash_table_add (self->nodes, object);
  else if (FERMATA_IS_EDGE (object) && fermata_edge_get_graph (object) == self->graph)
    g_hash_table_add (self->edges, object);
  else
    {
      g_set_error_literal (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
                           _("Not all that was chosen is in this graph"));
      return FALSE;
    }
  return TRUE;
}

/* In document order a node comes after what it is in. */
static void
add_nested (FermataChosen *self)
{
  for (FermataNode *node = fermata_graph_get_node (self->graph, 0); node != NULL;
       node = fermata_node_get_next (node))
    {
      FermataNode *parent = fermata_node_get_parent (node);

      if (parent != NULL && g_hash_table_contains (self->nodes, parent))
        g_hash_table_add (self->nodes, node);
      else if (g_hash_table_contains (self->nodes, node))
        g_ptr_array_add (self->tops, node);
      else
        continue;
      if (fermata_graph_find_node (self->graph, node->id) == node)
        g_hash_table_add (self->ids, (gpointer) node->id);
    }
}

FermataChosen *
fermata_chosen_new (FermataGraph *graph,
                    GPtrArray    *objects,
                    GError      **error)
{
  g_autoptr (FermataChosen) self = g_new0 (FermataChosen, 1);

  self->graph = graph;
  self->tops = g_ptr_array_new ();
  self->nodes = g_hash_table_new (NULL, NULL);
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->edges = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < objects->len; i++)
    {
      if (!choose (self, g_ptr_array_index (objects, i), error))
        return NULL;
    }
  if (g_hash_table_size (self->nodes) > 0)
    add_nested (self);
  return g_steal_pointer (&self);
}

void
fermata_edit_add (FermataEdit *group,
                  FermataEdit *edit)
{
  g_ptr_array_add (group->edits, edit);
}
