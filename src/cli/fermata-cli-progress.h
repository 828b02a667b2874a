/* fermata-cli-progress.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

#include "fermata-cli-output.h"

G_BEGIN_DECLS

/**
 * CliVerbosity:
 * @CLI_VERBOSITY_QUIET: nothing but failures
 * @CLI_VERBOSITY_FAILURES: failures as they come; the live view shows the rest
 * @CLI_VERBOSITY_CALM: what does something outside: starts and ends
 * @CLI_VERBOSITY_ALL: every node and every edge
 */
typedef enum {
  CLI_VERBOSITY_QUIET,
  CLI_VERBOSITY_FAILURES,
  CLI_VERBOSITY_CALM,
  CLI_VERBOSITY_ALL,
} CliVerbosity;

/* A run as lines. */
typedef struct _CliProgress CliProgress;

CliProgress *cli_progress_new  (CliOutput          *output,
                                CliVerbosity        verbosity,
                                FermataEngine      *engine,
                                FermataRun         *run);
void         cli_progress_free (CliProgress        *self);

/* The line that an event is worth, with its line break; NULL for most. */
char        *cli_progress_dup_line (CliProgress        *self,
                                    const FermataEvent *event);

/* The text of an error's value, harmless, on one line. */
char        *cli_error_dup_message (FermataValue       *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliProgress, cli_progress_free)

G_END_DECLS
