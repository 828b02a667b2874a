/* fermata-js-native-parser.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-native-private.h"

#include "expression/fermata-js-globals-private.h"

#include <math.h>
#include <string.h>

/* Not of numbers that somebody means. */
#define MAX_DIGITS 100

/* The expression has been parsed once, so what is met here is mostly right;
 * whatever is not known gives up, and leaves it to JavaScript. */
typedef struct {
  FermataJsLexer lexer;
  FermataJsToken token;
  const FermataJsSource *source;
  guint n_references;          /* that were met */
  const FermataNameUse *names; /* from the next one on */
  gboolean has_logical;
  gboolean has_coalesce;
  guint n_nodes;
  FermataJsNode nodes[FERMATA_JS_NATIVE_MAX_NODES];
} Parser;

static const struct {
  const char *text;
  guint precedence;
  FermataJsOp op;
} operators[] = {
  { "??", 1, FERMATA_JS_OP_COALESCE },
  { "||", 2, FERMATA_JS_OP_OR },
  { "&&", 3, FERMATA_JS_OP_AND },
  { "==", 4, FERMATA_JS_OP_EQUAL },
  { "!=", 4, FERMATA_JS_OP_NOT_EQUAL },
  { "===", 4, FERMATA_JS_OP_SAME },
  { "!==", 4, FERMATA_JS_OP_NOT_SAME },
  { "<", 5, FERMATA_JS_OP_LESS },
  { "<=", 5, FERMATA_JS_OP_LESS_EQUAL },
  { ">", 5, FERMATA_JS_OP_GREATER },
  { ">=", 5, FERMATA_JS_OP_GREATER_EQUAL },
  { "+", 6, FERMATA_JS_OP_ADD },
  { "-", 6, FERMATA_JS_OP_SUBTRACT },
  { "*", 7, FERMATA_JS_OP_MULTIPLY },
  { "/", 7, FERMATA_JS_OP_DIVIDE },
  { "%", 7, FERMATA_JS_OP_REMAINDER },
};

static gboolean parse_condition (Parser *self,
                                 guint  *node);

static gboolean
token_is (Parser     *self,
          const char *text)
{
  gsize length = self->token.end - self->token.start;

  return strlen (text) == length && memcmp (self->lexer.text + self->token.start, text, length) == 0;
}

static void
advance (Parser *self)
{
  fermata_js_lexer_next (&self->lexer, &self->token);
}

static FermataJsNode *
add_node (Parser      *self,
          FermataJsOp  op,
          guint       *node)
{
  FermataJsNode *added;

  if (self->n_nodes == FERMATA_JS_NATIVE_MAX_NODES)
    return NULL;

  *node = self->n_nodes++;
  added = &self->nodes[*node];
  memset (added, 0, sizeof *added);
  added->op = op;

  return added;
}

static gboolean
add_operation (Parser      *self,
               FermataJsOp  op,
               guint        a,
               guint        b,
               guint        c,
               guint       *node)
{
  FermataJsNode *added = add_node (self, op, node);

  if (added == NULL)
    return FALSE;
  added->operands[0] = (guint8) a;
  added->operands[1] = (guint8) b;
  added->operands[2] = (guint8) c;

  return TRUE;
}

/* Takes @value. */
static gboolean
add_constant (Parser       *self,
              FermataValue *value,
              guint        *node)
{
  FermataJsNode *added = add_node (self, FERMATA_JS_OP_CONSTANT, node);

  if (added == NULL)
    fermata_value_unref (value);
  else
    added->constant = value;
  advance (self);

  return added != NULL;
}

static gboolean
add_number (Parser *self,
            double  number,
            guint  *node)
{
  FermataJsNode *added = add_node (self, FERMATA_JS_OP_NUMBER, node);

  if (added == NULL)
    return FALSE;
  added->number = number;
  advance (self);

  return TRUE;
}

static const char *
skip_digits (const char *p)
{
  while (g_ascii_isdigit (*p))
    p++;

  return p;
}

/* 12, 1.5, .5, 1e-3; no other base, no separators, no BigInt. */
static gboolean
is_decimal (const char *text)
{
  const char *whole = skip_digits (text);
  const char *end = whole;

  if (text[0] == '0' && whole > text + 1)
    return FALSE;
  if (*end == '.')
    end = skip_digits (end + 1);
  if (end - text < 1 || (whole == text && end == text + 1))
    return FALSE;

  if (*end == 'e' || *end == 'E')
    {
      const char *digits = end + 1;

      if (*digits == '+' || *digits == '-')
        digits++;
      end = skip_digits (digits);
      if (end == digits)
        return FALSE;
    }

  return *end == '\0';
}

static gboolean
parse_number (Parser *self,
              guint  *node)
{
  char text[MAX_DIGITS + 1];
  gsize length = self->token.end - self->token.start;

  if (length > MAX_DIGITS)
    return FALSE;
  memcpy (text, self->lexer.text + self->token.start, length);
  text[length] = '\0';

  return is_decimal (text) && add_number (self, g_ascii_strtod (text, NULL), node);
}

static gboolean
parse_string (Parser *self,
              guint  *node)
{
  g_autofree char *text = fermata_js_token_dup_string (&self->token, self->lexer.text);

  return text != NULL && add_constant (self, fermata_value_new_string (text, -1), node);
}

/* A string, or a number as JavaScript writes it as a property's name. */
static char *
dup_key (Parser *self)
{
  const char *start = self->lexer.text + self->token.start;
  gsize length = self->token.end - self->token.start;

  if (self->token.kind == FERMATA_JS_TOKEN_STRING)
    return fermata_js_token_dup_string (&self->token, self->lexer.text);
  if (self->token.kind != FERMATA_JS_TOKEN_NUMBER || length > 15 || (*start == '0' && length > 1)
      || skip_digits (start) < start + length)
    return NULL;

  return g_strndup (start, length);
}

/* `name` or `["key"]`, the dot being behind us. */
static char *
take_step (Parser   *self,
           gboolean  dotted)
{
  g_autofree char *step = NULL;

  if (self->token.kind == FERMATA_JS_TOKEN_NAME && dotted)
    step = fermata_js_token_dup_name (&self->token, self->lexer.text);
  else if (self->token.kind == '[')
    {
      advance (self);
      step = dup_key (self);
      advance (self);
      if (self->token.kind != ']')
        return NULL;
    }
  advance (self);

  return g_steal_pointer (&step);
}

/* Behind a ?. all steps up to the next one. */
static gboolean
parse_steps (Parser    *self,
             GPtrArray *steps)
{
  gboolean dotted = TRUE;

  do
    {
      char *step = take_step (self, dotted);

      if (step == NULL)
        return FALSE;
      g_ptr_array_add (steps, step);
      dotted = self->token.kind == '.';
      if (dotted)
        advance (self);
    }
  while (dotted || self->token.kind == '[');

  return TRUE;
}

static gboolean
parse_chain (Parser *self,
             guint  *node)
{
  while (self->token.kind == FERMATA_JS_TOKEN_CHAIN)
    {
      g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);
      guint base = *node;

      advance (self);
      if (!parse_steps (self, steps) || !add_operation (self, FERMATA_JS_OP_CHAIN, base, 0, 0, node))
        return FALSE;

      self->nodes[*node].n_steps = steps->len;
      g_ptr_array_add (steps, NULL);
      self->nodes[*node].steps = (char **) g_ptr_array_free (g_steal_pointer (&steps), FALSE);
    }

  return TRUE;
}

static gboolean
parse_global (Parser *self,
              guint  *node)
{
  if (token_is (self, "NaN"))
    return add_number (self, NAN, node);
  if (token_is (self, "Infinity"))
    return add_number (self, INFINITY, node);
  if (!token_is (self, "undefined") || add_node (self, FERMATA_JS_OP_UNDEFINED, node) == NULL)
    return FALSE;
  advance (self);

  return TRUE;
}

/* A name from outside, with the constant path behind it. */
static gboolean
parse_path (Parser             *self,
            FermataJsReference *reference,
            guint              *node)
{
  FermataJsNode *added = add_node (self, FERMATA_JS_OP_PATH, node);

  if (added == NULL || reference->flags != FERMATA_JS_REFERENCE_NONE)
    return FALSE;

  added->path = self->names++;
  if (added->path->n_path == 1 && fermata_js_globals_is_function (added->path->path[0]))
    return FALSE;
  self->lexer.position = reference->end;
  advance (self);

  return parse_chain (self, node);
}

static gboolean
parse_reference (Parser *self,
                 guint  *node)
{
  FermataJsReference *reference;

  if (self->n_references >= fermata_js_names_get_n (self->source->names))
    return FALSE;

  reference = fermata_js_names_get (self->source->names, self->n_references++);
  if (reference->start != self->token.start)
    return FALSE;
  if (fermata_js_globals_has (fermata_js_names_get_name (self->source->names, reference)))
    return reference->n_steps == 0 && parse_global (self, node);

  return parse_path (self, reference, node);
}

static gboolean
parse_word (Parser *self,
            guint  *node)
{
  if (token_is (self, "true") || token_is (self, "false"))
    return add_constant (self, fermata_value_new_boolean (token_is (self, "true")), node);
  if (token_is (self, "null"))
    return add_constant (self, fermata_value_new_null (), node);

  return parse_reference (self, node);
}

static gboolean
parse_primary (Parser *self,
               guint  *node)
{
  switch ((int) self->token.kind)
    {
    case FERMATA_JS_TOKEN_NUMBER:
      return parse_number (self, node);
    case FERMATA_JS_TOKEN_STRING:
      return parse_string (self, node);
    case FERMATA_JS_TOKEN_NAME:
      return parse_word (self, node);
    case '(':
      advance (self);
      if (!parse_condition (self, node) || self->token.kind != ')')
        return FALSE;
      advance (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
parse_unary (Parser *self,
             guint  *node)
{
  FermataJsOp prefixes[FERMATA_JS_NATIVE_MAX_NODES];
  guint n = 0;

  for (;; advance (self))
    {
      FermataJsOp op;

      if (self->token.kind == FERMATA_JS_TOKEN_PREFIX && token_is (self, "!"))
        op = FERMATA_JS_OP_NOT;
      else if (self->token.kind == FERMATA_JS_TOKEN_SIGN)
        op = token_is (self, "-") ? FERMATA_JS_OP_NEGATE : FERMATA_JS_OP_PLUS;
      else if (self->token.kind == FERMATA_JS_TOKEN_NAME && token_is (self, "typeof"))
        op = FERMATA_JS_OP_TYPEOF;
      else
        break;
      if (n == G_N_ELEMENTS (prefixes))
        return FALSE;
      prefixes[n++] = op;
    }

  if (!parse_primary (self, node))
    return FALSE;
  while (n > 0)
    if (!add_operation (self, prefixes[--n], *node, 0, 0, node))
      return FALSE;

  return TRUE;
}

/* The index of the operator at hand, -1 if there is none. */
static int
find_operator (Parser *self)
{
  if (self->token.kind != FERMATA_JS_TOKEN_BINARY && self->token.kind != FERMATA_JS_TOKEN_SIGN
      && (int) self->token.kind != '/')
    return -1;

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (token_is (self, operators[i].text))
      return (int) i;

  return -1;
}

static gboolean
parse_binary (Parser *self,
              guint   precedence,
              guint  *node)
{
  int i;

  if (!parse_unary (self, node))
    return FALSE;

  while ((i = find_operator (self)) >= 0 && operators[i].precedence >= precedence)
    {
      guint right;

      self->has_coalesce |= operators[i].op == FERMATA_JS_OP_COALESCE;
      self->has_logical |= operators[i].op == FERMATA_JS_OP_OR || operators[i].op == FERMATA_JS_OP_AND;
      advance (self);
      if (!parse_binary (self, operators[i].precedence + 1, &right)
          || !add_operation (self, operators[i].op, *node, right, 0, node))
        return FALSE;
    }

  return TRUE;
}

static gboolean
parse_condition (Parser *self,
                 guint  *node)
{
  guint yes, no;

  if (!parse_binary (self, 0, node))
    return FALSE;
  if (self->token.kind != '?')
    return TRUE;

  advance (self);
  if (!parse_condition (self, &yes) || self->token.kind != ':')
    return FALSE;
  advance (self);

  return parse_condition (self, &no)
         && add_operation (self, FERMATA_JS_OP_CONDITION, *node, yes, no, node);
}

static void
clear_nodes (FermataJsNode *nodes,
             guint          n_nodes)
{
  for (guint i = 0; i < n_nodes; i++)
    {
      if (nodes[i].op == FERMATA_JS_OP_CONSTANT)
        fermata_value_unref (nodes[i].constant);
      else if (nodes[i].op == FERMATA_JS_OP_CHAIN)
        g_strfreev (nodes[i].steps);
    }
}

/* Whether the lexer and JavaScriptCore cannot but agree on it. */
static gboolean
is_plain (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\\' || (!g_ascii_isprint (text[i]) && !g_ascii_isspace (text[i]))
          || (text[i] == '/' && i + 1 < length && (text[i + 1] == '*' || text[i + 1] == '/')))
        return FALSE;
    }

  return TRUE;
}

FermataJsNative *
fermata_js_native_new (const char            *text,
                       gsize                  length,
                       const FermataJsSource *source,
                       const FermataNameUse  *names,
                       gboolean              *is_sure)
{
  Parser parser;
  FermataJsNative *self;
  guint root;

  memset (&parser, 0, G_STRUCT_OFFSET (Parser, nodes));
  parser.source = source;
  parser.names = names;
  fermata_js_lexer_init (&parser.lexer, text, length, 0);
  advance (&parser);

  /* `a ?? b || c` is none; nobody writes the one that is, with parentheses. */
  if (!parse_condition (&parser, &root) || parser.token.kind != FERMATA_JS_TOKEN_END
      || (parser.has_logical && parser.has_coalesce))
    {
      clear_nodes (parser.nodes, parser.n_nodes);
      return NULL;
    }

  self = g_malloc0 (sizeof *self + parser.n_nodes * sizeof parser.nodes[0]);
  self->root = (guint8) root;
  self->n_nodes = parser.n_nodes;
  memcpy (self->nodes, parser.nodes, parser.n_nodes * sizeof parser.nodes[0]);
  *is_sure = is_plain (text, length);

  return self;
}

void
fermata_js_native_free (FermataJsNative *self)
{
  clear_nodes (self->nodes, self->n_nodes);
  g_free (self);
}
