/* fermata-js-copies-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-js-runtime-private.h"

G_BEGIN_DECLS

/* Frozen JavaScript copies of arrays, objects and long texts, by identity.
 * Each holds on to its value; the least recently used go first. */
FermataJsCopies *fermata_js_copies_new   (FermataJsRuntime  *runtime);
void             fermata_js_copies_free  (FermataJsCopies   *self);

JSCValue        *fermata_js_copies_get   (FermataJsCopies   *self,
                                          FermataValue      *value,
                                          GError           **error);

/* The value whose copy was given this number, if it is still known. */
FermataValue    *fermata_js_copies_find  (FermataJsCopies   *self,
                                          guint              id);

G_END_DECLS
