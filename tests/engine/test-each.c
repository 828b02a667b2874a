/* test-each.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Items one by one where there are many: what waits, what is kept, in which
 * order. The rules themselves are golden files. */

#include "engine/history/fermata-history-private.h"
#include "engine/nodes/fermata-nodes.h"
#include "executor/fermata-local-executor.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-bed.h"

#include <string.h>

/* The numbers below @n, one by one. */
static FermataGraph *
make_graph (guint       n,
            const char *target,
            const char *members)
{
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_append (json, "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
                         "  { 'id': 'list', 'type': 'task', 'with': { 'emit': [");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (json, "%s%u", i == 0 ? "" : ",", i);
  g_string_append_printf (json, "], 'every': 0.00001 } }, %s ], 'edges': [ { 'from': 'list', 'to': 'each', 'each': true } ] %s }",
                          target, members);

  return fermata_test_graph (json->str);
}

/* The most items at any time that had come and not been begun. */
static gint64
most_waiting (FermataRun *run)
{
  FermataHistory *history = fermata_run_get_history (run);
  gint64 waiting = 0;
  gint64 most = 0;

  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    {
      const FermataEvent *event = fermata_history_get_event (history, i);
      FermataValue *items = event->kind == FERMATA_EVENT_CHUNK
                            ? fermata_value_get_member (event->payload, "items") : NULL;

      if (items != NULL)
        waiting += fermata_value_get_integer (items);
      else if (event->kind == FERMATA_EVENT_FRAME_ENTERED)
        waiting--;
      most = MAX (most, waiting);
    }

  return most;
}

/* Output of node 1: the numbers from @first on, in order. */
static void
assert_numbers (FermataRun *run,
                guint       n,
                gint64      first)
{
  FermataValue *output = fermata_moment_get_node_output (fermata_run_get_moment (run), 0, 1);

  g_assert_nonnull (output);
  g_assert_cmpuint (fermata_value_get_length (output), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (fermata_value_get_integer (fermata_value_get_element (output, i)), ==, first + i);
}

/* The source gives all it has in no time; it is made to wait. */
static void
test_backpressure (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;

  graph = make_graph (5000, "{ 'id': 'each', 'type': 'task', 'with': { 'takes': 0.001, 'value': '{{input}}' } }",
                      ", 'max-concurrency': 3");
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_test_bed_finish (bed);

  assert_numbers (bed->run, 5000, 0);
  g_assert_cmpint (most_waiting (bed->run), >, 900);
  g_assert_cmpint (most_waiting (bed->run), <=, 1002);
}

/* Nobody can take items before the source has ended: it must not wait for them. */
static void
test_no_place (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;

  graph = make_graph (3000, "{ 'id': 'each', 'type': 'set', 'with': { 'value': '{{input + 1}}' } }",
                      ", 'max-concurrency': 1");
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_test_bed_finish (bed);

  assert_numbers (bed->run, 3000, 1);
  g_assert_cmpint (most_waiting (bed->run), ==, 3000);
}

/* Two sources that wait, and hold all places. */
static void
test_two_sources (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (GString) items = g_string_new ("[0");
  g_autofree char *json = NULL;
  g_autoptr (FermataGraph) graph = NULL;

  for (guint i = 1; i < 2500; i++)
    g_string_append_printf (items, ",%u", i);
  json = g_strdup_printf ("{ 'fermata': 1, 'kind': 'dag', 'max-concurrency': 2, 'nodes': ["
                          "  { 'id': 'a', 'type': 'task', 'with': { 'emit': %s], 'every': 0.00001 } },"
                          "  { 'id': 'x', 'type': 'task', 'with': { 'takes': 0.01 } },"
                          "  { 'id': 'b', 'type': 'task', 'with': { 'emit': %s], 'every': 0.00001 } },"
                          "  { 'id': 'y', 'type': 'task', 'with': { 'takes': 0.01 } } ], 'edges': ["
                          "  { 'from': 'a', 'to': 'x', 'each': true },"
                          "  { 'from': 'b', 'to': 'y', 'each': true } ] }", items->str, items->str);
  graph = fermata_test_graph (json);
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_test_bed_finish (bed);
  g_assert_cmpuint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);
}

static void
count_frames (FermataRun *run,
              guint64     number,
              gpointer    user_data)
{
  guint *most = user_data;

  *most = MAX (*most, fermata_moment_get_n_frames (fermata_run_get_moment (run)));
}

/* As many frames as can run, also where they wait for something else: here, all
 * of them for their next attempt. */
static void
test_frames (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;
  guint most = 0;

  graph = make_graph (500, "{ 'id': 'each', 'type': 'task', 'retry': { 'attempts': 2, 'delay': '1h' },"
                           "  'with': { 'error': '{{attempt < 2 ? \\\"timeout\\\" : \\\"\\\"}}', 'value': '{{input}}' } }",
                      ", 'max-concurrency': 7");
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_probe_set_committed (fermata_probe_add (bed->run, &most), count_frames);
  fermata_test_bed_finish (bed);

  assert_numbers (bed->run, 500, 0);
  g_assert_cmpuint (most, ==, 1 + 7);
}

/* Every moment can be had, frames included, whatever snapshots there are. */
static void
test_moments (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;
  FermataHistory *history;
  guint64 n_events;

  graph = make_graph (4000, "{ 'id': 'each', 'type': 'set', 'with': { 'value': '{{input}}' } }", "");
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_test_bed_finish (bed);

  history = fermata_run_get_history (bed->run);
  n_events = fermata_history_get_n_events (history);
  g_assert_cmpuint (fermata_history_get_n_snapshots (history), >, 1);
  for (guint64 number = n_events; number > 4000; number -= 3977)
    {
      g_autoptr (FermataMoment) moment = fermata_history_dup_moment (history, number);
      g_autoptr (FermataMoment) folded = fermata_history_fold_from_start (history, number);

      g_assert_true (fermata_moment_equal (moment, folded));
    }
}

/* What front ends may ask while it runs */
static void
test_views (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;
  g_autofree guint *frames = NULL;
  FermataMoment *moment;
  FermataPlan *body;
  guint n_frames, n_items, n_entered, n_left, parent, node, iteration;

  graph = make_graph (5, "{ 'id': 'each', 'type': 'task', 'with': { 'takes': '{{input}}' } }",
                      ", 'max-concurrency': 3");
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_test_bed_pass_time_until (bed, G_USEC_PER_SEC / 2);

  moment = fermata_run_get_moment (bed->run);
  g_assert_true (fermata_moment_get_body_progress (moment, 0, 1, &n_items, &n_entered, &n_left));
  g_assert_cmpuint (n_items, ==, 5);
  g_assert_cmpuint (n_entered, ==, 4);
  g_assert_cmpuint (n_left, ==, 1);
  g_assert_false (fermata_moment_get_body_progress (moment, 0, 0, NULL, NULL, NULL));

  frames = fermata_moment_list_frames (moment, 0, 1, &n_frames);
  g_assert_cmpuint (n_frames, ==, 3);
  g_assert_cmpuint (frames[0], ==, 2);
  g_assert_false (fermata_moment_has_frame (moment, 1));
  g_assert_true (fermata_moment_get_owner (moment, frames[2], &parent, &node, &iteration));
  g_assert_cmpuint (parent, ==, 0);
  g_assert_cmpuint (node, ==, 1);
  g_assert_cmpuint (iteration, ==, 3);
  g_assert_false (fermata_moment_get_owner (moment, 0, NULL, NULL, NULL));

  body = fermata_plan_get_node_body (fermata_run_get_plan (bed->run), 1);
  g_assert_true (fermata_moment_get_plan (moment, frames[0]) == body);
  g_assert_cmpstr (fermata_plan_get_node_id (body, fermata_plan_get_first_place (body)), ==, "each");
  g_assert_cmpuint (fermata_moment_get_node_status (moment, frames[0],
                                                    fermata_plan_get_first_place (body)), ==,
                    FERMATA_NODE_STATUS_RUNNING);
  fermata_test_bed_finish (bed);
}

/* By chance */

static void
add_target (GString    *json,
            GRand      *rand,
            const char *id,
            gboolean   *may_fail)
{
  static const char *const policies[] = {
    "", "'on-error': 'continue',", "'on-error': { 'value': -1 },",
    "'retry': { 'attempts': 3, 'delay': '3ms' },", "'timeout': '4ms',",
    "'uses': { 'pool': 1 },",
  };
  guint policy = g_rand_int_range (rand, 0, G_N_ELEMENTS (policies));
  guint fails = g_rand_int_range (rand, 0, 3) == 0 ? g_rand_int_range (rand, 2, 9) : 1000;

  g_string_append_printf (json, ", { 'id': '%s', 'type': 'task', %s 'with': {"
                                " 'takes': '{{(iteration.index * 7 %% 5) / 1000}}', 'value': '{{iteration.value}}',"
                                " 'error': '{{iteration.index %% %u === %u ? \\\"execution\\\" : \\\"\\\"}}' } }",
                          id, policies[policy], fails, fails - 1);
  *may_fail = fails < 1000 || policy == 4;
}

/* Sources that stream, lists at once, targets of targets; what fails, what is
 * tried again, what is held and cancelled. */
static char *
make_random (GRand    *rand,
             gboolean *may_fail)
{
  GString *json = g_string_new (NULL);
  guint n = g_rand_int_range (rand, 0, 12);
  gboolean first_may_fail, second_may_fail;
  gboolean fails = g_rand_int_range (rand, 0, 4) == 0;

  g_string_append_printf (json, "{ 'fermata': 1, 'kind': 'dag', 'max-concurrency': %d, 'on-error': '%s',"
                                " 'pools': { 'pool': 1 }, %s 'nodes': [ { 'id': 'list', 'type': 'task',"
                                " 'retry': { 'attempts': 2, 'delay': '1ms' }, 'with': { 'emit': [",
                          g_rand_int_range (rand, 1, 5), g_rand_boolean (rand) ? "continue" : "fail-fast",
                          g_rand_int_range (rand, 0, 4) == 0 ? "'budget': { 'steps': 9 }," : "");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (json, "%s%u", i == 0 ? "" : ",", i);
  g_string_append_printf (json, "], 'value': null, 'every': %g, 'takes': '%dms',"
                                " 'error': '{{attempt <= %d ? \\\"timeout\\\" : \\\"\\\"}}' } }",
                          g_rand_int_range (rand, 0, 4) / 1000.0, g_rand_int_range (rand, 0, 20),
                          fails ? g_rand_int_range (rand, 1, 3) : 0);
  add_target (json, rand, "first", &first_may_fail);
  add_target (json, rand, "second", &second_may_fail);
  g_string_append_printf (json, ", { 'id': 'side', 'type': 'task', 'with': { 'takes': '%dms', 'value': 1 } },"
                                " { 'id': 'tidy', 'type': 'set', 'join': 'always', 'with': { 'value': 1 } } ],"
                                " 'edges': [ { 'from': 'list', 'to': 'first', 'each': true %s },"
                                " { 'from': 'first', 'to': 'second', 'each': true }, { 'from': 'second', 'to': 'tidy' } %s ] }",
                          g_rand_int_range (rand, 0, 9), g_rand_boolean (rand) ? ", 'when': 'output === null'" : "",
                          g_rand_boolean (rand) ? ", { 'from': 'side', 'to': 'first' }" : "");
  *may_fail = fails || first_may_fail || second_may_fail;

  return g_string_free (json, FALSE);
}

static void
meddle (FermataTestBed *bed,
        GRand          *rand)
{
  gint64 time = 0;

  for (guint i = g_rand_int_range (rand, 0, 4); i > 0; i--)
    {
      time += g_rand_int_range (rand, 0, 9) * 1000;
      fermata_test_bed_pass_time_until (bed, time);
      switch (g_rand_int_range (rand, 0, 4))
        {
        case 0:
          fermata_run_cancel (bed->run);
          break;
        default:
          if (fermata_run_hold (bed->run))
            {
              time += g_rand_int_range (rand, 0, 5) * 1000;
              fermata_test_bed_pass_time_until (bed, time);
              fermata_run_release (bed->run);
            }
          break;
        }
    }
}

/* Whatever happens, the run ends, live equals folded after each event, the same
 * facts give the same decisions, and no frame is left behind. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint round = 0; round < 150; round++)
    {
      g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
      gboolean may_fail;
      g_autofree char *json = make_random (rand, &may_fail);
      g_autoptr (FermataGraph) graph = fermata_test_graph (json);
      FermataMoment *moment;
      guint n_entered, n_left;

      g_test_message ("%s", json);
      fermata_test_bed_prepare (bed, graph, NULL);
      fermata_run_start (bed->run);
      meddle (bed, rand);
      fermata_test_bed_finish (bed);

      moment = fermata_run_get_moment (bed->run);
      g_assert_cmpuint (fermata_moment_get_n_frames (moment), ==, 1);
      for (guint node = 1; node <= 2; node++)
        {
          g_assert_true (fermata_moment_get_body_progress (moment, 0, node, NULL, &n_entered, &n_left));
          g_assert_cmpuint (n_entered, ==, n_left);
        }
      g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_FRAME_ENTERED, NULL), ==,
                        fermata_test_bed_count (bed, FERMATA_EVENT_FRAME_LEFT, NULL));
      if (!may_fail && fermata_run_get_state (bed->run) == FERMATA_RUN_STATE_DONE)
        {
          g_autofree char *first = fermata_test_bed_output (bed, "first");
          g_autofree char *second = fermata_test_bed_output (bed, "second");

          if (first != NULL && second != NULL)
            g_assert_cmpstr (first, ==, second);
        }
    }
}

/* The most frames of items that were there at a time. */
static gint64
most_frames (FermataRun *run)
{
  FermataHistory *history = fermata_run_get_history (run);
  gint64 open = 0;
  gint64 most = 0;

  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    {
      const FermataEvent *event = fermata_history_get_event (history, i);

      open += event->kind == FERMATA_EVENT_FRAME_ENTERED;
      open -= event->kind == FERMATA_EVENT_FRAME_LEFT;
      most = MAX (most, open);
    }

  return most;
}

/* Runs a command whose lines are items for a node that gives them back. */
static FermataRun *
run_command (FermataEngine **engine,
             const char     *with)
{
  g_autoptr (FermataClock) clock = fermata_real_clock_new ();
  g_autoptr (FermataExecutor) executor = FERMATA_EXECUTOR (fermata_local_executor_new ());
  g_autofree char *json = NULL;
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  FermataRun *run;

  json = g_strdup_printf ("{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
                          "  { 'id': 'list', 'type': 'command', 'with': { %s } },"
                          "  { 'id': 'each', 'type': 'set', 'with': { 'value': '{{input}}' } } ],"
                          "  'edges': [ { 'from': 'list', 'to': 'each', 'each': true } ] }", with);
  graph = fermata_test_graph (json);
  *engine = fermata_engine_new (clock, executor, NULL);
  fermata_nodes_register (fermata_engine_get_registry (*engine));
  plan = fermata_engine_compile (*engine, graph, &error);
  g_assert_no_error (error);
  run = fermata_engine_create_run (*engine, plan, NULL, &error);
  g_assert_no_error (error);
  fermata_run_start (run);
  while (!fermata_run_has_ended (run))
    g_main_context_iteration (NULL, TRUE);

  return run;
}

/* Frames for those that are under way, however many there are in all. */
static void
test_process (void)
{
  g_autoptr (FermataEngine) engine = NULL;
  g_autoptr (FermataRun) run = run_command (&engine, "'argv': ['seq', '-f', '%.0f', '200000'],"
                                                     "'emit': 'ndjson'");

  assert_numbers (run, 200000, 1);
  g_assert_cmpint (most_frames (run), <=, FERMATA_RUN_DEFAULT_MAX_CONCURRENCY);
  g_assert_cmpuint (fermata_moment_get_n_frames (fermata_run_get_moment (run)), ==, 1);
}

/* It prints much faster than items are taken, 20 MB in all: of lines of 500 bytes
 * no more wait than may, and than what has been read by then. */
static void
test_process_waits (void)
{
  g_autoptr (FermataEngine) engine = NULL;
  g_autoptr (FermataRun) run = run_command (&engine, "'argv': ['seq', '-f', '%0499.0f', '40000'],"
                                                     "'emit': 'lines'");
  FermataValue *output = fermata_moment_get_node_output (fermata_run_get_moment (run), 0, 1);

  g_assert_cmpuint (fermata_value_get_length (output), ==, 40000);
  g_assert_cmpint (most_waiting (run), >, 900);
  g_assert_cmpint (most_waiting (run), <, 5000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/each/backpressure", test_backpressure);
  g_test_add_func ("/each/no-place", test_no_place);
  g_test_add_func ("/each/two-sources", test_two_sources);
  g_test_add_func ("/each/frames", test_frames);
  g_test_add_func ("/each/moments", test_moments);
  g_test_add_func ("/each/views", test_views);
  g_test_add_func ("/each/random", test_random);
  g_test_add_func ("/each/process", test_process);
  g_test_add_func ("/each/process-waits", test_process_waits);

  return g_test_run ();
}
