/* fermata-scanner.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "value/fermata-scanner-private.h"
#include "value/fermata-utf8-private.h"

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

FermataToken
fermata_scanner_fail_expecting (FermataScanner *self,
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
    return fermata_scanner_fail_expecting (self, self->at, expected);
  self->at = behind;
  self->expected = FERMATA_EXPECT_NEXT;
  return token;
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
    return fermata_scanner_fail_expecting (self, self->at, expected);

  switch (*self->at)
    {
    case '"':
      return fermata_scanner_read_string (self, FERMATA_TOKEN_STRING);
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
      return fermata_scanner_read_number (self);
    default:
      return fermata_scanner_fail_expecting (self, self->at, expected);
    }
}

static FermataToken
read_name (FermataScanner *self,
           const char     *expected)
{
  self->token = self->at;
  if (self->at >= self->end || *self->at != '"')
    return fermata_scanner_fail_expecting (self, self->at, expected);
  return fermata_scanner_read_string (self, FERMATA_TOKEN_NAME);
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
        return fermata_scanner_fail_expecting (self, self->at, "the end of the text");
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
  return fermata_scanner_fail_expecting (self, self->at, is_array ? "',' or ']'" : "',' or '}'");
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
      return found == ']' ? close_container (self)
                          : read_value (self, "a value or ']'");
    case FERMATA_EXPECT_FIRST_NAME:
      self->token = self->at;
      return found == '}' ? close_container (self)
                          : read_name (self, "a name in double quotes or '}'");
    case FERMATA_EXPECT_COLON:
      if (found != ':')
        return fermata_scanner_fail_expecting (self, self->at, "':' after the name");
      self->at = skip_space (self->at + 1, self->end);
      return read_value (self, "a value after the colon");
    case FERMATA_EXPECT_NEXT:
      return read_next (self);
    case FERMATA_EXPECT_VALUE:
    default:
      return read_value (self, "a value");
    }
}
