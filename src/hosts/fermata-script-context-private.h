/* fermata-script-context-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <jsc/jsc.h>

G_BEGIN_DECLS

/* A JavaScript world of its own, with one piece of code that is called again
 * and again and may keep what it likes in its globals. */
typedef struct _FermataScriptContext FermataScriptContext;

FermataScriptContext *fermata_script_context_new      (JSCVirtualMachine    *machine);
void                  fermata_script_context_free     (FermataScriptContext *self);

/* What goes wrong is told by the next call. */
void                  fermata_script_context_set_code (FermataScriptContext *self,
                                                       const char           *names,
                                                       const char           *code,
                                                       gsize                 length);

/* The result as JSON; or NULL, and @failure is what the engine is told. */
char                 *fermata_script_context_call     (FermataScriptContext *self,
                                                       const char           *names,
                                                       gsize                 length,
                                                       gboolean              tagged,
                                                       char                **failure);

G_END_DECLS
