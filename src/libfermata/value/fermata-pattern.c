/* fermata-pattern.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-pattern-private.h"

#include <string.h>

/* PCRE counts the steps of its backtracking, but only from one place on where
 * a match may begin, and each may look at all of the text. So a short text is
 * matched with few steps. A long one, or one that needs more, is matched place
 * by place, with a look at the clock between, and with ten times the steps as
 * long as there is time for that. */
#define SHORT_TEXT 1000

/* The numbers of steps that it may be compiled for. */
static const guint steps[] = { 10, 100, 1000, 2000, 10000, 100000, 1000000 };

#define FEW 1
#define SHORT 3
#define MOST (G_N_ELEMENTS (steps) - 1)

struct _FermataPattern {
  char *pattern;
  GRegexCompileFlags flags;
  gboolean is_literal;
  gboolean is_short_sighted;
  GRegex *regexes[G_N_ELEMENTS (steps)];   /* each made when it is needed */
};

/* Whether no attempt looks at more of the text than the pattern is long. */
static gboolean
is_short_sighted (const char *pattern)
{
  return strpbrk (pattern, "*+{") == NULL && strstr (pattern, "(?") == NULL;
}

/* Whether it matches only itself. */
static gboolean
is_literal (const char *pattern)
{
  return strpbrk (pattern, "\\^$.|?*+()[]{}#") == NULL;
}

static GRegex *
compile (FermataPattern  *self,
         guint            level,
         GError         **error)
{
  g_autofree char *limited = g_strdup_printf ("(*LIMIT_MATCH=%u)(*LIMIT_DEPTH=50000)(*LIMIT_HEAP=65536)%s",
                                              steps[level], self->pattern);
  GRegex *regex = g_regex_new (limited, self->flags, G_REGEX_MATCH_DEFAULT, NULL);

  if (regex != NULL)
    return regex;

  /* Once more, for a message without what the user did not write */
  regex = g_regex_new (self->pattern, self->flags, G_REGEX_MATCH_DEFAULT, error);
  if (regex != NULL)
    g_set_error_literal (error, G_REGEX_ERROR, G_REGEX_ERROR_COMPILE, "not a pattern");
  g_clear_pointer (&regex, g_regex_unref);
  return NULL;
}

static GRegex *
get_regex (FermataPattern  *self,
           guint            level,
           GError         **error)
{
  GRegex *regex = g_atomic_pointer_get (&self->regexes[level]);

  if (regex != NULL)
    return regex;

  regex = compile (self, level, error);
  if (regex != NULL && !g_atomic_pointer_compare_and_exchange (&self->regexes[level], NULL, regex))
    {
      g_regex_unref (regex);
      regex = g_atomic_pointer_get (&self->regexes[level]);
    }
  return regex;
}

FermataPattern *
fermata_pattern_new (const char          *pattern,
                     GRegexCompileFlags   flags,
                     GError             **error)
{
  g_autoptr (FermataPattern) self = NULL;

  if (strlen (pattern) > FERMATA_PATTERN_MAX_LENGTH)
    {
      g_set_error (error, G_REGEX_ERROR, G_REGEX_ERROR_COMPILE,
                   "expected a pattern of at most %u bytes", FERMATA_PATTERN_MAX_LENGTH);
      return NULL;
    }

  self = g_new0 (FermataPattern, 1);
  self->pattern = g_strdup (pattern);
  self->flags = flags;
  self->is_literal = is_literal (pattern) && (flags & (G_REGEX_CASELESS | G_REGEX_EXTENDED)) == 0;
  self->is_short_sighted = is_short_sighted (pattern);

  if (get_regex (self, SHORT, error) == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

void
fermata_pattern_free (FermataPattern *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    g_clear_pointer (&self->regexes[i], g_regex_unref);
  g_free (self->pattern);
  g_free (self);
}

static gboolean
is_limit (const GError *error)
{
  return g_error_matches (error, G_REGEX_ERROR, G_REGEX_ERROR_MATCH);
}

typedef struct {
  FermataPattern *pattern;
  const char *text;
  gsize length;
  guint level;     /* in steps */
  gint64 end;      /* of its time */
} Search;

static gboolean
fail_slow (Search  *search,
           GError **error)
{
  g_set_error (error, G_REGEX_ERROR, G_REGEX_ERROR_MATCH,
               "“%.100s” takes too long on this text", search->pattern->pattern);
  return FALSE;
}

/* Whether there is time for ten times what was just done. */
static gboolean
raise_steps (Search *search,
             gint64  begun)
{
  gint64 now = g_get_monotonic_time ();

  if (search->level == MOST || now + 10 * (now - begun) > search->end)
    return FALSE;

  search->level++;
  return TRUE;
}

static gboolean
match_at (Search  *search,
          gsize    at,
          GError **error)
{
  for (;;)
    {
      g_autoptr (GError) local_error = NULL;
      GRegex *regex = get_regex (search->pattern, search->level, error);
      gint64 begun = g_get_monotonic_time ();

      if (regex == NULL)
        return FALSE;
      if (begun > search->end)
        return fail_slow (search, error);

      if (g_regex_match_full (regex, search->text, (gssize) search->length, (int) at,
                              G_REGEX_MATCH_ANCHORED, NULL, &local_error))
        return TRUE;
      if (local_error == NULL)
        return FALSE;
      if (!is_limit (local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (!raise_steps (search, begun))
        return fail_slow (search, error);
    }
}

static gboolean
match_slowly (Search  *search,
              gint64   microseconds,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean matched = FALSE;
  gsize at = 0;

  search->end = g_get_monotonic_time () + microseconds;
  for (search->level = 0; search->level < SHORT && steps[search->level] * search->length < 10000000;)
    search->level++;

  for (;;)
    {
      matched = match_at (search, at, &local_error);
      if (matched || local_error != NULL || at >= search->length)
        break;
      at += (gsize) g_utf8_skip[(guchar) search->text[at]];
    }

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return matched;
}

static gboolean
match_quickly (Search  *search,
               gint64   microseconds,
               GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GRegex *regex = get_regex (search->pattern, search->level, error);
  gboolean matched;

  if (regex == NULL)
    return FALSE;

  matched = g_regex_match_full (regex, search->text, (gssize) search->length, 0,
                                G_REGEX_MATCH_DEFAULT, NULL, &local_error);
  if (is_limit (local_error))
    return match_slowly (search, microseconds, error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return matched;
}

gboolean
fermata_pattern_matches (FermataPattern  *self,
                         const char      *text,
                         gsize            length,
                         gint64           microseconds,
                         GError         **error)
{
  Search search = { self, text, length };

  if (self->is_literal)
    return memmem (text, length, self->pattern, strlen (self->pattern)) != NULL;

  if (length > G_MAXINT)
    {
      g_set_error (error, G_REGEX_ERROR, G_REGEX_ERROR_MATCH, "the text is too long");
      return FALSE;
    }

  if (length <= SHORT_TEXT)
    search.level = SHORT;
  else if (self->is_short_sighted)
    search.level = FEW;
  else
    return match_slowly (&search, microseconds, error);

  return match_quickly (&search, microseconds, error);
}
