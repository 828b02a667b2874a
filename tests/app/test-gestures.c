/* test-gestures.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The mouse on the canvas, from within: the signals of its gestures; and a storm
 * of them. Whatever was done is undone to the same bytes.
 */

#include "canvas-fixture.h"

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
  ADD ("storm/machine", MACHINE, test_storm);
  ADD ("storm/tasks", TASKS, test_storm);

  return g_test_run ();
}
