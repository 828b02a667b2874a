/* fermata-js-parser.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-parser-private.h"

#include <string.h>

gboolean
fermata_js_parser_fail (FermataJsParser        *self,
                        FermataExpressionError  code,
                        gsize                   offset,
                        const char             *format,
                        ...)
{
  va_list args;

  if (self->error != NULL)
    return FALSE;

  va_start (args, format);
  self->error = g_error_new_valist (FERMATA_EXPRESSION_ERROR, (int) code, format, args);
  va_end (args);
  self->error_offset = offset;

  return FALSE;
}

/* At most 40 bytes of a token, whole characters. */
static int
shown_length (FermataJsParser *self)
{
  const char *start = self->lexer.text + self->token.start;
  gsize length = self->token.end - self->token.start;

  if (length > 40)
    length = g_utf8_find_prev_char (start, start + 41) - start;
  return (int) length;
}

gboolean
fermata_js_parser_unexpected (FermataJsParser *self)
{
  const FermataJsToken *token = &self->token;

  if (token->kind == FERMATA_JS_TOKEN_END)
    return fermata_js_parser_fail (self, FERMATA_EXPRESSION_ERROR_SYNTAX, token->start,
                                   "the expression ends too early");

  if (token->kind == FERMATA_JS_TOKEN_INVALID)
    return fermata_js_parser_fail (self, FERMATA_EXPRESSION_ERROR_SYNTAX, token->start,
                                   "%s", self->lexer.problem);

  return fermata_js_parser_fail (self, FERMATA_EXPRESSION_ERROR_SYNTAX, token->start,
                                 "unexpected “%.*s”",
                                 shown_length (self), self->lexer.text + token->start);
}

void
fermata_js_parser_advance (FermataJsParser *self)
{
  self->previous_end = self->token.end;
  fermata_js_lexer_next (&self->lexer, &self->token);
}

gboolean
fermata_js_parser_is (FermataJsParser *self,
                      const char      *word)
{
  return fermata_js_token_is (&self->token, self->lexer.text, word);
}

gboolean
fermata_js_parser_is_one_of (FermataJsParser   *self,
                             const char *const *words)
{
  for (gsize i = 0; words[i] != NULL; i++)
    if (fermata_js_parser_is (self, words[i]))
      return TRUE;

  return FALSE;
}

gboolean
fermata_js_parser_accept (FermataJsParser *self,
                          int              kind)
{
  if ((int) self->token.kind != kind)
    return FALSE;

  fermata_js_parser_advance (self);
  return TRUE;
}

gboolean
fermata_js_parser_accept_word (FermataJsParser *self,
                               const char      *word)
{
  if (!fermata_js_parser_is (self, word))
    return FALSE;

  fermata_js_parser_advance (self);
  return TRUE;
}

gboolean
fermata_js_parser_expect (FermataJsParser *self,
                          int              kind)
{
  return fermata_js_parser_accept (self, kind) || fermata_js_parser_unexpected (self);
}

/* The token after this one. */
FermataJsToken
fermata_js_parser_peek (FermataJsParser *self)
{
  FermataJsLexer ahead = self->lexer;
  FermataJsToken token;

  fermata_js_lexer_next (&ahead, &token);
  return token;
}

gboolean
fermata_js_parser_enter (FermataJsParser *self)
{
  if (++self->depth <= FERMATA_JS_MAX_DEPTH)
    return TRUE;

  return fermata_js_parser_fail (self, FERMATA_EXPRESSION_ERROR_LIMIT, self->token.start,
                                 "nested deeper than %d levels", FERMATA_JS_MAX_DEPTH);
}

void
fermata_js_parser_leave (FermataJsParser *self)
{
  self->depth--;
}

/* The name at hand, decoded; NULL if it is malformed or reserved. */
char *
fermata_js_parser_take_name (FermataJsParser *self)
{
  g_autofree char *name = fermata_js_token_dup_name (&self->token, self->lexer.text);

  if (name == NULL)
    {
      fermata_js_parser_unexpected (self);
      return NULL;
    }

  if (g_str_has_prefix (name, FERMATA_JS_RESERVED_PREFIX))
    {
      fermata_js_parser_fail (self, FERMATA_EXPRESSION_ERROR_SYNTAX, self->token.start,
                              "names that begin with “%s” are reserved",
                              FERMATA_JS_RESERVED_PREFIX);
      return NULL;
    }

  fermata_js_parser_advance (self);
  return g_steal_pointer (&name);
}

static gboolean
is_template_end (FermataJsParser *self)
{
  return self->token.kind == '}' &&
         self->token.end < self->lexer.length &&
         self->lexer.text[self->token.end] == '}';
}

static gboolean
is_path (FermataJsParser *self,
         gsize            start)
{
  FermataJsReference *reference;

  if (fermata_js_names_get_n (self->names) != 1)
    return FALSE;

  reference = fermata_js_names_get (self->names, 0);
  return reference->flags == FERMATA_JS_REFERENCE_NONE &&
         reference->start == start &&
         reference->end == self->previous_end;
}

static gboolean
parse_source (FermataJsParser *self,
              FermataJsSource *source,
              gboolean         in_template)
{
  fermata_js_parser_advance (self);
  source->start = self->token.start;

  if (!fermata_js_parse_expression (self))
    return FALSE;

  source->end = self->previous_end;
  source->is_path = is_path (self, source->start);
  source->uses_this = self->uses_this;

  if (in_template ? is_template_end (self) : self->token.kind == FERMATA_JS_TOKEN_END)
    return TRUE;

  if (in_template && self->token.kind == '}')
    return fermata_js_parser_fail (self, FERMATA_EXPRESSION_ERROR_SYNTAX, self->token.start,
                                   "“}” where “}}” should end the template");
  return fermata_js_parser_unexpected (self);
}

/* Parses the expression that begins at @start: up to the end of the text, or,
 * @in_template, up to the first }} outside its brackets, strings and comments. */
gboolean
fermata_js_source_parse (FermataJsSource  *self,
                         const char       *text,
                         gsize             length,
                         gsize             start,
                         gboolean          in_template,
                         gsize            *error_offset,
                         GError          **error)
{
  FermataJsParser parser = { .names = fermata_js_names_new () };
  gboolean parsed;

  fermata_js_lexer_init (&parser.lexer, text, length, start);
  fermata_js_names_open_scope (parser.names, FERMATA_JS_SCOPE_FUNCTION, 0);

  parsed = parse_source (&parser, self, in_template);
  self->names = g_steal_pointer (&parser.names);
  if (parsed)
    {
      /* In a template, up to its end: a comment may stand there */
      if (in_template)
        self->end = parser.token.start;
      return TRUE;
    }

  *error_offset = parser.error_offset;
  g_propagate_error (error, parser.error);
  fermata_js_source_clear (self);
  return FALSE;
}

void
fermata_js_source_clear (FermataJsSource *self)
{
  g_clear_pointer (&self->names, fermata_js_names_free);
}
