/* fermata-script-link-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-script-wire-private.h"

G_BEGIN_DECLS

/* The engine's end of the socket to a host. Neither end ever waits for the
 * other: what cannot be written yet is kept, and written with what is sent in
 * the same turn of the loop. */
typedef struct _FermataScriptLink FermataScriptLink;

/* The payload is gone when the call returns. It may close the link. */
typedef void (*FermataScriptLinkFunc) (const FermataScriptFrame *frame,
                                       const char               *payload,
                                       gpointer                  user_data);

FermataScriptLink *fermata_script_link_new         (int                    fd,
                                                    GMainContext          *context,
                                                    FermataScriptLinkFunc  func,
                                                    gpointer               user_data);

/* @frame without its length */
void               fermata_script_link_send        (FermataScriptLink     *self,
                                                    FermataScriptFrame     frame,
                                                    const char            *payload,
                                                    gsize                  length);

/* Bytes that have been sent and not been written. */
gsize              fermata_script_link_get_backlog (FermataScriptLink     *self);

/* Reads what there is of a host that has ended. */
void               fermata_script_link_drain       (FermataScriptLink     *self);

/* Nothing is told any more. Lets go of the link. */
void               fermata_script_link_close       (FermataScriptLink     *self);

G_END_DECLS
