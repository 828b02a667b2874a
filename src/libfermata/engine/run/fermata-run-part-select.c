/* fermata-run-part-select.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-part-private.h"

/* Which nodes of a plan run. Every walk visits each edge once. */

static void
mark_sources (FermataPartWork *self,
              GArray          *stack,
              guint            node,
              guint            mark)
{
  FermataPlan *plan = self->plan;

  for (guint i = plan->nodes[node].first_in; i < plan->nodes[node + 1].first_in; i++)
    {
      guint source = plan->edges[plan->incoming[i]].source;

      if ((self->marks[source] & mark) != 0)
        continue;
      self->marks[source] |= mark;
      g_array_append_val (stack, source);
    }
}

static void
mark_targets (FermataPartWork *self,
              GArray          *stack,
              guint            node,
              guint            mark)
{
  FermataPlan *plan = self->plan;

  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      guint target = plan->edges[i].target;

      if ((self->marks[target] & mark) != 0)
        continue;
      self->marks[target] |= mark;
      g_array_append_val (stack, target);
    }
}

/* Marks everything that edges lead to from the nodes in @stack, or that they
 * come from. Empties @stack. */
static void
walk (FermataPartWork *self,
      GArray          *stack,
      gboolean         forwards,
      guint            mark)
{
  while (stack->len > 0)
    {
      guint node = g_array_index (stack, guint, stack->len - 1);

      g_array_set_size (stack, stack->len - 1);
      if (forwards)
        mark_targets (self, stack, node, mark);
      else
        mark_sources (self, stack, node, mark);
    }
}

static void
push_ids (FermataPartWork *self,
          GArray          *stack,
          GPtrArray       *ids,
          guint            marks)
{
  for (guint i = 0; i < ids->len; i++)
    {
      guint node;

      fermata_plan_find_node (self->plan, ids->pdata[i], &node);
      self->marks[node] |= marks;
      g_array_append_val (stack, node);
    }
}

static void
clear_marks (FermataPartWork *self)
{
  for (guint i = 0; i < self->plan->n_nodes; i++)
    self->marks[i] &= PART_RUNS | PART_NAMED;
}

/* While it is found out, "after" and "before" are meant of the ids. */
static void
select_between (FermataPartWork *self)
{
  FermataRunPart *part = self->part;
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));

  push_ids (self, stack, part->from, PART_IS_AFTER | PART_NAMED);
  walk (self, stack, TRUE, PART_IS_AFTER);
  push_ids (self, stack, part->until, PART_IS_BEFORE);
  walk (self, stack, FALSE, PART_IS_BEFORE);

  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      if ((part->from->len == 0 || (self->marks[i] & PART_IS_AFTER) != 0)
          && (part->until->len == 0 || (self->marks[i] & PART_IS_BEFORE) != 0))
        self->marks[i] |= PART_RUNS;
    }
  clear_marks (self);
}

static void
select_only (FermataPartWork *self)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));

  push_ids (self, stack, self->part->only, PART_RUNS | PART_NAMED);
}

/* What is pinned does not run, unless the command names it. */
static gboolean
take_pins (FermataPartWork  *self,
           GError          **error)
{
  for (guint i = 0; i < self->plan->n_nodes; i++)
    {
      const FermataPlanNode *node = &self->plan->nodes[i];
      gboolean is_named = (self->marks[i] & PART_NAMED) != 0;

      if (g_hash_table_contains (self->part->pins, node->id))
        self->marks[i] |= PART_PINNED;
      else if (!is_named && (self->marks[i] & PART_RUNS) != 0
               && fermata_value_get_member (node->members, "pin") != NULL)
        self->marks[i] |= PART_PINNED_BY_GRAPH;

      if (is_named && (self->marks[i] & PART_PINNED) != 0)
        {
          g_set_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_PART,
                       "Node “%s” is to run, and is pinned at the same time", node->id);
          return FALSE;
        }
      if ((self->marks[i] & PART_GIVEN) != 0)
        self->marks[i] &= ~PART_RUNS;
    }

  return TRUE;
}

static void
mark_surroundings (FermataPartWork *self)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < self->plan->n_nodes; i++)
        {
          if ((self->marks[i] & PART_RUNS) != 0)
            g_array_append_val (stack, i);
        }
      walk (self, stack, pass == 0, pass == 0 ? PART_IS_AFTER : PART_IS_BEFORE);
    }
}

gboolean
fermata_part_select (FermataPartWork  *self,
                     GError          **error)
{
  if (self->part->only->len > 0)
    select_only (self);
  else if (self->part->changed)
    fermata_part_select_changed (self);
  else
    select_between (self);

  if (!take_pins (self, error))
    return FALSE;
  mark_surroundings (self);

  return TRUE;
}
