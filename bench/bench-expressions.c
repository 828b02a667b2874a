/* bench-expressions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * What a condition and an assignment of a state machine cost, beside the same
 * where JavaScript has to be called for them. Rounds alternate.
 */

#include <stdlib.h>

#include "engine/policies/fermata-assignments-private.h"
#include "value/fermata-value-reader.h"

#define N_ROUNDS 7
#define N_CALLS 200000

typedef struct {
  FermataScope scope;
  FermataValue *event;
  FermataValue *variables;
} Scope;

/* In the order in which a frame's scope asks. */
static FermataValue *
lookup (FermataScope      *scope,
        const char *const *path,
        guint              n_path,
        guint             *n_used,
        GError           **error)
{
  Scope *self = (Scope *) scope;

  *n_used = 1;
  if (g_str_equal (path[0], "variables"))
    return fermata_value_ref (self->variables);
  if (g_str_equal (path[0], "event"))
    return fermata_value_ref (self->event);

  return NULL;
}

static FermataValue *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (json, -1, &error);

  g_assert_no_error (error);

  return value;
}

static double
now (void)
{
  return g_get_monotonic_time () / 1e6;
}

static int
compare (const void *a,
         const void *b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static double
median (double *times)
{
  qsort (times, N_ROUNDS, sizeof *times, compare);

  return times[N_ROUNDS / 2];
}

static void
run_guard (FermataExpression *expression,
           Scope             *scope,
           guint              n_calls)
{
  for (guint i = 0; i < n_calls; i++)
    {
      gboolean result = FALSE;

      if (!fermata_expression_test (expression, &scope->scope, &result, NULL) || !result)
        g_error ("%s is not true", fermata_expression_get_source (expression));
    }
}

static void
run_assign (FermataAssignments *assignments,
            Scope              *scope,
            guint               n_calls)
{
  for (guint i = 0; i < n_calls; i++)
    {
      FermataValue *variables = fermata_value_ref (scope->variables);
      g_autoptr (FermataValue) changes =
        fermata_assignments_evaluate (assignments, &scope->scope, &variables, NULL, NULL);
      FermataValue *applied;

      g_assert_nonnull (changes);
      fermata_value_unref (variables);
      applied = fermata_assignments_apply (scope->variables, changes, FERMATA_ASSIGNED_VARIABLE);
      fermata_value_unref (scope->variables);
      scope->variables = applied;
    }
}

typedef struct {
  const char *name;
  const char *guard;
  const char *assign;
} Case;

static const Case cases[] = {
  { "operators", "event.data.value >= 1", "[{ \"coins\": \"variables.coins + 1\" }]" },
  { "JavaScript", "Math.max (event.data.value, 0) >= 1", "[{ \"coins\": \"Math.abs (variables.coins) + 1\" }]" },
};

static void
measure (FermataEvaluator *evaluator,
         const Case       *item,
         double           *guard_time,
         double           *assign_time)
{
  g_autoptr (FermataExpression) guard = fermata_expression_compile (evaluator, item->guard, NULL, NULL);
  g_autoptr (FermataValue) members = parse (item->assign);
  Scope scope = { { lookup, 0, 0 }, parse ("{\"name\":\"coin\",\"data\":{\"value\":1},\"type\":\"external\"}"),
                  parse ("{\"coins\":0,\"log\":[]}") };
  FermataAssignments *assignments =
    fermata_assignments_compile (members, scope.variables, FALSE, evaluator, NULL);
  double begin = now ();

  run_guard (guard, &scope, N_CALLS);
  *guard_time = (now () - begin) / N_CALLS;
  begin = now ();
  run_assign (assignments, &scope, N_CALLS);
  *assign_time = (now () - begin) / N_CALLS;
  g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (scope.variables, "coins")), ==, N_CALLS);

  fermata_assignments_free (assignments);
  fermata_value_unref (scope.event);
  fermata_value_unref (scope.variables);
}

int
main (void)
{
  g_autoptr (FermataEvaluator) evaluator = fermata_evaluator_new ();
  double guards[G_N_ELEMENTS (cases)][N_ROUNDS];
  double assigns[G_N_ELEMENTS (cases)][N_ROUNDS];

  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      measure (evaluator, &cases[i], &guards[i][round], &assigns[i][round]);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_print ("%-12s guard %6.0f ns, assign and apply %6.0f ns\n", cases[i].name,
             1e9 * median (guards[i]), 1e9 * median (assigns[i]));

  return 0;
}
