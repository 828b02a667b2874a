/* fermata-usage-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-execution.h"

G_BEGIN_DECLS

/* Reports what an attempt has used up: of each counter in @paths (nullable), an
 * object of texts, the number at that path in @output. What is not there counts
 * for nothing; what is there and no amount is an error. */
gboolean fermata_usage_report (FermataExecution  *execution,
                               FermataValue      *paths,
                               FermataValue      *output,
                               GError           **error);

G_END_DECLS
