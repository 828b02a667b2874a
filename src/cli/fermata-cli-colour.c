/* fermata-cli-colour.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-colour.h"

const char *const cli_colour_choices[] = { "auto", "always", "never", NULL };

CliColour
cli_colour_from_arguments (CliArguments *arguments)
{
  const char *choice = cli_arguments_get (arguments, "color");

  for (guint i = 0; choice != NULL && cli_colour_choices[i] != NULL; i++)
    {
      if (g_str_equal (choice, cli_colour_choices[i]))
        return i;
    }

  return CLI_COLOUR_AUTO;
}

gboolean
cli_terminal_is_capable (void)
{
  const char *terminal = g_getenv ("TERM");

  return terminal != NULL && *terminal != '\0' && !g_str_equal (terminal, "dumb");
}

/* See no-color.org: any value but the empty one. */
static gboolean
is_wanted (void)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return no_color == NULL || *no_color == '\0';
}

void
cli_colour_apply (CliColour  colour,
                  CliOutput *output)
{
  gboolean wanted = colour == CLI_COLOUR_ALWAYS;

  if (colour == CLI_COLOUR_AUTO)
    wanted = cli_output_is_terminal (output) && cli_terminal_is_capable () && is_wanted ();
  cli_output_set_colour (output, wanted);
}
