/* test-check-machines.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/check-rows.h"

/* What only state machines can be wrong about. */

#define HINT FERMATA_SEVERITY_HINT

#define M "'name':'m'"
#define ON(from, to, event) "{'from':'" from "','to':'" to "','event':'" event "'}"
#define ONLY_ON(from, event) "{'from':'" from "','event':'" event "'}"
#define IN(id, states) "{'id':'" id "','nodes':[" states "]}"
#define PARALLEL(id, states) "{'id':'" id "','type':'parallel','nodes':[" states "]}"
#define S(id) "{'id':'" id "'}"
#define ENDS(id) "{'id':'" id "','type':'final'}"
#define TASK(id) "{'id':'" id "','type':'set','with':{'value':1}}"

/* p is parallel: a (a1, a2), b (b1, b2) */
#define REGIONS PARALLEL ("p", IN ("a", S ("a1") "," S ("a2")) "," IN ("b", S ("b1") "," S ("b2")))
#define MOVES ON ("a1", "a2", "go") "," ON ("b1", "b2", "went")

/* Two states in different parts of a parallel one that assign the same on these */
#define BOTH(one, other) \
  "{'from':'a1','to':'a2'," one ",'assign':[{'n':'1'}]},{'from':'b1','to':'b2'," other ",'assign':[{'n':'2'}]}"
#define N "'variables':{'n':0}"

static const Row rows[] = {
  /* What each type has */
  { "final/nodes", "bad-state", ERROR, "/nodes/1/nodes", NAME, NULL,
    FSM (M, S ("a") ",{'id':'z','type':'final','nodes':[" S ("b") "]}", ON ("a", "b", "e")),
    FSM (M, S ("a") ",{'id':'z','type':'final','nodes':[]}", ON ("a", "z", "e")) },
  { "final/do", "bad-state", ERROR, "/nodes/1/do", NAME, "any more",
    FSM (M, S ("a") ",{'id':'z','type':'final','do':" TASK ("t") "}", ON ("a", "z", "e")),
    FSM (M, "{'id':'a','do':" TASK ("t") "},{'id':'z','type':'final','entry':{'log':1},'exit':{'log':1}}", ON ("a", "z", "e")) },
  { "final/edge", "bad-edge", ERROR, "/edges/2/from", VALUE, "done.state.a",
    FSM (M, IN ("a", S ("a1") "," ENDS ("z")), ON ("a1", "z", "e") "," ON ("a", "a1", "done.state.a") "," ON ("z", "a1", "f")),
    FSM (M, IN ("a", S ("a1") "," ENDS ("z")), ON ("a1", "z", "e") "," ON ("a", "a1", "done.state.a") "," ON ("a", "a1", "f")) },
  { "final/data", "bad-state", ERROR, "/nodes/0/data", NAME, "final state",
    FSM (M, "{'id':'a','data':1}", ""), FSM (M, "{'id':'a','type':'final','data':1}", "") },
  { "final/region", "final-region", WARNING, "/nodes/0/nodes/1/type", VALUE, "compound",
    FSM (M, PARALLEL ("p", S ("a") "," ENDS ("b")), ""),
    FSM (M, PARALLEL ("p", S ("a") "," IN ("b", ENDS ("c"))), "") },
  { "parallel/initial", "bad-state", ERROR, "/nodes/0/initial", NAME, "all states",
    FSM (M, "{'id':'p','type':'parallel','initial':'a','nodes':[" S ("a") "," S ("b") "]}", ""),
    FSM (M, "{'id':'p','initial':'a','nodes':[" S ("a") "," S ("b") "]}", ON ("a", "b", "e")) },
  { "parallel/empty", "bad-state", ERROR, "/nodes/0/type", VALUE, NULL,
    FSM (M, "{'id':'p','type':'parallel'}", ""), FSM (M, PARALLEL ("p", S ("a")), "") },
  { "compound/empty", "bad-state", ERROR, "/nodes/0/type", VALUE, NULL,
    FSM (M, "{'id':'c','type':'compound','nodes':[]}", ""), FSM (M, "{'id':'c','type':'compound','nodes':[" S ("a") "]}", "") },
  { "atomic/nodes", "bad-state", ERROR, "/nodes/0/nodes", NAME, NULL,
    FSM (M, "{'id':'a','type':'atomic','nodes':[" S ("b") "]}", ON ("a", "b", "e")),
    FSM (M, "{'id':'a','type':'compound','nodes':[" S ("b") "]}", ON ("a", "b", "e")) },
  { "atomic/initial", "bad-initial", ERROR, "/nodes/0/initial", VALUE, NULL,
    FSM (M, "{'id':'a','initial':'b'}," S ("b"), ON ("a", "b", "e")), FSM ("'initial':'b'", S ("a") "," S ("b"), ON ("b", "a", "e")) },

  /* History */
  { "history/at-the-top", "bad-state", ERROR, "/nodes/1/type", VALUE, NULL,
    FSM (M, S ("a") ",{'id':'h','type':'history','initial':'a'}", ON ("a", "h", "e")),
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history','initial':'a'}"), ON ("a", "h", "e")) },
  { "history/entry", "bad-state", ERROR, "/nodes/0/nodes/1/entry", NAME, "never active",
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history','initial':'a','entry':[]}"), ON ("a", "h", "e")),
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history','initial':{'to':'a','actions':[]}}"), ON ("a", "h", "e")) },
  { "history/do", "bad-state", ERROR, "/nodes/0/nodes/1/do", NAME, NULL,
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history','initial':'a','do':" TASK ("t") "}"), ON ("a", "h", "e")),
    FSM (M, IN ("c", "{'id':'a','do':" TASK ("t") "},{'id':'h','type':'history','initial':'a'}"), ON ("a", "h", "e")) },
  { "history/of-others", "bad-state", ERROR, "/nodes/0/history", NAME, "“\"type\": \"history\"”",
    FSM (M, "{'id':'a','history':'deep'}", ""),
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history','history':'deep','initial':'a'}"), ON ("a", "h", "e")) },
  { "history/no-default", "no-default", HINT, "/nodes/0/nodes/1", VALUE, "initial",
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history'}"), ON ("a", "h", "e")),
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history'}"), ON ("a", "h", "e") "," EDGE ("h", "a")) },
  { "history/two-defaults", "bad-history", ERROR, "/edges/1", VALUE, "/nodes/0/nodes/1/initial",
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history','initial':'a'}"), ON ("a", "h", "e") "," EDGE ("h", "a")),
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history'}"), ON ("a", "h", "e") "," EDGE ("h", "a")) },
  { "history/two-edges", "bad-history", ERROR, "/edges/2", VALUE, "/edges/1",
    FSM (M, IN ("c", S ("a") "," S ("b") ",{'id':'h','type':'history'}"), ON ("a", "h", "e") "," EDGE ("h", "a") "," EDGE ("h", "b")),
    FSM (M, IN ("c", S ("a") "," S ("b") ",{'id':'h','type':'history'}"), ON ("a", "h", "e") "," EDGE ("h", "a") "," ON ("a", "b", "f")) },
  { "history/event", "bad-history", ERROR, "/edges/1/event", NAME, NULL,
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history'}"), ON ("a", "h", "e") "," ON ("h", "a", "f")),
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history'}"), ON ("a", "h", "e") ",{'from':'h','to':'a','actions':[{'log':1}]}") },
  { "history/when", "bad-history", ERROR, "/edges/1/when", NAME, NULL,
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history'}"), ON ("a", "h", "e") ",{'from':'h','to':'a','when':'1 > 0'}"),
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history'}"), ON ("a", "h", "e") "," EDGE ("h", "a")) },
  { "history/nowhere", "bad-history", ERROR, "/edges/1", VALUE, NULL,
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history'}"), ON ("a", "h", "e") ",{'from':'h'}"),
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history'}"), ON ("a", "h", "e") "," EDGE ("h", "a")) },
  { "history/outside", "bad-history", ERROR, "/edges/1/to", VALUE, NULL,
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history'}") "," S ("b"), ON ("a", "h", "e") "," EDGE ("h", "b")),
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history'}") "," S ("b"), ON ("a", "h", "e") "," EDGE ("h", "a") "," ON ("a", "b", "f")) },
  { "history/outside-initial", "bad-history", ERROR, "/nodes/0/nodes/1/initial", VALUE, NULL,
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history','initial':'b'}") "," S ("b"), ON ("a", "h", "e")),
    FSM (M, IN ("c", IN ("a", S ("b")) ",{'id':'h','type':'history','initial':'b'}"), ON ("a", "h", "e")) },
  { "history/beside", "bad-history", ERROR, "/edges/1/to", VALUE, NULL,
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history'},{'id':'i','type':'history','initial':'a'}"), ON ("a", "h", "e") "," EDGE ("h", "i")),
    FSM (M, IN ("c", IN ("a", S ("b") ",{'id':'i','type':'history','initial':'b'}") ",{'id':'h','type':'history'}"), ON ("a", "h", "e") "," EDGE ("h", "i")) },

  /* Illegal configurations */
  { "targets/siblings", "bad-targets", ERROR, "/edges/0/to/1", VALUE, "“c”",
    FSM (M, S ("s") "," IN ("c", S ("a") "," S ("b")), "{'from':'s','to':['a','b'],'event':'e'}"),
    FSM (M, S ("s") "," PARALLEL ("c", S ("a") "," S ("b")), "{'from':'s','to':['a','b'],'event':'e'}") },
  { "targets/at-the-top", "bad-targets", ERROR, "/edges/0/to/1", VALUE, "at the top",
    FSM (M, S ("s") "," S ("a") "," S ("b"), "{'from':'s','to':['b','a'],'event':'e'}"),
    FSM (M, S ("s") "," S ("a") "," S ("b"), "{'from':'s','to':['a','a'],'event':'e'}," ON ("s", "b", "f")) },
  { "targets/deep", "bad-targets", ERROR, "/edges/0/to/2", VALUE, "“b”",
    FSM (M, S ("s") "," REGIONS, "{'from':'s','to':['b2','a2','b1'],'event':'e'}," MOVES),
    FSM (M, S ("s") "," REGIONS, "{'from':'s','to':['b2','a2','b'],'event':'e'}," MOVES) },
  { "targets/in-themselves", "bad-targets", ERROR, "/edges/0/to/2", VALUE, "“a”",
    FSM (M, S ("s") "," REGIONS, "{'from':'s','to':['p','a1','a2'],'event':'e'}," MOVES),
    FSM (M, S ("s") "," REGIONS, "{'from':'s','to':['p','a','a2'],'event':'e'}," MOVES) },
  { "targets/none", "bad-targets", ERROR, "/edges/0/to", VALUE, NULL,
    FSM (M, S ("s"), "{'from':'s','to':[],'event':'e'}"), FSM (M, S ("s"), "{'from':'s','to':['s'],'event':'e'}") },
  { "targets/of-initial", "bad-targets", ERROR, "/nodes/0/initial/1", VALUE, "“c”",
    FSM (M, "{'id':'c','initial':['a','b'],'nodes':[" S ("a") "," S ("b") "]}", ""),
    FSM (M, "{'id':'c','initial':['a2','b'],'nodes':[" REGIONS "]}", ON ("a2", "a1", "e") "," ON ("b1", "b2", "went")) },
  { "targets/of-initial-edge", "bad-targets", ERROR, "/initial/to/1", VALUE, "at the top",
    FSM ("'initial':{'to':['a','b']}", S ("a") "," S ("b"), ""),
    FSM ("'initial':{'to':['a1','b1']}", REGIONS, MOVES) },
  { "initial/outside-deep", "bad-initial", ERROR, "/nodes/0/nodes/0/initial", VALUE, NULL,
    FSM (M, IN ("a", "{'id':'b','initial':'d','nodes':[" S ("c") "]}," S ("d")), ON ("c", "d", "e")),
    FSM (M, IN ("a", "{'id':'b','initial':'c','nodes':[" S ("c") "]}," S ("d")), ON ("c", "d", "e")) },
  { "initial/itself", "bad-initial", ERROR, "/nodes/0/initial", VALUE, NULL,
    FSM (M, "{'id':'a','initial':'a','nodes':[" S ("b") "]}", ""),
    FSM (M, "{'id':'a','initial':'b','nodes':[" S ("b") "]}", "") },

  /* Unreachable states */
  { "reach/inner", "unreachable-state", WARNING, "/nodes/1/nodes/0", VALUE, NULL,
    FSM (M, S ("s") "," IN ("c", S ("a") "," S ("b")), ON ("s", "b", "e")),
    FSM (M, S ("s") "," IN ("c", S ("a") "," S ("b")), ON ("s", "b", "e") "," ON ("b", "c", "f")) },
  { "reach/ring", "unreachable-state", WARNING, "/nodes/1", VALUE, NULL,
    FSM (M, S ("s") "," IN ("c", S ("a") "," S ("b")), ON ("a", "b", "e") "," ON ("b", "a", "e")),
    FSM (M, S ("s") "," IN ("c", S ("a") "," S ("b")), ON ("a", "b", "e") "," ON ("b", "a", "e") "," ON ("s", "c", "e")) },
  { "reach/region", "unreachable-state", WARNING, "/nodes/1/nodes/0/nodes/0", VALUE, NULL,
    FSM (M, S ("s") "," REGIONS, ON ("s", "a2", "e") "," ON ("b1", "b2", "f")),
    FSM (M, S ("s") "," REGIONS, ON ("s", "a2", "e") "," ON ("b1", "b2", "f") "," ON ("s", "b2", "g")) },
  { "reach/history", "unreachable-state", WARNING, "/nodes/0/nodes/1", VALUE, NULL,
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history','initial':'a'}"), ""),
    FSM (M, IN ("c", S ("a") ",{'id':'h','type':'history','initial':'a'}"), ON ("c", "h", "e")) },

  /* Edges that can never be taken */
  { "never/same-event", "never-taken", WARNING, "/edges/1/event", VALUE, "/edges/0",
    FSM (M, S ("a") "," S ("b"), ON ("a", "b", "e") "," ON ("a", "a", "e")),
    FSM (M, S ("a") "," S ("b"), "{'from':'a','to':'b','event':'e','when':'1 > 0'}," ON ("a", "a", "e")) },
  { "never/prefix", "never-taken", WARNING, "/edges/1/event", VALUE, "/edges/0",
    FSM (M, S ("a") "," S ("b"), ON ("a", "b", "error") "," ON ("a", "a", "error.execution")),
    FSM (M, S ("a") "," S ("b"), ON ("a", "b", "error.execution") "," ON ("a", "a", "error")) },
  { "never/whole-tokens", "never-taken", WARNING, "/edges/2/event", VALUE, "/edges/0",
    FSM (M, S ("a"), ONLY_ON ("a", "err.*") "," ONLY_ON ("a", "error") "," ONLY_ON ("a", "err")),
    FSM (M, S ("a"), ONLY_ON ("a", "err.*") "," ONLY_ON ("a", "error") "," ONLY_ON ("a", "er")) },
  { "never/all", "never-taken", WARNING, "/edges/1/event", VALUE, "/edges/0",
    FSM (M, S ("a"), ONLY_ON ("a", "*") "," ONLY_ON ("a", "x.y")),
    FSM (M, S ("a"), ONLY_ON ("a", "x.y") "," ONLY_ON ("a", "*")) },
  { "never/array", "never-taken", WARNING, "/edges/2/event", VALUE, "/edges/1",
    FSM (M, S ("a"), ONLY_ON ("a", "x y") "," ONLY_ON ("a", "z") ",{'from':'a','event':['y','x.1','z.']}"),
    FSM (M, S ("a"), ONLY_ON ("a", "x y") "," ONLY_ON ("a", "z") ",{'from':'a','event':['y','x.1','w']}") },
  { "never/literal-guard", "never-taken", WARNING, "/edges/1/event", VALUE, "/edges/0",
    FSM (M, S ("a"), "{'from':'a','event':'e','when':true}," ONLY_ON ("a", "e")),
    FSM (M, S ("a"), "{'from':'a','event':'e','when':'true'}," ONLY_ON ("a", "e")) },
  { "never/false", "never-taken", WARNING, "/edges/0/when", VALUE, NULL,
    FSM (M, S ("a"), "{'from':'a','event':'e','when':false}," ONLY_ON ("a", "e")),
    FSM (M, S ("a"), "{'from':'a','event':'e','when':'In (`a`)'}," ONLY_ON ("a", "e")) },
  { "never/eventless", "never-taken", WARNING, "/edges/1", VALUE, "/edges/0",
    FSM (M, S ("a") "," S ("b"), EDGE ("a", "b") ",{'from':'a','to':'b','when':'1 > 0'}"),
    FSM (M, S ("a") "," S ("b"), "{'from':'a','to':'b','when':'1 > 0'}," EDGE ("a", "b")) },
  { "never/left-at-once", "never-taken", WARNING, "/edges/0/event", VALUE, "/edges/1",
    FSM (M, S ("a") "," S ("b"), ON ("a", "b", "e") "," EDGE ("a", "b")),
    FSM (M, S ("a") "," S ("b"), ON ("a", "b", "e") ",{'from':'a','to':'b','when':'1 > 0'}") },
  { "never/after-left-at-once", "never-taken", WARNING, "/edges/0/after", VALUE, "/edges/1",
    FSM (M, S ("a") "," S ("b"), "{'from':'a','to':'b','after':1}," EDGE ("a", "b")),
    FSM (M, S ("a") "," S ("b"), "{'from':'a','to':'b','after':1}," ON ("a", "b", "*")) },
  { "never/of-a-descendant", "never-taken", WARNING, "/edges/2/event", VALUE, "/edges/1",
    FSM (M, IN ("c", S ("a")), ON ("a", "c", "e") "," ON ("c", "a", "e") "," ON ("c", "a", "e")),
    FSM (M, IN ("c", S ("a")), ON ("a", "c", "e") "," ON ("c", "a", "e") "," ON ("c", "a", "f")) },

  /* Edges */
  { "edge/after-and-event", "after-and-event", ERROR, "/edges/0/after", NAME, "two edges",
    FSM (M, S ("a"), "{'from':'a','to':'a','event':'e','after':'1s'}"),
    FSM (M, S ("a"), "{'from':'a','to':'a','event':'e'},{'from':'a','to':'a','after':'1s'}") },
  { "edge/after-negative", "bad-duration", ERROR, "/edges/0/after", VALUE, NULL,
    FSM (M, S ("a"), "{'from':'a','to':'a','after':-1}"), FSM (M, S ("a"), "{'from':'a','to':'a','after':0}") },
  { "edge/endless", "endless-edge", WARNING, "/edges/0", VALUE, "“event”",
    FSM (M, S ("a"), "{'from':'a','actions':[{'log':1}]}"),
    FSM (M, S ("a"), "{'from':'a','actions':[{'log':1}],'when':'run.step > 1'}") },
  { "edge/internal-outside", "no-effect", WARNING, "/edges/0/internal", NAME, "“b”",
    FSM (M, IN ("c", S ("a")) "," S ("b"), "{'from':'c','to':'b','event':'e','internal':true}"),
    FSM (M, IN ("c", S ("a")) "," S ("b"), "{'from':'c','to':'a','event':'e','internal':true}," ON ("c", "b", "f")) },
  { "edge/internal-atomic", "no-effect", WARNING, "/edges/0/internal", NAME, "compound",
    FSM (M, S ("a"), "{'from':'a','to':'a','event':'e','internal':true}"),
    FSM (M, S ("a"), "{'from':'a','to':'a','event':'e','internal':false}") },
  { "edge/internal-parallel", "no-effect", WARNING, "/edges/0/internal", NAME, "compound",
    FSM (M, REGIONS, "{'from':'p','to':'a2','event':'e','internal':true}," MOVES),
    FSM (M, REGIONS, "{'from':'a','to':'a2','event':'e','internal':true}," MOVES) },
  { "edge/internal-stays", "no-effect", WARNING, "/edges/0/internal", NAME, "“to”",
    FSM (M, IN ("c", S ("a")), "{'from':'c','event':'e','internal':true}"),
    FSM (M, IN ("c", S ("a")), "{'from':'c','event':'e'}") },
  { "edge/no-event", "bad-event", ERROR, "/edges/0/event", VALUE, NULL,
    FSM (M, S ("a"), "{'from':'a','to':'a','event':''}"), FSM (M, S ("a"), "{'from':'a','to':'a','event':'e f'}") },
  { "edge/no-events", "bad-event", ERROR, "/edges/0/event", VALUE, NULL,
    FSM (M, S ("a"), "{'from':'a','to':'a','event':[]}"), FSM (M, S ("a"), "{'from':'a','to':'a','event':['e','f']}") },
  { "edge/odd-star", "bad-event", WARNING, "/edges/0/event/1", VALUE, "“.*”",
    FSM (M, S ("a"), "{'from':'a','to':'a','event':['e','mouse*']}"),
    FSM (M, S ("a"), "{'from':'a','to':'a','event':['e','mouse.*']}") },
  { "edge/only-dots", "bad-event", ERROR, "/edges/0/event", VALUE, NULL,
    FSM (M, S ("a"), "{'from':'a','to':'a','event':'.*'}"), FSM (M, S ("a"), "{'from':'a','to':'a','event':'*'}") },

  /* Events */
  { "event/unhandled", "unhandled-event", HINT, "/nodes/0/entry/raise", VALUE, "opened",
    FSM (M, "{'id':'a','entry':{'raise':'openned'}}", ONLY_ON ("a", "opened")),
    FSM (M, "{'id':'a','entry':{'raise':'opened'}}", ONLY_ON ("a", "opened")) },
  { "event/unhandled-object", "unhandled-event", HINT, "/edges/0/actions/0/send/event", VALUE, NULL,
    FSM (M, S ("a"), "{'from':'a','event':'e','actions':[{'send':{'event':'f.g','delay':'1s'}}]}"),
    FSM (M, S ("a"), "{'from':'a','event':'e','actions':[{'send':{'event':'e.g','delay':'1s'}}]}") },
  { "event/sent-elsewhere", "unhandled-event", HINT, "/nodes/0/entry/0/send/event", VALUE, NULL,
    FSM (M, "{'id':'a','entry':[{'send':{'event':'f','to':'#_internal'}}]}", ""),
    FSM (M, "{'id':'a','entry':[{'send':{'event':'f','to':'#_parent'}},{'send':{'event':'f','to':'http://x'}},"
         "{'send':'{{1 + 1}}'}]}", "") },
  { "event/forwarded", "unhandled-event", HINT, "/nodes/0/entry/send", VALUE, NULL,
    FSM (M, "{'id':'a','entry':{'send':'f'},'do':{'type':'set','with':{'value':1},'autoforward':false}}", ""),
    FSM (M, "{'id':'a','entry':{'send':'f'},'do':{'type':'set','with':{'value':1},'autoforward':true}}", "") },
  { "event/not-a-name", "bad-event", ERROR, "/nodes/0/entry/raise", VALUE, NULL,
    FSM (M, "{'id':'a','entry':{'raise':'x y'}}", ONLY_ON ("a", "x y")),
    FSM (M, "{'id':'a','entry':{'raise':'x.y'}}", ONLY_ON ("a", "x y")) },
  { "event/like-an-internal-one", "reserved-event", WARNING, "/nodes/0/entry/raise", VALUE, "something else",
    FSM (M, "{'id':'a','entry':{'raise':'done.state.b'}}", ONLY_ON ("a", "done.state.b")),
    FSM (M, "{'id':'a','entry':{'raise':'done.work'}}", ONLY_ON ("a", "done.work")) },
  { "event/like-an-error", "reserved-event", WARNING, "/nodes/0/entry/send", VALUE, NULL,
    FSM (M, "{'id':'a','entry':{'send':'error.execution'}}", ONLY_ON ("a", "error")),
    FSM (M, "{'id':'a','entry':{'send':'error.order'}}", ONLY_ON ("a", "error")) },
  { "event/done-of-no-state", "unknown-event", WARNING, "/edges/1/event", VALUE, "“work”",
    FSM (M, IN ("work", S ("a") "," ENDS ("z")), ON ("a", "z", "e") "," ONLY_ON ("work", "done.state.wokr")),
    FSM (M, IN ("work", S ("a") "," ENDS ("z")), ON ("a", "z", "e") "," ONLY_ON ("work", "done.state.work")) },
  { "event/done-of-atomic", "unknown-event", WARNING, "/edges/0/event/1", VALUE, "compound",
    FSM (M, S ("a"), "{'from':'a','event':['e','done.state.a']}"),
    FSM (M, IN ("a", S ("b") "," ENDS ("z")), "{'from':'a','event':['e','done.state.a']}," ON ("b", "z", "f")) },
  { "event/done-without-final", "unknown-event", WARNING, "/edges/0/event", VALUE, "final state",
    FSM (M, IN ("a", S ("b")), ONLY_ON ("a", "done.state.a")),
    FSM (M, IN ("a", ENDS ("b")), ONLY_ON ("a", "done.state.a")) },
  { "event/done-of-parallel", "unknown-event", WARNING, "/edges/0/event", VALUE, "each state",
    FSM (M, PARALLEL ("p", IN ("a", ENDS ("x")) "," IN ("b", S ("y"))), ONLY_ON ("p", "done.state.p")),
    FSM (M, PARALLEL ("p", IN ("a", ENDS ("x")) "," IN ("b", ENDS ("y")) ",{'id':'h','type':'history','initial':'x'}"),
         ONLY_ON ("p", "done.state.p") "," ON ("p", "h", "e")) },
  { "event/done-of-no-task", "unknown-event", WARNING, "/edges/0/event", VALUE, "“fetch”",
    FSM (M, "{'id':'a','do':[" TASK ("fetch") "]}", ONLY_ON ("a", "done.invoke.fecth")),
    FSM (M, "{'id':'a','do':[" TASK ("fetch") "]}", ONLY_ON ("a", "done.invoke.fetch") "," ONLY_ON ("a", "done.invoke.*")) },
  { "event/error-of-no-task", "unknown-event", WARNING, "/edges/0/event", VALUE, NULL,
    FSM (M, "{'id':'a','do':{'type':'set','with':{'value':1}}}", ONLY_ON ("a", "error.invoke.b")),
    FSM (M, "{'id':'a','do':{'type':'set','with':{'value':1}}}", ONLY_ON ("a", "error.invoke.a")) },
  { "event/of-a-nameless-task", "unknown-event", WARNING, "/edges/0/event", VALUE, NULL,
    FSM (M, "{'id':'a','do':[{'type':'set','with':{'value':1}}," TASK ("b") "]}", ONLY_ON ("a", "done.invoke.a#2")),
    FSM (M, "{'id':'a','do':[{'type':'set','with':{'value':1}},{'type':'set','with':{'value':1}}]}", ONLY_ON ("a", "done.invoke.a#2")) },

  /* Tasks */
  { "task/duplicate", "duplicate-id", ERROR, "/nodes/0/do/1", VALUE, "/nodes/0/do",
    FSM (M, "{'id':'a','do':[" TASK ("t") "," TASK ("t") "]}", ""),
    FSM (M, "{'id':'a','do':[" TASK ("t") "," TASK ("u") "]}", "") },
  { "task/duplicate-at-once", "duplicate-id", WARNING, "/nodes/0/nodes/0/do", VALUE, "/nodes/0/do",
    FSM (M, "{'id':'a','do':" TASK ("t") ",'nodes':[{'id':'b','do':" TASK ("t") "}]}", ""),
    FSM (M, "{'id':'a','do':" TASK ("t") "},{'id':'b','do':" TASK ("t") "}", ON ("a", "b", "e")) },
  { "task/autoforward", "ill-typed", ERROR, "/nodes/0/do/autoforward", VALUE, NULL,
    FSM (M, "{'id':'a','do':{'type':'set','with':{'value':1},'autoforward':1}}", ""),
    FSM (M, "{'id':'a','do':{'type':'set','with':{'value':1},'autoforward':true}}", "") },
  { "task/finalize", "unknown-variable", ERROR, "/nodes/0/do/finalize/assign/0/m", NAME, NULL,
    FSM (N, "{'id':'a','do':{'type':'set','with':{'value':1},'finalize':{'assign':[{'m':'event.data'}]}}}", ""),
    FSM (N, "{'id':'a','do':{'type':'set','with':{'value':1},'finalize':{'assign':[{'n':'event.data'}]}}}", "") },
  { "task/of-a-node", "unknown-member", WARNING, "/nodes/0/autoforward", NAME, NULL,
    DAG ("{'id':'a','type':'set','with':{'value':1},'autoforward':true}", ""),
    DAG ("{'id':'a','type':'set','with':{'value':1},'x-autoforward':true}", "") },

  /* Actions */
  { "action/if", "bad-action", ERROR, "/nodes/0/entry/0", VALUE, "beside",
    FSM (M, "{'id':'a','entry':[{'if':true}]}", ""), FSM (M, "{'id':'a','entry':[{'if':true,'else':{'log':1}}]}", "") },
  { "action/foreach", "bad-action", ERROR, "/nodes/0/entry/0", VALUE, "“foreach”",
    FSM (M, "{'id':'a','entry':[{'foreach':[1]}]}", ""), FSM (M, "{'id':'a','entry':[{'foreach':[1],'do':[]}]}", "") },
  { "action/iteration", "unknown-name", ERROR, "/nodes/0/entry/1/log", 2, NULL,
    FSM (M, "{'id':'a','entry':[{'foreach':[1],'do':{'log':1}},{'log':'{{iteration.value}}'}]}", ""),
    FSM (M, "{'id':'a','entry':[{'foreach':[1],'do':{'if':'iteration.index > 0','then':{'log':'{{iteration.value}}'}}}]}", "") },
  { "action/negative-delay", "bad-duration", ERROR, "/nodes/0/entry/send/delay", VALUE, NULL,
    FSM (M, "{'id':'a','entry':{'send':{'event':'e','delay':'-1s'}}}", ONLY_ON ("a", "e")),
    FSM (M, "{'id':'a','entry':[{'send':{'event':'e','delay':'0s'}},{'send':{'event':'e','delay':0}},"
         "{'send':{'event':'e','delay':'876000h'}}]}", ONLY_ON ("a", "e")) },
  { "action/internal-delay", "bad-action", ERROR, "/nodes/0/entry/send/delay", NAME, "without “to”",
    FSM (M, "{'id':'a','entry':{'send':{'event':'e','to':'#_internal','delay':'1s'}}}", ONLY_ON ("a", "e")),
    FSM (M, "{'id':'a','entry':{'send':{'event':'e','to':'#_internal'}}}", ONLY_ON ("a", "e")) },
  { "action/no-task", "unknown-task", WARNING, "/nodes/0/entry/send/to", VALUE, "“fetch”",
    FSM (M, "{'id':'a','entry':{'send':{'event':'e','to':'#_fecth'}},'do':" TASK ("fetch") "}", ""),
    FSM (M, "{'id':'a','entry':{'send':{'event':'e','to':'#_fetch'}},'do':" TASK ("fetch") "}", "") },
  { "action/guard-throws", "no-regexp", ERROR, "/edges/0/when", 0, NULL,
    FSM (M, S ("a"), "{'from':'a','event':'e','when':'/x/.test (event.name)'}"),
    FSM (M, S ("a"), "{'from':'a','event':'e','when':'event.data.a.b.c'}") },

  /* Names */
  { "name/nodes", "unknown-name", ERROR, "/edges/0/when", 0, NULL,
    FSM (M, S ("a"), "{'from':'a','event':'e','when':'nodes.a.output'}"),
    DAG ("{'id':'d','type':'set','with':{'value':1}},{'id':'m','type':'subgraph','body':{'kind':'fsm','nodes':[" S ("a") "],"
         "'edges':[{'from':'a','event':'e','when':'nodes.d.output'}]}}", EDGE ("d", "m")) },
  { "name/result", "unknown-name", ERROR, "/result", 0, NULL,
    FSM ("'result':'output'", S ("a"), ""), FSM ("'result':'run.id'", S ("a"), "") },
  { "max-steps/zero", "out-of-range", ERROR, "/max-steps", VALUE, NULL,
    FSM ("'max-steps':0", S ("a"), ""), FSM ("'max-steps':1", S ("a"), "") },
  { "max-steps/of-a-body", "misplaced-member", WARNING, "/nodes/0/body/max-steps", NAME, NULL,
    DAG ("{'id':'m','type':'subgraph','body':{'max-steps':5,'nodes':[" TASK ("a") "]}}", ""),
    DAG ("{'id':'m','type':'subgraph','body':{'kind':'fsm','max-steps':5,'data-model':'null','nodes':[" S ("a") "]}}", "") },

  /* Regions that assign the same */
  { "regions/event", "parallel-assign", WARNING, "/edges/1/assign/0/n", NAME, "/edges/0/assign/0/n",
    FSM (N, REGIONS, BOTH ("'event':'e'", "'event':'e'")), FSM (N, REGIONS, BOTH ("'event':'e'", "'event':'f'")) },
  { "regions/wider-event", "parallel-assign", WARNING, "/edges/1/assign/0/n", NAME, NULL,
    FSM (N, REGIONS, BOTH ("'event':'e.f.g'", "'event':['x','e']")),
    FSM (N, REGIONS, BOTH ("'event':'e.f.g'", "'event':['x','e.f.h']")) },
  { "regions/any-event", "parallel-assign", WARNING, "/edges/1/assign/0/n", NAME, NULL,
    FSM (N, REGIONS, BOTH ("'event':'e'", "'event':'*'")),
    FSM (N, REGIONS, BOTH ("'event':'e'", "'after':'1s'")) },
  { "regions/eventless", "parallel-assign", WARNING, "/edges/1/assign/0/n", NAME, NULL,
    FSM (N, REGIONS, BOTH ("'when':'1 > 0'", "'when':'2 > 0'")),
    FSM (N, REGIONS, BOTH ("'event':'e'", "'when':'2 > 0'")) },
  { "regions/in-one", "parallel-assign", WARNING, "/edges/1/actions/0/then/assign/0/n", NAME, NULL,
    FSM (N, REGIONS, "{'from':'a1','to':'a2','event':'e','assign':[{'n':1}]},"
         "{'from':'b1','to':'b2','event':'e','actions':[{'if':true,'then':{'assign':[{'n':2}]}}]}"),
    FSM ("'variables':{'n':0,'m':0}", REGIONS, "{'from':'a1','to':'a2','event':'e','assign':[{'n':1}]},"
         "{'from':'a2','to':'a1','event':'e','assign':[{'n':1}]},{'from':'b1','to':'b2','event':'e','assign':[{'m':1}]}") },
  { "regions/entry", "parallel-assign", WARNING, "/nodes/0/nodes/1/entry/assign/0/n", NAME, NULL,
    FSM (N, PARALLEL ("p", IN ("a", "{'id':'a1','entry':{'assign':[{'n':1}]}}") ",{'id':'b','entry':{'assign':[{'n':2}]}}"), ""),
    FSM (N, PARALLEL ("p", IN ("a", S ("a0") ",{'id':'a1','entry':{'assign':[{'n':1}]}}") ",{'id':'b','entry':{'assign':[{'n':2}]}}"),
         ON ("a0", "a1", "e")) },
  { "regions/exit", "parallel-assign", WARNING, "/nodes/0/nodes/1/exit/assign/0/n", NAME, NULL,
    FSM (N, PARALLEL ("p", "{'id':'a','exit':{'assign':[{'n':1}]}},{'id':'b','exit':{'assign':[{'n':2}]}}"), ""),
    FSM (N, IN ("p", "{'id':'a','exit':{'assign':[{'n':1}]}},{'id':'b','exit':{'assign':[{'n':2}]}}"), ON ("a", "b", "e")) },
  { "regions/task", "parallel-assign", WARNING, "/nodes/0/nodes/1/do/assign/0/n", NAME, NULL,
    FSM (N, PARALLEL ("p", "{'id':'a','do':{'type':'set','with':{'value':1},'assign':[{'n':1}]}},"
         "{'id':'b','do':{'type':'set','with':{'value':1},'assign':[{'n':2}]}}"), ""),
    FSM (N, PARALLEL ("p", "{'id':'a','do':{'type':'set','with':{'value':1},'assign':[{'n':1}]}},"
         "{'id':'b','do':{'type':'set','with':{'value':1},'finalize':{'assign':[{'n':2}]}}}"), "") },
  { "regions/path", "parallel-assign", WARNING, "/edges/1/assign/0/o.x", NAME, NULL,
    FSM ("'variables':{'o':{}}", REGIONS, "{'from':'a1','to':'a2','event':'e','assign':[{'o.x':1}]},"
         "{'from':'b1','to':'b2','event':'e','assign':[{'o.x':1}]}"),
    FSM ("'variables':{'o':{}}", REGIONS, "{'from':'a1','to':'a2','event':'e','assign':[{'o.x':1}]},"
         "{'from':'b1','to':'b2','event':'e','assign':[{'o.y':1}]}") },
};

/* A compound state in which nothing can be active */
static void
test_histories_only (void)
{
  g_autoptr(GListStore) diagnostics =
    fixture_check (FSM (M, IN ("c", "{'id':'h','type':'history'}"), ON ("c", "h", "e")), FALSE, NULL);
  g_autoptr(GListStore) none =
    fixture_check (FSM (M, IN ("c", "{'id':'h','type':'history','initial':'a'}," S ("a")), ON ("c", "h", "e")), FALSE, NULL);
  g_autoptr(FermataDiagnostic) first = g_list_model_get_item (G_LIST_MODEL (diagnostics), 0);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (none)), ==, 0);
  g_assert_cmpstr (fermata_diagnostic_get_code (first), ==, "bad-state");
  g_assert_cmpstr (fermata_diagnostic_get_path (first), ==, "/nodes/0/nodes");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  row_add_tests ("/check/machines/", rows, G_N_ELEMENTS (rows));
  g_test_add_func ("/check/machines/histories-only", test_histories_only);

  return g_test_run ();
}
