/* fermata-expression.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-expression.h"

#include "expression/fermata-evaluator-private.h"
#include "expression/fermata-expression-private.h"
#include "expression/fermata-js-convert-private.h"
#include "expression/fermata-js-globals-private.h"
#include "expression/fermata-js-json-private.h"
#include "expression/fermata-js-native-private.h"
#include "expression/fermata-js-path-private.h"
#include "expression/fermata-js-program-private.h"
#include "value/fermata-value-reader.h"

#include <string.h>

/* Bytes; of what is no literal. JavaScriptCore takes its time for longer ones. */
#define MAX_SOURCE (256 * 1024)

struct _FermataExpression {
  gatomicrefcount ref_count;
  FermataEvaluator *evaluator;
  char *source;
  gboolean is_known;           /* to the evaluator, by its source */
  gboolean is_foreign;         /* its scope evaluates it, if nothing below does */

  /* One of: a literal; a path, the first name; what needs no JavaScript, as
   * long as its operands are simple; anything else */
  FermataValue *constant;
  gboolean is_path;
  FermataJsNative *native;
  FermataJsProgram *program;   /* of the others: only where JavaScript has to help */

  FermataNameUse *names;
  guint n_names;
};

G_DEFINE_BOXED_TYPE (FermataExpression, fermata_expression,
                     fermata_expression_ref, fermata_expression_unref)

void
fermata_expression_prefix_place (const char  *text,
                                 gsize        offset,
                                 GError     **error)
{
  guint line = 1;
  const char *begin = text;

  for (const char *p = text; p < text + offset; p++)
    if (*p == '\n')
      {
        line++;
        begin = p + 1;
      }

  g_prefix_error (error, "%u:%lu: ", line, 1 + g_utf8_strlen (begin, text + offset - begin));
}

static FermataExpression *
expression_new (FermataEvaluator *evaluator,
                const char       *source)
{
  FermataExpression *self = g_new0 (FermataExpression, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->evaluator = g_object_ref (evaluator);
  self->source = g_strdup (source);

  return self;
}

/* JSON, or one string as JavaScript writes it; NULL if it is neither. */
static FermataValue *
parse_literal (const char *source)
{
  const char *start = source + strspn (source, " \t\r\n");
  FermataJsLexer lexer;
  FermataJsToken token, next;
  g_autofree char *text = NULL;

  if (*start != '\0' && strchr ("[{\"-0123456789tfn", *start) != NULL)
    {
      FermataValue *value = fermata_value_parse (source, -1, NULL);

      if (value != NULL)
        return value;
    }

  fermata_js_lexer_init (&lexer, source, strlen (source), 0);
  fermata_js_lexer_next (&lexer, &token);
  fermata_js_lexer_next (&lexer, &next);
  if (token.kind != FERMATA_JS_TOKEN_STRING || next.kind != FERMATA_JS_TOKEN_END)
    return NULL;

  text = fermata_js_token_dup_string (&token, source);
  return text != NULL ? fermata_value_new_string (text, -1) : NULL;
}

static void
take_name (FermataExpression        *self,
           const FermataJsSource    *source,
           const FermataJsReference *reference)
{
  FermataNameUse *use = &self->names[self->n_names++];
  char **path = g_new0 (char *, reference->n_steps + 2);

  path[0] = g_strdup (fermata_js_names_get_name (source->names, reference));
  for (guint i = 0; i < reference->n_steps; i++)
    path[i + 1] = g_strdup (fermata_js_names_get_step (source->names, reference, i));

  use->path = (const char *const *) path;
  use->n_path = reference->n_steps + 1;
  use->offset = reference->start;
}

static void
take_names (FermataExpression     *self,
            const FermataJsSource *source)
{
  guint n = fermata_js_names_get_n (source->names);

  self->names = g_new0 (FermataNameUse, n);
  for (guint i = 0; i < n; i++)
    {
      FermataJsReference *reference = fermata_js_names_get (source->names, i);

      if (!fermata_js_globals_has (fermata_js_names_get_name (source->names, reference)))
        take_name (self, source, reference);
    }
}

static gboolean
check_syntax (FermataExpression  *self,
              gsize              *error_offset,
              GError            **error)
{
  g_autoptr (FermataJsRuntime) runtime = fermata_evaluator_ref_runtime (self->evaluator, error);

  return runtime != NULL &&
         fermata_js_check_syntax (runtime, self->source, strlen (self->source), error_offset, error);
}

/* Somebody forgot to call it: JavaScript says so. */
static gboolean
is_bare_function (const FermataNameUse *name)
{
  return name->n_path == 1 && fermata_js_globals_is_function (name->path[0]);
}

static gboolean
compile_source (FermataExpression  *self,
                FermataJsSource    *source,
                gsize              *error_offset,
                GError            **error)
{
  gsize length = strlen (self->source);
  gboolean is_sure = FALSE;

  if (length > MAX_SOURCE)
    {
      *error_offset = MAX_SOURCE;
      g_set_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_LIMIT,
                   "longer than %d bytes", MAX_SOURCE);
      return FALSE;
    }

  if (!fermata_js_source_parse (source, self->source, length, 0, FALSE, error_offset, error) ||
      !fermata_js_globals_check (source, error_offset, error))
    return FALSE;

  take_names (self, source);
  self->is_path = source->is_path && self->n_names == 1 && !is_bare_function (self->names);
  if (self->is_path)
    return TRUE;

  self->native = fermata_js_native_new (self->source, length, source, self->names, &is_sure);
  if (!is_sure && !check_syntax (self, error_offset, error))
    return FALSE;
  if (self->native == NULL)
    self->program = fermata_js_program_new (self->source, length, source);
  return TRUE;
}

static gboolean
compile (FermataExpression  *self,
         gsize              *error_offset,
         GError            **error)
{
  FermataJsSource source = { NULL };
  const char *end;
  gboolean compiled;

  if (!g_utf8_validate (self->source, -1, &end))
    {
      *error_offset = (gsize) (end - self->source);
      g_set_error_literal (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX, "not UTF-8");
      return FALSE;
    }

  self->constant = parse_literal (self->source);
  if (self->constant != NULL)
    return TRUE;

  compiled = compile_source (self, &source, error_offset, error);
  fermata_js_source_clear (&source);
  return compiled;
}

FermataExpression *
fermata_expression_compile_unplaced (FermataEvaluator  *evaluator,
                                     const char        *source,
                                     gsize             *error_offset,
                                     GError           **error)
{
  GHashTable *expressions = fermata_evaluator_get_expressions (evaluator);
  FermataExpression *known = g_hash_table_lookup (expressions, source);
  g_autoptr (FermataExpression) self = NULL;

  if (known != NULL)
    return fermata_expression_ref (known);

  self = expression_new (evaluator, source);
  if (!compile (self, error_offset, error))
    return NULL;

  g_hash_table_insert (expressions, self->source, self);
  self->is_known = TRUE;
  return g_steal_pointer (&self);
}

/* What means the same everywhere. */
static gboolean
is_plain_literal (FermataValue *value)
{
  FermataValueKind kind = fermata_value_get_kind (value);

  if (kind == FERMATA_VALUE_KIND_INTEGER)
    return fermata_js_is_safe_integer (fermata_value_get_integer (value));
  if (kind == FERMATA_VALUE_KIND_NUMBER)
    return fermata_value_get_number_text (value) == NULL;

  return (kind != FERMATA_VALUE_KIND_ARRAY && kind != FERMATA_VALUE_KIND_OBJECT)
         || fermata_value_get_length (value) == 0;
}

FermataExpression *
fermata_expression_new_opaque (FermataEvaluator *evaluator,
                               const char       *source)
{
  FermataExpression *self = expression_new (evaluator, source);

  self->is_foreign = TRUE;

  return self;
}

FermataExpression *
fermata_expression_new_foreign (FermataEvaluator *evaluator,
                                const char       *source)
{
  FermataExpression *self = expression_new (evaluator, source);
  FermataJsSource parsed = { NULL };
  gsize length = strlen (source);
  gsize offset;
  gboolean is_sure = FALSE;

  self->is_foreign = TRUE;
  if (length > MAX_SOURCE || !g_utf8_validate (source, -1, NULL))
    return self;

  self->constant = parse_literal (source);
  if (self->constant != NULL && !is_plain_literal (self->constant))
    g_clear_pointer (&self->constant, fermata_value_unref);
  else if (self->constant != NULL)
    return self;

  if (fermata_js_source_parse (&parsed, source, length, 0, FALSE, &offset, NULL))
    {
      take_names (self, &parsed);
      self->native = fermata_js_native_new (source, length, &parsed, self->names, &is_sure);
    }
  fermata_js_source_clear (&parsed);
  if (self->native != NULL && !is_sure)
    g_clear_pointer (&self->native, fermata_js_native_free);

  return self;
}

/**
 * fermata_expression_compile:
 * @evaluator: what will evaluate it
 * @source: JavaScript, exactly one expression
 * @error_offset: (out) (optional): on error, the byte of @source that is wrong
 * @error: return location for an error
 *
 * Compiles an expression. One that is a literal, a plain path, or made of both
 * with operators, does not make @evaluator begin to use JavaScript. As long as it lives, the same
 * @source gives the same expression.
 *
 * The message of an error begins with the line and column in @source.
 *
 * Returns: (transfer full): an expression, or %NULL with an error of
 *   %FERMATA_EXPRESSION_ERROR: SYNTAX, REGEXP or LIMIT
 *
 * Since: 0.1
 */
FermataExpression *
fermata_expression_compile (FermataEvaluator  *evaluator,
                            const char        *source,
                            gsize             *error_offset,
                            GError           **error)
{
  FermataExpression *self;
  gsize offset = 0;

  g_return_val_if_fail (FERMATA_IS_EVALUATOR (evaluator), NULL);
  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = fermata_expression_compile_unplaced (evaluator, source, &offset, error);
  if (self == NULL)
    fermata_expression_prefix_place (source, offset, error);
  if (self == NULL && error_offset != NULL)
    *error_offset = offset;
  return self;
}

/**
 * fermata_expression_compile_value:
 * @evaluator: what will evaluate it
 * @member: a member of form “expression”
 * @error_offset: (out) (optional): on error, the byte of the string that is
 *   wrong
 * @error: return location for an error
 *
 * Compiles what stands where an expression belongs: a string is one, any other
 * value is itself.
 *
 * Returns: (transfer full): an expression, or %NULL with an error of
 *   %FERMATA_EXPRESSION_ERROR
 *
 * Since: 0.1
 */
FermataExpression *
fermata_expression_compile_value (FermataEvaluator  *evaluator,
                                  FermataValue      *member,
                                  gsize             *error_offset,
                                  GError           **error)
{
  FermataExpression *self;
  const char *source;
  gsize length;

  g_return_val_if_fail (FERMATA_IS_EVALUATOR (evaluator), NULL);
  g_return_val_if_fail (member != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (fermata_value_get_kind (member) != FERMATA_VALUE_KIND_STRING)
    {
      self = expression_new (evaluator, NULL);
      self->constant = fermata_value_ref (member);
      return self;
    }

  source = fermata_value_get_string (member, &length);
  if (strlen (source) == length)
    return fermata_expression_compile (evaluator, source, error_offset, error);

  if (error_offset != NULL)
    *error_offset = strlen (source);
  g_set_error_literal (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX,
                       "a NUL character in an expression");
  return NULL;
}

/**
 * fermata_expression_ref:
 * @self: an expression
 *
 * Returns: (transfer full): @self
 *
 * Since: 0.1
 */
FermataExpression *
fermata_expression_ref (FermataExpression *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * fermata_expression_unref:
 * @self: (transfer full): an expression
 *
 * Since: 0.1
 */
void
fermata_expression_unref (FermataExpression *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (self->is_known)
    g_hash_table_remove (fermata_evaluator_get_expressions (self->evaluator), self->source);
  for (guint i = 0; i < self->n_names; i++)
    g_strfreev ((char **) self->names[i].path);
  g_free (self->names);
  g_clear_pointer (&self->program, fermata_js_program_free);
  g_clear_pointer (&self->native, fermata_js_native_free);
  g_clear_pointer (&self->constant, fermata_value_unref);
  g_free (self->source);
  g_object_unref (self->evaluator);
  g_free (self);
}

/**
 * fermata_expression_get_source:
 * @self: an expression
 *
 * Returns: (nullable): what it was compiled from, %NULL if that was a value
 *   that is no string
 *
 * Since: 0.1
 */
const char *
fermata_expression_get_source (FermataExpression *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->source;
}

/**
 * fermata_expression_get_constant:
 * @self: an expression
 *
 * Returns: (transfer none) (nullable): its value if it is a literal
 *
 * Since: 0.1
 */
FermataValue *
fermata_expression_get_constant (FermataExpression *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->constant;
}

/**
 * fermata_expression_get_names:
 * @self: an expression
 * @n_names: (out): how many there are
 *
 * Gives the free names, once for each use and in the order of the text. What
 * is called is not part of a path: `input.items.map (f)` uses `input.items`.
 * But `In ("a")` uses `In`, `a`, and so does `visits` with a literal.
 * Names that JavaScript itself has (`Math`, `undefined`), and `matches`, are
 * not among them.
 *
 * Returns: (array length=n_names) (transfer none): the names
 *
 * Since: 0.1
 */
const FermataNameUse *
fermata_expression_get_names (FermataExpression *self,
                              guint             *n_names)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_names != NULL, NULL);

  *n_names = self->n_names;
  return self->names;
}

/* It turned out to need JavaScript. */
static gboolean
ensure_program (FermataExpression  *self,
                GError            **error)
{
  FermataJsSource source = { NULL };
  gsize length, offset;

  if (self->program != NULL)
    return TRUE;

  length = strlen (self->source);
  if (!fermata_js_source_parse (&source, self->source, length, 0, FALSE, &offset, error))
    return FALSE;

  self->program = fermata_js_program_new (self->source, length, &source);
  fermata_js_source_clear (&source);
  return TRUE;
}

/* Its value in JavaScript, with the context that it belongs to. */
static JSCValue *
run (FermataExpression  *self,
     FermataScope       *scope,
     FermataJsRuntime  **runtime,
     GError            **error)
{
  *runtime = fermata_evaluator_ref_runtime (self->evaluator, error);
  if (*runtime == NULL || !ensure_program (self, error))
    return NULL;

  return fermata_js_program_run (self->program, *runtime, scope, error);
}

static FermataValue *
evaluate_program (FermataExpression  *self,
                  FermataScope       *scope,
                  GError            **error)
{
  g_autoptr (FermataJsRuntime) runtime = NULL;
  g_autoptr (JSCValue) result = run (self, scope, &runtime, error);

  return result != NULL ? fermata_js_to_value (runtime, result, error) : NULL;
}

static void
set_path_error (FermataExpression          *self,
                const FermataJsPathResult  *result,
                GError                    **error)
{
  g_autofree char *message = fermata_js_path_describe (self->names->path, result);
  FermataExpressionError code = result->outcome == FERMATA_JS_PATH_UNDEFINED
                                  ? FERMATA_EXPRESSION_ERROR_RESULT
                                  : FERMATA_EXPRESSION_ERROR_EXCEPTION;

  g_set_error_literal (error, FERMATA_EXPRESSION_ERROR, (int) code, message);
}

static FermataValue *
evaluate_path (FermataExpression  *self,
               FermataScope       *scope,
               GError            **error)
{
  g_auto (FermataJsPathResult) result = { 0 };

  if (!fermata_js_path_resolve (self->names->path, self->names->n_path, scope, &result, error))
    return NULL;

  switch (result.outcome)
    {
    case FERMATA_JS_PATH_FOUND:
      return g_steal_pointer (&result.value);
    case FERMATA_JS_PATH_INHERITED:
      return evaluate_program (self, scope, error);
    case FERMATA_JS_PATH_UNDEFINED:
    case FERMATA_JS_PATH_BROKEN:
    default:
      set_path_error (self, &result, error);
      return NULL;
    }
}

/**
 * fermata_expression_evaluate:
 * @self: an expression
 * @scope: where it finds its names
 * @error: return location for an error
 *
 * Evaluates an expression. A literal and a plain path give the very value.
 * Where operators have operands whose rules are simple, JavaScript is not asked;
 * nobody can tell by the result.
 *
 * Returns: (transfer full): its value, or %NULL with an error of
 *   %FERMATA_EXPRESSION_ERROR (EXCEPTION, TIMEOUT, RESULT, LIMIT) or one that
 *   @scope had
 *
 * Since: 0.1
 */
FermataValue *
fermata_expression_evaluate (FermataExpression  *self,
                             FermataScope       *scope,
                             GError            **error)
{
  FermataValue *result;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scope != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (self->constant != NULL)
    return fermata_value_ref (self->constant);
  if (self->is_path)
    return evaluate_path (self, scope, error);
  if (self->native != NULL && fermata_js_native_evaluate (self->native, scope, &result))
    return result;
  if (self->is_foreign)
    return scope->evaluate (scope, self->source, error);

  return evaluate_program (self, scope, error);
}

static gboolean
test_program (FermataExpression  *self,
              FermataScope       *scope,
              gboolean           *result,
              GError            **error)
{
  g_autoptr (FermataJsRuntime) runtime = NULL;
  g_autoptr (JSCValue) value = run (self, scope, &runtime, error);

  return value != NULL && fermata_js_to_boolean (value, result, error);
}

static gboolean
test_path (FermataExpression  *self,
           FermataScope       *scope,
           gboolean           *result,
           GError            **error)
{
  g_auto (FermataJsPathResult) found = { 0 };

  if (!fermata_js_path_resolve (self->names->path, self->names->n_path, scope, &found, error))
    return FALSE;

  switch (found.outcome)
    {
    case FERMATA_JS_PATH_FOUND:
      *result = fermata_js_is_true (found.value);
      return TRUE;
    case FERMATA_JS_PATH_UNDEFINED:
      *result = FALSE;
      return TRUE;
    case FERMATA_JS_PATH_INHERITED:
      return test_program (self, scope, result, error);
    case FERMATA_JS_PATH_BROKEN:
    default:
      set_path_error (self, &found, error);
      return FALSE;
    }
}

/**
 * fermata_expression_test:
 * @self: an expression
 * @scope: where it finds its names
 * @result: (out): whether its value counts as true
 * @error: return location for an error
 *
 * Evaluates an expression as a condition. As in JavaScript `false`, `0`, `""`,
 * `null`, `undefined` and `NaN` are false, all else is true; but a function is
 * an error, since it means that somebody forgot to call it.
 *
 * Returns: %TRUE if @result is set, %FALSE with an error as
 *   fermata_expression_evaluate() has them
 *
 * Since: 0.1
 */
gboolean
fermata_expression_test (FermataExpression  *self,
                         FermataScope       *scope,
                         gboolean           *result,
                         GError            **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (scope != NULL, FALSE);
  g_return_val_if_fail (result != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->constant != NULL)
    {
      *result = fermata_js_is_true (self->constant);
      return TRUE;
    }
  if (self->is_path)
    return test_path (self, scope, result, error);
  if (self->native != NULL && fermata_js_native_test (self->native, scope, result))
    return TRUE;
  if (self->is_foreign)
    return scope->test (scope, self->source, result, error);

  return test_program (self, scope, result, error);
}
