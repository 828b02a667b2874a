/* fermata-http-server-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "engine/fermata-event-processor.h"
#include "services/fermata-http-compose-private.h"

G_BEGIN_DECLS

/*
 * Listens while there are sessions, and makes events of what is posted to them:
 *
 *     http://127.0.0.1:PORT/scxml/SESSION
 *     http://ADDRESS:PORT/scxml/SESSION/TOKEN
 *
 * The second is the form of those that others than this machine may reach: who does not
 * know the token is sent away. Others that this machine itself may reach are browsers,
 * on behalf of any page that they show; so a request must name this machine as its host,
 * and must not come from a page of another.
 */
typedef struct _FermataHttpServer FermataHttpServer;

/* The largest body of a request, unless told otherwise. */
#define FERMATA_HTTP_MAX_BODY_SIZE (1024 * 1024)

FermataHttpServer *fermata_http_server_new           (void);
void               fermata_http_server_free          (FermataHttpServer       *self);

/* How long a request may take, unless told otherwise, in milliseconds. */
#define FERMATA_HTTP_TIMEOUT 30000

void               fermata_http_server_set_timeout   (FermataHttpServer       *self,
                                                      guint                    timeout);
void               fermata_http_server_set_max_body_size
                                                     (FermataHttpServer       *self,
                                                      gsize                    max_body_size);
/* Where to listen from the next time on that it begins to: `ADDRESS`, `ADDRESS:PORT`,
 * `[ADDRESS]:PORT`; NULL: loopback, any port. FALSE with an error if it is no such. */
gboolean           fermata_http_server_set_address   (FermataHttpServer       *self,
                                                      const char              *address,
                                                      GError                 **error);

/* See fermata_event_processor_open(). */
char              *fermata_http_server_open          (FermataHttpServer       *self,
                                                      const char              *session,
                                                      FermataEventArrivedFunc  func,
                                                      gpointer                 user_data,
                                                      GError                 **error);
void               fermata_http_server_close         (FermataHttpServer       *self,
                                                      const char              *session);

/* If an address is that of a session here, gives it there what would come by the wire, at
 * once: TRUE. Then @error says if it would not have been taken. */
gboolean           fermata_http_server_hand_over     (FermataHttpServer       *self,
                                                      const char              *location,
                                                      const FermataHttpPost   *post,
                                                      GError                 **error);

G_END_DECLS
