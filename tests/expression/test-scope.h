/* test-scope.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <string.h>

#include "expression/fermata-expression.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

/* A scope whose names are the members of an object. */
typedef struct {
  FermataScope scope;
  FermataValue *names;
  guint n_lookups;
} TestScope;

static inline FermataValue *
test_scope_lookup (FermataScope       *scope,
                   const char *const  *path,
                   guint               n_path,
                   guint              *n_used,
                   GError            **error)
{
  TestScope *self = (TestScope *) scope;
  FermataValue *value = fermata_value_get_member (self->names, path[0]);

  self->n_lookups++;
  *n_used = 1;
  return value != NULL ? fermata_value_ref (value) : NULL;
}

static inline FermataValue *
test_parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (json, -1, &error);

  g_assert_no_error (error);
  return value;
}

static inline void
test_scope_init (TestScope  *self,
                 const char *names)
{
  self->scope.lookup = test_scope_lookup;
  self->scope.time = G_GINT64_CONSTANT (1700000000123456);
  self->scope.seed = 42;
  self->names = test_parse (names);
  self->n_lookups = 0;
}

static inline void
test_scope_clear (TestScope *self)
{
  g_clear_pointer (&self->names, fermata_value_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestScope, test_scope_clear)

static inline FermataExpression *
test_compile (FermataEvaluator *evaluator,
              const char       *source)
{
  g_autoptr (GError) error = NULL;
  FermataExpression *expression = fermata_expression_compile (evaluator, source, NULL, &error);

  if (error != NULL)
    g_error ("%s: %s", source, error->message);
  return expression;
}

/* Compiled and evaluated at once. */
static inline FermataValue *
test_try (FermataEvaluator  *evaluator,
          TestScope         *scope,
          const char        *source,
          GError           **error)
{
  g_autoptr (FermataExpression) expression = fermata_expression_compile (evaluator, source, NULL, error);

  return expression != NULL ? fermata_expression_evaluate (expression, &scope->scope, error) : NULL;
}

static inline FermataValue *
test_evaluate (FermataEvaluator *evaluator,
               TestScope        *scope,
               const char       *source)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = test_try (evaluator, scope, source, &error);

  if (error != NULL)
    g_error ("%s: %s", source, error->message);
  g_assert_nonnull (value);
  return value;
}

/* The value as compact JSON. */
static inline char *
test_evaluate_json (FermataEvaluator *evaluator,
                    TestScope        *scope,
                    const char       *source)
{
  g_autoptr (FermataValue) value = test_evaluate (evaluator, scope, source);

  return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);
}

static inline void
test_assert_json (FermataEvaluator *evaluator,
                  TestScope        *scope,
                  const char       *source,
                  const char       *expected)
{
  g_autofree char *json = test_evaluate_json (evaluator, scope, source);

  if (strcmp (json, expected) != 0)
    g_error ("%s: is %s, not %s", source, json, expected);
}

/* That it fails so, whether compiled or evaluated, with these words. */
static inline void
test_assert_fails (FermataEvaluator       *evaluator,
                   TestScope              *scope,
                   const char             *source,
                   FermataExpressionError  code,
                   const char             *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = test_try (evaluator, scope, source, &error);

  if (value != NULL || error == NULL)
    g_error ("%s: does not fail", source);
  if (!g_error_matches (error, FERMATA_EXPRESSION_ERROR, (int) code) ||
      (words != NULL && strstr (error->message, words) == NULL))
    g_error ("%s: fails with %d, “%s”", source, error->code, error->message);
}
