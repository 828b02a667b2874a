/* fermata-http-compose-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/*
 * What is posted for an event, after section C.2.2 of the SCXML recommendation:
 * parameters, and the name as `_scxmleventname`, as a form; content as the body, and
 * the name then in the address.
 */
typedef struct {
  GUri *uri;
  const char *content_type;
  GBytes *body;
} FermataHttpPost;

/* @event is what an event processor is given: `name`, `data`, `params`. FALSE with an
 * error (FERMATA_TASK_ERROR) if @target is no address that can be posted to. */
gboolean fermata_http_compose    (FermataHttpPost  *post,
                                  const char       *target,
                                  FermataValue     *event,
                                  GError          **error);
void     fermata_http_post_clear (FermataHttpPost  *post);

/* Where it goes, for messages: without what may be secret (transfer full). */
char    *fermata_http_describe   (GUri             *uri);

G_END_DECLS
