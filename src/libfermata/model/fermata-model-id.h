/* fermata-model-id.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

#include "fermata-extern.h"

G_BEGIN_DECLS

/* What may be the id of a node or edge: any text but the empty one, without
 * `/`, `#`, `>` and control characters. @length -1: NUL-terminated. */
FERMATA_EXTERN
gboolean fermata_model_id_is_valid   (const char *id,
                                      gssize      length);

/* What may be the name of an input or a variable: a JavaScript identifier
 * that is not a reserved word. */
FERMATA_EXTERN
gboolean fermata_model_name_is_valid (const char *name);

G_END_DECLS
