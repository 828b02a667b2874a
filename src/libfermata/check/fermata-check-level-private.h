/* fermata-check-level-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "check/fermata-check-private.h"

G_BEGIN_DECLS

/* Levels lie in a stack, one in each that is open. */
void     fermata_check_enter_level (FermataCheck    *self,
                                    FermataGraph    *graph,
                                    guint            owner,
                                    FermataBodyRule  rule,
                                    gboolean         is_last,
                                    guint16          names);
void     fermata_check_level       (FermataCheck *self);
gboolean fermata_check_enter_body  (FermataCheck *self);
void     fermata_check_leave_level (FermataCheck *self);

G_END_DECLS
