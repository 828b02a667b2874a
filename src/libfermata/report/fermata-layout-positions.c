/* fermata-layout-positions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-layout.h"

#include <glib/gi18n-lib.h>

#include "format/fermata-dot-label-private.h"
#include "format/fermata-dot-private.h"
#include "model/fermata-node.h"
#include "report/fermata-layout-plan-private.h"
#include "value/fermata-value.h"

/* More nodes than these are laid out in the simple way: Graphviz would need
 * minutes for layers. */
#define MAX_NODES 1500

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
  g_return_if_fail (FERMATA_IS_NODE (node));
  g_return_if_fail (width != NULL && height != NULL);

  fermata_dot_get_node_size (node, width, height);
}

/* --- As DOT -------------------------------------------------------------- */

static void
write_size (GString           *dot,
            FermataLayoutItem *item,
            guint              number)
{
  char width[G_ASCII_DTOSTR_BUF_SIZE];
  char height[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (width, sizeof width, "%.4f", item->width / 72);
  g_ascii_formatd (height, sizeof height, "%.4f", item->height / 72);
  g_string_append_printf (dot, "n%u [width=%s height=%s]\n", number, width, height);
  if (item->is_initial)
    g_string_append_printf (dot, "i%u [width=0.25 height=0.25]\ni%u->n%u [weight=10 minlen=1]\n", number,
                            number, number);
}

/* Items come in the order in which boxes open and close. */
static void
write_items (GString           *dot,
             FermataLayoutPlan *plan)
{
  guint depth = 0;

  for (guint i = 0; i < plan->items->len; i++)
    {
      FermataLayoutItem *item = fermata_layout_plan_get_item (plan, i);

      for (; depth > item->depth; depth--)
        g_string_append (dot, "}\n");
      if (item->n_children == 0)
        {
          write_size (dot, item, i);
          continue;
        }
      g_string_append_printf (dot, "subgraph cluster%u { label=<<table border=\"0\" cellborder=\"0\" "
                                   "fixedsize=\"true\" width=\"96\" height=\"%d\"><tr><td></td></tr></table>>\n",
                              i, FERMATA_LAYOUT_HEADER);
      depth++;
    }
  for (; depth > 0; depth--)
    g_string_append (dot, "}\n");
}

/* An edge that ends at a box does so at the first node in it. */
static guint
find_leaf (FermataLayoutPlan *plan,
           guint              index)
{
  while (fermata_layout_plan_get_item (plan, index)->n_children > 0)
    index++;

  return index;
}

/* The first initial one, which nothing else leads to. */
static gpointer
find_first (FermataLayoutPlan *plan)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      FermataLayoutItem *item = fermata_layout_plan_get_item (plan, i);

      if (item->is_initial && item->depth == 0)
        return GUINT_TO_POINTER (find_leaf (plan, i) + 1);
    }

  return NULL;
}

/* Leaves stand for nodes of the picture here: only whether they are the same
 * counts. */
static GArray *
make_arrows (FermataLayoutPlan *plan)
{
  GArray *arrows = g_array_new (FALSE, FALSE, sizeof (FermataDotArrow));

  for (guint i = 0; i < plan->links->len; i++)
    {
      FermataLayoutLink *link = fermata_layout_plan_get_link (plan, i);
      FermataDotArrow arrow = { .target = i };

      arrow.start = GUINT_TO_POINTER (find_leaf (plan, link->from) + 1);
      arrow.end = GUINT_TO_POINTER (find_leaf (plan, link->to) + 1);
      if (arrow.start != arrow.end)
        g_array_append_val (arrows, arrow);
    }
  fermata_dot_find_cycles ((FermataDotArrow *) (gpointer) arrows->data, arrows->len, find_first (plan));

  return arrows;
}

static void
write_links (GString           *dot,
             FermataLayoutPlan *plan)
{
  g_autoptr (GArray) arrows = make_arrows (plan);

  for (guint i = 0; i < arrows->len; i++)
    {
      FermataDotArrow *arrow = &g_array_index (arrows, FermataDotArrow, i);
      FermataLayoutLink *link = fermata_layout_plan_get_link (plan, arrow->target);
      guint from = GPOINTER_TO_UINT (arrow->is_back ? arrow->end : arrow->start) - 1;
      guint to = GPOINTER_TO_UINT (arrow->is_back ? arrow->start : arrow->end) - 1;

      g_string_append_printf (dot, "n%u->n%u", from, to);
      if (link->width > 0)
        g_string_append_printf (dot, " [label=<<table border=\"0\" fixedsize=\"true\" width=\"%d\" "
                                     "height=\"%d\"><tr><td></td></tr></table>>]",
                                (int) link->width, (int) link->height);
      g_string_append_c (dot, '\n');
    }
}

static GBytes *
write_dot (FermataLayoutPlan *plan)
{
  GString *dot = g_string_new (NULL);

  g_string_append_printf (dot,
                          "digraph {\nrankdir=LR nodesep=%.2f ranksep=%.2f splines=none margin=0 pad=0\n"
                          "graph [margin=%d]\nnode [shape=box fixedsize=true label=\"\"]\nedge [arrowhead=none]\n",
                          FERMATA_LAYOUT_GAP / 72.0, FERMATA_LAYOUT_COLUMN_GAP / 72.0, FERMATA_LAYOUT_PADDING);
  write_items (dot, plan);
  write_links (dot, plan);
  g_string_append (dot, "}\n");

  return g_string_free_to_bytes (dot);
}

/* --- From the drawing ---------------------------------------------------- */

static gboolean
take_place (FermataLayoutPlan           *plan,
            const FermataDrawingElement *element)
{
  guint64 number;

  if (element->name[0] != 'n'
      || !g_ascii_string_to_unsigned (element->name + 1, 10, 0, plan->items->len - 1, &number, NULL))
    return FALSE;
  fermata_layout_plan_get_item (plan, (guint) number)->x = element->x;
  fermata_layout_plan_get_item (plan, (guint) number)->y = element->y;

  return TRUE;
}

static gboolean
take_places (FermataLayoutPlan *plan,
             FermataDrawing    *drawing)
{
  guint n_elements = fermata_drawing_get_n_elements (drawing);
  guint n_places = 0;
  guint n_leaves = 0;

  for (guint i = 0; i < n_elements; i++)
    {
      const FermataDrawingElement *element = fermata_drawing_get_element (drawing, i);

      if (element->kind == FERMATA_DRAWING_NODE)
        n_places += take_place (plan, element);
    }
  for (guint i = 0; i < plan->items->len; i++)
    n_leaves += fermata_layout_plan_get_item (plan, i)->n_children == 0;

  return n_places == n_leaves;
}

/* What a task gives. */
typedef struct {
  FermataValue *positions;
  char *reason;
} Found;

static void
found_free (gpointer data)
{
  Found *self = data;

  g_clear_pointer (&self->positions, fermata_value_unref);
  g_free (self->reason);
  g_free (self);
}

static void
return_simple (GTask      *task,
               const char *reason)
{
  FermataLayoutPlan *plan = g_task_get_task_data (task);
  Found *found = g_new0 (Found, 1);

  fermata_layout_plan_place_simply (plan);
  found->positions = fermata_layout_plan_dup_positions (plan);
  found->reason = g_strdup (reason);
  g_task_return_pointer (task, found, found_free);
}

static void
on_drawing (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataDrawing) drawing = fermata_layout_drawing_finish (result, &error);
  FermataLayoutPlan *plan = g_task_get_task_data (task);
  Found *found;

  if (drawing == NULL)
    {
      if (!g_task_return_error_if_cancelled (task))
        return_simple (task, error->message);
      return;
    }
  if (!take_places (plan, drawing))
    {
      return_simple (task, _("Graphviz gave no place to some nodes"));
      return;
    }

  fermata_layout_plan_wrap (plan);
  found = g_new0 (Found, 1);
  found->positions = fermata_layout_plan_dup_positions (plan);
  g_task_return_pointer (task, found, found_free);
}

static void
free_plan (gpointer plan)
{
  fermata_layout_plan_free (plan);
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
  g_autoptr (GBytes) dot = NULL;
  FermataLayoutPlan *plan;

  g_return_if_fail (FERMATA_IS_GRAPH (graph));

  task = g_task_new (graph, cancellable, callback, user_data);
  g_task_set_source_tag (task, fermata_layout_positions_async);
  plan = fermata_layout_plan_new (graph, only);
  g_task_set_task_data (task, plan, free_plan);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (plan->items->len > MAX_NODES)
    {
      g_autofree char *reason = g_strdup_printf (_("There are more than %d nodes"), MAX_NODES);

      return_simple (task, reason);
      return;
    }

  dot = write_dot (plan);
  fermata_layout_drawing_async (dot, timeout, cancellable, on_drawing, g_steal_pointer (&task));
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
  FermataValue *positions;
  Found *found;

  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_task_get_source_tag (G_TASK (result)) == fermata_layout_positions_async, NULL);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (reason != NULL)
    *reason = found != NULL ? g_steal_pointer (&found->reason) : NULL;
  if (found == NULL)
    return NULL;
  positions = g_steal_pointer (&found->positions);
  found_free (found);

  return positions;
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
  FermataLayoutPlan *plan;
  FermataValue *positions;

  g_return_val_if_fail (FERMATA_IS_GRAPH (graph), NULL);

  plan = fermata_layout_plan_new (graph, only);
  fermata_layout_plan_place_simply (plan);
  positions = fermata_layout_plan_dup_positions (plan);
  fermata_layout_plan_free (plan);

  return positions;
}
