/* test-dot.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Graphs as DOT: the examples word by word (golden/dot), and what Graphviz says of
 * any other. FERMATA_UPDATE_GOLDEN=1 writes the golden files. */

#include <gio/gio.h>
#include <string.h>

#include "format/fermata-dot.h"
#include "format/fermata-json.h"

static FermataGraph *
read_graph (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;
  FermataGraph *graph = fermata_json_read_graph (bytes, "graph", diagnostics, &error);

  g_assert_no_error (error);

  return graph;
}

static char *
write_dot (FermataGraph            *graph,
           const FermataDotOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) dot = fermata_dot_write_graph (graph, options, &error);

  g_assert_no_error (error);

  return g_strndup (g_bytes_get_data (dot, NULL), g_bytes_get_size (dot));
}

/* What Graphviz draws, which says nothing on the way; NULL if there is no
 * Graphviz. */
static char *
draw (const char *dot)
{
  g_autofree char *program = g_find_program_in_path ("dot");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *svg = NULL;
  g_autofree char *said = NULL;

  if (program == NULL)
    return NULL;
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                              &error, program, "-Tsvg", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, dot, NULL, &svg, &said, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (said, ==, "");
  g_assert_true (g_subprocess_get_successful (process));
  g_assert_nonnull (strstr (svg, "</svg>"));

  return svg;
}

static void
check_drawn (const char *text)
{
  g_autoptr (FermataGraph) graph = read_graph (text);
  g_autofree char *dot = write_dot (graph, NULL);
  g_autofree char *svg = draw (dot);
}

/* --- Examples ------------------------------------------------------------ */

static void
compare_with_golden (const char *name,
                     const char *dot)
{
  g_autofree char *file = g_strconcat (name, ".dot", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "dot", file, NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("FERMATA_UPDATE_GOLDEN") != NULL)
    g_file_set_contents (path, dot, -1, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dot, ==, expected);
}

static void
test_example (gconstpointer data)
{
  const char *file = data;
  g_autofree char *path = g_build_filename (g_getenv ("FERMATA_EXAMPLES"), file, NULL);
  g_autofree char *name = g_strndup (file, strcspn (file, "."));
  const FermataDotOptions dark = { FERMATA_DOT_THEME_DARK, TRUE, FALSE };
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *light_dot = NULL;
  g_autofree char *dark_dot = NULL;
  g_autofree char *svg = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  graph = read_graph (text);
  light_dot = write_dot (graph, NULL);
  compare_with_golden (name, light_dot);
  svg = draw (light_dot);
  dark_dot = write_dot (graph, &dark);
  g_clear_pointer (&svg, g_free);
  svg = draw (dark_dot);
  if (svg == NULL)
    g_test_skip ("there is no Graphviz");
}

static void
add_examples (void)
{
  const char *name;
  GDir *folder = g_dir_open (g_getenv ("FERMATA_EXAMPLES"), 0, NULL);

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_strconcat ("/dot/examples/", name, NULL);

      if (g_str_has_suffix (name, ".fermata.json"))
        g_test_add_data_func_full (path, g_strdup (name), test_example, g_free);
    }
  g_dir_close (folder);
}

/* --- Anything else ------------------------------------------------------- */

static void
test_texts (void)
{
  g_autofree char *letters = g_strnfill (10000, 'w');
  g_autofree char *text = NULL;
  g_autoptr (FermataGraph) graph = NULL;
  g_autofree char *dot = NULL;
  g_autofree char *svg = NULL;

  text = g_strdup_printf ("{ \"fermata\": 1, \"kind\": \"dag\", \"name\": \"<b>&\\\"\\\\N\", \"nodes\": ["
                          "{ \"id\": \"\\\\N\\\\G\\\"<>&;{}|\", \"type\": \"set\", \"description\": \"a\\nb\\\\l\" },"
                          "{ \"id\": \"-->\", \"label\": \"</table>\\t\\u0007\\uffff\\ufdd0 \\ud83d\\ude00\", \"type\": \"<>\" },"
                          "{ \"id\": \"cluster\", \"label\": \" \\n \", \"type\": \"\" },"
                          "{ \"id\": \"%s\", \"label\": \"%s\", \"type\": \"%s\" } ],"
                          "\"edges\": [ { \"from\": \"cluster\", \"to\": \"-->\", \"when\": \"a < b && \\\"\\\\\\\\\\\" \\n > c\" },"
                          "{ \"from\": \"cluster\", \"to\": \"%s\", \"label\": \"%s\\\\\" } ] }",
                          letters, letters, letters, letters, letters);
  graph = read_graph (text);
  dot = write_dot (graph, NULL);
  g_assert_null (strstr (dot, "<</b>"));
  svg = draw (dot);
  if (svg == NULL)
    {
      g_test_skip ("there is no Graphviz");
      return;
    }
  g_assert_nonnull (strstr (svg, "&lt;b&gt;&amp;&quot;\\N"));
  g_assert_nonnull (strstr (svg, "wwwwwwwwww…"));
  g_assert_null (strstr (svg, "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww</text>"));
}

static void
test_mistakes (void)
{
  check_drawn ("{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [], \"edges\": [] }");
  check_drawn ("{ \"fermata\": 1, \"kind\": \"fsm\", \"nodes\": [], \"edges\": [ { \"from\": \"a\", \"to\": \"b\" } ] }");
  check_drawn ("{ \"fermata\": 1, \"kind\": \"fsm\", \"initial\": [\"no\", 1], \"nodes\": [ { \"id\": \"a\" }, { \"id\": \"a\" }, { \"id\": \"\" } ],"
               "\"edges\": [ { \"from\": \"a\", \"to\": [\"b\", \"c\", \"a\"] }, { \"from\": \"a\" }, { \"to\": \"a\" } ] }");
  check_drawn ("{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [ { \"id\": \"a\", \"type\": 1, \"label\": [] } ],"
               "\"edges\": [ { \"from\": \"a\", \"to\": \"a\", \"when\": {} } ] }");
  check_drawn ("{ \"fermata\": 1, \"kind\": \"fsm\", \"nodes\": [ { \"id\": \"a\", \"entry\": 1, \"exit\": [ 1, {}, { \"log\": {} } ], \"do\": [ 1, {}, { \"type\": 1 } ] } ],"
               "\"edges\": [ { \"from\": \"a\", \"actions\": [ { \"assign\": [ 1, {} ] }, { \"send\": {} } ] } ] }");
}

static void
test_bodies (void)
{
  g_autoptr (FermataGraph) graph = read_graph (
    "{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [ { \"id\": \"a\", \"type\": \"try\","
    "\"body\": { \"nodes\": [ { \"id\": \"x\", \"type\": \"set\" } ], \"edges\": [] },"
    "\"catch\": { \"nodes\": [ { \"id\": \"x\", \"type\": \"foreach\","
    "  \"body\": { \"nodes\": [ { \"id\": \"x\", \"type\": \"set\" } ], \"edges\": [] } } ], \"edges\": [] },"
    "\"finally\": { \"nodes\": [], \"edges\": [] } }, { \"id\": \"b\", \"type\": \"set\" } ],"
    "\"edges\": [ { \"from\": \"a\", \"to\": \"b\" } ] }");
  g_autofree char *dot = write_dot (graph, NULL);
  g_autofree char *svg = draw (dot);

  g_assert_nonnull (strstr (dot, "ltail=\"cluster a\""));
  g_assert_nonnull (strstr (dot, "id=\"/nodes/0/catch/nodes/0/body/nodes/0\""));
}

/* What actions are called with SCXML's data models, in blocks and out of them. */
static void
test_scxml (void)
{
  g_autofree char *text = g_strdelimit (g_strdup (
    "{'fermata':1,'kind':'fsm','data-model':'ecmascript','nodes':["
    "{'id':'a','entry':[[{'log':{'label':'said','expr':'x'}},{'assign':{'location':'x.y','content':'5'}}],[{'script':'f ()'}]],"
    "'exit':[{'send':{'event-expr':'name'}},{'cancel':{'id-expr':'i'}},{'script':{'src':'f.js'}}],"
    "'do':[{'type':'invoke','with':{'src-expr':'where'}},{'type':'invoke','with':{'type':'urn:x'}},{'type':'subgraph'}]},"
    "{'id':'b','entry':[{'foreach':'xs','item':'x'},{'xml':'<a/>'},{'assign':[{'y':'1'}]},{'raise':'e'}]}],"
    "'edges':[{'from':'a','to':'b','event':'e','when':'x > 1','actions':[{'send':{'content':'c'}},{'raise':'f'}]}]}"), "'", '"');
  g_autoptr (FermataGraph) graph = read_graph (text);
  g_autofree char *dot = write_dot (graph, NULL);
  g_autofree char *svg = draw (dot);

  g_assert_nonnull (strstr (dot, "entry / log said; x.y = 5; script<"));
  g_assert_nonnull (strstr (dot, "exit / send name; cancel i; script f.js<"));
  g_assert_nonnull (strstr (dot, "do / invoke where<"));
  g_assert_nonnull (strstr (dot, "do / invoke urn:x<"));
  g_assert_nonnull (strstr (dot, "do / subgraph<"));
  g_assert_nonnull (strstr (dot, "entry / foreach x of xs; xml; y = 1; …<"));
  g_assert_nonnull (strstr (dot, "/ send; raise f"));
}

/* What a state runs may catch and tidy up as any other node: each in a box of its own. */
static void
test_task_bodies (void)
{
  g_autoptr (FermataGraph) graph = read_graph ("{ \"fermata\": 1, \"kind\": \"fsm\", \"nodes\": [ { \"id\": \"a\", \"do\": { \"type\": \"try\","
                                        " \"body\": { \"kind\": \"dag\", \"nodes\": [ { \"id\": \"work\", \"type\": \"set\" } ] },"
                                        " \"catch\": { \"kind\": \"dag\", \"nodes\": [ { \"id\": \"mend\", \"type\": \"set\" } ] },"
                                        " \"finally\": { \"kind\": \"dag\", \"nodes\": [ { \"id\": \"tidy\", \"type\": \"set\" } ] } } } ] }");
  g_autofree char *dot = write_dot (graph, NULL);

  g_assert_nonnull (strstr (dot, "label=do"));
  g_assert_nonnull (strstr (dot, "label=catch"));
  g_assert_nonnull (strstr (dot, "label=finally"));
  g_assert_nonnull (strstr (dot, "/nodes/0/do/catch/nodes/0"));
  g_assert_nonnull (strstr (dot, "/nodes/0/do/finally/nodes/0"));
}

static void
test_positions (void)
{
  const FermataDotOptions options = { FERMATA_DOT_THEME_LIGHT, FALSE, TRUE };
  g_autoptr (FermataGraph) graph = read_graph (
    "{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [ { \"id\": \"a\", \"type\": \"set\" }, { \"id\": \"b\", \"type\": \"set\" } ],"
    "\"edges\": [ { \"from\": \"a\", \"to\": \"b\" } ], \"layout\": { \"nodes\": { \"a\": [10, 20.5] } } }");
  g_autofree char *with = write_dot (graph, &options);
  g_autofree char *without = write_dot (graph, NULL);
  g_autofree char *svg = draw (with);

  g_assert_nonnull (strstr (with, "pos=\"96,-53.5\""));
  g_assert_null (strstr (without, "pos="));
}

/* Edges from a state to one in it, to itself, and out of several levels. */
static void
test_levels (void)
{
  check_drawn ("{ \"fermata\": 1, \"kind\": \"fsm\", \"nodes\": [ { \"id\": \"a\", \"nodes\": [ { \"id\": \"b\", \"nodes\": [ { \"id\": \"c\" } ] } ] },"
               "{ \"id\": \"p\", \"type\": \"parallel\", \"nodes\": [ { \"id\": \"q\" }, { \"id\": \"r\", \"nodes\": [ { \"id\": \"s\" } ] } ] } ],"
               "\"edges\": [ { \"from\": \"a\", \"to\": \"a\" }, { \"from\": \"a\", \"to\": \"c\" }, { \"from\": \"c\", \"to\": \"a\" },"
               "{ \"from\": \"a\", \"to\": \"b\" }, { \"from\": \"b\", \"to\": \"b\" }, { \"from\": \"a\", \"to\": \"p\" }, { \"from\": \"s\", \"to\": \"c\" },"
               "{ \"from\": \"p\", \"to\": [\"q\", \"s\"] } ] }");
}

static char *
make_deep (guint n_levels)
{
  GString *text = g_string_new ("{ \"fermata\": 1, \"kind\": \"fsm\", \"edges\": [ { \"from\": \"s0\", \"to\": \"s1\" } ], \"nodes\": [");

  for (guint i = 0; i < n_levels; i++)
    g_string_append_printf (text, "{ \"id\": \"s%u\", \"nodes\": [", i);
  g_string_append (text, "{ \"id\": \"leaf\" }");
  for (guint i = 0; i < n_levels; i++)
    g_string_append (text, "] }");
  g_string_append (text, "] }");

  return g_string_free (text, FALSE);
}

static void
test_deep (void)
{
  g_autofree char *text = make_deep (480);
  g_autoptr (FermataGraph) graph = read_graph (text);
  g_autofree char *dot = write_dot (graph, NULL);

  g_assert_nonnull (strstr (dot, "\"cluster s479\""));
}

static void
test_large (void)
{
  GString *text = g_string_new ("{ \"fermata\": 1, \"kind\": \"dag\", \"nodes\": [");
  g_autoptr (FermataGraph) graph = NULL;
  g_autofree char *dot = NULL;
  const guint n = 20000;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{ \"id\": \"n%u\", \"type\": \"set\" }", i > 0 ? "," : "", i);
  g_string_append (text, "], \"edges\": [");
  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, "%s{ \"from\": \"n%u\", \"to\": \"n%u\" }", i > 1 ? "," : "", i / 2, i);
  g_string_append (text, "] }");
  graph = read_graph (text->str);
  g_string_free (text, TRUE);
  dot = write_dot (graph, NULL);
  g_assert_nonnull (strstr (dot, "n9999 -> n19999"));
}

static gpointer
write_often (gpointer data)
{
  g_autoptr (FermataGraph) graph = read_graph (data);
  g_autofree char *first = write_dot (graph, NULL);

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *again = write_dot (graph, NULL);

      g_assert_cmpstr (again, ==, first);
    }

  return NULL;
}

/* cgraph itself may be used by one thread at a time. */
static void
test_threads (void)
{
  char text[] = "{ \"fermata\": 1, \"kind\": \"fsm\", \"nodes\": [ { \"id\": \"a\" }, { \"id\": \"b\" } ], \"edges\": [ { \"from\": \"a\", \"to\": \"b\", \"event\": \"x\" } ] }";
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("dot", write_often, text);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_examples ();
  g_test_add_func ("/dot/texts", test_texts);
  g_test_add_func ("/dot/mistakes", test_mistakes);
  g_test_add_func ("/dot/bodies", test_bodies);
  g_test_add_func ("/dot/scxml", test_scxml);
  g_test_add_func ("/dot/task-bodies", test_task_bodies);
  g_test_add_func ("/dot/positions", test_positions);
  g_test_add_func ("/dot/levels", test_levels);
  g_test_add_func ("/dot/deep", test_deep);
  g_test_add_func ("/dot/large", test_large);
  g_test_add_func ("/dot/threads", test_threads);

  return g_test_run ();
}
