/* fermata-task-error.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-task-error.h"

#include "engine/fermata-executor.h"
#include "expression/fermata-expression.h"
#include "value/fermata-value-builder.h"

static const char *const kind_names[] = {
  [FERMATA_ERROR_KIND_UNKNOWN] = "unknown",
  [FERMATA_ERROR_KIND_CONNECTIVITY] = "connectivity",
  [FERMATA_ERROR_KIND_TIMEOUT] = "timeout",
  [FERMATA_ERROR_KIND_VALIDATION] = "validation",
  [FERMATA_ERROR_KIND_TRANSFORMATION] = "transformation",
  [FERMATA_ERROR_KIND_EXPRESSION] = "expression",
  [FERMATA_ERROR_KIND_ROUTING] = "routing",
  [FERMATA_ERROR_KIND_SECURITY] = "security",
  [FERMATA_ERROR_KIND_EXECUTION] = "execution",
  [FERMATA_ERROR_KIND_RETRY_EXHAUSTED] = "retry-exhausted",
  [FERMATA_ERROR_KIND_CANCELLED] = "cancelled",
  [FERMATA_ERROR_KIND_BUDGET] = "budget",
  [FERMATA_ERROR_KIND_DEADLOCK] = "deadlock",
};

G_DEFINE_QUARK (fermata-task-error-quark, fermata_task_error)

/**
 * fermata_error_kind_to_string:
 * @kind: a kind
 *
 * Names a kind of error as documents and histories write it.
 *
 * Returns: (transfer none): a name such as `retry-exhausted`
 */
const char *
fermata_error_kind_to_string (FermataErrorKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

/**
 * fermata_error_kind_from_string:
 * @string: a name
 * @kind: (out): the kind
 *
 * Finds the kind of error with a name.
 *
 * Returns: %FALSE if there is none
 */
gboolean
fermata_error_kind_from_string (const char       *string,
                                FermataErrorKind *kind)
{
  g_return_val_if_fail (string != NULL, FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    {
      if (g_str_equal (kind_names[i], string))
        {
          *kind = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * fermata_error_kind_of:
 * @error: an error
 *
 * Tells what sort of thing went wrong.
 *
 * Returns: the kind; %FERMATA_ERROR_KIND_UNKNOWN for an error of another room
 */
FermataErrorKind
fermata_error_kind_of (const GError *error)
{
  g_return_val_if_fail (error != NULL, FERMATA_ERROR_KIND_UNKNOWN);

  if (error->domain == FERMATA_TASK_ERROR && (guint) error->code < G_N_ELEMENTS (kind_names))
    return error->code;
  if (error->domain == FERMATA_EXPRESSION_ERROR)
    return FERMATA_ERROR_KIND_EXPRESSION;
  if (error->domain == FERMATA_EXECUTOR_ERROR)
    return FERMATA_ERROR_KIND_EXECUTION;

  return FERMATA_ERROR_KIND_UNKNOWN;
}

/**
 * fermata_error_value_new:
 * @kind: what sort of thing went wrong
 * @message: for people; made valid UTF-8 if it is not
 * @node: (nullable): the id of the node that failed
 * @details: (nullable): more, for programs
 *
 * Makes the value that `error` is in expressions and in histories.
 *
 * Returns: (transfer full): an object
 */
FermataValue *
fermata_error_value_new (FermataErrorKind  kind,
                         const char       *message,
                         const char       *node,
                         FermataValue     *details)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autofree char *valid = g_utf8_make_valid (message, -1);

  fermata_value_builder_set_string (builder, "kind", fermata_error_kind_to_string (kind));
  fermata_value_builder_set_string (builder, "message", valid);
  if (node != NULL)
    fermata_value_builder_set_string (builder, "node", node);
  if (details != NULL)
    fermata_value_builder_set (builder, "details", details);

  return fermata_value_builder_end (builder);
}

/* So deep are errors in each other: a graph that is in itself may fail a thousand
 * times, each time with all that it failed for in it. */
#define MAX_DEPTH 32

/* An error may have two in it, and these: only so many are looked at. */
#define MAX_LOOKED_AT 256

static gboolean
is_deeper (FermataValue *error,
           guint         depth,
           guint        *n_left)
{
  FermataValue *cause, *handling;

  if (fermata_value_get_kind (error) != FERMATA_VALUE_KIND_OBJECT)
    return FALSE;
  if (depth == 0 || *n_left == 0)
    return TRUE;

  *n_left -= 1;
  cause = fermata_value_get_member (error, "cause");
  handling = fermata_value_get_member (error, "handling");

  return (cause != NULL && is_deeper (cause, depth - 1, n_left))
         || (handling != NULL && is_deeper (handling, depth - 1, n_left));
}

/* Without the one that is next in it. */
static FermataValue *
shorten (FermataValue *error)
{
  g_autoptr (FermataValue) rest = fermata_value_without_member (error, "handling");
  FermataValue *cause = fermata_value_get_member (rest, "cause");
  FermataValue *next = cause == NULL || fermata_value_get_kind (cause) != FERMATA_VALUE_KIND_OBJECT
                       ? NULL : fermata_value_get_member (cause, "cause");

  return next != NULL ? fermata_value_with_member (rest, "cause", next)
                      : fermata_value_without_member (rest, "cause");
}

FermataValue *
fermata_error_value_nest (FermataValue *error,
                          const char   *name,
                          FermataValue *inner)
{
  guint n_left = MAX_LOOKED_AT;
  g_autoptr (FermataValue) nested = is_deeper (inner, MAX_DEPTH, &n_left) ? shorten (inner)
                                                                         : fermata_value_ref (inner);

  return fermata_value_with_member (error, name, nested);
}

/* As deep as graphs are in each other */
FermataValue *
fermata_error_value_dup_plain (FermataValue *error)
{
  g_autoptr (FermataValueBuilder) builder = NULL;

  if (fermata_value_get_kind (error) != FERMATA_VALUE_KIND_OBJECT)
    return fermata_value_ref (error);

  builder = fermata_value_builder_new_object ();
  for (gsize i = 0; i < fermata_value_get_length (error); i++)
    {
      const char *name = fermata_value_get_member_name (error, i);
      FermataValue *member = fermata_value_get_member (error, name);
      gboolean is_error = g_str_equal (name, "cause") || g_str_equal (name, "handling");
      g_autoptr (FermataValue) plain = is_error ? fermata_error_value_dup_plain (member)
                                                : fermata_value_ref (member);

      if (!g_str_equal (name, "moment"))
        fermata_value_builder_set (builder, name, plain);
    }

  return fermata_value_builder_end (builder);
}
