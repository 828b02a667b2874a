/* fermata-dag-oracle.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-dag-oracle.h"

#define LINGERS 60000
#define DEFAULT_MAX_CONCURRENCY 16

/* --- Edges, "Edges" ------------------------------------------------------- */

static void
fail_run (Oracle *self,
          guint   node)
{
  if (!self->has_failed)
    self->failed_node = node;
  self->has_failed = TRUE;
}

static OracleEdge
test_edge (Oracle           *self,
           const RandomEdge *edge)
{
  gint64 output = self->nodes[edge->source].output;

  switch (edge->when)
    {
    case RANDOM_WHEN_FALSE:
      return ORACLE_EDGE_DEAD;

    case RANDOM_WHEN_EVEN:
      return output % 2 == 0 ? ORACLE_EDGE_TAKEN : ORACLE_EDGE_DEAD;

    case RANDOM_WHEN_SMALL:
      return output < 100 ? ORACLE_EDGE_TAKEN : ORACLE_EDGE_DEAD;

    case RANDOM_WHEN_BROKEN:
      fail_run (self, edge->source);
      return ORACLE_EDGE_FAILED;

    case RANDOM_WHEN_NONE:
    case RANDOM_WHEN_TRUE:
    default:
      return ORACLE_EDGE_TAKEN;
    }
}

static void
end_node (Oracle       *self,
          guint         index,
          OracleStatus  status)
{
  OracleNode *node = &self->nodes[index];

  node->status = status;
  node->ended = self->time;
  node->due = -1;
  if (status == ORACLE_FAILED)
    fail_run (self, index);

  for (guint i = 0; i < self->dag->n_edges; i++)
    {
      if (self->dag->edges[i].source != index)
        continue;
      if (status == ORACLE_DONE)
        self->edges[i] = test_edge (self, &self->dag->edges[i]);
      else
        self->edges[i] = status == ORACLE_FAILED ? ORACLE_EDGE_FAILED : ORACLE_EDGE_DEAD;
    }
}

/* --- Joins, "Joins" ------------------------------------------------------- */

typedef struct {
  guint n_incoming;
  guint n_pending;
  guint n_taken;
  guint n_failed;
} Incoming;

static Incoming
count_incoming (const Oracle *self,
                guint         index)
{
  Incoming incoming = { 0, };

  for (guint i = 0; i < self->dag->n_edges; i++)
    {
      if (self->dag->edges[i].target != index)
        continue;
      incoming.n_incoming++;
      incoming.n_pending += self->edges[i] == ORACLE_EDGE_PENDING;
      incoming.n_taken += self->edges[i] == ORACLE_EDGE_TAKEN;
      incoming.n_failed += self->edges[i] == ORACLE_EDGE_FAILED;
    }

  return incoming;
}

static gboolean
may_start (const Oracle *self,
           guint         index)
{
  Incoming incoming = count_incoming (self, index);

  if (incoming.n_incoming == 0)
    return TRUE;

  switch (self->dag->nodes[index].join)
    {
    case RANDOM_JOIN_ANY:
      return incoming.n_taken > 0;

    case RANDOM_JOIN_ALWAYS:
      return incoming.n_pending == 0;

    case RANDOM_JOIN_ALL:
    default:
      return incoming.n_pending == 0 && incoming.n_taken > 0 && incoming.n_failed == 0;
    }
}

static gboolean
must_be_skipped (const Oracle *self,
                 guint         index)
{
  return self->nodes[index].is_to_skip
         || (count_incoming (self, index).n_pending == 0 && !may_start (self, index));
}

/* --- Starting, "Nodes" ---------------------------------------------------- */

static gint64
sum_inputs (const Oracle *self,
            guint         index)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->dag->n_edges; i++)
    {
      if (self->dag->edges[i].target == index && self->edges[i] == ORACLE_EDGE_TAKEN)
        sum += self->nodes[self->dag->edges[i].source].output;
    }

  return sum;
}

static void
start_node (Oracle *self,
            guint   index)
{
  const RandomNode *random = &self->dag->nodes[index];
  OracleNode *node = &self->nodes[index];

  if (random->what != RANDOM_NODE_UNFILLED)
    {
      node->started = self->time;
      node->position = self->n_started++;
    }

  switch (random->what)
    {
    case RANDOM_NODE_SET:
      node->output = (random->number + sum_inputs (self, index)) % 1000;
      end_node (self, index, ORACLE_DONE);
      break;

    case RANDOM_NODE_CONSTANT:
      node->output = random->number;
      end_node (self, index, ORACLE_DONE);
      break;

    case RANDOM_NODE_BROKEN:
    case RANDOM_NODE_FAIL:
    case RANDOM_NODE_UNFILLED:
      end_node (self, index, ORACLE_FAILED);
      break;

    case RANDOM_NODE_TASK:
    case RANDOM_NODE_BAD_TASK:
    default:
      node->output = random->number;
      node->status = ORACLE_RUNNING;
      node->due = self->time + random->takes;
      node->due_fails = random->what == RANDOM_NODE_BAD_TASK;
      break;
    }
}

/* --- Ending, "Closing" ---------------------------------------------------- */

/* Asked to end, or asked again. */
static void
ask_to_end (Oracle *self,
            guint   index)
{
  OracleNode *node = &self->nodes[index];

  node->is_to_cancel = FALSE;
  node->was_asked = TRUE;
  node->status = ORACLE_CANCELLING;
  node->due = self->time + (self->dag->nodes[index].cancel == RANDOM_CANCEL_IGNORE ? LINGERS : 0);
}

static void
mark_for_closing (Oracle   *self,
                  gboolean  everything)
{
  for (guint i = 0; i < self->dag->n_nodes; i++)
    {
      OracleNode *node = &self->nodes[i];

      if (self->dag->nodes[i].join == RANDOM_JOIN_ALWAYS && !everything)
        continue;
      if (node->status == ORACLE_WAITING)
        node->is_to_skip = TRUE;
      else if (node->status == ORACLE_RUNNING)
        node->is_to_cancel = TRUE;
    }
}

static void
request_cancel (Oracle   *self,
                gboolean  is_timeout)
{
  self->n_cancels++;
  if (self->n_cancels == 1)
    self->has_timed_out = is_timeout;
  if (self->is_closing)
    mark_for_closing (self, TRUE);

  for (guint i = 0; self->n_cancels > 1 && i < self->dag->n_nodes; i++)
    {
      if (self->nodes[i].status == ORACLE_CANCELLING)
        ask_to_end (self, i);
    }
}

/* --- Facts ---------------------------------------------------------------- */

static void
settle_due (Oracle *self)
{
  for (guint i = 0; i < self->dag->n_nodes; i++)
    {
      OracleNode *node = &self->nodes[i];

      if ((node->status != ORACLE_RUNNING && node->status != ORACLE_CANCELLING)
          || node->due != self->time)
        continue;
      node->status = ORACLE_SETTLED;
      node->settled_failed = node->due_fails;
      node->is_to_cancel = FALSE;
    }
}

/* --- Decisions, in their order: "A run" ----------------------------------- */

static int
find_status (const Oracle *self,
             OracleStatus  status)
{
  for (guint i = 0; i < self->dag->n_nodes; i++)
    {
      if (self->nodes[i].status == status)
        return i;
    }

  return -1;
}

static guint
count_running (const Oracle *self)
{
  guint n = 0;

  for (guint i = 0; i < self->dag->n_nodes; i++)
    n += self->nodes[i].status == ORACLE_RUNNING || self->nodes[i].status == ORACLE_CANCELLING
         || self->nodes[i].status == ORACLE_SETTLED;

  return n;
}

static gboolean
decide_settled (Oracle *self)
{
  int index = find_status (self, ORACLE_SETTLED);
  OracleNode *node;

  if (index < 0)
    return FALSE;

  node = &self->nodes[index];
  if (node->was_asked)
    end_node (self, index, ORACLE_CANCELLED);
  else
    end_node (self, index, node->settled_failed ? ORACLE_FAILED : ORACLE_DONE);

  return TRUE;
}

static gboolean
decide_closing (Oracle *self)
{
  if (self->is_closing
      || !(self->n_cancels > 0 || (self->has_failed && !self->dag->continues)))
    return FALSE;

  self->is_closing = TRUE;
  mark_for_closing (self, self->n_cancels > 1);

  return TRUE;
}

static gboolean
decide_cancelling (Oracle *self)
{
  for (guint i = 0; i < self->dag->n_nodes; i++)
    {
      if (!self->nodes[i].is_to_cancel)
        continue;

      /* What ends at once is settled before anything else is decided. */
      ask_to_end (self, i);
      settle_due (self);
      return TRUE;
    }

  return FALSE;
}

static gboolean
decide_skipped (Oracle *self)
{
  for (guint i = 0; i < self->dag->n_nodes; i++)
    {
      if (self->nodes[i].status != ORACLE_WAITING || !must_be_skipped (self, i))
        continue;
      end_node (self, i, ORACLE_SKIPPED);
      return TRUE;
    }

  return FALSE;
}

static gboolean
decide_start (Oracle *self)
{
  guint limit = self->dag->max_concurrency > 0 ? self->dag->max_concurrency
                                               : DEFAULT_MAX_CONCURRENCY;

  if (count_running (self) >= limit)
    return FALSE;

  for (guint i = 0; i < self->dag->n_nodes; i++)
    {
      if (self->nodes[i].status != ORACLE_WAITING || !may_start (self, i))
        continue;
      start_node (self, i);
      settle_due (self);
      return TRUE;
    }

  return FALSE;
}

static void
decide_all (Oracle *self)
{
  while (decide_settled (self) || decide_closing (self) || decide_cancelling (self)
         || decide_skipped (self) || decide_start (self))
    ;
}

/* --- Time ----------------------------------------------------------------- */

static void
earlier (gint64 *next,
         gint64  time,
         gint64  now)
{
  if (time >= now && (*next < 0 || time < *next))
    *next = time;
}

/* -1: nothing more will happen. */
static gint64
next_time (const Oracle *self,
           guint         n_done)
{
  gint64 next = -1;

  for (guint i = 0; i < self->dag->n_nodes; i++)
    {
      if (self->nodes[i].status == ORACLE_RUNNING || self->nodes[i].status == ORACLE_CANCELLING)
        earlier (&next, self->nodes[i].due, self->time);
    }
  if (next < 0)
    return -1;

  if (self->n_cancels == 0 && self->dag->timeout >= 0)
    earlier (&next, self->dag->timeout, self->time);
  if (n_done < G_N_ELEMENTS (self->dag->cancels) && self->dag->cancels[n_done] >= 0)
    earlier (&next, self->dag->cancels[n_done], self->time);

  return next;
}

static void
set_state (Oracle *self)
{
  if (self->n_cancels > 0)
    self->state = self->has_timed_out ? "timed-out" : "cancelled";
  else
    self->state = self->has_failed ? "failed" : "done";
}

static void
oracle_init (Oracle          *self,
             const RandomDag *dag)
{
  self->dag = dag;
  self->failed_node = -1;
  for (guint i = 0; i < dag->n_nodes; i++)
    {
      self->nodes[i].started = self->nodes[i].ended = self->nodes[i].due = -1;
      self->nodes[i].position = -1;
    }
}

/* Time goes from one thing that happens to the next. Timers come first, then
 * what is decided, then what somebody wishes, and what is decided upon that. */
Oracle *
oracle_run (const RandomDag *dag)
{
  Oracle *self = g_new0 (Oracle, 1);
  guint n_done = 0;
  gint64 next;

  oracle_init (self, dag);
  decide_all (self);
  while ((next = next_time (self, n_done)) >= 0)
    {
      self->time = next;
      if (self->n_cancels == 0 && dag->timeout == next)
        request_cancel (self, TRUE);
      settle_due (self);
      decide_all (self);

      if (n_done < G_N_ELEMENTS (dag->cancels) && dag->cancels[n_done] == next
          && count_running (self) > 0)
        {
          n_done++;
          request_cancel (self, FALSE);
          settle_due (self);
          decide_all (self);
        }
    }
  set_state (self);

  return self;
}
