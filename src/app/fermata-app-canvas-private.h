/* fermata-app-canvas-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-canvas.h"
#include "fermata-app-painter.h"

G_BEGIN_DECLS

/* What a gesture shows while it is under way. */
typedef enum {
  FERMATA_APP_GESTURE_NONE,
  FERMATA_APP_GESTURE_BOX,     /* from @start to @end: a box selects */
  FERMATA_APP_GESTURE_MOVE,
  FERMATA_APP_GESTURE_CONNECT, /* from @source to @end, or to @target */
  FERMATA_APP_GESTURE_PAN,
  FERMATA_APP_GESTURE_CUT,     /* a line from @start to @end cuts edges */
} FermataAppGestureKind;

typedef struct {
  FermataAppGestureKind kind;
  graphene_point_t start;      /* all in the scene's coordinates */
  graphene_point_t end;
  FermataNode *source;         /* references */
  FermataNode *target;
} FermataAppGestureState;

/* Retained render nodes by element; see fermata-app-canvas-snapshot.c. */
typedef struct _FermataAppRetained FermataAppRetained;

/* Child widgets for assistive technology; see fermata-app-canvas-proxies.c. */
typedef struct _FermataAppProxies FermataAppProxies;

/*
 * Invariants: the point of the scene at the widget's top left is (@hadjustment,
 * @vadjustment) / @zoom; @scene is there exactly while @document is.
 */
struct _FermataAppCanvas {
  GtkWidget parent_instance;

  FermataAppDocument *document;
  FermataAppScene *scene;
  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  GtkScrollablePolicy hscroll_policy;
  GtkScrollablePolicy vscroll_policy;
  double zoom;

  /* Of -view.c: the whole graph is to be shown once there is a size; what was
   * shown when it was; the zoom when a pinch began. While @is_allocating nobody
   * may ask for a new size: GTK would lose it, and leave out of the picture what
   * is around. So others hear of the zoom afterwards, by @zoom_source. */
  gboolean wants_fit;
  gboolean is_allocating;
  guint zoom_source;
  gboolean is_fitted;
  double fitted_x;
  double fitted_y;
  int fitted_width;
  int fitted_height;
  double pinch_zoom;

  FermataAppPainter *painter;
  FermataAppRetained *retained;
  FermataAppProxies *proxies;
  FermataAppGestureState gesture;

  /* Where the keyboard is (a reference to a node or an edge; nullable), and the
   * pointer, in the widget's coordinates. */
  gpointer cursor;
  double pointer_x;
  double pointer_y;
  gboolean has_pointer;

  /* In use by the room's files only for themselves. */
  gpointer gestures;
  gpointer keys;
};

/* What is seen of the scene. */
void fermata_app_canvas_get_area           (FermataAppCanvas *self,
                                            graphene_rect_t  *area);

/* The adjustments' ranges are another: size, zoom or scene have changed. */
void fermata_app_canvas_update_range       (FermataAppCanvas *self);
void fermata_app_canvas_set_adjustment     (FermataAppCanvas *self,
                                            GtkAdjustment   **place,
                                            GtkAdjustment    *adjustment);
void fermata_app_canvas_fit_if_wanted      (FermataAppCanvas *self);

/* Everything is painted anew, in the next frame. */
void fermata_app_canvas_forget_painted     (FermataAppCanvas *self);

/* Something may look different, somewhere. */
void fermata_app_canvas_looks_changed      (FermataAppCanvas *self);

/* How many elements have been painted so far: for tests. */
guint64 fermata_app_canvas_get_n_painted   (FermataAppCanvas *self);

/* Each file's part of class and object; dispose may be called twice. */
void fermata_app_canvas_view_init          (FermataAppCanvas *self);
void fermata_app_canvas_snapshot_class_init (GtkWidgetClass   *klass);
void fermata_app_canvas_snapshot_init       (FermataAppCanvas *self);
void fermata_app_canvas_snapshot_dispose    (FermataAppCanvas *self);
void fermata_app_canvas_gestures_init       (FermataAppCanvas *self);
void fermata_app_canvas_gestures_dispose    (FermataAppCanvas *self);
void fermata_app_canvas_keys_class_init     (GtkWidgetClass   *klass);
void fermata_app_canvas_keys_init           (FermataAppCanvas *self);
void fermata_app_canvas_keys_dispose        (FermataAppCanvas *self);
void fermata_app_canvas_proxies_class_init  (GtkWidgetClass   *klass);
void fermata_app_canvas_proxies_init        (FermataAppCanvas *self);
void fermata_app_canvas_proxies_dispose     (FermataAppCanvas *self);

/* From size_allocate; and, soon, whenever something has been drawn anew. */
void fermata_app_canvas_proxies_update      (FermataAppCanvas *self);
void fermata_app_canvas_proxies_queue       (FermataAppCanvas *self);

/* The keyboard is at @element now (nullable): selects it if @select, scrolls to
 * it, focuses its proxy. */
void fermata_app_canvas_set_cursor          (FermataAppCanvas *self,
                                             gpointer          element,
                                             gboolean          select);

G_END_DECLS
