/* test-check-owners.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "check/check-rows.h"

#define ONE(node) DAG (node, "")

/* A node @id of @type with a body; @with as JSON. */
#define OWN(id, type, with, nodes, edges) \
  "{'id':'" id "','type':'" type "','with':" with ",'body':{'nodes':[" nodes "],'edges':[" edges "]}}"
#define LOOP(id, nodes) OWN (id, "foreach", "{}", nodes, "")
#define DO(type) "{'id':'x','type':'" type "'}"
#define X SET ("x", "1")
#define TWO X "," SET ("y", "1")

static const Row rows[] = {
  /* Bodies there must be, and others */
  { "foreach/without-body", "bad-body", ERROR, "/nodes/0", VALUE, NULL,
    ONE ("{'id':'a','type':'foreach'}"), ONE (LOOP ("a", X)) },
  { "race/without-body", "bad-body", ERROR, "/nodes/0", VALUE, NULL,
    ONE ("{'id':'a','type':'race'}"), ONE (OWN ("a", "race", "{}", X, "")) },
  { "try/without-body", "bad-body", ERROR, "/nodes/0", VALUE, NULL,
    ONE ("{'id':'a','type':'try','finally':{'nodes':[" X "]}}"),
    ONE ("{'id':'a','type':'try','body':{'nodes':[" X "]},'finally':{'nodes':[" X "]}}") },
  { "while/catch", "bad-body", ERROR, "/nodes/0/catch", NAME, NULL,
    ONE ("{'id':'a','type':'while','with':{'condition':false},'body':{'nodes':[" X "]},'catch':{'nodes':[" X "]}}"),
    ONE ("{'id':'a','type':'try','body':{'nodes':[" X "]},'catch':{'nodes':[" X "]}}") },
  { "set/finally", "bad-body", ERROR, "/nodes/0/finally", NAME, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'finally':{'nodes':[" X "]}}"), ONE (X) },
  { "break/body", "bad-body", ERROR, "/nodes/0/body/nodes/0/body", NAME, NULL,
    ONE (LOOP ("a", "{'id':'x','type':'break','body':{'nodes':[" X "]}}")), ONE (LOOP ("a", DO ("break"))) },
  { "parallel/empty", "no-nodes", WARNING, "/nodes/0/body/nodes", VALUE, NULL,
    ONE (OWN ("a", "parallel", "{}", "", "")), ONE (OWN ("a", "parallel", "{}", X, "")) },
  { "try/empty-finally", "no-nodes", WARNING, "/nodes/0/finally/nodes", VALUE, NULL,
    ONE ("{'id':'a','type':'try','body':{'nodes':[" X "]},'finally':{'nodes':[]}}"),
    ONE ("{'id':'a','type':'try','body':{'nodes':[" X "]},'finally':{'nodes':[" X "]}}") },
  { "subgraph/body-and-file", "bad-body", ERROR, "/nodes/0/body", NAME, NULL,
    ONE (OWN ("a", "subgraph", "{'file':'b.fermata.json'}", X, "")),
    ONE ("{'id':'a','type':'subgraph','with':{'file':'b.fermata.json'}}") },
  { "subgraph/file-no-text", "ill-typed", ERROR, "/nodes/0/with/file", VALUE, NULL,
    ONE ("{'id':'a','type':'subgraph','with':{'file':3}}"),
    ONE ("{'id':'a','type':'subgraph','with':{'file':'3'}}") },
  { "subgraph/max-depth", "out-of-range", ERROR, "/nodes/0/with/max-depth", VALUE, NULL,
    ONE ("{'id':'a','type':'subgraph','with':{'file':'b','max-depth':1001}}"),
    ONE ("{'id':'a','type':'subgraph','with':{'file':'b','max-depth':1000}}") },
  { "foreach/no-graph", "ill-typed", ERROR, "/nodes/0/body", VALUE, NULL,
    ONE ("{'id':'a','type':'foreach','body':[]}"), ONE (LOOP ("a", X)) },
  { "task/without-body", "bad-body", ERROR, "/nodes/0/do", VALUE, NULL,
    FSM ("'initial':'a'", "{'id':'a','do':{'type':'while','with':{'condition':false}}}", ""),
    FSM ("'initial':'a'", "{'id':'a','do':{'type':'while','with':{'condition':false},'body':{'nodes':[{'id':'s'}]}}}", "") },
  { "task/catch", "bad-body", ERROR, "/nodes/0/do/1/catch", NAME, NULL,
    FSM ("'initial':'a'", "{'id':'a','do':[{'id':'t','type':'set','with':{'value':1}},"
         "{'type':'race','body':{'nodes':[{'id':'s'}]},'catch':{'nodes':[{'id':'s'}]}}]}", ""),
    FSM ("'initial':'a'", "{'id':'a','do':[{'id':'t','type':'set','with':{'value':1}},"
         "{'type':'try','body':{'nodes':[{'id':'s'}]},'catch':{'nodes':[{'id':'s'}]}}]}", "") },

  /* Inputs of bodies */
  { "foreach/missing-input", "missing-input", ERROR, "/nodes/0", VALUE, "default",
    ONE ("{'id':'a','type':'foreach','body':{'inputs':{'p':{}},'nodes':[" X "]}}"),
    ONE ("{'id':'a','type':'foreach','body':{'inputs':{'p':{'default':1}},'nodes':[" X "]}}") },
  { "try/missing-input-of-catch", "missing-input", ERROR, "/nodes/0", VALUE, "default",
    ONE ("{'id':'a','type':'try','body':{'nodes':[" X "]},'catch':{'inputs':{'p':{}},'nodes':[" X "]}}"),
    ONE ("{'id':'a','type':'try','body':{'nodes':[" X "]},'catch':{'inputs':{},'nodes':[" X "]}}") },
  { "foreach/inputs", "unknown-parameter", WARNING, "/nodes/0/with/inputs", NAME, NULL,
    ONE (OWN ("a", "foreach", "{'inputs':{'p':1}}", X, "")), ONE (OWN ("a", "foreach", "{'batch':1}", X, "")) },

  /* break and continue */
  { "break/at-the-top", "outside-loop", ERROR, "/nodes/0/type", VALUE, "foreach",
    ONE (DO ("break")), ONE (LOOP ("a", DO ("break"))) },
  { "continue/in-try", "outside-loop", ERROR, "/nodes/0/body/nodes/0/type", VALUE, "while",
    ONE (OWN ("a", "try", "{}", DO ("continue"), "")),
    ONE (LOOP ("l", OWN ("a", "try", "{}", DO ("continue"), ""))) },
  { "break/out-of-a-subgraph", "outside-loop", ERROR, "/nodes/0/body/nodes/0/body/nodes/0/body/nodes/0/type", VALUE, "return",
    ONE (LOOP ("l", OWN ("a", "subgraph", "{}", OWN ("t", "race", "{}", DO ("break"), ""), ""))),
    ONE (LOOP ("l", OWN ("a", "timeout", "{'after':1}", OWN ("t", "race", "{}", DO ("break"), ""), ""))) },
  { "break/out-of-a-machine", "outside-loop", ERROR, "/nodes/0/body/nodes/0/do/type", VALUE, "return",
    ONE ("{'id':'l','type':'fan-out','body':{'kind':'fsm','nodes':[{'id':'s','do':{'type':'break'}}]}}"),
    ONE ("{'id':'l','type':'fan-out','body':{'kind':'fsm','nodes':[{'id':'s','do':{'type':'set','with':{'value':1}}}]}}") },
  { "break/out-of-finally", "outside-loop", ERROR, "/nodes/0/body/nodes/0/finally/nodes/0/type", VALUE, "return",
    ONE (LOOP ("l", "{'id':'t','type':'try','body':{'nodes':[" X "]},'finally':{'nodes':[" DO ("break") "]}}")),
    ONE (LOOP ("l", "{'id':'t','type':'try','body':{'nodes':[" X "]},'finally':{'nodes':[" LOOP ("m", DO ("break")) "]},"
                    "'catch':{'nodes':[" DO ("continue") "]}}")) },
  { "continue/in-a-state", "outside-loop", ERROR, "/nodes/0/do/0/type", VALUE, "foreach",
    FSM ("'name':'m'", "{'id':'a','do':[{'type':'continue'}]}", ""),
    FSM ("'name':'m'", "{'id':'a','do':[{'type':'foreach','body':{'kind':'dag','nodes':[" DO ("continue") "]}}]}", "") },
  { "continue/loop-in-a-subgraph", "outside-loop", ERROR, "/nodes/0/body/nodes/1/type", VALUE, "foreach",
    ONE (OWN ("a", "subgraph", "{}", LOOP ("l", X) "," DO ("continue"), "")),
    ONE (OWN ("a", "subgraph", "{}", LOOP ("l", DO ("continue")) "," SET ("y", "1"), "")) },

  /* Parameters */
  { "foreach/items-no-list", "ill-typed", ERROR, "/nodes/0/with/items", VALUE, NULL,
    ONE (OWN ("a", "foreach", "{'items':5}", X, "")), ONE (OWN ("a", "foreach", "{'items':[5]}", X, "")) },
  { "foreach/items-texts", "takes-no-template", ERROR, "/nodes/0/with/items/0", 0, NULL,
    ONE (OWN ("a", "foreach", "{'items':['{{input}}']}", X, "")),
    ONE (OWN ("a", "foreach", "{'items':['ann', '1 +', ['bob', { 'name': 'eve)' }]]}", X, "")) },
  { "foreach/items-null", "ill-typed", ERROR, "/nodes/0/with/items", VALUE, NULL,
    ONE (OWN ("a", "foreach", "{'items':null}", X, "")), ONE (OWN ("a", "foreach", "{'items':'input.list'}", X, "")) },
  { "foreach/items-object", "ill-typed", ERROR, "/nodes/0/with/items", VALUE, NULL,
    ONE (OWN ("a", "foreach", "{'items':{'a':1}}", X, "")), ONE (OWN ("a", "foreach", "{'items':[{'a':1}]}", X, "")) },
  { "foreach/max-parallel", "out-of-range", ERROR, "/nodes/0/with/max-parallel", VALUE, NULL,
    ONE (OWN ("a", "foreach", "{'max-parallel':0}", X, "")), ONE (OWN ("a", "foreach", "{'max-parallel':1}", X, "")) },
  { "foreach/max-parallel-text", "ill-typed", ERROR, "/nodes/0/with/max-parallel", VALUE, NULL,
    ONE (OWN ("a", "foreach", "{'max-parallel':'4'}", X, "")), ONE (OWN ("a", "foreach", "{'max-parallel':'{{4}}'}", X, "")) },
  { "foreach/batch", "out-of-range", ERROR, "/nodes/0/with/batch", VALUE, NULL,
    ONE (OWN ("a", "foreach", "{'batch':-1}", X, "")), ONE (OWN ("a", "foreach", "{'batch':'{{input.n}}'}", X, "")) },
  { "foreach/failures", "bad-choice", ERROR, "/nodes/0/with/failures", VALUE, "collect",
    ONE (OWN ("a", "foreach", "{'failures':'colect'}", X, "")), ONE (OWN ("a", "foreach", "{'failures':'collect'}", X, "")) },
  { "fan-out/copies", "ill-typed", ERROR, "/nodes/0/with/copies", VALUE, NULL,
    ONE (OWN ("a", "fan-out", "{'copies':true}", X, "")), ONE (OWN ("a", "fan-out", "{'copies':0}", X, "")) },
  { "fan-out/copies-negative", "out-of-range", ERROR, "/nodes/0/with/copies", VALUE, NULL,
    ONE (OWN ("a", "fan-out", "{'copies':-1}", X, "")), ONE (OWN ("a", "fan-out", "{'copies':[1,2]}", X, "")) },
  { "fan-out/copies-fraction", "ill-typed", ERROR, "/nodes/0/with/copies", VALUE, NULL,
    ONE (OWN ("a", "fan-out", "{'copies':2.5}", X, "")), ONE (OWN ("a", "fan-out", "{'copies':'2 + 1'}", X, "")) },
  { "fan-out/copies-of-input", "ill-typed", ERROR, "/nodes/0/with/copies/copies", VALUE, NULL,
    ONE (OWN ("a", "fan-out", "{'copies':{'copies':'2','input':1}}", X, "")),
    ONE (OWN ("a", "fan-out", "{'copies':{'copies':2,'input':1}}", X, "")) },
  { "fan-out/copies-missing", "missing-member", ERROR, "/nodes/0/with/copies/copies", VALUE, NULL,
    ONE (OWN ("a", "fan-out", "{'copies':{'input':1}}", X, "")),
    ONE (OWN ("a", "fan-out", "{'copies':{'copies':1}}", X, "")) },
  { "while/condition", "missing-parameter", ERROR, "/nodes/0/with/condition", VALUE, NULL,
    ONE (OWN ("a", "while", "{}", X, "")), ONE (OWN ("a", "while", "{'condition':false}", X, "")) },
  { "while/max-iterations", "out-of-range", ERROR, "/nodes/0/with/max-iterations", VALUE, NULL,
    ONE (OWN ("a", "while", "{'condition':true,'max-iterations':0}", X, "")),
    ONE (OWN ("a", "while", "{'condition':true,'max-iterations':1000000}", X, "")) },
  { "while/test", "bad-choice", ERROR, "/nodes/0/with/test", VALUE, "after",
    ONE (OWN ("a", "while", "{'condition':true,'test':'aftr'}", X, "")),
    ONE (OWN ("a", "while", "{'condition':true,'test':'after'}", X, "")) },
  { "try/kinds", "unknown-error-kind", ERROR, "/nodes/0/with/kinds/1", VALUE, "timeout",
    ONE ("{'id':'a','type':'try','with':{'kinds':['budget','timout']},'body':{'nodes':[" X "]},'catch':{'nodes':[" X "]}}"),
    ONE ("{'id':'a','type':'try','with':{'kinds':['budget','timeout']},'body':{'nodes':[" X "]},'catch':{'nodes':[" X "]}}") },
  { "try/kinds-text", "ill-typed", ERROR, "/nodes/0/with/kinds", VALUE, NULL,
    ONE ("{'id':'a','type':'try','with':{'kinds':'budget'},'body':{'nodes':[" X "]},'catch':{'nodes':[" X "]}}"),
    ONE ("{'id':'a','type':'try','with':{'kinds':[]},'body':{'nodes':[" X "]},'catch':{'nodes':[" X "]}}") },
  { "try/kinds-number", "ill-typed", ERROR, "/nodes/0/with/kinds/0", VALUE, NULL,
    ONE ("{'id':'a','type':'try','with':{'kinds':[5]},'body':{'nodes':[" X "]},'catch':{'nodes':[" X "]}}"),
    ONE ("{'id':'a','type':'try','with':{'kinds':['unknown']},'body':{'nodes':[" X "]},'catch':{'nodes':[" X "]}}") },
  { "try/kinds-for-nothing", "bad-body", WARNING, "/nodes/0/with/kinds", VALUE, NULL,
    ONE ("{'id':'a','type':'try','with':{'kinds':['budget']},'body':{'nodes':[" X "]}}"),
    ONE ("{'id':'a','type':'try','with':{'kinds':['budget']},'body':{'nodes':[" X "]},'catch':{'nodes':[" X "]}}") },
  { "parallel/wait", "bad-choice", ERROR, "/nodes/0/with/wait", VALUE, "any",
    ONE (OWN ("a", "parallel", "{'wait':'eny'}", TWO, "")), ONE (OWN ("a", "parallel", "{'wait':'any'}", TWO, "")) },
  { "parallel/wait-type", "ill-typed", ERROR, "/nodes/0/with/wait", VALUE, NULL,
    ONE (OWN ("a", "parallel", "{'wait':1.5}", TWO, "")), ONE (OWN ("a", "parallel", "{'wait':'{{inputs}}'}", TWO, "")) },
  { "parallel/wait-none", "out-of-range", ERROR, "/nodes/0/with/wait", VALUE, NULL,
    ONE (OWN ("a", "parallel", "{'wait':0}", TWO, "")), ONE (OWN ("a", "parallel", "{'wait':1}", TWO, "")) },
  { "parallel/wait-more", "out-of-range", ERROR, "/nodes/0/with/wait", VALUE, "branch",
    ONE (OWN ("a", "parallel", "{'wait':3}", TWO, "")), ONE (OWN ("a", "parallel", "{'wait':2}", TWO, "")) },
  { "parallel/wait-sinks", "out-of-range", ERROR, "/nodes/0/with/wait", VALUE, "branch",
    ONE (OWN ("a", "parallel", "{'wait':2}", TWO, EDGE ("x", "y"))),
    ONE (OWN ("a", "parallel", "{'wait':2}", TWO "," SET ("z", "1"), EDGE ("x", "y"))) },
  { "parallel/wait-of-task", "out-of-range", ERROR, "/nodes/0/do/with/wait", VALUE, "branch",
    FSM ("'name':'m'", "{'id':'s','do':{'type':'parallel','with':{'wait':2},'body':{'kind':'dag','nodes':[" X "]}}}", ""),
    FSM ("'name':'m'", "{'id':'s','do':{'type':'parallel','with':{'wait':2},'body':{'kind':'dag','nodes':[" TWO "]}}}", "") },
  { "timeout/unbounded", "missing-parameter", ERROR, "/nodes/0/with", VALUE, NULL,
    ONE (OWN ("a", "timeout", "{}", X, "")), ONE (OWN ("a", "timeout", "{'budget':{'steps':1}}", X, "")) },
  { "timeout/without-with", "missing-parameter", ERROR, "/nodes/0/with", VALUE, NULL,
    ONE ("{'id':'a','type':'timeout','body':{'nodes':[" X "]}}"),
    ONE (OWN ("a", "timeout", "{'after':'1s'}", X, "")) },
  { "timeout/after", "bad-duration", ERROR, "/nodes/0/with/after", VALUE, NULL,
    ONE (OWN ("a", "timeout", "{'after':'soon'}", X, "")), ONE (OWN ("a", "timeout", "{'after':'{{input.soon}}'}", X, "")) },
  { "timeout/budget", "unknown-member", WARNING, "/nodes/0/with/budget/step", NAME, "steps",
    ONE (OWN ("a", "timeout", "{'budget':{'step':1}}", X, "")), ONE (OWN ("a", "timeout", "{'budget':{'steps':1}}", X, "")) },
  { "timeout/budget-range", "out-of-range", ERROR, "/nodes/0/with/budget/cost", VALUE, NULL,
    ONE (OWN ("a", "timeout", "{'budget':{'cost':-1}}", X, "")), ONE (OWN ("a", "timeout", "{'budget':{'cost':0.1}}", X, "")) },
  { "body/budget", "ill-typed", ERROR, "/nodes/0/body/budget/steps", VALUE, NULL,
    ONE ("{'id':'a','type':'race','body':{'budget':{'steps':'5'},'nodes':[" X "]}}"),
    ONE ("{'id':'a','type':'race','body':{'budget':{'steps':5},'nodes':[" X "]}}") },

  /* A list is taken as it stands, whatever the texts in it are. */
  { "items/texts", "takes-no-template", ERROR, "/nodes/0/with/items/0", 0, NULL,
    ONE (OWN ("a", "foreach", "{'items':['{{inputs.a}}']}", X, "")),
    ONE (OWN ("a", "foreach", "{'items':['ann',{'bob':'1 +'}]}", X, "")) },

  /* Names */
  { "name/iteration-outside", "unknown-name", ERROR, "/nodes/0/with/items", 0, "again and again",
    ONE (OWN ("a", "foreach", "{'items':'iteration.value'}", X, "")),
    ONE (LOOP ("l", OWN ("a", "foreach", "{'items':'iteration.value'}", X, ""))) },
  { "name/iteration-below", "unknown-name", ERROR, "/nodes/0/body/nodes/0/body/nodes/0/with/value", 2, NULL,
    ONE (OWN ("r", "race", "{}", OWN ("a", "subgraph", "{}", SET ("x", "'{{iteration.count}}'"), ""), "")),
    ONE (LOOP ("r", OWN ("a", "subgraph", "{}", SET ("x", "'{{iteration.count}}'"), ""))) },
  { "name/iteration-in-machine", "unknown-name", ERROR, "/nodes/0/body/edges/0/when", 0, NULL,
    ONE ("{'id':'a','type':'try','body':{'kind':'fsm','nodes':[{'id':'s'}],'edges':[{'from':'s','event':'e','when':'iteration.first'}]}}"),
    ONE ("{'id':'a','type':'fan-out','body':{'kind':'fsm','nodes':[{'id':'s'}],'edges':[{'from':'s','event':'e','when':'iteration.first'}]}}") },
  { "name/condition", "unknown-name", ERROR, "/nodes/0/with/initial", 2, NULL,
    ONE (OWN ("a", "while", "{'condition':'iteration.value < 5','initial':'{{iteration.value}}'}", X, "")),
    ONE (OWN ("a", "while", "{'condition':'iteration.value < 5','initial':'{{input}}'}", X, "")) },
  { "name/condition-count", "unknown-name", ERROR, "/nodes/0/with/condition", 1, NULL,
    ONE (OWN ("a", "while", "{'condition':'!iteration.last'}", X, "")),
    ONE (OWN ("a", "while", "{'condition':'!iteration.first'}", X, "")) },
  { "name/last-in-while", "unknown-name", ERROR, "/nodes/0/body/nodes/0/body/nodes/0/with/value", 2, NULL,
    ONE (LOOP ("l", OWN ("a", "while", "{'condition':false}", SET ("x", "'{{iteration.last}}'"), ""))),
    ONE (OWN ("a", "while", "{'condition':false}", LOOP ("l", SET ("x", "'{{iteration.last}}'")), "")) },
  { "name/error-in-body", "unknown-name", ERROR, "/nodes/0/body/nodes/0/with/value", 2, "catch",
    ONE ("{'id':'a','type':'try','body':{'nodes':[" SET ("x", "'{{error}}'") "]},'catch':{'nodes':[" X "]}}"),
    ONE ("{'id':'a','type':'try','body':{'nodes':[" X "]},'finally':{'nodes':[" SET ("x", "'{{error}}'") "]}}") },
  { "name/error-further-in", "unknown-name", ERROR, "/nodes/0/body/nodes/0/body/nodes/0/with/value", 2, NULL,
    ONE ("{'id':'a','type':'try','body':{'nodes':[" LOOP ("l", SET ("x", "'{{error.kind}}'")) "]}}"),
    ONE ("{'id':'a','type':'try','body':{'nodes':[" X "]},'catch':{'nodes':[" LOOP ("l", SET ("x", "'{{error.kind}}'")) "]}}") },
  { "name/error-behind-an-edge", "unknown-name", ERROR, "/nodes/1/with/value", 2, "“input”",
    DAG (SET ("a", "1") "," SET ("b", "'{{error.kind}}'"), "{'from':'a','to':'b','on':'error'}"),
    DAG (SET ("a", "1") "," SET ("b", "'{{input.kind}}'"), "{'from':'a','to':'b','on':'error','when':'error.kind'}") },
  { "name/of-another-body", "unknown-node", ERROR, "/nodes/0/catch/nodes/0/with/value", 2, NULL,
    ONE ("{'id':'a','type':'try','body':{'nodes':[" SET ("other", "1") "]},'catch':{'nodes':[" SET ("x", "'{{nodes.other.output}}'") "]}}"),
    DAG (SET ("other", "1") ",{'id':'a','type':'try','body':{'nodes':[" X "]},'catch':{'nodes':["
         SET ("x", "'{{nodes.other.output}}'") "]}}", EDGE ("other", "a")) },
  { "name/upstream-of-the-outermost", "not-upstream", WARNING, "/nodes/0/finally/nodes/0/body/nodes/0/with/condition", 0, NULL,
    DAG ("{'id':'a','type':'try','body':{'nodes':[" X "]},'finally':{'nodes':["
         OWN ("r", "race", "{}", OWN ("w", "while", "{'condition':'nodes.b.output'}", X, ""), "") "]}}," SET ("b", "1"), EDGE ("a", "b")),
    DAG ("{'id':'a','type':'try','body':{'nodes':[" X "]},'finally':{'nodes':["
         OWN ("r", "race", "{}", OWN ("w", "while", "{'condition':'nodes.b.output'}", X, ""), "") "]}}," SET ("b", "1"), EDGE ("b", "a")) },
  { "name/owner-within", "not-upstream", WARNING, "/nodes/0/body/nodes/0/with/value", 2, NULL,
    ONE (LOOP ("a", SET ("x", "'{{nodes.a.output}}'"))),
    DAG_WITH ("'result':'nodes.a.output'", LOOP ("a", X), "") },
  { "name/of-a-loop-behind-items", "unknown-name", ERROR, "/nodes/1/with/max-parallel", 2, NULL,
    DAG (SET ("a", "[1]") "," OWN ("b", "foreach", "{'max-parallel':'{{iteration.index}}'}", X, ""), "{'from':'a','to':'b','each':true}"),
    DAG (SET ("a", "[1]") "," OWN ("b", "fan-out", "{'max-parallel':'{{iteration.index}}'}", X, ""), "{'from':'a','to':'b','each':true}") },
};

/* What it does is seldom what is meant, but may be. */
static void
test_items_twice (void)
{
  guint n_errors;
  g_autoptr(GListStore) diagnostics = NULL;
  g_autofree char *lines = NULL;

  diagnostics = fixture_check (DAG (SET ("a", "[1]") "," OWN ("b", "foreach", "{'items':'iteration.value'}", X, ""),
                                    "{'from':'a','to':'b','each':true}"), FALSE, &n_errors);
  lines = fixture_dup_lines (diagnostics);
  g_assert_cmpuint (n_errors, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 1);
  g_assert_true (g_str_has_prefix (lines, "hint items-twice /nodes/1/with/items -1: "));
}

static void
assert_message (const char *text,
                const char *part)
{
  g_autoptr(GListStore) diagnostics = fixture_check (text, FALSE, NULL);
  g_autoptr(FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), 0);

  g_assert_nonnull (diagnostic);
  g_test_message ("%s", fermata_diagnostic_get_message (diagnostic));
  g_assert_nonnull (strstr (fermata_diagnostic_get_message (diagnostic), part));
}

static const Row *
find_row (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_str_equal (rows[i].name, name))
        return &rows[i];
    }

  g_assert_not_reached ();
}

static void
test_messages (void)
{
  assert_message (find_row ("break/at-the-top")->bad, "there is no loop");
  assert_message (find_row ("break/out-of-a-subgraph")->bad, "the subgraph “a” is");
  assert_message (find_row ("break/out-of-a-machine")->bad, "the machine in “l” is");
  assert_message (find_row ("break/out-of-finally")->bad, "the “finally” of “t” runs");
  assert_message (find_row ("parallel/wait-more")->bad, "the body has 2 branches");
  assert_message (find_row ("name/last-in-while")->bad, "“while”");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  row_add_tests ("/check/owners/", rows, G_N_ELEMENTS (rows));
  g_test_add_func ("/check/owners/items-twice", test_items_twice);
  g_test_add_func ("/check/owners/messages", test_messages);

  return g_test_run ();
}
