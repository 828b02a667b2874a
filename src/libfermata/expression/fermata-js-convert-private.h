/* fermata-js-convert-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-js-runtime-private.h"

G_BEGIN_DECLS

/* @what names the value in errors. */
JSCValue     *fermata_js_from_value (FermataJsRuntime  *runtime,
                                     FermataValue      *value,
                                     const char        *what,
                                     GError           **error);
FermataValue *fermata_js_to_value   (FermataJsRuntime  *runtime,
                                     JSCValue          *value,
                                     GError           **error);

/* A finite one. */
FermataValue *fermata_js_number_to_value (double          number);

/* As a condition */
gboolean      fermata_js_to_boolean (JSCValue          *value,
                                     gboolean          *result,
                                     GError           **error);

G_END_DECLS
