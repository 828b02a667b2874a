/* fermata-dag-graph.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"
#include "engine/moment/fermata-body-private.h"

/*
 * Graphs that are run by a node, each in a frame of its own: how they begin, and
 * how one that is a DAG ends. The root's end is that of the run.
 */

/* What the node gives its graph, as it was started; NULL: nothing. */
static gboolean
get_given (FermataFrame   *frame,
           guint           node,
           FermataValue  **given,
           GError        **error)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);

  *given = NULL;
  if (frame->plan->nodes[node].body_rule != FERMATA_BODY_RULE_ONCE)
    return TRUE;

  *given = fermata_plan_get_started_parameter (frame->plan, node, record.value, "inputs");
  if (*given == NULL && frame->plan->is_item && frame->is_invoked)
    *given = frame->inputs;
  if (*given == NULL || fermata_value_get_kind (*given) == FERMATA_VALUE_KIND_OBJECT)
    return TRUE;

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
               "inputs must be an object, but is of type %s",
               fermata_value_kind_to_string (fermata_value_get_kind (*given)));

  return FALSE;
}

/* A graph that is in itself twice has a million frames before it is very deep. */
#define MAX_FRAMES 100000

/* How often the graph may be in itself. */
static gboolean
check_depth (FermataMoment  *moment,
             FermataFrame   *frame,
             guint           node,
             GError        **error)
{
  const FermataPlanNode *plan_node = &frame->plan->nodes[node];

  if (plan_node->max_depth == 0)
    return TRUE;

  if (fermata_moment_count_document_frames (moment, frame, plan_node->body->document) >= plan_node->max_depth)
    g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_BUDGET,
                 "the graph is %u deep in itself, and max-depth allows no more", plan_node->max_depth);
  else if (fermata_moment_get_n_frames (moment) > MAX_FRAMES)
    g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_BUDGET,
                 "%d graphs are under way, and those that are in themselves may be no more", MAX_FRAMES);
  else
    return TRUE;

  return FALSE;
}

/* A graph that declares none has those around it, unless it is in a file. */
static gboolean
make_inputs (FermataPlan    *body,
             FermataValue   *given,
             FermataValue  **inputs,
             GError        **error)
{
  g_autoptr (GError) problem = NULL;

  *inputs = NULL;
  if (!body->is_isolated && !fermata_plan_is_scxml (body) && fermata_value_get_member (body->members, "inputs") == NULL
      && (given == NULL || fermata_value_get_length (given) == 0))
    return TRUE;
  if (fermata_plan_check_inputs (body, given, inputs, &problem))
    return TRUE;

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "%s", problem->message);

  return FALSE;
}

static gboolean
make_variables (FermataMoment           *moment,
                FermataFrame            *frame,
                FermataPlan             *body,
                FermataValue            *inputs,
                FermataValue           **variables,
                GError                 **error)
{
  FermataFrameScope scope;

  *variables = NULL;
  if (body->variables == NULL && !body->is_isolated && !fermata_plan_is_scxml (body))
    return TRUE;

  fermata_frame_scope_init (&scope, moment, frame, FERMATA_INDEX_NONE, FERMATA_INDEX_NONE);
  *variables = fermata_plan_make_variables (body, inputs != NULL
                                                  ? inputs
                                                  : fermata_moment_get_frame_inputs (moment, frame),
                                            scope.parent.time, scope.parent.seed, error);

  return *variables != NULL;
}

gboolean
fermata_dag_decide_graph (FermataMoment *moment,
                          FermataFrame  *frame,
                          guint          node,
                          FermataEvent  *event)
{
  FermataPlan *body = fermata_body_get_next_plan (frame, node);
  g_autoptr (FermataValue) inputs = NULL;
  g_autoptr (FermataValue) variables = NULL;
  g_autoptr (GError) error = NULL;
  FermataValue *given;

  if (frame->plan->nodes[node].body_rule == FERMATA_BODY_RULE_WHILE
      && !fermata_dag_goes_on (moment, frame, node, event))
    return TRUE;
  if (!check_depth (moment, frame, node, &error)
      || !get_given (frame, node, &given, &error)
      || !make_inputs (body, given, &inputs, &error)
      || !make_variables (moment, frame, body, inputs, &variables, &error))
    return fermata_dag_decide_failure (moment, frame, node,
                                       fermata_frame_read_node (frame, node).attempt,
                                       fermata_dag_error_value (frame, node, error), event);

  return fermata_dag_decision (frame, event, FERMATA_EVENT_FRAME_ENTERED, node, 0,
                               fermata_body_entered_payload (moment,
                                                             fermata_body_read (frame, node).n_entered,
                                                             body->body_name, inputs, variables));
}

/* Ending */

gboolean
fermata_dag_has_ended (const FermataMoment *moment,
                       const FermataFrame  *frame)
{
  return !fermata_frame_is_under_way (frame) && frame->current == FERMATA_INDEX_NONE
         && frame->skippable.n_members == 0 && !fermata_frame_has_startable (frame);
}

/* The one node of a frame for an item ended well, badly, or neither: then, and
 * where the failure was handled, the item has no result. */
static void
conclude_item (FermataFrame  *frame,
               FermataValue **output,
               FermataValue **error)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, 0);

  if (record.status == FERMATA_NODE_STATUS_DONE)
    *output = fermata_value_ref (record.value);
  else if (record.status == FERMATA_NODE_STATUS_FAILED && (record.flags & NODE_IS_HANDLED) == 0)
    *error = fermata_value_ref (record.value);
}

static void
compute_result (FermataMoment  *moment,
                FermataFrame   *frame,
                FermataValue  **output,
                FermataValue  **error)
{
  g_autoptr (GError) problem = NULL;

  *output = fermata_frame_compute_result (moment, frame, &problem);
  if (*output != NULL)
    return;

  g_prefix_error (&problem, "result: ");
  *error = fermata_error_value_new (fermata_error_kind_of (problem), problem->message, NULL, NULL);
}

/* What a race was won with, or all branches gave, or, of any other graph, its result */
static void
compute_branches (FermataMoment  *moment,
                  FermataFrame   *frame,
                  FermataValue  **output,
                  FermataValue  **error)
{
  if (frame->plan->result != NULL)
    compute_result (moment, frame, output, error);
  else if (frame->has_branches)
    *output = fermata_dag_dup_branches (frame);
  else if (frame->quorum > 0)
    *output = fermata_value_ref (fermata_frame_read_node (frame, frame->winner).value);
  else
    compute_result (moment, frame, output, error);
}

/* What was closed before its end gives nothing, unless a node said what. */
void
fermata_dag_conclude (FermataMoment  *moment,
                      FermataFrame   *frame,
                      FermataValue  **output,
                      FermataValue  **error)
{
  if (frame->plan->is_item)
    {
      conclude_item (frame, output, error);
      return;
    }

  if (frame->quorum > 0 && frame->returned != NULL)
    *output = fermata_value_ref (frame->returned);
  else if (fermata_dag_has_quorum (frame))
    compute_branches (moment, frame, output, error);
  else if (frame->is_lost)
    *error = fermata_dag_dup_no_quorum (frame);
  else if (frame->quorum > 0)
    return;
  else if (frame->failure != NULL)
    *error = fermata_value_ref (frame->failure);
  else if (frame->returned != NULL)
    *output = fermata_value_ref (frame->returned);
  else if (frame->is_closing)
    return;
  else if ((*error = fermata_frame_dup_deadlock (frame)) == NULL)
    compute_branches (moment, frame, output, error);
}

void
fermata_dag_give_up (FermataMoment *moment,
                     FermataFrame  *frame)
{
  frame->is_abandoned = TRUE;
  fermata_dag_interpreter.close (moment, frame, FALSE);
}

void
fermata_dag_note_failure (FermataMoment *moment,
                          FermataFrame  *frame,
                          FermataValue  *error)
{
  if (frame->parent == FERMATA_FRAME_NONE)
    {
      fermata_moment_note_failure (moment, error);
      return;
    }
  if (frame->plan->is_item || frame->failure != NULL)
    return;

  frame->failure = fermata_value_ref (error);
  if (frame->plan->fail_fast && frame->quorum == 0 && !frame->is_closing)
    fermata_dag_give_up (moment, frame);
}

void
fermata_dag_note_return (FermataMoment *moment,
                         FermataFrame  *frame,
                         FermataValue  *value)
{
  FermataFrame *graph = fermata_moment_find_graph_frame (moment, frame);

  /* Tasks of machines return to nobody. */
  if (graph->plan->kind != FERMATA_GRAPH_KIND_DAG)
    return;
  if (graph->parent == FERMATA_FRAME_NONE)
    {
      fermata_moment_note_return (moment, value);
      return;
    }
  if (graph->returned != NULL)
    return;

  graph = fermata_moment_write_frame (moment, graph->number);
  graph->returned = fermata_value_ref (value);
  if (!graph->is_closing)
    fermata_dag_give_up (moment, graph);
  if (graph != frame)
    fermata_moment_note_frame (moment, graph);
}
