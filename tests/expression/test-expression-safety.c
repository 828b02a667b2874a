/* test-expression-safety.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <pthread.h>

#include "expression/fermata-evaluator-private.h"
#include "expression/fermata-js-program-private.h"
#include "test-scope.h"

#define NAMES \
  "{\"input\":{\"list\":[3,1,2],\"object\":{\"a\":1,\"b\":{\"c\":[1]}},\"text\":\"abc\",\"n\":9007199254740993}," \
  "\"number\":5}"

/* Milliseconds of processor time: short, since these tests run into it. */
#define TIME_LIMIT 150

/* Neither what was handed over nor anything else changes, now or for later. */
static void
test_changes_nothing (void)
{
  static const char *const sources[] = {
    "input.list.push (4)", "input.list.pop ()", "input.list.shift ()", "input.list.unshift (1)",
    "input.list.sort ()", "input.list.reverse ()", "input.list.splice (0, 1)", "input.list.fill (0)",
    "input.list.copyWithin (0, 1)", "input.list[0] = 7", "input.list[9] = 7", "input.list.length = 0",
    "input.list.x = 1", "input.list[0]++", "delete input.list[0]", "input.object.a = 2", "input.object.z = 2",
    "input.object.a += 2", "input.object.b.c.push (1)", "input.object.b.c[0] = 2", "delete input.object.a",
    "Object.assign (input.object, {a: 2})", "Object.defineProperty (input.object, 'a', {value: 2})",
    "Object.setPrototypeOf (input.object, null)", "Object.setPrototypeOf (input.list, null)",
    "input.list.map ((x, i, all) => { all[i] = 0 })", "input.list.forEach ((x, i, all) => all.push (x))",
    "(x => { x.list = 1 }) (input)", "(({list}) => list.push (1)) (input)", "[input.list[0]] = [1]",
    "({a: input.object.a} = {a: 5})", "Reflect.defineProperty (input.object, 'a', {value: 2}) || (() => { throw 1 }) ()",
    "Reflect.set (input.object, 'a', 2) || (() => { throw 1 }) ()", "Array.prototype.push.call (input.list, 1)",
    "(() => { for (input.list[0] of [9]); }) ()", "input.object.__proto__ = {}",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };
  g_autofree char *before = NULL;

  test_scope_init (&scope, NAMES);
  before = test_evaluate_json (evaluator, &scope, "JSON.stringify ([input.list, input.object])");

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autofree char *after = NULL;

      test_assert_fails (evaluator, &scope, sources[i], FERMATA_EXPRESSION_ERROR_EXCEPTION,
                         strstr (sources[i], "throw 1") != NULL ? "threw 1" : NULL);
      after = test_evaluate_json (evaluator, &scope, "JSON.stringify ([input.list, input.object])");
      g_assert_cmpstr (after, ==, before);
    }

  test_assert_fails (evaluator, &scope, "input.list.push (4)", FERMATA_EXPRESSION_ERROR_EXCEPTION, "read-only");
  test_assert_fails (evaluator, &scope, "input.object.a = 2", FERMATA_EXPRESSION_ERROR_EXCEPTION, "read-only");
  test_assert_fails (evaluator, &scope, "delete input.object.a", FERMATA_EXPRESSION_ERROR_EXCEPTION, "read-only");

  /* One's own things do change */
  test_assert_json (evaluator, &scope, "(() => { const a = [...input.list]; a.push (4); a.sort (); return a }) ()", "[1,2,3,4]");
  test_assert_json (evaluator, &scope, "Object.assign ({}, input.object, {a: 2}).a", "2");
}

/* Nothing that an evaluation leaves behind is there for the next. */
static void
test_keeps_nothing (void)
{
  static const char *const attempts[] = {
    "Array.prototype.x = 1", "Object.prototype.x = 1", "Object.getPrototypeOf (() => 1).x = 1", "String.prototype.x = 1",
    "Number.prototype.x = 1", "BigInt.prototype.x = 1", "Symbol.prototype.x = 1", "Date.prototype.x = 1",
    "Error.prototype.x = 1", "TypeError.prototype.x = 1", "Map.prototype.x = 1", "Set.prototype.x = 1",
    "WeakMap.prototype.x = 1", "Iterator.prototype.x = 1", "Math.x = 1", "JSON.x = 1", "Reflect.x = 1", "Date.x = 1",
    "Array.x = 1", "Object.x = 1", "Math.max.x = 1", "Array.isArray.x = 1", "matches.x = 1", "Error.x = 1",
    "[].map.x = 1", "Date.now.x = 1", "Math.random.x = 1", "''.repeat.x = 1", "Symbol.iterator.description.x = 1",
    "Object.getPrototypeOf ([][Symbol.iterator] ()).x = 1", "Object.getPrototypeOf (new Map ().keys ()).x = 1",
    "Object.getPrototypeOf (new Set ().keys ()).x = 1", "Object.getPrototypeOf (''[Symbol.iterator] ()).x = 1",
    "Object.getPrototypeOf (function* () {}).x = 1", "Object.getPrototypeOf (function* () {}).prototype.x = 1",
    "Object.getPrototypeOf (Object.getPrototypeOf ((function* () {}) ())).x = 1",
    "Object.getPrototypeOf ([].values ().map (x => x)).x = 1",
    "Object.getPrototypeOf (Iterator.from ({next () {}})).x = 1",
    "Object.getPrototypeOf (Object.getPrototypeOf ([].values ())).x = 1",
    "Object.getOwnPropertyDescriptor (Map.prototype, 'size').get.x = 1",
    "Object.getOwnPropertyDescriptor (Object.prototype, 'toString').get.x = 1",
    "Object.getOwnPropertyDescriptor (function () {}, 'name').x.y = 1", "Object.prototype.toString = 1",
    "Object.prototype.constructor = 1", "Error.prototype.message = 1", "Array.prototype.map = 1", "Math.random = () => 4",
    "Date.now = () => 4", "JSON.stringify = 1", "Object.defineProperty (Array.prototype, 0, {value: 1})",
    "Object.setPrototypeOf (Array.prototype, null)", "Object.setPrototypeOf (Object.prototype, {})",
    "delete Math.max", "delete Array.prototype.map", "Array.prototype.push (1)", "Array.prototype.length = 1",
    "Error.stackTraceLimit = 5", "(s => { s.x = 1 }) ((s => s)`a`)", "(x => { x.y = 1 }) (Symbol.prototype)",
    "(function f () { f.constructor.x = 1 }) ()", "(class { static x = Object.getPrototypeOf (this).y = 1 })",
  };
  static const char *const survivors[] = {
    "x", "[].x", "({}).x", "''.x", "(1).x", "(() => 1).x", "Math.x", "JSON.x", "new Map ().x", "matches.x", "[][0]",
    "new Error ('').x", "Date.x", "Object.x", "(function* () {}) ().x", "Array.x", "[].map.x", "new Date ().x",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      test_assert_fails (evaluator, &scope, attempts[i], FERMATA_EXPRESSION_ERROR_EXCEPTION, NULL);
      for (gsize j = 0; j < G_N_ELEMENTS (survivors); j++)
        {
          g_autofree char *source = g_strdup_printf ("%s === undefined", survivors[j]);

          test_assert_json (evaluator, &scope, source, "true");
        }
    }

  test_assert_json (evaluator, &scope, "[typeof [].map, typeof Math.max, [1].map (x => x + 1)[0], `${{}}`]",
                    "[\"function\",\"function\",2,\"[object Object]\"]");

  /* Each evaluation has objects of its own, even of the same expression */
  test_assert_json (evaluator, &scope, "(() => { const a = []; a.push (1); return a.length }) ()", "1");
  test_assert_json (evaluator, &scope, "(() => { const a = []; a.push (1); return a.length }) ()", "1");
}

/* A member of one's own object may be called what Object.prototype's are. */
static void
test_hides_inherited (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  test_assert_json (evaluator, &scope,
                    "['constructor', 'toString', 'valueOf', '__proto__', 'a', 'a'].reduce ((counts, word) => { "
                    "counts[word] = (Object.hasOwn (counts, word) ? counts[word] : 0) + 1; return counts }, {})",
                    "{\"constructor\":1,\"toString\":1,\"valueOf\":1,\"__proto__\":1,\"a\":2}");
  test_assert_json (evaluator, &scope,
                    "(() => { class E extends Error { constructor (m) { super (m); this.name = 'E' } } "
                    "try { throw new E ('x') } catch (e) { return `${e}` } }) ()", "\"E: x\"");
}

static void
test_text_is_no_code (void)
{
  static const char *const sources[] = {
    "eval ('1')", "(0, eval) ('1')", "new Function ('return 1') ()", "Function ('return 1') ()", "setTimeout ('1')",
    "import ('x')", "globalThis.eval ('1')", "Reflect.construct (Function, ['1'])",
    "(() => {}).constructor ('return 1') ()", "(function () {}).constructor ('return 1') ()",
    "(function* () {}).constructor ('yield 1') ().next ().value ()", "(class {}).constructor ('return 1') ()",
    "Object.getPrototypeOf (function* () {}).constructor ('1') ()", "[].map.constructor ('return 1') ()",
    "Object.getOwnPropertyDescriptor (Object.getPrototypeOf (() => 1), 'constructor').value",
    "Reflect.get (Object.getPrototypeOf (function () {}), 'constructor') ('return 1') ()",
    "matches.constructor ('return 1') ()", "(function () { return this }) ().eval",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) value = test_try (evaluator, &scope, sources[i], &error);

      if (value != NULL)
        g_error ("%s: has a value", sources[i]);
      g_assert_true (g_error_matches (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX) ||
                     g_error_matches (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_EXCEPTION));
    }
}

/* Names that are not handed over are not there. */
static void
test_is_confined (void)
{
  static const char *const absent[] = {
    "ArrayBuffer", "Atomics", "DataView", "FinalizationRegistry", "Function", "Int8Array", "Intl", "Promise", "Proxy",
    "SharedArrayBuffer", "Uint8Array", "WeakRef", "WebAssembly", "console", "eval", "globalThis", "setTimeout", "fetch",
    "arguments",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (absent); i++)
    {
      g_autofree char *source = g_strdup_printf ("typeof %s", absent[i]);

      test_assert_fails (evaluator, &scope, source, FERMATA_EXPRESSION_ERROR_SYNTAX, "is not available");
    }

  test_assert_json (evaluator, &scope, "typeof nope", "\"undefined\"");
  test_assert_json (evaluator, &scope, "(() => typeof Array.fromAsync) ()", "\"undefined\"");
  test_assert_json (evaluator, &scope, "(f => typeof f (() => this)) (g => g ())", "\"undefined\"");
}

/* Nor may an expression be more than one. */
static void
test_is_one_expression (void)
{
  static const char *const sources[] = {
    "1); x = 1; (2", "1)]; [(2", "1; 2", "1}; {2", "1)}catch(e){}}); (function(){ try { return ((2", "1 // \n); (2",
    "1 /*", "1 <!-- (\n ); number; (2 <!-- )", "1\n--> (\n ); (2", "`${1}`) + (`", "'\n'", "x => {", "return 1",
    "1\n2", "var a = 1", "1,", ",1", "...[1]", "{a: 1}; 1", "\\", "#!x\n1", "1 \\u002b 1", "'use strict'; 1",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataExpression) expression = fermata_expression_compile (evaluator, sources[i], NULL, &error);

      if (expression != NULL)
        g_error ("%s: compiles", sources[i]);
      g_assert_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX);
    }
}

static void
test_regular_expressions (void)
{
  static const char *const compile_time[] = {
    "/a/", "/a/.test (input.text)", "input.text.replace (/a/g, 'b')", "new RegExp ('a')", "RegExp ('a')",
    "typeof RegExp", "[/=/]",
  };
  static const char *const run_time[] = {
    "input.text.match ('a')", "input.text.matchAll ('a')", "input.text.search ('a')",
    "input.text.split ({[Symbol.split] () { return 1 }})", "input.text.replace ({}, '')",
    "input.text.replaceAll ({}, '')",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (compile_time); i++)
    test_assert_fails (evaluator, &scope, compile_time[i], FERMATA_EXPRESSION_ERROR_REGEXP, "matches (text, ");
  for (gsize i = 0; i < G_N_ELEMENTS (run_time); i++)
    test_assert_fails (evaluator, &scope, run_time[i], FERMATA_EXPRESSION_ERROR_EXCEPTION, NULL);
}

static void
test_matches (void)
{
  static const struct {
    const char *source;
    const char *json;
  } cases[] = {
    { "matches (input.text, '^a.c$')", "true" },
    { "matches (input.text, 'b')", "true" },
    { "matches (input.text, 'x')", "false" },
    { "matches (input.text, '^(?i)ABC$')", "true" },
    { "matches ('', '')", "true" },
    { "matches ('', '^$')", "true" },
    { "matches ('\xc3\xa9t\xc3\xa9', '^\\\\w{3}$')", "true" },
    { "matches ('\xf0\x9f\x98\x80', '^.$')", "true" },
    { "matches ('a\\nb', '^b$')", "false" },
    { "matches ('a\\nb', '(?m)^b$')", "true" },
    { "matches ('a\\0b', '^a.b$')", "true" },
    { "matches ('a.c', 'a\\\\.c')", "true" },
    { "matches ('2026-01-31', '^\\\\d{4}-\\\\d\\\\d-\\\\d\\\\d$')", "true" },
    { "['ab', 'b', 'abb'].filter (x => matches (x, '^ab+$'))", "[\"ab\",\"abb\"]" },
    /* Longer than what is matched in one go */
    { "matches ('a'.repeat (5000) + 'foo', '^.*foo$')", "true" },
    { "matches ('a'.repeat (5000) + 'foo', 'fo+')", "true" },
    { "matches ('a'.repeat (5000) + 'foo', 'fo+x')", "false" },
    { "matches ('\xc3\xa9'.repeat (5000) + 'foo', '(?<=\xc3\xa9)fo+$')", "true" },
    { "matches ('a'.repeat (1000000) + 'foo', 'foo')", "true" },
    { "matches ('a'.repeat (1000000) + 'foo', '[fx]oo')", "true" },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    test_assert_json (evaluator, &scope, cases[i].source, cases[i].json);

  test_assert_fails (evaluator, &scope, "matches (input.text, '(')", FERMATA_EXPRESSION_ERROR_EXCEPTION, "char 1");
  test_assert_fails (evaluator, &scope, "matches (1, 'a')", FERMATA_EXPRESSION_ERROR_EXCEPTION, "strings");
  test_assert_fails (evaluator, &scope, "matches ('a')", FERMATA_EXPRESSION_ERROR_EXCEPTION, "strings");
  test_assert_fails (evaluator, &scope, "matches ('a', 'a\\0')", FERMATA_EXPRESSION_ERROR_EXCEPTION, "NUL");
}

/* That it ends with one of these, and that the evaluator still works. */
static void
assert_ends (FermataEvaluator *evaluator,
             TestScope        *scope,
             const char       *source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = test_try (evaluator, scope, source, &error);

  if (value != NULL)
    g_error ("%s: has a value", source);
  if (!g_error_matches (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_TIMEOUT) &&
      !g_error_matches (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_LIMIT))
    g_error ("%s: ends with %d, “%s”", source, error->code, error->message);

  test_assert_json (evaluator, scope, "input.list.map (x => x + number)", "[8,6,7]");
}

static void
test_patterns_end (void)
{
  static const char *const sources[] = {
    "matches ('a'.repeat (40) + 'b', '^(a+)+$')",
    "matches ('a'.repeat (400) + 'b', '(a*)*(b*)*$[cd]')",
    "matches ('a'.repeat (8000000), 'a*[bc]')",
    "matches ('a'.repeat (16000000), '(?:a(?=a*$))*x')",
    "matches ('a'.repeat (5000), '((a+)+)+b$')",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    assert_ends (evaluator, &scope, sources[i]);
}

static void
test_loops_end (void)
{
  static const char *const sources[] = {
    "(() => { for (;;); }) ()",
    "(() => { try { for (;;); } catch { return 1 } finally { return 2 } }) ()",
    "(() => { while (true) { try { for (;;); } catch {} } }) ()",
    "[...(function* () { for (;;) yield })()].length && 1",
    "(function f () { try { f () } finally { f () } }) ()",
    "[{get a () { for (;;); }}]",
    "(() => { throw {get message () { for (;;); }} }) ()",
    "(() => { throw {toString () { for (;;); }, toJSON () { for (;;); }} }) ()",
    "[].indexOf.call ({length: 2 ** 53 - 1}, 1)",
    "[].includes.call ({length: 2 ** 53 - 1}, 1)",
    "[].join.call ({length: 2 ** 53 - 1})",
    "[].reverse.call ({length: 2 ** 53 - 1})",
    "[].sort.call ({length: 2 ** 53 - 1})",
    "[].fill.call ({length: 2 ** 53 - 1}, 1)",
    "[].shift.call ({length: 2 ** 53 - 1})",
    "(() => { const a = []; a.length = 4294967295; return a.indexOf (1) }) ()",
    "(() => { const a = []; a.length = 4294967295; return a.sort () }) ()",
    "(() => { const a = []; a.length = 4294967294; return [...a] }) ()",
    "(() => { const a = []; a.length = 4294967294; return a }) ()",
    "String.raw ({raw: {length: 2 ** 53 - 1}})",
    "Iterator.from ({next () { return {} }}).forEach (() => 1)",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_test_message ("%s", sources[i]);
      /* That list has a value at none of its places */
      if (g_str_has_suffix (sources[i], "return a }) ()"))
        test_assert_fails (evaluator, &scope, sources[i], FERMATA_EXPRESSION_ERROR_RESULT, "result[0] is undefined");
      else
        assert_ends (evaluator, &scope, sources[i]);
    }
}

static void
test_memory_ends (void)
{
  static const char *const sources[] = {
    "'x'.repeat (1e9)", "'x'.repeat (2 ** 31)", "'ab'.repeat (1e8)", "'x'.padStart (1e9)", "'x'.padEnd (1e9, 'ab')",
    "Array (1e9)", "new Array (1e9)", "Array (2 ** 32 - 1).fill (0)", "Array.from ({length: 1e9})",
    "Array.from ({length: 2 ** 53 - 1}, (_, i) => i)", "Array.call (null, 1e9)", "Reflect.construct (Array, [1e9])",
    "(class extends Array {}).from ({length: 1e9})",
    "(() => { let s = 'x'; for (;;) s += s }) ()",
    "(() => { let s = 'x'; for (let i = 0; i < 29; i++) s += s; return s }) ()",
    "(() => { let s = 'x'; for (let i = 0; i < 29; i++) s += s; return [s] }) ()",
    "(() => { let s = 'x'; for (let i = 0; i < 29; i++) s += s; return {[s]: 1} }) ()",
    "(() => { let a = [1]; for (;;) a = [...a, ...a] }) ()",
    "(() => { let a = [1]; for (;;) a = a.concat (a) }) ()",
    "(() => { const a = []; for (;;) a.push (a.length) }) ()",
    "(() => { const m = new Map (); for (let i = 0;; i++) m.set (i, {}) }) ()",
    "(() => { let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; return a }) ()",
    "(() => { let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; return JSON.stringify (a) }) ()",
    "(() => { let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; return `${a}` }) ()",
    "(() => { let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; return a.flat (Infinity) }) ()",
    "(() => { const o = {}; for (let i = 0;; i++) o['k' + i] = i }) ()",
    "(() => { const o = {}; o.o = o; return JSON.stringify (o) }) ()",
    "(() => { let s = 'x'; for (let i = 0; i < 26; i++) s += s; return s.normalize ('NFKD') }) ()",
    "(() => { let s = '\xe2\x82\xac'; for (let i = 0; i < 26; i++) s += s; return encodeURIComponent (s) }) ()",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_test_message ("%s", sources[i]);
      assert_ends (evaluator, &scope, sources[i]);
    }
}

static gpointer
recurse (gpointer data)
{
  static const char *const sources[] = {
    "(function f () { return f () + 1 }) ()",
    "(function f (...a) { return [1].map (() => f (a)) }) ()",
    "(function f () { return JSON.stringify ({toJSON: f}) }) ()",
    "(function f () { return `${{toString: f}}` }) ()",
    "(function f () { return [2, 1].sort (f) }) ()",
    "(() => { let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a.flat (Infinity).length + `${a}`.length + 1n }) ()",
    "(() => { let a = '1'; for (let i = 0; i < 1e5; i++) a = `[${a}]`; return JSON.parse (a) }) ()",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) value = test_try (evaluator, &scope, sources[i], &error);

      g_assert_null (value);
      g_assert_true (error->domain == FERMATA_EXPRESSION_ERROR);
      test_assert_json (evaluator, &scope, "input.list.map (x => x + number)", "[8,6,7]");
    }

  return NULL;
}

static void
test_recursion_ends (void)
{
  recurse (NULL);
}

/* Long chains and deep nesting, compiled and evaluated or refused. */
static void
test_large_sources (void)
{
  static const struct {
    const char *open;
    const char *middle;
    const char *close;
  } shapes[] = {
    { "1+", "1", "" }, { "!", "1", "" }, { "typeof ", "1", "" }, { "", "number", ".x" }, { "", "number", "[0]" },
    { "", "number", "()" }, { "1,", "1", "" }, { "1&&", "1", "" }, { "number?1:", "1", "" }, { "1**", "1", "" },
    { "(", "1", ")" }, { "[", "1", "]" }, { "[", "number", "]" }, { "x=>", "1", "" }, { "`${", "1", "}`" },
    { "", "x", "``" }, { "[...", "[]", "]" }, { "({a:", "1", "})" }, { "void ", "0", "" }, { "number+", "1", "" },
  };
  static const guint sizes[] = { 150, 10000, 1000000 };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (sizes); j++)
      {
        g_autoptr (GString) source = g_string_new (NULL);
        g_autoptr (FermataValue) value = NULL;
        g_autoptr (GError) error = NULL;

        for (guint k = 0; k < sizes[j]; k++)
          g_string_append (source, shapes[i].open);
        g_string_append (source, shapes[i].middle);
        for (guint k = 0; k < sizes[j]; k++)
          g_string_append (source, shapes[i].close);

        value = test_try (evaluator, &scope, source->str, &error);
        g_assert_true ((value == NULL) == (error != NULL));
        if (sizes[j] == 1000000)
          g_assert_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_LIMIT);
      }

  test_assert_json (evaluator, &scope, "input.list.map (x => x + number)", "[8,6,7]");
}

/* With less stack than usual. */
static void
test_recursion_in_thread (void)
{
  static const gsize sizes[] = { 512 * 1024, 2 * 1024 * 1024 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      pthread_attr_t attributes;
      pthread_t thread;

      g_assert_cmpint (pthread_attr_init (&attributes), ==, 0);
      g_assert_cmpint (pthread_attr_setstacksize (&attributes, sizes[i]), ==, 0);
      g_assert_cmpint (pthread_create (&thread, &attributes, recurse, NULL), ==, 0);
      g_assert_cmpint (pthread_join (thread, NULL), ==, 0);
      pthread_attr_destroy (&attributes);
    }
}

/* No promise, so nothing that runs later. */
static void
test_nothing_later (void)
{
  static const char *const sources[] = {
    "(async () => { for (;;) await 0 }) ()", "(async function () {}) ()", "async x => x", "({async f () {}}).f ()",
    "Promise.resolve (1).then (() => 2)", "(async function* () {}) ()", "(() => { for await (const x of []); }) ()",
    "import ('x')", "class { static async f () {} }", "class { async *f () {} }",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    test_assert_fails (evaluator, &scope, sources[i], FERMATA_EXPRESSION_ERROR_SYNTAX, NULL);
}

/* What the compiled text adds to the user's is out of reach. */
static void
test_helpers_are_hidden (void)
{
  static const char *const sources[] = {
    "__fermata_get (1)", "__fermata_fail (1)", "__fermata_0", "\\u005f_fermata_get", "__fermata_e",
    "(__fermata_get => 1) (2)", "({__fermata_get}) => 1", "function __fermata_get () {}", "class __fermata_get {}",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    test_assert_fails (evaluator, &scope, sources[i], FERMATA_EXPRESSION_ERROR_SYNTAX, "reserved");

  test_assert_json (evaluator, &scope, "({__fermata_x: 1}).__fermata_x", "1");
  test_assert_json (evaluator, &scope, "(() => { try { return input.list.x.y } catch (e) { return e instanceof Error && e.constructor === Error } }) ()", "true");
}

static const char *const pieces[] = {
  "input", "input.list", "number", ".map", ".x", "1", "2n", "'x'", "`z`", "`${", "}`", "(", ")", "[", "]", "{", "}",
  "a:", ",", ";", ":", "?", "?.", ".", "...", "=>", "=", "==", "+", "-", "*", "**", "++", "--", "!", "&&", "??", "\n",
  " ", "function", "function*", "class", "new", "this", "yield", "return", "if", "else", "for", "of", "in", "let",
  "const", "var", "while", "try", "catch", "finally", "throw", "get", "set", "static", "x", "y", "(x)", "() =>", "{}",
  "[]", "()", "typeof", "void", "delete", "case", "switch", "default", "break", "do", "#p", "extends", "null", "/",
};

static char *
make_source (void)
{
  GString *text = g_string_new (NULL);
  int n = g_test_rand_int_range (1, 14);

  for (int i = 0; i < n; i++)
    {
      g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      if (g_test_rand_bit ())
        g_string_append_c (text, ' ');
    }

  return g_string_free (text, FALSE);
}

/* What JavaScriptCore takes for an expression, the parser of our own does,
 * too, unless it refuses it on purpose. */
static void
test_parsers_agree (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (FermataJsRuntime) runtime = fermata_evaluator_ref_runtime (evaluator, NULL);
  guint n_valid = 0;

  for (guint i = 0; i < 30000; i++)
    {
      g_autofree char *source = make_source ();
      FermataJsSource parsed;
      gsize offset;
      g_autoptr (GError) error = NULL;

      if (!fermata_js_check_syntax (runtime, source, strlen (source), &offset, NULL))
        continue;

      n_valid++;
      if (fermata_js_source_parse (&parsed, source, strlen (source), 0, FALSE, &offset, &error))
        fermata_js_source_clear (&parsed);
      else if (g_error_matches (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX))
        g_error ("“%s” is refused: %s", source, error->message);
    }

  g_assert_cmpuint (n_valid, >, 100);
}

/* Whatever is evaluated, values stay what they are and the next expression
 * works. */
static void
test_random_sources (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *source = make_source ();
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) value = test_try (evaluator, &scope, source, &error);

      g_assert_true ((value == NULL) == (error != NULL));
      if (error != NULL)
        g_assert_true (error->domain == FERMATA_EXPRESSION_ERROR && *error->message != '\0');
      if (i % 100 == 0)
        test_assert_json (evaluator, &scope, "input.list.map (x => x + number)", "[8,6,7]");
    }
}

/* One piece of a valid expression replaced by another. */
static void
test_mutations (void)
{
  static const char *const seeds[] = {
    "input.list.map (({x = 1, ...y} = {}, i) => x + i + number)",
    "(() => { let s = 0; for (const x of input.list) { if (x > 1) s += x; else continue } return s }) ()",
    "`${input.text}: ${[1, 2].map (x => `${x}`).join ('-')}` + (number ? 'a' : \"b\")",
    "({a: input.object.b.c, get d () { return [...input.list] }, ['e' + 1]: {f: null}})",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (guint i = 0; i < 8000; i++)
    {
      const char *seed = seeds[i % G_N_ELEMENTS (seeds)];
      int start = g_test_rand_int_range (0, (int) strlen (seed));
      int end = MIN ((int) strlen (seed), start + g_test_rand_int_range (0, 4));
      const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];
      g_autofree char *source = g_strdup_printf ("%.*s%s%s", start, seed, piece, seed + end);
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) value = test_try (evaluator, &scope, source, &error);

      g_assert_true ((value == NULL) == (error != NULL));
    }

  test_assert_json (evaluator, &scope, "input.list.map (x => x + number)", "[8,6,7]");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fermata_evaluator_set_time_limit (TIME_LIMIT);

  g_test_add_func ("/expression-safety/changes-nothing", test_changes_nothing);
  g_test_add_func ("/expression-safety/keeps-nothing", test_keeps_nothing);
  g_test_add_func ("/expression-safety/hides-inherited", test_hides_inherited);
  g_test_add_func ("/expression-safety/text-is-no-code", test_text_is_no_code);
  g_test_add_func ("/expression-safety/is-confined", test_is_confined);
  g_test_add_func ("/expression-safety/is-one-expression", test_is_one_expression);
  g_test_add_func ("/expression-safety/regular-expressions", test_regular_expressions);
  g_test_add_func ("/expression-safety/matches", test_matches);
  g_test_add_func ("/expression-safety/patterns-end", test_patterns_end);
  g_test_add_func ("/expression-safety/loops-end", test_loops_end);
  g_test_add_func ("/expression-safety/memory-ends", test_memory_ends);
  g_test_add_func ("/expression-safety/recursion-ends", test_recursion_ends);
  g_test_add_func ("/expression-safety/large-sources", test_large_sources);
  g_test_add_func ("/expression-safety/recursion-in-thread", test_recursion_in_thread);
  g_test_add_func ("/expression-safety/nothing-later", test_nothing_later);
  g_test_add_func ("/expression-safety/helpers-are-hidden", test_helpers_are_hidden);
  g_test_add_func ("/expression-safety/parsers-agree", test_parsers_agree);
  g_test_add_func ("/expression-safety/random-sources", test_random_sources);
  g_test_add_func ("/expression-safety/mutations", test_mutations);

  return g_test_run ();
}
