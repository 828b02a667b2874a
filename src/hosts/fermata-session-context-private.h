/* fermata-session-context-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <jsc/jsc.h>

#include "expression/fermata-session-wire-private.h"

G_BEGIN_DECLS

/* The JavaScript of one machine; js/session.js is most of it. */
typedef struct _FermataSessionContext FermataSessionContext;

FermataSessionContext *fermata_session_context_new        (JSCVirtualMachine         *machine);
void                   fermata_session_context_free       (FermataSessionContext     *self);

/* @name, and what is in it as JSON up to @length after it. */
void                   fermata_session_context_set        (FermataSessionContext     *self,
                                                           FermataSessionWireType     type,
                                                           const char                *payload,
                                                           gsize                      length);

/* What js/session.js answers: see there. */
GBytes                *fermata_session_context_call       (FermataSessionContext     *self,
                                                           FermataSessionVerb         verb,
                                                           const FermataSessionCall  *call,
                                                           const char                *texts,
                                                           gsize                      length);

G_END_DECLS
