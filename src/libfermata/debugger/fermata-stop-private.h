/* fermata-stop-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "debugger/fermata-stop.h"
#include "engine/plan/fermata-plan.h"

G_BEGIN_DECLS

/* At the moment @number, before @decision, if there is one to come; @detail,
 * which is nullable, says more for people. */
FermataStop *fermata_stop_new (FermataStopReason   reason,
                               FermataBreakpoint  *breakpoint,
                               guint64             number,
                               const FermataEvent *decision,
                               FermataPlan        *plan,
                               const char         *detail);

G_END_DECLS
