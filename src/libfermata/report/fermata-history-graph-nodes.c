/* fermata-history-graph-nodes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-history-graph-private.h"

#include "engine/plan/fermata-plan-private.h"

/*
 * A node has one step, however often it ran, in whatever frame. The node that
 * works on items, and the plan of one node that does that for it, are the same to
 * whoever looks. States of a machine that a node runs are steps as well, beside each
 * other whatever states they are in, and what they run lies beside them.
 */

/* What there is to say of a place: a node, or an edge. */
typedef struct {
  guint64 first;
  guint64 last;
  guint64 count; /* executions, or how often it was taken */
  gint64 time;
  guint n_attempts;
  guint n_items;
  guint n_failed;
  guint n_done;
  guint n_open;
  FermataHistoryStepStatus status;
  guint owner; /* the place of the node that this is the work of, plus 1 */
  guint step;  /* its number, plus 1 */
} Tally;

typedef struct {
  FermataHistoryGraph *graph;
  FermataPlan *root;
  Tally *tallies;
  guint n_places;
  GHashTable *open; /* frame and place -> when its attempt began */
  gint64 end;
} Reader;

static guint
n_plans (FermataPlan *root)
{
  return root->tree != NULL ? root->tree->len : 1;
}

static FermataPlan *
plan_at (FermataPlan *root,
         guint        index)
{
  return root->tree != NULL ? root->tree->pdata[index] : root;
}

static void
find_owners (Reader      *self,
             FermataPlan *plan)
{
  for (guint i = 0; i < plan->n_nodes; i++)
    {
      FermataPlan *body = plan->nodes[i].body;

      if (body != NULL && body->is_item)
        self->tallies[body->first_place].owner = plan->first_place + i + 1;
    }
}

/* --- Events -------------------------------------------------------------- */

static gint64 *
key_of (const FermataEvent *event,
        gint64             *key)
{
  *key = (gint64) (((guint64) event->frame << 32) | event->place);

  return key;
}

static void
begin (Reader             *self,
       Tally              *tally,
       const FermataEvent *event)
{
  gint64 key;
  gint64 *kept;

  if (g_hash_table_contains (self->open, key_of (event, &key)))
    return;
  kept = g_new (gint64, 2);
  kept[0] = key;
  kept[1] = event->time;
  g_hash_table_insert (self->open, kept, kept);
  tally->n_open++;
}

static void
end (Reader             *self,
     Tally              *tally,
     const FermataEvent *event)
{
  gint64 key;
  gint64 *kept = g_hash_table_lookup (self->open, key_of (event, &key));

  if (kept == NULL)
    return;
  tally->time += MAX (event->time - kept[1], 0);
  tally->n_open--;
  g_hash_table_remove (self->open, &key);
}

static void
start (Reader             *self,
       Tally              *tally,
       const FermataEvent *event)
{
  tally->n_attempts++;
  if (event->attempt <= 1)
    tally->count++;
  tally->status = FERMATA_HISTORY_STEP_ACTIVE;
  begin (self, tally, event);
}

static void
finish (Reader                   *self,
        Tally                    *tally,
        const FermataEvent       *event,
        FermataHistoryStepStatus  status)
{
  end (self, tally, event);
  if (tally->count == 0 && status != FERMATA_HISTORY_STEP_CANCELLED)
    tally->count = 1;
  tally->n_done += status == FERMATA_HISTORY_STEP_DONE;
  tally->n_failed += status == FERMATA_HISTORY_STEP_FAILED;
  if (tally->n_open > 0)
    tally->status = FERMATA_HISTORY_STEP_ACTIVE;
  else if (tally->n_failed > 0 && status == FERMATA_HISTORY_STEP_DONE)
    tally->status = FERMATA_HISTORY_STEP_FAILED; /* of several executions, one */
  else
    tally->status = status;
}

/* What happens to one item is its owner's, but for how that ends. */
static void
note_item (Reader             *self,
           const FermataEvent *event,
           guint               owner)
{
  if (event->kind == FERMATA_EVENT_NODE_STARTED && event->attempt <= 1)
    self->tallies[owner].n_items++;
}

static gboolean
note_node (Reader             *self,
           Tally              *tally,
           const FermataEvent *event)
{
  switch ((guint) event->kind)
    {
    case FERMATA_EVENT_NODE_STARTED:
      start (self, tally, event);
      return TRUE;

    case FERMATA_EVENT_STATE_ENTERED:
      tally->count++;
      tally->status = FERMATA_HISTORY_STEP_ACTIVE;
      begin (self, tally, event);
      return TRUE;

    case FERMATA_EVENT_STATE_EXITED:
    case FERMATA_EVENT_NODE_COMPLETED:
    case FERMATA_EVENT_NODE_GIVEN:
    case FERMATA_EVENT_NODE_RECOVERED:
      finish (self, tally, event, FERMATA_HISTORY_STEP_DONE);
      return TRUE;

    case FERMATA_EVENT_NODE_FAILED:
      finish (self, tally, event, FERMATA_HISTORY_STEP_FAILED);
      return TRUE;

    case FERMATA_EVENT_NODE_CANCELLED:
      finish (self, tally, event, FERMATA_HISTORY_STEP_CANCELLED);
      return TRUE;

    case FERMATA_EVENT_NODE_RETRYING:
      end (self, tally, event);
      return TRUE;

    case FERMATA_EVENT_EDGE_TAKEN:
      tally->count++;
      return TRUE;

    default:
      return FALSE;
    }
}

static void
read_event (Reader             *self,
            const FermataEvent *event,
            guint64             number)
{
  FermataHistoryMark mark = { number, event->place };
  Tally *tally;

  if (event->place >= self->n_places)
    return;
  tally = &self->tallies[event->place];
  if (tally->owner != 0)
    {
      note_item (self, event, tally->owner - 1);
      mark.step = tally->owner - 1;
    }
  else if (!note_node (self, tally, event))
    return;
  else
    {
      if (tally->first == 0)
        tally->first = number;
      tally->last = number;
    }
  if (event->kind != FERMATA_EVENT_EDGE_TAKEN)
    g_array_append_val (self->graph->marks, mark);
}

/* --- Steps --------------------------------------------------------------- */

/* What runs is still being measured. */
static void
measure_open (Reader *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const gint64 *kept = value;
      guint place = (guint) (kept[0] & 0xffffffff);

      self->tallies[place].time += MAX (self->end - kept[1], 0);
    }
}

static void
add_step (Reader      *self,
          FermataPlan *plan,
          guint        node,
          guint        parent)
{
  FermataHistoryGraph *graph = self->graph;
  Tally *tally = &self->tallies[plan->first_place + node];
  g_autofree char *place = fermata_plan_dup_place_name (self->root, plan->first_place + node);
  FermataHistoryStep step = {
    .status = tally->status,
    .title = g_string_chunk_insert (graph->texts, fermata_history_graph_get_title (plan, node)),
    .place = g_string_chunk_insert (graph->texts, place),
    .event = tally->last,
    .first_event = tally->first,
    .count = tally->count,
    .n_attempts = tally->n_attempts,
    .n_items = tally->n_items,
    .time = tally->time,
    .parent = parent,
  };

  g_array_append_val (graph->steps, step);
  tally->step = graph->steps->len;
}

static void
add_to_fold (FermataHistoryStep *fold,
             const Tally        *tally)
{
  fold->count++;
  fold->time += tally->time;
  fold->event = MAX (fold->event, tally->last);
  fold->first_event = fold->first_event == 0 ? tally->first : MIN (fold->first_event, tally->first);
}

/* What is in a body lies in the step of its node. One that is further out, as in a
 * graph that runs itself, has its place already. */
static void
note_parent (GHashTable  *numbers,
             guint       *parents,
             FermataPlan *body,
             guint        step)
{
  guint index = body == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (numbers, body));

  if (index > 0 && parents[index] == 0)
    parents[index] = step;
}

/* Owners come before what is in them: plans are numbered in that order. */
static void
add_steps (Reader *self)
{
  FermataHistoryGraph *graph = self->graph;
  g_autofree guint *parents = g_new0 (guint, n_plans (self->root));
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  FermataHistoryStep fold = { 0 };

  for (guint i = 0; i < n_plans (self->root); i++)
    g_hash_table_insert (numbers, plan_at (self->root, i), GUINT_TO_POINTER (i));
  for (guint i = 0; i < n_plans (self->root); i++)
    {
      FermataPlan *plan = plan_at (self->root, i);

      for (guint node = 0; node < plan->n_nodes; node++)
        {
          Tally *tally = &self->tallies[plan->first_place + node];

          if (tally->owner != 0)
            tally->step = self->tallies[tally->owner - 1].step;
          else if (tally->count > 0)
            {
              if (graph->steps->len + 1 < FERMATA_HISTORY_GRAPH_MAX_STEPS)
                add_step (self, plan, node, parents[i] == 0 ? FERMATA_HISTORY_STEP_NONE : parents[i] - 1);
              else
                add_to_fold (&fold, tally);
            }
          note_parent (numbers, parents, plan->nodes[node].body, tally->step);
          note_parent (numbers, parents, plan->nodes[node].catch_body, tally->step);
          note_parent (numbers, parents, plan->nodes[node].finally_body, tally->step);
        }
      for (guint task = 0; plan->chart != NULL && task < plan->chart->n_tasks; task++)
        note_parent (numbers, parents, plan->chart->tasks[task].plan, parents[i]);
    }
  if (fold.count > 0)
    {
      FermataHistoryStep step = fermata_history_graph_make_fold (graph, (guint) fold.count);

      step.time = fold.time;
      step.event = fold.event;
      step.first_event = fold.first_event;
      g_array_append_val (graph->steps, step);
    }
}

static guint64
count_arc (Reader                *self,
           FermataPlan           *plan,
           guint                  edge,
           const FermataPlanEdge *record)
{
  Tally *source = &self->tallies[plan->first_place + record->source];

  if (plan->chart != NULL || record->condition != FERMATA_INDEX_NONE)
    return self->tallies[plan->first_place + fermata_plan_get_edge_place (plan, edge)].count;
  if (record->is_each)
    return source->count;

  return record->on_error ? source->n_failed : source->n_done;
}

static void
add_arcs (Reader      *self,
          FermataPlan *plan)
{
  for (guint i = 0; i < plan->n_edges; i++)
    {
      const FermataPlanEdge *edge = &plan->edges[i];
      Tally *source = &self->tallies[plan->first_place + edge->source];
      Tally *target = &self->tallies[plan->first_place + edge->target];
      FermataHistoryArc arc = { source->step - 1, target->step - 1, "", .event = target->first };

      if (source->step == 0 || target->step == 0)
        continue;
      arc.count = count_arc (self, plan, i, edge);
      if (arc.count == 0)
        continue;
      if (edge->on_error)
        arc.label = "error";
      else if (edge->is_each)
        arc.label = "each";
      g_array_append_val (self->graph->arcs, arc);
    }
}

/* Until now, places stood there. */
static void
settle_marks (Reader *self)
{
  GArray *marks = self->graph->marks;
  guint n_marks = 0;

  for (guint i = 0; i < marks->len; i++)
    {
      FermataHistoryMark mark = g_array_index (marks, FermataHistoryMark, i);
      guint step = self->tallies[mark.step].step;

      if (step == 0 && self->graph->n_folded == 0)
        continue;
      mark.step = step > 0 ? step - 1 : self->graph->steps->len - 1;
      g_array_index (marks, FermataHistoryMark, n_marks++) = mark;
    }
  g_array_set_size (marks, n_marks);
}

static guint
count_places (FermataPlan *root)
{
  FermataPlan *last = plan_at (root, n_plans (root) - 1);

  return MAX (root->n_places, last->first_place + last->n_nodes + last->n_edges);
}

void
fermata_history_graph_read_nodes (FermataHistoryGraph *graph,
                                  FermataHistory      *history,
                                  guint64              first)
{
  Reader self = { .graph = graph, .root = fermata_history_get_plan (history) };

  self.n_places = count_places (self.root);
  self.tallies = g_new0 (Tally, MAX (self.n_places, 1));
  self.open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < n_plans (self.root); i++)
    find_owners (&self, plan_at (self.root, i));
  for (guint64 number = first; number <= graph->until; number++)
    {
      const FermataEvent *event = fermata_history_get_event (history, number);

      self.end = MAX (self.end, event->time);
      read_event (&self, event, number);
    }
  measure_open (&self);
  add_steps (&self);
  for (guint i = 0; i < n_plans (self.root); i++)
    add_arcs (&self, plan_at (self.root, i));
  settle_marks (&self);
  g_hash_table_unref (self.open);
  g_free (self.tallies);
}
