/* fermata-app-paint-state.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-painter-private.h"

#define RADIUS 12.0f
#define BADGE_SPACE 22.0f

static float
get_radius (const graphene_rect_t *rect,
            float                  wish)
{
  return MIN (wish, MIN (rect->size.width, rect->size.height) / 2);
}

static void
paint_round (FermataAppPainter         *self,
             GtkSnapshot               *snapshot,
             const FermataAppItemPaint *paint,
             const graphene_rect_t     *rect,
             float                      radius)
{
  if (paint->look->is_held)
    fermata_app_paint_halo (self, snapshot, rect, radius);
  fermata_app_paint_sheets (self, snapshot, paint);
  if (paint->style.has_shadow && paint->detail == FERMATA_APP_DETAIL_ALL)
    fermata_app_paint_shadow (snapshot, rect, radius, &self->colours.shadow);
  fermata_app_paint_box (snapshot, rect, radius, &paint->style);
}

/* A circled H, with an asterisk where it is deep. */
static void
paint_history (FermataAppPainter         *self,
               GtkSnapshot               *snapshot,
               const FermataAppItemPaint *paint)
{
  FermataValue *kind = fermata_node_get_member (paint->item->node, "history");
  const char *word = kind != NULL && fermata_value_get_kind (kind) == FERMATA_VALUE_KIND_STRING
                     ? fermata_value_get_string (kind, NULL) : NULL;
  const graphene_rect_t *rect = &paint->item->rect;
  float size = MIN (rect->size.width, rect->size.height);
  graphene_rect_t circle = GRAPHENE_RECT_INIT (rect->origin.x + (rect->size.width - size) / 2,
                                               rect->origin.y + (rect->size.height - size) / 2, size, size);

  paint_round (self, snapshot, paint, &circle, size / 2);
  fermata_app_paint_text (self, snapshot, FERMATA_APP_FONT_STATE, g_strcmp0 (word, "deep") == 0 ? "H*" : "H",
                          &paint->style.text, circle.origin.x + size / 2, circle.origin.y + size / 2 + 5, size, 0.5f);
  if (paint->is_selected)
    fermata_app_paint_selection (self, snapshot, &circle, size / 2);
}

/* The second ring of a final state. */
static void
paint_inner_ring (FermataAppPainter         *self,
                  GtkSnapshot               *snapshot,
                  const FermataAppItemPaint *paint,
                  float                      radius)
{
  float gap = paint->style.width + 2;
  const GdkRGBA *colour = &paint->style.border;
  graphene_rect_t inside;

  graphene_rect_inset_r (&paint->item->rect, gap, gap, &inside);
  fermata_app_paint_ring (snapshot, &inside, MAX (radius - gap, 0), 1.5f, colour);
}

static void
paint_texts (FermataAppPainter         *self,
             GtkSnapshot               *snapshot,
             const FermataAppItemPaint *paint)
{
  const graphene_rect_t *rect = &paint->item->rect;
  const char *title = fermata_app_paint_get_title (paint->item);
  float x = rect->origin.x + rect->size.width / 2;
  float y = rect->origin.y + rect->size.height / 2;
  float space = rect->size.width - 2 * (paint->style.icon == NULL ? 8 : BADGE_SPACE);

  if (paint->detail == FERMATA_APP_DETAIL_ALL)
    {
      g_autofree char *caption = fermata_app_look_dup_caption (paint->document, paint->item->node);
      gboolean is_alone = caption == NULL || caption[0] == '\0';

      fermata_app_paint_text (self, snapshot, FERMATA_APP_FONT_STATE, title, &paint->style.text, x,
                              y + (is_alone ? 5 : -2), space, 0.5f);
      fermata_app_paint_text (self, snapshot, FERMATA_APP_FONT_TYPE, caption, &paint->style.dim, x, y + 14,
                              rect->size.width - 16, 0.5f);
    }
  else
    {
      fermata_app_paint_text (self, snapshot, FERMATA_APP_FONT_LARGE, title, &paint->style.text, x, y + 6, space, 0.5f);
    }
}

/* In the corner: a state is not as wide as a card. */
static void
paint_badge (FermataAppPainter         *self,
             GtkSnapshot               *snapshot,
             const FermataAppItemPaint *paint)
{
  const graphene_rect_t *rect = &paint->item->rect;

  if (paint->style.icon == NULL)
    return;

  fermata_app_paint_badge (self, snapshot, &paint->style, rect->origin.x + rect->size.width - 13, rect->origin.y + 13);
}

/* A state without others in it, a final one, or the mark of a history. */
void
fermata_app_paint_state (FermataAppPainter         *self,
                         GtkSnapshot               *snapshot,
                         const FermataAppItemPaint *paint)
{
  float radius = get_radius (&paint->item->rect, RADIUS);

  if (paint->item->kind == FERMATA_APP_ITEM_HISTORY)
    {
      paint_history (self, snapshot, paint);
      return;
    }
  paint_round (self, snapshot, paint, &paint->item->rect, radius);
  if (paint->item->kind == FERMATA_APP_ITEM_FINAL)
    paint_inner_ring (self, snapshot, paint, radius);
  paint_texts (self, snapshot, paint);
  paint_badge (self, snapshot, paint);
  if (paint->is_selected)
    fermata_app_paint_selection (self, snapshot, &paint->item->rect, radius);
}
