/* fermata-check-schema.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include "value/fermata-schema.h"

/* As in RFC 6901, in place. */
static void
unescape (char *name)
{
  char *to = name;

  for (; *name != '\0'; name++, to++)
    {
      *to = *name;
      if (name[0] == '~' && (name[1] == '0' || name[1] == '1'))
        *to = *++name == '0' ? '~' : '/';
    }
  *to = '\0';
}

/* The place within the schema, as steps from the member that holds it. */
static void
report_at (FermataCheck *self,
           const char   *path,
           const char   *message)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  guint n = 0;

  /* It is empty or begins with a slash. */
  for (; names[0] != NULL && names[n + 1] != NULL; n++)
    {
      unescape (names[n + 1]);
      fermata_check_step_into (self, names[n + 1]);
    }

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-schema", "%s", message);

  for (; n > 0; n--)
    fermata_check_step_out (self);
}

void
fermata_check_schema (FermataCheck *self,
                      FermataValue *schema)
{
  g_autoptr(FermataSchema) compiled = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;

  compiled = fermata_schema_new (schema, &path, &error);

  if (compiled == NULL)
    report_at (self, path, error->message);
}
