/* fermata-run-part-select.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-part-private.h"

/* Which nodes of a plan run. Every walk visits each edge once. */

static void
mark_sources (FermataPlan *plan,
              guint16     *marks,
              GArray      *stack,
              guint        node,
              guint        mark)
{
  for (guint i = plan->nodes[node].first_in; i < plan->nodes[node + 1].first_in; i++)
    {
      guint source = plan->edges[plan->incoming[i]].source;

      if ((marks[source] & mark) != 0)
        continue;
      marks[source] |= mark;
      g_array_append_val (stack, source);
    }
}

static void
mark_targets (FermataPlan *plan,
              guint16     *marks,
              GArray      *stack,
              guint        node,
              guint        mark)
{
  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      guint target = plan->edges[i].target;

      if ((marks[target] & mark) != 0)
        continue;
      marks[target] |= mark;
      g_array_append_val (stack, target);
    }
}

/* Marks everything that edges lead to from the nodes in @stack, or that they
 * come from. Empties @stack. */
static void
walk (FermataPlan *plan,
      guint16     *marks,
      GArray      *stack,
      gboolean     forwards,
      guint        mark)
{
  while (stack->len > 0)
    {
      guint node = g_array_index (stack, guint, stack->len - 1);

      g_array_set_size (stack, stack->len - 1);
      if (forwards)
        mark_targets (plan, marks, stack, node, mark);
      else
        mark_sources (plan, marks, stack, node, mark);
    }
}

static void
push_nodes (FermataPartLevel *self,
            GArray           *stack,
            GHashTable       *nodes,
            guint             marks)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, nodes);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint node = PART_NUMBER (key);

      self->marks[node] |= marks;
      g_array_append_val (stack, node);
    }
}

/* Nodes in whose frames something is named. */
static void
push_owners (FermataPartLevel *self,
             GArray           *stack,
             guint8            what,
             guint             marks)
{
  GHashTableIter iter;
  gpointer key, body;

  g_hash_table_iter_init (&iter, self->scope->bodies);
  while (g_hash_table_iter_next (&iter, &key, &body))
    {
      guint node = PART_NUMBER (key);

      if ((((FermataPartBody *) body)->has & what) == 0)
        continue;
      self->marks[node] |= marks;
      g_array_append_val (stack, node);
    }
}

/* What comes after what is named, or before it; @mark of a node means that this is
 * so of all that is in its frames too. */
static void
spread (FermataPartLevel *self,
        guint8            what)
{
  gboolean forwards = what == PART_HAS_FROM;
  guint mark = forwards ? PART_IS_AFTER : PART_IS_BEFORE;
  guint named = forwards ? PART_NAMED : 0;
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));

  push_nodes (self, stack, forwards ? self->scope->from : self->scope->until, mark | named);
  push_owners (self, stack, what, PART_IS_ENTERED | named);
  walk (self->plan, self->marks, stack, forwards, mark);
}

/* Of what @spread found: @all_marks if it is everything. */
static void
note_spread (FermataPartLevel *self,
             gboolean          is_all,
             guint             mark,
             guint             body_mark,
             gboolean         *is_in)
{
  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      if (is_all || (self->marks[i] & mark) != 0)
        self->marks[i] |= body_mark;
      is_in[i] = is_in[i] && (is_all || (self->marks[i] & (mark | PART_IS_ENTERED)) != 0);
      self->marks[i] &= ~(mark | PART_IS_ENTERED);
    }
}

static void
select_between (FermataPartLevel *self)
{
  g_autofree gboolean *is_in = g_new (gboolean, self->plan->n_nodes + 1);

  for (guint i = 0; i < self->plan->n_nodes; i++)
    is_in[i] = TRUE;

  if (!self->is_after)
    spread (self, PART_HAS_FROM);
  note_spread (self, self->is_after, PART_IS_AFTER, PART_BODY_IS_AFTER, is_in);
  if (!self->is_before)
    spread (self, PART_HAS_UNTIL);
  note_spread (self, self->is_before, PART_IS_BEFORE, PART_BODY_IS_BEFORE, is_in);

  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      if (is_in[i])
        self->marks[i] |= PART_RUNS;
    }
}

static void
select_only (FermataPartLevel *self)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; self->is_named && i < self->plan->n_nodes; i++)
    self->marks[i] |= PART_RUNS | PART_BODY_IS_NAMED;
  if (self->is_named || self->scope == NULL)
    return;

  push_nodes (self, stack, self->scope->only, PART_RUNS | PART_NAMED | PART_BODY_IS_NAMED);
  push_owners (self, stack, PART_HAS_ONLY, PART_RUNS | PART_NAMED);
}

/* What is pinned does not run, unless the command names it. */
static gboolean
take_pins (FermataPartLevel  *self,
           GError           **error)
{
  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      const FermataPlanNode *node = &self->plan->nodes[i];
      gboolean is_named = (self->marks[i] & PART_NAMED) != 0;

      if (fermata_part_scope_get_pin (self->scope, i) != NULL)
        self->marks[i] |= PART_PINNED;
      else if (!is_named && (self->marks[i] & PART_RUNS) != 0
               && fermata_value_get_member (node->members, "pin") != NULL)
        self->marks[i] |= PART_PINNED_BY_GRAPH;

      if (is_named && (self->marks[i] & PART_PINNED) != 0)
        {
          g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_PART,
                       "Node “%s%s” is to run, and is pinned at the same time", self->path, node->id);
          return FALSE;
        }
      if ((self->marks[i] & PART_GIVEN) != 0)
        self->marks[i] &= ~PART_RUNS;
    }

  return TRUE;
}

void
fermata_part_mark_surroundings (FermataPlan *plan,
                                guint16     *marks)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < plan->n_nodes; i++)
        {
          if ((marks[i] & PART_RUNS) != 0)
            g_array_append_val (stack, i);
        }
      walk (plan, marks, stack, pass == 0, pass == 0 ? PART_IS_AFTER : PART_IS_BEFORE);
    }
}

/* What has changed is marked already. A machine has no part. */
gboolean
fermata_part_select (FermataPartLevel  *self,
                     GError           **error)
{
  if (self->plan->kind != FERMATA_GRAPH_KIND_DAG)
    return TRUE;

  if (self->work->part->only->len > 0)
    select_only (self);
  else if (!self->work->part->changed)
    select_between (self);

  if (!take_pins (self, error))
    return FALSE;
  fermata_part_mark_surroundings (self->plan, self->marks);

  return TRUE;
}
