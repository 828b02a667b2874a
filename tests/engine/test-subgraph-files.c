/* test-subgraph-files.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Graphs that nodes run from files: what is read, what is refused, and what such a
 * graph knows of what is around it. */

#include "engine/moment/fermata-moment-private.h"
#include "engine/plan/fermata-plan-private.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-bed.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static FermataTestBed *
bed_new (void)
{
  FermataTestBed *bed = fermata_test_bed_new ();

  fermata_test_bed_enter_folder (bed);

  return bed;
}

/* Single quotes stand for double ones; it is a DAG unless it says what else. */
static void
write_graph (const char *name,
             const char *members)
{
  const char *kind = strstr (members, "'kind'") != NULL ? "" : "'kind': 'dag', ";
  g_autofree char *text = g_strdup_printf ("{ 'fermata': 1, %s%s }", kind, members);
  g_autofree char *folder = g_path_get_dirname (name);
  g_autoptr (GError) error = NULL;

  g_strdelimit (text, "'", '"');
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (name, text, -1, &error);
  g_assert_no_error (error);
}

static FermataGraph *
read_graph (FermataTestBed *bed,
            const char     *name)
{
  g_autoptr (GError) error = NULL;
  FermataGraph *graph;

  graph = fermata_loader_load (fermata_engine_get_loader (bed->engine), NULL, name, NULL, &error);
  g_assert_no_error (error);

  return graph;
}

static void
run_file (FermataTestBed *bed,
          const char     *name)
{
  g_autoptr (FermataGraph) graph = read_graph (bed, name);

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_finish (bed);
}

static void
assert_result (FermataTestBed *bed,
               const char     *name,
               const char     *expected)
{
  g_autofree char *result = NULL;

  run_file (bed, name);
  result = fermata_test_bed_result (bed);
  g_assert_cmpstr (result, ==, expected);
}

/* How it is refused must have @part in it. */
static void
assert_refused (FermataTestBed *bed,
                const char     *name,
                const char     *part)
{
  g_autoptr (FermataGraph) graph = read_graph (bed, name);
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  plan = fermata_engine_compile (bed->engine, graph, &error);
  g_assert_null (plan);
  g_assert_nonnull (error);
  if (strstr (error->message, part) == NULL)
    g_error ("expected “%s” in: %s", part, error->message);
}

#define INCLUDES(id, file, more) "{ 'id': '" id "', 'type': 'subgraph', 'with': { 'file': '" file "'" more " } }"
#define SET(id, value) "{ 'id': '" id "', 'type': 'set', 'with': { 'value': " value " } }"

#define FIBONACCI                                                                              \
  "'inputs': { 'n': { 'type': 'integer', 'default': 7 } },"                                    \
  "'nodes': ["                                                                                 \
  "  { 'id': 'small', 'type': 'if', 'with': { 'when': 'inputs.n < 2' } },"                     \
  "  { 'id': 'itself', 'type': 'return', 'with': { 'value': '{{inputs.n}}' } },"               \
  INCLUDES ("a", "fibonacci.json", ", 'inputs': { 'n': '{{inputs.n - 1}}' }, 'max-depth': 9") "," \
  INCLUDES ("b", "fibonacci.json", ", 'inputs': { 'n': '{{inputs.n - 2}}' }, 'max-depth': 9") "," \
  SET ("sum", "'{{input.a + input.b}}'")                                                       \
  "], 'edges': ["                                                                              \
  "  { 'from': 'small', 'to': 'itself', 'case': true },"                                       \
  "  { 'from': 'small', 'to': ['a', 'b'], 'case': false },"                                    \
  "  { 'from': 'a', 'to': 'sum' }, { 'from': 'b', 'to': 'sum' } ],"                            \
  "'result': 'nodes.sum.output'"

static void
test_itself (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();
  FermataPlan *plan;

  write_graph ("fibonacci.json", FIBONACCI);
  assert_result (bed, "fibonacci.json", "13");
  plan = fermata_run_get_plan (bed->run);
  g_assert_true (fermata_plan_get_node_body (plan, 2) == plan);
  g_assert_null (plan->tree);
}

/* Included, it is a plan of its own, and that is in itself. */
static void
test_recursion_inside (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();
  FermataPlan *plan;
  guint32 place;

  write_graph ("graphs/fibonacci.json", FIBONACCI);
  write_graph ("main.json", "'nodes': [" INCLUDES ("f", "graphs/fibonacci.json", ", 'inputs': { 'n': 8 }") "]");
  assert_result (bed, "main.json", "21");
  plan = fermata_run_get_plan (bed->run);
  g_assert_true (fermata_plan_find_node_place (plan, "f/sum", &place));
  g_assert_false (fermata_plan_find_node_place (plan, "f/a/sum", &place));
  g_assert_cmpuint (plan->tree->len, ==, 2);
}

static void
test_bound (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();

  write_graph ("a.json", "'nodes': [" INCLUDES ("deeper", "a.json", ", 'max-depth': 5") "]");
  run_file (bed, "a.json");
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_FAILED);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_FRAME_ENTERED, NULL), ==, 4);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_FRAME_LEFT, NULL), ==, 4);
}

/* Three files, of which one says how deep: whichever is first. */
static void
test_three (void)
{
  static const char *const names[] = { "a.json", "b.json", "c.json" };
  static const guint n_frames[] = { 10, 9, 8 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FermataTestBed) bed = bed_new ();

      write_graph ("a.json", "'nodes': [" INCLUDES ("n", "b.json", "") "]");
      write_graph ("b.json", "'nodes': [" INCLUDES ("n", "c.json", ", 'max-depth': 3") "]");
      write_graph ("c.json", "'nodes': [" INCLUDES ("n", "a.json", "") "]");
      run_file (bed, names[i]);
      g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_FAILED);
      g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_FRAME_ENTERED, NULL), ==, n_frames[i]);
    }
}

static void
test_endless (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();

  write_graph ("self.json", "'nodes': [" INCLUDES ("n", "./self.json", "") "]");
  assert_refused (bed, "self.json", "“self.json” includes itself (self.json → self.json)");

  write_graph ("a.json", "'nodes': [" INCLUDES ("n", "b.json", "") "]");
  write_graph ("b.json", "'nodes': [" INCLUDES ("n", "c.json", "") "]");
  write_graph ("c.json", "'nodes': [" INCLUDES ("n", "b.json", "") "]");
  assert_refused (bed, "a.json", "“b.json” includes itself (b.json → c.json → b.json)");

  /* By another name it is the same file. */
  g_assert_cmpint (symlink (".", "again"), ==, 0);
  write_graph ("link.json", "'nodes': [" INCLUDES ("n", "again/again/link.json", "") "]");
  assert_refused (bed, "link.json", "includes itself");
}

/* Each is of its own in the plan, and read once. */
static void
test_diamond (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();
  FermataPlan *plan;
  guint32 left, right;

  write_graph ("bottom.json", "'nodes': [" SET ("here", "'{{input}}'") "]");
  write_graph ("left.json", "'nodes': [" INCLUDES ("in", "bottom.json", "") "]");
  write_graph ("right.json", "'nodes': [" INCLUDES ("in", "bottom.json", "") "]");
  write_graph ("top.json",
               "'nodes': [" SET ("x", "1") "," INCLUDES ("l", "left.json", "") "," INCLUDES ("r", "right.json", "")
               "], 'edges': [{ 'from': 'x', 'to': ['l', 'r'] }]");
  assert_result (bed, "top.json", "{\"l\":1,\"r\":1}");
  plan = fermata_run_get_plan (bed->run);
  g_assert_true (fermata_plan_find_node_place (plan, "l/in/here", &left));
  g_assert_true (fermata_plan_find_node_place (plan, "r/in/here", &right));
  g_assert_cmpuint (left, !=, right);
  g_assert_cmpuint (fermata_documents_get_n (plan->documents), ==, 4);
}

static void
test_too_many (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.json", i);
      g_autofree char *members = g_strdup_printf ("'nodes': [" INCLUDES ("a", "%u.json", "") ","
                                                  INCLUDES ("b", "%u.json", "") "]", i + 1, i + 1);

      write_graph (name, members);
    }
  write_graph ("20.json", "'nodes': []");
  assert_refused (bed, "0.json", "files are included more than 10000 times in all");
}

static void
test_too_deep (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();

  for (guint i = 0; i <= 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.json", i);
      g_autofree char *members = g_strdup_printf ("'nodes': [" INCLUDES ("a", "%u.json", "") "]", i + 1);

      write_graph (name, members);
    }
  write_graph ("1001.json", "'nodes': []");
  assert_refused (bed, "0.json", "graphs lie at most 1000 deep in each other");
}

static void
test_unreadable (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();

  write_graph ("missing.json", "'nodes': [" INCLUDES ("n", "nowhere.json", "") "]");
  assert_refused (bed, "missing.json", "Node “n”, file: nowhere.json: ");
  write_graph ("folder.json", "'nodes': [" INCLUDES ("n", ".", "") "]");
  assert_refused (bed, "folder.json", "Node “n”, file: ");
  g_assert_cmpint (mkfifo ("fifo", 0600), ==, 0);
  write_graph ("pipe.json", "'nodes': [" INCLUDES ("n", "fifo", "") "]");
  assert_refused (bed, "pipe.json", "Node “n”, file: fifo: ");
  write_graph ("device.json", "'nodes': [" INCLUDES ("n", "/dev/zero", "") "]");
  assert_refused (bed, "device.json", "Node “n”, file: /dev/zero: ");
  write_graph ("far.json", "'nodes': [" INCLUDES ("n", "http://example.org/x.json", "") "]");
  assert_refused (bed, "far.json", "not a file on this machine");
}

static void
test_faulty (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();

  g_assert_true (g_file_set_contents ("text.txt", "Hello", -1, NULL));
  write_graph ("text.json", "'nodes': [" INCLUDES ("n", "text.txt", "") "]");
  assert_refused (bed, "text.json", "Node “n”, file: text.txt:1:1: ");
  write_graph ("bad.json", "'nodes': 3");
  write_graph ("shape.json", "'nodes': [" INCLUDES ("n", "bad.json", "") "]");
  assert_refused (bed, "shape.json", "Node “n”, file: bad.json:1:");
  write_graph ("node.json", "'nodes': [{ 'id': 'x', 'type': 'nothing' }]");
  write_graph ("outer.json", "'nodes': [" INCLUDES ("n", "node.json", "") "]");
  assert_refused (bed, "outer.json", "Node “n”, file: node.json: Node “x”: there is no type “nothing”");
  write_graph ("flow.json", "'kind': 'flow', 'nodes': []");
  write_graph ("flows.json", "'nodes': [" INCLUDES ("n", "flow.json", "") "]");
  assert_refused (bed, "flows.json", "“flow”");
  write_graph ("both.json", "'nodes': [{ 'id': 'n', 'type': 'subgraph', 'with': { 'file': 'flow.json' },"
                            "            'body': { 'nodes': [] } }]");
  assert_refused (bed, "both.json", "a “file” and a “body”");
  write_graph ("depth.json", "'nodes': [" INCLUDES ("n", "bad.json", ", 'max-depth': 1001") "]");
  assert_refused (bed, "depth.json", "max-depth must be a whole number from 1 to 1000");
}

/* In memory alone, it is relative to nothing; what is absolute can be found. */
static void
test_no_file (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph ("{ 'kind': 'dag', 'nodes': [" INCLUDES ("n", "a.json", "") "] }");
  g_autofree char *path = g_build_filename (bed->folder, "a.json", NULL);
  g_autofree char *json = g_strdup_printf ("{ 'kind': 'dag', 'nodes': [" INCLUDES ("n", "%s", "") "] }", path);
  g_autoptr (FermataGraph) absolute = fermata_test_graph (json);
  g_autoptr (GError) error = NULL;

  write_graph ("a.json", "'nodes': [" SET ("one", "1") "]");
  g_assert_null (fermata_engine_compile (bed->engine, graph, &error));
  g_assert_nonnull (strstr (error->message, "“a.json” is relative to the file of this graph, which has none"));
  fermata_test_bed_prepare (bed, absolute, NULL);
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);
}

/* What is given is all that it knows. */
static void
test_isolation (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();

  write_graph ("inner.json",
               "'inputs': { 'x': { 'default': 5 } }, 'nodes': [" SET ("here", "'{{[inputs, variables]}}'") "],"
               "'result': '[nodes.here.output, typeof iteration, typeof event, typeof error, Object.keys (nodes)]'");
  write_graph ("outer.json",
               "'inputs': { 'y': { 'default': 6 } }, 'variables': { 'v': 7 },"
               "'nodes': [" SET ("list", "[1]") ","
               "  { 'id': 'n', 'type': 'subgraph', 'with': { 'file': 'inner.json', 'inputs': { 'x': '{{iteration.value}}' } } } ],"
               "'edges': [{ 'from': 'list', 'to': 'n', 'each': true }]");
  assert_result (bed, "outer.json",
                 "[[[{\"x\":1},{}],\"undefined\",\"undefined\",\"undefined\",[\"here\"]]]");

  write_graph ("assigns.json", "'nodes': [{ 'id': 's', 'type': 'set', 'with': { 'value': 1 }, 'assign': [{ 'v': '1' }] }]");
  write_graph ("outside.json", "'variables': { 'v': 7 }, 'nodes': [" INCLUDES ("n", "assigns.json", "") "]");
  assert_refused (bed, "outside.json", "v");
}

/* A machine from a file, and a file in a machine. */
static void
test_machines (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();

  write_graph ("machine.json",
               "'kind': 'fsm', 'inputs': { 'x': {} }, 'variables': { 'seen': 0 },"
               "'nodes': [{ 'id': 'busy', 'do': " INCLUDES ("task", "task.json", ", 'inputs': { 'x': '{{inputs.x}}' }") " },"
               "          { 'id': 'end', 'type': 'final', 'data': '{{variables.seen}}' }],"
               "'edges': [{ 'from': 'busy', 'to': 'end', 'event': 'done.invoke.task', 'assign': [{ 'seen': 'event.data' }] }]");
  write_graph ("task.json", "'inputs': { 'x': {} }, 'nodes': [" SET ("twice", "'{{[inputs.x * 2, typeof event]}}'") "]");
  write_graph ("main.json", "'nodes': [" INCLUDES ("m", "machine.json", ", 'inputs': { 'x': 4 }") "]");
  assert_result (bed, "main.json", "[8,\"undefined\"]");
}

/* A file brings the pools along that it needs; those of the run stay as they are. */
static void
test_pools (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();
  FermataPools *pools;

  write_graph ("inner.json",
               "'pools': { 'gpu': 3, 'own': 2 },"
               "'nodes': [{ 'id': 's', 'type': 'set', 'with': { 'value': 1 }, 'uses': { 'gpu': 1, 'own': 2 } }]");
  write_graph ("outer.json",
               "'pools': { 'gpu': 1 }, 'nodes': [" INCLUDES ("n", "inner.json", "") ","
               "  { 'id': 's', 'type': 'set', 'with': { 'value': 1 }, 'uses': { 'gpu': 1 } }]");
  run_file (bed, "outer.json");
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);
  pools = &fermata_run_get_plan (bed->run)->pools;
  g_assert_cmpuint (pools->n_pools, ==, 2);
  g_assert_cmpuint (pools->capacities[0], ==, 1);
  g_assert_cmpuint (pools->capacities[1], ==, 2);
}

/* A result that is kept counts for the graph that it was made by. */
static void
test_content (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataPlan) first = NULL;
  g_autoptr (FermataPlan) same = NULL;
  g_autoptr (FermataPlan) other = NULL;

  write_graph ("c.json", "'nodes': [" SET ("x", "1") "]");
  write_graph ("b.json", "'nodes': [" INCLUDES ("n", "c.json", "") "]");
  write_graph ("a.json", "'nodes': [" INCLUDES ("n", "b.json", "") "]");
  graph = read_graph (bed, "a.json");
  first = fermata_engine_compile (bed->engine, graph, NULL);
  same = fermata_engine_compile (bed->engine, graph, NULL);
  write_graph ("c.json", "'nodes': [" SET ("x", "2") "]");
  other = fermata_engine_compile (bed->engine, graph, NULL);
  g_assert_true (fermata_value_equal (first->nodes[0].content, same->nodes[0].content));
  g_assert_false (fermata_value_equal (first->nodes[0].content, other->nodes[0].content));
}

static void
cancel_after (FermataRun *run,
              guint64     number,
              gpointer    user_data)
{
  if (number == *(const guint64 *) user_data)
    fermata_run_cancel (run);
}

static void
test_cancel (void)
{
  guint64 n = 2;

  for (guint64 at = 1; at < n; at++)
    {
      g_autoptr (FermataTestBed) bed = bed_new ();
      g_autoptr (FermataGraph) graph = NULL;

      write_graph ("fibonacci.json", FIBONACCI);
      write_graph ("main.json", "'nodes': [" INCLUDES ("f", "fibonacci.json", ", 'inputs': { 'n': 3 }") "]");
      graph = read_graph (bed, "main.json");
      fermata_test_bed_prepare (bed, graph, NULL);
      fermata_probe_set_committed (fermata_probe_add (bed->run, &at), cancel_after);
      fermata_test_bed_finish (bed);
      g_assert_cmpuint (fermata_moment_get_n_frames (fermata_run_get_moment (bed->run)), ==, 1);
      n = MAX (n, fermata_history_get_n_events (fermata_run_get_history (bed->run)));
    }
}

/* Twice in itself, without an end: it is refused before it takes all memory. */
static void
test_breadth (void)
{
  g_autoptr (FermataTestBed) bed = bed_new ();
  g_autoptr (FermataGraph) graph = NULL;

  write_graph ("a.json", "'nodes': [" INCLUDES ("l", "a.json", ", 'max-depth': 1000") ","
                         INCLUDES ("r", "a.json", ", 'max-depth': 1000") "]");
  graph = read_graph (bed, "a.json");
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/subgraph-files/itself", test_itself);
  g_test_add_func ("/subgraph-files/recursion-inside", test_recursion_inside);
  g_test_add_func ("/subgraph-files/bound", test_bound);
  g_test_add_func ("/subgraph-files/three", test_three);
  g_test_add_func ("/subgraph-files/endless", test_endless);
  g_test_add_func ("/subgraph-files/diamond", test_diamond);
  g_test_add_func ("/subgraph-files/too-many", test_too_many);
  g_test_add_func ("/subgraph-files/too-deep", test_too_deep);
  g_test_add_func ("/subgraph-files/unreadable", test_unreadable);
  g_test_add_func ("/subgraph-files/faulty", test_faulty);
  g_test_add_func ("/subgraph-files/no-file", test_no_file);
  g_test_add_func ("/subgraph-files/isolation", test_isolation);
  g_test_add_func ("/subgraph-files/machines", test_machines);
  g_test_add_func ("/subgraph-files/pools", test_pools);
  g_test_add_func ("/subgraph-files/content", test_content);
  g_test_add_func ("/subgraph-files/cancel", test_cancel);
  g_test_add_func ("/subgraph-files/breadth", test_breadth);

  return g_test_run ();
}
