/* fermata-schema-rules.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-schema-private.h"
#include "value/fermata-value-numbers-private.h"

/* A match that takes no longer counts as nothing, so any number of values can
 * be looked at. */
#define QUICK_MICROSECONDS 20

static guint
types_of (FermataValue *value)
{
  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_NULL:
      return FERMATA_SCHEMA_TYPE_NULL;
    case FERMATA_VALUE_KIND_BOOLEAN:
      return FERMATA_SCHEMA_TYPE_BOOLEAN;
    case FERMATA_VALUE_KIND_INTEGER:
      return FERMATA_SCHEMA_TYPE_INTEGER | FERMATA_SCHEMA_TYPE_NUMBER;
    case FERMATA_VALUE_KIND_NUMBER:
      /* For a schema, 2.0 is an integer. */
      return FERMATA_SCHEMA_TYPE_NUMBER |
             (fermata_value_is_whole (value) ? FERMATA_SCHEMA_TYPE_INTEGER : 0);
    case FERMATA_VALUE_KIND_STRING:
      return FERMATA_SCHEMA_TYPE_STRING;
    case FERMATA_VALUE_KIND_ARRAY:
      return FERMATA_SCHEMA_TYPE_ARRAY;
    case FERMATA_VALUE_KIND_OBJECT:
    default:
      return FERMATA_SCHEMA_TYPE_OBJECT;
    }
}

static gboolean
is_one_of (const FermataSchemaRule *rule,
           FermataValue            *value)
{
  gsize n = fermata_value_get_length (rule->value);

  if (rule->set != NULL)
    return g_hash_table_contains (rule->set, value);

  for (gsize i = 0; i < n; i++)
    {
      if (fermata_value_is_same (fermata_value_get_element (rule->value, i), value))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_within (const FermataSchemaRule *rule,
           FermataValue            *value)
{
  int order = fermata_value_compare_numbers (value, rule->value);

  switch ((int) rule->kind)
    {
    case FERMATA_RULE_MINIMUM:
      return order >= 0;
    case FERMATA_RULE_MAXIMUM:
      return order <= 0;
    case FERMATA_RULE_EXCLUSIVE_MINIMUM:
      return order > 0;
    case FERMATA_RULE_EXCLUSIVE_MAXIMUM:
      return order < 0;
    case FERMATA_RULE_MULTIPLE_OF:
    default:
      return fermata_value_is_multiple (value, rule->value);
    }
}

/* Of valid UTF-8, U+0000 counted. */
static guint64
count_characters (FermataValue *string)
{
  gsize length;
  const char *text = fermata_value_get_string (string, &length);
  guint64 n = 0;

  for (gsize i = 0; i < length; i++)
    n += ((guchar) text[i] & 0xc0) != 0x80;
  return n;
}

static gboolean
matches (const FermataSchemaRule  *rule,
         FermataValue             *value,
         gint64                   *microseconds,
         GError                  **error)
{
  g_autoptr (GError) local_error = NULL;
  gint64 begun = g_get_monotonic_time ();
  gsize length;
  const char *text = fermata_value_get_string (value, &length);
  gboolean matched = fermata_pattern_matches (rule->pattern, text, length,
                                              CLAMP (*microseconds, 0, FERMATA_PATTERN_MAX_MICROSECONDS),
                                              &local_error);

  *microseconds -= MAX (0, g_get_monotonic_time () - begun - QUICK_MICROSECONDS);
  if (local_error == NULL && *microseconds < 0)
    g_set_error_literal (error, FERMATA_SCHEMA_ERROR, FERMATA_SCHEMA_ERROR_LIMIT,
                         "matching patterns takes too long");
  else if (local_error != NULL)
    g_set_error_literal (error, FERMATA_SCHEMA_ERROR, FERMATA_SCHEMA_ERROR_LIMIT, local_error->message);
  return matched;
}

gboolean
fermata_schema_has_member (FermataValue *object,
                           FermataValue *name)
{
  gsize length;
  const char *text = fermata_value_get_string (name, &length);

  return fermata_value_find_name (object, text, length, &(gsize) { 0 });
}

static gboolean
has_all (FermataValue *object,
         FermataValue *names)
{
  gsize n = fermata_value_get_length (names);

  for (gsize i = 0; i < n; i++)
    {
      if (!fermata_schema_has_member (object, fermata_value_get_element (names, i)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
are_unique (FermataValue *array)
{
  gsize n = fermata_value_get_length (array);
  g_autoptr (GHashTable) seen = NULL;

  if (n < 2)
    return TRUE;

  seen = g_hash_table_new ((GHashFunc) fermata_value_hash_same, (GEqualFunc) fermata_value_is_same);
  for (gsize i = 0; i < n; i++)
    {
      if (!g_hash_table_add (seen, fermata_value_get_element (array, i)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_string (const FermataSchemaRule  *rule,
              FermataValue             *value,
              gint64                   *microseconds,
              GError                  **error)
{
  if (rule->kind == FERMATA_RULE_PATTERN)
    return matches (rule, value, microseconds, error);
  else if (rule->kind == FERMATA_RULE_MIN_LENGTH)
    return count_characters (value) >= rule->count;
  else
    return count_characters (value) <= rule->count;
}

static gboolean
check_array (const FermataSchemaRule *rule,
             FermataValue            *value)
{
  if (rule->kind == FERMATA_RULE_UNIQUE_ITEMS)
    return rule->count == 0 || are_unique (value);
  else if (rule->kind == FERMATA_RULE_MIN_ITEMS)
    return fermata_value_get_length (value) >= rule->count;
  else
    return fermata_value_get_length (value) <= rule->count;
}

static gboolean
check_object (const FermataSchemaRule *rule,
              FermataValue            *value)
{
  if (rule->kind == FERMATA_RULE_REQUIRED)
    return has_all (value, rule->value);
  else if (rule->kind == FERMATA_RULE_MIN_PROPERTIES)
    return fermata_value_get_length (value) >= rule->count;
  else
    return fermata_value_get_length (value) <= rule->count;
}

/* A rule for another type than the value's does not bother it. */
gboolean
fermata_schema_rule_check (const FermataSchemaRule  *rule,
                           FermataValue             *value,
                           gint64                   *microseconds,
                           GError                  **error)
{
  FermataValueKind kind = fermata_value_get_kind (value);

  switch ((int) rule->kind)
    {
    case FERMATA_RULE_NEVER:
      return FALSE;
    case FERMATA_RULE_TYPE:
      return (types_of (value) & rule->types) != 0;
    case FERMATA_RULE_CONST:
      return fermata_value_is_same (value, rule->value);
    case FERMATA_RULE_ENUM:
      return is_one_of (rule, value);
    case FERMATA_RULE_MINIMUM:
    case FERMATA_RULE_MAXIMUM:
    case FERMATA_RULE_EXCLUSIVE_MINIMUM:
    case FERMATA_RULE_EXCLUSIVE_MAXIMUM:
    case FERMATA_RULE_MULTIPLE_OF:
      return !fermata_value_is_number (value) || is_within (rule, value);
    case FERMATA_RULE_MIN_LENGTH:
    case FERMATA_RULE_MAX_LENGTH:
    case FERMATA_RULE_PATTERN:
      return kind != FERMATA_VALUE_KIND_STRING || check_string (rule, value, microseconds, error);
    case FERMATA_RULE_MIN_ITEMS:
    case FERMATA_RULE_MAX_ITEMS:
    case FERMATA_RULE_UNIQUE_ITEMS:
      return kind != FERMATA_VALUE_KIND_ARRAY || check_array (rule, value);
    case FERMATA_RULE_MIN_PROPERTIES:
    case FERMATA_RULE_MAX_PROPERTIES:
    case FERMATA_RULE_REQUIRED:
      return kind != FERMATA_VALUE_KIND_OBJECT || check_object (rule, value);
    default:
      return TRUE;
    }
}
