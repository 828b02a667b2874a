/* fermata-app-paint-container.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-painter-private.h"

#include <glib/gi18n.h>

#define RADIUS 16.0f
#define TITLE_HEIGHT 36.0f

static gboolean
is_parallel (FermataNode *node)
{
  return g_strcmp0 (fermata_node_get_type_name (node), "parallel") == 0;
}

/* Its status, and what kind of state it is where that is not plain. */
static void
paint_title (FermataAppPainter         *self,
             GtkSnapshot               *snapshot,
             const FermataAppItemPaint *paint)
{
  const graphene_rect_t *rect = &paint->item->rect;
  g_autofree char *caption = fermata_app_look_dup_caption (paint->document, paint->item->node);
  const char *remark = caption != NULL ? caption : is_parallel (paint->item->node) ? _("parallel") : NULL;
  gboolean is_active = paint->look->status == FERMATA_APP_STATUS_ACTIVE;
  float right = rect->origin.x + rect->size.width - (paint->style.icon == NULL ? 16 : 34);
  float baseline = rect->origin.y + TITLE_HEIGHT / 2 + 5;
  float used = 0;

  if (paint->detail == FERMATA_APP_DETAIL_ALL)
    used = fermata_app_paint_text (self, snapshot, FERMATA_APP_FONT_TYPE, remark, &paint->style.dim, right, baseline,
                                   rect->size.width / 2, 1);
  fermata_app_paint_text (self, snapshot, paint->detail == FERMATA_APP_DETAIL_ALL ? FERMATA_APP_FONT_TITLE
                          : FERMATA_APP_FONT_LARGE,
                          fermata_app_paint_get_title (paint->item), is_active ? &paint->style.text : &paint->style.dim,
                          rect->origin.x + 16, baseline, right - rect->origin.x - 24 - used, 0);
  fermata_app_paint_badge (self, snapshot, &paint->style, rect->origin.x + rect->size.width - 18,
                           rect->origin.y + TITLE_HEIGHT / 2);
}

static gboolean
is_plain (const FermataAppItemPaint *paint)
{
  return paint->look->status == FERMATA_APP_STATUS_NONE || paint->look->status == FERMATA_APP_STATUS_VISITED;
}

/* A state with others in it: a title above, and space for them. */
void
fermata_app_paint_container (FermataAppPainter         *self,
                             GtkSnapshot               *snapshot,
                             const FermataAppItemPaint *paint)
{
  const graphene_rect_t *rect = &paint->item->rect;
  FermataAppItemPaint quiet = *paint;
  GdkRGBA separator;

  /* What is in it counts more than that it is active. */
  fermata_app_paint_mix (&self->colours.container, &paint->style.fill, is_plain (paint) ? 0 : 0.25f, &quiet.style.fill);
  if (paint->look->status == FERMATA_APP_STATUS_ACTIVE && !paint->look->is_held)
    fermata_app_paint_mix (&self->colours.border, &paint->style.border, 0.5f, &quiet.style.border);
  quiet.style.width = MIN (paint->style.width, 1.75f);

  if (paint->look->is_held)
    fermata_app_paint_halo (self, snapshot, rect, RADIUS);
  fermata_app_paint_box (snapshot, rect, RADIUS, &quiet.style);
  fermata_app_paint_mix (&quiet.style.fill, &self->colours.text, 0.1f, &separator);
  fermata_app_paint_fill (snapshot,
                          &GRAPHENE_RECT_INIT (rect->origin.x + quiet.style.width, rect->origin.y + TITLE_HEIGHT,
                                               rect->size.width - 2 * quiet.style.width,
                                               MAX (1, fermata_app_painter_from_screen (self, 1))),
                          0, &separator);
  paint_title (self, snapshot, &quiet);
  if (paint->is_selected)
    fermata_app_paint_selection (self, snapshot, rect, RADIUS);
}
