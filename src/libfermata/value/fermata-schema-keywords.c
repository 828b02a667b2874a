/* fermata-schema-keywords.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "value/fermata-schema-private.h"
#include "value/fermata-value-numbers-private.h"

/* Longer enumerations are looked up in a table. */
#define SHORT_ENUM 8

static gboolean
expect (char         **problem,
        const char    *expected,
        FermataValue  *found)
{
  *problem = g_strdup_printf ("expected %s, found %s", expected,
                              fermata_value_kind_to_string (fermata_value_get_kind (found)));
  return FALSE;
}

static gboolean
read_type (FermataValue       *value,
           FermataSchemaRule  *rule,
           char              **problem)
{
  static const char *const names[] = { "null", "boolean", "integer", "number", "string", "array", "object" };
  const char *name = fermata_value_get_string (value, NULL);

  if (name == NULL)
    return expect (problem, "the name of a type, or an array of them", value);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (names[i], name) == 0)
        {
          rule->types |= 1u << i;
          return TRUE;
        }
    }

  *problem = g_strdup_printf ("expected null, boolean, integer, number, string, array or object; "
                              "found “%.60s”", name);
  return FALSE;
}

static gboolean
read_types (FermataValue       *value,
            FermataSchemaRule  *rule,
            char              **problem)
{
  gsize n = fermata_value_get_length (value);

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY)
    return read_type (value, rule, problem);

  if (n == 0)
    {
      *problem = g_strdup ("expected at least one type, found none");
      return FALSE;
    }
  for (gsize i = 0; i < n; i++)
    {
      if (!read_type (fermata_value_get_element (value, i), rule, problem))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_enum (FermataValue       *value,
           FermataSchemaRule  *rule,
           char              **problem)
{
  gsize n = fermata_value_get_length (value);

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY || n == 0)
    return expect (problem, "an array of at least one value", value);
  if (n <= SHORT_ENUM)
    return TRUE;

  rule->set = g_hash_table_new ((GHashFunc) fermata_value_hash_same, (GEqualFunc) fermata_value_is_same);
  for (gsize i = 0; i < n; i++)
    g_hash_table_add (rule->set, fermata_value_get_element (value, i));
  return TRUE;
}

static gboolean
read_bound (FermataValue  *value,
            char         **problem)
{
  return fermata_value_is_number (value) || expect (problem, "a number", value);
}

static gboolean
read_multiple (FermataValue  *value,
               char         **problem)
{
  if (!fermata_value_is_number (value))
    return expect (problem, "a number", value);
  if (fermata_value_get_number (value) > 0 && fermata_value_get_number_text (value) == NULL)
    return TRUE;

  *problem = g_strdup ("expected a number above zero of no more than 17 digits");
  return FALSE;
}

/* A whole number from 0; 2.0 is one. */
static gboolean
read_count (FermataValue       *value,
            FermataSchemaRule  *rule,
            char              **problem)
{
  if (!fermata_value_is_number (value) || !fermata_value_is_whole (value) ||
      fermata_value_get_number (value) < 0)
    {
      *problem = g_strdup ("expected a whole number of at least 0");
      return FALSE;
    }

  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_INTEGER)
    rule->count = (guint64) fermata_value_get_integer (value);
  else
    rule->count = (guint64) MIN (fermata_value_get_number (value), 0x1p63);
  return TRUE;
}

static gboolean
read_pattern (FermataValue       *value,
              FermataSchemaRule  *rule,
              char              **problem)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *pattern = fermata_value_get_string (value, &length);

  if (pattern == NULL || strlen (pattern) != length)
    return expect (problem, "a pattern, a text without U+0000", value);

  rule->pattern = fermata_pattern_new (pattern, G_REGEX_DOLLAR_ENDONLY, &error);
  if (rule->pattern != NULL)
    return TRUE;

  *problem = g_strdup (error->message);
  return FALSE;
}

static gboolean
read_required (FermataValue  *value,
               char         **problem)
{
  gsize n = fermata_value_get_length (value);

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_ARRAY)
    return expect (problem, "an array of names", value);

  for (gsize i = 0; i < n; i++)
    {
      FermataValue *name = fermata_value_get_element (value, i);

      if (fermata_value_get_kind (name) != FERMATA_VALUE_KIND_STRING)
        return expect (problem, "names", name);
    }
  return TRUE;
}

static gboolean
read_unique (FermataValue       *value,
             FermataSchemaRule  *rule,
             char              **problem)
{
  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_BOOLEAN)
    return expect (problem, "a boolean", value);
  rule->count = fermata_value_get_boolean (value);
  return TRUE;
}

gboolean
fermata_schema_read_keyword (FermataSchemaRuleKind   kind,
                             FermataValue           *value,
                             FermataSchemaRule      *rule,
                             char                  **problem)
{
  switch ((int) kind)
    {
    case FERMATA_RULE_TYPE:
      return read_types (value, rule, problem);
    case FERMATA_RULE_ENUM:
      return read_enum (value, rule, problem);
    case FERMATA_RULE_MINIMUM:
    case FERMATA_RULE_MAXIMUM:
    case FERMATA_RULE_EXCLUSIVE_MINIMUM:
    case FERMATA_RULE_EXCLUSIVE_MAXIMUM:
      return read_bound (value, problem);
    case FERMATA_RULE_MULTIPLE_OF:
      return read_multiple (value, problem);
    case FERMATA_RULE_MIN_LENGTH:
    case FERMATA_RULE_MAX_LENGTH:
    case FERMATA_RULE_MIN_ITEMS:
    case FERMATA_RULE_MAX_ITEMS:
    case FERMATA_RULE_MIN_PROPERTIES:
    case FERMATA_RULE_MAX_PROPERTIES:
      return read_count (value, rule, problem);
    case FERMATA_RULE_PATTERN:
      return read_pattern (value, rule, problem);
    case FERMATA_RULE_REQUIRED:
      return read_required (value, problem);
    case FERMATA_RULE_UNIQUE_ITEMS:
      return read_unique (value, rule, problem);
    case FERMATA_RULE_CONST:
    default:
      return TRUE;
    }
}
