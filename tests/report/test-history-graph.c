/* test-history-graph.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Histories as steps: what was visited or run, in which order, how often. */

#include <string.h>

#include "engine/plan/fermata-plan-private.h"
#include "harness/fermata-test-bed.h"
#include "report/fermata-history-graph.h"

/* A history that is written by hand, event by event. */
typedef struct {
  FermataTestBed *bed;
  FermataGraph *graph;
  FermataPlan *plan;
  FermataHistory *history;
  gint64 time;
} Fixture;

static void
begin (Fixture    *self,
       const char *json)
{
  g_autoptr (GError) error = NULL;

  self->bed = fermata_test_bed_new ();
  self->graph = fermata_test_graph (json);
  self->plan = fermata_engine_compile (self->bed->engine, self->graph, &error);
  g_assert_no_error (error);
  self->history = fermata_history_new (self->plan);
  self->time = 0;
}

static void
end (Fixture *self)
{
  g_object_unref (self->history);
  fermata_plan_unref (self->plan);
  g_object_unref (self->graph);
  fermata_test_bed_free (self->bed);
}

static void
add (Fixture          *self,
     FermataEventKind  kind,
     guint32           place,
     guint             attempt,
     const char       *text)
{
  FermataEvent event = { .time = self->time, .kind = kind, .place = place, .attempt = attempt };

  if (text != NULL)
    event.payload = fermata_value_new_string (text, -1);
  fermata_history_append (self->history, &event);
}

static guint32
state_of (Fixture    *self,
          const char *id)
{
  guint index = 0;

  g_assert_true (fermata_plan_find_node (self->plan, id, &index));

  return index;
}

/* @event (nullable): NULL for an edge without one. */
static void
go (Fixture    *self,
    const char *edge,
    const char *event)
{
  guint index = 0;

  g_assert_true (fermata_plan_find_edge (self->plan, edge, &index));
  if (event != NULL)
    {
      add (self, FERMATA_EVENT_EVENT_RECEIVED, FERMATA_PLACE_RUN, 0, NULL);
      add (self, FERMATA_EVENT_EVENT_DEQUEUED, FERMATA_PLACE_RUN, 0, event);
    }
  add (self, FERMATA_EVENT_EDGE_TAKEN, fermata_plan_get_edge_place (self->plan, index), 0, NULL);
  add (self, FERMATA_EVENT_STATE_EXITED, fermata_plan_get_edge_source (self->plan, index), 0, NULL);
  add (self, FERMATA_EVENT_STATE_ENTERED, fermata_plan_get_edge_target (self->plan, index), 0, NULL);
}

static void
check_step (FermataHistoryGraph      *graph,
            guint                     index,
            FermataHistoryStepStatus  status,
            const char               *title,
            guint64                   count,
            gint64                    time)
{
  const FermataHistoryStep *step = fermata_history_graph_get_step (graph, index);

  g_assert_cmpint (step->status, ==, status);
  g_assert_cmpstr (step->title, ==, title);
  g_assert_cmpuint (step->count, ==, count);
  g_assert_cmpint (step->time, ==, time);
}

/* Whether there is exactly this arc between two steps, and no other. */
static void
check_arc (FermataHistoryGraph *graph,
           guint                source,
           guint                target,
           const char          *label,
           guint64              count,
           gboolean             is_back)
{
  guint n = 0;

  for (guint i = 0; i < fermata_history_graph_get_n_arcs (graph); i++)
    {
      const FermataHistoryArc *arc = fermata_history_graph_get_arc (graph, i);

      if (arc->source != source || arc->target != target)
        continue;
      g_assert_cmpstr (arc->label, ==, label);
      g_assert_cmpuint (arc->count, ==, count);
      g_assert_cmpint (arc->is_back, ==, is_back);
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
}

/* --- Machines ------------------------------------------------------------ */

static const char turnstile[] =
  "{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ { 'id': 'locked' }, { 'id': 'unlocked', 'label': 'Open' }, { 'id': 'broken' } ],"
  "  'edges': [ { 'id': 'coin', 'from': 'locked', 'to': 'unlocked', 'event': 'coin' },"
  "    { 'id': 'push', 'from': 'unlocked', 'to': 'locked', 'event': 'push' },"
  "    { 'id': 'late', 'from': 'unlocked', 'to': 'locked', 'after': '5s' },"
  "    { 'id': 'kick', 'from': 'locked', 'to': 'broken', 'event': '*' },"
  "    { 'id': 'again', 'from': 'broken', 'to': 'locked', 'when': 'true' } ] }";

static void
start_turnstile (Fixture *self)
{
  begin (self, turnstile);
  add (self, FERMATA_EVENT_RUN_STARTED, FERMATA_PLACE_RUN, 0, NULL);
  add (self, FERMATA_EVENT_STATE_ENTERED, state_of (self, "locked"), 0, NULL);
}

static void
test_machine (void)
{
  g_autoptr (FermataHistoryGraph) graph = NULL;
  Fixture fixture;
  guint index = 99;

  start_turnstile (&fixture);
  fixture.time = 1000;
  go (&fixture, "coin", "coin");
  fixture.time = 6000;
  go (&fixture, "late", "after.late");
  fixture.time = 7000;
  go (&fixture, "kick", "boot");
  go (&fixture, "again", NULL);
  fixture.time = 9000;
  add (&fixture, FERMATA_EVENT_TICK, FERMATA_PLACE_RUN, 0, NULL);

  graph = fermata_history_graph_new (fixture.history, 0);
  g_assert_cmpuint (fermata_history_graph_get_n_steps (graph), ==, 5);
  check_step (graph, 0, FERMATA_HISTORY_STEP_PASSED, "locked", 1, 1000);
  check_step (graph, 1, FERMATA_HISTORY_STEP_PASSED, "Open", 1, 5000);
  check_step (graph, 2, FERMATA_HISTORY_STEP_PASSED, "locked", 1, 1000);
  check_step (graph, 3, FERMATA_HISTORY_STEP_PASSED, "broken", 1, 0);
  check_step (graph, 4, FERMATA_HISTORY_STEP_ACTIVE, "locked", 1, 2000);
  check_arc (graph, 0, 1, "coin", 1, FALSE);
  check_arc (graph, 1, 2, "after 5s", 1, FALSE);
  check_arc (graph, 2, 3, "boot", 1, FALSE);
  check_arc (graph, 3, 4, "", 1, FALSE);

  /* Events 1 and 2 begin; 5 is the first transition, 7 the state after it */
  g_assert_false (fermata_history_graph_find_step (graph, 1, &index));
  g_assert_true (fermata_history_graph_find_step (graph, 4, &index));
  g_assert_cmpuint (index, ==, 0);
  g_assert_true (fermata_history_graph_find_step (graph, 5, &index));
  g_assert_cmpuint (index, ==, 1);
  g_assert_cmpuint (fermata_history_graph_get_step (graph, 1)->event, ==, 7);
  g_assert_true (fermata_history_graph_find_step (graph, 10000, &index));
  g_assert_cmpuint (index, ==, 4);
  end (&fixture);
}

static void
test_until (void)
{
  g_autoptr (FermataHistoryGraph) graph = NULL;
  g_autoptr (FermataHistoryGraph) nothing = NULL;
  Fixture fixture;

  start_turnstile (&fixture);
  nothing = fermata_history_graph_new (fixture.history, 1);
  g_assert_cmpuint (fermata_history_graph_get_n_steps (nothing), ==, 0);
  go (&fixture, "coin", "coin");
  go (&fixture, "push", "push");
  graph = fermata_history_graph_new (fixture.history, 8);
  g_assert_cmpuint (fermata_history_graph_get_until (graph), ==, 8);
  g_assert_cmpuint (fermata_history_graph_get_n_steps (graph), ==, 2);
  check_step (graph, 1, FERMATA_HISTORY_STEP_ACTIVE, "Open", 1, 0);
  end (&fixture);
}

static void
test_cycles (void)
{
  g_autoptr (FermataHistoryGraph) graph = NULL;
  Fixture fixture;
  guint index = 99;

  start_turnstile (&fixture);
  for (guint i = 0; i < 12; i++)
    {
      fixture.time += 10;
      go (&fixture, "coin", "coin");
      fixture.time += 30;
      go (&fixture, "push", "push");
    }
  fixture.time += 10;
  go (&fixture, "coin", "coin");
  go (&fixture, "late", "after.late");

  graph = fermata_history_graph_new (fixture.history, 0);
  g_assert_cmpuint (fermata_history_graph_get_n_steps (graph), ==, 5);
  check_step (graph, 0, FERMATA_HISTORY_STEP_PASSED, "locked", 1, 10);
  check_step (graph, 1, FERMATA_HISTORY_STEP_PASSED, "Open", 12, 12 * 30);
  check_step (graph, 2, FERMATA_HISTORY_STEP_PASSED, "locked", 12, 12 * 10);
  check_step (graph, 3, FERMATA_HISTORY_STEP_PASSED, "Open", 1, 0);
  check_arc (graph, 0, 1, "coin", 1, FALSE);
  check_arc (graph, 1, 2, "push", 12, FALSE);
  check_arc (graph, 2, 1, "coin", 11, TRUE);
  check_arc (graph, 2, 3, "coin", 1, FALSE);

  /* A click goes to the last visit; a moment in between is found */
  g_assert_true (fermata_history_graph_find_step (graph, fermata_history_graph_get_step (graph, 1)->event, &index));
  g_assert_cmpuint (index, ==, 1);
  g_assert_true (fermata_history_graph_find_step (graph, fermata_history_graph_get_step (graph, 1)->first_event + 20, &index));
  g_assert_cmpuint (index, ==, 1);
  end (&fixture);
}

/* Without any regularity; and what is folded is still found. */
static void
test_folded (void)
{
  g_autoptr (FermataHistoryGraph) graph = NULL;
  g_autoptr (GBytes) dot = NULL;
  Fixture fixture;
  guint index = 99;
  guint n = 0;

  start_turnstile (&fixture);
  for (guint i = 0; i < 5000; i++)
    {
      const char *way = g_test_rand_bit () ? "push" : "late";

      go (&fixture, "coin", "coin");
      go (&fixture, way, way);
      if (g_test_rand_int_range (0, 3) == 0)
        {
          go (&fixture, "kick", "boot");
          go (&fixture, "again", NULL);
        }
    }
  graph = fermata_history_graph_new (fixture.history, 0);
  g_assert_cmpuint (fermata_history_graph_get_n_steps (graph), ==, FERMATA_HISTORY_GRAPH_MAX_STEPS);
  g_assert_cmpuint (fermata_history_graph_get_n_folded (graph), >, 0);
  for (guint i = 0; i < FERMATA_HISTORY_GRAPH_MAX_STEPS; i++)
    {
      const FermataHistoryStep *step = fermata_history_graph_get_step (graph, i);

      n += step->status == FERMATA_HISTORY_STEP_FOLDED;
      g_assert_cmpuint (step->first_event, <=, step->event);
      g_assert_true (fermata_history_graph_find_step (graph, step->event, &index));
      g_assert_cmpuint (index, ==, i);
    }
  g_assert_cmpuint (n, ==, 1);
  for (guint i = 0; i < fermata_history_graph_get_n_arcs (graph); i++)
    {
      g_assert_cmpuint (fermata_history_graph_get_arc (graph, i)->source, <, FERMATA_HISTORY_GRAPH_MAX_STEPS);
      g_assert_cmpuint (fermata_history_graph_get_arc (graph, i)->target, <, FERMATA_HISTORY_GRAPH_MAX_STEPS);
    }
  dot = fermata_history_graph_to_dot (graph, NULL, 0);
  g_assert_cmpuint (g_bytes_get_size (dot), >, 10000);
  end (&fixture);
}

static void
test_regions (void)
{
  g_autoptr (FermataHistoryGraph) graph = NULL;
  Fixture fixture;

  begin (&fixture, "{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ { 'id': 'p', 'type': 'parallel', 'nodes': ["
                   "  { 'id': 'a', 'nodes': [ { 'id': 'a1' }, { 'id': 'a2' } ] }, { 'id': 'b', 'nodes': [ { 'id': 'b1' }, { 'id': 'b2' } ] } ] } ],"
                   "  'edges': [ { 'id': 'x', 'from': 'a1', 'to': 'a2', 'event': 'e' }, { 'id': 'y', 'from': 'b1', 'to': 'b2', 'event': 'e' } ] }");
  add (&fixture, FERMATA_EVENT_RUN_STARTED, FERMATA_PLACE_RUN, 0, NULL);
  for (guint i = 0; i < 6; i++)
    {
      static const char *const states[] = { "p", "a", "a1", "b", "b1" };

      if (i < G_N_ELEMENTS (states))
        add (&fixture, FERMATA_EVENT_STATE_ENTERED, state_of (&fixture, states[i]), 0, NULL);
    }

  /* Both edges in one microstep: one step, by whatever they have in common */
  add (&fixture, FERMATA_EVENT_EVENT_RECEIVED, FERMATA_PLACE_RUN, 0, NULL);
  add (&fixture, FERMATA_EVENT_EVENT_DEQUEUED, FERMATA_PLACE_RUN, 0, "e");
  add (&fixture, FERMATA_EVENT_EDGE_TAKEN, fermata_plan_get_edge_place (fixture.plan, 0), 0, NULL);
  add (&fixture, FERMATA_EVENT_EDGE_TAKEN, fermata_plan_get_edge_place (fixture.plan, 1), 0, NULL);
  add (&fixture, FERMATA_EVENT_STATE_EXITED, state_of (&fixture, "b1"), 0, NULL);
  add (&fixture, FERMATA_EVENT_STATE_EXITED, state_of (&fixture, "a1"), 0, NULL);
  add (&fixture, FERMATA_EVENT_STATE_ENTERED, state_of (&fixture, "a2"), 0, NULL);
  add (&fixture, FERMATA_EVENT_STATE_ENTERED, state_of (&fixture, "b2"), 0, NULL);
  graph = fermata_history_graph_new (fixture.history, 0);
  g_assert_cmpuint (fermata_history_graph_get_n_steps (graph), ==, 2);
  check_step (graph, 0, FERMATA_HISTORY_STEP_PASSED, "a1 · b1", 1, 0);
  check_step (graph, 1, FERMATA_HISTORY_STEP_ACTIVE, "a2 · b2", 1, 0);
  check_arc (graph, 0, 1, "e", 1, FALSE);
  end (&fixture);
}

/* --- Nodes --------------------------------------------------------------- */

static void
test_nodes (void)
{
  g_autoptr (FermataHistoryGraph) graph = NULL;
  Fixture fixture;
  guint index = 99;

  begin (&fixture, "{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'a', 'type': 'set', 'with': { 'value': 1 }, 'retry': 3 }, { 'id': 'b', 'type': 'set', 'with': { 'value': 1 }, 'on-error': 'continue' },"
                   "  { 'id': 'c', 'type': 'set', 'with': { 'value': 1 } }, { 'id': 'd', 'type': 'set', 'with': { 'value': 1 } }, { 'id': 'e', 'type': 'set', 'with': { 'value': 1 } } ],"
                   "  'edges': [ { 'from': 'a', 'to': 'b' }, { 'id': 'no', 'from': 'a', 'to': 'c', 'when': 'false' },"
                   "  { 'from': 'b', 'to': 'd', 'on': 'error' }, { 'id': 'yes', 'from': 'a', 'to': 'e', 'when': 'true' } ] }");
  add (&fixture, FERMATA_EVENT_RUN_STARTED, FERMATA_PLACE_RUN, 0, NULL);
  add (&fixture, FERMATA_EVENT_NODE_STARTED, 0, 1, NULL);
  fixture.time = 100;
  add (&fixture, FERMATA_EVENT_NODE_RETRYING, 0, 1, NULL);
  fixture.time = 500;
  add (&fixture, FERMATA_EVENT_NODE_STARTED, 0, 2, NULL);
  fixture.time = 700;
  add (&fixture, FERMATA_EVENT_NODE_COMPLETED, 0, 2, NULL);
  add (&fixture, FERMATA_EVENT_EDGE_REFUSED, fermata_plan_get_edge_place (fixture.plan, 1), 0, NULL);
  for (guint i = 0; i < fermata_plan_get_n_edges (fixture.plan); i++)
    {
      if (g_str_equal (fermata_plan_get_edge_name (fixture.plan, i), "yes"))
        add (&fixture, FERMATA_EVENT_EDGE_TAKEN, fermata_plan_get_edge_place (fixture.plan, i), 0, NULL);
    }
  add (&fixture, FERMATA_EVENT_NODE_SKIPPED, 2, 0, NULL);
  add (&fixture, FERMATA_EVENT_NODE_STARTED, 1, 1, NULL);
  add (&fixture, FERMATA_EVENT_NODE_FAILED, 1, 1, NULL);
  add (&fixture, FERMATA_EVENT_NODE_STARTED, 3, 1, NULL);
  add (&fixture, FERMATA_EVENT_NODE_STARTED, 4, 1, NULL);
  add (&fixture, FERMATA_EVENT_NODE_CANCELLED, 4, 1, NULL);
  fixture.time = 1000;
  add (&fixture, FERMATA_EVENT_TICK, FERMATA_PLACE_RUN, 0, NULL);

  graph = fermata_history_graph_new (fixture.history, 0);
  g_assert_cmpuint (fermata_history_graph_get_n_steps (graph), ==, 4);
  check_step (graph, 0, FERMATA_HISTORY_STEP_DONE, "a", 1, 300);
  g_assert_cmpuint (fermata_history_graph_get_step (graph, 0)->n_attempts, ==, 2);
  g_assert_cmpuint (fermata_history_graph_get_step (graph, 0)->event, ==, 5);
  check_step (graph, 1, FERMATA_HISTORY_STEP_FAILED, "b", 1, 0);
  check_step (graph, 2, FERMATA_HISTORY_STEP_ACTIVE, "d", 1, 300);
  check_step (graph, 3, FERMATA_HISTORY_STEP_CANCELLED, "e", 1, 0);
  check_arc (graph, 0, 1, "", 1, FALSE);
  check_arc (graph, 1, 2, "error", 1, FALSE);
  check_arc (graph, 0, 3, "", 1, FALSE);
  g_assert_cmpuint (fermata_history_graph_get_n_arcs (graph), ==, 3);
  g_assert_true (fermata_history_graph_find_step (graph, 3, &index));
  g_assert_cmpuint (index, ==, 0);
  end (&fixture);
}

/* The work on an item is its owner's; what is in a body is in its node. */
static void
test_bodies (void)
{
  g_autoptr (FermataHistoryGraph) graph = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *dot = NULL;
  Fixture fixture;
  FermataPlan *item;
  FermataPlan *body;

  begin (&fixture, "{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'list', 'type': 'set', 'with': { 'value': 1 } }, { 'id': 'each', 'type': 'set', 'with': { 'value': 1 } },"
                   "  { 'id': 'sub', 'type': 'subgraph', 'body': { 'nodes': [ { 'id': 'in', 'type': 'set', 'with': { 'value': 1 } } ], 'edges': [] } } ],"
                   "  'edges': [ { 'from': 'list', 'to': 'each', 'each': true }, { 'from': 'each', 'to': 'sub' } ] }");
  item = fermata_plan_get_node_body (fixture.plan, 1);
  body = fermata_plan_get_node_body (fixture.plan, 2);
  g_assert_nonnull (item);
  g_assert_nonnull (body);
  add (&fixture, FERMATA_EVENT_RUN_STARTED, FERMATA_PLACE_RUN, 0, NULL);
  add (&fixture, FERMATA_EVENT_NODE_STARTED, 0, 1, NULL);
  add (&fixture, FERMATA_EVENT_NODE_COMPLETED, 0, 1, NULL);
  add (&fixture, FERMATA_EVENT_NODE_STARTED, 1, 1, NULL);
  for (guint i = 0; i < 5; i++)
    {
      add (&fixture, FERMATA_EVENT_NODE_STARTED, fermata_plan_get_first_place (item), 1, NULL);
      add (&fixture, FERMATA_EVENT_NODE_COMPLETED, fermata_plan_get_first_place (item), 1, NULL);
    }
  add (&fixture, FERMATA_EVENT_NODE_COMPLETED, 1, 1, NULL);
  add (&fixture, FERMATA_EVENT_NODE_STARTED, 2, 1, NULL);
  add (&fixture, FERMATA_EVENT_NODE_STARTED, fermata_plan_get_first_place (body), 1, NULL);
  add (&fixture, FERMATA_EVENT_NODE_COMPLETED, fermata_plan_get_first_place (body), 1, NULL);
  add (&fixture, FERMATA_EVENT_NODE_COMPLETED, 2, 1, NULL);
  graph = fermata_history_graph_new (fixture.history, 0);
  g_assert_cmpuint (fermata_history_graph_get_n_steps (graph), ==, 4);
  g_assert_cmpuint (fermata_history_graph_get_step (graph, 1)->n_items, ==, 5);
  g_assert_cmpstr (fermata_history_graph_get_step (graph, 3)->place, ==, "sub/in");
  g_assert_cmpuint (fermata_history_graph_get_step (graph, 3)->parent, ==, 2);
  check_arc (graph, 0, 1, "each", 1, FALSE);
  check_arc (graph, 1, 2, "", 1, FALSE);
  bytes = fermata_history_graph_to_dot (graph, NULL, 0);
  dot = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (dot, "subgraph \"cluster s2\""));
  g_assert_nonnull (strstr (dot, "id=\"event:3\""));
  g_assert_nonnull (strstr (dot, "5 items"));
  end (&fixture);
}

/* A machine in a body: its states are steps in that of its owner, and so is what they
 * run; its edges are counted, and not those of the graph around it. */
static void
test_machine_in_body (void)
{
  g_autoptr (FermataHistoryGraph) graph = NULL;
  Fixture fixture;
  FermataPlan *machine;
  guint32 task;
  guint first, n_nodes;

  begin (&fixture, "{ 'fermata': 1, 'kind': 'dag', 'nodes': [ { 'id': 'list', 'type': 'set', 'with': { 'value': 1 } },"
                   "  { 'id': 'run', 'type': 'subgraph', 'body': { 'kind': 'fsm', 'nodes': [ { 'id': 'a', 'do': { 'id': 'k', 'type': 'set', 'with': { 'value': 1 } } },"
                   "    { 'id': 'b', 'type': 'final' } ], 'edges': [ { 'from': 'a', 'to': 'b', 'event': 'x' }, { 'from': 'a', 'to': 'b', 'event': 'y' } ] } } ],"
                   "  'edges': [ { 'from': 'list', 'to': 'run', 'when': 'true' } ] }");
  machine = fermata_plan_get_node_body (fixture.plan, 1);
  g_assert_nonnull (machine);
  first = fermata_plan_get_first_place (machine);
  n_nodes = 2;
  g_assert_true (fermata_plan_find_node_place (fixture.plan, "run/a/k", &task));
  add (&fixture, FERMATA_EVENT_RUN_STARTED, FERMATA_PLACE_RUN, 0, NULL);
  add (&fixture, FERMATA_EVENT_NODE_STARTED, 1, 1, NULL);
  add (&fixture, FERMATA_EVENT_STATE_ENTERED, first, 0, NULL);
  add (&fixture, FERMATA_EVENT_NODE_STARTED, task, 1, NULL);
  add (&fixture, FERMATA_EVENT_NODE_COMPLETED, task, 1, NULL);
  add (&fixture, FERMATA_EVENT_EDGE_TAKEN, first + n_nodes + 1, 0, NULL);
  add (&fixture, FERMATA_EVENT_STATE_EXITED, first, 0, NULL);
  add (&fixture, FERMATA_EVENT_STATE_ENTERED, first + 1, 0, NULL);
  graph = fermata_history_graph_new (fixture.history, 0);
  g_assert_cmpuint (fermata_history_graph_get_n_steps (graph), ==, 4);
  g_assert_cmpstr (fermata_history_graph_get_step (graph, 1)->place, ==, "run/a");
  g_assert_cmpstr (fermata_history_graph_get_step (graph, 3)->place, ==, "run/a/k");
  for (guint i = 1; i < 4; i++)
    g_assert_cmpuint (fermata_history_graph_get_step (graph, i)->parent, ==, 0);
  check_arc (graph, 1, 2, "", 1, FALSE);
  g_assert_cmpint (fermata_history_graph_get_step (graph, 1)->status, ==, FERMATA_HISTORY_STEP_DONE);
  g_assert_cmpint (fermata_history_graph_get_step (graph, 2)->status, ==, FERMATA_HISTORY_STEP_ACTIVE);
  end (&fixture);
}

static void
test_ids (void)
{
  guint64 number = 0;

  g_assert_true (fermata_history_graph_parse_id ("event:412", &number));
  g_assert_cmpuint (number, ==, 412);
  g_assert_true (fermata_history_graph_parse_id ("event:7#3", &number));
  g_assert_cmpuint (number, ==, 7);
  g_assert_false (fermata_history_graph_parse_id (NULL, &number));
  g_assert_false (fermata_history_graph_parse_id ("/nodes/0", &number));
  g_assert_false (fermata_history_graph_parse_id ("event:", &number));
  g_assert_false (fermata_history_graph_parse_id ("event:-1", &number));
  g_assert_false (fermata_history_graph_parse_id ("event:0", &number));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history-graph/machine", test_machine);
  g_test_add_func ("/history-graph/until", test_until);
  g_test_add_func ("/history-graph/cycles", test_cycles);
  g_test_add_func ("/history-graph/folded", test_folded);
  g_test_add_func ("/history-graph/regions", test_regions);
  g_test_add_func ("/history-graph/nodes", test_nodes);
  g_test_add_func ("/history-graph/bodies", test_bodies);
  g_test_add_func ("/history-graph/machine-in-body", test_machine_in_body);
  g_test_add_func ("/history-graph/ids", test_ids);

  return g_test_run ();
}
