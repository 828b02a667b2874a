/* fermata-scanner-string.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-scanner-private.h"
#include "value/fermata-utf8-private.h"
#include "value/fermata-value-private.h"

/* To the end of a string, the next escape, or what must not be there. */
static inline const char *
skip_unescaped (const char *at,
                const char *end)
{
  for (;;)
    {
      gsize n_bytes = 0;

      at = fermata_utf8_skip_plain (at, end, TRUE);
      while (at < end && (guint8) *at >= 0x80 && (n_bytes = fermata_utf8_measure (at, end)) > 0)
        at += n_bytes;
      if (n_bytes == 0)
        return at;
    }
}

static gboolean
read_hex (const char *at,
          const char *end,
          gunichar   *unit)
{
  *unit = 0;
  for (int i = 0; i < 4; i++)
    {
      if (at + i >= end || !g_ascii_isxdigit (at[i]))
        return FALSE;
      *unit = *unit * 16 + (gunichar) g_ascii_xdigit_value (at[i]);
    }
  return TRUE;
}

static gboolean
is_high_surrogate (gunichar unit)
{
  return unit >= 0xd800 && unit <= 0xdbff;
}

static gboolean
is_low_surrogate (gunichar unit)
{
  return unit >= 0xdc00 && unit <= 0xdfff;
}

static char
get_short_escape (char letter)
{
  switch (letter)
    {
    case '"':
    case '\\':
    case '/':
      return letter;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return '\0';
    }
}

const char *
fermata_scanner_read_escape (const char *at,
                             gunichar   *character)
{
  gunichar low;

  if (*at != 'u')
    {
      *character = (gunichar) get_short_escape (*at);
      return at + 1;
    }
  read_hex (at + 1, at + 5, character);
  at += 5;
  if (!is_high_surrogate (*character))
    return at;
  read_hex (at + 2, at + 6, &low);
  *character = 0x10000 + ((*character - 0xd800) << 10) + (low - 0xdc00);
  return at + 6;
}

static gboolean
fail_at_hex (FermataScanner *self,
             const char     *at)
{
  for (int i = 0; i < 4 && at < self->end && g_ascii_isxdigit (*at); i++)
    at++;
  fermata_scanner_fail_expecting (self, at, "four hexadecimal digits after \\u");
  return FALSE;
}

/* @at is behind the backslash. */
static gboolean
check_escape (FermataScanner *self,
              const char     *at)
{
  gunichar unit;
  gunichar low;

  if (at >= self->end || (*at != 'u' && get_short_escape (*at) == '\0'))
    {
      fermata_scanner_fail_expecting (self, at, "one of \" \\ / b f n r t u after the backslash");
      return FALSE;
    }
  if (*at != 'u')
    return TRUE;
  if (!read_hex (at + 1, self->end, &unit))
    return fail_at_hex (self, at + 1);
  if (is_low_surrogate (unit))
    {
      fermata_scanner_fail (self, at - 1, FERMATA_VALUE_ERROR_SYNTAX,
                            "expected \\uD800 to \\uDBFF before the low surrogate, "
                            "found only \\u%04X", unit);
      return FALSE;
    }
  if (!is_high_surrogate (unit))
    return TRUE;

  at += 5;
  if (self->end - at < 2 || at[0] != '\\' || at[1] != 'u')
    {
      fermata_scanner_fail_expecting (self, at, "\\uDC00 to \\uDFFF after the high surrogate");
      return FALSE;
    }
  if (!read_hex (at + 2, self->end, &low))
    return fail_at_hex (self, at + 2);
  if (!is_low_surrogate (low))
    {
      fermata_scanner_fail (self, at, FERMATA_VALUE_ERROR_SYNTAX,
                            "expected \\uDC00 to \\uDFFF after the high surrogate, "
                            "found \\u%04X", low);
      return FALSE;
    }
  return TRUE;
}

/* A string has at least one escape: what it says is not what it looks like. */
static const char *
decode_string (FermataScanner *self,
               const char     *begin,
               const char     *at)
{
  g_string_truncate (self->decoded, 0);
  for (;;)
    {
      gunichar character;

      g_string_append_len (self->decoded, begin, at - begin);
      if (at >= self->end || *at != '\\')
        break;
      if (!check_escape (self, at + 1))
        return NULL;
      begin = fermata_scanner_read_escape (at + 1, &character);
      if (character < 0x80)
        g_string_append_c (self->decoded, (char) character);
      else
        g_string_append_unichar (self->decoded, character);
      at = skip_unescaped (begin, self->end);
    }
  self->string = self->decoded->str;
  self->length = self->decoded->len;
  return at;
}

FermataToken
fermata_scanner_read_string (FermataScanner *self,
                             FermataToken    token)
{
  const char *begin = self->at + 1;
  const char *at = skip_unescaped (begin, self->end);

  self->string = begin;
  self->length = (gsize) (at - begin);
  if (at < self->end && *at == '\\')
    {
      at = decode_string (self, begin, at);
      if (at == NULL)
        return FERMATA_TOKEN_ERROR;
    }
  if (at >= self->end)
    return fermata_scanner_fail_expecting (self, at, "'\"' at the end of the string");
  if (*at != '"' && (guint8) *at < 0x20)
    return fermata_scanner_fail_expecting (self, at, "an escape (such as \\n) for a control character");
  if (*at != '"')
    return fermata_scanner_fail_expecting (self, at, "a character");
  if (self->length > FERMATA_VALUE_MAX_LENGTH)
    return fermata_scanner_fail (self, begin - 1, FERMATA_VALUE_ERROR_SIZE,
                                 "expected a string of less than 4 GiB, "
                                 "found %" G_GSIZE_FORMAT " bytes", self->length);
  self->at = at + 1;
  self->expected = token == FERMATA_TOKEN_NAME ? FERMATA_EXPECT_COLON : FERMATA_EXPECT_NEXT;
  return token;
}
