/* fermata-evaluator.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-evaluator-private.h"

#include "expression/fermata-expression-private.h"
#include "expression/fermata-js-program-private.h"

#include <string.h>

struct _FermataEvaluator {
  GObject parent_instance;

  FermataJsRuntime *runtime;
  GHashTable *expressions;
};

G_DEFINE_FINAL_TYPE (FermataEvaluator, fermata_evaluator, G_TYPE_OBJECT)

G_DEFINE_QUARK (fermata-expression-error-quark, fermata_expression_error)

static void
fermata_evaluator_finalize (GObject *object)
{
  FermataEvaluator *self = FERMATA_EVALUATOR (object);

  g_clear_pointer (&self->runtime, fermata_js_runtime_unref);
  g_clear_pointer (&self->expressions, g_hash_table_unref);

  G_OBJECT_CLASS (fermata_evaluator_parent_class)->finalize (object);
}

static void
fermata_evaluator_class_init (FermataEvaluatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = fermata_evaluator_finalize;
}

static void
fermata_evaluator_init (FermataEvaluator *self)
{
  self->expressions = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * fermata_evaluator_new:
 *
 * Makes an evaluator for the thread that calls. It costs nothing until an
 * expression needs JavaScript.
 *
 * Returns: (transfer full): an evaluator
 *
 * Since: 0.1
 */
FermataEvaluator *
fermata_evaluator_new (void)
{
  return g_object_new (FERMATA_TYPE_EVALUATOR, NULL);
}

/**
 * fermata_evaluator_set_time_limit:
 * @milliseconds: how long one evaluation may take, in processor time; 0 for
 *   as long as it likes. 1,000 unless set
 *
 * Sets the time after which an expression that does not end is ended, for all
 * evaluators of the process. Has no effect once an expression has needed
 * JavaScript, and none on other users of JavaScriptCore that came before.
 *
 * Since: 0.1
 */
void
fermata_evaluator_set_time_limit (guint milliseconds)
{
  fermata_js_runtime_set_time_limit (milliseconds);
}

/**
 * fermata_evaluator_check_code:
 * @self: an evaluator
 * @code: JavaScript statements, as a script node has them
 * @length: of @code in bytes, or -1 if it ends with a zero
 * @error_offset: (out) (optional): the byte of @code that is wrong
 * @error: return location for an error of the domain
 *   %FERMATA_EXPRESSION_ERROR, whose message begins with the line and column
 *
 * Looks whether @code can be the body of a function. It is not run.
 *
 * Returns: %FALSE with @error set if it cannot
 *
 * Since: 0.1
 */
gboolean
fermata_evaluator_check_code (FermataEvaluator  *self,
                              const char        *code,
                              gssize             length,
                              gsize             *error_offset,
                              GError           **error)
{
  g_autoptr (FermataJsRuntime) runtime = NULL;
  gsize offset = 0;

  g_return_val_if_fail (FERMATA_IS_EVALUATOR (self), FALSE);
  g_return_val_if_fail (code != NULL, FALSE);

  runtime = fermata_evaluator_ref_runtime (self, error);
  if (runtime == NULL)
    return FALSE;
  if (fermata_js_check_body (runtime, code, length < 0 ? strlen (code) : (gsize) length, &offset,
                             error))
    return TRUE;

  fermata_expression_prefix_place (code, offset, error);
  if (error_offset != NULL)
    *error_offset = offset;

  return FALSE;
}

/**
 * fermata_evaluator_check_syntax:
 * @self: an evaluator
 * @syntax: what @text is
 * @text: JavaScript, as machines with SCXML's data model `ecmascript` have it
 * @length: of @text in bytes, or -1 if it ends with a zero
 * @error_offset: (out) (optional): the byte of @text that is wrong
 * @error: return location for an error of the domain
 *   %FERMATA_EXPRESSION_ERROR, whose message begins with the line and column
 *
 * Looks whether @text is what it should be. It is not run, and the names in it
 * are not looked at.
 *
 * Returns: %FALSE with @error set if it is not
 *
 * Since: 0.1
 */
gboolean
fermata_evaluator_check_syntax (FermataEvaluator  *self,
                                FermataSyntax      syntax,
                                const char        *text,
                                gssize             length,
                                gsize             *error_offset,
                                GError           **error)
{
  g_autoptr (FermataJsRuntime) runtime = NULL;
  gsize offset = 0;

  g_return_val_if_fail (FERMATA_IS_EVALUATOR (self), FALSE);
  g_return_val_if_fail (syntax <= FERMATA_SYNTAX_PROGRAM, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  runtime = fermata_evaluator_ref_runtime (self, error);
  if (runtime == NULL)
    return FALSE;
  if (fermata_js_check_scxml (runtime, syntax, text, length < 0 ? strlen (text) : (gsize) length, &offset, error))
    return TRUE;

  fermata_expression_prefix_place (text, offset, error);
  if (error_offset != NULL)
    *error_offset = offset;

  return FALSE;
}

FermataJsRuntime *
fermata_evaluator_ref_runtime (FermataEvaluator  *self,
                               GError           **error)
{
  if (self->runtime != NULL && fermata_js_runtime_is_worn (self->runtime))
    g_clear_pointer (&self->runtime, fermata_js_runtime_unref);

  if (self->runtime == NULL)
    self->runtime = fermata_js_runtime_new (error);

  return self->runtime != NULL ? fermata_js_runtime_ref (self->runtime) : NULL;
}

GHashTable *
fermata_evaluator_get_expressions (FermataEvaluator *self)
{
  return self->expressions;
}

gboolean
fermata_evaluator_has_context (FermataEvaluator *self)
{
  return self->runtime != NULL;
}
