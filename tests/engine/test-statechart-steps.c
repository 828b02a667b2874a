/* test-statechart-steps.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The procedures of appendix D of the recommendation that find what is enabled, and
 * those that run one element at a time. */

#include "engine/chart-fixture.h"

/* --- Events ------------------------------------------------------------------- */

/* 3.12.1: "an event descriptor matches an event name if its string of tokens is an
 * exact match or a prefix of the set of tokens in the event's name. In all cases,
 * the token matching is case sensitive. … For compatibility with CCXML, event
 * descriptors may also end with the wildcard '.*'" */
static void
test_name_match (void)
{
  static const struct {
    const char *descriptor;
    const char *name;
    gboolean expected;
  } cases[] = {
    { "'error'", "error", TRUE },          { "'error'", "error.send", TRUE },
    { "'error'", "error.send.failed", TRUE }, { "'error'", "errors.my.custom", FALSE },
    { "'error'", "errorhandler.mistake", FALSE }, { "'error'", "errOr.send", FALSE },
    { "'foo'", "foobar", FALSE },          { "['error', 'foo']", "foo.bar", TRUE },
    { "['error', 'foo']", "error", TRUE }, { "['error', 'foo']", "bar", FALSE },
    { "'error.*'", "error", TRUE },        { "'error.*'", "error.send", TRUE },
    { "'error.'", "error.send", TRUE },    { "'error.'", "errors", FALSE },
    { "'*'", "anything.at.all", TRUE },    { "'a.b'", "a", FALSE },
    { "'a.b'", "a.b", TRUE },              { "'a.b'", "a.b.c", TRUE },
    { "'a.b'", "a.bc", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ { 'id': 's' } ],"
                                               "'edges': [ { 'from': 's', 'event': %s } ] }",
                                               cases[i].descriptor);
      g_auto (Fixture) self = { NULL, };

      fixture_begin (&self, json, "s");
      if (fermata_statechart_name_match (self.plan, 0, cases[i].name) != cases[i].expected)
        g_error ("%s and %s", cases[i].descriptor, cases[i].name);
    }
}

static char *
random_name (gboolean is_descriptor)
{
  static const char *const tokens[] = { "a", "b", "ab" };
  GString *name = g_string_new (NULL);
  guint n = g_test_rand_int_range (1, 7);

  if (is_descriptor && g_test_rand_int_range (0, 10) == 0)
    return g_string_free (g_string_append_c (name, '*'), FALSE);
  if (is_descriptor && n > 3)
    n = 1 + n % 3;
  for (guint i = 0; i < n; i++)
    g_string_append_printf (name, "%s%s", i == 0 ? "" : ".", tokens[g_test_rand_int_range (0, 3)]);
  if (is_descriptor && g_test_rand_int_range (0, 4) == 0)
    g_string_append (name, ".*");

  return g_string_free (name, FALSE);
}

/* Of many edges those for an event are looked up: the same as by looking at each,
 * in document order. */
static void
test_candidates_at_random (void)
{
  for (guint trial = 0; trial < 20; trial++)
    {
      g_auto (Fixture) self = { NULL, };
      g_autoptr (GString) json = g_string_new ("{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ { 'id': 's' } ],"
                                               "'edges': [ { 'from': 's', 'when': true }");

      for (guint i = 0; i < 60; i++)
        {
          g_autofree char *one = random_name (TRUE);
          g_autofree char *other = random_name (TRUE);

          g_string_append_printf (json, ", { 'from': 's', 'event': ['%s', '%s'] }", one, other);
          if (g_test_rand_int_range (0, 6) == 0)
            g_string_append (json, ", { 'from': 's', 'when': true }, { 'from': 's', 'after': 1 }");
        }
      g_string_append (json, " ] }");
      fixture_begin (&self, json->str, "s");
      for (guint i = 0; i < 30; i++)
        {
          g_autofree char *name = i == 0 ? NULL : random_name (FALSE);
          const FermataChart *chart = self.plan->chart;
          FermataCandidates candidates;
          guint found;

          fermata_statechart_candidates_init (&candidates, self.plan, 0, name);
          for (guint edge = 0; edge < self.plan->n_edges; edge++)
            {
              gboolean fits = name != NULL ? fermata_statechart_name_match (self.plan, edge, name)
                              : chart->edges[edge].descriptors.n == 0 && !chart->edges[edge].has_after;

              if (!fits)
                continue;
              g_assert_true (fermata_statechart_candidates_next (&candidates, &found));
              g_assert_cmpuint (found, ==, edge);
            }
          g_assert_false (fermata_statechart_candidates_next (&candidates, &found));
          fermata_statechart_candidates_clear (&candidates);
        }
    }
}

/* --- Which transitions are enabled ------------------------------------------------ */

/* A run, brought to where its machine waits for an event. */
static void
begin_run (Fixture    *self,
           const char *json)
{
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  self->bed = fermata_test_bed_new ();
  fermata_test_bed_prepare (self->bed, graph, NULL);
  fermata_run_start (self->bed->run);
  fermata_test_bed_settle (self->bed);
  self->plan = fermata_plan_ref (fermata_run_get_plan (self->bed->run));
}

static void
send (Fixture    *self,
      const char *name)
{
  g_assert_true (fermata_run_send_event (self->bed->run, name, NULL));
  fermata_test_bed_settle (self->bed);
}

/* Which edges were taken in the one microstep for an event. */
static void
assert_taken (const char *nodes,
              const char *edges,
              const char *name,
              const char *expected)
{
  g_autofree char *json = g_strdup_printf ("{ 'fermata': 1, 'kind': 'fsm', 'variables': { 'n': 0 },"
                                           "'nodes': [%s], 'edges': [%s] }", nodes, edges);
  g_auto (Fixture) self = { NULL, };
  GListModel *history;
  g_autoptr (GString) found = g_string_new (NULL);

  begin_run (&self, json);
  send (&self, name);
  history = G_LIST_MODEL (fermata_run_get_history (self.bed->run));
  for (guint i = 0; i < g_list_model_get_n_items (history); i++)
    {
      g_autoptr (FermataEventView) event = g_list_model_get_item (history, i);
      g_autofree char *place = fermata_event_view_dup_place (event);

      if (fermata_event_view_get_kind (event) == FERMATA_EVENT_EDGE_TAKEN)
        g_string_append_printf (found, "%s%s", found->len == 0 ? "" : " ", place);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

#define NESTED "{ 'id': 'p', 'nodes': [ { 'id': 'c' }, { 'id': 'd' } ] }, { 'id': 'o' }"
#define TWO \
  "{ 'id': 'p', 'type': 'parallel', 'nodes': [" \
  "  { 'id': 'r', 'nodes': [ { 'id': 'r1' }, { 'id': 'r2' } ] }," \
  "  { 'id': 'q', 'nodes': [ { 'id': 'q1' }, { 'id': 'q2' } ] } ] }, { 'id': 'o' }"

/* "For each atomic state, find a transition whose 'event' attribute matches event and
 * whose condition evaluates to true. If multiple matching transitions are present,
 * take the first in document order. If none are present, search in the state's
 * ancestors in ancestry order until one is found." */
static void
test_select_transitions (void)
{
  assert_taken (NESTED, "{ 'from': 'c', 'to': 'd', 'event': 'e' }, { 'from': 'c', 'to': 'o', 'event': 'e' }",
                "e", "c>d");
  assert_taken (NESTED, "{ 'from': 'p', 'to': 'o', 'event': 'e' }, { 'from': 'c', 'to': 'd', 'event': 'e' }",
                "e", "c>d");
  assert_taken (NESTED, "{ 'from': 'c', 'to': 'd', 'event': 'e', 'when': 'variables.n > 0' },"
                        "{ 'from': 'p', 'to': 'o', 'event': 'e' }", "e", "p>o");
  assert_taken (NESTED, "{ 'from': 'd', 'to': 'c', 'event': 'e' }", "e", "");
  assert_taken (NESTED, "{ 'from': 'c', 'to': 'd', 'event': 'e' }", "other", "");
  assert_taken (NESTED, "{ 'from': 'c', 'to': 'd', 'event': 'e', 'when': 'variables.n == `x`' },"
                        "{ 'from': 'c', 'to': 'o', 'event': '*', 'when': 'variables.n == 0' }", "e", "c>o");

  /* One for each region; one that both have in common, once */
  assert_taken (TWO, "{ 'from': 'r1', 'to': 'r2', 'event': 'e' }, { 'from': 'q1', 'to': 'q2', 'event': 'e' }",
                "e", "r1>r2 q1>q2");
  assert_taken (TWO, "{ 'from': 'p', 'to': 'o', 'event': 'e' }", "e", "p>o");
  assert_taken (TWO, "{ 'from': 'q1', 'to': 'q2', 'event': 'e' }, { 'from': 'p', 'to': 'o', 'event': 'e' }",
                "e", "q1>q2");
  assert_taken (TWO, "{ 'from': 'r1', 'to': 'o', 'event': 'e' }, { 'from': 'q1', 'to': 'q2', 'event': 'e' }",
                "e", "r1>o");
}

/* "This function selects all transitions that are enabled in the current configuration
 * that do not require an event trigger." */
static void
test_select_eventless_transitions (void)
{
  assert_taken (NESTED, "{ 'from': 'c', 'event': 'e', 'assign': [ { 'n': '1' } ] },"
                        "{ 'from': 'p', 'to': 'o', 'when': 'variables.n == 1' },"
                        "{ 'from': 'c', 'to': 'd', 'when': 'variables.n == 2' }", "e", "c> p>o");
  assert_taken (TWO, "{ 'from': 'r1', 'event': 'e', 'assign': [ { 'n': '1' } ] },"
                     "{ 'from': 'r1', 'to': 'r2', 'when': 'variables.n == 1' },"
                     "{ 'from': 'q1', 'to': 'q2', 'when': 'In (`r1`) && variables.n == 1' }", "e",
                "r1> r1>r2 q1>q2");
}

/* --- The run: what is done one element at a time ------------------------------------- */

/* The history from the last event that was sent on, as "kind place; …". */
static void
assert_history (Fixture    *self,
                const char *expected)
{
  g_autofree char *events = fermata_test_bed_describe (self->bed);
  g_auto (GStrv) lines = g_strsplit (events, "\n", -1);
  g_autoptr (GString) found = g_string_new (NULL);
  guint first = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (strstr (lines[i], " event-received") != NULL)
        first = i;
    }
  for (guint i = first; *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 4);

      if (g_str_has_prefix (words[1], "state-") || g_str_equal (words[1], "logged")
          || g_str_equal (words[1], "edge-taken"))
        g_string_append_printf (found, "%s %s; ", words[1], words[2]);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

/* "procedure microstep: exitStates, executeTransitionContent, enterStates"; exit order:
 * descendants before ancestors, then in reverse document order; entry order: the
 * other way round. "If s's initial state is being entered by default, execute any
 * executable content in the initial transition." */
static void
test_microstep (void)
{
  g_auto (Fixture) self = { NULL, };

  begin_run (&self,
             "{ 'fermata': 1, 'kind': 'fsm', 'nodes': ["
             "  { 'id': 'p', 'type': 'parallel', 'exit': { 'log': 1 }, 'nodes': ["
             "    { 'id': 'r', 'nodes': [ { 'id': 'r1', 'exit': { 'log': 2 } } ] },"
             "    { 'id': 'q', 'exit': { 'log': 3 } } ] },"
             "  { 'id': 's', 'entry': { 'log': 5 }, 'initial': { 'to': 't', 'actions': { 'log': 6 } },"
             "    'nodes': [ { 'id': 't', 'entry': { 'log': 7 } } ] } ],"
             "'edges': [ { 'from': 'p', 'to': 's', 'event': 'e', 'actions': { 'log': 4 } } ] }");
  send (&self, "e");
  assert_history (&self,
                  "edge-taken p>s; state-exiting q; logged q; state-exited q; state-exiting r1; logged r1; "
                  "state-exited r1; state-exited r; state-exiting p; logged p; state-exited p; "
                  "logged p>s; state-entered s; logged s; logged s; state-entered t; logged t; ");
}

/* "for h in s.history: if h.type == "deep": … atomic descendants …, else: …
 * immediate children", before anything is left */
static void
test_history_value (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataMachine *machine;
  const char *const ids[] = { "hs", "hd" };
  const char *const expected[] = { "s2", "s22" };
  FermataIndexList *const *other;

  begin_run (&self, "{ 'fermata': 1, 'kind': 'fsm', 'initial': 's2', 'nodes': [" STATES "],"
                    "'edges': [ { 'from': 's', 'to': 'out', 'event': 'e' } ] }");
  send (&self, "e");
  machine = fermata_moment_get_frame (fermata_run_get_moment (self.bed->run), 0)->machine;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      FermataIndexList *const *list = fermata_page_table_peek (&machine->histories,
                                                               find_state (&self, ids[i]));
      g_autofree char *states = describe (&self, *list, FALSE);

      g_assert_cmpstr (states, ==, expected[i]);
    }
  other = fermata_page_table_peek (&machine->histories, find_state (&self, "hp"));
  g_assert_true (other == NULL || *other == NULL);
}

/* "exitInterpreter: exiting all active states" when a final state at the top has
 * been entered, the rest of the internal queue notwithstanding */
static void
test_exit_interpreter (void)
{
  g_auto (Fixture) self = { NULL, };

  begin_run (&self,
             "{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ { 'id': 's' },"
             "  { 'id': 'f', 'type': 'final', 'data': 7, 'entry': { 'raise': 'x' }, 'exit': { 'log': 1 } } ],"
             "'edges': [ { 'from': 's', 'to': 'f', 'event': 'e' } ] }");
  send (&self, "e");
  assert_history (&self, "edge-taken s>f; state-exited s; state-entered f; state-exiting f; logged f; "
                         "state-exited f; ");
  g_assert_cmpint (fermata_run_get_state (self.bed->run), ==, FERMATA_RUN_STATE_DONE);
}

/* A condition without a value raises error.execution; that of an edge without event is
 * not asked again after each such error. */
static void
test_condition_fails_once (void)
{
  g_auto (Fixture) self = { NULL, };

  begin_run (&self,
             "{ 'fermata': 1, 'kind': 'fsm', 'variables': { 'n': 0 },"
             "'nodes': [ { 'id': 's' }, { 'id': 't' } ],"
             "'edges': [ { 'from': 's', 'to': 't', 'when': 'variables.n.x.y' } ] }");
  g_assert_cmpuint (fermata_test_bed_count (self.bed, FERMATA_EVENT_EDGE_FAILED, NULL), ==, 1);
  g_assert_cmpuint (fermata_test_bed_count (self.bed, FERMATA_EVENT_EVENT_IGNORED, NULL), ==, 1);
}

/* From within s to the history of p, around s: what is beside s, and s itself, stay. */
static void
test_history_around_the_domain (void)
{
  g_auto (Fixture) self = { NULL, };

  begin_run (&self,
             "{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ { 'id': 'p', 'type': 'parallel', 'nodes': ["
             "  { 'id': 'h', 'type': 'history', 'history': 'deep' },"
             "  { 'id': 's', 'nodes': [ { 'id': 'a' }, { 'id': 'b' } ] },"
             "  { 'id': 't', 'nodes': [ { 'id': 'c' }, { 'id': 'd' } ] } ] } ],"
             "'edges': [ { 'from': 'h', 'to': 'b' }, { 'from': 'c', 'to': 'd', 'event': 'd' },"
             "           { 'from': 'a', 'to': 'h', 'event': 'e' } ] }");
  send (&self, "d");
  send (&self, "e");
  assert_history (&self, "edge-taken a>h; state-exited a; state-entered b; ");
}

/* From within p to its own history, for the first time: p is left, as the default says,
 * and what has been left is entered again. */
static void
test_own_history (void)
{
  g_auto (Fixture) self = { NULL, };

  begin_run (&self,
             "{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ { 'id': 'p', 'type': 'parallel', 'nodes': ["
             "  { 'id': 'h', 'type': 'history', 'history': 'deep' },"
             "  { 'id': 's', 'nodes': [ { 'id': 'a' }, { 'id': 'b' } ] } ] } ],"
             "'edges': [ { 'from': 'h', 'to': 's' }, { 'from': 'a', 'to': 'b', 'event': 'd' },"
             "           { 'from': 'b', 'to': 'h', 'event': 'e' } ] }");
  send (&self, "d");
  send (&self, "e");
  assert_history (&self, "edge-taken b>h; state-exited b; state-exited s; state-exited p; "
                         "state-entered p; state-entered s; state-entered b; ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/procedures/name-match", test_name_match);
  g_test_add_func ("/procedures/candidates/random", test_candidates_at_random);
  g_test_add_func ("/procedures/select-transitions", test_select_transitions);
  g_test_add_func ("/procedures/select-eventless-transitions", test_select_eventless_transitions);
  g_test_add_func ("/procedures/microstep", test_microstep);
  g_test_add_func ("/procedures/history-value", test_history_value);
  g_test_add_func ("/procedures/condition-fails-once", test_condition_fails_once);
  g_test_add_func ("/procedures/history-around-the-domain", test_history_around_the_domain);
  g_test_add_func ("/procedures/own-history", test_own_history);
  g_test_add_func ("/procedures/exit-interpreter", test_exit_interpreter);

  return g_test_run ();
}
