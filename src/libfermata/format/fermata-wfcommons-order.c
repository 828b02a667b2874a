/* fermata-wfcommons-order.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-wfcommons-private.h"

#include <glib/gi18n-lib.h>

/* A cycle of more tasks than this is not spelled out as a whole. */
#define MAX_SPELLED 20

/*
 * Whether the tasks can be put into an order: whatever has no parents left is
 * taken away, again and again. What stays then has a parent that stays, so to
 * go from parent to parent leads into a cycle.
 */
typedef struct {
  FermataWfcommons *workflow;
  guint n_tasks;
  guint *pending;
  guint *first_out;
  guint *out;
} Order;

static inline FermataWfcommonsEdge *
get_edge (Order *self,
          guint  index)
{
  return &g_array_index (self->workflow->edges, FermataWfcommonsEdge, index);
}

static void
order_init (Order            *self,
            FermataWfcommons *workflow)
{
  guint n_edges = workflow->edges->len;
  g_autofree guint *next = NULL;

  self->workflow = workflow;
  self->n_tasks = workflow->tasks->len;
  self->pending = g_new0 (guint, self->n_tasks);
  self->first_out = g_new0 (guint, self->n_tasks + 1);
  self->out = g_new (guint, n_edges);

  for (guint i = 0; i < n_edges; i++)
    {
      self->pending[get_edge (self, i)->target]++;
      self->first_out[get_edge (self, i)->source + 1]++;
    }
  for (guint i = 0; i < self->n_tasks; i++)
    self->first_out[i + 1] += self->first_out[i];

  next = g_memdup2 (self->first_out, sizeof (guint) * (self->n_tasks + 1));
  for (guint i = 0; i < n_edges; i++)
    self->out[next[get_edge (self, i)->source]++] = get_edge (self, i)->target;
}

static void
order_clear (Order *self)
{
  g_free (self->pending);
  g_free (self->first_out);
  g_free (self->out);
}

/* Gives how many could be taken away. */
static guint
take_away (Order *self)
{
  g_autofree guint *queue = g_new (guint, self->n_tasks);
  guint n_queue = 0;
  guint n_done = 0;

  for (guint i = 0; i < self->n_tasks; i++)
    {
      if (self->pending[i] == 0)
        queue[n_queue++] = i;
    }
  for (; n_done < n_queue; n_done++)
    {
      guint task = queue[n_done];

      for (guint i = self->first_out[task]; i < self->first_out[task + 1]; i++)
        {
          if (--self->pending[self->out[i]] == 0)
            queue[n_queue++] = self->out[i];
        }
    }

  return n_done;
}

/* A parent that stays, for each task that does. */
static guint *
find_parents (Order *self)
{
  guint *parents = g_new0 (guint, self->n_tasks);

  for (guint i = self->workflow->edges->len; i-- > 0;)
    {
      if (self->pending[get_edge (self, i)->source] > 0)
        parents[get_edge (self, i)->target] = get_edge (self, i)->source;
    }

  return parents;
}

/* A task of a cycle, and the tasks from it backwards to itself. */
static GArray *
find_cycle (Order *self)
{
  g_autofree guint *parents = find_parents (self);
  g_autofree gboolean *seen = g_new0 (gboolean, self->n_tasks);
  GArray *cycle = g_array_new (FALSE, FALSE, sizeof (guint));
  guint task = 0;
  guint first;

  while (self->pending[task] == 0)
    task++;
  for (; !seen[task]; task = parents[task])
    seen[task] = TRUE;

  first = task;
  do
    {
      g_array_append_val (cycle, task);
      task = parents[task];
    }
  while (task != first);
  g_array_append_val (cycle, first);

  return cycle;
}

/* "a → b → a" */
static char *
spell (Order  *self,
       GArray *cycle)
{
  GString *text = g_string_new (NULL);

  for (guint i = cycle->len; i-- > 0;)
    {
      guint task = g_array_index (cycle, guint, i);

      if (cycle->len - i > MAX_SPELLED && i > 1)
        {
          g_string_append_printf (text, _("… %u more … → "), i);
          i = 0;
          task = g_array_index (cycle, guint, 0);
        }
      g_string_append_printf (text, "%s%s", fermata_wfcommons_get_task (self->workflow, task)->id,
                              i > 0 ? " → " : "");
    }

  return g_string_free (text, FALSE);
}

static void
report_cycle (Order *self)
{
  g_autoptr (GArray) cycle = find_cycle (self);
  g_autofree char *spelled = spell (self, cycle);
  g_autofree char *path = g_strdup_printf ("%s/%u", self->workflow->tasks_path,
                                           g_array_index (cycle, guint, 0));

  fermata_wfcommons_report (self->workflow, "cycle", path, _("the tasks wait for each other: %s"), spelled);
}

gboolean
fermata_wfcommons_check_order (FermataWfcommons *self)
{
  Order order;
  gboolean is_ordered;

  order_init (&order, self);
  is_ordered = take_away (&order) == order.n_tasks;
  if (!is_ordered)
    report_cycle (&order);
  order_clear (&order);

  return is_ordered;
}
