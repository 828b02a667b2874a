/* test-panes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The panes around the canvas, each alone in a window: what they show is what
 * the library says. */

#include "fermata-app-breakpoints-pane.h"
#include "fermata-app-console.h"
#include "fermata-app-data-pane.h"
#include "fermata-app-event-entry.h"
#include "fermata-app-history-pane.h"
#include "fermata-app-inputs-dialog.h"
#include "fermata-app-past-bar.h"
#include "fermata-app-run-bar.h"

#include <string.h>

#define TURNSTILE \
  "{ 'fermata': 1, 'kind': 'fsm', 'initial': 'locked', 'variables': { 'coins': 0 }," \
  "  'inputs': { 'price': { 'type': 'number', 'default': 1 }, 'name': { 'type': 'string', 'default': 'gate' } }," \
  "  'nodes': [ { 'id': 'locked' }, { 'id': 'unlocked' } ]," \
  "  'edges': [" \
  "    { 'from': 'locked', 'to': 'unlocked', 'event': 'coin', 'when': 'event.data.value >= inputs.price'," \
  "      'assign': [ { 'coins': 'variables.coins + 1' } ] }," \
  "    { 'from': 'unlocked', 'to': 'locked', 'event': 'push' } ] }"

typedef struct {
  FermataEngine *engine;
  FermataAppDocument *document;
  GtkWidget *window;
  GtkWidget *pane;
} Fixture;

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *json = g_strdelimit (g_strdup (TURNSTILE), "'", '"');
  g_autoptr (GBytes) text = g_bytes_new (json, strlen (json));
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  GType (*get_type) (void) = data;
  g_autoptr (GError) error = NULL;

  fixture->engine = fermata_engine_new_default ();
  fixture->document = fermata_app_document_new_from_text (fixture->engine, text, NULL, "test", diagnostics, &error);
  g_assert_no_error (error);
  fixture->pane = g_object_new (get_type (), "document", fixture->document, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 300);
  gtk_widget_insert_action_group (fixture->window, "doc", fermata_app_document_get_actions (fixture->document));
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->pane);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
  g_assert_finalize_object (fixture->document);
  settle ();
  g_object_unref (fixture->engine);
}

/* The first widget of a type, in the order of the tree, without those that are
 * hidden. */
static GtkWidget *
find (GtkWidget *top,
      GType      type)
{
  g_autoptr (GQueue) todo = g_queue_new ();

  g_queue_push_tail (todo, top);
  while (!g_queue_is_empty (todo))
    {
      GtkWidget *widget = g_queue_pop_head (todo);

      if (!gtk_widget_get_visible (widget))
        continue;
      if (g_type_is_a (G_OBJECT_TYPE (widget), type))
        return widget;
      for (GtkWidget *child = gtk_widget_get_last_child (widget); child != NULL;
           child = gtk_widget_get_prev_sibling (child))
        g_queue_push_head (todo, child);
    }

  return NULL;
}

/* Whether a label that is seen says this. */
static gboolean
says (GtkWidget  *top,
      const char *text)
{
  g_autoptr (GQueue) todo = g_queue_new ();

  g_queue_push_tail (todo, top);
  while (!g_queue_is_empty (todo))
    {
      GtkWidget *widget = g_queue_pop_head (todo);

      if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
        continue;
      if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
        return TRUE;
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        g_queue_push_tail (todo, child);
    }

  return FALSE;
}

/* Frames are drawn meanwhile; what never comes ends by the test's time limit. */
static void
wait_until_says (GtkWidget  *top,
                 const char *text)
{
  while (!says (top, text))
    {
      gtk_widget_queue_draw (top);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
run (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fermata_app_document_run (fixture->document, NULL, FALSE, &error));
  g_assert_no_error (error);
  settle ();
}

static void
type (GtkWidget  *entry,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
  settle ();
}

static FermataMoment *
moment_of (Fixture *fixture)
{
  return fermata_debugger_get_moment (fermata_app_document_get_debugger (fixture->document));
}

static void
assert_state (Fixture    *fixture,
              const char *expected)
{
  g_autoptr (FermataValue) configuration = fermata_moment_dup_configuration (moment_of (fixture), 0);

  g_assert_cmpstr (fermata_value_get_string (fermata_value_get_element (configuration, 0), NULL), ==, expected);
}

static void
assert_coins (Fixture *fixture,
              gint64   expected)
{
  FermataValue *coins = fermata_value_get_member (fermata_moment_get_variables (moment_of (fixture)), "coins");

  g_assert_cmpint (fermata_value_get_integer (coins), ==, expected);
}

/* What is typed is sent; what is wrong is told, and stays to be mended; what could
 * be taken now is offered. */
static void
test_event_entry (Fixture       *fixture,
                  gconstpointer  data)
{
  GtkWidget *entry;
  GtkWidget *offer;

  g_assert_null (find (fixture->pane, GTK_TYPE_ENTRY));
  run (fixture);
  entry = find (fixture->pane, GTK_TYPE_ENTRY);
  g_assert_nonnull (entry);

  type (entry, "coin {\"value\": ");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "coin {\"value\": ");
  type (entry, "two words, no JSON");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  assert_state (fixture, "locked");

  type (entry, "coin {\"value\": 0}");
  assert_state (fixture, "locked");
  type (entry, "coin {\"value\": 1}");
  assert_state (fixture, "unlocked");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");

  offer = find (fixture->pane, GTK_TYPE_BUTTON);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (offer)), ==, "push");
  g_signal_emit_by_name (offer, "clicked");
  settle ();
  assert_state (fixture, "locked");

  /* With what was sent with it last. */
  offer = find (fixture->pane, GTK_TYPE_BUTTON);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (offer)), ==, "coin");
  g_signal_emit_by_name (offer, "clicked");
  settle ();
  assert_state (fixture, "unlocked");
}

static void
send_coin (Fixture *fixture)
{
  g_autoptr (FermataValue) data = fermata_value_parse ("{\"value\": 1}", -1, NULL);
  FermataDebugger *debugger = fermata_app_document_get_debugger (fixture->document);

  g_assert_true (fermata_run_send_event (fermata_debugger_get_run (debugger), "coin", data));
  settle ();
}

/* Variables follow the moment looked at, and can be changed at the live one. */
static void
test_data (Fixture       *fixture,
           gconstpointer  data)
{
  FermataDebugger *debugger;
  GtkWidget *list;
  GtkWidget *popover_entry;

  g_assert_true (says (fixture->pane, "No Data Yet") || find (fixture->pane, ADW_TYPE_STATUS_PAGE) != NULL);
  run (fixture);
  wait_until_says (fixture->pane, "coins");
  send_coin (fixture);
  assert_coins (fixture, 1);
  wait_until_says (fixture->pane, "by ");

  debugger = fermata_app_document_get_debugger (fixture->document);
  list = find (fixture->pane, GTK_TYPE_LIST_VIEW);
  /* variables, coins */
  g_signal_emit_by_name (list, "activate", 1);
  settle ();
  popover_entry = gtk_widget_get_ancestor (list, GTK_TYPE_BOX);
  popover_entry = find (gtk_widget_get_last_child (popover_entry), GTK_TYPE_ENTRY);
  g_assert_nonnull (popover_entry);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (popover_entry)), ==, "1");
  type (popover_entry, "4 +");
  assert_coins (fixture, 1);
  type (popover_entry, "41");
  assert_coins (fixture, 41);
  wait_until_says (list, "41");

  fermata_debugger_go_first (debugger);
  settle ();
  g_assert_false (says (list, "41"));
  fermata_debugger_go_live (debugger);
  settle ();
  wait_until_says (list, "41");
}

static void
test_console (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *entry = find (fixture->pane, GTK_TYPE_ENTRY);
  GtkWidget *list;

  g_assert_false (gtk_widget_get_sensitive (entry));
  run (fixture);
  send_coin (fixture);
  type (entry, "variables.coins + 41");
  g_assert_true (says (fixture->pane, "variables.coins + 41 = 42"));
  type (entry, "nobody.knows");
  g_assert_true (says (fixture->pane, "nobody.knows: "));
  assert_coins (fixture, 1);

  wait_until_says (fixture->pane, "state-entered");
  list = find (fixture->pane, GTK_TYPE_LIST_VIEW);
  g_signal_emit_by_name (list, "activate", 0);
  settle ();
  g_assert_cmpuint (fermata_debugger_get_number (fermata_app_document_get_debugger (fixture->document)), ==, 1);
}

static void
test_past_bar (Fixture       *fixture,
               gconstpointer  data)
{
  GtkWidget *revealer = find (fixture->pane, GTK_TYPE_REVEALER);
  GtkWidget *button;

  run (fixture);
  g_assert_false (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
  fermata_debugger_go_first (fermata_app_document_get_debugger (fixture->document));
  settle ();
  g_assert_true (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
  wait_until_says (fixture->pane, "Viewing the past");
  button = find (fixture->pane, GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  settle ();
  g_assert_false (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
}

static void
test_run_bar (Fixture       *fixture,
              gconstpointer  data)
{
  GActionGroup *actions = fermata_app_document_get_actions (fixture->document);

  run (fixture);
  g_assert_true (says (fixture->pane, "Waiting"));
  g_action_group_activate_action (actions, "pause", NULL);
  settle ();
  g_assert_true (says (fixture->pane, "Held"));
  g_action_group_activate_action (actions, "go-first", NULL);
  settle ();
  g_assert_true (says (fixture->pane, "Past"));
  g_action_group_activate_action (actions, "go-live", NULL);
  g_action_group_activate_action (actions, "stop", NULL);
  settle ();
  g_assert_true (says (fixture->pane, "Cancelled"));
}

/* A condition is checked while it is typed, and kept as it is typed. */
static void
test_breakpoints (Fixture       *fixture,
                  gconstpointer  data)
{
  FermataBreakpoints *breakpoints = fermata_app_document_get_breakpoints (fixture->document);
  FermataBreakpoint *breakpoint = fermata_breakpoints_toggle (breakpoints, FERMATA_PLACE_KIND_NODE, "unlocked");
  GtkWidget *condition;
  GtkWidget *enabled;

  settle ();
  condition = find (fixture->pane, GTK_TYPE_ENTRY);
  g_assert_nonnull (condition);
  gtk_editable_set_text (GTK_EDITABLE (condition), "variables.coins >");
  g_assert_true (gtk_widget_has_css_class (condition, "error"));
  gtk_editable_set_text (GTK_EDITABLE (condition), "variables.coins > 1");
  g_assert_false (gtk_widget_has_css_class (condition, "error"));
  g_assert_cmpstr (fermata_breakpoint_get_condition (breakpoint), ==, "variables.coins > 1");

  enabled = find (fixture->pane, GTK_TYPE_CHECK_BUTTON);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (enabled)));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (enabled), FALSE);
  g_assert_false (fermata_breakpoint_get_enabled (breakpoint));
  fermata_breakpoint_set_enabled (breakpoint, TRUE);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (enabled)));

  fermata_breakpoints_remove_all (breakpoints);
  settle ();
  g_assert_null (find (fixture->pane, GTK_TYPE_CHECK_BUTTON));
}

/* Each input has a row with its default; a wrong one cannot be run. */
static void
test_inputs (void)
{
  g_autofree char *json = g_strdelimit (g_strdup (TURNSTILE), "'", '"');
  g_autoptr (GBytes) text = g_bytes_new (json, strlen (json));
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (FermataGraph) graph = fermata_json_read_graph (text, "test", diagnostics, NULL);
  g_autoptr (FermataGraph) without = fermata_graph_new (FERMATA_GRAPH_KIND_DAG);
  g_autoptr (FermataValue) inputs = NULL;
  GtkWidget *dialog;
  GtkWidget *row;
  g_autofree char *given = NULL;

  g_assert_true (fermata_app_inputs_dialog_is_needed (graph));
  g_assert_false (fermata_app_inputs_dialog_is_needed (without));

  dialog = fermata_app_inputs_dialog_new (NULL, graph, NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  settle ();
  row = find (dialog, ADW_TYPE_ENTRY_ROW);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "1");
  gtk_editable_set_text (GTK_EDITABLE (row), "\"1\"");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "run"));
  g_assert_null (fermata_app_inputs_dialog_dup_inputs (FERMATA_APP_INPUTS_DIALOG (dialog)));
  gtk_editable_set_text (GTK_EDITABLE (row), "2.5");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "run"));
  inputs = fermata_app_inputs_dialog_dup_inputs (FERMATA_APP_INPUTS_DIALOG (dialog));
  given = fermata_value_to_string (inputs, FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (given, ==, "{\"price\":2.5,\"name\":\"gate\"}");
  gtk_window_destroy (GTK_WINDOW (dialog));
  settle ();
}

#define ADD(name, type, test) \
  g_test_add ("/panes/" name, Fixture, type, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("event-entry", fermata_app_event_entry_get_type, test_event_entry);
  ADD ("data", fermata_app_data_pane_get_type, test_data);
  ADD ("console", fermata_app_console_get_type, test_console);
  ADD ("past-bar", fermata_app_past_bar_get_type, test_past_bar);
  ADD ("run-bar", fermata_app_run_bar_get_type, test_run_bar);
  ADD ("breakpoints", fermata_app_breakpoints_pane_get_type, test_breakpoints);
  g_test_add_func ("/panes/inputs", test_inputs);

  return g_test_run ();
}
