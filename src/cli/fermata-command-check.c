/* fermata-command-check.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <fermata.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "fermata-cli-colour.h"
#include "fermata-cli-diagnostics.h"
#include "fermata-cli-document.h"
#include "fermata-cli-modules.h"
#include "fermata-cli-output.h"
#include "fermata-cli-text.h"
#include "fermata-commands.h"

typedef struct {
  FermataEngine *engine;
  FermataChecker *checker;
  CliOutput *output;
  FermataValueBuilder *list;
  gsize max_size;
  guint n_errors;
  guint n_warnings;
  guint n_files;
} Check;

static const CliOption options[] = {
  {
    .name = "json",
    .doc = N_("Print an array of objects, for programs."),
  },
  {
    .name = "strict",
    .doc = N_("Members that nobody knows are errors."),
  },
  CLI_MODULE_OPTION,
  CLI_OUTSIDE_OPTION,
  CLI_MAX_SIZE_OPTION,
  CLI_COLOUR_OPTION,
  { NULL, },
};

static void
add_to_list (Check       *self,
             CliDocument *document)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (document->diagnostics));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = NULL;
      g_autoptr (FermataValue) value = NULL;

      diagnostic = g_list_model_get_item (G_LIST_MODEL (document->diagnostics), i);
      value = cli_diagnostic_to_value (diagnostic, document);
      fermata_value_builder_add (self->list, value);
    }
}

static void
check_file (Check      *self,
            const char *file)
{
  g_autoptr (CliDocument) document = cli_document_read (file, self->max_size);

  cli_document_check (document, self->checker);
  if (self->list != NULL)
    add_to_list (self, document);
  else
    cli_diagnostics_print (document, self->output);
  cli_output_flush (self->output);
  self->n_errors += document->n_errors;
  self->n_warnings += document->n_warnings;
  self->n_files++;
}

static void
print_list (Check *self)
{
  g_autoptr (FermataValue) list = fermata_value_builder_end (self->list);
  g_autofree char *text = fermata_value_to_string (list, FERMATA_WRITE_PRETTY, NULL);

  cli_output_print (self->output, "%s\n", text);
}

/* "2 errors, 1 warning in 3 files" */
static void
print_summary (Check *self)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean colour = cli_output_has_colour (self->output);

  if (self->n_errors > 0)
    {
      g_autofree char *errors = NULL;

      errors = g_strdup_printf (ngettext ("%u error", "%u errors", self->n_errors), self->n_errors);
      cli_text_add_styled (line, colour, CLI_STYLE_BAD, errors);
    }
  if (self->n_warnings > 0)
    {
      g_autofree char *warnings = NULL;

      warnings = g_strdup_printf (ngettext ("%u warning", "%u warnings", self->n_warnings),
                                  self->n_warnings);
      g_string_append (line, line->len > 0 ? ", " : "");
      cli_text_add_styled (line, colour, CLI_STYLE_DOUBTFUL, warnings);
    }
  if (line->len == 0)
    cli_text_add_styled (line, colour, CLI_STYLE_GOOD, _("No problems"));

  g_string_append_c (line, ' ');
  g_string_append_printf (line, ngettext ("in %u file", "in %u files", self->n_files), self->n_files);
  cli_output_print (self->output, "%s\n", line->str);
}

static CliExit
check_all (Check             *self,
           const char *const *files)
{
  for (guint i = 0; files[i] != NULL; i++)
    check_file (self, files[i]);
  if (self->list != NULL)
    print_list (self);
  else
    print_summary (self);
  if (!cli_output_flush (self->output))
    return CLI_EXIT_FAILED;

  return self->n_errors > 0 ? CLI_EXIT_INVALID : CLI_EXIT_DONE;
}

static CliExit
run (CliArguments *arguments)
{
  g_autoptr (FermataEngine) engine = NULL;
  g_autoptr (FermataChecker) checker = NULL;
  g_autoptr (CliOutput) output = cli_output_new (STDOUT_FILENO);
  g_autoptr (FermataValueBuilder) list = NULL;
  Check self = { .output = output };

  if (!cli_document_get_max_size (arguments, &self.max_size))
    return CLI_EXIT_USAGE;

  engine = self.engine = fermata_engine_new_default ();
  cli_document_set_policy (arguments, engine);
  if (!cli_modules_load (arguments, engine))
    return CLI_EXIT_USAGE;

  checker = self.checker = fermata_engine_create_checker (engine);
  fermata_checker_set_strict (checker, cli_arguments_has (arguments, "strict"));
  cli_colour_apply (cli_colour_from_arguments (arguments), output);
  if (cli_arguments_has (arguments, "json"))
    list = self.list = fermata_value_builder_new_array ();

  return check_all (&self, cli_arguments_get_operands (arguments));
}

const CliCommand cli_command_check = {
  .name = "check",
  .operands = N_("FILE…"),
  .summary = N_("Tell everything that is wrong with graphs."),
  .doc = N_("Tells everything that is wrong with each graph, with line and column. Nothing is "
            "run. FILE may be “-”: standard input."),
  .notes = N_("Exit status: 0 no errors, 3 errors, 2 usage.\n"),
  .options = options,
  .min_operands = 1,
  .max_operands = G_MAXUINT,
  .run = run,
};
