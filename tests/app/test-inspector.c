/* test-inspector.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The inspector from within: each sort of field shows its member, follows it,
 * changes it, and says what is wrong, without taking anything else away. */

#include "inspector-fixture.h"

#define MACHINE \
  "{'fermata':1,'kind':'fsm','name':'Turnstile','initial':'locked','variables':{'coins':0}," \
  "'nodes':[{'id':'locked'},{'id':'unlocked','entry':[{'log':'open'}]},{'id':'end','type':'final'}]," \
  "'edges':[{'from':'locked','to':'unlocked','event':'coin','when':'event.data.value >= 1','x-kept':1}," \
  "{'from':'unlocked','to':'locked','event':['push','pull']},{'from':'unlocked','to':'end','after':'5s'}]}"

#define TASKS \
  "{'fermata':1,'kind':'dag','inputs':{'path':{'type':'string'}}," \
  "'nodes':[{'id':'read','type':'read-file','with':{'x-first':1,'path':'{{inputs.path}}','as':'json'},'retry':3}," \
  "{'id':'say','type':'log','with':{'message':'5'},'on-error':{'value':7,'x-kept':true}}," \
  "{'id':'work','type':'script','with':{'code':'return 1;'}}]," \
  "'edges':[{'from':'read','to':'say','when':'output != null'},{'from':'say','to':'work'}]}"

/* An edge's condition: a word typed is one step, mistakes are told with their
 * place, and what is not known stays. */
static void
test_condition (Fixture       *fixture,
                gconstpointer  data)
{
  gpointer edge = select_only (fixture, "locked>unlocked");

  assert_text (fixture, "When", "event.data.value >= 1");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (input_of (fixture, "When")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "When");
  type_text (fixture, "When", "event.data.value > 2");
  assert_element (edge, "{'from':'locked','to':'unlocked','event':'coin','when':'event.data.value > 2','x-kept':1}");
  assert_problem (fixture, "When", NULL);
  type_text (fixture, "When", "1 +");
  assert_element (edge, "{'from':'locked','to':'unlocked','event':'coin','when':'1 +','x-kept':1}");
  assert_problem (fixture, "When", "Column ");
  undo (fixture);
  assert_text (fixture, "When", "event.data.value >= 1");
  assert_problem (fixture, "When", NULL);
  redo (fixture);
  assert_text (fixture, "When", "1 +");
  assert_problem (fixture, "When", "Column ");
  type_text (fixture, "When", "");
  assert_element (edge, "{'from':'locked','to':'unlocked','event':'coin','x-kept':1}");
}

static void
test_event (Fixture       *fixture,
            gconstpointer  data)
{
  gpointer edge = select_only (fixture, "unlocked>locked");

  assert_text (fixture, "Event", "push, pull");
  type_text (fixture, "Event", "push");
  assert_element (edge, "{'from':'unlocked','to':'locked','event':'push'}");
  type_text (fixture, "Event", "a, b");
  assert_element (edge, "{'from':'unlocked','to':'locked','event':['a','b']}");

  edge = select_only (fixture, "unlocked>end");
  assert_text (fixture, "After", "5s");
  type_text (fixture, "After", "soon");
  assert_element (edge, "{'from':'unlocked','to':'end','after':'5s'}");
  assert_problem (fixture, "After", "soon");
  type_text (fixture, "After", "1.5");
  assert_element (edge, "{'from':'unlocked','to':'end','after':1.5}");
  assert_problem (fixture, "After", NULL);
  type_text (fixture, "After", "{{variables.coins}}");
  assert_element (edge, "{'from':'unlocked','to':'end','after':'{{variables.coins}}'}");
}

/* What is assigned, a line each; what lines cannot say is JSON. */
static void
test_assign (Fixture       *fixture,
             gconstpointer  data)
{
  gpointer edge = select_only (fixture, "locked>unlocked");

  assert_text (fixture, "Assign", "coins = variables.coins + 1");
  type_text (fixture, "Assign", "coins = 5\n\n order.total=variables.coins == 1\n");
  assert_element (edge, "{'from':'locked','to':'unlocked','assign':[{'coins':5},{'order.total':'variables.coins == 1'}]}");
  type_text (fixture, "Assign", "coins");
  assert_problem (fixture, "Assign", "Line 1");
  type_text (fixture, "Assign", "coins = (1");
  assert_problem (fixture, "Assign", "coins: Column ");
  type_text (fixture, "Assign", "[{'a': 'b', 'c': 'd'}]");
  assert_element (edge, "{'from':'locked','to':'unlocked','assign':[{'a':'b','c':'d'}]}");
  select_only (fixture, "unlocked");
  select_only (fixture, "locked>unlocked");
  assert_text (fixture, "Assign", "[{ 'a': 'b', 'c': 'd' }]");
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  FermataEdge *edge = select_only (fixture, "unlocked>end");
  g_autoptr (FermataEdit) edit = fermata_edit_new_shift_edge (edge, -1, NULL);

  g_assert_cmpuint (fermata_edge_get_index (edge), ==, 2);
  fermata_app_document_apply (fixture->document, g_steal_pointer (&edit), "Shift");
  settle ();
  g_assert_cmpuint (fermata_edge_get_index (edge), ==, 1);
  assert_text (fixture, "After", "5s");
}

/* Actions are JSON: what is none is told of with its place, and not stored. */
static void
test_actions (Fixture       *fixture,
              gconstpointer  data)
{
  gpointer node = select_only (fixture, "unlocked");

  assert_text (fixture, "On Entry", "[{ 'log': 'open' }]");
  type_text (fixture, "On Entry", "[ { 'log': 'o' }");
  assert_element (node, "{'id':'unlocked','entry':[{'log':'open'}]}");
  assert_problem (fixture, "On Entry", "Column ");
  type_text (fixture, "On Entry", "[ { 'log': 'o' } ]");
  assert_element (node, "{'id':'unlocked','entry':[{'log':'o'}]}");
  assert_problem (fixture, "On Entry", NULL);
  /* As it was typed, though it would be written otherwise. */
  assert_text (fixture, "On Entry", "[ { 'log': 'o' } ]");
}

static void
test_state (Fixture       *fixture,
            gconstpointer  data)
{
  gpointer node = select_only (fixture, "unlocked");
  GtkWidget *initial = input_of (fixture, "Initial");

  assert_chosen (fixture, "Kind", "State");
  choose (fixture, "Kind", "Deep history");
  assert_element (node, "{'id':'unlocked','entry':[{'log':'open'}],'type':'history','history':'deep'}");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (field_of (fixture, "Initial"))));
  choose (fixture, "Kind", "Parallel");
  assert_element (node, "{'id':'unlocked','entry':[{'log':'open'}],'type':'parallel'}");
  undo (fixture);
  undo (fixture);
  assert_chosen (fixture, "Kind", "State");

  g_assert_false (gtk_switch_get_active (GTK_SWITCH (initial)));
  gtk_switch_set_active (GTK_SWITCH (initial), TRUE);
  settle ();
  g_assert_true (fermata_graph_get_member (graph_of (fixture), "initial") != NULL);
  g_assert_cmpstr (fermata_value_get_string (fermata_graph_get_member (graph_of (fixture), "initial"), NULL), ==,
                   "unlocked");
  /* Something has to be it. */
  gtk_switch_set_active (GTK_SWITCH (initial), FALSE);
  settle ();
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (initial)));
  undo (fixture);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (initial)));

  select_only (fixture, "end");
  assert_chosen (fixture, "Kind", "Final");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (field_of (fixture, "Data"))));
}

/* An id is changed when one is done with it, and all that names it. */
static void
test_id (Fixture       *fixture,
         gconstpointer  data)
{
  FermataNode *node = select_only (fixture, "locked");
  GtkWidget *entry = input_of (fixture, "Id");

  type_text (fixture, "Id", "closed");
  g_assert_cmpstr (fermata_node_get_id (node), ==, "locked");
  g_signal_emit_by_name (entry, "activate");
  settle ();
  g_assert_cmpstr (fermata_node_get_id (node), ==, "closed");
  g_assert_nonnull (fermata_graph_find_edge (graph_of (fixture), "closed>unlocked"));
  type_text (fixture, "Id", "unlocked");
  g_signal_emit_by_name (entry, "activate");
  assert_problem (fixture, "Id", "unlocked");
  g_assert_cmpstr (fermata_node_get_id (node), ==, "closed");
  type_text (fixture, "Id", "a/b");
  g_signal_emit_by_name (entry, "activate");
  assert_problem (fixture, "Id", "a/b");
  undo (fixture);
  assert_text (fixture, "Id", "locked");
  assert_problem (fixture, "Id", NULL);
}

/* Fields of the type's own parameters; unknown ones stay. */
static void
test_parameters (Fixture       *fixture,
                 gconstpointer  data)
{
  gpointer node = select_only (fixture, "read");

  assert_text (fixture, "Path", "{{inputs.path}}");
  assert_chosen (fixture, "Type", "Read file");
  assert_chosen (fixture, "As", "json");
  assert_text (fixture, "Max size", "");
  assert_text (fixture, "x-first", "1");
  type_text (fixture, "Path", "{{inputs.}}");
  assert_problem (fixture, "Path", "Column ");
  type_text (fixture, "Path", "a.json");
  choose (fixture, "As", "lines");
  type_text (fixture, "Max size", "10k");
  assert_problem (fixture, "Max size", "number");
  type_text (fixture, "Max size", "1000");
  assert_element (node, "{'id':'read','type':'read-file','with':{'x-first':1,'path':'a.json','as':'lines','max-size':1000},'retry':3}");
  choose (fixture, "As", "text");
  assert_element (node, "{'id':'read','type':'read-file','with':{'x-first':1,'path':'a.json','max-size':1000},'retry':3}");
}

/* A value may be JSON or a text: each is shown so that it stays what it is. */
static void
test_values (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct {
    const char *text;
    const char *json;
  } cases[] = {
    { "hello", "'hello'" }, { "5", "5" }, { "'5'", "'5'" }, { "{{input}} of 5", "'{{input}} of 5'" },
    { "[1, { 'a': null }]", "[1,{'a':null}]" }, { "true", "true" },
  };
  gpointer node = select_only (fixture, "say");

  assert_text (fixture, "Message", "'5'");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *expected =
        g_strdup_printf ("{'id':'say','type':'log','with':{'message':%s},'on-error':{'value':7,'x-kept':true}}", cases[i].json);

      type_text (fixture, "Message", cases[i].text);
      assert_element (node, expected);
      select_only (fixture, "work");
      select_only (fixture, "say");
      assert_text (fixture, "Message", cases[i].text);
    }
  type_text (fixture, "Message", "[1");
  assert_problem (fixture, "Message", "Column ");
}

static void
test_policies (Fixture       *fixture,
               gconstpointer  data)
{
  gpointer node = select_only (fixture, "read");

  /* A number of attempts becomes a policy when there is more to say. */
  assert_text (fixture, "Attempts", "3");
  assert_text (fixture, "Delay Between Attempts", "");
  type_text (fixture, "Delay Between Attempts", "1s");
  type_text (fixture, "Attempts", "5");
  type_text (fixture, "Timeout", "30s");
  choose (fixture, "Waits For", "Always, whatever happened");
  assert_element (node, "{'id':'read','type':'read-file','with':{'x-first':1,'path':'{{inputs.path}}','as':'json'},"
                        "'retry':{'attempts':5,'delay':'1s'},'timeout':'30s','join':'always'}");

  node = select_only (fixture, "say");
  assert_chosen (fixture, "If It Fails", "Use another value");
  assert_text (fixture, "Value Instead", "7");
  type_text (fixture, "Value Instead", "[]");
  assert_element (node, "{'id':'say','type':'log','with':{'message':'5'},'on-error':{'value':[],'x-kept':true}}");
  choose (fixture, "If It Fails", "Continue");
  assert_element (node, "{'id':'say','type':'log','with':{'message':'5'},'on-error':'continue'}");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (field_of (fixture, "Value Instead"))));
}

/* Another type has other parameters; what was said to the old one is kept. */
static void
test_type (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer node = select_only (fixture, "work");

  assert_text (fixture, "Code", "return 1;");
  type_text (fixture, "Code", "return (;");
  assert_problem (fixture, "Code", "Column ");
  choose (fixture, "Type", "Set");
  assert_element (node, "{'id':'work','type':'set','with':{'code':'return (;'}}");
  g_assert_nonnull (fermata_app_inspector_find_field (fixture->inspector, "Value"));
  assert_text (fixture, "code", "'return (;'");
  undo (fixture);
  assert_text (fixture, "Code", "return (;");
  assert_chosen (fixture, "Type", "Script");
}

/* What runs a graph is given one, and leads to it. */
static void
test_body (Fixture       *fixture,
           gconstpointer  data)
{
  FermataNode *node = select_only (fixture, "work");
  GtkWidget *button;

  g_assert_null (find_button (GTK_WIDGET (fixture->inspector), "Add Body"));
  choose (fixture, "Type", "Subgraph");
  button = find_button (GTK_WIDGET (fixture->inspector), "Add Body");
  g_assert_nonnull (button);
  g_assert_null (find_button (GTK_WIDGET (fixture->inspector), "Add Catch"));
  g_signal_emit_by_name (button, "clicked");
  settle ();
  g_assert_true (fermata_app_document_get_shown (fixture->document) == fermata_node_get_body (node, "body"));
  undo (fixture);
  g_assert_true (fermata_app_document_get_shown (fixture->document) == graph_of (fixture));
}

/* What may have several bodies is offered each of them, and each leads to its own. */
static void
test_bodies (Fixture       *fixture,
             gconstpointer  data)
{
  static const char *const titles[] = { "Body", "Catch", "Finally" };
  static const char *const names[] = { "body", "catch", "finally" };
  FermataNode *node = select_only (fixture, "work");

  choose (fixture, "Type", "Try");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *add = g_strdup_printf ("Add %s", titles[i]);
      g_autofree char *open = g_strdup_printf ("Open %s", titles[i]);

      select_only (fixture, "work");
      settle ();
      g_assert_null (find_button (GTK_WIDGET (fixture->inspector), open));
      g_signal_emit_by_name (find_button (GTK_WIDGET (fixture->inspector), add), "clicked");
      settle ();
      g_assert_true (fermata_app_document_get_shown (fixture->document) == fermata_node_get_body (node, names[i]));
      fermata_app_document_set_shown (fixture->document, graph_of (fixture));
      select_only (fixture, "work");
      settle ();
      g_assert_nonnull (find_button (GTK_WIDGET (fixture->inspector), open));
    }
  g_assert_cmpuint (fermata_node_get_n_bodies (node), ==, 3);
}

/* Of a text that GTK would take minutes to lay out, the beginning is shown. */
static void
test_long (Fixture       *fixture,
           gconstpointer  data)
{
  FermataNode *node = select_only (fixture, "work");
  g_autofree char *code = g_strnfill (5000000, 'x');
  g_autoptr (FermataValue) value = fermata_value_new_string (code, -1);
  g_autoptr (FermataEdit) edit = NULL;
  g_autofree char *shown = NULL;
  GtkWidget *view;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  type_text (fixture, "Code", "return 2;");
  select_only (fixture, "say");
  edit = fermata_edit_new_set_at (node, (const char *[]) { "with", "code", NULL }, value, NULL);
  fermata_app_document_apply (fixture->document, g_steal_pointer (&edit), "Long");
  select_only (fixture, "work");
  assert_problem (fixture, "Code", "too long");
  view = input_of (fixture, "Code");
  g_assert_false (gtk_text_view_get_editable (GTK_TEXT_VIEW (view)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  shown = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_assert_cmpuint (strlen (shown), <=, 20000);
  g_assert_true (g_str_has_suffix (shown, "x…"));
  undo (fixture);
  assert_text (fixture, "Code", "return 2;");
  g_assert_true (gtk_text_view_get_editable (GTK_TEXT_VIEW (view)));
}

static void
test_graph (Fixture       *fixture,
            gconstpointer  data)
{
  FermataGraph *graph = graph_of (fixture);
  g_autofree char *variables = NULL;

  assert_text (fixture, "Inputs", "{ 'path': { 'type': 'string' } }");
  type_text (fixture, "Name", "Reader");
  g_assert_cmpstr (fermata_graph_get_name (graph), ==, "Reader");
  type_text (fixture, "Variables", "coins");
  assert_problem (fixture, "Variables", "name = value");
  type_text (fixture, "Variables", "coins = 0\ncoins = 1");
  assert_problem (fixture, "Variables", "there already");
  type_text (fixture, "Variables", "coins = 0\n\nname = a = b");
  variables = fermata_value_to_string (fermata_graph_get_member (graph, "variables"), FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (variables, ==, "{\"coins\":0,\"name\":\"a = b\"}");
  type_text (fixture, "Variables", "[]");
  assert_problem (fixture, "Variables", "object");
  type_text (fixture, "Variables", "{'n': 1}");
  g_assert_nonnull (fermata_graph_get_member (graph, "variables"));
  type_text (fixture, "Result", "nodes.work.output");
  g_assert_nonnull (fermata_graph_get_member (graph, "result"));
  undo (fixture);
  g_assert_null (fermata_graph_get_member (graph, "result"));
}

/* Somebody else changes what one is looking at, and what one is typing. */
static void
test_outside (Fixture       *fixture,
              gconstpointer  data)
{
  FermataNode *node = select_only (fixture, "say");
  GtkWidget *entry = input_of (fixture, "Label");

  type_text (fixture, "Label", "Sa");
  gtk_editable_set_position (GTK_EDITABLE (entry), 1);
  /* Another member leaves the cursor alone. */
  g_object_set (node, "description", "outside", NULL);
  settle ();
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (entry)), ==, 1);
  assert_text (fixture, "Description", "outside");
  g_object_set (node, "label", "Other", NULL);
  settle ();
  assert_text (fixture, "Label", "Other");
  /* What is no value yet stays in the field until the member changes. */
  type_text (fixture, "Timeout", "x");
  g_object_set (node, "description", "again", NULL);
  settle ();
  assert_text (fixture, "Timeout", "x");
}

/* What the checker knows of a member stands beneath its field. */
static void
test_remarks (Fixture       *fixture,
              gconstpointer  data)
{
  select_only (fixture, "read>say");
  type_text (fixture, "When", "variables.nobody > 1");
  fermata_app_document_check_now (fixture->document);
  settle ();
  assert_problem (fixture, "When", "nobody");
  type_text (fixture, "When", "output > 1");
  fermata_app_document_check_now (fixture->document);
  settle ();
  assert_problem (fixture, "When", NULL);

  select_only (fixture, "work");
  type_text (fixture, "Code", "");
  fermata_app_document_check_now (fixture->document);
  settle ();
  assert_problem (fixture, "Code", "code");
}

/* Who comes by Tab is in the first field, whatever stands above it. */
static void
test_focus (Fixture       *fixture,
            gconstpointer  data)
{
  select_only (fixture, "locked>unlocked");
  gtk_window_set_focus (fixture->window, NULL);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->inspector), GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window), input_of (fixture, "Event")));
  gtk_widget_child_focus (GTK_WIDGET (fixture->inspector), GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window), input_of (fixture, "When")));
}

/* What is selected goes away, and comes again. */
static void
test_removed (Fixture       *fixture,
              gconstpointer  data)
{
  FermataNode *node = select_only (fixture, "say");
  g_autoptr (GPtrArray) objects = g_ptr_array_new ();

  gtk_widget_grab_focus (input_of (fixture, "Id"));
  g_ptr_array_add (objects, node);
  fermata_app_document_apply (fixture->document, fermata_edit_new_delete (graph_of (fixture), objects, NULL), "Delete");
  settle ();
  g_assert_nonnull (fermata_app_inspector_find_field (fixture->inspector, "Inputs"));
  undo (fixture);
  select_only (fixture, "say");
  assert_text (fixture, "Id", "say");
  fermata_app_selection_add (fermata_app_document_get_selection (fixture->document),
                             fermata_graph_find_node (graph_of (fixture), "work"));
  settle ();
  g_assert_null (fermata_app_inspector_find_field (fixture->inspector, "Id"));
}

/* With a data model of SCXML, texts are what they are, and expressions JavaScript. */
static void
test_scxml (Fixture       *fixture,
            gconstpointer  data)
{
  FermataGraph *graph = graph_of (fixture);
  gpointer edge;
  g_autofree char *variables = NULL;

  assert_text (fixture, "Variables", "coins = 0\nlast");
  type_text (fixture, "Variables", "a = {x: 1}\n\nb\nc == 2");
  variables = fermata_value_to_string (fermata_graph_get_member (graph, "variables"), FERMATA_WRITE_COMPACT, NULL);
  g_assert_cmpstr (variables, ==, "{\"a\":{\"expr\":\"{x: 1}\"},\"b\":{},\"c\":{\"expr\":\"= 2\"}}");
  type_text (fixture, "Variables", "a\na = 1");
  assert_problem (fixture, "Variables", "there already");
  type_text (fixture, "Variables", "{'a': {'src': 'a.json'}, 'b': {'content': '[1]'}}");
  assert_problem (fixture, "Variables", NULL);
  assert_text (fixture, "Script", "function f (x) { return x; }");
  choose (fixture, "Variables Are Made", "Late, when the state is entered");
  g_assert_nonnull (fermata_graph_get_member (graph, "binding"));

  edge = select_only (fixture, "locked>unlocked");
  assert_text (fixture, "Event", "coin  token.*");
  g_assert_null (fermata_app_inspector_find_field (fixture->inspector, "After"));
  g_assert_null (fermata_app_inspector_find_field (fixture->inspector, "Assign"));
  type_text (fixture, "Event", "coin, token");
  type_text (fixture, "When", "coins < {{3}} // {{always}}");
  assert_problem (fixture, "When", "Unexpected");
  type_text (fixture, "When", "coins < 3 && '}' // {{always}}");
  assert_problem (fixture, "When", NULL);
  assert_element (edge, "{'from':'locked','to':'unlocked','event':'coin, token','when':'coins < 3 && \\'}\\' // {{always}}'}");

  select_only (fixture, "unlocked");
  assert_text (fixture, "On Entry", "[[{ 'raise': 'a' }], [{ 'log': {} }]]");
}

#define ADD(name, func, data) g_test_add ("/app-inspector/" name, Fixture, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("condition", test_condition, MACHINE);
  ADD ("event", test_event, MACHINE);
  ADD ("assign", test_assign,
       "{'fermata':1,'kind':'fsm','nodes':[{'id':'locked'},{'id':'unlocked'}],"
       "'edges':[{'from':'locked','to':'unlocked','assign':[{'coins':'variables.coins + 1'}]}]}");
  ADD ("order", test_order, MACHINE);
  ADD ("actions", test_actions, MACHINE);
  ADD ("state", test_state, MACHINE);
  ADD ("id", test_id, MACHINE);
  ADD ("parameters", test_parameters, TASKS);
  ADD ("values", test_values, TASKS);
  ADD ("policies", test_policies, TASKS);
  ADD ("type", test_type, TASKS);
  ADD ("body", test_body, TASKS);
  ADD ("bodies", test_bodies, TASKS);
  ADD ("graph", test_graph, TASKS);
  ADD ("long", test_long, TASKS);
  ADD ("outside", test_outside, TASKS);
  ADD ("remarks", test_remarks, TASKS);
  ADD ("focus", test_focus, MACHINE);
  ADD ("removed", test_removed, TASKS);
  ADD ("scxml", test_scxml,
       "{'fermata':1,'kind':'fsm','data-model':'ecmascript','script':'function f (x) { return x; }',"
       "'variables':{'coins':{'expr':'0'},'last':{}},"
       "'nodes':[{'id':'locked'},{'id':'unlocked','entry':[[{'raise':'a'}],[{'log':{}}]]}],"
       "'edges':[{'from':'locked','to':'unlocked','event':'coin  token.*','when':'coins < 2'}]}");

  return g_test_run ();
}
