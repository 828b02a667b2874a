/* fermata-dag-decide.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"
#include "engine/moment/fermata-body-private.h"
#include "engine/plan/fermata-computation-private.h"
#include "model/fermata-duration.h"

/*
 * What follows from the state of a frame of a DAG, one element at a time, in
 * this order: what is in the middle; what attempts ended with; what is to be
 * cancelled; what waits for an event that is there; what is to be skipped; what
 * may start. Of several the lowest
 * index, so the first in the document.
 */

gboolean
fermata_dag_decision (FermataFrame     *frame,
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

static gboolean
decide_condition (FermataMoment           *moment,
                  FermataFrame            *frame,
                  const FermataNodeRecord *source,
                  FermataEvent            *event)
{
  guint edge = frame->current_edge;
  guint place = frame->plan->n_nodes + edge;
  const FermataPlanEdge *plan_edge = &frame->plan->edges[edge];
  g_autoptr (GError) error = NULL;
  FermataFrameScope scope;
  gboolean holds;

  fermata_frame_scope_init (&scope, moment, frame, frame->current, frame->current);
  if (plan_edge->on_error)
    scope.error = source->value;
  else if (frame->plan->nodes[plan_edge->source].routing != FERMATA_ROUTING_NONE)
    return fermata_dag_decision (frame, event, FERMATA_EVENT_EDGE_TAKEN, place, 0, NULL);
  if (!fermata_expression_test (plan_edge->when, &scope.parent, &holds, &error))
    {
      g_prefix_error (&error, "Edge %s, when: ", fermata_plan_get_edge_name (frame->plan, edge));
      return fermata_dag_decision (frame, event, FERMATA_EVENT_EDGE_FAILED, place, 0,
                                   fermata_dag_error_value (frame, frame->current, error));
    }

  return fermata_dag_decision (frame, event,
                               holds ? FERMATA_EVENT_EDGE_TAKEN : FERMATA_EVENT_EDGE_REFUSED,
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

  if ((record->flags & (NODE_HAS_LOGGED | NODE_HAS_ASSIGNED)) != 0)
    return fermata_dag_decide_success (moment, frame, node, record->attempt,
                                       fermata_value_ref (record->value), event);

  if ((record->flags & NODE_HAS_ROUTED) != 0)
    {
      value = fermata_frame_dup_input (frame, node);
      return fermata_dag_decide_success (moment, frame, node, record->attempt,
                                         value == NULL ? fermata_value_new_null () : value, event);
    }

  fermata_frame_scope_init (&computation.scope, moment, frame, node, FERMATA_INDEX_NONE);
  value = FERMATA_NODE_TYPE_GET_CLASS (type)->compute (type, &computation, &error);
  if (value == NULL)
    {
      g_clear_pointer (&computation.message, fermata_value_unref);
      if (error == NULL)
        g_set_error (&error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                     "The type “%s” gives neither an output nor an error",
                     fermata_node_type_describe (type)->name);
      return fermata_dag_decide_failure (moment, frame, node, record->attempt,
                                         fermata_dag_error_value (frame, node, error), event);
    }

  if (frame->plan->nodes[node].routing != FERMATA_ROUTING_NONE)
    return fermata_dag_decide_route (moment, frame, value, event);

  if (computation.message != NULL)
    {
      fermata_value_unref (value);
      return fermata_dag_decision (frame, event, FERMATA_EVENT_LOGGED, node, record->attempt,
                                   computation.message);
    }

  return fermata_dag_decide_success (moment, frame, node, record->attempt, value, event);
}

static gboolean
decide_current (FermataMoment *moment,
                FermataFrame  *frame,
                FermataEvent  *event)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, frame->current);

  if (record.status == FERMATA_NODE_STATUS_RUNNING)
    return decide_computed (moment, frame, &record, event);

  return decide_condition (moment, frame, &record, event);
}

/* What a start says besides its place: nothing, mostly. */
static FermataValue *
start_payload (FermataValue *parameters,
               gint64        timeout,
               FermataValue *queued)
{
  FermataValue *input = queued == NULL ? NULL : fermata_value_get_member (queued, "input");
  g_autoptr (FermataValueBuilder) builder = NULL;

  if (parameters == NULL && timeout < 0 && input == NULL)
    return NULL;

  builder = fermata_value_builder_new_object ();
  if (input != NULL)
    fermata_value_builder_set (builder, "input", input);
  if (parameters != NULL)
    fermata_value_builder_set (builder, "with", parameters);
  if (timeout >= 0)
    fermata_value_builder_set_integer (builder, "timeout", timeout);

  return fermata_value_builder_end (builder);
}

/* What `timeout` is for; the policy of the node may allow less. */
static gboolean
limit_body (FermataFrame  *frame,
            guint          node,
            FermataValue  *parameters,
            gint64        *timeout,
            GError       **error)
{
  g_autoptr (FermataValue) started = start_payload (parameters, -1, NULL);
  g_autoptr (GError) problem = NULL;
  FermataValue *after = fermata_plan_get_started_parameter (frame->plan, node, started, "after");
  gint64 limit;

  if (after == NULL || fermata_value_get_kind (after) == FERMATA_VALUE_KIND_NULL)
    return TRUE;
  if (!fermata_duration_parse (after, &limit, &problem))
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "after: %s",
                   problem->message);
      return FALSE;
    }
  *timeout = *timeout < 0 ? limit : MIN (*timeout, limit);

  return TRUE;
}

/* Of a task that a machine of SCXML's data models invokes, what that has worked out
 * for it; NULL of others. */
static FermataValue *
get_worked_out (FermataMoment *moment,
                FermataFrame  *frame)
{
  FermataFrame *parent = frame->item == NULL || frame->parent == FERMATA_FRAME_NONE
                         ? NULL : fermata_moment_get_frame (moment, frame->parent);

  return parent != NULL && parent->machine != NULL && fermata_statechart_runs_session (frame)
         ? frame->item : NULL;
}

gboolean
fermata_dag_decide_start (FermataMoment *moment,
                          FermataFrame  *frame,
                          guint          node,
                          guint          attempt,
                          FermataEvent  *event)
{
  const FermataPlanNode *plan_node = &frame->plan->nodes[node];
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataValue *queued = record.status == FERMATA_NODE_STATUS_QUEUED ? record.value : NULL;
  FermataValue *worked_out = get_worked_out (moment, frame);
  g_autoptr (FermataValue) parameters = NULL;
  g_autoptr (GError) error = NULL;
  FermataFrameScope scope;
  gint64 timeout = -1;

  if (worked_out != NULL)
    return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_STARTED, node, attempt,
                                 start_payload (worked_out, -1, queued));
  if (plan_node->is_computed || fermata_plan_node_has_items (plan_node)
      || (plan_node[0].first_parameter == plan_node[1].first_parameter && plan_node->policy == NULL))
    return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_STARTED, node, attempt,
                                 start_payload (NULL, -1, queued));

  fermata_frame_scope_init (&scope, moment, frame, node, FERMATA_INDEX_NONE);
  scope.attempt = attempt;
  parameters = fermata_plan_fill_parameters (frame->plan, node, &scope.parent, &error);
  if (error == NULL && plan_node->policy != NULL)
    fermata_policy_get_timeout (plan_node->policy, &scope.parent, &timeout, &error);
  if (error == NULL && plan_node->body_rule == FERMATA_BODY_RULE_TIMEOUT)
    limit_body (frame, node, parameters, &timeout, &error);
  if (error == NULL && plan_node->listens)
    fermata_dag_check_descriptors (frame, node, parameters, &error);
  if (error != NULL)
    return fermata_dag_decide_failure (moment, frame, node, attempt,
                                       fermata_dag_error_value (frame, node, error), event);

  return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_STARTED, node, attempt,
                               start_payload (parameters, timeout, queued));
}

/* The first node that may start and has room: each need is looked at once. */
static guint
find_startable (FermataMoment *moment,
                FermataFrame  *frame)
{
  const FermataPools *pools = &frame->plan->pools;
  guint first = FERMATA_INDEX_NONE;

  if (moment->n_running >= moment->max_concurrency)
    return FERMATA_INDEX_NONE;

  for (guint i = 0; i < pools->needs->len; i++)
    {
      if (frame->startable[i].n_members > 0 && fermata_pools_fit (pools, i, moment->pools))
        first = MIN (first, fermata_index_set_get_lowest (&frame->startable[i]));
    }

  return first;
}

static FermataValue *
queued_payload (const char *key)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "key", key);

  return fermata_value_builder_end (builder);
}

/* The key of an earlier result needs what the node would start with. */
static gboolean
decide_queued (FermataMoment *moment,
               FermataFrame  *frame,
               guint          node,
               guint          attempt,
               FermataEvent  *event)
{
  const FermataPlanNode *plan_node = &frame->plan->nodes[node];
  const FermataAdmission *admission = plan_node->policy == NULL ? NULL : plan_node->policy->admission;
  g_autoptr (FermataValue) parameters = NULL;
  g_autoptr (FermataValue) input = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  FermataFrameScope scope;

  if (admission == NULL || !admission->has_cache)
    return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_QUEUED, node, attempt, NULL);

  fermata_frame_scope_init (&scope, moment, frame, node, FERMATA_INDEX_NONE);
  scope.attempt = attempt;
  if (admission->key == NULL)
    {
      input = fermata_frame_dup_input (frame, node);
      parameters = fermata_plan_fill_parameters (frame->plan, node, &scope.parent, &error);
    }
  if (error == NULL)
    key = fermata_admission_dup_key (admission, plan_node->members, plan_node->content, parameters, input,
                                     &scope.parent, &error);
  if (key == NULL)
    return fermata_dag_decide_failure (moment, frame, node, attempt,
                                       fermata_dag_error_value (frame, node, error), event);

  return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_QUEUED, node, attempt,
                               queued_payload (key));
}

static gboolean
decide_next (FermataMoment *moment,
             FermataFrame  *frame,
             guint          node,
             FermataEvent  *event)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  guint attempt = record.attempt + 1;

  if (record.status == FERMATA_NODE_STATUS_RUNNING
      || record.status == FERMATA_NODE_STATUS_CANCELLING)
    return frame->plan->nodes[node].runs_graph
           ? fermata_dag_decide_graph (moment, frame, node, event)
           : fermata_body_decide_entered (moment, frame, node, event);
  if (!fermata_plan_node_has_items (&frame->plan->nodes[node])
      && (frame->plan->nodes[node].has_admission || moment->has_hooks))
    return decide_queued (moment, frame, node, attempt, event);

  return fermata_dag_decide_start (moment, frame, node, attempt, event);
}

/* A running node is asked; of any other nothing is under way that could be. */
static gboolean
decide_cancel (FermataFrame *frame,
               guint         node,
               FermataEvent *event)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);

  return fermata_dag_decision (frame, event,
                               record.status == FERMATA_NODE_STATUS_RUNNING
                               ? FERMATA_EVENT_NODE_CANCELLING : FERMATA_EVENT_NODE_CANCELLED,
                               node, record.attempt, NULL);
}

gboolean
fermata_dag_decide (FermataMoment *moment,
                    FermataFrame  *frame,
                    FermataEvent  *event)
{
  guint node;

  if (frame->current != FERMATA_INDEX_NONE)
    return decide_current (moment, frame, event);

  if (frame->part != NULL && fermata_dag_decide_given (frame, event))
    return TRUE;

  if (frame->settled.n_members > 0)
    return fermata_dag_decide_settled (moment, frame, event);

  if ((node = fermata_index_set_get_lowest (&frame->cancellable)) != FERMATA_INDEX_NONE)
    return decide_cancel (frame, node, event);

  if ((node = fermata_index_set_get_lowest (&frame->hearing)) != FERMATA_INDEX_NONE)
    return fermata_dag_decide_heard (moment, frame, node, event);

  if ((node = fermata_index_set_get_lowest (&frame->skippable)) != FERMATA_INDEX_NONE)
    return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_SKIPPED, node, 0, NULL);

  if ((node = find_startable (moment, frame)) != FERMATA_INDEX_NONE)
    return decide_next (moment, frame, node, event);

  return FALSE;
}
