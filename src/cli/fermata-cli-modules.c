/* fermata-cli-modules.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-modules.h"

gboolean
cli_modules_load (CliArguments  *arguments,
                  FermataEngine *engine)
{
  const char *const *names = cli_arguments_get_all (arguments, "module");

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!fermata_engine_load_module (engine, names[i], &error))
        {
          cli_complain ("%s", error->message);
          return FALSE;
        }
    }

  return TRUE;
}
