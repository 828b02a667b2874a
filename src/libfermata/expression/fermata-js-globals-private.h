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

/* Refuses names that are not available in expressions, and assignments to
 * names from outside. */
gboolean fermata_js_globals_check (const FermataJsSource     *source,
                                   gsize                     *error_offset,
                                   GError                   **error);

G_END_DECLS
