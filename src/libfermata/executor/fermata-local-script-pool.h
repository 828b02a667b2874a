/* fermata-local-script-pool.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-script-pool.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_LOCAL_SCRIPT_POOL (fermata_local_script_pool_get_type ())

FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataLocalScriptPool, fermata_local_script_pool, FERMATA, LOCAL_SCRIPT_POOL, GObject)

FERMATA_EXTERN
FermataLocalScriptPool *fermata_local_script_pool_new           (guint                   max_hosts);

/* How many processes there are. */
FERMATA_EXTERN
guint                   fermata_local_script_pool_get_n_hosts   (FermataLocalScriptPool *self);

G_END_DECLS
