/* fermata-dag-oracle.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "harness/fermata-dag-oracle.h"

#define LINGERS 60000
#define DEFAULT_MAX_CONCURRENCY 16
#define CLOSING_TIMEOUT (5 * 60 * 1000)

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

/* Edges for errors see no output. */
static OracleEdge
test_error_edge (Oracle           *self,
                 const RandomEdge *edge)
{
  switch (edge->when)
    {
    case RANDOM_WHEN_BROKEN:
      fail_run (self, edge->source);
      return ORACLE_EDGE_FAILED;

    case RANDOM_WHEN_FALSE:
    case RANDOM_WHEN_EVEN:
    case RANDOM_WHEN_SMALL:
      return ORACLE_EDGE_DEAD;

    case RANDOM_WHEN_NONE:
    case RANDOM_WHEN_TRUE:
    default:
      return ORACLE_EDGE_TAKEN;
    }
}

static gboolean
test_error_edges (Oracle *self,
                  guint   index)
{
  gboolean taken = FALSE;

  for (guint i = 0; i < self->dag->n_edges; i++)
    {
      if (self->dag->edges[i].source != index || !self->dag->edges[i].on_error)
        continue;
      self->edges[i] = test_error_edge (self, &self->dag->edges[i]);
      taken = taken || self->edges[i] == ORACLE_EDGE_TAKEN;
    }

  return taken;
}

static OracleEdge
edge_of (Oracle           *self,
         const RandomEdge *edge,
         OracleStatus      status)
{
  if (status == ORACLE_DONE)
    return edge->on_error ? ORACLE_EDGE_DEAD : test_edge (self, edge);
  if (status == ORACLE_FAILED && !self->nodes[edge->source].is_handled)
    return ORACLE_EDGE_FAILED;

  return ORACLE_EDGE_DEAD;
}

static void
end_node (Oracle       *self,
          guint         index,
          OracleStatus  status)
{
  OracleNode *node = &self->nodes[index];

  node->status = status;
  node->ended = self->time;
  node->due = node->retry_due = node->times_out = -1;
  if (status == ORACLE_FAILED)
    {
      node->is_handled = test_error_edges (self, index)
                         || self->dag->nodes[index].on_error == RANDOM_ON_ERROR_CONTINUE;
      if (!node->is_handled)
        fail_run (self, index);
    }

  for (guint i = 0; i < self->dag->n_edges; i++)
    {
      if (self->dag->edges[i].source == index
          && !(status == ORACLE_FAILED && self->dag->edges[i].on_error))
        self->edges[i] = edge_of (self, &self->dag->edges[i], status);
    }
}

/* --- Policies, "Retry", "What a failure does" ------------------------------ */

static gboolean
may_retry (const Oracle *self,
           guint         index)
{
  if (self->nodes[index].attempt >= self->dag->nodes[index].attempts)
    return FALSE;

  return !self->is_closing
         || (self->dag->nodes[index].join == RANDOM_JOIN_ALWAYS && !self->is_insisted);
}

static void
fail_attempt (Oracle *self,
              guint   index)
{
  const RandomNode *random = &self->dag->nodes[index];
  OracleNode *node = &self->nodes[index];
  gint64 delay = random->delay;

  if (may_retry (self, index))
    {
      for (guint i = 1; i < node->attempt; i++)
        delay *= random->backoff;
      node->status = ORACLE_RETRYING;
      node->due = node->times_out = -1;
      node->retry_due = self->time + delay;
      return;
    }
  if (random->on_error == RANDOM_ON_ERROR_VALUE)
    {
      node->output = RANDOM_FALLBACK;
      end_node (self, index, ORACLE_DONE);
      return;
    }

  end_node (self, index, ORACLE_FAILED);
}

/* Its assignments are made before its edges are tested. */
static void
complete (Oracle *self,
          guint   index)
{
  if (self->dag->nodes[index].assigns)
    self->sum += self->dag->nodes[index].number;
  end_node (self, index, ORACLE_DONE);
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
carried_by (const Oracle *self,
            guint         source)
{
  return self->nodes[source].status == ORACLE_FAILED ? RANDOM_ERROR_NUMBER
                                                     : self->nodes[source].output;
}

static gint64
sum_inputs (const Oracle *self,
            guint         index)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->dag->n_edges; i++)
    {
      if (self->dag->edges[i].target == index && self->edges[i] == ORACLE_EDGE_TAKEN)
        sum += carried_by (self, self->dag->edges[i].source);
    }

  return sum;
}

static void
start_node (Oracle *self,
            guint   index)
{
  const RandomNode *random = &self->dag->nodes[index];
  OracleNode *node = &self->nodes[index];

  node->attempt++;
  node->was_asked = node->has_timed_out = FALSE;
  node->retry_due = -1;
  if (random->what != RANDOM_NODE_UNFILLED)
    {
      g_assert_cmpuint (self->n_started, <, ORACLE_MAX_STARTS);
      self->starts[self->n_started++] = (OracleStart) { index, node->attempt, self->time };
    }

  switch (random->what)
    {
    case RANDOM_NODE_SET:
      node->output = (random->number + sum_inputs (self, index)) % 1000;
      complete (self, index);
      break;

    case RANDOM_NODE_CONSTANT:
      node->output = random->number;
      complete (self, index);
      break;

    case RANDOM_NODE_BROKEN:
    case RANDOM_NODE_FAIL:
    case RANDOM_NODE_UNFILLED:
      fail_attempt (self, index);
      break;

    case RANDOM_NODE_TASK:
    case RANDOM_NODE_BAD_TASK:
    default:
      node->output = random->number;
      node->status = ORACLE_RUNNING;
      node->due = self->time + random->takes;
      node->times_out = random->timeout < 0 ? -1 : self->time + random->timeout;
      node->due_fails = random->what == RANDOM_NODE_BAD_TASK || node->attempt <= random->fails;
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
  node->times_out = -1;
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
      else if (node->status == ORACLE_RUNNING || node->status == ORACLE_RETRYING)
        node->is_to_cancel = TRUE;
    }
}

static void
insist (Oracle *self)
{
  self->is_insisted = TRUE;
  mark_for_closing (self, TRUE);
}

static void
request_cancel (Oracle   *self,
                gboolean  is_timeout)
{
  self->n_cancels++;
  if (self->n_cancels == 1)
    self->has_timed_out = is_timeout;
  if (self->is_closing)
    insist (self);

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
      node->times_out = -1;
      node->settled_failed = node->due_fails;
      node->is_to_cancel = FALSE;
    }
}

/* What happened in time counts, though it was at the last moment. */
static void
note_timeouts (Oracle *self)
{
  for (guint i = 0; i < self->dag->n_nodes; i++)
    {
      OracleNode *node = &self->nodes[i];

      if (node->status != ORACLE_RUNNING || node->times_out != self->time)
        continue;
      node->times_out = -1;
      node->has_timed_out = TRUE;
      node->is_to_cancel = TRUE;
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
  if ((node->was_asked && node->has_timed_out) || (!node->was_asked && node->settled_failed))
    fail_attempt (self, index);
  else if (node->was_asked)
    end_node (self, index, ORACLE_CANCELLED);
  else
    complete (self, index);

  return TRUE;
}

static gboolean
decide_closing (Oracle *self)
{
  if (self->is_closing
      || !(self->n_cancels > 0 || (self->has_failed && !self->dag->continues)))
    return FALSE;

  self->is_closing = TRUE;
  self->closing_since = self->time;
  if (self->n_cancels > 1)
    insist (self);
  else
    mark_for_closing (self, FALSE);

  return TRUE;
}

static gboolean
decide_cancelling (Oracle *self)
{
  for (guint i = 0; i < self->dag->n_nodes; i++)
    {
      if (!self->nodes[i].is_to_cancel)
        continue;

      if (self->nodes[i].status == ORACLE_RETRYING)
        {
          self->nodes[i].is_to_cancel = FALSE;
          end_node (self, i, ORACLE_CANCELLED);
          return TRUE;
        }

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

static guint
used_of_pool (const Oracle *self)
{
  guint used = 0;

  for (guint i = 0; i < self->dag->n_nodes; i++)
    {
      if (self->nodes[i].status == ORACLE_RUNNING || self->nodes[i].status == ORACLE_CANCELLING
          || self->nodes[i].status == ORACLE_SETTLED)
        used += self->dag->nodes[i].uses;
    }

  return used;
}

static gboolean
is_ready (const Oracle *self,
          guint         index)
{
  const OracleNode *node = &self->nodes[index];

  if (node->status == ORACLE_RETRYING)
    return !node->is_to_cancel && node->retry_due <= self->time;

  return node->status == ORACLE_WAITING && may_start (self, index);
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
      if (!is_ready (self, i) || used_of_pool (self) + self->dag->nodes[i].uses > RANDOM_POOL)
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
      if (self->nodes[i].times_out >= 0)
        earlier (&next, self->nodes[i].times_out, self->time);
      if (self->nodes[i].status == ORACLE_RETRYING)
        earlier (&next, MAX (self->nodes[i].retry_due, self->time + 1), self->time);
    }
  if (next < 0)
    return -1;

  if (self->n_cancels == 0 && self->dag->timeout >= 0)
    earlier (&next, self->dag->timeout, self->time);
  if (n_done < G_N_ELEMENTS (self->dag->cancels) && self->dag->cancels[n_done] >= 0)
    earlier (&next, self->dag->cancels[n_done], self->time);
  if (self->is_closing && !self->is_insisted)
    earlier (&next, self->closing_since + CLOSING_TIMEOUT, self->time);

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
      self->nodes[i].ended = self->nodes[i].due = -1;
      self->nodes[i].retry_due = self->nodes[i].times_out = -1;
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
      if (self->is_closing && !self->is_insisted
          && self->closing_since + CLOSING_TIMEOUT == next)
        insist (self);
      settle_due (self);
      note_timeouts (self);
      decide_all (self);

      if (n_done < G_N_ELEMENTS (dag->cancels) && dag->cancels[n_done] == next
          && (count_running (self) > 0 || find_status (self, ORACLE_RETRYING) >= 0))
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
