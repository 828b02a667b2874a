/* fermata-node-registry-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/plan/fermata-node-type.h"

G_BEGIN_DECLS

/* Adds all types of another registry, or none with @error set. */
gboolean fermata_node_registry_move (FermataNodeRegistry  *self,
                                     FermataNodeRegistry  *from,
                                     GError              **error);

G_END_DECLS
