/* fermata-cli-text.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-text.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const style_codes[] = {
  [CLI_STYLE_STRONG] = "1",
  [CLI_STYLE_FAINT] = "2",
  [CLI_STYLE_GOOD] = "32",
  [CLI_STYLE_BAD] = "1;31",
  [CLI_STYLE_DOUBTFUL] = "1;33",
  [CLI_STYLE_HINT] = "36",
};

guint
cli_char_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;

  return g_unichar_iswide (c) ? 2 : 1;
}

guint
cli_text_width (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += cli_char_width (g_utf8_get_char (text));

  return width;
}

/* Unicode has pictures of the first 32 control characters. What turns the
 * direction of text is as bad as what moves the cursor. */
static gunichar
harmless (gunichar c)
{
  if (c < 0x20)
    return 0x2400 + c;
  if (c == 0x7f)
    return 0x2421;
  if (c < 0xa0 && c > 0x7f)
    return 0xfffd;
  if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029)
    return 0xfffd;

  return c;
}

void
cli_text_add_harmless (GString    *to,
                       const char *text,
                       gssize      length)
{
  g_autofree char *valid = g_utf8_make_valid (text, length);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (to, harmless (g_utf8_get_char (p)));
}

char *
cli_text_dup_harmless (const char *text)
{
  GString *clean = g_string_new (NULL);

  cli_text_add_harmless (clean, text, -1);

  return g_string_free (clean, FALSE);
}

/* The end of what fits into @width columns. */
static const char *
find_end (const char *text,
          guint       width)
{
  guint used = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      used += cli_char_width (g_utf8_get_char (text));
      if (used > width)
        break;
    }

  return text;
}

void
cli_text_add_cut (GString    *to,
                  const char *text,
                  guint       width)
{
  const char *end = find_end (text, width);

  if (*end == '\0')
    g_string_append (to, text);
  else if (width > 0)
    {
      g_string_append_len (to, text, find_end (text, width - 1) - text);
      g_string_append (to, "…");
    }
}

void
cli_text_add_cut_front (GString    *to,
                        const char *text,
                        guint       width)
{
  const char *start = text;

  if (cli_text_width (text) > width && width > 0)
    g_string_append (to, "…");
  while (cli_text_width (start) > (start == text ? width : width - 1) && *start != '\0')
    start = g_utf8_next_char (start);
  if (width > 0)
    g_string_append (to, start);
}

void
cli_text_add_padded (GString    *to,
                     const char *text,
                     guint       width)
{
  guint used = cli_text_width (text);

  g_string_append (to, text);
  if (used < width)
    g_string_append_printf (to, "%*s", (int) (width - used), "");
}

void
cli_text_add_wrapped (GString    *to,
                      const char *text,
                      guint       indent,
                      guint       width)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint column = indent;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint word_width = cli_text_width (words[i]);

      if (column > indent && column + 1 + word_width > width)
        {
          g_string_append_printf (to, "\n%*s", (int) indent, "");
          column = indent;
        }
      else if (column > indent)
        {
          g_string_append_c (to, ' ');
          column++;
        }
      g_string_append (to, words[i]);
      column += word_width;
    }
}

void
cli_text_add_styled (GString    *to,
                     gboolean    colour,
                     CliStyle    style,
                     const char *text)
{
  if (colour)
    g_string_append_printf (to, "\033[%sm%s\033[0m", style_codes[style], text);
  else
    g_string_append (to, text);
}

char *
cli_text_dup_duration (gint64 microseconds)
{
  gint64 milliseconds = (microseconds + 500) / 1000;

  if (milliseconds < 1000)
    return g_strdup_printf (_("%d ms"), (int) milliseconds);

  return cli_text_dup_elapsed (microseconds);
}

char *
cli_text_dup_elapsed (gint64 microseconds)
{
  gint64 seconds = microseconds / G_USEC_PER_SEC;

  if (microseconds < 59950 * 1000)
    return g_strdup_printf (_("%.1f s"), microseconds / (double) G_USEC_PER_SEC);
  seconds = MAX (seconds, 60);
  if (seconds < 3600)
    return g_strdup_printf (_("%d min %02d s"), (int) (seconds / 60), (int) (seconds % 60));

  return g_strdup_printf (_("%d h %02d min"), (int) (seconds / 3600), (int) (seconds / 60 % 60));
}

/* The number of letters to add, drop, replace or swap with their neighbour;
 * @limit + 1 for any greater number. Only for short words. */
static guint
edit_distance (const char *a,
               const char *b,
               guint       limit)
{
  gsize n_a = strlen (a);
  gsize n_b = strlen (b);
  guint rows[3][40] = { { 0, }, };

  if (n_b >= G_N_ELEMENTS (rows[0]) || n_a >= G_N_ELEMENTS (rows[0]))
    return limit + 1;

  for (gsize j = 0; j <= n_b; j++)
    rows[0][j] = j;
  for (gsize i = 1; i <= n_a; i++)
    {
      guint *row = rows[i % 3];
      const guint *above = rows[(i + 2) % 3];
      const guint *two_above = rows[(i + 1) % 3];

      row[0] = i;
      for (gsize j = 1; j <= n_b; j++)
        {
          row[j] = MIN (MIN (above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], two_above[j - 2] + 1);
        }
    }

  return MIN (rows[n_a % 3][n_b], limit + 1);
}

const char *
cli_text_find_similar (const char        *word,
                       const char *const *words)
{
  guint best = MAX (strlen (word) / 3, 1);
  const char *found = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint distance = edit_distance (word, words[i], best);

      if (distance < best + (found == NULL))
        {
          best = distance;
          found = words[i];
        }
      else if (found == NULL && strlen (word) >= 3 && g_str_has_prefix (words[i], word))
        return words[i];
    }

  return found;
}
