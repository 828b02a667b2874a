/* test-expression.c
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

/* A literal gives its value, and no context is made. */
static void
test_literals (void)
{
  static const struct {
    const char *source;
    const char *json;
  } cases[] = {
    { "1", "1" },
    { " -5 ", "-5" },
    { "1.0", "1.0" },
    { "1e3", "1000.0" },
    { "true", "true" },
    { "false", "false" },
    { "null", "null" },
    { "\"a\"", "\"a\"" },
    { "'it''s'", NULL },
    { "'it\\'s'", "\"it's\"" },
    { "\t'\\u00e9\\x41\\n' // é", "\"\xc3\xa9" "A\\n\"" },
    { "\"a\\u0000b\"", "\"a\\u0000b\"" },
    { "9007199254740993", "9007199254740993" },
    { "12345678901234567890", "12345678901234567890" },
    { "[]", "[]" },
    { "{}", "{}" },
    { "[1, {\"a\": [true, null, 9007199254740993]}]", "[1,{\"a\":[true,null,9007199254740993]}]" },
    { "{\"a\": {\"b\": 1.0}}", "{\"a\":{\"b\":1.0}}" },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataExpression) expression = NULL;
      g_autoptr (FermataValue) expected = NULL;
      guint n_names;

      if (cases[i].json == NULL)
        continue;

      expression = test_compile (evaluator, cases[i].source);
      expected = test_parse (cases[i].json);
      g_assert_nonnull (fermata_expression_get_constant (expression));
      g_assert_true (fermata_value_equal (fermata_expression_get_constant (expression), expected));
      fermata_expression_get_names (expression, &n_names);
      g_assert_cmpuint (n_names, ==, 0);
    }

  g_assert_false (fermata_evaluator_has_context (evaluator));
}

/* A plain path gives the very value, without a context. */
static void
test_very_value (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };
  static const char *const sources[] = {
    "inputs", "inputs.matrix", "inputs['matrix']", "inputs.matrix[1]", "inputs.matrix[1][1]",
    "inputs[\"a b\"]", "input . items /* x */ [ 0 ] . tags", "inputs.name", "inputs.nul", "inputs.text",
    "inputs.none", "inputs.few",
  };
  static const char *const paths[][5] = {
    { "inputs" }, { "inputs", "matrix" }, { "inputs", "matrix" }, { "inputs", "matrix", "1" },
    { "inputs", "matrix", "1", "1" }, { "inputs", "a b" }, { "input", "items", "0", "tags" },
    { "inputs", "name" }, { "inputs", "nul" }, { "inputs", "text" }, { "inputs", "none" }, { "inputs", "few" },
  };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr (FermataValue) value = test_evaluate (evaluator, &scope, sources[i]);
      FermataValue *expected = scope.names;

      for (gsize j = 0; paths[i][j] != NULL; j++)
        expected = fermata_value_get_kind (expected) == FERMATA_VALUE_KIND_ARRAY
                     ? fermata_value_get_element (expected, (gsize) atoi (paths[i][j]))
                     : fermata_value_get_member (expected, paths[i][j]);
      g_assert_true (value == expected);
    }

  g_assert_false (fermata_evaluator_has_context (evaluator));
}

/* What a path gives, JavaScript gives, too: values and kinds of error. A name
 * that the expression itself declares is left to JavaScript altogether. */
static void
test_paths_as_javascript (void)
{
  static const char *const steps[] = {
    "", ".path", ".path.length", ".path.length.toFixed", ".path.foo", ".path[0]", ".path[5]", ".path[6]", ".empty.length",
    ".name.length", ".name[2]", ".name[4]", ".nul.length", ".zero", ".zero.foo", ".zero.toFixed", ".half", ".half.x.y",
    ".yes", ".yes.no", ".no.valueOf", ".nothing", ".nothing.x", ".nothing.length", ".nope", ".nope.x", ".nope.x.y",
    ".list", ".list.length", ".list[0]", ".list[2]", ".list[3]", ".list[3].x", ".list['1']", ".list['01']", ".list['-1']",
    ".list.foo", ".list.foo.bar", ".list.map", ".list.map.name", ".list.constructor", ".matrix[1][1][0]",
    ".matrix[1][1].length", "['a b']['c-d']", "[\"a b\"].c", ".object.z", ".object.length", ".object.toString",
    ".object.toString.name", ".object.constructor", ".object.__proto__", ".object.hasOwnProperty", ".big", ".most",
    ".least", ".big.toString", ".length", ".length.length", "[2]", "[3]", "['2']", ".list[4294967295]",
    ".list[4294967294]", ".list.at", ".path.at.length", ".none", ".none.x", ".few", ".few.length", ".few[0]",
    ".matrix[0].length.x", ".text.nope.x", "['']", "[''].x", ".valueOf",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *path = g_strdup_printf ("inputs%s", steps[i]);
      g_autofree char *wrapped = g_strdup_printf ("(inputs => inputs%s)(inputs)", steps[i]);
      g_autoptr (GError) path_error = NULL;
      g_autoptr (GError) wrapped_error = NULL;
      g_autoptr (FermataValue) value = NULL;
      g_autoptr (FermataValue) wrapped_value = NULL;

      /* Reading that one is an error by itself */
      if (g_str_has_prefix (steps[i], ".text"))
        continue;

      value = test_try (evaluator, &scope, path, &path_error);
      wrapped_value = test_try (evaluator, &scope, wrapped, &wrapped_error);
      if ((value == NULL) != (wrapped_value == NULL))
        g_error ("%s: “%s” but in JavaScript “%s”", path,
                 path_error != NULL ? path_error->message : "a value",
                 wrapped_error != NULL ? wrapped_error->message : "a value");
      if (value != NULL)
        g_assert_true (fermata_value_equal (value, wrapped_value));
      else if (path_error->code != wrapped_error->code)
        g_error ("%s: “%s” but in JavaScript “%s”", path, path_error->message, wrapped_error->message);
    }
}

static void
test_path_errors (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  test_assert_fails (evaluator, &scope, "inputs.nope", FERMATA_EXPRESSION_ERROR_RESULT, "inputs.nope is undefined");
  test_assert_fails (evaluator, &scope, "nope", FERMATA_EXPRESSION_ERROR_RESULT, "nope is undefined");
  test_assert_fails (evaluator, &scope, "nope.x", FERMATA_EXPRESSION_ERROR_EXCEPTION, "nope is undefined");
  test_assert_fails (evaluator, &scope, "inputs.nothing.x", FERMATA_EXPRESSION_ERROR_EXCEPTION, "inputs.nothing is null");
  test_assert_fails (evaluator, &scope, "inputs['a b'].c[0]", FERMATA_EXPRESSION_ERROR_EXCEPTION, "inputs[\"a b\"].c is undefined");
  test_assert_fails (evaluator, &scope, "inputs.list[7].x", FERMATA_EXPRESSION_ERROR_EXCEPTION, "inputs.list[7] is undefined");
  g_assert_false (fermata_evaluator_has_context (evaluator));

  /* The same where it is part of more */
  test_assert_fails (evaluator, &scope, "inputs.nothing.x + 1", FERMATA_EXPRESSION_ERROR_EXCEPTION, "inputs.nothing is null");
  test_assert_fails (evaluator, &scope, "1 + inputs.nope.x.y", FERMATA_EXPRESSION_ERROR_EXCEPTION, "inputs.nope is undefined");
  test_assert_fails (evaluator, &scope, "inputs.path.nope.x + 1", FERMATA_EXPRESSION_ERROR_EXCEPTION, "inputs.path.nope is undefined");
  test_assert_fails (evaluator, &scope, "(inputs.nope).x", FERMATA_EXPRESSION_ERROR_EXCEPTION, "inputs.nope");
}

/* Paths that differ only in where one step ends. */
static void
test_similar_paths (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, "{\"a\":{\"b\":{\"c\":1,\"1:c\":2},\"b.c\":3,\"b\\u0001c\":4,\"b1:c\":5,\"\":{\"\":6}}}");
  test_assert_json (evaluator, &scope,
                    "[a.b.c, a.b['1:c'], a['b.c'], a['b\\x01c'], a['b1:c'], a['']['']]", "[1,2,3,4,5,6]");
}

/* A path that leads nowhere matters only where it is read. */
static void
test_lazy_paths (void)
{
  static const struct {
    const char *source;
    const char *json;
  } cases[] = {
    { "inputs.nothing && inputs.nothing.x", "null" },
    { "inputs.nothing ? inputs.nothing.x.y : 1", "1" },
    { "inputs.nope === undefined || inputs.nope.x", "true" },
    { "inputs.nope?.x ?? 'none'", "\"none\"" },
    { "inputs.nothing?.x.y.z ?? 2", "2" },
    { "typeof inputs.nope", "\"undefined\"" },
    { "typeof nope", "\"undefined\"" },
    { "nope ?? 3", "3" },
    { "(() => { try { return inputs.nope.x } catch (e) { return e.message } })()",
      "\"inputs.nope is undefined: it has no member \xe2\x80\x9cx\xe2\x80\x9d\"" },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    test_assert_json (evaluator, &scope, cases[i].source, cases[i].json);
}

/* Members keep their order, except that JavaScript puts those that are whole
 * numbers first. */
/* What has no value, and where that is in the result. */
/* The byte that is wrong, and the message's line and column. */
static void
test_syntax_errors (void)
{
  static const struct {
    const char *source;
    gsize offset;
    const char *place;
  } cases[] = {
    { "", 0, "1:1: " },
    { "1 +", 3, "1:4: " },
    { "a\n+ b c", 6, "2:5: " },
    { "'\xc3\xa9' + )", 7, "1:7: " },
    { "1 = 2", 2, "1:3: " },
    { "f () = 1", 5, "1:6: " },
    { "a?.b = 1", 5, "1:6: " },
    { "\n  010", 3, "2:3: " },
    { "yield", 0, "1:1: " },
    { "let + 1", 0, "1:1: " },
    { "({a: 1, b c: 2})", 10, "1:11: " },
    { "delete number", 7, "1:8: " },
    { "x = 1", 0, "1:1: " },
    { "1 + inputs++", 4, "1:5: " },
    { "[number] = [1]", 1, "1:2: " },
    { "({a: number} = {a: 1})", 5, "1:6: " },
    { "({number} = {})", 2, "1:3: " },
    { "(() => { for (number of []); }) ()", 14, "1:15: " },
    { "eval ('1')", 0, "1:1: " },
    { "1 + arguments", 4, "1:5: " },
    { "new Function ('x')", 4, "1:5: " },
    { "Promise.resolve ()", 0, "1:1: " },
    { "globalThis.x", 0, "1:1: " },
    { "1,", 2, "1:3: " },
    { "...number", 0, "1:1: " },
    { "1)", 1, "1:2: " },
    { "(() => { with (a) b })", 9, "1:10: " },
    { "1_", 0, "1:1: " },
    { "3in []", 0, NULL },
    { "'\\08'", 0, "1:1: " },
    { "(a, a) => 1", 0, NULL },
    { "a ?? b || c", 7, "1:8: " },
    { "-1 ** 2", 3, "1:4: " },
    { "super.x", 5, "1:6: " },
    { "new.target.x = 1, import.meta", 18, "1:19: " },
    { "class { constructor () {} constructor () {} }", 0, NULL },
    { "({a: 1} = 1) => 1", 0, NULL },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize offset = G_MAXSIZE;
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataExpression) expression =
        fermata_expression_compile (evaluator, cases[i].source, &offset, &error);

      if (expression != NULL)
        g_error ("%s: compiles", cases[i].source);
      g_assert_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX);
      g_assert_cmpuint (offset, <=, strlen (cases[i].source));
      if (cases[i].place != NULL &&
          (offset != cases[i].offset || !g_str_has_prefix (error->message, cases[i].place)))
        g_error ("%s: at %" G_GSIZE_FORMAT ", “%s”", cases[i].source, offset, error->message);
    }
}

static void
test_names (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (FermataExpression) expression =
    test_compile (evaluator, "nodes.fetch.output.map (x => x.id + Math.abs (inputs['a b'])) && matches (input, 'x')");
  const FermataNameUse *names;
  guint n_names;

  names = fermata_expression_get_names (expression, &n_names);
  g_assert_cmpuint (n_names, ==, 3);
  g_assert_cmpuint (names[0].n_path, ==, 3);
  g_assert_cmpstr (names[0].path[0], ==, "nodes");
  g_assert_cmpstr (names[0].path[1], ==, "fetch");
  g_assert_cmpstr (names[0].path[2], ==, "output");
  g_assert_cmpuint (names[0].offset, ==, 0);
  g_assert_cmpuint (names[1].n_path, ==, 2);
  g_assert_cmpstr (names[1].path[1], ==, "a b");
  g_assert_cmpuint (names[1].offset, ==, 46);
  g_assert_cmpuint (names[2].n_path, ==, 1);
  g_assert_cmpstr (names[2].path[0], ==, "input");
}

static void
test_values (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };
  g_autoptr (FermataValue) list = test_parse ("[1, \"number\"]");
  g_autoptr (FermataValue) string = fermata_value_new_string ("number + 1", -1);
  g_autoptr (FermataValue) nul = fermata_value_new_string ("a\0b", 3);
  g_autoptr (FermataExpression) literal = fermata_expression_compile_value (evaluator, list, NULL, NULL);
  g_autoptr (FermataExpression) compiled = fermata_expression_compile_value (evaluator, string, NULL, NULL);
  g_autoptr (FermataExpression) refused = NULL;
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) error = NULL;
  gsize offset;

  test_scope_init (&scope, NAMES);
  g_assert_true (fermata_expression_get_constant (literal) == list);
  g_assert_null (fermata_expression_get_source (literal));
  g_assert_null (fermata_expression_get_constant (compiled));
  g_assert_cmpstr (fermata_expression_get_source (compiled), ==, "number + 1");
  value = fermata_expression_evaluate (compiled, &scope.scope, NULL);
  g_assert_cmpint (fermata_value_get_integer (value), ==, 6);

  refused = fermata_expression_compile_value (evaluator, nul, &offset, &error);
  g_assert_null (refused);
  g_assert_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX);
  g_assert_cmpuint (offset, ==, 1);
}

static void
test_conditions (void)
{
  static const struct {
    const char *source;
    gboolean result;
  } cases[] = {
    { "true", TRUE }, { "false", FALSE }, { "0", FALSE }, { "1", TRUE }, { "\"\"", FALSE }, { "''", FALSE },
    { "'0'", TRUE }, { "null", FALSE }, { "{}", TRUE }, { "[]", TRUE }, { "-0.0", FALSE }, { "0.0", FALSE },
    { "12345678901234567890", TRUE }, { "inputs.zero", FALSE }, { "inputs.one", TRUE }, { "inputs.empty", FALSE },
    { "inputs.path", TRUE }, { "inputs.nothing", FALSE }, { "inputs.nope", FALSE }, { "nope", FALSE },
    { "inputs.none", TRUE }, { "inputs.few", TRUE }, { "inputs.few.length", FALSE }, { "inputs.half", TRUE },
    { "inputs.big", TRUE }, { "inputs.text", TRUE }, { "undefined", FALSE }, { "NaN", FALSE }, { "0n", FALSE },
    { "1n", TRUE }, { "number > 3", TRUE }, { "!number", FALSE }, { "({a: undefined})", TRUE }, { "[].x", FALSE },
    { "inputs.nope || inputs.few", TRUE }, { "-0", FALSE },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataExpression) expression = test_compile (evaluator, cases[i].source);
      g_autoptr (GError) error = NULL;
      gboolean result = !cases[i].result;

      if (!fermata_expression_test (expression, &scope.scope, &result, &error))
        g_error ("%s: %s", cases[i].source, error->message);
      if (result != cases[i].result)
        g_error ("%s: is %d", cases[i].source, result);
    }
}

static void
test_condition_errors (void)
{
  static const struct {
    const char *source;
    FermataExpressionError code;
  } cases[] = {
    { "inputs.nothing.x", FERMATA_EXPRESSION_ERROR_EXCEPTION },
    { "nope.x", FERMATA_EXPRESSION_ERROR_EXCEPTION },
    { "inputs.list.some", FERMATA_EXPRESSION_ERROR_RESULT },
    { "x => x", FERMATA_EXPRESSION_ERROR_RESULT },
    { "nope ()", FERMATA_EXPRESSION_ERROR_EXCEPTION },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataExpression) expression = test_compile (evaluator, cases[i].source);
      g_autoptr (GError) error = NULL;
      gboolean result;

      g_assert_false (fermata_expression_test (expression, &scope.scope, &result, &error));
      g_assert_error (error, FERMATA_EXPRESSION_ERROR, (int) cases[i].code);
    }
}

/* The clock is the scope's, and local time is UTC. */
/* A scope that uses as much of a path as it can: two steps of `nodes`. */
static FermataValue *
lookup_deep (FermataScope       *scope,
             const char *const  *path,
             guint               n_path,
             guint              *n_used,
             GError            **error)
{
  TestScope *self = (TestScope *) scope;
  FermataValue *value = self->names;

  self->n_lookups++;
  if (strcmp (path[0], "secret") == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "a secret");
      return NULL;
    }

  for (*n_used = 0; *n_used < MIN (n_path, 2) && value != NULL; (*n_used)++)
    value = fermata_value_get_member (value, path[*n_used]);
  return value != NULL ? fermata_value_ref (value) : NULL;
}

static void
test_scopes (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };
  g_autoptr (FermataValue) refused = NULL;
  g_autoptr (FermataValue) alone = NULL;
  g_autoptr (GError) error = NULL;

  test_scope_init (&scope, "{\"nodes\":{\"fetch\":{\"output\":[1,2,3]},\"none\":{\"output\":null}}}");
  scope.scope.lookup = lookup_deep;

  test_assert_json (evaluator, &scope, "nodes.fetch.output", "[1,2,3]");
  test_assert_json (evaluator, &scope, "nodes.fetch.output[1] + 1", "3");
  test_assert_json (evaluator, &scope, "nodes.fetch.output.map (x => x + nodes.fetch.output.length)", "[4,5,6]");
  test_assert_json (evaluator, &scope, "Object.keys (nodes)", "[\"fetch\",\"none\"]");
  test_assert_json (evaluator, &scope, "nodes.none.output?.length ?? 0", "0");
  test_assert_fails (evaluator, &scope, "nodes.nope.output", FERMATA_EXPRESSION_ERROR_EXCEPTION, "nodes.nope is undefined");
  test_assert_fails (evaluator, &scope, "nodes.nope.output + 1", FERMATA_EXPRESSION_ERROR_EXCEPTION, "nodes.nope is undefined");
  test_assert_fails (evaluator, &scope, "nodes.nope", FERMATA_EXPRESSION_ERROR_RESULT, "nodes.nope is undefined");

  /* Each path is looked up once for JavaScript, however often it is used */
  scope.n_lookups = 0;
  test_assert_json (evaluator, &scope,
                    "Math.max (nodes.fetch.output[0], nodes.fetch.output[0]) + nodes.fetch.output[1]", "3");
  g_assert_cmpuint (scope.n_lookups, ==, 2);

  refused = test_try (evaluator, &scope, "secret.key + 1", &error);
  g_assert_null (refused);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_clear_error (&error);
  alone = test_try (evaluator, &scope, "secret", &error);
  g_assert_null (alone);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

/* What was handed over and comes back unchanged is the very value, with all
 * that JavaScript could not have held. */
/* More values than are kept, and values that come again after they were
 * dropped. */
/* More expressions than functions are kept. */
static void
test_many_expressions (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (GPtrArray) expressions = g_ptr_array_new_with_free_func ((GDestroyNotify) fermata_expression_unref);
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *source = g_strdup_printf ("Math.abs (number * %u)", i);

      g_ptr_array_add (expressions, test_compile (evaluator, source));
    }

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < expressions->len; i++)
      {
        g_autoptr (FermataValue) value = fermata_expression_evaluate (expressions->pdata[i], &scope.scope, NULL);

        g_assert_cmpint (fermata_value_get_integer (value), ==, 5 * i);
      }
}

/* An expression may be evaluated while another looks up its names. */
typedef struct {
  TestScope base;
  FermataExpression *inner;
} NestedScope;

static FermataValue *
lookup_nested (FermataScope       *scope,
               const char *const  *path,
               guint               n_path,
               guint              *n_used,
               GError            **error)
{
  NestedScope *self = (NestedScope *) scope;

  if (strcmp (path[0], "nested") != 0)
    return test_scope_lookup (scope, path, n_path, n_used, error);

  *n_used = 1;
  return fermata_expression_evaluate (self->inner, scope, error);
}

static void
test_nested_evaluation (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (FermataExpression) inner = test_compile (evaluator, "[number + 1, Date.now ()]");
  NestedScope scope = { .inner = inner };

  test_scope_init (&scope.base, NAMES);
  scope.base.scope.lookup = lookup_nested;
  test_assert_json (evaluator, &scope.base, "nested.concat (number, Date.now ())", "[6,1700000000123,5,1700000000123]");
  test_scope_clear (&scope.base);
}

/* The same source is compiled once. */
static void
test_shared (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (FermataExpression) first = test_compile (evaluator, "number + 1");
  g_autoptr (FermataExpression) second = test_compile (evaluator, "number + 1");
  g_autoptr (FermataExpression) other = test_compile (evaluator, "number + 2");
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  g_assert_true (first == second);
  g_assert_true (first != other);

  g_clear_pointer (&first, fermata_expression_unref);
  g_clear_pointer (&second, fermata_expression_unref);
  test_assert_json (evaluator, &scope, "number + 1", "6");
}

/* An expression outlives its evaluator's other users. */
static void
test_lifetime (void)
{
  FermataEvaluator *evaluator = fermata_evaluator_new ();
  g_autoptr (FermataExpression) expression = test_compile (evaluator, "number + 1");
  g_auto (TestScope) scope = { 0 };
  g_autoptr (FermataValue) value = NULL;
  gpointer watched = evaluator;

  test_scope_init (&scope, NAMES);
  g_object_unref (evaluator);
  value = fermata_expression_evaluate (expression, &scope.scope, NULL);
  g_assert_cmpint (fermata_value_get_integer (value), ==, 6);

  g_object_add_weak_pointer (watched, &watched);
  g_clear_pointer (&expression, fermata_expression_unref);
  g_assert_null (watched);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/expression/literals", test_literals);
  g_test_add_func ("/expression/very-value", test_very_value);
  g_test_add_func ("/expression/paths-as-javascript", test_paths_as_javascript);
  g_test_add_func ("/expression/path-errors", test_path_errors);
  g_test_add_func ("/expression/similar-paths", test_similar_paths);
  g_test_add_func ("/expression/lazy-paths", test_lazy_paths);
  g_test_add_func ("/expression/syntax-errors", test_syntax_errors);
  g_test_add_func ("/expression/names", test_names);
  g_test_add_func ("/expression/values", test_values);
  g_test_add_func ("/expression/conditions", test_conditions);
  g_test_add_func ("/expression/condition-errors", test_condition_errors);
  g_test_add_func ("/expression/scopes", test_scopes);
  g_test_add_func ("/expression/many-expressions", test_many_expressions);
  g_test_add_func ("/expression/nested-evaluation", test_nested_evaluation);
  g_test_add_func ("/expression/shared", test_shared);
  g_test_add_func ("/expression/lifetime", test_lifetime);

  return g_test_run ();
}
