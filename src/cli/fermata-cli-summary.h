/* fermata-cli-summary.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

#include "fermata-cli-output.h"

G_BEGIN_DECLS

/* How a run that is over has ended, and why. */
void cli_summary_print (CliOutput  *output,
                        FermataRun *run);

G_END_DECLS
