/* fermata-check-cycles.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-order-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/* A cycle of more nodes than this is not spelled out as a whole. */
#define MAX_SPELLED 20

#define NONE G_MAXUINT

/*
 * Strongly connected components by Tarjan's algorithm, with the recursion
 * kept in an array. Two nodes are in a cycle together if and only if they are
 * in the same component.
 */
typedef struct {
  FermataCheckLevel *level;
  FermataCheckOut out;

  guint *number;    /* in the order of discovery, NONE before that */
  guint *low;       /* the least number that is known to be reachable */
  guint *component; /* NONE while it is being found */
  guint n_components;
  guint n_numbered;

  guint *next;      /* of each node on the path, the arc to look at next */
  guint *path;      /* the recursion */
  guint n_path;
  guint *open;      /* nodes whose component is being found */
  guint n_open;

  /* For the walk from a node back to itself */
  guint *came_by;   /* the arc that a node was reached by first, or NONE */
} Components;

static guint *
new_places (guint n,
            guint value)
{
  guint *places = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    places[i] = value;

  return places;
}

static void
components_init (Components        *self,
                 FermataCheckLevel *level)
{
  guint n = level->n_nodes;

  *self = (Components) { .level = level };
  fermata_check_out_init (&self->out, n, level->arcs);
  self->number = new_places (n, NONE);
  self->low = new_places (n, NONE);
  self->component = new_places (n, NONE);
  self->came_by = new_places (n, NONE);
  self->next = g_new (guint, n);
  self->path = g_new (guint, n);
  self->open = g_new (guint, n);
}

static void
components_clear (Components *self)
{
  fermata_check_out_clear (&self->out);
  g_free (self->number);
  g_free (self->low);
  g_free (self->component);
  g_free (self->came_by);
  g_free (self->next);
  g_free (self->path);
  g_free (self->open);
}

static inline FermataArc *
arc_at (Components *self,
        guint       place)
{
  return &g_array_index (self->level->arcs, FermataArc, self->out.arcs[place]);
}

static void
enter (Components *self,
       guint       node)
{
  self->number[node] = self->low[node] = self->n_numbered++;
  self->next[node] = self->out.first[node];
  self->path[self->n_path++] = node;
  self->open[self->n_open++] = node;
}

/* All that @node leads to has been seen. */
static void
leave (Components *self,
       guint       node)
{
  self->n_path--;

  if (self->n_path > 0)
    {
      guint parent = self->path[self->n_path - 1];

      self->low[parent] = MIN (self->low[parent], self->low[node]);
    }

  if (self->low[node] != self->number[node])
    return;

  while (TRUE)
    {
      guint member = self->open[--self->n_open];

      self->component[member] = self->n_components;
      if (member == node)
        break;
    }

  self->n_components++;
}

static void
find_components_from (Components *self,
                      guint       root)
{
  enter (self, root);

  while (self->n_path > 0)
    {
      guint node = self->path[self->n_path - 1];
      guint target;

      if (self->next[node] == self->out.first[node + 1])
        {
          leave (self, node);
          continue;
        }

      target = arc_at (self, self->next[node]++)->target;

      if (self->number[target] == NONE)
        enter (self, target);
      else if (self->component[target] == NONE)
        self->low[node] = MIN (self->low[node], self->number[target]);
    }
}

/* The shortest way from @start back to itself, breadth first and inside its
 * component. Leaves in came_by how it went; gives the arc that closes it, or
 * NONE if @start is in no cycle. */
static guint
find_way_back (Components *self,
               guint       start)
{
  guint *queue = self->path;
  guint n_queue = 0;

  queue[n_queue++] = start;

  for (guint done = 0; done < n_queue; done++)
    {
      guint node = queue[done];

      for (guint i = self->out.first[node]; i < self->out.first[node + 1]; i++)
        {
          guint target = arc_at (self, i)->target;

          if (target == start)
            return self->out.arcs[i];

          if (self->component[target] != self->component[start] || self->came_by[target] != NONE)
            continue;

          self->came_by[target] = self->out.arcs[i];
          queue[n_queue++] = target;
        }
    }

  return NONE;
}

/* The nodes from @start to the source of @closing, in order. */
static GArray *
collect_cycle (Components *self,
               guint       start,
               guint       closing)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  guint node = g_array_index (self->level->arcs, FermataArc, closing).source;

  while (node != start)
    {
      g_array_append_val (nodes, node);
      node = g_array_index (self->level->arcs, FermataArc, self->came_by[node]).source;
    }

  g_array_append_val (nodes, start);

  for (guint i = 0; i < nodes->len / 2; i++)
    {
      guint *a = &g_array_index (nodes, guint, i);
      guint *b = &g_array_index (nodes, guint, nodes->len - 1 - i);
      guint swap = *a;

      *a = *b;
      *b = swap;
    }

  return nodes;
}

/* "a → b → c → a" */
static char *
spell (Components *self,
       GArray     *nodes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      guint node = g_array_index (nodes, guint, i);

      if (i == MAX_SPELLED && nodes->len > MAX_SPELLED + 1)
        {
          g_string_append_printf (text, _("… %u more … → "), nodes->len - i - 1);
          i = nodes->len - 1;
          node = g_array_index (nodes, guint, i);
        }

      g_string_append_printf (text, "%s → ", fermata_node_get_id (self->level->nodes[node]));
    }

  g_string_append (text, fermata_node_get_id (self->level->nodes[g_array_index (nodes, guint, 0)]));

  return g_string_free (text, FALSE);
}

static void
report_cycle (FermataCheck *check,
              Components   *self,
              guint         start,
              guint         closing)
{
  g_autoptr(GArray) nodes = collect_cycle (self, start, closing);
  g_autofree char *spelled = spell (self, nodes);
  guint edge = g_array_index (self->level->arcs, FermataArc, closing).edge;

  check->edge = fermata_graph_get_edge (self->level->graph, edge);
  fermata_check_report (check, FERMATA_SEVERITY_ERROR, "cycle", _("the edges make a cycle: %s"), spelled);
  fermata_check_add_hint (check, _("a dag runs each node once; iterate with a body"));
  check->edge = NULL;
}

/* One cycle of each component that has any, @stuck being the nodes where to
 * look. */
static void
report_cycles (FermataCheck *check,
               GArray       *stuck)
{
  g_autofree gboolean *is_told = NULL;
  Components self;

  components_init (&self, check->level);

  for (guint i = 0; i < stuck->len; i++)
    {
      guint node = g_array_index (stuck, guint, i);

      if (self.number[node] == NONE)
        find_components_from (&self, node);
    }

  is_told = g_new0 (gboolean, self.n_components);

  for (guint i = 0; i < stuck->len; i++)
    {
      guint node = g_array_index (stuck, guint, i);
      guint closing;

      if (is_told[self.component[node]])
        continue;

      is_told[self.component[node]] = TRUE;
      closing = find_way_back (&self, node);

      if (closing != NONE)
        report_cycle (check, &self, node, closing);
    }

  components_clear (&self);
}

/* Edges must lead forwards, except in a flow; notes the order if they do. */
void
fermata_check_cycles (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;
  g_autoptr(GArray) stuck = NULL;

  level->order = fermata_check_order_new (level, &stuck);

  if (stuck != NULL && level->kind == FERMATA_GRAPH_KIND_DAG && !level->kind_is_guessed)
    report_cycles (self, stuck);
}
