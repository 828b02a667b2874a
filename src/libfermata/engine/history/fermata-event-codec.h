/* fermata-event-codec.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/history/fermata-event.h"
#include "engine/plan/fermata-plan.h"

G_BEGIN_DECLS

/*
 * Events as values: what `--events`, records and stores write.
 *
 *     { "n": 12, "t": 1500, "kind": "node-completed", "node": "fetch",
 *       "attempt": 1, "data": … }
 *
 * "n" is the number, "t" the time in microseconds, "frame" is there unless it
 * is 0, "node" or "edge" names the place, "data" is the payload.
 */

FERMATA_EXTERN
FermataValue *fermata_event_to_value   (const FermataEvent  *event,
                                        guint64              number,
                                        FermataPlan         *plan);

/* Reads an event back, and refuses one that does not fit @plan (the payload
 * of @event is transfer full). */
FERMATA_EXTERN
gboolean      fermata_event_from_value (FermataValue        *value,
                                        FermataPlan         *plan,
                                        guint64             *number,
                                        FermataEvent        *event,
                                        GError             **error);

/* A place and a kind as a value, for holds: `{ "kind", "frame", "node" }`. */
FERMATA_EXTERN
FermataValue *fermata_event_place_to_value (const FermataEvent *event,
                                            FermataPlan        *plan);
FERMATA_EXTERN
gboolean      fermata_event_place_from_value (FermataValue  *value,
                                              FermataPlan   *plan,
                                              FermataEvent  *event,
                                              GError       **error);

G_END_DECLS
