/* test-canvas-keys.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What is done on the canvas by actions and keys, and what assistive technology is
 * told of it.
 */

#include "canvas-fixture.h"

#include "fermata-app-proxy.h"

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

#define ADD(path, text, test) \
  g_test_add ("/app/canvas-keys/" path, Fixture, text, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

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
  g_test_add_func ("/app/canvas-keys/many-proxies", test_many_proxies);

  return g_test_run ();
}
