/* fermata-cli-help.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-cli-arguments.h"

G_BEGIN_DECLS

/* Prints to standard output. */
CliExit cli_help_command (const CliCommand        *command);

/* What the program does, and each of @commands (NULL-terminated). @fd: where. */
CliExit cli_help_program (const CliCommand *const *commands,
                          int                      fd);

G_END_DECLS
