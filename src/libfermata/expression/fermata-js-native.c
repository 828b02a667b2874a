/* fermata-js-native.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-native-private.h"

#include "expression/fermata-js-convert-private.h"
#include "expression/fermata-js-json-private.h"
#include "expression/fermata-js-path-private.h"
#include "value/fermata-value-private.h"

#include <math.h>
#include <string.h>

/* Longer texts are not put together here. */
#define MAX_TEXT 65536

typedef enum {
  UNDEFINED,
  NOTHING,     /* null */
  BOOLEAN,
  NUMBER,
  TEXT,
  CONTAINER,
} Kind;

/* An operand. @number is that of a boolean, too; @value, owned, is there for
 * texts and containers. */
typedef struct {
  Kind kind;
  double number;
  FermataValue *value;
} Term;

static gboolean evaluate (const FermataJsNative *self,
                          guint                  index,
                          FermataScope          *scope,
                          Term                  *term);

static void
term_clear (Term *term)
{
  if (term->value != NULL)
    fermata_value_unref (term->value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Term, term_clear)

static gboolean
set_number (Term   *term,
            double  number)
{
  *term = (Term) { NUMBER, number, NULL };

  return TRUE;
}

static gboolean
set_boolean (Term     *term,
             gboolean  boolean)
{
  *term = (Term) { BOOLEAN, boolean ? 1 : 0, NULL };

  return TRUE;
}

static gboolean
set_undefined (Term *term)
{
  *term = (Term) { UNDEFINED, NAN, NULL };

  return TRUE;
}

/* Takes @value. BigInts, and numbers that are none to JavaScript, are its. */
static gboolean
set_value (Term         *term,
           FermataValue *value)
{
  gboolean known = TRUE;

  *term = (Term) { NOTHING, 0, NULL };
  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_NULL:
      break;
    case FERMATA_VALUE_KIND_BOOLEAN:
      set_boolean (term, fermata_value_get_boolean (value));
      break;
    case FERMATA_VALUE_KIND_INTEGER:
      known = fermata_js_is_safe_integer (fermata_value_get_integer (value));
      set_number (term, (double) fermata_value_get_integer (value));
      break;
    case FERMATA_VALUE_KIND_NUMBER:
      known = fermata_value_get_number_text (value) == NULL;
      set_number (term, fermata_value_get_number (value));
      break;
    case FERMATA_VALUE_KIND_STRING:
      *term = (Term) { TEXT, 0, value };
      return TRUE;
    case FERMATA_VALUE_KIND_ARRAY:
    case FERMATA_VALUE_KIND_OBJECT:
    default:
      *term = (Term) { CONTAINER, 0, value };
      return TRUE;
    }
  fermata_value_unref (value);

  return known;
}

/* What a path led to: found, or undefined. */
static gboolean
set_result (Term                *term,
            FermataJsPathResult *result)
{
  if (result->outcome == FERMATA_JS_PATH_FOUND)
    return set_value (term, g_steal_pointer (&result->value));

  return result->outcome == FERMATA_JS_PATH_UNDEFINED && set_undefined (term);
}

static gboolean
evaluate_path (const FermataNameUse *path,
               FermataScope         *scope,
               Term                 *term)
{
  g_auto (FermataJsPathResult) result = { 0 };

  /* An error of the scope's comes again */
  return fermata_js_path_resolve (path->path, path->n_path, scope, &result, NULL)
         && set_result (term, &result);
}

static gboolean
evaluate_chain (const FermataJsNative *self,
                const FermataJsNode   *node,
                FermataScope          *scope,
                Term                  *term)
{
  g_auto (FermataJsPathResult) result = { 0 };
  g_auto (Term) base = { 0 };

  if (!evaluate (self, node->operands[0], scope, &base))
    return FALSE;
  if (base.kind == UNDEFINED || base.kind == NOTHING)
    return set_undefined (term);
  if (base.value == NULL)
    return FALSE;

  fermata_js_path_follow ((const char *const *) node->steps, node->n_steps, base.value, &result);

  return set_result (term, &result);
}

static gboolean
is_true (const Term *term)
{
  gsize length;

  switch (term->kind)
    {
    case UNDEFINED:
    case NOTHING:
      return FALSE;
    case TEXT:
      fermata_value_get_string (term->value, &length);
      return length > 0;
    case BOOLEAN:
    case NUMBER:
      return term->number != 0.0 && !isnan (term->number);
    case CONTAINER:
    default:
      return TRUE;
    }
}

static gboolean
is_nullish (const Term *term)
{
  return term->kind == UNDEFINED || term->kind == NOTHING;
}

/* Whether ToNumber () of it is its number. */
static gboolean
is_numeric (const Term *term)
{
  return term->kind <= NUMBER;
}

static gboolean
set_type (Term       *term,
          const Term *operand)
{
  static const char *const names[] = {
    [UNDEFINED] = "undefined",
    [NOTHING] = "object",
    [BOOLEAN] = "boolean",
    [NUMBER] = "number",
    [TEXT] = "string",
    [CONTAINER] = "object",
  };

  return set_value (term, fermata_value_new_string (names[operand->kind], -1));
}

static gboolean
evaluate_unary (const FermataJsNative *self,
                const FermataJsNode   *node,
                FermataScope          *scope,
                Term                  *term)
{
  g_auto (Term) operand = { 0 };

  if (!evaluate (self, node->operands[0], scope, &operand))
    return FALSE;
  if (node->op == FERMATA_JS_OP_NOT)
    return set_boolean (term, !is_true (&operand));
  if (node->op == FERMATA_JS_OP_TYPEOF)
    return set_type (term, &operand);
  if (!is_numeric (&operand))
    return FALSE;

  return set_number (term, node->op == FERMATA_JS_OP_NEGATE ? -operand.number : operand.number);
}

static gboolean
is_same_text (const Term *a,
              const Term *b)
{
  return fermata_value_equal (a->value, b->value);
}

/* Two containers are the same only if they are one object of JavaScript's. */
static gboolean
compare_same (const Term *a,
              const Term *b,
              gboolean   *same)
{
  if (a->kind != b->kind)
    *same = FALSE;
  else if (a->kind == CONTAINER)
    return FALSE;
  else
    *same = is_nullish (a) || (a->kind == TEXT ? is_same_text (a, b) : a->number == b->number);

  return TRUE;
}

static gboolean
compare_equal (const Term *a,
               const Term *b,
               gboolean   *equal)
{
  if (a->kind == b->kind)
    return compare_same (a, b, equal);

  if (is_nullish (a) || is_nullish (b))
    *equal = is_nullish (a) && is_nullish (b);
  else if (is_numeric (a) && is_numeric (b))
    *equal = a->number == b->number;
  else
    return FALSE;

  return TRUE;
}

/* Whether the order of its bytes is that of its UTF-16 units. */
static gboolean
is_in_order (const char *text,
             gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) text[i] >= 0xee)
      return FALSE;

  return TRUE;
}

/* Less than, equal, greater than 0, as @a is to @b. */
static gboolean
compare_texts (const Term *a,
               const Term *b,
               int        *order)
{
  gsize n_a, n_b;
  const char *text_a = fermata_value_get_string (a->value, &n_a);
  const char *text_b = fermata_value_get_string (b->value, &n_b);

  if (!is_in_order (text_a, n_a) || !is_in_order (text_b, n_b))
    return FALSE;

  *order = memcmp (text_a, text_b, MIN (n_a, n_b));
  if (*order == 0)
    *order = (n_a > n_b) - (n_a < n_b);

  return TRUE;
}

static gboolean
set_order (Term        *term,
           FermataJsOp  op,
           double       a,
           double       b)
{
  switch ((guint) op)
    {
    case FERMATA_JS_OP_LESS:
      return set_boolean (term, a < b);
    case FERMATA_JS_OP_LESS_EQUAL:
      return set_boolean (term, a <= b);
    case FERMATA_JS_OP_GREATER:
      return set_boolean (term, a > b);
    default:
      return set_boolean (term, a >= b);
    }
}

static gboolean
relate (FermataJsOp  op,
        const Term  *a,
        const Term  *b,
        Term        *term)
{
  int order;

  if (is_numeric (a) && is_numeric (b))
    return set_order (term, op, a->number, b->number);

  return a->kind == TEXT && b->kind == TEXT && compare_texts (a, b, &order)
         && set_order (term, op, order, 0);
}

/* Its text, which may be written into @buffer. */
static const char *
get_text (const Term *term,
          char       *buffer,
          gsize       size,
          gsize      *length)
{
  const char *text = buffer;

  if (term->kind == TEXT)
    return fermata_value_get_string (term->value, length);

  if (term->kind == NUMBER && term->number == floor (term->number)
      && fabs (term->number) <= (double) FERMATA_JS_MAX_SAFE_INTEGER)
    g_snprintf (buffer, size, "%" G_GINT64_FORMAT, (gint64) term->number);
  else if (term->kind == BOOLEAN)
    text = term->number != 0 ? "true" : "false";
  else if (is_nullish (term))
    text = term->kind == UNDEFINED ? "undefined" : "null";
  else
    return NULL;
  *length = strlen (text);

  return text;
}

static gboolean
join (const Term *a,
      const Term *b,
      Term       *term)
{
  char buffers[2][32];
  gsize n_a, n_b;
  const char *text_a = get_text (a, buffers[0], sizeof buffers[0], &n_a);
  const char *text_b = get_text (b, buffers[1], sizeof buffers[1], &n_b);
  g_autofree char *text = NULL;

  if (text_a == NULL || text_b == NULL || n_a > MAX_TEXT || n_b > MAX_TEXT)
    return FALSE;

  text = g_malloc (n_a + n_b + 1);
  memcpy (text, text_a, n_a);
  memcpy (text + n_a, text_b, n_b);

  return set_value (term, fermata_value_new_valid_string (text, n_a + n_b));
}

static gboolean
calculate (FermataJsOp  op,
           const Term  *a,
           const Term  *b,
           Term        *term)
{
  if (op == FERMATA_JS_OP_ADD && (a->kind == TEXT || b->kind == TEXT))
    return join (a, b, term);
  if (!is_numeric (a) || !is_numeric (b))
    return FALSE;

  switch ((guint) op)
    {
    case FERMATA_JS_OP_ADD:
      return set_number (term, a->number + b->number);
    case FERMATA_JS_OP_SUBTRACT:
      return set_number (term, a->number - b->number);
    case FERMATA_JS_OP_MULTIPLY:
      return set_number (term, a->number * b->number);
    case FERMATA_JS_OP_DIVIDE:
      return set_number (term, a->number / b->number);
    default:
      return set_number (term, fmod (a->number, b->number));
    }
}

static gboolean
combine (FermataJsOp  op,
         const Term  *a,
         const Term  *b,
         Term        *term)
{
  gboolean equal;

  switch ((guint) op)
    {
    case FERMATA_JS_OP_LESS:
    case FERMATA_JS_OP_LESS_EQUAL:
    case FERMATA_JS_OP_GREATER:
    case FERMATA_JS_OP_GREATER_EQUAL:
      return relate (op, a, b, term);

    case FERMATA_JS_OP_EQUAL:
    case FERMATA_JS_OP_NOT_EQUAL:
      return compare_equal (a, b, &equal) && set_boolean (term, equal == (op == FERMATA_JS_OP_EQUAL));

    case FERMATA_JS_OP_SAME:
    case FERMATA_JS_OP_NOT_SAME:
      return compare_same (a, b, &equal) && set_boolean (term, equal == (op == FERMATA_JS_OP_SAME));

    default:
      return calculate (op, a, b, term);
    }
}

static gboolean
evaluate_binary (const FermataJsNative *self,
                 const FermataJsNode   *node,
                 FermataScope          *scope,
                 Term                  *term)
{
  g_auto (Term) a = { 0 };
  g_auto (Term) b = { 0 };

  return evaluate (self, node->operands[0], scope, &a)
         && evaluate (self, node->operands[1], scope, &b)
         && combine (node->op, &a, &b, term);
}

/* && || ??: the first operand, unless it is for the second to say. */
static gboolean
evaluate_logical (const FermataJsNative *self,
                  const FermataJsNode   *node,
                  FermataScope          *scope,
                  Term                  *term)
{
  gboolean goes_on;

  if (!evaluate (self, node->operands[0], scope, term))
    return FALSE;

  if (node->op == FERMATA_JS_OP_COALESCE)
    goes_on = is_nullish (term);
  else
    goes_on = is_true (term) == (node->op == FERMATA_JS_OP_AND);
  if (!goes_on)
    return TRUE;

  term_clear (term);
  term->value = NULL;

  return evaluate (self, node->operands[1], scope, term);
}

static gboolean
evaluate_condition (const FermataJsNative *self,
                    const FermataJsNode   *node,
                    FermataScope          *scope,
                    Term                  *term)
{
  g_auto (Term) condition = { 0 };

  return evaluate (self, node->operands[0], scope, &condition)
         && evaluate (self, node->operands[is_true (&condition) ? 1 : 2], scope, term);
}

/* FALSE, with nothing in @term, if JavaScript has to say. No deeper than there
 * are nodes. */
static gboolean
evaluate (const FermataJsNative *self,
          guint                  index,
          FermataScope          *scope,
          Term                  *term)
{
  const FermataJsNode *node = &self->nodes[index];

  switch ((FermataJsOp) node->op)
    {
    case FERMATA_JS_OP_CONSTANT:
      return set_value (term, fermata_value_ref (node->constant));
    case FERMATA_JS_OP_UNDEFINED:
      return set_undefined (term);
    case FERMATA_JS_OP_NUMBER:
      return set_number (term, node->number);
    case FERMATA_JS_OP_PATH:
      return evaluate_path (node->path, scope, term);
    case FERMATA_JS_OP_CHAIN:
      return evaluate_chain (self, node, scope, term);
    case FERMATA_JS_OP_NOT:
    case FERMATA_JS_OP_NEGATE:
    case FERMATA_JS_OP_PLUS:
    case FERMATA_JS_OP_TYPEOF:
      return evaluate_unary (self, node, scope, term);
    case FERMATA_JS_OP_AND:
    case FERMATA_JS_OP_OR:
    case FERMATA_JS_OP_COALESCE:
      return evaluate_logical (self, node, scope, term);
    case FERMATA_JS_OP_CONDITION:
      return evaluate_condition (self, node, scope, term);
    case FERMATA_JS_OP_ADD:
    case FERMATA_JS_OP_SUBTRACT:
    case FERMATA_JS_OP_MULTIPLY:
    case FERMATA_JS_OP_DIVIDE:
    case FERMATA_JS_OP_REMAINDER:
    case FERMATA_JS_OP_LESS:
    case FERMATA_JS_OP_LESS_EQUAL:
    case FERMATA_JS_OP_GREATER:
    case FERMATA_JS_OP_GREATER_EQUAL:
    case FERMATA_JS_OP_EQUAL:
    case FERMATA_JS_OP_NOT_EQUAL:
    case FERMATA_JS_OP_SAME:
    case FERMATA_JS_OP_NOT_SAME:
    default:
      return evaluate_binary (self, node, scope, term);
    }
}

gboolean
fermata_js_native_evaluate (const FermataJsNative  *self,
                            FermataScope           *scope,
                            FermataValue          **result)
{
  g_auto (Term) term = { 0 };

  if (!evaluate (self, self->root, scope, &term))
    return FALSE;

  switch (term.kind)
    {
    case NOTHING:
      *result = fermata_value_new_null ();
      return TRUE;
    case BOOLEAN:
      *result = fermata_value_new_boolean (term.number != 0);
      return TRUE;
    case NUMBER:
      *result = isfinite (term.number) ? fermata_js_number_to_value (term.number) : NULL;
      return *result != NULL;
    case TEXT:
    case CONTAINER:
      *result = g_steal_pointer (&term.value);
      return TRUE;
    case UNDEFINED:
    default:
      return FALSE;
    }
}

gboolean
fermata_js_native_test (const FermataJsNative *self,
                        FermataScope          *scope,
                        gboolean              *result)
{
  g_auto (Term) term = { 0 };

  if (!evaluate (self, self->root, scope, &term))
    return FALSE;
  *result = is_true (&term);

  return TRUE;
}
