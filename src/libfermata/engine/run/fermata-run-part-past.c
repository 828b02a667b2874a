/* fermata-run-part-past.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-part-private.h"

/* What became of nodes in the history. */

FermataNodeRecord
fermata_part_get_past (FermataPartFrame *self,
                       guint             node)
{
  FermataNodeRecord none = { .status = FERMATA_NODE_STATUS_WAITING };

  if (self->past == NULL || self->level->before[node] == FERMATA_INDEX_NONE)
    return none;

  return fermata_frame_read_node (self->past, self->level->before[node]);
}

/* Whether a node was skipped because its edges wanted that, none of them
 * having failed, and not because the run came to an end or left it out. */
static gboolean
was_skipped_by_edges (FermataPartFrame *self,
                      guint             before)
{
  FermataPlan *past = self->level->past_plan;
  guint first = past->nodes[before].first_in;
  guint end = past->nodes[before + 1].first_in;

  for (guint i = first; i < end; i++)
    {
      if (fermata_frame_get_edge (self->past, past->incoming[i]) != FERMATA_EDGE_STATUS_DEAD)
        return FALSE;
    }

  return first < end && past->nodes[before].join != FERMATA_JOIN_ALWAYS;
}

/* Whether nodes that come after it, and were skipped, may have been only
 * because it did not end as it might have. */
static gboolean
is_in_doubt (FermataPartFrame *self,
             guint             before)
{
  FermataNodeRecord record = fermata_frame_read_node (self->past, before);

  switch ((FermataNodeStatus) record.status)
    {
    case FERMATA_NODE_STATUS_DONE:
      return FALSE;
    case FERMATA_NODE_STATUS_FAILED:
      return (record.flags & NODE_IS_HANDLED) == 0;
    case FERMATA_NODE_STATUS_SKIPPED:
      return !was_skipped_by_edges (self, before);
    case FERMATA_NODE_STATUS_WAITING:
    case FERMATA_NODE_STATUS_QUEUED:
    case FERMATA_NODE_STATUS_RETRYING:
    case FERMATA_NODE_STATUS_RUNNING:
    case FERMATA_NODE_STATUS_SETTLED:
    case FERMATA_NODE_STATUS_CANCELLING:
    case FERMATA_NODE_STATUS_CANCELLED:
    default:
      return TRUE;
    }
}

static void
doubt (FermataPartFrame *self,
       GArray          *stack,
       guint            before)
{
  if (self->doubts[before])
    return;

  self->doubts[before] = TRUE;
  g_array_append_val (stack, before);
}

static void
collect_doubts (FermataPartFrame *self)
{
  FermataPlan *past = self->level->past_plan;
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));

  self->doubts = g_new0 (gboolean, past->n_nodes);
  for (guint i = 0; i < past->n_nodes; i++)
    {
      if (is_in_doubt (self, i))
        doubt (self, stack, i);
    }

  while (stack->len > 0)
    {
      guint before = g_array_index (stack, guint, stack->len - 1);

      g_array_set_size (stack, stack->len - 1);
      for (guint i = past->nodes[before].first_out; i < past->nodes[before + 1].first_out; i++)
        {
          guint target = past->edges[i].target;

          if (fermata_frame_read_node (self->past, target).status == FERMATA_NODE_STATUS_SKIPPED)
            doubt (self, stack, target);
        }
    }
}

gboolean
fermata_part_was_skipped (FermataPartFrame *self,
                          guint             node)
{
  if (fermata_part_get_past (self, node).status != FERMATA_NODE_STATUS_SKIPPED)
    return FALSE;
  if (self->doubts == NULL)
    collect_doubts (self);

  return !self->doubts[self->level->before[node]];
}
