/* fermata-node-type-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/plan/fermata-node-type.h"

G_BEGIN_DECLS

/* Has a type without a constant description make its own; FALSE with @error
 * set if it makes none, or a wrong one. */
gboolean fermata_node_type_prepare (FermataNodeType  *self,
                                    GError          **error);

G_END_DECLS
