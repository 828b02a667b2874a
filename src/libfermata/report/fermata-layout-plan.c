/* fermata-layout-plan.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-layout-plan-private.h"

#include <math.h>
#include <string.h>

#include "format/fermata-dot-label-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"
#include "report/fermata-layout.h"
#include "value/fermata-value-builder.h"

/* Places are multiples of this. */
#define GRID 6.0

/* What a character of a label takes, and a line. */
#define CHARACTER 6.5
#define LINE 16.0

FermataLayoutItem *
fermata_layout_plan_get_item (FermataLayoutPlan *self,
                              guint              index)
{
  return &g_array_index (self->items, FermataLayoutItem, index);
}

FermataLayoutLink *
fermata_layout_plan_get_link (FermataLayoutPlan *self,
                              guint              index)
{
  return &g_array_index (self->links, FermataLayoutLink, index);
}

/* --- Items --------------------------------------------------------------- */

typedef struct {
  FermataLayoutPlan *plan;
  GHashTable *wanted;  /* ids; NULL: all */
  GHashTable *indices; /* node -> index + 1 */
  gboolean is_machine;
} Making;

static guint
find_index (Making      *self,
            FermataNode *node)
{
  gpointer index = node != NULL ? g_hash_table_lookup (self->indices, node) : NULL;

  return index != NULL ? GPOINTER_TO_UINT (index) - 1 : FERMATA_LAYOUT_NONE;
}

static void
note_origin (FermataLayoutPlan *plan,
             FermataNode       *node)
{
  double x, y;

  if (!plan->has_origin)
    return;
  plan->has_origin = fermata_node_get_position (node, &x, &y);
  if (!plan->has_origin)
    return;
  plan->origin_x = MIN (plan->origin_x, x);
  plan->origin_y = MIN (plan->origin_y, y);
}

static void
add_item (Making      *self,
          FermataNode *node)
{
  FermataLayoutItem item = { .parent = find_index (self, fermata_node_get_parent (node)) };
  guint number = self->plan->items->len + 1;

  if (item.parent == FERMATA_LAYOUT_NONE && self->wanted != NULL
      && !g_hash_table_contains (self->wanted, fermata_node_get_id (node)))
    return;
  item.id = g_strdup (fermata_node_get_id (node));
  item.is_parallel = g_strcmp0 (fermata_node_get_type_name (node), "parallel") == 0;
  fermata_layout_get_node_size (node, &item.width, &item.height);
  if (item.parent != FERMATA_LAYOUT_NONE)
    {
      FermataLayoutItem *parent = fermata_layout_plan_get_item (self->plan, item.parent);

      parent->n_children++;
      item.depth = parent->depth + 1;
    }
  g_hash_table_insert (self->indices, node, GUINT_TO_POINTER (number));
  g_array_append_val (self->plan->items, item);
  note_origin (self->plan, node);
}

static void
add_items (Making       *self,
           FermataGraph *graph)
{
  FermataNode *node = fermata_graph_get_n_nodes (graph) > 0 ? fermata_graph_get_node (graph, 0) : NULL;

  for (; node != NULL; node = fermata_node_get_next (node))
    add_item (self, node);
}

static void
measure_label (const char        *label,
               FermataLayoutLink *link)
{
  glong longest = 0;
  guint n_lines = 0;

  for (const char *line = label; line != NULL && *line != '\0'; n_lines++)
    {
      const char *end = strchr (line, '\n');

      longest = MAX (longest, g_utf8_strlen (line, end != NULL ? end - line : -1));
      line = end != NULL ? end + 1 : NULL;
    }
  link->width = n_lines > 0 ? (double) longest * CHARACTER + 18 : 0;
  link->height = n_lines * LINE;
}

static void
add_links (Making       *self,
           FermataGraph *graph)
{
  guint n_edges = fermata_graph_get_n_edges (graph);

  for (guint i = 0; i < n_edges; i++)
    {
      FermataEdge *edge = fermata_graph_get_edge (graph, i);
      FermataLayoutLink link = { .from = find_index (self, fermata_edge_get_source (edge)) };
      g_autofree char *label = NULL;

      if (link.from == FERMATA_LAYOUT_NONE)
        continue;
      label = fermata_dot_dup_edge_label (edge, self->is_machine);
      measure_label (label, &link);
      for (guint j = 0; j < fermata_edge_get_n_targets (edge); j++)
        {
          link.to = find_index (self, fermata_edge_get_target (edge, j));
          if (link.to != FERMATA_LAYOUT_NONE && link.to != link.from)
            g_array_append_val (self->plan->links, link);
        }
    }
}

/* --- Initial states ------------------------------------------------------ */

static void
mark_initial (Making       *self,
              FermataGraph *graph,
              FermataValue *initial,
              guint         first)
{
  FermataNode *node = NULL;
  guint index;

  if (initial != NULL && fermata_value_get_kind (initial) == FERMATA_VALUE_KIND_OBJECT)
    initial = fermata_value_get_member (initial, "to");
  if (initial != NULL && fermata_value_get_kind (initial) == FERMATA_VALUE_KIND_STRING)
    node = fermata_graph_find_node (graph, fermata_value_get_string (initial, NULL));
  index = node != NULL ? find_index (self, node) : first;
  if (index != FERMATA_LAYOUT_NONE)
    fermata_layout_plan_get_item (self->plan, index)->is_initial = TRUE;
}

static void
mark_all_initial (Making       *self,
                  FermataGraph *graph)
{
  FermataNode *node = fermata_graph_get_n_nodes (graph) > 0 ? fermata_graph_get_node (graph, 0) : NULL;

  if (node == NULL)
    return;
  mark_initial (self, graph, fermata_graph_get_member (graph, "initial"), find_index (self, node));
  for (; node != NULL; node = fermata_node_get_next (node))
    {
      if (fermata_node_get_n_children (node) > 0 && find_index (self, node) != FERMATA_LAYOUT_NONE
          && g_strcmp0 (fermata_node_get_type_name (node), "parallel") != 0)
        mark_initial (self, graph, fermata_node_get_member (node, "initial"),
                      find_index (self, fermata_node_get_child (node, 0)));
    }
}

/* --- The plan ------------------------------------------------------------ */

static GHashTable *
make_set (const char *const *ids)
{
  GHashTable *set = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (set, (char *) ids[i]);

  return set;
}

static void
clear_item (gpointer item)
{
  g_free (((FermataLayoutItem *) item)->id);
}

FermataLayoutPlan *
fermata_layout_plan_new (FermataGraph      *graph,
                         const char *const *only)
{
  FermataLayoutPlan *self = g_new0 (FermataLayoutPlan, 1);
  g_autoptr (GHashTable) wanted = only != NULL ? make_set (only) : NULL;
  g_autoptr (GHashTable) indices = g_hash_table_new (NULL, NULL);
  Making making = { self, wanted, indices,
                    fermata_graph_get_kind (graph) == FERMATA_GRAPH_KIND_FSM };

  self->items = g_array_new (FALSE, FALSE, sizeof (FermataLayoutItem));
  g_array_set_clear_func (self->items, clear_item);
  self->links = g_array_new (FALSE, FALSE, sizeof (FermataLayoutLink));
  self->has_origin = wanted != NULL;
  self->origin_x = self->origin_y = G_MAXDOUBLE;
  add_items (&making, graph);
  add_links (&making, graph);
  if (making.is_machine)
    mark_all_initial (&making, graph);
  if (!self->has_origin || self->items->len == 0)
    self->origin_x = self->origin_y = 0;

  return self;
}

void
fermata_layout_plan_free (FermataLayoutPlan *self)
{
  g_array_unref (self->items);
  g_array_unref (self->links);
  g_free (self);
}

static void
include (FermataLayoutItem *box,
         double             left,
         double             top,
         double             right,
         double             bottom)
{
  double old_right = box->x + box->width;
  double old_bottom = box->y + box->height;

  box->x = MIN (box->x, left);
  box->y = MIN (box->y, top);
  box->width = MAX (old_right, right) - box->x;
  box->height = MAX (old_bottom, bottom) - box->y;
}

/* Those in a state come after it, so that from the end on all that is in a box
 * has its place when the box is made. */
void
fermata_layout_plan_wrap (FermataLayoutPlan *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      FermataLayoutItem *item = fermata_layout_plan_get_item (self, i);

      if (item->n_children > 0)
        {
          item->x = item->y = G_MAXDOUBLE / 4;
          item->width = item->height = -G_MAXDOUBLE / 2;
        }
    }
  for (guint i = self->items->len; i > 0; i--)
    {
      FermataLayoutItem *item = fermata_layout_plan_get_item (self, i - 1);
      double before = item->is_initial ? FERMATA_LAYOUT_DOT + FERMATA_LAYOUT_DOT_GAP : 0;

      if (item->parent != FERMATA_LAYOUT_NONE)
        include (fermata_layout_plan_get_item (self, item->parent),
                 item->x - before - FERMATA_LAYOUT_PADDING,
                 item->y - FERMATA_LAYOUT_PADDING - FERMATA_LAYOUT_HEADER,
                 item->x + item->width + FERMATA_LAYOUT_PADDING,
                 item->y + item->height + FERMATA_LAYOUT_PADDING);
    }
}

static double
to_grid (double length)
{
  return round (length / GRID) * GRID;
}

/* The first of several nodes with the same id has the place. */
static void
set_position (FermataValueBuilder *builder,
              GHashTable          *seen,
              FermataLayoutItem   *item,
              double               left,
              double               top)
{
  g_autoptr (FermataValue) x = NULL;
  g_autoptr (FermataValue) y = NULL;
  g_autoptr (FermataValue) position = NULL;

  if (*item->id == '\0' || !g_hash_table_add (seen, item->id))
    return;
  x = fermata_value_new_integer ((gint64) to_grid (item->x - left));
  y = fermata_value_new_integer ((gint64) to_grid (item->y - top));
  position = fermata_value_new_array ((FermataValue *const[]) { x, y }, 2);
  fermata_value_builder_set (builder, item->id, position);
}

FermataValue *
fermata_layout_plan_dup_positions (FermataLayoutPlan *self)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  double left = G_MAXDOUBLE;
  double top = G_MAXDOUBLE;

  for (guint i = 0; i < self->items->len; i++)
    {
      left = MIN (left, fermata_layout_plan_get_item (self, i)->x);
      top = MIN (top, fermata_layout_plan_get_item (self, i)->y);
    }
  for (guint i = 0; i < self->items->len; i++)
    set_position (builder, seen, fermata_layout_plan_get_item (self, i), left - self->origin_x,
                  top - self->origin_y);

  return fermata_value_builder_end (builder);
}
