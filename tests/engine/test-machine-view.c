/* test-machine-view.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a front end may ask of a state machine, and why an event did what it did. */

#include "engine/moment/fermata-explanation.h"
#include "engine/moment/fermata-machine-view.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

#include <string.h>

/* Runs a machine with events, and closes them. */
static FermataTestBed *
run_machine (const char        *json,
             const char *const *events)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_start (bed->run);
  fermata_test_bed_settle (bed);
  for (guint i = 0; events != NULL && events[i] != NULL; i++)
    {
      const char *space = strchr (events[i], ' ');
      g_autofree char *name = space == NULL ? g_strdup (events[i])
                              : g_strndup (events[i], space - events[i]);
      g_autoptr (FermataValue) data = space == NULL ? NULL : fermata_value_parse (space + 1, -1, NULL);

      g_assert_true (fermata_run_send_event (bed->run, name, data));
      fermata_test_bed_settle (bed);
    }

  return bed;
}

static void
end (FermataTestBed *bed)
{
  fermata_run_close_events (bed->run);
  fermata_test_bed_finish (bed);
  fermata_test_bed_free (bed);
}

/* @expected is with single quotes for double ones; takes @value. */
static void
assert_value (FermataValue *value,
              const char   *expected)
{
  g_autoptr (FermataValue) owned = value;
  g_autofree char *found = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *wanted = g_strdelimit (g_strdup (expected), "'", '"');

  g_assert_cmpstr (found, ==, wanted);
}

#define TURNSTILE \
  "{ 'fermata': 1, 'kind': 'fsm', 'variables': { 'n': 1 }, 'nodes': [" \
  "  { 'id': 'locked' }, { 'id': 'open', 'nodes': [ { 'id': 'still' }, { 'id': 'moving' } ] }," \
  "  { 'id': 'off', 'type': 'final', 'data': { 'n': '{{variables.n}}' } } ]," \
  "  'edges': [" \
  "  { 'from': 'locked', 'to': 'open', 'event': 'coin', 'when': 'variables.n > 5' }," \
  "  { 'from': 'locked', 'to': 'open', 'event': ['key', 'card'] }," \
  "  { 'from': 'locked', 'to': 'open', 'event': 'coin', 'when': 'event.data.a.b.c' }," \
  "  { 'from': 'locked', 'to': 'open', 'event': 'coin' }," \
  "  { 'from': 'locked', 'to': 'locked', 'event': '*' }," \
  "  { 'from': 'still', 'to': 'moving', 'event': 'push' }," \
  "  { 'from': 'open', 'to': 'locked', 'after': '5s' }," \
  "  { 'from': 'open', 'to': 'off', 'event': 'off' } ] }"

static void
test_where_it_is (void)
{
  static const char *const to_the_end[] = { "coin", "push", "off", NULL };
  FermataTestBed *bed = run_machine (TURNSTILE, NULL);
  FermataMoment *moment = fermata_run_get_moment (bed->run);

  g_assert_true (fermata_moment_is_machine (moment, 0));
  g_assert_false (fermata_moment_is_machine (moment, 7));
  g_assert_true (fermata_moment_is_idle (moment, 0));
  g_assert_null (fermata_moment_get_event (moment, 0));
  assert_value (fermata_moment_dup_machine (moment, 0), "{'configuration':['locked'],'final':false}");
  end (bed);

  bed = run_machine (TURNSTILE, to_the_end);
  moment = fermata_run_get_moment (bed->run);
  assert_value (fermata_moment_dup_configuration (moment, 0), "['off']");
  assert_value (fermata_moment_dup_machine (moment, 0),
                "{'configuration':['off'],'final':true,'state':'off','data':{'n':1}}");
  fermata_test_bed_finish (bed);
  fermata_test_bed_free (bed);
}

static void
test_other_graphs (void)
{
  FermataTestBed *bed = fermata_test_bed_run ("{ 'fermata': 1, 'kind': 'dag', 'nodes': [], 'edges': [] }");
  FermataMoment *moment = fermata_run_get_moment (bed->run);

  g_assert_false (fermata_moment_is_machine (moment, 0));
  g_assert_false (fermata_moment_is_idle (moment, 0));
  g_assert_null (fermata_moment_get_event (moment, 0));
  g_assert_null (fermata_moment_dup_configuration (moment, 0));
  g_assert_null (fermata_moment_dup_machine (moment, 0));
  g_assert_null (fermata_moment_dup_ways_out (moment, 0));
  g_assert_null (fermata_moment_explain_event (moment, 0));
  g_assert_false (fermata_moment_get_final (moment, 0, NULL, NULL));
  fermata_test_bed_free (bed);
}

static void
test_ways_out (void)
{
  static const char *const coin[] = { "coin", NULL };
  FermataTestBed *bed = run_machine (TURNSTILE, coin);

  assert_value (fermata_moment_dup_ways_out (fermata_run_get_moment (bed->run), 0),
                "[{'edge':'open>locked','from':'open','to':'locked','after':'5s'},"
                "{'edge':'open>off','from':'open','to':'off','event':'off'},"
                "{'edge':'still>moving','from':'still','to':'moving','event':'push'}]");
  end (bed);
}

/* The explanation at the event @name when it was dequeued. */
static FermataValue *
explain (FermataTestBed *bed,
         const char     *name)
{
  FermataHistory *history = fermata_run_get_history (bed->run);

  for (guint64 n = 1; n <= fermata_history_get_n_events (history); n++)
    {
      g_autoptr (FermataMoment) moment = NULL;
      g_autoptr (FermataValue) explanation = NULL;
      FermataValue *event;

      if (fermata_history_get_event (history, n)->kind != FERMATA_EVENT_EVENT_DEQUEUED)
        continue;
      moment = fermata_history_dup_moment (history, n);
      event = fermata_value_get_member (fermata_moment_get_event (moment, 0), "name");
      if (!g_str_equal (fermata_value_get_string (event, NULL), name))
        continue;
      explanation = fermata_moment_explain_event (moment, 0);
      return fermata_value_ref (fermata_value_get_member (explanation, "edges"));
    }

  g_assert_not_reached ();
}

/* "locked>open: false; …" */
static void
assert_reasons (FermataTestBed *bed,
                const char     *name,
                const char     *expected)
{
  g_autoptr (FermataValue) edges = explain (bed, name);
  g_autoptr (GString) found = g_string_new (NULL);

  for (gsize i = 0; i < fermata_value_get_length (edges); i++)
    {
      FermataValue *edge = fermata_value_get_element (edges, i);
      FermataValue *reason = fermata_value_get_member (edge, "reason");
      FermataValue *by = fermata_value_get_member (edge, "by");

      g_string_append_printf (found, "%s%s: %s", i > 0 ? "; " : "",
                              fermata_value_get_string (fermata_value_get_member (edge, "edge"), NULL),
                              reason == NULL ? "taken" : fermata_value_get_string (reason, NULL));
      if (by != NULL)
        g_string_append_printf (found, " by %s", fermata_value_get_string (by, NULL));
      g_assert_cmpint (fermata_value_get_boolean (fermata_value_get_member (edge, "taken")), ==,
                       reason == NULL);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_each_edge (void)
{
  static const char *const events[] = { "coin {\"value\":1}", "other", "push", NULL };
  FermataTestBed *bed = run_machine (TURNSTILE, events);
  g_autoptr (FermataValue) edges = NULL;

  assert_reasons (bed, "coin", "locked>open: false; locked>open#2: event; locked>open#3: no-value; "
                               "locked>open#4: taken");
  assert_reasons (bed, "other", "still>moving: event; open>locked: event; open>off: event");
  assert_reasons (bed, "push", "still>moving: taken");

  edges = explain (bed, "coin");
  assert_value (fermata_value_ref (fermata_value_get_element (edges, 0)),
                "{'edge':'locked>open','from':'locked','to':'open','event':'coin',"
                "'when':'variables.n > 5','taken':false,'reason':'false',"
                "'names':{'variables.n':1},'value':false}");
  g_assert_nonnull (fermata_value_get_member (fermata_value_get_element (edges, 2), "value-error"));
  end (bed);
}

static void
test_timers (void)
{
  static const char *const coin[] = { "coin", NULL };
  FermataTestBed *bed = run_machine (TURNSTILE, coin);

  fermata_test_bed_pass_time_until (bed, 5 * G_USEC_PER_SEC);
  assert_reasons (bed, "after.open>locked", "still>moving: event; open>locked: taken");
  end (bed);
}

static void
test_regions (void)
{
  static const char *const events[] = { "both", "conflict", NULL };
  FermataTestBed *bed;

  bed = run_machine ("{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ { 'id': 'p', 'type': 'parallel', 'nodes': ["
                     "    { 'id': 'one', 'nodes': [ { 'id': 'a' }, { 'id': 'b' } ] },"
                     "    { 'id': 'two', 'nodes': [ { 'id': 'c' }, { 'id': 'd' } ] } ] }, { 'id': 'out' } ],"
                     "  'edges': [ { 'from': 'a', 'to': 'b', 'event': 'both' },"
                     "    { 'from': 'b', 'to': 'out', 'event': 'conflict' },"
                     "    { 'from': 'c', 'to': 'd', 'event': 'both' },"
                     "    { 'from': 'd', 'to': 'c', 'event': 'conflict' },"
                     "    { 'from': 'p', 'to': 'out', 'event': 'both' } ] }", events);

  assert_reasons (bed, "both", "a>b: taken; c>d: taken");
  assert_reasons (bed, "conflict", "b>out: taken; d>c: preempted by b>out");
  end (bed);
}

/* Those for other events are counted from the hundredth on. */
static void
test_many_edges (void)
{
  static const char *const events[] = { "last", NULL };
  g_autoptr (GString) json = g_string_new ("{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ { 'id': 'a' } ], 'edges': [");
  g_autoptr (FermataMoment) moment = NULL;
  g_autoptr (FermataValue) explanation = NULL;
  FermataTestBed *bed;
  FermataHistory *history;
  guint64 n = 1;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (json, "{ 'from': 'a', 'to': 'a', 'event': 'e%u' }, ", i);
  g_string_append (json, "{ 'from': 'a', 'to': 'a', 'event': 'last' } ] }");
  bed = run_machine (json->str, events);
  history = fermata_run_get_history (bed->run);
  while (fermata_history_get_event (history, n)->kind != FERMATA_EVENT_EVENT_DEQUEUED)
    n++;
  moment = fermata_history_dup_moment (history, n);
  explanation = fermata_moment_explain_event (moment, 0);
  g_assert_cmpuint (fermata_value_get_length (fermata_value_get_member (explanation, "edges")), ==, 101);
  g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (explanation, "more")), ==, 900);
  end (bed);
}

/* The run ends at once, with its task cancelled, or when all is done. */
static void
test_stopping (void)
{
  static const char *const json =
    "{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ { 'id': 'a' }, { 'id': 'b' },"
    "  { 'id': 'c', 'do': { 'type': 'task', 'with': { 'takes': '1h' } } } ],"
    "  'edges': [ { 'from': 'a', 'to': 'b', 'after': '1s' }, { 'from': 'a', 'to': 'c', 'event': 'x' },"
    "    { 'from': 'c', 'to': 'b', 'event': 'done.invoke.c' } ] }";
  static const char *const events[] = { "x", NULL };
  static const struct {
    gboolean has_event;
    gboolean stops;
    const char *end;
    gint64 seconds;
  } cases[] = {
    { FALSE, FALSE, "['b']", 1 },
    { FALSE, TRUE, "['a']", 0 },
    { TRUE, FALSE, "['b']", 3600 },
    { TRUE, TRUE, "['c']", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FermataTestBed *bed = run_machine (json, cases[i].has_event ? events : NULL);

      if (cases[i].stops)
        g_assert_true (fermata_run_stop_when_idle (bed->run));
      else
        g_assert_true (fermata_run_close_events (bed->run));
      g_assert_false (fermata_run_stop_when_idle (bed->run));
      g_assert_false (fermata_run_send_event (bed->run, "x", NULL));
      fermata_test_bed_finish (bed);
      g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_DONE);
      g_assert_cmpint (fermata_run_get_time (bed->run), ==, cases[i].seconds * G_USEC_PER_SEC);
      assert_value (fermata_moment_dup_configuration (fermata_run_get_moment (bed->run), 0), cases[i].end);
      fermata_test_bed_free (bed);
    }
}

/* What is sent before is handled before. */
static void
test_stopping_with_events (void)
{
  FermataTestBed *bed = run_machine (TURNSTILE, NULL);

  for (guint i = 0; i < 1000; i++)
    g_assert_true (fermata_run_send_event (bed->run, "other", NULL));
  g_assert_true (fermata_run_send_event (bed->run, "coin", NULL));
  g_assert_true (fermata_run_stop_when_idle (bed->run));
  fermata_test_bed_finish (bed);
  assert_value (fermata_moment_dup_configuration (fermata_run_get_moment (bed->run), 0), "['still']");
  fermata_test_bed_free (bed);
}

static void
test_working (void)
{
  FermataTestBed *bed = run_machine (TURNSTILE, NULL);

  g_assert_false (fermata_run_is_working (bed->run));
  g_assert_true (fermata_run_send_event (bed->run, "coin", NULL));
  g_assert_true (fermata_run_is_working (bed->run));
  fermata_test_bed_settle (bed);
  g_assert_false (fermata_run_is_working (bed->run));
  end (bed);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/machine-view/where-it-is", test_where_it_is);
  g_test_add_func ("/machine-view/other-graphs", test_other_graphs);
  g_test_add_func ("/machine-view/ways-out", test_ways_out);
  g_test_add_func ("/machine-view/each-edge", test_each_edge);
  g_test_add_func ("/machine-view/timers", test_timers);
  g_test_add_func ("/machine-view/regions", test_regions);
  g_test_add_func ("/machine-view/many-edges", test_many_edges);
  g_test_add_func ("/machine-view/stopping", test_stopping);
  g_test_add_func ("/machine-view/stopping-with-events", test_stopping_with_events);
  g_test_add_func ("/machine-view/working", test_working);

  return g_test_run ();
}
