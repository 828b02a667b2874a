/* fermata-script-content.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/* What a text that stands in a document, or is read from a file, is in a machine of
 * the data model ecmascript: in canonical encoding (transfer full). */
FERMATA_EXTERN
FermataValue *fermata_script_value_from_content (const char *text);

G_END_DECLS
