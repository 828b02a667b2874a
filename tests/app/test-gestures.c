/* test-gestures.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What a person does on the canvas, from within: the signals of its gestures, and
 * its actions. Whatever was done is undone to the same bytes.
 */

#include "fermata-app-canvas-edits.h"
#include "fermata-app-addable.h"
#include "fermata-app-adder.h"
#include "fermata-app-connector.h"
#include "fermata-app-proxy.h"
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

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
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

static char *
dup_text (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fermata_json_write_graph (fermata_app_document_get_graph (fixture->document), &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
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
static void
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

static void
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

static void
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

static FermataNode *
get_node (Fixture    *fixture,
          const char *id)
{
  FermataNode *node = fermata_graph_find_node (fermata_app_document_get_graph (fixture->document), id);

  g_assert_nonnull (node);
  return node;
}

static guint
count_edges (Fixture *fixture)
{
  return fermata_graph_get_n_edges (fermata_app_document_get_graph (fixture->document));
}

static void
get_rect (Fixture         *fixture,
          gpointer         element,
          graphene_rect_t *rect)
{
  guint serial;

  g_assert_true (fermata_app_canvas_get_place (fixture->canvas, element, rect, &serial));
}

/* A point of a node, in the widget's coordinates; 0.5 is the middle. */
static void
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

static void
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

static void
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

static void
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

static void
activate (Fixture    *fixture,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), action, NULL));
  settle ();
}

static void
choose (Fixture    *fixture,
        const char *id)
{
  fermata_app_canvas_set_cursor (fixture->canvas, get_node (fixture, id), TRUE);
}

static FermataAppSelection *
get_selection (Fixture *fixture)
{
  return fermata_app_document_get_selection (fixture->document);
}

static gboolean
is_selected (Fixture    *fixture,
             const char *id)
{
  return fermata_app_selection_contains (get_selection (fixture), get_node (fixture, id));
}

static gpointer
find_popover (Fixture *fixture,
              GType    type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->canvas)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (G_TYPE_CHECK_INSTANCE_TYPE (child, type) && gtk_widget_get_visible (child))
      return child;
  return NULL;
}

static GtkWidget *
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
static void
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
static void
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

static void
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

/* The mouse */

static void
test_click (Fixture       *fixture,
            gconstpointer  text)
{
  double x;
  double y;

  get_point (fixture, "open", 0.5, 0.5, &x, &y);
  click (fixture, 1, x, y);
  g_assert_true (is_selected (fixture, "open"));
  g_assert_cmpuint (fermata_app_selection_get_n (get_selection (fixture)), ==, 1);
  get_point (fixture, "locked", 0.5, 0.5, &x, &y);
  click (fixture, 1, x, y);
  g_assert_true (is_selected (fixture, "locked"));
  g_assert_false (is_selected (fixture, "open"));
  click (fixture, 1, gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) - 3, 3);
  g_assert_cmpuint (fermata_app_selection_get_n (get_selection (fixture)), ==, 0);
}

static void
test_box (Fixture       *fixture,
          gconstpointer  text)
{
  double x;
  double y;
  double to_x;
  double to_y;

  get_point (fixture, "locked", 0, 0, &x, &y);
  get_point (fixture, "open", 1, 1, &to_x, &to_y);
  drag_by (fixture->drag, x - 40, y - 40, to_x + 40 - (x - 40), to_y + 10 - (y - 40));
  g_assert_true (is_selected (fixture, "locked"));
  g_assert_true (is_selected (fixture, "open"));
  g_assert_cmpuint (fermata_app_selection_get_n (get_selection (fixture)), ==, 2);
  g_assert_cmpint (fixture->canvas->gesture.kind, ==, FERMATA_APP_GESTURE_NONE);
}

/* The room in a state is room for a box; its title moves it. */
static void
test_box_inside (Fixture       *fixture,
                 gconstpointer  text)
{
  double x;
  double y;
  double to_x;
  double to_y;

  get_point (fixture, "inner", 0, 0, &x, &y);
  get_point (fixture, "inner", 1, 1, &to_x, &to_y);
  g_signal_emit_by_name (fixture->click, "pressed", 1, x - 8, y - 8);
  drag_by (fixture->drag, x - 8, y - 8, to_x + 8 - (x - 8), to_y + 8 - (y - 8));
  g_assert_true (is_selected (fixture, "inner"));
  g_assert_cmpuint (fermata_app_selection_get_n (get_selection (fixture)), ==, 1);
  click (fixture, 1, x - 8, y - 8);
  g_assert_true (is_selected (fixture, "outer"));
  g_assert_cmpuint (fermata_app_selection_get_n (get_selection (fixture)), ==, 1);
}

static void
test_move (Fixture       *fixture,
           gconstpointer  text)
{
  graphene_rect_t rect;
  double x;
  double y;

  get_point (fixture, "open", 0.5, 0.5, &x, &y);
  drag_node_to (fixture, "open", x + 100 * fixture->canvas->zoom, y - 50 * fixture->canvas->zoom);
  get_rect (fixture, get_node (fixture, "open"), &rect);
  g_assert_cmpfloat_with_epsilon (rect.origin.x, 516, 0.5);
  g_assert_cmpfloat_with_epsilon (rect.origin.y, 72, 0.5);
  check_one_step (fixture, "Move 1 node");
}

static void
test_move_cancelled (Fixture       *fixture,
                     gconstpointer  text)
{
  g_autofree char *after = NULL;
  graphene_rect_t rect;
  double x;
  double y;

  get_point (fixture, "open", 0.5, 0.5, &x, &y);
  g_signal_emit_by_name (fixture->click, "pressed", 1, x, y);
  g_signal_emit_by_name (fixture->drag, "drag-begin", x, y);
  g_signal_emit_by_name (fixture->drag, "drag-update", 80.0, 80.0);
  g_assert_cmpint (fixture->canvas->gesture.kind, ==, FERMATA_APP_GESTURE_MOVE);
  get_rect (fixture, get_node (fixture, "open"), &rect);
  g_assert_cmpfloat (rect.origin.x, >, 430);
  activate (fixture, "canvas.select-none");
  g_assert_cmpint (fixture->canvas->gesture.kind, ==, FERMATA_APP_GESTURE_NONE);
  g_assert_true (is_selected (fixture, "open"));
  get_rect (fixture, get_node (fixture, "open"), &rect);
  g_assert_cmpfloat_with_epsilon (rect.origin.x, 420, 0.5);
  g_signal_emit_by_name (fixture->drag, "drag-end", 80.0, 80.0);
  settle ();
  after = dup_text (fixture);
  g_assert_cmpstr (after, ==, fixture->before);
}

static void
test_move_into (Fixture       *fixture,
                gconstpointer  text)
{
  double x;
  double y;

  get_point (fixture, "outer", 0.5, 0.8, &x, &y);
  drag_node_to (fixture, "open", x, y);
  g_assert_true (fermata_node_get_parent (get_node (fixture, "open")) == get_node (fixture, "outer"));
  check_one_step (fixture, "Move 1 node");
}

static void
test_move_out (Fixture       *fixture,
               gconstpointer  text)
{
  double x;
  double y;

  get_point (fixture, "outer", 0.5, 1, &x, &y);
  drag_node_to (fixture, "inner", x, y + 60);
  g_assert_null (fermata_node_get_parent (get_node (fixture, "inner")));
  check_one_step (fixture, "Move 1 node");
}

/* What would be in itself stays where it is. */
static void
test_move_whole (Fixture       *fixture,
                 gconstpointer  text)
{
  graphene_rect_t rect;
  graphene_point_t point;
  double x;
  double y;

  get_rect (fixture, get_node (fixture, "outer"), &rect);
  graphene_point_init (&point, rect.origin.x + 60, rect.origin.y + 14);
  fermata_app_canvas_from_scene (fixture->canvas, &point, &x, &y);
  g_signal_emit_by_name (fixture->click, "pressed", 1, x, y);
  drag_by (fixture->drag, x, y, 48, 48);
  g_assert_true (is_selected (fixture, "outer"));
  g_assert_null (fermata_node_get_parent (get_node (fixture, "outer")));
  g_assert_true (fermata_node_get_parent (get_node (fixture, "inner")) == get_node (fixture, "outer"));
  check_one_step (fixture, "Move 1 node");
}

static void
test_connect_states (Fixture       *fixture,
                     gconstpointer  text)
{
  double x;
  double y;
  double to_x;
  double to_y;

  get_point (fixture, "open", 0.5, 1, &x, &y);
  get_point (fixture, "inner", 0.5, 0.5, &to_x, &to_y);
  drag_by (fixture->drag, x, y, to_x - x, to_y - y);
  g_assert_cmpuint (count_edges (fixture), ==, 4);
  g_assert_nonnull (find_popover (fixture, FERMATA_TYPE_APP_RENAMER));
  check_one_step (fixture, "Connect “open” to “inner”");
}

static void
test_connect_to_itself (Fixture       *fixture,
                        gconstpointer  text)
{
  FermataGraph *graph = fermata_app_document_get_graph (fixture->document);
  double x;
  double y;

  get_point (fixture, "open", 0.5, 0, &x, &y);
  g_signal_emit_by_name (fixture->drag, "drag-begin", x, y);
  g_signal_emit_by_name (fixture->drag, "drag-update", 0.0, -60.0);
  g_signal_emit_by_name (fixture->drag, "drag-update", 0.0, 12.0);
  g_signal_emit_by_name (fixture->drag, "drag-end", 0.0, 12.0);
  settle ();
  g_assert_cmpuint (count_edges (fixture), ==, 4);
  g_assert_cmpstr (fermata_edge_get_target_id (fermata_graph_get_edge (graph, 3), 0), ==, "open");
  check_one_step (fixture, "Connect “open” to “open”");
}

static void
test_connect_to_nothing (Fixture       *fixture,
                         gconstpointer  text)
{
  FermataGraph *graph = fermata_app_document_get_graph (fixture->document);
  double x;
  double y;

  get_point (fixture, "open", 1, 0.5, &x, &y);
  drag_by (fixture->drag, x, y, 140, -30);
  g_assert_cmpuint (count_edges (fixture), ==, 3);
  g_assert_cmpint (fixture->canvas->gesture.kind, ==, FERMATA_APP_GESTURE_CONNECT);
  answer (fixture, FERMATA_TYPE_APP_ADDER, "broken");
  g_assert_cmpint (fixture->canvas->gesture.kind, ==, FERMATA_APP_GESTURE_NONE);
  g_assert_cmpuint (count_edges (fixture), ==, 4);
  g_assert_cmpstr (fermata_edge_get_target_id (fermata_graph_get_edge (graph, 3), 0), ==, "broken");
  g_assert_true (is_selected (fixture, "broken"));
  check_one_step (fixture, "Add “broken”");
}

static void
test_connect_inside (Fixture       *fixture,
                     gconstpointer  text)
{
  double x;
  double y;

  get_point (fixture, "inner", 1, 0.5, &x, &y);
  drag_by (fixture->drag, x, y, 40 * fixture->canvas->zoom, 26 * fixture->canvas->zoom);
  answer (fixture, FERMATA_TYPE_APP_ADDER, "third");
  g_assert_true (fermata_node_get_parent (get_node (fixture, "third")) == get_node (fixture, "outer"));
  check_one_step (fixture, "Add “third”");
}

static void
test_drop_into (Fixture       *fixture,
                gconstpointer  text)
{
  double x;
  double y;

  get_point (fixture, "open", 0.5, 0.5, &x, &y);
  drop (fixture, FERMATA_APP_ADDABLE_PREFIX "state", x, y);
  g_assert_true (fermata_node_get_parent (get_node (fixture, "state")) == get_node (fixture, "open"));
  check_one_step (fixture, "Add “state”");
}

static void
test_connect_tasks (Fixture       *fixture,
                    gconstpointer  text)
{
  double x;
  double y;
  double to_x;
  double to_y;

  get_point (fixture, "a", 1, 0.5, &x, &y);
  get_point (fixture, "sub", 0.3, 0.5, &to_x, &to_y);
  drag_by (fixture->drag, x, y, to_x - x, to_y - y);
  g_assert_cmpuint (count_edges (fixture), ==, 3);
  g_assert_null (find_popover (fixture, FERMATA_TYPE_APP_RENAMER));
  check_one_step (fixture, "Connect “a” to “sub”");
}

static void
test_cut (Fixture       *fixture,
          gconstpointer  text)
{
  double x;
  double y;
  double to_x;
  double to_y;

  get_point (fixture, "a", 1, 0.5, &x, &y);
  get_point (fixture, "b", 0, 0.5, &to_x, &to_y);
  fixture->canvas->gesture.kind = FERMATA_APP_GESTURE_CUT;
  fermata_app_canvas_to_scene (fixture->canvas, (x + to_x) / 2 - 5, y - 30, &fixture->canvas->gesture.start);
  fermata_app_canvas_to_scene (fixture->canvas, (x + to_x) / 2 + 5, y + 30, &fixture->canvas->gesture.end);
  g_signal_emit_by_name (fixture->cut, "drag-end", 10.0, 60.0);
  settle ();
  g_assert_cmpuint (count_edges (fixture), ==, 1);
  check_one_step (fixture, "Cut 1 edge");
}

static void
test_pan (Fixture       *fixture,
          gconstpointer  text)
{
  double x = gtk_adjustment_get_value (fixture->canvas->hadjustment);

  fermata_app_canvas_zoom_at (fixture->canvas, 2, 100, 100);
  settle ();
  x = gtk_adjustment_get_value (fixture->canvas->hadjustment);
  drag_by (fixture->pan, 300, 300, -40, -30);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (fixture->canvas->hadjustment), x + 40, 1);
  g_assert_cmpint (fixture->canvas->gesture.kind, ==, FERMATA_APP_GESTURE_NONE);
}

static void
test_menu (Fixture       *fixture,
           gconstpointer  text)
{
  double x;
  double y;

  get_point (fixture, "open", 0.5, 0.5, &x, &y);
  drag_by (fixture->cut, x, y, 0, 0);
  g_assert_true (is_selected (fixture, "open"));
  g_assert_nonnull (find_popover (fixture, GTK_TYPE_POPOVER_MENU));
  gtk_popover_popdown (find_popover (fixture, GTK_TYPE_POPOVER_MENU));
  settle ();
}

static void
test_double_click (Fixture       *fixture,
                   gconstpointer  text)
{
  double x;
  double y;

  get_point (fixture, "open", 0.5, 0.5, &x, &y);
  click (fixture, 1, x, y);
  click (fixture, 2, x, y);
  answer (fixture, FERMATA_TYPE_APP_RENAMER, "unlocked");
  g_assert_nonnull (get_node (fixture, "unlocked"));
  check_one_step (fixture, "Rename “open”");
}

/* Into a body, and out again. */
static void
test_enter_body (Fixture       *fixture,
                 gconstpointer  text)
{
  double x;
  double y;

  get_point (fixture, "sub", 0.5, 0.5, &x, &y);
  click (fixture, 2, x, y);
  g_assert_true (fermata_app_document_get_shown (fixture->document) == fermata_node_get_body (get_node (fixture, "sub"), "body"));
  activate (fixture, "canvas.leave");
  g_assert_true (fermata_app_document_get_shown (fixture->document) == fermata_app_document_get_graph (fixture->document));
  g_assert_true (is_selected (fixture, "sub"));
}

static void
test_drop (Fixture       *fixture,
           gconstpointer  text)
{
  g_autofree char *after = NULL;

  drop (fixture, "some text", 300, 250);
  after = dup_text (fixture);
  g_assert_cmpstr (after, ==, fixture->before);
  drop (fixture, FERMATA_APP_ADDABLE_PREFIX "command", 300, 250);
  g_assert_nonnull (get_node (fixture, "command"));
  check_one_step (fixture, "Add “command”");
}

static void
test_drop_on_edge (Fixture       *fixture,
                   gconstpointer  text)
{
  FermataEdge *edge = fermata_graph_get_edge (fermata_app_document_get_graph (fixture->document), 0);
  graphene_rect_t rect;
  graphene_point_t middle;
  double x;
  double y;

  get_rect (fixture, edge, &rect);
  graphene_rect_get_center (&rect, &middle);
  fermata_app_canvas_from_scene (fixture->canvas, &middle, &x, &y);
  drop (fixture, FERMATA_APP_ADDABLE_PREFIX "delay", x, y);
  g_assert_cmpuint (count_edges (fixture), ==, 3);
  check_one_step (fixture, "Add “delay”");
}

/* Actions and keys */

static void
test_add (Fixture       *fixture,
          gconstpointer  text)
{
  activate (fixture, "canvas.add");
  answer (fixture, FERMATA_TYPE_APP_ADDER, "idle");
  g_assert_true (is_selected (fixture, "idle"));
  check_one_step (fixture, "Add “idle”");
}

static void
test_add_task (Fixture       *fixture,
               gconstpointer  text)
{
  activate (fixture, "canvas.add");
  answer (fixture, FERMATA_TYPE_APP_ADDER, "comm");
  g_assert_cmpstr (fermata_node_get_type_name (get_node (fixture, "command")), ==, "command");
  check_one_step (fixture, "Add “command”");
}

static void
test_add_sorts (Fixture       *fixture,
                gconstpointer  text)
{
  activate (fixture, "canvas.add");
  answer (fixture, FERMATA_TYPE_APP_ADDER, "final");
  g_assert_cmpstr (fermata_node_get_type_name (get_node (fixture, "final")), ==, "final");
  activate (fixture, "canvas.add");
  answer (fixture, FERMATA_TYPE_APP_ADDER, "");
  g_assert_null (fermata_node_get_type_name (get_node (fixture, "state")));
  choose (fixture, "inner");
  activate (fixture, "canvas.add-inside");
  answer (fixture, FERMATA_TYPE_APP_ADDER, "core");
  g_assert_true (fermata_node_get_parent (get_node (fixture, "core")) == get_node (fixture, "inner"));
}

static void
test_connect (Fixture       *fixture,
              gconstpointer  text)
{
  FermataGraph *graph = fermata_app_document_get_graph (fixture->document);
  FermataEdge *edge;

  choose (fixture, "open");
  activate (fixture, "canvas.connect");
  answer (fixture, FERMATA_TYPE_APP_CONNECTOR, "inn");
  g_assert_cmpuint (count_edges (fixture), ==, 4);
  edge = fermata_graph_get_edge (graph, 3);
  g_assert_cmpstr (fermata_edge_get_target_id (edge, 0), ==, "inner");
  answer (fixture, FERMATA_TYPE_APP_RENAMER, "kick");
  g_assert_cmpstr (fermata_value_get_string (fermata_edge_get_member (edge, "event"), NULL), ==, "kick");
  g_assert_true (fermata_app_selection_get_only (get_selection (fixture)) == (gpointer) edge);

  choose (fixture, "open");
  activate (fixture, "canvas.connect");
  answer (fixture, FERMATA_TYPE_APP_CONNECTOR, "nowhere yet");
  g_assert_nonnull (get_node (fixture, "nowhere yet"));
  g_assert_cmpuint (count_edges (fixture), ==, 5);
}

static void
test_rename_refused (Fixture       *fixture,
                     gconstpointer  text)
{
  g_autofree char *after = NULL;
  GtkWidget *entry;

  choose (fixture, "open");
  activate (fixture, "canvas.rename");
  entry = find_entry (find_popover (fixture, FERMATA_TYPE_APP_RENAMER));
  gtk_editable_set_text (GTK_EDITABLE (entry), "locked");
  g_signal_emit_by_name (entry, "activate");
  settle ();
  g_assert_nonnull (find_popover (fixture, FERMATA_TYPE_APP_RENAMER));
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->canvas));
  settle ();
  g_assert_null (find_popover (fixture, FERMATA_TYPE_APP_RENAMER));
  after = dup_text (fixture);
  g_assert_cmpstr (after, ==, fixture->before);
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  text)
{
  choose (fixture, "open");
  activate (fixture, "canvas.delete");
  g_assert_cmpuint (count_edges (fixture), ==, 1);
  check_one_step (fixture, "Delete 1 node");
}

static void
test_delete_and_reconnect (Fixture       *fixture,
                           gconstpointer  text)
{
  FermataGraph *graph = fermata_app_document_get_graph (fixture->document);

  choose (fixture, "b");
  activate (fixture, "canvas.delete-and-reconnect");
  g_assert_cmpuint (count_edges (fixture), ==, 1);
  g_assert_cmpstr (fermata_edge_get_source_id (fermata_graph_get_edge (graph, 0)), ==, "a");
  g_assert_cmpstr (fermata_edge_get_target_id (fermata_graph_get_edge (graph, 0), 0), ==, "c");
  check_one_step (fixture, "Delete 1 node");
}

static void
test_duplicate (Fixture       *fixture,
                gconstpointer  text)
{
  activate (fixture, "canvas.select-all");
  g_assert_cmpuint (fermata_app_selection_get_n (get_selection (fixture)), ==, 8);
  activate (fixture, "canvas.duplicate");
  g_assert_cmpuint (count_edges (fixture), ==, 6);
  check_one_step (fixture, "Duplicate 5 nodes and 3 edges");
}

static void
test_clipboard (Fixture       *fixture,
                gconstpointer  text)
{
  choose (fixture, "outer");
  activate (fixture, "canvas.copy");
  fermata_app_selection_clear (get_selection (fixture));
  activate (fixture, "canvas.paste");
  WAIT_FOR (count_edges (fixture) == 4);
  g_assert_cmpuint (fermata_app_selection_get_n (get_selection (fixture)), ==, 1);
  check_one_step (fixture, "Paste");
  choose (fixture, "outer");
  activate (fixture, "canvas.cut");
  g_assert_cmpuint (count_edges (fixture), ==, 3);
}

static void
test_nudge (Fixture       *fixture,
            gconstpointer  text)
{
  graphene_rect_t rect;

  choose (fixture, "open");
  for (int i = 0; i < 5; i++)
    gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "canvas.move", "(ii)", 12, 0);
  settle ();
  get_rect (fixture, get_node (fixture, "open"), &rect);
  g_assert_cmpfloat_with_epsilon (rect.origin.x, 480, 0.5);
  check_one_step (fixture, "Move 1 node");
}

static void
test_walk (Fixture       *fixture,
           gconstpointer  text)
{
  g_autofree char *name = NULL;

  choose (fixture, "locked");
  activate (fixture, "canvas.nearest-right");
  g_assert_true (is_selected (fixture, "open"));
  activate (fixture, "canvas.next-edge");
  g_assert_true (FERMATA_IS_EDGE (fermata_app_selection_get_only (get_selection (fixture))));
  activate (fixture, "canvas.next-edge");
  name = fermata_edge_dup_name (fermata_app_selection_get_only (get_selection (fixture)));
  g_assert_cmpstr (name, ==, "open>locked");
  activate (fixture, "canvas.next-edge");
  activate (fixture, "canvas.previous-edge");
  activate (fixture, "canvas.nearest-right");
  g_assert_true (is_selected (fixture, "locked"));
  choose (fixture, "outer");
  activate (fixture, "canvas.enter");
  g_assert_true (is_selected (fixture, "inner"));
  activate (fixture, "canvas.leave");
  g_assert_true (is_selected (fixture, "outer"));
}

static void
test_set_initial (Fixture       *fixture,
                  gconstpointer  text)
{
  FermataGraph *graph = fermata_app_document_get_graph (fixture->document);

  choose (fixture, "open");
  activate (fixture, "canvas.set-initial");
  g_assert_cmpstr (fermata_value_get_string (fermata_graph_get_member (graph, "initial"), NULL), ==, "open");
  check_one_step (fixture, "Begin with “open”");
}

static void
test_zoom (Fixture       *fixture,
           gconstpointer  text)
{
  static const char *const actions[] = {
    "canvas.zoom-in", "canvas.zoom-out", "canvas.zoom-fit", "canvas.zoom-selection", "canvas.zoom-100",
  };
  g_autofree char *after = NULL;

  choose (fixture, "inner");
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    activate (fixture, actions[i]);
  g_assert_cmpfloat (fixture->canvas->zoom, ==, 1);
  after = dup_text (fixture);
  g_assert_cmpstr (after, ==, fixture->before);
}

static void
collect_keys (GtkWidget  *widget,
              GHashTable *keys)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutAction *action = gtk_shortcut_get_action (shortcut);

          if (GTK_IS_NAMED_ACTION (action))
            g_hash_table_insert (keys, gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut)),
                                 g_strdup (gtk_named_action_get_action_name (GTK_NAMED_ACTION (action))));
        }
    }
}

static void
test_keys (Fixture       *fixture,
           gconstpointer  text)
{
  static const char *const expected[][2] = {
    { "<Shift>a", "canvas.add" }, { "c", "canvas.connect" }, { "F2", "canvas.rename" }, { "Return", "canvas.inspect" },
    { "Delete", "canvas.delete" }, { "<Control>Delete", "canvas.delete-and-reconnect" },
    { "<Control>z", "doc.undo" }, { "<Shift><Control>z", "doc.redo" }, { "<Control>x", "canvas.cut" },
    { "<Control>c", "canvas.copy" }, { "<Control>v", "canvas.paste" }, { "<Control>d", "canvas.duplicate" },
    { "<Control>a", "canvas.select-all" }, { "Escape", "canvas.select-none" }, { "<Control>Down", "canvas.enter" },
    { "<Control>Up", "canvas.leave" }, { "Left", "canvas.nearest-left" }, { "e", "canvas.next-edge" },
    { "<Shift>e", "canvas.previous-edge" }, { "<Alt>Left", "canvas.move" }, { "<Shift><Alt>Left", "canvas.move" },
    { "l", "doc.arrange-selection" }, { "<Control>l", "doc.arrange" }, { "<Control>plus", "canvas.zoom-in" },
    { "<Control>minus", "canvas.zoom-out" }, { "<Control>0", "canvas.zoom-100" }, { "<Control>9", "canvas.zoom-fit" },
    { "z", "canvas.zoom-selection" }, { "F9", "doc.toggle-breakpoint" }, { "Menu", "canvas.context-menu" },
  };
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  collect_keys (GTK_WIDGET (fixture->canvas), keys);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (g_hash_table_lookup (keys, expected[i][0]), ==, expected[i][1]);
}

/* Assistive technology */

static GtkWidget *
find_proxy (Fixture  *fixture,
            gpointer  element)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->canvas)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (FERMATA_IS_APP_PROXY (child) && fermata_app_proxy_get_element (FERMATA_APP_PROXY (child)) == element)
      return child;
  return NULL;
}

static void
check_proxy (Fixture  *fixture,
             gpointer  element,
             char     *name)
{
  graphene_rect_t place;
  graphene_rect_t bounds;
  graphene_point_t corner;
  double x;
  double y;
  GtkWidget *proxy;

  WAIT_FOR (find_proxy (fixture, element) != NULL);
  proxy = find_proxy (fixture, element);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  get_rect (fixture, element, &place);
  fermata_app_canvas_from_scene (fixture->canvas, &place.origin, &x, &y);
  g_assert_true (gtk_widget_compute_bounds (proxy, GTK_WIDGET (fixture->canvas), &bounds));
  graphene_rect_get_top_left (&bounds, &corner);
  g_assert_cmpfloat_with_epsilon (corner.x, x, 1);
  g_assert_cmpfloat_with_epsilon (corner.y, y, 1);
  g_free (name);
}

static gboolean
is_called (GtkWidget  *proxy,
           const char *name)
{
  g_autofree char *other =
    gtk_test_accessible_check_property (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return other == NULL;
}

static void
test_proxies (Fixture       *fixture,
              gconstpointer  text)
{
  FermataNode *node = get_node (fixture, "open");
  FermataEdge *edge = fermata_graph_get_edge (fermata_app_document_get_graph (fixture->document), 0);

  check_proxy (fixture, node, fermata_app_look_dup_node_name (fixture->document, node));
  check_proxy (fixture, edge, fermata_app_look_dup_edge_name (fixture->document, edge));
  choose (fixture, "open");
  g_assert_true (gtk_widget_is_focus (find_proxy (fixture, node)));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (find_proxy (fixture, node)), GTK_ACCESSIBLE_STATE_SELECTED, TRUE);
  activate (fixture, "canvas.nearest-left");
  g_assert_true (gtk_widget_is_focus (find_proxy (fixture, get_node (fixture, "locked"))));

  choose (fixture, "open");
  activate (fixture, "canvas.rename");
  answer (fixture, FERMATA_TYPE_APP_RENAMER, "unlocked");
  WAIT_FOR (is_called (find_proxy (fixture, node), "unlocked, state"));
  activate (fixture, "doc.undo");

  g_assert_true (gtk_widget_activate_action (find_proxy (fixture, node), "element.delete", NULL));
  WAIT_FOR (find_proxy (fixture, node) == NULL);
  check_one_step (fixture, "Delete 1 node");
}

/* One stop for Tab. */
static void
test_tab (Fixture       *fixture,
          gconstpointer  text)
{
  choose (fixture, "open");
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (fixture->canvas), GTK_DIR_TAB_FORWARD));
}

static char *
dup_many (guint n)
{
  GString *json = g_string_new ("{\"fermata\":1,\"kind\":\"fsm\",\"nodes\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (json, "%s{\"id\":\"s%u\"}", i > 0 ? "," : "", i);
  g_string_append (json, "],\"edges\":[],\"layout\":{\"nodes\":{");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (json, "%s\"s%u\":[%u,%u]", i > 0 ? "," : "", i, i % 100 * 144, i / 100 * 72);
  g_string_append (json, "}}}");
  return g_string_free (json, FALSE);
}

static guint
count_proxies (Fixture *fixture)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->canvas)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += FERMATA_IS_APP_PROXY (child);
  return n;
}

static void
test_many_proxies (void)
{
  g_autofree char *text = dup_many (5000);
  Fixture fixture = { 0 };

  set_up (&fixture, text);
  WAIT_FOR (count_proxies (&fixture) > 10);
  activate (&fixture, "canvas.zoom-fit");
  choose (&fixture, "s4999");
  WAIT_FOR (find_proxy (&fixture, get_node (&fixture, "s4999")) != NULL);
  g_assert_cmpuint (count_proxies (&fixture), <=, 302);
  tear_down (&fixture, text);
}

/* A storm */

static const char *const storm_actions[] = {
  "canvas.delete", "canvas.delete-and-reconnect", "canvas.rename", "canvas.inspect", "canvas.add", "canvas.add-inside",
  "canvas.insert", "canvas.connect", "canvas.set-initial", "canvas.toggle-breakpoint", "canvas.context-menu",
  "canvas.select-all", "canvas.select-none", "canvas.cut", "canvas.copy", "canvas.paste", "canvas.duplicate",
  "canvas.zoom-in", "canvas.zoom-out", "canvas.zoom-100", "canvas.zoom-fit", "canvas.zoom-selection",
  "canvas.nearest-left", "canvas.nearest-right", "canvas.nearest-up", "canvas.nearest-down", "canvas.next-edge",
  "canvas.previous-edge", "canvas.enter", "canvas.leave", "doc.undo", "doc.redo",
};

static void
storm_drag (Fixture    *fixture,
            GRand      *rand,
            GtkGesture *gesture)
{
  double width = gtk_widget_get_width (GTK_WIDGET (fixture->canvas));
  double height = gtk_widget_get_height (GTK_WIDGET (fixture->canvas));
  double x = g_rand_double_range (rand, 0, width);
  double y = g_rand_double_range (rand, 0, height);
  double dx = g_rand_double_range (rand, -x, width - x);
  double dy = g_rand_double_range (rand, -y, height - y);

  g_signal_emit_by_name (fixture->click, "pressed", 1, x, y);
  g_signal_emit_by_name (gesture, "drag-begin", x, y);
  for (int i = g_rand_int_range (rand, 0, 4); i > 0; i--)
    g_signal_emit_by_name (gesture, "drag-update", dx * g_rand_double (rand), dy * g_rand_double (rand));
  if (g_rand_int_range (rand, 0, 8) == 0)
    gtk_widget_activate_action (GTK_WIDGET (fixture->canvas),
                                storm_actions[g_rand_int_range (rand, 0, G_N_ELEMENTS (storm_actions))], NULL);
  g_signal_emit_by_name (gesture, "drag-update", dx, dy);
  g_signal_emit_by_name (gesture, "drag-end", dx, dy);
}

static void
storm_answer (Fixture *fixture,
              GRand   *rand)
{
  static const char *const answers[] = { "", "a", "b", "state", "final", "command", "x/y", "locked", "s>t", "history" };
  GType types[] = { FERMATA_TYPE_APP_ADDER, FERMATA_TYPE_APP_CONNECTOR, FERMATA_TYPE_APP_RENAMER };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *popover = find_popover (fixture, types[i]);
      GtkWidget *entry = popover != NULL ? find_entry (popover) : NULL;

      if (entry == NULL)
        continue;
      gtk_editable_set_text (GTK_EDITABLE (entry), answers[g_rand_int_range (rand, 0, G_N_ELEMENTS (answers))]);
      if (g_rand_boolean (rand))
        g_signal_emit_by_name (entry, "activate");
      else
        gtk_popover_popdown (GTK_POPOVER (popover));
    }
  if (find_popover (fixture, GTK_TYPE_POPOVER_MENU) != NULL)
    gtk_popover_popdown (find_popover (fixture, GTK_TYPE_POPOVER_MENU));
}

static void
storm_step (Fixture *fixture,
            GRand   *rand)
{
  double x = g_rand_double_range (rand, 0, gtk_widget_get_width (GTK_WIDGET (fixture->canvas)));
  double y = g_rand_double_range (rand, 0, gtk_widget_get_height (GTK_WIDGET (fixture->canvas)));
  int what = g_rand_int_range (rand, 0, 10);

  if (what < 4)
    storm_drag (fixture, rand, fixture->drag);
  else if (what == 4)
    storm_drag (fixture, rand, g_rand_boolean (rand) ? fixture->pan : fixture->cut);
  else if (what == 5)
    click (fixture, g_rand_int_range (rand, 1, 3), x, y);
  else if (what == 6)
    gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "canvas.move", "(ii)",
                                g_rand_int_range (rand, -12, 13), g_rand_int_range (rand, -12, 13));
  else
    gtk_widget_activate_action (GTK_WIDGET (fixture->canvas),
                                storm_actions[g_rand_int_range (rand, 0, G_N_ELEMENTS (storm_actions))], NULL);
  settle ();
  storm_answer (fixture, rand);
  settle ();
  /* Growth by duplicates is not what is looked for here. */
  if (fermata_app_scene_get_n_items (fixture->canvas->scene) > 200)
    gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "doc.undo", NULL);
}

static void
check_storm (Fixture *fixture)
{
  FermataEditor *editor = fermata_app_document_get_editor (fixture->document);
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;

  g_assert_false (fermata_editor_is_in_gesture (editor));
  while (fermata_editor_can_redo (editor))
    g_assert_true (fermata_editor_redo (editor, &error));
  after = dup_text (fixture);
  while (fermata_editor_can_undo (editor))
    g_assert_true (fermata_editor_undo (editor, &error));
  undone = dup_text (fixture);
  g_assert_cmpstr (undone, ==, fixture->before);
  while (fermata_editor_can_redo (editor))
    g_assert_true (fermata_editor_redo (editor, &error));
  redone = dup_text (fixture);
  g_assert_cmpstr (redone, ==, after);
  settle ();
}

static void
test_storm (Fixture       *fixture,
            gconstpointer  text)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n_steps = g_test_thorough () ? 3000 : 300;

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < n_steps; i++)
    storm_step (fixture, rand);
  check_storm (fixture);
}

#define ADD(path, text, test) \
  g_test_add ("/app/gestures/" path, Fixture, text, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("click", MACHINE, test_click);
  ADD ("box", MACHINE, test_box);
  ADD ("box-inside", MACHINE, test_box_inside);
  ADD ("move", MACHINE, test_move);
  ADD ("move-cancelled", MACHINE, test_move_cancelled);
  ADD ("move-into", MACHINE, test_move_into);
  ADD ("move-out", MACHINE, test_move_out);
  ADD ("move-whole", MACHINE, test_move_whole);
  ADD ("connect-states", MACHINE, test_connect_states);
  ADD ("connect-to-itself", MACHINE, test_connect_to_itself);
  ADD ("connect-to-nothing", MACHINE, test_connect_to_nothing);
  ADD ("connect-inside", MACHINE, test_connect_inside);
  ADD ("drop-into", MACHINE, test_drop_into);
  ADD ("connect-tasks", TASKS, test_connect_tasks);
  ADD ("cut", TASKS, test_cut);
  ADD ("pan", MACHINE, test_pan);
  ADD ("menu", MACHINE, test_menu);
  ADD ("double-click", MACHINE, test_double_click);
  ADD ("enter-body", TASKS, test_enter_body);
  ADD ("drop", TASKS, test_drop);
  ADD ("drop-on-edge", TASKS, test_drop_on_edge);
  ADD ("add", MACHINE, test_add);
  ADD ("add-task", TASKS, test_add_task);
  ADD ("add-sorts", MACHINE, test_add_sorts);
  ADD ("connect", MACHINE, test_connect);
  ADD ("rename-refused", MACHINE, test_rename_refused);
  ADD ("delete", MACHINE, test_delete);
  ADD ("delete-and-reconnect", TASKS, test_delete_and_reconnect);
  ADD ("duplicate", MACHINE, test_duplicate);
  ADD ("clipboard", MACHINE, test_clipboard);
  ADD ("nudge", MACHINE, test_nudge);
  ADD ("walk", MACHINE, test_walk);
  ADD ("set-initial", MACHINE, test_set_initial);
  ADD ("zoom", MACHINE, test_zoom);
  ADD ("keys", MACHINE, test_keys);
  ADD ("proxies", MACHINE, test_proxies);
  ADD ("tab", MACHINE, test_tab);
  g_test_add_func ("/app/gestures/many-proxies", test_many_proxies);
  ADD ("storm/machine", MACHINE, test_storm);
  ADD ("storm/tasks", TASKS, test_storm);

  return g_test_run ();
}
