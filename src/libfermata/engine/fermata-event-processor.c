/* fermata-event-processor.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/fermata-event-processor.h"

G_DEFINE_INTERFACE (FermataEventProcessor, fermata_event_processor, G_TYPE_OBJECT)

static void
fermata_event_processor_default_init (FermataEventProcessorInterface *iface)
{
}

/**
 * fermata_event_processor_send:
 * @self: an event processor
 * @target: where to, as the processor understands it
 * @event: an object with `name` and `data`
 * @error: return location for an error
 *
 * Sends an event, without waiting for an answer.
 *
 * Returns: %FALSE with @error set if it cannot be sent
 */
gboolean
fermata_event_processor_send (FermataEventProcessor  *self,
                              const char             *target,
                              FermataValue           *event,
                              GError                **error)
{
  g_return_val_if_fail (FERMATA_IS_EVENT_PROCESSOR (self), FALSE);
  g_return_val_if_fail (target != NULL, FALSE);
  g_return_val_if_fail (event != NULL, FALSE);

  return FERMATA_EVENT_PROCESSOR_GET_IFACE (self)->send (self, target, event, error);
}
