/* test-functions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* In () and visits (), as a machine's scope answers for them. */

#include "expression/fermata-evaluator-private.h"
#include "expression/fermata-template.h"
#include "test-scope.h"

#define NAMES \
  "{\"In\":[\"a\",\"b c\",\"constructor\"],\"visits\":{\"a\":[1,{\"x\":2},null],\"z\":[]}," \
  "\"variables\":{\"In\":5,\"visits\":6,\"id\":\"a\",\"other\":\"q\"}}"

static FermataValue *
look_up_function (FermataValue *value,
                  const char   *name,
                  const char   *id)
{
  if (g_str_equal (name, "visits"))
    {
      FermataValue *visits = fermata_value_get_member (value, id);

      return visits != NULL ? fermata_value_ref (visits) : fermata_value_new_empty_array ();
    }

  for (gsize i = 0; i < fermata_value_get_length (value); i++)
    {
      if (g_str_equal (fermata_value_get_string (fermata_value_get_element (value, i), NULL), id))
        return fermata_value_new_boolean (TRUE);
    }

  return fermata_value_new_boolean (FALSE);
}

static FermataValue *
machine_lookup (FermataScope       *scope,
                const char *const  *path,
                guint               n_path,
                guint              *n_used,
                GError            **error)
{
  TestScope *self = (TestScope *) scope;
  FermataValue *value = fermata_value_get_member (self->names, path[0]);

  if (g_str_equal (path[0], "variables") || n_path == 1)
    return test_scope_lookup (scope, path, n_path, n_used, error);

  *n_used = 2;
  return look_up_function (value, path[0], path[1]);
}

static void
machine_scope_init (TestScope *self)
{
  test_scope_init (self, NAMES);
  self->scope.lookup = machine_lookup;
}

/* One literal is all that is known of most of them: no context for these. */
static void
test_literal (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };
  static const struct {
    const char *source;
    const char *json;
  } cases[] = {
    { "In ('a')", "true" },
    { "In(\"b c\")", "true" },
    { " In ( 'q' ) ", "false" },
    { "visits ('a')", "[1,{\"x\":2},null]" },
    { "visits ('a')[1]", "{\"x\":2}" },
    { "visits ('a')[1].x", "2" },
    { "visits ('a').length", "3" },
    { "visits ('nowhere').length", "0" },
    { "variables.In", "5" },
    { "variables.visits", "6" },
  };

  machine_scope_init (&scope);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    test_assert_json (evaluator, &scope, cases[i].source, cases[i].json);
  test_assert_fails (evaluator, &scope, "visits ('a')[3]", FERMATA_EXPRESSION_ERROR_RESULT,
                     "visits (\"a\")[3] is undefined");
  test_assert_fails (evaluator, &scope, "visits ('a')[2].x", FERMATA_EXPRESSION_ERROR_EXCEPTION,
                     "visits (\"a\")[2] is null: it has no member “x”");

  g_assert_false (fermata_evaluator_has_context (evaluator));
}

/* All else is JavaScript's, with functions of these names. */
static void
test_functions (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };
  static const struct {
    const char *source;
    const char *json;
  } cases[] = {
    { "!In ('a')", "false" },
    { "In ('a') && !In ('q')", "true" },
    { "In (variables.id)", "true" },
    { "In (variables.other)", "false" },
    { "In ('' + 'a')", "true" },
    { "['a', 'q'].map (id => In (id))", "[true,false]" },
    { "['a', 'q', 'b c'].filter (In)", "[\"a\",\"b c\"]" },
    { "In ('constructor') && !In ('toString')", "true" },
    { "typeof In + typeof visits", "\"functionfunction\"" },
    { "In?.('a')", "true" },
    { "[In.length, In ['name']].length", "2" },
    { "visits (variables.id)[1].x", "2" },
    { "visits (variables.id).length + visits ('a').length", "6" },
    { "visits ('a').map (v => v?.x ?? v)", "[1,2,null]" },
    { "visits ('' + 'nowhere')", "[]" },
    { "visits ('' + 'constructor')", "[]" },
    { "visits ('a')[1] === visits ('a')[1]", "true" },
    { "[1, 2].map (In => In + 1)", "[2,3]" },
    { "((In) => In ('q')) (id => id + '!')", "\"q!\"" },
    { "In ('a') ? variables.In : variables.visits", "5" },
    { "`${In ('a')} ${visits ('z').length}`", "\"true 0\"" },
  };

  machine_scope_init (&scope);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    test_assert_json (evaluator, &scope, cases[i].source, cases[i].json);
}

static void
test_misuse (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  machine_scope_init (&scope);
  test_assert_fails (evaluator, &scope, "In", FERMATA_EXPRESSION_ERROR_RESULT, "function");
  test_assert_fails (evaluator, &scope, "visits", FERMATA_EXPRESSION_ERROR_RESULT, "function");
  test_assert_fails (evaluator, &scope, "In ()", FERMATA_EXPRESSION_ERROR_EXCEPTION, "takes the id of a state");
  test_assert_fails (evaluator, &scope, "visits (5)", FERMATA_EXPRESSION_ERROR_EXCEPTION, "takes the id of a state");
  test_assert_fails (evaluator, &scope, "new In ('a')", FERMATA_EXPRESSION_ERROR_EXCEPTION, "not a constructor");
  test_assert_fails (evaluator, &scope, "In ('a') ('b')", FERMATA_EXPRESSION_ERROR_EXCEPTION, "not a function");
  test_assert_fails (evaluator, &scope, "In = 1", FERMATA_EXPRESSION_ERROR_SYNTAX, "cannot be assigned to");
  test_assert_fails (evaluator, &scope, "In ('a') = 1", FERMATA_EXPRESSION_ERROR_SYNTAX, NULL);
  test_assert_fails (evaluator, &scope, "In.known = 1", FERMATA_EXPRESSION_ERROR_EXCEPTION, NULL);
  test_assert_fails (evaluator, &scope, "visits ('a').push (1)", FERMATA_EXPRESSION_ERROR_EXCEPTION, "read-only");
  test_assert_fails (evaluator, &scope, "visits (variables.id).push (1)", FERMATA_EXPRESSION_ERROR_EXCEPTION,
                     "read-only");
}

/* Where there is no machine. */
static void
test_elsewhere (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_auto (TestScope) scope = { 0 };

  test_scope_init (&scope, "{\"id\":\"a\"}");
  test_assert_fails (evaluator, &scope, "In ('a')", FERMATA_EXPRESSION_ERROR_EXCEPTION,
                     "there is no “In ()” here");
  test_assert_fails (evaluator, &scope, "!visits ('a')", FERMATA_EXPRESSION_ERROR_EXCEPTION,
                     "there is no “visits ()” here");
  test_assert_fails (evaluator, &scope, "In (id)", FERMATA_EXPRESSION_ERROR_EXCEPTION, "not a function");
  test_assert_json (evaluator, &scope, "typeof In", "\"undefined\"");
}

static void
test_names (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (FermataExpression) expression = test_compile (evaluator, "In ('a') || visits ('b')[0].c || In (d)");
  const FermataNameUse *names;
  guint n_names;

  names = fermata_expression_get_names (expression, &n_names);
  g_assert_cmpuint (n_names, ==, 4);
  g_assert_cmpuint (names[0].n_path, ==, 2);
  g_assert_cmpstr (names[0].path[1], ==, "a");
  g_assert_cmpuint (names[1].n_path, ==, 4);
  g_assert_cmpstr (names[1].path[3], ==, "c");
  g_assert_cmpuint (names[2].n_path, ==, 1);
  g_assert_cmpstr (names[3].path[0], ==, "d");
}

static void
test_template (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr (FermataTemplate) template = NULL;
  g_autoptr (FermataValue) text = fermata_value_new_string ("{{In ('a')}}, {{visits ('a').length}}", -1);
  g_autoptr (FermataValue) value = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (TestScope) scope = { 0 };

  machine_scope_init (&scope);
  template = fermata_template_compile (evaluator, text, NULL, NULL, &error);
  g_assert_no_error (error);
  value = fermata_template_expand (template, &scope.scope, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fermata_value_get_string (value, NULL), ==, "true, 3");
  g_assert_false (fermata_evaluator_has_context (evaluator));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/expression/functions/literal", test_literal);
  g_test_add_func ("/expression/functions/functions", test_functions);
  g_test_add_func ("/expression/functions/misuse", test_misuse);
  g_test_add_func ("/expression/functions/elsewhere", test_elsewhere);
  g_test_add_func ("/expression/functions/names", test_names);
  g_test_add_func ("/expression/functions/template", test_template);

  return g_test_run ();
}
