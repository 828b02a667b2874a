/* test-script-pool.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Scripts in processes of their own. */

#include "executor/script-calls.h"

/* --- Values --------------------------------------------------------------- */

static void
test_values (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);

  g_assert_cmpuint (fermata_local_script_pool_get_n_hosts (pool), ==, 0);
  assert_returns (pool, "return input + inputs.b", "{'input':1,'inputs':{'b':2}}", "3");
  assert_returns (pool, "", "{}", "null");
  assert_returns (pool, "return", "{}", "null");
  assert_returns (pool, "return null", "{}", "null");
  assert_returns (pool, "return typeof input", "{}", "\"undefined\"");
  assert_returns (pool, "return input", "{'input':{'b':[1,2.5,null,true,'x'],'a':{}}}",
                  "{\"b\":[1,2.5,null,true,\"x\"],\"a\":{}}");
  assert_returns (pool, "input.list.push (3); return input.list", "{'input':{'list':[1,2]}}",
                  "[1,2,3]");
  assert_returns (pool, "return [-0, 1e21, 0.1, 2 * 3]", "{}", "[-0.0,1e21,0.1,6]");
  assert_returns (pool, "return new Date (0)", "{}", "\"1970-01-01T00:00:00.000Z\"");
  g_assert_cmpuint (fermata_local_script_pool_get_n_hosts (pool), ==, 1);
  end_pool (pool);
}

static void
test_values_beyond_json (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);

  assert_returns (pool, "return [typeof input[0], input[0] + 1n]", "{'input':[9223372036854775806]}",
                  "[\"bigint\",9223372036854775807]");
  assert_returns (pool, "return typeof input", "{'input':9007199254740993}", "\"bigint\"");
  assert_returns (pool, "return input", "{'input':['\\u0001i5','\\u0000\\u0001']}",
                  "[\"\\u0001i5\",\"\\u0000\\u0001\"]");
  assert_returns (pool, "return input[1]", "{'input':[1e999,2]}", "2");
  assert_returns (pool, "return '\\ud800'", "{}", "\"\357\277\275\"");
  assert_returns (pool, "return input.__proto__ === Object.prototype", "{'input':{}}", "true");
  assert_returns (pool, "return input.length", "{'input':'a\\u0000b'}", "3");
  end_pool (pool);
}

/* All of JavaScript */
static void
test_language (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);

  assert_returns (pool, "return 'a1b22'.match (/\\d+/g)", "{}", "[\"1\",\"22\"]");
  assert_returns (pool, "return [...new Uint8Array ([1, 257])]", "{}", "[1,1]");
  assert_returns (pool, "return eval ('1 + 1') + new Function ('return 1') ()", "{}", "3");
  assert_returns (pool, "class A { #x = 1; get x () { return this.#x } } return new A ().x // done",
                  "{}", "1");
  assert_returns (pool, "return this === undefined", "{}", "true");
  end_pool (pool);
}

/* --- Failures ------------------------------------------------------------- */

static void
test_throws (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);
  g_autoptr (Call) thrown = NULL;
  g_autoptr (Call) first = NULL;

  thrown = call (pool, "a", "const f = () => {\n  throw new RangeError ('no')\n};\n\nf ();");
  assert_failed (thrown, FERMATA_ERROR_KIND_EXECUTION, "RangeError: no (line 2 of the code)");
  g_assert_cmpint (detail (thrown, "line"), ==, 2);
  g_assert_cmpstr (fermata_value_get_string (fermata_value_get_member (thrown->details, "name"), NULL),
                   ==, "RangeError");

  first = call (pool, "a", "null.x");
  assert_failed (first, FERMATA_ERROR_KIND_EXECUTION, "TypeError: null is not an object*(line 1 *)");
  g_assert_cmpint (detail (first, "column"), ==, 5);

  assert_fails (pool, "undeclared = 1", FERMATA_ERROR_KIND_EXECUTION, "ReferenceError: *undeclared*");
  assert_fails (pool, "throw 'just text'", FERMATA_ERROR_KIND_EXECUTION, "just text");
  assert_fails (pool, "throw { code: 7 }", FERMATA_ERROR_KIND_EXECUTION, "threw {\"code\":7}");
  assert_fails (pool, "throw null", FERMATA_ERROR_KIND_EXECUTION, "threw null");
  assert_fails (pool, "throw { get message () { throw 1 } }", FERMATA_ERROR_KIND_EXECUTION, "threw *");
  assert_fails (pool, "const f = () => f () + 1; f ()", FERMATA_ERROR_KIND_EXECUTION,
                "RangeError: Maximum call stack*");
  assert_returns (pool, "return 1", "{}", "1");
  end_pool (pool);
}

static void
test_no_results (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);

  assert_fails (pool, "return () => 1", FERMATA_ERROR_KIND_TRANSFORMATION, "the result is a function");
  assert_fails (pool, "return { a: [0, { f () {} }] }", FERMATA_ERROR_KIND_TRANSFORMATION,
                "result.a[1].f is a function");
  assert_fails (pool, "const o = { a: {} }; o.a.b = o; return o", FERMATA_ERROR_KIND_TRANSFORMATION,
                "result.a.b contains itself");
  assert_fails (pool, "return [NaN]", FERMATA_ERROR_KIND_TRANSFORMATION, "result[0] is NaN");
  assert_fails (pool, "return { x: undefined }", FERMATA_ERROR_KIND_TRANSFORMATION,
                "result.x is undefined");
  assert_fails (pool, "return 1n << 64n", FERMATA_ERROR_KIND_TRANSFORMATION,
                "the result is a BigInt beyond 64 bits");
  assert_fails (pool, "return new Map ()", FERMATA_ERROR_KIND_TRANSFORMATION, "the result is a Map*");
  assert_fails (pool, "return (async () => 1) ()", FERMATA_ERROR_KIND_TRANSFORMATION,
                "the result is a Promise*");
  end_pool (pool);
}

static void
test_syntax (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);

  assert_fails (pool, "const a = 1;\nconst b = ;", FERMATA_ERROR_KIND_EXPRESSION,
                "SyntaxError: *(line 2 of the code)");
  assert_fails (pool, "}); (function () {", FERMATA_ERROR_KIND_EXPRESSION, "SyntaxError: *");
  assert_returns (pool, "return 1", "{}", "1");
  end_pool (pool);
}

/* --- Contexts ------------------------------------------------------------- */

static void
assert_counts (FermataLocalScriptPool *pool,
               const char             *context,
               const char             *expected)
{
  g_autoptr (Call) self = call (pool, context, COUNT);

  assert_result (self, expected);
}

static void
test_contexts (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);
  g_autoptr (Call) other_code = NULL;

  assert_counts (pool, "run/a", "1");
  assert_counts (pool, "run/a", "2");
  assert_counts (pool, "run/b", "1");
  assert_counts (pool, "run/a", "3");
  other_code = call (pool, "run/a", "return count * 10");
  assert_result (other_code, "30");

  fermata_script_pool_forget (FERMATA_SCRIPT_POOL (pool), "run/b");
  assert_counts (pool, "run/b", "1");
  assert_counts (pool, "run/a", "4");
  fermata_script_pool_forget (FERMATA_SCRIPT_POOL (pool), "run/");
  assert_counts (pool, "run/a", "1");
  end_pool (pool);
}

/* One that is spoilt is the only one. */
static void
test_spoilt_context (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);
  g_autoptr (Call) spoil = call (pool, "a",
                                 "Array.prototype.map = JSON.parse = Map.prototype.get = null;"
                                 "Object.prototype.toString = () => { throw 1 };");
  g_autoptr (Call) after = NULL;
  g_autoptr (Call) other = NULL;

  wait_for (spoil);
  after = call (pool, "a", "return 1");
  wait_for (after);
  other = call (pool, "b", "return [1].map (x => x)");
  assert_result (other, "[1]");
  end_pool (pool);
}

static void
test_many_contexts (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("run/%u", i);

      assert_counts (pool, name, "1");
    }
  assert_counts (pool, "run/199", "2");
  assert_counts (pool, "run/0", "1");
  end_pool (pool);
}

/* --- Printing ------------------------------------------------------------- */

static void
test_printing (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);
  g_autoptr (Call) self = call (pool, "a",
                                "console.log ('a', 1, { b: [2n === 2n] }, null, undefined);"
                                "console.error ('oh\\u00e4'); console.info (); console.debug (() => 1);"
                                "console.warn (new TypeError ('t')); console.log ([1], 5n); return 1");

  assert_result (self, "1");
  g_assert_cmpstr (self->printed[FERMATA_STREAM_OUTPUT]->str, ==,
                   "a 1 {\"b\":[true]} null undefined\n\n() => 1\n[1] 5n\n");
  g_assert_cmpstr (self->printed[FERMATA_STREAM_ERROR]->str, ==, "ohä\nTypeError: t\n");
  end_pool (pool);
}

/* What was printed comes although the script does not end. */
static void
test_printing_before_the_end (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);
  g_autoptr (Call) self = call (pool, "a", "console.log ('here'); " FOR_EVER);

  while (self->n_printed == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (self->printed[FERMATA_STREAM_OUTPUT]->str, ==, "here\n");
  g_cancellable_cancel (self->cancellable);
  wait_for (self);
  end_pool (pool);
}

/* Nothing piles up, on either side, however slow the reader is. */
static void
test_printing_much (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);
  guint64 before = peak_of (RUSAGE_SELF);
  g_autoptr (Call) self = call (pool, "a",
                                "const line = 'x'.repeat (65535);"
                                "for (let i = 0; i < 16384; i++) console.log (line);");

  assert_result (self, "null");
  g_assert_cmpuint (self->n_printed, ==, 1024 * MB);
  g_assert_cmpuint (peak_of (RUSAGE_SELF), <, before + 64 * MB);
  end_pool (pool);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (peak_of (RUSAGE_CHILDREN), <, 384 * MB);
#endif
}

/* --- Many at a time ------------------------------------------------------- */

static void
test_pipelined (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (2);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *names = g_strdup_printf ("{'input':%u}", i);
      g_autofree char *context = g_strdup_printf ("run/%u", i % 7);

      g_ptr_array_add (calls, call_with (pool, context, "console.log (input); return input * 2",
                                         names, 256 * MB));
    }
  for (guint i = 0; i < calls->len; i++)
    {
      Call *self = calls->pdata[i];
      g_autofree char *expected = g_strdup_printf ("%u", 2 * i);
      g_autofree char *line = g_strdup_printf ("%u\n", i);

      assert_result (self, expected);
      g_assert_cmpstr (self->printed[0]->str, ==, line);
    }
  g_assert_cmpuint (fermata_local_script_pool_get_n_hosts (pool), ==, 2);
  end_pool (pool);
}

static void
test_large_values (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);
  g_autofree char *text = g_strnfill (3 * MB, 'x');
  g_autofree char *names = g_strdup_printf ("{'input':'%s'}", text);
  g_autofree char *expected = g_strdup_printf ("\"%s%s\"", text, text);

  for (guint i = 0; i < 3; i++)
    assert_returns (pool, "return input + input", names, expected);
  assert_returns (pool, "return input", "{'input':1}", "1");
  end_pool (pool);
}

/* What stands behind a call that does not end goes elsewhere. */
static void
test_behind_a_long_one (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (2);
  g_autoptr (Call) endless = call (pool, "endless", FOR_EVER);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);

  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (calls, call (pool, "short", "return 1"));
  for (guint i = 0; i < calls->len; i++)
    assert_result (calls->pdata[i], "1");

  g_assert_false (endless->done);
  g_cancellable_cancel (endless->cancellable);
  wait_for (endless);
  end_pool (pool);
}

static void
test_memory_limits_differ (void)
{
  FermataLocalScriptPool *pool = fermata_local_script_pool_new (1);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);

  for (guint i = 0; i < 6; i++)
    g_ptr_array_add (calls, call_with (pool, "a", "return 1", "{}", (i % 2 == 0 ? 64 : 128) * MB));
  for (guint i = 0; i < calls->len; i++)
    assert_result (calls->pdata[i], "1");
  end_pool (pool);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/script-pool/values", test_values);
  g_test_add_func ("/script-pool/values-beyond-json", test_values_beyond_json);
  g_test_add_func ("/script-pool/language", test_language);
  g_test_add_func ("/script-pool/throws", test_throws);
  g_test_add_func ("/script-pool/no-results", test_no_results);
  g_test_add_func ("/script-pool/syntax", test_syntax);
  g_test_add_func ("/script-pool/contexts", test_contexts);
  g_test_add_func ("/script-pool/spoilt-context", test_spoilt_context);
  g_test_add_func ("/script-pool/many-contexts", test_many_contexts);
  g_test_add_func ("/script-pool/printing", test_printing);
  g_test_add_func ("/script-pool/printing-before-the-end", test_printing_before_the_end);
  g_test_add_func ("/script-pool/printing-much", test_printing_much);
  g_test_add_func ("/script-pool/pipelined", test_pipelined);
  g_test_add_func ("/script-pool/large-values", test_large_values);
  g_test_add_func ("/script-pool/behind-a-long-one", test_behind_a_long_one);
  g_test_add_func ("/script-pool/memory-limits-differ", test_memory_limits_differ);

  return g_test_run ();
}
