/* test-chart.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* State machines compiled: the tables, row by row. */

#include "engine/nodes/fermata-nodes.h"
#include "engine/plan/fermata-plan-private.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

static FermataPlan *
try_compile (FermataGraph  *graph,
             GError       **error)
{
  g_autoptr (FermataNodeRegistry) registry = fermata_node_registry_new ();
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();

  fermata_nodes_register (registry);

  return fermata_plan_new (graph, registry, evaluator, error);
}

static FermataPlan *
compile (const char *json)
{
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);
  g_autoptr (GError) error = NULL;
  FermataPlan *plan = try_compile (graph, &error);

  g_assert_no_error (error);
  g_assert_nonnull (plan);

  return plan;
}

static void
assert_refused (const char *json,
                const char *message)
{
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);
  g_autoptr (GError) error = NULL;

  g_assert_null (try_compile (graph, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, message);
}

/* Tables as text */

static void
add_range (GString                 *text,
           const FermataPlan       *plan,
           const char              *name,
           const FermataChartRange *range,
           gboolean                 of_edges)
{
  for (guint i = 0; i < range->n; i++)
    {
      guint32 index = plan->chart->indices[range->first + i];

      g_string_append_printf (text, "%s%s", i == 0 ? name : ",",
                              of_edges ? fermata_plan_get_edge_name ((FermataPlan *) plan, index)
                                       : plan->nodes[index].id);
    }
}

static void
add_block (GString    *text,
           const char *name,
           guint32     block)
{
  if (block != FERMATA_INDEX_NONE)
    g_string_append_printf (text, " %s@%u", name, block);
}

static const char *
id_of (const FermataPlan *plan,
       guint32            state)
{
  return state == FERMATA_INDEX_NONE ? "-" : plan->nodes[state].id;
}

static void
assert_states (FermataPlan *plan,
               const char  *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < plan->n_nodes; i++)
    {
      const FermataChartState *state = &plan->chart->states[i];

      g_string_append_printf (text, "%s %s%s in %s to %u depth %u", plan->nodes[i].id,
                              state->type == FERMATA_STATE_DEEP_HISTORY ? "deep " : "",
                              fermata_plan_get_node_type (plan, i), id_of (plan, state->parent), state->end,
                              state->depth);
      add_range (text, plan, " initial ", &state->initial, FALSE);
      add_block (text, "initial", state->initial_block);
      add_block (text, "entry", state->entry);
      add_block (text, "exit", state->exit);
      add_range (text, plan, " history ", &state->history, FALSE);
      add_range (text, plan, " after ", &state->timers, TRUE);
      for (guint j = state->first_task; j < state[1].first_task; j++)
        g_string_append_printf (text, " do %s", plan->chart->tasks[j].id);
      g_string_append_printf (text, "%s%s\n", state->data != NULL ? " data" : "",
                              state->is_restless ? " restless" : "");
    }

  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_edges (FermataPlan *plan,
              const char  *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < plan->n_edges; i++)
    {
      const FermataChartEdge *edge = &plan->chart->edges[i];

      g_string_append (text, fermata_plan_get_edge_name (plan, i));
      for (guint j = 0; j < edge->descriptors.n; j++)
        g_string_append_printf (text, " on '%s'", plan->chart->descriptors[edge->descriptors.first + j].token);
      if (edge->has_after)
        g_string_append_printf (text, " after %" G_GINT64_FORMAT, edge->after.microseconds);
      add_range (text, plan, " to ", &edge->targets, FALSE);
      if (edge->targets.n > 0)
        g_string_append_printf (text, " domain %s", id_of (plan, edge->domain));
      add_block (text, "do", edge->block);
      g_string_append_printf (text, "%s%s%s\n", plan->edges[i].when != NULL ? " guarded" : "",
                              edge->is_internal ? " internal" : "", edge->has_history ? " history" : "");
    }

  g_assert_cmpstr (text->str, ==, expected);
}

static void
add_template (GString         *text,
              const char      *name,
              FermataTemplate *template)
{
  FermataValue *constant;
  g_autofree char *json = NULL;

  if (template == NULL)
    return;
  constant = fermata_template_get_constant (template);
  json = constant != NULL ? fermata_value_to_string (constant, FERMATA_WRITE_COMPACT, NULL) : g_strdup ("{{}}");
  g_string_append_printf (text, " %s%s", name, json);
}

static void
assert_ops (FermataPlan *plan,
            const char  *expected)
{
  static const char *const names[] = {
    "end", "assign", "raise", "send", "cancel", "log", "script", "if", "jump", "foreach", "next",
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < plan->chart->n_ops; i++)
    {
      const FermataChartOp *op = &plan->chart->ops[i];

      g_string_append_printf (text, "%u %s", i, names[op->code]);
      if (op->expression != NULL)
        {
          const char *source = fermata_expression_get_source (op->expression);

          g_string_append_printf (text, " %s", source != NULL ? source : "literal");
        }
      if (op->jump != FERMATA_INDEX_NONE)
        g_string_append_printf (text, " -> %u", op->jump);
      add_template (text, "", op->event);
      add_template (text, "data ", op->data);
      add_template (text, "to ", op->to);
      add_template (text, "id ", op->id);
      if (op->delay.microseconds != 0)
        g_string_append_printf (text, " delay %" G_GINT64_FORMAT, op->delay.microseconds);
      g_string_append_printf (text, "%s\n", op->code_text != NULL ? " code" : "");
    }

  g_assert_cmpstr (text->str, ==, expected);
}

/* The tree */

static void
test_states (void)
{
  g_autoptr (FermataPlan) plan = compile (
    "{ 'fermata': 1, 'kind': 'fsm', 'nodes': ["
    "  { 'id': 'a', 'initial': 'a2', 'nodes': ["
    "    { 'id': 'h', 'type': 'history', 'history': 'deep' },"
    "    { 'id': 'a1' },"
    "    { 'id': 'a2', 'entry': { 'log': 1 }, 'exit': [ { 'log': 2 }, { 'log': 3 } ], 'nodes': ["
    "      { 'id': 'a2x' }, { 'id': 'a2y', 'type': 'final', 'data': { 'n': 1 } } ] } ] },"
    "  { 'id': 'p', 'type': 'parallel', 'nodes': ["
    "    { 'id': 'hp', 'type': 'history' }, { 'id': 'hq', 'type': 'history' },"
    "    { 'id': 'r', 'nodes': [ { 'id': 'r1' } ] }, { 'id': 's', 'type': 'atomic', 'entry': [] } ] },"
    "  { 'id': 'z', 'type': 'final' } ] }");

  assert_states (plan,
                 "a compound in - to 6 depth 1 initial a2 history h\n"
                 "h deep history in a to 2 depth 2 initial a2\n"
                 "a1 atomic in a to 3 depth 2\n"
                 "a2 compound in a to 6 depth 2 initial a2x entry@0 exit@2\n"
                 "a2x atomic in a2 to 5 depth 3\n"
                 "a2y final in a2 to 6 depth 3 data\n"
                 "p parallel in - to 12 depth 1 history hp,hq\n"
                 "hp history in p to 8 depth 2 initial r,s\n"
                 "hq history in p to 9 depth 2 initial r,s\n"
                 "r compound in p to 11 depth 2 initial r1\n"
                 "r1 atomic in r to 11 depth 3\n"
                 "s atomic in p to 12 depth 2\n"
                 "z final in - to 13 depth 1\n");
  assert_ops (plan, "0 log data 1\n1 end\n2 log data 2\n3 log data 3\n4 end\n");
  g_assert_cmpuint (plan->chart->depth, ==, 3);
  g_assert_cmpuint (plan->chart->max_steps, ==, FERMATA_DEFAULT_MAX_STEPS);
  g_assert_cmpuint (plan->chart->initial.n, ==, 1);
  g_assert_cmpuint (plan->chart->indices[plan->chart->initial.first], ==, 0);
  g_assert_cmpuint (plan->chart->initial_block, ==, FERMATA_INDEX_NONE);
  g_assert_true (fermata_plan_takes_events (plan));
  g_assert_true (fermata_chart_is_history (plan->chart, 1));
  g_assert_true (fermata_chart_is_descendant (plan->chart, 4, 0));
  g_assert_false (fermata_chart_is_descendant (plan->chart, 0, 0));
  g_assert_false (fermata_chart_is_descendant (plan->chart, 6, 0));
  g_assert_true (fermata_chart_is_descendant (plan->chart, 6, FERMATA_INDEX_NONE));
}

static void
test_initial (void)
{
  g_autoptr (FermataPlan) plan = compile (
    "{ 'fermata': 1, 'kind': 'fsm', 'max-steps': 7, 'variables': { 'n': 0 },"
    "  'initial': { 'to': [ 'a2', 'b' ], 'assign': [ { 'n': '1' } ] }, 'nodes': ["
    "  { 'id': 'p', 'type': 'parallel', 'nodes': ["
    "    { 'id': 'a', 'initial': { 'to': 'ah', 'actions': { 'log': 1 } }, 'nodes': ["
    "      { 'id': 'a1' }, { 'id': 'a2' },"
    "      { 'id': 'ah', 'type': 'history' },"
    "      { 'id': 'ai', 'type': 'history', 'initial': { 'to': 'a2', 'actions': [ { 'log': 2 } ] } },"
    "      { 'id': 'ae', 'type': 'history' } ] },"
    "    { 'id': 'b' } ] } ],"
    "  'edges': [ { 'from': 'ae', 'to': 'a1', 'actions': { 'log': 3 } } ] }");

  assert_states (plan,
                 "p parallel in - to 8 depth 1\n"
                 "a compound in p to 7 depth 2 initial ah initial@4 history ah,ai,ae\n"
                 "a1 atomic in a to 3 depth 3\n"
                 "a2 atomic in a to 4 depth 3\n"
                 "ah history in a to 5 depth 3 initial a1\n"
                 "ai history in a to 6 depth 3 initial a2 initial@6\n"
                 "ae history in a to 7 depth 3 initial a1 initial@0\n"
                 "b atomic in p to 8 depth 2\n");
  assert_ops (plan, "0 log data 3\n1 end\n2 assign\n3 end\n4 log data 1\n5 end\n6 log data 2\n7 end\n");
  g_assert_cmpuint (plan->chart->max_steps, ==, 7);
  g_assert_cmpuint (plan->chart->initial.n, ==, 2);
  g_assert_cmpuint (plan->chart->initial_block, ==, 2);
}

/* Edges */

static void
test_edges (void)
{
  g_autoptr (FermataPlan) plan = compile (
    "{ 'fermata': 1, 'kind': 'fsm', 'nodes': ["
    "  { 'id': 'a', 'nodes': [ { 'id': 'a1' }, { 'id': 'a2', 'nodes': [ { 'id': 'a21' }, { 'id': 'a22' } ] },"
    "    { 'id': 'ah', 'type': 'history' } ] },"
    "  { 'id': 'p', 'type': 'parallel', 'nodes': [ { 'id': 'p1' }, { 'id': 'p2' } ] } ],"
    "  'edges': ["
    "    { 'from': 'a2', 'to': 'a1', 'event': 'x' },"
    "    { 'from': 'a', 'to': 'a21', 'event': 'error.* *', 'internal': true },"
    "    { 'from': 'a', 'to': 'a21', 'event': [ 'b.', 'c d' ] },"
    "    { 'from': 'a1', 'when': 'In_ == 1' },"
    "    { 'from': 'a21', 'to': 'a22', 'after': '5s' },"
    "    { 'from': 'a21', 'to': 'ah', 'after': 0 },"
    "    { 'from': 'p1', 'to': [ 'p2', 'p1' ], 'event': 'y' },"
    "    { 'from': 'a1', 'to': 'p', 'event': 'z', 'internal': true },"
    "    { 'id': 'self', 'from': 'a', 'to': 'a', 'event': 'z', 'internal': true } ] }");

  assert_edges (plan,
                "a>a21 on 'error' on '' to a21 domain a internal\n"
                "a>a21#2 on 'b' on 'c' on 'd' to a21 domain -\n"
                "self on 'z' to a domain - internal\n"
                "a1> guarded\n"
                "a1>p on 'z' to p domain - internal\n"
                "a2>a1 on 'x' to a1 domain a\n"
                "a21>a22 after 5000000 to a22 domain a2\n"
                "a21>ah after 0 to ah domain a history\n"
                "p1>p2,p1 on 'y' to p2,p1 domain -\n");
  assert_states (plan,
                 "a compound in - to 6 depth 1 initial a1 history ah\n"
                 "a1 atomic in a to 2 depth 2 restless\n"
                 "a2 compound in a to 5 depth 2 initial a21\n"
                 "a21 atomic in a2 to 4 depth 3 after a21>a22,a21>ah\n"
                 "a22 atomic in a2 to 5 depth 3\n"
                 "ah history in a to 6 depth 2 initial a1\n"
                 "p parallel in - to 9 depth 1\n"
                 "p1 atomic in p to 8 depth 2\n"
                 "p2 atomic in p to 9 depth 2\n");
  g_assert_cmpuint (fermata_plan_get_edge_target (plan, 3), ==, 1);
  g_assert_cmpuint (fermata_plan_get_edge_target (plan, 8), ==, 8);
  g_assert_cmpuint (plan->edges[0].document_index, ==, 1);
}

/* Actions */

static void
test_ops (void)
{
  g_autoptr (FermataPlan) plan = compile (
    "{ 'fermata': 1, 'kind': 'fsm', 'variables': { 'n': 0 }, 'nodes': [ { 'id': 'a' } ], 'edges': ["
    "  { 'from': 'a', 'event': 'e', 'assign': [ { 'n': 'variables.n + 1' } ], 'actions': ["
    "    { 'if': 'variables.n > 1', 'then': { 'raise': 'more' }, 'else': ["
    "      { 'foreach': 'event.data', 'do': [ { 'if': true, 'then': [] }, { 'cancel': '{{iteration.value}}' } ] } ] },"
    "    { 'send': { 'event': 'later', 'data': { 'n': 1 }, 'to': 'b', 'id': 'c', 'delay': '2s' } },"
    "    { 'raise': { 'event': '{{variables.n}}', 'data': '{{event.data}}' } },"
    "    { 'script': 'variables' }, { 'log': 'done' } ] } ] }");

  assert_ops (plan,
              "0 assign\n"
              "1 if variables.n > 1 -> 4\n"
              "2 raise \"more\"\n"
              "3 jump -> 8\n"
              "4 foreach event.data -> 8\n"
              "5 if literal -> 6\n"
              "6 cancel id {{}}\n"
              "7 next -> 4\n"
              "8 send \"later\" data {\"n\":1} to \"b\" id \"c\" delay 2000000\n"
              "9 raise {{}} data {{}}\n"
              "10 script code\n"
              "11 log data \"done\"\n"
              "12 end\n");
}

/* Tasks */

static void
assert_place (FermataPlan *plan,
              const char  *name,
              guint32      expected)
{
  g_autofree char *found = NULL;
  guint32 place;

  g_assert_true (fermata_plan_find_node_place (plan, name, &place));
  g_assert_cmpuint (place, ==, expected);
  found = fermata_plan_dup_place_name (plan, place);
  g_assert_cmpstr (found, ==, name);
}

static void
test_tasks (void)
{
  g_autoptr (FermataPlan) plan = compile (
    "{ 'fermata': 1, 'kind': 'fsm', 'variables': { 'n': 0 }, 'nodes': ["
    "  { 'id': 'a', 'do': { 'type': 'delay', 'with': { 'duration': 1 }, 'assign': [ { 'n': '1' } ] } },"
    "  { 'id': 'b' },"
    "  { 'id': 'c', 'do': ["
    "    { 'type': 'log', 'with': { 'message': 1 }, 'retry': 3 },"
    "    { 'id': 'two', 'type': 'set', 'with': { 'value': 2 }, 'autoforward': true },"
    "    { 'type': 'set', 'with': { 'value': 3 }, 'finalize': { 'log': 4 } } ] } ] }");
  guint32 place;

  assert_states (plan,
                 "a atomic in - to 1 depth 1 do a\n"
                 "b atomic in - to 2 depth 1\n"
                 "c atomic in - to 3 depth 1 do c do two do c#2\n");
  g_assert_cmpuint (plan->chart->n_tasks, ==, 4);
  g_assert_true (plan->chart->tasks[2].autoforward);
  g_assert_cmpuint (plan->chart->tasks[2].finalize, ==, FERMATA_INDEX_NONE);
  g_assert_cmpuint (plan->chart->tasks[3].finalize, ==, 0);
  g_assert_cmpuint (plan->chart->tasks[3].state, ==, 2);
  g_assert_true (plan->chart->tasks[1].plan->is_item);
  g_assert_cmpint (plan->chart->tasks[1].plan->kind, ==, FERMATA_GRAPH_KIND_DAG);
  g_assert_cmpuint (plan->chart->tasks[1].plan->nodes[0].policy->attempts, ==, 3);

  g_assert_cmpuint (plan->n_places, ==, 7);
  assert_place (plan, "b", 1);
  assert_place (plan, "a/a", 3);
  assert_place (plan, "c/c", 4);
  assert_place (plan, "c/two", 5);
  assert_place (plan, "c/c#2", 6);
  g_assert_cmpstr (fermata_plan_get_node_type (plan, 5), ==, "set");
  g_assert_cmpstr (fermata_plan_get_node_type (plan, 1), ==, "atomic");
  g_assert_false (fermata_plan_find_node_place (plan, "b/b", &place));
  g_assert_false (fermata_plan_find_node_place (plan, "c/", &place));
  g_assert_false (fermata_plan_find_edge_place (plan, "c/two", &place));
}

/* A machine that runs a graph that runs a machine. The kind of a body is that of
 * what is around it. */
static void
test_bodies (void)
{
  g_autoptr (FermataPlan) plan = compile (
    "{ 'fermata': 1, 'kind': 'fsm', 'variables': { 'n': 0 }, 'nodes': ["
    "  { 'id': 'a', 'do': { 'id': 'graph', 'type': 'subgraph', 'body': { 'kind': 'dag', 'nodes': ["
    "    { 'id': 'first', 'type': 'log', 'with': { 'message': 1 }, 'assign': [ { 'n': '1' } ] },"
    "    { 'id': 'machine', 'type': 'subgraph', 'body': { 'kind': 'fsm', 'nodes': ["
    "      { 'id': 'x', 'do': { 'id': 'task', 'type': 'log', 'with': { 'message': 2 } } }, { 'id': 'y' } ],"
    "      'edges': [ { 'from': 'x', 'to': 'y', 'assign': [ { 'n': '2' } ] } ] } } ] } } },"
    "  { 'id': 'b', 'do': { 'type': 'subgraph', 'body': { 'nodes': [ { 'id': 'z' } ] } } } ] }");
  guint32 place;

  assert_place (plan, "a/graph", 2);
  assert_place (plan, "b/b", 3);
  assert_place (plan, "a/graph/first", 4);
  assert_place (plan, "a/graph/machine", 5);
  assert_place (plan, "b/b/z", 6);
  assert_place (plan, "a/graph/machine/x", 7);
  assert_place (plan, "a/graph/machine/y", 8);
  assert_place (plan, "a/graph/machine/x/task", 10);
  g_assert_true (fermata_plan_find_edge_place (plan, "a/graph/machine/x>y", &place));
  g_assert_cmpuint (place, ==, 9);
  g_assert_cmpstr (fermata_plan_get_node_type (plan, 6), ==, "atomic");
  g_assert_true (plan->chart->tasks[0].plan->takes_events);
  g_assert_nonnull (fermata_plan_get_node_body (plan, 3)->chart);
}

/* What is refused */

#define MACHINE(nodes, rest) "{ 'fermata': 1, 'kind': 'fsm', 'nodes': [ " nodes " ] " rest " }"
#define NESTED(members) "{ 'id': 'a', 'nodes': [ { 'id': 'b' }, { 'id': 'c', " members " } ] }"
#define EDGE(members) MACHINE ("{ 'id': 'a' }, { 'id': 'b' }", ", 'edges': [ { 'from': 'a', " members " } ]")

static void
test_bad_states (void)
{
  assert_refused (MACHINE ("", ""), "A machine has at least one state");
  assert_refused (MACHINE ("{ 'id': 'a', 'type': 'task' }", ""),
                  "State “a”: type must be “atomic”, “compound”, “parallel”, “final” or “history”");
  assert_refused (MACHINE ("{ 'id': 'a', 'type': 'compound' }", ""), "State “a”: there must be states in it");
  assert_refused (MACHINE ("{ 'id': 'a', 'type': 'parallel', 'nodes': [ { 'id': 'h', 'type': 'history' } ] }", ""),
                  "State “a”: there must be states in it");
  assert_refused (MACHINE ("{ 'id': 'a', 'type': 'final', 'nodes': [ { 'id': 'h' } ] }", ""),
                  "State “a”: there are states in it, so its type is “compound” or “parallel”");
  assert_refused (MACHINE ("{ 'id': 'a', 'type': 'history' }", ""),
                  "State “a”: a history state remembers what was active in the state around it, and there is none");
  assert_refused (MACHINE (NESTED ("'type': 'history', 'history': 'flat'"), ""),
                  "State “c”: history must be “shallow” or “deep”");
  assert_refused (MACHINE (NESTED ("'history': 'deep'"), ""), "State “c”: only a history state has “history”");
  assert_refused (MACHINE (NESTED ("'nodes': [ { 'id': 'b' } ]"), ""), "State “b”: another state has the same id");
  assert_refused (MACHINE (NESTED ("'nodes': [ {} ]"), ""), "State number 4 has no id");
  assert_refused (MACHINE (NESTED ("'data': 1"), ""), "State “c”: only a final state has “data”");
  assert_refused (MACHINE (NESTED ("'initial': 'b'"), ""),
                  "State “c”: there are no states in it, so it has no “initial”");
  assert_refused (MACHINE (NESTED ("'type': 'history', 'exit': []"), ""),
                  "State “c”: a history state is never active, and has no “entry” and “exit”");
  assert_refused (MACHINE (NESTED ("'type': 'final', 'do': []"), ""), "State “c”: a final state has nothing to “do”");
  assert_refused (MACHINE ("{ 'id': 'a' }", ", 'data-model': 'xpath'"),
                  "data-model: there is no “xpath”");
  assert_refused (MACHINE ("{ 'id': 'a' }", ", 'max-steps': 0"), "max-steps must be a whole number from 1");
}

static void
test_bad_initial (void)
{
  assert_refused (MACHINE ("{ 'id': 'a' }", ", 'initial': 'b'"), "Graph, initial: there is no state “b”");
  assert_refused (MACHINE ("{ 'id': 'a' }, { 'id': 'b' }", ", 'initial': [ 'a', 'b' ]"),
                  "Graph, initial: “a” and “b” are never active together");
  assert_refused (MACHINE ("{ 'id': 'a' }", ", 'initial': []"), "Graph, initial: to names no state");
  assert_refused (MACHINE ("{ 'id': 'a' }", ", 'initial': {}"), "Graph, initial: to is missing");
  assert_refused (MACHINE ("{ 'id': 'a' }", ", 'initial': { 'to': 'a', 'actions': [ { 'log': 1 }, {} ] }"),
                  "Graph, initial, actions/1: the action has no verb");
  assert_refused (MACHINE ("{ 'id': 'a' }, { 'id': 'b', 'initial': 'a', 'nodes': [ { 'id': 'c' } ] }", ""),
                  "State “b”, initial: “a” is not in “b”");
  assert_refused (MACHINE (NESTED ("'type': 'history', 'initial': 'a'"), ""),
                  "State “c”, initial: “a” is not in “a”");
  assert_refused (MACHINE (NESTED ("'type': 'history', 'initial': 'c'"), ""),
                  "State “c”: it leads to “c”, a history state beside it");
  assert_refused (MACHINE (NESTED ("'type': 'history', 'initial': 'b'"), ", 'edges': [ { 'from': 'c', 'to': 'b' } ]"),
                  "State “c”: it has “initial”, and an edge that says the same");
  assert_refused (MACHINE (NESTED ("'type': 'history'"),
                           ", 'edges': [ { 'from': 'c', 'to': 'b' }, { 'from': 'c', 'to': 'b' } ]"),
                  "State “c”: one edge leaves a history state, not several");
  assert_refused (MACHINE (NESTED ("'type': 'history'"), ", 'edges': [ { 'from': 'c', 'to': 'a' } ]"),
                  "State “c”: its edge leads too far: “a” is not in “a”");
  assert_refused (MACHINE (NESTED ("'type': 'history'"), ", 'edges': [ { 'from': 'c', 'to': 'b', 'event': 'x' } ]"),
                  "Edge “c>b”: the edge of a history state has neither “event” nor “after” nor “when”");
}

static void
test_bad_edges (void)
{
  assert_refused (EDGE ("'to': 'c'"), "Edge “a>c”: there is no state “c”");
  assert_refused (EDGE ("'to': [ 'a', 'b' ]"), "Edge “a>a,b”: “a” and “b” are never active together");
  assert_refused (EDGE ("'to': 1"), "Edge “a>”: to must be the id of a state, or an array of them");
  assert_refused (EDGE ("'to': 'b', 'event': ' '"), "Edge “a>b”, event: it names none");
  assert_refused (EDGE ("'to': 'b', 'event': [ 'x .*' ]"), "Edge “a>b”, event: “.*” is not the name of an event");
  assert_refused (EDGE ("'to': 'b', 'event': [ 1 ]"),
                  "Edge “a>b”, event: it must be the name of an event, or an array of them");
  assert_refused (EDGE ("'to': 'b', 'event': 'x', 'after': 1"),
                  "Edge “a>b”: “event” and “after” do not go together; make two edges of it");
  assert_refused (EDGE ("'to': 'b', 'internal': 1"), "Edge “a>b”: internal must be true or false");
  assert_refused (EDGE ("'assign': [ { 'n': 1 } ]"), "Edge “a>”: assign, n: there is no such variable");
  assert_refused (MACHINE ("{ 'id': 'a', 'type': 'final' }", ", 'edges': [ { 'from': 'a', 'to': 'a' } ]"),
                  "Edge “a>a”: no edge leaves a final state");
  assert_refused (MACHINE ("{ 'id': 'a' }", ", 'edges': [ { 'from': 'x', 'to': 'a' } ]"),
                  "Edge “x>a”: there is no state “x”");
}

static void
test_bad_actions (void)
{
  assert_refused (EDGE ("'actions': { 'log': 1, 'raise': 'x' }"),
                  "Edge “a>”, actions: an action has exactly one verb; here are “raise” and “log”");
  assert_refused (EDGE ("'actions': 'log'"), "Edge “a>”, actions: an action must be an object");
  assert_refused (EDGE ("'actions': [ { 'if': true, 'then': [ { 'log': 1 }, { 'foreach': [], 'do': { 'raise': 'a b' } } ] } ]"),
                  "Edge “a>”, actions/0/then/1/do: raise: “a b” cannot be the name of an event");
  assert_refused (EDGE ("'actions': [ { 'if': false, 'else': [ { 'send': { 'event': 'x', 'id': 1 } } ] } ]"),
                  "Edge “a>”, actions/0/else/0: id must be a text");
  assert_refused (EDGE ("'actions': [ { 'send': { 'data': 1 } } ]"),
                  "Edge “a>”, actions/0: send must be the name of an event, or an object with “event”");
  assert_refused (EDGE ("'actions': [ { 'if': '1 +' } ]"), "Edge “a>”, actions/0: if: 1:4: the expression ends too early");
  assert_refused (EDGE ("'actions': { 'raise': { 'event': 'x', 'data': [ '{{' ] } }"),
                  "Edge “a>”, actions: data: 1:1: {{ without }}");
  assert_refused (EDGE ("'actions': [ { 'script': 1 } ]"), "Edge “a>”, actions/0: script must be JavaScript");
  assert_refused (EDGE ("'actions': [ { 'assign': { 'n': 1 } } ]"),
                  "Edge “a>”, actions/0: assign must be an array of objects, each a name and an expression");
  assert_refused (MACHINE ("{ 'id': 'a', 'exit': [ { 'cancel': 1 } ] }", ""),
                  "State “a”, exit/0: cancel must be a text");
}

static void
test_bad_tasks (void)
{
  assert_refused (MACHINE ("{ 'id': 'a', 'do': { 'type': 'nonsense' } }", ""),
                  "State “a”, do: Node “a”: there is no type “nonsense”");
  assert_refused (MACHINE ("{ 'id': 'a', 'do': { 'id': 't', 'type': 'subgraph', 'body': { 'nodes': [ { 'id': 'x', 'data': 1 } ] } } }", ""),
                  "State “a”, do: Node “t”, body: State “x”: only a final state has “data”");
  assert_refused (MACHINE ("{ 'id': 'a', 'do': [ { 'id': 'x/y', 'type': 'set' } ] }", ""),
                  "State “a”, do/0: id must be a text without “/”, “#” and “>”");
  assert_refused (MACHINE ("{ 'id': 'a', 'do': [ { 'type': 'log', 'with': { 'message': 1 } },"
                           "                     { 'id': 'a', 'type': 'log', 'with': { 'message': 1 } } ] }", ""),
                  "State “a”, do/1: another task of this state has the id “a”");
  assert_refused (MACHINE ("{ 'id': 'a', 'do': [ 1 ] }", ""), "State “a”, do/0: a task must be an object");
  assert_refused (MACHINE ("{ 'id': 'a', 'do': { 'type': 'set', 'with': { 'value': 1 }, 'autoforward': 1 } }", ""),
                  "State “a”, do: autoforward must be true or false");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/chart/states", test_states);
  g_test_add_func ("/engine/chart/initial", test_initial);
  g_test_add_func ("/engine/chart/edges", test_edges);
  g_test_add_func ("/engine/chart/ops", test_ops);
  g_test_add_func ("/engine/chart/tasks", test_tasks);
  g_test_add_func ("/engine/chart/bodies", test_bodies);
  g_test_add_func ("/engine/chart/bad-states", test_bad_states);
  g_test_add_func ("/engine/chart/bad-initial", test_bad_initial);
  g_test_add_func ("/engine/chart/bad-edges", test_bad_edges);
  g_test_add_func ("/engine/chart/bad-actions", test_bad_actions);
  g_test_add_func ("/engine/chart/bad-tasks", test_bad_tasks);

  return g_test_run ();
}
