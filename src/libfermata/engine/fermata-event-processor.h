/* fermata-event-processor.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "value/fermata-value.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_EVENT_PROCESSOR (fermata_event_processor_get_type ())

/**
 * FermataEventProcessor:
 *
 * Takes the events that a machine sends somewhere else: one implementation for
 * each way to send (the `type` of a `send`).
 */
FERMATA_EXTERN
G_DECLARE_INTERFACE (FermataEventProcessor, fermata_event_processor, FERMATA, EVENT_PROCESSOR,
                     GObject)

/**
 * FermataEventProcessorInterface:
 * @send: sends @event, an object with `name` and `data`, to @target; an error
 *   becomes `error.communication` in the machine
 *
 * What an event processor does.
 */
struct _FermataEventProcessorInterface {
  GTypeInterface parent_iface;

  gboolean (*send) (FermataEventProcessor  *self,
                    const char             *target,
                    FermataValue           *event,
                    GError                **error);
};

FERMATA_EXTERN
gboolean fermata_event_processor_send (FermataEventProcessor  *self,
                                       const char             *target,
                                       FermataValue           *event,
                                       GError                **error);

G_END_DECLS
