/* fermata-app-paint-card.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-painter-private.h"

#include "fermata-app-bodies.h"
#include "fermata-app-counts.h"
#include "fermata-app-tasks.h"

#define RADIUS 12.0f
#define MARGIN 10.0f
#define TILE_SIZE 26.0f
#define TEXT_X (MARGIN + TILE_SIZE + MARGIN)
#define BADGE_SPACE 32.0f
#define PORT_RADIUS 4.5f
#define SHEET_STEP 5.0f
#define BAR_HEIGHT 3.0f

const char *
fermata_app_paint_get_title (const FermataAppItem *item)
{
  const char *label = fermata_node_get_label (item->node);

  return label != NULL && label[0] != '\0' ? label : fermata_node_get_id (item->node);
}

static const FermataNodeDescription *
find_description (const FermataAppItemPaint *paint)
{
  FermataEngine *engine = fermata_app_document_get_engine (paint->document);
  const char *type = fermata_node_get_type_name (paint->item->node);

  if (engine == NULL || type == NULL)
    return NULL;
  return fermata_node_catalog_find (fermata_node_registry_get_catalog (fermata_engine_get_registry (engine)), type);
}

static gboolean
is_faded (const FermataAppItemPaint *paint)
{
  return paint->style.is_dashed;
}

/* The type, by its icon in a square of its category's colour: what branches is
 * purple, what only looks or writes green, the rest blue. */
static void
paint_type (FermataAppPainter         *self,
            GtkSnapshot               *snapshot,
            const FermataAppItemPaint *paint,
            float                      x,
            float                      y)
{
  const FermataNodeDescription *description = find_description (paint);
  const char *category = description == NULL ? NULL : description->category;
  const FermataAppColours *colours = &self->colours;
  const GdkRGBA *colour = &colours->accent_text;
  GdkRGBA ink, tint;

  if (g_strcmp0 (category, "Flow") == 0)
    colour = &colours->branch_text;
  else if (g_strcmp0 (category, "Output") == 0 || g_strcmp0 (category, "Files") == 0)
    colour = &colours->done_text;
  else if (description == NULL)
    colour = &colours->dim;

  fermata_app_paint_mix (&paint->style.fill, colour, is_faded (paint) ? 0.06f : 0.15f, &tint);
  fermata_app_paint_mix (&paint->style.fill, colour, is_faded (paint) ? 0.45f : 1, &ink);
  fermata_app_paint_fill (snapshot, &GRAPHENE_RECT_INIT (x, y, TILE_SIZE, TILE_SIZE), 7, &tint);
  fermata_app_paint_icon (self, snapshot, description == NULL ? "dialog-question-symbolic" : description->icon_name, &ink,
                          x + TILE_SIZE / 2, y + TILE_SIZE / 2, 16);
}

static void
paint_port (FermataAppPainter         *self,
            GtkSnapshot               *snapshot,
            const FermataAppItemPaint *paint,
            float                      x,
            float                      y)
{
  const FermataAppColours *colours = &self->colours;
  GdkRGBA colour;

  fermata_app_paint_mix (&colours->background, &colours->line, is_faded (paint) ? 0.55f : 1, &colour);
  fermata_app_paint_disc (snapshot, x, y, PORT_RADIUS, &colour);
  fermata_app_paint_disc (snapshot, x, y, PORT_RADIUS - 1.5f, &colours->background);
}

static void
paint_texts (FermataAppPainter         *self,
             GtkSnapshot               *snapshot,
             const FermataAppItemPaint *paint,
             float                      x,
             float                      y,
             float                      width)
{
  g_autofree char *caption = fermata_app_look_dup_caption (paint->document, paint->item->node);
  const FermataAppStyle *style = &paint->style;
  float space = width - TEXT_X - (style->icon == NULL ? MARGIN : BADGE_SPACE);

  fermata_app_paint_text (self, snapshot, FERMATA_APP_FONT_TITLE, fermata_app_paint_get_title (paint->item),
                          &style->text, x + TEXT_X, y + 23, space, 0);
  fermata_app_paint_text (self, snapshot, FERMATA_APP_FONT_TYPE, fermata_node_get_type_name (paint->item->node),
                          &style->dim, x + TEXT_X, y + 38, space, 0);
  fermata_app_paint_text (self, snapshot, FERMATA_APP_FONT_CAPTION, caption, &style->dim, x + MARGIN + 2, y + 56,
                          width - 2 * MARGIN - 4, 0);
}

static void
paint_all (FermataAppPainter         *self,
           GtkSnapshot               *snapshot,
           const FermataAppItemPaint *paint)
{
  float x = paint->item->rect.origin.x;
  float y = paint->item->rect.origin.y;
  float width = paint->item->rect.size.width;
  float height = paint->item->rect.size.height;

  paint_type (self, snapshot, paint, x + MARGIN, y + MARGIN + 1);
  paint_texts (self, snapshot, paint, x, y, width);
  fermata_app_paint_badge (self, snapshot, &paint->style, x + width - 17, y + 18);
  paint_port (self, snapshot, paint, x, y + height / 2);
  paint_port (self, snapshot, paint, x + width, y + height / 2);
}

/* From further away: a large title in the middle. */
static void
paint_titles (FermataAppPainter         *self,
              GtkSnapshot               *snapshot,
              const FermataAppItemPaint *paint)
{
  const graphene_rect_t *rect = &paint->item->rect;
  float middle = rect->origin.y + rect->size.height / 2;
  float space = rect->size.width - TEXT_X - (paint->style.icon == NULL ? MARGIN : BADGE_SPACE);

  paint_type (self, snapshot, paint, rect->origin.x + MARGIN, middle - TILE_SIZE / 2);
  fermata_app_paint_text (self, snapshot, FERMATA_APP_FONT_LARGE, fermata_app_paint_get_title (paint->item),
                          &paint->style.text, rect->origin.x + TEXT_X, middle + 6, space, 0);
  fermata_app_paint_badge (self, snapshot, &paint->style, rect->origin.x + rect->size.width - 17, middle);
}

/* What has a body lies on a sheet, what runs it again and again on a pile. */
void
fermata_app_paint_sheets (FermataAppPainter         *self,
                          GtkSnapshot               *snapshot,
                          const FermataAppItemPaint *paint)
{
  FermataNode *node = paint->item->node;
  gboolean is_pile;
  FermataAppStyle sheet = paint->style;

  if (fermata_app_bodies_get_rule (paint->document, node) == FERMATA_BODY_RULE_NONE
      && fermata_node_get_n_bodies (node) == 0 && fermata_app_tasks_list (node) == NULL)
    return;

  is_pile = fermata_node_get_n_bodies (node) > 0
            && fermata_app_bodies_repeat (paint->document, fermata_node_get_body_at (node, 0));
  fermata_app_paint_mix (&paint->style.border, &self->colours.line, 0.3f, &sheet.border);
  sheet.width = MIN (paint->style.width, 1.5f);
  for (guint i = is_pile ? 2 : 1; i > 0; i--)
    {
      graphene_rect_t rect;

      graphene_rect_inset_r (&paint->item->rect, 1.6f * SHEET_STEP * i, SHEET_STEP, &rect);
      rect.origin.y += SHEET_STEP * (i + 1);
      fermata_app_paint_mix (&self->colours.background, &paint->style.fill, i == 1 ? 0.75f : 0.5f, &sheet.fill);
      fermata_app_paint_box (snapshot, &rect, RADIUS, &sheet);
    }
}

/* How many of its frames are done with, have failed, are under way. */
static void
paint_counts (FermataAppPainter         *self,
              GtkSnapshot               *snapshot,
              const FermataAppItemPaint *paint)
{
  const graphene_rect_t *rect = &paint->item->rect;
  FermataAppCounts counts;
  float x = rect->origin.x + MARGIN + 2;
  float y = rect->origin.y + rect->size.height - BAR_HEIGHT - 3;
  float width = rect->size.width - 2 * MARGIN - 4;
  const GdkRGBA *colours[] = { &self->colours.failed, &self->colours.done, &self->colours.accent };
  float shares[3];
  GdkRGBA groove;
  guint n_all;

  if (!fermata_app_counts_get (paint->document, paint->item->node, &counts))
    return;
  n_all = MAX (counts.n_all, counts.n_left + counts.n_running);
  if (n_all == 0)
    return;

  shares[0] = counts.n_failed / (float) n_all;
  shares[1] = (counts.n_left - MIN (counts.n_left, counts.n_failed)) / (float) n_all;
  shares[2] = counts.n_running / (float) n_all;
  fermata_app_paint_mix (&paint->style.fill, &self->colours.text, 0.12f, &groove);
  fermata_app_paint_fill (snapshot, &GRAPHENE_RECT_INIT (x, y, width, BAR_HEIGHT), BAR_HEIGHT / 2, &groove);
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      float length = shares[i] == 0 ? 0 : MAX (shares[i] * width, BAR_HEIGHT);

      if (length == 0)
        continue;
      length = MIN (length, rect->origin.x + MARGIN + 2 + width - x);
      fermata_app_paint_fill (snapshot, &GRAPHENE_RECT_INIT (x, y, length, BAR_HEIGHT), BAR_HEIGHT / 2, colours[i]);
      x += length;
    }
}

void
fermata_app_paint_card (FermataAppPainter         *self,
                        GtkSnapshot               *snapshot,
                        const FermataAppItemPaint *paint)
{
  const graphene_rect_t *rect = &paint->item->rect;

  if (paint->look->is_held)
    fermata_app_paint_halo (self, snapshot, rect, RADIUS);
  fermata_app_paint_sheets (self, snapshot, paint);
  if (paint->style.has_shadow && paint->detail == FERMATA_APP_DETAIL_ALL)
    fermata_app_paint_shadow (snapshot, rect, RADIUS, &self->colours.shadow);
  fermata_app_paint_box (snapshot, rect, RADIUS, &paint->style);
  if (paint->detail == FERMATA_APP_DETAIL_ALL)
    paint_all (self, snapshot, paint);
  else
    paint_titles (self, snapshot, paint);
  paint_counts (self, snapshot, paint);
  if (paint->is_selected)
    fermata_app_paint_selection (self, snapshot, rect, RADIUS);
}
