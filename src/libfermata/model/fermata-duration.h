/* fermata-duration.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/* "250ms", "30s", "5m", "1h", with decimals too ("1.5s"), or a number of
 * seconds. */
FERMATA_EXTERN
gboolean fermata_duration_parse (FermataValue *value,
                                 gint64       *microseconds,
                                 GError      **error);

G_END_DECLS
