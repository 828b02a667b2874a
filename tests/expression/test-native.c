/* test-native.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is computed without JavaScript is what JavaScript gives. */

#include "expression/fermata-evaluator-private.h"
#include "expression/fermata-js-program-private.h"
#include "test-scope.h"

#define N_RANDOM 3000
#define N_TEXTS 20000

static const char *const values[] = {
  "null", "true", "false", "0", "-0.0", "1", "-1", "2", "3", "0.5", "-2.5", "0.1", "0.2", "7", "1e21", "1e300", "5e-324",
  "1.7976931348623157e308", "2147483648", "4294967296", "9007199254740991", "-9007199254740991", "9007199254740992.0",
  "9007199254740993", "9223372036854775807", "12345678901234567890", "\"\"", "\"a\"", "\"ab\"", "\"B\"", "\"0\"", "\"1\"",
  "\" 1 \"", "\"0x10\"", "\"\xc3\xa9\"", "\"\xef\xbf\xbd\"", "\"\xf0\x9f\x98\x80\"", "\"a\\u0000b\"", "\"null\"", "[]", "[0]",
  "[1,\"a\"]", "{}", "{\"x\":1}", "{\"x\":{\"y\":null,\"length\":2}}",
};

static const char *const binary[] = {
  "+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "===", "!==", "&&", "||", "??",
};

static const char *const unary[] = { "!", "-", "+", "typeof ", "!!", "- -", "-+" };

/* One and the same expression, the second time so that only JavaScript can tell. */
typedef struct {
  FermataExpression *native;
  FermataExpression *javascript;
} Pair;

static void
pair_clear (Pair *self)
{
  g_clear_pointer (&self->native, fermata_expression_unref);
  g_clear_pointer (&self->javascript, fermata_expression_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static void
pair_init (Pair             *self,
           FermataEvaluator *evaluator,
           const char       *source)
{
  g_autofree char *comma = g_strdup_printf ("(0, (%s))", source);

  self->native = test_compile (evaluator, source);
  self->javascript = test_compile (evaluator, comma);
}

static char *
show (FermataValue *value,
      GError       *error)
{
  if (value == NULL)
    return g_strdup_printf ("error %d", error->code);

  return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
}

/* JavaScript looks all names up before it begins. */
static gboolean
is_eager (GError *error)
{
  return error != NULL && strstr (error->message, "that JavaScript cannot hold") != NULL;
}

static void
assert_same_value (Pair      *self,
                   TestScope *scope)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) js_error = NULL;
  g_autoptr (FermataValue) value = fermata_expression_evaluate (self->native, &scope->scope, &error);
  g_autoptr (FermataValue) js_value = fermata_expression_evaluate (self->javascript, &scope->scope, &js_error);
  g_autofree char *text = show (value, error);
  g_autofree char *js_text = show (js_value, js_error);
  g_autofree char *names = fermata_value_to_string (scope->names, FERMATA_WRITE_COMPACT, NULL);

  if (!is_eager (js_error) && !g_str_equal (text, js_text))
    g_error ("%s with %s: %s, JavaScript: %s (%s)", fermata_expression_get_source (self->native), names, text,
             js_text, js_error != NULL ? js_error->message : "");
}

static void
assert_same_truth (Pair      *self,
                   TestScope *scope)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) js_error = NULL;
  gboolean result = 2, js_result = 2;

  fermata_expression_test (self->native, &scope->scope, &result, &error);
  fermata_expression_test (self->javascript, &scope->scope, &js_result, &js_error);
  if (!is_eager (js_error) && (result != js_result || (error != NULL) != (js_error != NULL)))
    g_error ("%s is %d, JavaScript: %d", fermata_expression_get_source (self->native), result, js_result);
}

static void
assert_same (Pair      *self,
             TestScope *scope)
{
  assert_same_value (self, scope);
  assert_same_truth (self, scope);
}

static void
set_names (TestScope  *scope,
           const char *p,
           const char *q,
           const char *r)
{
  g_autofree char *json = g_strdup_printf ("{\"p\":%s,\"q\":%s,\"r\":%s}", p, q, r);

  g_clear_pointer (&scope->names, fermata_value_unref);
  test_scope_init (scope, json);
}

static void
test_binary (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();

  for (gsize o = 0; o < G_N_ELEMENTS (binary); o++)
    {
      g_autofree char *source = g_strdup_printf ("p %s q", binary[o]);
      g_auto (Pair) pair = { NULL };
      g_auto (TestScope) scope = { 0 };

      pair_init (&pair, evaluator, source);
      for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
        for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
          {
            set_names (&scope, values[i], values[j], "0");
            assert_same (&pair, &scope);
          }
    }
}

static void
test_unary (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  static const char *const others[] = {
    "p.x", "p?.x", "p?.x.y", "p?.x?.y", "p?.length", "p.x?.y?.z", "p?.['x']", "p?.[0]", "p.x.y?.z.a.b", "p ? 1 : 2",
    "p?.5:1", "typeof p === 'string'", "p.toString", "p?.constructor", "p?.x.length", "missing", "missing?.x", "missing.x",
    "typeof missing", "p + missing", "p == missing", "p ?? 'none'", "p ?? undefined", "NaN || p", "p % Infinity",
  };

  for (gsize o = 0; o < G_N_ELEMENTS (unary) + G_N_ELEMENTS (others); o++)
    {
      g_autofree char *source = o < G_N_ELEMENTS (unary) ? g_strconcat (unary[o], "p", NULL)
                                                         : g_strdup (others[o - G_N_ELEMENTS (unary)]);
      g_auto (Pair) pair = { NULL };
      g_auto (TestScope) scope = { 0 };

      pair_init (&pair, evaluator, source);
      for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
        {
          set_names (&scope, values[i], "0", "0");
          assert_same (&pair, &scope);
        }
    }
}

static const char *
pick (const char *const *words,
      gsize              n_words)
{
  return words[g_test_rand_int_range (0, (gint32) n_words)];
}

#define PICK(words) pick (words, G_N_ELEMENTS (words))

static void
append_operand (GString *text)
{
  static const char *const operands[] = {
    "p", "q", "r", "p", "q", "r", "p.x", "q.x.y", "r.length", "p?.x", "q?.x?.y", "r?.x.y", "p [0]", "q['x']", "missing",
    "0", "1", "2", "10", "1.5", ".5", "1.", "1e3", "2e-3", "9007199254740993", "1e400", "'a'", "\"ab\"", "''", "'1'", "true",
    "false", "null", "undefined", "NaN", "Infinity", "'\\n'", "'it\\'s'", "'\\u00e9'", "p /* of */ .x",
  };

  g_string_append (text, PICK (operands));
}

static void
append_expression (GString *text,
                   int      depth)
{
  static const char *const spaces[] = { " ", "", "\n", "  ", "\t" };
  int sort = depth == 0 ? 0 : g_test_rand_int_range (0, 10);

  if (sort < 2)
    append_operand (text);
  else if (sort < 7)
    {
      append_expression (text, depth - 1);
      g_string_append_printf (text, " %s%s", PICK (binary), PICK (spaces));
      append_expression (text, depth - 1);
    }
  else if (sort == 7)
    {
      g_string_append (text, PICK (unary));
      append_expression (text, 0);
    }
  else if (sort == 8)
    {
      g_string_append_c (text, '(');
      append_expression (text, depth - 1);
      g_string_append_c (text, ')');
    }
  else
    {
      append_expression (text, depth - 1);
      g_string_append (text, " ? ");
      append_expression (text, depth - 1);
      g_string_append (text, " : ");
      append_expression (text, depth - 1);
    }
}

static void
test_random (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();

  for (guint i = 0; i < N_RANDOM; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (FermataExpression) expression = NULL;
      g_auto (Pair) pair = { NULL };
      g_auto (TestScope) scope = { 0 };

      append_expression (text, g_test_rand_int_range (1, 5));

      /* a ?? b || c and the like; a literal is the very value */
      expression = fermata_expression_compile (evaluator, text->str, NULL, NULL);
      if (expression == NULL || fermata_expression_get_constant (expression) != NULL)
        continue;

      pair_init (&pair, evaluator, text->str);
      for (guint j = 0; j < 5; j++)
        {
          set_names (&scope, PICK (values), PICK (values), PICK (values));
          assert_same (&pair, &scope);
        }
    }
}

/* What is accepted without asking JavaScriptCore, it accepts, too. */
static void
test_syntax (void)
{
  static const char *const words[] = {
    "p", "q", ".x", "?.x", "?.", "[0]", "['x']", "[", "]", "(", ")", "+", "-", "++", "--", "*", "/", "%", "<", "<!--", "-->",
    "==", "===", "=", "=>", "!", "~", "&&", "||", "??", "?", ":", ",", ";", "1", "01", "0x1", "1n", "1_0", "1.", ".5", "1e", "1e5",
    "'a'", "\"", "`a`", "true", "null", "let", "yield", "static", "typeof", "void", "new", "in", "of", "async", "enum", "if",
    "this", "undefined", "eval", "\n", "//", "/*", "*/", "#p", "{", "}", "...", "\\u0041", "\xc3\xa9", "In ('a')", "In",
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataJsRuntime) runtime = fermata_evaluator_ref_runtime (evaluator, &error);
  guint n_accepted = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (FermataExpression) expression = NULL;
      int n = g_test_rand_int_range (1, 8);
      gsize offset;

      for (int j = 0; j < n; j++)
        g_string_append_printf (text, "%s%s", PICK (words), g_test_rand_bit () ? " " : "");
      expression = fermata_expression_compile (evaluator, text->str, NULL, NULL);
      if (expression == NULL)
        continue;

      n_accepted++;
      if (!fermata_js_check_syntax (runtime, text->str, text->len, &offset, NULL))
        g_error ("“%s” is no expression", text->str);
    }

  g_assert_cmpuint (n_accepted, >, N_TEXTS / 100);
}

/* Conditions as people write them begin no JavaScript at all. */
static void
test_without_context (void)
{
  static const struct {
    const char *source;
    const char *json;
  } cases[] = {
    { "event.data.value >= 1", "true" },
    { "variables.coins + 1", "3" },
    { "variables.coins * 2.5", "5" },
    { "variables.coins / 4", "0.5" },
    { "event.name === 'coin' && !(variables.coins > 5)", "true" },
    { "event.data?.missing ?? 'none'", "\"none\"" },
    { "typeof event.data.value == 'number' ? variables.name + '!' : null", "\"Zo\xc3\xab!\"" },
    { "variables.list.length % 2", "1" },
    { "'#' + variables.coins + ', ' + variables.list[0]", "\"#2, 3\"" },
    { "-variables.coins", "-2" },
    { "0 * -1", "-0.0" },
    { "variables.list || 1", "[3,4,5]" },
  };
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, "{\"event\":{\"name\":\"coin\",\"data\":{\"value\":1}},"
                           "\"variables\":{\"coins\":2,\"list\":[3,4,5],\"name\":\"Zo\xc3\xab\"}}");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    test_assert_json (evaluator, &scope, cases[i].source, cases[i].json);

  g_assert_false (fermata_evaluator_has_context (evaluator));
}

/* More operators than are counted, and deeper than anybody reads. */
static void
test_bounds (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (GString) sum = g_string_new ("0");
  g_autoptr (GString) nots = g_string_new (NULL);
  g_autoptr (GString) nested = g_string_new (NULL);
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, "{\"p\":1}");
  for (guint i = 0; i < 1000; i++)
    {
      g_string_append (sum, " + p");
      g_string_append_c (nots, '!');
    }
  g_string_append_c (nots, 'p');
  for (guint i = 0; i < 150; i++)
    g_string_append_c (nested, '(');
  g_string_append (nested, "p + 1");
  for (guint i = 0; i < 150; i++)
    g_string_append_c (nested, ')');

  test_assert_json (evaluator, &scope, sum->str, "1000");
  test_assert_json (evaluator, &scope, nots->str, "true");
  test_assert_json (evaluator, &scope, nested->str, "2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/expression/native/binary", test_binary);
  g_test_add_func ("/expression/native/unary", test_unary);
  g_test_add_func ("/expression/native/random", test_random);
  g_test_add_func ("/expression/native/syntax", test_syntax);
  g_test_add_func ("/expression/native/without-context", test_without_context);
  g_test_add_func ("/expression/native/bounds", test_bounds);

  return g_test_run ();
}
