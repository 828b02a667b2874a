/* fermata-js-matches.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "expression/fermata-js-matches-private.h"

#include <string.h>

/* Steps and depth of backtracking that PCRE allows itself. */
#define LIMITS "(*LIMIT_MATCH=1000000)(*LIMIT_DEPTH=50000)"

#define MAX_PATTERNS 256
#define MAX_PATTERN_LENGTH 10000

static GRegex *
get_regex (GHashTable  *patterns,
           const char  *pattern,
           GError     **error)
{
  GRegex *regex = g_hash_table_lookup (patterns, pattern);
  g_autofree char *limited = NULL;

  if (regex != NULL)
    return regex;

  limited = g_strconcat (LIMITS, pattern, NULL);
  regex = g_regex_new (limited, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, error);
  if (regex == NULL)
    return NULL;

  if (g_hash_table_size (patterns) >= MAX_PATTERNS)
    g_hash_table_remove_all (patterns);
  g_hash_table_insert (patterns, g_strdup (pattern), regex);
  return regex;
}

static gboolean
match (GHashTable  *patterns,
       JSCValue    *text_value,
       const char  *pattern,
       GError     **error)
{
  g_autoptr (GBytes) bytes = jsc_value_to_string_as_bytes (text_value);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  GRegex *regex = get_regex (patterns, pattern, error);

  return regex != NULL &&
         g_regex_match_full (regex, text, (gssize) length, 0, G_REGEX_MATCH_DEFAULT, NULL, error);
}

static JSCValue *
matches (GPtrArray *arguments,
         gpointer   user_data)
{
  GHashTable *patterns = user_data;
  JSCContext *context = jsc_context_get_current ();
  g_autofree char *pattern = NULL;
  g_autoptr (GError) error = NULL;
  gboolean matched;

  if (arguments->len < 2 || !jsc_value_is_string (arguments->pdata[0]) ||
      !jsc_value_is_string (arguments->pdata[1]))
    {
      jsc_context_throw_with_name (context, "TypeError", "matches () takes a text and a pattern, both strings");
      return jsc_value_new_undefined (context);
    }

  pattern = jsc_value_to_string (arguments->pdata[1]);
  if (strlen (pattern) > MAX_PATTERN_LENGTH)
    {
      jsc_context_throw_with_name (context, "RangeError", "matches (): the pattern is too long");
      return jsc_value_new_undefined (context);
    }

  matched = match (patterns, arguments->pdata[0], pattern, &error);
  if (error != NULL)
    jsc_context_throw_with_name_printf (context, "Error", "matches (): %s", error->message);
  return jsc_value_new_boolean (context, matched);
}

void
fermata_js_matches_define (JSCContext *context)
{
  GHashTable *patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                (GDestroyNotify) g_regex_unref);
  g_autoptr (JSCValue) function =
    jsc_value_new_function_variadic (context, "matches", G_CALLBACK (matches), patterns,
                                     (GDestroyNotify) g_hash_table_unref, JSC_TYPE_VALUE);

  jsc_context_set_value (context, "matches", function);
}
