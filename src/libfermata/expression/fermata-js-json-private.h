/* fermata-js-json-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/* The largest integer below which JavaScript's numbers hold each. */
#define FERMATA_JS_MAX_SAFE_INTEGER G_GINT64_CONSTANT (9007199254740991)

/* JavaScript's idea of what is true */
gboolean fermata_js_is_true         (FermataValue *value);
gboolean fermata_js_is_safe_integer (gint64        integer);

/* Writes an array or object as JSON that JavaScript reads without loss: what
 * its numbers cannot hold becomes a string that begins with U+0001, `i` and an
 * integer or `n` and the text of a number; a string that itself begins with
 * U+0001 gets that and an `s` before it. @tagged says whether there is any. */
char    *fermata_js_json_write      (FermataValue *value,
                                     gsize        *length,
                                     gboolean     *tagged);

G_END_DECLS
