/* fermata-dag-decide.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"
#include "engine/fermata-computation-private.h"

/*
 * What follows from the state of a frame of a DAG, one element at a time, in
 * this order: what is in the middle; what attempts ended with; what is to be
 * cancelled; what is to be skipped; what may start. Of several the lowest
 * index, so the first in the document.
 */

static gboolean
decision (FermataFrame     *frame,
          FermataEvent     *event,
          FermataEventKind  kind,
          guint             place,
          guint             attempt,
          FermataValue     *payload)
{
  event->kind = kind;
  event->frame = frame->number;
  event->place = place;
  event->attempt = attempt;
  event->payload = payload;

  return TRUE;
}

static FermataValue *
error_value (FermataFrame *frame,
             guint         node,
             const GError *error)
{
  return fermata_error_value_new (fermata_error_kind_of (error), error->message,
                                  frame->plan->nodes[node].id, NULL);
}

static gboolean
decide_condition (FermataMoment *moment,
                  FermataFrame  *frame,
                  FermataEvent  *event)
{
  guint edge = frame->current_edge;
  guint place = frame->plan->n_nodes + edge;
  const FermataPlanEdge *plan_edge = &frame->plan->edges[edge];
  g_autoptr (GError) error = NULL;
  FermataFrameScope scope;
  gboolean holds;

  fermata_frame_scope_init (&scope, moment, frame, frame->current, frame->current);
  if (!fermata_expression_test (plan_edge->when, &scope.parent, &holds, &error))
    {
      g_prefix_error (&error, "Edge %s, when: ", fermata_plan_get_edge_name (frame->plan, edge));
      return decision (frame, event, FERMATA_EVENT_EDGE_FAILED, place, 0,
                       error_value (frame, frame->current, error));
    }

  return decision (frame, event, holds ? FERMATA_EVENT_EDGE_TAKEN : FERMATA_EVENT_EDGE_REFUSED,
                   place, 0, NULL);
}

static gboolean
decide_computed (FermataMoment           *moment,
                 FermataFrame            *frame,
                 const FermataNodeRecord *record,
                 FermataEvent            *event)
{
  guint node = frame->current;
  FermataNodeType *type = frame->plan->nodes[node].type;
  FermataComputation computation = { .node = &frame->plan->nodes[node] };
  g_autoptr (GError) error = NULL;
  FermataValue *value;

  if ((record->flags & NODE_HAS_LOGGED) != 0)
    return decision (frame, event, FERMATA_EVENT_NODE_COMPLETED, node, record->attempt,
                     fermata_value_ref (record->value));

  fermata_frame_scope_init (&computation.scope, moment, frame, node, FERMATA_INDEX_NONE);
  value = FERMATA_NODE_TYPE_GET_CLASS (type)->compute (type, &computation, &error);
  if (value == NULL)
    {
      g_clear_pointer (&computation.message, fermata_value_unref);
      return decision (frame, event, FERMATA_EVENT_NODE_FAILED, node, record->attempt,
                       error_value (frame, node, error));
    }

  if (computation.message != NULL)
    {
      fermata_value_unref (value);
      return decision (frame, event, FERMATA_EVENT_LOGGED, node, record->attempt,
                       computation.message);
    }

  return decision (frame, event, FERMATA_EVENT_NODE_COMPLETED, node, record->attempt, value);
}

static gboolean
decide_current (FermataMoment *moment,
                FermataFrame  *frame,
                FermataEvent  *event)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, frame->current);

  if (record.status == FERMATA_NODE_STATUS_RUNNING)
    return decide_computed (moment, frame, &record, event);

  return decide_condition (moment, frame, event);
}

/* What a failed attempt said, with the node's name. */
static FermataValue *
named_error (FermataFrame *frame,
             guint         node,
             FermataValue *error)
{
  g_autoptr (FermataValue) id = fermata_value_new_string (frame->plan->nodes[node].id, -1);

  if (error == NULL || fermata_value_get_kind (error) != FERMATA_VALUE_KIND_OBJECT)
    return fermata_error_value_new (FERMATA_ERROR_KIND_CANCELLED,
                                    "It ended before it was asked to",
                                    frame->plan->nodes[node].id, NULL);

  return fermata_value_with_member (error, "node", id);
}

static gboolean
decide_settled (FermataFrame *frame,
                FermataEvent *event)
{
  guint node = fermata_index_set_get_lowest (&frame->settled);
  FermataNodeRecord record = fermata_frame_read_node (frame, node);

  if ((record.flags & NODE_SETTLED_CANCELLED) != 0)
    return decision (frame, event, FERMATA_EVENT_NODE_CANCELLED, node, record.attempt, NULL);

  if ((record.flags & NODE_SETTLED_FAILED) != 0)
    return decision (frame, event, FERMATA_EVENT_NODE_FAILED, node, record.attempt,
                     named_error (frame, node, record.value));

  return decision (frame, event, FERMATA_EVENT_NODE_COMPLETED, node, record.attempt,
                   record.value == NULL ? fermata_value_new_null ()
                                        : fermata_value_ref (record.value));
}

static gboolean
decide_start (FermataMoment *moment,
              FermataFrame  *frame,
              FermataEvent  *event)
{
  guint node = fermata_index_set_get_lowest (&frame->startable);
  const FermataPlanNode *plan_node = &frame->plan->nodes[node];
  g_autoptr (GError) error = NULL;
  FermataFrameScope scope;
  FermataValue *parameters;

  if (plan_node->is_computed || plan_node[0].first_parameter == plan_node[1].first_parameter)
    return decision (frame, event, FERMATA_EVENT_NODE_STARTED, node, 1, NULL);

  fermata_frame_scope_init (&scope, moment, frame, node, FERMATA_INDEX_NONE);
  parameters = fermata_plan_fill_parameters (frame->plan, node, &scope.parent, &error);
  if (error != NULL)
    return decision (frame, event, FERMATA_EVENT_NODE_FAILED, node, 1,
                     error_value (frame, node, error));

  return decision (frame, event, FERMATA_EVENT_NODE_STARTED, node, 1, parameters);
}

gboolean
fermata_dag_decide (FermataMoment *moment,
                    FermataFrame  *frame,
                    FermataEvent  *event)
{
  guint node;

  if (frame->current != FERMATA_INDEX_NONE)
    return decide_current (moment, frame, event);

  if (frame->settled.n_members > 0)
    return decide_settled (frame, event);

  if ((node = fermata_index_set_get_lowest (&frame->cancellable)) != FERMATA_INDEX_NONE)
    return decision (frame, event, FERMATA_EVENT_NODE_CANCELLING, node,
                     fermata_frame_read_node (frame, node).attempt, NULL);

  if ((node = fermata_index_set_get_lowest (&frame->skippable)) != FERMATA_INDEX_NONE)
    return decision (frame, event, FERMATA_EVENT_NODE_SKIPPED, node, 0, NULL);

  if (frame->startable.n_members > 0 && frame->running.n_members < moment->max_concurrency)
    return decide_start (moment, frame, event);

  return FALSE;
}
