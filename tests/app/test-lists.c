/* test-lists.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Outline, palette and problems: what they list, and how they go with the rest. */

#include "fermata-app-outline.h"
#include "fermata-app-palette.h"
#include "fermata-app-problems.h"

#include <string.h>

#define MACHINE \
  "{ 'fermata': 1, 'kind': 'fsm', 'initial': 'outer', 'nodes': [" \
  "    { 'id': 'outer', 'nodes': [ { 'id': 'inner' }, { 'id': 'other', 'label': 'The other' } ] }," \
  "    { 'id': 'last' } ]," \
  "  'edges': [ { 'from': 'inner', 'to': 'last', 'event': 'go', 'when': 'variables.none > 1' } ] }"

#define BODY \
  "{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'sub', 'type': 'subgraph', 'body': {" \
  "    'nodes': [ { 'id': 'within', 'type': 'log', 'with': { 'message': 'hi' } } ], 'edges': [] } } ]," \
  "  'edges': [] }"

typedef struct {
  FermataEngine *engine;
  FermataAppDocument *document;
  GtkWidget *window;
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
  g_autoptr (GError) error = NULL;

  fixture->engine = fermata_engine_new_default ();
  fixture->document = fermata_app_document_new_from_text (fixture->engine, text, NULL, "test", NULL, &error);
  g_assert_no_error (error);
  fixture->window = gtk_window_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
  g_object_unref (fixture->document);
  g_object_unref (fixture->engine);
}

static gpointer
show (Fixture *fixture,
      GType    type)
{
  GtkWidget *widget = g_object_new (type, "document", fixture->document, NULL);

  gtk_window_set_child (GTK_WINDOW (fixture->window), widget);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle ();

  return widget;
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static FermataNode *
node_of (Fixture    *fixture,
         const char *id)
{
  FermataNode *node = fermata_graph_find_node (fermata_app_document_get_graph (fixture->document), id);

  g_assert_nonnull (node);

  return node;
}

/* --- The outline ------------------------------------------------------------- */

/* The ids of the rows, joined by spaces. */
static char *
dup_rows (FermataAppOutline *outline)
{
  GListModel *rows = fermata_app_outline_get_rows (outline);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = g_list_model_get_n_items (rows);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, i);
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", fermata_node_get_id (FERMATA_NODE (item)));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_rows (FermataAppOutline *outline,
             const char        *expected)
{
  g_autofree char *rows = dup_rows (outline);

  g_assert_cmpstr (rows, ==, expected);
}

static void
add_state (Fixture    *fixture,
           const char *parent,
           const char *json)
{
  g_autoptr (FermataValue) value = fermata_value_parse (json, -1, NULL);

  g_assert_true (fermata_app_document_apply (fixture->document, fermata_edit_new_add_node (parent, G_MAXUINT, value),
                                             "Add"));
  settle ();
}

static void
test_outline_rows (Fixture       *fixture,
                   gconstpointer  data)
{
  FermataAppOutline *outline = show (fixture, FERMATA_TYPE_APP_OUTLINE);
  g_autoptr (GError) error = NULL;

  assert_rows (outline, "outer inner other last");
  add_state (fixture, "", "{ \"id\": \"new\" }");
  assert_rows (outline, "outer inner other last new");

  /* What had none below it gets one. */
  add_state (fixture, "/nodes/1", "{ \"id\": \"below\" }");
  assert_rows (outline, "outer inner other last below new");
  g_assert_true (fermata_editor_undo (fermata_app_document_get_editor (fixture->document), &error));
  settle ();
  assert_rows (outline, "outer inner other last new");
}

static void
test_outline_body (Fixture       *fixture,
                   gconstpointer  data)
{
  assert_rows (show (fixture, FERMATA_TYPE_APP_OUTLINE), "sub within");
}

static void
test_outline_search (Fixture       *fixture,
                     gconstpointer  data)
{
  FermataAppOutline *outline = show (fixture, FERMATA_TYPE_APP_OUTLINE);
  GtkWidget *search = find (GTK_WIDGET (outline), GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (search), "THE O");
  g_signal_emit_by_name (search, "activate");
  settle ();
  assert_rows (outline, "other");
  g_assert_true (fermata_app_selection_get_only (fermata_app_document_get_selection (fixture->document))
                 == node_of (fixture, "other"));

  g_signal_emit_by_name (search, "stop-search");
  g_signal_emit_by_name (search, "search-changed");
  settle ();
  assert_rows (outline, "outer inner other last");
}

static void
test_outline_selection (Fixture       *fixture,
                        gconstpointer  data)
{
  FermataAppOutline *outline = show (fixture, FERMATA_TYPE_APP_OUTLINE);
  GtkSelectionModel *rows = GTK_SELECTION_MODEL (fermata_app_outline_get_rows (outline));
  FermataAppSelection *selection = fermata_app_document_get_selection (fixture->document);

  fermata_app_selection_set_only (selection, node_of (fixture, "other"));
  settle ();
  g_assert_true (gtk_selection_model_is_selected (rows, 2));
  g_assert_false (gtk_selection_model_is_selected (rows, 0));

  gtk_selection_model_select_item (rows, 3, TRUE);
  settle ();
  g_assert_true (fermata_app_selection_get_only (selection) == node_of (fixture, "last"));

  gtk_selection_model_select_item (rows, 1, FALSE);
  settle ();
  g_assert_cmpint (fermata_app_selection_get_n (selection), ==, 2);

  fermata_app_selection_clear (selection);
  settle ();
  g_assert_false (gtk_selection_model_is_selected (rows, 1));
}

/* --- Palette and problems ---------------------------------------------------- */

static guint
count_rows (gpointer palette)
{
  GtkListBox *list = GTK_LIST_BOX (find (palette, GTK_TYPE_LIST_BOX));
  guint n = 0;

  while (gtk_list_box_get_row_at_index (list, n) != NULL)
    n++;

  return n;
}

static void
test_palette_of_machines (Fixture       *fixture,
                          gconstpointer  data)
{
  g_assert_cmpint (count_rows (show (fixture, FERMATA_TYPE_APP_PALETTE)), ==, 5);
}

static void
test_palette_of_tasks (Fixture       *fixture,
                       gconstpointer  data)
{
  FermataNodeCatalog *catalog = fermata_node_registry_get_catalog (fermata_engine_get_registry (fixture->engine));

  g_assert_cmpint (count_rows (show (fixture, FERMATA_TYPE_APP_PALETTE)), ==,
                   fermata_node_catalog_get_n_types (catalog));
}

static void
test_problems (Fixture       *fixture,
               gconstpointer  data)
{
  FermataAppProblems *problems = show (fixture, FERMATA_TYPE_APP_PROBLEMS);
  FermataAppSelection *selection = fermata_app_document_get_selection (fixture->document);
  GListModel *diagnostics = fermata_app_document_get_diagnostics (fixture->document);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint n_errors, n_warnings;

  fermata_app_document_check_now (fixture->document);
  settle ();
  fermata_app_problems_count (problems, &n_errors, &n_warnings);
  g_assert_cmpint (n_errors, ==, 1);
  g_assert_cmpint (fermata_app_selection_get_n (selection), ==, 0);

  for (guint i = 0; i < g_list_model_get_n_items (diagnostics); i++)
    {
      fermata_app_problems_go (problems, TRUE);
      settle ();
      if (fermata_app_selection_get_only (selection) != NULL)
        g_hash_table_add (seen, fermata_app_selection_get_only (selection));
    }
  g_assert_true (g_hash_table_contains (seen, fermata_graph_get_edge (fermata_app_document_get_graph (fixture->document), 0)));
}

#define ADD(path, text, function) \
  g_test_add (path, Fixture, text, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("/app/lists/outline/rows", MACHINE, test_outline_rows);
  ADD ("/app/lists/outline/body", BODY, test_outline_body);
  ADD ("/app/lists/outline/search", MACHINE, test_outline_search);
  ADD ("/app/lists/outline/selection", MACHINE, test_outline_selection);
  ADD ("/app/lists/palette/machines", MACHINE, test_palette_of_machines);
  ADD ("/app/lists/palette/tasks", BODY, test_palette_of_tasks);
  ADD ("/app/lists/problems", MACHINE, test_problems);

  return g_test_run ();
}
