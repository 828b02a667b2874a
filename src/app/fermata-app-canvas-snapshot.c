/* fermata-app-canvas-snapshot.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is drawn in a frame: only what is seen, and of that nothing anew that
 * looks as it did. The render nodes of each element are kept, together with
 * what they were painted from; as long as that is the same GTK is given the
 * very same node, and draws nothing again that has not moved.
 *
 * When more is seen than a renderer can take, fermata-app-overview.c draws it. */

#include "fermata-app-canvas-feedback.h"
#include "fermata-app-canvas-private.h"
#include "fermata-app-dots.h"
#include "fermata-app-overview.h"
#include "fermata-app-painter-private.h"

/* Below the first only boxes, below the second no small texts. */
#define BOXES_BELOW 0.4
#define TITLES_BELOW 0.7

/* More than this is seen in an overview. The GL renderer of GTK 4.8 gives up
 * above some 9,000 full nodes. */
#define MAX_ITEMS 1500
#define MAX_ELEMENTS 4000
#define MAX_FULL_ITEMS 600

/* What is kept without being seen. */
#define MAX_UNSEEN 1000

/* How long data is under way, and how much of it at once. */
#define FLIGHT_TIME 450000
#define MAX_FLIGHTS 64

/* How long a frame may take for painting lines for another zoom, in
 * microseconds; some are always painted. */
#define MAX_TIME 9000
#define MIN_LINES 64

/* A line longer than this on the screen is painted for what is seen of it. */
#define MAX_LINE 2000

/* What was painted of a node, or of one line of an edge. */
typedef struct {
  GObject *element;      /* key; a reference */
  guint target;
  GskRenderNode *node;
  GskRenderNode *label;
  FermataAppLook look;
  guint serial;
  int step;
  double zoom;           /* of a line: what it was painted for */
  guint8 detail;
  guint8 is_selected;
  guint64 frame;         /* in which it was last seen */
  gint64 flight;         /* when its data began to move, or 0 */
} Painted;

struct _FermataAppRetained {
  GHashTable *painted;
  GArray *items;         /* what is seen: indices */
  GArray *routes;
  FermataAppOverview *overview;
  FermataAppDots *dots;
  double zoom;           /* of the frame before */
  guint tick;
  guint n_flights;
  guint64 frame;
};

/* What holds for all elements of one frame. */
typedef struct {
  FermataAppCanvas *canvas;
  GtkSnapshot *snapshot;
  FermataAppSelection *selection;
  FermataAppDetail detail;
  graphene_rect_t area;
  gint64 time;
  gint64 paint_until;    /* lines that only have another zoom */
  guint n_lines;         /* so many have been painted */
  gboolean flies;
  gboolean is_zooming;
  gboolean is_blurred;   /* not everything was painted for this zoom */
} Frame;

static guint
painted_hash (gconstpointer key)
{
  const Painted *painted = key;

  return g_direct_hash (painted->element) * 31 + painted->target;
}

static gboolean
painted_equal (gconstpointer a,
               gconstpointer b)
{
  const Painted *x = a;
  const Painted *y = b;

  return x->element == y->element && x->target == y->target;
}

static void
painted_forget (Painted *painted)
{
  g_clear_pointer (&painted->node, gsk_render_node_unref);
  g_clear_pointer (&painted->label, gsk_render_node_unref);
}

static void
painted_free (gpointer data)
{
  Painted *painted = data;

  painted_forget (painted);
  g_object_unref (painted->element);
  g_free (painted);
}

static Painted *
get_painted (FermataAppRetained *self,
             gpointer            element,
             guint               target)
{
  Painted key = { .element = element, .target = target };
  Painted *painted = g_hash_table_lookup (self->painted, &key);

  if (painted == NULL)
    {
      painted = g_new0 (Painted, 1);
      painted->element = g_object_ref (element);
      painted->target = target;
      painted->serial = G_MAXUINT;
      g_hash_table_add (self->painted, painted);
    }
  painted->frame = self->frame;

  return painted;
}

/* Whether it has to be painted; then it is noted what from. */
static gboolean
note_change (const Frame          *frame,
             Painted              *painted,
             guint                 serial,
             const FermataAppLook *look,
             gboolean              is_selected)
{
  int step = frame->canvas->painter->step;

  if (painted->serial == serial && painted->step == step && painted->detail == frame->detail
      && painted->is_selected == is_selected && fermata_app_look_equal (&painted->look, look))
    return FALSE;

  painted_forget (painted);
  painted->serial = serial;
  painted->step = step;
  painted->detail = frame->detail;
  painted->is_selected = is_selected;
  painted->look = *look;

  return TRUE;
}

static void
append (GtkSnapshot   *snapshot,
        GskRenderNode *node)
{
  if (node != NULL)
    gtk_snapshot_append_node (snapshot, node);
}

/* --- Items ------------------------------------------------------------------- */

static void
append_item (const Frame          *frame,
             const FermataAppItem *item)
{
  FermataAppCanvas *self = frame->canvas;
  Painted *painted = get_painted (self->retained, item->node, 0);
  gboolean is_selected = fermata_app_selection_contains (frame->selection, item->node);
  FermataAppLook look = { 0, };

  fermata_app_look_at_node (self->document, item->node, &look);
  if (note_change (frame, painted, item->serial, &look, is_selected))
    painted->node = fermata_app_painter_paint_item (self->painter, self->document, item, &look, is_selected,
                                                    frame->detail);
  append (frame->snapshot, painted->node);
}

/* Containers first, as they are below the edges. */
static void
append_items (const Frame *frame,
              gboolean     containers)
{
  FermataAppCanvas *self = frame->canvas;
  GArray *items = self->retained->items;

  for (guint i = 0; i < items->len; i++)
    {
      const FermataAppItem *item = fermata_app_scene_get_item (self->scene, g_array_index (items, guint, i));

      if ((item->kind == FERMATA_APP_ITEM_CONTAINER) == containers)
        append_item (frame, item);
    }
}

/* --- Routes ------------------------------------------------------------------ */

/* An initial arrow need not be an edge: then it is the node's. */
static Painted *
get_painted_route (FermataAppCanvas      *self,
                   const FermataAppRoute *route)
{
  if (route->edge != NULL)
    return get_painted (self->retained, route->edge, route->target);

  return get_painted (self->retained, fermata_app_scene_get_item (self->scene, route->to)->node, G_MAXUINT);
}

static gboolean
is_long (const Frame           *frame,
         const FermataAppRoute *route)
{
  double zoom = frame->canvas->zoom;

  return route->bounds.size.width * zoom > MAX_LINE || route->bounds.size.height * zoom > MAX_LINE;
}

/* While one zooms a line is stretched, as long as it does not show too much. */
static gboolean
has_other_zoom (Frame         *frame,
                const Painted *painted)
{
  double ratio = frame->canvas->zoom / painted->zoom;

  if (painted->node == NULL || ratio == 1)
    return FALSE;
  if (ratio > 1.45 || ratio < 0.65
      || (!frame->is_zooming
          && (frame->n_lines++ < MIN_LINES || g_get_monotonic_time () < frame->paint_until)))
    return TRUE;

  frame->is_blurred = TRUE;

  return FALSE;
}

static void
paint_line (Frame                 *frame,
            Painted               *painted,
            const FermataAppRoute *route)
{
  FermataAppCanvas *self = frame->canvas;

  g_clear_pointer (&painted->node, gsk_render_node_unref);
  painted->zoom = self->zoom;
  if (!is_long (frame, route))
    painted->node = fermata_app_painter_paint_line (self->painter, route, &painted->look, painted->is_selected,
                                                    frame->detail, self->zoom, NULL);
}

static void
paint_route (Frame                 *frame,
             Painted               *painted,
             const FermataAppRoute *route)
{
  paint_line (frame, painted, route);
  painted->label = fermata_app_painter_paint_label (frame->canvas->painter, route, &painted->look,
                                                    painted->is_selected, frame->detail);
}

/* Data moves along an edge that was just taken. */
static void
note_flight (const Frame    *frame,
             Painted        *painted,
             FermataAppPath  before,
             gboolean        was_seen)
{
  FermataAppRetained *retained = frame->canvas->retained;

  if (painted->look.path != FERMATA_APP_PATH_LATEST)
    painted->flight = 0;
  else if (was_seen && before != FERMATA_APP_PATH_LATEST && frame->flies && retained->n_flights < MAX_FLIGHTS)
    painted->flight = frame->time;
  if (painted->flight != 0 && frame->time - painted->flight > FLIGHT_TIME)
    painted->flight = 0;
  retained->n_flights += painted->flight != 0;
}

static void
append_long_line (const Frame           *frame,
                  const Painted         *painted,
                  const FermataAppRoute *route)
{
  g_autoptr (GskRenderNode) node =
    fermata_app_painter_paint_line (frame->canvas->painter, route, &painted->look, painted->is_selected,
                                    frame->detail, frame->canvas->zoom, &frame->area);

  append (frame->snapshot, node);
}

static void
append_line (const Frame           *frame,
             const Painted         *painted,
             const FermataAppRoute *route)
{
  float ratio = frame->canvas->zoom / painted->zoom;

  if (is_long (frame, route))
    {
      append_long_line (frame, painted, route);
    }
  else if (ratio == 1)
    {
      append (frame->snapshot, painted->node);
    }
  else
    {
      gtk_snapshot_save (frame->snapshot);
      gtk_snapshot_scale (frame->snapshot, ratio, ratio);
      append (frame->snapshot, painted->node);
      gtk_snapshot_restore (frame->snapshot);
    }
}

static void
append_lines (Frame *frame)
{
  FermataAppCanvas *self = frame->canvas;
  GArray *routes = self->retained->routes;

  self->retained->n_flights = 0;
  for (guint i = 0; i < routes->len; i++)
    {
      const FermataAppRoute *route = fermata_app_scene_get_route (self->scene, g_array_index (routes, guint, i));
      Painted *painted = get_painted_route (self, route);
      gboolean is_selected = route->edge != NULL && fermata_app_selection_contains (frame->selection, route->edge);
      FermataAppPath before = painted->look.path;
      gboolean was_seen = painted->serial != G_MAXUINT;
      FermataAppLook look = { 0, };

      if (route->edge != NULL)
        fermata_app_look_at_edge (self->document, route->edge, &look);
      if (note_change (frame, painted, route->serial, &look, is_selected))
        paint_route (frame, painted, route);
      else if (has_other_zoom (frame, painted))
        paint_line (frame, painted, route);
      note_flight (frame, painted, before, was_seen);
      append_line (frame, painted, route);
    }
}

/* Above all lines and boxes. */
static void
append_labels (const Frame *frame)
{
  FermataAppCanvas *self = frame->canvas;
  GArray *routes = self->retained->routes;

  for (guint i = 0; i < routes->len; i++)
    {
      const FermataAppRoute *route = fermata_app_scene_get_route (self->scene, g_array_index (routes, guint, i));

      append (frame->snapshot, get_painted_route (self, route)->label);
    }
}

static void
append_flights (const Frame *frame)
{
  FermataAppCanvas *self = frame->canvas;
  GArray *routes = self->retained->routes;

  for (guint i = 0; i < routes->len && self->retained->n_flights > 0; i++)
    {
      const FermataAppRoute *route = fermata_app_scene_get_route (self->scene, g_array_index (routes, guint, i));
      const Painted *painted = get_painted_route (self, route);

      if (painted->flight != 0)
        fermata_app_canvas_append_flight (self, frame->snapshot, route,
                                          (frame->time - painted->flight) / (float) FLIGHT_TIME);
    }
}

/* --- A frame ----------------------------------------------------------------- */

static gboolean
next_frame (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       data)
{
  gtk_widget_queue_draw (widget);

  return G_SOURCE_CONTINUE;
}

/* The clock runs only while something moves. */
static void
keep_moving (FermataAppCanvas *self,
             gboolean          moves)
{
  FermataAppRetained *retained = self->retained;

  if (moves && retained->tick == 0)
    retained->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), next_frame, NULL, NULL);
  else if (!moves && retained->tick != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), retained->tick);
      retained->tick = 0;
    }
}

static gboolean
is_animated (FermataAppCanvas *self)
{
  gboolean enabled;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &enabled, NULL);

  return enabled;
}

static void
forget_unseen (FermataAppRetained *self)
{
  GHashTableIter iter;
  gpointer painted;

  if (g_hash_table_size (self->painted) <= 2 * (self->items->len + self->routes->len) + MAX_UNSEEN)
    return;

  g_hash_table_iter_init (&iter, self->painted);
  while (g_hash_table_iter_next (&iter, &painted, NULL))
    if (((Painted *) painted)->frame != self->frame)
      g_hash_table_iter_remove (&iter);
}

static FermataAppDetail
get_detail (FermataAppCanvas *self)
{
  if (self->zoom < BOXES_BELOW || self->retained->items->len > MAX_FULL_ITEMS)
    return FERMATA_APP_DETAIL_BOXES;

  return self->zoom < TITLES_BELOW ? FERMATA_APP_DETAIL_TITLES : FERMATA_APP_DETAIL_ALL;
}

static void
find_seen (FermataAppCanvas      *self,
           const graphene_rect_t *area)
{
  FermataAppRetained *retained = self->retained;
  graphene_rect_t around;

  /* Halos and outlines reach out of what they belong to. */
  graphene_rect_inset_r (area, -12, -12, &around);
  g_array_set_size (retained->items, 0);
  g_array_set_size (retained->routes, 0);
  fermata_app_scene_query (self->scene, &around, retained->items, retained->routes);
}

/* Into the scene's units, at the place that is seen. */
static void
enter_scene (const Frame *frame,
             double       zoom)
{
  FermataAppCanvas *self = frame->canvas;

  gtk_snapshot_save (frame->snapshot);
  gtk_snapshot_translate (frame->snapshot,
                          &GRAPHENE_POINT_INIT (-round (gtk_adjustment_get_value (self->hadjustment)),
                                                -round (gtk_adjustment_get_value (self->vadjustment))));
  gtk_snapshot_scale (frame->snapshot, zoom, zoom);
}

static void
append_scene (Frame *frame)
{
  FermataAppCanvas *self = frame->canvas;

  frame->detail = get_detail (self);
  frame->is_zooming = self->zoom != self->retained->zoom;
  frame->paint_until = g_get_monotonic_time () + MAX_TIME;
  fermata_app_dots_append (self->retained->dots, self, frame->snapshot);
  enter_scene (frame, self->zoom);
  append_items (frame, TRUE);
  gtk_snapshot_restore (frame->snapshot);
  enter_scene (frame, 1);
  append_lines (frame);
  gtk_snapshot_restore (frame->snapshot);
  enter_scene (frame, self->zoom);
  append_items (frame, FALSE);
  append_labels (frame);
  append_flights (frame);
  gtk_snapshot_restore (frame->snapshot);
}

static gboolean
is_too_much (FermataAppRetained *self)
{
  return self->items->len > MAX_ITEMS || self->items->len + self->routes->len > MAX_ELEMENTS;
}

static void
append_frame (Frame *frame)
{
  FermataAppCanvas *self = frame->canvas;
  FermataAppRetained *retained = self->retained;
  gboolean moves;

  retained->frame++;
  fermata_app_painter_set_zoom (self->painter, self->zoom);
  fermata_app_canvas_get_area (self, &frame->area);
  if (!fermata_app_overview_is_crowded (retained->overview, self))
    find_seen (self, &frame->area);
  if (is_too_much (retained))
    {
      fermata_app_dots_append (NULL, self, frame->snapshot);
      moves = !fermata_app_overview_append (retained->overview, self, frame->snapshot);
    }
  else
    {
      append_scene (frame);
      forget_unseen (retained);
      moves = retained->n_flights > 0 || frame->is_blurred;
    }
  retained->zoom = self->zoom;
  fermata_app_canvas_append_feedback (self, frame->snapshot);
  keep_moving (self, moves);
}

static void
fermata_app_canvas_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  FermataAppCanvas *self = FERMATA_APP_CANVAS (widget);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  Frame frame = { .canvas = self, .snapshot = snapshot };

  if (self->scene == NULL || self->hadjustment == NULL || self->vadjustment == NULL)
    return;

  frame.selection = fermata_app_document_get_selection (self->document);
  frame.time = clock == NULL ? g_get_monotonic_time () : gdk_frame_clock_get_frame_time (clock);
  frame.flies = fermata_app_document_get_debugger (self->document) != NULL && self->zoom >= BOXES_BELOW
                && is_animated (self);
  append_frame (&frame);

  /* Its children draw nothing; but what is seen anew is told anew. */
  fermata_app_canvas_proxies_queue (self);
}

static void
fermata_app_canvas_state_flags_changed (GtkWidget     *widget,
                                        GtkStateFlags  before)
{
  gtk_widget_queue_draw (widget);
}

void
fermata_app_canvas_forget_painted (FermataAppCanvas *self)
{
  FermataAppRetained *retained = self->retained;

  if (retained == NULL)
    return;

  g_hash_table_remove_all (retained->painted);
  fermata_app_dots_forget (retained->dots);
  fermata_app_overview_forget (retained->overview);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Which elements look different is found out in the next frame, of those that
 * are seen. */
void
fermata_app_canvas_looks_changed (FermataAppCanvas *self)
{
  fermata_app_overview_mark_stale (self->retained->overview);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
fermata_app_canvas_snapshot_class_init (GtkWidgetClass *klass)
{
  klass->snapshot = fermata_app_canvas_snapshot;
  klass->state_flags_changed = fermata_app_canvas_state_flags_changed;
}

void
fermata_app_canvas_snapshot_init (FermataAppCanvas *self)
{
  FermataAppRetained *retained = g_new0 (FermataAppRetained, 1);

  retained->painted = g_hash_table_new_full (painted_hash, painted_equal, painted_free, NULL);
  retained->items = g_array_new (FALSE, FALSE, sizeof (guint));
  retained->routes = g_array_new (FALSE, FALSE, sizeof (guint));
  retained->dots = fermata_app_dots_new ();
  retained->overview = fermata_app_overview_new ();
  self->retained = retained;
}

void
fermata_app_canvas_snapshot_dispose (FermataAppCanvas *self)
{
  FermataAppRetained *retained = self->retained;

  if (retained == NULL)
    return;

  keep_moving (self, FALSE);
  g_hash_table_unref (retained->painted);
  g_array_unref (retained->items);
  g_array_unref (retained->routes);
  fermata_app_dots_free (retained->dots);
  fermata_app_overview_free (retained->overview);
  g_clear_pointer (&self->retained, g_free);
}
