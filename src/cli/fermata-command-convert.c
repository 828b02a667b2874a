/* fermata-command-convert.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <fermata.h>
#include <glib/gi18n.h>
#include <math.h>
#include <unistd.h>

#include "fermata-cli-colour.h"
#include "fermata-cli-diagnostics.h"
#include "fermata-cli-document.h"
#include "fermata-cli-output.h"
#include "fermata-commands.h"

/* Of the file beside one in SCXML. */
#define LAYOUT_ENDING ".fermata-layout.json"

/* In the order of CliFormat. */
static const char *const from_names[] = { "fermata", "scxml", "wfcommons", NULL };

/* In the order of Target. */
static const char *const to_names[] = { "fermata", "scxml", "dot", NULL };

typedef enum {
  TARGET_FERMATA,
  TARGET_SCXML,
  TARGET_DOT,
} Target;

/* In the order of FermataWfcommonsTasks, of which the last has an option of
 * its own. */
static const char *const tasks_names[] = { "recorded", "sleep", "print", NULL };

static const CliOption options[] = {
  {
    .name = "from",
    .argument = N_("FORMAT"),
    .choices = from_names,
    .doc = N_("What FILE is. Default: what it looks like."),
  },
  {
    .name = "to",
    .argument = N_("FORMAT"),
    .choices = to_names,
    .doc = N_("What to make of it. Default: what TARGET ends in, .scxml, .dot or .gv, or else fermata."),
  },
  {
    .name = "strict",
    .doc = N_("Write nothing if something cannot be kept in the other format."),
  },
  {
    .name = "with-layout",
    .doc = N_("Keep where the nodes of SCXML are drawn: write it into SCXML, and take it from the file "
              "beside it, in which the app keeps it. Without this it is left out."),
  },
  {
    .name = "tasks",
    .argument = N_("WHAT"),
    .choices = tasks_names,
    .doc = N_("What a task of a workflow does: run what was recorded (the default), sleep as long "
              "as it took, or print its name."),
  },
  {
    .name = "program",
    .argument = N_("PROGRAM"),
    .doc = N_("Each task runs this program instead, and gives it as arguments its name, its "
              "seconds, and what it ran when it was recorded."),
  },
  {
    .name = "scale",
    .argument = N_("FACTOR"),
    .doc = N_("Multiply recorded seconds by this: --tasks=sleep --scale=0.001 is a thousand times "
              "faster."),
  },
  CLI_MAX_SIZE_OPTION,
  CLI_COLOUR_OPTION,
  { NULL, },
};

typedef struct {
  CliArguments *arguments;
  gsize max_size;
  CliFormat from;
  const CliFormat *only_from;
  Target to;
  FermataWfcommonsOptions wfcommons;
} Convert;

static guint
find_choice (const char        *word,
             const char *const *choices)
{
  guint i = 0;

  while (choices[i] != NULL && !g_str_equal (choices[i], word))
    i++;

  return i;
}

static gboolean
get_scale (Convert *self)
{
  const char *text = cli_arguments_get (self->arguments, "scale");
  char *end;
  double scale;

  if (text == NULL)
    return TRUE;

  scale = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && isfinite (scale) && scale >= 0)
    {
      self->wfcommons.scale = scale;
      return TRUE;
    }

  cli_usage_error (&cli_command_convert, _("--scale is a number from 0, and not “%s”"), text);

  return FALSE;
}

static gboolean
get_tasks (Convert *self)
{
  const char *tasks = cli_arguments_get (self->arguments, "tasks");
  const char *program = cli_arguments_get (self->arguments, "program");

  if (tasks != NULL && program != NULL)
    {
      cli_usage_error (&cli_command_convert, _("--%s and --%s do not go together"), "tasks", "program");
      return FALSE;
    }
  if (program != NULL && *program == '\0')
    {
      cli_usage_error (&cli_command_convert, _("--program is the name of a program"));
      return FALSE;
    }

  if (tasks != NULL)
    self->wfcommons.tasks = find_choice (tasks, tasks_names);
  if (program != NULL)
    self->wfcommons.tasks = FERMATA_WFCOMMONS_TASKS_PROGRAM;
  self->wfcommons.program = program;

  return get_scale (self);
}

/* What a file's name ends in is said by people without thinking of it; a picture
 * is no graph in another format. */
static gboolean
get_target (Convert *self)
{
  static const char *const pictures[] = { ".svg", ".png", ".pdf" };
  const char *to = cli_arguments_get (self->arguments, "to");
  const char *target = cli_arguments_get_operands (self->arguments)[1];

  if (to != NULL || target == NULL)
    {
      self->to = to != NULL ? find_choice (to, to_names) : TARGET_FERMATA;
      return TRUE;
    }
  if (g_str_has_suffix (target, ".dot") || g_str_has_suffix (target, ".gv"))
    self->to = TARGET_DOT;
  if (g_str_has_suffix (target, ".scxml"))
    self->to = TARGET_SCXML;
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      if (g_str_has_suffix (target, pictures[i]))
        {
          cli_usage_error (&cli_command_convert, _("“%s” would be a picture: “fermata render” makes one"), target);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
get_wishes (Convert *self)
{
  const char *from = cli_arguments_get (self->arguments, "from");

  if (from != NULL)
    {
      self->from = find_choice (from, from_names);
      self->only_from = &self->from;
    }

  return get_tasks (self) && get_target (self) && cli_document_get_max_size (self->arguments, &self->max_size);
}

static CliExit
complain (const char   *name,
          const GError *error,
          const char   *path,
          CliExit       status)
{
  cli_complain ("%s: %s", name,
                path != NULL ? cli_message_without_name (error->message, path) : error->message);

  return status;
}

static GBytes *
make_text (Convert      *self,
           CliDocument  *document,
           GError      **error)
{
  FermataDotOptions dot = FERMATA_DOT_OPTIONS_INIT;
  gboolean with_layout = cli_arguments_has (self->arguments, "with-layout");

  dot.with_positions = TRUE;
  if (self->to == TARGET_DOT)
    return fermata_dot_write_graph (document->graph, &dot, error);
  if (self->to == TARGET_SCXML)
    return cli_document_write (document, CLI_FORMAT_SCXML,
                               with_layout ? FERMATA_SCXML_WRITE_LAYOUT : FERMATA_SCXML_WRITE_DEFAULT, error);

  return cli_document_write (document, CLI_FORMAT_FERMATA, FERMATA_SCXML_WRITE_DEFAULT, error);
}

static CliExit
write_to_output (GBytes *text)
{
  g_autoptr (CliOutput) output = cli_output_new (STDOUT_FILENO);
  const char *data;
  gsize length;

  data = g_bytes_get_data (text, &length);
  cli_output_write (output, data, length);

  return cli_output_flush (output) ? CLI_EXIT_DONE : CLI_EXIT_FAILED;
}

static gboolean
save (Convert      *self,
      CliDocument  *document,
      GBytes       *text,
      GFile        *file,
      GError      **error)
{
  if (self->to == TARGET_FERMATA)
    return fermata_json_save_graph (document->graph, file, error);

  return fermata_layout_save (text, file, error);
}

static CliExit
write_to_file (Convert     *self,
               CliDocument *document,
               GBytes      *text,
               const char  *file,
               const char  *target)
{
  g_autoptr (GFile) from = g_file_new_for_path (file);
  g_autoptr (GFile) to = g_file_new_for_path (target);
  g_autofree char *name = g_filename_display_name (target);
  g_autoptr (GError) error = NULL;

  if ((document->format != CLI_FORMAT_FERMATA || self->to != TARGET_FERMATA) && g_file_equal (from, to))
    return cli_usage_error (&cli_command_convert, _("“%s” would be written over what it is made of"), name);
  if (!save (self, document, text, to, &error))
    return complain (name, error, g_file_peek_path (to), CLI_EXIT_FAILED);

  return CLI_EXIT_DONE;
}

/* What the app keeps beside a file in SCXML; what is there already goes first. */
static void
take_layout (Convert     *self,
             CliDocument *document,
             const char  *file)
{
  g_autofree char *beside = g_strconcat (file, LAYOUT_ENDING, NULL);
  g_autofree char *text = NULL;
  g_autoptr (FermataValue) layout = NULL;
  gsize length;

  if (!cli_arguments_has (self->arguments, "with-layout") || document->format != CLI_FORMAT_SCXML
      || fermata_graph_get_member (document->graph, "layout") != NULL
      || !g_file_get_contents (beside, &text, &length, NULL))
    return;

  layout = fermata_value_parse (text, length, NULL);
  if (layout != NULL && fermata_value_get_kind (layout) == FERMATA_VALUE_KIND_OBJECT)
    fermata_graph_set_member (document->graph, "layout", layout, NULL);
}

/* What was found in a file of SCXML, or what SCXML cannot say, is told. A graph with
 * errors is none that could be written without a loss. */
static CliExit
tell (Convert     *self,
      CliDocument *document)
{
  gboolean is_strict = cli_arguments_has (self->arguments, "strict");
  g_autoptr (CliOutput) messages = NULL;

  if (document->n_errors == 0 && document->format != CLI_FORMAT_SCXML && self->to != TARGET_SCXML)
    return CLI_EXIT_DONE;

  messages = cli_output_new (STDERR_FILENO);
  cli_colour_apply (cli_colour_from_arguments (self->arguments), messages);
  cli_diagnostics_print (document, messages);
  cli_output_flush (messages);

  return document->n_errors > 0 || (is_strict && document->n_warnings > 0) ? CLI_EXIT_INVALID : CLI_EXIT_DONE;
}

static CliExit
convert (Convert *self)
{
  const char *const *files = cli_arguments_get_operands (self->arguments);
  g_autoptr (CliDocument) document = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;
  CliExit status;

  document = cli_document_read_as (files[0], self->max_size, self->only_from, &self->wfcommons);
  if (document->n_errors == 0)
    {
      take_layout (self, document, files[0]);
      text = make_text (self, document, &error);
      if (text == NULL)
        return complain (document->name, error, NULL, CLI_EXIT_INVALID);
    }
  status = tell (self, document);
  if (status != CLI_EXIT_DONE)
    return status;

  if (files[1] == NULL || g_str_equal (files[1], "-"))
    return write_to_output (text);

  return write_to_file (self, document, text, files[0], files[1]);
}

static CliExit
run (CliArguments *arguments)
{
  Convert self = { .arguments = arguments, .wfcommons = FERMATA_WFCOMMONS_OPTIONS_INIT };

  return get_wishes (&self) ? convert (&self) : CLI_EXIT_USAGE;
}

const CliCommand cli_command_convert = {
  .name = "convert",
  .operands = N_("FILE [TARGET]"),
  .summary = N_("Write a graph in another format, or read one."),
  .doc = N_("Reads a state machine in SCXML, a workflow of WfCommons (https://wfcommons.org), or a graph, "
            "and writes the graph to TARGET, or to standard output: as a graph, as SCXML, or as DOT, "
            "which Graphviz draws. What a format cannot keep is told, with its place. FILE may be “-”: "
            "standard input."),
  .notes = N_("Exit status: 0 done, 1 TARGET could not be written, 2 usage, 3 FILE is invalid.\n"
              "\n"
              "Examples:\n"
              "  fermata convert montage.json --tasks=sleep --scale=0.01 | fermata run -\n"
              "  fermata convert orders.fermata.json orders.dot\n"
              "  fermata convert machine.scxml machine.fermata.json\n"),
  .options = options,
  .min_operands = 1,
  .max_operands = 2,
  .run = run,
};
