/* fermata-http-guard-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What is listened at, what addresses there look like, and who may ask. */
typedef struct _FermataHttpGuard FermataHttpGuard;

FermataHttpGuard   *fermata_http_guard_new           (GInetAddress       *address,
                                                      guint16             port);
void                fermata_http_guard_free          (FermataHttpGuard   *self);

/* The address of a session (transfer full). All that there are differ in @session alone. */
char               *fermata_http_guard_dup_location  (FermataHttpGuard   *self,
                                                      const char         *session);

/* The session that the path of an address names (transfer full); NULL if it names none:
 * then @lacks_token says whether that is for want of the right token. */
char               *fermata_http_guard_read_path     (FermataHttpGuard   *self,
                                                      const char         *path,
                                                      gboolean           *lacks_token);

/* Why a request is not for us, or not from somebody who may ask; NULL if all is well.
 *
 * A page from elsewhere can have its own name lead to this machine, and then its browser
 * thinks that both are the same (DNS rebinding); but the name is in the request. And a
 * browser says which page a request comes from, if that is another than it goes to. */
const char         *fermata_http_guard_find_fault    (FermataHttpGuard   *self,
                                                      SoupServerMessage  *message);

/* Whether two tokens are the same, in a time that does not depend on how much of them
 * is. */
gboolean            fermata_http_guard_equal         (const char         *a,
                                                      const char         *b);

/* `ADDRESS`, `ADDRESS:PORT`, `[ADDRESS]:PORT` (transfer full); NULL with an error. */
GInetSocketAddress *fermata_http_guard_parse_address (const char         *text,
                                                      GError            **error);

G_END_DECLS
