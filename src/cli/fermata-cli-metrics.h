/* fermata-cli-metrics.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

#include "fermata-cli-output.h"

G_BEGIN_DECLS

/* A table of what the nodes of a run took: those that ran, in their order, and
 * the sum. */
void cli_metrics_print      (CliOutput      *output,
                             FermataMetrics *metrics,
                             FermataRun     *run);

/* All of it, on one line. */
void cli_metrics_print_json (CliOutput      *output,
                             FermataMetrics *metrics);

G_END_DECLS
