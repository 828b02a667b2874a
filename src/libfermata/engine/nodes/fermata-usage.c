/* fermata-usage.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-usage-private.h"

#include <math.h>

/* NULL if there is nothing. */
static FermataValue *
find (FermataValue *output,
      const char   *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  FermataValue *value = output;

  for (guint i = 0; names[i] != NULL && value != NULL; i++)
    {
      if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT)
        return NULL;
      value = fermata_value_get_member (value, names[i]);
    }

  return value;
}

static gboolean
read_amount (FermataValue *value,
             double       *amount)
{
  FermataValueKind kind = fermata_value_get_kind (value);

  if (kind != FERMATA_VALUE_KIND_INTEGER && kind != FERMATA_VALUE_KIND_NUMBER)
    return FALSE;

  *amount = fermata_value_get_number (value);

  return isfinite (*amount) && *amount >= 0;
}

gboolean
fermata_usage_report (FermataExecution  *execution,
                      FermataValue      *paths,
                      FermataValue      *output,
                      GError           **error)
{
  if (paths == NULL)
    return TRUE;

  for (gsize i = 0; i < fermata_value_get_length (paths); i++)
    {
      const char *name = fermata_value_get_member_name (paths, i);
      FermataValue *path = fermata_value_get_member (paths, name);
      FermataValue *value = NULL;
      double amount = 0;

      if (fermata_value_get_kind (path) == FERMATA_VALUE_KIND_STRING)
        value = find (output, fermata_value_get_string (path, NULL));
      if (value == NULL)
        continue;
      if (!read_amount (value, &amount))
        {
          g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                       "usage.%s: “%s” in its output is not a number from 0", name,
                       fermata_value_get_string (path, NULL));
          return FALSE;
        }
      fermata_execution_report_usage (execution, name, amount);
    }

  return TRUE;
}
