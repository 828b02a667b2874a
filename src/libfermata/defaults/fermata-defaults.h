/* fermata-defaults.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "check/fermata-checker.h"
#include "engine/fermata-engine.h"

G_BEGIN_DECLS

/* The parts put together. */

FERMATA_EXTERN
FermataEngine  *fermata_engine_new_default     (void);
FERMATA_EXTERN
FermataEngine  *fermata_engine_new_with_clock  (FermataClock  *clock);
FERMATA_EXTERN
FermataChecker *fermata_engine_create_checker  (FermataEngine *engine);

G_END_DECLS
