/* fermata-app-canvas-view.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is seen of the scene: scrolling and zoom. */

#include "fermata-app-canvas-private.h"

#define MIN_ZOOM 0.01
#define MAX_ZOOM 4.0
#define WHEEL_STEP 1.15

/* Below this nobody can read: a graph is not opened at less. */
#define READABLE_ZOOM 0.7
#define MARGIN 36.0f

void
fermata_app_canvas_to_scene (FermataAppCanvas *self,
                             double            x,
                             double            y,
                             graphene_point_t *point)
{
  double left = self->hadjustment == NULL ? 0 : gtk_adjustment_get_value (self->hadjustment);
  double top = self->vadjustment == NULL ? 0 : gtk_adjustment_get_value (self->vadjustment);

  graphene_point_init (point, (left + x) / self->zoom, (top + y) / self->zoom);
}

void
fermata_app_canvas_from_scene (FermataAppCanvas       *self,
                               const graphene_point_t *point,
                               double                 *x,
                               double                 *y)
{
  double left = self->hadjustment == NULL ? 0 : gtk_adjustment_get_value (self->hadjustment);
  double top = self->vadjustment == NULL ? 0 : gtk_adjustment_get_value (self->vadjustment);

  *x = point->x * self->zoom - left;
  *y = point->y * self->zoom - top;
}

void
fermata_app_canvas_get_area (FermataAppCanvas *self,
                             graphene_rect_t  *area)
{
  fermata_app_canvas_to_scene (self, 0, 0, &area->origin);
  area->size.width = gtk_widget_get_width (GTK_WIDGET (self)) / self->zoom;
  area->size.height = gtk_widget_get_height (GTK_WIDGET (self)) / self->zoom;
}

/* --- Adjustments ------------------------------------------------------------- */

/* One can scroll until the middle is at the scene's border; and what is seen
 * never jumps because the scene has become smaller. */
static void
set_range (GtkAdjustment *adjustment,
           double         value,
           double         start,
           double         length,
           double         page)
{
  double lower, upper;

  if (adjustment == NULL)
    return;

  lower = MIN (start - page / 2, value);
  upper = MAX (start + length + page / 2, value + page);
  gtk_adjustment_configure (adjustment, value, lower, upper, page * 0.1, page * 0.9, page);
}

/* To a place, in the widget's units. */
static void
move_view (FermataAppCanvas *self,
           double            left,
           double            top)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 1, 1);

  if (self->scene != NULL)
    fermata_app_scene_get_bounds (self->scene, &bounds);
  set_range (self->hadjustment, left, bounds.origin.x * self->zoom, bounds.size.width * self->zoom,
             gtk_widget_get_width (GTK_WIDGET (self)));
  set_range (self->vadjustment, top, bounds.origin.y * self->zoom, bounds.size.height * self->zoom,
             gtk_widget_get_height (GTK_WIDGET (self)));
}

void
fermata_app_canvas_update_range (FermataAppCanvas *self)
{
  if (self->hadjustment != NULL && self->vadjustment != NULL)
    move_view (self, gtk_adjustment_get_value (self->hadjustment), gtk_adjustment_get_value (self->vadjustment));
}

static void
scrolled (FermataAppCanvas *self)
{
  if (!self->is_allocating)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
fermata_app_canvas_set_adjustment (FermataAppCanvas  *self,
                                   GtkAdjustment    **place,
                                   GtkAdjustment     *adjustment)
{
  if (*place == adjustment)
    return;

  if (*place != NULL)
    g_signal_handlers_disconnect_by_data (*place, self);
  g_clear_object (place);
  if (adjustment == NULL)
    return;

  *place = g_object_ref_sink (adjustment);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (scrolled), self);
  fermata_app_canvas_update_range (self);
}

static gboolean
notify_zoom (gpointer user_data)
{
  FermataAppCanvas *self = user_data;

  self->zoom_source = 0;
  g_object_notify (G_OBJECT (self), "zoom");

  return G_SOURCE_REMOVE;
}

static void
set_zoom (FermataAppCanvas *self,
          double            zoom)
{
  if (self->zoom == zoom)
    return;

  self->zoom = zoom;
  if (!self->is_allocating)
    g_object_notify (G_OBJECT (self), "zoom");
  else if (self->zoom_source == 0)
    self->zoom_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, notify_zoom, self, NULL);
}

/* --- Zoom -------------------------------------------------------------------- */

void
fermata_app_canvas_zoom_at (FermataAppCanvas *self,
                            double            zoom,
                            double            x,
                            double            y)
{
  graphene_point_t point;

  zoom = CLAMP (zoom, MIN_ZOOM, MAX_ZOOM);
  if (zoom == self->zoom)
    return;

  fermata_app_canvas_to_scene (self, x, y, &point);
  set_zoom (self, zoom);
  move_view (self, point.x * zoom - x, point.y * zoom - y);
  scrolled (self);
}

/* So that a rectangle is in the middle; as large as possible, but not larger
 * than it is. */
static void
show_area (FermataAppCanvas      *self,
           const graphene_rect_t *area)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double zoom = MIN (width / area->size.width, height / area->size.height);

  set_zoom (self, CLAMP (zoom, MIN_ZOOM, 1));
  move_view (self, round ((area->origin.x + area->size.width / 2) * self->zoom - width / 2),
             round ((area->origin.y + area->size.height / 2) * self->zoom - height / 2));
  scrolled (self);
}

void
fermata_app_canvas_zoom_to_fit (FermataAppCanvas *self)
{
  graphene_rect_t bounds;

  if (self->scene == NULL || gtk_widget_get_width (GTK_WIDGET (self)) <= 0)
    {
      self->wants_fit = TRUE;
      return;
    }
  fermata_app_scene_get_bounds (self->scene, &bounds);
  graphene_rect_inset (&bounds, -MARGIN, -MARGIN);
  show_area (self, &bounds);
}

/* Where one begins to read: at the initial state, or what stands at the left. */
static void
find_beginning (FermataAppCanvas *self,
                graphene_rect_t  *rect)
{
  guint n_items = fermata_app_scene_get_n_items (self->scene);
  guint n_routes = fermata_app_scene_get_n_routes (self->scene);

  fermata_app_scene_get_bounds (self->scene, rect);
  for (guint i = 0; i < n_routes; i++)
    {
      const FermataAppRoute *route = fermata_app_scene_get_route (self->scene, i);

      if (route->from == G_MAXUINT && fermata_app_scene_get_item (self->scene, route->to)->parent == G_MAXUINT)
        {
          *rect = route->bounds;
          return;
        }
    }
  for (guint i = 0; i < n_items; i++)
    {
      const FermataAppItem *item = fermata_app_scene_get_item (self->scene, i);

      if (i == 0 || item->rect.origin.x < rect->origin.x)
        *rect = item->rect;
    }
}

/* The whole of it if it can be read, else its beginning. */
static void
show_at_first (FermataAppCanvas *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  graphene_rect_t bounds, beginning;

  fermata_app_canvas_zoom_to_fit (self);
  if (self->zoom >= READABLE_ZOOM || fermata_app_scene_get_n_items (self->scene) == 0)
    return;

  set_zoom (self, READABLE_ZOOM);
  fermata_app_scene_get_bounds (self->scene, &bounds);
  graphene_rect_inset (&bounds, -MARGIN, -MARGIN);
  find_beginning (self, &beginning);
  if (bounds.size.width * self->zoom <= width)
    beginning.origin.x = bounds.origin.x + (bounds.size.width - width / self->zoom) / 2;
  else
    beginning.origin.x = MAX (bounds.origin.x, beginning.origin.x - MARGIN);
  if (bounds.size.height * self->zoom <= height)
    beginning.origin.y = bounds.origin.y + (bounds.size.height - height / self->zoom) / 2;
  else
    beginning.origin.y += (beginning.size.height - height / self->zoom) / 2;
  move_view (self, round (beginning.origin.x * self->zoom), round (beginning.origin.y * self->zoom));
  scrolled (self);
}

static gboolean
is_as_fitted (FermataAppCanvas *self)
{
  return self->is_fitted
         && gtk_adjustment_get_value (self->hadjustment) == self->fitted_x
         && gtk_adjustment_get_value (self->vadjustment) == self->fitted_y;
}

/* Also when the size changes, as long as nobody has looked elsewhere or changed
 * anything. */
void
fermata_app_canvas_fit_if_wanted (FermataAppCanvas *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->scene == NULL || self->hadjustment == NULL || self->vadjustment == NULL || width <= 0 || height <= 0)
    return;

  self->is_fitted = is_as_fitted (self);
  if (!self->wants_fit
      && (!self->is_fitted || (width == self->fitted_width && height == self->fitted_height)))
    return;

  self->wants_fit = FALSE;
  show_at_first (self);
  self->is_fitted = TRUE;
  self->fitted_x = gtk_adjustment_get_value (self->hadjustment);
  self->fitted_y = gtk_adjustment_get_value (self->vadjustment);
  self->fitted_width = width;
  self->fitted_height = height;
}

/* --- Bringing something into view -------------------------------------------- */

static gboolean
get_extents (FermataAppCanvas *self,
             gpointer          element,
             graphene_rect_t  *extents)
{
  guint index;

  if (FERMATA_IS_NODE (element) && fermata_app_scene_find_node (self->scene, element, &index))
    *extents = fermata_app_scene_get_item (self->scene, index)->rect;
  else if (FERMATA_IS_EDGE (element) && fermata_app_scene_find_edge (self->scene, element, &index))
    *extents = fermata_app_scene_get_route (self->scene, index)->bounds;
  else
    return FALSE;

  return TRUE;
}

/* As little as possible if it is near, else into the middle. */
static double
get_scrolled (double value,
              double page,
              double start,
              double length)
{
  double end = start + length;

  if (start >= value && end <= value + page)
    return value;
  if (length > page || end < value - page / 2 || start > value + page * 1.5)
    return start + length / 2 - page / 2;

  return start < value ? start : end - page;
}

void
fermata_app_canvas_scroll_to (FermataAppCanvas *self,
                              gpointer          element)
{
  graphene_rect_t extents;

  if (self->wants_fit)
    fermata_app_canvas_fit_if_wanted (self);
  if (self->scene == NULL || self->hadjustment == NULL || self->vadjustment == NULL
      || !get_extents (self, element, &extents))
    return;

  graphene_rect_inset (&extents, -MARGIN, -MARGIN);
  move_view (self,
             get_scrolled (gtk_adjustment_get_value (self->hadjustment), gtk_widget_get_width (GTK_WIDGET (self)),
                           extents.origin.x * self->zoom, extents.size.width * self->zoom),
             get_scrolled (gtk_adjustment_get_value (self->vadjustment), gtk_widget_get_height (GTK_WIDGET (self)),
                           extents.origin.y * self->zoom, extents.size.height * self->zoom));
}

/* --- Wheel and pinch --------------------------------------------------------- */

/* Where the pointer is, also before it has moved here. */
static void
get_pointer (FermataAppCanvas   *self,
             GtkEventController *controller,
             double             *x,
             double             *y)
{
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  double event_x, event_y, shift_x, shift_y;

  *x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  *y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
  if (event == NULL || native == NULL || !gdk_event_get_position (event, &event_x, &event_y))
    return;

  gtk_native_get_surface_transform (native, &shift_x, &shift_y);
  gtk_widget_translate_coordinates (GTK_WIDGET (native), GTK_WIDGET (self), event_x - shift_x, event_y - shift_y, x, y);
}

/* With Ctrl it zooms; the scrolled window must not hear of that. */
static gboolean
wheel_turned (GtkEventController *controller,
              double              dx,
              double              dy,
              FermataAppCanvas   *self)
{
  double x, y;

  if (!(gtk_event_controller_get_current_event_state (controller) & GDK_CONTROL_MASK))
    return FALSE;

  get_pointer (self, controller, &x, &y);
  fermata_app_canvas_zoom_at (self, self->zoom * pow (WHEEL_STEP, -CLAMP (dy, -4, 4)), x, y);

  return TRUE;
}

static void
pinch_began (FermataAppCanvas *self)
{
  self->pinch_zoom = self->zoom;
}

static void
pinched (GtkGesture       *gesture,
         double            scale,
         FermataAppCanvas *self)
{
  double x, y;

  if (gtk_gesture_get_bounding_box_center (gesture, &x, &y))
    fermata_app_canvas_zoom_at (self, self->pinch_zoom * scale, x, y);
}

void
fermata_app_canvas_view_init (FermataAppCanvas *self)
{
  GtkEventController *wheel = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect (wheel, "scroll", G_CALLBACK (wheel_turned), self);
  gtk_widget_add_controller (GTK_WIDGET (self), wheel);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_began), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinched), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}
