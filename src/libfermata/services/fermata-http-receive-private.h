/* fermata-http-receive-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/* What the other side is told when no event can be made of its request. */
typedef struct {
  guint status;
  const char *reason;
} FermataHttpRefusal;

/*
 * The event that a POST request stands for, after section C.2.1 of the SCXML
 * recommendation: an object of
 *
 * - `name`: the value of the parameter `_scxmleventname`, or `HTTP.POST`;
 * - `data`, if the request had anything else: an object of its parameters; the value
 *   of a body in JSON; a body that is text;
 * - `content` instead of `data`, a text, if the data model of the machine is to make
 *   a value of it: XML (then with `"content-type": "application/xml"`), and a body
 *   that nobody says anything about;
 * - `raw`: the request as text.
 *
 * @query is what stands behind the `?` of the address, @content_type what the header
 * says; either may be NULL. NULL with @refusal set if it cannot be an event.
 */
FermataValue *fermata_http_receive (const char         *query,
                                    const char         *content_type,
                                    GBytes             *body,
                                    FermataHttpRefusal *refusal);

G_END_DECLS
