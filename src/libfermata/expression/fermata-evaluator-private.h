/* fermata-evaluator-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "expression/fermata-js-runtime-private.h"

G_BEGIN_DECLS

/* The context, made now if there is none. (transfer full) */
FermataJsRuntime *fermata_evaluator_ref_runtime (FermataEvaluator  *self,
                                                 GError           **error);

/* The expressions that there are, by their sources: the same source is the
 * same expression. Not references; an expression takes itself out. */
GHashTable       *fermata_evaluator_get_expressions (FermataEvaluator *self);

/* For tests */
gboolean          fermata_evaluator_has_context (FermataEvaluator  *self);

G_END_DECLS
