/* fermata-app-outline-tree.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-outline-tree.h"

#include <string.h>

/* Smaller graphs are unfolded as a whole. */
#define UNFOLD_BELOW 500

static GListModel *
make_bodies (FermataNode *node)
{
  GListStore *bodies = g_list_store_new (FERMATA_TYPE_GRAPH);
  guint n_bodies = fermata_node_get_n_bodies (node);

  for (guint i = 0; i < n_bodies; i++)
    g_list_store_append (bodies, fermata_node_get_body_at (node, i));

  return G_LIST_MODEL (bodies);
}

/* What is below an item (transfer full, nullable). */
static GListModel *
make_children (gpointer item,
               gpointer user_data)
{
  FermataNode *node = item;

  if (FERMATA_IS_GRAPH (item))
    return g_object_ref (fermata_graph_get_nodes (item));
  if (fermata_node_get_n_children (node) > 0)
    return g_object_ref (fermata_node_get_children (node));
  if (fermata_node_get_n_bodies (node) == 0)
    return NULL;
  if (fermata_node_get_n_bodies (node) > 1)
    return make_bodies (node);

  return g_object_ref (fermata_graph_get_nodes (fermata_node_get_body_at (node, 0)));
}

GtkTreeListModel *
fermata_app_outline_tree_new (FermataGraph *graph)
{
  gboolean unfold = fermata_graph_get_n_nodes (graph) < UNFOLD_BELOW;

  return gtk_tree_list_model_new (g_object_ref (fermata_graph_get_nodes (graph)), FALSE, unfold,
                                  make_children, NULL, NULL);
}

/* --- Finding ----------------------------------------------------------------- */

static guint
find_body (FermataNode  *owner,
           FermataGraph *body)
{
  guint n_bodies = fermata_node_get_n_bodies (owner);

  for (guint i = 0; i < n_bodies; i++)
    {
      if (fermata_node_get_body_at (owner, i) == body)
        return i;
    }

  return 0;
}

/* The places from the top down to a node, each among its siblings. */
static GArray *
find_way (FermataNode *node)
{
  GArray *way = g_array_new (FALSE, FALSE, sizeof (guint));

  while (node != NULL)
    {
      guint index = fermata_node_get_index (node);
      FermataNode *parent = fermata_node_get_parent (node);
      FermataGraph *graph = fermata_node_get_graph (node);
      FermataNode *owner = parent != NULL || graph == NULL ? NULL : fermata_graph_get_owner (graph);

      g_array_prepend_val (way, index);
      if (owner != NULL && fermata_node_get_n_bodies (owner) > 1)
        {
          index = find_body (owner, graph);
          g_array_prepend_val (way, index);
        }
      node = parent != NULL ? parent : owner;
    }

  return way;
}

GtkTreeListRow *
fermata_app_outline_tree_find (GtkTreeListModel *tree,
                               FermataNode      *node)
{
  g_autoptr (GArray) way = find_way (node);
  g_autoptr (GtkTreeListRow) row = NULL;
  g_autoptr (GObject) item = NULL;

  for (guint i = 0; i < way->len; i++)
    {
      guint index = g_array_index (way, guint, i);
      GtkTreeListRow *below;

      if (row != NULL)
        gtk_tree_list_row_set_expanded (row, TRUE);
      below = row == NULL ? gtk_tree_list_model_get_child_row (tree, index)
                          : gtk_tree_list_row_get_child_row (row, index);
      g_clear_object (&row);
      if (below == NULL)
        return NULL;
      row = below;
    }
  if (row == NULL)
    return NULL;

  item = gtk_tree_list_row_get_item (row);

  return item == (GObject *) node ? g_steal_pointer (&row) : NULL;
}

/* --- Searching --------------------------------------------------------------- */

static gboolean
holds (const char *text,
       const char *folded)
{
  g_autofree char *other = text == NULL ? NULL : g_utf8_casefold (text, -1);

  return other != NULL && strstr (other, folded) != NULL;
}

static gboolean
matches (FermataNode *node,
         const char  *folded)
{
  return holds (fermata_node_get_id (node), folded) || holds (fermata_node_get_label (node), folded)
         || holds (fermata_node_get_type_name (node), folded);
}

static void
search_graph (FermataGraph *graph,
              const char   *folded,
              guint         max,
              GPtrArray    *found,
              GPtrArray    *graphs)
{
  FermataNode *node = fermata_graph_get_node (graph, 0);

  for (; node != NULL && found->len < max; node = fermata_node_get_next (node))
    {
      guint n_bodies = fermata_node_get_n_bodies (node);

      if (matches (node, folded))
        g_ptr_array_add (found, node);
      for (guint i = 0; i < n_bodies; i++)
        g_ptr_array_add (graphs, fermata_node_get_body_at (node, i));
    }
}

/* A tree, so that rows are the same as ever. */
static GListModel *
make_none (gpointer item,
           gpointer user_data)
{
  return NULL;
}

GtkTreeListModel *
fermata_app_outline_tree_search (FermataGraph *graph,
                                 const char   *text,
                                 guint         max)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GPtrArray) graphs = g_ptr_array_new ();
  GListStore *nodes = g_list_store_new (FERMATA_TYPE_NODE);

  g_ptr_array_add (graphs, graph);
  for (guint i = 0; i < graphs->len && found->len < max; i++)
    search_graph (graphs->pdata[i], folded, max, found, graphs);
  g_list_store_splice (nodes, 0, 0, found->pdata, found->len);

  return gtk_tree_list_model_new (G_LIST_MODEL (nodes), FALSE, FALSE, make_none, NULL, NULL);
}
