/* fermata-frame.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-moment-private.h"

#include <string.h>

static void
begin_nodes (gpointer      records,
             guint         first,
             guint         n_records,
             gconstpointer data)
{
  FermataNodeRecord *nodes = records;
  const FermataPlan *plan = data;

  for (guint i = 0; i < n_records; i++)
    nodes[i].pending = fermata_plan_node_n_in (plan, first + i);
}

static void
ref_nodes (gpointer records,
           guint    n_records)
{
  FermataNodeRecord *nodes = records;

  for (guint i = 0; i < n_records; i++)
    {
      if (nodes[i].value != NULL)
        fermata_value_ref (nodes[i].value);
    }
}

static void
unref_nodes (gpointer records,
             guint    n_records)
{
  FermataNodeRecord *nodes = records;

  for (guint i = 0; i < n_records; i++)
    g_clear_pointer (&nodes[i].value, fermata_value_unref);
}

static const FermataPageFuncs node_funcs = { begin_nodes, ref_nodes, unref_nodes };

static gpointer
ref_result (gpointer value)
{
  return fermata_value_ref (value);
}

static void
unref_result (gpointer value)
{
  fermata_value_unref (value);
}

static gpointer
same (gpointer value)
{
  return value;
}

static void
forget (gpointer value)
{
}

static const FermataTrieFuncs result_funcs = { ref_result, unref_result };
static const FermataTrieFuncs open_funcs = { same, forget };

static void
begin_bodies (gpointer      records,
              guint         first,
              guint         n_records,
              gconstpointer data)
{
  FermataBodyRecord *bodies = records;

  for (guint i = 0; i < n_records; i++)
    {
      bodies[i].end = G_MAXUINT32;
      fermata_trie_init (&bodies[i].results, &result_funcs);
      fermata_trie_init (&bodies[i].failures, &result_funcs);
      fermata_trie_init (&bodies[i].batch, &result_funcs);
      fermata_trie_init (&bodies[i].open, &open_funcs);
    }
}

static void
ref_bodies (gpointer records,
            guint    n_records)
{
  FermataBodyRecord *bodies = records;

  for (guint i = 0; i < n_records; i++)
    {
      FermataBodyRecord *body = &bodies[i];

      fermata_trie_init_copy (&body->results, &body->results);
      fermata_trie_init_copy (&body->failures, &body->failures);
      fermata_trie_init_copy (&body->batch, &body->batch);
      fermata_trie_init_copy (&body->open, &body->open);
      if (body->item != NULL)
        fermata_value_ref (body->item);
      if (body->array != NULL)
        fermata_value_ref (body->array);
      if (body->failure != NULL)
        fermata_value_ref (body->failure);
    }
}

static void
unref_bodies (gpointer records,
              guint    n_records)
{
  FermataBodyRecord *bodies = records;

  for (guint i = 0; i < n_records; i++)
    {
      fermata_trie_clear (&bodies[i].results);
      fermata_trie_clear (&bodies[i].failures);
      fermata_trie_clear (&bodies[i].batch);
      fermata_trie_clear (&bodies[i].open);
      g_clear_pointer (&bodies[i].item, fermata_value_unref);
      g_clear_pointer (&bodies[i].array, fermata_value_unref);
      g_clear_pointer (&bodies[i].failure, fermata_value_unref);
    }
}

static const FermataPageFuncs body_funcs = { begin_bodies, ref_bodies, unref_bodies };

static FermataIndexSet *
new_startable (FermataFrame *self)
{
  guint n_needs = self->plan->pools.needs->len;

  return n_needs == 1 ? &self->startable_for_any : g_new0 (FermataIndexSet, n_needs);
}

FermataFrame *
fermata_frame_new (FermataPlan *plan,
                   guint32      number)
{
  FermataFrame *self = g_new0 (FermataFrame, 1);

  self->ref_count = 1;
  self->number = number;
  self->plan = fermata_plan_ref (plan);
  self->current = FERMATA_INDEX_NONE;
  self->current_edge = FERMATA_INDEX_NONE;
  self->parent = FERMATA_FRAME_NONE;
  fermata_page_table_init (&self->bodies, plan->n_bodies, sizeof (FermataBodyRecord),
                           &body_funcs, plan);
  self->counts[FERMATA_NODE_STATUS_WAITING] = plan->n_nodes;

  fermata_page_table_init (&self->nodes, plan->n_nodes, sizeof (FermataNodeRecord),
                           &node_funcs, plan);
  fermata_page_table_init (&self->conditions, plan->n_conditions, sizeof (guint8), NULL, NULL);
  self->startable = new_startable (self);
  for (guint i = 0; i < plan->pools.needs->len; i++)
    fermata_index_set_init (&self->startable[i], plan->n_nodes);
  fermata_index_set_init (&self->skippable, plan->n_nodes);
  fermata_index_set_init (&self->settled, plan->n_nodes);
  fermata_index_set_init (&self->running, plan->n_nodes);
  fermata_index_set_init (&self->cancellable, plan->n_nodes);
  fermata_index_set_init (&self->retrying, plan->n_nodes);
  fermata_index_set_init (&self->listening, plan->n_nodes);
  fermata_index_set_init (&self->hearing, plan->n_nodes);
  fermata_page_table_init (&self->candidates, plan->n_nodes, sizeof (guint32), NULL, NULL);
  if (plan->chart != NULL)
    self->machine = fermata_machine_new (plan->chart, plan->n_nodes, plan->n_edges);

  return self;
}

FermataFrame *
fermata_frame_copy (const FermataFrame *self)
{
  FermataFrame *copy = g_memdup2 (self, sizeof *self);

  copy->ref_count = 1;
  fermata_plan_ref (copy->plan);
  fermata_page_table_init_copy (&copy->nodes, &self->nodes);
  fermata_page_table_init_copy (&copy->conditions, &self->conditions);
  fermata_page_table_init_copy (&copy->bodies, &self->bodies);
  if (copy->item != NULL)
    fermata_value_ref (copy->item);
  if (copy->input != NULL)
    fermata_value_ref (copy->input);
  if (copy->part != NULL)
    fermata_value_ref (copy->part);
  if (copy->inputs != NULL)
    fermata_value_ref (copy->inputs);
  if (copy->variables != NULL)
    fermata_value_ref (copy->variables);
  if (copy->writers != NULL)
    fermata_value_ref (copy->writers);
  if (copy->failure != NULL)
    fermata_value_ref (copy->failure);
  if (copy->returned != NULL)
    fermata_value_ref (copy->returned);
  if (copy->error != NULL)
    fermata_value_ref (copy->error);
  if (copy->use != NULL)
    copy->use = g_memdup2 (copy->use, sizeof *copy->use);
  copy->startable = new_startable (copy);
  for (guint i = 0; i < self->plan->pools.needs->len; i++)
    fermata_index_set_init_copy (&copy->startable[i], &self->startable[i]);
  fermata_index_set_init_copy (&copy->skippable, &self->skippable);
  fermata_index_set_init_copy (&copy->settled, &self->settled);
  fermata_index_set_init_copy (&copy->running, &self->running);
  fermata_index_set_init_copy (&copy->cancellable, &self->cancellable);
  fermata_index_set_init_copy (&copy->retrying, &self->retrying);
  fermata_index_set_init_copy (&copy->listening, &self->listening);
  fermata_index_set_init_copy (&copy->hearing, &self->hearing);
  fermata_page_table_init_copy (&copy->candidates, &self->candidates);
  if (self->machine != NULL)
    copy->machine = fermata_machine_copy (self->machine);

  return copy;
}

void
fermata_frame_unref (FermataFrame *self)
{
  if (--self->ref_count > 0)
    return;

  fermata_page_table_clear (&self->nodes);
  fermata_page_table_clear (&self->conditions);
  fermata_page_table_clear (&self->bodies);
  g_clear_pointer (&self->item, fermata_value_unref);
  g_clear_pointer (&self->input, fermata_value_unref);
  g_clear_pointer (&self->part, fermata_value_unref);
  g_clear_pointer (&self->inputs, fermata_value_unref);
  g_clear_pointer (&self->variables, fermata_value_unref);
  g_clear_pointer (&self->writers, fermata_value_unref);
  g_clear_pointer (&self->failure, fermata_value_unref);
  g_clear_pointer (&self->returned, fermata_value_unref);
  g_clear_pointer (&self->error, fermata_value_unref);
  g_free (self->use);
  for (guint i = 0; i < self->plan->pools.needs->len; i++)
    fermata_index_set_clear (&self->startable[i]);
  if (self->startable != &self->startable_for_any)
    g_free (self->startable);
  fermata_index_set_clear (&self->skippable);
  fermata_index_set_clear (&self->settled);
  fermata_index_set_clear (&self->running);
  fermata_index_set_clear (&self->cancellable);
  fermata_index_set_clear (&self->retrying);
  fermata_index_set_clear (&self->listening);
  fermata_index_set_clear (&self->hearing);
  fermata_page_table_clear (&self->candidates);
  g_clear_pointer (&self->machine, fermata_machine_free);
  fermata_plan_unref (self->plan);
  g_free (self);
}

guint64
fermata_frame_get_n_copied (const FermataFrame *self)
{
  guint64 n_copied = 0;

  for (guint i = 0; i < self->plan->pools.needs->len; i++)
    n_copied += fermata_index_set_get_n_copied (&self->startable[i]);

  if (self->machine != NULL)
    n_copied += self->machine->histories.n_copied + self->machine->visits.n_copied;

  return n_copied + self->nodes.n_copied + self->conditions.n_copied
         + fermata_index_set_get_n_copied (&self->skippable) + fermata_index_set_get_n_copied (&self->settled)
         + fermata_index_set_get_n_copied (&self->running) + fermata_index_set_get_n_copied (&self->cancellable)
         + fermata_index_set_get_n_copied (&self->retrying) + fermata_index_set_get_n_copied (&self->listening)
         + fermata_index_set_get_n_copied (&self->hearing) + self->candidates.n_copied + self->bodies.n_copied;
}

FermataNodeRecord
fermata_frame_read_node (const FermataFrame *self,
                         guint               node)
{
  const FermataNodeRecord *record = fermata_page_table_peek (&self->nodes, node);
  FermataNodeRecord fresh = { 0, };

  if (record != NULL)
    return *record;

  begin_nodes (&fresh, node, 1, self->plan);

  return fresh;
}

static FermataEdgeStatus
tested_edge (const FermataFrame *self,
             guint32             condition)
{
  const guint8 *outcome;

  if (condition == FERMATA_INDEX_NONE)
    return FERMATA_EDGE_STATUS_TAKEN;

  outcome = fermata_page_table_peek (&self->conditions, condition);

  return outcome == NULL || *outcome >= EDGE_CHOSEN ? FERMATA_EDGE_STATUS_PENDING : *outcome;
}

/* Edges for errors are tested, and then the others end. */
static FermataEdgeStatus
edge_of_failed (const FermataFrame      *self,
                const FermataPlanEdge   *edge,
                const FermataNodeRecord *source)
{
  if (edge->on_error)
    return tested_edge (self, edge->condition);
  if (self->current == edge->source)
    return FERMATA_EDGE_STATUS_PENDING;

  return (source->flags & NODE_IS_HANDLED) != 0 ? FERMATA_EDGE_STATUS_DEAD
                                                : FERMATA_EDGE_STATUS_FAILED;
}

/* An edge without a condition is as its source is: that is not an event. */
FermataEdgeStatus
fermata_frame_get_edge (const FermataFrame *self,
                        guint               edge)
{
  const FermataPlanEdge *plan_edge = &self->plan->edges[edge];
  FermataNodeRecord source = fermata_frame_read_node (self, plan_edge->source);

  switch ((FermataNodeStatus) source.status)
    {
    case FERMATA_NODE_STATUS_DONE:
      return plan_edge->on_error ? FERMATA_EDGE_STATUS_DEAD
                                 : tested_edge (self, plan_edge->condition);

    case FERMATA_NODE_STATUS_FAILED:
      return edge_of_failed (self, plan_edge, &source);

    case FERMATA_NODE_STATUS_SKIPPED:
    case FERMATA_NODE_STATUS_CANCELLED:
      return FERMATA_EDGE_STATUS_DEAD;

    case FERMATA_NODE_STATUS_WAITING:
    case FERMATA_NODE_STATUS_QUEUED:
    case FERMATA_NODE_STATUS_RETRYING:
    case FERMATA_NODE_STATUS_RUNNING:
    case FERMATA_NODE_STATUS_SETTLED:
    case FERMATA_NODE_STATUS_CANCELLING:
    default:
      return FERMATA_EDGE_STATUS_PENDING;
    }
}

static gboolean
values_equal (FermataValue *a,
              FermataValue *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return fermata_value_equal (a, b);
}

static gboolean
nodes_equal (gconstpointer a,
             gconstpointer b)
{
  const FermataNodeRecord *one = a;
  const FermataNodeRecord *other = b;

  return one->status == other->status
         && one->flags == other->flags
         && one->attempt == other->attempt
         && one->pending == other->pending
         && one->since == other->since
         && one->writer == other->writer
         && values_equal (one->value, other->value);
}

static gboolean
outcomes_equal (gconstpointer a,
                gconstpointer b)
{
  return *(const guint8 *) a == *(const guint8 *) b;
}

static gboolean
candidates_equal (gconstpointer a,
                  gconstpointer b)
{
  return *(const guint32 *) a == *(const guint32 *) b;
}

static gboolean
startable_equal (const FermataFrame *a,
                 const FermataFrame *b)
{
  for (guint i = 0; i < a->plan->pools.needs->len; i++)
    {
      if (!fermata_index_set_equal (&a->startable[i], &b->startable[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
results_equal (gconstpointer a,
               gconstpointer b)
{
  return fermata_value_equal ((gpointer) a, (gpointer) b);
}

static gboolean
numbers_equal (gconstpointer a,
               gconstpointer b)
{
  return a == b;
}

static gboolean
bodies_equal (gconstpointer a,
              gconstpointer b)
{
  const FermataBodyRecord *one = a;
  const FermataBodyRecord *other = b;

  return one->n_items == other->n_items
         && one->n_entered == other->n_entered
         && one->n_left == other->n_left
         && one->n_failed == other->n_failed
         && one->n_taken == other->n_taken
         && one->end == other->end
         && one->max_parallel == other->max_parallel
         && one->batch_size == other->batch_size
         && one->phase == other->phase
         && one->generation == other->generation
         && one->flags == other->flags
         && values_equal (one->item, other->item)
         && values_equal (one->array, other->array)
         && values_equal (one->failure, other->failure)
         && fermata_trie_equal (&one->results, &other->results, results_equal)
         && fermata_trie_equal (&one->failures, &other->failures, results_equal)
         && fermata_trie_equal (&one->batch, &other->batch, results_equal)
         && fermata_trie_equal (&one->open, &other->open, numbers_equal);
}

static gboolean
uses_equal (const FermataFrame *a,
            const FermataFrame *b)
{
  if (a->use == NULL || b->use == NULL)
    return a->use == b->use;

  return fermata_budget_use_equal (a->use, b->use);
}

gboolean
fermata_frame_equal (const FermataFrame *a,
                     const FermataFrame *b)
{
  return a->number == b->number
         && a->plan->first_place == b->plan->first_place
         && a->parent == b->parent
         && a->owner == b->owner
         && a->iteration == b->iteration
         && a->count == b->count
         && a->n_children == b->n_children
         && values_equal (a->item, b->item)
         && values_equal (a->input, b->input)
         && values_equal (a->part, b->part)
         && a->n_given == b->n_given
         && values_equal (a->inputs, b->inputs)
         && values_equal (a->variables, b->variables)
         && values_equal (a->writers, b->writers)
         && values_equal (a->failure, b->failure)
         && values_equal (a->returned, b->returned)
         && values_equal (a->error, b->error)
         && uses_equal (a, b)
         && a->since == b->since
         && a->quorum == b->quorum
         && a->n_won == b->n_won
         && a->n_lost == b->n_lost
         && a->winner == b->winner
         && a->has_branches == b->has_branches
         && a->is_lost == b->is_lost
         && a->exit == b->exit
         && a->is_gentle == b->is_gentle
         && a->is_closing == b->is_closing
         && a->is_insisted == b->is_insisted
         && a->is_abandoned == b->is_abandoned
         && fermata_page_table_equal (&a->bodies, &b->bodies, bodies_equal)
         && a->current == b->current
         && a->current_edge == b->current_edge
         && fermata_machine_equal (a->machine, b->machine)
         && memcmp (a->counts, b->counts, sizeof a->counts) == 0
         && fermata_page_table_equal (&a->nodes, &b->nodes, nodes_equal)
         && fermata_page_table_equal (&a->conditions, &b->conditions, outcomes_equal)
         && startable_equal (a, b)
         && fermata_index_set_equal (&a->skippable, &b->skippable)
         && fermata_index_set_equal (&a->settled, &b->settled)
         && fermata_index_set_equal (&a->running, &b->running)
         && fermata_index_set_equal (&a->cancellable, &b->cancellable)
         && fermata_index_set_equal (&a->retrying, &b->retrying)
         && fermata_index_set_equal (&a->listening, &b->listening)
         && fermata_index_set_equal (&a->hearing, &b->hearing)
         && fermata_page_table_equal (&a->candidates, &b->candidates, candidates_equal);
}
