/* fermata-main.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * The program `fermata`. A command is a table and a function, in a file of its
 * own; here they are only found.
 */

#include <fcntl.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "fermata-cli-help.h"
#include "fermata-cli-reference.h"
#include "fermata-cli-text.h"
#include "fermata-commands.h"

static const CliCommand *const commands[] = {
  &cli_command_run,
  &cli_command_check,
  &cli_command_types,
  &cli_command_fmt,
  &cli_command_convert,
  &cli_command_render,
  &cli_command_explain,
  &cli_command_edit,
  NULL,
};

static const CliCommand *
find_command (const char *name)
{
  for (guint i = 0; commands[i] != NULL; i++)
    {
      if (g_str_equal (commands[i]->name, name))
        return commands[i];
    }

  return NULL;
}

static CliExit
refuse_option (const char *word)
{
  static const char *const names[] = { "--help", "--version", NULL };
  const char *similar = cli_text_find_similar (word, names);

  if (similar != NULL)
    return cli_usage_error (NULL, _("there is no option %s; did you mean %s?"), word, similar);

  return cli_usage_error (NULL, _("there is no option %s"), word);
}

static CliExit
refuse_command (const char *word)
{
  const char *names[G_N_ELEMENTS (commands)] = { NULL, };
  const char *similar;

  for (guint i = 0; commands[i] != NULL; i++)
    names[i] = commands[i]->name;
  similar = cli_text_find_similar (word, names);
  if (similar != NULL)
    return cli_usage_error (NULL, _("there is no command “%s”; did you mean “%s”?"), word, similar);
  if (g_file_test (word, G_FILE_TEST_IS_REGULAR))
    return cli_usage_error (NULL, _("“%s” is a file; did you mean “fermata run %s”?"), word, word);

  return cli_usage_error (NULL, _("there is no command “%s”"), word);
}

static CliExit
refuse_unknown (const char *word)
{
  return *word == '-' ? refuse_option (word) : refuse_command (word);
}

static CliExit
run_command (const CliCommand  *command,
             char             **argv)
{
  CliExit status;
  g_autoptr (CliArguments) arguments = cli_arguments_parse (command, argv, &status);

  return arguments == NULL ? status : command->run (arguments);
}

/* fermata help [COMMAND] */
static CliExit
help (char **argv)
{
  const CliCommand *command;

  if (argv[0] == NULL)
    return cli_help_program (commands, STDOUT_FILENO);
  if (argv[1] != NULL)
    return cli_usage_error (NULL, _("“%s” is one argument too many"), argv[1]);

  command = find_command (argv[0]);

  return command == NULL ? refuse_unknown (argv[0]) : cli_help_command (command);
}

static CliExit
show_version (void)
{
  printf ("fermata %s\n", FERMATA_VERSION);

  return fflush (stdout) == 0 ? CLI_EXIT_DONE : CLI_EXIT_FAILED;
}

static CliExit
dispatch (char **argv)
{
  const CliCommand *command;

  if (argv[0] == NULL)
    {
      cli_help_program (commands, STDERR_FILENO);
      return CLI_EXIT_USAGE;
    }
  if (g_str_equal (argv[0], "help"))
    return help (argv + 1);
  if (g_str_equal (argv[0], "--help") || g_str_equal (argv[0], "-h"))
    return cli_help_program (commands, STDOUT_FILENO);
  if (g_str_equal (argv[0], "--generate"))
    return cli_reference_generate (commands, argv + 1);
  if (g_str_equal (argv[0], "--version"))
    return argv[1] == NULL ? show_version ()
                           : cli_usage_error (NULL, _("“%s” is one argument too many"), argv[1]);

  command = find_command (argv[0]);

  return command == NULL ? refuse_unknown (argv[0]) : run_command (command, argv + 1);
}

/* If one of them is closed, the next file that is opened would take its place,
 * and be written to. */
static void
open_standard_files (void)
{
  int fd;

  do
    fd = open ("/dev/null", O_RDWR);
  while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd >= 0)
    close (fd);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, FERMATA_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  open_standard_files ();

  /* Whoever reads may go away: writing then fails, and says so. */
  signal (SIGPIPE, SIG_IGN);

  return dispatch (argc > 0 ? argv + 1 : argv);
}
