/* fermata-command-edit.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "fermata-commands.h"

#define STUDIO "fermata-studio"

static const CliOption options[] = {
  { NULL, },
};

static char *
take_if_there (char *path)
{
  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return path;
  g_free (path);

  return NULL;
}

/* As it was named, beside this program (installed, or built), where it is installed,
 * and where the shell would find it. */
static char *
find_studio (void)
{
  const char *named = g_getenv ("FERMATA_STUDIO");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self == NULL ? NULL : g_path_get_dirname (self);
  char *found = NULL;

  if (named != NULL)
    return take_if_there (g_strdup (named));
  if (folder != NULL)
    found = take_if_there (g_build_filename (folder, STUDIO, NULL));
  if (found == NULL && folder != NULL)
    found = take_if_there (g_build_filename (folder, "..", "app", STUDIO, NULL));
  if (found == NULL)
    found = take_if_there (g_build_filename (FERMATA_BINDIR, STUDIO, NULL));
  if (found == NULL)
    found = take_if_there (g_build_filename (FERMATA_LIBEXECDIR, STUDIO, NULL));

  return found != NULL ? found : g_find_program_in_path (STUDIO);
}

static CliExit
run (CliArguments *arguments)
{
  const char *const *files = cli_arguments_get_operands (arguments);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *studio = find_studio ();

  if (studio == NULL && g_getenv ("FERMATA_STUDIO") != NULL)
    {
      cli_complain (_("FERMATA_STUDIO names no program: %s"), g_getenv ("FERMATA_STUDIO"));
      return CLI_EXIT_FAILED;
    }
  if (studio == NULL)
    {
      cli_complain (_("the app is not installed: there is no %s beside this program, in %s, or in the PATH"),
                    STUDIO, FERMATA_BINDIR);
      return CLI_EXIT_FAILED;
    }

  g_ptr_array_add (words, studio);
  g_ptr_array_add (words, (gpointer) "--");
  for (guint i = 0; files[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer) files[i]);
  g_ptr_array_add (words, NULL);
  execv (studio, (char **) words->pdata);
  cli_complain ("%s: %s", studio, g_strerror (errno));

  return CLI_EXIT_FAILED;
}

const CliCommand cli_command_edit = {
  .name = "edit",
  .operands = N_("[FILE…]"),
  .summary = N_("Draw graphs in a window, run and step them there."),
  .doc = N_("Opens the app, fermata-studio, with each graph in a tab of its own; without a file, "
            "with examples to begin with."),
  .notes = N_("Exit status: 0 done, 1 the app is not installed or cannot start, 2 usage.\n"
              "FERMATA_STUDIO in the environment names another program to start.\n"),
  .options = options,
  .min_operands = 0,
  .max_operands = G_MAXUINT,
  .run = run,
};
