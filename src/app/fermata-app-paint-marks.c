/* fermata-app-paint-marks.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-painter-private.h"

#define BADGE_RADIUS 9.0f
#define BREAKPOINT_RADIUS 6.0f

/* A status, by its icon; what runs is a dot, which is seen from further away. */
void
fermata_app_paint_badge (FermataAppPainter     *self,
                         GtkSnapshot           *snapshot,
                         const FermataAppStyle *style,
                         float                  x,
                         float                  y)
{
  GdkRGBA tint;

  if (style->icon == NULL)
    return;

  fermata_app_paint_mix (&style->fill, &style->badge, 0.15f, &tint);
  fermata_app_paint_disc (snapshot, x, y, BADGE_RADIUS, &tint);
  fermata_app_paint_icon (self, snapshot, style->icon, &style->badge, x, y, 11);
}

/* A red dot; hollow if it is disabled, with an equals sign if it has a condition. */
void
fermata_app_paint_breakpoint (FermataAppPainter    *self,
                              GtkSnapshot          *snapshot,
                              const FermataAppLook *look,
                              float                 x,
                              float                 y)
{
  const FermataAppColours *colours = &self->colours;

  if (look->breakpoint == FERMATA_APP_BREAKPOINT_NONE)
    return;

  fermata_app_paint_disc (snapshot, x, y, BREAKPOINT_RADIUS + 1.5f, &colours->background);
  fermata_app_paint_disc (snapshot, x, y, BREAKPOINT_RADIUS, &colours->failed);
  if (look->breakpoint == FERMATA_APP_BREAKPOINT_DISABLED)
    fermata_app_paint_disc (snapshot, x, y, BREAKPOINT_RADIUS - 1.75f, &colours->background);
  if (look->breakpoint == FERMATA_APP_BREAKPOINT_CONDITION)
    {
      static const GdkRGBA white = { 1, 1, 1, 1 };

      gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (x - 3, y - 2.25f, 6, 1.5f));
      gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (x - 3, y + 0.75f, 6, 1.5f));
    }
}

/* What is wrong here. */
void
fermata_app_paint_severity (FermataAppPainter    *self,
                            GtkSnapshot          *snapshot,
                            const FermataAppLook *look,
                            float                 x,
                            float                 y)
{
  const FermataAppColours *colours = &self->colours;
  gboolean is_error = look->severity == FERMATA_SEVERITY_ERROR + 1;

  /* Hints stand in the list only. */
  if (look->severity <= FERMATA_SEVERITY_HINT + 1)
    return;

  fermata_app_paint_disc (snapshot, x, y, 9, &colours->background);
  fermata_app_paint_icon (self, snapshot, is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic",
                          is_error ? &colours->failed_text : &colours->held_text, x, y, 14);
}

/* The run holds here. */
void
fermata_app_paint_halo (FermataAppPainter     *self,
                        GtkSnapshot           *snapshot,
                        const graphene_rect_t *rect,
                        float                  radius)
{
  GdkRGBA colour = self->colours.held;
  graphene_rect_t around;

  colour.alpha = self->colours.is_high_contrast ? 0.6f : 0.28f;
  graphene_rect_inset_r (rect, -5, -5, &around);
  fermata_app_paint_fill (snapshot, &around, radius + 5, &colour);
}

void
fermata_app_paint_selection (FermataAppPainter     *self,
                             GtkSnapshot           *snapshot,
                             const graphene_rect_t *rect,
                             float                  radius)
{
  float width = MAX (2, fermata_app_painter_from_screen (self, 1.5f));
  float gap = MAX (2.5f, fermata_app_painter_from_screen (self, 1.5f));
  graphene_rect_t around;

  graphene_rect_inset_r (rect, -gap - width, -gap - width, &around);
  fermata_app_paint_ring (snapshot, &around, radius + gap + width, width, &self->colours.accent);
}
