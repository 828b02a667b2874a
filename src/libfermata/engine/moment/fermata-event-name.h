/* fermata-event-name.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

#include "fermata-extern.h"

G_BEGIN_DECLS

/* Names of events from outside, as SCXML has them: words with points between. */

FERMATA_EXTERN
gboolean fermata_event_name_is_valid (const char *name);
FERMATA_EXTERN
gboolean fermata_event_name_matches  (const char *name,
                                      const char *descriptors);

G_END_DECLS
