/* fermata-model-id.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-model-id.h"

#include <stdlib.h>
#include <string.h>

/* Sorted. The words of strict code, since expressions are strict, and the
 * names that a program cannot bind. */
static const char *const reserved_words[] = {
  "arguments", "await", "break", "case", "catch", "class", "const", "continue",
  "debugger", "default", "delete", "do", "else", "enum", "eval", "export",
  "extends", "false", "finally", "for", "function", "if", "implements",
  "import", "in", "instanceof", "interface", "let", "new", "null", "package",
  "private", "protected", "public", "return", "static", "super", "switch",
  "this", "throw", "true", "try", "typeof", "undefined", "var", "void",
  "while", "with", "yield",
};

static int
compare_words (const void *a,
               const void *b)
{
  return strcmp (a, *(const char *const *) b);
}

/* ID_Start and ID_Continue of Unicode, by general category. */
static gboolean
may_start_name (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalpha (c) || c == '_' || c == '$';
  return g_unichar_isalpha (c) || g_unichar_type (c) == G_UNICODE_LETTER_NUMBER;
}

static gboolean
may_continue_name (gunichar c)
{
  if (may_start_name (c))
    return TRUE;
  switch (g_unichar_type (c))
    {
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_CONNECT_PUNCTUATION:
      return TRUE;
    default:
      return c == 0x200c || c == 0x200d;
    }
}

/**
 * fermata_model_id_is_valid:
 * @id: UTF-8 text
 * @length: its length in bytes, -1 if it ends with a NUL
 *
 * Tells whether a node or an edge may be called so: any text but the empty
 * one, without `/`, `#`, `>` and control characters.
 *
 * Returns: whether it may
 */
gboolean
fermata_model_id_is_valid (const char *id,
                           gssize      length)
{
  const char *end;

  g_return_val_if_fail (id != NULL, FALSE);

  end = id + (length < 0 ? (gssize) strlen (id) : length);
  if (id == end)
    return FALSE;
  for (const char *p = id; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* C0 and C1 controls, DEL, and the line ends of Unicode. */
      if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029)
        return FALSE;
      if (c == '/' || c == '#' || c == '>')
        return FALSE;
    }
  return TRUE;
}

/**
 * fermata_model_name_is_valid:
 * @name: UTF-8 text
 *
 * Tells whether an input or a variable may be called so: a JavaScript
 * identifier that is not a reserved word.
 *
 * Returns: whether it may
 */
gboolean
fermata_model_name_is_valid (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (!may_start_name (g_utf8_get_char (name)))
    return FALSE;
  for (const char *p = g_utf8_next_char (name); *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!may_continue_name (g_utf8_get_char (p)))
        return FALSE;
    }
  return bsearch (name, reserved_words, G_N_ELEMENTS (reserved_words),
                  sizeof reserved_words[0], compare_words) == NULL;
}
