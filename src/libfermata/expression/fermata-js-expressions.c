/* fermata-js-expressions.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-parser-private.h"

#include "expression/fermata-js-globals-private.h"

static const char *const prefix_words[] = { "typeof", "void", "delete", NULL };

static FermataJsReference *
get_reference (FermataJsParser        *self,
               const FermataJsOperand *operand)
{
  return fermata_js_names_get (self->names, operand->reference);
}

/* The operand is called, assigned to or deleted: what is looked up ends one
 * step before. */
static void
close_before_last_step (FermataJsParser  *self,
                        FermataJsOperand *operand)
{
  if (operand->open)
    fermata_js_names_drop_step (self->names, operand->reference);
  operand->open = FALSE;
}

static void
mark_assigned (FermataJsParser  *self,
               FermataJsOperand *operand)
{
  if (operand->kind == FERMATA_JS_OPERAND_REFERENCE && get_reference (self, operand)->n_steps == 0)
    get_reference (self, operand)->flags |= FERMATA_JS_REFERENCE_ASSIGNED;

  close_before_last_step (self, operand);
}

/* Whether it is the bare name of a function that machines have. */
static gboolean
is_function (FermataJsParser        *self,
             const FermataJsOperand *operand)
{
  FermataJsReference *reference;

  if (operand->kind != FERMATA_JS_OPERAND_REFERENCE || !operand->open)
    return FALSE;

  reference = get_reference (self, operand);
  return reference->n_steps == 0 &&
         !(reference->flags & FERMATA_JS_REFERENCE_NEW) &&
         fermata_js_globals_is_function (fermata_js_names_get_name (self->names, reference));
}

/* Takes @step, which ends at @end. */
static void
add_step (FermataJsParser  *self,
          FermataJsOperand *operand,
          char             *step,
          gsize             end)
{
  fermata_js_names_add_step (self->names, step, end);
  if (get_reference (self, operand)->n_steps >= FERMATA_JS_MAX_STEPS)
    operand->open = FALSE;
}

static gboolean
parse_dot_member (FermataJsParser  *self,
                  FermataJsOperand *operand)
{
  FermataJsToken token = self->token;

  if (self->token.kind == FERMATA_JS_TOKEN_PRIVATE_NAME)
    {
      operand->open = FALSE;
      fermata_js_parser_advance (self);
      return TRUE;
    }

  if (self->token.kind != FERMATA_JS_TOKEN_NAME)
    return fermata_js_parser_unexpected (self);

  if (operand->open)
    {
      char *name = fermata_js_token_dup_name (&token, self->lexer.text);

      if (name == NULL)
        return fermata_js_parser_unexpected (self);
      add_step (self, operand, name, token.end);
    }

  fermata_js_parser_advance (self);
  return TRUE;
}

/* A string, or a number written as JavaScript writes it as a property's name. */
static char *
dup_constant_key (FermataJsParser *self)
{
  const char *start = self->lexer.text + self->token.start;
  gsize length = self->token.end - self->token.start;

  if (self->token.kind == FERMATA_JS_TOKEN_STRING)
    return fermata_js_token_dup_string (&self->token, self->lexer.text);

  if (self->token.kind != FERMATA_JS_TOKEN_NUMBER || length > 15 ||
      (start[0] == '0' && length > 1))
    return NULL;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (start[i]))
      return NULL;

  return g_strndup (start, length);
}

/* Behind the opening bracket. */
static gboolean
parse_index (FermataJsParser  *self,
             FermataJsOperand *operand)
{
  if (operand->open)
    {
      FermataJsToken next = fermata_js_parser_peek (self);
      char *key = next.kind == ']' ? dup_constant_key (self) : NULL;

      if (key != NULL)
        {
          add_step (self, operand, key, next.end);
          fermata_js_parser_advance (self);
          return fermata_js_parser_expect (self, ']');
        }
      operand->open = FALSE;
    }

  return fermata_js_parse_expression (self) && fermata_js_parser_expect (self, ']');
}

/* In ('a') is a path: what it gives can be looked up. */
static gboolean
parse_constant_call (FermataJsParser  *self,
                     FermataJsOperand *operand)
{
  FermataJsToken next = fermata_js_parser_peek (self);
  char *argument;

  if (self->token.kind != FERMATA_JS_TOKEN_STRING || next.kind != ')')
    return FALSE;

  argument = fermata_js_token_dup_string (&self->token, self->lexer.text);
  if (argument == NULL)
    return FALSE;

  add_step (self, operand, argument, next.end);
  fermata_js_parser_advance (self);
  fermata_js_parser_advance (self);
  return TRUE;
}

static gboolean
parse_arguments (FermataJsParser  *self,
                 FermataJsOperand *operand)
{
  guint mark = fermata_js_names_get_mark (self->names);

  if (is_function (self, operand) && parse_constant_call (self, operand))
    return TRUE;

  close_before_last_step (self, operand);
  if (!fermata_js_parse_list (self, ')'))
    return FALSE;

  fermata_js_names_clear_patterns (self->names, mark);
  return TRUE;
}

/* a?.b, a?.[b], a?.(b) */
static gboolean
parse_chain (FermataJsParser  *self,
             FermataJsOperand *operand)
{
  if (self->token.kind == '(')
    close_before_last_step (self, operand);
  operand->open = FALSE;

  if (fermata_js_parser_accept (self, '['))
    return parse_index (self, operand);
  if (fermata_js_parser_accept (self, '('))
    return parse_arguments (self, operand);

  return parse_dot_member (self, operand);
}

/* One step behind an operand; FALSE in @more if there is none. */
static gboolean
parse_suffix (FermataJsParser  *self,
              FermataJsOperand *operand,
              gboolean         *more)
{
  switch ((int) self->token.kind)
    {
    case '.':
      operand->open = operand->open && !is_function (self, operand);
      fermata_js_parser_advance (self);
      return parse_dot_member (self, operand);

    case FERMATA_JS_TOKEN_CHAIN:
      fermata_js_parser_advance (self);
      return parse_chain (self, operand);

    case '[':
      operand->open = operand->open && !is_function (self, operand);
      fermata_js_parser_advance (self);
      return parse_index (self, operand);

    case '(':
      fermata_js_parser_advance (self);
      return parse_arguments (self, operand);

    case FERMATA_JS_TOKEN_TEMPLATE:
    case FERMATA_JS_TOKEN_TEMPLATE_PIECE:
      close_before_last_step (self, operand);
      return fermata_js_parse_template (self);

    default:
      *more = FALSE;
      return TRUE;
    }
}

static gboolean
parse_suffixes (FermataJsParser  *self,
                FermataJsOperand *operand)
{
  gboolean more = TRUE;

  while (more)
    if (!parse_suffix (self, operand, &more))
      return FALSE;

  return TRUE;
}

/* An operand with all that is called or looked up on it. */
gboolean
fermata_js_parse_member (FermataJsParser  *self,
                         FermataJsOperand *operand)
{
  guint mark = fermata_js_names_get_mark (self->names);
  gsize operand_end;

  if (!fermata_js_parse_primary (self, operand))
    return FALSE;

  operand_end = self->previous_end;
  if (!parse_suffixes (self, operand))
    return FALSE;

  if (operand->kind == FERMATA_JS_OPERAND_LITERAL && self->previous_end != operand_end)
    {
      fermata_js_names_clear_patterns (self->names, mark);
      operand->kind = FERMATA_JS_OPERAND_OTHER;
    }
  else if (!operand->open && self->previous_end != operand_end)
    operand->kind = FERMATA_JS_OPERAND_OTHER;

  return TRUE;
}

static gboolean
parse_postfix (FermataJsParser  *self,
               FermataJsOperand *operand)
{
  if (!fermata_js_parse_member (self, operand))
    return FALSE;

  if (self->token.kind == FERMATA_JS_TOKEN_UPDATE && !self->token.after_newline)
    {
      mark_assigned (self, operand);
      operand->kind = FERMATA_JS_OPERAND_OTHER;
      fermata_js_parser_advance (self);
    }

  return TRUE;
}

static gboolean
is_prefix (FermataJsParser *self)
{
  return self->token.kind == FERMATA_JS_TOKEN_SIGN ||
         self->token.kind == FERMATA_JS_TOKEN_PREFIX ||
         self->token.kind == FERMATA_JS_TOKEN_UPDATE ||
         fermata_js_parser_is_one_of (self, prefix_words);
}

static gboolean
parse_unary (FermataJsParser  *self,
             FermataJsOperand *operand)
{
  guint mark = fermata_js_names_get_mark (self->names);
  gboolean changes = FALSE;
  gboolean prefixed = FALSE;

  for (; is_prefix (self); prefixed = TRUE)
    {
      changes = self->token.kind == FERMATA_JS_TOKEN_UPDATE ||
                fermata_js_parser_is (self, "delete");
      fermata_js_parser_advance (self);
    }

  if (!parse_postfix (self, operand))
    return FALSE;

  if (changes)
    mark_assigned (self, operand);
  if (prefixed)
    {
      fermata_js_names_clear_patterns (self->names, mark);
      operand->kind = FERMATA_JS_OPERAND_OTHER;
      operand->open = FALSE;
    }
  return TRUE;
}

static gboolean
is_binary (FermataJsParser *self)
{
  return self->token.kind == FERMATA_JS_TOKEN_BINARY ||
         self->token.kind == FERMATA_JS_TOKEN_SIGN ||
         self->token.kind == '/' ||
         fermata_js_parser_is (self, "in") ||
         fermata_js_parser_is (self, "instanceof");
}

/* What follows the first operand. */
static gboolean
parse_operators (FermataJsParser *self)
{
  while (self->token.kind == '?' || is_binary (self))
    {
      guint mark = fermata_js_names_get_mark (self->names);
      FermataJsOperand operand;

      if (fermata_js_parser_accept (self, '?'))
        {
          if (!fermata_js_parse_assignment (self, FALSE) ||
              !fermata_js_parser_expect (self, ':'))
            return FALSE;
        }
      else
        fermata_js_parser_advance (self);

      if (!parse_unary (self, &operand))
        return FALSE;
      if (self->token.kind == FERMATA_JS_TOKEN_ASSIGN)
        mark_assigned (self, &operand);
      fermata_js_names_clear_patterns (self->names, mark);

      if (fermata_js_parser_accept (self, FERMATA_JS_TOKEN_ASSIGN))
        return fermata_js_parse_assignment (self, FALSE);
    }

  return TRUE;
}

static gboolean
parse_assigned (FermataJsParser  *self,
                FermataJsOperand *operand,
                guint             mark,
                gboolean          in_pattern)
{
  in_pattern = in_pattern && self->token.end == self->token.start + 1;

  mark_assigned (self, operand);
  if (operand->kind == FERMATA_JS_OPERAND_LITERAL)
    fermata_js_names_assign_patterns (self->names, mark);
  if (!in_pattern)
    fermata_js_names_clear_patterns (self->names, mark);
  else if (operand->kind == FERMATA_JS_OPERAND_REFERENCE &&
           (get_reference (self, operand)->flags & FERMATA_JS_REFERENCE_ASSIGNED))
    get_reference (self, operand)->flags |= FERMATA_JS_REFERENCE_PATTERN;

  fermata_js_parser_advance (self);
  return fermata_js_parse_assignment (self, FALSE);
}

static gboolean
parse_assignment (FermataJsParser *self,
                  gboolean         in_pattern)
{
  guint mark = fermata_js_names_get_mark (self->names);
  FermataJsOperand operand;

  if (!parse_unary (self, &operand))
    return FALSE;

  if (self->token.kind == FERMATA_JS_TOKEN_ASSIGN)
    return parse_assigned (self, &operand, mark, in_pattern);

  if (self->token.kind == '?' || is_binary (self))
    {
      fermata_js_names_clear_patterns (self->names, mark);
      return parse_operators (self);
    }

  if (!in_pattern)
    fermata_js_names_clear_patterns (self->names, mark);
  else if (operand.kind == FERMATA_JS_OPERAND_REFERENCE)
    get_reference (self, &operand)->flags |= FERMATA_JS_REFERENCE_PATTERN;
  return TRUE;
}

/* Everything but the comma. @in_pattern: names in it may turn out to be
 * declared or assigned to. */
gboolean
fermata_js_parse_assignment (FermataJsParser *self,
                             gboolean         in_pattern)
{
  gboolean parsed = fermata_js_parser_enter (self) && parse_assignment (self, in_pattern);

  fermata_js_parser_leave (self);
  return parsed;
}

gboolean
fermata_js_parse_expression (FermataJsParser *self)
{
  do
    {
      if (!fermata_js_parse_assignment (self, FALSE))
        return FALSE;
    }
  while (fermata_js_parser_accept (self, ','));

  return TRUE;
}
