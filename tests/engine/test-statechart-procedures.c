/* test-statechart-procedures.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The procedures of appendix D of the recommendation that say which states and
 * transitions, each alone. */

#include "engine/chart-fixture.h"

/* --- States ----------------------------------------------------------------- */

/* "isAtomicState": a <state> without children, or a <final>. */
static void
test_kinds (void)
{
  static const struct {
    const char *id;
    gboolean is_atomic;
    gboolean is_compound;
  } cases[] = {
    { "s", FALSE, TRUE }, { "s1", TRUE, FALSE }, { "p", FALSE, FALSE }, { "f1", TRUE, FALSE },
    { "hs", FALSE, FALSE }, { "hp", FALSE, FALSE }, { "r1", FALSE, TRUE },
  };
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, MACHINE, "s s1");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint state = find_state (&self, cases[i].id);

      g_assert_cmpint (fermata_statechart_is_atomic (self.plan->chart, state), ==, cases[i].is_atomic);
      g_assert_cmpint (fermata_statechart_is_compound (self.plan->chart, state), ==,
                       cases[i].is_compound);
    }
}

/* "isDescendant (state1, state2)": proper ones only. */
static void
test_is_descendant (void)
{
  g_auto (Fixture) self = { NULL, };
  const FermataChart *chart;

  fixture_begin (&self, MACHINE, "s s1");
  chart = self.plan->chart;
  g_assert_true (fermata_chart_is_descendant (chart, find_state (&self, "b11"), find_state (&self, "p")));
  g_assert_true (fermata_chart_is_descendant (chart, find_state (&self, "p"), FERMATA_INDEX_NONE));
  g_assert_false (fermata_chart_is_descendant (chart, find_state (&self, "p"), find_state (&self, "p")));
  g_assert_false (fermata_chart_is_descendant (chart, find_state (&self, "p"), find_state (&self, "b11")));
  g_assert_false (fermata_chart_is_descendant (chart, find_state (&self, "out"), find_state (&self, "p")));
  g_assert_false (fermata_chart_is_descendant (chart, find_state (&self, "s1"), find_state (&self, "s2")));
}

/* "Return true if s is a compound <state> and one of its children is an active
 * <final> state, or if s is a <parallel> and isInFinalState is true of all its children." */
static void
test_is_in_final_state (void)
{
  static const struct {
    const char *active;
    const char *id;
    gboolean expected;
  } cases[] = {
    { "p r1 a1 r2 f2", "r1", FALSE }, { "p r1 a1 r2 f2", "r2", TRUE }, { "p r1 a1 r2 f2", "p", FALSE },
    { "p r1 f1 r2 f2", "r1", TRUE },  { "p r1 f1 r2 f2", "p", TRUE },  { "p r1 f1 r2 f2", "f1", FALSE },
    { "p r1 f1 r2 f2", "s", FALSE },  { "p r1 f1 r2 f2", "b1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Fixture) self = { NULL, };

      fixture_begin (&self, MACHINE, cases[i].active);
      g_assert_cmpint (fermata_statechart_is_in_final_state (self.plan->chart, self.machine,
                                                             find_state (&self, cases[i].id)),
                       ==, cases[i].expected);
    }
}

/* "The Least Common Compound Ancestor is the <state> or <scxml> element s such that
 * s is a proper ancestor of all states on stateList and no descendant of s has this
 * property. … since we are speaking of proper ancestor the LCCA is never a member
 * of stateList." A parallel state is no such thing. */
static void
test_find_lcca (void)
{
  static const struct {
    const char *source;
    const char *states;
    const char *expected;
  } cases[] = {
    { "s21", "s22", "s2" }, { "s21", "s1", "s" }, { "s21", "s2", "s" }, { "s2", "s21", "s" },
    { "s", "s1", "" },      { "a1", "a2", "r1" }, { "a1", "b1", "" },   { "b11", "f2", "r2" },
    { "b11", "b12 f2", "r2" }, { "b11", "b12 a1", "" }, { "out", "end", "" },
  };
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, MACHINE, "s s1");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) ids = g_strsplit (cases[i].states, " ", -1);
      guint32 states[4];
      guint n = 0;

      for (; ids[n] != NULL; n++)
        states[n] = find_state (&self, ids[n]);
      g_assert_cmpuint (fermata_statechart_find_lcca (self.plan->chart,
                                                      find_state (&self, cases[i].source), states, n),
                        ==, find_state (&self, cases[i].expected));
    }
}

/* --- Transitions ------------------------------------------------------------ */

static void
assert_effective (Fixture    *self,
                  const char *edge,
                  const char *expected)
{
  const FermataChart *chart = self->plan->chart;
  FermataIndexList *states = NULL;

  fermata_statechart_get_effective_target_states (chart, self->machine,
                                                  chart->edges[find_edge (self, edge)].targets, &states);
  assert_list (self, &states, FALSE, expected);
}

/* "Returns the states that will be the target when 'transition' is taken,
 * dereferencing any history states." */
static void
test_get_effective_target_states (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, MACHINE, "out");
  assert_effective (&self, "to-s", "s");
  assert_effective (&self, "both", "a2 b12");
  assert_effective (&self, "nowhere", "");

  /* Before the first visit, the default */
  assert_effective (&self, "to-hs", "s2");
  assert_effective (&self, "to-hp", "a2");
  set_history (&self, "hs", "s1");
  set_history (&self, "hp", "a1 b12");
  assert_effective (&self, "to-hs", "s1");
  assert_effective (&self, "to-hp", "a1 b12");
  assert_effective (&self, "to-hd", "s21");
}

static void
assert_domain (Fixture    *self,
               const char *edge,
               const char *expected)
{
  guint domain;

  g_assert_true (fermata_statechart_get_transition_domain (self->plan, self->machine,
                                                           find_edge (self, edge), &domain));
  g_assert_cmpuint (domain, ==, find_state (self, expected));
}

/* "Return the compound state such that 1) all states that are exited or entered as a
 * result of taking 'transition' are descendants of it 2) no descendant of it has
 * this property." */
static void
test_get_transition_domain (void)
{
  g_auto (Fixture) self = { NULL, };
  guint domain;

  fixture_begin (&self, MACHINE, "s s1");
  assert_domain (&self, "next", "s");
  assert_domain (&self, "self", "");
  assert_domain (&self, "down", "");
  assert_domain (&self, "up", "");
  assert_domain (&self, "cousin", "s");
  assert_domain (&self, "within", "r1");
  assert_domain (&self, "r2-ends", "");
  assert_domain (&self, "across", "");

  /* Internal: the source, if it is compound and all targets are in it */
  assert_domain (&self, "down-inside", "s");
  assert_domain (&self, "self-inside", "");
  assert_domain (&self, "p-inside", "");

  /* By what history leads to */
  assert_domain (&self, "child-to-hs", "s");
  set_history (&self, "hs", "s1");
  assert_domain (&self, "child-to-hs", "s");
  assert_domain (&self, "to-hs", "");

  g_assert_false (fermata_statechart_get_transition_domain (self.plan, self.machine,
                                                            find_edge (&self, "nowhere"), &domain));
}

static void
assert_exits (const char *active,
              const char *edges,
              const char *expected)
{
  g_auto (Fixture) self = { NULL, };
  FermataIndexList *states = NULL;
  FermataIndexList *list;

  fixture_begin (&self, MACHINE, active);
  list = list_edges (&self, edges);
  fermata_statechart_compute_exit_set (self.plan, self.machine, list, &states);
  assert_list (&self, &states, FALSE, expected);
  fermata_index_list_clear (&list);
}

/* "For each transition t in transitions, if t is targetless then do nothing, else
 * compute the transition's domain. … Add to the statesToExit set all states in the
 * configuration that are descendants of the domain." */
static void
test_compute_exit_set (void)
{
  assert_exits ("s s1", "next", "s1");
  assert_exits ("s s1", "self", "s s1");
  assert_exits ("s s1", "down", "s s1");
  assert_exits ("s s2 s22", "down-inside", "s2 s22");
  assert_exits ("s s2 s21", "up", "s s2 s21");
  assert_exits ("p r1 a1 r2 b1 b11", "within", "a1");
  assert_exits ("p r1 a1 r2 b1 b11", "within b-moves", "a1 b11");
  assert_exits ("p r1 a1 r2 b1 b11", "nowhere", "");
  assert_exits ("p r1 a1 r2 b1 b11", "across", "p r1 a1 r2 b1 b11");
  assert_exits ("p r1 a1 r2 b1 b11", "p-inside", "p r1 a1 r2 b1 b11");
  assert_exits ("p r1 a1 r2 b1 b11", "", "");
}

static void
assert_filtered (const char *edges,
                 const char *expected)
{
  g_auto (Fixture) self = { NULL, };
  FermataIndexList *list;

  fixture_begin (&self, MACHINE, "p r1 a1 r2 b1 b11");
  list = list_edges (&self, edges);
  fermata_statechart_remove_conflicting_transitions (self.plan, self.machine, &list);
  assert_list (&self, &list, TRUE, expected);
}

/* "… if the source state of one of the transitions is a descendant of the source
 * state of the other, we select the transition in the descendant. Otherwise we
 * prefer the transition that was selected by the earlier state in document order …
 * Note that targetless transitions have empty exit sets and thus do not conflict
 * with any other transitions." */
static void
test_remove_conflicting_transitions (void)
{
  assert_filtered ("", "");
  assert_filtered ("leave", "leave");
  assert_filtered ("within b-moves", "within b-moves");
  assert_filtered ("within b-leaves", "within");
  assert_filtered ("a-leaves b-moves", "a-leaves");
  assert_filtered ("a-leaves b-leaves", "a-leaves");

  /* The later one is in a descendant of the earlier one's source. */
  assert_filtered ("leave b-moves", "b-moves");
  assert_filtered ("leave b-leaves", "b-leaves");
  assert_filtered ("within leave", "within");
  assert_filtered ("nowhere b-leaves", "nowhere b-leaves");
  assert_filtered ("nowhere leave", "nowhere leave");
  assert_filtered ("across b-moves", "across");
}

/* Against the recommendation's two loops, for all that may be enabled at once. */
static gboolean
conflict (Fixture *self,
          guint    a,
          guint    b)
{
  FermataIndexList *lists[2] = { NULL, NULL };
  FermataIndexList *edges[2] = { NULL, NULL };
  gboolean found = FALSE;

  fermata_index_list_append (&edges[0], a);
  fermata_index_list_append (&edges[1], b);
  for (guint i = 0; i < 2; i++)
    fermata_statechart_compute_exit_set (self->plan, self->machine, edges[i], &lists[i]);
  for (guint i = 0; i < fermata_index_list_get_n (lists[0]); i++)
    found = found || fermata_index_list_contains (lists[1], lists[0]->indices[i]);
  for (guint i = 0; i < 2; i++)
    {
      fermata_index_list_clear (&lists[i]);
      fermata_index_list_clear (&edges[i]);
    }

  return found;
}

static FermataIndexList *
filter_plainly (Fixture                *self,
                const FermataIndexList *enabled)
{
  g_autoptr (GArray) filtered = g_array_new (FALSE, FALSE, sizeof (guint32));
  FermataIndexList *result = NULL;

  for (guint i = 0; i < fermata_index_list_get_n (enabled); i++)
    {
      guint32 t1 = enabled->indices[i];
      g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (guint32));
      gboolean is_preempted = FALSE;

      for (guint j = 0; j < filtered->len && !is_preempted; j++)
        {
          guint32 t2 = g_array_index (filtered, guint32, j);

          if (!conflict (self, t1, t2))
            g_array_append_val (rest, t2);
          else if (!fermata_chart_is_descendant (self->plan->chart, self->plan->edges[t1].source,
                                                 self->plan->edges[t2].source))
            is_preempted = TRUE;
        }
      if (is_preempted)
        continue;
      g_array_append_val (rest, t1);
      g_array_set_size (filtered, 0);
      g_array_append_vals (filtered, rest->data, rest->len);
    }
  for (guint i = 0; i < filtered->len; i++)
    fermata_index_list_append (&result, g_array_index (filtered, guint32, i));

  return result;
}

/* Three regions with two levels each; whatever each atomic state may select. */
#define DEEP_REGION(r) \
  "{ 'id': 'r" r "', 'type': 'parallel', 'nodes': [" \
  "  { 'id': 'x" r "', 'nodes': [ { 'id': 'x" r "1' }, { 'id': 'x" r "2' } ] }," \
  "  { 'id': 'y" r "', 'nodes': [ { 'id': 'y" r "1' }, { 'id': 'y" r "2' } ] } ] }"
#define DEEP_EDGES(r) \
  "{ 'id': 'x" r "-moves', 'from': 'x" r "1', 'to': 'x" r "2', 'event': 'e' }," \
  "{ 'id': 'x" r "-leaves', 'from': 'x" r "', 'to': 'out', 'event': 'e' }," \
  "{ 'id': 'x" r "-to-y', 'from': 'x" r "1', 'to': 'y" r "2', 'event': 'e' }," \
  "{ 'id': 'y" r "-moves', 'from': 'y" r "1', 'to': 'y" r "2', 'event': 'e' }," \
  "{ 'id': 'y" r "-stays', 'from': 'y" r "1', 'event': 'e' }," \
  "{ 'id': 'r" r "-again', 'from': 'r" r "', 'to': 'r" r "', 'event': 'e' }"

static void
test_remove_conflicting_at_random (void)
{
  g_auto (Fixture) self = { NULL, };
  static const char *const choices[] = { "x%u-moves", "x%u-leaves", "x%u-to-y", "r%u-again", "all", NULL,
                                         "y%u-moves", "y%u-stays", "y%u-moves", "r%u-again", "all", NULL };

  fixture_begin (&self,
                 "{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ { 'id': 'p', 'type': 'parallel', 'nodes': ["
                 DEEP_REGION ("1") "," DEEP_REGION ("2") "," DEEP_REGION ("3") " ] }, { 'id': 'out' } ],"
                 "'edges': [ { 'id': 'all', 'from': 'p', 'to': 'out', 'event': 'e' },"
                 DEEP_EDGES ("1") "," DEEP_EDGES ("2") "," DEEP_EDGES ("3") " ] }",
                 "p r1 x1 x11 y1 y11 r2 x2 x21 y2 y21 r3 x3 x31 y3 y31");
  for (guint trial = 0; trial < 2000; trial++)
    {
      FermataIndexList *enabled = NULL;
      FermataIndexList *expected;

      for (guint atomic = 0; atomic < 6; atomic++)
        {
          const char *choice = choices[6 * (atomic % 2) + g_test_rand_int_range (0, 6)];
          g_autofree char *digit = g_strdup_printf ("%u", atomic / 2 + 1);
          g_auto (GStrv) parts = choice == NULL ? NULL : g_strsplit (choice, "%u", 2);
          g_autofree char *name = parts == NULL ? NULL : g_strjoinv (digit, parts);
          guint edge;

          if (name == NULL)
            continue;
          edge = find_edge (&self, name);

          /* An ordered set */
          for (guint i = 0; i < fermata_index_list_get_n (enabled); i++)
            {
              if (enabled->indices[i] == edge)
                edge = FERMATA_INDEX_NONE;
            }
          if (edge != FERMATA_INDEX_NONE)
            fermata_index_list_append (&enabled, edge);
        }

      expected = filter_plainly (&self, enabled);
      fermata_statechart_remove_conflicting_transitions (self.plan, self.machine, &enabled);
      if (fermata_index_list_get_n (enabled) != fermata_index_list_get_n (expected)
          || !fermata_index_list_equal (enabled, expected))
        {
          g_autofree char *wanted = describe (&self, expected, TRUE);

          assert_list (&self, &enabled, TRUE, wanted);
        }
      fermata_index_list_clear (&enabled);
      fermata_index_list_clear (&expected);
    }
}

/* --- Entering --------------------------------------------------------------- */

static void
assert_entry_set (Fixture         *self,
                  FermataEntrySet *set,
                  const char      *states,
                  const char      *defaults,
                  const char      *histories)
{
  assert_list (self, &set->states, FALSE, states);
  assert_list (self, &set->defaults, FALSE, defaults);
  assert_list (self, &set->default_histories, FALSE, histories);
}

static void
assert_descendants (Fixture    *self,
                    const char *state,
                    const char *states,
                    const char *defaults,
                    const char *histories)
{
  FermataEntrySet set = { NULL, };

  fermata_statechart_add_descendant_states_to_enter (self->plan->chart, self->machine,
                                                     find_state (self, state), &set);
  assert_entry_set (self, &set, states, defaults, histories);
}

/* "The purpose of this procedure is to add to statesToEnter 'state' and any of its
 * descendants that the state machine will end up entering when it enters 'state'.
 * (N.B. If 'state' is a history pseudo-state, we dereference it and add the history
 * value instead.)" */
static void
test_add_descendant_states_to_enter (void)
{
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, MACHINE, "out");
  assert_descendants (&self, "s1", "s1", "", "");
  assert_descendants (&self, "s", "s s1", "s", "");
  assert_descendants (&self, "s2", "s2 s22", "s2", "");
  assert_descendants (&self, "p", "p r1 a1 r2 b1 b11", "r1 r2 b1", "");
  assert_descendants (&self, "hs", "s2 s22", "s2", "hs");

  /* "add any ancestors between the history value and state's parent" */
  assert_descendants (&self, "hd", "s2 s21", "", "hd");
  set_history (&self, "hd", "s22");
  assert_descendants (&self, "hd", "s2 s22", "", "");
  set_history (&self, "hp", "a2 b12");
  assert_descendants (&self, "hp", "r1 a2 r2 b1 b12", "", "");
}

/* "Otherwise, if state is a parallel state, recursively call … on any of its child
 * states that don't already have a descendant on statesToEnter." */
static void
test_regions_that_are_there (void)
{
  g_auto (Fixture) self = { NULL, };
  FermataEntrySet set = { NULL, };

  fixture_begin (&self, MACHINE, "out");
  fermata_index_list_insert (&set.states, find_state (&self, "b12"));
  fermata_statechart_add_descendant_states_to_enter (self.plan->chart, self.machine,
                                                     find_state (&self, "p"), &set);
  assert_entry_set (&self, &set, "p r1 a1 b12", "r1", "");
}

/* "Add to statesToEnter any ancestors of 'state' up to, but not including, 'ancestor'
 * that must be entered in order to enter 'state'. If any of these ancestor states
 * is a parallel state, we must fill in its descendants as well." */
static void
test_add_ancestor_states_to_enter (void)
{
  static const struct {
    const char *state;
    const char *ancestor;
    const char *states;
    const char *defaults;
  } cases[] = {
    { "s21", "s2", "", "" },
    { "s21", "s", "s2", "" },
    { "s21", "", "s s2", "" },
    { "b12", "r2", "b1", "" },

    /* What of region r2 is there is not this procedure's to add. */
    { "b12", "", "p r1 a1 r2 b1", "r1" },
  };
  g_auto (Fixture) self = { NULL, };

  fixture_begin (&self, MACHINE, "out");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FermataEntrySet set = { NULL, };

      fermata_statechart_add_ancestor_states_to_enter (self.plan->chart, self.machine,
                                                       find_state (&self, cases[i].state),
                                                       find_state (&self, cases[i].ancestor), &set);
      assert_entry_set (&self, &set, cases[i].states, cases[i].defaults, "");
    }
}

static void
assert_entries (const char *active,
                const char *history,
                const char *edges,
                const char *states,
                const char *defaults)
{
  g_auto (Fixture) self = { NULL, };
  FermataEntrySet set = { NULL, };
  FermataIndexList *list;

  fixture_begin (&self, MACHINE, active);
  if (history != NULL)
    set_history (&self, "hp", history);
  list = list_edges (&self, edges);
  fermata_statechart_compute_entry_set (self.plan, self.machine, list, &set);
  assert_list (&self, &set.states, FALSE, states);
  assert_list (&self, &set.defaults, FALSE, defaults);
  fermata_statechart_entry_set_clear (&set);
  fermata_index_list_clear (&list);
}

/* "First gather up all the target states in 'transitions'. Then add them and, for
 * all that are not atomic states, add all of their (default) descendants until we
 * reach one or more atomic states. Then add any ancestors that will be entered
 * within the domain of the transition." */
static void
test_compute_entry_set (void)
{
  assert_entries ("out", NULL, "to-s", "s s1", "s");
  assert_entries ("out", NULL, "to-p", "p r1 a1 r2 b1 b11", "r1 r2 b1");
  assert_entries ("out", NULL, "to-a2", "p r1 a2 r2 b1 b11", "r2 b1");
  assert_entries ("out", NULL, "both", "p r1 a2 r2 b1 b12", "");
  assert_entries ("s s1", NULL, "next", "s2 s22", "s2");
  assert_entries ("s s1", NULL, "down", "s s2 s21", "");
  assert_entries ("s s1", NULL, "down-inside", "s2 s21", "");
  assert_entries ("s s2 s21", NULL, "up", "s s1", "s");
  assert_entries ("p r1 a1 r2 b1 b11", NULL, "within b-moves", "a2 b12", "");
  assert_entries ("p r1 a1 r2 b1 b11", NULL, "nowhere", "", "");
  assert_entries ("p r1 a1 r2 b1 b11", NULL, "across", "p r1 a1 r2 b1 b12", "r1");
  assert_entries ("", NULL, "to-hp", "p r1 a2 r2 b1 b11", "r2 b1");
  assert_entries ("", "a1 b12", "to-hp", "p r1 a1 r2 b1 b12", "");
}

static void
assert_initial (const char *initial,
                const char *states)
{
  g_autofree char *json = g_strdup_printf ("{ 'fermata': 1, 'kind': 'fsm', %s 'nodes': [" STATES "],"
                                           "'edges': [" EDGES "] }", initial);
  g_auto (Fixture) self = { NULL, };
  FermataEntrySet set = { NULL, };

  fixture_begin (&self, json, "out");
  fermata_statechart_compute_initial_set (self.plan->chart, self.machine, &set);
  assert_list (&self, &set.states, FALSE, states);
  fermata_statechart_entry_set_clear (&set);
}

/* "enterStates ([doc.initial.transition])"; without one, the first child */
static void
test_compute_initial_set (void)
{
  assert_initial ("", "s s1");
  assert_initial ("'initial': 'out',", "out");
  assert_initial ("'initial': 's21',", "s s2 s21");
  assert_initial ("'initial': ['b12', 'a2'],", "p r1 a2 r2 b1 b12");
  assert_initial ("'initial': 'hs',", "s s2 s22");
}

/* Whether it is worth a look which states an event is for. */
static void
test_is_expected (void)
{
  static const struct {
    const char *event;
    const char *name;
    gboolean expected;
  } cases[] = {
    { "coin", "coin", TRUE }, { "coin", "coin.euro.one", TRUE }, { "coin", "coins", FALSE },
    { "coin", "push", FALSE }, { "coin.euro", "coin", FALSE }, { "error.*", "error", TRUE },
    { "error.*", "error.execution", TRUE }, { "*", "anything.at.all", TRUE },
    { "a b.c", "b.c.d", TRUE }, { "a b.c", "b", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ { 'id': 's' } ],"
                                               "  'edges': [ { 'from': 's', 'event': '%s' } ] }",
                                               cases[i].event);
      g_auto (Fixture) fixture = { 0, };

      fixture_begin (&fixture, json, "s");
      if (fermata_statechart_is_expected (fixture.plan, cases[i].name) != cases[i].expected)
        g_error ("“%s” by “%s”", cases[i].name, cases[i].event);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/procedures/kinds", test_kinds);
  g_test_add_func ("/procedures/is-descendant", test_is_descendant);
  g_test_add_func ("/procedures/is-in-final-state", test_is_in_final_state);
  g_test_add_func ("/procedures/find-lcca", test_find_lcca);
  g_test_add_func ("/procedures/get-effective-target-states", test_get_effective_target_states);
  g_test_add_func ("/procedures/get-transition-domain", test_get_transition_domain);
  g_test_add_func ("/procedures/compute-exit-set", test_compute_exit_set);
  g_test_add_func ("/procedures/remove-conflicting-transitions", test_remove_conflicting_transitions);
  g_test_add_func ("/procedures/remove-conflicting-transitions/random", test_remove_conflicting_at_random);
  g_test_add_func ("/procedures/add-descendant-states-to-enter", test_add_descendant_states_to_enter);
  g_test_add_func ("/procedures/add-descendant-states-to-enter/regions", test_regions_that_are_there);
  g_test_add_func ("/procedures/add-ancestor-states-to-enter", test_add_ancestor_states_to_enter);
  g_test_add_func ("/procedures/compute-entry-set", test_compute_entry_set);
  g_test_add_func ("/procedures/compute-initial-set", test_compute_initial_set);
  g_test_add_func ("/procedures/is-expected", test_is_expected);

  return g_test_run ();
}
