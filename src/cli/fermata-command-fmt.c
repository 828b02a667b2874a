/* fermata-command-fmt.c
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
#include "fermata-cli-output.h"
#include "fermata-commands.h"

typedef struct {
  CliOutput *output;
  CliOutput *messages;
  gsize max_size;
  gboolean only_check;
} Format;

static const CliOption options[] = {
  {
    .name = "check",
    .doc = N_("Change nothing; name the files that would change."),
  },
  CLI_MAX_SIZE_OPTION,
  CLI_COLOUR_OPTION,
  { NULL, },
};

static CliExit
complain (CliDocument  *document,
          const GError *error,
          GFile        *file,
          CliExit       status)
{
  const char *message = error->message;

  if (file != NULL)
    message = cli_message_without_name (message, g_file_peek_path (file));
  cli_complain ("%s: %s", document->name, message);

  return status;
}

/* Only what may be written over its file: complete, and without errors. */
static CliExit
refuse (Format      *self,
        CliDocument *document)
{
  cli_diagnostics_print (document, self->messages);
  cli_output_flush (self->messages);

  return CLI_EXIT_INVALID;
}

/* Written over its file, it would be lost. */
static CliExit
refuse_other (CliDocument *document)
{
  cli_complain (_("%s: this is a workflow of WfCommons; “fermata convert” makes a graph of it"),
                document->name);

  return CLI_EXIT_INVALID;
}

/* What a text in SCXML says of where nodes are drawn stays in it. */
static GBytes *
make_text (CliDocument  *document,
           GError      **error)
{
  gboolean has_layout = fermata_graph_get_member (document->graph, "layout") != NULL;

  return cli_document_write (document, document->format,
                             has_layout ? FERMATA_SCXML_WRITE_LAYOUT : FERMATA_SCXML_WRITE_DEFAULT, error);
}

static gboolean
save (CliDocument  *document,
      GBytes       *text,
      GFile        *file,
      GError      **error)
{
  if (document->format == CLI_FORMAT_FERMATA)
    return fermata_json_save_graph (document->graph, file, error);

  return fermata_layout_save (text, file, error);
}

static CliExit
write_to_output (Format *self,
                 GBytes *text)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  cli_output_write (self->output, data, length);

  return cli_output_flush (self->output) ? CLI_EXIT_DONE : CLI_EXIT_FAILED;
}

static CliExit
tell_would_change (Format      *self,
                   CliDocument *document)
{
  cli_output_print (self->output, "%s\n", document->name);
  cli_output_flush (self->output);

  return CLI_EXIT_FAILED;
}

static CliExit
format_file (Format     *self,
             const char *file)
{
  g_autoptr (CliDocument) document = cli_document_read (file, self->max_size);
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) location = NULL;
  guint n_before;

  if (document->n_errors > 0)
    return refuse (self, document);
  if (document->format == CLI_FORMAT_WFCOMMONS)
    return refuse_other (document);
  n_before = g_list_model_get_n_items (G_LIST_MODEL (document->diagnostics));
  text = make_text (document, &error);
  if (text == NULL)
    return complain (document, error, NULL, CLI_EXIT_INVALID);
  if (g_list_model_get_n_items (G_LIST_MODEL (document->diagnostics)) > n_before)
    return refuse (self, document);

  if (g_str_equal (file, "-") && !self->only_check)
    return write_to_output (self, text);
  if (g_bytes_equal (text, document->text))
    return CLI_EXIT_DONE;
  if (self->only_check)
    return tell_would_change (self, document);

  location = g_file_new_for_path (file);
  if (!save (document, text, location, &error))
    return complain (document, error, location, CLI_EXIT_FAILED);

  return CLI_EXIT_DONE;
}

static CliExit
run (CliArguments *arguments)
{
  const char *const *files = cli_arguments_get_operands (arguments);
  g_autoptr (CliOutput) output = cli_output_new (STDOUT_FILENO);
  g_autoptr (CliOutput) messages = cli_output_new (STDERR_FILENO);
  Format self = { .output = output, .messages = messages };
  CliExit status = CLI_EXIT_DONE;

  if (!cli_document_get_max_size (arguments, &self.max_size))
    return CLI_EXIT_USAGE;

  self.only_check = cli_arguments_has (arguments, "check");
  cli_colour_apply (cli_colour_from_arguments (arguments), messages);
  for (guint i = 0; files[i] != NULL; i++)
    {
      /* MAX looks at its arguments twice. */
      CliExit of_file = format_file (&self, files[i]);

      status = MAX (status, of_file);
    }

  return status;
}

const CliCommand cli_command_fmt = {
  .name = "fmt",
  .operands = N_("FILE…"),
  .summary = N_("Write graphs in the one layout."),
  .doc = N_("Writes each graph in the one layout, in place, SCXML as SCXML; a file that has it already "
            "is not touched, and neither is one with errors. “-” reads standard input and writes to "
            "standard output. Values, their order and unknown members are kept, as are comments and "
            "other namespaces of SCXML."),
  .notes = N_("Exit status: 0 done, 1 a file would change (--check) or could not be written,\n"
              "2 usage, 3 a file is no graph.\n"),
  .options = options,
  .min_operands = 1,
  .max_operands = G_MAXUINT,
  .run = run,
};
