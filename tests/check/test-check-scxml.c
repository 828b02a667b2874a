/* test-check-scxml.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/check-rows.h"

/* Machines with one of SCXML's data models: what is said of them, and of what the
 * others may not have. */

#define ES "'data-model':'ecmascript'"
#define NO "'data-model':'null'"
#define S(id) "{'id':'" id "'}"
#define ON(from, to, event) "{'from':'" from "','to':'" to "','event':'" event "'}"
#define DOES(actions) "{'id':'a','entry':[" actions "]}"
#define ES_DOES(actions) FSM (ES, DOES (actions), "")
#define NO_DOES(actions) FSM (NO, DOES (actions), "")
#define ASSIGN "{'assign':[{'x':'1'}]}"
#define SENDS(members) ES_DOES ("{'send':{'to':'#_parent'," members "}}")
#define LOG(expr) "{'log':{'expr':'" expr "'}}"
#define DONE(data) FSM (ES, S ("a") ",{'id':'z','type':'final','data':" data "}", ON ("a", "z", "e"))
#define RUNS(members) FSM (ES, "{'id':'a','do':[{'type':'set','with':{'value':1}," members "}]}", "")

static const Row rows[] = {
  /* What only they have */
  { "own/binding", "misplaced-member", WARNING, "/binding", NAME, NULL,
    FSM ("'binding':'late'", S ("a"), ""), FSM (ES ",'binding':'late'", S ("a"), "") },
  { "own/script", "misplaced-member", WARNING, "/script", NAME, NULL,
    FSM ("'script':'f()'", S ("a"), ""), FSM (ES ",'script':'f(); function f() {}'", S ("a"), "") },
  { "own/variables-of-states", "misplaced-member", WARNING, "/nodes/0/variables", NAME, NULL,
    FSM ("'name':'m'", "{'id':'a','variables':{}}", ""), FSM (ES, "{'id':'a','variables':{'x':{}}}", "") },
  { "own/event-expr", "misplaced-member", WARNING, "/nodes/0/entry/0/send/event-expr", NAME, NULL,
    FSM ("'name':'m'", DOES ("{'send':{'event':'e','to':'#_parent','event-expr':'x'}}"), ""),
    SENDS ("'event-expr':'x'") },
  { "own/params", "misplaced-member", WARNING, "/nodes/0/do/0/params", NAME, NULL,
    FSM ("'name':'m'", "{'id':'a','do':[{'type':'set','with':{'value':1},'params':[]}]}", ""), RUNS ("'params':[]") },
  { "own/blocks", "ill-typed", ERROR, "/nodes/0/entry/0", VALUE, NULL,
    FSM ("'name':'m'", DOES ("[{'log':1}]"), ""), ES_DOES ("[" LOG ("1") "],[]") },
  { "own/cancel-object", "ill-typed", ERROR, "/nodes/0/entry/0/cancel", VALUE, NULL,
    FSM ("'name':'m'", DOES ("{'cancel':{'id-expr':'x'}}"), ""), ES_DOES ("{'cancel':{'id-expr':'x'}}") },
  { "own/task-assign", "misplaced-member", WARNING, "/nodes/0/do/0/assign", NAME, NULL,
    RUNS ("'assign':[]"), RUNS ("'finalize':[" ASSIGN "]") },
  { "own/raise-data", "misplaced-member", WARNING, "/nodes/0/entry/0/raise/data", NAME, NULL,
    FSM (ES, DOES ("{'raise':{'event':'e','data':1}}"), "{'from':'a','event':'e'}"),
    FSM (ES, DOES ("{'raise':{'event':'e'}}"), "{'from':'a','event':'e'}") },

  /* Nothing is a template */
  { "texts/braces", "ill-typed", ERROR, "/nodes/0/do/0/timeout", VALUE, NULL,
    RUNS ("'timeout':true"), RUNS ("'with':{'value':'{{nothing.of.the.sort'},'label':'{{','timeout':'2s'") },
  { "texts/duration", "bad-duration", ERROR, "/nodes/0/do/0/timeout", VALUE, NULL,
    RUNS ("'timeout':'{{x}}'"), RUNS ("'timeout':2") },

  /* Expressions are JavaScript with any names, and no errors of the document */
  { "syntax/when", "bad-expression", WARNING, "/edges/0/when", 3, "error.execution",
    FSM (ES, S ("a"), "{'from':'a','event':'e','when':'1 +* 2'}"),
    FSM (ES, S ("a"), "{'from':'a','event':'e','when':'nobody.knows (/^a/.test (x)) || In (s)'}") },
  { "syntax/two", "bad-expression", WARNING, "/nodes/0/entry/0/log/expr", VALUE, NULL,
    ES_DOES (LOG ("1); (2")), ES_DOES (LOG ("(1), (2)")) },
  { "syntax/loose", "bad-expression", WARNING, "/nodes/0/entry/0/log/expr", VALUE, NULL,
    ES_DOES (LOG ("")), ES_DOES (LOG ("(function () { var public = 010; return arguments.callee; }) ()")) },
  { "syntax/location", "bad-expression", WARNING, "/nodes/0/entry/0/assign/location", VALUE, NULL,
    ES_DOES ("{'assign':{'location':'1 + 2','expr':'3'}}"), ES_DOES ("{'assign':{'location':'a.b[c ()]','expr':'3'}}") },
  { "syntax/locations", "bad-expression", WARNING, "/nodes/0/entry/0/assign/1/a-b", NAME, NULL,
    ES_DOES ("{'assign':[{'a':'1'},{'a-b':'1'}]}"), ES_DOES ("{'assign':[{'a':'1'},{'a.b':'1'}]}") },
  { "syntax/assigned", "bad-expression", WARNING, "/nodes/0/entry/0/assign/0/a", VALUE, NULL,
    ES_DOES ("{'assign':[{'a':')'}]}"), ES_DOES ("{'assign':[{'a':'{}'}]}") },
  { "syntax/name-list", "bad-expression", WARNING, "/nodes/0/entry/0/send/name-list/1", VALUE, NULL,
    SENDS ("'event':'e','name-list':['a','1']"), SENDS ("'event':'e','name-list':['a','b']") },
  { "syntax/program", "bad-code", WARNING, "/nodes/0/entry/0/script", VALUE, NULL,
    ES_DOES ("{'script':'return 1'}"), ES_DOES ("{'script':'x = 1; function f () { return x; } // }'}") },
  { "syntax/item", "bad-expression", WARNING, "/nodes/0/entry/0/item", VALUE, NULL,
    ES_DOES ("{'foreach':'x','item':'1','do':[]}"), ES_DOES ("{'foreach':'x','item':'i','index':'k'}") },
  { "syntax/variable", "bad-name", WARNING, "/variables/a-b", NAME, "error.execution",
    FSM (ES ",'variables':{'a-b':{'expr':'1'}}", S ("a"), ""), FSM (ES ",'variables':{'a_b':{'expr':'1'}}", S ("a"), "") },
  { "syntax/delay", "bad-duration", WARNING, "/nodes/0/entry/0/send/delay", VALUE, NULL,
    SENDS ("'event':'e','delay':'5 s'"), SENDS ("'event':'e','delay':'.5s'") },
  { "syntax/delay-exponent", "bad-duration", WARNING, "/nodes/0/entry/0/send/delay", VALUE, NULL,
    SENDS ("'event':'e','delay':'1e1ms'"), SENDS ("'event':'e','delay':'+1s'") },
  { "syntax/delay-unit", "bad-duration", WARNING, "/nodes/0/entry/0/send/delay", VALUE, NULL,
    SENDS ("'event':'e','delay':'1'"), SENDS ("'event':'e','delay':'0'") },
  { "syntax/delay-negative", "bad-duration", WARNING, "/nodes/0/entry/0/send/delay", VALUE, NULL,
    SENDS ("'event':'e','delay':'-1s'"), SENDS ("'event':'e','delay':'1.5s'") },

  /* Types */
  { "types/when", "ill-typed", ERROR, "/edges/0/when", VALUE, NULL,
    FSM (ES, S ("a"), "{'from':'a','event':'e','when':true}"), FSM (ES, S ("a"), "{'from':'a','event':'e','when':'true'}") },
  { "types/assigned", "ill-typed", ERROR, "/nodes/0/entry/0/assign/0/x", VALUE, NULL,
    ES_DOES ("{'assign':[{'x':1}]}"), ES_DOES (ASSIGN) },
  { "types/declaration", "ill-typed", ERROR, "/variables/x", VALUE, NULL,
    FSM (ES ",'variables':{'x':5}", S ("a"), ""), FSM (ES ",'variables':{'x':{'content':'[1]'},'y':{'src':'y.json'}}", S ("a"), "") },
  { "types/log", "ill-typed", ERROR, "/nodes/0/entry/0/log", VALUE, NULL,
    ES_DOES ("{'log':'a'}"), ES_DOES ("{'log':{'label':'a'}}") },
  { "types/blocks", "ill-typed", ERROR, "/nodes/0/entry/0/0", VALUE, NULL,
    ES_DOES ("[[]]"), ES_DOES ("[]") },

  /* What excludes each other, and what is missing */
  { "excluded/declaration", "excluded-member", ERROR, "/variables/x/content", NAME, NULL,
    FSM (ES ",'variables':{'x':{'expr':'1','content':'1'}}", S ("a"), ""),
    FSM (ES ",'variables':{'x':{'expr':'1'}}", S ("a"), "") },
  { "excluded/send", "excluded-member", ERROR, "/nodes/0/entry/0/send/content", NAME, NULL,
    SENDS ("'event':'e','params':[{'name':'x','expr':'1'}],'content':'x'"), SENDS ("'event':'e','params':[{'name':'x','expr':'1'}]") },
  { "excluded/data", "excluded-member", ERROR, "/nodes/1/data/content-expr", NAME, NULL,
    DONE ("{'content':'1','content-expr':'1'}"), DONE ("{'params':[{'name':'x','location':'y'}]}") },
  { "excluded/param", "excluded-member", ERROR, "/nodes/1/data/params/0/location", NAME, NULL,
    DONE ("{'params':[{'name':'x','expr':'1','location':'y'}]}"), DONE ("{'params':[{'name':'x'}]}") },
  { "missing/item", "bad-action", ERROR, "/nodes/0/entry/0", VALUE, "beside",
    ES_DOES ("{'foreach':'x','do':[]}"), ES_DOES ("{'foreach':'x','item':'i','do':[]}") },
  { "missing/foreach", "bad-action", ERROR, "/nodes/0/entry/0/item", NAME, NULL,
    ES_DOES ("{'cancel':'x','item':'i'}"), ES_DOES ("{'if':'x'}") },
  { "missing/cancel", "bad-action", ERROR, "/nodes/0/entry/0/cancel", VALUE, NULL,
    ES_DOES ("{'cancel':{}}"), ES_DOES ("{'cancel':'x'}") },
  { "missing/param", "missing-member", ERROR, "/nodes/1/data/params/0/name", VALUE, NULL,
    DONE ("{'params':[{'expr':'1'}]}"), DONE ("{'content':''}") },
  { "foreign", "foreign-action", WARNING, "/nodes/0/entry/0/xml", VALUE, NULL,
    ES_DOES ("{'xml':'<a/>'}"), ES_DOES ("") },

  /* Events */
  { "events/nothing", "bad-event", WARNING, "/edges/0/event", VALUE, NULL,
    FSM (ES, S ("a"), "{'from':'a','event':'.*'}"), FSM (ES, S ("a"), "{'from':'a','event':'*'}") },
  { "events/elsewhere", "reserved-event", WARNING, "/nodes/0/entry/0/send/event", VALUE, NULL,
    ES_DOES ("{'send':{'event':'done.state.a','type':'scxml'}}"),
    ES_DOES ("{'send':{'event':'done.state.a','type':'http://www.w3.org/TR/scxml/#BasicHTTPEventProcessor'}}") },

  /* States */
  { "states/variables", "bad-state", ERROR, "/nodes/1/variables", NAME, NULL,
    FSM (ES, S ("a") ",{'id':'z','type':'final','variables':{}}", ON ("a", "z", "e")),
    FSM (ES, "{'id':'a','variables':{}},{'id':'z','type':'final'}", ON ("a", "z", "e")) },

  /* No data model at all */
  { "null/when", "no-data-model", WARNING, "/edges/0/when", VALUE, "error.execution",
    FSM (NO, S ("a"), "{'from':'a','event':'e','when':'x > 1'}"), FSM (NO, S ("a"), "{'from':'a','event':'e','when':'In(a)'}") },
  { "null/state", "unknown-node", WARNING, "/edges/0/when", VALUE, NULL,
    FSM (NO, S ("a"), "{'from':'a','event':'e','when':'In (b)'}"), FSM (NO, S ("a"), "{'from':'a','event':'e','when':' In ( a ) '}") },
  { "null/assign", "no-data-model", WARNING, "/nodes/0/entry/0/assign", NAME, NULL,
    NO_DOES (ASSIGN), NO_DOES ("{'if':'In (a)','then':[{'log':{'label':'x'}}]}") },
  { "null/log", "no-data-model", WARNING, "/nodes/0/entry/0/log/expr", NAME, NULL,
    NO_DOES (LOG ("1")), NO_DOES ("{'cancel':'x'}") },
  { "null/variables", "no-data-model", WARNING, "/variables", NAME, NULL,
    FSM (NO ",'variables':{'x':{}}", S ("a"), ""), FSM (NO ",'binding':'early'", S ("a"), "") },
  { "null/params", "no-data-model", WARNING, "/nodes/0/entry/0/send/params", NAME, NULL,
    NO_DOES ("{'send':{'event':'e','to':'#_parent','params':[]}}"),
    NO_DOES ("{'send':{'event':'e','to':'#_parent','delay':'1s','content':'x'}}") },
};

/* A machine in a machine has a data model of its own. */
static void
test_inner (void)
{
  g_autoptr(GListStore) diagnostics =
    fixture_check (FSM (ES, "{'id':'a','do':[{'type':'subgraph','body':{'nodes':[{'id':'b','entry':"
                            "{'log':'{{inputs.x}}'}}]}},{'type':'subgraph','body':{'data-model':'null','nodes':"
                            "[{'id':'b','entry':{'script':'1'}}]}}]}", ""), FALSE, NULL);
  g_autofree char *lines = fixture_dup_lines (diagnostics);

  g_assert_cmpstr (lines, ==,
                   "error unknown-input /nodes/0/do/0/body/nodes/0/entry/log 2: there is no input “x” ()\n"
                   "warning no-data-model /nodes/0/do/1/body/nodes/0/entry/script -2: "
                   "“script” needs data; this machine's data model is “null” "
                   "(SCXML makes an “error.execution” of it when it runs)\n");
}

/* What is wrong is said of the text: of nothing that stands around it when it is looked
 * at, and without the place, which the diagnostic has. */
static void
test_words (void)
{
  static const struct { const char *text; const char *message; } rows_of_words[] = {
    { "", "there is nothing in it" },
    { " ", "there is nothing in it" },
    { "1 +", "the expression ends too early" },
    { "(1", "the expression ends too early" },
    { "f (1, [2", "the expression ends too early" },
    { "a ? b :", "the expression ends too early" },
    { "// x", "the expression ends too early" },
    { "a b", "Unexpected identifier 'b'" },
    { "1)", "Unexpected token ')'" },
    { "`a", "a text without its closing quotation mark" },
    { "\\u0027a\\nb\\u0027", "a text without its closing quotation mark" },
    { "1), (2", "more than one expression" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows_of_words); i++)
    {
      g_autofree char *text = g_strdup_printf (FSM (ES, DOES (LOG ("%s")), ""), rows_of_words[i].text);
      g_autoptr(GListStore) diagnostics = fixture_check (text, FALSE, NULL);
      g_autoptr(FermataDiagnostic) first = g_list_model_get_item (G_LIST_MODEL (diagnostics), 0);

      g_assert_nonnull (first);
      g_assert_cmpstr (fermata_diagnostic_get_message (first), ==, rows_of_words[i].message);
    }
}

/* The same wrong texts again and again, each said where it stands; and many right ones. */
static void
test_many (void)
{
  g_autoptr(GString) nodes = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autoptr(GListStore) diagnostics = NULL;
  guint n_errors;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (nodes, "{'id':'s%u','entry':[{'log':{'expr':'x + %u'}},{'log':{'expr':'%s'}}]}%s", i, i % 1500,
                            i % 10 == 0 ? "x +" : "x + y", i < 4999 ? "," : "");
  text = g_strdup_printf ("{'fermata':1,'kind':'fsm','data-model':'ecmascript','nodes':[%s],'edges':["
                          "{'from':'s0','to':'s1','event':'e'}]}", nodes->str);
  diagnostics = fixture_check (text, FALSE, &n_errors);

  g_assert_cmpuint (n_errors, ==, 0);
  for (guint i = 0, n = 0; i < g_list_model_get_n_items (G_LIST_MODEL (diagnostics)); i++)
    {
      g_autoptr(FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);
      g_autofree char *path = g_strdup_printf ("/nodes/%u/entry/1/log/expr", n * 10);

      if (g_strcmp0 (fermata_diagnostic_get_code (diagnostic), "bad-expression") != 0)
        continue;
      g_assert_cmpstr (fermata_diagnostic_get_path (diagnostic), ==, path);
      n++;
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  row_add_tests ("/check/scxml/", rows, G_N_ELEMENTS (rows));
  g_test_add_func ("/check/scxml/inner", test_inner);
  g_test_add_func ("/check/scxml/words", test_words);
  g_test_add_func ("/check/scxml/many", test_many);

  return g_test_run ();
}
