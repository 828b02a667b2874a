/* fermata-js-matches.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-matches-private.h"

#include <string.h>

#include "value/fermata-pattern-private.h"

#define MAX_PATTERNS 256

/* What the function gives: js/matches.js makes errors of the others. */
typedef enum {
  MATCHES_NOT,
  MATCHES,
  MATCHES_FAILED,
  MATCHES_TOO_LONG,
} Answer;

typedef struct {
  GHashTable *patterns;    /* text -> FermataPattern */
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

static FermataPattern *
get_pattern (Matcher    *self,
             const char *text)
{
  FermataPattern *pattern = g_hash_table_lookup (self->patterns, text);

  if (pattern != NULL)
    return pattern;

  pattern = fermata_pattern_new (text, G_REGEX_DEFAULT, &self->error);
  if (pattern == NULL)
    return NULL;

  if (g_hash_table_size (self->patterns) >= MAX_PATTERNS)
    g_hash_table_remove_all (self->patterns);
  g_hash_table_insert (self->patterns, g_strdup (text), pattern);
  return pattern;
}

static gboolean
match (Matcher    *self,
       GBytes     *text,
       const char *pattern)
{
  FermataPattern *compiled = get_pattern (self, pattern);
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  return compiled != NULL &&
         fermata_pattern_matches (compiled, data != NULL ? data : "", length,
                                  FERMATA_PATTERN_MAX_MICROSECONDS, &self->error);
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
  gboolean matched = FALSE;

  g_clear_error (&self->error);
  if (g_bytes_get_size (pattern) > FERMATA_PATTERN_MAX_LENGTH || g_bytes_get_size (text) > G_MAXINT)
    g_set_error_literal (&self->error, G_REGEX_ERROR, G_REGEX_ERROR_MATCH, "the pattern or the text is too long");
  else if (strlen (copy) != g_bytes_get_size (pattern))
    g_set_error_literal (&self->error, G_REGEX_ERROR, G_REGEX_ERROR_COMPILE, "a NUL character in the pattern");
  else
    matched = match (self, text, copy);

  if (self->error != NULL)
    return g_error_matches (self->error, G_REGEX_ERROR, G_REGEX_ERROR_MATCH) ? MATCHES_TOO_LONG
                                                                             : MATCHES_FAILED;
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

  self->patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) fermata_pattern_free);
  function = jsc_value_new_function_variadic (context, "matches", G_CALLBACK (matches), self,
                                              matcher_free, G_TYPE_INT);
  message = jsc_value_new_function_variadic (context, "message", G_CALLBACK (get_message), self,
                                             NULL, G_TYPE_STRING);

  jsc_context_set_value (context, "matches", function);
  jsc_context_set_value (context, "matchesMessage", message);
}
