/* fermata-app-drawing-view.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_DRAWING_VIEW (fermata_app_drawing_view_get_type ())

/*
 * Shows what Graphviz has drawn: crisp at any zoom, in a scrolled window.
 * Elements whose id is "event:N" can be clicked, and one of them is the current one.
 *
 * Signal seek (guint64 number): somebody wants to see that event.
 */
G_DECLARE_FINAL_TYPE (FermataAppDrawingView, fermata_app_drawing_view, FERMATA, APP_DRAWING_VIEW, GtkWidget)

/* NULL: nothing. */
void    fermata_app_drawing_view_set_drawing (FermataAppDrawingView *self,
                                              FermataDrawing        *drawing);

/* The element of that event is marked as the current one; 0: none. */
void    fermata_app_drawing_view_set_number  (FermataAppDrawingView *self,
                                              guint64                number);
double  fermata_app_drawing_view_get_zoom    (FermataAppDrawingView *self);
void    fermata_app_drawing_view_set_zoom    (FermataAppDrawingView *self,
                                              double                 zoom);

/* Where the current element is, in the widget; FALSE: there is none. */
gboolean fermata_app_drawing_view_get_current (FermataAppDrawingView *self,
                                              graphene_rect_t       *bounds);

G_END_DECLS
