/* fermata-cli-modules.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

#include "fermata-cli-arguments.h"

G_BEGIN_DECLS

/* The option of commands that need all types of nodes. */
#define CLI_MODULE_OPTION                                                              \
  {                                                                                    \
    .name = "module", .argument = N_("FILE"), .repeatable = TRUE,                      \
    .doc = N_("Add the types of nodes of a module. Without a slash it is looked for "  \
              "in $FERMATA_MODULE_PATH and where Fermata is installed."),              \
  }

/* Says what is wrong with one that cannot be loaded. */
gboolean cli_modules_load (CliArguments  *arguments,
                           FermataEngine *engine);

G_END_DECLS
