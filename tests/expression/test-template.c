/* test-template.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-evaluator-private.h"
#include "expression/fermata-template.h"
#include "test-scope.h"

#define NAMES \
  "{\"name\":\"Zo\xc3\xab\",\"n\":3,\"half\":0.5,\"list\":[1,{\"a\":null}],\"yes\":true,\"nothing\":null," \
  "\"nul\":\"a\\u0000b\",\"quote\":\"\\\"\"}"

static char *
expand_json (FermataEvaluator *evaluator,
             TestScope        *scope,
             const char       *json)
{
  g_autoptr (FermataValue) value = test_parse (json);
  g_autoptr (FermataTemplate) template = NULL;
  g_autoptr (FermataValue) expanded = NULL;
  g_autoptr (GError) error = NULL;

  template = fermata_template_compile (evaluator, value, NULL, NULL, &error);
  if (error != NULL)
    g_error ("%s: %s", json, error->message);
  expanded = fermata_template_expand (template, &scope->scope, &error);
  if (error != NULL)
    g_error ("%s: %s", json, error->message);

  return fermata_value_to_string (expanded, FERMATA_WRITE_COMPACT, NULL);
}

static void
test_expand (void)
{
  static const struct {
    const char *json;
    const char *expanded;
  } cases[] = {
    { "\"no template\"", "\"no template\"" },
    { "5", "5" },
    { "\"\"", "\"\"" },
    /* One template keeps the type of its value */
    { "\"{{n}}\"", "3" },
    { "\"{{ n }}\"", "3" },
    { "\"{{half}}\"", "0.5" },
    { "\"{{list}}\"", "[1,{\"a\":null}]" },
    { "\"{{yes}}\"", "true" },
    { "\"{{nothing}}\"", "null" },
    { "\"{{name}}\"", "\"Zo\xc3\xab\"" },
    { "\"{{n + 1}}\"", "4" },
    { "\"{{ [n, n] }}\"", "[3,3]" },
    { "\"{{5}}\"", "5" },
    { "\"{{1.0}}\"", "1.0" },
    /* In a longer string values become text */
    { "\" {{n}}\"", "\" 3\"" },
    { "\"{{n}} \"", "\"3 \"" },
    { "\"{{n}}{{n}}\"", "\"33\"" },
    { "\"{{name}} is {{half}}, {{yes}}, {{nothing}}, {{list}}\"",
      "\"Zo\xc3\xab is 0.5, true, null, [1,{\\\"a\\\":null}]\"" },
    { "\"{{quote}}!\"", "\"\\\"!\"" },
    { "\"{{nul}}\\u0000!\"", "\"a\\u0000b\\u0000!\"" },
    { "\"\\u0000{{n}}\"", "\"\\u00003\"" },
    /* Brackets, strings and comments */
    { "\"{{ {a:{b:1}} }}\"", "{\"a\":{\"b\":1}}" },
    { "\"{{{a:{b:1}}}}\"", "{\"a\":{\"b\":1}}" },
    { "\"{{ '}}' }}\"", "\"}}\"" },
    { "\"{{ '}}' + \\\"}}\\\" + `}}` }}!\"", "\"}}}}}}!\"" },
    { "\"{{ `${ {a: '}}'}.a }` }}!\"", "\"}}!\"" },
    { "\"{{ n /* }} */ }}!\"", "\"3!\"" },
    { "\"{{ n // }}\\n }}!\"", "\"3!\"" },
    { "\"{{ n / 2 }} and {{ 4 / 2 }}\"", "\"1.5 and 2\"" },
    { "\"{{ list.map (x => ({y: {z: n}})) }}\"", "[{\"y\":{\"z\":3}},{\"y\":{\"z\":3}}]" },
    { "\"{{ (() => { if (yes) { return {a: {}} } })() }}\"", "{\"a\":{}}" },
    { "\"{{\\n  n\\n}}\"", "3" },
    /* Four braces are two */
    { "\"{{{{\"", "\"{{\"" },
    { "\"a {{{{b}} c\"", "\"a {{b}} c\"" },
    { "\"{{{{{{n}}\"", "\"{{3\"" },
    { "\"{{{{{{{{\"", "\"{{{{\"" },
    { "\"{{n}}{{{{\"", "\"3{{\"" },
    { "\"{{{{n}}{{n}}\"", "\"{{n}}3\"" },
    /* Other braces are text */
    { "\"{n}\"", "\"{n}\"" },
    { "\"}} {{n}} }}\"", "\"}} 3 }}\"" },
    { "\"{ {n} }\"", "\"{ {n} }\"" },
    { "\"{{n}}}\"", "\"3}\"" },
    { "\"{{n}}}}\"", "\"3}}\"" },
    /* At any depth */
    { "[]", "[]" },
    { "{}", "{}" },
    { "[1, \"{{n}}\", [\"a{{n}}\", {\"b\": \"{{name}}\", \"c\": [null]}]]", "[1,3,[\"a3\",{\"b\":\"Zo\xc3\xab\",\"c\":[null]}]]" },
    { "{\"{{n}}\": \"{{n}}\", \"a\": {\"b\": {}}}", "{\"{{n}}\":3,\"a\":{\"b\":{}}}" },
    { "[[[\"{{n}}\"], [], {}], \"{{{{\"]", "[[[3],[],{}],\"{{\"]" },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = expand_json (evaluator, &scope, cases[i].json);

      if (strcmp (json, cases[i].expanded) != 0)
        g_error ("%s: is %s, not %s", cases[i].json, json, cases[i].expanded);
    }
}

/* What holds no template is the very value, and so is what a template gives. */
static void
test_very_value (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };
  g_autoptr (FermataValue) plain = test_parse ("{\"a\":[1,\"}}\",{\"b\":\"c\"}]}");
  g_autoptr (FermataValue) mixed = test_parse ("[{\"a\":[1,2]},\"{{list}}\",{\"b\":\"{{n}}\"}]");
  g_autoptr (FermataTemplate) constant = fermata_template_compile (evaluator, plain, NULL, NULL, NULL);
  g_autoptr (FermataTemplate) template = fermata_template_compile (evaluator, mixed, NULL, NULL, NULL);
  g_autoptr (FermataValue) same = NULL;
  g_autoptr (FermataValue) expanded = NULL;

  test_scope_init (&scope, NAMES);
  g_assert_true (fermata_template_get_constant (constant) == plain);
  same = fermata_template_expand (constant, &scope.scope, NULL);
  g_assert_true (same == plain);

  g_assert_null (fermata_template_get_constant (template));
  expanded = fermata_template_expand (template, &scope.scope, NULL);
  g_assert_true (fermata_value_get_element (expanded, 0) == fermata_value_get_element (mixed, 0));
  g_assert_true (fermata_value_get_element (expanded, 1) == fermata_value_get_member (scope.names, "list"));

  /* Neither literals nor paths need JavaScript */
  g_assert_false (fermata_evaluator_has_context (evaluator));
}

static void
test_escapes_are_constant (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (FermataValue) value = test_parse ("[\"{{{{x}}\", 1]");
  g_autoptr (FermataTemplate) template = fermata_template_compile (evaluator, value, NULL, NULL, NULL);
  g_autoptr (FermataValue) expected = test_parse ("[\"{{x}}\", 1]");

  g_assert_nonnull (fermata_template_get_constant (template));
  g_assert_true (fermata_value_equal (fermata_template_get_constant (template), expected));
}

static void
test_errors (void)
{
  static const struct {
    const char *json;
    FermataExpressionError code;
    const char *path;
    gsize offset;
  } cases[] = {
    { "\"{{\"", FERMATA_EXPRESSION_ERROR_TEMPLATE, "", 0 },
    { "\"ab {{ n\"", FERMATA_EXPRESSION_ERROR_TEMPLATE, "", 3 },
    { "\"{{n}\"", FERMATA_EXPRESSION_ERROR_SYNTAX, "", 3 },
    { "\"{{n} }\"", FERMATA_EXPRESSION_ERROR_SYNTAX, "", 3 },
    { "\"{{}}\"", FERMATA_EXPRESSION_ERROR_TEMPLATE, "", 0 },
    { "\"a {{  }} b\"", FERMATA_EXPRESSION_ERROR_TEMPLATE, "", 2 },
    { "\"{{ {a: 1 }}\"", FERMATA_EXPRESSION_ERROR_SYNTAX, "", 10 },
    { "\"{{ 'a }}\"", FERMATA_EXPRESSION_ERROR_SYNTAX, "", 3 },
    { "\"{{ n /* }}\"", FERMATA_EXPRESSION_ERROR_SYNTAX, "", 5 },
    { "\"{{ n // }}\"", FERMATA_EXPRESSION_ERROR_TEMPLATE, "", 0 },
    { "\"a {{ n b }}\"", FERMATA_EXPRESSION_ERROR_SYNTAX, "", 7 },
    { "\"a {{ n = 1 }}\"", FERMATA_EXPRESSION_ERROR_SYNTAX, "", 5 },
    { "\"a {{ 1 = 1 }}\"", FERMATA_EXPRESSION_ERROR_SYNTAX, "", 7 },
    { "\"a {{ /b/ }}\"", FERMATA_EXPRESSION_ERROR_REGEXP, "", 5 },
    { "\"\xc3\xa9{{ n) }}\"", FERMATA_EXPRESSION_ERROR_SYNTAX, "", 6 },
    { "[1, {\"a/b~c\": [0, \"x {{\"]}]", FERMATA_EXPRESSION_ERROR_TEMPLATE, "/1/a~1b~0c/1", 2 },
    { "{\"a\": \"{{n}}\", \"\": {\"c\": \"{{n}} {{ + }}\"}}", FERMATA_EXPRESSION_ERROR_SYNTAX, "//c", 11 },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = test_parse (cases[i].json);
      g_autofree char *path = NULL;
      gsize offset = G_MAXSIZE;
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataTemplate) template = fermata_template_compile (evaluator, value, &path, &offset, &error);

      if (template != NULL)
        g_error ("%s: compiles", cases[i].json);
      if (!g_error_matches (error, FERMATA_EXPRESSION_ERROR, (int) cases[i].code) ||
          g_strcmp0 (path, cases[i].path) != 0 || offset != cases[i].offset)
        g_error ("%s: error %d in “%s” at %" G_GSIZE_FORMAT ": %s", cases[i].json, error->code, path, offset, error->message);
    }
}

static void
test_error_message (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (FermataValue) value = fermata_value_new_string ("one\n\xc3\xa9 {{ n b }}", -1);
  g_autoptr (FermataTemplate) template = NULL;
  g_autoptr (GError) error = NULL;

  /* Every place that it could be told may be left out */
  template = fermata_template_compile (evaluator, value, NULL, NULL, &error);
  g_assert_null (template);
  g_assert_true (g_str_has_prefix (error->message, "2:8: "));
}

static void
test_expansion_errors (void)
{
  static const struct {
    const char *json;
    FermataExpressionError code;
    const char *message;
  } cases[] = {
    { "\"{{nope}}\"", FERMATA_EXPRESSION_ERROR_RESULT, "nope is undefined" },
    { "\"a{{nope.x}}\"", FERMATA_EXPRESSION_ERROR_EXCEPTION, "nope is undefined: it has no member \xe2\x80\x9cx\xe2\x80\x9d" },
    { "[0, {\"a\": \"{{nope}}\"}]", FERMATA_EXPRESSION_ERROR_RESULT, "/1/a: nope is undefined" },
    { "[\"{{n}}\", [\"a {{nope}}\"]]", FERMATA_EXPRESSION_ERROR_RESULT, "/1/0: nope is undefined" },
    { "\"{{ x => x }}\"", FERMATA_EXPRESSION_ERROR_RESULT, "the result is a function" },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = test_parse (cases[i].json);
      g_autoptr (FermataTemplate) template = fermata_template_compile (evaluator, value, NULL, NULL, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataValue) expanded = fermata_template_expand (template, &scope.scope, &error);

      g_assert_null (expanded);
      g_assert_error (error, FERMATA_EXPRESSION_ERROR, (int) cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
collect (FermataExpression *expression,
         const char        *path,
         gsize              offset,
         gpointer           user_data)
{
  g_string_append_printf (user_data, "%s %s@%" G_GSIZE_FORMAT "\n", path,
                          fermata_expression_get_source (expression), offset);
}

static void
test_foreach (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (FermataValue) value =
    test_parse ("{\"a\": \"x{{ n }}y{{half}}\", \"b/c\": [0, \"{{{{\", \"{{name}}\"], \"d\": {\"e\": 1}}");
  g_autoptr (FermataValue) string = test_parse ("\"{{n}}\"");
  g_autoptr (FermataTemplate) template = fermata_template_compile (evaluator, value, NULL, NULL, NULL);
  g_autoptr (FermataTemplate) single = fermata_template_compile (evaluator, string, NULL, NULL, NULL);
  g_autoptr (GString) found = g_string_new (NULL);

  fermata_template_foreach (template, collect, found);
  g_assert_cmpstr (found->str, ==, "/a  n @3\n/a half@11\n/b~1c/2 name@2\n");

  g_string_truncate (found, 0);
  fermata_template_foreach (single, collect, found);
  g_assert_cmpstr (found->str, ==, " n@2\n");
}

static void
test_is_in_string (void)
{
  g_assert_true (fermata_template_is_in_string ("{{n}}"));
  g_assert_true (fermata_template_is_in_string ("a {{"));
  g_assert_true (fermata_template_is_in_string ("{{{{"));
  g_assert_false (fermata_template_is_in_string (""));
  g_assert_false (fermata_template_is_in_string ("{n}"));
  g_assert_false (fermata_template_is_in_string ("a }} b"));
}

/* Deep and wide, without recursion. */
static void
test_large (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };
  g_autoptr (FermataValue) value = fermata_value_new_string ("{{n}}", -1);
  g_autoptr (FermataTemplate) template = NULL;
  g_autoptr (FermataValue) expanded = NULL;
  FermataValue *inner;

  test_scope_init (&scope, NAMES);
  for (guint i = 0; i < 100000; i++)
    {
      FermataValue *pair[] = { value, fermata_value_new_integer (i) };

      value = fermata_value_new_array (pair, 2);
      fermata_value_unref (pair[0]);
      fermata_value_unref (pair[1]);
    }

  template = fermata_template_compile (evaluator, value, NULL, NULL, NULL);
  expanded = fermata_template_expand (template, &scope.scope, NULL);
  inner = expanded;
  for (guint i = 0; i < 100000; i++)
    inner = fermata_value_get_element (inner, 0);
  g_assert_cmpint (fermata_value_get_integer (inner), ==, 3);
}

/* Braces and more in any order: an error or a value, never a crash. */
static void
test_random (void)
{
  static const char *const pieces[] = {
    "{{", "}}", "{", "}", "{{{{", "n", "list", " ", "'", "\"", "`", "${", "/*", "*/", "//", "\n", "+", ":", "a", "\\", "(", ")",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, NAMES);
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (FermataValue) string = NULL;
      g_autoptr (FermataTemplate) template = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL;
      gsize offset = 0;

      for (int n = g_test_rand_int_range (1, 12); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      string = fermata_value_new_string (text->str, (gssize) text->len);
      template = fermata_template_compile (evaluator, string, &path, &offset, &error);
      if (template == NULL)
        {
          g_assert_cmpstr (path, ==, "");
          g_assert_cmpuint (offset, <=, text->len);
          g_assert_true (error->domain == FERMATA_EXPRESSION_ERROR);
        }
      else
        {
          g_autoptr (FermataValue) expanded = fermata_template_expand (template, &scope.scope, &error);

          g_assert_true ((expanded == NULL) == (error != NULL));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/template/expand", test_expand);
  g_test_add_func ("/template/very-value", test_very_value);
  g_test_add_func ("/template/escapes-are-constant", test_escapes_are_constant);
  g_test_add_func ("/template/errors", test_errors);
  g_test_add_func ("/template/error-message", test_error_message);
  g_test_add_func ("/template/expansion-errors", test_expansion_errors);
  g_test_add_func ("/template/foreach", test_foreach);
  g_test_add_func ("/template/is-in-string", test_is_in_string);
  g_test_add_func ("/template/large", test_large);
  g_test_add_func ("/template/random", test_random);

  return g_test_run ();
}
