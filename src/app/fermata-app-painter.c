/* fermata-app-painter.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-painter-private.h"

G_DEFINE_FINAL_TYPE (FermataAppPainter, fermata_app_painter, G_TYPE_OBJECT)

static void
fermata_app_painter_dispose (GObject *object)
{
  FermataAppPainter *self = FERMATA_APP_PAINTER (object);

  if (self->renderer != NULL && gsk_renderer_is_realized (self->renderer))
    gsk_renderer_unrealize (self->renderer);
  g_clear_object (&self->renderer);
  g_clear_object (&self->context);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->icons, g_hash_table_unref);
  g_clear_weak_pointer (&self->widget);

  G_OBJECT_CLASS (fermata_app_painter_parent_class)->dispose (object);
}

static void
fermata_app_painter_class_init (FermataAppPainterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fermata_app_painter_dispose;
}

static void
fermata_app_painter_init (FermataAppPainter *self)
{
  fermata_app_paint_text_init (self);
}

FermataAppPainter *
fermata_app_painter_new (GtkWidget *widget)
{
  FermataAppPainter *self = g_object_new (FERMATA_TYPE_APP_PAINTER, NULL);

  g_set_weak_pointer (&self->widget, widget);
  fermata_app_paint_load_colours (&self->colours, widget);

  return self;
}

/* The theme, or fonts, have changed. */
void
fermata_app_painter_forget (FermataAppPainter *self)
{
  g_hash_table_remove_all (self->texts);
  g_hash_table_remove_all (self->icons);
  g_clear_object (&self->context);
  fermata_app_paint_load_colours (&self->colours, self->widget);
}

gboolean
fermata_app_painter_reload (FermataAppPainter *self)
{
  FermataAppColours colours;

  fermata_app_paint_load_colours (&colours, self->widget);
  if (memcmp (&colours, &self->colours, sizeof colours) == 0)
    return FALSE;

  fermata_app_painter_forget (self);

  return TRUE;
}

gboolean
fermata_app_painter_set_zoom (FermataAppPainter *self,
                              double             zoom)
{
  /* By half steps below 1, where lines are kept visible; by whole ones above,
   * where only icons become finer. */
  int step = zoom > 1.001 ? 2 * (int) ceil (log2 (zoom)) : (int) floor (2 * log2 (zoom) + 0.01);

  if (step == self->step)
    return FALSE;

  self->step = step;

  return TRUE;
}

float
fermata_app_painter_from_screen (FermataAppPainter *self,
                                 float              length)
{
  return length / exp2f (self->step / 2.0f);
}

guint64
fermata_app_painter_get_n_painted (FermataAppPainter *self)
{
  return self->n_painted;
}

static gboolean
is_alike (const FermataAppItemPaint *paint)
{
  return paint->detail == FERMATA_APP_DETAIL_BOXES;
}

static void
paint_marks (FermataAppPainter         *self,
             GtkSnapshot               *snapshot,
             const FermataAppItemPaint *paint)
{
  const graphene_rect_t *rect = &paint->item->rect;

  fermata_app_paint_breakpoint (self, snapshot, paint->look, rect->origin.x + 1, rect->origin.y + 1);
  if (!is_alike (paint))
    fermata_app_paint_severity (self, snapshot, paint->look, rect->origin.x + 1,
                                rect->origin.y + rect->size.height - 1);
}

GskRenderNode *
fermata_app_painter_paint_item (FermataAppPainter    *self,
                                FermataAppDocument   *document,
                                const FermataAppItem *item,
                                const FermataAppLook *look,
                                gboolean              selected,
                                FermataAppDetail      detail)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  FermataAppItemPaint paint = {
    .document = document, .item = item, .look = look, .is_selected = selected, .detail = detail,
  };

  self->n_painted++;
  fermata_app_paint_load_style (self, look, &paint.style);
  if (is_alike (&paint))
    fermata_app_paint_small (self, snapshot, &paint);
  else if (item->kind == FERMATA_APP_ITEM_CARD)
    fermata_app_paint_card (self, snapshot, &paint);
  else if (item->kind == FERMATA_APP_ITEM_CONTAINER)
    fermata_app_paint_container (self, snapshot, &paint);
  else
    fermata_app_paint_state (self, snapshot, &paint);
  paint_marks (self, snapshot, &paint);

  return gtk_snapshot_free_to_node (snapshot);
}

GskRenderNode *
fermata_app_painter_paint_route (FermataAppPainter     *self,
                                 FermataAppDocument    *document,
                                 const FermataAppRoute *route,
                                 const FermataAppLook  *look,
                                 gboolean               selected,
                                 FermataAppDetail       detail)
{
  GskRenderNode *parts[2];
  GskRenderNode *node = NULL;
  guint n_parts = 0;

  parts[n_parts] = fermata_app_painter_paint_line (self, route, look, selected, detail, 1, NULL);
  n_parts += parts[n_parts] != NULL;
  parts[n_parts] = fermata_app_painter_paint_label (self, route, look, selected, detail);
  n_parts += parts[n_parts] != NULL;
  if (n_parts > 0)
    node = gsk_container_node_new (parts, n_parts);
  for (guint i = 0; i < n_parts; i++)
    gsk_render_node_unref (parts[i]);

  return node;
}

void
fermata_app_painter_get_colour (FermataAppPainter *self,
                                FermataAppStatus   status,
                                GdkRGBA           *colour)
{
  FermataAppLook look = { .status = status };
  FermataAppStyle style;

  fermata_app_paint_load_style (self, &look, &style);
  *colour = style.border;
}
