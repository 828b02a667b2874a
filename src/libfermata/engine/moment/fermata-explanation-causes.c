/* fermata-explanation-causes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-explanation-private.h"

#include "engine/moment/fermata-frame-part-private.h"

/* What a node waits for, or why it was skipped, and what that waits for. */

static const FermataReason no_reason = { NULL, FERMATA_INDEX_NONE };

static guint32
find_edge (FermataFrame      *frame,
           guint              node,
           FermataEdgeStatus  status)
{
  FermataPlan *plan = frame->plan;

  for (guint i = plan->nodes[node].first_in; i < plan->nodes[node + 1].first_in; i++)
    {
      if (fermata_frame_get_edge (frame, plan->incoming[i]) == status)
        return plan->incoming[i];
    }

  return FERMATA_INDEX_NONE;
}

/* All that it waited for is there. */
static const char *
reason_not_to_start (FermataMoment *moment,
                     FermataFrame  *frame,
                     guint          node)
{
  if (moment->state > FERMATA_RUN_STATE_RUNNING)
    return "run-ended";
  if (moment->held)
    return "held";
  if (moment->n_running >= moment->max_concurrency)
    return "max-concurrency";
  if (!fermata_pools_fit (&frame->plan->pools, frame->plan->nodes[node].need, moment->pools))
    return "pools";

  return "turn";
}

static FermataReason
reason_to_wait (FermataMoment *moment,
                FermataFrame  *frame,
                guint          node)
{
  FermataReason reason = no_reason;

  if (fermata_index_set_contains (&frame->startable[frame->plan->nodes[node].need], node))
    {
      reason.reason = reason_not_to_start (moment, frame, node);
      return reason;
    }
  if (moment->state == FERMATA_RUN_STATE_NEW)
    {
      reason.reason = "not-begun";
      return reason;
    }
  if (fermata_index_set_contains (&frame->skippable, node))
    {
      reason.reason = "to-be-skipped";
      return reason;
    }

  reason.reason = "edges";
  reason.edge = find_edge (frame, node, FERMATA_EDGE_STATUS_PENDING);

  return reason;
}

static FermataReason
reason_to_skip (FermataMoment *moment,
                FermataFrame  *frame,
                guint          node)
{
  FermataReason reason = { "edges", FERMATA_INDEX_NONE };

  if ((fermata_frame_read_node (frame, node).flags & NODE_IS_LEFT_OUT) != 0)
    {
      reason.reason = "left-out";
      return reason;
    }

  if (find_edge (frame, node, FERMATA_EDGE_STATUS_PENDING) == FERMATA_INDEX_NONE
      && frame->plan->nodes[node].join != FERMATA_JOIN_ALWAYS)
    {
      if (frame->plan->nodes[node].join == FERMATA_JOIN_ALL)
        reason.edge = find_edge (frame, node, FERMATA_EDGE_STATUS_FAILED);
      if (reason.edge == FERMATA_INDEX_NONE)
        reason.edge = find_edge (frame, node, FERMATA_EDGE_STATUS_DEAD);
      if (reason.edge == FERMATA_INDEX_NONE)
        reason.edge = find_edge (frame, node, FERMATA_EDGE_STATUS_FAILED);
      /* It is the edges that kept it from running, or only the end of the run. */
      if (reason.edge != FERMATA_INDEX_NONE
          && (find_edge (frame, node, FERMATA_EDGE_STATUS_TAKEN) == FERMATA_INDEX_NONE
              || fermata_frame_get_edge (frame, reason.edge) == FERMATA_EDGE_STATUS_FAILED))
        return reason;
    }

  reason.edge = FERMATA_INDEX_NONE;
  reason.reason = frame->is_closing ? "closing" : "waived";

  return reason;
}

FermataReason
fermata_explain_reason (FermataMoment *moment,
                        FermataFrame  *frame,
                        guint          node)
{
  FermataNodeStatus status = fermata_frame_read_node (frame, node).status;
  FermataReason reason = no_reason;

  if (fermata_frame_is_given (frame))
    {
      reason.reason = "frame-given";
      return reason;
    }
  if (status == FERMATA_NODE_STATUS_WAITING)
    return reason_to_wait (moment, frame, node);
  if (status == FERMATA_NODE_STATUS_SKIPPED)
    return reason_to_skip (moment, frame, node);

  reason.reason = fermata_node_status_to_string (status);
  if (fermata_frame_get_given (frame, node) != NULL)
    reason.reason = "given";

  return reason;
}

/* Where the chain goes on: at the source of the edge, unless the edge itself
 * is what is decisive. */
static gboolean
leads_on (FermataFrame *frame,
          guint         edge)
{
  FermataNodeStatus status;

  if (edge == FERMATA_INDEX_NONE)
    return FALSE;

  status = fermata_frame_read_node (frame, frame->plan->edges[edge].source).status;

  return status != FERMATA_NODE_STATUS_DONE
         && !(status == FERMATA_NODE_STATUS_FAILED && frame->plan->edges[edge].on_error);
}

/* What an edge did of which the source has nothing more to say. */
static const char *
edge_reason (FermataFrame *frame,
             guint         edge)
{
  switch (fermata_frame_get_edge (frame, edge))
    {
    case FERMATA_EDGE_STATUS_DEAD:
      return frame->plan->edges[edge].on_error ? "no-error" : "refused";
    case FERMATA_EDGE_STATUS_FAILED:
      return "condition-failed";
    case FERMATA_EDGE_STATUS_PENDING:
      return "to-be-tested";
    case FERMATA_EDGE_STATUS_TAKEN:
    default:
      return "taken";
    }
}

static void
add_cause (FermataMoment       *moment,
           FermataFrame        *frame,
           FermataValueBuilder *causes,
           guint                node,
           FermataReason        reason)
{
  g_autoptr (FermataValueBuilder) cause = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) value = NULL;
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataValue *failure = frame->failure != NULL ? frame->failure : moment->failure;

  fermata_value_builder_set_string (cause, "node", frame->plan->nodes[node].id);
  fermata_value_builder_set_string (cause, "status", fermata_node_status_to_string (record.status));
  fermata_value_builder_set_string (cause, "reason", reason.reason);
  if (reason.edge != FERMATA_INDEX_NONE)
    {
      fermata_value_builder_set_string (cause, "edge", fermata_plan_get_edge_name (frame->plan, reason.edge));
      if (!leads_on (frame, reason.edge))
        fermata_value_builder_set_string (cause, "edge-reason", edge_reason (frame, reason.edge));
    }
  if (record.status == FERMATA_NODE_STATUS_FAILED)
    fermata_value_builder_set (cause, "error", record.value);
  else if (g_str_equal (reason.reason, "closing") && failure != NULL)
    fermata_value_builder_set (cause, "error", failure);
  value = fermata_value_builder_end (cause);
  fermata_value_builder_add (causes, value);
}

FermataValue *
fermata_explain_causes (FermataMoment *moment,
                        FermataFrame  *frame,
                        guint          node)
{
  g_autoptr (FermataValueBuilder) causes = fermata_value_builder_new_array ();
  g_autofree gboolean *seen = g_new0 (gboolean, frame->plan->n_nodes);

  for (;;)
    {
      FermataReason reason = fermata_explain_reason (moment, frame, node);

      if (seen[node])
        {
          reason = (FermataReason) { "cycle", FERMATA_INDEX_NONE };
          add_cause (moment, frame, causes, node, reason);
          break;
        }
      seen[node] = TRUE;
      add_cause (moment, frame, causes, node, reason);
      if (!leads_on (frame, reason.edge))
        break;
      node = frame->plan->edges[reason.edge].source;
    }

  return fermata_value_builder_end (causes);
}
