/* test-inspector.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The inspector from within: each sort of field shows its member, follows it,
 * changes it, and says what is wrong, without taking anything else away. */

#include "fermata-app-inspector.h"

#include <gtksourceview/gtksource.h>
#include <string.h>

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

typedef struct {
  FermataEngine *engine;
  FermataAppDocument *document;
  FermataAppInspector *inspector;
  GtkWindow *window;
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
  g_autofree char *json = g_strdelimit (g_strdup (data), "'", '"');
  g_autoptr (GBytes) text = g_bytes_new (json, strlen (json));
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;

  fixture->engine = fermata_engine_new_default ();
  fixture->document = fermata_app_document_new_from_text (fixture->engine, text, NULL, "test", diagnostics, &error);
  g_assert_no_error (error);
  fixture->inspector = g_object_new (FERMATA_TYPE_APP_INSPECTOR, "document", fixture->document, NULL);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 320, 800);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->inspector));
  gtk_window_present (fixture->window);
  settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  FermataAppField *field = fermata_app_inspector_find_field (fixture->inspector, "Label");

  if (field != NULL)
    g_object_add_weak_pointer (G_OBJECT (field), (gpointer *) &field);
  g_object_add_weak_pointer (G_OBJECT (fixture->inspector), (gpointer *) &fixture->inspector);
  gtk_window_destroy (fixture->window);
  settle ();
  g_assert_null (fixture->inspector);
  g_assert_null (field);
  g_object_add_weak_pointer (G_OBJECT (fixture->document), (gpointer *) &fixture->document);
  g_object_unref (fixture->document);
  settle ();
  g_assert_null (fixture->document);
  g_object_unref (fixture->engine);
}

static FermataGraph *
graph_of (Fixture *fixture)
{
  return fermata_app_document_get_graph (fixture->document);
}

static gpointer
select_only (Fixture    *fixture,
             const char *name)
{
  gpointer element = fermata_graph_find_node (graph_of (fixture), name);

  if (element == NULL)
    element = fermata_graph_find_edge (graph_of (fixture), name);
  g_assert_nonnull (element);
  fermata_app_selection_set_only (fermata_app_document_get_selection (fixture->document), element);
  settle ();

  return element;
}

static FermataAppField *
field_of (Fixture    *fixture,
          const char *title)
{
  FermataAppField *field = fermata_app_inspector_find_field (fixture->inspector, title);

  g_assert_nonnull (field);

  return field;
}

static GtkWidget *
input_of (Fixture    *fixture,
          const char *title)
{
  return fermata_app_field_get_input (field_of (fixture, title));
}

static char *
dup_typed (GtkWidget *input)
{
  GtkTextBuffer *buffer;
  char *text;

  if (GTK_IS_EDITABLE (input))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (input)));

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (input));
  g_object_get (buffer, "text", &text, NULL);
  return text;
}

static void
assert_text (Fixture    *fixture,
             const char *title,
             const char *expected)
{
  g_autofree char *text = dup_typed (input_of (fixture, title));
  g_autofree char *wanted = g_strdelimit (g_strdup (expected), "'", '"');

  g_assert_cmpstr (text, ==, wanted);
}

static void
insert_in (GtkWidget  *input,
           int         offset,
           const char *text,
           gsize       length)
{
  GtkTextBuffer *buffer;
  GtkTextIter iter;

  if (GTK_IS_EDITABLE (input))
    {
      gtk_editable_insert_text (GTK_EDITABLE (input), text, length, &offset);
      return;
    }
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (input));
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  gtk_text_buffer_insert (buffer, &iter, text, length);
}

static void
delete_from (GtkWidget *input,
             int        offset)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (GTK_IS_EDITABLE (input))
    {
      gtk_editable_delete_text (GTK_EDITABLE (input), offset, -1);
      return;
    }
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (input));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, offset);
  gtk_text_buffer_delete (buffer, &start, &end);
}

/* Letter by letter, as a person does, over what was there. */
static void
type_text (Fixture    *fixture,
           const char *title,
           const char *what)
{
  GtkWidget *input = input_of (fixture, title);
  g_autofree char *text = g_strdelimit (g_strdup (what), "'", '"');
  int offset = 0;

  gtk_widget_grab_focus (input);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      insert_in (input, offset, p, g_utf8_next_char (p) - p);
      offset++;
      if (offset == 1)
        delete_from (input, 1);
    }
  if (offset == 0)
    delete_from (input, 0);
  settle ();
}

static void
assert_element (gpointer    element,
                const char *expected)
{
  g_autoptr (FermataValue) value = FERMATA_IS_NODE (element) ? fermata_node_to_value (element)
                                                             : fermata_value_ref (fermata_edge_get_members (element));
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *wanted = g_strdelimit (g_strdup (expected), "'", '"');

  g_assert_cmpstr (text, ==, wanted);
}

static void
assert_problem (Fixture    *fixture,
                const char *title,
                const char *part)
{
  FermataAppField *field = field_of (fixture, title);
  const char *problem = fermata_app_field_get_problem (field);

  if (part == NULL)
    {
      g_assert_cmpstr (problem, ==, NULL);
      return;
    }
  g_assert_nonnull (problem);
  if (strstr (problem, part) == NULL)
    g_error ("“%s” is not in “%s”", part, problem);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fermata_app_field_get_input (field)),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem);
}

static void
undo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fermata_editor_undo (fermata_app_document_get_editor (fixture->document), &error);
  g_assert_no_error (error);
  settle ();
}

static void
redo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fermata_editor_redo (fermata_app_document_get_editor (fixture->document), &error);
  g_assert_no_error (error);
  settle ();
}

static void
choose (Fixture    *fixture,
        const char *title,
        const char *what)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (input_of (fixture, title));
  GtkStringList *titles = GTK_STRING_LIST (gtk_drop_down_get_model (drop_down));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (titles)); i++)
    {
      if (strcmp (gtk_string_list_get_string (titles, i), what) == 0)
        {
          gtk_drop_down_set_selected (drop_down, i);
          settle ();
          return;
        }
    }
  g_assert_not_reached ();
}

static void
assert_chosen (Fixture    *fixture,
               const char *title,
               const char *expected)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (input_of (fixture, title));
  GtkStringObject *item = gtk_drop_down_get_selected_item (drop_down);

  g_assert_cmpstr (gtk_string_object_get_string (item), ==, expected);
}

/* --- Cases ----------------------------------------------------------------- */

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

/* The button of that label. */
static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

/* What runs a graph is given one, and leads to it. */
static void
test_body (Fixture       *fixture,
           gconstpointer  data)
{
  FermataNode *node = select_only (fixture, "work");
  GtkWidget *button = find_button (GTK_WIDGET (fixture->inspector), "Add Body");

  g_assert_false (gtk_widget_get_visible (button));
  choose (fixture, "Type", "Subgraph");
  g_assert_true (gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
  settle ();
  g_assert_true (fermata_app_document_get_shown (fixture->document) == fermata_node_get_body (node, "body"));
  undo (fixture);
  g_assert_true (fermata_app_document_get_shown (fixture->document) == graph_of (fixture));
}

static void
test_graph (Fixture       *fixture,
            gconstpointer  data)
{
  FermataGraph *graph = graph_of (fixture);

  assert_text (fixture, "Inputs", "{ 'path': { 'type': 'string' } }");
  type_text (fixture, "Name", "Reader");
  g_assert_cmpstr (fermata_graph_get_name (graph), ==, "Reader");
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
  ADD ("graph", test_graph, TASKS);
  ADD ("outside", test_outside, TASKS);
  ADD ("remarks", test_remarks, TASKS);
  ADD ("focus", test_focus, MACHINE);
  ADD ("removed", test_removed, TASKS);

  return g_test_run ();
}
