/* fermata-cli-colour.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-cli-arguments.h"
#include "fermata-cli-output.h"

G_BEGIN_DECLS

/**
 * CliColour:
 * @CLI_COLOUR_AUTO: on a terminal that has them, unless NO_COLOR is set
 * @CLI_COLOUR_ALWAYS: also into files and pipes
 * @CLI_COLOUR_NEVER: nowhere
 */
typedef enum {
  CLI_COLOUR_AUTO,
  CLI_COLOUR_ALWAYS,
  CLI_COLOUR_NEVER,
} CliColour;

/* The option that every command with colours has. */
extern const char *const cli_colour_choices[];

#define CLI_COLOUR_OPTION                                                   \
  {                                                                         \
    .name = "color", .argument = N_("WHEN"), .choices = cli_colour_choices, \
    .doc = N_("Colours: auto (on a terminal), always, never. "              \
              "The variable NO_COLOR is heeded."),                          \
  }

CliColour cli_colour_from_arguments (CliArguments *arguments);
void      cli_colour_apply          (CliColour     colour,
                                     CliOutput    *output);

/* Whether the terminal can do more than take lines. */
gboolean  cli_terminal_is_capable   (void);

G_END_DECLS
