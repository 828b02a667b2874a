/* fermata-check-order.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-order-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "model/fermata-node.h"

/*
 * Who is upstream of whom, for the few pairs that a document asks about.
 *
 * To answer any pair of a large graph at once would take memory with its
 * square, and a search for each pair time with its square. So three tests,
 * each cheap, and the last one bounded:
 *
 * 1. Who does not come earlier in the order is not upstream.
 * 2. Who is above the asker in a forest that spans the graph is upstream. The
 *    forest is numbered so that a subtree is an interval.
 * 3. What is left waits until the level has been read; then 64 of the nodes
 *    asked for are a bit each, and one pass over the edges carries the bits
 *    downstream. Past MAX_PASSES nothing is said of the rest.
 */
#define MAX_PASSES 64
#define MAX_PENDING 65536

/* A pair that is not decided, with all that a diagnostic needs. */
typedef struct {
  guint asked;
  guint asker;
  FermataDiagnostic *diagnostic;
} Pending;

struct _FermataCheckOrder {
  FermataCheckOut out;
  guint *order;  /* places of nodes */
  guint *rank;   /* of each node in order */

  /* The forest; NULL until somebody asks. A node's subtree are the nodes
   * with an enter from its own enter to its leave. */
  guint *enter;
  guint *leave;

  GArray *pending;
};

static inline guint
target_of (FermataCheckLevel *level,
           guint              arc)
{
  return g_array_index (level->arcs, FermataArc, arc).target;
}

void
fermata_check_out_init (FermataCheckOut *self,
                        guint            n_nodes,
                        GArray          *arcs)
{
  self->n_nodes = n_nodes;
  self->first = g_new0 (guint, (gsize) n_nodes + 2);
  self->arcs = g_new (guint, MAX (arcs->len, 1));

  /* Counted two places up, so that filling moves them to where they belong. */
  for (guint i = 0; i < arcs->len; i++)
    self->first[g_array_index (arcs, FermataArc, i).source + 2]++;
  for (guint i = 2; i < n_nodes + 2; i++)
    self->first[i] += self->first[i - 1];
  for (guint i = 0; i < arcs->len; i++)
    self->arcs[self->first[g_array_index (arcs, FermataArc, i).source + 1]++] = i;
}

void
fermata_check_out_clear (FermataCheckOut *self)
{
  g_clear_pointer (&self->first, g_free);
  g_clear_pointer (&self->arcs, g_free);
}

static guint *
count_incoming (FermataCheckLevel *level)
{
  guint *n_in = g_new0 (guint, MAX (level->n_nodes, 1));

  for (guint i = 0; i < level->arcs->len; i++)
    n_in[target_of (level, i)]++;

  return n_in;
}

/* Takes away nodes that nothing leads to, until there are none; gives how many
 * could be taken. */
static guint
sort_nodes (FermataCheckOrder *self,
            FermataCheckLevel *level,
            guint             *n_in)
{
  guint n_sorted = 0;

  for (guint i = 0; i < level->n_nodes; i++)
    {
      if (n_in[i] == 0)
        self->order[n_sorted++] = i;
    }

  for (guint done = 0; done < n_sorted; done++)
    {
      guint node = self->order[done];

      self->rank[node] = done;

      for (guint i = self->out.first[node]; i < self->out.first[node + 1]; i++)
        {
          guint target = target_of (level, self->out.arcs[i]);

          if (--n_in[target] == 0)
            self->order[n_sorted++] = target;
        }
    }

  return n_sorted;
}

static GArray *
collect_stuck (FermataCheckLevel *level,
               const guint       *n_in)
{
  GArray *stuck = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < level->n_nodes; i++)
    {
      if (n_in[i] > 0)
        g_array_append_val (stuck, i);
    }

  return stuck;
}

FermataCheckOrder *
fermata_check_order_new (FermataCheckLevel *level,
                         GArray           **stuck)
{
  FermataCheckOrder *self = g_new0 (FermataCheckOrder, 1);
  g_autofree guint *n_in = count_incoming (level);

  fermata_check_out_init (&self->out, level->n_nodes, level->arcs);
  self->order = g_new (guint, MAX (level->n_nodes, 1));
  self->rank = g_new (guint, MAX (level->n_nodes, 1));

  if (sort_nodes (self, level, n_in) == level->n_nodes)
    return self;

  *stuck = collect_stuck (level, n_in);
  fermata_check_order_free (self);

  return NULL;
}

static void
clear_pending (gpointer data)
{
  Pending *pending = data;

  g_clear_object (&pending->diagnostic);
}

void
fermata_check_order_free (FermataCheckOrder *self)
{
  fermata_check_out_clear (&self->out);
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->rank, g_free);
  g_clear_pointer (&self->enter, g_free);
  g_clear_pointer (&self->leave, g_free);
  g_clear_pointer (&self->pending, g_array_unref);
  g_free (self);
}

/* Numbers the subtree of @root; gives the next number. @next and @path are
 * room for as many places as there are nodes. */
static guint
number_tree (FermataCheckOrder *self,
             FermataCheckLevel *level,
             guint              root,
             guint              number,
             guint             *next,
             guint             *path)
{
  guint depth = 0;

  path[depth++] = root;
  self->enter[root] = number++;
  next[root] = self->out.first[root];

  while (depth > 0)
    {
      guint node = path[depth - 1];
      guint target;

      if (next[node] == self->out.first[node + 1])
        {
          self->leave[node] = number - 1;
          depth--;
          continue;
        }

      target = target_of (level, self->out.arcs[next[node]++]);

      if (self->enter[target] == G_MAXUINT)
        {
          self->enter[target] = number++;
          next[target] = self->out.first[target];
          path[depth++] = target;
        }
    }

  return number;
}

static void
span_forest (FermataCheckOrder *self,
             FermataCheckLevel *level)
{
  g_autofree guint *next = g_new (guint, level->n_nodes);
  g_autofree guint *path = g_new (guint, level->n_nodes);
  guint number = 0;

  self->enter = g_new (guint, level->n_nodes);
  self->leave = g_new0 (guint, level->n_nodes);

  for (guint i = 0; i < level->n_nodes; i++)
    self->enter[i] = G_MAXUINT;

  for (guint i = 0; i < level->n_nodes; i++)
    {
      if (self->enter[self->order[i]] == G_MAXUINT)
        number = number_tree (self, level, self->order[i], number, next, path);
    }
}

static gboolean
is_above_in_forest (FermataCheckOrder *self,
                    FermataCheckLevel *level,
                    guint              asked,
                    guint              asker)
{
  if (self->enter == NULL)
    span_forest (self, level);

  return self->enter[asked] <= self->enter[asker] && self->enter[asker] <= self->leave[asked];
}

static const char *
id_at (FermataCheckLevel *level,
       guint              node)
{
  return fermata_node_get_id (level->nodes[node]);
}

static char *
dup_message (FermataCheckLevel *level,
             guint              asked,
             guint              asker)
{
  if (asked == asker)
    return g_strdup_printf (_("“%s” reads its own output, which is null until it is done"),
                            id_at (level, asked));
  else
    return g_strdup_printf (_("“%s” is not upstream of “%s”, so its output may be null here"),
                            id_at (level, asked), id_at (level, asker));
}

static void
warn (FermataCheck      *check,
      FermataCheckLevel *level,
      guint              asked,
      guint              asker,
      gsize              offset)
{
  g_autofree char *message = dup_message (level, asked, asker);

  fermata_check_report (check, FERMATA_SEVERITY_WARNING, "not-upstream", "%s", message);
  fermata_check_point_at_byte (check, offset);
}

static void
defer (FermataCheck      *check,
       FermataCheckLevel *level,
       guint              asked,
       guint              asker,
       gsize              offset)
{
  FermataCheckOrder *self = level->order;
  Pending pending = { asked, asker, NULL };
  g_autofree char *message = NULL;

  if (self->pending == NULL)
    {
      self->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
      g_array_set_clear_func (self->pending, clear_pending);
    }
  else if (self->pending->len >= MAX_PENDING)
    return;

  message = dup_message (level, asked, asker);
  pending.diagnostic = fermata_check_make (check, FERMATA_SEVERITY_WARNING, "not-upstream", message);
  fermata_diagnostic_set_inner_offset (pending.diagnostic, (gssize) offset);
  g_array_append_val (self->pending, pending);
}

void
fermata_check_order_ask (FermataCheck      *check,
                         FermataCheckLevel *level,
                         guint              asked,
                         guint              asker,
                         gsize              offset)
{
  FermataCheckOrder *self = level->order;

  if (self->rank[asked] >= self->rank[asker])
    warn (check, level, asked, asker, offset);
  else if (!is_above_in_forest (self, level, asked, asker))
    defer (check, level, asked, asker, offset);
}

static int
compare_asked (gconstpointer a,
               gconstpointer b)
{
  const Pending *x = a;
  const Pending *y = b;

  return x->asked < y->asked ? -1 : x->asked > y->asked;
}

/* Carries the bits of @bits from every node to all that is behind it. */
static void
carry_downstream (FermataCheckOrder *self,
                  FermataCheckLevel *level,
                  guint64           *bits)
{
  for (guint i = 0; i < level->n_nodes; i++)
    {
      guint node = self->order[i];

      if (bits[node] == 0)
        continue;

      for (guint j = self->out.first[node]; j < self->out.first[node + 1]; j++)
        bits[target_of (level, self->out.arcs[j])] |= bits[node];
    }
}

/* Decides the pairs from @begin on whose asked nodes, at most 64, are a bit
 * each; gives where the next ones begin. */
static guint
decide_pending (FermataCheck      *check,
                FermataCheckLevel *level,
                guint64           *bits,
                guint              begin)
{
  FermataCheckOrder *self = level->order;
  Pending *pending = (Pending *) self->pending->data;
  g_autofree guint8 *bit_of = g_new (guint8, self->pending->len);
  guint n_bits = 0;
  guint end;

  memset (bits, 0, sizeof *bits * level->n_nodes);

  for (end = begin; end < self->pending->len; end++)
    {
      if (end == begin || pending[end].asked != pending[end - 1].asked)
        {
          if (n_bits == 64)
            break;
          bits[pending[end].asked] |= G_GUINT64_CONSTANT (1) << n_bits++;
        }

      bit_of[end] = (guint8) (n_bits - 1);
    }

  carry_downstream (self, level, bits);

  for (guint i = begin; i < end; i++)
    {
      if ((bits[pending[i].asker] & (G_GUINT64_CONSTANT (1) << bit_of[i])) == 0)
        fermata_check_add (check, pending[i].diagnostic);
    }

  return end;
}

/* The level has been read: decides what waits. */
void
fermata_check_order_end (FermataCheck      *check,
                         FermataCheckLevel *level)
{
  FermataCheckOrder *self = level->order;
  g_autofree guint64 *bits = NULL;
  guint done = 0;

  if (self == NULL || self->pending == NULL)
    return;

  bits = g_new (guint64, level->n_nodes);
  g_array_sort (self->pending, compare_asked);

  for (guint i = 0; i < MAX_PASSES && done < self->pending->len; i++)
    done = decide_pending (check, level, bits, done);
}
