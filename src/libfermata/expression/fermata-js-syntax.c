/* fermata-js-syntax.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-program-private.h"

#include <string.h>

#define BEGIN "(function(){\"use strict\";return("
#define END ")})"

static JSCCheckSyntaxResult
check (FermataJsRuntime  *runtime,
       const char        *begin,
       const char        *text,
       gsize              length,
       const char        *end,
       JSCException     **exception)
{
  g_autofree char *whole = g_strdup_printf ("%s\n%.*s\n%s", begin, (int) length, text, end);

  return jsc_context_check_syntax (fermata_js_runtime_get_context (runtime), whole, -1,
                                   JSC_CHECK_SYNTAX_MODE_SCRIPT, NULL, 1, exception);
}

/* Where each token begins, as far as there are tokens. */
static GArray *
find_tokens (const char *text,
             gsize       length)
{
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (FermataJsToken));
  FermataJsLexer lexer;
  FermataJsToken token;

  fermata_js_lexer_init (&lexer, text, length, 0);
  for (;;)
    {
      fermata_js_lexer_next (&lexer, &token);
      if (token.kind == FERMATA_JS_TOKEN_END || token.kind == FERMATA_JS_TOKEN_INVALID)
        return ends;
      g_array_append_val (ends, token);
    }
}

/* JavaScriptCore tells the line, not the column. A beginning of the text that
 * merely ends too early is still right: the first token with which it is wrong
 * is the one. */
static gsize
find_wrong_token (FermataJsRuntime *runtime,
                  const char       *text,
                  gsize             length)
{
  g_autoptr (GArray) tokens = find_tokens (text, length);
  guint right = 0;
  guint wrong = tokens->len;

  while (right < wrong)
    {
      guint middle = right + (wrong - right) / 2;
      const FermataJsToken *token = &g_array_index (tokens, FermataJsToken, middle);
      JSCCheckSyntaxResult result = check (runtime, BEGIN, text, token->end, "", NULL);

      if (result == JSC_CHECK_SYNTAX_RESULT_SUCCESS || result == JSC_CHECK_SYNTAX_RESULT_RECOVERABLE_ERROR)
        right = middle + 1;
      else
        wrong = middle;
    }

  return right < tokens->len ? g_array_index (tokens, FermataJsToken, right).start : length;
}

static void
set_error (FermataJsRuntime      *runtime,
           const char            *text,
           gsize                  length,
           JSCCheckSyntaxResult   result,
           JSCException          *exception,
           gsize                 *error_offset,
           GError               **error)
{
  const char *message = exception != NULL ? jsc_exception_get_message (exception) : NULL;

  if (result == JSC_CHECK_SYNTAX_RESULT_STACK_OVERFLOW_ERROR ||
      result == JSC_CHECK_SYNTAX_RESULT_OUT_OF_MEMORY_ERROR)
    {
      *error_offset = 0;
      g_set_error_literal (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_LIMIT,
                           "the expression is too large");
      return;
    }

  *error_offset = find_wrong_token (runtime, text, length);
  g_set_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX,
               "%s", message != NULL ? message : "not an expression");
}

gboolean
fermata_js_check_syntax (FermataJsRuntime  *runtime,
                         const char        *text,
                         gsize              length,
                         gsize             *error_offset,
                         GError           **error)
{
  g_autoptr (JSCException) exception = NULL;
  JSCCheckSyntaxResult result = check (runtime, BEGIN, text, length, END, &exception);

  if (result != JSC_CHECK_SYNTAX_RESULT_SUCCESS)
    {
      set_error (runtime, text, length, result, exception, error_offset, error);
      return FALSE;
    }

  /* What closes a parenthesis that is not its own does not close this one */
  if (check (runtime, BEGIN "[", text, length, "]" END, NULL) != JSC_CHECK_SYNTAX_RESULT_SUCCESS)
    {
      *error_offset = 0;
      g_set_error (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX,
                   "more than one expression");
      return FALSE;
    }

  return TRUE;
}
