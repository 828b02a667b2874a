/* fermata-cli-diagnostics.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-cli-document.h"
#include "fermata-cli-output.h"

G_BEGIN_DECLS

/* As compilers do: file:line:column: error: message, the line, a caret. */
void          cli_diagnostics_print    (CliDocument       *document,
                                        CliOutput         *output);

/* For programs. */
FermataValue *cli_diagnostic_to_value  (FermataDiagnostic *diagnostic,
                                        CliDocument       *document);

G_END_DECLS
