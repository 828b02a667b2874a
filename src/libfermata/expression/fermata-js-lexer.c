/* fermata-js-lexer.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-lexer-private.h"

#include <string.h>

/* Longest first where one begins another. */
static const struct {
  const char *text;
  FermataJsTokenKind kind;
} operators[] = {
  { ">>>=", FERMATA_JS_TOKEN_ASSIGN },
  { "...", FERMATA_JS_TOKEN_SPREAD },
  { "===", FERMATA_JS_TOKEN_BINARY },
  { "!==", FERMATA_JS_TOKEN_BINARY },
  { "**=", FERMATA_JS_TOKEN_ASSIGN },
  { "<<=", FERMATA_JS_TOKEN_ASSIGN },
  { ">>=", FERMATA_JS_TOKEN_ASSIGN },
  { ">>>", FERMATA_JS_TOKEN_BINARY },
  { "&&=", FERMATA_JS_TOKEN_ASSIGN },
  { "||=", FERMATA_JS_TOKEN_ASSIGN },
  { "?\?=", FERMATA_JS_TOKEN_ASSIGN },
  { "=>", FERMATA_JS_TOKEN_ARROW },
  { "==", FERMATA_JS_TOKEN_BINARY },
  { "!=", FERMATA_JS_TOKEN_BINARY },
  { "<=", FERMATA_JS_TOKEN_BINARY },
  { ">=", FERMATA_JS_TOKEN_BINARY },
  { "<<", FERMATA_JS_TOKEN_BINARY },
  { ">>", FERMATA_JS_TOKEN_BINARY },
  { "&&", FERMATA_JS_TOKEN_BINARY },
  { "||", FERMATA_JS_TOKEN_BINARY },
  { "??", FERMATA_JS_TOKEN_BINARY },
  { "**", FERMATA_JS_TOKEN_BINARY },
  { "++", FERMATA_JS_TOKEN_UPDATE },
  { "--", FERMATA_JS_TOKEN_UPDATE },
  { "+=", FERMATA_JS_TOKEN_ASSIGN },
  { "-=", FERMATA_JS_TOKEN_ASSIGN },
  { "*=", FERMATA_JS_TOKEN_ASSIGN },
  { "/=", FERMATA_JS_TOKEN_ASSIGN },
  { "%=", FERMATA_JS_TOKEN_ASSIGN },
  { "&=", FERMATA_JS_TOKEN_ASSIGN },
  { "|=", FERMATA_JS_TOKEN_ASSIGN },
  { "^=", FERMATA_JS_TOKEN_ASSIGN },
  { "=", FERMATA_JS_TOKEN_ASSIGN },
  { "+", FERMATA_JS_TOKEN_SIGN },
  { "-", FERMATA_JS_TOKEN_SIGN },
  { "!", FERMATA_JS_TOKEN_PREFIX },
  { "~", FERMATA_JS_TOKEN_PREFIX },
  { "*", FERMATA_JS_TOKEN_BINARY },
  { "%", FERMATA_JS_TOKEN_BINARY },
  { "<", FERMATA_JS_TOKEN_BINARY },
  { ">", FERMATA_JS_TOKEN_BINARY },
  { "&", FERMATA_JS_TOKEN_BINARY },
  { "|", FERMATA_JS_TOKEN_BINARY },
  { "^", FERMATA_JS_TOKEN_BINARY },
};

void
fermata_js_lexer_init (FermataJsLexer *self,
                       const char     *text,
                       gsize           length,
                       gsize           position)
{
  self->text = text;
  self->length = length;
  self->position = position;
  self->started = FALSE;
  self->problem = NULL;
}

static inline char
peek (FermataJsLexer *self,
      gsize           ahead)
{
  gsize at = self->position + ahead;

  return at < self->length ? self->text[at] : '\0';
}

static inline gboolean
starts_with (FermataJsLexer *self,
             const char     *prefix)
{
  gsize length = strlen (prefix);

  return self->length - self->position >= length &&
         memcmp (self->text + self->position, prefix, length) == 0;
}

/* The text is valid UTF-8. */
static inline gunichar
peek_char (FermataJsLexer *self)
{
  return g_utf8_get_char (self->text + self->position);
}

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

static gboolean
is_space (gunichar c)
{
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xfeff ||
         (c >= 0x80 && g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR) ||
         is_line_end (c);
}

static gboolean
is_name_start (gunichar c)
{
  return g_ascii_isalpha ((char) (c < 0x80 ? c : 0)) || c == '$' || c == '_' || c == '\\' ||
         (c >= 0x80 && !is_space (c));
}

static gboolean
is_name_part (gunichar c)
{
  return is_name_start (c) || (c >= '0' && c <= '9');
}

static gsize
char_length (FermataJsLexer *self)
{
  return (gsize) g_utf8_skip[(guchar) self->text[self->position]];
}

static void
skip_line (FermataJsLexer *self)
{
  while (self->position < self->length && !is_line_end (peek_char (self)))
    self->position += char_length (self);
}

/* FALSE if it has no end. */
static gboolean
skip_block_comment (FermataJsLexer *self,
                    gboolean       *after_newline)
{
  gsize begin = self->position;

  for (self->position += 2; self->position < self->length; self->position += char_length (self))
    {
      if (starts_with (self, "*/"))
        {
          self->position += 2;
          return TRUE;
        }
      if (is_line_end (peek_char (self)))
        *after_newline = TRUE;
    }

  self->position = begin;
  self->problem = "comment without an end";
  return FALSE;
}

static gboolean
skip_blanks (FermataJsLexer *self,
             gboolean       *after_newline)
{
  *after_newline = FALSE;

  while (self->position < self->length)
    {
      gunichar c = peek_char (self);

      if (is_space (c))
        {
          if (is_line_end (c))
            *after_newline = TRUE;
          self->position += char_length (self);
        }
      else if (starts_with (self, "//"))
        skip_line (self);
      else if (!starts_with (self, "/*"))
        return TRUE;
      else if (!skip_block_comment (self, after_newline))
        return FALSE;
    }

  return TRUE;
}

static void
skip_name (FermataJsLexer *self)
{
  while (self->position < self->length && is_name_part (peek_char (self)))
    {
      gboolean escape = starts_with (self, "\\u{");

      self->position += escape ? 3 : char_length (self);
      while (escape && g_ascii_isxdigit (peek (self, 0)))
        self->position++;
      if (escape && peek (self, 0) == '}')
        self->position++;
    }
}

/* Digits, letters, one dot before any letter, signs as part of an exponent.
 * Whether the number is well formed is for JavaScriptCore to say. */
static void
skip_number (FermataJsLexer *self)
{
  gboolean decimal = !(peek (self, 0) == '0' && g_ascii_isalpha (peek (self, 1)));
  gboolean dot_allowed = decimal;

  for (;; self->position++)
    {
      char c = peek (self, 0);

      if (decimal && (c == 'e' || c == 'E') && (peek (self, 1) == '+' || peek (self, 1) == '-'))
        self->position++;
      else if (c == '.' && !dot_allowed)
        return;
      else if (!g_ascii_isalnum (c) && c != '_' && c != '.')
        return;

      if (!g_ascii_isdigit (c) && c != '_')
        dot_allowed = FALSE;
    }
}

static FermataJsTokenKind
skip_string (FermataJsLexer *self)
{
  gsize begin = self->position;
  char quote = peek (self, 0);

  for (self->position++; self->position < self->length; self->position += char_length (self))
    {
      char c = peek (self, 0);

      if (c == quote)
        {
          self->position++;
          return FERMATA_JS_TOKEN_STRING;
        }
      if (c == '\n' || c == '\r')
        break;
      if (c == '\\')
        {
          self->position++;
          if (peek (self, 0) == '\r' && peek (self, 1) == '\n')
            self->position++;
          if (self->position >= self->length)
            break;
        }
    }

  self->position = begin;
  self->problem = "string without an end";
  return FERMATA_JS_TOKEN_INVALID;
}

static FermataJsTokenKind
skip_template (FermataJsLexer *self)
{
  gsize begin = self->position;

  for (self->position++; self->position < self->length; self->position += char_length (self))
    {
      if (peek (self, 0) == '`')
        {
          self->position++;
          return FERMATA_JS_TOKEN_TEMPLATE;
        }
      if (starts_with (self, "${"))
        {
          self->position += 2;
          return FERMATA_JS_TOKEN_TEMPLATE_PIECE;
        }
      if (peek (self, 0) == '\\' && ++self->position >= self->length)
        break;
    }

  self->position = begin;
  self->problem = "template literal without an end";
  return FERMATA_JS_TOKEN_INVALID;
}

static FermataJsTokenKind
skip_operator (FermataJsLexer *self)
{
  /* A dot that begins a number makes the ? a conditional's: a?.5:1 */
  if (starts_with (self, "?.") && !g_ascii_isdigit (peek (self, 2)))
    {
      self->position += 2;
      return FERMATA_JS_TOKEN_CHAIN;
    }

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    {
      if (starts_with (self, operators[i].text))
        {
          self->position += strlen (operators[i].text);
          return operators[i].kind;
        }
    }

  if (strchr ("()[]{},;:?./", peek (self, 0)) != NULL && peek (self, 0) != '\0')
    return (FermataJsTokenKind) self->text[self->position++];

  self->problem = "unexpected character";
  return FERMATA_JS_TOKEN_INVALID;
}

/* JavaScript still reads these as comments to the end of the line. */
static gboolean
is_html_comment (FermataJsLexer *self,
                 gboolean        after_newline)
{
  return starts_with (self, "<!--") || (after_newline && starts_with (self, "-->"));
}

static FermataJsTokenKind
skip_token (FermataJsLexer *self,
            gboolean        after_newline)
{
  char c = peek (self, 0);

  if (self->position >= self->length)
    return FERMATA_JS_TOKEN_END;

  if (is_html_comment (self, after_newline))
    {
      self->problem = "HTML comment";
      return FERMATA_JS_TOKEN_INVALID;
    }

  if (c == '"' || c == '\'')
    return skip_string (self);

  if (c == '`')
    return skip_template (self);

  if (g_ascii_isdigit (c) || (c == '.' && g_ascii_isdigit (peek (self, 1))))
    {
      skip_number (self);
      return FERMATA_JS_TOKEN_NUMBER;
    }

  if (is_name_start (peek_char (self)))
    {
      skip_name (self);
      return FERMATA_JS_TOKEN_NAME;
    }

  if (c == '#')
    {
      self->position++;
      skip_name (self);
      return FERMATA_JS_TOKEN_PRIVATE_NAME;
    }

  return skip_operator (self);
}

void
fermata_js_lexer_next (FermataJsLexer *self,
                       FermataJsToken *token)
{
  if (!skip_blanks (self, &token->after_newline))
    {
      token->kind = FERMATA_JS_TOKEN_INVALID;
      token->start = token->end = self->position;
      return;
    }

  token->start = self->position;
  token->kind = skip_token (self, token->after_newline || !self->started);
  token->end = self->position;
  self->started = TRUE;
}

void
fermata_js_lexer_continue_template (FermataJsLexer *self,
                                    FermataJsToken *token)
{
  /* From the closing bracket on, as from a backtick */
  self->position = token->start;
  token->kind = skip_template (self);
  token->end = self->position;
}

gboolean
fermata_js_token_is (const FermataJsToken *token,
                     const char           *text,
                     const char           *name)
{
  gsize length = strlen (name);

  return token->kind == FERMATA_JS_TOKEN_NAME &&
         token->end - token->start == length &&
         memcmp (text + token->start, name, length) == 0;
}

/* Reads `uXXXX`, `u{X…}` or `xXX` after a backslash; -1 if it is neither.
 * Moves @cursor past it. */
static gint64
read_code_point (const char **cursor,
                 const char  *end)
{
  const char *p = *cursor;
  gboolean braces = end - p > 1 && p[0] == 'u' && p[1] == '{';
  int digits = *p == 'x' ? 2 : 4;
  gint64 c = 0;
  int n = 0;

  for (p += braces ? 2 : 1; p < end && g_ascii_isxdigit (*p) && (braces || n < digits); p++, n++)
    {
      c = c * 16 + g_ascii_xdigit_value (*p);
      if (c > 0x10ffff)
        return -1;
    }

  if (braces ? n == 0 || p >= end || *p++ != '}' : n != digits)
    return -1;

  *cursor = p;
  return c;
}

static gboolean
is_surrogate (gint64 c)
{
  return c >= 0xd800 && c <= 0xdfff;
}

/* The second half, if one follows @cursor, joined to @high. */
static gint64
join_surrogates (gint64       high,
                 const char **cursor,
                 const char  *end)
{
  const char *p = *cursor;
  gint64 low;

  if (high > 0xdbff || end - p < 2 || p[0] != '\\' || p[1] != 'u')
    return -1;

  p++;
  low = read_code_point (&p, end);
  if (low < 0xdc00 || low > 0xdfff)
    return -1;

  *cursor = p;
  return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

static gboolean
append_code_point (const char **cursor,
                   const char  *end,
                   GString     *buffer)
{
  gint64 c = read_code_point (cursor, end);

  if (is_surrogate (c))
    c = join_surrogates (c, cursor, end);
  if (c <= 0)
    return FALSE;

  g_string_append_unichar (buffer, (gunichar) c);
  return TRUE;
}

/* @cursor is behind the backslash. */
static gboolean
append_escape (const char **cursor,
               const char  *end,
               GString     *buffer)
{
  static const char letters[] = "bfnrtv";
  static const char meanings[] = "\b\f\n\r\t\v";
  const char *p = *cursor;
  const char *letter = strchr (letters, *p);

  if (*p == 'u' || *p == 'x')
    return append_code_point (cursor, end, buffer);

  /* Octal digits, and \0, which no C string holds */
  if (g_ascii_isdigit (*p))
    return FALSE;

  if (letter != NULL)
    g_string_append_c (buffer, meanings[letter - letters]);
  else if (!is_line_end (g_utf8_get_char (p)))
    g_string_append_len (buffer, p, g_utf8_skip[(guchar) *p]);
  else if (p[0] == '\r' && end - p > 1 && p[1] == '\n')
    p++;

  *cursor = p + g_utf8_skip[(guchar) *p];
  return TRUE;
}

static char *
unescape (const char *start,
          const char *end)
{
  g_autoptr (GString) buffer = g_string_sized_new (end - start);

  for (const char *p = start; p < end;)
    {
      if (*p != '\\')
        g_string_append_c (buffer, *p++);
      else if (++p >= end || !append_escape (&p, end, buffer))
        return NULL;
    }

  return g_string_free (g_steal_pointer (&buffer), FALSE);
}

char *
fermata_js_token_dup_name (const FermataJsToken *token,
                           const char           *text)
{
  return unescape (text + token->start, text + token->end);
}

char *
fermata_js_token_dup_string (const FermataJsToken *token,
                             const char           *text)
{
  return unescape (text + token->start + 1, text + token->end - 1);
}
