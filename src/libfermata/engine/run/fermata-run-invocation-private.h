/* fermata-run-invocation-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-execution.h"

G_BEGIN_DECLS

/* So deep may runs be in each other that machines have invoked. */
#define FERMATA_MAX_INVOCATION_DEPTH 100

/* Begins the machine that the parameters of an attempt say, as a run of its own
 * whose end is the attempt's; FALSE with @error set if there is none. */
gboolean fermata_invocation_begin  (FermataExecution  *execution,
                                    GError           **error);

/* Asks it to end; FALSE if there is none. */
gboolean fermata_invocation_cancel (FermataExecution  *execution);

G_END_DECLS
