/* fermata-text-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/* What nodes make of bytes that come from outside. @what begins the messages of
 * errors: “Its standard output”. */
FermataValue *fermata_text_to_string (const char  *text,
                                      gsize        length,
                                      const char  *what,
                                      GError     **error);
FermataValue *fermata_text_to_lines  (const char  *text,
                                      gsize        length,
                                      const char  *what,
                                      GError     **error);
FermataValue *fermata_text_to_json   (const char  *text,
                                      gsize        length,
                                      const char  *what,
                                      GError     **error);

G_END_DECLS
