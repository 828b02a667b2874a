/* fermata-app-paint-shapes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Shapes of few render nodes that every renderer draws fast: a box is two
 * rounded fills, a shadow three faint ones. Blurring would cost ten times as
 * much as all the rest of a card. */

#include "fermata-app-painter-private.h"

void
fermata_app_paint_fill (GtkSnapshot           *snapshot,
                        const graphene_rect_t *rect,
                        float                  radius,
                        const GdkRGBA         *colour)
{
  GskRoundedRect outline;

  if (radius <= 0)
    {
      gtk_snapshot_append_color (snapshot, colour, rect);
      return;
    }
  gsk_rounded_rect_init_from_rect (&outline, rect, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, colour, rect);
  gtk_snapshot_pop (snapshot);
}

/* Only a border, of @width to the inside. */
void
fermata_app_paint_ring (GtkSnapshot           *snapshot,
                        const graphene_rect_t *rect,
                        float                  radius,
                        float                  width,
                        const GdkRGBA         *colour)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, rect, radius);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { width, width, width, width },
                              (GdkRGBA[4]) { *colour, *colour, *colour, *colour });
}

static void
trace_rounded (cairo_t               *cr,
               const graphene_rect_t *rect,
               float                  radius)
{
  double x = rect->origin.x;
  double y = rect->origin.y;
  double right = x + rect->size.width;
  double bottom = y + rect->size.height;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
paint_dashed (GtkSnapshot           *snapshot,
              const graphene_rect_t *rect,
              float                  radius,
              const FermataAppStyle *style)
{
  static const double dashes[] = { 5, 4 };
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, rect);
  graphene_rect_t inside;

  graphene_rect_inset_r (rect, style->width / 2, style->width / 2, &inside);
  gdk_cairo_set_source_rgba (cr, &style->border);
  cairo_set_line_width (cr, style->width);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  trace_rounded (cr, &inside, radius - style->width / 2);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

void
fermata_app_paint_box (GtkSnapshot           *snapshot,
                       const graphene_rect_t *rect,
                       float                  radius,
                       const FermataAppStyle *style)
{
  graphene_rect_t inside;

  if (style->is_dashed)
    {
      fermata_app_paint_fill (snapshot, rect, radius, &style->fill);
      paint_dashed (snapshot, rect, radius, style);
      return;
    }
  graphene_rect_inset_r (rect, style->width, style->width, &inside);
  fermata_app_paint_fill (snapshot, rect, radius, &style->border);
  fermata_app_paint_fill (snapshot, &inside, MAX (radius - style->width, 0), &style->fill);
}

void
fermata_app_paint_disc (GtkSnapshot   *snapshot,
                        float          x,
                        float          y,
                        float          radius,
                        const GdkRGBA *colour)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (x - radius, y - radius, 2 * radius, 2 * radius);

  fermata_app_paint_fill (snapshot, &rect, radius, colour);
}

/* Below the box, and a little wider. */
void
fermata_app_paint_shadow (GtkSnapshot           *snapshot,
                          const graphene_rect_t *rect,
                          float                  radius,
                          const GdkRGBA         *colour)
{
  static const struct { float out; float down; } layers[] = { { 0, 1 }, { 0.75f, 1.5f }, { 1.75f, 2.25f } };

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      graphene_rect_t layer;

      graphene_rect_inset_r (rect, -layers[i].out, -layers[i].out, &layer);
      layer.origin.y += layers[i].down;
      fermata_app_paint_fill (snapshot, &layer, radius + layers[i].out, colour);
    }
}
