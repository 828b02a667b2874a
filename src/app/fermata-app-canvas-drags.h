/* fermata-app-canvas-drags.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-canvas-edits.h"

G_BEGIN_DECLS

/*
 * The mouse. What a drag shows while it is under way is in the canvas's
 * FermataAppGestureState; the document changes once, when the button is released.
 */
typedef struct {
  GtkGesture *click;
  GtkGesture *drag;
  GtkGesture *pan;
  GtkGesture *cut;
  GPtrArray *controllers; /* all of them */

  /* Where the button went down. */
  gpointer pressed;       /* a reference to a node or an edge, NULL for neither */
  gboolean is_on_port;
  gboolean is_interior;   /* of a container, below its title */
  gboolean was_selected;
  double pressed_x;       /* of the widget */
  double pressed_y;
  graphene_point_t start; /* of the scene */
  double hvalue;          /* of the adjustments */
  double vvalue;

  GPtrArray *moved;       /* of FermataNode */
  graphene_point_t origin; /* of what was pressed, before */
  double dx;
  double dy;
  gboolean has_left;      /* an edge that is drawn has left its source */
  gboolean is_hanging;    /* and waits for the adder to say where it leads */
  double pointer_x;       /* where it is now, of the widget */
  double pointer_y;
  guint scroll_tick;      /* of a drag that leads out of what is seen */

  gboolean is_space_held;
  gboolean is_space_used;
  const char *cursor_name;
} FermataAppCanvasGestures;

static inline FermataAppCanvasGestures *
fermata_app_canvas_get_gestures (FermataAppCanvas *self)
{
  return self->gestures;
}

/* The node or edge at a point of the widget (transfer none, nullable). */
gpointer fermata_app_canvas_find_at         (FermataAppCanvas      *self,
                                             double                 x,
                                             double                 y,
                                             graphene_point_t      *point,
                                             FermataAppHitKind     *kind);

/* Whether a point is in a state with states in it, but not on its title. */
gboolean fermata_app_canvas_is_interior     (FermataAppCanvas      *self,
                                             gpointer               element,
                                             const graphene_point_t *point);
void     fermata_app_canvas_set_cursor_name (FermataAppCanvas      *self,
                                             const char            *name);

/* What is under way begins where the button went down; a reset leaves nothing
 * of it. */
void     fermata_app_canvas_begin_gesture   (FermataAppCanvas      *self,
                                             FermataAppGestureKind  kind);
void     fermata_app_canvas_reset_gesture   (FermataAppCanvas      *self);

/* The view follows a drag that leads out of it; @moved is told meanwhile. */
void     fermata_app_canvas_follow_drag     (FermataAppCanvas      *self,
                                             double                 x,
                                             double                 y,
                                             void                 (*moved) (FermataAppCanvas *self));

/* What was pressed is moved. @fine: not by the grid. */
void     fermata_app_canvas_begin_move      (FermataAppCanvas      *self);
void     fermata_app_canvas_update_move     (FermataAppCanvas      *self,
                                             gboolean               fine);
void     fermata_app_canvas_end_move        (FermataAppCanvas      *self);

/* An edge is drawn from what was pressed. */
void     fermata_app_canvas_begin_connect   (FermataAppCanvas      *self);
void     fermata_app_canvas_update_connect  (FermataAppCanvas      *self,
                                             double                 x,
                                             double                 y);
void     fermata_app_canvas_end_connect     (FermataAppCanvas      *self);

void     fermata_app_canvas_end_box         (FermataAppCanvas      *self,
                                             GdkModifierType        modifiers);
void     fermata_app_canvas_end_cut         (FermataAppCanvas      *self);

G_END_DECLS
