/* fermata-dag-each.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"
#include "engine/moment/fermata-body-private.h"

/*
 * Edges with `each`: how the items of their source come to their target, which
 * has a body. A source that emits gives them while it runs, and chunks tell how
 * many there are; of any other they are the elements of its output.
 */

/* Early items do not pass a condition that has not been tested. */
static gboolean
gives_early (const FermataFrame *frame,
             guint               edge)
{
  FermataNodeRecord source = fermata_frame_read_node (frame, frame->plan->edges[edge].source);

  return frame->plan->edges[edge].condition == FERMATA_INDEX_NONE
         && (source.status == FERMATA_NODE_STATUS_RUNNING
             || source.status == FERMATA_NODE_STATUS_SETTLED);
}

/* Is the target of such an edge ready? When the other edges have ended, and
 * this one has been taken or gives items already. */
void
fermata_dag_make_owner_ready (FermataMoment           *moment,
                              FermataFrame            *frame,
                              guint                    node,
                              const FermataNodeRecord *record)
{
  guint edge = frame->plan->nodes[node].each_edge;
  FermataEdgeStatus status = fermata_frame_get_edge (frame, edge);
  gboolean is_pending = status == FERMATA_EDGE_STATUS_PENDING;

  if (status == FERMATA_EDGE_STATUS_DEAD || status == FERMATA_EDGE_STATUS_FAILED
      || (record->flags & NODE_HAS_FAILED) != 0)
    {
      if (record->pending == 0)
        fermata_index_set_add (&frame->skippable, node);
      return;
    }

  if (record->pending > (is_pending ? 1 : 0))
    return;
  if (is_pending && (fermata_body_read (frame, node).n_items == 0 || !gives_early (frame, edge)))
    return;

  fermata_index_set_add (fermata_dag_startable_for (frame, node), node);
}

static FermataValue *
no_list_error (FermataFrame *frame,
               guint         edge,
               FermataValue *found)
{
  const FermataPlanEdge *plan_edge = &frame->plan->edges[edge];
  g_autofree char *message = NULL;

  message = g_strdup_printf ("The output of “%s” must be an array, for each of its elements is an "
                             "item; it is of type %s",
                             frame->plan->nodes[plan_edge->source].id,
                             fermata_value_kind_to_string (fermata_value_get_kind (found)));

  return fermata_error_value_new (FERMATA_ERROR_KIND_VALIDATION, message,
                                  frame->plan->nodes[plan_edge->target].id, NULL);
}

/* No more items will come. A source that emitted nothing and has no output has
 * none; of one that did not emit, its output has them. */
static void
complete (FermataFrame *frame,
          guint         node)
{
  guint edge = frame->plan->nodes[node].each_edge;
  FermataValue *output = fermata_frame_read_node (frame, frame->plan->edges[edge].source).value;
  FermataBodyRecord *body = fermata_body_write (frame, node);

  body->flags |= BODY_IS_COMPLETE;
  if (frame->plan->nodes[node].runs_graph)
    {
      if ((body->flags & BODY_STREAMS) == 0
          && fermata_frame_read_node (frame, node).status == FERMATA_NODE_STATUS_RUNNING)
        fermata_body_take_items (frame, node);
      return;
    }
  if ((body->flags & BODY_STREAMS) != 0 || output == NULL
      || fermata_value_get_kind (output) == FERMATA_VALUE_KIND_NULL)
    return;

  if (fermata_value_get_kind (output) == FERMATA_VALUE_KIND_ARRAY)
    {
      g_clear_pointer (&body->array, fermata_value_unref);
      body->array = fermata_value_ref (output);
      body->n_items = fermata_value_get_length (output);
    }
  else
    {
      g_clear_pointer (&body->failure, fermata_value_unref);
      body->failure = no_list_error (frame, edge, output);
    }
}

/* The edge that its items come by has ended. A target that has started loses
 * what it has begun if the source turns out to have failed. */
void
fermata_dag_end_each_edge (FermataMoment     *moment,
                           FermataFrame      *frame,
                           guint              edge,
                           FermataEdgeStatus  outcome)
{
  guint node = frame->plan->edges[edge].target;

  if (outcome == FERMATA_EDGE_STATUS_TAKEN)
    complete (frame, node);
  else if (fermata_frame_read_node (frame, node).status == FERMATA_NODE_STATUS_RUNNING)
    fermata_index_set_add (&frame->cancellable, node);

  fermata_body_update (moment, frame, node);
}

void
fermata_dag_add_items (FermataMoment      *moment,
                       FermataFrame       *frame,
                       const FermataEvent *chunk)
{
  FermataPlan *plan = frame->plan;
  FermataValue *items = chunk->payload == NULL
                        ? NULL : fermata_value_get_member (chunk->payload, "items");
  FermataNodeRecord source = fermata_frame_read_node (frame, chunk->place);

  if (items == NULL || !plan->nodes[chunk->place].has_each || source.attempt != chunk->attempt
      || source.status != FERMATA_NODE_STATUS_RUNNING)
    return;

  for (guint i = plan->nodes[chunk->place].first_out; i < plan->nodes[chunk->place + 1].first_out; i++)
    {
      guint node = plan->edges[i].target;
      FermataBodyRecord *body;
      FermataNodeRecord record;

      if (!plan->edges[i].is_each)
        continue;

      body = fermata_body_write (frame, node);
      body->flags |= BODY_STREAMS;
      body->generation = chunk->attempt;
      body->n_items += fermata_value_get_integer (items);
      record = fermata_frame_read_node (frame, node);
      if (record.status == FERMATA_NODE_STATUS_WAITING)
        fermata_dag_make_ready (moment, frame, node);
      else
        fermata_body_update (moment, frame, node);
    }
}

/* The source is tried again: whatever its failed attempt gave does not count. */
void
fermata_dag_restart_items (FermataMoment *moment,
                           FermataFrame  *frame,
                           guint          source)
{
  FermataPlan *plan = frame->plan;

  for (guint i = plan->nodes[source].first_out; i < plan->nodes[source + 1].first_out; i++)
    {
      FermataNodeStatus status;

      if (!plan->edges[i].is_each)
        continue;

      status = fermata_frame_read_node (frame, plan->edges[i].target).status;
      if (status == FERMATA_NODE_STATUS_WAITING || status == FERMATA_NODE_STATUS_RUNNING)
        fermata_body_restart (moment, frame, plan->edges[i].target);
      if (status == FERMATA_NODE_STATUS_WAITING)
        fermata_index_set_remove (fermata_dag_startable_for (frame, plan->edges[i].target),
                                  plan->edges[i].target);
    }
}
