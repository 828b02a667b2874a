/* test-frame-path.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Paths: after each event of the golden graphs moments and histories agree about
 * them, and what a path names is found again. */

#include "engine/moment/fermata-frame-path.h"
#include "engine/moment/fermata-moment-private.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-script.h"

static void
assert_found_again (FermataMoment *moment,
                    guint          frame,
                    guint32        place)
{
  g_autofree char *path = fermata_moment_dup_place_path (moment, frame, place);
  guint found_frame;
  guint32 found_place;

  g_assert_true (fermata_moment_find_path (moment, path, &found_frame, &found_place));
  g_assert_cmpuint (found_frame, ==, frame);
  g_assert_cmpuint (found_place, ==, place);
}

/* The frames of a state's tasks have the same path: it is their nodes that differ. */
static gboolean
is_task (FermataMoment *moment,
         guint          frame)
{
  guint parent;

  fermata_moment_get_owner (moment, frame, &parent, NULL, NULL);

  return fermata_moment_get_frame (moment, parent)->machine != NULL;
}

static void
assert_frame (FermataMoment     *moment,
              FermataFramePaths *paths,
              guint              number)
{
  FermataPlan *plan = fermata_moment_get_plan (moment, number);
  g_autofree char *path = fermata_moment_dup_frame_path (moment, number);

  g_assert_cmpstr (fermata_frame_paths_get_frame (paths, number), ==, path);
  g_assert_cmpint (*path == '\0', ==, number == 0);
  if (number > 0 && !is_task (moment, number))
    assert_found_again (moment, number, FERMATA_PLACE_RUN);
  for (guint i = 0; i < plan->n_nodes + plan->n_edges; i++)
    {
      g_autofree char *by_moment = fermata_moment_dup_place_path (moment, number, plan->first_place + i);
      g_autofree char *by_history = fermata_frame_paths_dup_place (paths, number, plan->first_place + i);

      g_assert_cmpstr (by_moment, ==, by_history);
      assert_found_again (moment, number, plan->first_place + i);
    }
}

static void
committed (FermataRun *run,
           guint64     number,
           gpointer    user_data)
{
  FermataFramePaths *paths = user_data;
  FermataMoment *moment = fermata_run_get_moment (run);
  guint32 frame = 0;
  gpointer value;

  fermata_frame_paths_add_event (paths, fermata_history_get_event (fermata_run_get_history (run), number));
  assert_frame (moment, paths, 0);
  for (; fermata_trie_next (&moment->frames, frame, FERMATA_TRIE_ANY, &frame, &value); frame++)
    assert_frame (moment, paths, frame);
}

static void
test_golden (gconstpointer data)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (data);
  g_autoptr (FermataFramePaths) paths = NULL;
  g_autoptr (GError) error = NULL;

  fermata_test_bed_set_up (bed, graph, &error);
  g_assert_no_error (error);
  paths = fermata_frame_paths_new (fermata_run_get_plan (bed->run));
  fermata_probe_set_committed (fermata_probe_add (bed->run, paths), committed);
  fermata_test_bed_go (bed);
  g_assert_null (fermata_frame_paths_get_frame (paths, 1));
}

/* A list of three, each in a graph with a machine. */
static FermataTestBed *
begin (void)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;

  graph = fermata_test_graph (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'list', 'type': 'set', 'with': { 'value': [ 1, 2, 3 ] } },"
    "  { 'id': 'orders', 'type': 'subgraph', 'body': { 'nodes': ["
    "    { 'id': 'a', 'type': 'set', 'with': { 'value': 1 } },"
    "    { 'id': 'go', 'type': 'subgraph', 'body': { 'kind': 'fsm', 'initial': 's', 'nodes': ["
    "      { 'id': 's', 'do': ["
    "        { 'id': 'one', 'type': 'task', 'with': { 'takes': '5s' } },"
    "        { 'id': 'two', 'type': 'subgraph', 'body': { 'kind': 'dag', 'nodes': ["
    "          { 'id': 'last', 'type': 'task', 'with': { 'takes': '5s' } } ] } } ] } ],"
    "      'edges': [ { 'from': 's', 'after': '9s' } ] } } ],"
    "    'edges': [ { 'from': 'a', 'to': 'go' } ] } } ],"
    "  'edges': [ { 'from': 'list', 'to': 'orders', 'each': true } ] }");
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);

  return bed;
}

static void
assert_path (FermataTestBed *bed,
             const char     *path,
             const char     *name)
{
  FermataMoment *moment = fermata_run_get_moment (bed->run);
  g_autofree char *again = NULL;
  g_autofree char *found_name = NULL;
  guint frame;
  guint32 place;

  g_assert_true (fermata_moment_find_path (moment, path, &frame, &place));
  again = fermata_moment_dup_place_path (moment, frame, place);
  g_assert_cmpstr (again, ==, path);
  if (place != FERMATA_PLACE_RUN)
    found_name = fermata_plan_dup_place_name (fermata_run_get_plan (bed->run), place);
  g_assert_cmpstr (found_name, ==, name);
}

static void
test_paths (void)
{
  static const char *const places[][2] = {
    { "list", "list" },
    { "list>orders", "list>orders" },
    { "orders", "orders" },
    { "orders/1/orders", "orders/orders" },
    { "orders/1/orders/a", "orders/orders/a" },
    { "orders/2/orders/a>go", "orders/orders/a>go" },
    { "orders/2/orders/go/s", "orders/orders/go/s" },
    { "orders/2/orders/go/s/one", "orders/orders/go/s/one" },
    { "orders/0/orders/go/s/two", "orders/orders/go/s/two" },
    { "orders/0/orders/go/s/two/last", "orders/orders/go/s/two/last" },
  };
  g_autoptr (FermataTestBed) bed = begin ();

  assert_path (bed, "orders/0/", NULL);
  assert_path (bed, "orders/1/orders/go/s/", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    assert_path (bed, places[i][0], places[i][1]);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
}

/* A loop whose body has an owner with several bodies. */
static void
test_try_in_loop (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;

  graph = fermata_test_graph (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'loop', 'type': 'while',"
    "  'with': { 'condition': 'iteration.index < 3', 'initial': 0 }, 'body': { 'nodes': [ { 'id': 'guard', 'type': 'try',"
    "    'body': { 'nodes': [ { 'id': 'a', 'type': 'task', 'with': { 'error': 'execution' } } ] },"
    "    'catch': { 'nodes': [ { 'id': 'fix', 'type': 'task', 'with': { 'takes': '10s' } } ] } } ] } } ] }");
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  assert_path (bed, "loop/0/guard/catch/fix", "loop/guard/catch/fix");
  fermata_test_bed_pass_time_until (bed, 15 * G_USEC_PER_SEC);
  assert_path (bed, "loop/1/", NULL);
  assert_path (bed, "loop/1/guard", "loop/guard");
  assert_path (bed, "loop/1/guard/catch/", NULL);
  assert_path (bed, "loop/1/guard/catch/fix", "loop/guard/catch/fix");
  fermata_test_bed_finish (bed);
}

/* With and without a slash at its end. */
static void
test_path_of_frame (void)
{
  g_autoptr (FermataTestBed) bed = begin ();
  FermataMoment *moment = fermata_run_get_moment (bed->run);
  g_autofree char *path = NULL;
  guint frame, again;
  guint32 place;

  g_assert_true (fermata_moment_find_path (moment, "orders/1/orders/go/", &frame, &place));
  g_assert_cmpuint (place, ==, FERMATA_PLACE_RUN);
  path = fermata_moment_dup_frame_path (moment, frame);
  g_assert_cmpstr (path, ==, "orders/1/orders/go/");
  g_assert_true (fermata_moment_find_path (moment, "orders/1", &again, &place));
  g_assert_cmpuint (place, ==, FERMATA_PLACE_RUN);
  g_assert_true (fermata_moment_find_path (moment, "", &again, &place));
  g_assert_cmpuint (again, ==, 0);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  g_assert_null (fermata_moment_dup_frame_path (fermata_run_get_moment (bed->run), frame));
}

/* What is not there, whoever typed it. */
static void
test_not_found (void)
{
  static const char *const paths[] = {
    "/", "//", "nobody", "nobody/", "list/", "list/0", "orders/", "orders//", "orders/3", "orders/-1/orders",
    "orders/1x/orders", "orders/ 1/orders", "orders/01/orders", "orders/99999999999999999999/orders",
    "orders/4294967295", "orders/1/orders/1/a", "orders/1/orders/go/t", "orders/1/orders/go/s/three",
    "orders/1/orders/go/s/", "orders/1/nobody", "orders/orders", "orders/1/orders/a/", "orders/1/orders/a>",
  };
  g_autoptr (FermataTestBed) bed = begin ();

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      guint frame;
      guint32 place;
      gboolean found = fermata_moment_find_path (fermata_run_get_moment (bed->run), paths[i], &frame,
                                                 &place);

      g_test_message ("%s", paths[i]);
      g_assert_cmpint (found, ==, g_str_equal (paths[i], "orders/1/orders/go/s/"));
    }
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
}

/* Where a frame has gone, the name of the place remains. */
static void
test_gone (void)
{
  g_autoptr (FermataTestBed) bed = begin ();
  FermataMoment *moment = fermata_run_get_moment (bed->run);
  g_autoptr (FermataFramePaths) paths = fermata_frame_paths_new (fermata_run_get_plan (bed->run));
  g_autofree char *name = NULL;
  g_autofree char *name_of_unseen = NULL;
  guint frame;
  guint32 place;

  g_assert_true (fermata_moment_find_path (moment, "orders/2/orders/a", &frame, &place));
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  name = fermata_moment_dup_place_path (fermata_run_get_moment (bed->run), frame, place);
  g_assert_cmpstr (name, ==, "orders/orders/a");
  g_assert_null (fermata_moment_dup_place_path (fermata_run_get_moment (bed->run), frame,
                                                FERMATA_PLACE_RUN));
  name_of_unseen = fermata_frame_paths_dup_place (paths, frame, place);
  g_assert_cmpstr (name_of_unseen, ==, "orders/orders/a");
}

int
main (int   argc,
      char *argv[])
{
  g_auto (GStrv) paths = NULL;

  g_test_init (&argc, &argv, NULL);

  paths = fermata_test_list_golden (TRUE);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);
      g_autofree char *test = g_strconcat ("/frame-path/golden/", name, NULL);

      g_test_add_data_func (test, paths[i], test_golden);
    }
  g_test_add_func ("/frame-path/paths", test_paths);
  g_test_add_func ("/frame-path/try-in-loop", test_try_in_loop);
  g_test_add_func ("/frame-path/of-frame", test_path_of_frame);
  g_test_add_func ("/frame-path/not-found", test_not_found);
  g_test_add_func ("/frame-path/gone", test_gone);

  return g_test_run ();
}
