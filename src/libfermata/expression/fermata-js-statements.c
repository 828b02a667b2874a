/* fermata-js-statements.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-parser-private.h"

static gboolean parse_statement (FermataJsParser *self);

static gboolean
is_star (FermataJsParser *self)
{
  return self->token.kind == FERMATA_JS_TOKEN_BINARY &&
         self->token.end == self->token.start + 1 &&
         self->lexer.text[self->token.start] == '*';
}

/* { … } in the scope that is open. */
static gboolean
parse_body (FermataJsParser *self)
{
  if (!fermata_js_parser_expect (self, '{'))
    return FALSE;

  while (!fermata_js_parser_accept (self, '}'))
    if (!parse_statement (self))
      return FALSE;

  return TRUE;
}

gboolean
fermata_js_parse_block (FermataJsParser *self)
{
  gboolean parsed;

  fermata_js_names_open_scope (self->names, FERMATA_JS_SCOPE_BLOCK,
                               fermata_js_names_get_mark (self->names));
  parsed = parse_body (self);
  fermata_js_names_close_scope (self->names);

  return parsed;
}

/* The names since @mark are parameters; the arrow is at hand. */
gboolean
fermata_js_parse_arrow (FermataJsParser *self,
                        guint            mark)
{
  gboolean parsed;

  fermata_js_names_open_scope (self->names, FERMATA_JS_SCOPE_ARROW, mark);
  fermata_js_names_declare_patterns (self->names, mark, FALSE);
  fermata_js_parser_advance (self);

  parsed = self->token.kind == '{' ? parse_body (self)
                                   : fermata_js_parse_assignment (self, FALSE);
  fermata_js_names_close_scope (self->names);

  return parsed;
}

/* (parameters) { body } */
gboolean
fermata_js_parse_method (FermataJsParser *self)
{
  guint mark = fermata_js_names_get_mark (self->names);
  gboolean parsed;

  fermata_js_names_open_scope (self->names, FERMATA_JS_SCOPE_FUNCTION, mark);
  fermata_js_names_declare (self->names, g_strdup ("arguments"));

  parsed = fermata_js_parser_expect (self, '(') && fermata_js_parse_list (self, ')');
  if (parsed)
    {
      fermata_js_names_declare_patterns (self->names, mark, FALSE);
      parsed = parse_body (self);
    }
  fermata_js_names_close_scope (self->names);

  return parsed;
}

/* Declares the name at hand, if there is one. */
static gboolean
parse_declared_name (FermataJsParser *self)
{
  char *name;

  if (self->token.kind != FERMATA_JS_TOKEN_NAME)
    return TRUE;

  name = fermata_js_parser_take_name (self);
  if (name == NULL)
    return FALSE;

  fermata_js_names_declare (self->names, name);
  return TRUE;
}

/* Its name belongs to the scope around it if it is a statement, else to a
 * scope of its own. */
gboolean
fermata_js_parse_function (FermataJsParser *self,
                           gboolean         is_statement)
{
  gboolean parsed;

  fermata_js_parser_advance (self);
  if (is_star (self))
    fermata_js_parser_advance (self);

  if (!is_statement)
    fermata_js_names_open_scope (self->names, FERMATA_JS_SCOPE_BLOCK,
                                 fermata_js_names_get_mark (self->names));
  parsed = parse_declared_name (self) && fermata_js_parse_method (self);
  if (!is_statement)
    fermata_js_names_close_scope (self->names);

  return parsed;
}

static gboolean
parse_class_member (FermataJsParser *self)
{
  if (fermata_js_parser_accept (self, ';'))
    return TRUE;

  if (!fermata_js_parse_modifiers (self))
    return FALSE;

  /* static { … } */
  if (self->token.kind == '{')
    return fermata_js_parse_block (self);

  if (!fermata_js_parse_property_key (self))
    return FALSE;

  if (self->token.kind == '(')
    return fermata_js_parse_method (self);

  return !fermata_js_parser_accept (self, FERMATA_JS_TOKEN_ASSIGN) ||
         fermata_js_parse_assignment (self, FALSE);
}

static gboolean
parse_class_tail (FermataJsParser *self)
{
  FermataJsOperand operand;

  if (!fermata_js_parser_is (self, "extends") && !parse_declared_name (self))
    return FALSE;

  if (fermata_js_parser_accept_word (self, "extends") &&
      !fermata_js_parse_member (self, &operand))
    return FALSE;

  if (!fermata_js_parser_expect (self, '{'))
    return FALSE;

  while (!fermata_js_parser_accept (self, '}'))
    if (!parse_class_member (self))
      return FALSE;

  return TRUE;
}

gboolean
fermata_js_parse_class (FermataJsParser *self,
                        gboolean         is_statement)
{
  gboolean parsed;

  fermata_js_parser_advance (self);
  if (!is_statement)
    fermata_js_names_open_scope (self->names, FERMATA_JS_SCOPE_BLOCK,
                                 fermata_js_names_get_mark (self->names));
  parsed = parse_class_tail (self);
  if (!is_statement)
    fermata_js_names_close_scope (self->names);

  return parsed;
}

/* One name or pattern, declared. */
static gboolean
parse_binding (FermataJsParser *self,
               gboolean         hoist)
{
  guint mark = fermata_js_names_get_mark (self->names);
  FermataJsOperand operand;

  if (!fermata_js_parse_primary (self, &operand))
    return FALSE;

  if (operand.kind == FERMATA_JS_OPERAND_REFERENCE)
    fermata_js_names_get (self->names, mark)->flags |= FERMATA_JS_REFERENCE_PATTERN;
  fermata_js_names_declare_patterns (self->names, mark, hoist);
  return TRUE;
}

static gboolean
parse_declarations (FermataJsParser *self)
{
  gboolean hoist = fermata_js_parser_is (self, "var");

  fermata_js_parser_advance (self);
  do
    {
      if (!parse_binding (self, hoist))
        return FALSE;
      if (fermata_js_parser_accept (self, FERMATA_JS_TOKEN_ASSIGN) &&
          !fermata_js_parse_assignment (self, FALSE))
        return FALSE;
    }
  while (fermata_js_parser_accept (self, ','));

  return TRUE;
}

static gboolean
is_declaration (FermataJsParser *self)
{
  return fermata_js_parser_is (self, "var") ||
         fermata_js_parser_is (self, "let") ||
         fermata_js_parser_is (self, "const");
}

static gboolean
parse_condition (FermataJsParser *self)
{
  return fermata_js_parser_expect (self, '(') &&
         fermata_js_parse_expression (self) &&
         fermata_js_parser_expect (self, ')');
}

static gboolean
parse_if (FermataJsParser *self)
{
  if (!parse_condition (self) || !parse_statement (self))
    return FALSE;

  return !fermata_js_parser_accept_word (self, "else") || parse_statement (self);
}

/* What is looped over, or the rest of the three. */
static gboolean
parse_for_rest (FermataJsParser *self)
{
  if (fermata_js_parser_accept_word (self, "of") || fermata_js_parser_accept_word (self, "in"))
    return fermata_js_parse_expression (self);

  for (guint i = 0; i < 2 && self->token.kind != ')'; i++)
    {
      if (!fermata_js_parser_expect (self, ';'))
        return FALSE;
      if (self->token.kind != ';' && self->token.kind != ')' &&
          !fermata_js_parse_expression (self))
        return FALSE;
    }

  return TRUE;
}

static gboolean
parse_for_head (FermataJsParser *self)
{
  guint mark = fermata_js_names_get_mark (self->names);

  if (!fermata_js_parser_expect (self, '('))
    return FALSE;

  if (is_declaration (self))
    {
      if (!parse_declarations (self))
        return FALSE;
    }
  else if (self->token.kind != ';')
    {
      if (!fermata_js_parse_assignment (self, TRUE))
        return FALSE;
      if (fermata_js_parser_is (self, "of"))
        fermata_js_names_assign_patterns (self->names, mark);
      fermata_js_names_clear_patterns (self->names, mark);
      while (fermata_js_parser_accept (self, ','))
        if (!fermata_js_parse_assignment (self, FALSE))
          return FALSE;
    }

  return parse_for_rest (self) && fermata_js_parser_expect (self, ')');
}

static gboolean
parse_for (FermataJsParser *self)
{
  gboolean parsed;

  fermata_js_names_open_scope (self->names, FERMATA_JS_SCOPE_BLOCK,
                               fermata_js_names_get_mark (self->names));
  parsed = parse_for_head (self) && parse_statement (self);
  fermata_js_names_close_scope (self->names);

  return parsed;
}

static gboolean
parse_do (FermataJsParser *self)
{
  if (!parse_statement (self))
    return FALSE;
  if (!fermata_js_parser_accept_word (self, "while"))
    return fermata_js_parser_unexpected (self);
  if (!parse_condition (self))
    return FALSE;

  fermata_js_parser_accept (self, ';');
  return TRUE;
}

static gboolean
parse_cases (FermataJsParser *self)
{
  while (!fermata_js_parser_accept (self, '}'))
    {
      if (fermata_js_parser_accept_word (self, "case"))
        {
          if (!fermata_js_parse_expression (self) || !fermata_js_parser_expect (self, ':'))
            return FALSE;
        }
      else if (fermata_js_parser_accept_word (self, "default"))
        {
          if (!fermata_js_parser_expect (self, ':'))
            return FALSE;
        }
      else if (!parse_statement (self))
        return FALSE;
    }

  return TRUE;
}

static gboolean
parse_switch (FermataJsParser *self)
{
  gboolean parsed;

  if (!parse_condition (self) || !fermata_js_parser_expect (self, '{'))
    return FALSE;

  fermata_js_names_open_scope (self->names, FERMATA_JS_SCOPE_BLOCK,
                               fermata_js_names_get_mark (self->names));
  parsed = parse_cases (self);
  fermata_js_names_close_scope (self->names);

  return parsed;
}

static gboolean
parse_catch (FermataJsParser *self)
{
  if (fermata_js_parser_accept (self, '(') &&
      (!parse_binding (self, FALSE) || !fermata_js_parser_expect (self, ')')))
    return FALSE;

  return fermata_js_parse_block (self);
}

static gboolean
parse_try (FermataJsParser *self)
{
  if (!fermata_js_parse_block (self))
    return FALSE;

  if (fermata_js_parser_accept_word (self, "catch"))
    {
      gboolean parsed;

      fermata_js_names_open_scope (self->names, FERMATA_JS_SCOPE_BLOCK,
                                   fermata_js_names_get_mark (self->names));
      parsed = parse_catch (self);
      fermata_js_names_close_scope (self->names);
      if (!parsed)
        return FALSE;
    }

  return !fermata_js_parser_accept_word (self, "finally") || fermata_js_parse_block (self);
}

/* A semicolon, or where one may be left out. */
static gboolean
parse_statement_end (FermataJsParser *self)
{
  if (fermata_js_parser_accept (self, ';') || self->token.kind == '}' ||
      self->token.after_newline)
    return TRUE;

  return fermata_js_parser_unexpected (self);
}

static gboolean
ends_statement (FermataJsParser *self)
{
  return self->token.kind == ';' || self->token.kind == '}' || self->token.after_newline;
}

/* return, throw */
static gboolean
parse_return (FermataJsParser *self)
{
  if (!ends_statement (self) && !fermata_js_parse_expression (self))
    return FALSE;

  return parse_statement_end (self);
}

/* break, continue, debugger */
static gboolean
parse_jump (FermataJsParser *self)
{
  if (!ends_statement (self) && !fermata_js_parser_expect (self, FERMATA_JS_TOKEN_NAME))
    return FALSE;

  return parse_statement_end (self);
}

static gboolean
parse_while (FermataJsParser *self)
{
  return parse_condition (self) && parse_statement (self);
}

static const struct {
  const char *word;
  gboolean (*parse) (FermataJsParser *self);
} statements[] = {
  { "if", parse_if },
  { "for", parse_for },
  { "while", parse_while },
  { "do", parse_do },
  { "switch", parse_switch },
  { "try", parse_try },
  { "return", parse_return },
  { "throw", parse_return },
  { "break", parse_jump },
  { "continue", parse_jump },
  { "debugger", parse_jump },
};

static gboolean
parse_word_statement (FermataJsParser *self,
                      gboolean        *found)
{
  *found = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (fermata_js_parser_accept_word (self, statements[i].word))
      return statements[i].parse (self);

  if (fermata_js_parser_is (self, "function"))
    return fermata_js_parse_function (self, TRUE);
  if (fermata_js_parser_is (self, "class"))
    return fermata_js_parse_class (self, TRUE);
  if (is_declaration (self))
    return parse_declarations (self) && parse_statement_end (self);

  /* label: */
  if (self->token.kind == FERMATA_JS_TOKEN_NAME && fermata_js_parser_peek (self).kind == ':')
    {
      fermata_js_parser_advance (self);
      fermata_js_parser_advance (self);
      return parse_statement (self);
    }

  *found = FALSE;
  return TRUE;
}

static gboolean
parse_statement_inside (FermataJsParser *self)
{
  gboolean found;

  if (fermata_js_parser_accept (self, ';'))
    return TRUE;
  if (self->token.kind == '{')
    return fermata_js_parse_block (self);

  if (!parse_word_statement (self, &found))
    return FALSE;
  if (found)
    return TRUE;

  return fermata_js_parse_expression (self) && parse_statement_end (self);
}

static gboolean
parse_statement (FermataJsParser *self)
{
  gboolean parsed = fermata_js_parser_enter (self) && parse_statement_inside (self);

  fermata_js_parser_leave (self);
  return parsed;
}
