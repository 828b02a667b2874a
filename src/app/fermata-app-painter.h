/* fermata-app-painter.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-look.h"
#include "fermata-app-scene.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How much is drawn, by zoom. */
typedef enum {
  FERMATA_APP_DETAIL_ALL,
  FERMATA_APP_DETAIL_TITLES,
  FERMATA_APP_DETAIL_BOXES,
} FermataAppDetail;

#define FERMATA_TYPE_APP_PAINTER (fermata_app_painter_get_type ())

/*
 * Makes render nodes of items and routes, in the scene's coordinates, with the
 * colours and fonts of a widget's theme. Keeps layouts of texts; forgets them
 * when the theme changes.
 */
G_DECLARE_FINAL_TYPE (FermataAppPainter, fermata_app_painter, FERMATA, APP_PAINTER, GObject)

FermataAppPainter *fermata_app_painter_new          (GtkWidget             *widget);
void               fermata_app_painter_forget       (FermataAppPainter     *self);

/* NULL where there is nothing to draw (transfer full). */
GskRenderNode     *fermata_app_painter_paint_item   (FermataAppPainter     *self,
                                                     FermataAppDocument    *document,
                                                     const FermataAppItem  *item,
                                                     const FermataAppLook  *look,
                                                     gboolean               selected,
                                                     FermataAppDetail       detail);
GskRenderNode     *fermata_app_painter_paint_route  (FermataAppPainter     *self,
                                                     FermataAppDocument    *document,
                                                     const FermataAppRoute *route,
                                                     const FermataAppLook  *look,
                                                     gboolean               selected,
                                                     FermataAppDetail       detail);

/* The colour of a status, in this theme. */
void               fermata_app_painter_get_colour   (FermataAppPainter     *self,
                                                     FermataAppStatus       status,
                                                     GdkRGBA               *colour);

G_END_DECLS
