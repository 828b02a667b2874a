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
 * A way by which machines send events to others, and are sent some: what SCXML
 * calls an Event I/O Processor. One serves a `type` of `send`, and all the
 * machines of an engine that use it; each of those is a *session* to it, with an
 * address of its own.
 *
 * What it does it does in the thread-default main context in which it is called.
 */
FERMATA_EXTERN
G_DECLARE_INTERFACE (FermataEventProcessor, fermata_event_processor, FERMATA, EVENT_PROCESSOR,
                     GObject)

/**
 * FermataEventArrivedFunc:
 * @event: an object: `name`, a valid name of an event; perhaps `data`, in plain
 *   JSON, or `content`, text that the machine makes a value of, with its
 *   `content-type`; `origin`, where to answer; `raw`, how it came. All else is
 *   left out
 * @user_data: what fermata_event_processor_open() was given
 *
 * Takes an event that has come for a session. It may close the session.
 *
 * Returns: whether the session has taken it; %FALSE if it has ended, is not to
 *   be sent events any more, or has no room for it
 */
typedef gboolean (*FermataEventArrivedFunc) (FermataValue *event,
                                             gpointer      user_data);

/**
 * FermataEventProcessorInterface:
 * @get_uri: what `type` calls it: a URI
 * @get_name: (nullable): the same for short
 * @open: makes a session ready to be sent events, and gives its address: from
 *   then on @func is called for each. A session that is open is not opened again.
 *   The address has the session's id in it, once, and those of the other sessions
 *   of a run differ from it in that alone
 * @close: nobody will be told of events for the session; does nothing if it is not
 *   open. What it has sent goes on
 * @send_async: sends an event; see fermata_event_processor_send_async()
 * @send_finish: whether it was delivered
 *
 * What an event processor does.
 */
struct _FermataEventProcessorInterface {
  GTypeInterface parent_iface;

  const char *(*get_uri)     (FermataEventProcessor    *self);
  const char *(*get_name)    (FermataEventProcessor    *self);
  char       *(*open)        (FermataEventProcessor    *self,
                              const char               *session,
                              FermataEventArrivedFunc   func,
                              gpointer                  user_data,
                              GError                  **error);
  void        (*close)       (FermataEventProcessor    *self,
                              const char               *session);
  void        (*send_async)  (FermataEventProcessor    *self,
                              const char               *session,
                              const char               *target,
                              FermataValue             *event,
                              GCancellable             *cancellable,
                              GAsyncReadyCallback       callback,
                              gpointer                  user_data);
  gboolean    (*send_finish) (FermataEventProcessor    *self,
                              GAsyncResult             *result,
                              GError                  **error);
};

FERMATA_EXTERN
const char *fermata_event_processor_get_uri     (FermataEventProcessor    *self);
FERMATA_EXTERN
const char *fermata_event_processor_get_name    (FermataEventProcessor    *self);
FERMATA_EXTERN
gboolean    fermata_event_processor_serves      (FermataEventProcessor    *self,
                                                 const char               *type);
FERMATA_EXTERN
char       *fermata_event_processor_open        (FermataEventProcessor    *self,
                                                 const char               *session,
                                                 FermataEventArrivedFunc   func,
                                                 gpointer                  user_data,
                                                 GError                  **error);
FERMATA_EXTERN
void        fermata_event_processor_close       (FermataEventProcessor    *self,
                                                 const char               *session);
FERMATA_EXTERN
void        fermata_event_processor_send_async  (FermataEventProcessor    *self,
                                                 const char               *session,
                                                 const char               *target,
                                                 FermataValue             *event,
                                                 GCancellable             *cancellable,
                                                 GAsyncReadyCallback       callback,
                                                 gpointer                  user_data);
FERMATA_EXTERN
gboolean    fermata_event_processor_send_finish (FermataEventProcessor    *self,
                                                 GAsyncResult             *result,
                                                 GError                  **error);

G_END_DECLS
