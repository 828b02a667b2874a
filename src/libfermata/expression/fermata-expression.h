/* fermata-expression.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-scope.h"

G_BEGIN_DECLS

/**
 * FermataExpressionError:
 * @FERMATA_EXPRESSION_ERROR_SYNTAX: not exactly one JavaScript expression
 * @FERMATA_EXPRESSION_ERROR_TEMPLATE: a template without an end, or empty
 * @FERMATA_EXPRESSION_ERROR_REGEXP: regular expressions are not available here
 * @FERMATA_EXPRESSION_ERROR_EXCEPTION: it threw
 * @FERMATA_EXPRESSION_ERROR_TIMEOUT: it did not end in time
 * @FERMATA_EXPRESSION_ERROR_RESULT: its result is no value: undefined, a
 *   function, cyclic, not finite, a BigInt beyond 64 bits
 * @FERMATA_EXPRESSION_ERROR_LIMIT: a bound of the runtime
 *
 * Why an expression does not parse, or has no value.
 */
typedef enum {
  FERMATA_EXPRESSION_ERROR_SYNTAX,
  FERMATA_EXPRESSION_ERROR_TEMPLATE,
  FERMATA_EXPRESSION_ERROR_REGEXP,
  FERMATA_EXPRESSION_ERROR_EXCEPTION,
  FERMATA_EXPRESSION_ERROR_TIMEOUT,
  FERMATA_EXPRESSION_ERROR_RESULT,
  FERMATA_EXPRESSION_ERROR_LIMIT,
} FermataExpressionError;

#define FERMATA_EXPRESSION_ERROR (fermata_expression_error_quark ())

FERMATA_EXTERN
GQuark               fermata_expression_error_quark       (void);

#define FERMATA_TYPE_EVALUATOR (fermata_evaluator_get_type ())

/**
 * FermataEvaluator:
 *
 * Compiles and evaluates expressions. Owns the JavaScript context, which is
 * made when the first expression needs one and not before. Belongs to the
 * thread that uses it.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataEvaluator, fermata_evaluator, FERMATA, EVALUATOR, GObject)

FERMATA_EXTERN
FermataEvaluator    *fermata_evaluator_new                (void);

/* Milliseconds that one evaluation may take. Process-wide, because the
 * watchdog is: only before the first context is made. */
FERMATA_EXTERN
void                 fermata_evaluator_set_time_limit     (guint                 milliseconds);

/* Whether @code can be the body of a function; @error_offset: the byte that is
 * wrong. */
FERMATA_EXTERN
gboolean             fermata_evaluator_check_code         (FermataEvaluator     *self,
                                                           const char           *code,
                                                           gssize                length,
                                                           gsize                *error_offset,
                                                           GError              **error);

/**
 * FermataSyntax:
 * @FERMATA_SYNTAX_EXPRESSION: exactly one expression
 * @FERMATA_SYNTAX_LOCATION: what can be assigned to
 * @FERMATA_SYNTAX_PROGRAM: statements
 *
 * What a text in SCXML's data model `ecmascript` is: JavaScript that is not
 * strict, with all that there is.
 */
typedef enum {
  FERMATA_SYNTAX_EXPRESSION,
  FERMATA_SYNTAX_LOCATION,
  FERMATA_SYNTAX_PROGRAM,
} FermataSyntax;

/* Whether @text is one; @error_offset: the byte that is wrong. */
FERMATA_EXTERN
gboolean             fermata_evaluator_check_syntax       (FermataEvaluator     *self,
                                                           FermataSyntax         syntax,
                                                           const char           *text,
                                                           gssize                length,
                                                           gsize                *error_offset,
                                                           GError              **error);

/**
 * FermataExpression:
 *
 * One JavaScript expression, or a literal, or a plain path; compiled once,
 * evaluated often. Belongs to the thread of its evaluator.
 */
typedef struct _FermataExpression FermataExpression;

#define FERMATA_TYPE_EXPRESSION (fermata_expression_get_type ())

/**
 * FermataNameUse:
 * @path: (array length=n_path): the steps of the path as far as they are
 *   constant: `nodes`, `fetch`, `output`
 * @n_path: at least 1
 * @offset: of the name, in bytes of the source
 *
 * A free name in an expression, with the constant path after it. What is
 * called, assigned to or deleted is not part of it, nor what follows a `?.`.
 */
typedef struct {
  const char *const *path;
  guint n_path;
  gsize offset;
} FermataNameUse;

FERMATA_EXTERN
GType                fermata_expression_get_type          (void) G_GNUC_CONST;

/* @error_offset: the byte of the source that is wrong. */
FERMATA_EXTERN
FermataExpression   *fermata_expression_compile           (FermataEvaluator     *evaluator,
                                                           const char           *source,
                                                           gsize                *error_offset,
                                                           GError              **error);

/* A member of form "expression": a string is compiled, anything else is a
 * literal. */
FERMATA_EXTERN
FermataExpression   *fermata_expression_compile_value     (FermataEvaluator     *evaluator,
                                                           FermataValue         *member,
                                                           gsize                *error_offset,
                                                           GError              **error);
FERMATA_EXTERN
FermataExpression   *fermata_expression_ref               (FermataExpression    *self);
FERMATA_EXTERN
void                 fermata_expression_unref             (FermataExpression    *self);
FERMATA_EXTERN
const char          *fermata_expression_get_source        (FermataExpression    *self);

/* Its value if it is a literal, else NULL (transfer none). */
FERMATA_EXTERN
FermataValue        *fermata_expression_get_constant      (FermataExpression    *self);
FERMATA_EXTERN
const FermataNameUse *fermata_expression_get_names        (FermataExpression    *self,
                                                           guint                *n_names);
FERMATA_EXTERN
FermataValue        *fermata_expression_evaluate          (FermataExpression    *self,
                                                           FermataScope         *scope,
                                                           GError              **error);

/* As a condition: JavaScript's idea of what is true, except that a function is
 * an error: somebody forgot to call it. */
FERMATA_EXTERN
gboolean             fermata_expression_test              (FermataExpression    *self,
                                                           FermataScope         *scope,
                                                           gboolean             *result,
                                                           GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataExpression, fermata_expression_unref)

G_END_DECLS
