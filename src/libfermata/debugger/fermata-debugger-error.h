/* fermata-debugger-error.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

#include "fermata-extern.h"

G_BEGIN_DECLS

/**
 * FermataDebuggerError:
 * @FERMATA_DEBUGGER_ERROR_PAST: what has happened cannot be changed: return to
 *   live first
 * @FERMATA_DEBUGGER_ERROR_STATE: not at this moment of a run
 * @FERMATA_DEBUGGER_ERROR_PLACE: the graph of the run has no such node or edge
 * @FERMATA_DEBUGGER_ERROR_INVALID: what was read is no list of breakpoints
 *
 * Why something was refused to a debugger.
 */
typedef enum {
  FERMATA_DEBUGGER_ERROR_PAST,
  FERMATA_DEBUGGER_ERROR_STATE,
  FERMATA_DEBUGGER_ERROR_PLACE,
  FERMATA_DEBUGGER_ERROR_INVALID,
} FermataDebuggerError;

#define FERMATA_DEBUGGER_ERROR (fermata_debugger_error_quark ())

FERMATA_EXTERN
GQuark fermata_debugger_error_quark (void);

G_END_DECLS
