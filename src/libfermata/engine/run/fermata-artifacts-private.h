/* fermata-artifacts-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "value/fermata-value.h"

G_BEGIN_DECLS

/*
 * Where a run puts outputs that are too large to be carried about: each goes to
 * a file, and travels as an object that names it. A folder that nobody named is
 * gone with the run, and all that is in it.
 */
typedef struct _FermataArtifacts FermataArtifacts;

FermataArtifacts *fermata_artifacts_new          (gsize                 max_size,
                                                  const char           *folder,
                                                  const char           *run_id);
void              fermata_artifacts_unref        (FermataArtifacts     *self);

/* The run is no more. */
void              fermata_artifacts_end          (FermataArtifacts     *self);

/* Whether the text of @value may be larger than it may be: quickly told, and
 * never wrongly denied. */
gboolean          fermata_artifacts_suspects     (FermataArtifacts     *self,
                                                  FermataValue         *value);

/* What is to go on instead of @value: the same, or the object that names its
 * file (transfer full); NULL with @error set. @name begins the file's. */
void              fermata_artifacts_store_async  (FermataArtifacts     *self,
                                                  gpointer              source,
                                                  const char           *name,
                                                  FermataValue         *value,
                                                  GAsyncReadyCallback   callback);
FermataValue     *fermata_artifacts_store_finish (GAsyncResult         *result,
                                                  GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataArtifacts, fermata_artifacts_unref)

/* Whether an output is in a file that is not there any more. */
gboolean fermata_artifact_is_lost (FermataValue *output);

G_END_DECLS
