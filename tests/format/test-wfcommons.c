/* test-wfcommons.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-wfcommons.h"
#include "format/format-fixture.h"
#include "value/fermata-value-writer.h"

#define WORKFLOW_1_5                                                                    \
  "{'name':'Two','schemaVersion':'1.5','workflow':{'specification':{'tasks':["          \
  "{'name':'First','id':'a/1','parents':[],'children':['b']},"                          \
  "{'name':'b','id':'b','parents':['a/1'],'children':[]}]},"                            \
  "'execution':{'tasks':["                                                              \
  "{'id':'b','runtimeInSeconds':2,'command':{'program':'{{x}}'}},"                      \
  "{'id':'a/1','runtimeInSeconds':0.5,'command':{'program':'p','arguments':['','$x']}}]}}}"

#define WORKFLOW_1_4                                                                    \
  "{'name':'Two','schemaVersion':'1.4','workflow':{'tasks':["                           \
  "{'name':'b','id':'ID2','parents':['a'],'runtimeInSeconds':2,'command':{'program':'q'}}," \
  "{'name':'a','id':'ID1','children':['b'],'runtime':1,'command':{'program':'p'}}]}}"

static GBytes *
get_bytes (const char *text)
{
  char *quoted = quote (text);

  return g_bytes_new_take (quoted, strlen (quoted));
}

static FermataGraph *
read_workflow (const char                    *text,
               const FermataWfcommonsOptions *options)
{
  g_autoptr (GBytes) bytes = get_bytes (text);
  g_autoptr (GError) error = NULL;
  FermataGraph *graph = fermata_wfcommons_read_graph (bytes, "test", options, NULL, &error);

  g_assert_no_error (error);

  return graph;
}

static void
assert_value (FermataValue *value,
              const char   *expected)
{
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *quoted = quote (expected);

  g_assert_cmpstr (text, ==, quoted);
}

static FermataValue *
get_argv (FermataGraph *graph,
          const char   *id)
{
  FermataNode *node = fermata_graph_find_node (graph, id);

  g_assert_nonnull (node);

  return fermata_value_get_member (fermata_node_get_member (node, "with"), "argv");
}

static FermataValue *
get_argument (FermataGraph *graph,
              const char   *id,
              guint         index)
{
  return fermata_value_get_element (get_argv (graph, id), index);
}

static void
assert_argv (FermataGraph *graph,
             const char   *id,
             const char   *expected)
{
  assert_value (get_argv (graph, id), expected);
}

static void
test_graph (void)
{
  g_autoptr (FermataGraph) graph = read_workflow (WORKFLOW_1_5, NULL);
  g_autoptr (FermataValue) value = fermata_graph_to_value (graph);

  assert_value (value,
                "{'fermata':1,'kind':'dag','name':'Two','nodes':["
                "{'id':'a_1','type':'command','label':'First','with':{'argv':['p','','$x']},'x-seconds':0.5},"
                "{'id':'b','type':'command','with':{'argv':['{{{{x}}']},'x-seconds':2.0}],"
                "'edges':[{'from':'a_1','to':'b'}],'result':null}");
}

static void
test_tasks (void)
{
  FermataWfcommonsOptions options = FERMATA_WFCOMMONS_OPTIONS_INIT;
  g_autoptr (FermataGraph) print = NULL;
  g_autoptr (FermataGraph) sleep = NULL;
  g_autoptr (FermataGraph) program = NULL;

  options.tasks = FERMATA_WFCOMMONS_TASKS_PRINT;
  print = read_workflow (WORKFLOW_1_5, &options);
  assert_argv (print, "a_1", "['printf','%s\\\\n','a_1']");

  options.tasks = FERMATA_WFCOMMONS_TASKS_SLEEP;
  options.scale = 0.1;
  sleep = read_workflow (WORKFLOW_1_5, &options);
  assert_value (get_argument (sleep, "a_1", 0), "'sleep'");
  assert_value (get_argument (sleep, "a_1", 1), "'0.050000'");

  options.tasks = FERMATA_WFCOMMONS_TASKS_PROGRAM;
  options.program = "./stub";
  program = read_workflow (WORKFLOW_1_5, &options);
  assert_argv (program, "a_1", "['./stub','a_1','0.050000','p','','$x']");
}

/* Before 1.5 there was one list of tasks, and parents were named. */
static void
test_before (void)
{
  g_autoptr (FermataGraph) graph = read_workflow (WORKFLOW_1_4, NULL);
  g_autoptr (FermataValue) value = fermata_graph_to_value (graph);

  assert_value (value,
                "{'fermata':1,'kind':'dag','name':'Two','nodes':["
                "{'id':'ID2','type':'command','label':'b','with':{'argv':['q']},'x-seconds':2.0},"
                "{'id':'ID1','type':'command','label':'a','with':{'argv':['p']},'x-seconds':1.0}],"
                "'edges':[{'from':'ID1','to':'ID2'}],'result':null}");
}

/* What becomes the same id of a node stays two. */
static void
test_ids (void)
{
  FermataWfcommonsOptions options = { FERMATA_WFCOMMONS_TASKS_PRINT, 1.0, NULL };
  g_autoptr (FermataGraph) graph = NULL;

  graph = read_workflow ("{'workflow':{'specification':{'tasks':[{'id':'a/b'},{'id':'a#b'},{'id':'a_b'},"
                         "{'id':'a>b','parents':['a/b','a#b','a_b','a#b']}]}}}", &options);
  g_assert_cmpuint (fermata_graph_get_n_edges (graph), ==, 3);
  g_assert_cmpstr (fermata_node_get_id (fermata_graph_get_node (graph, 0)), ==, "a_b-1");
  g_assert_cmpstr (fermata_node_get_id (fermata_graph_get_node (graph, 1)), ==, "a_b-2");
  g_assert_cmpstr (fermata_node_get_id (fermata_graph_get_node (graph, 2)), ==, "a_b");
  g_assert_cmpstr (fermata_node_get_id (fermata_graph_get_node (graph, 3)), ==, "a_b-4");
  g_assert_cmpstr (fermata_node_get_label (fermata_graph_get_node (graph, 3)), ==, "a>b");
}

static void
assert_recognised (const char *text,
                   gboolean    expected)
{
  g_autoptr (GBytes) bytes = get_bytes (text);

  g_assert_cmpint (fermata_wfcommons_recognises (bytes), ==, expected);
}

static void
test_recognises (void)
{
  assert_recognised (WORKFLOW_1_5, TRUE);
  assert_recognised (WORKFLOW_1_4, TRUE);
  assert_recognised ("{'workflow':{'specification':7}}", TRUE);
  assert_recognised ("{'fermata':1,'kind':'dag','workflow':{'tasks':[]}}", FALSE);
  assert_recognised ("{'workflow':{}}", FALSE);
  assert_recognised ("{'workflow':", FALSE);
  assert_recognised ("[]", FALSE);
  assert_recognised ("", FALSE);
}

/* A long chain, and one that ends where it began. */
static void
test_long (void)
{
  const FermataWfcommonsOptions options = { FERMATA_WFCOMMONS_TASKS_PRINT, 1.0, NULL };
  g_autoptr (GString) text = g_string_new ("{'workflow':{'specification':{'tasks':[{'id':'t0'}");
  g_autofree char *closed = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataGraph) none = NULL;
  g_autoptr (GError) error = NULL;
  const guint n = 50000;

  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, ",{'id':'t%u','parents':['t%u']}", i, i - 1);
  closed = g_strdup_printf ("%s,{'id':'end','parents':['t%u'],'children':['t1']}]}}}", text->str, n - 1);
  g_string_append (text, "]}}}");

  graph = read_workflow (text->str, &options);
  g_assert_cmpuint (fermata_graph_get_n_nodes (graph), ==, n);
  bytes = get_bytes (closed);
  none = fermata_wfcommons_read_graph (bytes, "test", &options, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, " more … → "));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wfcommons/graph", test_graph);
  g_test_add_func ("/wfcommons/tasks", test_tasks);
  g_test_add_func ("/wfcommons/before-1.5", test_before);
  g_test_add_func ("/wfcommons/ids", test_ids);
  g_test_add_func ("/wfcommons/recognises", test_recognises);
  g_test_add_func ("/wfcommons/long", test_long);

  return g_test_run ();
}
