/* test-expression-results.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-evaluator-private.h"
#include "test-scope.h"

#define NAMES \
  "{\"inputs\":{\"path\":\"a.json\",\"empty\":\"\",\"zero\":0,\"one\":1,\"half\":0.5,\"yes\":true,\"no\":false," \
  "\"nothing\":null,\"list\":[3,1,2],\"matrix\":[[1,2],[3,[4,5]]],\"a b\":{\"c-d\":7},\"object\":{\"z\":1,\"a\":2}," \
  "\"name\":\"Zo\xc3\xab \xf0\x9f\x98\x80!\",\"nul\":\"a\\u0000b\",\"big\":9007199254740993," \
  "\"most\":9223372036854775807,\"least\":-9223372036854775808,\"text\":12345678901234567890,\"length\":\"own\"," \
  "\"2\":\"two\",\"none\":{},\"few\":[]},\"input\":{\"items\":[{\"id\":1,\"tags\":[\"x\"]},{\"id\":2,\"tags\":[]}]}," \
  "\"number\":5}"

static void
test_javascript (void)
{
  static const struct {
    const char *source;
    const char *json;
  } cases[] = {
    { "1 + 1", "2" },
    { "2 * 3", "6" },
    { "1 / 2", "0.5" },
    { "'a' + 1", "\"a1\"" },
    { "number + 1", "6" },
    { "number > 3 && inputs.yes", "true" },
    { "inputs.list.map (x => x * 2)", "[6,2,4]" },
    { "inputs.list.filter (x => x > 1).length", "2" },
    { "inputs.list.reduce ((a, b) => a + b, 0)", "6" },
    { "[...inputs.list].sort ()", "[1,2,3]" },
    { "inputs.list.slice ().sort ((a, b) => b - a)", "[3,2,1]" },
    { "inputs.list.toSorted ()", "[1,2,3]" },
    { "inputs.list.slice (1)", "[1,2]" },
    { "inputs.list.includes (2)", "true" },
    { "inputs.list.concat ([4], 5)", "[3,1,2,4,5]" },
    { "inputs.list.join ('-')", "\"3-1-2\"" },
    { "inputs.list.indexOf (1)", "1" },
    { "inputs.list.at (-1)", "2" },
    { "inputs.matrix.flat (9)", "[1,2,3,4,5]" },
    { "Math.max (...inputs.list)", "3" },
    { "Object.keys (inputs.object)", "[\"z\",\"a\"]" },
    { "Object.entries (inputs.object)", "[[\"z\",1],[\"a\",2]]" },
    { "Object.fromEntries (Object.entries (inputs.object).map (([k, v]) => [k, v + 1]))", "{\"z\":2,\"a\":3}" },
    { "({...inputs.object, b: 3})", "{\"z\":1,\"a\":2,\"b\":3}" },
    { "{a: 1}", "{\"a\":1}" },
    { "(({a, ...rest}) => rest) (inputs.object)", "{\"z\":1}" },
    { "JSON.stringify (inputs.object)", "\"{\\\"z\\\":1,\\\"a\\\":2}\"" },
    { "JSON.parse ('[1, {\"a\": 2}]')", "[1,{\"a\":2}]" },
    { "Array.isArray (inputs.list)", "true" },
    { "inputs.list instanceof Array", "true" },
    { "Array.from ({length: 3}, (_, i) => i)", "[0,1,2]" },
    { "Array (3).fill (0)", "[0,0,0]" },
    { "new Array (1, 2)", "[1,2]" },
    { "Array.of (7)", "[7]" },
    { "[1, [2, [3]]].flatMap (x => x)", "[1,2,[3]]" },
    { "input.items.find (x => x.id === 2).tags.length", "0" },
    { "input.items.map (({id, tags: [first = '-']}) => `${id}${first}`)", "[\"1x\",\"2-\"]" },
    { "Object.groupBy (inputs.list, x => x > 1 ? 'big' : 'small').big", "[3,2]" },
    { "[...new Set ([1, 1, 2])]", "[1,2]" },
    { "[...new Map ([[1, 2]]).keys ()]", "[1]" },
    { "(function f (n) { return n < 2 ? 1 : n * f (n - 1) }) (5)", "120" },
    { "(() => { let s = 0; for (const x of inputs.list) s += x; return s }) ()", "6" },
    { "[...(function* () { yield 1; yield* [2, 3] }) ()]", "[1,2,3]" },
    { "inputs.name.length", "7" },
    { "[...inputs.name].length", "6" },
    { "inputs.name.toUpperCase ()", "\"ZO\xc3\x8b \xf0\x9f\x98\x80!\"" },
    { "inputs.nul.length", "3" },
    { "inputs.nul + '!'", "\"a\\u0000b!\"" },
    { "'a,b'.split (',')", "[\"a\",\"b\"]" },
    { "'a.b.c'.replaceAll ('.', '/')", "\"a/b/c\"" },
    { "'abc'.replace ('b', x => x + x)", "\"abbc\"" },
    { "'5'.padStart (3, '0')", "\"005\"" },
    { "'ab'.repeat (2)", "\"abab\"" },
    { "'x' in inputs.object", "false" },
    { "void 0 === undefined", "true" },
    { "inputs.object?.z", "1" },
    { "inputs['z' + 'ero']", "0" },
    { "inputs.list[inputs.list.length - 1]", "2" },
    { "1, 2", "2" },
    { "1 // one", "1" },
    { "/* one */ 1", "1" },
    { "1\n+\n1\n", "2" },
    { "(class { static x = 1 }).x", "1" },
    { "new (class { a = 1; #b = 2; get c () { return this.#b } }) ().c", "2" },
    { "`${inputs.path}: ${`${inputs.one}`}`", "\"a.json: 1\"" },
    { "String.raw`a\\n${1}`", "\"a\\\\n1\"" },
    { "typeof this", "\"undefined\"" },
    { "(() => typeof this) ()", "\"undefined\"" },
    { "(function () { return typeof this }) ()", "\"undefined\"" },
    { "(function () { return arguments.length }) (1, 2)", "2" },
    { "input.items[0] === input.items[0]", "true" },
    { "input.items.indexOf (input.items[1])", "1" },
    { "input.items.includes (input['items'][1])", "true" },
    { "[input].map (x => x.items[0] === input.items[0])", "[true]" },
    { "input.items.map?.(x => x.id)", "[1,2]" },
    { "input.items?.map (x => x.id)", "[1,2]" },
    { "inputs['\\x01'] ?? inputs.path", "\"a.json\"" },
    { "new Date (0)", "\"1970-01-01T00:00:00.000Z\"" },
    { "encodeURIComponent ('a b')", "\"a%20b\"" },
    { "parseInt ('12px')", "12" },
    { "isNaN (NaN)", "true" },
    { "[3, 1].toString ()", "\"3,1\"" },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    test_assert_json (evaluator, &scope, cases[i].source, cases[i].json);
  g_assert_true (fermata_evaluator_has_context (evaluator));
}

static void
test_member_order (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, "{\"o\":{\"b\":1,\"10\":2,\"a\":3,\"9\":4,\"__proto__\":5,\"constructor\":6}}");
  test_assert_json (evaluator, &scope, "o", "{\"b\":1,\"10\":2,\"a\":3,\"9\":4,\"__proto__\":5,\"constructor\":6}");
  test_assert_json (evaluator, &scope, "({...o})", "{\"9\":4,\"10\":2,\"b\":1,\"a\":3,\"__proto__\":5,\"constructor\":6}");
  test_assert_json (evaluator, &scope, "o.__proto__ + o.constructor", "11");
  test_assert_json (evaluator, &scope, "[o].map (x => x.__proto__ + x['constructor'])", "[11]");
}

static void
test_integers (void)
{
  static const struct {
    const char *source;
    const char *json;
  } cases[] = {
    { "inputs.big", "9007199254740993" },
    { "(inputs.big)", "9007199254740993" },
    { "inputs.big + 1n", "9007199254740994" },
    { "typeof inputs.big", "\"bigint\"" },
    { "[inputs.big, {a: inputs.most, b: [inputs.least]}]", "[9007199254740993,{\"a\":9223372036854775807,\"b\":[-9223372036854775808]}]" },
    { "(inputs => [inputs.big, inputs.least]) (inputs)", "[9007199254740993,-9223372036854775808]" },
    { "2n ** 63n - 1n", "9223372036854775807" },
    { "-(2n ** 63n)", "-9223372036854775808" },
    { "5n", "5" },
    { "[5n]", "[5]" },
    { "2 ** 53 - 1", "9007199254740991" },
    { "-(2 ** 53 - 1)", "-9007199254740991" },
    { "2 ** 53", "9007199254740992.0" },
    { "[2 ** 53, 2 ** 70, 1e21, 1e300, 5e-324]", "[9007199254740992.0,1180591620717411303424.0,1e21,1e300,5e-324]" },
    { "1.0", "1.0" },
    { "1.0 * 1", "1" },
    { "-0", "-0.0" },
    { "0 * -1", "-0.0" },
    { "[0, -0, 0 * -1]", "[0,-0.0,-0.0]" },
    { "0.1 + 0.2", "0.30000000000000004" },
    { "[0.1, 1.5e-7, 123456789.125]", "[0.1,1.5e-7,123456789.125]" },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = test_evaluate (evaluator, &scope, cases[i].source);
      g_autoptr (FermataValue) expected = test_parse (cases[i].json);

      if (!fermata_value_equal (value, expected))
        g_error ("%s: is %s", cases[i].source, fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL));
    }
}

static void
test_results (void)
{
  static const struct {
    const char *source;
    const char *words;
  } cases[] = {
    { "undefined", "the result is undefined" },
    { "[].x", "the result is undefined" },
    { "x => x", "the result is a function" },
    { "Math.max", "the result is a function" },
    { "Symbol ('x')", "the result is a symbol" },
    { "0 / 0", "the result is NaN" },
    { "1 / 0", "the result is Infinity" },
    { "-1 / 0", "the result is -Infinity" },
    { "2n ** 63n", "the result is a BigInt beyond 64 bits" },
    { "-(2n ** 63n) - 1n", "the result is a BigInt beyond 64 bits" },
    { "({a: undefined})", "result.a is undefined" },
    { "[1, , 2]", "result[1] is undefined" },
    { "({items: [0, 1, 2, {f () {}}]})", "result.items[3].f is a function" },
    { "({'a b': {'': [NaN]}})", "result[\"a b\"][\"\"][0] is NaN" },
    { "[[[10n ** 30n]]]", "result[0][0][0] is a BigInt beyond 64 bits" },
    { "new Map ([[1, 2]])", "the result is a Map" },
    { "[new Set ()]", "result[0] is a Set" },
    { "({e: new Error ('x')})", "result.e is an Error" },
    { "new Date (NaN)", "the result is an invalid Date" },
    { "(function* () {}) ()", "the result is a Generator" },
    { "[1][Symbol.iterator] ()", "the result is an Array Iterator" },
    { "(() => { const o = {a: []}; o.a.push (o); return o }) ()", "result.a[0] contains itself" },
    { "(() => { const a = []; a.push ([[a]]); return a }) ()", "result[0][0][0] contains itself" },
    { "({...inputs}).path", "12345678901234567890 is a number that JavaScript cannot hold" },
    { "inputs.text + 1", "inputs.text is 12345678901234567890" },
    { "[inputs].map (x => x.text)", "12345678901234567890" },
    { "(() => { let a = []; for (let i = 0; i < 1500; i++) a = [a]; return a }) ()", "deeper than 1000 levels" },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    test_assert_fails (evaluator, &scope, cases[i].source, FERMATA_EXPRESSION_ERROR_RESULT, cases[i].words);

  test_assert_json (evaluator, &scope, "[inputs].map (x => x.path)", "[\"a.json\"]");

}

static void
test_exceptions (void)
{
  static const struct {
    const char *source;
    const char *words;
  } cases[] = {
    { "(() => { throw new Error ('boo') }) ()", "boo" },
    { "(() => { throw new TypeError ('boo') }) ()", "TypeError: boo" },
    { "(() => { throw 'boo' }) ()", "boo" },
    { "(() => { throw 5 }) ()", "threw 5" },
    { "(() => { throw null }) ()", "threw null" },
    { "(() => { throw undefined }) ()", "threw undefined" },
    { "(() => { throw {a: 1} }) ()", "threw {\"a\":1}" },
    { "(() => { throw Symbol ('s') }) ()", "threw Symbol(s)" },
    { "(() => { throw {get message () { throw 1 }} }) ()", "" },
    { "(() => { throw {toString () { throw 1 }} }) ()", "" },
    { "(() => { class E extends Error {} ; throw new E ('own') }) ()", "own" },
    { "[{get a () { throw new Error ('late') }}]", "late" },
    { "[{get a () { throw 7 }}]", "threw 7" },
    { "nope()", "nope is not a function. (In 'nope()', 'nope' is undefined)" },
    { "inputs.nope()", "inputs.nope is not a function" },
    { "inputs.list.nope(1)", "inputs.list.nope is not a function" },
    { "inputs.list.map (3)", "map" },
    { "inputs.big + 1", "BigInt" },
    { "JSON.parse ('{')", "JSON" },
    { "null.x", "null" },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) value = test_try (evaluator, &scope, cases[i].source, &error);

      g_assert_null (value);
      g_assert_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_EXCEPTION);
      if (strstr (error->message, cases[i].words) == NULL || strstr (error->message, "__fermata") != NULL ||
          *error->message == '\0')
        g_error ("%s: “%s”", cases[i].source, error->message);
    }
}

static void
test_dates (void)
{
  static const struct {
    const char *source;
    const char *json;
  } cases[] = {
    { "Date.now ()", "1700000000123" },
    { "new Date ().getTime ()", "1700000000123" },
    { "+new Date", "1700000000123" },
    { "new Date ()", "\"2023-11-14T22:13:20.123Z\"" },
    { "Date ()", "\"Tue Nov 14 2023 22:13:20 GMT+0000 (UTC)\"" },
    { "Date () === new Date ().toString ()", "true" },
    { "new Date (2020, 0, 31, 10).toISOString ()", "\"2020-01-31T10:00:00.000Z\"" },
    { "new Date ('2020-01-31').toISOString ()", "\"2020-01-31T00:00:00.000Z\"" },
    { "new Date ('2020-01-31T10:00').toISOString ()", "\"2020-01-31T10:00:00.000Z\"" },
    { "new Date ('2020-01-31T10:00:00.5').toISOString ()", "\"2020-01-31T10:00:00.500Z\"" },
    { "new Date ('2020-01-31T10:00+02:00').toISOString ()", "\"2020-01-31T08:00:00.000Z\"" },
    { "new Date ('Jan 31 2020 10:00').toISOString ()", "\"2020-01-31T10:00:00.000Z\"" },
    { "new Date ('Fri, 31 Jan 2020 10:00:00 GMT').toISOString ()", "\"2020-01-31T10:00:00.000Z\"" },
    { "Date.parse ('2020-07-01T00:00') - Date.UTC (2020, 6)", "0" },
    { "new Date (0).getHours ()", "0" },
    { "new Date (2020, 6).getTimezoneOffset ()", "0" },
    { "new Date (new Date (5)).getTime ()", "5" },
    { "(() => { const d = new Date (0); d.setHours (5); return d.getUTCHours () }) ()", "5" },
    { "isNaN (new Date ('rubbish'))", "true" },
    { "new Date (NaN).toString ()", "\"Invalid Date\"" },
    { "new Date (0) instanceof Date", "true" },
    { "new Date (0).constructor === Date", "true" },
    { "new Date (0).toLocaleDateString ('en-GB')", "\"01/01/1970\"" },
    { "(1234.5).toLocaleString ()", "\"1,234.5\"" },
    { "['b', 'a', 'C'].sort ((a, b) => a.localeCompare (b))", "[\"a\",\"b\",\"C\"]" },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, "{}");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    test_assert_json (evaluator, &scope, cases[i].source, cases[i].json);

  scope.scope.time = G_GINT64_CONSTANT (1700000001000000);
  test_assert_json (evaluator, &scope, "Date.now ()", "1700000001000");
}

static void
test_random (void)
{
  static const char source[] = "[Math.random (), Math.random (), Math.random ()]";
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (FermataEvaluator) other = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *elsewhere = NULL;
  g_autofree char *reseeded = NULL;

  test_scope_init (&scope, "{}");
  first = test_evaluate_json (evaluator, &scope, source);
  again = test_evaluate_json (evaluator, &scope, source);
  elsewhere = test_evaluate_json (other, &scope, source);
  scope.scope.seed++;
  reseeded = test_evaluate_json (evaluator, &scope, source);

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, ==, elsewhere);
  g_assert_cmpstr (first, !=, reseeded);

  test_assert_json (evaluator, &scope, "(({random}) => random () === Math['random'] ()) (Math)", "false");
  test_assert_json (evaluator, &scope,
                    "(() => { let s = 0, min = 1, max = 0; for (let i = 0; i < 10000; i++) { const r = Math.random (); "
                    "s += r; min = Math.min (min, r); max = Math.max (max, r) } "
                    "return min >= 0 && max < 1 && min < 0.01 && max > 0.99 && Math.abs (s / 10000 - 0.5) < 0.02 }) ()",
                    "true");
}

static void
test_passes_through (void)
{
  static const char *const sources[] = {
    "(inputs)", "true ? inputs : 1", "inputs.nope ?? inputs", "[inputs][0]", "(x => x) (inputs)",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };
  g_autoptr (FermataValue) part = NULL;

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (FermataValue) value = test_evaluate (evaluator, &scope, sources[i]);

      g_assert_true (value == fermata_value_get_member (scope.names, "inputs"));
    }

  part = test_evaluate (evaluator, &scope, "inputs.yes ? inputs.matrix : inputs.list");
  g_assert_true (part == fermata_value_get_member (fermata_value_get_member (scope.names, "inputs"), "matrix"));
}

static void
test_many_values (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (FermataExpression) expression = test_compile (evaluator, "a.concat (b).map (x => x + 1)");
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_value_unref);

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"a\":[%u],\"b\":[%u,\"%0300u\"]}", i, i + 1, i);

      g_ptr_array_add (lists, test_parse (json));
    }

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < lists->len; i++)
      {
        TestScope scope = { { test_scope_lookup }, lists->pdata[i] };
        g_autoptr (FermataValue) value = fermata_expression_evaluate (expression, &scope.scope, NULL);

        g_assert_cmpuint (fermata_value_get_length (value), ==, 3);
        g_assert_cmpint (fermata_value_get_integer (fermata_value_get_element (value, 0)), ==, i + 1);
        g_assert_cmpint (fermata_value_get_integer (fermata_value_get_element (value, 1)), ==, i + 2);
      }
}

static void
test_large_results (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };
  g_autoptr (FermataValue) value = NULL;

  test_scope_init (&scope, NAMES);
  value = test_evaluate (evaluator, &scope, "Array.from ({length: 200000}, (_, i) => ({id: i, name: `n${i}`}))");
  g_assert_cmpuint (fermata_value_get_length (value), ==, 200000);
  g_assert_cmpstr (fermata_value_get_string (fermata_value_get_member (fermata_value_get_element (value, 199999), "name"), NULL),
                   ==, "n199999");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/expression-results/javascript", test_javascript);
  g_test_add_func ("/expression-results/member-order", test_member_order);
  g_test_add_func ("/expression-results/integers", test_integers);
  g_test_add_func ("/expression-results/results", test_results);
  g_test_add_func ("/expression-results/exceptions", test_exceptions);
  g_test_add_func ("/expression-results/dates", test_dates);
  g_test_add_func ("/expression-results/random", test_random);
  g_test_add_func ("/expression-results/passes-through", test_passes_through);
  g_test_add_func ("/expression-results/many-values", test_many_values);
  g_test_add_func ("/expression-results/large-results", test_large_results);

  return g_test_run ();
}
