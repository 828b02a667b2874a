/* fermata-app-canvas.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-scene.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_CANVAS (fermata_app_canvas_get_type ())

/*
 * Draws a graph, and what a run does in it. One widget for everything, in a
 * scrolled window (GtkScrollable). Properties document, zoom.
 *
 * Files: -canvas.c the widget; -canvas-view.c scrolling and zoom;
 * -canvas-snapshot.c what is drawn in a frame, -canvas-feedback.c what gestures
 * add to it; -canvas-gestures.c mouse; -canvas-keys.c actions and keys;
 * -canvas-proxies.c assistive technology.
 */
G_DECLARE_FINAL_TYPE (FermataAppCanvas, fermata_app_canvas, FERMATA, APP_CANVAS, GtkWidget)

FermataAppDocument *fermata_app_canvas_get_document (FermataAppCanvas       *self);
void                fermata_app_canvas_set_document (FermataAppCanvas       *self,
                                                     FermataAppDocument     *document);
FermataAppScene    *fermata_app_canvas_get_scene    (FermataAppCanvas       *self);

double              fermata_app_canvas_get_zoom     (FermataAppCanvas       *self);

/* Keeps what is at @x, @y of the widget where it is. */
void                fermata_app_canvas_zoom_at      (FermataAppCanvas       *self,
                                                     double                  zoom,
                                                     double                  x,
                                                     double                  y);
void                fermata_app_canvas_zoom_to_fit  (FermataAppCanvas       *self);
void                fermata_app_canvas_scroll_to    (FermataAppCanvas       *self,
                                                     gpointer                element);

/* Between the widget's coordinates and the scene's. */
void                fermata_app_canvas_to_scene     (FermataAppCanvas       *self,
                                                     double                  x,
                                                     double                  y,
                                                     graphene_point_t       *point);
void                fermata_app_canvas_from_scene   (FermataAppCanvas       *self,
                                                     const graphene_point_t *point,
                                                     double                 *x,
                                                     double                 *y);

G_END_DECLS
