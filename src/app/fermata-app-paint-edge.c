/* fermata-app-paint-edge.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-painter-private.h"

#define DOT_RADIUS 6.0f
#define PORT_SPACE 5.5f

/* A card's port stands where an edge ends. */
static gboolean
has_ports (const FermataAppRoute *route)
{
  return route->edge != NULL && fermata_graph_get_kind (fermata_edge_get_graph (route->edge)) != FERMATA_GRAPH_KIND_FSM;
}

/* The direction in which a route comes to its end, of length 1. */
static void
get_direction (const FermataAppRoute *route,
               graphene_vec2_t       *direction)
{
  const graphene_point_t *tip = &route->points[route->n_points - 1];

  for (guint i = route->n_points - 1; i > 0; i--)
    {
      const graphene_point_t *before = &route->points[i - 1];

      if (graphene_point_distance (before, tip, NULL, NULL) > 0.5f)
        {
          graphene_vec2_init (direction, tip->x - before->x, tip->y - before->y);
          graphene_vec2_normalize (direction, direction);
          return;
        }
    }
  graphene_vec2_init (direction, 1, 0);
}

/* Up to the arrow's middle, so that a thick line does not show at its tip. */
static void
trace_line (cairo_t               *cr,
            const FermataAppRoute *route,
            float                  dx,
            float                  dy)
{
  const graphene_point_t *points = route->points;

  cairo_move_to (cr, points[0].x, points[0].y);
  for (guint i = 1; i + 2 < route->n_points; i += 3)
    {
      gboolean is_last = i + 3 >= route->n_points;
      float back_x = is_last ? dx : 0;
      float back_y = is_last ? dy : 0;

      cairo_curve_to (cr, points[i].x, points[i].y, points[i + 1].x - back_x, points[i + 1].y - back_y,
                      points[i + 2].x - back_x, points[i + 2].y - back_y);
    }
}

static void
fill_arrow (cairo_t *cr,
            float    tip_x,
            float    tip_y,
            float    dx,
            float    dy,
            float    length)
{
  float half = length * 0.42f;

  cairo_move_to (cr, tip_x, tip_y);
  cairo_line_to (cr, tip_x - dx * length - dy * half, tip_y - dy * length + dx * half);
  cairo_line_to (cr, tip_x - dx * length + dy * half, tip_y - dy * length - dx * half);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
stroke_line (cairo_t                   *cr,
             const FermataAppLineStyle *style,
             float                      width)
{
  static const double dashes[] = { 5, 4 };

  if (style->has_glow)
    {
      GdkRGBA glow = style->line;

      glow.alpha = 0.18f;
      gdk_cairo_set_source_rgba (cr, &glow);
      cairo_set_line_width (cr, width + 5);
      cairo_stroke_preserve (cr);
    }
  gdk_cairo_set_source_rgba (cr, &style->line);
  cairo_set_line_width (cr, width);
  if (style->is_dashed)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
}

/* An initial state is pointed at by a dot. */
static void
fill_dot (cairo_t                *cr,
          const graphene_point_t *middle,
          const GdkRGBA          *colour)
{
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_arc (cr, middle->x, middle->y, DOT_RADIUS, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_route (FermataAppPainter         *self,
            cairo_t                   *cr,
            const FermataAppRoute     *route,
            const FermataAppLineStyle *style,
            gboolean                   is_small,
            double                     zoom)
{
  const graphene_point_t *tip = &route->points[route->n_points - 1];
  float width = MAX (style->width, 1.1f / zoom);
  float gap = has_ports (route) && !is_small ? PORT_SPACE : 0.5f;
  float back = is_small ? 0 : gap + style->arrow * 0.7f;
  graphene_vec2_t direction;
  float dx, dy;

  get_direction (route, &direction);
  dx = graphene_vec2_get_x (&direction);
  dy = graphene_vec2_get_y (&direction);
  trace_line (cr, route, dx * back, dy * back);
  stroke_line (cr, style, width);
  if (!is_small)
    {
      cairo_set_dash (cr, NULL, 0, 0);
      fill_arrow (cr, tip->x - dx * gap, tip->y - dy * gap, dx, dy, style->arrow);
    }
  if (route->from == G_MAXUINT)
    fill_dot (cr, &route->points[0], &self->colours.text);
}

/* A cairo node must not be drawn scaled: the cairo renderer then loses thin
 * parts of it. So its pixels are those of the screen. */
static gboolean
get_pixels (const FermataAppRoute *route,
            double                 zoom,
            const graphene_rect_t *clip,
            graphene_rect_t       *pixels)
{
  graphene_rect_inset_r (&route->bounds, -6, -6, pixels);
  if (clip != NULL && !graphene_rect_intersection (pixels, clip, pixels))
    return FALSE;

  graphene_rect_scale (pixels, zoom, zoom, pixels);
  graphene_rect_inset (pixels, -1, -1);
  graphene_rect_round_extents (pixels, pixels);

  return TRUE;
}

GskRenderNode *
fermata_app_painter_paint_line (FermataAppPainter     *self,
                                const FermataAppRoute *route,
                                const FermataAppLook  *look,
                                gboolean               selected,
                                FermataAppDetail       detail,
                                double                 zoom,
                                const graphene_rect_t *clip)
{
  GskRenderNode *node;
  graphene_rect_t pixels;
  FermataAppLineStyle style;
  cairo_t *cr;

  if (route->n_points < 4 || !get_pixels (route, zoom, clip, &pixels))
    return NULL;

  self->n_painted++;
  fermata_app_paint_load_line_style (self, look, selected, &style);
  node = gsk_cairo_node_new (&pixels);
  cr = gsk_cairo_node_get_draw_context (node);
  cairo_scale (cr, zoom, zoom);
  draw_route (self, cr, route, &style, detail == FERMATA_APP_DETAIL_BOXES, zoom);
  cairo_destroy (cr);

  return node;
}

/* --- Labels ------------------------------------------------------------------ */

/* Where marks of an edge without a label stand. */
static void
get_middle (const FermataAppRoute *route,
            graphene_point_t      *middle)
{
  guint segment = (route->n_points - 1) / 3 / 2 * 3;
  const graphene_point_t *p = &route->points[segment];

  middle->x = (p[0].x + 3 * p[1].x + 3 * p[2].x + p[3].x) / 8;
  middle->y = (p[0].y + 3 * p[1].y + 3 * p[2].y + p[3].y) / 8;
}

static void
paint_pill (FermataAppPainter         *self,
            GtkSnapshot               *snapshot,
            const FermataAppRoute     *route,
            const FermataAppLineStyle *style,
            const FermataAppLook      *look,
            FermataAppDetail           detail)
{
  const graphene_rect_t *rect = &route->label;
  float radius = MIN (rect->size.height / 2, 10);
  FermataAppStyle box = { .border = style->label_border, .fill = self->colours.card, .width = 1.25f };

  if (look->is_held)
    {
      fermata_app_paint_halo (self, snapshot, rect, radius);
      fermata_app_paint_mix (&self->colours.card, &self->colours.held, 0.1f, &box.fill);
    }
  fermata_app_paint_box (snapshot, rect, radius, &box);
  if (detail == FERMATA_APP_DETAIL_ALL)
    fermata_app_paint_text (self, snapshot, FERMATA_APP_FONT_LABEL, route->text, &style->label_text,
                            rect->origin.x + rect->size.width / 2, rect->origin.y + rect->size.height / 2 + 4,
                            rect->size.width - 10, 0.5f);
}

GskRenderNode *
fermata_app_painter_paint_label (FermataAppPainter     *self,
                                 const FermataAppRoute *route,
                                 const FermataAppLook  *look,
                                 gboolean               selected,
                                 FermataAppDetail       detail)
{
  gboolean has_pill = route->text != NULL && route->label.size.width > 0;
  graphene_point_t mark = route->label.origin;
  FermataAppLineStyle style;
  GtkSnapshot *snapshot;

  if (detail == FERMATA_APP_DETAIL_BOXES || route->n_points < 4)
    return NULL;
  if (!has_pill && look->breakpoint == FERMATA_APP_BREAKPOINT_NONE && look->severity == 0 && !look->is_held)
    return NULL;

  snapshot = gtk_snapshot_new ();
  if (has_pill)
    {
      fermata_app_paint_load_line_style (self, look, selected, &style);
      paint_pill (self, snapshot, route, &style, look, detail);
      mark.x += 2;
      mark.y += 2;
    }
  else
    {
      get_middle (route, &mark);
      if (look->is_held)
        fermata_app_paint_halo (self, snapshot, &GRAPHENE_RECT_INIT (mark.x - 4, mark.y - 4, 8, 8), 4);
    }
  fermata_app_paint_breakpoint (self, snapshot, look, mark.x, mark.y);
  fermata_app_paint_severity (self, snapshot, look, mark.x + (has_pill ? route->label.size.width - 4 : 14), mark.y);

  return gtk_snapshot_free_to_node (snapshot);
}
