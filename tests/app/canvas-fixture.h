/* canvas-fixture.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A canvas in a window, and what a person does on it.
 */

#pragma once

#include "fermata-app-canvas-edits.h"
#include "fermata-app-addable.h"
#include "fermata-app-adder.h"
#include "fermata-app-connector.h"
#include "fermata-app-renamer.h"

#include <adwaita.h>
#include <string.h>

#define MACHINE \
  "{\"fermata\":1,\"kind\":\"fsm\",\"name\":\"Gate\",\"initial\":\"locked\",\"nodes\":[" \
  "{\"id\":\"locked\"},{\"id\":\"open\"},{\"id\":\"outer\",\"nodes\":[{\"id\":\"inner\"},{\"id\":\"other\"}]}]," \
  "\"edges\":[{\"from\":\"locked\",\"to\":\"open\",\"event\":\"coin\"},{\"from\":\"open\",\"to\":\"locked\",\"event\":\"push\"}," \
  "{\"from\":\"inner\",\"to\":\"other\",\"event\":\"go\"}]," \
  "\"layout\":{\"nodes\":{\"locked\":[120,120],\"open\":[420,120],\"outer\":[120,300],\"inner\":[156,360],\"other\":[420,360]}}}"

#define TASKS \
  "{\"fermata\":1,\"kind\":\"dag\",\"name\":\"Tasks\",\"nodes\":[" \
  "{\"id\":\"a\",\"type\":\"log\",\"with\":{\"message\":\"a\"}},{\"id\":\"b\",\"type\":\"log\",\"with\":{\"message\":\"b\"}}," \
  "{\"id\":\"c\",\"type\":\"log\",\"with\":{\"message\":\"c\"}},{\"id\":\"sub\",\"type\":\"subgraph\",\"body\":{\"nodes\":[],\"edges\":[]}}]," \
  "\"edges\":[{\"from\":\"a\",\"to\":\"b\"},{\"from\":\"b\",\"to\":\"c\"}]," \
  "\"layout\":{\"nodes\":{\"a\":[96,120],\"b\":[396,120],\"c\":[96,300],\"sub\":[396,300]}}}"

typedef struct {
  FermataEngine *engine;
  FermataAppDocument *document;
  FermataAppCanvas *canvas;
  GtkWidget *window;
  GtkGesture *click;
  GtkGesture *drag;
  GtkGesture *pan;
  GtkGesture *cut;
  GtkDropTarget *target;
  char *before;
} Fixture;

/* The fixture */

static inline void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static inline gboolean
on_deadline (gpointer is_over)
{
  *(gboolean *) is_over = TRUE;
  return G_SOURCE_REMOVE;
}

#define WAIT_FOR(condition) \
  G_STMT_START { \
    gboolean is_over_ = FALSE; \
    guint deadline_ = g_timeout_add_seconds (60, on_deadline, &is_over_); \
    while (!(condition) && !is_over_) \
      g_main_context_iteration (NULL, TRUE); \
    g_assert_true (condition); \
    g_source_remove (deadline_); \
  } G_STMT_END

static inline char *
dup_text (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fermata_json_write_graph (fermata_app_document_get_graph (fixture->document), &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static inline void
find_controllers (Fixture *fixture)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->canvas));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint button = GTK_IS_GESTURE_SINGLE (controller)
                   ? gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller))
                   : 0;

      if (GTK_IS_GESTURE_CLICK (controller) && button == GDK_BUTTON_PRIMARY)
        fixture->click = GTK_GESTURE (controller);
      else if (GTK_IS_GESTURE_DRAG (controller) && button == GDK_BUTTON_PRIMARY)
        fixture->drag = GTK_GESTURE (controller);
      else if (GTK_IS_GESTURE_DRAG (controller) && button == GDK_BUTTON_MIDDLE)
        fixture->pan = GTK_GESTURE (controller);
      else if (GTK_IS_GESTURE_DRAG (controller) && button == GDK_BUTTON_SECONDARY)
        fixture->cut = GTK_GESTURE (controller);
      else if (GTK_IS_DROP_TARGET (controller))
        fixture->target = GTK_DROP_TARGET (controller);
    }
  g_assert_nonnull (fixture->click);
  g_assert_nonnull (fixture->drag);
  g_assert_nonnull (fixture->pan);
  g_assert_nonnull (fixture->cut);
  g_assert_nonnull (fixture->target);
}

/* A popover goes away if its window is given the focus later. Where there is no
 * window manager it never is. */
static inline void
wait_for_focus (Fixture *fixture)
{
  gboolean is_over = FALSE;
  guint deadline = g_timeout_add_seconds (5, on_deadline, &is_over);

  while (g_getenv ("FERMATA_NO_WINDOW_MANAGER") == NULL &&
         !gtk_window_is_active (GTK_WINDOW (fixture->window)) && !is_over)
    g_main_context_iteration (NULL, TRUE);
  if (!is_over)
    g_source_remove (deadline);
  settle ();
}

static inline void
set_up (Fixture       *fixture,
        gconstpointer  text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  fixture->engine = fermata_engine_new_default ();
  fixture->document = fermata_app_document_new_from_text (fixture->engine, bytes, NULL, "test", diagnostics, &error);
  g_assert_no_error (error);
  fixture->canvas = g_object_new (FERMATA_TYPE_APP_CANVAS, "document", fixture->document, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 700);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (fixture->canvas));
  gtk_window_set_child (GTK_WINDOW (fixture->window), scrolled);
  gtk_widget_insert_action_group (fixture->window, "doc", fermata_app_document_get_actions (fixture->document));
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_FOR (gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) > 0);
  wait_for_focus (fixture);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->canvas));
  find_controllers (fixture);
  fixture->before = dup_text (fixture);
}

static inline void
tear_down (Fixture       *fixture,
           gconstpointer  text)
{
  FermataAppCanvas *canvas = fixture->canvas;

  g_object_add_weak_pointer (G_OBJECT (canvas), (gpointer *) &canvas);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
  g_assert_null (canvas);
  g_object_unref (fixture->document);
  g_object_unref (fixture->engine);
  g_free (fixture->before);
}

/* Deeds */

static inline FermataNode *
get_node (Fixture    *fixture,
          const char *id)
{
  FermataNode *node = fermata_graph_find_node (fermata_app_document_get_graph (fixture->document), id);

  g_assert_nonnull (node);
  return node;
}

static inline guint
count_edges (Fixture *fixture)
{
  return fermata_graph_get_n_edges (fermata_app_document_get_graph (fixture->document));
}

static inline void
get_rect (Fixture         *fixture,
          gpointer         element,
          graphene_rect_t *rect)
{
  guint serial;

  g_assert_true (fermata_app_canvas_get_place (fixture->canvas, element, rect, &serial));
}

/* A point of a node, in the widget's coordinates; 0.5 is the middle. */
static inline void
get_point (Fixture    *fixture,
           const char *id,
           double      across,
           double      down,
           double     *x,
           double     *y)
{
  graphene_rect_t rect;
  graphene_point_t point;

  get_rect (fixture, get_node (fixture, id), &rect);
  graphene_point_init (&point, rect.origin.x + rect.size.width * across, rect.origin.y + rect.size.height * down);
  fermata_app_canvas_from_scene (fixture->canvas, &point, x, y);
}

static inline void
click (Fixture *fixture,
       int      n_press,
       double   x,
       double   y)
{
  g_signal_emit_by_name (fixture->drag, "drag-begin", x, y);
  g_signal_emit_by_name (fixture->click, "pressed", n_press, x, y);
  g_signal_emit_by_name (fixture->click, "released", n_press, x, y);
  g_signal_emit_by_name (fixture->drag, "drag-end", 0.0, 0.0);
  settle ();
}

static inline void
drag_by (GtkGesture *gesture,
         double      x,
         double      y,
         double      dx,
         double      dy)
{
  g_signal_emit_by_name (gesture, "drag-begin", x, y);
  for (int i = 1; i <= 4; i++)
    g_signal_emit_by_name (gesture, "drag-update", dx * i / 4, dy * i / 4);
  g_signal_emit_by_name (gesture, "drag-end", dx, dy);
  settle ();
}

static inline void
drag_node_to (Fixture    *fixture,
              const char *id,
              double      x,
              double      y)
{
  double from_x;
  double from_y;

  get_point (fixture, id, 0.5, 0.5, &from_x, &from_y);
  g_signal_emit_by_name (fixture->click, "pressed", 1, from_x, from_y);
  drag_by (fixture->drag, from_x, from_y, x - from_x, y - from_y);
}

static inline void
activate (Fixture    *fixture,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), action, NULL));
  settle ();
}

static inline void
choose (Fixture    *fixture,
        const char *id)
{
  fermata_app_canvas_set_cursor (fixture->canvas, get_node (fixture, id), TRUE);
}

static inline FermataAppSelection *
get_selection (Fixture *fixture)
{
  return fermata_app_document_get_selection (fixture->document);
}

static inline gboolean
is_selected (Fixture    *fixture,
             const char *id)
{
  return fermata_app_selection_contains (get_selection (fixture), get_node (fixture, id));
}

static inline gpointer
find_popover (Fixture *fixture,
              GType    type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->canvas)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (G_TYPE_CHECK_INSTANCE_TYPE (child, type) && gtk_widget_get_visible (child))
      return child;
  return NULL;
}

static inline GtkWidget *
find_entry (GtkWidget *widget)
{
  if (GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_ENTRY (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_entry (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Types into a popover's first entry, and Enter. */
static inline void
answer (Fixture    *fixture,
        GType       type,
        const char *text)
{
  GtkWidget *popover = find_popover (fixture, type);
  GtkWidget *entry;

  g_assert_nonnull (popover);
  entry = find_entry (popover);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
  settle ();
  g_assert_null (find_popover (fixture, type));
}

/* One step did it all, and is undone to the same bytes, and done again. */
static inline void
check_one_step (Fixture    *fixture,
                const char *title)
{
  FermataEditor *editor = fermata_app_document_get_editor (fixture->document);
  g_autofree char *after = dup_text (fixture);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (after, !=, fixture->before);
  g_assert_cmpstr (fermata_editor_get_undo_title (editor), ==, title);
  g_assert_true (fermata_editor_undo (editor, &error));
  g_assert_no_error (error);
  undone = dup_text (fixture);
  g_assert_cmpstr (undone, ==, fixture->before);
  g_assert_false (fermata_editor_can_undo (editor));
  g_assert_true (fermata_editor_redo (editor, &error));
  g_assert_no_error (error);
  redone = dup_text (fixture);
  g_assert_cmpstr (redone, ==, after);
  settle ();
}

static inline void
drop (Fixture    *fixture,
      const char *text,
      double      x,
      double      y)
{
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean was_taken = FALSE;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, text);
  g_signal_emit_by_name (fixture->target, "drop", &value, x, y, &was_taken);
  settle ();
  g_assert_true (was_taken == g_str_has_prefix (text, FERMATA_APP_ADDABLE_PREFIX));
}
