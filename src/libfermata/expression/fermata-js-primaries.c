/* fermata-js-primaries.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-parser-private.h"

#include <string.h>

/* Words that can begin no operand. Whether a word may be used as a name is
 * otherwise for JavaScriptCore to say. */
static const char *const statement_words[] = {
  "break", "case", "catch", "const", "continue", "debugger", "default", "do",
  "else", "enum", "export", "extends", "finally", "for", "if", "in",
  "instanceof", "return", "switch", "throw", "try", "var", "while", "with",
  NULL
};

static const char *const value_words[] = { "this", "null", "true", "false", "super", NULL };

gboolean
fermata_js_parse_template (FermataJsParser *self)
{
  while (self->token.kind == FERMATA_JS_TOKEN_TEMPLATE_PIECE)
    {
      fermata_js_parser_advance (self);
      if (!fermata_js_parse_expression (self))
        return FALSE;
      if (self->token.kind != '}')
        return fermata_js_parser_unexpected (self);
      fermata_js_lexer_continue_template (&self->lexer, &self->token);
    }

  return fermata_js_parser_expect (self, FERMATA_JS_TOKEN_TEMPLATE);
}

/* Elements up to @closing, which is left behind. Any may be missing, any may
 * be spread, any could be part of a pattern. */
gboolean
fermata_js_parse_list (FermataJsParser *self,
                       int              closing)
{
  while (!fermata_js_parser_accept (self, closing))
    {
      if (fermata_js_parser_accept (self, ','))
        continue;

      fermata_js_parser_accept (self, FERMATA_JS_TOKEN_SPREAD);
      if (!fermata_js_parse_assignment (self, TRUE))
        return FALSE;
      if ((int) self->token.kind != closing && !fermata_js_parser_expect (self, ','))
        return FALSE;
    }

  return TRUE;
}

/* What may stand before a property's name. */
gboolean
fermata_js_parse_modifiers (FermataJsParser *self)
{
  static const char *const modifiers[] = { "get", "set", "static", NULL };

  for (;;)
    {
      FermataJsToken next = fermata_js_parser_peek (self);
      gboolean is_key = next.kind == '(' || next.kind == ':' || next.kind == ',' ||
                        next.kind == '}' || next.kind == ';' ||
                        next.kind == FERMATA_JS_TOKEN_ASSIGN;

      if (fermata_js_parser_is (self, "async") && !is_key)
        return fermata_js_parser_fail (self, FERMATA_EXPRESSION_ERROR_SYNTAX, self->token.start,
                                       "async functions are not available in expressions");
      if (!fermata_js_parser_is_one_of (self, modifiers) || is_key)
        break;
      fermata_js_parser_advance (self);
    }

  if (self->token.kind == FERMATA_JS_TOKEN_BINARY &&
      self->lexer.text[self->token.start] == '*')
    fermata_js_parser_advance (self);

  return TRUE;
}

gboolean
fermata_js_parse_property_key (FermataJsParser *self)
{
  switch ((int) self->token.kind)
    {
    case FERMATA_JS_TOKEN_NAME:
    case FERMATA_JS_TOKEN_PRIVATE_NAME:
    case FERMATA_JS_TOKEN_STRING:
    case FERMATA_JS_TOKEN_NUMBER:
      fermata_js_parser_advance (self);
      return TRUE;

    case '[':
      fermata_js_parser_advance (self);
      return fermata_js_parse_assignment (self, FALSE) &&
             fermata_js_parser_expect (self, ']');

    default:
      return fermata_js_parser_unexpected (self);
    }
}

/* {name} or {name = default} */
static gboolean
parse_shorthand (FermataJsParser *self)
{
  FermataJsToken token = self->token;
  char *name = fermata_js_parser_take_name (self);

  if (name == NULL)
    return FALSE;

  fermata_js_names_use (self->names, name, token.start, token.end)->flags =
    FERMATA_JS_REFERENCE_PATTERN | FERMATA_JS_REFERENCE_SHORTHAND;

  return !fermata_js_parser_accept (self, FERMATA_JS_TOKEN_ASSIGN) ||
         fermata_js_parse_assignment (self, FALSE);
}

static gboolean
parse_property (FermataJsParser *self)
{
  int next;

  if (fermata_js_parser_accept (self, FERMATA_JS_TOKEN_SPREAD))
    return fermata_js_parse_assignment (self, TRUE);

  if (!fermata_js_parse_modifiers (self))
    return FALSE;

  next = fermata_js_parser_peek (self).kind;
  if (self->token.kind == FERMATA_JS_TOKEN_NAME &&
      (next == ',' || next == '}' || next == FERMATA_JS_TOKEN_ASSIGN))
    return parse_shorthand (self);

  if (!fermata_js_parse_property_key (self))
    return FALSE;

  if (self->token.kind == '(')
    return fermata_js_parse_method (self);

  return fermata_js_parser_expect (self, ':') &&
         fermata_js_parse_assignment (self, TRUE);
}

static gboolean
parse_object (FermataJsParser *self)
{
  fermata_js_parser_advance (self);

  while (!fermata_js_parser_accept (self, '}'))
    {
      if (!parse_property (self))
        return FALSE;
      if (self->token.kind != '}' && !fermata_js_parser_expect (self, ','))
        return FALSE;
    }

  return TRUE;
}

/* A group, or the parameters of an arrow function. */
static gboolean
parse_parentheses (FermataJsParser *self)
{
  guint mark = fermata_js_names_get_mark (self->names);
  gsize start = self->token.start;

  fermata_js_parser_advance (self);
  if (!fermata_js_parse_list (self, ')'))
    return FALSE;

  if (self->token.kind == FERMATA_JS_TOKEN_ARROW)
    return fermata_js_parse_arrow (self, mark);

  if (self->previous_end == start + 2)
    return fermata_js_parser_fail (self, FERMATA_EXPRESSION_ERROR_SYNTAX, start,
                                   "nothing between the parentheses");

  fermata_js_names_clear_patterns (self->names, mark);
  return TRUE;
}

static gboolean
refuse_word (FermataJsParser *self)
{
  const char *what;

  if (fermata_js_parser_is (self, "async") || fermata_js_parser_is (self, "await"))
    what = "async functions are not available in expressions";
  else
    what = "import is not available in expressions";

  return fermata_js_parser_fail (self, FERMATA_EXPRESSION_ERROR_SYNTAX, self->token.start,
                                 "%s", what);
}

static gboolean
parse_new (FermataJsParser  *self,
           FermataJsOperand *operand)
{
  gboolean parsed;

  fermata_js_parser_advance (self);

  /* new.target */
  if (fermata_js_parser_accept (self, '.'))
    return fermata_js_parser_expect (self, FERMATA_JS_TOKEN_NAME);

  if (!fermata_js_parser_enter (self))
    return FALSE;
  parsed = fermata_js_parse_primary (self, operand);
  fermata_js_parser_leave (self);

  if (parsed && operand->kind == FERMATA_JS_OPERAND_REFERENCE)
    fermata_js_names_get (self->names, operand->reference)->flags |= FERMATA_JS_REFERENCE_NEW;
  return parsed;
}

static gboolean
parse_yield (FermataJsParser *self)
{
  fermata_js_parser_advance (self);

  if (self->token.kind == FERMATA_JS_TOKEN_BINARY &&
      self->lexer.text[self->token.start] == '*')
    fermata_js_parser_advance (self);

  if (self->token.after_newline || self->token.kind == FERMATA_JS_TOKEN_END ||
      (self->token.kind < 256 && strchr (")]},;:", (int) self->token.kind) != NULL))
    return TRUE;

  return fermata_js_parse_assignment (self, FALSE);
}

static gboolean
parse_reference (FermataJsParser  *self,
                 FermataJsOperand *operand)
{
  guint mark = fermata_js_names_get_mark (self->names);
  FermataJsToken token = self->token;
  char *name = fermata_js_parser_take_name (self);
  FermataJsReference *reference;

  if (name == NULL)
    return FALSE;

  reference = fermata_js_names_use (self->names, name, token.start, token.end);
  if (self->token.kind == FERMATA_JS_TOKEN_ARROW)
    {
      reference->flags |= FERMATA_JS_REFERENCE_PATTERN;
      return fermata_js_parse_arrow (self, mark);
    }

  operand->kind = FERMATA_JS_OPERAND_REFERENCE;
  operand->reference = mark;
  operand->open = TRUE;
  return TRUE;
}

static gboolean
parse_word (FermataJsParser  *self,
            FermataJsOperand *operand)
{
  static const char *const refused[] = { "async", "await", "import", NULL };

  if (fermata_js_parser_is_one_of (self, refused))
    return refuse_word (self);

  if (fermata_js_parser_is_one_of (self, statement_words))
    return fermata_js_parser_unexpected (self);

  if (fermata_js_parser_is_one_of (self, value_words))
    {
      if (fermata_js_parser_is (self, "this") && !fermata_js_names_is_in_function (self->names))
        self->uses_this = TRUE;
      fermata_js_parser_advance (self);
      return TRUE;
    }

  if (fermata_js_parser_is (self, "function"))
    return fermata_js_parse_function (self, FALSE);
  if (fermata_js_parser_is (self, "class"))
    return fermata_js_parse_class (self, FALSE);
  if (fermata_js_parser_is (self, "new"))
    return parse_new (self, operand);
  if (fermata_js_parser_is (self, "yield"))
    return parse_yield (self);

  return parse_reference (self, operand);
}

static gboolean
refuse_regexp (FermataJsParser *self)
{
  return fermata_js_parser_fail (self, FERMATA_EXPRESSION_ERROR_REGEXP, self->token.start,
                                 "regular expressions are not available in expressions: "
                                 "use matches (text, \"pattern\")");
}

gboolean
fermata_js_parse_primary (FermataJsParser  *self,
                          FermataJsOperand *operand)
{
  *operand = (FermataJsOperand) { FERMATA_JS_OPERAND_OTHER };

  switch ((int) self->token.kind)
    {
    case FERMATA_JS_TOKEN_NAME:
      return parse_word (self, operand);

    case FERMATA_JS_TOKEN_NUMBER:
    case FERMATA_JS_TOKEN_STRING:
    case FERMATA_JS_TOKEN_PRIVATE_NAME:
      fermata_js_parser_advance (self);
      return TRUE;

    case FERMATA_JS_TOKEN_TEMPLATE:
    case FERMATA_JS_TOKEN_TEMPLATE_PIECE:
      return fermata_js_parse_template (self);

    case '(':
      return parse_parentheses (self);

    case '[':
      operand->kind = FERMATA_JS_OPERAND_LITERAL;
      fermata_js_parser_advance (self);
      return fermata_js_parse_list (self, ']');

    case '{':
      operand->kind = FERMATA_JS_OPERAND_LITERAL;
      return parse_object (self);

    case '/':
      return refuse_regexp (self);

    case FERMATA_JS_TOKEN_ASSIGN:
      if (self->lexer.text[self->token.start] == '/')
        return refuse_regexp (self);
      return fermata_js_parser_unexpected (self);

    default:
      return fermata_js_parser_unexpected (self);
    }
}
