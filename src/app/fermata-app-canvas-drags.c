/* fermata-app-canvas-drags.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-drags.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* An edge can be grabbed so far away from it, at any zoom. */
#define REACH 12.0

/* What is where */

static gpointer
get_hit_element (FermataAppCanvas    *self,
                 const FermataAppHit *hit)
{
  switch (hit->kind)
    {
    case FERMATA_APP_HIT_NODE:
    case FERMATA_APP_HIT_PORT:
      return fermata_app_scene_get_item (self->scene, hit->index)->node;

    case FERMATA_APP_HIT_EDGE:
    case FERMATA_APP_HIT_LABEL:
      return fermata_app_scene_get_route (self->scene, hit->index)->edge;

    case FERMATA_APP_HIT_NONE:
    default:
      return NULL;
    }
}

gpointer
fermata_app_canvas_find_at (FermataAppCanvas  *self,
                            double             x,
                            double             y,
                            graphene_point_t  *point,
                            FermataAppHitKind *kind)
{
  FermataAppHit hit;

  fermata_app_canvas_to_scene (self, x, y, point);
  hit = fermata_app_scene_hit (self->scene, point, (float) (REACH / self->zoom));
  *kind = hit.kind;
  return get_hit_element (self, &hit);
}

gboolean
fermata_app_canvas_is_interior (FermataAppCanvas       *self,
                                gpointer                element,
                                const graphene_point_t *point)
{
  const FermataAppItem *item;
  guint index;

  if (!FERMATA_IS_NODE (element) || !fermata_app_scene_find_node (self->scene, element, &index))
    return FALSE;
  item = fermata_app_scene_get_item (self->scene, index);
  return item->kind == FERMATA_APP_ITEM_CONTAINER && point->y > item->rect.origin.y + FERMATA_LAYOUT_HEADER;
}

void
fermata_app_canvas_set_cursor_name (FermataAppCanvas *self,
                                    const char       *name)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);

  if (g_strcmp0 (gestures->cursor_name, name) == 0)
    return;
  gestures->cursor_name = name;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

/* What is under way */

static void
stop_following (FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);

  if (gestures->scroll_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), gestures->scroll_tick);
  gestures->scroll_tick = 0;
}

/* How far to scroll in a frame: the more, the farther out. */
static double
get_overshoot (double at,
               double length)
{
  double out = at < 0 ? at : MAX (at - length, 0);

  return CLAMP (out / 4, -24, 24);
}

static gboolean
scroll_on (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       moved)
{
  FermataAppCanvas *self = FERMATA_APP_CANVAS (widget);
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);
  double dx = get_overshoot (gestures->pointer_x, gtk_widget_get_width (widget));
  double dy = get_overshoot (gestures->pointer_y, gtk_widget_get_height (widget));

  if (self->scene == NULL || (dx == 0 && dy == 0) || self->hadjustment == NULL || self->vadjustment == NULL)
    {
      gestures->scroll_tick = 0;
      return G_SOURCE_REMOVE;
    }
  gtk_adjustment_set_value (self->hadjustment, gtk_adjustment_get_value (self->hadjustment) + dx);
  gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) + dy);
  ((void (*) (FermataAppCanvas *)) moved) (self);
  return G_SOURCE_CONTINUE;
}

void
fermata_app_canvas_follow_drag (FermataAppCanvas *self,
                                double            x,
                                double            y,
                                void            (*moved) (FermataAppCanvas *self))
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);

  gestures->pointer_x = x;
  gestures->pointer_y = y;
  if (gestures->scroll_tick == 0 &&
      (get_overshoot (x, gtk_widget_get_width (GTK_WIDGET (self))) != 0 ||
       get_overshoot (y, gtk_widget_get_height (GTK_WIDGET (self))) != 0))
    gestures->scroll_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_on, moved, NULL);
}

void
fermata_app_canvas_reset_gesture (FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);

  if (self->gesture.kind == FERMATA_APP_GESTURE_MOVE && self->scene != NULL)
    fermata_app_scene_set_drag (self->scene, NULL, 0, 0, 0);
  self->gesture.kind = FERMATA_APP_GESTURE_NONE;
  g_clear_object (&self->gesture.source);
  g_clear_object (&self->gesture.target);
  gestures->is_hanging = FALSE;
  g_ptr_array_set_size (gestures->moved, 0);
  stop_following (self);
  fermata_app_canvas_set_cursor_name (self, gestures->is_space_held ? "grab" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
fermata_app_canvas_cancel_gesture (FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);

  if (gestures == NULL || self->gesture.kind == FERMATA_APP_GESTURE_NONE)
    return FALSE;
  fermata_app_canvas_reset_gesture (self);
  gtk_gesture_set_state (gestures->drag, GTK_EVENT_SEQUENCE_DENIED);
  gtk_gesture_set_state (gestures->pan, GTK_EVENT_SEQUENCE_DENIED);
  gtk_gesture_set_state (gestures->cut, GTK_EVENT_SEQUENCE_DENIED);
  return TRUE;
}

void
fermata_app_canvas_begin_gesture (FermataAppCanvas      *self,
                                  FermataAppGestureKind  kind)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);

  self->gesture.kind = kind;
  self->gesture.start = gestures->start;
  self->gesture.end = gestures->start;
}

/* Moving */

static gboolean
has_selected_parent (FermataAppSelection *selection,
                     FermataNode         *node)
{
  for (node = fermata_node_get_parent (node); node != NULL; node = fermata_node_get_parent (node))
    if (fermata_app_selection_contains (selection, node))
      return TRUE;
  return FALSE;
}

/* Those that are selected, without those that move with their state anyway. */
void
fermata_app_canvas_begin_move (FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);
  FermataAppSelection *selection = fermata_app_document_get_selection (self->document);
  g_autoptr (GPtrArray) nodes = fermata_app_canvas_dup_selected_nodes (self);
  graphene_rect_t rect;
  guint serial;

  if (!fermata_app_canvas_get_place (self, gestures->pressed, &rect, &serial))
    return;
  gestures->origin = rect.origin;
  if (!fermata_app_selection_contains (selection, gestures->pressed))
    {
      g_ptr_array_set_size (nodes, 0);
      g_ptr_array_add (nodes, g_object_ref (gestures->pressed));
    }
  g_ptr_array_set_size (gestures->moved, 0);
  for (guint i = 0; i < nodes->len; i++)
    if (!has_selected_parent (selection, g_ptr_array_index (nodes, i)))
      g_ptr_array_add (gestures->moved, g_object_ref (g_ptr_array_index (nodes, i)));
  gestures->dx = 0;
  gestures->dy = 0;
  fermata_app_canvas_begin_gesture (self, FERMATA_APP_GESTURE_MOVE);
}

static double
snap (double start,
      double offset,
      double grid)
{
  return round ((start + offset) / grid) * grid - start;
}

void
fermata_app_canvas_update_move (FermataAppCanvas *self,
                                gboolean          fine)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);
  double grid = fine ? 1 : FERMATA_APP_GRID;

  gestures->dx = snap (gestures->origin.x, self->gesture.end.x - self->gesture.start.x, grid);
  gestures->dy = snap (gestures->origin.y, self->gesture.end.y - self->gesture.start.y, grid);
  fermata_app_scene_set_drag (self->scene, (FermataNode *const *) gestures->moved->pdata, gestures->moved->len,
                              (float) gestures->dx, (float) gestures->dy);
}

static gboolean
has_edges (FermataAppCanvas *self,
           FermataNode      *node)
{
  guint n = fermata_app_scene_get_n_routes (self->scene);
  guint index;

  if (!fermata_app_scene_find_node (self->scene, node, &index))
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      const FermataAppRoute *route = fermata_app_scene_get_route (self->scene, i);

      if (route->edge != NULL && (route->from == index || route->to == index))
        return TRUE;
    }
  return FALSE;
}

/* The edge that a single new node was dropped on. */
static FermataEdge *
find_edge_to_insert_on (FermataAppCanvas *self,
                        GPtrArray        *nodes)
{
  FermataAppHit hit;
  gpointer element;

  if (nodes->len != 1 || has_edges (self, g_ptr_array_index (nodes, 0)))
    return NULL;
  hit = fermata_app_scene_hit (self->scene, &self->gesture.end, (float) (REACH / self->zoom));
  element = get_hit_element (self, &hit);
  return FERMATA_IS_EDGE (element) ? element : NULL;
}

/* Where the pointer is decides, not where the box is; and what is carried away
 * leaves its state only if the pointer did. */
static void
drop_moved (FermataAppCanvas *self,
            GPtrArray        *nodes,
            FermataNode      *pressed,
            double            dx,
            double            dy)
{
  FermataEditor *editor = fermata_app_document_get_editor (self->document);
  gboolean is_machine =
    fermata_graph_get_kind (fermata_app_document_get_shown (self->document)) == FERMATA_GRAPH_KIND_FSM;
  FermataNode *parent = fermata_app_canvas_find_container (self, &self->gesture.end, FALSE);
  g_autofree char *what = fermata_app_elements_describe (nodes);
  g_autofree char *title = g_strdup_printf (_("Move %s"), what);
  FermataEdge *edge;

  for (FermataNode *node = parent; node != NULL; node = fermata_node_get_parent (node))
    if (g_ptr_array_find (nodes, node, NULL))
      parent = fermata_node_get_parent (node);
  edge = find_edge_to_insert_on (self, nodes);
  if (edge != NULL)
    g_object_ref (edge);

  fermata_editor_begin (editor, title);
  if (fermata_app_canvas_move (self, nodes, dx, dy,
                               is_machine && parent != fermata_node_get_parent (pressed), parent) &&
      edge != NULL)
    fermata_app_canvas_insert (self, g_ptr_array_index (nodes, 0), edge);
  fermata_editor_end (editor);
  g_clear_object (&edge);
}

void
fermata_app_canvas_end_move (FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (FermataNode) pressed = g_object_ref (gestures->pressed);
  double dx = gestures->dx;
  double dy = gestures->dy;
  guint index;

  for (guint i = 0; i < gestures->moved->len; i++)
    if (fermata_app_scene_find_node (self->scene, g_ptr_array_index (gestures->moved, i), &index))
      g_ptr_array_add (nodes, g_object_ref (g_ptr_array_index (gestures->moved, i)));
  fermata_app_canvas_reset_gesture (self);
  if (nodes->len > 0 && (dx != 0 || dy != 0))
    drop_moved (self, nodes, pressed, dx, dy);
}

/* Connecting */

void
fermata_app_canvas_begin_connect (FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);

  gestures->has_left = FALSE;
  fermata_app_canvas_begin_gesture (self, FERMATA_APP_GESTURE_CONNECT);
  self->gesture.source = g_object_ref (gestures->pressed);
}

/* The room in a state is empty space for what is in it. */
static gboolean
is_room_around (FermataAppCanvas       *self,
                gpointer                element,
                const graphene_point_t *point)
{
  FermataNode *node = self->gesture.source;

  if (!fermata_app_canvas_is_interior (self, element, point))
    return FALSE;
  while (node != NULL && node != element)
    node = fermata_node_get_parent (node);
  return node != NULL;
}

void
fermata_app_canvas_update_connect (FermataAppCanvas *self,
                                   double            x,
                                   double            y)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);
  graphene_point_t point;
  FermataAppHitKind kind;
  gpointer element = fermata_app_canvas_find_at (self, x, y, &point, &kind);

  if (!FERMATA_IS_NODE (element) || (kind == FERMATA_APP_HIT_NODE && is_room_around (self, element, &point)))
    element = NULL;
  if (element != (gpointer) self->gesture.source)
    gestures->has_left = TRUE;
  if (element == (gpointer) self->gesture.source && !gestures->has_left)
    element = NULL;
  g_set_object (&self->gesture.target, element);
}

/* A short way off the border and back may be no more than a click. An edge that
 * hangs in the air does so until the adder is closed. */
void
fermata_app_canvas_end_connect (FermataAppCanvas *self)
{
  g_autoptr (FermataNode) source = g_object_ref (self->gesture.source);
  g_autoptr (FermataNode) target = self->gesture.target != NULL ? g_object_ref (self->gesture.target) : NULL;
  gboolean has_left = fermata_app_canvas_get_gestures (self)->has_left;
  FermataAppNewNode what = { .place = self->gesture.end, .source = source };
  gboolean is_machine =
    fermata_graph_get_kind (fermata_app_document_get_shown (self->document)) == FERMATA_GRAPH_KIND_FSM;
  FermataEdge *edge;
  guint index;

  if (has_left && target == NULL && fermata_app_scene_find_node (self->scene, source, &index))
    {
      stop_following (self);
      fermata_app_canvas_get_gestures (self)->is_hanging = TRUE;
      what.parent = is_machine ? fermata_app_canvas_find_container (self, &what.place, FALSE) : NULL;
      fermata_app_canvas_ask_add (self, &what);
      return;
    }
  fermata_app_canvas_reset_gesture (self);
  if (!has_left || !fermata_app_scene_find_node (self->scene, source, &index))
    return;
  edge = fermata_app_canvas_connect (self, source, target);
  if (edge != NULL && is_machine)
    fermata_app_canvas_ask_rename (self, edge);
}
