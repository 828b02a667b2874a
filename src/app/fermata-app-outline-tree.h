/* fermata-app-outline-tree.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The nodes of a graph as a tree: below a state the states in it, below a node
 * the nodes of its body; of several bodies each is a row (a FermataGraph), and
 * the nodes are below that. Nothing is copied: a tree over 50,000 nodes costs
 * what is unfolded of it.
 */
GtkTreeListModel *fermata_app_outline_tree_new  (FermataGraph     *graph);

/* The row of a node, unfolding what it is in; NULL: it is not there (transfer
 * full). */
GtkTreeListRow   *fermata_app_outline_tree_find (GtkTreeListModel *tree,
                                                 FermataNode      *node);

/* Nodes whose id, label or type holds a text, as a tree of one level. No more
 * than @max of them. */
GtkTreeListModel *fermata_app_outline_tree_search (FermataGraph   *graph,
                                                   const char     *text,
                                                   guint           max);

G_END_DECLS
