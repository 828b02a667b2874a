/* fermata-schema-messages.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "value/fermata-schema-private.h"
#include "value/fermata-value-writer.h"

/* In characters: what is longer is cut. */
#define MAX_TEXT 60
#define MAX_CHOICES 10

/* Both texts and names may be long, or have anything in them. */
static void
append_text (GString    *buffer,
             const char *text)
{
  const char *end = text;
  guint n = 0;

  for (; *end != '\0' && n < MAX_TEXT; n++)
    end = g_utf8_next_char (end);
  for (; text < end; text++)
    g_string_append_c (buffer, (guchar) *text < ' ' ? ' ' : *text);
  if (*end != '\0')
    g_string_append (buffer, "…");
}

static gboolean
is_plain (const char *name)
{
  if (*name == '\0' || g_ascii_isdigit (*name))
    return FALSE;
  for (; *name != '\0'; name++)
    {
      if (!g_ascii_isalnum (*name) && *name != '_' && *name != '$')
        return FALSE;
    }
  return TRUE;
}

/* `.name`, or `["a name"]` */
void
fermata_schema_append_member (GString    *path,
                              const char *name)
{
  if (is_plain (name))
    {
      if (path->len > 0)
        g_string_append_c (path, '.');
      append_text (path, name);
    }
  else
    {
      g_string_append (path, "[\"");
      append_text (path, name);
      g_string_append (path, "\"]");
    }
}

static const char *
plural (gsize n)
{
  return n == 1 ? "" : "s";
}

/* What it is, briefly. */
static void
append_value (GString      *buffer,
              FermataValue *value)
{
  gsize n = fermata_value_get_length (value);

  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_STRING:
      g_string_append (buffer, "“");
      append_text (buffer, fermata_value_get_string (value, NULL));
      g_string_append (buffer, "”");
      break;
    case FERMATA_VALUE_KIND_ARRAY:
      g_string_append_printf (buffer, "an array of %" G_GSIZE_FORMAT " item%s", n, plural (n));
      break;
    case FERMATA_VALUE_KIND_OBJECT:
      g_string_append_printf (buffer, "an object of %" G_GSIZE_FORMAT " member%s", n, plural (n));
      break;
    case FERMATA_VALUE_KIND_NULL:
    case FERMATA_VALUE_KIND_BOOLEAN:
    case FERMATA_VALUE_KIND_INTEGER:
    case FERMATA_VALUE_KIND_NUMBER:
    default:
      {
        g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

        append_text (buffer, text);
        break;
      }
    }
}

static void
append_types (GString *buffer,
              guint    types)
{
  static const char *const names[] = {
    "null", "a boolean", "an integer", "a number", "a string", "an array", "an object"
  };
  gboolean is_first = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if ((types & (1u << i)) == 0)
        continue;
      g_string_append_printf (buffer, "%s%s", is_first ? "" : " or ", names[i]);
      is_first = FALSE;
    }
}

static void
append_choices (GString      *buffer,
                FermataValue *choices)
{
  gsize n = fermata_value_get_length (choices);

  g_string_append (buffer, n > 1 ? "one of " : "");
  for (gsize i = 0; i < MIN (n, MAX_CHOICES); i++)
    {
      g_string_append (buffer, i > 0 ? ", " : "");
      append_value (buffer, fermata_value_get_element (choices, i));
    }
  if (n > MAX_CHOICES)
    g_string_append (buffer, ", …");
}

static void
append_count (GString    *buffer,
              const char *bound,
              guint64     count,
              const char *thing)
{
  g_string_append_printf (buffer, "%s %" G_GUINT64_FORMAT " %s%s", bound, count, thing, plural (count));
}

static void
append_bound (GString      *buffer,
              const char   *bound,
              FermataValue *value)
{
  g_string_append (buffer, bound);
  append_value (buffer, value);
}

static void
append_expected (GString                 *buffer,
                 const FermataSchemaRule *rule)
{
  switch (rule->kind)
    {
    case FERMATA_RULE_NEVER:
      g_string_append (buffer, "nothing here");
      break;
    case FERMATA_RULE_TYPE:
      append_types (buffer, rule->types);
      break;
    case FERMATA_RULE_CONST:
      append_value (buffer, rule->value);
      break;
    case FERMATA_RULE_ENUM:
      append_choices (buffer, rule->value);
      break;
    case FERMATA_RULE_MINIMUM:
      append_bound (buffer, "at least ", rule->value);
      break;
    case FERMATA_RULE_MAXIMUM:
      append_bound (buffer, "at most ", rule->value);
      break;
    case FERMATA_RULE_EXCLUSIVE_MINIMUM:
      append_bound (buffer, "more than ", rule->value);
      break;
    case FERMATA_RULE_EXCLUSIVE_MAXIMUM:
      append_bound (buffer, "less than ", rule->value);
      break;
    case FERMATA_RULE_MULTIPLE_OF:
      append_bound (buffer, "a multiple of ", rule->value);
      break;
    case FERMATA_RULE_MIN_LENGTH:
      append_count (buffer, "at least", rule->count, "character");
      break;
    case FERMATA_RULE_MAX_LENGTH:
      append_count (buffer, "at most", rule->count, "character");
      break;
    case FERMATA_RULE_PATTERN:
      append_bound (buffer, "a text that matches ", rule->value);
      break;
    case FERMATA_RULE_MIN_ITEMS:
      append_count (buffer, "at least", rule->count, "item");
      break;
    case FERMATA_RULE_MAX_ITEMS:
      append_count (buffer, "at most", rule->count, "item");
      break;
    case FERMATA_RULE_MIN_PROPERTIES:
      append_count (buffer, "at least", rule->count, "member");
      break;
    case FERMATA_RULE_MAX_PROPERTIES:
      append_count (buffer, "at most", rule->count, "member");
      break;
    case FERMATA_RULE_UNIQUE_ITEMS:
      g_string_append (buffer, "items that all differ");
      break;
    case FERMATA_RULE_ANY_OF:
      append_count (buffer, "what fits at least one of", rule->n_children, "alternative");
      break;
    case FERMATA_RULE_ONE_OF:
      append_count (buffer, "what fits exactly one of", rule->n_children, "alternative");
      break;
    case FERMATA_RULE_NOT:
      g_string_append (buffer, "what does not fit the schema of “not”");
      break;
    case FERMATA_RULE_REQUIRED:
    case FERMATA_RULE_MEMBERS:
    case FERMATA_RULE_ELEMENTS:
    case FERMATA_RULE_REF:
    case FERMATA_RULE_ALL_OF:
    default:
      break;
    }
}

/* The first that is not there. */
static const char *
find_missing (FermataValue *names,
              FermataValue *object)
{
  gsize n = fermata_value_get_length (names);

  for (gsize i = 0; i < n; i++)
    {
      FermataValue *name = fermata_value_get_element (names, i);

      if (!fermata_schema_has_member (object, name))
        return fermata_value_get_string (name, NULL);
    }
  return "";
}

/* What was expected, and what was found. */
char *
fermata_schema_describe_rule (const FermataSchemaRule *rule,
                              FermataValue            *value)
{
  GString *message = g_string_new ("expected ");

  if (rule->kind == FERMATA_RULE_REQUIRED)
    {
      g_string_append (message, "a member “");
      append_text (message, find_missing (rule->value, value));
      g_string_append (message, "”, found none");
      return g_string_free (message, FALSE);
    }

  append_expected (message, rule);
  g_string_append (message, ", found ");
  append_value (message, value);
  return g_string_free (message, FALSE);
}
