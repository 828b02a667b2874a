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

/* Where an edge of a state ends that stays in that state. */
static Agnode_t *
get_anchor (FermataDotDrawing *self,
            FermataDotPlace   *place)
{
  if (place->cluster == NULL)
    return place->node;
  if (place->anchor == NULL)
    place->anchor = fermata_dot_add_dot (self, place->cluster, "state", self->page.colours->line, 0.1);

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

static void
find_ends (FermataDotDrawing *self,
           FermataNode       *from,
           FermataNode       *to,
           FermataDotArrow   *arrow)
{
  FermataDotPlace *tail = fermata_dot_find_place (self, from);
  FermataDotPlace *head = fermata_dot_find_place (self, to);

  arrow->start = is_within (to, from) ? get_anchor (self, tail) : fermata_dot_get_end (tail);
  arrow->end = is_within (from, to) ? get_anchor (self, head) : fermata_dot_get_end (head);
  arrow->tail = arrow->start != tail->anchor ? tail->cluster : NULL;
  arrow->head = arrow->end != head->anchor ? head->cluster : NULL;
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
style_edge (const FermataDotLevel *level,
            FermataEdge           *edge,
            Agedge_t              *object,
            guint                  target)
{
  g_autofree char *path = fermata_edge_dup_path (edge);
  g_autofree char *label = fermata_dot_dup_edge_label (edge, level->is_machine);
  g_autofree char *id = NULL;

  if (target > 0)
    id = g_strdup_printf ("%s%s#%u", level->path, path, target);
  else
    id = g_strconcat (level->path, path, NULL);

  fermata_dot_set_text (object, "id", id);
  if (*label != '\0' && target == 0)
    fermata_dot_set_text (object, "label", label);
  fermata_dot_set_text (object, "tooltip", *label != '\0' ? label : " ");
  if (is_on_error (edge, level->is_machine))
    fermata_dot_set (object, "style", "dashed");
}

static void
draw_arrow (FermataDotDrawing     *self,
            const FermataDotLevel *level,
            const FermataDotArrow *arrow)
{
  Agnode_t *start = arrow->is_back ? arrow->end : arrow->start;
  Agnode_t *end = arrow->is_back ? arrow->start : arrow->end;
  Agraph_t *tail = arrow->is_back ? arrow->head : arrow->tail;
  Agraph_t *head = arrow->is_back ? arrow->tail : arrow->head;
  Agedge_t *edge = fermata_dot_add_edge (self->page.root, start, end);

  if (tail != NULL)
    fermata_dot_set (edge, "ltail", agnameof (tail));
  if (head != NULL)
    fermata_dot_set (edge, "lhead", agnameof (head));
  if (arrow->is_back)
    fermata_dot_set (edge, "dir", "back");
  style_edge (level, arrow->edge, edge, arrow->target);
}

static void
add_arrow (FermataDotDrawing     *self,
           const FermataDotLevel *level,
           GArray                *arrows,
           FermataEdge           *edge,
           guint                  target)
{
  FermataNode *from = fermata_edge_get_source (edge);
  FermataNode *to = fermata_edge_get_target (edge, target);
  FermataDotPlace *tail = fermata_dot_find_place (self, from);
  FermataDotPlace *head = fermata_dot_find_place (self, to);
  FermataDotArrow arrow = { .edge = edge, .target = target };

  if (tail != NULL && head != NULL)
    find_ends (self, from, to, &arrow);
  else
    {
      arrow.start = tail != NULL ? fermata_dot_get_end (tail)
                                 : draw_missing (self, level->around, fermata_edge_get_source_id (edge));
      arrow.end = head != NULL ? fermata_dot_get_end (head)
                               : draw_missing (self, level->around, fermata_edge_get_target_id (edge, target));
    }
  g_array_append_val (arrows, arrow);
}

void
fermata_dot_draw_edges (FermataDotDrawing     *self,
                        const FermataDotLevel *level)
{
  g_autoptr (GArray) arrows = g_array_new (FALSE, FALSE, sizeof (FermataDotArrow));
  guint n_edges = fermata_graph_get_n_edges (level->graph);

  for (guint i = 0; i < n_edges; i++)
    {
      FermataEdge *edge = fermata_graph_get_edge (level->graph, i);

      for (guint target = 0; target < fermata_edge_get_n_targets (edge); target++)
        add_arrow (self, level, arrows, edge, target);
    }
  fermata_dot_find_cycles ((FermataDotArrow *) (gpointer) arrows->data, arrows->len, level->first);
  for (guint i = 0; i < arrows->len; i++)
    draw_arrow (self, level, &g_array_index (arrows, FermataDotArrow, i));
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
               Agnode_t              *dot,
               FermataValue          *initial,
               FermataNode           *first)
{
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
fermata_dot_draw_initial (FermataDotDrawing *self,
                          FermataDotLevel   *level)
{
  FermataNode *node;
  Agedge_t *entrance;

  if (!level->is_machine || fermata_graph_get_n_nodes (level->graph) == 0)
    return;

  node = fermata_graph_get_node (level->graph, 0);
  draw_entrance (self, level, level->around, level->dot, fermata_graph_get_member (level->graph, "initial"), node);
  entrance = agfstout (self->page.root, level->dot);
  level->first = entrance != NULL ? aghead (entrance) : NULL;
  for (; node != NULL; node = fermata_node_get_next (node))
    {
      FermataDotPlace *place = fermata_dot_find_place (self, node);

      if (fermata_node_get_n_children (node) > 0
          && g_strcmp0 (fermata_node_get_type_name (node), "parallel") != 0)
        draw_entrance (self, level, place->cluster, place->dot, fermata_node_get_member (node, "initial"),
                       fermata_node_get_child (node, 0));
    }
}
