/* fermata-run-artifacts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-run-private.h"

/**
 * fermata_run_store_outputs:
 * @self: a run that has not started
 * @max_size: bytes of JSON text
 * @folder: (nullable) (type filename): where to; %NULL: a folder of the run
 *   below the user's cache, which is removed with the run
 *
 * Has outputs of executed nodes that are larger than @max_size put into files. In
 * place of such an output goes an object `{ "artifact": { "path", "size", "sha256",
 * "media-type" } }`.
 */
void
fermata_run_store_outputs (FermataRun *self,
                           gsize       max_size,
                           const char *folder)
{
  g_return_if_fail (FERMATA_IS_RUN (self));
  g_return_if_fail (self->moment->state == FERMATA_RUN_STATE_NEW);

  g_clear_pointer (&self->artifacts, fermata_artifacts_unref);
  self->artifacts = fermata_artifacts_new (max_size, folder, self->id);
}
