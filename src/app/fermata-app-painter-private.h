/* fermata-app-painter-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-painter.h"

G_BEGIN_DECLS

/* Everything that is drawn is drawn in one of these. All but @shadow are
 * opaque: they are mixed from the theme's once, not in every frame. */
typedef struct {
  GdkRGBA background;
  GdkRGBA dot;         /* of the grid */
  GdkRGBA card;
  GdkRGBA container;
  GdkRGBA border;
  GdkRGBA line;        /* of edges, and ports */
  GdkRGBA text;
  GdkRGBA dim;         /* text that matters less */
  GdkRGBA accent;      /* each of these for outlines and lines … */
  GdkRGBA done;
  GdkRGBA held;
  GdkRGBA failed;
  GdkRGBA branch;
  GdkRGBA accent_text; /* … and to be read on a card */
  GdkRGBA done_text;
  GdkRGBA held_text;
  GdkRGBA failed_text;
  GdkRGBA branch_text;
  GdkRGBA shadow;
  gboolean is_dark;
  gboolean is_high_contrast;
} FermataAppColours;

typedef enum {
  FERMATA_APP_FONT_TITLE,
  FERMATA_APP_FONT_LARGE,   /* titles from further away */
  FERMATA_APP_FONT_TYPE,
  FERMATA_APP_FONT_CAPTION,
  FERMATA_APP_FONT_LABEL,
  FERMATA_APP_FONT_STATE,
  FERMATA_APP_N_FONTS,
} FermataAppFont;

/*
 * Invariant: @texts and @icons hold what was made with @colours, @context and
 * @step; no more of it than some thousand.
 */
struct _FermataAppPainter {
  GObject parent_instance;

  GtkWidget *widget;        /* weak */
  PangoContext *context;
  FermataAppColours colours;
  GHashTable *texts;
  GHashTable *icons;
  GskRenderer *renderer;    /* of icons */

  /* How far one looks from: zoom is about 2 to the power of @step / 2. */
  int step;
  guint64 n_painted;
};

/* How something is drawn that is done, running, … */
typedef struct {
  GdkRGBA border;
  GdkRGBA fill;
  GdkRGBA text;
  GdkRGBA dim;
  GdkRGBA badge;
  const char *icon;         /* of the badge; NULL without one */
  float width;              /* of the outline */
  gboolean is_dashed;
  gboolean has_shadow;
} FermataAppStyle;

void  fermata_app_paint_text_init        (FermataAppPainter     *self);

/* Theme */
void  fermata_app_paint_load_colours     (FermataAppColours     *colours,
                                          GtkWidget             *widget);
void  fermata_app_paint_mix              (const GdkRGBA         *a,
                                          const GdkRGBA         *b,
                                          float                  share,
                                          GdkRGBA               *mixed);
void  fermata_app_paint_load_style       (FermataAppPainter     *self,
                                          const FermataAppLook  *look,
                                          FermataAppStyle       *style);

/* Shapes. A box is filled and has a border within its rectangle. */
void  fermata_app_paint_fill             (GtkSnapshot           *snapshot,
                                          const graphene_rect_t *rect,
                                          float                  radius,
                                          const GdkRGBA         *colour);
void  fermata_app_paint_ring             (GtkSnapshot           *snapshot,
                                          const graphene_rect_t *rect,
                                          float                  radius,
                                          float                  width,
                                          const GdkRGBA         *colour);
void  fermata_app_paint_box              (GtkSnapshot           *snapshot,
                                          const graphene_rect_t *rect,
                                          float                  radius,
                                          const FermataAppStyle *style);
void  fermata_app_paint_disc             (GtkSnapshot           *snapshot,
                                          float                  x,
                                          float                  y,
                                          float                  radius,
                                          const GdkRGBA         *colour);
void  fermata_app_paint_shadow           (GtkSnapshot           *snapshot,
                                          const graphene_rect_t *rect,
                                          float                  radius,
                                          const GdkRGBA         *colour);

/* Texts, on a base line; @align is 0 at the left of @x, 0.5 around it. */
float fermata_app_paint_text             (FermataAppPainter     *self,
                                          GtkSnapshot           *snapshot,
                                          FermataAppFont         font,
                                          const char            *text,
                                          const GdkRGBA         *colour,
                                          float                  x,
                                          float                  baseline,
                                          float                  max_width,
                                          float                  align);
void  fermata_app_paint_icon             (FermataAppPainter     *self,
                                          GtkSnapshot           *snapshot,
                                          const char            *name,
                                          const GdkRGBA         *colour,
                                          float                  x,
                                          float                  y,
                                          float                  size);

/* Marks */
void  fermata_app_paint_badge            (FermataAppPainter     *self,
                                          GtkSnapshot           *snapshot,
                                          const FermataAppStyle *style,
                                          float                  x,
                                          float                  y);
void  fermata_app_paint_breakpoint       (FermataAppPainter     *self,
                                          GtkSnapshot           *snapshot,
                                          const FermataAppLook  *look,
                                          float                  x,
                                          float                  y);
void  fermata_app_paint_severity         (FermataAppPainter     *self,
                                          GtkSnapshot           *snapshot,
                                          const FermataAppLook  *look,
                                          float                  x,
                                          float                  y);
void  fermata_app_paint_halo             (FermataAppPainter     *self,
                                          GtkSnapshot           *snapshot,
                                          const graphene_rect_t *rect,
                                          float                  radius);
void  fermata_app_paint_selection        (FermataAppPainter     *self,
                                          GtkSnapshot           *snapshot,
                                          const graphene_rect_t *rect,
                                          float                  radius);

/* What is painted for one item. */
typedef struct {
  FermataAppDocument *document;
  const FermataAppItem *item;
  const FermataAppLook *look;
  FermataAppStyle style;
  gboolean is_selected;
  FermataAppDetail detail;
} FermataAppItemPaint;

void  fermata_app_paint_card             (FermataAppPainter         *self,
                                          GtkSnapshot               *snapshot,
                                          const FermataAppItemPaint *paint);

/* Below what has bodies. */
void  fermata_app_paint_sheets           (FermataAppPainter         *self,
                                          GtkSnapshot               *snapshot,
                                          const FermataAppItemPaint *paint);
void  fermata_app_paint_state            (FermataAppPainter         *self,
                                          GtkSnapshot               *snapshot,
                                          const FermataAppItemPaint *paint);
void  fermata_app_paint_container        (FermataAppPainter         *self,
                                          GtkSnapshot               *snapshot,
                                          const FermataAppItemPaint *paint);
void  fermata_app_paint_small            (FermataAppPainter         *self,
                                          GtkSnapshot               *snapshot,
                                          const FermataAppItemPaint *paint);
const char *fermata_app_paint_get_title  (const FermataAppItem      *item);

/* How lines are drawn, by what has happened there. */
typedef struct {
  GdkRGBA line;
  GdkRGBA label_border;
  GdkRGBA label_text;
  float width;
  float arrow;
  gboolean is_dashed;
  gboolean has_glow;
} FermataAppLineStyle;

void  fermata_app_paint_load_line_style  (FermataAppPainter         *self,
                                          const FermataAppLook      *look,
                                          gboolean                   is_selected,
                                          FermataAppLineStyle       *style);

/* The line without its label, in pixels of the screen: the scene's units times
 * @zoom. @clip: only what is in there, in the scene's units (nullable). */
GskRenderNode *fermata_app_painter_paint_line  (FermataAppPainter     *self,
                                                const FermataAppRoute *route,
                                                const FermataAppLook  *look,
                                                gboolean               selected,
                                                FermataAppDetail       detail,
                                                double                 zoom,
                                                const graphene_rect_t *clip);

/* The label alone: drawn above all lines. */
GskRenderNode *fermata_app_painter_paint_label (FermataAppPainter     *self,
                                                const FermataAppRoute *route,
                                                const FermataAppLook  *look,
                                                gboolean               selected,
                                                FermataAppDetail       detail);

/* How wide the text of a label is. */
float          fermata_app_painter_measure_label (FermataAppPainter   *self,
                                                  const char          *string);

/* Into a picture, with the scene's coordinates; where there are thousands. */
void           fermata_app_painter_draw_route  (FermataAppPainter     *self,
                                                cairo_t               *cr,
                                                const FermataAppRoute *route,
                                                const FermataAppLook  *look,
                                                gboolean               selected,
                                                double                 zoom);
void           fermata_app_painter_draw_item   (FermataAppPainter     *self,
                                                cairo_t               *cr,
                                                const FermataAppItem  *item,
                                                const FermataAppLook  *look,
                                                gboolean               selected,
                                                double                 zoom);

/* From how far away it is looked at; TRUE if all has to be painted anew. */
gboolean       fermata_app_painter_set_zoom    (FermataAppPainter     *self,
                                                double                 zoom);

/* What so many units of the screen are in the scene. */
float          fermata_app_painter_from_screen (FermataAppPainter     *self,
                                                float                  length);

/* Looks whether the theme has changed; TRUE if all has to be painted anew. */
gboolean       fermata_app_painter_reload      (FermataAppPainter     *self);

/* How many items and routes were painted so far: for tests. */
guint64        fermata_app_painter_get_n_painted (FermataAppPainter   *self);

G_END_DECLS
