/* fermata-dot-cycles.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-dot-private.h"

/*
 * Graphviz lays out from left to right what has no cycles, and turns some edges
 * of each cycle round. Which ones, depends on what it happens to look at first,
 * and that is what is in clusters. So it is decided here: a walk from the
 * initial state on, along edges in the order of the document; what leads back to
 * where the walk comes from is turned round.
 */

enum {
  UNSEEN,
  OPEN,
  CLOSED,
};

typedef struct {
  FermataDotArrow *arrows;
  GHashTable *numbers; /* Agnode_t -> number + 1 */
  GArray *first;       /* of guint, by number: where its arrows begin in `order` */
  guint *order;        /* arrows, by where they start */
  guint8 *mark;
} Walk;

typedef struct {
  guint node;
  guint next;
} Step;

static guint
number_of (Walk     *self,
           Agnode_t *node)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, node));

  if (number == 0)
    {
      number = g_hash_table_size (self->numbers) + 1;
      g_hash_table_insert (self->numbers, node, GUINT_TO_POINTER (number));
    }

  return number - 1;
}

/* Counts, adds up, and puts each arrow where its node's begin. */
static void
sort_arrows (Walk  *self,
             guint  n_arrows)
{
  guint n_nodes = g_hash_table_size (self->numbers);
  guint sum = 0;

  self->first = g_array_sized_new (FALSE, TRUE, sizeof (guint), n_nodes + 1);
  g_array_set_size (self->first, n_nodes + 1);
  for (guint i = 0; i < n_arrows; i++)
    g_array_index (self->first, guint, number_of (self, self->arrows[i].start))++;
  for (guint i = 0; i <= n_nodes; i++)
    {
      sum += g_array_index (self->first, guint, i);
      g_array_index (self->first, guint, i) = sum;
    }
  for (guint i = n_arrows; i > 0; i--)
    self->order[--g_array_index (self->first, guint, number_of (self, self->arrows[i - 1].start))] = i - 1;
}

static void
walk_from (Walk  *self,
           guint  node,
           GArray *stack)
{
  Step step = { node, g_array_index (self->first, guint, node) };

  if (self->mark[node] != UNSEEN)
    return;
  self->mark[node] = OPEN;
  g_array_append_val (stack, step);
  while (stack->len > 0)
    {
      Step *top = &g_array_index (stack, Step, stack->len - 1);
      FermataDotArrow *arrow;

      if (top->next == g_array_index (self->first, guint, top->node + 1))
        {
          self->mark[top->node] = CLOSED;
          g_array_set_size (stack, stack->len - 1);
          continue;
        }
      arrow = &self->arrows[self->order[top->next++]];
      step.node = number_of (self, arrow->end);
      step.next = g_array_index (self->first, guint, step.node);
      arrow->is_back = self->mark[step.node] == OPEN && arrow->start != arrow->end;
      if (self->mark[step.node] != UNSEEN)
        continue;
      self->mark[step.node] = OPEN;
      g_array_append_val (stack, step);
    }
}

void
fermata_dot_find_cycles (FermataDotArrow *arrows,
                         guint            n_arrows,
                         Agnode_t        *first)
{
  Walk self = { .arrows = arrows };
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Step));

  self.numbers = g_hash_table_new (NULL, NULL);
  if (first != NULL)
    number_of (&self, first);
  for (guint i = 0; i < n_arrows; i++)
    {
      number_of (&self, arrows[i].start);
      number_of (&self, arrows[i].end);
    }
  self.order = g_new (guint, n_arrows + 1);
  self.mark = g_new0 (guint8, g_hash_table_size (self.numbers) + 1);
  sort_arrows (&self, n_arrows);
  for (guint i = 0; i < g_hash_table_size (self.numbers); i++)
    walk_from (&self, i, stack);
  g_hash_table_unref (self.numbers);
  g_array_unref (self.first);
  g_free (self.order);
  g_free (self.mark);
}
