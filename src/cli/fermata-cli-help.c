/* fermata-cli-help.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-help.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "fermata-cli-colour.h"
#include "fermata-cli-output.h"
#include "fermata-cli-text.h"

#define WIDEST_LABEL 24

typedef struct {
  GString *text;
  gboolean colour;
  guint width;
} Page;

static void
page_begin (Page      *page,
            CliOutput *output)
{
  cli_colour_apply (CLI_COLOUR_AUTO, output);
  page->text = g_string_new (NULL);
  page->colour = cli_output_has_colour (output);
  page->width = cli_output_get_width (output);
}

static CliExit
page_end (Page      *page,
          CliOutput *output)
{
  cli_output_write (output, page->text->str, page->text->len);
  g_string_free (page->text, TRUE);

  return cli_output_flush (output) ? CLI_EXIT_DONE : CLI_EXIT_FAILED;
}

static void
add_heading (Page       *page,
             const char *heading)
{
  g_string_append_c (page->text, '\n');
  cli_text_add_styled (page->text, page->colour, CLI_STYLE_STRONG, heading);
  g_string_append_c (page->text, '\n');
}

static void
add_paragraph (Page       *page,
               const char *text)
{
  cli_text_add_wrapped (page->text, text, 0, page->width);
  g_string_append_c (page->text, '\n');
}

/* A label, and beside it, or below it, what it means. */
static void
add_entry (Page       *page,
           const char *label,
           const char *text,
           guint       column)
{
  g_string_append (page->text, "  ");
  if (cli_text_width (label) + 4 > column)
    g_string_append_printf (page->text, "%s\n%*s", label, (int) column, "");
  else
    cli_text_add_padded (page->text, label, column - 2);
  cli_text_add_wrapped (page->text, text, column, page->width);
  g_string_append_c (page->text, '\n');
}

static char *
dup_label (const CliOption *option)
{
  GString *label = g_string_new (NULL);

  if (option->letter != 0)
    g_string_append_printf (label, "-%c, ", option->letter);
  g_string_append_printf (label, "--%s", option->name);
  if (option->argument != NULL)
    g_string_append_printf (label, option->is_optional ? "[=%s]" : "=%s", option->argument);

  return g_string_free (label, FALSE);
}

static guint
find_column (const CliOption *options)
{
  guint column = strlen ("-h, --help");

  for (; options->name != NULL; options++)
    {
      g_autofree char *label = dup_label (options);
      guint width = cli_text_width (label);

      if (width <= WIDEST_LABEL)
        column = MAX (column, width);
    }

  return column + 4;
}

CliExit
cli_help_command (const CliCommand *command)
{
  g_autoptr (CliOutput) output = cli_output_new (STDOUT_FILENO);
  guint column = find_column (command->options);
  Page page;

  page_begin (&page, output);
  g_string_append_printf (page.text, _("Usage: fermata %s [OPTION…] %s\n\n"), command->name,
                          command->operands);
  add_paragraph (&page, _(command->doc));

  add_heading (&page, _("Options"));
  for (const CliOption *option = command->options; option->name != NULL; option++)
    {
      g_autofree char *label = dup_label (option);

      add_entry (&page, label, _(option->doc), column);
    }
  add_entry (&page, "-h, --help", _("Show this page."), column);
  if (command->notes != NULL)
    g_string_append_printf (page.text, "\n%s", _(command->notes));

  return page_end (&page, output);
}

CliExit
cli_help_program (const CliCommand *const *commands,
                  int                      fd)
{
  g_autoptr (CliOutput) output = cli_output_new (fd);
  Page page;

  page_begin (&page, output);
  g_string_append (page.text, _("Usage: fermata COMMAND [OPTION…] [ARGUMENT…]\n\n"));
  add_paragraph (&page, _("Runs graphs: tasks that depend on each other."));

  add_heading (&page, _("Commands"));
  for (guint i = 0; commands[i] != NULL; i++)
    {
      g_autofree char *label = g_strdup_printf ("%s %s", commands[i]->name, commands[i]->operands);

      add_entry (&page, label, _(commands[i]->summary), 18);
    }
  add_entry (&page, "help [COMMAND]", _("Explain a command."), 18);

  add_heading (&page, _("Options"));
  add_entry (&page, "-h, --help", _("Show this page."), 18);
  add_entry (&page, "--version", _("Show the version."), 18);

  add_heading (&page, _("Exit status"));
  add_paragraph (&page, _("0 done, 1 the run failed, 2 usage, 3 the graph is invalid, "
                          "124 timed out, 130 cancelled."));

  return page_end (&page, output);
}
