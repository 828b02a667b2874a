/* fermata-cli-manual.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Pages for man. */

#include "fermata-cli-reference.h"

#include <glib/gi18n.h>
#include <string.h>

#define EXIT_STATUS "Exit status: "
#define EXAMPLE "Example"

/* Text as roff takes it: no escapes, no requests, and hyphens that can be
 * copied where @is_code. */
static void
add_text (GString    *page,
          const char *text,
          gboolean    is_code)
{
  gboolean is_first = TRUE;

  for (; *text != '\0'; text++)
    {
      if (is_first && (*text == '.' || *text == '\''))
        g_string_append (page, "\\&");
      is_first = *text == '\n';
      if (*text == '\\')
        g_string_append (page, "\\e");
      else if (*text == '-' && (is_code || text[1] == '-' || !g_ascii_isalpha (text[1])))
        g_string_append (page, "\\-");
      else
        g_string_append_c (page, *text);
    }
}

/* As prose: words that begin with dashes are options. */
static void
add_prose (GString    *page,
           const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gsize length = strcspn (words[i], ".,;:)");
      gboolean is_option = g_str_has_prefix (words[i], "--") && length > 2;
      g_autofree char *option = g_strndup (words[i], length);

      if (i > 0)
        g_string_append_c (page, ' ');
      if (is_option)
        {
          g_string_append (page, "\\fB");
          add_text (page, option, TRUE);
          g_string_append (page, "\\fR");
          add_text (page, words[i] + length, FALSE);
        }
      else
        add_text (page, words[i], FALSE);
    }
  g_string_append_c (page, '\n');
}

static void
add_section (GString    *page,
             const char *name)
{
  g_string_append_printf (page, ".SH %s\n", name);
}

static void
add_option (GString         *page,
            const CliOption *option)
{
  g_string_append (page, ".TP\n");
  if (option->letter != 0)
    g_string_append_printf (page, "\\fB\\-%c\\fR, ", option->letter);
  g_string_append (page, "\\fB\\-\\-");
  add_text (page, option->name, TRUE);
  g_string_append (page, "\\fR");
  if (option->argument != NULL)
    {
      g_string_append (page, option->is_optional ? "[=\\fI" : "=\\fI");
      add_text (page, option->argument, TRUE);
      g_string_append (page, option->is_optional ? "\\fR]" : "\\fR");
    }
  g_string_append_c (page, '\n');
  add_prose (page, _(option->doc));
}

static void
add_options (GString         *page,
             const CliOption *options)
{
  static const CliOption help = { .name = "help", .letter = 'h', .doc = N_("Show a short help.") };

  add_section (page, "OPTIONS");
  for (; options->name != NULL; options++)
    add_option (page, options);
  add_option (page, &help);
}

/* "0 done, 1 the run failed, …": an entry each. */
static void
add_exit_status (GString    *page,
                 const char *text)
{
  g_auto (GStrv) parts = g_regex_split_simple (",\\s+(?=[0-9]+ )", text, 0, 0);

  add_section (page, "EXIT STATUS");
  for (guint i = 0; parts[i] != NULL; i++)
    {
      gsize length = strspn (parts[i], "0123456789");
      g_autofree char *rest = g_strstrip (g_strdelimit (g_strdup (parts[i] + length), "\n", ' '));

      g_string_append_printf (page, ".TP\n\\fB%.*s\\fR\n", (int) length, parts[i]);
      add_prose (page, rest);
    }
}

static void
add_verbatim (GString    *page,
              const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_string_append (page, ".nf\n.ft CR\n");
  for (guint i = 0; lines[i] != NULL; i++)
    {
      add_text (page, g_str_has_prefix (lines[i], "  ") ? lines[i] + 2 : lines[i], TRUE);
      g_string_append_c (page, '\n');
    }
  g_string_append (page, ".ft R\n.fi\n");
}

/* Notes are laid out for the help, in paragraphs. */
static void
add_notes (GString    *page,
           const char *notes)
{
  g_auto (GStrv) blocks = g_strsplit (notes, "\n\n", -1);

  for (guint i = 0; blocks[i] != NULL; i++)
    {
      const char *line_end = strchr (blocks[i], '\n');

      g_strchomp (blocks[i]);
      if (g_str_has_prefix (blocks[i], EXIT_STATUS))
        add_exit_status (page, blocks[i] + strlen (EXIT_STATUS));
      else if (g_str_has_prefix (blocks[i], EXAMPLE) && line_end != NULL)
        {
          add_section (page, "EXAMPLES");
          add_verbatim (page, line_end + 1);
        }
      else
        {
          add_section (page, "NOTES");
          add_verbatim (page, blocks[i]);
        }
    }
}

static void
add_see_also (GString                 *page,
              const CliCommand *const *commands,
              const CliCommand        *but)
{
  const char *separator = "";

  add_section (page, "SEE ALSO");
  if (but != NULL)
    {
      g_string_append (page, ".BR fermata (1)");
      separator = ",\n";
    }
  for (guint i = 0; commands[i] != NULL; i++)
    {
      if (commands[i] == but)
        continue;
      g_string_append_printf (page, "%s.BR fermata\\-%s (1)", separator, commands[i]->name);
      separator = ",\n";
    }
  g_string_append_c (page, '\n');
}

/* A summary as a page's name has it: no capital, no full stop. */
static void
add_name (GString    *page,
          const char *name,
          const char *summary)
{
  g_autofree char *text = g_strdup (summary);
  gsize length = strlen (text);

  if (length > 0 && text[length - 1] == '.')
    text[length - 1] = '\0';
  text[0] = g_ascii_tolower (text[0]);
  add_section (page, "NAME");
  add_text (page, name, TRUE);
  g_string_append (page, " \\- ");
  add_text (page, text, FALSE);
  g_string_append_c (page, '\n');
}

static GString *
begin_page (const char *name)
{
  GString *page = g_string_new (".\\\" Copyright 2026 The Fermata authors\n"
                                ".\\\" SPDX-License-Identifier: LGPL-2.1-or-later\n");
  g_autofree char *upper = g_ascii_strup (name, -1);

  g_string_append (page, ".TH ");
  add_text (page, upper, TRUE);
  g_string_append (page, " 1 \"\" \"Fermata " FERMATA_VERSION "\" \"Fermata\"\n.nh\n.ad l\n");

  return page;
}

static char *
dup_command (const CliCommand *const *commands,
             const CliCommand        *command)
{
  g_autofree char *name = g_strconcat ("fermata-", command->name, NULL);
  GString *page = begin_page (name);

  add_name (page, name, _(command->summary));
  add_section (page, "SYNOPSIS");
  g_string_append_printf (page, "\\fBfermata %s\\fR [\\fIOPTION\\fR…] \\fI", command->name);
  add_text (page, _(command->operands), TRUE);
  g_string_append (page, "\\fR\n");
  add_section (page, "DESCRIPTION");
  add_prose (page, _(command->doc));
  add_options (page, command->options);
  if (command->notes != NULL)
    add_notes (page, _(command->notes));
  add_see_also (page, commands, command);

  return g_string_free (page, FALSE);
}

static void
add_commands (GString                 *page,
              const CliCommand *const *commands)
{
  add_section (page, "COMMANDS");
  for (guint i = 0; commands[i] != NULL; i++)
    {
      g_string_append_printf (page, ".TP\n\\fB%s\\fR \\fI", commands[i]->name);
      add_text (page, _(commands[i]->operands), TRUE);
      g_string_append (page, "\\fR\n");
      add_prose (page, _(commands[i]->summary));
    }
  g_string_append (page, ".TP\n\\fBhelp\\fR [\\fICOMMAND\\fR]\nExplain a command.\n");
}

static char *
dup_program (const CliCommand *const *commands)
{
  static const CliOption options[] = {
    { .name = "version", .doc = N_("Show the version.") },
    { NULL, },
  };
  GString *page = begin_page ("fermata");

  add_name (page, "fermata", _("Run graphs."));
  add_section (page, "SYNOPSIS");
  g_string_append (page, "\\fBfermata\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR…] [\\fIARGUMENT\\fR…]\n");
  add_section (page, "DESCRIPTION");
  add_prose (page, _("Runs graphs: tasks that depend on each other. It records everything that happens. "
                     "Each command has a page of its own."));
  add_commands (page, commands);
  add_options (page, options);
  add_exit_status (page, _("0 done, 1 the run failed, 2 usage, 3 the graph is invalid, 124 timed out, "
                           "130 cancelled"));
  add_section (page, "EXAMPLES");
  add_verbatim (page, "fermata check orders.fermata.json\n"
                      "fermata run orders.fermata.json --input path=today.json --metrics");
  add_see_also (page, commands, NULL);

  return g_string_free (page, FALSE);
}

char *
cli_manual_dup (const CliCommand *const *commands,
                const CliCommand        *command)
{
  return command == NULL ? dup_program (commands) : dup_command (commands, command);
}
