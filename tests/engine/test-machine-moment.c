/* test-machine-moment.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* States, timers, transitions and visits of machines. */

#include "engine/history/fermata-history.h"
#include "engine/moment/fermata-machine-view.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-writer.h"

#define LIGHT \
  "{ 'fermata': 1, 'kind': 'fsm', 'variables': { 'n': 0 }, 'nodes': [" \
  "    { 'id': 'on', 'nodes': [ { 'id': 'red' }, { 'id': 'green', 'do': [ { 'type': 'task', 'with': { 'takes': '1s', 'value': 7 } } ] } ] }," \
  "    { 'id': 'off', 'type': 'final', 'data': { 'n': '{{variables.n}}' } } ]," \
  "  'edges': [" \
  "    { 'from': 'on', 'to': 'off', 'event': [ 'quit', 'error.*' ] }," \
  "    { 'from': 'red', 'to': 'green', 'event': 'go', 'when': 'event.data > 1' }," \
  "    { 'from': 'red', 'to': 'red', 'event': '*', 'when': 'variables.n > 1' }," \
  "    { 'from': 'green', 'to': 'red', 'after': '5s' } ] }"

static FermataTestBed *
start (const char *json)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);

  return bed;
}

static void
send (FermataTestBed *bed,
      const char     *name,
      gint64          data)
{
  g_autoptr (FermataValue) value = fermata_value_new_integer (data);

  g_assert_true (fermata_run_send_event (bed->run, name, value));
  fermata_test_bed_settle (bed);
}

static FermataMoment *
moment_of (FermataTestBed *bed)
{
  return fermata_run_get_moment (bed->run);
}

/* @value is transfer full. */
static void
assert_json (FermataValue *value,
             const char   *expected)
{
  g_autoptr (FermataValue) keep = value;
  g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, 0);
  g_autofree char *json = g_strdelimit (g_strdup (expected), "'", '"');

  g_assert_cmpstr (text, ==, json);
}

static void
assert_active (FermataTestBed *bed,
               gboolean        only_atomic,
               const char     *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree guint *states = NULL;
  guint n;

  states = fermata_moment_list_active_states (moment_of (bed), 0, only_atomic, &n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (fermata_moment_is_state_active (moment_of (bed), 0, states[i]));
      g_string_append_printf (text, "%s%s", i == 0 ? "" : " ",
                              fermata_plan_get_node_id (fermata_run_get_plan (bed->run), states[i]));
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_configuration (void)
{
  g_autoptr (FermataTestBed) bed = start (LIGHT);
  assert_active (bed, FALSE, "on red");
  assert_active (bed, TRUE, "red");

  send (bed, "go", 2);
  assert_active (bed, TRUE, "green");
  send (bed, "quit", 0);
  fermata_test_bed_finish (bed);
  assert_active (bed, FALSE, "");
}

#define QUIT "{'edge':'on>off','from':'on','to':['off'],'events':['quit','error']}"

static void
test_transitions (void)
{
  g_autoptr (FermataTestBed) bed = start (LIGHT);
  g_autoptr (FermataMoment) before = fermata_moment_copy (moment_of (bed));

  assert_json (fermata_moment_dup_machine_transitions (moment_of (bed), 0),
               "[" QUIT ","
               "{'edge':'red>green','from':'red','to':['green'],'events':['go'],'when':'event.data > 1'},"
               "{'edge':'red>red','from':'red','to':['red'],'events':['*'],'when':'variables.n > 1','holds':false}]");
  g_assert_true (fermata_moment_equal (before, moment_of (bed)));

  send (bed, "go", 2);
  assert_json (fermata_moment_dup_machine_transitions (moment_of (bed), 0),
               "[" QUIT ",{'edge':'green>red','from':'green','to':['red'],'due':5000000}]");
  assert_json (fermata_moment_dup_machine_timers (moment_of (bed), 0),
               "[{'edge':'green>red','due':5000000}]");
  send (bed, "quit", 0);
  fermata_test_bed_finish (bed);
  assert_json (fermata_moment_dup_machine_transitions (moment_of (bed), 0), "[]");
}

static guint
count_visits (FermataTestBed *bed,
              const char     *id,
              gint64         *since)
{
  guint state;

  g_assert_true (fermata_plan_find_node (fermata_run_get_plan (bed->run), id, &state));

  return fermata_moment_get_state_visits (moment_of (bed), 0, state, since);
}

static guint
count_taken (FermataTestBed *bed,
             const char     *name,
             gint64         *since)
{
  guint edge;

  g_assert_true (fermata_plan_find_edge (fermata_run_get_plan (bed->run), name, &edge));

  return fermata_moment_get_transition_count (moment_of (bed), 0, edge, since);
}

/* How often, and when last; in the past as it was then. */
static void
test_passages (void)
{
  g_autoptr (FermataTestBed) bed = start (LIGHT);
  g_autoptr (FermataMoment) past = NULL;
  gint64 since = -1;

  g_assert_cmpuint (count_visits (bed, "red", &since), ==, 1);
  g_assert_cmpint (since, ==, 0);
  g_assert_cmpuint (count_visits (bed, "on", NULL), ==, 1);
  g_assert_cmpuint (count_visits (bed, "green", &since), ==, 0);
  g_assert_cmpuint (count_taken (bed, "red>green", NULL), ==, 0);
  past = fermata_moment_copy (moment_of (bed));

  send (bed, "go", 2);
  fermata_test_bed_pass_time_until (bed, 5000000);
  g_assert_cmpuint (count_visits (bed, "red", &since), ==, 2);
  g_assert_cmpint (since, ==, 5000000);
  g_assert_cmpuint (count_visits (bed, "green", &since), ==, 1);
  g_assert_cmpint (since, ==, 0);
  g_assert_cmpuint (count_taken (bed, "red>green", &since), ==, 1);
  g_assert_cmpint (since, ==, 0);
  g_assert_cmpuint (count_taken (bed, "green>red", &since), ==, 1);
  g_assert_cmpint (since, ==, 5000000);

  g_assert_cmpuint (fermata_moment_get_state_visits (past, 0, 1, NULL), ==, 1);
  g_assert_cmpuint (fermata_moment_get_state_visits (past, 0, 99, NULL), ==, 0);
  g_assert_cmpuint (fermata_moment_get_state_visits (past, 1, 0, NULL), ==, 0);
}

/* No machine: nothing, and no complaint. */
static void
test_no_machine (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run ("{ 'fermata': 1, 'kind': 'dag', 'nodes': [], 'edges': [] }");
  guint n_internal = 5;
  guint n;

  assert_json (fermata_moment_dup_machine_transitions (moment_of (bed), 0), "[]");
  assert_json (fermata_moment_dup_machine_timers (moment_of (bed), 0), "[]");
  assert_json (fermata_history_dup_visits (fermata_run_get_history (bed->run), 0, NULL), "[]");
  assert_json (fermata_history_dup_visits (fermata_run_get_history (bed->run), 3, NULL), "[]");
  g_assert_null (fermata_moment_list_active_states (moment_of (bed), 0, FALSE, &n));
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (fermata_moment_count_machine_events (moment_of (bed), 0, &n_internal), ==, 0);
  g_assert_cmpuint (n_internal, ==, 0);
}

static void
test_queued (void)
{
  g_autoptr (FermataTestBed) bed = start (LIGHT);

  fermata_run_hold (bed->run);
  send (bed, "a", 0);
  send (bed, "b", 0);
  g_assert_cmpuint (fermata_moment_count_machine_events (moment_of (bed), 0, NULL), ==, 2);
  fermata_run_release (bed->run);
  send (bed, "quit", 0);
  fermata_test_bed_finish (bed);
}

static void
test_visits (void)
{
  g_autoptr (FermataTestBed) bed = start (LIGHT);
  FermataHistory *history = fermata_run_get_history (bed->run);
  g_autoptr (FermataValue) all = NULL;

  send (bed, "go", 2);
  assert_json (fermata_history_dup_visits (history, 0, "red"),
               "[{'state':'red','event':3,'entered':0,'left':0}]");
  fermata_test_bed_pass_time_until (bed, 6 * G_USEC_PER_SEC);
  assert_json (fermata_history_dup_visits (history, 0, "green"),
               "[{'state':'green','event':8,'entered':0,'left':5000000,'result':7}]");
  all = fermata_history_dup_visits (history, 0, NULL);
  g_assert_cmpuint (fermata_value_get_length (all), ==, 4);
  assert_json (fermata_history_dup_visits (history, 0, "nowhere"), "[]");
  send (bed, "quit", 0);
  fermata_test_bed_finish (bed);
}

/* Of what is dropped nothing is told, but that the first visits began there. */
static void
test_visits_after_dropping (void)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (FermataValue) visits = NULL;
  g_autoptr (FermataValue) all = NULL;
  FermataHistory *history;
  FermataValue *first;

  graph = fermata_test_graph ("{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ { 'id': 'all', 'nodes': [ { 'id': 'a' }, { 'id': 'b' } ] } ],"
                              "  'edges': [ { 'from': 'a', 'to': 'b', 'event': 'x' }, { 'from': 'b', 'to': 'a', 'event': 'x' } ] }");
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_test_bed_unfollow (bed);
  history = fermata_run_get_history (bed->run);
  fermata_history_set_retention (history, 1);
  fermata_run_start (bed->run);
  for (guint i = 0; i < 5000; i++)
    send (bed, "x", 0);
  g_assert_cmpuint (fermata_history_get_first (history), >, 1);

  visits = fermata_history_dup_visits (history, 0, "all");
  assert_json (fermata_value_ref (visits), "[{'state':'all'}]");
  all = fermata_history_dup_visits (history, 0, NULL);
  first = fermata_value_get_element (all, 0);
  g_assert_null (fermata_value_get_member (first, "entered"));
  g_assert_nonnull (fermata_value_get_member (fermata_value_get_element (all, 2), "entered"));
  fermata_run_cancel (bed->run);
  fermata_test_bed_settle (bed);
  fermata_test_bed_free (bed);
}

/* A machine that a node runs: its visits can be read when its frame is gone. */
static void
test_visits_of_a_child (void)
{
  g_autoptr (FermataTestBed) bed = NULL;

  bed = fermata_test_bed_run ("{ 'fermata': 1, 'kind': 'dag', 'edges': [], 'nodes': [ { 'id': 'm', 'type': 'subgraph', 'body': {"
                              "  'kind': 'fsm', 'nodes': [ { 'id': 'a' }, { 'id': 'b', 'type': 'final' } ],"
                              "  'edges': [ { 'from': 'a', 'to': 'b' } ] } } ] }");
  assert_json (fermata_history_dup_visits (fermata_run_get_history (bed->run), 1, "a"),
               "[{'state':'a','event':4,'entered':0,'left':0}]");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/machine-moment/configuration", test_configuration);
  g_test_add_func ("/machine-moment/transitions", test_transitions);
  g_test_add_func ("/machine-moment/passages", test_passages);
  g_test_add_func ("/machine-moment/no-machine", test_no_machine);
  g_test_add_func ("/machine-moment/queued", test_queued);
  g_test_add_func ("/machine-moment/visits", test_visits);
  g_test_add_func ("/machine-moment/visits-after-dropping", test_visits_after_dropping);
  g_test_add_func ("/machine-moment/visits-of-a-child", test_visits_of_a_child);

  return g_test_run ();
}
