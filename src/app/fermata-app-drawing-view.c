/* fermata-app-drawing-view.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-drawing-view.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MARGIN 12.0
#define MIN_ZOOM 0.1
#define MAX_ZOOM 4.0
#define STEP 1.15

/* An element that stands for an event. */
typedef struct {
  guint64 number;
  guint element;
} Mark;

/* Invariant: @marks are in the order of their numbers; @current is an index in
 * @marks, -1 for none. */
struct _FermataAppDrawingView {
  GtkWidget parent_instance;

  FermataDrawing *drawing;
  GArray *marks;
  int current;
  guint64 number;
  double zoom;
  guint reveal_source;
};

enum {
  SEEK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FermataAppDrawingView, fermata_app_drawing_view, GTK_TYPE_WIDGET)

/* Painting */

static void
set_colour (cairo_t             *cr,
            const FermataColour *colour)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha);
}

static void
trace (cairo_t            *cr,
       const FermataShape *shape)
{
  const FermataPoint *points = shape->points;

  if (shape->kind == FERMATA_SHAPE_ELLIPSE)
    {
      cairo_save (cr);
      cairo_translate (cr, points[0].x, points[0].y);
      cairo_scale (cr, MAX (points[1].x, 0.01), MAX (points[1].y, 0.01));
      cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
      cairo_restore (cr);
      return;
    }

  cairo_move_to (cr, points[0].x, points[0].y);
  if (shape->kind == FERMATA_SHAPE_BEZIER)
    {
      for (guint i = 1; i + 2 < shape->n_points; i += 3)
        cairo_curve_to (cr, points[i].x, points[i].y, points[i + 1].x, points[i + 1].y,
                        points[i + 2].x, points[i + 2].y);
      return;
    }

  for (guint i = 1; i < shape->n_points; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
  if (shape->kind == FERMATA_SHAPE_POLYGON)
    cairo_close_path (cr);
}

static void
set_dash (cairo_t          *cr,
          FermataLineStyle  style,
          double            width)
{
  double dashed[] = { 4 * MAX (width, 1), 3 * MAX (width, 1) };
  double dotted[] = { MAX (width, 1), 2 * MAX (width, 1) };

  cairo_set_dash (cr, style == FERMATA_LINE_DASHED ? dashed : dotted, style == FERMATA_LINE_SOLID ? 0 : 2, 0);
}

static void
paint_text (FermataAppDrawingView *self,
            cairo_t               *cr,
            const FermataShape    *shape)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), shape->text);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (shape->font != NULL ? shape->font : "");
  int width;

  pango_font_description_set_absolute_size (font, MAX (shape->font_size, 1) * PANGO_SCALE);
  if (shape->font_flags & FERMATA_FONT_BOLD)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (shape->font_flags & FERMATA_FONT_ITALIC)
    pango_font_description_set_style (font, PANGO_STYLE_ITALIC);
  pango_layout_set_font_description (layout, font);
  pango_layout_get_size (layout, &width, NULL);
  cairo_move_to (cr, shape->points[0].x - shape->anchor * width / PANGO_SCALE,
                 shape->points[0].y - pango_layout_get_baseline (layout) / (double) PANGO_SCALE);
  set_colour (cr, &shape->pen);
  pango_cairo_show_layout (cr, layout);
}

static void
paint_shape (FermataAppDrawingView *self,
             cairo_t               *cr,
             const FermataShape    *shape)
{
  if (shape->kind == FERMATA_SHAPE_TEXT)
    {
      paint_text (self, cr, shape);
      return;
    }

  trace (cr, shape);
  if (shape->fill.alpha > 0)
    {
      set_colour (cr, &shape->fill);
      cairo_fill_preserve (cr);
    }
  set_colour (cr, &shape->pen);
  cairo_set_line_width (cr, shape->line_width);
  set_dash (cr, shape->line_style, shape->line_width);
  cairo_stroke (cr);
}

static void
get_bounds (FermataAppDrawingView        *self,
            const FermataDrawingElement *element,
            graphene_rect_t              *bounds)
{
  graphene_rect_init (bounds, MARGIN + element->x * self->zoom, MARGIN + element->y * self->zoom,
                      element->width * self->zoom, element->height * self->zoom);
}

static void
paint_element (FermataAppDrawingView       *self,
               GtkSnapshot                 *snapshot,
               const FermataDrawingElement *element)
{
  graphene_rect_t bounds;
  cairo_t *cr;

  get_bounds (self, element, &bounds);
  graphene_rect_inset (&bounds, -3, -3);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_translate (cr, MARGIN, MARGIN);
  cairo_scale (cr, self->zoom, self->zoom);
  for (guint i = 0; i < element->n_shapes; i++)
    paint_shape (self, cr, fermata_drawing_get_shape (self->drawing, element->first_shape + i));
  cairo_destroy (cr);
}

static void
paint_current (FermataAppDrawingView *self,
               GtkSnapshot           *snapshot)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  graphene_rect_t bounds;
  GskRoundedRect outline;
  GdkRGBA colour;

  if (!fermata_app_drawing_view_get_current (self, &bounds)
      || !gtk_style_context_lookup_color (context, "accent_color", &colour))
    return;

  graphene_rect_inset (&bounds, -4, -4);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, 12);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 2.5, 2.5, 2.5, 2.5 },
                              (GdkRGBA[4]) { colour, colour, colour, colour });
}

static void
fermata_app_drawing_view_snapshot (GtkWidget   *widget,
                                   GtkSnapshot *snapshot)
{
  FermataAppDrawingView *self = FERMATA_APP_DRAWING_VIEW (widget);
  guint n = self->drawing == NULL ? 0 : fermata_drawing_get_n_elements (self->drawing);

  for (guint i = 0; i < n; i++)
    {
      const FermataDrawingElement *element = fermata_drawing_get_element (self->drawing, i);

      if (element->kind != FERMATA_DRAWING_GRAPH && element->n_shapes > 0)
        paint_element (self, snapshot, element);
    }
  paint_current (self, snapshot);
}

/* The widget */

static void
fermata_app_drawing_view_measure (GtkWidget      *widget,
                                  GtkOrientation  orientation,
                                  int             for_size,
                                  int            *minimum,
                                  int            *natural,
                                  int            *minimum_baseline,
                                  int            *natural_baseline)
{
  FermataAppDrawingView *self = FERMATA_APP_DRAWING_VIEW (widget);
  double size = self->drawing == NULL ? 0
                : orientation == GTK_ORIENTATION_HORIZONTAL ? fermata_drawing_get_width (self->drawing)
                                                            : fermata_drawing_get_height (self->drawing);

  *minimum = *natural = CLAMP (ceil (size * self->zoom + 2 * MARGIN), 0, 1e6);
}

static void
seek (FermataAppDrawingView *self,
      int                    mark)
{
  if (mark >= 0 && mark < (int) self->marks->len)
    g_signal_emit (self, signals[SEEK], 0, g_array_index (self->marks, Mark, mark).number);
}

static gboolean
read_number (const char *id,
             guint64    *number)
{
  char *end;

  if (id == NULL || !g_str_has_prefix (id, "event:"))
    return FALSE;

  *number = g_ascii_strtoull (id + strlen ("event:"), &end, 10);

  return *end == '\0' && *number > 0;
}

static void
pressed (GtkGestureClick       *gesture,
         int                    n_press,
         double                 x,
         double                 y,
         FermataAppDrawingView *self)
{
  const FermataDrawingElement *element;
  guint64 number;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->drawing == NULL)
    return;

  element = fermata_drawing_find_at (self->drawing, (x - MARGIN) / self->zoom, (y - MARGIN) / self->zoom,
                                     8 / self->zoom);
  if (element != NULL && read_number (element->id, &number))
    g_signal_emit (self, signals[SEEK], 0, number);
}

static gboolean
scrolled (GtkEventControllerScroll *controller,
          double                    dx,
          double                    dy,
          FermataAppDrawingView    *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_CONTROL_MASK) == 0)
    return FALSE;

  fermata_app_drawing_view_set_zoom (self, self->zoom * pow (STEP, -dy));

  return TRUE;
}

static gboolean
go_back (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  FermataAppDrawingView *self = FERMATA_APP_DRAWING_VIEW (widget);

  seek (self, self->current - 1);

  return TRUE;
}

static gboolean
go_on (GtkWidget *widget,
       GVariant  *args,
       gpointer   user_data)
{
  FermataAppDrawingView *self = FERMATA_APP_DRAWING_VIEW (widget);

  seek (self, self->current + 1);

  return TRUE;
}

static gboolean
show_tooltip (FermataAppDrawingView *self,
              int                    x,
              int                    y,
              gboolean               keyboard,
              GtkTooltip            *tooltip)
{
  const FermataDrawingElement *element = NULL;

  if (self->drawing != NULL && !keyboard)
    element = fermata_drawing_find_at (self->drawing, (x - MARGIN) / self->zoom, (y - MARGIN) / self->zoom,
                                       8 / self->zoom);
  if (element == NULL || element->tooltip == NULL || element->tooltip[strspn (element->tooltip, " ")] == '\0')
    return FALSE;

  gtk_tooltip_set_text (tooltip, element->tooltip);

  return TRUE;
}

static void
fermata_app_drawing_view_finalize (GObject *object)
{
  FermataAppDrawingView *self = FERMATA_APP_DRAWING_VIEW (object);

  g_clear_handle_id (&self->reveal_source, g_source_remove);
  g_clear_object (&self->drawing);
  g_array_unref (self->marks);

  G_OBJECT_CLASS (fermata_app_drawing_view_parent_class)->finalize (object);
}

static void
fermata_app_drawing_view_class_init (FermataAppDrawingViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fermata_app_drawing_view_finalize;
  widget_class->snapshot = fermata_app_drawing_view_snapshot;
  widget_class->measure = fermata_app_drawing_view_measure;

  signals[SEEK] = g_signal_new ("seek", FERMATA_TYPE_APP_DRAWING_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_UINT64);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, go_back, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, go_on, NULL);
  gtk_widget_class_set_css_name (widget_class, "drawing");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
fermata_app_drawing_view_init (FermataAppDrawingView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  self->zoom = 1;
  self->current = -1;
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (show_tooltip), NULL);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (scroll, "scroll", G_CALLBACK (scrolled), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("History"), -1);
}

/* What is shown */

static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  const Mark *one = a;
  const Mark *other = b;

  return one->number < other->number ? -1 : one->number > other->number;
}

static void
collect_marks (FermataAppDrawingView *self)
{
  guint n = self->drawing == NULL ? 0 : fermata_drawing_get_n_elements (self->drawing);

  g_array_set_size (self->marks, 0);
  for (guint i = 0; i < n; i++)
    {
      const FermataDrawingElement *element = fermata_drawing_get_element (self->drawing, i);
      Mark mark = { 0, i };

      if (element->kind == FERMATA_DRAWING_NODE && read_number (element->id, &mark.number))
        g_array_append_val (self->marks, mark);
    }
  g_array_sort (self->marks, compare_marks);
}

static void
find_current (FermataAppDrawingView *self)
{
  self->current = -1;
  for (guint i = 0; i < self->marks->len; i++)
    {
      if (g_array_index (self->marks, Mark, i).number == self->number)
        self->current = i;
    }
}

#define AROUND 24

static gboolean
reveal_now (gpointer user_data)
{
  FermataAppDrawingView *self = user_data;
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  self->reveal_source = 0;
  if (scrolled == NULL || !fermata_app_drawing_view_get_current (self, &bounds))
    return G_SOURCE_REMOVE;

  graphene_rect_inset (&bounds, -AROUND, -AROUND);
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                             bounds.origin.x, bounds.origin.x + bounds.size.width);
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                             bounds.origin.y, bounds.origin.y + bounds.size.height);

  return G_SOURCE_REMOVE;
}

/* The current element is scrolled into view once a new drawing has its size. */
static void
reveal (FermataAppDrawingView *self)
{
  if (self->reveal_source == 0)
    self->reveal_source = g_idle_add (reveal_now, self);
}

void
fermata_app_drawing_view_set_drawing (FermataAppDrawingView *self,
                                      FermataDrawing        *drawing)
{
  if (!g_set_object (&self->drawing, drawing))
    return;

  collect_marks (self);
  find_current (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  reveal (self);
}

void
fermata_app_drawing_view_set_number (FermataAppDrawingView *self,
                                     guint64                number)
{
  int before = self->current;

  if (self->number == number)
    return;

  self->number = number;
  find_current (self);
  if (self->current == before)
    return;

  gtk_widget_queue_draw (GTK_WIDGET (self));
  reveal (self);
}

double
fermata_app_drawing_view_get_zoom (FermataAppDrawingView *self)
{
  return self->zoom;
}

void
fermata_app_drawing_view_set_zoom (FermataAppDrawingView *self,
                                   double                 zoom)
{
  zoom = CLAMP (zoom, MIN_ZOOM, MAX_ZOOM);
  if (self->zoom == zoom)
    return;

  self->zoom = zoom;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

gboolean
fermata_app_drawing_view_get_current (FermataAppDrawingView *self,
                                      graphene_rect_t       *bounds)
{
  guint element;

  if (self->current < 0)
    return FALSE;

  element = g_array_index (self->marks, Mark, self->current).element;
  get_bounds (self, fermata_drawing_get_element (self->drawing, element), bounds);

  return TRUE;
}
