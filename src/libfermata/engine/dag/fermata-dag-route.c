/* fermata-dag-route.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"

#include <string.h>

#include "value/fermata-value-writer.h"

/*
 * Nodes that choose among their edges do so before they are done: `node-routed`
 * says which one. When the node is done, the others are dead, and the chosen one
 * is taken by an event of its own. An edge of the document with several targets
 * is several edges here, of one fate.
 */

#define SHOWN 100

static gboolean
is_number (FermataValue *value)
{
  FermataValueKind kind = fermata_value_get_kind (value);

  return kind == FERMATA_VALUE_KIND_INTEGER || kind == FERMATA_VALUE_KIND_NUMBER;
}

/* 1 and 1.0 are the same to whoever writes them. */
static gboolean
matches (FermataValue *value,
         FermataValue *match)
{
  if (fermata_value_equal (value, match))
    return TRUE;

  return is_number (value) && is_number (match)
         && fermata_value_get_number (value) == fermata_value_get_number (match);
}

static gboolean
is_default (const FermataPlanEdge *edge)
{
  return !edge->on_error && edge->match == NULL && edge->when == NULL;
}

static guint
find_case (FermataPlan  *plan,
           guint         node,
           FermataValue *value)
{
  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      if (plan->edges[i].match != NULL && matches (value, plan->edges[i].match))
        return i;
    }

  return FERMATA_INDEX_NONE;
}

static guint
find_default (FermataPlan *plan,
              guint        node)
{
  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      if (is_default (&plan->edges[i]))
        return i;
    }

  return FERMATA_INDEX_NONE;
}

/* The first whose condition is true. FALSE with @error set if one has no value. */
static gboolean
find_condition (FermataMoment  *moment,
                FermataFrame   *frame,
                guint           node,
                guint          *edge,
                GError        **error)
{
  FermataPlan *plan = frame->plan;
  g_autoptr (FermataValue) input = fermata_frame_dup_input (frame, node);
  FermataFrameScope scope;
  gboolean holds = FALSE;

  fermata_frame_scope_init (&scope, moment, frame, node, FERMATA_INDEX_NONE);
  scope.output_value = input;
  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      if (plan->edges[i].on_error || plan->edges[i].when == NULL)
        continue;
      if (!fermata_expression_test (plan->edges[i].when, &scope.parent, &holds, error))
        {
          g_prefix_error (error, "Edge %s, when: ", fermata_plan_get_edge_name (plan, i));
          return FALSE;
        }
      if (holds)
        {
          *edge = i;
          return TRUE;
        }
    }
  *edge = FERMATA_INDEX_NONE;

  return TRUE;
}

static void
set_unroutable (GError       **error,
                FermataValue  *value)
{
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) > SHOWN)
    start = g_strdup_printf ("%.*s…", (int) (g_utf8_offset_to_pointer (text, SHOWN) - text), text);
  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_ROUTING,
               "No edge is for the value %s", start != NULL ? start : text);
}

static gboolean
choose (FermataMoment  *moment,
        FermataFrame   *frame,
        guint           node,
        FermataValue   *value,
        guint          *edge,
        GError        **error)
{
  FermataPlan *plan = frame->plan;

  *edge = find_case (plan, node, value);
  if (*edge == FERMATA_INDEX_NONE && !find_condition (moment, frame, node, edge, error))
    return FALSE;
  if (*edge == FERMATA_INDEX_NONE)
    *edge = find_default (plan, node);
  if (*edge != FERMATA_INDEX_NONE || plan->nodes[node].routing != FERMATA_ROUTING_VALUE)
    return TRUE;

  set_unroutable (error, value);

  return FALSE;
}

/* @value, which the node has found, is transfer full. */
gboolean
fermata_dag_decide_route (FermataMoment *moment,
                          FermataFrame  *frame,
                          FermataValue  *value,
                          FermataEvent  *event)
{
  guint node = frame->current;
  guint attempt = fermata_frame_read_node (frame, node).attempt;
  g_autoptr (FermataValue) owned = value;
  g_autoptr (FermataValueBuilder) builder = NULL;
  g_autoptr (GError) error = NULL;
  guint edge;

  if (!choose (moment, frame, node, value, &edge, &error))
    return fermata_dag_decide_failure (moment, frame, node, attempt,
                                       fermata_dag_error_value (frame, node, error), event);

  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set (builder, "value", value);
  if (edge != FERMATA_INDEX_NONE)
    fermata_value_builder_set_string (builder, "edge", fermata_plan_get_edge_name (frame->plan, edge));

  return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_ROUTED, node, attempt,
                               fermata_value_builder_end (builder));
}

/* The other edges of the node are passed over. */
static void
mark_chosen (FermataFrame *frame,
             guint         node,
             guint         chosen)
{
  FermataPlan *plan = frame->plan;

  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      const FermataPlanEdge *edge = &plan->edges[i];
      guint8 *outcome;

      if (edge->on_error || edge->condition == FERMATA_INDEX_NONE)
        continue;

      outcome = fermata_page_table_write (&frame->conditions, edge->condition);
      *outcome = chosen != FERMATA_INDEX_NONE
                 && edge->document_index == plan->edges[chosen].document_index
                 ? EDGE_CHOSEN : EDGE_PASSED_OVER;
    }
}

void
fermata_dag_apply_routed (FermataFrame       *frame,
                          const FermataEvent *event)
{
  FermataPlan *plan = frame->plan;
  FermataValue *name = fermata_value_get_member (event->payload, "edge");
  guint edge = FERMATA_INDEX_NONE;

  if (plan->nodes[event->place].routing == FERMATA_ROUTING_NONE)
    return;
  if (name != NULL && !fermata_value_is_null (name)
      && (!fermata_plan_find_edge (plan, fermata_value_get_string (name, NULL), &edge)
          || plan->edges[edge].source != event->place))
    edge = FERMATA_INDEX_NONE;

  mark_chosen (frame, event->place, edge);
}

static gboolean
has_chosen (FermataFrame *frame,
            guint         node)
{
  FermataPlan *plan = frame->plan;

  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      const guint8 *outcome;

      if (plan->edges[i].on_error)
        continue;
      outcome = fermata_page_table_peek (&frame->conditions, plan->edges[i].condition);
      return outcome != NULL && *outcome >= EDGE_CHOSEN;
    }

  return TRUE;
}

/* The node is done. If it was given its output it has not chosen: the edge that
 * is for everything else is taken. */
void
fermata_dag_end_passed_over (FermataMoment *moment,
                             FermataFrame  *frame,
                             guint          node)
{
  FermataPlan *plan = frame->plan;

  if (!has_chosen (frame, node))
    mark_chosen (frame, node, find_default (plan, node));

  for (guint i = plan->nodes[node].first_out; i < plan->nodes[node + 1].first_out; i++)
    {
      guint8 *outcome;

      if (plan->edges[i].on_error)
        continue;
      outcome = fermata_page_table_write (&frame->conditions, plan->edges[i].condition);
      if (*outcome == EDGE_CHOSEN)
        continue;
      *outcome = FERMATA_EDGE_STATUS_DEAD;
      fermata_dag_end_edge (moment, frame, i, FERMATA_EDGE_STATUS_DEAD);
    }
}
