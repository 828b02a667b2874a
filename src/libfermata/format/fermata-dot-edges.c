/* fermata-dot-edges.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-dot-private.h"

#include <string.h>

#include "format/fermata-dot-label-private.h"
#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/* So far off a dot is put, to be left of others. */
#define MAX_RANKS 8u

/* --- Where edges end ----------------------------------------------------- */

Agnode_t *
fermata_dot_get_end (FermataDotPlace *place)
{
  return place->node != NULL ? place->node : place->leaf;
}

static Agnode_t *
add_dot (FermataDotDrawing *self,
         Agraph_t          *around,
         const char        *what,
         const char        *colour,
         double             size)
{
  g_autofree char *name = fermata_dot_extra_name (self, what);
  Agnode_t *dot = fermata_dot_add_node (around, name);

  fermata_dot_set (dot, "shape", "point");
  fermata_dot_set (dot, "style", "filled");
  fermata_dot_set (dot, "fillcolor", colour);
  fermata_dot_set (dot, "color", colour);
  fermata_dot_set_length (dot, "width", size);
  fermata_dot_set (dot, "tooltip", what);

  return dot;
}

/* Where an edge of a state ends that stays in that state. */
static Agnode_t *
get_anchor (FermataDotDrawing *self,
            FermataDotPlace   *place)
{
  if (place->cluster == NULL)
    return place->node;
  if (place->anchor == NULL)
    place->anchor = add_dot (self, place->cluster, "state", self->page.colours->line, 0.1);

  return place->anchor;
}

static gboolean
is_within (FermataNode *node,
           FermataNode *state)
{
  while (node != NULL && node != state)
    node = fermata_node_get_parent (node);

  return node != NULL;
}

static Agedge_t *
connect (FermataDotDrawing *self,
         FermataNode       *from,
         FermataNode       *to)
{
  FermataDotPlace *tail = fermata_dot_find_place (self, from);
  FermataDotPlace *head = fermata_dot_find_place (self, to);
  Agnode_t *start = is_within (to, from) ? get_anchor (self, tail) : fermata_dot_get_end (tail);
  Agnode_t *end = is_within (from, to) ? get_anchor (self, head) : fermata_dot_get_end (head);
  Agedge_t *edge = fermata_dot_add_edge (self->page.root, start, end);

  if (tail->cluster != NULL && start != tail->anchor)
    fermata_dot_set (edge, "ltail", agnameof (tail->cluster));
  if (head->cluster != NULL && end != head->anchor)
    fermata_dot_set (edge, "lhead", agnameof (head->cluster));

  return edge;
}

/* What is not there is drawn, too: that is what is wrong with the graph. */
static Agnode_t *
draw_missing (FermataDotDrawing *self,
              Agraph_t          *around,
              const char        *id)
{
  g_autofree char *name = fermata_dot_extra_name (self, "missing");
  Agnode_t *node = fermata_dot_add_node (around, name);
  g_autofree char *title = fermata_dot_clip (id != NULL && *id != '\0' ? id : "?", FERMATA_DOT_TITLE_LENGTH);

  fermata_dot_set_text (node, "label", title);
  fermata_dot_set (node, "style", "rounded,dashed");
  fermata_dot_set (node, "color", self->page.colours->bad);
  fermata_dot_set (node, "fontcolor", self->page.colours->bad);
  fermata_dot_set (node, "tooltip", "There is no such node");

  return node;
}

/* --- Edges --------------------------------------------------------------- */

static gboolean
is_on_error (FermataEdge *edge,
             gboolean     is_machine)
{
  FermataValue *value = fermata_edge_get_member (edge, is_machine ? "event" : "on");

  return value != NULL && fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING
         && g_str_has_prefix (fermata_value_get_string (value, NULL), "error");
}

static void
style_edge (FermataDotDrawing *self,
            FermataEdge       *edge,
            Agedge_t          *object,
            gboolean           is_machine,
            guint              target)
{
  g_autofree char *path = fermata_edge_dup_path (edge);
  g_autofree char *label = fermata_dot_dup_edge_label (edge, is_machine);
  g_autofree char *id = target > 0 ? g_strdup_printf ("%s#%u", path, target) : g_strdup (path);

  fermata_dot_set_text (object, "id", id);
  if (*label != '\0' && target == 0)
    fermata_dot_set_text (object, "label", label);
  fermata_dot_set_text (object, "tooltip", *label != '\0' ? label : " ");
  if (is_on_error (edge, is_machine))
    fermata_dot_set (object, "style", "dashed");
}

static void
draw_arrow (FermataDotDrawing     *self,
            const FermataDotLevel *level,
            FermataEdge           *edge,
            FermataNode           *from,
            guint                  target,
            gboolean               is_machine)
{
  FermataNode *to = fermata_edge_get_target (edge, target);
  Agedge_t *arrow;

  if (from != NULL && to != NULL)
    arrow = connect (self, from, to);
  else
    {
      FermataDotPlace *tail = fermata_dot_find_place (self, from);
      FermataDotPlace *head = fermata_dot_find_place (self, to);
      Agnode_t *start = tail != NULL ? fermata_dot_get_end (tail)
                                     : draw_missing (self, level->around, fermata_edge_get_source_id (edge));
      Agnode_t *end = head != NULL ? fermata_dot_get_end (head)
                                   : draw_missing (self, level->around, fermata_edge_get_target_id (edge, target));

      arrow = fermata_dot_add_edge (self->page.root, start, end);
    }
  style_edge (self, edge, arrow, is_machine, target);
}

void
fermata_dot_draw_edges (FermataDotDrawing     *self,
                        const FermataDotLevel *level)
{
  gboolean is_machine = fermata_graph_get_kind (level->graph) == FERMATA_GRAPH_KIND_FSM;
  guint n_edges = fermata_graph_get_n_edges (level->graph);

  for (guint i = 0; i < n_edges; i++)
    {
      FermataEdge *edge = fermata_graph_get_edge (level->graph, i);
      FermataNode *from = fermata_edge_get_source (edge);
      guint n_targets = fermata_edge_get_n_targets (edge);

      for (guint target = 0; target < n_targets; target++)
        draw_arrow (self, level, edge, from, target, is_machine);
    }
}

/* --- Initial states ------------------------------------------------------ */

/* One after the other, on the way to the first state that has none in it. */
static guint
count_dots (FermataNode *node)
{
  guint n_dots = 0;

  for (; fermata_node_get_n_children (node) > 0; node = fermata_node_get_child (node, 0))
    n_dots += g_strcmp0 (fermata_node_get_type_name (node), "parallel") != 0;

  return n_dots;
}

static void
draw_initial_edge (FermataDotDrawing *self,
                   Agraph_t          *around,
                   Agnode_t          *dot,
                   FermataNode       *target)
{
  FermataDotPlace *place = fermata_dot_find_place (self, target);
  Agedge_t *edge = fermata_dot_add_edge (around, dot, fermata_dot_get_end (place));

  if (place->cluster != NULL)
    {
      /* Left of the dots in the cluster, and so of the cluster */
      g_autofree char *ranks = g_strdup_printf ("%u", MIN (1 + count_dots (target), MAX_RANKS));

      fermata_dot_set (edge, "lhead", agnameof (place->cluster));
      fermata_dot_set (edge, "minlen", ranks);
    }
  fermata_dot_set (edge, "tooltip", "initial");
}

/* What is said is an id, several, or an edge with its target; or else it is the
 * first. */
static void
draw_entrance (FermataDotDrawing     *self,
               const FermataDotLevel *level,
               Agraph_t              *around,
               FermataValue          *initial,
               FermataNode           *first)
{
  Agnode_t *dot = add_dot (self, around, "initial", self->page.colours->title, 0.18);
  gsize length = 0;

  if (initial != NULL && fermata_value_get_kind (initial) == FERMATA_VALUE_KIND_OBJECT)
    initial = fermata_value_get_member (initial, "to");
  if (initial != NULL && fermata_value_get_kind (initial) == FERMATA_VALUE_KIND_STRING)
    {
      FermataNode *target = fermata_graph_find_node (level->graph, fermata_value_get_string (initial, NULL));

      first = target != NULL ? target : first;
    }
  else if (initial != NULL && fermata_value_get_kind (initial) == FERMATA_VALUE_KIND_ARRAY)
    length = fermata_value_get_length (initial);
  for (gsize i = 0; i < length; i++)
    {
      FermataValue *id = fermata_value_get_element (initial, i);
      FermataNode *target = NULL;

      if (fermata_value_get_kind (id) == FERMATA_VALUE_KIND_STRING)
        target = fermata_graph_find_node (level->graph, fermata_value_get_string (id, NULL));
      if (target != NULL)
        draw_initial_edge (self, around, dot, target);
    }
  if (length == 0)
    draw_initial_edge (self, around, dot, first);
}

void
fermata_dot_draw_initial (FermataDotDrawing     *self,
                          const FermataDotLevel *level)
{
  FermataNode *node;

  if (fermata_graph_get_kind (level->graph) != FERMATA_GRAPH_KIND_FSM
      || fermata_graph_get_n_nodes (level->graph) == 0)
    return;

  node = fermata_graph_get_node (level->graph, 0);
  draw_entrance (self, level, level->around, fermata_graph_get_member (level->graph, "initial"), node);
  for (; node != NULL; node = fermata_node_get_next (node))
    {
      FermataDotPlace *place = fermata_dot_find_place (self, node);

      if (fermata_node_get_n_children (node) > 0
          && g_strcmp0 (fermata_node_get_type_name (node), "parallel") != 0)
        draw_entrance (self, level, place->cluster, fermata_node_get_member (node, "initial"),
                       fermata_node_get_child (node, 0));
    }
}
