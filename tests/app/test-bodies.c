/* test-bodies.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Bodies: which frame of them is looked at, and what is said of it. What it ought
 * to be is read off the history here, event by event. */

#include "fermata-app-bodies.h"
#include "fermata-app-breadcrumb.h"
#include "fermata-app-counts.h"
#include "fermata-app-frames.h"
#include "fermata-app-look.h"
#include "fermata-app-tasks.h"

#include <gtk/gtk.h>
#include <string.h>

#define NESTED \
  "{ 'fermata': 1, 'kind': 'dag', 'nodes': [" \
  "  { 'id': 'list', 'type': 'set', 'with': { 'value': [1, 2, 3, 4] } }," \
  "  { 'id': 'each', 'type': 'subgraph', 'body': { 'nodes': [" \
  "    { 'id': 'double', 'type': 'set', 'with': { 'value': '{{input * 2}}' } }," \
  "    { 'id': 'inner', 'type': 'subgraph', 'body': { 'nodes': [" \
  "      { 'id': 'a', 'type': 'set', 'with': { 'value': '{{input + 1}}' } }," \
  "      { 'id': 'b', 'type': 'set', 'with': { 'value': '{{input + 1}}' } } ]," \
  "      'edges': [ { 'from': 'a', 'to': 'b' } ] } } ]," \
  "    'edges': [ { 'from': 'double', 'to': 'inner' } ] } }," \
  "  { 'id': 'end', 'type': 'set', 'with': { 'value': '{{input.length}}' } } ]," \
  "  'edges': [ { 'from': 'list', 'to': 'each', 'each': true }, { 'from': 'each', 'to': 'end' } ] }"

#define FAILING \
  "{ 'fermata': 1, 'kind': 'dag', 'nodes': [" \
  "  { 'id': 'list', 'type': 'set', 'with': { 'value': [1, 2, 3] } }," \
  "  { 'id': 'each', 'type': 'subgraph', 'on-error': 'continue', 'body': { 'nodes': [" \
  "    { 'id': 'odd', 'type': 'if', 'with': { 'when': 'input == 2' } }," \
  "    { 'id': 'no', 'type': 'fail', 'with': { 'message': 'no' } } ]," \
  "    'edges': [ { 'from': 'odd', 'to': 'no', 'case': true } ] } } ]," \
  "  'edges': [ { 'from': 'list', 'to': 'each', 'each': true } ] }"

#define RETRIED \
  "{ 'fermata': 1, 'kind': 'dag', 'nodes': [" \
  "  { 'id': 'sub', 'type': 'subgraph', 'retry': { 'attempts': 3, 'delay': '0s', 'kinds': [ 'execution' ] }, 'body': { 'nodes': [" \
  "    { 'id': 'no', 'type': 'fail', 'with': { 'message': 'no' } } ], 'edges': [] } } ], 'edges': [] }"

/* Of what the state does, two have bodies. */
#define MACHINE \
  "{ 'fermata': 1, 'kind': 'fsm', 'nodes': [" \
  "  { 'id': 'busy', 'do': [" \
  "    { 'type': 'log', 'with': { 'message': 'hello' } }," \
  "    { 'id': 'one', 'type': 'subgraph', 'body': { 'kind': 'dag', 'nodes': [" \
  "      { 'id': 'a', 'type': 'set', 'with': { 'value': 1 } } ], 'edges': [] } }," \
  "    { 'id': 'all', 'type': 'foreach', 'with': { 'items': '[5, 6]' }, 'body': { 'kind': 'dag', 'nodes': [" \
  "      { 'id': 'a', 'type': 'set', 'with': { 'value': '{{input}}' } } ], 'edges': [] } } ] }," \
  "  { 'id': 'end', 'type': 'final' } ]," \
  "  'edges': [ { 'from': 'busy', 'to': 'end', 'event': 'go' } ] }"

typedef struct {
  FermataEngine *engine;
  FermataAppDocument *document;
  FermataGraph *body;
  FermataGraph *inner;
} Fixture;

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static FermataGraph *
body_of (FermataGraph *graph,
         const char   *id)
{
  FermataNode *node = fermata_graph_find_node (graph, id);

  return node == NULL ? NULL : fermata_node_get_body (node, "body");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *json = g_strdelimit (g_strdup (data), "'", '"');
  g_autoptr (GBytes) text = g_bytes_new (json, strlen (json));
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;
  FermataGraph *graph;

  fixture->engine = fermata_engine_new_default ();
  fixture->document = fermata_app_document_new_from_text (fixture->engine, text, NULL, "test", diagnostics, &error);
  g_assert_no_error (error);
  graph = fermata_app_document_get_graph (fixture->document);
  fixture->body = body_of (graph, "each");
  fixture->inner = fixture->body == NULL ? NULL : body_of (fixture->body, "inner");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  settle ();
  g_assert_finalize_object (fixture->document);
  settle ();
  g_object_unref (fixture->engine);
}

static FermataDebugger *
start (Fixture  *fixture,
       gboolean  held)
{
  g_autoptr (GError) error = NULL;

  fermata_app_document_run (fixture->document, NULL, held, &error);
  g_assert_no_error (error);
  settle ();

  return fermata_app_document_get_debugger (fixture->document);
}

static FermataDebugger *
run_to_end (Fixture *fixture)
{
  FermataDebugger *debugger = start (fixture, FALSE);

  while (!fermata_run_has_ended (fermata_debugger_get_run (debugger)))
    g_main_context_iteration (NULL, TRUE);
  settle ();

  return debugger;
}

static FermataAppIteration
look (Fixture      *fixture,
      FermataGraph *body)
{
  FermataAppIteration iteration;

  g_assert_true (fermata_app_session_get_iteration (fermata_app_document_get_session (fixture->document), body,
                                                    &iteration));

  return iteration;
}

static void
assert_caption (Fixture      *fixture,
                FermataGraph *graph,
                const char   *id,
                const char   *caption)
{
  g_autofree char *found = fermata_app_look_dup_caption (fixture->document, fermata_graph_find_node (graph, id));

  g_assert_cmpstr (found, ==, caption);
}

static void
assert_name (Fixture      *fixture,
             FermataGraph *graph,
             const char   *id,
             const char   *name)
{
  g_autofree char *found = fermata_app_look_dup_node_name (fixture->document, fermata_graph_find_node (graph, id));

  g_assert_cmpstr (found, ==, name);
}

/* What has gone is shown as it was when it was left. */
static void
test_ended (Fixture       *fixture,
            gconstpointer  data)
{
  FermataGraph *graph = fermata_app_document_get_graph (fixture->document);
  FermataAppIteration iteration;

  run_to_end (fixture);
  assert_name (fixture, graph, "each", "each, subgraph, done, has a body, 4 of 4");
  iteration = look (fixture, fixture->body);
  g_assert_true (iteration.is_there && iteration.is_latest_wanted && iteration.has_ended);
  g_assert_false (iteration.has_failed || iteration.any_has_failed);
  g_assert_cmpuint (iteration.index, ==, 3);
  g_assert_cmpuint (iteration.n_begun, ==, 4);
  g_assert_cmpuint (iteration.n_all, ==, 4);

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *doubled = g_strdup_printf ("%u", 2 * (i + 1));
      g_autofree char *increased = g_strdup_printf ("%u", 2 * (i + 1) + 2);

      fermata_app_document_want_iteration (fixture->document, fixture->body, i);
      g_assert_cmpuint (look (fixture, fixture->body).index, ==, i);
      g_assert_false (look (fixture, fixture->body).is_latest_wanted);
      assert_caption (fixture, fixture->body, "double", doubled);
      assert_caption (fixture, fixture->inner, "b", increased);
      assert_name (fixture, fixture->inner, "b", "b, set, done");
    }

  fermata_app_document_want_latest (fixture->document, fixture->body);
  assert_caption (fixture, fixture->body, "double", "8");
}

/* Plainly, by going through all that has happened. */
static guint32
find_plainly (FermataHistory *history,
              guint64         number,
              guint32         index,
              guint64        *left)
{
  guint32 item = 0;
  guint32 frame = 0;

  *left = 0;
  for (guint64 i = 1; i <= number; i++)
    {
      const FermataEvent *event = fermata_history_get_event (history, i);
      guint32 entered;

      if (event->kind != FERMATA_EVENT_FRAME_ENTERED && event->kind != FERMATA_EVENT_FRAME_LEFT)
        continue;
      entered = fermata_value_get_integer (fermata_value_get_member (event->payload, "frame"));
      if (event->kind == FERMATA_EVENT_FRAME_LEFT && entered == frame)
        *left = i;
      if (event->kind == FERMATA_EVENT_FRAME_LEFT)
        continue;
      if (event->frame == 0
          && fermata_value_get_integer (fermata_value_get_member (event->payload, "index")) == index)
        item = entered;
      else if (item != 0 && event->frame == item)
        frame = entered;
    }

  return frame;
}

/* At each moment, each iteration: found, or not there yet, and with the statuses that
 * a fold gives. */
static void
test_every_moment (Fixture       *fixture,
                   gconstpointer  data)
{
  FermataDebugger *debugger = run_to_end (fixture);
  FermataHistory *history = fermata_run_get_history (fermata_debugger_get_run (debugger));
  FermataAppSession *session = fermata_app_document_get_session (fixture->document);
  FermataNode *node = fermata_graph_find_node (fixture->body, "double");
  guint n_found = 0;

  for (guint64 number = fermata_debugger_get_n_events (debugger); number > 0; number--)
    {
      g_assert_true (fermata_debugger_go_to (debugger, number, NULL));
      for (guint i = 0; i < 4; i++)
        {
          g_autoptr (FermataMoment) moment = NULL;
          FermataAppSpot spot;
          guint64 left;
          guint32 frame = find_plainly (history, number, i, &left);

          fermata_app_document_want_iteration (fixture->document, fixture->body, i);
          g_assert_cmpint (fermata_app_session_find_node (session, node, &spot), ==, frame != 0);
          g_assert_cmpint (look (fixture, fixture->body).is_there, ==, frame != 0);
          if (frame == 0)
            continue;

          n_found++;
          g_assert_cmpuint (spot.frame, ==, frame);
          moment = fermata_history_dup_moment (history, left != 0 ? left - 1 : number);
          g_assert_cmpint (fermata_moment_get_node_status (spot.moment, spot.frame, spot.place), ==,
                           fermata_moment_get_node_status (moment, frame, spot.place));
        }
    }
  g_assert_cmpuint (n_found, >, 100);
}

/* One level keeps what is wanted of it while another is looked at. */
static void
test_levels (Fixture       *fixture,
             gconstpointer  data)
{
  FermataDebugger *debugger = run_to_end (fixture);
  guint64 n_events = fermata_debugger_get_n_events (debugger);

  fermata_app_document_set_shown (fixture->document, fixture->inner);
  fermata_app_document_want_iteration (fixture->document, fixture->body, 1);
  g_assert_cmpuint (look (fixture, fixture->inner).index, ==, 0);
  g_assert_cmpuint (look (fixture, fixture->inner).n_begun, ==, 1);
  assert_caption (fixture, fixture->inner, "a", "5");

  g_assert_true (fermata_debugger_go_to (debugger, 1, NULL));
  g_assert_false (look (fixture, fixture->inner).is_there);
  g_assert_false (look (fixture, fixture->body).is_there);
  assert_name (fixture, fixture->inner, "a", "a, set");
  g_assert_true (fermata_debugger_go_to (debugger, n_events, NULL));
  assert_caption (fixture, fixture->inner, "a", "5");
}

static void
test_failed (Fixture       *fixture,
             gconstpointer  data)
{
  FermataAppIteration iteration;

  run_to_end (fixture);
  g_assert_true (look (fixture, fixture->body).any_has_failed);
  g_assert_false (look (fixture, fixture->body).has_failed);
  fermata_app_document_want_failed (fixture->document, fixture->body);
  iteration = look (fixture, fixture->body);
  g_assert_cmpuint (iteration.index, ==, 1);
  g_assert_true (iteration.has_failed);
  assert_name (fixture, fixture->body, "no", "no, fail, failed");
  fermata_app_document_want_iteration (fixture->document, fixture->body, 2);
  assert_name (fixture, fixture->body, "no", "no, fail, skipped");
}

/* Each attempt has a frame of its own: the last counts, and earlier ones in the past. */
static void
test_attempts (Fixture       *fixture,
               gconstpointer  data)
{
  FermataDebugger *debugger = run_to_end (fixture);
  FermataAppSession *session = fermata_app_document_get_session (fixture->document);
  FermataGraph *body = body_of (fermata_app_document_get_graph (fixture->document), "sub");
  FermataNode *node = fermata_graph_find_node (body, "no");
  guint last = G_MAXUINT;
  guint n_frames = 0;

  g_assert_cmpuint (look (fixture, body).n_begun, ==, 1);
  for (guint64 number = fermata_debugger_get_n_events (debugger); number > 0; number--)
    {
      FermataAppSpot spot;

      g_assert_true (fermata_debugger_go_to (debugger, number, NULL));
      if (!fermata_app_session_find_node (session, node, &spot) || spot.frame == last)
        continue;
      n_frames++;
      g_assert_cmpuint (spot.frame, <, last);
      last = spot.frame;
    }
  g_assert_cmpuint (n_frames, ==, 3);
}

/* Where it stops is what is shown: the graph, and in each body around the frame. */
static void
test_stops (Fixture       *fixture,
            gconstpointer  data)
{
  FermataDebugger *debugger = start (fixture, TRUE);
  FermataAppSession *session = fermata_app_document_get_session (fixture->document);
  guint n_inside = 0;

  while (!fermata_run_has_ended (fermata_debugger_get_run (debugger)))
    {
      FermataStop *stop = fermata_debugger_get_stop (debugger);
      g_autoptr (FermataStop) before = stop == NULL ? NULL : g_object_ref (stop);
      FermataEvent event = { .place = FERMATA_PLACE_RUN };
      FermataAppSpot spot;
      gpointer element;

      if (stop != NULL && fermata_stop_has_decision (stop))
        event.place = fermata_stop_get_place_number (stop);
      element = fermata_app_session_find_element (session, &event);
      if (FERMATA_IS_NODE (element))
        {
          FermataGraph *graph = fermata_node_get_graph (element);

          g_assert_true (fermata_app_document_get_shown (fixture->document) == graph);
          g_assert_true (fermata_app_session_find_node (session, element, &spot));
          if (graph != fermata_app_document_get_graph (fixture->document))
            {
              g_assert_cmpuint (spot.frame, ==, fermata_stop_get_frame (stop));
              n_inside++;
            }
        }
      fermata_debugger_step_into (debugger);
      while (fermata_debugger_get_stop (debugger) == before
             || (fermata_debugger_get_stop (debugger) == NULL && !fermata_run_has_ended (fermata_debugger_get_run (debugger))))
        g_main_context_iteration (NULL, TRUE);
      settle ();
    }
  g_assert_cmpuint (n_inside, >, 20);
}

/* In the frame that it stops in, though another one was wanted. */
static void
test_breakpoint (Fixture       *fixture,
                 gconstpointer  data)
{
  FermataNode *node = fermata_graph_find_node (fixture->inner, "a");
  FermataDebugger *debugger;

  fermata_app_document_toggle_breakpoint (fixture->document, node);
  debugger = start (fixture, FALSE);
  for (guint i = 0; i < 4; i++)
    {
      while (!fermata_debugger_is_held (debugger))
        g_main_context_iteration (NULL, TRUE);
      settle ();
      g_assert_true (fermata_app_document_get_shown (fixture->document) == fixture->inner);
      assert_name (fixture, fixture->inner, "a", "a, set, waiting, held, breakpoint");
      g_assert_false (look (fixture, fixture->body).has_ended);
      fermata_app_document_want_iteration (fixture->document, fixture->body, 3 - i);
      fermata_debugger_continue (debugger);
      settle ();
    }
  while (!fermata_run_has_ended (fermata_debugger_get_run (debugger)))
    g_main_context_iteration (NULL, TRUE);
}

/* Deleted and brought back while it runs: another object, of the same places. */
static void
test_undone (Fixture       *fixture,
             gconstpointer  data)
{
  FermataGraph *graph = fermata_app_document_get_graph (fixture->document);
  gpointer nodes[] = { fermata_graph_find_node (graph, "each") };
  g_autoptr (GPtrArray) elements = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  run_to_end (fixture);
  g_ptr_array_add (elements, nodes[0]);
  g_assert_true (fermata_app_document_apply (fixture->document, fermata_edit_new_delete (graph, elements, &error), "Delete"));
  g_assert_true (fermata_editor_undo (fermata_app_document_get_editor (fixture->document), &error));
  g_assert_no_error (error);
  fixture->body = body_of (graph, "each");
  fixture->inner = body_of (fixture->body, "inner");
  assert_name (fixture, graph, "each", "each, subgraph, done, has a body, 4 of 4");
  assert_caption (fixture, fixture->body, "double", "8");
  assert_name (fixture, fixture->body, "inner", "inner, subgraph, done, has a body");
  assert_caption (fixture, fixture->inner, "b", "10");
}

/* What a state does is shown as any body, but not edited. */
static void
test_state (Fixture       *fixture,
            gconstpointer  data)
{
  FermataGraph *graph = fermata_app_document_get_graph (fixture->document);
  FermataNode *state = fermata_graph_find_node (graph, "busy");
  GPtrArray *tasks = fermata_app_tasks_list (state);
  g_autoptr (FermataValue) other = fermata_value_new_string ("other", -1);
  g_autoptr (FermataGraph) one = NULL;
  FermataDebugger *debugger;
  FermataGraph *all;

  g_assert_cmpuint (tasks->len, ==, 2);
  one = g_object_ref (fermata_node_get_body_at (fermata_graph_get_node (tasks->pdata[0], 0), 0));
  all = fermata_node_get_body_at (fermata_graph_get_node (tasks->pdata[1], 0), 0);
  assert_name (fixture, graph, "busy", "busy, state, has a body");
  debugger = start (fixture, FALSE);
  while (!fermata_moment_is_idle (fermata_debugger_get_moment (debugger), 0)
         || fermata_run_is_working (fermata_debugger_get_run (debugger)))
    g_main_context_iteration (NULL, TRUE);
  settle ();

  assert_caption (fixture, one, "a", "1");
  assert_caption (fixture, all, "a", "6");
  g_assert_cmpuint (look (fixture, all).n_begun, ==, 2);
  g_assert_cmpuint (look (fixture, one).n_begun, ==, 1);
  fermata_app_document_want_iteration (fixture->document, all, 0);
  assert_caption (fixture, all, "a", "5");

  fermata_app_document_set_shown (fixture->document, one);
  g_assert_false (fermata_app_document_apply (fixture->document, fermata_edit_new_set_member ("/nodes/0", "label", other),
                                              "Edit"));
  g_assert_null (fermata_node_get_label (state));
  fermata_app_document_set_shown (fixture->document, graph);
  g_assert_true (fermata_app_document_apply (fixture->document, fermata_edit_new_set_member ("/nodes/0", "label", other),
                                             "Edit"));
  g_assert_true (fermata_app_tasks_list (state) == tasks);
  fermata_app_document_set_shown (fixture->document, one);
  g_action_group_activate_action (fermata_app_document_get_actions (fixture->document), "undo", NULL);
  g_assert_true (fermata_app_document_get_shown (fixture->document) == one);

  fermata_app_document_set_shown (fixture->document, graph);
  g_assert_true (fermata_app_document_apply (fixture->document, fermata_edit_new_unset_member ("/nodes/0", "do"),
                                             "Edit"));
  g_assert_null (fermata_app_tasks_list (state));
  g_assert_true (fermata_app_tasks_find_root (one) != graph);
}

/* Where it stops in there. */
static void
test_state_stops (Fixture       *fixture,
                  gconstpointer  data)
{
  FermataNode *state = fermata_graph_find_node (fermata_app_document_get_graph (fixture->document), "busy");
  FermataGraph *body = fermata_node_get_body_at (fermata_graph_get_node (fermata_app_tasks_list (state)->pdata[1], 0), 0);
  FermataDebugger *debugger;

  fermata_app_document_toggle_breakpoint (fixture->document, fermata_graph_find_node (body, "a"));
  debugger = start (fixture, FALSE);
  while (!fermata_debugger_is_held (debugger))
    g_main_context_iteration (NULL, TRUE);
  settle ();
  g_assert_true (fermata_app_document_get_shown (fixture->document) == body);
  assert_name (fixture, body, "a", "a, set, waiting, held, breakpoint");
}

/* The way to what is shown */

static GtkWidget *
find_button (GtkWidget  *top,
             const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (!gtk_widget_get_visible (child))
        continue;
      if (GTK_IS_LABEL (child) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (child)), label) == 0)
        return child;
      found = find_button (child, label);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_breadcrumb (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *bar = g_object_new (FERMATA_TYPE_APP_BREADCRUMB, "document", fixture->document, NULL);
  GActionGroup *actions = fermata_app_document_get_actions (fixture->document);

  gtk_window_set_child (GTK_WINDOW (window), bar);
  g_assert_false (gtk_widget_get_visible (bar));
  fermata_app_document_set_shown (fixture->document, fixture->body);
  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_nonnull (find_button (bar, "each"));
  g_assert_null (find_button (bar, "None yet"));

  run_to_end (fixture);
  g_assert_nonnull (find_button (bar, "Item 4 of 4"));
  g_action_group_activate_action (actions, "previous-iteration", NULL);
  settle ();
  g_assert_nonnull (find_button (bar, "Item 3 of 4"));
  fermata_app_document_set_shown (fixture->document, fixture->inner);
  g_assert_nonnull (find_button (bar, "inner"));
  g_assert_nonnull (find_button (bar, "3/4"));
  fermata_app_document_set_shown (fixture->document, fixture->body);
  g_action_group_activate_action (actions, "latest-iteration", NULL);
  settle ();
  g_assert_nonnull (find_button (bar, "Item 4 of 4"));
  fermata_debugger_go_first (fermata_app_document_get_debugger (fixture->document));
  settle ();
  g_assert_nonnull (find_button (bar, "None yet"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(name, function, json) \
  g_test_add ("/app/bodies/" name, Fixture, json, set_up, function, tear_down)
  ADD ("ended", test_ended, NESTED);
  ADD ("every-moment", test_every_moment, NESTED);
  ADD ("levels", test_levels, NESTED);
  ADD ("failed", test_failed, FAILING);
  ADD ("attempts", test_attempts, RETRIED);
  ADD ("stops", test_stops, NESTED);
  ADD ("breakpoint", test_breakpoint, NESTED);
  ADD ("undone", test_undone, NESTED);
  ADD ("state", test_state, MACHINE);
  ADD ("state-stops", test_state_stops, MACHINE);
  ADD ("breadcrumb", test_breadcrumb, NESTED);
#undef ADD

  return g_test_run ();
}
