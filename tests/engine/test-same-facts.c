/* test-same-facts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * The same start, the same facts and the same holds give the same decisions:
 * a history is verified by deciding anew. Every test of the engine does so
 * with what it ran; here histories are falsified, and must be found out.
 */

#include "engine/history/fermata-history-private.h"
#include "engine/run/fermata-run-private.h"
#include "harness/fermata-probe.h"
#include "harness/fermata-test-script.h"
#include "model/fermata-node.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"

static FermataValue *
parse (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (text, -1, &error);

  g_assert_no_error (error);

  return value;
}

/* --- A history that can be falsified -------------------------------------- */

static void
clear_event (gpointer data)
{
  g_clear_pointer (&((FermataEvent *) data)->payload, fermata_value_unref);
}

static GArray *
copy_events (FermataHistory *history)
{
  GArray *events = g_array_new (FALSE, FALSE, sizeof (FermataEvent));

  g_array_set_clear_func (events, clear_event);
  for (guint64 i = 1; i <= fermata_history_get_n_events (history); i++)
    {
      FermataEvent event = *fermata_history_get_event (history, i);

      if (event.payload != NULL)
        fermata_value_ref (event.payload);
      g_array_append_val (events, event);
    }

  return events;
}

static FermataEvent *
event_at (GArray *events,
          guint   index)
{
  return &g_array_index (events, FermataEvent, index);
}

static gboolean
is_decision (GArray *events,
             guint   index)
{
  FermataEventKind kind = event_at (events, index)->kind;

  return fermata_event_kind_get_class (kind) == FERMATA_EVENT_CLASS_DECISION;
}

/* The first of a kind from an index on; there must be one. */
static guint
find_event (GArray           *events,
            FermataEventKind  kind,
            guint             from)
{
  while (event_at (events, from)->kind != kind)
    {
      from++;
      g_assert_cmpuint (from, <, events->len);
    }

  return from;
}

static void
swap_events (GArray *events,
             guint   index)
{
  FermataEvent first = *event_at (events, index);

  *event_at (events, index) = *event_at (events, index + 1);
  *event_at (events, index + 1) = first;
}

static void
set_payload (FermataEvent *event,
             FermataValue *payload)
{
  g_clear_pointer (&event->payload, fermata_value_unref);
  event->payload = payload;
}

/* The number of the first event that does not follow, 0 if all do. */
static guint64
verify (FermataPlan *plan,
        GArray      *events)
{
  g_autoptr (FermataHistory) history = fermata_history_new (plan);
  g_autoptr (GError) error = NULL;
  guint64 number = 0;

  for (guint i = 0; i < events->len; i++)
    {
      FermataEvent event = *event_at (events, i);

      if (event.payload != NULL)
        fermata_value_ref (event.payload);
      fermata_history_append (history, &event);
    }

  if (fermata_history_verify (history, &number, &error))
    {
      g_assert_no_error (error);
      return 0;
    }
  g_assert_error (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_HISTORY);
  g_assert_cmpuint (number, >, 0);

  return number;
}

/* --- The golden graphs, falsified ----------------------------------------- */

static void
drop_each_decision (FermataPlan    *plan,
                    FermataHistory *history)
{
  guint n = fermata_history_get_n_events (history);

  /* But the last: what is left is the beginning of a history. A run that is cancelled
   * while hooks are asked ends the same if it is before. */
  for (guint i = 0; i + 1 < n; i++)
    {
      g_autoptr (GArray) events = copy_events (history);

      if (!is_decision (events, i) || (event_at (events, i)->kind == FERMATA_EVENT_STEP_ASKED
                                       && !is_decision (events, i + 1)))
        continue;
      g_array_remove_index (events, i);
      g_assert_cmpuint (verify (plan, events), >, i);
    }
}

static void
repeat_each_decision (FermataPlan    *plan,
                      FermataHistory *history)
{
  for (guint i = 0; i < fermata_history_get_n_events (history); i++)
    {
      g_autoptr (GArray) events = copy_events (history);
      FermataEvent event = *event_at (events, i);

      if (!is_decision (events, i))
        continue;
      if (event.payload != NULL)
        fermata_value_ref (event.payload);
      g_array_insert_val (events, i + 1, event);
      g_assert_cmpuint (verify (plan, events), ==, i + 2);
    }
}

static void
swap_each_two_decisions (FermataPlan    *plan,
                         FermataHistory *history)
{
  for (guint i = 0; i + 1 < fermata_history_get_n_events (history); i++)
    {
      g_autoptr (GArray) events = copy_events (history);

      if (!is_decision (events, i) || !is_decision (events, i + 1))
        continue;
      swap_events (events, i);
      g_assert_cmpuint (verify (plan, events), ==, i + 1);
    }
}

static void
change_each_decision (FermataPlan    *plan,
                      FermataHistory *history)
{
  for (guint i = 0; i < fermata_history_get_n_events (history); i++)
    {
      for (guint what = 0; what < 4; what++)
        {
          g_autoptr (GArray) events = copy_events (history);
          FermataEvent *event = event_at (events, i);

          if (!is_decision (events, i))
            continue;
          if (what == 0)
            event->time++;
          else if (what == 1)
            event->attempt++;
          else if (what == 2)
            event->place ^= 1;
          else
            set_payload (event, parse ("'planted'"));
          g_assert_cmpuint (verify (plan, events), ==, i + 1);
        }
    }
}

static void
flip_each_edge (FermataPlan    *plan,
                FermataHistory *history)
{
  for (guint i = 0; i < fermata_history_get_n_events (history); i++)
    {
      g_autoptr (GArray) events = copy_events (history);
      FermataEvent *event = event_at (events, i);

      if (event->kind != FERMATA_EVENT_EDGE_TAKEN && event->kind != FERMATA_EVENT_EDGE_REFUSED)
        continue;
      event->kind = event->kind == FERMATA_EVENT_EDGE_TAKEN ? FERMATA_EVENT_EDGE_REFUSED
                                                            : FERMATA_EVENT_EDGE_TAKEN;
      g_assert_cmpuint (verify (plan, events), ==, i + 1);
    }
}

static void
test_golden (gconstpointer data)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (data);
  g_autoptr (GArray) events = NULL;
  g_autoptr (GError) error = NULL;
  FermataHistory *history;
  FermataPlan *plan;

  fermata_test_bed_play (bed, graph, &error);
  g_assert_no_error (error);
  history = fermata_run_get_history (bed->run);
  plan = fermata_history_get_plan (history);
  events = copy_events (history);
  g_assert_cmpuint (verify (plan, events), ==, 0);

  drop_each_decision (plan, history);
  repeat_each_decision (plan, history);
  swap_each_two_decisions (plan, history);
  change_each_decision (plan, history);
  flip_each_edge (plan, history);
}

/* --- What chance and time depend on --------------------------------------- */

static GArray *
run_events (const char   *json,
            FermataPlan **plan)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_run (json);

  *plan = fermata_plan_ref (fermata_run_get_plan (bed->run));

  return copy_events (fermata_run_get_history (bed->run));
}

static void
change_start (GArray     *events,
              const char *name,
              const char *json)
{
  FermataEvent *start = event_at (events, 0);
  g_autoptr (FermataValue) value = parse (json);

  set_payload (start, fermata_value_with_member (start->payload, name, value));
}

#define ONE_SET(value) \
  "{ 'fermata': 1, 'kind': 'dag', 'nodes': [" \
  "  { 'id': 'a', 'type': 'set', 'with': { 'value': '" value "' } } ], 'edges': [] }"

static void
test_start (void)
{
  static const struct {
    const char *json;
    const char *name;
    const char *value;
    gboolean matters;
  } cases[] = {
    { ONE_SET ("{{Math.random ()}}"), "seed", "12345", TRUE },
    { ONE_SET ("{{1 + 1}}"), "seed", "12345", FALSE },
    { ONE_SET ("{{Date.now ()}}"), "date", "1700000001000000", TRUE },
    { ONE_SET ("{{1 + 1}}"), "date", "1700000001000000", FALSE },
    { ONE_SET ("{{run.id}}"), "run", "'another'", TRUE },
    { ONE_SET ("{{1 + 1}}"), "run", "'another'", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataPlan) plan = NULL;
      g_autoptr (GArray) events = run_events (cases[i].json, &plan);

      change_start (events, cases[i].name, cases[i].value);
      g_assert_cmpuint (verify (plan, events), ==, cases[i].matters ? 3 : 0);
    }
}

static void
test_inputs (void)
{
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (GArray) events = run_events (
    "{ 'fermata': 1, 'kind': 'dag', 'inputs': { 'x': { 'default': 1 } },"
    "  'variables': { 'y': '{{inputs.x}}' }, 'nodes': ["
    "  { 'id': 'a', 'type': 'set', 'with': { 'value': '{{inputs.x}}' } },"
    "  { 'id': 'b', 'type': 'set', 'with': { 'value': '{{variables.y}}' } } ], 'edges': [] }", &plan);

  change_start (events, "inputs", "{ 'x': 2 }");
  g_assert_cmpuint (verify (plan, events), ==, 3);
  change_start (events, "inputs", "{ 'x': 1 }");
  g_assert_cmpuint (verify (plan, events), ==, 0);
  change_start (events, "variables", "{ 'y': 2 }");
  g_assert_cmpuint (verify (plan, events), ==, 5);
}

/* What came from outside can have come otherwise, but then what follows does. */
static void
test_facts (void)
{
  static const char *const json =
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'task', 'with': { 'takes': '1s', 'value': 1 } },"
    "  { 'id': 'b', 'type': 'task', 'with': { 'takes': '2s', 'value': 1 } } ], 'edges': [] }";
  g_autoptr (FermataPlan) plan = NULL;
  g_autoptr (GArray) events = run_events (json, &plan);
  guint fact = find_event (events, FERMATA_EVENT_TASK_COMPLETED, 0);

  set_payload (event_at (events, fact), parse ("2"));
  g_assert_cmpuint (verify (plan, events), ==, fact + 2);
  set_payload (event_at (events, fact), parse ("1"));
  g_assert_cmpuint (verify (plan, events), ==, 0);
  event_at (events, fact)->kind = FERMATA_EVENT_TASK_FAILED;
  g_assert_cmpuint (verify (plan, events), ==, fact + 2);
  event_at (events, fact)->kind = FERMATA_EVENT_TASK_COMPLETED;
  event_at (events, fact)->time++;
  g_assert_cmpuint (verify (plan, events), ==, fact + 2);
  event_at (events, fact)->time--;

  /* A fact after another decision */
  swap_events (events, fact);
  g_assert_cmpuint (verify (plan, events), ==, fact + 1);
  swap_events (events, fact);
  g_array_remove_index (events, fact);
  g_assert_cmpuint (verify (plan, events), ==, fact + 1);
}

/* Ticks as they come when there is much to decide. */
static void
tick (FermataRun *run,
      guint64     number,
      gpointer    user_data)
{
  FermataClock *clock = user_data;
  const FermataEvent *event = fermata_history_get_event (fermata_run_get_history (run), number);

  if (event->kind != FERMATA_EVENT_NODE_COMPLETED)
    return;
  fermata_virtual_clock_advance (FERMATA_VIRTUAL_CLOCK (clock), 5000);
  fermata_run_post_fact (run, FERMATA_EVENT_TICK, 0, FERMATA_PLACE_RUN, 0, NULL);
}

static void
test_ticks (void)
{
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_graph (
    "{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
    "  { 'id': 'a', 'type': 'set', 'with': { 'value': '{{Date.now ()}}' } },"
    "  { 'id': 'b', 'type': 'set', 'with': { 'value': '{{Date.now () - input}}' } },"
    "  { 'id': 'c', 'type': 'set', 'with': { 'value': '{{Date.now ()}}' } } ],"
    "  'edges': [ { 'from': 'a', 'to': 'b' }, { 'from': 'b', 'to': 'c' } ] }");
  g_autoptr (GArray) events = NULL;
  g_autofree char *output = NULL;
  FermataPlan *plan;
  guint at;

  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_probe_set_committed (fermata_probe_add (bed->run, bed->clock), tick);
  fermata_test_bed_finish (bed);
  output = fermata_test_bed_output (bed, "b");
  g_assert_cmpstr (output, ==, "5");

  plan = fermata_run_get_plan (bed->run);
  events = copy_events (fermata_run_get_history (bed->run));
  at = find_event (events, FERMATA_EVENT_TICK, 0);
  g_assert_cmpuint (verify (plan, events), ==, 0);

  /* A decision later, at another time, or not at all. Times of decisions are
   * moved along, so that it is the value that tells. */
  event_at (events, at + 1)->time -= 5000;
  swap_events (events, at);
  g_assert_cmpuint (verify (plan, events), ==, 0);
  event_at (events, at + 2)->time -= 5000;
  swap_events (events, at + 1);
  g_assert_cmpuint (verify (plan, events), ==, at + 2);
}

/* --- Holds change when something is decided, not what --------------------- */

typedef struct {
  guint n_held;
  guint n_released;
} Holds;

static gboolean
hold_at_random (FermataRun         *run,
                const FermataEvent *decision,
                gpointer            user_data)
{
  Holds *holds = user_data;

  if (g_test_rand_int_range (0, 3) != 0)
    return FALSE;
  holds->n_held++;

  return TRUE;
}

static void
arm_at_random (FermataRun *run)
{
  FermataPlan *plan = fermata_run_get_plan (run);

  for (guint i = 0; i < plan->n_nodes + plan->n_edges; i++)
    {
      if (g_test_rand_int_range (0, 3) != 0)
        fermata_run_arm (run, i);
    }
  if (g_test_rand_bit ())
    fermata_run_arm (run, FERMATA_PLACE_RUN);
}

static GArray *
only_decisions (FermataHistory *history)
{
  g_autoptr (GArray) all = copy_events (history);
  GArray *decisions = g_array_new (FALSE, FALSE, sizeof (FermataEvent));

  g_array_set_clear_func (decisions, clear_event);
  for (guint i = 0; i < all->len; i++)
    {
      FermataEvent event = *event_at (all, i);

      if (!is_decision (all, i))
        continue;
      if (event.payload != NULL)
        fermata_value_ref (event.payload);
      g_array_append_val (decisions, event);
    }

  return decisions;
}

/* An error names the moment that it is, and what takes an event, that of the
 * event; holds are moments too. */
static FermataValue *
without_moment (FermataValue *value)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  static const char *const errors[] = { "error", "cause", "handling" };

  if (value == NULL || fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT)
    return value == NULL ? NULL : fermata_value_ref (value);

  builder = fermata_value_builder_new_object ();
  for (gsize i = 0; i < fermata_value_get_length (value); i++)
    {
      const char *name = fermata_value_get_member_name (value, i);

      if (!g_str_equal (name, "moment") && !g_str_equal (name, "event")
          && !g_str_equal (name, "error") && !g_str_equal (name, "cause") && !g_str_equal (name, "handling"))
        fermata_value_builder_set (builder, name, fermata_value_get_member (value, name));
    }
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (FermataValue) plain = without_moment (fermata_value_get_member (value, errors[i]));

      if (plain != NULL)
        fermata_value_builder_set (builder, errors[i], plain);
    }

  return fermata_value_builder_end (builder);
}

static gboolean
payloads_equal (FermataValue *a,
                FermataValue *b)
{
  g_autoptr (FermataValue) one = without_moment (a);
  g_autoptr (FermataValue) other = without_moment (b);

  return one == other || (one != NULL && other != NULL && fermata_value_equal (one, other));
}

static void
assert_same_decisions (GArray *a,
                       GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const FermataEvent *one = event_at (a, i);
      const FermataEvent *other = event_at (b, i);

      g_assert_cmpuint (one->kind, ==, other->kind);
      g_assert_cmpuint (one->place, ==, other->place);
      g_assert_cmpuint (one->attempt, ==, other->attempt);
      g_assert_cmpint (one->time, ==, other->time);
      g_assert_true (payloads_equal (one->payload, other->payload));
    }
}

/* Time goes by while it is held, and some of it between the steps. */
static void
let_go (FermataTestBed *bed,
        Holds          *holds)
{
  fermata_test_bed_settle (bed);
  while (!fermata_run_has_ended (bed->run))
    {
      if (fermata_moment_is_held (fermata_run_get_moment (bed->run)))
        {
          fermata_virtual_clock_advance (FERMATA_VIRTUAL_CLOCK (bed->clock),
                                         g_test_rand_int_range (0, 5 * G_USEC_PER_SEC));
          fermata_test_bed_settle (bed);
          g_assert_true (fermata_run_release (bed->run));
          holds->n_released++;
        }
      else if (g_test_rand_int_range (0, 4) == 0)
        {
          g_assert_true (fermata_run_hold (bed->run));
        }
      else
        {
          g_assert_true (fermata_virtual_clock_jump (FERMATA_VIRTUAL_CLOCK (bed->clock)));
        }
      fermata_test_bed_settle (bed);
    }
}

static void
test_random_holds (gconstpointer data)
{
  g_autoptr (FermataTestBed) plain = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (data);
  g_autoptr (GArray) expected = NULL;
  g_autoptr (GError) error = NULL;

  fermata_test_bed_play (plain, graph, &error);
  g_assert_no_error (error);
  expected = only_decisions (fermata_run_get_history (plain->run));

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
      g_autoptr (GArray) decisions = NULL;
      Holds holds = { 0, };

      fermata_test_bed_set_up (bed, graph, &error);
      g_assert_no_error (error);
      fermata_probe_set_gate (fermata_probe_add (bed->run, &holds), hold_at_random);
      arm_at_random (bed->run);
      fermata_run_start (bed->run);
      let_go (bed, &holds);
      fermata_test_bed_finish (bed);
      g_assert_cmpuint (holds.n_released, >=, holds.n_held);

      decisions = only_decisions (fermata_run_get_history (bed->run));
      assert_same_decisions (expected, decisions);
    }
}

/* What is done to a run at a time of the clock is done at another time of a run
 * that was held before. */
static gboolean
has_steps (const char *path)
{
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (path);
  FermataValue *script = fermata_value_get_member (fermata_graph_get_members (graph), "x-test");

  return script != NULL && fermata_value_get_member (script, "steps") != NULL;
}

/* What a circuit breaker or a rate limit says depends on what time it is, and
 * their time goes on while a run is held; so does that of earlier results. */
static gboolean
asks_services (const char *path)
{
  static const char *const names[] = { "cache", "circuit-breaker", "rate-limit" };
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (path);

  for (guint i = 0; i < fermata_graph_get_n_nodes (graph); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        {
          if (fermata_node_get_member (fermata_graph_get_node (graph, i), names[j]) != NULL)
            return TRUE;
        }
    }

  return FALSE;
}

static void
add (const char    *prefix,
     const char    *path,
     GTestDataFunc  func)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *test = g_strconcat (prefix, name, NULL);

  g_test_add_data_func_full (test, g_strdup (path), func, g_free);
}

int
main (int   argc,
      char *argv[])
{
  g_auto (GStrv) paths = NULL;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/same-facts/start", test_start);
  g_test_add_func ("/same-facts/inputs", test_inputs);
  g_test_add_func ("/same-facts/facts", test_facts);
  g_test_add_func ("/same-facts/ticks", test_ticks);

  paths = fermata_test_list_golden (TRUE);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      add ("/same-facts/golden/", paths[i], test_golden);
      if (!has_steps (paths[i]) && !asks_services (paths[i]))
        add ("/same-facts/random-holds/", paths[i], test_random_holds);
    }

  return g_test_run ();
}
