/* fermata-app-canvas-gestures.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-drags.h"

#include "fermata-app-addable.h"

#include <string.h>

static GdkModifierType
get_modifiers (gpointer gesture)
{
  return gtk_event_controller_get_current_event_state (gesture) & gtk_accelerator_get_default_mod_mask ();
}

static void
remember_start (FermataAppCanvas *self,
                double            x,
                double            y)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);
  FermataAppHitKind kind;

  g_set_object ((GObject **) &gestures->pressed, fermata_app_canvas_find_at (self, x, y, &gestures->start, &kind));
  gestures->pressed_x = x;
  gestures->pressed_y = y;
  gestures->is_on_port = kind == FERMATA_APP_HIT_PORT;
  gestures->is_interior = !gestures->is_on_port &&
                          fermata_app_canvas_is_interior (self, gestures->pressed, &gestures->start);
  gestures->hvalue = self->hadjustment != NULL ? gtk_adjustment_get_value (self->hadjustment) : 0;
  gestures->vvalue = self->vadjustment != NULL ? gtk_adjustment_get_value (self->vadjustment) : 0;
}

/* Clicks */

static void
select_element (FermataAppCanvas *self,
                gpointer          element,
                gboolean          extends)
{
  FermataAppSelection *selection = fermata_app_document_get_selection (self->document);

  if (extends)
    fermata_app_selection_add (selection, element);
  else
    fermata_app_selection_set_only (selection, element);
  fermata_app_canvas_place_cursor (self, element);
}

static void
on_pressed (GtkGestureClick  *click,
            int               n_press,
            double            x,
            double            y,
            FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);
  FermataAppSelection *selection;
  FermataAppHitKind kind;
  graphene_point_t point;
  gpointer element;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->scene == NULL || gestures->is_space_held)
    return;
  element = fermata_app_canvas_find_at (self, x, y, &point, &kind);
  selection = fermata_app_document_get_selection (self->document);
  gestures->was_selected = element != NULL && fermata_app_selection_contains (selection, element);
  if (element == NULL || gestures->was_selected ||
      (kind == FERMATA_APP_HIT_NODE && fermata_app_canvas_is_interior (self, element, &point)))
    return;
  select_element (self, element, (get_modifiers (click) & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0);
}

static void
open_element (FermataAppCanvas *self,
              gpointer          element)
{
  if (FERMATA_IS_NODE (element) && fermata_app_document_can_enter (self->document, element))
    gtk_widget_activate_action (GTK_WIDGET (self), "canvas.enter", NULL);
  else
    fermata_app_canvas_ask_rename (self, element);
}

/* What is not selected by now is the room in a state: that may have become a
 * box, too. */
static void
click_element (FermataAppCanvas *self,
               gpointer          element,
               gboolean          extends)
{
  FermataAppSelection *selection = fermata_app_document_get_selection (self->document);

  if (!fermata_app_selection_contains (selection, element))
    select_element (self, element, extends);
  else if (extends && fermata_app_canvas_get_gestures (self)->was_selected)
    fermata_app_selection_remove (selection, element);
  else if (!extends)
    select_element (self, element, FALSE);
}

/* Only where no drag has begun: that denies the click. */
static void
on_released (GtkGestureClick  *click,
             int               n_press,
             double            x,
             double            y,
             FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);
  gboolean extends = (get_modifiers (click) & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0;
  FermataAppHitKind kind;
  graphene_point_t point;
  gpointer element;

  if (self->scene == NULL || gestures->is_space_held || self->gesture.kind != FERMATA_APP_GESTURE_NONE)
    return;
  element = fermata_app_canvas_find_at (self, x, y, &point, &kind);
  if (element != NULL && n_press == 2 && !extends)
    open_element (self, element);
  else if (element != NULL)
    click_element (self, element, extends);
  else if (n_press == 2 && !extends)
    gtk_widget_activate_action (GTK_WIDGET (self), "canvas.add", NULL);
  else if (!extends)
    fermata_app_selection_clear (fermata_app_document_get_selection (self->document));
}

/* A drag with the first button */

static void
on_drag_begin (GtkGestureDrag   *drag,
               double            x,
               double            y,
               FermataAppCanvas *self)
{
  if (fermata_app_canvas_get_gestures (self)->is_hanging)
    fermata_app_canvas_reset_gesture (self);
  if (self->scene != NULL)
    remember_start (self, x, y);
}

static void
start_drag (FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);
  guint index;

  if (gestures->is_space_held)
    {
      gestures->is_space_used = TRUE;
      fermata_app_canvas_begin_gesture (self, FERMATA_APP_GESTURE_PAN);
      fermata_app_canvas_set_cursor_name (self, "grabbing");
    }
  else if (FERMATA_IS_NODE (gestures->pressed) && (!gestures->is_interior || gestures->was_selected) &&
           fermata_app_scene_find_node (self->scene, gestures->pressed, &index))
    {
      if (gestures->is_on_port)
        fermata_app_canvas_begin_connect (self);
      else
        fermata_app_canvas_begin_move (self);
    }
  else
    {
      fermata_app_canvas_begin_gesture (self, FERMATA_APP_GESTURE_BOX);
    }
}

static void
update_pan (FermataAppCanvas *self,
            double            dx,
            double            dy)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);

  if (self->hadjustment != NULL)
    gtk_adjustment_set_value (self->hadjustment, gestures->hvalue - dx);
  if (self->vadjustment != NULL)
    gtk_adjustment_set_value (self->vadjustment, gestures->vvalue - dy);
}

static void
update_drag (FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);
  double x = gestures->pointer_x;
  double y = gestures->pointer_y;

  fermata_app_canvas_to_scene (self, x, y, &self->gesture.end);
  if (self->gesture.kind == FERMATA_APP_GESTURE_MOVE)
    fermata_app_canvas_update_move (self, (get_modifiers (gestures->drag) & GDK_ALT_MASK) != 0);
  else if (self->gesture.kind == FERMATA_APP_GESTURE_CONNECT)
    fermata_app_canvas_update_connect (self, x, y);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_drag_update (GtkGestureDrag   *drag,
                double            dx,
                double            dy,
                FermataAppCanvas *self)
{
  double x = fermata_app_canvas_get_gestures (self)->pressed_x + dx;
  double y = fermata_app_canvas_get_gestures (self)->pressed_y + dy;

  if (self->scene == NULL)
    return;
  if (self->gesture.kind == FERMATA_APP_GESTURE_NONE)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, (int) dy))
        return;
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
      start_drag (self);
    }

  if (self->gesture.kind == FERMATA_APP_GESTURE_PAN)
    {
      update_pan (self, dx, dy);
      return;
    }
  fermata_app_canvas_follow_drag (self, x, y, update_drag);
  update_drag (self);
}

static void
on_drag_end (GtkGestureDrag   *drag,
             double            dx,
             double            dy,
             FermataAppCanvas *self)
{
  if (self->scene == NULL)
    return;
  switch (self->gesture.kind)
    {
    case FERMATA_APP_GESTURE_BOX:
      fermata_app_canvas_end_box (self, get_modifiers (drag));
      break;

    case FERMATA_APP_GESTURE_MOVE:
      fermata_app_canvas_end_move (self);
      break;

    case FERMATA_APP_GESTURE_CONNECT:
      fermata_app_canvas_end_connect (self);
      break;

    case FERMATA_APP_GESTURE_PAN:
      fermata_app_canvas_reset_gesture (self);
      break;

    case FERMATA_APP_GESTURE_NONE:
    case FERMATA_APP_GESTURE_CUT:
    default:
      break;
    }
}

/* A popover takes the pointer away when it opens, too. */
static void
on_cancel (GtkGesture       *gesture,
           GdkEventSequence *sequence,
           FermataAppCanvas *self)
{
  if (self->gesture.kind != FERMATA_APP_GESTURE_NONE &&
      !fermata_app_canvas_get_gestures (self)->is_hanging)
    fermata_app_canvas_reset_gesture (self);
}

/* Panning with the middle button */

static void
on_pan_begin (GtkGestureDrag   *drag,
              double            x,
              double            y,
              FermataAppCanvas *self)
{
  if (self->scene == NULL || self->gesture.kind != FERMATA_APP_GESTURE_NONE)
    return;
  remember_start (self, x, y);
  fermata_app_canvas_begin_gesture (self, FERMATA_APP_GESTURE_PAN);
  fermata_app_canvas_set_cursor_name (self, "grabbing");
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_pan_update (GtkGestureDrag   *drag,
               double            dx,
               double            dy,
               FermataAppCanvas *self)
{
  if (self->scene != NULL && self->gesture.kind == FERMATA_APP_GESTURE_PAN)
    update_pan (self, dx, dy);
}

static void
on_pan_end (GtkGestureDrag   *drag,
            double            dx,
            double            dy,
            FermataAppCanvas *self)
{
  if (self->gesture.kind == FERMATA_APP_GESTURE_PAN)
    fermata_app_canvas_reset_gesture (self);
}

/* Cutting, and the menu: the third button, with Ctrl and without */

static void
on_cut_begin (GtkGestureDrag   *drag,
              double            x,
              double            y,
              FermataAppCanvas *self)
{
  FermataAppSelection *selection;
  gpointer element;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->scene == NULL || self->gesture.kind != FERMATA_APP_GESTURE_NONE)
    return;
  remember_start (self, x, y);
  if ((get_modifiers (drag) & GDK_CONTROL_MASK) != 0)
    {
      fermata_app_canvas_begin_gesture (self, FERMATA_APP_GESTURE_CUT);
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
      return;
    }

  element = fermata_app_canvas_get_gestures (self)->pressed;
  selection = fermata_app_document_get_selection (self->document);
  if (element == NULL)
    fermata_app_selection_clear (selection);
  else if (!fermata_app_selection_contains (selection, element))
    fermata_app_selection_set_only (selection, element);
  if (element != NULL)
    fermata_app_canvas_place_cursor (self, element);
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  fermata_app_canvas_open_menu (self, element, x, y);
}

static void
on_cut_update (GtkGestureDrag   *drag,
               double            dx,
               double            dy,
               FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);

  if (self->scene == NULL || self->gesture.kind != FERMATA_APP_GESTURE_CUT)
    return;
  fermata_app_canvas_to_scene (self, gestures->pressed_x + dx, gestures->pressed_y + dy, &self->gesture.end);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_cut_end (GtkGestureDrag   *drag,
            double            dx,
            double            dy,
            FermataAppCanvas *self)
{
  if (self->scene != NULL && self->gesture.kind == FERMATA_APP_GESTURE_CUT)
    fermata_app_canvas_end_cut (self);
}

/* The pointer */

static void
on_motion (GtkEventControllerMotion *motion,
           double                    x,
           double                    y,
           FermataAppCanvas         *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);
  FermataAppHitKind kind;
  graphene_point_t point;

  self->pointer_x = x;
  self->pointer_y = y;
  self->has_pointer = TRUE;
  if (self->scene == NULL || self->gesture.kind != FERMATA_APP_GESTURE_NONE || gestures->is_space_held)
    return;
  fermata_app_canvas_find_at (self, x, y, &point, &kind);
  fermata_app_canvas_set_cursor_name (self, kind == FERMATA_APP_HIT_PORT ? "crosshair" : NULL);
}

static void
on_leave (GtkEventControllerMotion *motion,
          FermataAppCanvas         *self)
{
  self->has_pointer = FALSE;
}

/* Space: held it pans, tapped it adds */

static gboolean
on_key_pressed (GtkEventControllerKey *key,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                FermataAppCanvas      *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);

  if (keyval != GDK_KEY_space || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  if (!gestures->is_space_held)
    gestures->is_space_used = self->gesture.kind != FERMATA_APP_GESTURE_NONE;
  gestures->is_space_held = TRUE;
  if (self->gesture.kind == FERMATA_APP_GESTURE_NONE)
    fermata_app_canvas_set_cursor_name (self, "grab");
  return TRUE;
}

static void
on_key_released (GtkEventControllerKey *key,
                 guint                  keyval,
                 guint                  keycode,
                 GdkModifierType        state,
                 FermataAppCanvas      *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);

  if (keyval != GDK_KEY_space || !gestures->is_space_held)
    return;
  gestures->is_space_held = FALSE;
  if (self->gesture.kind == FERMATA_APP_GESTURE_NONE)
    fermata_app_canvas_set_cursor_name (self, NULL);
  if (!gestures->is_space_used)
    gtk_widget_activate_action (GTK_WIDGET (self), "canvas.add", NULL);
}

static void
on_focus_out (GtkEventControllerFocus *focus,
              FermataAppCanvas        *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);

  gestures->is_space_held = FALSE;
  if (self->gesture.kind == FERMATA_APP_GESTURE_NONE)
    fermata_app_canvas_set_cursor_name (self, NULL);
}

/* From the palette */

static gboolean
on_drop (GtkDropTarget    *target,
         const GValue     *value,
         double            x,
         double            y,
         FermataAppCanvas *self)
{
  const char *text = g_value_get_string (value);
  FermataAppNewNode what = { 0 };
  FermataAppHitKind kind;
  gpointer element;

  if (self->scene == NULL || text == NULL || !g_str_has_prefix (text, FERMATA_APP_ADDABLE_PREFIX))
    return FALSE;
  element = fermata_app_canvas_find_at (self, x, y, &what.place, &kind);
  what.type = text + strlen (FERMATA_APP_ADDABLE_PREFIX);
  what.parent = fermata_app_canvas_find_container (self, &what.place, TRUE);
  what.edge = FERMATA_IS_EDGE (element) ? element : NULL;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  return fermata_app_canvas_add (self, &what) != NULL;
}

/* Setting up */

static void
add_controller (FermataAppCanvas   *self,
                GtkEventController *controller)
{
  g_ptr_array_add (fermata_app_canvas_get_gestures (self)->controllers, controller);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static GtkGesture *
add_drag (FermataAppCanvas *self,
          guint             button,
          GCallback         on_begin,
          GCallback         on_update,
          GCallback         on_end)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  g_signal_connect (drag, "drag-begin", on_begin, self);
  g_signal_connect (drag, "drag-update", on_update, self);
  g_signal_connect (drag, "drag-end", on_end, self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_cancel), self);
  add_controller (self, GTK_EVENT_CONTROLLER (drag));
  return drag;
}

static void
add_click (FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = fermata_app_canvas_get_gestures (self);

  gestures->click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gestures->click), GDK_BUTTON_PRIMARY);
  g_signal_connect (gestures->click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (gestures->click, "released", G_CALLBACK (on_released), self);
  add_controller (self, GTK_EVENT_CONTROLLER (gestures->click));
}

static void
add_controllers (FermataAppCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (key, "key-released", G_CALLBACK (on_key_released), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_out), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  add_controller (self, motion);
  add_controller (self, key);
  add_controller (self, focus);
  add_controller (self, GTK_EVENT_CONTROLLER (target));
}

void
fermata_app_canvas_gestures_init (FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = g_new0 (FermataAppCanvasGestures, 1);

  self->gestures = gestures;
  gestures->moved = g_ptr_array_new_with_free_func (g_object_unref);
  gestures->controllers = g_ptr_array_new ();
  add_click (self);
  gestures->drag = add_drag (self, GDK_BUTTON_PRIMARY, G_CALLBACK (on_drag_begin),
                             G_CALLBACK (on_drag_update), G_CALLBACK (on_drag_end));
  gestures->pan = add_drag (self, GDK_BUTTON_MIDDLE, G_CALLBACK (on_pan_begin),
                            G_CALLBACK (on_pan_update), G_CALLBACK (on_pan_end));
  gestures->cut = add_drag (self, GDK_BUTTON_SECONDARY, G_CALLBACK (on_cut_begin),
                            G_CALLBACK (on_cut_update), G_CALLBACK (on_cut_end));
  add_controllers (self);
}

void
fermata_app_canvas_gestures_dispose (FermataAppCanvas *self)
{
  FermataAppCanvasGestures *gestures = self->gestures;

  if (gestures == NULL)
    return;
  self->gesture.kind = FERMATA_APP_GESTURE_NONE;
  if (gestures->scroll_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), gestures->scroll_tick);
  for (guint i = 0; i < gestures->controllers->len; i++)
    gtk_widget_remove_controller (GTK_WIDGET (self), g_ptr_array_index (gestures->controllers, i));
  g_ptr_array_unref (gestures->controllers);
  g_ptr_array_unref (gestures->moved);
  g_clear_object (&gestures->pressed);
  g_clear_object (&self->gesture.source);
  g_clear_object (&self->gesture.target);
  g_clear_object (&self->cursor);
  g_clear_pointer (&self->gestures, g_free);
}
