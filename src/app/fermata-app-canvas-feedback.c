/* fermata-app-canvas-feedback.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is drawn above the graph: what a gesture is about to do, where the
 * keyboard is, and that the past is looked at. Few things, made anew in each
 * frame; in the widget's coordinates, so that lines are as thick at any zoom. */

#include "fermata-app-canvas-feedback.h"
#include "fermata-app-painter-private.h"

#define RADIUS 12.0f

static void
from_scene (FermataAppCanvas       *self,
            const graphene_point_t *point,
            graphene_point_t       *seen)
{
  double x, y;

  fermata_app_canvas_from_scene (self, point, &x, &y);
  graphene_point_init (seen, x, y);
}

static void
rect_from_scene (FermataAppCanvas      *self,
                 const graphene_rect_t *rect,
                 graphene_rect_t       *seen)
{
  from_scene (self, &rect->origin, &seen->origin);
  graphene_size_init (&seen->size, rect->size.width * self->zoom, rect->size.height * self->zoom);
}

static const FermataAppItem *
find_item (FermataAppCanvas *self,
           FermataNode      *node)
{
  guint index;

  if (node == NULL || !fermata_app_scene_find_node (self->scene, node, &index))
    return NULL;

  return fermata_app_scene_get_item (self->scene, index);
}

/* --- Gestures ---------------------------------------------------------------- */

static void
append_box (FermataAppCanvas *self,
            GtkSnapshot      *snapshot)
{
  GdkRGBA colour = self->painter->colours.accent;
  graphene_point_t a, b;
  graphene_rect_t box;

  from_scene (self, &self->gesture.start, &a);
  from_scene (self, &self->gesture.end, &b);
  graphene_rect_init (&box, MIN (a.x, b.x), MIN (a.y, b.y), ABS (a.x - b.x), ABS (a.y - b.y));
  fermata_app_paint_ring (snapshot, &box, 3, 1, &colour);
  colour.alpha = 0.12f;
  fermata_app_paint_fill (snapshot, &box, 3, &colour);
}

/* Where something would be dropped. */
static void
append_target (FermataAppCanvas *self,
               GtkSnapshot      *snapshot,
               FermataNode      *node)
{
  const FermataAppItem *item = find_item (self, node);
  GdkRGBA colour = self->painter->colours.accent;
  float radius = RADIUS * self->zoom;
  graphene_rect_t rect;

  if (item == NULL)
    return;

  rect_from_scene (self, &item->rect, &rect);
  graphene_rect_inset (&rect, -3, -3);
  fermata_app_paint_ring (snapshot, &rect, radius + 3, 2.5f, &colour);
  colour.alpha = 0.12f;
  fermata_app_paint_fill (snapshot, &rect, radius + 3, &colour);
}

static cairo_t *
begin_line (FermataAppCanvas *self,
            GtkSnapshot      *snapshot,
            const GdkRGBA    *colour)
{
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                                            gtk_widget_get_height (GTK_WIDGET (self)));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &all);

  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, 2.2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);

  return cr;
}

/* Where a line from the middle of a box to a point leaves the box. */
static void
leave_box (const graphene_rect_t  *box,
           const graphene_point_t *to,
           graphene_point_t       *place)
{
  float x = box->origin.x + box->size.width / 2;
  float y = box->origin.y + box->size.height / 2;
  float dx = to->x - x;
  float dy = to->y - y;
  float share = MAX (ABS (dx) / MAX (box->size.width / 2, 0.5f), ABS (dy) / MAX (box->size.height / 2, 0.5f));

  graphene_point_init (place, share > 1 ? x + dx / share : to->x, share > 1 ? y + dy / share : to->y);
}

/* A card's edges leave at its right, a state's where it is nearest. */
static void
get_start (FermataAppCanvas       *self,
           const graphene_point_t *end,
           graphene_point_t       *start,
           gboolean               *is_card)
{
  const FermataAppItem *item = find_item (self, self->gesture.source);
  graphene_rect_t rect;

  *is_card = item != NULL && item->kind == FERMATA_APP_ITEM_CARD;
  if (item == NULL)
    {
      from_scene (self, &self->gesture.start, start);
      return;
    }
  rect_from_scene (self, &item->rect, &rect);
  if (*is_card)
    graphene_point_init (start, rect.origin.x + rect.size.width, rect.origin.y + rect.size.height / 2);
  else
    leave_box (&rect, end, start);
}

static void
get_end (FermataAppCanvas *self,
         graphene_point_t *end)
{
  const FermataAppItem *item = find_item (self, self->gesture.target);
  graphene_rect_t rect;

  from_scene (self, &self->gesture.end, end);
  if (item == NULL || item->kind != FERMATA_APP_ITEM_CARD)
    return;

  rect_from_scene (self, &item->rect, &rect);
  graphene_point_init (end, rect.origin.x, rect.origin.y + rect.size.height / 2);
}

static void
draw_tip (cairo_t *cr,
          float    x,
          float    y,
          float    dx,
          float    dy)
{
  float length = MAX (sqrtf (dx * dx + dy * dy), 0.01f);

  dx *= 11 / length;
  dy *= 11 / length;
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x - dx - dy * 0.42f, y - dy + dx * 0.42f);
  cairo_line_to (cr, x - dx + dy * 0.42f, y - dy - dx * 0.42f);
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* The edge that is about to be. */
static void
append_connection (FermataAppCanvas *self,
                   GtkSnapshot      *snapshot)
{
  cairo_t *cr = begin_line (self, snapshot, &self->painter->colours.accent);
  graphene_point_t start, end;
  gboolean is_card;
  float bend;

  get_end (self, &end);
  get_start (self, &end, &start, &is_card);
  bend = is_card ? CLAMP (ABS (end.x - start.x) / 2, 24 * self->zoom, 120 * self->zoom) : 0;
  cairo_move_to (cr, start.x, start.y);
  if (is_card)
    cairo_curve_to (cr, start.x + bend, start.y, end.x - bend, end.y, end.x - 4, end.y);
  else
    cairo_line_to (cr, end.x, end.y);
  cairo_stroke (cr);
  draw_tip (cr, end.x, end.y, is_card ? 1 : end.x - start.x, is_card ? 0 : end.y - start.y);
  cairo_destroy (cr);
  fermata_app_paint_disc (snapshot, start.x, start.y, 3.5f, &self->painter->colours.accent);
}

static void
append_cut (FermataAppCanvas *self,
            GtkSnapshot      *snapshot)
{
  static const double dashes[] = { 7, 5 };
  cairo_t *cr = begin_line (self, snapshot, &self->painter->colours.failed);
  graphene_point_t a, b;

  from_scene (self, &self->gesture.start, &a);
  from_scene (self, &self->gesture.end, &b);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, a.x, a.y);
  cairo_line_to (cr, b.x, b.y);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
append_gesture (FermataAppCanvas *self,
                GtkSnapshot      *snapshot)
{
  if (self->gesture.target != NULL)
    append_target (self, snapshot, self->gesture.target);
  switch (self->gesture.kind)
    {
    case FERMATA_APP_GESTURE_BOX:
      append_box (self, snapshot);
      break;
    case FERMATA_APP_GESTURE_CONNECT:
      append_connection (self, snapshot);
      break;
    case FERMATA_APP_GESTURE_CUT:
      append_cut (self, snapshot);
      break;
    case FERMATA_APP_GESTURE_NONE:
    case FERMATA_APP_GESTURE_MOVE:
    case FERMATA_APP_GESTURE_PAN:
    default:
      break;
    }
}

/* --- The keyboard, and the past ---------------------------------------------- */

static gboolean
get_cursor (FermataAppCanvas *self,
            graphene_rect_t  *rect)
{
  guint index;

  if (FERMATA_IS_NODE (self->cursor) && fermata_app_scene_find_node (self->scene, self->cursor, &index))
    {
      rect_from_scene (self, &fermata_app_scene_get_item (self->scene, index)->rect, rect);
      return TRUE;
    }
  if (FERMATA_IS_EDGE (self->cursor) && fermata_app_scene_find_edge (self->scene, self->cursor, &index))
    {
      const FermataAppRoute *route = fermata_app_scene_get_route (self->scene, index);

      rect_from_scene (self, route->label.size.width > 0 ? &route->label : &route->bounds, rect);
      return TRUE;
    }

  return FALSE;
}

/* Only for those who use the keyboard. */
static void
append_cursor (FermataAppCanvas *self,
               GtkSnapshot      *snapshot)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GdkRGBA colour = self->painter->colours.accent;
  graphene_rect_t rect;

  if (!GTK_IS_WINDOW (root) || !gtk_window_get_focus_visible (GTK_WINDOW (root))
      || !(gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN)
      || !get_cursor (self, &rect))
    return;

  colour.alpha = self->painter->colours.is_high_contrast ? 1 : 0.5f;
  graphene_rect_inset (&rect, -8, -8);
  fermata_app_paint_ring (snapshot, &rect, RADIUS * self->zoom + 8, 2, &colour);
}

/* What one looks at is not how it is now. */
static void
append_past (FermataAppCanvas *self,
             GtkSnapshot      *snapshot)
{
  FermataDebugger *debugger = fermata_app_document_get_debugger (self->document);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                                            gtk_widget_get_height (GTK_WIDGET (self)));
  GdkRGBA colour = self->painter->colours.branch;

  if (debugger == NULL || fermata_debugger_is_live (debugger))
    return;

  colour.alpha = self->painter->colours.is_dark ? 0.1f : 0.07f;
  gtk_snapshot_append_color (snapshot, &colour, &all);
  colour.alpha = 0.55f;
  fermata_app_paint_ring (snapshot, &all, 0, 2, &colour);
}

void
fermata_app_canvas_append_feedback (FermataAppCanvas *self,
                                    GtkSnapshot      *snapshot)
{
  append_past (self, snapshot);
  append_cursor (self, snapshot);
  append_gesture (self, snapshot);
}

/* --- Data that moves --------------------------------------------------------- */

static void
get_point (const FermataAppRoute *route,
           float                  progress,
           graphene_point_t      *point)
{
  guint n_segments = (route->n_points - 1) / 3;
  float along = CLAMP (progress, 0, 0.999f) * n_segments;
  const graphene_point_t *p = &route->points[3 * (guint) along];
  float t = along - (guint) along;
  float u = 1 - t;
  float a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;

  graphene_point_init (point, a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
                       a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y);
}

void
fermata_app_canvas_append_flight (FermataAppCanvas      *self,
                                  GtkSnapshot           *snapshot,
                                  const FermataAppRoute *route,
                                  float                  progress)
{
  /* Begins fast, and arrives softly. */
  float eased = 1 - (1 - progress) * (1 - progress);
  graphene_point_t point;

  if (route->n_points < 4)
    return;

  get_point (route, eased, &point);
  fermata_app_paint_disc (snapshot, point.x, point.y, 5, &self->painter->colours.accent);
}
