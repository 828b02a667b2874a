/* fermata-cli-text.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text for people. Widths are columns of a terminal. */

typedef enum {
  CLI_STYLE_STRONG,
  CLI_STYLE_FAINT,
  CLI_STYLE_GOOD,
  CLI_STYLE_BAD,
  CLI_STYLE_DOUBTFUL,
  CLI_STYLE_HINT,
} CliStyle;

guint  cli_char_width          (gunichar    c);
guint  cli_text_width          (const char *text);

/* Control characters and what is not UTF-8 are shown, not sent. */
void   cli_text_add_harmless   (GString    *to,
                                const char *text,
                                gssize      length);
char  *cli_text_dup_harmless   (const char *text);

/* At most @width columns, the last of which is an ellipsis if it was cut. */
void   cli_text_add_cut        (GString    *to,
                                const char *text,
                                guint       width);

/* The same, but what is left out is its beginning. */
void   cli_text_add_cut_front  (GString    *to,
                                const char *text,
                                guint       width);

/* Filled up with spaces to @width columns. */
void   cli_text_add_padded     (GString    *to,
                                const char *text,
                                guint       width);

/* Broken between words; every line but the first begins with @indent spaces,
 * and the first is there already up to column @indent. */
void   cli_text_add_wrapped    (GString    *to,
                                const char *text,
                                guint       indent,
                                guint       width);
void   cli_text_add_styled     (GString    *to,
                                gboolean    colour,
                                CliStyle    style,
                                const char *text);

/* "340 ms", "1.2 s", "3 min 12 s", "1 h 03 min" */
char  *cli_text_dup_duration   (gint64      microseconds);

/* The same, but "0.3 s": while it grows its form does not change. */
char  *cli_text_dup_elapsed    (gint64      microseconds);

/* Of @words (NULL-terminated), the one that was probably meant by @word. */
const char *cli_text_find_similar (const char        *word,
                                   const char *const *words);

G_END_DECLS
