/* fermata-commands.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-cli-arguments.h"

G_BEGIN_DECLS

/* One file each. */
extern const CliCommand cli_command_run;
extern const CliCommand cli_command_check;
extern const CliCommand cli_command_types;
extern const CliCommand cli_command_fmt;
extern const CliCommand cli_command_convert;
extern const CliCommand cli_command_render;
extern const CliCommand cli_command_explain;
extern const CliCommand cli_command_edit;

G_END_DECLS
