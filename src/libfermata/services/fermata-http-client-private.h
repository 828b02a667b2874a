/* fermata-http-client-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "services/fermata-http-compose-private.h"

G_BEGIN_DECLS

/*
 * Posts events. What goes by the same line (a sender and a target) goes one after the
 * other, so that it arrives in order; each has its time from when it was handed over, so
 * that a target that never answers holds up a line no longer than one answer.
 *
 * Nothing is followed but the address itself: an answer that leads elsewhere is none.
 */
typedef struct _FermataHttpClient FermataHttpClient;

FermataHttpClient *fermata_http_client_new  (void);
void               fermata_http_client_free (FermataHttpClient *self);

/* In milliseconds, from when an event was handed over. */
void               fermata_http_client_set_timeout
                                            (FermataHttpClient *self,
                                             guint              timeout);

/* Posts what the task is for, and returns TRUE from the task when the answer is a good
 * one. Takes @post's members, and a reference to @task, whose source keeps the client. */
void               fermata_http_client_post (FermataHttpClient *self,
                                             const char        *line,
                                             FermataHttpPost   *post,
                                             GTask             *task);

G_END_DECLS
