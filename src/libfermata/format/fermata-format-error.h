/* fermata-format-error.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

#include "fermata-extern.h"

G_BEGIN_DECLS

/**
 * FermataFormatError:
 * @FERMATA_FORMAT_ERROR_NOT_FOUND: there is no such file
 * @FERMATA_FORMAT_ERROR_PERMISSION: the file may not be read or written
 * @FERMATA_FORMAT_ERROR_NOT_REGULAR: a folder, a pipe, a device: nothing that
 *   can be read as a whole
 * @FERMATA_FORMAT_ERROR_TOO_LARGE: longer than the limit
 * @FERMATA_FORMAT_ERROR_IO: anything else that reading or writing met
 * @FERMATA_FORMAT_ERROR_INVALID: the text is no graph; the diagnostics say why
 * @FERMATA_FORMAT_ERROR_INCOMPLETE: the graph does not hold all that its text
 *   says, so that to write it would lose something
 * @FERMATA_FORMAT_ERROR_TOO_DEEP: nested deeper than a reader will take
 *
 * Why a document could not be read or written.
 */
typedef enum {
  FERMATA_FORMAT_ERROR_NOT_FOUND,
  FERMATA_FORMAT_ERROR_PERMISSION,
  FERMATA_FORMAT_ERROR_NOT_REGULAR,
  FERMATA_FORMAT_ERROR_TOO_LARGE,
  FERMATA_FORMAT_ERROR_IO,
  FERMATA_FORMAT_ERROR_INVALID,
  FERMATA_FORMAT_ERROR_INCOMPLETE,
  FERMATA_FORMAT_ERROR_TOO_DEEP,
} FermataFormatError;

#define FERMATA_FORMAT_ERROR (fermata_format_error_quark ())

FERMATA_EXTERN
GQuark fermata_format_error_quark (void);

G_END_DECLS
