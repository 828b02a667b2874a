/* fermata-js-syntax.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-program-private.h"

#include <string.h>

/* What stands around a text, and what else may stand around it: what closes a
 * bracket that is not its own is right within one of them only. */
typedef struct {
  const char *begin;
  const char *end;
  const char *other_begin;
  const char *other_end;
  const char *not_one;   /* the message if only the first is right */
  const char *too_large;
  const char *too_short; /* the message if it goes wrong behind the text; NULL: as it comes */
} Wrapper;

#define BEGIN "(function(){\"use strict\";"
#define END "})"

static const Wrapper expression_wrapper = {
  BEGIN "return(", ")" END, BEGIN "return([", "])" END,
  "more than one expression", "the expression is too large", "the expression ends too early",
};

static const Wrapper body_wrapper = {
  BEGIN, END, BEGIN "{", "}" END,
  "a “}” without its “{”", "the code is too large", NULL,
};

/* Not strict, as SCXML has them. A location is what may stand before “=”. */
#define LOOSE "(function(){"

static const Wrapper scxml_wrappers[] = {
  [FERMATA_SYNTAX_EXPRESSION] = {
    LOOSE "return(", ")" END, LOOSE "return([", "])" END,
    "more than one expression", "the expression is too large", "the expression ends too early",
  },
  [FERMATA_SYNTAX_LOCATION] = {
    LOOSE "(", ")=0" END, LOOSE "return([", "])" END,
    "more than one location", "the location is too large", "the location ends too early",
  },
  [FERMATA_SYNTAX_PROGRAM] = { "", "", NULL, NULL, NULL, "the program is too large", NULL },
};

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
                  const Wrapper    *wrapper,
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
      JSCCheckSyntaxResult result = check (runtime, wrapper->begin, text, token->end, "", NULL);

      if (result == JSC_CHECK_SYNTAX_RESULT_SUCCESS || result == JSC_CHECK_SYNTAX_RESULT_RECOVERABLE_ERROR)
        right = middle + 1;
      else
        wrong = middle;
    }

  return right < tokens->len ? g_array_index (tokens, FermataJsToken, right).start : length;
}

/* The offset of the first thing on a line, counted from 1. */
static gsize
find_line (const char *text,
           gsize       length,
           guint       line)
{
  const char *p = text;
  const char *end = text + length;

  for (; line > 1 && p != NULL; line--)
    {
      p = memchr (p, '\n', (gsize) (end - p));
      if (p != NULL)
        p++;
    }

  if (p == NULL)
    return length;
  while (p < end && g_ascii_isspace (*p))
    p++;

  return (gsize) (p - text);
}

static guint
count_lines (const char *text,
             gsize       length)
{
  guint n = 1;

  for (gsize i = 0; i < length; i++)
    n += text[i] == '\n';

  return n;
}

/* The tokens know nothing of regular expressions, so the line that
 * JavaScriptCore gives counts. Before the first there is one of the wrapper. */
static gsize
find_wrong_place (FermataJsRuntime *runtime,
                  const Wrapper    *wrapper,
                  const char       *text,
                  gsize             length,
                  JSCException     *exception)
{
  gsize offset = find_wrong_token (runtime, wrapper, text, length);
  guint line = exception != NULL ? jsc_exception_get_line_number (exception) : 0;

  if (line <= 1 || count_lines (text, offset) == line - 1)
    return offset;

  return find_line (text, length, line - 1);
}

static gboolean
is_blank (const char *text,
          gsize       length)
{
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;

  return length == 0;
}

/* Whether @text could go on. What it closes too much of is no end of it. */
static gboolean
ends_early (FermataJsRuntime *runtime,
            const char       *text,
            gsize             length)
{
  g_autoptr (JSCException) exception = NULL;
  const char *message;

  check (runtime, "() => [", text, length, "", &exception);
  message = exception != NULL ? jsc_exception_get_message (exception) : NULL;

  return message != NULL && strstr (message, "end of script") != NULL;
}

/* What JavaScriptCore says, but nothing of what stands around the text: whoever wrote
 * it knows of no such thing. */
static char *
dup_message (FermataJsRuntime *runtime,
             const Wrapper    *wrapper,
             const char       *text,
             gsize             length,
             const char       *message)
{
  static const char around[] = ". Expected ')' to end a compound expression.";

  if (message == NULL)
    return g_strdup ("not JavaScript");
  if (g_str_equal (message, "Unexpected EOF"))
    return g_strdup ("a text without its closing quotation mark");
  if (wrapper->too_short == NULL)
    return g_strdup (message);
  if (is_blank (text, length))
    return g_strdup ("there is nothing in it");
  if (ends_early (runtime, text, length))
    return g_strdup (wrapper->too_short);
  if (g_str_has_suffix (message, around))
    return g_strndup (message, strlen (message) - strlen (around));

  return g_strdup (message);
}

static void
set_error (FermataJsRuntime      *runtime,
           const Wrapper         *wrapper,
           const char            *text,
           gsize                  length,
           JSCCheckSyntaxResult   result,
           JSCException          *exception,
           gsize                 *error_offset,
           GError               **error)
{
  g_autofree char *message = NULL;

  if (result == JSC_CHECK_SYNTAX_RESULT_STACK_OVERFLOW_ERROR ||
      result == JSC_CHECK_SYNTAX_RESULT_OUT_OF_MEMORY_ERROR)
    {
      *error_offset = 0;
      g_set_error_literal (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_LIMIT,
                           wrapper->too_large);
      return;
    }

  *error_offset = find_wrong_place (runtime, wrapper, text, length, exception);
  message = dup_message (runtime, wrapper, text, length,
                         exception != NULL ? jsc_exception_get_message (exception) : NULL);
  g_set_error_literal (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX, message);
}

static gboolean
check_within (FermataJsRuntime  *runtime,
              const Wrapper     *wrapper,
              const char        *text,
              gsize              length,
              gsize             *error_offset,
              GError           **error)
{
  g_autoptr (JSCException) exception = NULL;
  JSCCheckSyntaxResult result = check (runtime, wrapper->begin, text, length, wrapper->end,
                                       &exception);

  if (result != JSC_CHECK_SYNTAX_RESULT_SUCCESS)
    {
      set_error (runtime, wrapper, text, length, result, exception, error_offset, error);
      return FALSE;
    }

  if (wrapper->other_begin != NULL &&
      check (runtime, wrapper->other_begin, text, length, wrapper->other_end, NULL) !=
        JSC_CHECK_SYNTAX_RESULT_SUCCESS)
    {
      *error_offset = 0;
      g_set_error_literal (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX,
                           wrapper->not_one);
      return FALSE;
    }

  return TRUE;
}

gboolean
fermata_js_check_syntax (FermataJsRuntime  *runtime,
                         const char        *text,
                         gsize              length,
                         gsize             *error_offset,
                         GError           **error)
{
  return check_within (runtime, &expression_wrapper, text, length, error_offset, error);
}

/* Text that JavaScriptCore cannot be given. */
static gboolean
check_text (const Wrapper  *wrapper,
            const char     *text,
            gsize           length,
            gsize          *error_offset,
            GError        **error)
{
  if (length <= G_MAXINT && memchr (text, '\0', length) == NULL)
    return TRUE;

  *error_offset = length > G_MAXINT ? 0 : strlen (text);
  g_set_error_literal (error, FERMATA_EXPRESSION_ERROR, FERMATA_EXPRESSION_ERROR_SYNTAX,
                       length > G_MAXINT ? wrapper->too_large : "U+0000 in the code");

  return FALSE;
}

gboolean
fermata_js_check_body (FermataJsRuntime  *runtime,
                       const char        *text,
                       gsize              length,
                       gsize             *error_offset,
                       GError           **error)
{
  return check_text (&body_wrapper, text, length, error_offset, error) &&
         check_within (runtime, &body_wrapper, text, length, error_offset, error);
}

gboolean
fermata_js_check_scxml (FermataJsRuntime  *runtime,
                        FermataSyntax      syntax,
                        const char        *text,
                        gsize              length,
                        gsize             *error_offset,
                        GError           **error)
{
  const Wrapper *wrapper = &scxml_wrappers[syntax];

  return check_text (wrapper, text, length, error_offset, error) &&
         check_within (runtime, wrapper, text, length, error_offset, error);
}
