/* fermata-local-executor.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-executor.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_LOCAL_EXECUTOR (fermata_local_executor_get_type ())

FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataLocalExecutor, fermata_local_executor, FERMATA, LOCAL_EXECUTOR, GObject)

FERMATA_EXTERN
FermataLocalExecutor *fermata_local_executor_new (void);

G_END_DECLS
