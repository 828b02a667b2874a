/* fermata-js-globals-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-js-parser-private.h"

G_BEGIN_DECLS

/* Whether JavaScript itself knows this name: it is never looked up. */
gboolean fermata_js_globals_has   (const char                *name);

/* Whether it is a function that machines have: In, visits. What it gives for
 * one literal is looked up as a path, of the name and the literal; for all else
 * the name alone is, and JavaScript is given a function over that. */
gboolean fermata_js_globals_is_function (const char          *name);

/* Refuses names that are not available in expressions, and assignments to
 * names from outside. */
gboolean fermata_js_globals_check (const FermataJsSource     *source,
                                   gsize                     *error_offset,
                                   GError                   **error);

G_END_DECLS
