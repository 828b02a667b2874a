/* fermata-js-runtime-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <jsc/jsc.h>

#include "expression/fermata-expression.h"

G_BEGIN_DECLS

/* A JavaScript context with all taken away that expressions shall not have,
 * and the functions of js/ that the C side calls. */
typedef struct _FermataJsRuntime FermataJsRuntime;

/* The functions that js/ puts into its `tools`. */
typedef enum {
  FERMATA_JS_TOOL_BROKEN,
  FERMATA_JS_TOOL_WALK,
  FERMATA_JS_TOOL_SET_TIME,
  FERMATA_JS_TOOL_SET_SEED,
  FERMATA_JS_TOOL_BEGIN_FREEZE,
  FERMATA_JS_TOOL_FREEZE_MORE,
  FERMATA_JS_TOOL_BEGIN_ENCODE,
  FERMATA_JS_TOOL_ENCODE_MORE,
  FERMATA_JS_TOOL_MAKE_FUNCTION,
  FERMATA_JS_N_TOOLS
} FermataJsTool;

typedef struct _FermataJsCopies FermataJsCopies;
typedef struct _FermataJsProgram FermataJsProgram;

void              fermata_js_runtime_set_time_limit (guint                milliseconds);

FermataJsRuntime *fermata_js_runtime_new          (GError              **error);
FermataJsRuntime *fermata_js_runtime_ref          (FermataJsRuntime     *self);
void              fermata_js_runtime_unref        (FermataJsRuntime     *self);

/* After a time-out: better to make a new one. */
gboolean          fermata_js_runtime_is_worn      (FermataJsRuntime     *self);

JSCContext       *fermata_js_runtime_get_context  (FermataJsRuntime     *self);
FermataJsCopies  *fermata_js_runtime_get_copies   (FermataJsRuntime     *self);

JSCValue         *fermata_js_runtime_evaluate     (FermataJsRuntime     *self,
                                                   const char           *text,
                                                   gsize                 length,
                                                   GError              **error);
JSCValue         *fermata_js_runtime_call         (FermataJsRuntime     *self,
                                                   JSCValue             *function,
                                                   guint                 n_arguments,
                                                   JSCValue            **arguments,
                                                   GError              **error);
JSCValue         *fermata_js_runtime_call_tool    (FermataJsRuntime     *self,
                                                   FermataJsTool         tool,
                                                   guint                 n_arguments,
                                                   JSCValue            **arguments,
                                                   GError              **error);

/* What Date and Math.random () begin with. */
gboolean          fermata_js_runtime_set_clock    (FermataJsRuntime     *self,
                                                   FermataScope         *scope,
                                                   GError              **error);

JSCValue         *fermata_js_runtime_get_undefined (FermataJsRuntime    *self);
JSCValue         *fermata_js_runtime_get_null     (FermataJsRuntime     *self);
JSCValue         *fermata_js_runtime_get_boolean  (FermataJsRuntime     *self,
                                                   gboolean              boolean);
JSCValue         *fermata_js_runtime_get_integer  (FermataJsRuntime     *self,
                                                   gint64                integer);

/* The programs that have a function in this context, the last used first. */
GQueue           *fermata_js_runtime_get_programs (FermataJsRuntime     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataJsRuntime, fermata_js_runtime_unref)

G_END_DECLS
