/* test-check-codes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "check/check-rows.h"

#define ONE(node) DAG (node, "")
#define SWITCH(id) "{'id':'" id "','type':'switch','with':{'value':1}}"
#define IF(id) "{'id':'" id "','type':'if','with':{'when':true}}"

static const Row rows[] = {
  /* The graph */
  { "kind/unknown", "unknown-kind", ERROR, "/kind", VALUE, "dag",
    "{'fermata':1,'kind':'dg','nodes':[" SET ("a", "1") "]}",
    "{'fermata':1,'kind':'dag','nodes':[" SET ("a", "1") "]}" },
  { "kind/missing", "missing-member", ERROR, "/kind", VALUE, NULL,
    "{'fermata':1,'nodes':[" SET ("a", "1") "]}",
    "{'fermata':1,'kind':'flow','nodes':[" SET ("a", "1") "]}" },
  { "nodes/none", "no-nodes", WARNING, "/nodes", VALUE, NULL,
    "{'fermata':1,'kind':'dag','nodes':[]}",
    "{'fermata':1,'kind':'dag','nodes':[" SET ("a", "1") "]}" },
  { "nodes/none-in-machine", "no-nodes", ERROR, "/nodes", VALUE, NULL,
    "{'fermata':1,'kind':'fsm','nodes':[]}",
    "{'fermata':1,'kind':'fsm','nodes':[{'id':'a'}]}" },
  { "nodes/no-array", "ill-typed", ERROR, "/nodes", VALUE, NULL,
    "{'fermata':1,'kind':'dag','nodes':{}}",
    "{'fermata':1,'kind':'dag','nodes':[" SET ("a", "1") "]}" },

  /* Bodies */
  { "body/missing", "bad-body", ERROR, "/nodes/0", VALUE, NULL,
    ONE ("{'id':'a','type':'subgraph'}"),
    ONE ("{'id':'a','type':'subgraph','body':{'nodes':[" SET ("b", "1") "]}}") },
  { "body/of-others", "bad-body", ERROR, "/nodes/0/body", NAME, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'body':{'nodes':[" SET ("b", "1") "]}}"),
    ONE ("{'id':'a','type':'set','with':{'value':1}}") },
  { "body/of-task", "bad-body", ERROR, "/nodes/0/do", VALUE, NULL,
    FSM ("'initial':'a'", "{'id':'a','do':{'type':'subgraph'}}", ""),
    FSM ("'initial':'a'", "{'id':'a','do':{'type':'subgraph','body':{'kind':'dag','nodes':[" SET ("b", "1") "]}}}", "") },
  { "body/unknown-input", "unknown-input", ERROR, "/nodes/0/with/inputs/pth", NAME, "path",
    ONE ("{'id':'a','type':'subgraph','with':{'inputs':{'pth':1}},"
         "'body':{'inputs':{'path':{'default':1}},'nodes':[" SET ("b", "1") "]}}"),
    ONE ("{'id':'a','type':'subgraph','with':{'inputs':{'path':1}},"
         "'body':{'inputs':{'path':{'default':1}},'nodes':[" SET ("b", "1") "]}}") },
  { "body/missing-input", "missing-input", ERROR, "/nodes/0", VALUE, "with.inputs",
    ONE ("{'id':'a','type':'subgraph','body':{'inputs':{'path':{}},'nodes':[" SET ("b", "1") "]}}"),
    ONE ("{'id':'a','type':'subgraph','with':{'inputs':'{{run}}'},'body':{'inputs':{'path':{}},'nodes':[" SET ("b", "1") "]}}") },
  { "body/missing-input-of-task", "missing-input", ERROR, "/nodes/0/do", VALUE, "with.inputs",
    FSM ("'initial':'a'", "{'id':'a','do':{'type':'subgraph','body':{'kind':'dag','inputs':{'x':{}},'nodes':[" SET ("b", "1") "]}}}", ""),
    FSM ("'initial':'a'", "{'id':'a','do':{'type':'subgraph','with':{'inputs':{'x':'{{event.name}}'}},'body':{'kind':'dag','inputs':{'x':{}},'nodes':[" SET ("b", "1") "]}}}", "") },
  { "body/own-variables", "unknown-variable", ERROR, "/nodes/0/body/nodes/0/with/value", 2, NULL,
    DAG_WITH ("'variables':{'n':1}", "{'id':'a','type':'subgraph','body':{'variables':{'m':1},'nodes':["
              SET ("b", "'{{variables.n}}'") "]}}", ""),
    DAG_WITH ("'variables':{'n':1}", "{'id':'a','type':'subgraph','body':{'nodes':["
              SET ("b", "'{{variables.n}}'") "]}}", "") },

  /* Members */
  { "member/unknown", "unknown-member", WARNING, "/max-concurency", NAME, "max-concurrency",
    DAG_WITH ("'max-concurency':2", SET ("a", "1"), ""),
    DAG_WITH ("'max-concurrency':2", SET ("a", "1"), "") },
  { "member/unknown-of-node", "unknown-member", WARNING, "/nodes/0/timout", NAME, "timeout",
    ONE ("{'id':'a','type':'set','with':{'value':1},'timout':1}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'x-timout':1}") },
  { "member/unknown-of-edge", "unknown-member", WARNING, "/edges/0/wen", NAME, "when",
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':'b','wen':true}"),
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':'b','when':true}") },
  { "member/unknown-of-retry", "unknown-member", WARNING, "/nodes/0/retry/atempts", NAME, "attempts",
    ONE ("{'id':'a','type':'set','with':{'value':1},'retry':{'atempts':2}}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'retry':{'attempts':2}}") },
  { "member/unknown-of-action", "unknown-member", WARNING, "/nodes/0/entry/0/levl", NAME, NULL,
    FSM ("'name':'m'", "{'id':'a','entry':[{'log':'hm','levl':1}]}", ""),
    FSM ("'name':'m'", "{'id':'a','entry':[{'log':'hm','x-levl':1}]}", "") },
  { "member/of-other-kind", "misplaced-member", WARNING, "/initial", NAME, NULL,
    DAG_WITH ("'initial':'a'", SET ("a", "1"), ""),
    FSM ("'initial':'a'", "{'id':'a'}", "") },
  { "member/of-a-state", "misplaced-member", WARNING, "/edges/0/event", NAME, NULL,
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':'b','event':'e'}"),
    FSM ("'name':'m'", "{'id':'a'}", "{'from':'a','to':'a','event':'e'}") },
  { "member/of-a-task", "misplaced-member", WARNING, "/nodes/0/join", NAME, NULL,
    FSM ("'name':'m'", "{'id':'a','join':'all'}", ""),
    DAG ("{'id':'a','type':'set','with':{'value':1},'join':'all'}", "") },
  { "member/of-the-document", "misplaced-member", WARNING, "/nodes/0/body/timeout", NAME, NULL,
    ONE ("{'id':'a','type':'race','body':{'timeout':1,'nodes':[" SET ("x", "1") "]}}"),
    ONE ("{'id':'a','type':'race','body':{'budget':{'steps':5},'nodes':[" SET ("x", "1") "]}}") },
  { "member/missing", "missing-member", ERROR, "/edges/0/to", VALUE, NULL,
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a'}," EDGE ("a", "b")),
    FSM ("'name':'m'", "{'id':'a'},{'id':'b'}", "{'from':'b','event':'e'}," EDGE ("a", "b")) },
  { "member/ill-typed", "ill-typed", ERROR, "/max-concurrency", VALUE, NULL,
    DAG_WITH ("'max-concurrency':'two'", SET ("a", "1"), ""),
    DAG_WITH ("'max-concurrency':2", SET ("a", "1"), "") },
  { "member/null", "ill-typed", ERROR, "/nodes/0/join", VALUE, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'join':null}"),
    ONE ("{'id':'a','type':'set','with':{'value':null},'join':'all'}") },
  { "member/choice", "bad-choice", ERROR, "/nodes/0/join", VALUE, "any",
    ONE ("{'id':'a','type':'set','with':{'value':1},'join':'anny'}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'join':'any'}") },
  { "member/range", "out-of-range", ERROR, "/max-concurrency", VALUE, NULL,
    DAG_WITH ("'max-concurrency':0", SET ("a", "1"), ""),
    DAG_WITH ("'max-concurrency':1", SET ("a", "1"), "") },
  { "member/range-above", "out-of-range", ERROR, "/nodes/0/retry/jitter", VALUE, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'retry':{'jitter':1.01}}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'retry':{'jitter':1}}") },
  { "member/range-below-zero", "out-of-range", ERROR, "/budget/cost", VALUE, NULL,
    DAG_WITH ("'budget':{'cost':-0.5}", SET ("a", "1"), ""),
    DAG_WITH ("'budget':{'cost':0}", SET ("a", "1"), "") },
  { "member/template-in-literal", "takes-no-template", ERROR, "/nodes/0/label", 4, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'label':'The {{run}}'}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'label':'The { {run}}','description':'{{run}}'}") },
  { "member/template-in-default", "takes-no-template", WARNING, "/inputs/p/default/0", 0, NULL,
    DAG_WITH ("'inputs':{'p':{'default':['{{run}}']}}", SET ("a", "1"), ""),
    DAG_WITH ("'inputs':{'p':{'default':['{run}']}}", SET ("a", "1"), "") },

  /* Nodes */
  { "type/unknown", "unknown-type", ERROR, "/nodes/0/type", VALUE, "command",
    ONE ("{'id':'a','type':'comand','with':{'argv':['ls']}}"),
    ONE ("{'id':'a','type':'command','with':{'argv':['ls']}}") },
  { "type/missing", "missing-member", ERROR, "/nodes/0/type", VALUE, NULL,
    ONE ("{'id':'a'}"), FSM ("'name':'m'", "{'id':'a'}", "") },
  { "id/duplicate", "duplicate-id", ERROR, "/nodes/2/id", VALUE, "/nodes/0",
    DAG (SET ("a", "1") "," SET ("b", "1") "," SET ("a", "1"), EDGE ("a", "b")),
    DAG (SET ("a", "1") "," SET ("b", "1") "," SET ("A", "1"), EDGE ("a", "b") "," EDGE ("A", "b")) },
  { "id/duplicate-state", "duplicate-id", ERROR, "/nodes/1/id", VALUE, NULL,
    FSM ("'name':'m'", "{'id':'a','nodes':[{'id':'b'}]},{'id':'b'}", EDGE ("a", "b")),
    FSM ("'name':'m'", "{'id':'a','nodes':[{'id':'b'}]},{'id':'c'}", EDGE ("a", "c")) },
  { "id/duplicate-edge", "duplicate-id", ERROR, "/edges/1/id", VALUE, "/edges/0",
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'id':'e','from':'a','to':'b'},{'id':'e','from':'a','to':'b'}"),
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'id':'e','from':'a','to':'b'},{'id':'f','from':'a','to':'b'}") },
  { "id/bad", "bad-id", ERROR, "/nodes/0/id", VALUE, NULL, ONE (SET ("a/b", "1")), ONE (SET ("a b.c", "1")) },
  { "id/empty", "bad-id", ERROR, "/nodes/0/id", VALUE, NULL, ONE (SET ("", "1")), ONE (SET (" ", "1")) },
  { "id/control", "bad-id", ERROR, "/nodes/0/id", VALUE, NULL, ONE (SET ("a\\u0007", "1")), ONE (SET ("a\\u00e9", "1")) },
  { "id/missing", "missing-member", ERROR, "/nodes/0/id", VALUE, NULL,
    ONE ("{'type':'set','with':{'value':1}}"), ONE (SET ("a", "1")) },

  /* Parameters */
  { "parameter/unknown", "unknown-parameter", WARNING, "/nodes/0/with/arvg", NAME, "argv",
    ONE ("{'id':'a','type':'command','with':{'argv':[],'arvg':[]}}"),
    ONE ("{'id':'a','type':'command','with':{'argv':[],'x-arvg':[]}}") },
  { "parameter/missing", "missing-parameter", ERROR, "/nodes/0/with/argv", VALUE, NULL,
    ONE ("{'id':'a','type':'command','with':{'output':'text'}}"),
    ONE ("{'id':'a','type':'command','with':{'argv':['ls'],'output':'text'}}") },
  { "parameter/without-with", "missing-parameter", ERROR, "/nodes/0/with/argv", VALUE, NULL,
    ONE ("{'id':'a','type':'command'}"), ONE ("{'id':'a','type':'compute'}") },
  { "parameter/ill-typed", "ill-typed", ERROR, "/nodes/0/with/argv", VALUE, NULL,
    ONE ("{'id':'a','type':'command','with':{'argv':'ls'}}"),
    ONE ("{'id':'a','type':'command','with':{'argv':'{{inputs}}'}}") },
  { "parameter/ill-typed-element", "ill-typed", ERROR, "/nodes/0/with/argv/1", VALUE, NULL,
    ONE ("{'id':'a','type':'command','with':{'argv':['head',5]}}"),
    ONE ("{'id':'a','type':'command','with':{'argv':['head','5']}}") },
  { "parameter/ill-typed-mixed", "ill-typed", ERROR, "/nodes/0/with/nice", VALUE, "one template",
    ONE ("{'id':'a','type':'command','with':{'argv':[],'nice':'1{{attempt}}0'}}"),
    ONE ("{'id':'a','type':'command','with':{'argv':[],'nice':'{{attempt}}'}}") },
  { "parameter/ill-typed-constant", "ill-typed", ERROR, "/nodes/0/with/formula", VALUE, NULL,
    ONE ("{'id':'a','type':'compute','with':{'formula':'true'}}"),
    ONE ("{'id':'a','type':'compute','with':{'formula':'1e3'}}") },
  { "parameter/choice", "bad-choice", ERROR, "/nodes/0/with/output", VALUE, "json",
    ONE ("{'id':'a','type':'command','with':{'argv':[],'output':'jsn'}}"),
    ONE ("{'id':'a','type':'command','with':{'argv':[],'output':'json'}}") },
  { "parameter/literal", "takes-no-template", ERROR, "/nodes/0/with/output", 0, NULL,
    ONE ("{'id':'a','type':'command','with':{'argv':[],'output':'{{input}}'}}"),
    ONE ("{'id':'a','type':'compute','with':{'program':'if (a) {{ b (); }}'}}") },
  { "parameter/foreign", "takes-no-template", WARNING, "/nodes/0/with/text", 7, NULL,
    ONE ("{'id':'a','type':'compute','with':{'text':'docker {{.Name}}'}}"),
    ONE ("{'id':'a','type':'compute','with':{'text':'docker {.Name}'}}") },
  { "parameter/code", "bad-code", ERROR, "/nodes/0/with/program", 17, NULL,
    ONE ("{'id':'a','type':'compute','with':{'program':'return input +\\n  ;'}}"),
    ONE ("{'id':'a','type':'compute','with':{'program':'return /[}]/.test (input);'}}") },
  { "parameter/code-two-bodies", "bad-code", ERROR, "/nodes/0/with/program", 0, NULL,
    ONE ("{'id':'a','type':'compute','with':{'program':'}) (); (function () {'}}"),
    ONE ("{'id':'a','type':'compute','with':{'program':'(function () {}) ();'}}") },

  /* Edges */
  { "edge/dangling-from", "dangling-edge", ERROR, "/edges/0/from", VALUE, "fetch",
    DAG (SET ("fetch", "1") "," SET ("b", "1"), EDGE ("fecth", "b") "," EDGE ("fetch", "b")),
    DAG (SET ("fetch", "1") "," SET ("b", "1"), EDGE ("fetch", "b") "," EDGE ("fetch", "b")) },
  { "edge/dangling-to", "dangling-edge", ERROR, "/edges/0/to/1", VALUE, NULL,
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':['b','somewhere']}"),
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':['b']}") },
  { "edge/self-loop", "self-loop", ERROR, "/edges/0/to", VALUE, "body",
    DAG (SET ("a", "1"), EDGE ("a", "a")),
    "{'fermata':1,'kind':'flow','nodes':[" SET ("a", "1") "],'edges':[" EDGE ("a", "a") "]}" },
  { "edge/cycle", "cycle", ERROR, "/edges/2", VALUE, "body",
    DAG (SET ("a", "1") "," SET ("b", "1") "," SET ("c", "1"),
         EDGE ("a", "b") "," EDGE ("b", "c") "," EDGE ("c", "a")),
    DAG (SET ("a", "1") "," SET ("b", "1") "," SET ("c", "1"),
         EDGE ("a", "b") "," EDGE ("b", "c") "," EDGE ("a", "c")) },
  { "edge/unconnected", "unconnected-node", WARNING, "/nodes/2", VALUE, NULL,
    DAG (SET ("a", "1") "," SET ("b", "1") "," SET ("c", "1"), EDGE ("a", "b")),
    DAG (SET ("a", "1") "," SET ("b", "1") "," SET ("c", "1"), "") },
  { "edge/on", "bad-choice", ERROR, "/edges/0/on", VALUE, "error",
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':'b','on':'eror'}"),
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':'b','on':'error'}") },
  { "edge/duplicate-input", "duplicate-input", ERROR, "/edges/1/input", VALUE, NULL,
    DAG (SET ("a", "1") "," SET ("b", "1") "," SET ("c", "1"),
         "{'from':'a','to':'c','input':'x'},{'from':'b','to':'c','input':'x'}"),
    DAG (SET ("a", "1") "," SET ("b", "1") "," SET ("c", "1"),
         "{'from':'a','to':'c','input':'x'},{'from':'b','to':'c','input':'y'}") },
  { "edge/input-as-source", "duplicate-input", ERROR, "/edges/0/input", VALUE, NULL,
    DAG (SET ("a", "1") "," SET ("b", "1") "," SET ("c", "1"),
         "{'from':'a','to':'c','input':'b'},{'from':'b','to':'c'}"),
    DAG (SET ("a", "1") "," SET ("b", "1") "," SET ("c", "1"),
         "{'from':'a','to':'c','input':'a'},{'from':'b','to':'c'}") },

  { "edge/each-twice", "bad-each", ERROR, "/edges/1/to", VALUE, NULL,
    DAG (SET ("a", "[]") "," SET ("b", "[]") "," SET ("c", "1"),
         "{'from':'a','to':'c','each':true},{'from':'b','to':'c','each':true}"),
    DAG (SET ("a", "[]") "," SET ("b", "[]") "," SET ("c", "1"),
         "{'from':'a','to':'c','each':true},{'from':'b','to':'c','each':false}") },
  { "edge/each-join", "bad-each", ERROR, "/edges/0/to", VALUE, NULL,
    DAG (SET ("a", "[]") ",{'id':'c','type':'set','with':{'value':1},'join':'any'}",
         "{'from':'a','to':'c','each':true}"),
    DAG (SET ("a", "[]") ",{'id':'c','type':'set','with':{'value':1},'join':'all'}",
         "{'from':'a','to':'c','each':true}") },
  { "edge/each-of-error", "bad-each", ERROR, "/edges/0/each", VALUE, NULL,
    DAG (SET ("a", "[]") "," SET ("c", "1"), "{'from':'a','to':'c','each':true,'on':'error'}"),
    DAG (SET ("a", "[]") "," SET ("c", "1"), "{'from':'a','to':'c','on':'error'}") },

  /* Pools */
  { "event/elsewhere", "unknown-name", ERROR, "/nodes/0/with/when", 0, "waits for events",
    ONE ("{'id':'a','type':'if','with':{'when':'event.data'}}"),
    ONE ("{'id':'a','type':'wait','with':{'when':'event.data'}}") },
  { "case/misplaced", "misplaced-case", ERROR, "/edges/0/case", VALUE, NULL,
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':'b','case':1}"),
    DAG (SWITCH ("a") "," SET ("b", "1"), "{'from':'a','to':'b','case':1}") },
  { "case/of-errors", "misplaced-case", ERROR, "/edges/0/case", VALUE, NULL,
    DAG (SWITCH ("a") "," SET ("b", "1"), "{'from':'a','to':'b','case':1,'on':'error'}"),
    DAG (SWITCH ("a") "," SET ("b", "1"), "{'from':'a','to':'b','on':'error'}") },
  { "case/twice", "duplicate-case", ERROR, "/edges/1/case", VALUE, NULL,
    DAG (SWITCH ("a") "," SET ("b", "1") "," SET ("c", "1"),
         "{'from':'a','to':'b','case':{'x':[1]}},{'from':'a','to':'c','case':{'x':[1]}}"),
    DAG (SWITCH ("a") "," SET ("b", "1") "," SET ("c", "1"),
         "{'from':'a','to':'b','case':{'x':[1]}},{'from':'a','to':'c','case':{'x':[2]}}") },
  { "case/two-defaults", "duplicate-default", ERROR, "/edges/1", VALUE, NULL,
    DAG (SWITCH ("a") "," SET ("b", "1") "," SET ("c", "1"), "{'from':'a','to':'b'},{'from':'a','to':'c'}"),
    DAG (SWITCH ("a") "," SET ("b", "1") "," SET ("c", "1"), "{'from':'a','to':['b','c']}") },
  { "case/when", "case-and-when", ERROR, "/edges/0/case", VALUE, NULL,
    DAG (SWITCH ("a") "," SET ("b", "1"), "{'from':'a','to':'b','case':1,'when':true}"),
    DAG (SWITCH ("a") "," SET ("b", "1"), "{'from':'a','to':'b','when':true}") },
  { "case/no-boolean", "ill-typed", ERROR, "/edges/0/case", VALUE, NULL,
    DAG (IF ("a") "," SET ("b", "1"), "{'from':'a','to':'b','case':'true'}"),
    DAG (IF ("a") "," SET ("b", "1"), "{'from':'a','to':'b','case':true}") },
  { "pool/unknown", "unknown-pool", ERROR, "/nodes/0/uses/gpo", NAME, "gpu",
    DAG_WITH ("'pools':{'gpu':1}", "{'id':'a','type':'set','with':{'value':1},'uses':{'gpo':1}}", ""),
    DAG_WITH ("'pools':{'gpu':1}", "{'id':'a','type':'set','with':{'value':1},'uses':{'gpu':1}}", "") },
  { "pool/none", "unknown-pool", ERROR, "/nodes/0/uses/gpu", NAME, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'uses':{'gpu':1}}"),
    DAG_WITH ("'pools':{'gpu':1}", "{'id':'a','type':'set','with':{'value':1},'uses':{'gpu':1}}", "") },
  { "pool/too-much", "too-much-of-pool", ERROR, "/nodes/0/uses/gpu", VALUE, NULL,
    DAG_WITH ("'pools':{'gpu':1}", "{'id':'a','type':'set','with':{'value':1},'uses':{'gpu':2}}", ""),
    DAG_WITH ("'pools':{'gpu':2}", "{'id':'a','type':'set','with':{'value':1},'uses':{'gpu':2}}", "") },

  /* Durations and policies */
  { "duration/timeout", "bad-duration", ERROR, "/nodes/0/timeout", VALUE, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'timeout':'5 parsecs'}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'timeout':'5m'}") },
  { "duration/negative", "bad-duration", ERROR, "/timeout", VALUE, NULL,
    DAG_WITH ("'timeout':-1", SET ("a", "1"), ""), DAG_WITH ("'timeout':1.5", SET ("a", "1"), "") },
  { "duration/parameter", "bad-duration", ERROR, "/nodes/0/with/grace", VALUE, NULL,
    ONE ("{'id':'a','type':'command','with':{'argv':[],'grace':'soon'}}"),
    ONE ("{'id':'a','type':'command','with':{'argv':[],'grace':'{{attempt}}s'}}") },
  { "duration/after", "bad-duration", ERROR, "/edges/0/after", VALUE, NULL,
    FSM ("'name':'m'", "{'id':'a'},{'id':'b'}", "{'from':'a','to':'b','after':'5'}"),
    FSM ("'name':'m'", "{'id':'a'},{'id':'b'}", "{'from':'a','to':'b','after':'5s'}") },
  { "policy/error-kind", "unknown-error-kind", ERROR, "/nodes/0/retry/on/1", VALUE, "timeout",
    ONE ("{'id':'a','type':'set','with':{'value':1},'retry':{'on':['connectivity','timeut']}}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'retry':{'on':['connectivity','timeout']}}") },
  { "policy/on-error", "bad-choice", ERROR, "/nodes/0/on-error", VALUE, "continue",
    ONE ("{'id':'a','type':'set','with':{'value':1},'on-error':'contine'}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'on-error':{'value':'{{error}}'}}") },
  { "policy/retry", "out-of-range", ERROR, "/nodes/0/retry", VALUE, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'retry':0}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'retry':1}") },
  { "policy/uses", "ill-typed", ERROR, "/nodes/0/uses/gpu", VALUE, NULL,
    DAG_WITH ("'pools':{'gpu':1}", "{'id':'a','type':'set','with':{'value':1},'uses':{'gpu':0}}", ""),
    DAG_WITH ("'pools':{'gpu':1}", "{'id':'a','type':'set','with':{'value':1},'uses':{'gpu':1}}", "") },

  /* Inputs and variables */
  { "input/name", "bad-name", ERROR, "/inputs/a-b", NAME, NULL,
    DAG_WITH ("'inputs':{'a-b':{}}", SET ("a", "1"), ""), DAG_WITH ("'inputs':{'a_b':{}}", SET ("a", "1"), "") },
  { "input/type", "bad-choice", ERROR, "/inputs/p/type", VALUE, "string",
    DAG_WITH ("'inputs':{'p':{'type':'sting'}}", SET ("a", "1"), ""),
    DAG_WITH ("'inputs':{'p':{'type':'string'}}", SET ("a", "1"), "") },
  { "input/default", "ill-typed", ERROR, "/inputs/p/default", VALUE, NULL,
    DAG_WITH ("'inputs':{'p':{'type':'integer','default':1.5}}", SET ("a", "1"), ""),
    DAG_WITH ("'inputs':{'p':{'type':'number','default':1}}", SET ("a", "1"), "") },
  { "input/no-object", "ill-typed", ERROR, "/inputs/p", VALUE, NULL,
    DAG_WITH ("'inputs':{'p':'string'}", SET ("a", "1"), ""),
    DAG_WITH ("'inputs':{'p':{}}", SET ("a", "1"), "") },
  { "variable/name", "bad-name", ERROR, "/variables/class", NAME, NULL,
    DAG_WITH ("'variables':{'class':1}", SET ("a", "1"), ""),
    DAG_WITH ("'variables':{'klass':1}", SET ("a", "1"), "") },

  { "variable/first-value", "unknown-name", ERROR, "/variables/v/0", 2, "inputs only",
    DAG_WITH ("'inputs':{'i':{}},'variables':{'v':['{{nodes.a.output}}']}", SET ("a", "1"), ""),
    DAG_WITH ("'inputs':{'i':{}},'variables':{'v':['{{inputs.i}}']}", SET ("a", "1"), "") },

  /* Expressions */
  { "expression/syntax", "bad-expression", ERROR, "/edges/0/when", 9, NULL,
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':'b','when':'output + )'}"),
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':'b','when':'output + 1'}") },
  { "expression/regexp", "no-regexp", ERROR, "/edges/0/when", 0, NULL,
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':'b','when':'/a+/.test (output)'}"),
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':'b','when':'matches (output, `a+`)'}") },
  { "expression/regexp-constructor", "no-regexp", ERROR, "/edges/0/when", 4, NULL,
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':'b','when':'new RegExp (output)'}"),
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':'b','when':'new Date (output)'}") },
  { "template/open", "bad-template", ERROR, "/nodes/0/with/value", 2, NULL,
    ONE (SET ("a", "'a {{run.id'")), ONE (SET ("a", "'a {{run.id}}'")) },
  { "template/empty", "bad-template", ERROR, "/nodes/0/with/value", 2, NULL,
    ONE (SET ("a", "'a {{ }}'")), ONE (SET ("a", "'a {{{{ }}'")) },
  { "template/deep", "bad-expression", ERROR, "/nodes/0/with/value/k~1/1", 4, NULL,
    ONE (SET ("a", "{'k/':[1,'{{1+}}']}")), ONE (SET ("a", "{'k/':[1,'{{1+1}}']}")) },

  /* Names */
  { "name/unknown", "unknown-name", ERROR, "/nodes/0/with/value", 6, "input",
    ONE (SET ("a", "'is {{ inptu }}'")), ONE (SET ("a", "'is {{ input }}'")) },
  { "name/global", "unknown-name", ERROR, "/nodes/0/with/value", 2, "Math",
    ONE (SET ("a", "'{{Mth.max (1, 2)}}'")), ONE (SET ("a", "'{{Math.max (1, 2)}}'")) },
  { "name/bound", "unknown-name", ERROR, "/nodes/0/with/value", 16, NULL,
    ONE (SET ("a", "'{{[1].map (x => yy)}}'")), ONE (SET ("a", "'{{[1].map (yy => yy)}}'")) },
  { "name/input", "unknown-input", ERROR, "/nodes/0/with/value", 2, "path",
    DAG_WITH ("'inputs':{'path':{}}", SET ("a", "'{{inputs.paht}}'"), ""),
    DAG_WITH ("'inputs':{'path':{}}", SET ("a", "'{{inputs.path}}'"), "") },
  { "name/input-without-owner", "unknown-name", ERROR, "/nodes/0/with/value", 2, "inputs.path",
    DAG_WITH ("'inputs':{'path':{}}", SET ("a", "'{{path}}'"), ""),
    DAG_WITH ("'inputs':{'path':{}}", SET ("a", "'{{inputs[`path`]}}'"), "") },
  { "name/variable", "unknown-variable", ERROR, "/result", 0, "seen",
    DAG_WITH ("'variables':{'seen':0},'result':'variables.sen'", SET ("a", "1"), ""),
    DAG_WITH ("'variables':{'seen':0},'result':'variables.seen'", SET ("a", "1"), "") },
  { "name/node", "unknown-node", ERROR, "/result", 0, "fetch",
    DAG_WITH ("'result':'nodes.fecth.output'", SET ("fetch", "1"), ""),
    DAG_WITH ("'result':'nodes.fetch.output'", SET ("fetch", "1"), "") },
  { "name/not-upstream", "not-upstream", WARNING, "/nodes/0/with/value", 2, NULL,
    DAG (SET ("a", "'{{nodes.b.output}}'") "," SET ("b", "1"), EDGE ("a", "b")),
    DAG (SET ("a", "'{{nodes.b.output}}'") "," SET ("b", "1"), EDGE ("b", "a")) },
  { "name/own-output", "not-upstream", WARNING, "/nodes/0/with/value", 2, NULL,
    ONE (SET ("a", "'{{nodes.a.output}}'")),
    DAG_WITH ("'variables':{'v':0}",
              "{'id':'a','type':'set','with':{'value':1},'assign':[{'v':'nodes.a.output'}]}", "") },
  { "name/iteration", "unknown-name", ERROR, "/nodes/1/with/value", 2, "each",
    DAG (SET ("a", "[1]") "," SET ("b", "'{{iteration.value}}'"), EDGE ("a", "b")),
    DAG (SET ("a", "[1]") "," SET ("b", "'{{iteration.value}}'"), "{'from':'a','to':'b','each':true}") },
  { "name/iteration-member", "unknown-name", ERROR, "/nodes/1/with/value", 2, "index",
    DAG (SET ("a", "[1]") "," SET ("b", "'{{iteration.indx}}'"), "{'from':'a','to':'b','each':true}"),
    DAG (SET ("a", "[1]") "," SET ("b", "'{{iteration.index}}'"), "{'from':'a','to':'b','each':true}") },
  { "name/output", "unknown-name", ERROR, "/nodes/0/with/value", 2, "assign",
    ONE (SET ("a", "'{{output}}'")),
    DAG_WITH ("'variables':{'v':0}",
              "{'id':'a','type':'set','with':{'value':1},'assign':[{'v':'output'}]}", "") },
  { "name/event", "unknown-name", ERROR, "/nodes/0/with/value", 2, "fsm",
    ONE (SET ("a", "'{{event.name}}'")),
    FSM ("'name':'m'", "{'id':'a'}", "{'from':'a','event':'e','when':'event.data'}") },
  { "name/error", "unknown-name", ERROR, "/nodes/1/with/value", 2, "“input”",
    DAG (SET ("a", "1") "," SET ("b", "'{{error}}'"), EDGE ("a", "b")),
    DAG (SET ("a", "1") "," SET ("b", "'{{input}}'"), "{'from':'a','to':'b','on':'error','when':'error.kind'}") },
  { "name/in-state", "unknown-name", ERROR, "/edges/0/when", 0, NULL,
    DAG (SET ("a", "1") "," SET ("b", "1"), "{'from':'a','to':'b','when':'In (`a`)'}"),
    FSM ("'name':'m'", "{'id':'a'}", "{'from':'a','event':'e','when':'In (`a`)'}") },
  { "name/in-unknown", "unknown-node", ERROR, "/edges/0/when", 1, "busy",
    FSM ("'name':'m'", "{'id':'busy'}", "{'from':'busy','event':'e','when':'!In (\\\"bsuy\\\")'}"),
    FSM ("'name':'m'", "{'id':'busy'}", "{'from':'busy','event':'e','when':'!In (\\\"busy\\\")'}") },
  { "name/visits", "unknown-node", ERROR, "/edges/0/when", 0, "busy",
    FSM ("'name':'m'", "{'id':'busy'}", "{'from':'busy','event':'e','when':'visits (\\\"bsuy\\\")[0]'}"),
    FSM ("'name':'m'", "{'id':'busy'}", "{'from':'busy','event':'e','when':'visits (\\\"busy\\\")[0]'}") },
  { "name/visits-elsewhere", "unknown-name", ERROR, "/nodes/0/with/value", 2, NULL,
    ONE (SET ("a", "'{{visits (`a`)}}'")), ONE (SET ("a", "'{{run.id}}'")) },

  /* Machines */
  { "machine/initial", "bad-initial", ERROR, "/initial", VALUE, "locked",
    FSM ("'initial':'loked'", "{'id':'locked'}", ""), FSM ("'initial':'locked'", "{'id':'locked'}", "") },
  { "machine/initial-outside", "bad-initial", ERROR, "/nodes/0/initial", VALUE, NULL,
    FSM ("'name':'m'", "{'id':'a','initial':'c','nodes':[{'id':'b'}]},{'id':'c'}", EDGE ("a", "c")),
    FSM ("'name':'m'", "{'id':'a','initial':'b','nodes':[{'id':'b'}]},{'id':'c'}", EDGE ("a", "c")) },
  { "machine/initial-edge", "bad-initial", ERROR, "/initial/to/1", VALUE, NULL,
    FSM ("'initial':{'to':['a','z']}", "{'id':'a'}", ""), FSM ("'initial':{'to':['a']}", "{'id':'a'}", "") },
  { "machine/unreachable", "unreachable-state", WARNING, "/nodes/1", VALUE, NULL,
    FSM ("'name':'m'", "{'id':'a'},{'id':'b'}", EDGE ("b", "a")),
    FSM ("'initial':'b'", "{'id':'a'},{'id':'b'}", EDGE ("b", "a")) },
  { "machine/dangling", "dangling-edge", ERROR, "/edges/0/to", VALUE, NULL,
    FSM ("'name':'m'", "{'id':'a'}", EDGE ("a", "zzz")), FSM ("'name':'m'", "{'id':'a'}", EDGE ("a", "a")) },
  { "machine/initial-types", "ill-typed", ERROR, "/initial/to/1", VALUE, NULL,
    FSM ("'initial':{'to':['a',1]}", "{'id':'a'}", ""), FSM ("'initial':{'to':['a','a']}", "{'id':'a'}", "") },
  { "machine/event", "ill-typed", ERROR, "/edges/0/event", VALUE, NULL,
    FSM ("'name':'m'", "{'id':'a'}", "{'from':'a','to':'a','event':1}"),
    FSM ("'name':'m'", "{'id':'a'}", "{'from':'a','to':'a','event':['e','f.*']}") },
  { "action/two-verbs", "bad-action", ERROR, "/nodes/0/entry/0/raise", NAME, "two actions",
    FSM ("'name':'m'", "{'id':'a','entry':[{'log':'x','raise':'e'}]}", "{'from':'a','event':'e'}"),
    FSM ("'name':'m'", "{'id':'a','entry':[{'log':'x'},{'raise':'e'}]}", "{'from':'a','event':'e'}") },
  { "action/no-verb", "bad-action", ERROR, "/nodes/0/exit", VALUE, NULL,
    FSM ("'name':'m'", "{'id':'a','exit':{}}", ""), FSM ("'name':'m'", "{'id':'a','exit':{'log':'x'}}", "") },
  { "action/companion", "bad-action", ERROR, "/nodes/0/entry/0/then", NAME, NULL,
    FSM ("'name':'m'", "{'id':'a','entry':[{'log':'x','then':[{'log':'y'}]}]}", ""),
    FSM ("'name':'m'", "{'id':'a','entry':[{'if':'true','then':[{'log':'y'}]}]}", "") },
  { "action/nested", "bad-expression", ERROR, "/nodes/0/entry/0/then/0/do/0/if", 2, NULL,
    FSM ("'name':'m'", "{'id':'a','entry':[{'if':true,'then':[{'foreach':[1],'do':[{'if':'1 1','then':[]}]}]}]}", ""),
    FSM ("'name':'m'", "{'id':'a','entry':[{'if':true,'then':[{'foreach':[1],'do':[{'if':'1+1','then':[]}]}]}]}", "") },
  { "action/iteration", "unknown-name", ERROR, "/nodes/0/entry/0/foreach", 0, NULL,
    FSM ("'name':'m'", "{'id':'a','entry':[{'foreach':'iteration.value','do':[]}]}", ""),
    FSM ("'name':'m'", "{'id':'a','entry':[{'foreach':[[1]],'do':[{'foreach':'iteration.value','do':"
                       "[{'log':'{{iteration.index}}'}]}]}]}", "") },
  { "assign/shape", "ill-typed", ERROR, "/edges/0/assign", VALUE, NULL,
    FSM ("'variables':{'v':0}", "{'id':'a'}", "{'from':'a','event':'e','assign':{'v':1}}"),
    FSM ("'variables':{'v':0}", "{'id':'a'}", "{'from':'a','event':'e','assign':[{'v':1}]}") },
  { "assign/element", "bad-assign", ERROR, "/edges/0/assign/0", VALUE, NULL,
    FSM ("'variables':{'v':0}", "{'id':'a'}", "{'from':'a','event':'e','assign':['v']}"),
    FSM ("'variables':{'v':0}", "{'id':'a'}", "{'from':'a','event':'e','assign':[{'v.total':'event.data'}]}") },
  { "assign/target", "unknown-variable", ERROR, "/edges/0/assign/0/coin", NAME, "coins",
    FSM ("'variables':{'coins':0}", "{'id':'a'}", "{'from':'a','event':'e','assign':[{'coin':1}]}"),
    FSM ("'variables':{'coins':0}", "{'id':'a'}", "{'from':'a','event':'e','assign':[{'coins':1}]}") },
  { "machine/do", "unknown-type", ERROR, "/nodes/0/do/0/type", VALUE, "set",
    FSM ("'name':'m'", "{'id':'a','do':[{'type':'sett','with':{'value':1}}]}", ""),
    FSM ("'name':'m'", "{'id':'a','do':[{'type':'set','with':{'value':'{{event.data}}'}}]}", "") },

  /* What nodes have beside their parameters */
  { "output-schema/wrong", "bad-schema", ERROR, "/nodes/0/output-schema/properties/a~1b/type", VALUE, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'output-schema':{'properties':{'a/b':{'type':'text'}}}}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'output-schema':{'properties':{'a/b':{'type':'string','default':'{{'}}}}") },
  { "output-schema/keyword", "bad-schema", ERROR, "/nodes/0/output-schema/allOf/1/if", VALUE, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'output-schema':{'allOf':[true,{'if':true}]}}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'output-schema':false}") },
  { "output-schema/type", "ill-typed", ERROR, "/nodes/0/output-schema", VALUE, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'output-schema':'object'}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'output-schema':{'type':'object'}}") },
  { "state/first", "unknown-name", ERROR, "/nodes/0/state/n", 2, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'state':{'n':'{{input}}'}}"),
    DAG_WITH ("'inputs':{'i':{}}", "{'id':'a','type':'set','with':{'value':1},'state':{'n':'{{inputs.i}}'}}", "") },
  { "state/none", "unknown-name", ERROR, "/nodes/0/with/value", 2, "member “state”",
    ONE ("{'id':'a','type':'set','with':{'value':'{{state.n}}'}}"),
    ONE ("{'id':'a','type':'set','with':{'value':'{{state.n}}'},'state':{'n':'{{1 + 1}}'},'keep':true}") },
  { "state/of-the-source", "unknown-name", ERROR, "/edges/0/when", 0, NULL,
    DAG (SET ("a", "1") ",{'id':'b','type':'set','with':{'value':1},'state':{}}", "{'from':'a','to':'b','when':'state.n'}"),
    DAG ("{'id':'a','type':'set','with':{'value':1},'state':{}}," SET ("b", "1"), "{'from':'a','to':'b','when':'state.n'}") },
  { "state/elsewhere", "unknown-name", ERROR, "/result", 0, "on edges that leave it",
    DAG_WITH ("'result':'state.n'", "{'id':'a','type':'set','with':{'value':1},'state':{'n':1}}", ""),
    DAG_WITH ("'result':1", "{'id':'a','type':'set','with':{'value':1},'state':{'n':1}}", "") },
  { "state/assigned", "unknown-variable", ERROR, "/nodes/0/assign/0/state.n", NAME, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'assign':[{'state.n':1}]}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'state':{'n':0},'assign':[{'state.n':'state.n + 1'}]}") },
  { "state/assigned-whole", "unknown-variable", ERROR, "/nodes/0/assign/0/state", NAME, NULL,
    ONE ("{'id':'a','type':'set','with':{'value':1},'state':{},'assign':[{'state':1}]}"),
    ONE ("{'id':'a','type':'set','with':{'value':1},'state':{},'assign':[{'state.a.b':1}]}") },
  { "shared/breaker", "other-settings", WARNING, "/nodes/1/circuit-breaker", VALUE, "/nodes/0/circuit-breaker",
    DAG ("{'id':'a','type':'set','with':{'value':1},'circuit-breaker':{'name':'n','failures':2}},"
         "{'id':'b','type':'set','with':{'value':1},'circuit-breaker':{'name':'n','failures':3}}", EDGE ("a", "b")),
    DAG ("{'id':'a','type':'set','with':{'value':1},'circuit-breaker':{'name':'n','cool-down':'1m'}},"
         "{'id':'b','type':'set','with':{'value':1},'circuit-breaker':{'name':'n','cool-down':60}}", EDGE ("a", "b")) },
  { "shared/limit", "other-settings", WARNING, "/nodes/1/rate-limit", VALUE, "/nodes/0/rate-limit",
    DAG ("{'id':'a','type':'set','with':{'value':1},'rate-limit':{'name':'n','limit':2,'per':1}},"
         "{'id':'b','type':'set','with':{'value':1},'rate-limit':{'name':'n','limit':2,'per':2}}", EDGE ("a", "b")),
    DAG ("{'id':'a','type':'set','with':{'value':1},'rate-limit':{'name':'n','limit':2,'per':1}},"
         "{'id':'b','type':'set','with':{'value':1},'rate-limit':{'name':'m','limit':2,'per':2}}", EDGE ("a", "b")) },

  /* Bodies */
  { "body/cycle", "cycle", ERROR, "/nodes/0/body/edges/1", VALUE, NULL,
    ONE ("{'id':'a','type':'foreach','with':{'items':[]},'body':{'nodes':[" SET ("x", "1") "," SET ("y", "1") "],"
         "'edges':[" EDGE ("x", "y") "," EDGE ("y", "x") "]}}"),
    ONE ("{'id':'a','type':'foreach','with':{'items':[]},'body':{'nodes':[" SET ("x", "1") "," SET ("y", "1") "],"
         "'edges':[" EDGE ("x", "y") "]}}") },
  { "body/namespace", "duplicate-id", ERROR, "/nodes/0/body/nodes/1/id", VALUE, NULL,
    ONE ("{'id':'a','type':'foreach','with':{'items':[]},'body':{'nodes':[" SET ("x", "1") "," SET ("x", "1") "]}}"),
    ONE ("{'id':'a','type':'foreach','with':{'items':[]},'body':{'nodes':[" SET ("a", "1") "," SET ("x", "1") "]}}") },
  { "body/outer-name", "not-upstream", WARNING, "/nodes/0/body/nodes/0/with/value", 2, NULL,
    DAG ("{'id':'a','type':'foreach','with':{'items':[]},'body':{'nodes':[" SET ("x", "'{{nodes.b.output}}'") "]}},"
         SET ("b", "1"), EDGE ("a", "b")),
    DAG ("{'id':'a','type':'foreach','with':{'items':[]},'body':{'nodes':[" SET ("x", "'{{nodes.b.output}}'") "]}},"
         SET ("b", "1"), EDGE ("b", "a")) },
  { "body/inner-name", "unknown-node", ERROR, "/result", 0, NULL,
    DAG_WITH ("'result':'nodes.x.output'",
              "{'id':'a','type':'foreach','with':{'items':[]},'body':{'nodes':[" SET ("x", "1") "]}}", ""),
    DAG_WITH ("'result':'nodes.a.output'",
              "{'id':'a','type':'foreach','with':{'items':[]},'body':{'nodes':[" SET ("x", "1") "]}}", "") },
  { "body/iteration", "unknown-name", ERROR, "/nodes/0/body/nodes/0/with/value", 2, NULL,
    ONE ("{'id':'a','type':'try','body':{'nodes':[" SET ("x", "'{{iteration.index}}'") "]}}"),
    ONE ("{'id':'a','type':'while','with':{'condition':false},'body':{'nodes':[" SET ("x", "'{{iteration.index}}'") "]}}") },
  { "body/of-a-task", "cycle", ERROR, "/nodes/0/do/1/body/nodes/0/body/edges/1", VALUE, NULL,
    FSM ("'name':'m'",
         "{'id':'a','do':[{'type':'set','with':{'value':1}},{'type':'while','with':{'condition':false},'body':{'kind':'dag','nodes':["
         "{'id':'w','type':'while','with':{'condition':false},'body':{'nodes':[" SET ("x", "'{{event}} {{iteration.index}}'") "," SET ("y", "1") "],"
         "'edges':[" EDGE ("x", "y") "," EDGE ("y", "x") "]}}]}}]}", ""),
    FSM ("'name':'m'",
         "{'id':'a','do':[{'type':'set','with':{'value':1}},{'type':'while','with':{'condition':false},'body':{'kind':'dag','nodes':["
         "{'id':'w','type':'while','with':{'condition':false},'body':{'nodes':[" SET ("x", "'{{event}} {{iteration.index}}'") "," SET ("y", "1") "],"
         "'edges':[" EDGE ("x", "y") "]}}]}}]}", "") },
  { "body/of-a-task-of-its-kind", "missing-member", ERROR, "/nodes/0/do/catch/nodes/0/type", VALUE, NULL,
    FSM ("'name':'m'", "{'id':'a','do':{'type':'try','body':{'nodes':[{'id':'b'}]},'catch':{'kind':'dag','nodes':[{'id':'x'}]}}}", ""),
    FSM ("'name':'m'", "{'id':'a','do':{'type':'try','body':{'nodes':[{'id':'b'}]},'catch':{'nodes':[{'id':'x'}]}}}", "") },
  { "body/error", "unknown-name", ERROR, "/nodes/0/body/nodes/0/with/value", 2, NULL,
    ONE ("{'id':'a','type':'try','body':{'nodes':[" SET ("x", "'{{error}}'") "]}}"),
    ONE ("{'id':'a','type':'try','body':{'nodes':[" SET ("x", "1") "]},'catch':{'nodes':[" SET ("x", "'{{error}}'") "]}}") },
};

static const Row *
find_row (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_str_equal (rows[i].name, name))
        return &rows[i];
    }

  return NULL;
}

/* What nobody knows is an error then, but not what is somebody's own. */
static void
test_strict (void)
{
  static const char *const names[] = {
    "member/unknown", "member/unknown-of-node", "parameter/unknown", "member/of-other-kind"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const Row *row = find_row (names[i]);
      guint n_errors;
      g_autoptr(GListStore) bad = fixture_check (row->bad, TRUE, &n_errors);
      g_autoptr(GListStore) good = NULL;

      g_assert_cmpuint (n_errors, ==, 1);
      good = fixture_check (row->good, TRUE, &n_errors);
      g_assert_cmpuint (n_errors, ==, 0);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (good)), ==, 0);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bad)), ==, 1);
    }
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

/* What messages must tell. */
static void
test_messages (void)
{
  assert_message (find_row ("edge/cycle")->bad, "a → b → c → a");
  assert_message (find_row ("edge/self-loop")->bad, "a → a");
  assert_message (find_row ("member/ill-typed")->bad, "expected a whole number, found a text");
  assert_message (find_row ("parameter/choice")->bad, "text, json, lines");
  assert_message (find_row ("expression/regexp")->bad, "matches");
}

/* Where diagnostics are, in words. */
static void
test_places (void)
{
  g_autoptr(GListStore) diagnostics = fixture_check (find_row ("parameter/ill-typed-element")->bad, FALSE, NULL);
  g_autoptr(FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), 0);

  g_assert_cmpstr (fermata_diagnostic_get_node (diagnostic), ==, "a");
  g_assert_cmpstr (fermata_diagnostic_get_member (diagnostic), ==, "with.argv[1]");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  row_add_tests ("/check/codes/", rows, G_N_ELEMENTS (rows));
  g_test_add_func ("/check/codes/strict", test_strict);
  g_test_add_func ("/check/codes/messages", test_messages);
  g_test_add_func ("/check/codes/places", test_places);

  return g_test_run ();
}
