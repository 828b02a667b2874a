/* fermata-event-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/history/fermata-event.h"

G_BEGIN_DECLS

/* As fermata_event_kind_get_class() says, without looking it up: facts come first
 * in the list of kinds, then decisions, then controls. */
static inline gboolean
fermata_event_is_decision (const FermataEvent *event)
{
  return event->kind >= FERMATA_EVENT_NODE_QUEUED && event->kind <= FERMATA_EVENT_RUN_ENDED;
}

/* As fermata_event_to_value(), with a `path` that says of which frame the place is
 * (nullable). */
FermataValue *fermata_event_to_value_with_path (const FermataEvent *event,
                                                guint64             number,
                                                FermataPlan        *plan,
                                                const char         *path);

G_END_DECLS
