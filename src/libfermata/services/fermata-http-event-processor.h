/* fermata-http-event-processor.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "fermata-extern.h"

G_BEGIN_DECLS

/**
 * FERMATA_HTTP_EVENT_PROCESSOR_URI:
 *
 * What the `type` of a `send` calls events over HTTP.
 */
#define FERMATA_HTTP_EVENT_PROCESSOR_URI "http://www.w3.org/TR/scxml/#BasicHTTPEventProcessor"

#define FERMATA_TYPE_HTTP_EVENT_PROCESSOR (fermata_http_event_processor_get_type ())

FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataHttpEventProcessor, fermata_http_event_processor, FERMATA,
                      HTTP_EVENT_PROCESSOR, GObject)

FERMATA_EXTERN
FermataHttpEventProcessor *fermata_http_event_processor_new (void);

FERMATA_EXTERN
gboolean    fermata_http_event_processor_set_listen_address (FermataHttpEventProcessor  *self,
                                                             const char                 *address,
                                                             GError                    **error);
FERMATA_EXTERN
const char *fermata_http_event_processor_get_listen_address (FermataHttpEventProcessor  *self);
FERMATA_EXTERN
void        fermata_http_event_processor_set_max_body_size  (FermataHttpEventProcessor  *self,
                                                             guint                       size);
FERMATA_EXTERN
guint       fermata_http_event_processor_get_max_body_size  (FermataHttpEventProcessor  *self);
FERMATA_EXTERN
void        fermata_http_event_processor_set_timeout        (FermataHttpEventProcessor  *self,
                                                             guint                       timeout);
FERMATA_EXTERN
guint       fermata_http_event_processor_get_timeout        (FermataHttpEventProcessor  *self);

G_END_DECLS
