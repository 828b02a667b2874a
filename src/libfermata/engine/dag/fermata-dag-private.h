/* fermata-dag-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-moment-private.h"

G_BEGIN_DECLS

gboolean fermata_dag_decide (FermataMoment *moment,
                             FermataFrame  *frame,
                             FermataEvent  *event);

G_END_DECLS
