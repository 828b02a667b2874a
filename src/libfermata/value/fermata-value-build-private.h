/* fermata-value-build-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-scanner-private.h"

G_BEGIN_DECLS

/* Takes all tokens of a scanner that was just made. NULL if there is an error,
 * which the scanner has. With @unique_names, a name that occurs twice in an
 * object is one. */
FermataValue *fermata_value_build (FermataScanner *scanner,
                                   gboolean        unique_names);

G_END_DECLS
