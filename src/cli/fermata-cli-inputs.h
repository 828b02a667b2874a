/* fermata-cli-inputs.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

#include "fermata-cli-arguments.h"

G_BEGIN_DECLS

/* What the options --input give, by name; NULL if there are none. FALSE after
 * having said what is wrong with them. */
gboolean cli_inputs_collect (CliArguments  *arguments,
                             FermataGraph  *graph,
                             FermataValue **inputs);

G_END_DECLS
