/* fermata-report-error.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

#include "fermata-extern.h"

G_BEGIN_DECLS

/**
 * FermataReportError:
 * @FERMATA_REPORT_ERROR_NOT_A_RECORD: the file is no record of a run
 * @FERMATA_REPORT_ERROR_NEWER: a newer version wrote it
 * @FERMATA_REPORT_ERROR_DAMAGED: something in it cannot be, at a line that the
 *   message names
 * @FERMATA_REPORT_ERROR_INCOMPLETE: it breaks off before the end of the run
 * @FERMATA_REPORT_ERROR_NO_HOST: the program that lays out cannot be started
 * @FERMATA_REPORT_ERROR_NOT_DOT: the text is not DOT
 * @FERMATA_REPORT_ERROR_TOO_LARGE: the picture would be larger than the limit
 * @FERMATA_REPORT_ERROR_TIMEOUT: the layout took longer than it may
 * @FERMATA_REPORT_ERROR_LAYOUT: the layout failed in another way: it crashed, or
 *   gave what is no layout
 *
 * Why a record could not be read, or a picture not be laid out.
 */
typedef enum {
  FERMATA_REPORT_ERROR_NOT_A_RECORD,
  FERMATA_REPORT_ERROR_NEWER,
  FERMATA_REPORT_ERROR_DAMAGED,
  FERMATA_REPORT_ERROR_INCOMPLETE,
  FERMATA_REPORT_ERROR_NO_HOST,
  FERMATA_REPORT_ERROR_NOT_DOT,
  FERMATA_REPORT_ERROR_TOO_LARGE,
  FERMATA_REPORT_ERROR_TIMEOUT,
  FERMATA_REPORT_ERROR_LAYOUT,
} FermataReportError;

#define FERMATA_REPORT_ERROR (fermata_report_error_quark ())

FERMATA_EXTERN
GQuark fermata_report_error_quark (void);

G_END_DECLS
