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
 * fermata_event_processor_get_uri:
 * @self: an event processor
 *
 * Tells what the `type` of a `send` calls it.
 *
 * Returns: (transfer none): a URI
 */
const char *
fermata_event_processor_get_uri (FermataEventProcessor *self)
{
  g_return_val_if_fail (FERMATA_IS_EVENT_PROCESSOR (self), NULL);

  return FERMATA_EVENT_PROCESSOR_GET_IFACE (self)->get_uri (self);
}

/**
 * fermata_event_processor_get_name:
 * @self: an event processor
 *
 * Tells what the `type` of a `send` calls it for short.
 *
 * Returns: (transfer none) (nullable): a name, or %NULL if it has none
 */
const char *
fermata_event_processor_get_name (FermataEventProcessor *self)
{
  FermataEventProcessorInterface *iface;

  g_return_val_if_fail (FERMATA_IS_EVENT_PROCESSOR (self), NULL);

  iface = FERMATA_EVENT_PROCESSOR_GET_IFACE (self);

  return iface->get_name == NULL ? NULL : iface->get_name (self);
}

/**
 * fermata_event_processor_serves:
 * @self: an event processor
 * @type: the `type` of a `send`
 *
 * Tells whether a type means this event processor.
 *
 * Returns: whether @type is its URI or its name
 */
gboolean
fermata_event_processor_serves (FermataEventProcessor *self,
                                const char            *type)
{
  g_return_val_if_fail (FERMATA_IS_EVENT_PROCESSOR (self), FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  return g_str_equal (type, fermata_event_processor_get_uri (self))
         || g_strcmp0 (type, fermata_event_processor_get_name (self)) == 0;
}

/**
 * fermata_event_processor_open: (skip)
 * @self: an event processor
 * @session: the id of a session: letters, digits and `-`
 * @func: called for each event that comes for it
 * @user_data: for @func, until the session is closed
 * @error: return location for an error
 *
 * Makes a session ready to be sent events.
 *
 * Returns: (transfer full): its address, or %NULL with @error set
 */
char *
fermata_event_processor_open (FermataEventProcessor    *self,
                              const char               *session,
                              FermataEventArrivedFunc   func,
                              gpointer                  user_data,
                              GError                  **error)
{
  g_return_val_if_fail (FERMATA_IS_EVENT_PROCESSOR (self), NULL);
  g_return_val_if_fail (session != NULL, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  return FERMATA_EVENT_PROCESSOR_GET_IFACE (self)->open (self, session, func, user_data, error);
}

/**
 * fermata_event_processor_close:
 * @self: an event processor
 * @session: the id of a session
 *
 * Ends a session: nobody is told of what comes for it any more. What it has sent
 * goes on.
 */
void
fermata_event_processor_close (FermataEventProcessor *self,
                               const char            *session)
{
  g_return_if_fail (FERMATA_IS_EVENT_PROCESSOR (self));
  g_return_if_fail (session != NULL);

  FERMATA_EVENT_PROCESSOR_GET_IFACE (self)->close (self, session);
}

/**
 * fermata_event_processor_send_async:
 * @self: an event processor
 * @session: who sends it; it need not be open
 * @target: where to, as the processor understands it; may be empty
 * @event: an object: `name`, unless the sender gave none; `data`, if there is any,
 *   in plain JSON; `sendid`, if it has one; `"params": true` if `data` is an object
 *   of parameters, and not content that stands for itself
 * @cancellable: (nullable): nobody waits for the answer any more
 * @callback: called when the event was delivered, or could not be
 * @user_data: for @callback
 *
 * Sends an event. What a session sends to the same target arrives in the order in
 * which it was sent. What goes to a session that is open has arrived when this is
 * over, so that what its sender sends by other ways comes after it. There is an
 * answer within a bounded time: until then the run does not end by itself.
 */
void
fermata_event_processor_send_async (FermataEventProcessor *self,
                                    const char            *session,
                                    const char            *target,
                                    FermataValue          *event,
                                    GCancellable          *cancellable,
                                    GAsyncReadyCallback    callback,
                                    gpointer               user_data)
{
  g_return_if_fail (FERMATA_IS_EVENT_PROCESSOR (self));
  g_return_if_fail (session != NULL);
  g_return_if_fail (target != NULL);
  g_return_if_fail (event != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  FERMATA_EVENT_PROCESSOR_GET_IFACE (self)->send_async (self, session, target, event, cancellable,
                                                        callback, user_data);
}

/**
 * fermata_event_processor_send_finish:
 * @self: an event processor
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends fermata_event_processor_send_async().
 *
 * Returns: whether the event was delivered; %FALSE with @error set becomes
 *   `error.communication` in the machine
 */
gboolean
fermata_event_processor_send_finish (FermataEventProcessor  *self,
                                     GAsyncResult           *result,
                                     GError                **error)
{
  g_return_val_if_fail (FERMATA_IS_EVENT_PROCESSOR (self), FALSE);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), FALSE);

  return FERMATA_EVENT_PROCESSOR_GET_IFACE (self)->send_finish (self, result, error);
}
