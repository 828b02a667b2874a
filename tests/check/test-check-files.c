/* test-check-files.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is told of graphs in other files, and where. */

#include <glib/gstdio.h>
#include <string.h>

#include "check/check-fixture.h"
#include "format/fermata-json-loader.h"

typedef struct {
  char *folder;
  char *old_folder;
  FermataLoader *loader;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  self->old_folder = g_get_current_dir ();
  self->folder = g_dir_make_tmp ("fermata-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chdir (self->folder), ==, 0);
  self->loader = FERMATA_LOADER (fermata_json_loader_new ());
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (".", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_remove (name);
  g_assert_cmpint (g_chdir (self->old_folder), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_object_unref (self->loader);
  g_free (self->old_folder);
  g_free (self->folder);
}

/* A line for each node, so that lines tell which is meant. */
static void
write_graph (const char *name,
             const char *members)
{
  g_autofree char *text = g_strdup_printf ("{ 'fermata': 1, 'kind': 'dag', %s }", members);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (name, g_strdelimit (text, "'", '"'), -1, &error);
  g_assert_no_error (error);
}

#define NODE(id, file, more) "\n{ 'id': '" id "', 'type': 'subgraph', 'with': { 'file': '" file "'" more " } }"

/* What is wrong, as `file:line severity code node: message` a line. */
static char *
check (Fixture    *self,
       const char *name,
       guint      *n_errors)
{
  g_autoptr (FermataChecker) checker = fixture_checker_new ();
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GFile) file = g_file_new_for_path (name);
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (GError) error = NULL;
  GString *lines = g_string_new (NULL);
  guint n;

  graph = fermata_loader_load (self->loader, NULL, name, diagnostics, &error);
  g_assert_no_error (error);
  fermata_checker_set_loader (checker, self->loader);
  n = fermata_checker_check (checker, graph, diagnostics);
  if (n_errors != NULL)
    *n_errors = n;
  fermata_loader_locate (self->loader, file, diagnostics);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (diagnostics)); i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);
      const char *node = fermata_diagnostic_get_node (diagnostic);

      g_string_append_printf (lines, "%s:%u %s %s %s: %s\n", fermata_diagnostic_get_file (diagnostic),
                              fermata_diagnostic_get_line (diagnostic),
                              fermata_severity_to_string (fermata_diagnostic_get_severity (diagnostic)),
                              fermata_diagnostic_get_code (diagnostic), node != NULL ? node : "-",
                              fermata_diagnostic_get_message (diagnostic));
    }

  return g_string_free (lines, FALSE);
}

static void
assert_found (Fixture    *self,
              const char *name,
              const char *expected)
{
  g_autofree char *found = check (self, name, NULL);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_clean (Fixture       *self,
            gconstpointer  data)
{
  write_graph ("b.json", "'inputs': { 'x': {} }, 'nodes': [\n{ 'id': 's', 'type': 'set', 'with': { 'value': '{{inputs.x}}' } }]");
  write_graph ("a.json", "'nodes': [" NODE ("n", "b.json", ", 'inputs': { 'x': 1 }") "]");
  assert_found (self, "a.json", "");
}

static void
test_missing (Fixture       *self,
              gconstpointer  data)
{
  write_graph ("a.json", "'nodes': [" NODE ("n", "b.json", "") "," NODE ("m", "b.json", "") "," NODE ("k", "/", "") "]");
  assert_found (self, "a.json",
                "a.json:2 error bad-file n: b.json: No such file or directory\n"
                "a.json:3 error bad-file m: b.json: No such file or directory\n"
                "a.json:4 error bad-file k: /: this is a folder, not a file\n");
}

/* Each fault where it is, and at each node on the way to it. */
static void
test_faulty (Fixture       *self,
             gconstpointer  data)
{
  write_graph ("c.json", "'nodes': [\n{ 'id': 'x', 'type': 'nothing' }]");
  write_graph ("b.json", "'nodes': [" NODE ("n", "c.json", "") "]");
  write_graph ("a.json", "'nodes': [" NODE ("n", "b.json", "") "," NODE ("m", "c.json", "") "]");
  assert_found (self, "a.json",
                "b.json:2 error bad-file n: there are errors in “c.json”\n"
                "c.json:2 error unknown-type x: unknown node type “nothing”\n"
                "a.json:2 error bad-file n: there are errors in “b.json”\n"
                "a.json:3 error bad-file m: there are errors in “c.json”\n");
}

static void
test_no_graph (Fixture       *self,
               gconstpointer  data)
{
  g_assert_true (g_file_set_contents ("b.json", "\n\nHello", -1, NULL));
  write_graph ("a.json", "'nodes': [" NODE ("n", "b.json", "") "]");
  {
    guint n_errors;
    g_autofree char *found = check (self, "a.json", &n_errors);

    g_assert_cmpuint (n_errors, ==, 2);
    g_assert_true (g_str_has_prefix (found, "b.json:3 error syntax -: "));
    g_assert_nonnull (strstr (found, "a.json:2 error bad-file n: b.json:3:1: "));
  }
}

static void
test_inputs (Fixture       *self,
             gconstpointer  data)
{
  write_graph ("b.json", "'inputs': { 'x': {} }, 'nodes': [\n{ 'id': 's', 'type': 'set', 'with': { 'value': '{{nodes.outer}}' } }]");
  write_graph ("a.json", "'nodes': [" NODE ("outer", "b.json", ", 'inputs': {\n'y': 1 }") "]");
  assert_found (self, "a.json",
                "b.json:2 error unknown-node s: there is no node “outer”\n"
                "a.json:2 error missing-input outer: the input “x” of the graph in “b.json” has no default, and is not given\n"
                "a.json:2 error bad-file outer: there are errors in “b.json”\n"
                "a.json:3 error unknown-input outer: “y” is not an input of the graph in “b.json”\n");
}

static void
test_endless (Fixture       *self,
              gconstpointer  data)
{
  write_graph ("a.json", "'nodes': [" NODE ("n", "b.json", "") "]");
  write_graph ("b.json", "'nodes': [" NODE ("n", "c.json", "") "]");
  write_graph ("c.json", "'nodes': [" NODE ("n", "a.json", "") "," NODE ("m", "c.json", ", 'max-depth': 3") "]");
  assert_found (self, "a.json",
                "b.json:2 error bad-file n: there are errors in “c.json”\n"
                "c.json:2 error endless-file n: “a.json” includes itself, and nothing says how deep: "
                "a.json → b.json → c.json → a.json\n"
                "a.json:2 error bad-file n: there are errors in “b.json”\n");

  write_graph ("b.json", "'nodes': [" NODE ("n", "c.json", ", 'max-depth': 9") "]");
  assert_found (self, "a.json", "");
}

/* A chain of very many, each in itself without an end, and all in the first. */
static void
test_many (Fixture       *self,
           gconstpointer  data)
{
  guint n_errors;

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.json", i);
      g_autofree char *members = g_strdup_printf ("'nodes': [" NODE ("next", "%u.json", "") "," NODE ("self", "%u.json", "") ","
                                                  NODE ("first", "0.json", "") "]", (i + 1) % 500, i);

      write_graph (name, members);
    }
  g_free (check (self, "0.json", &n_errors));
  g_assert_cmpuint (n_errors, >=, 1000);
}

static void
test_kinds (Fixture       *self,
            gconstpointer  data)
{
  g_assert_true (g_file_set_contents ("flow.json", "{ \"fermata\": 1, \"kind\": \"flow\", \"nodes\": [], \"edges\": [] }", -1, NULL));
  write_graph ("a.json", "'nodes': [" NODE ("n", "flow.json", "") ",\n"
                         "{ 'id': 'both', 'type': 'subgraph', 'with': { 'file': 'flow.json' }, 'body': { 'nodes': [] } }]");
  {
    g_autofree char *found = check (self, "a.json", NULL);

    g_assert_nonnull (strstr (found, "a.json:2 error bad-file n: “flow.json” is of the kind “flow”, which a node cannot run\n"));
    g_assert_nonnull (strstr (found, "a.json:3 error bad-body both: it has a “file” and a “body”: only one of them can be run\n"));
  }
}

/* Without a file of its own it has nothing to go from; without a loader nothing is
 * looked at. */
static void
test_memory (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (FermataChecker) checker = fixture_checker_new ();
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (FermataGraph) graph = NULL;

  write_graph ("a.json", "'nodes': [" NODE ("n", "b.json", "") "]");
  graph = fermata_loader_load (self->loader, NULL, "a.json", NULL, NULL);
  fermata_graph_set_file (graph, NULL);
  g_assert_cmpuint (fermata_checker_check (checker, graph, diagnostics), ==, 0);
  fermata_checker_set_loader (checker, self->loader);
  g_assert_cmpuint (fermata_checker_check (checker, graph, diagnostics), ==, 1);
}

/* A file of a machine of SCXML: without a script it does not run, without a value it
 * does; neither may lie outside of its folder. */
static void
test_scxml (Fixture       *self,
            gconstpointer  data)
{
  static const char text[] =
    "<scxml xmlns='http://www.w3.org/2005/07/scxml' version='1.0' datamodel='ecmascript'>\n"
    "<datamodel>\n<data id='x' src='x.json'/>\n<data id='y'\nsrc='../y.json'/></datamodel>\n"
    "<script src='top.js'/>\n"
    "<state id='a'><onentry>\n<script src='a.js'/>\n<script src='there.js'/></onentry></state></scxml>";
  g_autoptr (FermataChecker) checker = fixture_checker_new ();
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (FermataGraph) graph = NULL;

  g_assert_true (g_file_set_contents ("there.js", "x = 1", -1, NULL));
  g_assert_true (g_file_set_contents ("a.scxml", text, -1, NULL));
  assert_found (self, "a.scxml",
                "a.scxml:3 warning bad-file -: x.json: No such file or directory\n"
                "a.scxml:5 warning bad-file -: “../y.json” is refused: it is outside of the document's folder\n"
                "a.scxml:6 error bad-file -: top.js: No such file or directory\n"
                "a.scxml:8 error bad-file a: a.js: No such file or directory\n");

  graph = fermata_loader_load (self->loader, NULL, "a.scxml", NULL, NULL);
  g_assert_cmpuint (fermata_checker_check (checker, graph, diagnostics), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/check-files/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("clean", test_clean);
  ADD ("missing", test_missing);
  ADD ("faulty", test_faulty);
  ADD ("no-graph", test_no_graph);
  ADD ("inputs", test_inputs);
  ADD ("endless", test_endless);
  ADD ("many", test_many);
  ADD ("kinds", test_kinds);
  ADD ("memory", test_memory);
  ADD ("scxml", test_scxml);

  return g_test_run ();
}
