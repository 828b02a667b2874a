/* fermata-scanner.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "value/fermata-decimal-private.h"
#include "value/fermata-scanner-private.h"
#include "value/fermata-utf8-private.h"
#include "value/fermata-value-private.h"

#define EACH_BYTE(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))

void
fermata_scanner_init (FermataScanner *self,
                      const char     *text,
                      gsize           length,
                      guint           max_depth)
{
  *self = (FermataScanner) {
    .begin = text,
    .end = text + length,
    .at = text,
    .token = text,
    .expected = FERMATA_EXPECT_VALUE,
    .max_depth = max_depth,
    .decoded = g_string_new (NULL),
    .open = g_byte_array_new (),
  };
}

void
fermata_scanner_clear (FermataScanner *self)
{
  g_string_free (self->decoded, TRUE);
  g_byte_array_unref (self->open);
  g_free (self->error_message);
}

FermataToken
fermata_scanner_fail (FermataScanner    *self,
                      const char        *at,
                      FermataValueError  code,
                      const char        *format,
                      ...)
{
  va_list args;

  va_start (args, format);
  self->error_at = at;
  self->error_code = code;
  g_free (self->error_message);
  self->error_message = g_strdup_vprintf (format, args);
  va_end (args);
  return FERMATA_TOKEN_ERROR;
}

static gboolean
begins_with (FermataScanner *self,
             const char     *bytes)
{
  return (gsize) (self->end - self->begin) >= strlen (bytes) &&
         memcmp (self->begin, bytes, strlen (bytes)) == 0;
}

/* What a reader sees at @at: a word, a character, or the end. */
static char *
describe (FermataScanner *self,
          const char     *at)
{
  gsize n_bytes = fermata_utf8_measure (at, self->end);
  gunichar character;

  if (at >= self->end)
    return g_strdup ("the end of the text");
  if (at == self->begin && begins_with (self, "\xef\xbb\xbf"))
    return g_strdup ("a byte order mark (U+FEFF)");
  if (at == self->begin && (begins_with (self, "\xff\xfe") || begins_with (self, "\xfe\xff")))
    return g_strdup ("the byte order mark of UTF-16");
  if (n_bytes == 0)
    return g_strdup_printf ("the byte 0x%02X", (guint8) *at);
  if (*at == '\'')
    return g_strdup ("a single quote");

  character = g_utf8_get_char (at);
  if (g_ascii_isalnum (*at))
    {
      while (at + n_bytes < self->end && n_bytes < 20 && g_ascii_isalnum (at[n_bytes]))
        n_bytes++;
    }
  else if (character != ' ' && !g_unichar_isgraph (character))
    {
      return g_strdup_printf ("U+%04X", character);
    }
  return g_strdup_printf ("'%.*s'", (int) n_bytes, at);
}

static FermataToken
fail_expecting (FermataScanner *self,
                const char     *at,
                const char     *expected)
{
  g_autofree char *found = describe (self, at);

  if (at < self->end && fermata_utf8_measure (at, self->end) == 0)
    return fermata_scanner_fail (self, at, FERMATA_VALUE_ERROR_ENCODING,
                                 "expected %s in UTF-8, found %s", expected, found);
  return fermata_scanner_fail (self, at, FERMATA_VALUE_ERROR_SYNTAX,
                               "expected %s, found %s", expected, found);
}

static inline guint64
load_word (const char *at)
{
  guint64 word;

  memcpy (&word, at, sizeof word);
  return GUINT64_FROM_LE (word);
}

static inline const char *
skip_space (const char *at,
            const char *end)
{
  for (; at < end; at++)
    {
      while (end - at >= 8 && load_word (at) == EACH_BYTE (' '))
        at += 8;
      if (at == end || (*at != ' ' && *at != '\n' && *at != '\r' && *at != '\t'))
        break;
    }
  return at;
}

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
  fail_expecting (self, at, "four hexadecimal digits after \\u");
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
      fail_expecting (self, at, "one of \" \\ / b f n r t u after the backslash");
      return FALSE;
    }
  if (*at != 'u')
    return TRUE;
  if (!read_hex (at + 1, self->end, &unit))
    return fail_at_hex (self, at + 1);
  if (is_low_surrogate (unit))
    {
      fermata_scanner_fail (self, at - 1, FERMATA_VALUE_ERROR_SYNTAX,
                            "expected \\uD800 to \\uDBFF before the low surrogate, found only \\u%04X", unit);
      return FALSE;
    }
  if (!is_high_surrogate (unit))
    return TRUE;

  at += 5;
  if (self->end - at < 2 || at[0] != '\\' || at[1] != 'u')
    {
      fail_expecting (self, at, "\\uDC00 to \\uDFFF after the high surrogate");
      return FALSE;
    }
  if (!read_hex (at + 2, self->end, &low))
    return fail_at_hex (self, at + 2);
  if (!is_low_surrogate (low))
    {
      fermata_scanner_fail (self, at, FERMATA_VALUE_ERROR_SYNTAX,
                            "expected \\uDC00 to \\uDFFF after the high surrogate, found \\u%04X", low);
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

static FermataToken
read_string (FermataScanner *self,
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
    return fail_expecting (self, at, "'\"' at the end of the string");
  if (*at != '"')
    return fail_expecting (self, at, (guint8) *at < 0x20 ? "an escape (such as \\n) for a control character"
                                                         : "a character");
  if (self->length > FERMATA_VALUE_MAX_LENGTH)
    return fermata_scanner_fail (self, begin - 1, FERMATA_VALUE_ERROR_SIZE,
                                 "expected a string of less than 4 GiB, found %" G_GSIZE_FORMAT " bytes",
                                 self->length);
  self->at = at + 1;
  self->expected = token == FERMATA_TOKEN_NAME ? FERMATA_EXPECT_COLON : FERMATA_EXPECT_NEXT;
  return token;
}

static FermataToken
read_literal (FermataScanner *self,
              const char     *expected,
              const char     *literal,
              gsize           length,
              FermataToken    token)
{
  const char *behind = self->at + length;

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, literal, length) != 0 ||
      (behind < self->end && g_ascii_isalnum (*behind)))
    return fail_expecting (self, self->at, expected);
  self->at = behind;
  self->expected = FERMATA_EXPECT_NEXT;
  return token;
}

/* A number's text taken apart: mantissa times ten to the power of exponent. */
typedef struct {
  const char *end;
  guint64 mantissa;             /* of the first 19 digits */
  gint64 exponent;
  int n_digits;                 /* in mantissa */
  gboolean is_negative;
  gboolean is_whole;            /* neither fraction nor exponent */
  gboolean is_cut;              /* there were other digits than zeros behind those */
} Decimal;

#define MAX_MANTISSA_DIGITS 19

static inline const char *
read_digits (Decimal    *decimal,
             const char *at,
             const char *end,
             gboolean    is_fraction)
{
  for (; at < end && g_ascii_isdigit (*at); at++)
    {
      guint digit = (guint) (*at - '0');

      if (decimal->n_digits < MAX_MANTISSA_DIGITS)
        {
          decimal->mantissa = decimal->mantissa * 10 + digit;
          decimal->n_digits += decimal->mantissa != 0;
          decimal->exponent -= is_fraction;
        }
      else
        {
          decimal->is_cut |= digit != 0;
          decimal->exponent += !is_fraction;
        }
    }
  return at;
}

/* An exponent that is beyond all reason stays so, whatever its digits. */
static const char *
read_exponent (Decimal    *decimal,
               const char *at,
               const char *end)
{
  const gint64 limit = G_GINT64_CONSTANT (1) << 50;
  gboolean is_negative = at < end && *at == '-';
  const char *first;
  gint64 exponent = 0;

  if (at < end && (*at == '-' || *at == '+'))
    at++;
  for (first = at; at < end && g_ascii_isdigit (*at); at++)
    exponent = MIN (exponent * 10 + (*at - '0'), limit);
  decimal->exponent += is_negative ? -exponent : exponent;
  decimal->end = at;
  return at > first ? at : NULL;
}

static gboolean
read_decimal (FermataScanner *self,
              Decimal        *decimal)
{
  const char *at = self->at;
  const char *end = self->end;
  const char *first;

  decimal->is_negative = *at == '-';
  decimal->is_whole = TRUE;
  first = at += decimal->is_negative;
  at = read_digits (decimal, at, end, FALSE);
  if (at == first)
    return fail_expecting (self, at, "a digit"), FALSE;
  if (*first == '0' && at > first + 1)
    return fail_expecting (self, first + 1, "'.', 'e' or the end of the number after a leading 0"), FALSE;

  if (at < end && *at == '.')
    {
      decimal->is_whole = FALSE;
      first = ++at;
      at = read_digits (decimal, at, end, TRUE);
      if (at == first)
        return fail_expecting (self, at, "a digit after the point"), FALSE;
    }
  if (at < end && (*at == 'e' || *at == 'E'))
    {
      decimal->is_whole = FALSE;
      if (read_exponent (decimal, at + 1, end) == NULL)
        return fail_expecting (self, decimal->end, "a digit in the exponent"), FALSE;
      at = decimal->end;
    }
  decimal->end = at;
  return TRUE;
}

/* The C library is exact, but slow and needs a NUL. */
static double
convert_slowly (const char *text,
                gsize       length)
{
  char small[64];
  g_autofree char *large = NULL;

  if (length >= sizeof small)
    return g_ascii_strtod (large = g_strndup (text, length), NULL);
  memcpy (small, text, length);
  small[length] = '\0';
  return g_ascii_strtod (small, NULL);
}

static double
convert (const Decimal *decimal,
         const char    *text)
{
  double number;
  double next;

  if (!fermata_decimal_to_double (decimal->mantissa, decimal->exponent, &number))
    return convert_slowly (text, (gsize) (decimal->end - text));
  if (decimal->is_cut &&
      (!fermata_decimal_to_double (decimal->mantissa + 1, decimal->exponent, &next) || next != number))
    return convert_slowly (text, (gsize) (decimal->end - text));
  return decimal->is_negative ? -number : number;
}

/* Whether a double says the same as all these digits. */
static gboolean
is_exact (double      number,
          const char *text,
          gsize       length)
{
  char exact[400];

  if (!isfinite (number) || length >= sizeof exact)
    return FALSE;
  return (gsize) snprintf (exact, sizeof exact, "%.0f", number) == length &&
         memcmp (exact, text, length) == 0;
}

static FermataToken
read_number (FermataScanner *self)
{
  const guint64 limit = G_GUINT64_CONSTANT (1) << 63;
  Decimal decimal = { 0, };
  gboolean is_kept;

  if (!read_decimal (self, &decimal))
    return FERMATA_TOKEN_ERROR;
  self->string = self->at;
  self->length = (gsize) (decimal.end - self->at);
  self->at = decimal.end;
  self->expected = FERMATA_EXPECT_NEXT;

  if (decimal.mantissa == 0)
    {
      self->integer = 0;
      self->number = decimal.is_negative ? -0.0 : 0.0;
      return decimal.is_whole && !decimal.is_negative ? FERMATA_TOKEN_INTEGER : FERMATA_TOKEN_NUMBER;
    }
  if (decimal.is_whole && decimal.exponent == 0 && decimal.mantissa < limit + decimal.is_negative)
    {
      self->integer = (gint64) (decimal.is_negative ? -decimal.mantissa : decimal.mantissa);
      return FERMATA_TOKEN_INTEGER;
    }
  self->number = convert (&decimal, self->string);
  if (decimal.is_whole)
    is_kept = is_exact (self->number, self->string, self->length);
  else
    is_kept = isfinite (self->number) && self->number != 0.0;
  return is_kept ? FERMATA_TOKEN_NUMBER : FERMATA_TOKEN_NUMBER_TEXT;
}

static FermataToken
open_container (FermataScanner *self)
{
  gboolean is_array = *self->at == '[';

  if (self->open->len >= self->max_depth)
    return fermata_scanner_fail (self, self->at, FERMATA_VALUE_ERROR_DEPTH,
                                 "expected at most %u levels of arrays and objects, found one more",
                                 self->max_depth);
  g_byte_array_append (self->open, (const guint8 *) self->at, 1);
  self->at++;
  self->expected = is_array ? FERMATA_EXPECT_FIRST_ELEMENT : FERMATA_EXPECT_FIRST_NAME;
  return is_array ? FERMATA_TOKEN_BEGIN_ARRAY : FERMATA_TOKEN_BEGIN_OBJECT;
}

static FermataToken
close_container (FermataScanner *self)
{
  gboolean is_array = *self->at == ']';

  g_byte_array_set_size (self->open, self->open->len - 1);
  self->at++;
  self->expected = FERMATA_EXPECT_NEXT;
  return is_array ? FERMATA_TOKEN_END_ARRAY : FERMATA_TOKEN_END_OBJECT;
}

static FermataToken
read_value (FermataScanner *self,
            const char     *expected)
{
  self->token = self->at;
  if (self->at >= self->end)
    return fail_expecting (self, self->at, expected);

  switch (*self->at)
    {
    case '"':
      return read_string (self, FERMATA_TOKEN_STRING);
    case '[':
    case '{':
      return open_container (self);
    case 'n':
      return read_literal (self, expected, "null", 4, FERMATA_TOKEN_NULL);
    case 't':
      return read_literal (self, expected, "true", 4, FERMATA_TOKEN_TRUE);
    case 'f':
      return read_literal (self, expected, "false", 5, FERMATA_TOKEN_FALSE);
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
      return read_number (self);
    default:
      return fail_expecting (self, self->at, expected);
    }
}

static FermataToken
read_name (FermataScanner *self,
           const char     *expected)
{
  self->token = self->at;
  if (self->at >= self->end || *self->at != '"')
    return fail_expecting (self, self->at, expected);
  return read_string (self, FERMATA_TOKEN_NAME);
}

/* Behind a value. */
static FermataToken
read_next (FermataScanner *self)
{
  gboolean is_array;
  char found = self->at < self->end ? *self->at : '\0';

  self->token = self->at;
  if (self->open->len == 0)
    {
      if (self->at < self->end)
        return fail_expecting (self, self->at, "the end of the text");
      return FERMATA_TOKEN_END;
    }

  is_array = self->open->data[self->open->len - 1] == '[';
  if (found == ',')
    {
      self->at = skip_space (self->at + 1, self->end);
      return is_array ? read_value (self, "a value after the comma")
                      : read_name (self, "a name in double quotes after the comma");
    }
  if (found == (is_array ? ']' : '}'))
    return close_container (self);
  return fail_expecting (self, self->at, is_array ? "',' or ']'" : "',' or '}'");
}

FermataToken
fermata_scanner_next (FermataScanner *self)
{
  char found;

  self->at = skip_space (self->at, self->end);
  found = self->at < self->end ? *self->at : '\0';
  switch (self->expected)
    {
    case FERMATA_EXPECT_FIRST_ELEMENT:
      self->token = self->at;
      return found == ']' ? close_container (self) : read_value (self, "a value or ']'");
    case FERMATA_EXPECT_FIRST_NAME:
      self->token = self->at;
      return found == '}' ? close_container (self) : read_name (self, "a name in double quotes or '}'");
    case FERMATA_EXPECT_COLON:
      if (found != ':')
        return fail_expecting (self, self->at, "':' after the name");
      self->at = skip_space (self->at + 1, self->end);
      return read_value (self, "a value after the colon");
    case FERMATA_EXPECT_NEXT:
      return read_next (self);
    case FERMATA_EXPECT_VALUE:
    default:
      return read_value (self, "a value");
    }
}
