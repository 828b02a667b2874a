/* fermata-body-each.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-body-rules-private.h"

#include "value/fermata-value-builder.h"

/*
 * Nodes behind an edge with `each`, which have a body of one node that was made for
 * them: all policies are that node's. Each item has a result, null where it gave none.
 */

/* Items may have come before. */
static void
begin (FermataMoment *moment,
       FermataFrame  *frame,
       guint          node)
{
}

/* There are no more frames under way than could run, so that those that wait
 * for something else do not heap up. */
static gboolean
can_enter (const FermataMoment     *moment,
           const FermataFrame      *frame,
           guint                    node,
           const FermataBodyRecord *body)
{
  return body->n_entered < MIN (body->n_items, body->end) && (body->array != NULL || body->item != NULL)
         && body->open.n_entries < moment->max_concurrency
         && !fermata_body_is_stopping (frame, node, body);
}

/* What the node sees as its input: the item, or among what the other edges
 * carry, under the name of the edge that it came by. */
static FermataValue *
dup_item_input (FermataFrame *frame,
                guint         node,
                FermataValue *item)
{
  FermataPlan *plan = frame->plan;
  const FermataPlanNode *plan_node = &plan->nodes[node];
  g_autoptr (FermataValueBuilder) builder = NULL;

  if (fermata_plan_node_n_in (plan, node) == 1)
    return fermata_value_ref (item);

  builder = fermata_value_builder_new_object ();
  for (guint i = plan_node[0].first_in; i < plan_node[1].first_in; i++)
    {
      guint edge = plan->incoming[i];
      FermataValue *value = item;

      if (edge != plan_node->each_edge)
        value = fermata_frame_get_edge (frame, edge) == FERMATA_EDGE_STATUS_TAKEN
                ? fermata_frame_read_node (frame, plan->edges[edge].source).value : NULL;
      if (value != NULL)
        fermata_value_builder_set (builder, fermata_plan_get_input_name (plan, edge), value);
    }

  return fermata_value_builder_end (builder);
}

static void
enter (FermataFrame      *frame,
       guint              node,
       FermataBodyRecord *body,
       FermataBodyEntry  *entry)
{
  entry->plan = frame->plan->nodes[node].body;
  entry->item = body->array != NULL
                ? fermata_value_ref (fermata_value_get_element (body->array, body->n_entered))
                : g_steal_pointer (&body->item);
  entry->input = dup_item_input (frame, node, entry->item);
  entry->count = body->array != NULL ? body->n_items : 0;
}

static void
left (FermataMoment         *moment,
      FermataFrame          *frame,
      guint                  node,
      const FermataBodyLeft *left)
{
  FermataBodyRecord *body = fermata_body_write (frame, node);

  if (left->output != NULL)
    fermata_trie_set (&body->results, left->iteration, fermata_value_ref (left->output));
  if (left->error != NULL && (body->flags & BODY_RESTARTS) == 0)
    fermata_body_fail (moment, frame, node, left->iteration, left->error);
}

static FermataBodyEnd
get_end (const FermataFrame      *frame,
         guint                    node,
         const FermataBodyRecord *body)
{
  if (body->failure != NULL)
    return FERMATA_BODY_HAS_FAILED;

  return (body->flags & BODY_IS_COMPLETE) != 0 && body->n_entered == MIN (body->n_items, body->end)
         ? FERMATA_BODY_IS_DONE : FERMATA_BODY_GOES_ON;
}

static FermataValue *
dup_output (const FermataFrame      *frame,
            guint                    node,
            const FermataBodyRecord *body)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_array ();
  g_autoptr (FermataValue) none = fermata_value_new_null ();

  for (guint32 i = 0; i < body->n_entered; i++)
    {
      FermataValue *result = fermata_trie_get (&body->results, i);

      fermata_value_builder_add (builder, result != NULL ? result : none);
    }

  return fermata_value_builder_end (builder);
}

const FermataBodyRules fermata_body_rules_each = {
  .begin = begin,
  .can_enter = can_enter,
  .enter = enter,
  .left = left,
  .get_end = get_end,
  .dup_output = dup_output,
};
