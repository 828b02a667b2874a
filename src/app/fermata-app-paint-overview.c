/* fermata-app-paint-overview.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Items and routes of a few pixels each, drawn with cairo into a picture. */

#include "fermata-app-painter-private.h"

static void
draw_line (cairo_t               *cr,
           const FermataAppRoute *route)
{
  cairo_move_to (cr, route->points[0].x, route->points[0].y);
  for (guint i = 3; i < route->n_points; i += 3)
    cairo_line_to (cr, route->points[i].x, route->points[i].y);
  cairo_stroke (cr);
}

/* Straight, as thin as can be: the nearer they stand, the fainter. */
void
fermata_app_painter_draw_route (FermataAppPainter     *self,
                                cairo_t               *cr,
                                const FermataAppRoute *route,
                                const FermataAppLook  *look,
                                gboolean               selected,
                                double                 zoom)
{
  FermataAppLineStyle style;

  if (route->n_points < 4)
    return;

  fermata_app_paint_load_line_style (self, look, selected, &style);
  if (look->path == FERMATA_APP_PATH_NONE && !selected)
    fermata_app_paint_mix (&self->colours.background, &style.line, CLAMP (0.35 + zoom * 2, 0, 1), &style.line);
  gdk_cairo_set_source_rgba (cr, &style.line);
  cairo_set_line_width (cr, MAX (style.width, 1 / zoom));
  draw_line (cr, route);
}

static void
fill (cairo_t               *cr,
      const graphene_rect_t *rect,
      const GdkRGBA         *colour)
{
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_rectangle (cr, rect->origin.x, rect->origin.y, rect->size.width, rect->size.height);
  cairo_fill (cr);
}

/* What it is about is its status, if it has one. */
static void
get_fill (FermataAppPainter     *self,
          const FermataAppItem  *item,
          const FermataAppLook  *look,
          const FermataAppStyle *style,
          GdkRGBA               *colour)
{
  const FermataAppColours *colours = &self->colours;

  if (item->kind == FERMATA_APP_ITEM_CONTAINER)
    *colour = colours->container;
  else if (look->is_held)
    *colour = colours->held;
  else if (look->status == FERMATA_APP_STATUS_NONE || style->is_dashed)
    fermata_app_paint_mix (&colours->card, &colours->line, style->is_dashed ? 0.15f : 0.3f, colour);
  else
    fermata_app_paint_mix (&style->fill, &style->border, 0.75f, colour);
}

void
fermata_app_painter_draw_item (FermataAppPainter    *self,
                               cairo_t              *cr,
                               const FermataAppItem *item,
                               const FermataAppLook *look,
                               gboolean              selected,
                               double                zoom)
{
  float pixel = 1 / zoom;
  gboolean is_outlined = item->rect.size.height * zoom >= 6 || item->kind == FERMATA_APP_ITEM_CONTAINER;
  graphene_rect_t rect = item->rect;
  FermataAppStyle style;
  GdkRGBA colour;

  fermata_app_paint_load_style (self, look, &style);
  get_fill (self, item, look, &style, &colour);
  if (selected || look->is_held)
    {
      graphene_rect_inset (&rect, -2 * pixel, -2 * pixel);
      fill (cr, &rect, selected ? &self->colours.accent : &self->colours.held);
      graphene_rect_inset (&rect, 2 * pixel, 2 * pixel);
    }
  if (is_outlined)
    {
      fill (cr, &rect, style.icon == NULL ? &self->colours.line : &style.border);
      graphene_rect_inset (&rect, pixel, pixel);
    }
  fill (cr, &rect, &colour);
  if (look->breakpoint != FERMATA_APP_BREAKPOINT_NONE)
    fill (cr, &GRAPHENE_RECT_INIT (item->rect.origin.x - pixel, item->rect.origin.y - pixel, 3 * pixel, 3 * pixel),
          &self->colours.failed);
}
