/* fermata-dag-edges.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"

/*
 * How the end of a node ends its edges, and how the end of edges makes nodes
 * ready.
 */

/* An incoming edge has ended: may the node start, must it be skipped? */
static void
ready (FermataMoment           *moment,
       FermataFrame            *frame,
       guint                    node,
       const FermataNodeRecord *record)
{
  FermataJoin join = frame->plan->nodes[node].join;
  gboolean has_taken = (record->flags & NODE_HAS_TAKEN) != 0;
  gboolean has_failed = (record->flags & NODE_HAS_FAILED) != 0;

  if (record->status != FERMATA_NODE_STATUS_WAITING
      || (record->flags & (NODE_IS_GIVEN | NODE_IS_LEFT_OUT)) != 0)
    return;

  /* While closing, whatever will not start is marked already. */
  if (frame->is_closing && (join != FERMATA_JOIN_ALWAYS || frame->is_insisted))
    return;

  if (frame->plan->nodes[node].each_edge != FERMATA_INDEX_NONE)
    {
      fermata_dag_make_owner_ready (moment, frame, node, record);
      return;
    }

  switch (join)
    {
    case FERMATA_JOIN_ANY:
      if (has_taken)
        fermata_index_set_add (fermata_dag_startable_for (frame, node), node);
      else if (record->pending == 0)
        fermata_index_set_add (&frame->skippable, node);
      break;

    case FERMATA_JOIN_ALWAYS:
      if (record->pending == 0)
        fermata_index_set_add (fermata_dag_startable_for (frame, node), node);
      break;

    case FERMATA_JOIN_ALL:
    default:
      if (record->pending > 0)
        break;
      if (has_taken && !has_failed)
        fermata_index_set_add (fermata_dag_startable_for (frame, node), node);
      else
        fermata_index_set_add (&frame->skippable, node);
      break;
    }
}

void
fermata_dag_make_ready (FermataMoment *moment,
                        FermataFrame  *frame,
                        guint          node)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);

  ready (moment, frame, node, &record);
}

void
fermata_dag_end_edge (FermataMoment     *moment,
          FermataFrame      *frame,
          guint              edge,
          FermataEdgeStatus  outcome)
{
  guint target = frame->plan->edges[edge].target;
  FermataNodeRecord *record = fermata_frame_write_node (frame, target);

  record->pending--;
  if (outcome == FERMATA_EDGE_STATUS_TAKEN)
    record->flags |= NODE_HAS_TAKEN;
  else if (outcome == FERMATA_EDGE_STATUS_FAILED)
    record->flags |= NODE_HAS_FAILED;

  if (frame->plan->edges[edge].is_each)
    fermata_dag_end_each_edge (moment, frame, edge, outcome);
  ready (moment, frame, target, record);
}

static gboolean
is_to_be_tested (const FermataFrame *frame,
                 guint               edge,
                 gboolean            on_error)
{
  const FermataPlanEdge *plan_edge = &frame->plan->edges[edge];
  const guint8 *outcome;

  if (plan_edge->condition == FERMATA_INDEX_NONE || plan_edge->on_error != on_error)
    return FALSE;
  if (on_error || frame->plan->nodes[plan_edge->source].routing == FERMATA_ROUTING_NONE)
    return TRUE;

  /* Those that have not been chosen have ended already. */
  outcome = fermata_page_table_peek (&frame->conditions, plan_edge->condition);

  return outcome != NULL && *outcome == EDGE_CHOSEN;
}

/* The first edge from @edge on, leaving the same node, that has a condition and
 * is for how that node ended. */
static guint
next_condition (const FermataFrame *frame,
                guint               edge,
                guint               end,
                gboolean            on_error)
{
  while (edge < end && !is_to_be_tested (frame, edge, on_error))
    edge++;

  return edge < end ? edge : FERMATA_INDEX_NONE;
}

/* Ends the edges of a node that are for errors, or those that are not, but not
 * those with a condition where @tested is set. */
static void
end_edges (FermataMoment     *moment,
           FermataFrame      *frame,
           guint              node,
           gboolean           on_error,
           gboolean           tested,
           FermataEdgeStatus  outcome)
{
  FermataPlan *plan = frame->plan;

  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      if (plan->edges[i].on_error == on_error
          && (!tested || plan->edges[i].condition == FERMATA_INDEX_NONE))
        fermata_dag_end_edge (moment, frame, i, outcome);
    }
}

static gboolean
has_taken_error_edge (FermataFrame *frame,
                      guint         node)
{
  FermataPlan *plan = frame->plan;

  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      if (plan->edges[i].on_error
          && fermata_frame_get_edge (frame, i) == FERMATA_EDGE_STATUS_TAKEN)
        return TRUE;
    }

  return FALSE;
}

/* What a hook said of the failure. */
static gboolean
is_marked (FermataValue *error,
           const char   *mark)
{
  return error != NULL && fermata_value_get_kind (error) == FERMATA_VALUE_KIND_OBJECT
         && fermata_value_get_member (error, mark) != NULL;
}

/* Its edges for errors have been tested: is the failure handled? */
static void
end_failed_node (FermataMoment *moment,
                 FermataFrame  *frame,
                 guint          node)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, node);
  const FermataPlanNode *plan_node = &frame->plan->nodes[node];
  gboolean is_failure = FALSE;

  if (is_marked (record->value, "stopped-by"))
    {
      moment->stopped = TRUE;
      fermata_moment_note_failure (moment, record->value);
    }
  else if (is_marked (record->value, "handled-by")
           || (plan_node->policy != NULL && plan_node->policy->on_error == FERMATA_ON_ERROR_CONTINUE)
           || (plan_node->has_error_edges && has_taken_error_edge (frame, node)))
    record->flags |= NODE_IS_HANDLED;
  else
    is_failure = TRUE;

  end_edges (moment, frame, node, FALSE, FALSE,
             (record->flags & NODE_IS_HANDLED) != 0 ? FERMATA_EDGE_STATUS_DEAD
                                                    : FERMATA_EDGE_STATUS_FAILED);
  if (is_failure)
    fermata_dag_note_failure (moment, frame, record->value);
}

/* The next condition of a node that has ended is to be tested; after the last
 * one it is over with it. */
void
fermata_dag_go_to_condition (FermataMoment *moment,
                 FermataFrame  *frame,
                 guint          node,
                 guint          from)
{
  gboolean failed = fermata_frame_read_node (frame, node).status == FERMATA_NODE_STATUS_FAILED;

  frame->current_edge = next_condition (frame, from, frame->plan->nodes[node + 1].first_out,
                                        failed);
  frame->current = frame->current_edge == FERMATA_INDEX_NONE ? FERMATA_INDEX_NONE : node;
  if (failed && frame->current == FERMATA_INDEX_NONE)
    end_failed_node (moment, frame, node);
}

/* A node has ended, and with it those of its edges about which nothing is
 * left to decide. */
void
fermata_dag_end_node (FermataMoment *moment,
          FermataFrame  *frame,
          guint          node)
{
  const FermataPlanNode *plan_node = &frame->plan->nodes[node];

  if (frame->current == node)
    frame->current = FERMATA_INDEX_NONE;
  if (frame->quorum > 0)
    fermata_dag_note_branch (moment, frame, node);

  switch ((FermataNodeStatus) fermata_frame_read_node (frame, node).status)
    {
    case FERMATA_NODE_STATUS_DONE:
      end_edges (moment, frame, node, FALSE, TRUE, FERMATA_EDGE_STATUS_TAKEN);
      if (plan_node->has_error_edges)
        end_edges (moment, frame, node, TRUE, FALSE, FERMATA_EDGE_STATUS_DEAD);
      if (plan_node->routing != FERMATA_ROUTING_NONE)
        fermata_dag_end_passed_over (moment, frame, node);
      if (plan_node->has_conditions)
        fermata_dag_go_to_condition (moment, frame, node, plan_node->first_out);
      break;

    case FERMATA_NODE_STATUS_FAILED:
      if (plan_node->has_error_edges)
        end_edges (moment, frame, node, TRUE, TRUE, FERMATA_EDGE_STATUS_TAKEN);
      fermata_dag_go_to_condition (moment, frame, node, plan_node->first_out);
      break;

    case FERMATA_NODE_STATUS_SKIPPED:
    case FERMATA_NODE_STATUS_CANCELLED:
    case FERMATA_NODE_STATUS_WAITING:
    case FERMATA_NODE_STATUS_QUEUED:
    case FERMATA_NODE_STATUS_RETRYING:
    case FERMATA_NODE_STATUS_RUNNING:
    case FERMATA_NODE_STATUS_SETTLED:
    case FERMATA_NODE_STATUS_CANCELLING:
    default:
      end_edges (moment, frame, node, FALSE, FALSE, FERMATA_EDGE_STATUS_DEAD);
      end_edges (moment, frame, node, TRUE, FALSE, FERMATA_EDGE_STATUS_DEAD);
      break;
    }
}
