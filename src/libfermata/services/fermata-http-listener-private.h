/* fermata-http-listener-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * Takes connections for a SoupServer, which has no bounds of its own: only so many at a
 * time, others wait; and each for so long only, whatever the other side does. A
 * connection is good for one request, since the server does not listen itself, and its
 * head is looked at before the server sees it.
 */
typedef struct _FermataHttpListener FermataHttpListener;

/* Listens at an address, and gives each request @timeout milliseconds; with port 0 at one that is free. At 127.0.0.1 also at ::1, if
 * that can be had. NULL with an error. */
FermataHttpListener *fermata_http_listener_new       (SoupServer           *server,
                                                      GInetSocketAddress   *address,
                                                      guint                 timeout,
                                                      GError              **error);
/* Listens no longer. What was taken goes on, but no longer than it may. */
void                 fermata_http_listener_free      (FermataHttpListener  *self);

guint16              fermata_http_listener_get_port  (FermataHttpListener  *self);

/* Ends the connection that a request came by. */
void                 fermata_http_listener_cut       (SoupServerMessage    *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataHttpListener, fermata_http_listener_free)

G_END_DECLS
