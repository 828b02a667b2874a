/* fermata-dag-apply.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"
#include "engine/moment/fermata-body-private.h"

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

static void
enter_running (FermataMoment *moment,
               FermataFrame  *frame,
               guint          node)
{
  fermata_index_set_add (&frame->running, node);
  fermata_moment_take_pools (moment, frame, node);
}

/* A node leaves the status that it has. */
static void
leave_sets (FermataMoment           *moment,
            FermataFrame            *frame,
            guint                    node,
            const FermataNodeRecord *record)
{
  switch ((FermataNodeStatus) record->status)
    {
    case FERMATA_NODE_STATUS_WAITING:
      fermata_index_set_remove (fermata_dag_startable_for (frame, node), node);
      fermata_index_set_remove (&frame->skippable, node);
      break;

    case FERMATA_NODE_STATUS_RETRYING:
      fermata_index_set_remove (fermata_dag_startable_for (frame, node), node);
      fermata_index_set_remove (&frame->cancellable, node);
      fermata_index_set_remove (&frame->retrying, node);
      break;

    case FERMATA_NODE_STATUS_QUEUED:
    case FERMATA_NODE_STATUS_RUNNING:
    case FERMATA_NODE_STATUS_SETTLED:
    case FERMATA_NODE_STATUS_CANCELLING:
      if (frame->plan->nodes[node].body != NULL)
        fermata_index_set_remove (&frame->startable[0], node);
      fermata_dag_stop_listening (frame, node);
      fermata_index_set_remove (&frame->settled, node);
      fermata_index_set_remove (&frame->cancellable, node);
      if (!fermata_index_set_contains (&frame->running, node)
          && !frame->plan->nodes[node].runs_graph)
        break;
      fermata_index_set_remove (&frame->running, node);
      fermata_moment_give_pools (moment, frame, node);
      break;

    case FERMATA_NODE_STATUS_DONE:
    case FERMATA_NODE_STATUS_FAILED:
    case FERMATA_NODE_STATUS_SKIPPED:
    case FERMATA_NODE_STATUS_CANCELLED:
    default:
      break;
    }
}

static void
apply_node_queued (FermataMoment      *moment,
                   FermataFrame       *frame,
                   const FermataEvent *event)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, event->place);

  leave_sets (moment, frame, event->place, record);
  set_status (frame, record, FERMATA_NODE_STATUS_QUEUED, event->time);
  record->flags &= NODE_EDGE_FLAGS;
  record->attempt = event->attempt;
  set_value (record, event->payload, moment->number);
  enter_running (moment, frame, event->place);
}

/* What a queued node is told. Once; what comes later is stale. */
static void
apply_answer (FermataMoment      *moment,
              FermataFrame       *frame,
              const FermataEvent *event,
              guint16             flag)
{
  FermataNodeRecord now = fermata_frame_read_node (frame, event->place);
  FermataNodeRecord *record;

  if (now.status != FERMATA_NODE_STATUS_QUEUED || now.attempt != event->attempt
      || fermata_index_set_contains (&frame->settled, event->place)
      || fermata_index_set_contains (&frame->cancellable, event->place))
    return;

  record = fermata_frame_write_node (frame, event->place);
  record->flags |= flag;
  fermata_index_set_add (&frame->settled, event->place);
  if (flag == NODE_SETTLED_FAILED)
    set_value (record, event->payload, moment->number);
  else if (flag == NODE_IS_ANSWERED)
    set_value (record, fermata_value_get_member (event->payload, "output"), moment->number);
}

/* An input in place of the node's own joins what it was queued with. */
static void
apply_admitted (FermataMoment      *moment,
                FermataFrame       *frame,
                const FermataEvent *event)
{
  FermataValue *input = event->payload == NULL
                        ? NULL : fermata_value_get_member (event->payload, "input");
  FermataNodeRecord *record;

  apply_answer (moment, frame, event, NODE_IS_ADMITTED);
  if (input == NULL || !fermata_index_set_contains (&frame->settled, event->place))
    return;

  record = fermata_frame_write_node (frame, event->place);
  if ((record->flags & NODE_IS_ADMITTED) != 0 && record->attempt == event->attempt)
    {
      g_autoptr (FermataValue) empty = fermata_value_new_empty_object ();
      g_autoptr (FermataValue) value = NULL;

      value = fermata_value_with_member (record->value == NULL ? empty : record->value, "input",
                                         input);
      set_value (record, value, moment->number);
    }
}

/* Hooks are asked about what the attempt ended with; meanwhile it keeps its
 * place, or takes one if it was computed. */
static void
apply_node_reviewing (FermataMoment      *moment,
                      FermataFrame       *frame,
                      const FermataEvent *event)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, event->place);
  FermataValue *error = fermata_value_get_member (event->payload, "error");

  leave_sets (moment, frame, event->place, record);
  set_status (frame, record, FERMATA_NODE_STATUS_SETTLED, event->time);
  record->attempt = event->attempt;
  record->flags &= ~(NODE_SETTLED_FAILED | NODE_SETTLED_CANCELLED | NODE_TIMED_OUT);
  if (error != NULL)
    record->flags |= NODE_SETTLED_FAILED;
  set_value (record, error != NULL ? error : fermata_value_get_member (event->payload, "output"),
             moment->number);
  if (frame->current == event->place)
    frame->current = FERMATA_INDEX_NONE;
  enter_running (moment, frame, event->place);
}

static void
set_review (FermataMoment     *moment,
            FermataNodeRecord *record,
            FermataValue      *payload)
{
  FermataValue *error = payload == NULL ? NULL : fermata_value_get_member (payload, "error");
  FermataValue *output = payload == NULL ? NULL : fermata_value_get_member (payload, "output");
  g_autoptr (FermataValue) review = NULL;

  if ((record->flags & NODE_SETTLED_FAILED) == 0 && error == NULL)
    {
      record->flags |= NODE_OUTPUT_REVIEWED;
      if (output != NULL)
        set_value (record, output, moment->number);
      return;
    }

  review = payload == NULL ? fermata_value_new_empty_object () : fermata_value_ref (payload);
  if (error == NULL)
    {
      g_autoptr (FermataValue) answer = g_steal_pointer (&review);

      review = fermata_value_with_member (answer, "error", record->value);
    }
  record->flags |= NODE_SETTLED_FAILED | NODE_ERROR_REVIEWED;
  set_value (record, review, moment->number);
}

/* What hooks say of the end of an attempt. Once; what comes later is stale. */
static void
apply_reviewed (FermataMoment      *moment,
                FermataFrame       *frame,
                const FermataEvent *event)
{
  FermataNodeRecord now = fermata_frame_read_node (frame, event->place);

  if (now.status != FERMATA_NODE_STATUS_SETTLED || now.attempt != event->attempt
      || fermata_index_set_contains (&frame->settled, event->place)
      || fermata_index_set_contains (&frame->cancellable, event->place))
    return;

  set_review (moment, fermata_frame_write_node (frame, event->place), event->payload);
  fermata_index_set_add (&frame->settled, event->place);
}

static void
apply_node_started (FermataMoment      *moment,
                    FermataFrame       *frame,
                    const FermataEvent *event)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, event->place);

  leave_sets (moment, frame, event->place, record);
  set_status (frame, record, FERMATA_NODE_STATUS_RUNNING, event->time);
  record->flags &= NODE_EDGE_FLAGS;
  record->attempt = event->attempt;
  set_value (record, event->payload, moment->number);
  if (frame->plan->nodes[event->place].runs_graph)
    fermata_moment_take_pools (moment, frame, event->place);
  if (frame->plan->nodes[event->place].body != NULL)
    fermata_body_begin (moment, frame, event->place);
  else if (frame->plan->nodes[event->place].is_computed)
    frame->current = event->place;
  else if (frame->plan->nodes[event->place].listens)
    fermata_dag_begin_listening (moment, frame, event->place);
  else
    enter_running (moment, frame, event->place);
}

static gboolean
returns_from_run (const FermataFrame *frame,
                  guint               node)
{
  FermataValue *scope = fermata_plan_get_started_parameter (frame->plan, node, NULL, "scope");

  return scope != NULL && fermata_value_get_kind (scope) == FERMATA_VALUE_KIND_STRING
         && g_str_equal (fermata_value_get_string (scope, NULL), "run");
}

/* A node is done that ends more than itself. */
static void
apply_exit (FermataMoment *moment,
            FermataFrame  *frame,
            guint          node,
            FermataValue  *value)
{
  const FermataPlanNode *plan_node = &frame->plan->nodes[node];
  gboolean has_value = plan_node[0].first_parameter != plan_node[1].first_parameter;

  switch ((FermataExit) plan_node->exit)
    {
    case FERMATA_EXIT_RETURN:
      if (returns_from_run (frame, node))
        fermata_moment_note_return (moment, value);
      else
        fermata_dag_note_return (moment, frame, value);
      break;

    case FERMATA_EXIT_BREAK:
    case FERMATA_EXIT_CONTINUE:
      fermata_dag_note_exit (moment, frame, plan_node->exit, has_value ? value : NULL);
      break;

    case FERMATA_EXIT_NONE:
    default:
      break;
    }
}

static void
apply_node_ended (FermataMoment      *moment,
                  FermataFrame       *frame,
                  const FermataEvent *event,
                  FermataNodeStatus   status,
                  FermataValue       *value)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, event->place);

  leave_sets (moment, frame, event->place, record);
  set_status (frame, record, status, event->time);
  record->attempt = MAX (record->attempt, event->attempt);
  record->flags &= NODE_EDGE_FLAGS;
  set_value (record, value, value == NULL ? record->writer : moment->number);
  if (status == FERMATA_NODE_STATUS_DONE
      && frame->plan->nodes[event->place].exit != FERMATA_EXIT_NONE)
    apply_exit (moment, frame, event->place, value);
  fermata_dag_end_node (moment, frame, event->place);
}

static void
apply_node_retrying (FermataMoment      *moment,
                     FermataFrame       *frame,
                     const FermataEvent *event)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, event->place);

  leave_sets (moment, frame, event->place, record);
  set_status (frame, record, FERMATA_NODE_STATUS_RETRYING, event->time);
  record->attempt = MAX (record->attempt, event->attempt);
  record->flags &= NODE_EDGE_FLAGS;
  set_value (record, event->payload, moment->number);
  fermata_index_set_add (&frame->retrying, event->place);
  if (frame->plan->nodes[event->place].has_each)
    fermata_dag_restart_items (moment, frame, event->place);
  if (frame->current == event->place)
    frame->current = FERMATA_INDEX_NONE;
  if (fermata_node_record_get_delay (record) > 0)
    return;

  record->flags |= NODE_IS_DUE;
  fermata_index_set_add (fermata_dag_startable_for (frame, event->place), event->place);
}

static void
apply_retry_due (FermataFrame       *frame,
                 const FermataEvent *event)
{
  FermataNodeRecord now = fermata_frame_read_node (frame, event->place);

  if (now.status != FERMATA_NODE_STATUS_RETRYING || now.attempt != event->attempt
      || (now.flags & NODE_IS_DUE) != 0)
    return;

  fermata_frame_write_node (frame, event->place)->flags |= NODE_IS_DUE;
  if (!fermata_index_set_contains (&frame->cancellable, event->place))
    fermata_index_set_add (fermata_dag_startable_for (frame, event->place), event->place);
}

/* It is asked to end, unless somebody has done so already. */
static void
apply_timeout_due (FermataFrame       *frame,
                   const FermataEvent *event)
{
  FermataNodeRecord now = fermata_frame_read_node (frame, event->place);

  if (now.status != FERMATA_NODE_STATUS_RUNNING || now.attempt != event->attempt
      || frame->plan->nodes[event->place].is_computed
      || fermata_plan_node_has_items (&frame->plan->nodes[event->place]))
    return;

  fermata_frame_write_node (frame, event->place)->flags |= NODE_TIMED_OUT;
  fermata_index_set_add (&frame->cancellable, event->place);
}

static void
apply_node_given (FermataMoment      *moment,
                  FermataFrame       *frame,
                  const FermataEvent *event)
{
  FermataValue *output = fermata_value_get_member (event->payload, "output");

  frame->n_given++;
  if (fermata_value_get_member (event->payload, "edge") != NULL)
    fermata_dag_apply_routed (frame, event);
  if (output != NULL)
    apply_node_ended (moment, frame, event, FERMATA_NODE_STATUS_DONE, output);
  else
    apply_node_ended (moment, frame, event, FERMATA_NODE_STATUS_FAILED,
                      fermata_value_get_member (event->payload, "error"));
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
      || frame->plan->nodes[event->place].body != NULL
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

/* What ends the attempt of a node that waits is decided, not told. */
static void
apply_heard (FermataMoment      *moment,
             FermataFrame       *frame,
             const FermataEvent *event)
{
  FermataEvent end;

  if (!fermata_dag_apply_heard (moment, frame, event, &end))
    return;

  apply_task_ended (moment, frame, &end);
  g_clear_pointer (&end.payload, fermata_value_unref);
}

static void
apply_node_cancelling (FermataMoment      *moment,
                       FermataFrame       *frame,
                       const FermataEvent *event)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, event->place);

  fermata_index_set_remove (&frame->cancellable, event->place);
  set_status (frame, record, FERMATA_NODE_STATUS_CANCELLING, event->time);
  if (frame->plan->nodes[event->place].listens)
    apply_heard (moment, frame, event);
  if (frame->plan->nodes[event->place].body != NULL)
    fermata_body_cancel (moment, frame, event->place);
}

/* An assignment of a computed node has its output, which is recorded nowhere
 * else yet. */
static void
apply_assigned (FermataMoment      *moment,
                FermataFrame       *frame,
                const FermataEvent *event)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, event->place);

  record->flags |= NODE_HAS_ASSIGNED;
  set_value (record, fermata_value_get_member (event->payload, "output"), moment->number);
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
apply_routed (FermataMoment      *moment,
              FermataFrame       *frame,
              const FermataEvent *event)
{
  FermataNodeRecord *record = fermata_frame_write_node (frame, event->place);

  record->flags |= NODE_HAS_ROUTED;
  set_value (record, event->payload, moment->number);
  fermata_dag_apply_routed (frame, event);
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
  fermata_dag_end_edge (moment, frame, edge, outcome);
  fermata_dag_go_to_condition (moment, frame, plan_edge->source, edge + 1);
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

    case FERMATA_EVENT_NODE_QUEUED:
      apply_node_queued (moment, frame, event);
      break;

    case FERMATA_EVENT_TASK_ADMITTED:
      apply_admitted (moment, frame, event);
      break;

    case FERMATA_EVENT_TASK_ANSWERED:
      apply_answer (moment, frame, event, NODE_IS_ANSWERED);
      break;

    case FERMATA_EVENT_TASK_REFUSED:
      apply_answer (moment, frame, event, NODE_SETTLED_FAILED);
      break;

    case FERMATA_EVENT_TASK_WAIVED:
      apply_answer (moment, frame, event, NODE_IS_WAIVED);
      break;

    case FERMATA_EVENT_NODE_REVIEWING:
      apply_node_reviewing (moment, frame, event);
      break;

    case FERMATA_EVENT_TASK_REVIEWED:
      apply_reviewed (moment, frame, event);
      break;

    case FERMATA_EVENT_NODE_COMPLETED:
      apply_node_ended (moment, frame, event, FERMATA_NODE_STATUS_DONE, event->payload);
      break;

    case FERMATA_EVENT_NODE_RECOVERED:
      apply_node_ended (moment, frame, event, FERMATA_NODE_STATUS_DONE,
                        fermata_value_get_member (event->payload, "output"));
      break;

    case FERMATA_EVENT_NODE_GIVEN:
      apply_node_given (moment, frame, event);
      break;

    case FERMATA_EVENT_NODE_FAILED:
      apply_node_ended (moment, frame, event, FERMATA_NODE_STATUS_FAILED, event->payload);
      break;

    case FERMATA_EVENT_NODE_SKIPPED:
      apply_node_ended (moment, frame, event, FERMATA_NODE_STATUS_SKIPPED, event->payload);
      break;

    case FERMATA_EVENT_NODE_CANCELLED:
      apply_node_ended (moment, frame, event, FERMATA_NODE_STATUS_CANCELLED,
                        event->payload);
      break;

    case FERMATA_EVENT_NODE_RETRYING:
      apply_node_retrying (moment, frame, event);
      break;

    case FERMATA_EVENT_RETRY_DUE:
      apply_retry_due (frame, event);
      break;

    case FERMATA_EVENT_TIMEOUT_DUE:
      apply_timeout_due (frame, event);
      break;

    case FERMATA_EVENT_ASSIGNED:
      apply_assigned (moment, frame, event);
      break;

    case FERMATA_EVENT_NODE_CANCELLING:
      apply_node_cancelling (moment, frame, event);
      break;

    case FERMATA_EVENT_TASK_COMPLETED:
    case FERMATA_EVENT_TASK_FAILED:
    case FERMATA_EVENT_TASK_CANCELLED:
      apply_task_ended (moment, frame, event);
      break;

    case FERMATA_EVENT_EVENT_TAKEN:
    case FERMATA_EVENT_EVENT_REFUSED:
    case FERMATA_EVENT_EVENT_FAILED:
      apply_heard (moment, frame, event);
      break;

    case FERMATA_EVENT_CHUNK:
      fermata_dag_add_items (moment, frame, event);
      break;

    case FERMATA_EVENT_ITEM:
    case FERMATA_EVENT_FRAME_ENTERED:
    case FERMATA_EVENT_FRAME_LEFT:
    case FERMATA_EVENT_FRAME_CLOSING:
    case FERMATA_EVENT_LOOP_ENDED:
      fermata_body_apply (moment, frame, event);
      break;

    case FERMATA_EVENT_NODE_ROUTED:
      apply_routed (moment, frame, event);
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
      fermata_dag_note_failure (moment, frame, event->payload);
      break;

    /* What only machines have, in a history that somebody else wrote */
    default:
      break;
    }
}

static void
fermata_dag_begin (FermataMoment *moment,
                   FermataFrame  *frame)
{
  if (frame->part != NULL)
    fermata_dag_begin_given (frame);
  for (guint i = 0; i < frame->plan->n_nodes; i++)
    {
      guint flags = fermata_frame_read_node (frame, i).flags;

      if (fermata_plan_node_n_in (frame->plan, i) == 0
          && (flags & (NODE_IS_GIVEN | NODE_IS_LEFT_OUT)) == 0)
        fermata_index_set_add (fermata_dag_startable_for (frame, i), i);
    }
}

const FermataInterpreter fermata_dag_interpreter = {
  .begin = fermata_dag_begin,
  .apply = fermata_dag_apply,
  .close = fermata_dag_close,
  .decide = fermata_dag_decide,
  .has_ended = fermata_dag_has_ended,
  .conclude = fermata_dag_conclude,
};
