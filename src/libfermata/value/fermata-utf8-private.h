/* fermata-utf8-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* The bytes of the character at @text, or 0 if it is not UTF-8. Overlong
 * forms, surrogates, what lies beyond U+10FFFF and what @end cuts off are
 * not; U+0000 is. */
static inline gsize
fermata_utf8_measure (const char *text,
                      const char *end)
{
  const guint8 *byte = (const guint8 *) text;
  gsize left = (gsize) (end - text);

#define IS_TAIL(i) ((byte[i] & 0xc0) == 0x80)
  if (left >= 1 && byte[0] < 0x80)
    return 1;
  if (left >= 2 && byte[0] >= 0xc2 && byte[0] <= 0xdf && IS_TAIL (1))
    return 2;
  if (left >= 3 && (byte[0] & 0xf0) == 0xe0 && IS_TAIL (1) && IS_TAIL (2) &&
      (byte[0] != 0xe0 || byte[1] >= 0xa0) && (byte[0] != 0xed || byte[1] < 0xa0))
    return 3;
  if (left >= 4 && byte[0] >= 0xf0 && byte[0] <= 0xf4 && IS_TAIL (1) && IS_TAIL (2) && IS_TAIL (3) &&
      (byte[0] != 0xf0 || byte[1] >= 0x90) && (byte[0] != 0xf4 || byte[1] < 0x90))
    return 4;
#undef IS_TAIL
  return 0;
}

/* To the first byte of a JSON string that is not just itself: a quote, a
 * backslash or a control character; if asked, also a part of a character of
 * more than one byte. */
static inline const char *
fermata_utf8_skip_plain (const char *at,
                         const char *end,
                         gboolean    stop_at_long)
{
  const guint64 each = G_GUINT64_CONSTANT (0x0101010101010101);

  while (end - at >= 8)
    {
      guint64 word;
      guint64 quote;
      guint64 backslash;
      guint64 special;

      /* Of each test, the top bit of a byte, if no lower byte passes it. */
      memcpy (&word, at, sizeof word);
      word = GUINT64_FROM_LE (word);
      quote = word ^ (each * '"');
      backslash = word ^ (each * '\\');
      special = ((quote - each) & ~quote) | ((backslash - each) & ~backslash) |
                ((word - each * 0x20) & ~word) | (stop_at_long ? word : 0);
      special &= each * 0x80;
      if (special != 0)
        return at + __builtin_ctzll (special) / 8;
      at += 8;
    }
  while (at < end && (guint8) *at >= 0x20 && *at != '"' && *at != '\\' &&
         !(stop_at_long && (guint8) *at >= 0x80))
    at++;
  return at;
}

static inline gboolean
fermata_utf8_is_valid (const char *text,
                       gsize       length)
{
  const char *end = text + length;

  while (text < end)
    {
      gsize n_bytes;
      guint64 word;

      if (end - text >= 8)
        {
          memcpy (&word, text, sizeof word);
          if ((word & G_GUINT64_CONSTANT (0x8080808080808080)) == 0)
            {
              text += 8;
              continue;
            }
        }
      n_bytes = fermata_utf8_measure (text, end);
      if (n_bytes == 0)
        return FALSE;
      text += n_bytes;
    }
  return TRUE;
}

G_END_DECLS
