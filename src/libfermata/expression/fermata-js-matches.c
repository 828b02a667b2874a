/* fermata-js-matches.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-matches-private.h"

#include <string.h>

/* PCRE counts the steps of its backtracking, but only from one place on where
 * a match may begin, and each may look at all of the text. So a short text is
 * matched with few steps. A long one, or one that needs more, is matched place
 * by place, with a look at the clock between, and with ten times the steps as
 * long as there is time for that. */
#define SHORT_TEXT 1000
#define SHORT_STEPS 2000
#define MAX_STEPS 1000000
#define MAX_MICROSECONDS (500 * 1000)

#define MAX_PATTERNS 256
#define MAX_PATTERN_LENGTH 10000

/* Compiled, for a pattern and a number of steps. */
static GRegex *
get_regex (GHashTable  *patterns,
           const char  *pattern,
           guint        steps,
           GError     **error)
{
  g_autofree char *limited = g_strdup_printf ("(*LIMIT_MATCH=%u)(*LIMIT_DEPTH=50000)(*LIMIT_HEAP=65536)%s",
                                              steps, pattern);
  GRegex *regex = g_hash_table_lookup (patterns, limited);

  if (regex != NULL)
    return regex;

  regex = g_regex_new (limited, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  if (regex == NULL)
    {
      /* Once more, for a message without what the user did not write */
      regex = g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, error);
      if (regex != NULL)
        g_set_error_literal (error, G_REGEX_ERROR, G_REGEX_ERROR_COMPILE, "not a pattern");
      g_clear_pointer (&regex, g_regex_unref);
      return NULL;
    }

  if (g_hash_table_size (patterns) >= MAX_PATTERNS)
    g_hash_table_remove_all (patterns);
  g_hash_table_insert (patterns, g_steal_pointer (&limited), regex);
  return regex;
}

static gboolean
is_limit (const GError *error)
{
  return g_error_matches (error, G_REGEX_ERROR, G_REGEX_ERROR_MATCH);
}

typedef struct {
  GHashTable *patterns;
  const char *pattern;
  const char *text;
  gsize length;
  guint steps;
  gint64 end;      /* of its time */
} Search;

static gboolean
fail_slow (Search  *search,
           GError **error)
{
  g_set_error (error, G_REGEX_ERROR, G_REGEX_ERROR_MATCH,
               "“%.100s” takes too long on this text", search->pattern);
  return FALSE;
}

/* Whether there is time for ten times what was just done. */
static gboolean
raise_steps (Search *search,
             gint64  begun)
{
  gint64 now = g_get_monotonic_time ();

  if (search->steps >= MAX_STEPS || now + 10 * (now - begun) > search->end)
    return FALSE;

  search->steps *= 10;
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
      GRegex *regex = get_regex (search->patterns, search->pattern, search->steps, error);
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
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean matched = FALSE;
  gsize at = 0;

  search->end = g_get_monotonic_time () + MAX_MICROSECONDS;
  for (search->steps = 10; search->steps < SHORT_STEPS && search->steps * search->length < 10000000;)
    search->steps *= 10;

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

static gboolean
match_quickly (Search  *search,
               GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GRegex *regex = get_regex (search->patterns, search->pattern, search->steps, error);
  gboolean matched;

  if (regex == NULL)
    return FALSE;

  matched = g_regex_match_full (regex, search->text, (gssize) search->length, 0,
                                G_REGEX_MATCH_DEFAULT, NULL, &local_error);
  if (is_limit (local_error))
    return match_slowly (search, error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return matched;
}

static gboolean
match (Search  *search,
       GError **error)
{
  if (is_literal (search->pattern))
    return memmem (search->text, search->length, search->pattern, strlen (search->pattern)) != NULL;

  if (search->length <= SHORT_TEXT)
    search->steps = SHORT_STEPS;
  else if (is_short_sighted (search->pattern))
    search->steps = 100;
  else
    return match_slowly (search, error);

  return match_quickly (search, error);
}

/* What the function gives: js/matches.js makes errors of the others. */
typedef enum {
  MATCHES_NOT,
  MATCHES,
  MATCHES_FAILED,
  MATCHES_TOO_LONG,
} Answer;

typedef struct {
  GHashTable *patterns;
  GError *error;           /* of the last call */
} Matcher;

static void
matcher_free (gpointer data)
{
  Matcher *self = data;

  g_hash_table_unref (self->patterns);
  g_clear_error (&self->error);
  g_free (self);
}

/* Takes two strings. While a function of C runs, the watchdog may bark; what
 * then throws, or calls into the context, swallows that for good. So it only
 * looks at strings, and gives a number. */
static int
matches (GPtrArray *arguments,
         gpointer   user_data)
{
  Matcher *self = user_data;
  g_autoptr (GBytes) text = jsc_value_to_string_as_bytes (arguments->pdata[0]);
  g_autoptr (GBytes) pattern = jsc_value_to_string_as_bytes (arguments->pdata[1]);
  g_autofree char *copy = g_strndup (g_bytes_get_data (pattern, NULL), g_bytes_get_size (pattern));
  Search search = { self->patterns, copy, g_bytes_get_data (text, NULL), g_bytes_get_size (text) };
  gboolean matched = FALSE;

  g_clear_error (&self->error);
  if (g_bytes_get_size (pattern) > MAX_PATTERN_LENGTH || search.length > G_MAXINT)
    g_set_error_literal (&self->error, G_REGEX_ERROR, G_REGEX_ERROR_MATCH, "the pattern or the text is too long");
  else if (strlen (copy) != g_bytes_get_size (pattern))
    g_set_error_literal (&self->error, G_REGEX_ERROR, G_REGEX_ERROR_COMPILE, "a NUL character in the pattern");
  else
    matched = match (&search, &self->error);

  if (self->error != NULL)
    return is_limit (self->error) ? MATCHES_TOO_LONG : MATCHES_FAILED;
  return matched ? MATCHES : MATCHES_NOT;
}

/* What went wrong. */
static char *
get_message (GPtrArray *arguments,
             gpointer   user_data)
{
  Matcher *self = user_data;

  return g_strdup (self->error != NULL ? self->error->message : "");
}

void
fermata_js_matches_define (JSCContext *context)
{
  Matcher *self = g_new0 (Matcher, 1);
  g_autoptr (JSCValue) function = NULL;
  g_autoptr (JSCValue) message = NULL;

  self->patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_regex_unref);
  function = jsc_value_new_function_variadic (context, "matches", G_CALLBACK (matches), self,
                                              matcher_free, G_TYPE_INT);
  message = jsc_value_new_function_variadic (context, "message", G_CALLBACK (get_message), self,
                                             NULL, G_TYPE_STRING);

  jsc_context_set_value (context, "matches", function);
  jsc_context_set_value (context, "matchesMessage", message);
}
