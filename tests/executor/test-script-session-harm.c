/* test-script-session-harm.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* JavaScript that would do harm to whoever runs it, and random JavaScript: whatever
 * it does, a call ends, and what the variables say is all that there is. */

#include "executor/script-programs.h"
#include "executor/script-sessions.h"

#include <signal.h>

#define EXECUTION FERMATA_ERROR_KIND_EXECUTION
#define TIMEOUT FERMATA_ERROR_KIND_TIMEOUT

/* What the memory of a process that has the sanitizers in it is, nobody bounds. */
#ifdef __SANITIZE_ADDRESS__
#define HAS_LIMIT FALSE
#else
#define HAS_LIMIT TRUE
#endif

static void
test_for_ever (void)
{
  static const char *const cases[] = {
    "for (;;) ;",
    "x = 2; /^(([a-z])+.)+[A-Z]([a-z])+$/.test ('a'.repeat (50))",
    "(function f () { Promise.resolve ().then (f) }) ()",
    "y = { get a () { for (;;) ; } }",
  };
  g_autoptr (Machine) machine = machine_new ("{'x':1}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_breaks (machine, cases[i], TIMEOUT, "*was ended: it had *");
      assert_value (machine, "x", "1");
    }
}

static void
test_memory (void)
{
  static const char *const cases[] = {
    "var a = []; for (;;) a.push (new Array (1000).fill (a.length))",
    "var s = 'x'; for (;;) s += s + [s].join ()",
    "var a = []; for (;;) a.push (new Uint8Array (1000000))",
  };
  g_autoptr (Machine) machine = machine_new ("{'x':1}");

  if (!HAS_LIMIT)
    {
      g_test_skip ("with the sanitizers there is no limit");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) changes = fermata_script_session_execute (machine->session, &machine->world,
                                                                         cases[i], &error);

      g_assert_null (changes);
      g_assert_error (error, FERMATA_TASK_ERROR, error->code);
      assert_value (machine, "x", "1");
    }
}

/* Whoever kills it, the next call has another one. */
static void
test_killed (void)
{
  g_autoptr (Machine) machine = machine_new ("{'x':1}");
  pid_t first, second;

  g_assert_cmpint (fermata_local_script_session_get_pid (FERMATA_LOCAL_SCRIPT_SESSION (machine->session)), ==, 0);
  assert_changes (machine, "x = 2; y = [x]", "{'x':2,'y':[2]}");
  first = fermata_local_script_session_get_pid (FERMATA_LOCAL_SCRIPT_SESSION (machine->session));
  g_assert_cmpint (first, >, 0);
  kill (first, SIGKILL);
  assert_no_value (machine, "x", EXECUTION, "*ended by signal 9*");
  assert_value (machine, "[x, y]", "[2,[2]]");
  second = fermata_local_script_session_get_pid (FERMATA_LOCAL_SCRIPT_SESSION (machine->session));
  g_assert_cmpint (second, !=, first);
}

/* The value, or what the error says. */
static FermataValue *
evaluate_anyhow (Machine    *machine,
                 const char *expression)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_script_session_evaluate (machine->session, &machine->world, expression, &error);

  return value != NULL ? value : fermata_value_new_string (error->message, -1);
}

/* Each is run with what follows it: that must not be confused by it. */
static void
test_tampering (void)
{
  static const char *const cases[] = {
    "Array.prototype.push = Array.prototype.pop = function () { throw 1 }",
    "Array.prototype[Symbol.iterator] = function* () { yield 666 }",
    "Object.prototype.toString = Object.prototype.valueOf = function () { return 666 }",
    "Object.defineProperty (Object.prototype, 'get', { value: () => 666 })",
    "Object.defineProperty (Object.prototype, '$function', { value: '1' })",
    "Object.defineProperty (Array.prototype, '0', { get () { return 666 }, set (v) {} })",
    "Object.prototype.__proto__ = { x: 666 }",
    "JSON.parse = JSON.stringify = null",
    "JSON = Object = Array = Map = Set = Reflect = Function = String = Error = Symbol = undefined",
    "eval = Date = RegExp = Math = Number = BigInt = WeakSet = Proxy = TypeError = parseInt = 1",
    "Map.prototype.get = Map.prototype.set = Map.prototype.has = () => true",
    "RegExp.prototype.exec = RegExp.prototype.test = () => null",
    "String.prototype.includes = String.prototype.startsWith = () => true",
    "Function.prototype.call = Function.prototype.apply = Function.prototype.toString = () => '666'",
    "Object.keys = Object.getPrototypeOf = Object.defineProperty = Reflect.ownKeys = () => []",
    "Date.prototype.getTime = Date.now = () => 666",
    "Promise.prototype.then = () => 666; Error.prototype.name = 'E'; Error.stackTraceLimit = 0",
    "delete globalThis.Object; delete globalThis.x; delete globalThis.o; delete globalThis.In",
    "for (var k of Object.getOwnPropertyNames (globalThis)) try { delete globalThis[k] } catch (e) {}",
    "for (const k of Object.getOwnPropertyNames (globalThis)) try { globalThis[k] = 5 } catch (e) {}",
    "Object.freeze (globalThis)",
    "Object.preventExtensions (globalThis)",
    "Object.setPrototypeOf (globalThis, new Proxy ({}, { get () { return 666 }, has () { return true } }))",
    "globalThis[Symbol.toStringTag] = 'x'",
    "Object.defineProperty (globalThis, 'x', { get () { throw 'no' }, configurable: false })",
    "Object.defineProperty (globalThis, 'o', { value: { get a () { x = 666; return x } }, enumerable: false })",
    "globalThis.__defineGetter__ ('x', function () { return new Proxy ({}, {}) })",
    "x = new Proxy ([], { get (t, k) { return k === 'length' ? 1e9 : 666 } })",
    "x = new Proxy ({}, { ownKeys () { throw 'no' } })",
    "x = new Proxy ({}, { ownKeys () { return ['a', 'b'] }, getOwnPropertyDescriptor () "
      "{ return { value: 1, enumerable: true, configurable: true } }, get (t, k) { o.a = k; return k } })",
    "x = new Proxy ({}, { getPrototypeOf () { throw 'no' } })",
    "x = { toJSON () { throw 'no' }, then () { throw 'no' }, [Symbol.toPrimitive] () { throw 'no' } }",
    "x = Object.create (null, { a: { get () { delete o.a; y = 1; return 1 }, enumerable: true } })",
    "x = []; x.length = 4294967295",
    "x = 'x'.repeat (300000000)",
    "x = {}; x[Symbol.iterator] = 1; Object.defineProperty (x, 'hidden', { value: 1 })",
    "x = class { static [Symbol.hasInstance] () { throw 1 } static toString () { x = 5 } }",
    "x = function () { throw 'no' }; x.toString = () => 'function () {'",
    "x = Object.assign (Object.create ({ get length () { throw 1 } }), { a: 1 })",
    "x = (function* () { yield 1 }) (); ",
    "x = new Error ('e'); x.message = { toString () { throw 1 } }; throw x",
    "throw { get message () { throw 1 }, toString () { throw 2 } }",
    "throw new Proxy ({}, { get () { throw 1 }, getPrototypeOf () { throw 2 } })",
    "throw Symbol ('s')",
    "var x = { a: x, b: x, c: [x, x] }",
    "var x = []; for (var i = 0; i < 60; i++) x = [x, x]",
    "var x = []; for (var i = 0; i < 100000; i++) x = [x]",
    "x = 7n ** 100000n",
    "__fermata = 1; let __fermata2 = 2; function __proto__ () {}; __proto__ = 5",
    "let eval2 = eval; let constructor = 1, toString = 2, hasOwnProperty = 3",
    "Promise.reject (new Error ('nobody looks')); (async () => { throw 1 }) ()",
    "setTimeout (() => {}, 0)",
    "x = document",
    "import ('fs').then (m => { x = m }, e => { x = `${e}` })",
    "undefined = 1; NaN = 2; var Infinity = 3; this.undefined = 4",
    "_event; _x.a.b = 3; _x.a.__proto__.c = 4; Object.assign (_x, { a: 1 })",
    "In = null; console = null; print = null",
    "Error.prepareStackTrace = () => { throw 1 }; null.x",
    "x = new Array (100); x[50] = undefined; o = x; x.y = 1",
    "x = RegExp ('/\\n/'); x.lastIndex = 5; x.exec = null",
    "/(x)/.exec ('x'); o.a = RegExp.$1 + RegExp.lastMatch",
    "x = new Date (8.64e15); x.getTime = () => 1; x.own = 1",
    "(function f () { try { f () } finally { f () } }).call.call ({})",
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Machine) machine = machine_new ("{'x':1,'o':{'a':[1,{'$date':'invalid'}]},'f':{'$function':'() => 4'}}");
      g_autoptr (FermataValue) changes = NULL;
      g_autoptr (FermataValue) before = NULL;
      g_autoptr (FermataValue) after = NULL;
      g_autoptr (GError) error = NULL;
      static const char all[] = "[typeof x, typeof o === 'object' ? o : typeof o, typeof f, `${RegExp.$1}`]";

      changes = fermata_script_session_execute (machine->session, &machine->world, cases[i], &error);
      g_test_message ("%s: %s", cases[i], error != NULL ? error->message : "done");
      if (changes != NULL)
        take_changes (machine, changes);
      if (i < 17 && changes != NULL && i != 8 && i != 9 && fermata_value_get_length (changes) != 0)
        g_test_fail_printf ("%s: something has changed", cases[i]);
      if (i < 17)
        assert_value (machine, "[[1, 2].map (f), [...o.a].length]", "[[4,4],2]");

      /* The same there and in a process that has not seen it */
      before = evaluate_anyhow (machine, all);
      start_anew (machine);
      after = evaluate_anyhow (machine, all);
      if (!fermata_value_equal (before, after))
        {
          g_autofree char *a = to_text (before);
          g_autofree char *b = to_text (after);

          g_test_fail_printf ("%s: %s, in another process: %s", cases[i], a, b);
        }
    }
}

/* --- Random --------------------------------------------------------------- */

static FermataValue *
make_random (GRand *random,
             guint  depth)
{
  static const char *const tags[] = {
    "{'$undefined':true}", "{'$number':'NaN'}", "{'$number':'-Infinity'}", "{'$bigint':'-12345678901234567890'}",
    "{'$date':'2026-02-03T04:05:06.789Z'}", "{'$date':'invalid'}", "{'$regexp':'/a[/]b/gi'}", "-0.0", "0.1",
    "{'$function':'function (a) { return a }'}", "{'$function':'async x => x'}", "{'$xml':'<a b=\\u00271\\u0027><c/>t</a>'}",
    "{'$function':'class A { f () {} }'}", "{'$$undefined':true}", "{'$$$x':{}}", "9007199254740991", "1e300",
    "'\\u0000\\u2028'", "'\\ud83d\\ude00'", "null", "false", "-5", "{'$frozen':{'name':'e','data':{'$undefined':true}}}",
    "{'$a':1,'$b':2}", "{'__proto__':1}", "{'constructor':{'$undefined':true}}", "{'1':1,'0':2}", "{'':''}",
  };
  static const char *const names[] = { "a", "b c", "$", "__proto__", "length", "toString", "7" };
  FermataValue *elements[4];
  FermataValue *value;
  const char *chosen[4];
  gsize n;

  if (depth == 0 || g_rand_int_range (random, 0, 3) == 0)
    return parse (tags[g_rand_int_range (random, 0, G_N_ELEMENTS (tags))]);

  n = (gsize) g_rand_int_range (random, 2, 4);
  for (gsize i = 0; i < n; i++)
    {
      elements[i] = make_random (random, depth - 1);
      chosen[i] = names[(gsize) g_rand_int_range (random, 0, 2) + 2 * i];
    }
  value = g_rand_boolean (random) ? fermata_value_new_array (elements, n)
                                  : fermata_value_new_object (chosen, elements, n);
  for (gsize i = 0; i < n; i++)
    fermata_value_unref (elements[i]);

  return value;
}

/* As a set: JavaScript puts names that are numbers first. */
static void
assert_same (FermataValue *a,
             FermataValue *b)
{
  if (!fermata_value_equal (a, b))
    {
      g_autofree char *one = to_text (a);
      g_autofree char *other = to_text (b);

      g_test_fail_printf ("%s became %s", one, other);
    }
}

static void
test_random_values (void)
{
  g_autoptr (Machine) machine = machine_new ("{}");
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);

  for (int i = 0; i < 1000; i++)
    {
      g_autoptr (FermataValue) value = make_random (random, 4);
      g_autoptr (FermataValue) changes = NULL;
      g_autoptr (FermataValue) read = NULL;
      g_autoptr (GError) error = NULL;

      changes = fermata_script_session_assign (machine->session, &machine->world, "v", NULL, value, TRUE, &error);
      g_assert_no_error (error);
      if (fermata_value_get_length (changes) > 0)
        assert_same (value, fermata_value_get_member (changes, "v"));
      take_changes (machine, changes);
      read = fermata_script_session_evaluate (machine->session, &machine->world, "[v].concat ([])", &error);
      g_assert_no_error (error);
      assert_same (value, fermata_value_get_element (read, 0));
      if (i % 50 == 0)
        start_anew (machine);
    }
}

static void
test_random_programs (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (77);

  for (int round = 0; round < 25; round++)
    {
      g_autofree char *problem = play_random_program (random);

      if (problem != NULL)
        g_test_fail_printf ("%s", problem);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/script-session-harm/for-ever", test_for_ever);
  g_test_add_func ("/script-session-harm/memory", test_memory);
  g_test_add_func ("/script-session-harm/killed", test_killed);
  g_test_add_func ("/script-session-harm/tampering", test_tampering);
  g_test_add_func ("/script-session-harm/random-values", test_random_values);
  g_test_add_func ("/script-session-harm/random-programs", test_random_programs);

  return g_test_run ();
}
