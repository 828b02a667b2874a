/* fermata-layout-simple.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-layout-plan-private.h"

#include <math.h>

#include "report/fermata-layout.h"

/*
 * What stands beside each other is put in columns, each item right of those that
 * lead to it; an edge that closes a cycle does not count. Level by level, the
 * innermost first, so that the size of a state with states in it is known before
 * it gets its own place. Takes time that grows with items and edges, and the
 * depth of what an edge crosses.
 */

/* More items than this in a column, and there are two. */
#define MIN_ROWS 24

/* What labels may add to what is between two columns. */
#define MAX_LABEL 240.0

/* An edge as it is seen among items beside each other. */
typedef struct {
  guint parent;
  guint from;
  guint to;
  double width;
} Lifted;

typedef struct {
  FermataLayoutPlan *plan;
  GArray *lifted;    /* of Lifted, by parent, from */
  GArray *children;  /* of guint: the items of all levels, by parent */
  guint *first_link; /* by item: where its lifted links begin */
  guint *layer;
  guint *slot; /* its place in its column */
  double *pull;
  guint8 *mark;
} Placing;

static guint
parent_key (guint parent)
{
  return parent + 1; /* FERMATA_LAYOUT_NONE comes first */
}

/* --- Edges, as each level sees them -------------------------------------- */

static gboolean
lift (FermataLayoutPlan       *plan,
      const FermataLayoutLink *link,
      Lifted                  *lifted)
{
  guint a = link->from;
  guint b = link->to;

  while (a != b)
    {
      FermataLayoutItem *from = fermata_layout_plan_get_item (plan, a);
      FermataLayoutItem *to = fermata_layout_plan_get_item (plan, b);

      if (from->parent == to->parent)
        {
          *lifted = (Lifted) { from->parent, a, b, link->width };
          return TRUE;
        }
      if (from->depth >= to->depth)
        a = from->parent;
      if (to->depth >= from->depth)
        b = to->parent;
    }

  return FALSE;
}

static int
compare_lifted (gconstpointer a,
                gconstpointer b)
{
  const Lifted *x = a;
  const Lifted *y = b;

  return x->from != y->from ? (x->from < y->from ? -1 : 1) : (x->to > y->to) - (x->to < y->to);
}

static void
lift_all (Placing *self)
{
  FermataLayoutPlan *plan = self->plan;
  guint n_items = plan->items->len;

  for (guint i = 0; i < plan->links->len; i++)
    {
      Lifted lifted;

      if (lift (plan, fermata_layout_plan_get_link (plan, i), &lifted))
        g_array_append_val (self->lifted, lifted);
    }
  g_array_sort (self->lifted, compare_lifted);
  for (guint i = 0, link = 0; i <= n_items; i++)
    {
      while (link < self->lifted->len && g_array_index (self->lifted, Lifted, link).from < i)
        link++;
      self->first_link[i] = link;
    }
}

/* --- Columns ------------------------------------------------------------- */

typedef struct {
  guint item;
  guint link;
} Step;

enum {
  UNSEEN,
  OPEN,
  CLOSED,
};

/* Appends what can be reached, each after all that it leads to. */
static void
visit (Placing *self,
       guint    start,
       GArray  *stack,
       GArray  *order)
{
  Step step = { start, self->first_link[start] };

  if (self->mark[start] != UNSEEN)
    return;
  self->mark[start] = OPEN;
  g_array_append_val (stack, step);
  while (stack->len > 0)
    {
      Step *top = &g_array_index (stack, Step, stack->len - 1);

      if (top->link == self->first_link[top->item + 1])
        {
          self->mark[top->item] = CLOSED;
          g_array_append_val (order, top->item);
          g_array_set_size (stack, stack->len - 1);
          continue;
        }
      step.item = g_array_index (self->lifted, Lifted, top->link).to;
      step.link = self->first_link[step.item];
      if (self->mark[step.item] == OPEN)
        g_array_index (self->lifted, Lifted, top->link).to = FERMATA_LAYOUT_NONE;
      top->link++;
      if (self->mark[step.item] == UNSEEN)
        {
          self->mark[step.item] = OPEN;
          g_array_append_val (stack, step);
        }
    }
}

/* Begins with the initial one and what nothing leads to. */
static GArray *
sort_topologically (Placing     *self,
                    const guint *items,
                    guint        n_items)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Step));
  g_autofree guint *n_incoming = g_new0 (guint, n_items);

  for (guint i = 0; i < n_items; i++)
    self->slot[items[i]] = i;
  for (guint i = 0; i < n_items; i++)
    {
      for (guint link = self->first_link[items[i]]; link < self->first_link[items[i] + 1]; link++)
        n_incoming[self->slot[g_array_index (self->lifted, Lifted, link).to]]++;
    }

  /* Those that are appended last come first */
  for (guint pass = 0; pass < 3; pass++)
    {
      for (guint i = 0; i < n_items; i++)
        {
          if ((pass == 0 && fermata_layout_plan_get_item (self->plan, items[i])->is_initial)
              || (pass == 1 && n_incoming[i] == 0) || pass == 2)
            visit (self, items[i], stack, order);
        }
    }

  return order;
}

static guint
find_layers (Placing *self,
             GArray  *order)
{
  guint n_layers = 0;

  for (guint i = order->len; i > 0; i--)
    {
      guint item = g_array_index (order, guint, i - 1);

      n_layers = MAX (n_layers, self->layer[item] + 1);
      for (guint link = self->first_link[item]; link < self->first_link[item + 1]; link++)
        {
          guint to = g_array_index (self->lifted, Lifted, link).to;

          if (to != FERMATA_LAYOUT_NONE)
            self->layer[to] = MAX (self->layer[to], self->layer[item] + 1);
        }
    }

  return n_layers;
}

/* --- Rows ---------------------------------------------------------------- */

static int
compare_layers (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  Placing *self = data;
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  if (self->layer[x] != self->layer[y])
    return self->layer[x] < self->layer[y] ? -1 : 1;

  return (x > y) - (x < y);
}

static int
compare_pulls (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  Placing *self = data;
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  if (self->pull[x] != self->pull[y])
    return self->pull[x] < self->pull[y] ? -1 : 1;

  return (x > y) - (x < y);
}

static void
pull_along (Placing *self,
            guint    item,
            double  *n_pulls)
{
  for (guint link = self->first_link[item]; link < self->first_link[item + 1]; link++)
    {
      guint to = g_array_index (self->lifted, Lifted, link).to;

      if (to == FERMATA_LAYOUT_NONE)
        continue;
      self->pull[to] = (self->pull[to] * n_pulls[to] + self->slot[item]) / (n_pulls[to] + 1);
      n_pulls[to]++;
    }
}

/* Each item near to the middle of those that lead to it. */
static void
order_rows (Placing *self,
            guint   *items,
            guint    n_items,
            double  *n_pulls)
{
  g_qsort_with_data (items, (int) n_items, sizeof (guint), compare_layers, self);
  for (guint start = 0, end; start < n_items; start = end)
    {
      for (end = start; end < n_items && self->layer[items[end]] == self->layer[items[start]];)
        end++;
      g_qsort_with_data (items + start, (int) (end - start), sizeof (guint), compare_pulls, self);
      for (guint i = start; i < end; i++)
        self->slot[items[i]] = i - start;
      for (guint i = start; i < end; i++)
        pull_along (self, items[i], n_pulls);
    }
}

/* --- Places -------------------------------------------------------------- */

static double
room_before (FermataLayoutItem *item)
{
  return item->is_initial ? FERMATA_LAYOUT_DOT + FERMATA_LAYOUT_DOT_GAP : 0;
}

/* The widest label that leaves one of these. */
static double
widest_label (Placing     *self,
              const guint *items,
              guint        n_items)
{
  double widest = 0;

  for (guint i = 0; i < n_items; i++)
    {
      for (guint link = self->first_link[items[i]]; link < self->first_link[items[i] + 1]; link++)
        widest = MAX (widest, g_array_index (self->lifted, Lifted, link).width);
    }

  return MIN (widest, MAX_LABEL);
}

/* One column, its middle at y = 0. Gives its width. */
static double
place_column (Placing     *self,
              const guint *items,
              guint        n_items,
              double       left)
{
  double height = (n_items - 1) * (double) FERMATA_LAYOUT_GAP;
  double width = 0;
  double top;

  for (guint i = 0; i < n_items; i++)
    {
      FermataLayoutItem *item = fermata_layout_plan_get_item (self->plan, items[i]);

      height += item->height;
      width = MAX (width, item->width + room_before (item));
    }
  top = -height / 2;
  for (guint i = 0; i < n_items; i++)
    {
      FermataLayoutItem *item = fermata_layout_plan_get_item (self->plan, items[i]);

      item->x = left + room_before (item);
      if (item->n_children == 0)
        item->x += (width - room_before (item) - item->width) / 2;
      item->y = top;
      top += item->height + FERMATA_LAYOUT_GAP;
    }

  return width;
}

static void
place_layers (Placing     *self,
              const guint *items,
              guint        n_items)
{
  guint rows = MAX (MIN_ROWS, (guint) (2 * sqrt (n_items)));
  double left = 0;

  for (guint start = 0, end; start < n_items; start = end)
    {
      for (end = start; end < n_items && self->layer[items[end]] == self->layer[items[start]];)
        end++;
      for (guint i = start; i < end; i += rows)
        left += place_column (self, items + i, MIN (rows, end - i), left) + FERMATA_LAYOUT_COLUMN_GAP;
      left += widest_label (self, items + start, end - start);
    }
}

/* --- Levels -------------------------------------------------------------- */

/* How large the box around these is, and where they are in it. */
static void
fit_parent (Placing           *self,
            FermataLayoutItem *parent,
            const guint       *items,
            guint              n_items)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  for (guint i = 0; i < n_items; i++)
    {
      FermataLayoutItem *item = fermata_layout_plan_get_item (self->plan, items[i]);

      left = MIN (left, item->x - room_before (item));
      top = MIN (top, item->y);
      right = MAX (right, item->x + item->width);
      bottom = MAX (bottom, item->y + item->height);
    }
  for (guint i = 0; i < n_items; i++)
    {
      FermataLayoutItem *item = fermata_layout_plan_get_item (self->plan, items[i]);

      item->x += FERMATA_LAYOUT_PADDING - left;
      item->y += FERMATA_LAYOUT_PADDING + FERMATA_LAYOUT_HEADER - top;
    }
  parent->width = MAX (parent->width, right - left + 2 * FERMATA_LAYOUT_PADDING);
  parent->height = bottom - top + 2 * FERMATA_LAYOUT_PADDING + FERMATA_LAYOUT_HEADER;
}

static void
place_level (Placing *self,
             guint    parent,
             guint   *items,
             guint    n_items,
             double  *n_pulls)
{
  FermataLayoutItem *item = parent != FERMATA_LAYOUT_NONE ? fermata_layout_plan_get_item (self->plan, parent) : NULL;

  if (item != NULL && item->is_parallel)
    place_column (self, items, n_items, 0);
  else
    {
      g_autoptr (GArray) order = sort_topologically (self, items, n_items);

      find_layers (self, order);
      order_rows (self, items, n_items, n_pulls);
      place_layers (self, items, n_items);
    }
  if (item != NULL)
    fit_parent (self, item, items, n_items);
}

static int
compare_parents (gconstpointer a,
                 gconstpointer b,
                 gpointer      plan)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;
  guint of_x = parent_key (fermata_layout_plan_get_item (plan, x)->parent);
  guint of_y = parent_key (fermata_layout_plan_get_item (plan, y)->parent);

  if (of_x != of_y)
    return of_x < of_y ? -1 : 1;

  return (x > y) - (x < y);
}

/* The last parent comes first: nothing in it is a parent that comes later. */
static void
place_levels (Placing *self)
{
  g_autofree double *n_pulls = g_new0 (double, self->plan->items->len);
  guint *items = (guint *) (gpointer) self->children->data;

  g_qsort_with_data (items, (int) self->children->len, sizeof (guint), compare_parents, self->plan);
  for (guint end = self->children->len, start; end > 0; end = start)
    {
      guint parent = fermata_layout_plan_get_item (self->plan, items[end - 1])->parent;

      for (start = end; start > 0
                        && fermata_layout_plan_get_item (self->plan, items[start - 1])->parent == parent;)
        start--;
      place_level (self, parent, items + start, end - start, n_pulls);
    }
}

/* Until now, places were those within the box around. */
static void
make_absolute (FermataLayoutPlan *plan)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      FermataLayoutItem *item = fermata_layout_plan_get_item (plan, i);

      if (item->parent != FERMATA_LAYOUT_NONE)
        {
          item->x += fermata_layout_plan_get_item (plan, item->parent)->x;
          item->y += fermata_layout_plan_get_item (plan, item->parent)->y;
        }
    }
}

void
fermata_layout_plan_place_simply (FermataLayoutPlan *plan)
{
  guint n_items = plan->items->len;
  g_autoptr (GArray) lifted = g_array_new (FALSE, FALSE, sizeof (Lifted));
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *first_link = g_new0 (guint, n_items + 1);
  g_autofree guint *layer = g_new0 (guint, n_items);
  g_autofree guint *slot = g_new0 (guint, n_items);
  g_autofree double *pull = g_new0 (double, n_items);
  g_autofree guint8 *mark = g_new0 (guint8, n_items);
  Placing self = { plan, lifted, children, first_link, layer, slot, pull, mark };

  for (guint i = 0; i < n_items; i++)
    g_array_append_val (children, i);
  lift_all (&self);
  place_levels (&self);
  make_absolute (plan);
}
