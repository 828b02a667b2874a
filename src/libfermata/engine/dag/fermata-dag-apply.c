/* fermata-dag-apply.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"

/*
 * How events change a frame of a DAG. Every node waits until enough of its
 * incoming edges have ended (see `ready`), runs or is skipped, and so ends
 * its outgoing edges.
 */

static void
set_status (FermataFrame      *frame,
            FermataNodeRecord *record,
            FermataNodeStatus  status,
            gint64             time)
{
  frame->counts[record->status]--;
  frame->counts[status]++;
  record->status = status;
  record->since = time;
}

static void
set_value (FermataNodeRecord *record,
           FermataValue      *value,
           guint64            writer)
{
  FermataValue *old = record->value;

  record->value = value == NULL ? NULL : fermata_value_ref (value);
  record->writer = writer;
  if (old != NULL)
    fermata_value_unref (old);
}

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

  if (record->status != FERMATA_NODE_STATUS_WAITING)
    return;

  /* While closing, whatever will not start is marked already. */
  if (moment->closing && (join != FERMATA_JOIN_ALWAYS || moment->n_cancels > 1))
    return;

  switch (join)
    {
    case FERMATA_JOIN_ANY:
      if (has_taken)
        fermata_index_set_add (&frame->startable, node);
      else if (record->pending == 0)
        fermata_index_set_add (&frame->skippable, node);
      break;

    case FERMATA_JOIN_ALWAYS:
      if (record->pending == 0)
        fermata_index_set_add (&frame->startable, node);
      break;

    case FERMATA_JOIN_ALL:
    default:
      if (record->pending > 0)
        break;
      if (has_taken && !has_failed)
        fermata_index_set_add (&frame->startable, node);
      else
        fermata_index_set_add (&frame->skippable, node);
      break;
    }
}

static void
end_edge (FermataMoment     *moment,
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

  ready (moment, frame, target, record);
}

/* The first edge from @edge on, leaving the same node, that has a condition. */
static guint
next_condition (const FermataPlan *plan,
                guint              edge,
                guint              end)
{
  while (edge < end && plan->edges[edge].condition == FERMATA_INDEX_NONE)
    edge++;

  return edge < end ? edge : FERMATA_INDEX_NONE;
}

static void
go_to_condition (FermataFrame *frame,
                 guint         node,
                 guint         from)
{
  frame->current_edge = next_condition (frame->plan, from, frame->plan->nodes[node + 1].first_out);
  frame->current = frame->current_edge == FERMATA_INDEX_NONE ? FERMATA_INDEX_NONE : node;
}

/* A node has ended, and with it those of its edges about which nothing is
 * left to decide. */
static void
end_node (FermataMoment     *moment,
          FermataFrame      *frame,
          guint              node,
          FermataEdgeStatus  outcome)
{
  FermataPlan *plan = frame->plan;
  gboolean tests = outcome == FERMATA_EDGE_STATUS_TAKEN && plan->nodes[node].has_conditions;

  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      if (!tests || plan->edges[i].condition == FERMATA_INDEX_NONE)
        end_edge (moment, frame, i, outcome);
    }

  if (tests)
    go_to_condition (frame, node, plan->nodes[node].first_out);
  else if (frame->current == node)
    frame->current = FERMATA_INDEX_NONE;
}

static void
leave_sets (FermataFrame      *frame,
            guint              node,
            FermataNodeRecord *record)
{
  if (record->status == FERMATA_NODE_STATUS_WAITING)
    {
      fermata_index_set_remove (&frame->startable, node);
      fermata_index_set_remove (&frame->skippable, node);
    }
  else if (!frame->plan->nodes[node].is_computed)
    {
      fermata_index_set_remove (&frame->running, node);
      fermata_index_set_remove (&frame->settled, node);
      fermata_index_set_remove (&frame->cancellable, node);
    }
}

static void
apply_node_started (FermataMoment      *moment,
                    FermataFrame       *frame,
                    const FermataEvent *event)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, event->place);

  leave_sets (frame, event->place, record);
  set_status (frame, record, FERMATA_NODE_STATUS_RUNNING, event->time);
  record->attempt = event->attempt;
  set_value (record, event->payload, moment->number);
  if (frame->plan->nodes[event->place].is_computed)
    frame->current = event->place;
  else
    fermata_index_set_add (&frame->running, event->place);
}

static void
apply_node_ended (FermataMoment      *moment,
                  FermataFrame       *frame,
                  const FermataEvent *event,
                  FermataNodeStatus   status,
                  FermataEdgeStatus   outcome)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, event->place);

  leave_sets (frame, event->place, record);
  set_status (frame, record, status, event->time);
  record->attempt = MAX (record->attempt, event->attempt);
  record->flags &= NODE_HAS_TAKEN | NODE_HAS_FAILED;
  set_value (record, event->payload, event->payload == NULL ? record->writer : moment->number);
  end_node (moment, frame, event->place, outcome);
}

static void
apply_node_cancelling (FermataFrame       *frame,
                       const FermataEvent *event)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, event->place);

  fermata_index_set_remove (&frame->cancellable, event->place);
  set_status (frame, record, FERMATA_NODE_STATUS_CANCELLING, event->time);
}

/* The end of an attempt is a fact; what follows from it is decided later. Of
 * an attempt that is not under way any more it is stale, and changes nothing. */
static void
apply_task_ended (FermataMoment      *moment,
                  FermataFrame       *frame,
                  const FermataEvent *event)
{
  FermataNodeRecord now = fermata_frame_read_node (frame, event->place);
  FermataNodeRecord *record;

  if (now.attempt != event->attempt
      || frame->plan->nodes[event->place].is_computed
      || (now.status != FERMATA_NODE_STATUS_RUNNING
          && now.status != FERMATA_NODE_STATUS_CANCELLING))
    return;

  record = fermata_frame_write_node (frame, event->place);
  if (record->status == FERMATA_NODE_STATUS_CANCELLING)
    record->flags |= NODE_SETTLED_CANCELLED;
  else if (event->kind != FERMATA_EVENT_TASK_COMPLETED)
    record->flags |= NODE_SETTLED_FAILED;

  fermata_index_set_remove (&frame->cancellable, event->place);
  fermata_index_set_add (&frame->settled, event->place);
  set_status (frame, record, FERMATA_NODE_STATUS_SETTLED, event->time);
  set_value (record, event->payload, moment->number);
}

static void
apply_logged (FermataMoment      *moment,
              FermataFrame       *frame,
              const FermataEvent *event)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, event->place);

  record->flags |= NODE_HAS_LOGGED;
  set_value (record, event->payload, moment->number);
}

static void
apply_edge_tested (FermataMoment      *moment,
                   FermataFrame       *frame,
                   const FermataEvent *event,
                   FermataEdgeStatus   outcome)
{
  guint edge = event->place - frame->plan->n_nodes;
  const FermataPlanEdge *plan_edge = &frame->plan->edges[edge];
  guint8 *condition = fermata_page_table_write (&frame->conditions, plan_edge->condition);

  *condition = outcome;
  end_edge (moment, frame, edge, outcome);
  go_to_condition (frame, plan_edge->source, edge + 1);
}

static void
fermata_dag_apply (FermataMoment      *moment,
                   FermataFrame       *frame,
                   const FermataEvent *event)
{
  switch (event->kind)
    {
    case FERMATA_EVENT_NODE_STARTED:
      apply_node_started (moment, frame, event);
      break;

    case FERMATA_EVENT_NODE_COMPLETED:
      apply_node_ended (moment, frame, event, FERMATA_NODE_STATUS_DONE,
                        FERMATA_EDGE_STATUS_TAKEN);
      break;

    case FERMATA_EVENT_NODE_FAILED:
      apply_node_ended (moment, frame, event, FERMATA_NODE_STATUS_FAILED,
                        FERMATA_EDGE_STATUS_FAILED);
      break;

    case FERMATA_EVENT_NODE_SKIPPED:
      apply_node_ended (moment, frame, event, FERMATA_NODE_STATUS_SKIPPED,
                        FERMATA_EDGE_STATUS_DEAD);
      break;

    case FERMATA_EVENT_NODE_CANCELLED:
      apply_node_ended (moment, frame, event, FERMATA_NODE_STATUS_CANCELLED,
                        FERMATA_EDGE_STATUS_DEAD);
      break;

    case FERMATA_EVENT_NODE_CANCELLING:
      apply_node_cancelling (frame, event);
      break;

    case FERMATA_EVENT_TASK_COMPLETED:
    case FERMATA_EVENT_TASK_FAILED:
    case FERMATA_EVENT_TASK_CANCELLED:
      apply_task_ended (moment, frame, event);
      break;

    case FERMATA_EVENT_LOGGED:
      apply_logged (moment, frame, event);
      break;

    case FERMATA_EVENT_EDGE_TAKEN:
      apply_edge_tested (moment, frame, event, FERMATA_EDGE_STATUS_TAKEN);
      break;

    case FERMATA_EVENT_EDGE_REFUSED:
      apply_edge_tested (moment, frame, event, FERMATA_EDGE_STATUS_DEAD);
      break;

    case FERMATA_EVENT_EDGE_FAILED:
      apply_edge_tested (moment, frame, event, FERMATA_EDGE_STATUS_FAILED);
      break;

    default:
      g_assert_not_reached ();
    }
}

static void
fermata_dag_begin (FermataMoment *moment,
                   FermataFrame  *frame)
{
  for (guint i = 0; i < frame->plan->n_nodes; i++)
    {
      if (fermata_plan_node_n_in (frame->plan, i) == 0)
        fermata_index_set_add (&frame->startable, i);
    }
}

/* Marks what will not run any more and what is to be ended: everything but
 * `always` nodes, or those too. */
static void
fermata_dag_close (FermataMoment *moment,
                   FermataFrame  *frame,
                   gboolean       everything)
{
  for (guint i = 0; i < frame->plan->n_nodes; i++)
    {
      FermataNodeRecord record = fermata_frame_read_node (frame, i);

      if (frame->plan->nodes[i].join == FERMATA_JOIN_ALWAYS && !everything)
        continue;

      if (record.status == FERMATA_NODE_STATUS_WAITING)
        {
          fermata_index_set_remove (&frame->startable, i);
          fermata_index_set_add (&frame->skippable, i);
        }
      else if (record.status == FERMATA_NODE_STATUS_RUNNING
               && !frame->plan->nodes[i].is_computed)
        {
          fermata_index_set_add (&frame->cancellable, i);
        }
    }
}

const FermataInterpreter fermata_dag_interpreter = {
  .begin = fermata_dag_begin,
  .apply = fermata_dag_apply,
  .close = fermata_dag_close,
  .decide = fermata_dag_decide,
};
