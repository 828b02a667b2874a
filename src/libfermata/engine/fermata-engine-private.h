/* fermata-engine-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-engine.h"
#include "model/fermata-documents-private.h"

G_BEGIN_DECLS

/* fermata_engine_compile() for a graph whose files have been read already. */
FermataPlan *fermata_engine_compile_documents (FermataEngine     *self,
                                               FermataDocuments  *documents,
                                               GError           **error);

G_END_DECLS
