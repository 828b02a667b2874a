/* fermata-script-contexts-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/* Which contexts a host has, and with which code: a bounded number, of which
 * the one that has not been used for the longest time goes first. */
typedef struct _FermataScriptContexts FermataScriptContexts;

/* The host is to let go of that number. */
typedef void (*FermataScriptContextsFunc) (guint32  number,
                                           gpointer user_data);

FermataScriptContexts *fermata_script_contexts_new    (FermataScriptContextsFunc  forgotten,
                                                       gpointer                   user_data);
void                   fermata_script_contexts_free   (FermataScriptContexts     *self);
gboolean               fermata_script_contexts_has    (FermataScriptContexts     *self,
                                                       const char                *name);

/* The number of a context, made if there is none; @is_new tells whether the
 * code has to be sent. */
guint32                fermata_script_contexts_use    (FermataScriptContexts     *self,
                                                       const char                *name,
                                                       FermataValue              *code,
                                                       const char                *parameters,
                                                       gboolean                  *is_new);
void                   fermata_script_contexts_forget (FermataScriptContexts     *self,
                                                       const char                *prefix);

G_END_DECLS
