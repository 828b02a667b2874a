/* test-script-session.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The JavaScript of a machine: its calls, one after the other. */

#include "executor/script-sessions.h"

#define EXPRESSION FERMATA_ERROR_KIND_EXPRESSION
#define EXECUTION FERMATA_ERROR_KIND_EXECUTION
#define SECURITY FERMATA_ERROR_KIND_SECURITY

/* --- Values --------------------------------------------------------------- */

static void
test_evaluate (void)
{
  static const char *const cases[][2] = {
    { "x", "1" },
    { "x + o.a[1]", "3" },
    { "o", "{'a':[1,2]}" },
    { "'it' + \" is\"", "'it is'" },
    { "{a: 1, 'b': [x]}", "{'a':1,'b':[1]}" },
    { "{}", "{}" },
    { "function () { return 1 } ()", "1" },
    { "x, 2", "2" },
    { "x // and so on", "1" },
    { "x /* and so on */", "1" },
    { "x ? [] : null", "[]" },
    { "`${x}!`", "'1!'" },
    { "/^a+$/.test ('aaa')", "true" },
    { "eval ('x + 1')", "2" },
    { "JSON.parse ('[1]')", "[1]" },
    { "typeof nothing", "'undefined'" },
    { "typeof require + typeof process + typeof fetch", "'undefinedundefinedundefined'" },
    { "this.x + globalThis.x", "2" },
    { "[1, 2, 3].map (n => n * x)", "[1,2,3]" },
    { "Object.keys (o)", "['a']" },
    { "new Date ().toISOString ()", "'2023-11-14T22:13:20.000Z'" },
    { "Date.now ()", "1700000000000" },
    { "console.log (x)", "{'$undefined':true}" },
    { "print (x) === undefined", "true" },
    { "x --> 0", "true" },
    { "o.a.concat ([x])", "[1,2,1]" },
    { "'a b'.split (' ')", "['a','b']" },
  };
  g_autoptr (Machine) machine = machine_new ("{'x':1,'o':{'a':[1,2]}}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_value (machine, cases[i][0], cases[i][1]);
  assert_value (machine, "[x, o]", "[1,{'a':[1,2]}]");
}

static void
test_encoding (void)
{
  static const char *const cases[][2] = {
    { "undefined", "{'$undefined':true}" },
    { "[undefined, { a: undefined }]", "[{'$undefined':true},{'a':{'$undefined':true}}]" },
    { "[1, , 2]", "[1,{'$undefined':true},2]" },
    { "NaN", "{'$number':'NaN'}" },
    { "[1 / 0, -1 / 0]", "[{'$number':'Infinity'},{'$number':'-Infinity'}]" },
    { "[-0, 0]", "[-0.0,0]" },
    { "9007199254740992", "9007199254740992.0" },
    { "1e21", "1e21" },
    { "123n ** 9n", "{'$bigint':'6443858614676334363'}" },
    { "new Date (0)", "{'$date':'1970-01-01T00:00:00.000Z'}" },
    { "new Date (NaN)", "{'$date':'invalid'}" },
    { "/a\\/b/gi", "{'$regexp':'/a\\\\/b/gi'}" },
    { "function (a) { return a }", "{'$function':'function (a) { return a }'}" },
    { "Math.max", "{'$function':'Math.max'}" },
    { "{ f () { return 1 } }.f", "{'$function':'f () { return 1 }'}" },
    { "{ $function: 'x' }", "{'$$function':'x'}" },
    { "{ $$a: 1 }", "{'$$$a':1}" },
    { "{ $a: 1, $b: 2 }", "{'$a':1,'$b':2}" },
    { "'\\ud800'", "'\357\277\275'" },
    { "new String ('s')", "'s'" },
    { "[new Number (2), Object (3n)]", "[2,{'$bigint':'3'}]" },
    { "new Error ('no')", "{'name':'Error','message':'no'}" },
    { "new (class A { b = 1 }) ()", "{'b':1}" },
    { "Object.create (null)", "{}" },
    { "JSON.parse ('{\"__proto__\": 1}')", "{'__proto__':1}" },
    { "{ get a () { return 5 } }", "{'a':5}" },
    { "function () { return arguments } (1)", "{'0':1}" },
  };
  g_autoptr (Machine) machine = machine_new ("{'x':1}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *assign = g_strdup_printf ("[%s]", cases[i][0]);
      g_autofree char *expected = g_strdup_printf ("{'kept':[%s]}", cases[i][1]);

      assert_value (machine, cases[i][0], cases[i][1]);
      /* What a variable holds is the same there and in another process */
      assert_assigns (machine, "kept", assign, TRUE, expected);
      assert_value (machine, "kept[0]", cases[i][1]);
      if (i % 5 == 0)
        start_anew (machine);
      assert_value (machine, "kept[0]", cases[i][1]);
    }
  assert_value (machine, "kept", "[{'0':1}]");
}

static void
test_no_encoding (void)
{
  static const char *const cases[][2] = {
    { "new Map ()", "the value is a Map, which cannot be kept*" },
    { "{ a: [0, new Set ()] }", "the value.a[1] is a Set*" },
    { "{ 'b c': Symbol () }", "the value[\"b c\"] is a symbol*" },
    { "function () { var a = { b: [] }; a.b.push (a); return a } ()", "the value.b* contains itself*" },
    { "function () { for (var a = [], i = 0; i < 2000; i++) a = [a]; return a } ()", "*deeper than 1000*" },
    { "function () {}.bind (null)", "the value is a built-in or bound function*" },
    { "globalThis", "the value is the global object*" },
    { "Math", "the value is one of JavaScript's own objects*" },
    { "new Uint8Array (3)", "the value is *Uint8Array*" },
    { "Promise.resolve (1)", "the value is a Promise*" },
    { "{ '\\0': 1 }", "*U+0000*" },
  };
  g_autoptr (Machine) machine = machine_new ("{'x':1}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = g_strdup_printf ("x = 5; y = (%s)", cases[i][0]);

      assert_no_value (machine, cases[i][0], EXECUTION, cases[i][1]);
      assert_no_assign (machine, "x", cases[i][0], FALSE, EXECUTION, "x*");
      assert_breaks (machine, code, EXECUTION, "y*");
      assert_value (machine, "[x, typeof y]", "[1,'undefined']");
    }
}

static void
test_deep (void)
{
  g_autoptr (Machine) machine = machine_new ("{'x':[]}");

  assert_changes (machine, "for (var i = 0; i < 990; i++) x = [x]", NULL);
  start_anew (machine);
  assert_value (machine, "JSON.stringify (x).length", "1982");
}

static void
test_test (void)
{
  static const char *const true_ones[] = { "1", "'0'", "[]", "{}", "x", "In ('on')", "function () {}", "!0" };
  static const char *const false_ones[] = { "0", "''", "null", "undefined", "NaN", "In ('off')", "0n", "x > 1" };
  g_autoptr (Machine) machine = machine_new ("{'x':1}");

  for (guint i = 0; i < G_N_ELEMENTS (true_ones); i++)
    g_assert_true (holds (machine, true_ones[i]));
  for (guint i = 0; i < G_N_ELEMENTS (false_ones); i++)
    g_assert_false (holds (machine, false_ones[i]));
}

/* --- One expression ------------------------------------------------------- */

static void
test_not_one_expression (void)
{
  static const char *const cases[] = {
    "", " ", "// nothing", "1); x = 1; (2", "1]; [2", "1; 2", "return", "return 1", "var y = 1", "if (1) 2",
    "x +", "(x", "x)", "'text", "continue", "{a: 1", "...x", "1 }", "x /* and", "=> 1", "`${`", "a b",
  };
  g_autoptr (Machine) machine = machine_new ("{'x':1}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_no_value (machine, cases[i], EXPRESSION, "SyntaxError*");
      assert_no_assign (machine, "x", cases[i], FALSE, EXPRESSION, "SyntaxError*");
    }
  assert_no_value (machine, "x +", EXPRESSION, "SyntaxError: the expression ends too early");
  assert_no_value (machine, " ", EXPRESSION, "SyntaxError: there is no expression");
  assert_no_value (machine, "x]; x = 1", EXPRESSION, "SyntaxError: Unexpected token ']'*");
  assert_no_assign (machine, "x.", "1", FALSE, EXPRESSION, "SyntaxError: the location ends too early");
  assert_value (machine, "x", "1");
}

static void
test_errors (void)
{
  g_autoptr (Machine) machine = machine_new ("{'x':1}");

  assert_no_value (machine, "nothing", EXPRESSION, "ReferenceError: *nothing*");
  assert_no_value (machine, "x.y.z", EXPRESSION, "TypeError: *");
  assert_no_value (machine, "function () { throw 'up' } ()", EXECUTION, "up");
  assert_no_value (machine, "function () { throw { code: 7 } } ()", EXECUTION, "threw {\"code\":7}");
  assert_no_value (machine, "function () { throw null } ()", EXECUTION, "threw null");
  assert_no_value (machine, "function () { throw new Error ('no') } ()", EXECUTION, "Error: no");
  assert_no_value (machine, "function f () { return f () + 1 } ()", EXPRESSION, "RangeError: Maximum call stack*");
  assert_breaks (machine, "x = 2;\nx = 3;\nnothing ();", EXPRESSION, "ReferenceError: *nothing* (line 3)");
  assert_breaks (machine, "var y = 2;\n\nfunction (", EXPRESSION, "SyntaxError: *");
  assert_value (machine, "[x, typeof y]", "[1,'undefined']");
}

/* --- What changes, and what does not -------------------------------------- */

static void
test_expressions_change_nothing (void)
{
  static const char *const cases[] = {
    "x = 2", "x++", "o.a.push (3)", "o.a = 5", "delete o.a", "y = 1", "delete globalThis.x", "o.a.length = 0",
    "change ()", "function () { x = o; o.a = o.a.concat (x) } ()", "Object.assign (o, { b: 1 })",
    "Object.freeze (o)", "eval ('var z = 1; x = 3')", "Object.setPrototypeOf (o, { a: 7 })", "[x] = [9]",
    "Object.defineProperty (o, 'a', { get: () => 8 })", "o.a.sort ((a, b) => b - a)", "Math = 3",
    "Object.defineProperty (globalThis, 'x', { value: 1, writable: false, configurable: false }) && 1",
    "Object.defineProperty (globalThis, 'fixed', { value: 1 }) && 1", "globalThis[Symbol.iterator] = 1",
    "Object.setPrototypeOf (globalThis, { q: 1 }) && 1", "r.exec ('aa')", "change = null", "x ||= 4, x += 2",
    "o?.a.reverse ()", "Promise.resolve ().then (() => { x = 77 }), 1", "Reflect.set (o, 'a', 1)",
    "`${change ()}`", "new function () { x = 5 } ().x", "(async () => { await 1; x = 9 }) (), 1",
    "[...function* () { x = 6 } ()]", "h + ''", "h == 1", "o[h]",
  };
  g_autoptr (Machine) machine =
    machine_new ("{'x':1,'o':{'a':[1,2]},'r':{'$regexp':'/a/g'},"
                 "'change':{'$function':'function change () { x = 50; o.a[0] = 51; made = 52 }'},"
                 "'h':{'toString':{'$function':'function () { x = 60; return 1 }'}}}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = fermata_script_session_evaluate (machine->session, &machine->world,
                                                                        cases[i], NULL);

      assert_value (machine, "[x, o, typeof made, typeof y, typeof z, typeof fixed, typeof q, typeof Math, "
                    "r.lastIndex, typeof change, Object.isFrozen (o), o.b, o.a.length]",
                    "[1,{'a':[1,2]},'undefined','undefined','undefined','undefined','undefined','object',0,"
                    "'function',false,{'$undefined':true},2]");
      g_assert_false (holds (machine, "o.a.push (4) && 0"));
    }
}

static void
test_execute (void)
{
  static const char *const cases[][2] = {
    { "x = 2", "{'x':2}" },
    { "x = 2", "{}" },
    { "", "{}" },
    { "o.a.push (3); o.b = {}", "{'o':{'a':[1,2,3],'b':{}}}" },
    { "var y = 1, z; w = 'w'", "{'y':1,'z':{'$undefined':true},'w':'w'}" },
    { "let l = [x]; const c = l; class K { v = l } function f () { return x }",
      "{'f':{'$function':'function f () { return x }'},'l':[2],'c':[2],'K':{'$function':'class K { v = l }'}}" },
    { "l.push (new K ().v.length + f ())", "{'l':[2,3]}" },
    { "delete y", "{'y':{'$undefined':true}}" },
    { "if (In ('on') && !In ('off')) { x = f () + 1 }", "{'x':3}" },
    { "(function () { x = this.x + 1 }) ()", "{'x':4}" },
    { "var { p, q: [r] } = { p: 1, q: [2] }; let [s, { t }] = [3, { t: 4 }]",
      "{'p':1,'r':2,'s':3,'t':4}" },
    { "Promise.resolve (9).then (v => { x = v })", "{'x':9}" },
    { "for (var i = 0; i < 3; i++) { let inner = i; x += inner }", "{'x':12,'i':3}" },
    { "x = l; l[0] = 7", "{'l':[7,3],'x':[7,3]}" },
    { "l[0] = 8", "{'l':[8,3]}" },
    { "Map = 5", "{'Map':5}" },
    { "x = typeof Map; console.log (x); print (x)", "{'x':'number'}" },
    { "'use strict'; x = 1", "{'x':1}" },
    { "eval ('var e = 1')", "{'e':1}" },
    { "new Function ('g = 5') ()", "{'g':5}" },
    { "x = <!-- a comment\n 2", "{'x':2}" },
    { "const x2 = x; { const x2 = 7 }", "{'x2':2}" },
    { "f = function () { return 'f' }; f.own = 1", "{'f':{'$function':'function () { return 'f' }'}}" },
    { "x = f () + f.own", "{'x':'fundefined'}" },
    { "try { throw 1 } catch (e) { x = e }", "{'x':1}" },
    { "function count () { count.n = (count.n || 0) + 1; return count.n } x = count () + count ()", NULL },
    { "x = count ()", "{'x':1}" },
    { "Object.defineProperty (this, 'x', { get: () => 40 + 2, configurable: true })", "{'x':42}" },
    { "Object.defineProperty (this, 'x', { value: 43 })", "{'x':43}" },
    { "Object.defineProperty (this, 'hard', { value: [1], configurable: false })", "{'hard':[1]}" },
    { "hard.push (2); hard = hard.concat (hard)", "{'hard':[1,2,1,2]}" },
    { "x = { y: 1 }; with (x) { y = 2 }", "{'x':{'y':2}}" },
  };
  g_autoptr (Machine) machine = machine_new ("{'x':1,'o':{'a':[1,2]}}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_changes (machine, cases[i][0], cases[i][1]);
}

/* All that was done is undone. */
static void
test_nothing_half_done (void)
{
  g_autoptr (Machine) machine = machine_new ("{'x':1,'o':{'a':[1,2]}}");

  assert_breaks (machine, "x = 2; o.a.push (3); y = 1; delete o; throw 'up'", EXECUTION, "up");
  assert_breaks (machine, "let l = 1; x = l; var v = 2; function f () {}; null.x", EXPRESSION, "TypeError*");
  assert_value (machine, "[x, o, typeof y, typeof l, typeof v, typeof f]",
                "[1,{'a':[1,2]},'undefined','undefined','undefined','undefined']");
  assert_no_assign (machine, "o.a[0]", "(x = 7, nothing)", FALSE, EXPRESSION, "ReferenceError*");
  assert_no_assign (machine, "x", "o.a.push (9) && new Map ()", FALSE, EXECUTION, "x is a Map*");
  assert_value (machine, "[x, o]", "[1,{'a':[1,2]}]");
}

/* --- Assigning ------------------------------------------------------------ */

static void
test_assign (void)
{
  g_autoptr (Machine) machine = machine_new ("{'x':1,'o':{'a':[1,{}]},'f':{'$function':'() => { x = 9; return 1 }'}}");
  g_autoptr (FermataValue) value = parse ("[{'$undefined':true}]");
  g_autoptr (FermataValue) changes = NULL;
  g_autoptr (GError) error = NULL;

  assert_assigns (machine, "x", "x + 1", FALSE, "{'x':2}");
  assert_assigns (machine, " x ", "2", FALSE, "{}");
  assert_assigns (machine, "o.a[0]", "{b: x}", FALSE, "{'o':{'a':[{'b':2},{}]}}");
  assert_no_assign (machine, "o['a'][1].z", "o", FALSE, EXECUTION, "o.* contains itself*");
  assert_assigns (machine, "o['a'][1].z", "o.a[0]", FALSE, "{'o':{'a':[{'b':2},{'z':{'b':2}}]}}");
  assert_changes (machine, "o.a[0].b = 3", "{'o':{'a':[{'b':3},{'z':{'b':2}}]}}");
  assert_assigns (machine, "x", "o", FALSE, NULL);
  assert_assigns (machine, "x.a", "1", FALSE, "{'x':{'a':1}}");
  assert_assigns (machine, "o", "0", FALSE, "{'o':0}");
  assert_assigns (machine, "new1", "[x]", TRUE, "{'new1':[{'a':1}]}");
  assert_assigns (machine, "new1[f ()]", "2", FALSE, "{'new1':[{'a':1},2],'x':9}");
  assert_assigns (machine, "o", "f ()", FALSE, "{'o':1}");
  assert_assigns (machine, "Set", "5", TRUE, "{'Set':5}");
  assert_assigns (machine, "\303\244", "\303\244 = 5", TRUE, "{'\303\244':5}");

  changes = fermata_script_session_assign (machine->session, &machine->world, "o", NULL, value, FALSE, &error);
  check_changes (machine, "o", changes, error, "{'o':[{'$undefined':true}]}");
  g_clear_pointer (&changes, fermata_value_unref);
  changes = fermata_script_session_assign (machine->session, &machine->world, "u", NULL,
                                           fermata_value_get_element (value, 0), TRUE, &error);
  check_changes (machine, "u", changes, error, "{'u':{'$undefined':true}}");
  assert_value (machine, "[typeof u, 'u' in this]", "['undefined',true]");
}

static void
test_no_location (void)
{
  static const char *const cases[] = {
    "continue", "nothing", "nothing.x", "foo.bar.baz ", "x.y.z", "", "1", "'x'", "x + 1", "x = 1", "x; y", "x, o",
    "f ()", "[x]", "{ x }", "x ? x : o", "x) = 1, (x", "this", "x++", "x = o", "new x", "x.", "x..y", "null.x",
    "x?.y", "var x", "x\n;o", "o.a[", "x // and\n = 1; x", "if (1) x", "()", "this.x", "(x)",
  };
  g_autoptr (Machine) machine = machine_new ("{'x':1,'o':{},'f':{'$function':'() => o'}}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) changes = fermata_script_session_assign (machine->session, &machine->world,
                                                                        cases[i], "7", NULL, FALSE, &error);

      assert_error (cases[i], error, EXPRESSION, "*Error*");
    }
  assert_value (machine, "[x, o, typeof nothing]", "[1,{},'undefined']");
}

static void
test_no_name (void)
{
  static const char *const cases[] = {
    "a.b", "a-b", "1a", "", "var", "this", "null", "a b", "a,b", "NaN", "undefined", "a = 1", "f()", "function",
  };
  g_autoptr (Machine) machine = machine_new ("{'a':{}}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_no_assign (machine, cases[i], "7", TRUE, EXPRESSION, "SyntaxError: *");
  assert_value (machine, "a", "{}");
}

/* --- The system's --------------------------------------------------------- */

static void
test_system (void)
{
  static const char *const names[] = { "_event", "_sessionid", "_name", "_ioprocessors", "_x" };
  g_autoptr (Machine) machine = machine_new ("{'x':1}");

  assert_value (machine, "[typeof _event, _sessionid, _name, _ioprocessors.scxml.location, _x.a.b]",
                "['undefined','id','machine','#_scxml_id',1]");
  set_event (machine, "{'name':'e','type':'external','data':{'list':[1]}}");
  assert_value (machine, "Object.keys (_event).sort ().join ()",
                "'data,invokeid,name,origin,origintype,sendid,type'");
  assert_value (machine, "[_event.name, _event.data, _event.sendid]", "['e',{'list':[1]},{'$undefined':true}]");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *member = g_strdup_printf ("%s.name", names[i]);
      g_autofree char *script = g_strdup_printf ("x = 2; %s = 7", names[i]);
      g_autofree char *caught = g_strdup_printf ("x = 2; try { %s = 7 } catch (e) {}", names[i]);
      g_autofree char *expression = g_strdup_printf ("%s = 7", names[i]);
      g_autofree char *constant = g_strdup_printf ("const %s = 7", names[i]);

      assert_no_assign (machine, names[i], "7", FALSE, SECURITY, "*is a system variable*");
      assert_no_assign (machine, names[i], "7", TRUE, SECURITY, "*is a system variable*");
      assert_no_assign (machine, member, "7", FALSE, SECURITY, "*is a system variable*");
      assert_breaks (machine, script, SECURITY, "*is a system variable*");
      assert_breaks (machine, caught, SECURITY, "*is a system variable*");
      assert_breaks (machine, constant, SECURITY, "*is a system variable*");
      assert_no_value (machine, expression, SECURITY, "*is a system variable*");
    }
  assert_changes (machine, "_event.name = 'f'; _event.data.list.x = 2; delete _event; _x.a.b = 2; var _event", "{}");
  assert_value (machine, "[x, _event.name, _event.data, _x]", "[1,'e',{'list':[1]},{'$frozen':{'a':{'b':1}}}]");
}

/* What was a system variable is still the same one, as long as that says the same. */
static void
test_kept_system (void)
{
  g_autoptr (Machine) machine = machine_new ("{}");

  set_event (machine, "{'name':'e','data':{'n':1}}");
  assert_assigns (machine, "kept", "_event", TRUE, NULL);
  assert_assigns (machine, "also", "_event", TRUE, NULL);
  assert_assigns (machine, "io", "_ioprocessors", TRUE, NULL);
  assert_assigns (machine, "data", "_event.data", TRUE, "{'data':{'n':1}}");
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (holds (machine, "kept === _event && also === kept && io === _ioprocessors"));
      g_assert_true (holds (machine, "Object.isFrozen (kept) && !Object.isFrozen (data)"));
      start_anew (machine);
    }

  set_event (machine, "{'name':'f','data':{'n':1}}");
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (holds (machine, "kept !== _event && also === kept && kept.name == 'e'"));
      start_anew (machine);
    }
  assert_changes (machine, "data.n = 2; kept.name = 'g'", "{'data':{'n':2}}");
}

/* There is no freezing of what a date or a tree holds. */
static void
test_changeable_system (void)
{
  g_autoptr (Machine) machine = machine_new ("{'x':1}");

  set_event (machine, "{'name':'e','data':{'d':{'$date':'1970-01-01T00:00:00.000Z'},'x':{'$xml':'<a/>'},"
                      "'f':{'$function':'function () {}'}}}");
  assert_assigns (machine, "kept", "_event", TRUE, NULL);
  assert_changes (machine, "_event.data.d.setTime (5); _event.data.x.documentElement.setAttribute ('b', 1); _event.data.f.g = 1", NULL);
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (holds (machine, "kept === _event && kept.data.f.g === undefined"));
      assert_value (machine, "[_event.data.d, _event.data.x]",
                    "[{'$date':'1970-01-01T00:00:00.000Z'},{'$xml':'<a/>'}]");
      start_anew (machine);
    }
  assert_no_value (machine, "function () { x = 2; throw _event.data.d.setTime (6) } ()", EXECUTION, "threw 6");
  assert_value (machine, "[x, kept.data.d.getTime (), _event.data.d.getTime ()]", "[1,0,0]");
}

static void
test_random (void)
{
  g_autoptr (Machine) machine = machine_new ("{'x':1}");
  g_autoptr (FermataValue) first = NULL;
  g_autoptr (FermataValue) again = NULL;
  g_autoptr (FermataValue) other = NULL;
  g_autoptr (FermataValue) later = NULL;

  first = fermata_script_session_evaluate (machine->session, &machine->world, "Math.random ()", NULL);
  start_anew (machine);
  again = fermata_script_session_evaluate (machine->session, &machine->world,
                                           "function () { return Math.random () } ()", NULL);
  machine->world.sequence++;
  later = fermata_script_session_evaluate (machine->session, &machine->world, "Math.random ()", NULL);
  machine->world.seed++;
  other = fermata_script_session_evaluate (machine->session, &machine->world, "Math.random ()", NULL);
  g_assert_true (fermata_value_equal (first, again));
  g_assert_false (fermata_value_equal (first, later));
  g_assert_false (fermata_value_equal (later, other));
  g_assert_false (holds (machine, "Math.random () == Math.random ()"));
  machine->world.date += 1500 * 1000;
  assert_value (machine, "Date.now () + new Date ().getSeconds ()", "1700000001521");
}

/* A state is asked for in the midst of whatever runs, as often as it likes. */
static void
test_in (void)
{
  g_autoptr (Machine) machine = machine_new ("{'x':[]}");

  assert_changes (machine, "function both (a, b) { return In (a) && In (b) } x = ['on', 'off', 'b'].map (In)",
                  "{'x':[true,false,true],'both':{'$function':'function both (a, b) { return In (a) && In (b) }'}}");
  g_assert_true (holds (machine, "both ('on', 'b')"));
  g_assert_false (holds (machine, "both ('on', 'c')"));
  g_assert_false (holds (machine, "In ('on\\0x') || In () || In (null) || In ({})"));
  assert_changes (machine, "In = () => 5; x = In ('off')", NULL);
  assert_value (machine, "[x, In ('off')]", "[5,5]");
}

static void
test_variables_come_and_go (void)
{
  g_autoptr (Machine) machine = machine_new ("{'x':1,'Map':{'a':1}}");

  assert_value (machine, "[x, Map]", "[1,{'a':1}]");
  fermata_value_unref (machine->world.variables);
  machine->world.variables = parse ("{'y':[1]}");
  assert_value (machine, "[typeof x, y, typeof Map]", "['undefined',[1],'function']");
  assert_changes (machine, "y.push (2)", "{'y':[1,2]}");
  fermata_value_unref (machine->world.variables);
  machine->world.variables = parse ("{'y':[1],'x':2}");
  assert_value (machine, "[x, y]", "[2,[1]]");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/script-session/evaluate", test_evaluate);
  g_test_add_func ("/script-session/encoding", test_encoding);
  g_test_add_func ("/script-session/no-encoding", test_no_encoding);
  g_test_add_func ("/script-session/deep", test_deep);
  g_test_add_func ("/script-session/test", test_test);
  g_test_add_func ("/script-session/not-one-expression", test_not_one_expression);
  g_test_add_func ("/script-session/errors", test_errors);
  g_test_add_func ("/script-session/expressions-change-nothing", test_expressions_change_nothing);
  g_test_add_func ("/script-session/execute", test_execute);
  g_test_add_func ("/script-session/nothing-half-done", test_nothing_half_done);
  g_test_add_func ("/script-session/assign", test_assign);
  g_test_add_func ("/script-session/no-location", test_no_location);
  g_test_add_func ("/script-session/no-name", test_no_name);
  g_test_add_func ("/script-session/system", test_system);
  g_test_add_func ("/script-session/kept-system", test_kept_system);
  g_test_add_func ("/script-session/changeable-system", test_changeable_system);
  g_test_add_func ("/script-session/random", test_random);
  g_test_add_func ("/script-session/in", test_in);
  g_test_add_func ("/script-session/variables-come-and-go", test_variables_come_and_go);

  return g_test_run ();
}
