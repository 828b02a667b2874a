/* fermata-moment-bodies.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a front end may ask about the frames of a moment. */

#include "engine/moment/fermata-body-private.h"

/**
 * fermata_moment_has_frame:
 * @self: a moment
 * @frame: the number of a frame
 *
 * Tells whether a frame is under way.
 *
 * Returns: %FALSE before it is entered, and once it has been left
 */
gboolean
fermata_moment_has_frame (FermataMoment *self,
                          guint          frame)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return fermata_moment_get_frame (self, frame) != NULL;
}

/**
 * fermata_moment_get_owner:
 * @self: a moment
 * @frame: the number of a frame that is under way
 * @parent: (out) (optional): the number of the frame that it is in
 * @node: (out) (optional): the place of the node whose body it runs
 * @iteration: (out) (optional): which of that node's frames it is, from 0
 *
 * Tells for whom a frame runs.
 *
 * Returns: %FALSE for the frame of the run itself
 */
gboolean
fermata_moment_get_owner (FermataMoment *self,
                          guint          frame,
                          guint         *parent,
                          guint         *node,
                          guint         *iteration)
{
  FermataFrame *found;

  g_return_val_if_fail (self != NULL, FALSE);

  found = fermata_moment_get_frame (self, frame);
  g_return_val_if_fail (found != NULL, FALSE);
  if (found->parent == FERMATA_FRAME_NONE)
    return FALSE;

  if (parent != NULL)
    *parent = found->parent;
  if (node != NULL)
    *node = fermata_moment_get_frame (self, found->parent)->plan->first_place + found->owner;
  if (iteration != NULL)
    *iteration = found->iteration;

  return TRUE;
}

static gboolean
find_body (FermataMoment     *self,
           guint              number,
           guint              node,
           FermataBodyRecord *body)
{
  FermataFrame *frame;
  guint local;

  if (!fermata_moment_find_local (self, number, node, &frame, &local) || local >= frame->plan->n_nodes
      || frame->plan->nodes[local].body == NULL)
    return FALSE;

  *body = fermata_body_read (frame, local);

  return TRUE;
}

/* Takes over @numbers. */
static guint *
end_list (GArray *numbers,
          guint  *n_numbers)
{
  *n_numbers = numbers->len;

  return (guint *) g_array_free (numbers, numbers->len == 0);
}

static gboolean
is_under_way (const FermataFrame *frame,
              guint               node)
{
  FermataNodeStatus status = fermata_frame_read_node (frame, node).status;

  return status == FERMATA_NODE_STATUS_RUNNING || status == FERMATA_NODE_STATUS_SETTLED
         || status == FERMATA_NODE_STATUS_CANCELLING;
}

static guint *
list_tasks (const FermataFrame *frame,
            guint               state,
            guint              *n_frames)
{
  const FermataChart *chart = frame->plan->chart;
  const GArray *invocations = frame->machine->invocations;
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < fermata_machine_get_n (invocations); i++)
    {
      const FermataMachineInvocation *invocation = &g_array_index (invocations, FermataMachineInvocation, i);

      if (chart->tasks[invocation->task].state == state)
        g_array_append_val (numbers, invocation->frame);
    }

  return end_list (numbers, n_frames);
}

/* Each state once: its tasks stand together. */
static guint *
list_states_with_tasks (const FermataFrame *frame,
                        guint              *n_nodes)
{
  const FermataChart *chart = frame->plan->chart;
  const GArray *invocations = frame->machine->invocations;
  GArray *states = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < fermata_machine_get_n (invocations); i++)
    {
      guint task = g_array_index (invocations, FermataMachineInvocation, i).task;
      guint place = frame->plan->first_place + chart->tasks[task].state;

      if (g_hash_table_add (seen, GUINT_TO_POINTER (place)))
        g_array_append_val (states, place);
    }

  return end_list (states, n_nodes);
}

/**
 * fermata_moment_list_owners:
 * @self: a moment
 * @frame: the number of a frame
 * @n_nodes: (out): how many there are
 *
 * Lists the nodes of a frame that are under way and run something in frames of
 * their own; of a state machine, the states whose tasks are under way.
 *
 * Returns: (transfer full) (array length=n_nodes) (nullable): their places, in the
 *   order of the graph; %NULL if there are none
 */
guint *
fermata_moment_list_owners (FermataMoment *self,
                            guint          frame,
                            guint         *n_nodes)
{
  FermataFrame *found;
  GArray *nodes;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_nodes != NULL, NULL);

  *n_nodes = 0;
  found = fermata_moment_get_frame (self, frame);
  if (found == NULL)
    return NULL;
  if (found->machine != NULL)
    return list_states_with_tasks (found, n_nodes);

  nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; found->plan->n_bodies > 0 && i < found->plan->n_nodes; i++)
    {
      guint place = found->plan->first_place + i;

      if (found->plan->nodes[i].body != NULL && is_under_way (found, i))
        g_array_append_val (nodes, place);
    }

  return end_list (nodes, n_nodes);
}

/**
 * fermata_moment_list_frames:
 * @self: a moment
 * @frame: the number of a frame
 * @node: a node of it
 * @n_frames: (out): how many there are
 *
 * Lists the frames of a node that are under way, or those of the tasks of a state.
 *
 * Returns: (transfer full) (array length=n_frames) (nullable): their numbers,
 *   in the order of their iterations; %NULL if there are none
 */
guint *
fermata_moment_list_frames (FermataMoment *self,
                            guint          frame,
                            guint          node,
                            guint         *n_frames)
{
  FermataBodyRecord body;
  FermataFrame *around;
  guint32 index = 0;
  guint *numbers;
  gpointer number;
  guint local;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_frames != NULL, NULL);

  *n_frames = 0;
  if (fermata_moment_find_local (self, frame, node, &around, &local) && around->machine != NULL)
    return list_tasks (around, local, n_frames);
  if (!find_body (self, frame, node, &body) || body.open.n_entries == 0)
    return NULL;

  numbers = g_new (guint, body.open.n_entries);
  for (guint i = 0; i < body.open.n_entries; i++, index++)
    {
      fermata_trie_next (&body.open, index, FERMATA_TRIE_ANY, &index, &number);
      numbers[i] = GPOINTER_TO_UINT (number) - 1;
    }
  *n_frames = body.open.n_entries;

  return numbers;
}

/**
 * fermata_moment_get_body_progress:
 * @self: a moment
 * @frame: the number of a frame
 * @node: a node of it
 * @n_items: (out) (optional): how many items have come
 * @n_entered: (out) (optional): how many of them have been begun
 * @n_left: (out) (optional): how many are done with
 *
 * Tells how far a node is that has a frame for each item. For more see
 * fermata_moment_get_body_counts().
 *
 * Returns: %FALSE if it has none
 */
gboolean
fermata_moment_get_body_progress (FermataMoment *self,
                                  guint          frame,
                                  guint          node,
                                  guint         *n_items,
                                  guint         *n_entered,
                                  guint         *n_left)
{
  FermataBodyRecord body;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!find_body (self, frame, node, &body)
      || !fermata_plan_node_has_many_frames (fermata_plan_node_at (self->root->plan, node)))
    return FALSE;

  if (n_items != NULL)
    *n_items = body.n_items;
  if (n_entered != NULL)
    *n_entered = body.n_entered;
  if (n_left != NULL)
    *n_left = body.n_left;

  return TRUE;
}

/* Of what comes one by one, items are counted, of which a frame may have several. */
static void
set_n_items (FermataBodyCounts       *counts,
             const FermataBodyRecord *body)
{
  gboolean has_batches = (body->flags & BODY_STREAMS) != 0 && body->batch_size > 1;

  counts->is_complete = (body->flags & BODY_IS_COMPLETE) != 0;
  counts->n_items = has_batches ? (body->n_items + body->batch_size - 1) / body->batch_size : body->n_items;
  if (body->end == 0 || body->end >= counts->n_items)
    return;

  /* Those behind a break do not count. */
  counts->n_items = body->end;
  counts->is_complete = TRUE;
}

/* Where all of them are waited for, nobody has counted them. */
static void
count_branches (FermataBodyCounts  *counts,
                const FermataFrame *frame)
{
  const FermataPlan *plan = frame->plan;

  for (guint i = 0; i < plan->n_nodes; i++)
    {
      FermataNodeStatus status = fermata_frame_read_node (frame, i).status;

      if (plan->nodes[i].first_out != plan->nodes[i + 1].first_out)
        continue;
      counts->n_won += status == FERMATA_NODE_STATUS_DONE;
      counts->n_lost += status == FERMATA_NODE_STATUS_FAILED || status == FERMATA_NODE_STATUS_SKIPPED;
    }
}

static void
describe_open (FermataBodyCounts  *counts,
               const FermataFrame *open)
{
  counts->body = open->plan->body_name;
  if ((counts->rule != FERMATA_BODY_RULE_BRANCHES && counts->rule != FERMATA_BODY_RULE_RACE)
      || open->plan->kind != FERMATA_GRAPH_KIND_DAG)
    return;

  counts->n_branches = open->plan->n_sinks;
  counts->n_wanted = open->quorum > 0 ? open->quorum : counts->n_branches;
  if (open->quorum == 0)
    {
      count_branches (counts, open);
      return;
    }
  counts->n_won = open->n_won;
  counts->n_lost = open->n_lost;
}

/* There are not many: the one that was entered last. */
static const FermataFrame *
find_last_open (FermataMoment           *self,
                const FermataBodyRecord *body)
{
  guint32 index = 0;
  gpointer number = NULL;

  while (fermata_trie_next (&body->open, index, FERMATA_TRIE_ANY, &index, &number))
    index++;

  return number == NULL ? NULL : fermata_moment_get_frame (self, GPOINTER_TO_UINT (number) - 1);
}

/**
 * fermata_moment_get_body_counts:
 * @self: a moment
 * @frame: the number of a frame
 * @node: the place of a node of it
 * @counts: (out caller-allocates): how far it is
 *
 * Tells how far a node is that has a body, whatever it does with it. What it costs
 * does not depend on how many frames there are.
 *
 * Returns: %FALSE if it has none
 */
gboolean
fermata_moment_get_body_counts (FermataMoment     *self,
                                guint              frame,
                                guint              node,
                                FermataBodyCounts *counts)
{
  const FermataPlanNode *plan_node;
  const FermataFrame *open;
  FermataBodyRecord body;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (counts != NULL, FALSE);

  *counts = (FermataBodyCounts) { 0, };
  if (!find_body (self, frame, node, &body))
    return FALSE;

  plan_node = fermata_plan_node_at (self->root->plan, node);
  counts->rule = plan_node->body_rule;
  counts->n_entered = body.n_entered;
  counts->n_under_way = body.open.n_entries;
  counts->n_left = body.n_left;
  counts->n_failed = body.n_failed;
  set_n_items (counts, &body);
  open = fermata_plan_node_has_many_frames (plan_node) ? NULL : find_last_open (self, &body);
  if (open != NULL)
    describe_open (counts, open);

  return TRUE;
}
