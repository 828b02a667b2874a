/* fermata-history-graph-dot.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-history-graph-private.h"

#include "format/fermata-dot-page-private.h"

typedef struct {
  FermataHistoryGraph *graph;
  FermataDotPage page;
  guint marked;
  Agraph_t **clusters; /* by step; NULL: nothing is in it */
  Agnode_t **nodes;    /* by step; of a cluster, one in it */
} Drawing;

static const FermataHistoryStep *
step_at (Drawing *self,
         guint    index)
{
  return &g_array_index (self->graph->steps, FermataHistoryStep, index);
}

static void
set_id (void   *object,
        guint64 event,
        guint   number)
{
  g_autofree char *id = number == 0 ? g_strdup_printf ("event:%" G_GUINT64_FORMAT, event)
                                    : g_strdup_printf ("event:%" G_GUINT64_FORMAT "#%u", event, number);

  fermata_dot_set (object, "id", id);
}

/* "×12 · 3 attempts · 4.2 s" */
static char *
dup_caption (const FermataHistoryStep *step)
{
  g_autofree char *time = fermata_history_graph_dup_time (step->time);
  GString *caption = g_string_new (NULL);

  if (step->status != FERMATA_HISTORY_STEP_FOLDED && step->count > 1)
    g_string_append_printf (caption, "×%" G_GUINT64_FORMAT " · ", step->count);
  if (step->n_attempts > step->count)
    g_string_append_printf (caption, "%u attempts · ", step->n_attempts);
  if (step->n_items > 0)
    g_string_append_printf (caption, "%u items · ", step->n_items);
  g_string_append (caption, time);

  return g_string_free (caption, FALSE);
}

static const char *
get_colour (Drawing                  *self,
            FermataHistoryStepStatus  status)
{
  switch (status)
    {
    case FERMATA_HISTORY_STEP_ACTIVE:
      return self->page.colours->accent;
    case FERMATA_HISTORY_STEP_DONE:
      return self->page.colours->good;
    case FERMATA_HISTORY_STEP_FAILED:
      return self->page.colours->bad;
    case FERMATA_HISTORY_STEP_PASSED:
    case FERMATA_HISTORY_STEP_CANCELLED:
    case FERMATA_HISTORY_STEP_FOLDED:
    default:
      return self->page.colours->border;
    }
}

static void
style_step (Drawing *self,
            guint    index,
            void    *object,
            gboolean is_cluster)
{
  const FermataHistoryStep *step = step_at (self, index);
  gboolean is_faint = step->status == FERMATA_HISTORY_STEP_FOLDED || step->status == FERMATA_HISTORY_STEP_CANCELLED;
  GString *html = g_string_new (FERMATA_DOT_TABLE ">");
  const char *align = is_cluster ? "left" : "center";
  g_autofree char *caption = dup_caption (step);

  fermata_dot_append_row (html, step->title, is_faint ? self->page.colours->dim : NULL, align);
  fermata_dot_append_row (html, caption, self->page.colours->dim, align);
  g_string_append (html, "</table>");
  fermata_dot_set_html (object, "label", html->str);
  g_string_free (html, TRUE);
  fermata_dot_set (object, "color", get_colour (self, step->status));
  fermata_dot_set (object, "style", is_faint ? "rounded,filled,dashed" : "rounded,filled");
  fermata_dot_set (object, "fillcolor", is_cluster ? self->page.colours->region : self->page.colours->card);
  fermata_dot_set (object, "penwidth", index == self->marked ? "2.4" : "1");
  if (index == self->marked)
    fermata_dot_set (object, "fillcolor", self->page.colours->accent_fill);
  set_id (object, step->event, 0);
  fermata_dot_set_text (object, "tooltip", step->place != NULL ? step->place : step->title);
}

/* A step comes after the one that it is in. */
static void
draw_step (Drawing *self,
           guint    index)
{
  const FermataHistoryStep *step = step_at (self, index);
  g_autofree char *name = g_strdup_printf ("s%u", index);
  Agraph_t *around = self->page.root;

  if (step->parent != FERMATA_HISTORY_STEP_NONE)
    around = self->clusters[step->parent];
  if (self->clusters[index] != NULL)
    {
      self->clusters[index] = fermata_dot_add_cluster (around, name);
      style_step (self, index, self->clusters[index], TRUE);
      return;
    }
  self->nodes[index] = fermata_dot_add_node (around, name);
  style_step (self, index, self->nodes[index], FALSE);
}

/* From the end on, so that a node in a cluster in a cluster is both's. */
static void
find_leaves (Drawing *self)
{
  for (guint i = self->graph->steps->len; i > 0; i--)
    {
      guint parent = step_at (self, i - 1)->parent;

      if (parent != FERMATA_HISTORY_STEP_NONE)
        self->nodes[parent] = self->nodes[i - 1];
    }
}

static void
draw_steps (Drawing *self)
{
  guint n_steps = self->graph->steps->len;

  for (guint i = 0; i < n_steps; i++)
    {
      guint parent = step_at (self, i)->parent;

      /* It is known to be one before it is made */
      if (parent != FERMATA_HISTORY_STEP_NONE)
        self->clusters[parent] = self->page.root;
    }
  for (guint i = 0; i < n_steps; i++)
    draw_step (self, i);
  find_leaves (self);
}

static void
set_arc_label (Agedge_t                *edge,
               const FermataHistoryArc *arc)
{
  g_autofree char *label = NULL;

  if (arc->count > 1)
    label = g_strdup_printf ("%s%s×%" G_GUINT64_FORMAT, arc->label, *arc->label != '\0' ? " " : "", arc->count);
  else
    label = g_strdup (arc->label);
  if (*label != '\0')
    fermata_dot_set_text (edge, "label", label);
  fermata_dot_set_text (edge, "tooltip", *label != '\0' ? label : " ");
}

static void
draw_arc (Drawing *self,
          guint    index)
{
  const FermataHistoryArc *arc = &g_array_index (self->graph->arcs, FermataHistoryArc, index);
  Agedge_t *edge = fermata_dot_add_edge (self->page.root, self->nodes[arc->source], self->nodes[arc->target]);

  if (self->clusters[arc->source] != NULL)
    fermata_dot_set (edge, "ltail", agnameof (self->clusters[arc->source]));
  if (self->clusters[arc->target] != NULL)
    fermata_dot_set (edge, "lhead", agnameof (self->clusters[arc->target]));
  if (g_str_equal (arc->label, "error") && step_at (self, arc->source)->place != NULL)
    fermata_dot_set (edge, "style", "dashed");
  set_arc_label (edge, arc);
  set_id (edge, arc->event, index + 1);
}

/**
 * fermata_history_graph_to_dot:
 * @self: a graph of steps
 * @options: (nullable): how it is drawn
 * @number: the number of the event of the moment that is looked at; 0 for the
 *   last
 *
 * Writes the steps as a picture for Graphviz. The `id` of a step is `event:` and
 * the number of the event to go to, that of an arc has a `#` and its own number
 * behind it: fermata_history_graph_parse_id() understands both.
 *
 * Returns: (transfer full): the text
 */
GBytes *
fermata_history_graph_to_dot (FermataHistoryGraph     *self,
                              const FermataDotOptions *options,
                              guint64                  number)
{
  const FermataDotOptions standard = FERMATA_DOT_OPTIONS_INIT;
  Drawing drawing = { .graph = self, .marked = G_MAXUINT };
  GBytes *text;

  g_return_val_if_fail (FERMATA_IS_HISTORY_GRAPH (self), NULL);

  fermata_history_graph_find_step (self, number > 0 ? number : self->until, &drawing.marked);
  drawing.clusters = g_new0 (Agraph_t *, self->steps->len + 1);
  drawing.nodes = g_new0 (Agnode_t *, self->steps->len + 1);
  fermata_dot_page_begin (&drawing.page, options != NULL ? options : &standard);
  fermata_dot_page_set_default (&drawing.page, AGRAPH, "nodesep", "0.3");
  fermata_dot_page_set_default (&drawing.page, AGRAPH, "ranksep", "0.45");
  draw_steps (&drawing);
  for (guint i = 0; i < self->arcs->len; i++)
    draw_arc (&drawing, i);
  text = fermata_dot_page_end (&drawing.page);
  g_free (drawing.clusters);
  g_free (drawing.nodes);

  return text;
}
