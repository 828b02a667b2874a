/* fermata-breakpoint-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "debugger/fermata-breakpoint.h"

G_BEGIN_DECLS

/* It was met, its condition being true. Gives whether it is to act: not while
 * hits are to be ignored. */
gboolean fermata_breakpoint_hit         (FermataBreakpoint *self);

/* A new run begins. */
void     fermata_breakpoint_forget_hits (FermataBreakpoint *self);

/* What is wrong with it, NULL if nothing is. */
void     fermata_breakpoint_set_problem (FermataBreakpoint *self,
                                         const char        *problem);

G_END_DECLS
