/* fermata-process-values.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Parameters, checked once more: templates may have made anything of them. */

#include "engine/fermata-task-error.h"
#include "engine/nodes/fermata-process-private.h"
#include "value/fermata-value-writer.h"

#include <string.h>

static gboolean
refuse (GError       **error,
        const char    *what,
        const char    *expected,
        FermataValue  *found)
{
  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
               "%s must be %s, but is of type %s", what, expected,
               fermata_value_kind_to_string (fermata_value_get_kind (found)));

  return FALSE;
}

/* A text that the system can take: without U+0000. Numbers and booleans are
 * taken as they are written. */
char *
fermata_process_dup_argument (FermataValue  *value,
                              const char    *what,
                              GError       **error)
{
  const char *string;
  gsize length;

  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_STRING:
      string = fermata_value_get_string (value, &length);
      if (memchr (string, '\0', length) == NULL)
        return g_strdup (string);
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                   "%s must not contain U+0000", what);
      return NULL;

    case FERMATA_VALUE_KIND_BOOLEAN:
    case FERMATA_VALUE_KIND_INTEGER:
    case FERMATA_VALUE_KIND_NUMBER:
      return fermata_value_to_string (value, FERMATA_WRITE_COMPACT, NULL);

    case FERMATA_VALUE_KIND_NULL:
    case FERMATA_VALUE_KIND_ARRAY:
    case FERMATA_VALUE_KIND_OBJECT:
    default:
      refuse (error, what, "text", value);
      return NULL;
    }
}

gboolean
fermata_process_add_arguments (GStrvBuilder  *builder,
                               FermataValue  *array,
                               const char    *name,
                               GError       **error)
{
  if (fermata_value_get_kind (array) != FERMATA_VALUE_KIND_ARRAY)
    return refuse (error, name, "an array of texts", array);

  for (gsize i = 0; i < fermata_value_get_length (array); i++)
    {
      g_autofree char *what = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", name, i);
      g_autofree char *argument = NULL;

      argument = fermata_process_dup_argument (fermata_value_get_element (array, i), what, error);
      if (argument == NULL)
        return FALSE;
      g_strv_builder_add (builder, argument);
    }

  return TRUE;
}

gboolean
fermata_process_collect_environment (FermataValue   *env,
                                     char         ***environment,
                                     GError        **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  *environment = NULL;
  if (env == NULL)
    return TRUE;
  if (fermata_value_get_kind (env) != FERMATA_VALUE_KIND_OBJECT)
    return refuse (error, "env", "an object", env);

  for (gsize i = 0; i < fermata_value_get_length (env); i++)
    {
      const char *name = fermata_value_get_member_name (env, i);
      g_autofree char *what = g_strdup_printf ("env.%s", name);
      g_autofree char *value = NULL;
      g_autofree char *entry = NULL;

      value = fermata_process_dup_argument (fermata_value_get_member (env, name), what, error);
      if (value == NULL)
        return FALSE;
      if (*name == '\0' || strchr (name, '=') != NULL)
        {
          g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                       "env: “%s” cannot be the name of a variable", name);
          return FALSE;
        }
      entry = g_strconcat (name, "=", value, NULL);
      g_strv_builder_add (builder, entry);
    }
  *environment = g_strv_builder_end (builder);

  return TRUE;
}

GBytes *
fermata_process_dup_standard_input (FermataValue *value)
{
  char *text;
  gsize length;

  if (value == NULL)
    return NULL;

  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    {
      const char *string = fermata_value_get_string (value, &length);

      return g_bytes_new (string, length);
    }

  text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, &length);

  return g_bytes_new_take (text, length);
}
