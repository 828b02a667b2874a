/* fermata-cli-reference.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-cli-arguments.h"

G_BEGIN_DECLS

/*
 * What is made of the tables of commands besides the help: pages for man, and
 * completion for bash. The build asks for it, and completion for the nodes of a
 * graph; nobody else:
 *
 *     fermata --generate man [COMMAND]
 *     fermata --generate bash
 *     fermata --generate nodes FILE
 */
CliExit cli_reference_generate (const CliCommand *const *commands,
                                char                   **argv);

/* The page of a command, or, if that is NULL, of the program. */
char   *cli_manual_dup         (const CliCommand *const *commands,
                                const CliCommand        *command);
char   *cli_completion_dup     (const CliCommand *const *commands);

G_END_DECLS
