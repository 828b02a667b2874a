/* fermata-places-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-places.h"
#include "value/fermata-scanner-private.h"

G_BEGIN_DECLS

/* So that offsets and the table's own indices fit in 32 bits. */
#define FERMATA_PLACES_MAX_SIZE ((gsize) 1 << 30)

/* Takes all tokens of a scanner that was just made. NULL if there is an error,
 * which the scanner has. */
FermataPlaces *fermata_places_new (FermataScanner *scanner);

G_END_DECLS
