/* fermata-app-canvas-keys.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-edits.h"

#include <string.h>

/*
 * What can be done on a canvas, as actions of its class, and their keys. They are
 * bound to the class, and not accelerators of the application: those come first,
 * and Delete in an entry would delete nodes.
 */

#define ZOOM_STEP 1.25

/* Where the keyboard is */

static gboolean
is_on_canvas (FermataAppCanvas *self,
              gpointer          element)
{
  graphene_rect_t rect;
  guint serial;

  return element != NULL && fermata_app_canvas_get_place (self, element, &rect, &serial);
}

/* The cursor, or what is selected instead: the outline selects, too. */
static gpointer
find_cursor (FermataAppCanvas *self)
{
  FermataAppSelection *selection;
  gpointer only;

  if (self->scene == NULL)
    return NULL;
  selection = fermata_app_document_get_selection (self->document);
  only = fermata_app_selection_get_only (selection);
  if (is_on_canvas (self, only))
    return only;
  return is_on_canvas (self, self->cursor) && fermata_app_selection_contains (selection, self->cursor)
       ? self->cursor
       : NULL;
}

static FermataNode *
find_cursor_node (FermataAppCanvas *self)
{
  gpointer cursor = find_cursor (self);

  if (FERMATA_IS_EDGE (cursor))
    cursor = fermata_edge_get_source (cursor);
  return cursor;
}

/* Nodes and edges in turn */

static void
go_to (FermataAppCanvas *self,
       gpointer          element)
{
  if (element != NULL)
    fermata_app_canvas_set_cursor (self, element, TRUE);
}

/* From an edge the arrows lead to its ends. */
static gpointer
find_end (FermataEdge *edge,
          int          dx,
          int          dy)
{
  return dx + dy > 0 && fermata_edge_get_n_targets (edge) > 0 ? fermata_edge_get_target (edge, 0)
                                                              : fermata_edge_get_source (edge);
}

static void
go_nearest (FermataAppCanvas *self,
            int               dx,
            int               dy)
{
  gpointer cursor = find_cursor (self);

  if (self->scene == NULL)
    return;
  if (FERMATA_IS_EDGE (cursor))
    go_to (self, find_end (cursor, dx, dy));
  else if (cursor != NULL)
    go_to (self, fermata_app_scene_find_nearest (self->scene, cursor, dx, dy));
  else if (fermata_app_scene_get_n_items (self->scene) > 0)
    go_to (self, fermata_app_scene_get_item (self->scene, 0)->node);
}

static gboolean
touches (FermataEdge *edge,
         FermataNode *node)
{
  const char *id = fermata_node_get_id (node);

  if (g_strcmp0 (fermata_edge_get_source_id (edge), id) == 0)
    return TRUE;
  for (guint i = 0; i < fermata_edge_get_n_targets (edge); i++)
    if (g_strcmp0 (fermata_edge_get_target_id (edge, i), id) == 0)
      return TRUE;
  return FALSE;
}

/* The node whose edges are gone through: kept beside the cursor, as an edge is
 * one of two nodes. */
static FermataNode *
get_anchor (FermataAppCanvas *self)
{
  FermataNode *anchor = g_object_get_data (G_OBJECT (self), "fermata-anchor");
  gpointer cursor = find_cursor (self);

  if (FERMATA_IS_NODE (cursor))
    return cursor;
  if (FERMATA_IS_EDGE (cursor) && is_on_canvas (self, anchor) && touches (cursor, anchor))
    return anchor;
  return find_cursor_node (self);
}

static void
go_edge (FermataAppCanvas *self,
         int               step)
{
  g_autoptr (GPtrArray) edges = g_ptr_array_new ();
  FermataNode *anchor = get_anchor (self);
  gpointer cursor = find_cursor (self);
  FermataGraph *graph;
  guint n;
  guint index;

  if (anchor == NULL)
    return;
  graph = fermata_app_document_get_shown (self->document);
  n = fermata_graph_get_n_edges (graph);
  for (guint i = 0; i < n; i++)
    if (touches (fermata_graph_get_edge (graph, i), anchor))
      g_ptr_array_add (edges, fermata_graph_get_edge (graph, i));
  if (edges->len == 0)
    return;
  if (!g_ptr_array_find (edges, cursor, &index))
    index = step > 0 ? edges->len - 1 : 0;
  g_object_set_data_full (G_OBJECT (self), "fermata-anchor", g_object_ref (anchor), g_object_unref);
  go_to (self, g_ptr_array_index (edges, (index + edges->len + step) % edges->len));
}

/* The selection */

static void
select_all (FermataAppCanvas *self)
{
  g_autoptr (GPtrArray) elements = g_ptr_array_new ();
  guint n_items = fermata_app_scene_get_n_items (self->scene);
  guint n_routes = fermata_app_scene_get_n_routes (self->scene);
  FermataEdge *last = NULL;

  for (guint i = 0; i < n_items; i++)
    g_ptr_array_add (elements, fermata_app_scene_get_item (self->scene, i)->node);
  for (guint i = 0; i < n_routes; i++)
    {
      FermataEdge *edge = fermata_app_scene_get_route (self->scene, i)->edge;

      if (edge != NULL && edge != last)
        g_ptr_array_add (elements, edge);
      last = edge;
    }
  fermata_app_selection_set (fermata_app_document_get_selection (self->document),
                             (gpointer const *) elements->pdata, elements->len);
}

static void
select_none (FermataAppCanvas *self)
{
  if (fermata_app_canvas_cancel_gesture (self))
    return;
  fermata_app_selection_clear (fermata_app_document_get_selection (self->document));
}

static void
toggle_breakpoints (FermataAppCanvas *self)
{
  g_autoptr (GPtrArray) elements = fermata_app_canvas_dup_selected (self);

  for (guint i = 0; i < elements->len; i++)
    fermata_app_document_toggle_breakpoint (self->document, g_ptr_array_index (elements, i));
}

static void
delete_selected (FermataAppCanvas *self,
                 gboolean          reconnect)
{
  g_autoptr (GPtrArray) elements = fermata_app_canvas_dup_selected (self);

  fermata_app_canvas_delete (self, elements, reconnect);
}

/* Zoom */

static void
zoom_by (FermataAppCanvas *self,
         double            factor)
{
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;

  if (self->has_pointer)
    {
      x = self->pointer_x;
      y = self->pointer_y;
    }
  fermata_app_canvas_zoom_at (self, factor > 0 ? self->zoom * factor : 1, x, y);
}

static gboolean
get_selected_bounds (FermataAppCanvas *self,
                     graphene_rect_t  *bounds)
{
  g_autoptr (GPtrArray) elements = fermata_app_canvas_dup_selected (self);
  graphene_rect_t rect;
  guint serial;

  for (guint i = 0; i < elements->len; i++)
    {
      if (!fermata_app_canvas_get_place (self, g_ptr_array_index (elements, i), &rect, &serial))
        continue;
      if (i == 0)
        *bounds = rect;
      else
        graphene_rect_union (bounds, &rect, bounds);
    }
  return elements->len > 0;
}

/* As large as fits, with some room around; its middle comes to the middle. */
static void
zoom_to_selection (FermataAppCanvas *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  graphene_rect_t bounds;
  graphene_point_t centre;
  double zoom;
  double x;
  double y;

  if (!get_selected_bounds (self, &bounds))
    {
      fermata_app_canvas_zoom_to_fit (self);
      return;
    }
  zoom = MIN (width / (bounds.size.width + 96), height / (bounds.size.height + 96));
  fermata_app_canvas_zoom_at (self, CLAMP (zoom, 0.05, 2), width / 2, height / 2);
  graphene_rect_get_center (&bounds, &centre);
  fermata_app_canvas_from_scene (self, &centre, &x, &y);
  if (self->hadjustment != NULL && self->vadjustment != NULL)
    {
      gtk_adjustment_set_value (self->hadjustment, gtk_adjustment_get_value (self->hadjustment) + x - width / 2);
      gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) + y - height / 2);
    }
}

/* Adding */

static gboolean
is_machine (FermataAppCanvas *self)
{
  return fermata_graph_get_kind (fermata_app_document_get_shown (self->document)) == FERMATA_GRAPH_KIND_FSM;
}

/* Where the pointer is; but not so near to the node that the keyboard is at that
 * there would be no room for an edge: then to the right of that. */
static void
find_place (FermataAppCanvas *self,
            graphene_point_t *place)
{
  gpointer cursor = find_cursor (self);
  graphene_rect_t rect, around;
  guint serial;

  fermata_app_canvas_get_focal_point (self, place);
  if (!FERMATA_IS_NODE (cursor) || !fermata_app_canvas_get_place (self, cursor, &rect, &serial))
    return;

  graphene_rect_inset_r (&rect, -FERMATA_APP_STATE_WIDTH, -FERMATA_APP_STATE_WIDTH, &around);
  if (graphene_rect_contains_point (&around, place))
    graphene_point_init (place, rect.origin.x + rect.size.width + FERMATA_APP_STATE_WIDTH * 2.5f,
                         rect.origin.y + rect.size.height / 2);
}

static void
ask_add (FermataAppCanvas *self)
{
  FermataAppNewNode what = { 0 };

  find_place (self, &what.place);
  what.parent = is_machine (self) ? fermata_app_canvas_find_container (self, &what.place, FALSE) : NULL;
  fermata_app_canvas_ask_add (self, &what);
}

/* Below the title of a state, or in the middle of an edge. */
static void
ask_add_at (FermataAppCanvas *self,
            gboolean          inside)
{
  FermataAppNewNode what = { 0 };
  gpointer cursor = find_cursor (self);
  graphene_rect_t rect;
  guint serial;

  if (cursor == NULL || FERMATA_IS_NODE (cursor) != inside)
    return;
  if (!fermata_app_canvas_get_place (self, cursor, &rect, &serial))
    return;
  graphene_rect_get_center (&rect, &what.place);
  what.parent = inside ? cursor : NULL;
  what.edge = inside ? NULL : cursor;
  if (!inside && is_machine (self))
    what.parent = fermata_app_canvas_find_container (self, &what.place, FALSE);
  fermata_app_canvas_ask_add (self, &what);
}

static void
add_type (FermataAppCanvas *self,
          const char       *type)
{
  FermataAppNewNode what = { .type = type };

  graphene_point_init (&what.place, 0, 0);
  fermata_app_canvas_to_scene (self, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                               gtk_widget_get_height (GTK_WIDGET (self)) / 2.0, &what.place);
  what.parent = is_machine (self) ? fermata_app_canvas_find_container (self, &what.place, FALSE) : NULL;
  fermata_app_canvas_add (self, &what);
}

static void
open_menu (FermataAppCanvas *self)
{
  gpointer cursor = find_cursor (self);
  graphene_rect_t rect;
  guint serial;
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;

  if (cursor != NULL && fermata_app_canvas_get_place (self, cursor, &rect, &serial))
    {
      graphene_point_t centre;

      graphene_rect_get_center (&rect, &centre);
      fermata_app_canvas_from_scene (self, &centre, &x, &y);
    }
  fermata_app_canvas_open_menu (self, cursor, x, y);
}

/* Actions */

typedef enum {
  DO_DELETE,
  DO_DELETE_AND_RECONNECT,
  DO_RENAME,
  DO_INSPECT,
  DO_ADD,
  DO_ADD_INSIDE,
  DO_INSERT,
  DO_CONNECT,
  DO_SET_INITIAL,
  DO_TOGGLE_BREAKPOINT,
  DO_CONTEXT_MENU,
  DO_SELECT_ALL,
  DO_SELECT_NONE,
  DO_CUT,
  DO_COPY,
  DO_PASTE,
  DO_DUPLICATE,
  DO_ZOOM_IN,
  DO_ZOOM_OUT,
  DO_ZOOM_100,
  DO_ZOOM_FIT,
  DO_ZOOM_SELECTION,
  DO_NEAREST_LEFT,
  DO_NEAREST_RIGHT,
  DO_NEAREST_UP,
  DO_NEAREST_DOWN,
  DO_NEXT_EDGE,
  DO_PREVIOUS_EDGE,
  DO_ENTER,
  DO_LEAVE,
} FermataAppCanvasDeed;

static const struct {
  const char *name;
  FermataAppCanvasDeed deed;
} deeds[] = {
  { "canvas.delete", DO_DELETE },
  { "canvas.delete-and-reconnect", DO_DELETE_AND_RECONNECT },
  { "canvas.rename", DO_RENAME },
  { "canvas.inspect", DO_INSPECT },
  { "canvas.add", DO_ADD },
  { "canvas.add-inside", DO_ADD_INSIDE },
  { "canvas.insert", DO_INSERT },
  { "canvas.connect", DO_CONNECT },
  { "canvas.set-initial", DO_SET_INITIAL },
  { "canvas.toggle-breakpoint", DO_TOGGLE_BREAKPOINT },
  { "canvas.context-menu", DO_CONTEXT_MENU },
  { "canvas.select-all", DO_SELECT_ALL },
  { "canvas.select-none", DO_SELECT_NONE },
  { "canvas.cut", DO_CUT },
  { "canvas.copy", DO_COPY },
  { "canvas.paste", DO_PASTE },
  { "canvas.duplicate", DO_DUPLICATE },
  { "canvas.zoom-in", DO_ZOOM_IN },
  { "canvas.zoom-out", DO_ZOOM_OUT },
  { "canvas.zoom-100", DO_ZOOM_100 },
  { "canvas.zoom-fit", DO_ZOOM_FIT },
  { "canvas.zoom-selection", DO_ZOOM_SELECTION },
  { "canvas.nearest-left", DO_NEAREST_LEFT },
  { "canvas.nearest-right", DO_NEAREST_RIGHT },
  { "canvas.nearest-up", DO_NEAREST_UP },
  { "canvas.nearest-down", DO_NEAREST_DOWN },
  { "canvas.next-edge", DO_NEXT_EDGE },
  { "canvas.previous-edge", DO_PREVIOUS_EDGE },
  { "canvas.enter", DO_ENTER },
  { "canvas.leave", DO_LEAVE },
};

static void
do_to_cursor (FermataAppCanvas     *self,
              FermataAppCanvasDeed  deed)
{
  gpointer cursor = find_cursor (self);
  FermataNode *node = find_cursor_node (self);

  if (deed == DO_RENAME && cursor != NULL)
    fermata_app_canvas_ask_rename (self, cursor);
  else if (deed == DO_CONNECT && node != NULL)
    fermata_app_canvas_ask_connect (self, node);
  else if (deed == DO_SET_INITIAL && node != NULL)
    fermata_app_canvas_set_initial (self, node);
  else if (deed == DO_INSPECT && cursor != NULL)
    fermata_app_document_want_focus (self->document, "inspector");
}

static void
do_deed (FermataAppCanvas     *self,
         FermataAppCanvasDeed  deed)
{
  switch (deed)
    {
    case DO_DELETE: delete_selected (self, FALSE); break;
    case DO_DELETE_AND_RECONNECT: delete_selected (self, TRUE); break;
    case DO_ADD: ask_add (self); break;
    case DO_ADD_INSIDE: ask_add_at (self, TRUE); break;
    case DO_INSERT: ask_add_at (self, FALSE); break;
    case DO_TOGGLE_BREAKPOINT: toggle_breakpoints (self); break;
    case DO_CONTEXT_MENU: open_menu (self); break;
    case DO_SELECT_ALL: select_all (self); break;
    case DO_SELECT_NONE: select_none (self); break;
    case DO_CUT: fermata_app_canvas_cut (self); break;
    case DO_COPY: fermata_app_canvas_copy (self); break;
    case DO_PASTE: fermata_app_canvas_paste (self); break;
    case DO_DUPLICATE: fermata_app_canvas_duplicate (self); break;
    case DO_ZOOM_IN: zoom_by (self, ZOOM_STEP); break;
    case DO_ZOOM_OUT: zoom_by (self, 1 / ZOOM_STEP); break;
    case DO_ZOOM_100: zoom_by (self, 0); break;
    case DO_ZOOM_FIT: fermata_app_canvas_zoom_to_fit (self); break;
    case DO_ZOOM_SELECTION: zoom_to_selection (self); break;
    case DO_NEAREST_LEFT: go_nearest (self, -1, 0); break;
    case DO_NEAREST_RIGHT: go_nearest (self, 1, 0); break;
    case DO_NEAREST_UP: go_nearest (self, 0, -1); break;
    case DO_NEAREST_DOWN: go_nearest (self, 0, 1); break;
    case DO_NEXT_EDGE: go_edge (self, 1); break;
    case DO_PREVIOUS_EDGE: go_edge (self, -1); break;
    case DO_ENTER: fermata_app_canvas_enter (self, find_cursor_node (self)); break;
    case DO_LEAVE: fermata_app_canvas_leave (self, find_cursor_node (self)); break;

    case DO_RENAME:
    case DO_INSPECT:
    case DO_CONNECT:
    case DO_SET_INITIAL:
    default:
      do_to_cursor (self, deed);
    }
}

static void
on_action (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  FermataAppCanvas *self = FERMATA_APP_CANVAS (widget);

  if (self->scene == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (strcmp (deeds[i].name, action_name) == 0)
      do_deed (self, deeds[i].deed);
}

static void
on_move (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  FermataAppCanvas *self = FERMATA_APP_CANVAS (widget);
  int dx;
  int dy;

  g_variant_get (parameter, "(ii)", &dx, &dy);
  if (self->scene != NULL)
    fermata_app_canvas_nudge (self, dx, dy);
}

static void
on_enter_body (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  FermataAppCanvas *self = FERMATA_APP_CANVAS (widget);

  fermata_app_canvas_enter_body (self, find_cursor_node (self), g_variant_get_uint32 (parameter));
}

static void
on_add_type (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  FermataAppCanvas *self = FERMATA_APP_CANVAS (widget);

  if (self->scene != NULL)
    add_type (self, g_variant_get_string (parameter, NULL));
}

/* Keys */

static const struct {
  guint keyval;
  GdkModifierType modifiers;
  const char *action;
} keys[] = {
  { GDK_KEY_a, GDK_SHIFT_MASK, "canvas.add" },
  { GDK_KEY_c, 0, "canvas.connect" },
  { GDK_KEY_F2, 0, "canvas.rename" },
  { GDK_KEY_Return, 0, "canvas.inspect" },
  { GDK_KEY_ISO_Enter, 0, "canvas.inspect" },
  { GDK_KEY_KP_Enter, 0, "canvas.inspect" },
  { GDK_KEY_Delete, 0, "canvas.delete" },
  { GDK_KEY_KP_Delete, 0, "canvas.delete" },
  { GDK_KEY_Delete, GDK_CONTROL_MASK, "canvas.delete-and-reconnect" },
  { GDK_KEY_KP_Delete, GDK_CONTROL_MASK, "canvas.delete-and-reconnect" },
  { GDK_KEY_z, GDK_CONTROL_MASK, "doc.undo" },
  { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "doc.redo" },
  { GDK_KEY_x, GDK_CONTROL_MASK, "canvas.cut" },
  { GDK_KEY_c, GDK_CONTROL_MASK, "canvas.copy" },
  { GDK_KEY_v, GDK_CONTROL_MASK, "canvas.paste" },
  { GDK_KEY_d, GDK_CONTROL_MASK, "canvas.duplicate" },
  { GDK_KEY_a, GDK_CONTROL_MASK, "canvas.select-all" },
  { GDK_KEY_Escape, 0, "canvas.select-none" },
  { GDK_KEY_Down, GDK_CONTROL_MASK, "canvas.enter" },
  { GDK_KEY_KP_Down, GDK_CONTROL_MASK, "canvas.enter" },
  { GDK_KEY_Up, GDK_CONTROL_MASK, "canvas.leave" },
  { GDK_KEY_KP_Up, GDK_CONTROL_MASK, "canvas.leave" },
  { GDK_KEY_bracketleft, 0, "doc.previous-iteration" },
  { GDK_KEY_bracketright, 0, "doc.next-iteration" },
  { GDK_KEY_braceright, GDK_SHIFT_MASK, "doc.latest-iteration" },
  { GDK_KEY_braceleft, GDK_SHIFT_MASK, "doc.failed-iteration" },
  { GDK_KEY_Left, 0, "canvas.nearest-left" },
  { GDK_KEY_KP_Left, 0, "canvas.nearest-left" },
  { GDK_KEY_Right, 0, "canvas.nearest-right" },
  { GDK_KEY_KP_Right, 0, "canvas.nearest-right" },
  { GDK_KEY_Up, 0, "canvas.nearest-up" },
  { GDK_KEY_KP_Up, 0, "canvas.nearest-up" },
  { GDK_KEY_Down, 0, "canvas.nearest-down" },
  { GDK_KEY_KP_Down, 0, "canvas.nearest-down" },
  { GDK_KEY_e, 0, "canvas.next-edge" },
  { GDK_KEY_e, GDK_SHIFT_MASK, "canvas.previous-edge" },
  { GDK_KEY_l, 0, "doc.arrange-selection" },
  { GDK_KEY_l, GDK_CONTROL_MASK, "doc.arrange" },
  { GDK_KEY_plus, GDK_CONTROL_MASK, "canvas.zoom-in" },
  { GDK_KEY_equal, GDK_CONTROL_MASK, "canvas.zoom-in" },
  { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "canvas.zoom-in" },
  { GDK_KEY_minus, GDK_CONTROL_MASK, "canvas.zoom-out" },
  { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "canvas.zoom-out" },
  { GDK_KEY_0, GDK_CONTROL_MASK, "canvas.zoom-100" },
  { GDK_KEY_KP_0, GDK_CONTROL_MASK, "canvas.zoom-100" },
  { GDK_KEY_9, GDK_CONTROL_MASK, "canvas.zoom-fit" },
  { GDK_KEY_KP_9, GDK_CONTROL_MASK, "canvas.zoom-fit" },
  { GDK_KEY_z, 0, "canvas.zoom-selection" },
  { GDK_KEY_F9, 0, "doc.toggle-breakpoint" },
  { GDK_KEY_Menu, 0, "canvas.context-menu" },
};

static const struct {
  guint keyval;
  guint keypad_keyval;
  int dx;
  int dy;
} arrows[] = {
  { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 },
  { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
  { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },
  { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
};

static void
bind_move (GtkWidgetClass  *klass,
           guint            keyval,
           GdkModifierType  modifiers,
           int              dx,
           int              dy)
{
  gtk_widget_class_add_binding_action (klass, keyval, modifiers, "canvas.move", "(ii)", dx, dy);
}

static void
bind_keys (GtkWidgetClass *klass)
{
  int grid = (int) FERMATA_APP_GRID;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (klass, keys[i].keyval, keys[i].modifiers, keys[i].action, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      int dx = arrows[i].dx;
      int dy = arrows[i].dy;

      bind_move (klass, arrows[i].keyval, GDK_ALT_MASK, grid * dx, grid * dy);
      bind_move (klass, arrows[i].keypad_keyval, GDK_ALT_MASK, grid * dx, grid * dy);
      bind_move (klass, arrows[i].keyval, GDK_ALT_MASK | GDK_SHIFT_MASK, dx, dy);
      bind_move (klass, arrows[i].keypad_keyval, GDK_ALT_MASK | GDK_SHIFT_MASK, dx, dy);
    }
}

void
fermata_app_canvas_keys_class_init (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    gtk_widget_class_install_action (klass, deeds[i].name, NULL, on_action);
  gtk_widget_class_install_action (klass, "canvas.move", "(ii)", on_move);
  gtk_widget_class_install_action (klass, "canvas.add-type", "s", on_add_type);
  gtk_widget_class_install_action (klass, "canvas.enter-body", "u", on_enter_body);
  bind_keys (klass);
}

void
fermata_app_canvas_keys_init (FermataAppCanvas *self)
{
}

void
fermata_app_canvas_keys_dispose (FermataAppCanvas *self)
{
  fermata_app_canvas_popovers_dispose (self);
}
