/* test-document.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A document without a window: what it tells the views. */

#include "fermata-app-datum.h"
#include "fermata-app-look.h"

#include <string.h>

#define TURNSTILE \
  "{ 'fermata': 1, 'kind': 'fsm', 'initial': 'locked', 'variables': { 'coins': 0 }," \
  "  'nodes': [ { 'id': 'locked' }, { 'id': 'unlocked' } ]," \
  "  'edges': [" \
  "    { 'from': 'locked', 'to': 'unlocked', 'event': 'coin', 'when': 'event.data.value >= 1'," \
  "      'assign': [ { 'coins': 'variables.coins + 1' } ] }," \
  "    { 'from': 'unlocked', 'to': 'locked', 'event': 'push' } ] }"

#define TASKS \
  "{ 'fermata': 1, 'kind': 'dag'," \
  "  'nodes': [ { 'id': 'a', 'type': 'set', 'with': { 'value': [1, 2] } }," \
  "             { 'id': 'b', 'type': 'fail', 'with': { 'message': 'no more' } }," \
  "             { 'id': 'c', 'type': 'set', 'with': { 'value': 3 } }," \
  "             { 'id': 'd', 'type': 'set', 'with': { 'value': 4 } }," \
  "             { 'id': 'e', 'type': 'set', 'with': { 'value': 5 } } ]," \
  "  'edges': [ { 'from': 'b', 'to': 'c' }, { 'from': 'a', 'to': 'b' }, { 'from': 'a', 'to': [ 'd', 'e' ] } ] }"

#define GREETING \
  "{ 'fermata': 1, 'kind': 'dag', 'inputs': { 'name': { 'type': 'string' } }," \
  "  'nodes': [ { 'id': 'a', 'type': 'set', 'with': { 'value': 1 } } ] }"

typedef struct {
  FermataEngine *engine;
  FermataAppDocument *document;
  char *failure;
} Fixture;

static void
note_failure (Fixture    *fixture,
              const char *message)
{
  g_free (fixture->failure);
  fixture->failure = g_strdup (message);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *json = g_strdelimit (g_strdup (data), "'", '"');
  g_autoptr (GBytes) text = g_bytes_new (json, strlen (json));
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;

  fixture->engine = fermata_engine_new_default ();
  fixture->document = fermata_app_document_new_from_text (fixture->engine, text, NULL, "test", diagnostics, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (fixture->document, "failed", G_CALLBACK (note_failure), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->document), (gpointer *) &fixture->document);
  g_object_unref (fixture->document);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (fixture->document);
  g_object_unref (fixture->engine);
  g_free (fixture->failure);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static FermataNode *
node_of (Fixture    *fixture,
         const char *id)
{
  FermataNode *node = fermata_graph_find_node (fermata_app_document_get_graph (fixture->document), id);

  g_assert_nonnull (node);

  return node;
}

static FermataEdge *
edge_of (Fixture    *fixture,
         const char *name)
{
  FermataEdge *edge = fermata_graph_find_edge (fermata_app_document_get_graph (fixture->document), name);

  g_assert_nonnull (edge);

  return edge;
}

static void
assert_node (Fixture    *fixture,
             const char *id,
             const char *expected)
{
  g_autofree char *name = fermata_app_look_dup_node_name (fixture->document, node_of (fixture, id));

  g_assert_cmpstr (name, ==, expected);
}

static void
assert_edge (Fixture    *fixture,
             const char *edge,
             const char *expected)
{
  g_autofree char *name = fermata_app_look_dup_edge_name (fixture->document, edge_of (fixture, edge));

  g_assert_cmpstr (name, ==, expected);
}

static void
run (Fixture  *fixture,
     gboolean  held)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fermata_app_document_run (fixture->document, NULL, held, &error));
  g_assert_no_error (error);
  settle ();
}

static void
send (Fixture    *fixture,
      const char *name,
      gint64      value)
{
  const char *names[] = { "value" };
  g_autoptr (FermataValue) number = fermata_value_new_integer (value);
  g_autoptr (FermataValue) data = fermata_value_new_object (names, &number, 1);
  FermataDebugger *debugger = fermata_app_document_get_debugger (fixture->document);

  g_assert_true (fermata_run_send_event (fermata_debugger_get_run (debugger), name, data));
  settle ();
}

static void
activate (Fixture    *fixture,
          const char *action)
{
  GActionGroup *actions = fermata_app_document_get_actions (fixture->document);

  g_assert_true (g_action_group_get_action_enabled (actions, action));
  g_action_group_activate_action (actions, action, NULL);
  settle ();
}

/* What nodes and edges are called tells their part in the moment looked at. */
static void
test_machine (Fixture       *fixture,
              gconstpointer  data)
{
  FermataDebugger *debugger;

  assert_node (fixture, "locked", "locked, state");
  assert_edge (fixture, "locked>unlocked", "locked to unlocked, coin [event.data.value >= 1]");

  run (fixture, FALSE);
  assert_node (fixture, "locked", "locked, state, active");
  assert_node (fixture, "unlocked", "unlocked, state");
  send (fixture, "coin", 1);
  assert_node (fixture, "locked", "locked, state, visited");
  assert_node (fixture, "unlocked", "unlocked, state, active");
  assert_edge (fixture, "locked>unlocked", "locked to unlocked, coin [event.data.value >= 1], just taken");
  send (fixture, "push", 1);
  assert_edge (fixture, "locked>unlocked", "locked to unlocked, coin [event.data.value >= 1], taken");
  assert_edge (fixture, "unlocked>locked", "unlocked to locked, push, just taken");

  activate (fixture, "step-back");
  debugger = fermata_app_document_get_debugger (fixture->document);
  g_assert_false (fermata_debugger_is_live (debugger));
  assert_node (fixture, "unlocked", "unlocked, state, active");
  activate (fixture, "go-live");
  assert_node (fixture, "locked", "locked, state, active");
  g_assert_null (fixture->failure);
}

/* A condition decides whether it holds; the place says so. */
static void
test_breakpoint (Fixture       *fixture,
                 gconstpointer  data)
{
  FermataBreakpoint *breakpoint;
  FermataDebugger *debugger;

  fermata_app_selection_set_only (fermata_app_document_get_selection (fixture->document),
                                  node_of (fixture, "unlocked"));
  activate (fixture, "toggle-breakpoint");
  assert_node (fixture, "unlocked", "unlocked, state, breakpoint");
  breakpoint = fermata_app_document_find_breakpoint (fixture->document, node_of (fixture, "unlocked"));
  fermata_breakpoint_set_condition (breakpoint, "variables.coins === 2");
  assert_node (fixture, "unlocked", "unlocked, state, conditional breakpoint");

  run (fixture, FALSE);
  send (fixture, "coin", 1);
  debugger = fermata_app_document_get_debugger (fixture->document);
  g_assert_false (fermata_debugger_is_held (debugger));
  send (fixture, "push", 0);
  send (fixture, "coin", 1);
  g_assert_true (fermata_debugger_is_held (debugger));
  assert_node (fixture, "unlocked", "unlocked, state, visited, held, conditional breakpoint");
  activate (fixture, "run");
  g_assert_false (fermata_debugger_is_held (debugger));
  assert_node (fixture, "unlocked", "unlocked, state, active, conditional breakpoint");
}

/* The graph is edited while it runs: the run goes on as it began. */
static void
test_edit_while_running (Fixture       *fixture,
                         gconstpointer  data)
{
  FermataEditor *editor = fermata_app_document_get_editor (fixture->document);
  g_autoptr (FermataEdit) rename = fermata_edit_new_rename_node ("/nodes/0", "closed");
  g_autoptr (GError) error = NULL;

  run (fixture, FALSE);
  g_assert_true (fermata_editor_apply (editor, rename, "Rename", &error));
  g_assert_no_error (error);
  assert_node (fixture, "closed", "closed, state, active");
  send (fixture, "coin", 1);
  assert_node (fixture, "closed", "closed, state, visited");
  assert_node (fixture, "unlocked", "unlocked, state, active");
  g_assert_true (fermata_app_document_apply (fixture->document, fermata_edit_new_remove_node ("/nodes/1"), "Delete")
                 || fixture->failure != NULL);
  send (fixture, "push", 1);
  assert_node (fixture, "closed", "closed, state, active");
}

/* What is deleted and brought back is the same to the run. */
static void
test_undo_while_running (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  g_autoptr (FermataEdit) edit = NULL;
  g_autoptr (GError) error = NULL;

  run (fixture, FALSE);
  send (fixture, "coin", 1);
  g_ptr_array_add (nodes, node_of (fixture, "locked"));
  edit = fermata_edit_new_delete (fermata_app_document_get_graph (fixture->document), nodes, &error);
  g_assert_no_error (error);
  g_assert_true (fermata_app_document_apply (fixture->document, fermata_edit_ref (edit), "Delete"));
  activate (fixture, "undo");
  assert_node (fixture, "locked", "locked, state, visited");
  assert_edge (fixture, "locked>unlocked", "locked to unlocked, coin [event.data.value >= 1], just taken");
}

static void
test_tasks (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *caption = NULL;
  FermataDebugger *debugger;

  run (fixture, FALSE);
  debugger = fermata_app_document_get_debugger (fixture->document);
  while (!fermata_run_has_ended (fermata_debugger_get_run (debugger)))
    g_main_context_iteration (NULL, TRUE);
  settle ();

  assert_node (fixture, "a", "a, set, done");
  assert_node (fixture, "b", "b, fail, failed");
  assert_node (fixture, "c", "c, set, skipped");
  assert_edge (fixture, "a>b", "a to b, taken");
  assert_edge (fixture, "a>d,e", "a to d and e, taken");
  assert_edge (fixture, "b>c", "b to c, failed");
  caption = fermata_app_look_dup_caption (fixture->document, node_of (fixture, "a"));
  g_assert_cmpstr (caption, ==, "2 items");

  activate (fixture, "go-first");
  assert_node (fixture, "a", "a, set, waiting, next");
}

/* Without a run, a step begins one: asked for, not begun by itself. */
static gboolean start_held;
static guint n_starts;

static void
note_start (FermataAppDocument *document,
            gboolean            held)
{
  start_held = held;
  n_starts++;
}

static void
test_start (Fixture       *fixture,
            gconstpointer  data)
{
  GActionGroup *actions = fermata_app_document_get_actions (fixture->document);

  g_signal_connect (fixture->document, "start-requested", G_CALLBACK (note_start), NULL);
  g_assert_false (g_action_group_get_action_enabled (actions, "stop"));
  g_assert_false (g_action_group_get_action_enabled (actions, "step-back"));
  g_assert_false (g_action_group_get_action_enabled (actions, "undo"));
  activate (fixture, "run");
  g_assert_cmpuint (n_starts, ==, 1);
  g_assert_false (start_held);
  activate (fixture, "step-over");
  g_assert_cmpuint (n_starts, ==, 2);
  g_assert_true (start_held);

  run (fixture, TRUE);
  g_assert_true (fermata_debugger_is_held (fermata_app_document_get_debugger (fixture->document)));
  g_assert_true (g_action_group_get_action_enabled (actions, "stop"));
  activate (fixture, "stop");
  g_assert_cmpuint (fermata_debugger_get_state (fermata_app_document_get_debugger (fixture->document)), ==,
                    FERMATA_RUN_STATE_CANCELLED);
}

/* What is wrong is found when editing has paused, and belongs to its element. */
static void
test_problems (Fixture       *fixture,
               gconstpointer  data)
{
  FermataEditor *editor = fermata_app_document_get_editor (fixture->document);
  g_autoptr (FermataValue) when = fermata_value_new_string ("1 +", -1);
  g_autoptr (FermataDiagnostic) diagnostic = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (fermata_app_document_apply (fixture->document,
                                             fermata_edit_new_set_member ("/edges/1", "when", when), "Edit"));
  g_assert_true (fermata_editor_is_modified (editor));
  fermata_app_document_check_now (fixture->document);
  diagnostic = g_list_model_get_item (fermata_app_document_get_diagnostics (fixture->document), 0);
  g_assert_nonnull (diagnostic);
  g_assert_true (fermata_app_document_find_subject (fixture->document, diagnostic)
                 == (gpointer) edge_of (fixture, "unlocked>locked"));
  assert_edge (fixture, "unlocked>locked", "unlocked to locked, push [1 +], error");
  g_assert_false (fermata_app_document_run (fixture->document, NULL, FALSE, &error));
  g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_INVALID);
  g_assert_null (fermata_app_document_get_session (fixture->document));

  activate (fixture, "undo");
  g_assert_false (fermata_editor_is_modified (editor));
  fermata_app_document_check_now (fixture->document);
  assert_edge (fixture, "unlocked>locked", "unlocked to locked, push");
}

static FermataValue *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  FermataValue *value = fermata_value_parse (text, -1, &error);

  g_assert_no_error (error);

  return value;
}

/* What was typed is offered again, also if it was refused. */
static void
test_inputs (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (FermataValue) ada = parse ("{ 'name': 'Ada' }");
  g_autoptr (FermataValue) wrong = parse ("{ 'name': 12 }");
  g_autoptr (GError) error = NULL;

  g_assert_null (fermata_app_document_get_inputs (fixture->document));
  g_assert_true (fermata_app_document_run (fixture->document, ada, FALSE, &error));
  g_assert_no_error (error);
  settle ();
  g_assert_true (fermata_app_document_get_inputs (fixture->document) == ada);

  g_assert_false (fermata_app_document_run (fixture->document, NULL, FALSE, NULL));
  g_assert_true (fermata_app_document_get_inputs (fixture->document) == ada);
  g_assert_false (fermata_app_document_run (fixture->document, wrong, FALSE, NULL));
  g_assert_true (fermata_app_document_get_inputs (fixture->document) == wrong);
}

static void
test_end_run (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (FermataRun) ended = NULL;

  fermata_app_document_end_run (fixture->document);
  run (fixture, TRUE);
  ended = g_object_ref (fermata_app_session_get_run (fermata_app_document_get_session (fixture->document)));
  g_assert_false (fermata_run_has_ended (ended));

  fermata_app_document_end_run (fixture->document);
  g_assert_null (fermata_app_document_get_session (fixture->document));
  settle ();
  g_assert_cmpint (fermata_run_get_state (ended), ==, FERMATA_RUN_STATE_CANCELLED);
  assert_node (fixture, "locked", "locked, state");

  run (fixture, FALSE);
  g_assert_nonnull (fermata_app_document_get_session (fixture->document));
}

/* Rows stay the same objects while what they show comes and goes. */
static void
test_datum (void)
{
  g_autoptr (FermataAppDatum) top = fermata_app_datum_new ("top");
  g_autoptr (FermataAppDatum) list = NULL;
  g_autoptr (FermataAppDatum) number = NULL;
  g_autoptr (FermataValue) one = parse ("{ 'list': [1, 2], 'other': 'x' }");
  g_autoptr (FermataValue) two = parse ("{ 'list': [1, 3], 'other': 'x' }");
  g_autoptr (FermataValue) three = parse ("{ 'list': [1], 'other': 'x' }");
  g_autoptr (FermataAppDatum) none = NULL;
  g_autofree char *text = NULL;

  fermata_app_datum_set_value (top, one);
  list = g_list_model_get_item (G_LIST_MODEL (top), 0);
  number = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_cmpstr (fermata_app_datum_get_name (list), ==, "list");
  g_assert_cmpstr (fermata_app_datum_get_name (number), ==, "1");
  g_assert_false (fermata_app_datum_is_changed (number));

  fermata_app_datum_set_value (top, two);
  g_object_get (number, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "3");
  g_assert_true (fermata_app_datum_is_changed (number));
  g_assert_true (fermata_app_datum_is_changed (list));

  fermata_app_datum_set_value (top, two);
  g_assert_false (fermata_app_datum_is_changed (number));

  fermata_app_datum_set_value (top, three);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  none = g_list_model_get_item (G_LIST_MODEL (list), 1);
  g_assert_null (none);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/document/machine", Fixture, TURNSTILE, set_up, test_machine, tear_down);
  g_test_add ("/document/breakpoint", Fixture, TURNSTILE, set_up, test_breakpoint, tear_down);
  g_test_add ("/document/edit-while-running", Fixture, TURNSTILE, set_up, test_edit_while_running, tear_down);
  g_test_add ("/document/undo-while-running", Fixture, TURNSTILE, set_up, test_undo_while_running, tear_down);
  g_test_add ("/document/tasks", Fixture, TASKS, set_up, test_tasks, tear_down);
  g_test_add ("/document/start", Fixture, TURNSTILE, set_up, test_start, tear_down);
  g_test_add ("/document/problems", Fixture, TURNSTILE, set_up, test_problems, tear_down);
  g_test_add ("/document/inputs", Fixture, GREETING, set_up, test_inputs, tear_down);
  g_test_add ("/document/end-run", Fixture, TURNSTILE, set_up, test_end_run, tear_down);
  g_test_add_func ("/document/datum", test_datum);

  return g_test_run ();
}
