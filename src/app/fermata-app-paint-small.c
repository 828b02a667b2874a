/* fermata-app-paint-small.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Items from far away: no text, and nothing that is not a rectangle of one
 * colour, for a thousand of them are seen at once. */

#include "fermata-app-painter-private.h"

/* A box whose corners are cut off by @cut: as good as rounded at this size. */
static void
paint_cut (GtkSnapshot           *snapshot,
           const graphene_rect_t *rect,
           float                  cut,
           const GdkRGBA         *colour)
{
  graphene_rect_t wide, high;

  graphene_rect_inset_r (rect, 0, cut, &wide);
  graphene_rect_inset_r (rect, cut, 0, &high);
  gtk_snapshot_append_color (snapshot, colour, &wide);
  gtk_snapshot_append_color (snapshot, colour, &high);
}

static void
get_fill (FermataAppPainter         *self,
          const FermataAppItemPaint *paint,
          GdkRGBA                   *fill)
{
  const FermataAppColours *colours = &self->colours;
  gboolean is_quiet = paint->look->status == FERMATA_APP_STATUS_NONE || paint->style.is_dashed;

  if (paint->item->kind == FERMATA_APP_ITEM_CONTAINER)
    *fill = colours->container;
  else if (paint->look->is_held)
    *fill = colours->held;
  else
    fermata_app_paint_mix (&paint->style.fill, &paint->style.border, is_quiet ? 0.12f : 0.62f, fill);
}

void
fermata_app_paint_small (FermataAppPainter         *self,
                         GtkSnapshot               *snapshot,
                         const FermataAppItemPaint *paint)
{
  float pixel = fermata_app_painter_from_screen (self, 1);
  graphene_rect_t rect = paint->item->rect;
  const GdkRGBA *border = paint->style.icon == NULL ? &self->colours.line : &paint->style.border;
  graphene_rect_t inside;
  GdkRGBA fill;

  get_fill (self, paint, &fill);
  if (paint->look->is_held)
    fermata_app_paint_halo (self, snapshot, &rect, 8);
  if (paint->is_selected)
    {
      graphene_rect_inset (&rect, -1.5f * pixel, -1.5f * pixel);
      paint_cut (snapshot, &rect, pixel, &self->colours.accent);
      graphene_rect_inset (&rect, 1.5f * pixel, 1.5f * pixel);
    }
  paint_cut (snapshot, &rect, pixel, border);
  graphene_rect_inset_r (&rect, pixel, pixel, &inside);
  paint_cut (snapshot, &inside, paint->item->kind == FERMATA_APP_ITEM_CONTAINER ? 0 : pixel / 2, &fill);
}
