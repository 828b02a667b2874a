/* test-known-faults.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What engines of graphs are known to do wrong, each as a test that this one
 * does not. */

#include "harness/fermata-probe.h"
#include "harness/fermata-test-bed.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

/* A join runs once a parent. */
static void
test_join_once (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '1s' } },"
    "  { 'id': 'b', 'type': 'task', 'with': { 'takes': '2s' } },"
    "  { 'id': 'c', 'type': 'task', 'with': { 'takes': '3s' } },"
    "  { 'id': 'all', 'type': 'task' },"
    "  { 'id': 'any', 'type': 'task', 'join': 'any' },"
    "  { 'id': 'always', 'type': 'task', 'join': 'always' } ],"
    "  'edges': [ { 'from': 'a', 'to': [ 'all', 'any', 'always' ] },"
    "    { 'from': 'b', 'to': [ 'all', 'any', 'always' ] },"
    "    { 'from': 'c', 'to': [ 'all', 'any', 'always' ] } ] }");

  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_NODE_STARTED, "all"), ==, 1);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_NODE_STARTED, "any"), ==, 1);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_NODE_STARTED, "always"), ==, 1);
}

/* Branches that are drawn side by side run one after the other. */
static void
test_branches_overlap (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '1s' } },"
    "  { 'id': 'b', 'type': 'task', 'with': { 'takes': '1s' } },"
    "  { 'id': 'c', 'type': 'task', 'with': { 'takes': '1s' } } ], 'edges': [] }");

  g_assert_cmpint (fermata_run_get_time (bed->run), ==, SECOND);
}

static char *
make_chain (guint n_nodes)
{
  GString *json = g_string_new ("{ 'fermata': 1, 'kind': 'dag', 'nodes': [");

  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (json, "%s { 'id': 'n%u', 'type': 'set', 'with': { 'value': '{{%s}}' } }",
                            i == 0 ? "" : ",", i, i == 0 ? "1" : "input + 1");
  g_string_append (json, "], 'edges': [");
  for (guint i = 1; i < n_nodes; i++)
    g_string_append_printf (json, "%s { 'from': 'n%u', 'to': 'n%u' }", i == 1 ? "" : ",", i - 1, i);
  g_string_append (json, "] }");

  return g_string_free (json, FALSE);
}

/* A run stops after 1,000 nodes without a word; a chain of 1,000 overflows a
 * stack. */
static void
test_long_chain (void)
{
  g_autofree char *json = make_chain (5000);
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);
  g_autofree char *result = NULL;

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_test_bed_finish (bed);
  result = fermata_test_bed_result (bed);
  g_assert_cmpstr (result, ==, "5000");
}

/* An option is accepted and ignored. Whatever the document's table of words
 * has for a node is either run or refused by name; nothing else gets through. */
static void
test_nothing_ignored (void)
{
  static const char *const policies[] = {
    "'retry': { 'attempts': 0 }", "'retry': { 'jitter': 2 }", "'retry': { 'on': [ 'nonsense' ] }",
    "'retry': 'often'", "'timeout': 'soon'", "'on-error': 'ignore'", "'uses': { 'nowhere': 1 }",
    "'assign': [ { 'nowhere': 1 } ]", "'assign': [ 5 ]", "'body': {}", "'join': 'some'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      g_autofree char *json = g_strdup_printf ("{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'a',"
                                               " 'type': 'task', %s } ], 'edges': [] }", policies[i]);
      g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
      g_autoptr (FermataGraph) graph = fermata_test_graph (json);
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataPlan) plan = fermata_engine_compile (bed->engine, graph, &error);

      g_test_message ("%s: %s", policies[i], error == NULL ? "accepted" : error->message);
      g_assert_null (plan);
      g_assert_nonnull (error);
    }
}

/* Whoever waits looks every 10 ms whether there is news. Here the loop must
 * sleep until the timer: nothing is dispatched meanwhile. */
static void
test_no_polling (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '1h' }, 'timeout': '2h', 'retry': 3 },"
    "  { 'id': 'b', 'type': 'task', 'with': { 'error': 'timeout' },"
    "    'retry': { 'attempts': 2, 'delay': '3h' } } ], 'edges': [] }");
  GMainContext *context = g_main_context_default ();
  int timeout = 0;
  int priority;
  GPollFD fds[16];

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);

  g_assert_true (g_main_context_acquire (context));
  g_main_context_prepare (context, &priority);
  g_main_context_query (context, G_MAXINT, &timeout, fds, G_N_ELEMENTS (fds));
  g_main_context_release (context);

  /* The virtual clock needs none: whoever woke up would be somebody else. */
  g_assert_cmpint (timeout, ==, -1);
  fermata_test_bed_finish (bed);
}

/* How many events a graph makes, and how many instructions, must grow with its
 * size: ten times the nodes, ten times the events. bench-engine measures the
 * time. */
static void
test_linear_events (void)
{
  guint n_events[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *json = make_chain (i == 0 ? 100 : 1000);
      g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
      g_autoptr (FermataGraph) graph = fermata_test_graph (json);

      fermata_test_bed_prepare (bed, graph, NULL);
      fermata_test_bed_unfollow (bed);
      fermata_test_bed_finish (bed);
      n_events[i] = g_list_model_get_n_items (G_LIST_MODEL (fermata_run_get_history (bed->run)));
    }
  g_assert_cmpuint (n_events[1], <=, 10 * n_events[0]);
}

/* --- Policies taken to their ends ------------------------------------------ */

static void
test_many_retries (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'task', 'with': { 'error': 'timeout' },"
    "    'retry': { 'attempts': 10000, 'delay': '1ms', 'backoff': 1000, 'max-delay': '1s' } },"
    "  { 'id': 'b', 'type': 'fail', 'with': { 'message': 'no' }, 'retry': 10000 } ],"
    "  'edges': [], 'on-error': 'continue' }");

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  fermata_test_bed_finish (bed);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_NODE_STARTED, "a"), ==, 10000);
  g_assert_cmpuint (fermata_test_bed_count (bed, FERMATA_EVENT_NODE_STARTED, "b"), ==, 10000);
  g_assert_cmpstr (fermata_test_bed_status (bed, "a"), ==, "failed");

  /* 1 ms, then 1 s each time */
  g_assert_cmpint (fermata_run_get_time (bed->run), ==, 9998 * SECOND + 1000);
}

/* Jitter 0 is no jitter; jitter 1 leaves all of the delay to chance. */
static void
test_jitter (void)
{
  static const char *const jitters[] = { "0", "0.0", "1" };

  for (guint i = 0; i < G_N_ELEMENTS (jitters); i++)
    {
      g_autofree char *json = g_strdup_printf (
        "{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'a', 'type': 'task',"
        "  'with': { 'error': 'timeout' },"
        "  'retry': { 'attempts': 2, 'delay': '8s', 'jitter': %s } } ], 'edges': [] }", jitters[i]);
      g_autoptr (FermataTestBed) bed = fermata_test_bed_run (json);

      if (i < 2)
        g_assert_cmpint (fermata_run_get_time (bed->run), ==, 8 * SECOND);
      else
        g_assert_cmpint (fermata_run_get_time (bed->run), <, 8 * SECOND);
    }
}

/* --- Cancelling after every event ------------------------------------------ */

typedef struct {
  guint64 number;
  gboolean twice;
} When;

static void
cancel_then (FermataRun *run,
             guint64     number,
             gpointer    user_data)
{
  const When *when = user_data;

  if (number == when->number)
    {
      fermata_run_cancel (run);
      if (when->twice)
        fermata_run_cancel (run);
    }
}

static const char everything[] =
  "{ 'fermata': 1, 'kind': 'dag', 'variables': { 'n': 0 }, 'pools': { 'p': 1 }, 'nodes': ["
  "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '1s' }, 'uses': { 'p': 1 },"
  "    'assign': [ { 'n': 'variables.n + 1' } ] },"
  "  { 'id': 'b', 'type': 'task', 'with': { 'takes': '2s', 'error': 'timeout' },"
  "    'retry': { 'attempts': 3, 'delay': '1s' }, 'uses': { 'p': 1 }, 'on-error': 'continue' },"
  "  { 'id': 'c', 'type': 'task', 'with': { 'takes': '60s', 'when-cancelled': 'ignore' },"
  "    'timeout': '2s', 'on-error': { 'value': 1 } },"
  "  { 'id': 'd', 'type': 'set', 'with': { 'value': '{{input}}' } },"
  "  { 'id': 'e', 'type': 'task', 'join': 'always', 'with': { 'takes': '1s', 'print': 'bye' } } ],"
  "  'edges': [ { 'from': 'a', 'to': 'd', 'when': 'variables.n > 0' }, { 'from': 'c', 'to': 'd' },"
  "    { 'from': 'b', 'to': 'e', 'on': 'error' }, { 'from': 'd', 'to': 'e' } ] }";

/* Whatever is under way ends, and no timer is left: time goes no further. */
static guint64
cancel_at (guint64  number,
           gboolean twice)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (everything);
  When when = { number, twice };
  FermataMoment *moment;

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_probe_set_committed (fermata_probe_add (bed->run, &when), cancel_then);
  fermata_test_bed_finish (bed);

  moment = fermata_run_get_moment (bed->run);
  g_assert_false (fermata_virtual_clock_jump (FERMATA_VIRTUAL_CLOCK (bed->clock)));
  g_assert_cmpuint (fermata_moment_count_nodes (moment, 0, FERMATA_NODE_STATUS_WAITING), ==, 0);
  g_assert_cmpuint (fermata_moment_count_nodes (moment, 0, FERMATA_NODE_STATUS_RUNNING), ==, 0);
  g_assert_cmpuint (fermata_moment_count_nodes (moment, 0, FERMATA_NODE_STATUS_RETRYING), ==, 0);

  return g_list_model_get_n_items (G_LIST_MODEL (fermata_run_get_history (bed->run)));
}

static void
test_cancel_everywhere (void)
{
  guint64 n_events = cancel_at (0, FALSE);

  g_assert_cmpuint (n_events, >, 25);
  for (guint64 i = 1; i < n_events; i++)
    {
      cancel_at (i, FALSE);
      cancel_at (i, TRUE);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/known-faults/join-once", test_join_once);
  g_test_add_func ("/known-faults/branches-overlap", test_branches_overlap);
  g_test_add_func ("/known-faults/long-chain", test_long_chain);
  g_test_add_func ("/known-faults/nothing-ignored", test_nothing_ignored);
  g_test_add_func ("/known-faults/no-polling", test_no_polling);
  g_test_add_func ("/known-faults/linear-events", test_linear_events);
  g_test_add_func ("/policies/many-retries", test_many_retries);
  g_test_add_func ("/policies/jitter", test_jitter);
  g_test_add_func ("/policies/cancel-everywhere", test_cancel_everywhere);

  return g_test_run ();
}
