/* fermata-command-render.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <fermata.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "fermata-cli-colour.h"
#include "fermata-cli-diagnostics.h"
#include "fermata-cli-document.h"
#include "fermata-cli-output.h"
#include "fermata-commands.h"

/* What Graphviz lays out; but for `dot`, which it is given. */
static const char *const format_names[] = { "svg", "png", "pdf", "dot", NULL };

/* In the order of FermataDotTheme. */
static const char *const theme_names[] = { "light", "dark", NULL };

static const CliOption options[] = {
  {
    .name = "format",
    .argument = N_("FORMAT"),
    .choices = format_names,
    .doc = N_("What the picture is written as. Default: what TARGET ends in."),
  },
  {
    .name = "history",
    .doc = N_("FILE is the --record of a run, even one that breaks off: draw what happened in it, "
              "state after state, or the nodes that ran."),
  },
  {
    .name = "at",
    .argument = "N",
    .doc = N_("With --history: only up to the Nth event."),
  },
  {
    .name = "theme",
    .argument = N_("THEME"),
    .choices = theme_names,
    .doc = N_("Colours: light (the default) or dark."),
  },
  {
    .name = "transparent",
    .doc = N_("Leave out what is behind the picture."),
  },
  {
    .name = "timeout",
    .argument = N_("DURATION"),
    .doc = N_("How long the layout may take: 250ms, 30s, 5m, 1h, or seconds. Default: 20s."),
  },
  CLI_MAX_SIZE_OPTION,
  CLI_COLOUR_OPTION,
  { NULL, },
};

typedef struct {
  CliArguments *arguments;
  const char *file;
  const char *target; /* NULL: standard output */
  const char *format;
  FermataDotOptions dot;
  gsize max_size;
  gint64 timeout;
  guint64 at;
} Render;

/* --- What is wanted ------------------------------------------------------ */

static const char *
find_ending (const char *target)
{
  const char *ending = strrchr (target, '.');

  if (ending != NULL && g_str_equal (ending, ".gv"))
    return "dot";
  for (guint i = 0; ending != NULL && format_names[i] != NULL; i++)
    {
      if (g_str_equal (format_names[i], ending + 1))
        return format_names[i];
    }

  return NULL;
}

static gboolean
get_format (Render *self)
{
  self->format = cli_arguments_get (self->arguments, "format");
  if (self->format != NULL)
    return TRUE;
  if (self->target == NULL)
    {
      cli_usage_error (&cli_command_render, _("--format is needed where there is no TARGET whose name tells it"));
      return FALSE;
    }
  self->format = find_ending (self->target);
  if (self->format != NULL)
    return TRUE;

  cli_usage_error (&cli_command_render,
                   _("“%s” does not end in .svg, .png, .pdf or .dot; --format says what it is to be"), self->target);

  return FALSE;
}

static gboolean
get_at (Render *self)
{
  const char *at = cli_arguments_get (self->arguments, "at");

  if (at == NULL)
    return TRUE;
  if (!cli_arguments_has (self->arguments, "history"))
    {
      cli_usage_error (&cli_command_render, _("--at needs --history"));
      return FALSE;
    }
  if (g_ascii_string_to_unsigned (at, 10, 1, G_MAXINT64, &self->at, NULL))
    return TRUE;

  cli_usage_error (&cli_command_render, _("--at is the number of an event, from 1, and not “%s”"), at);

  return FALSE;
}

static gboolean
get_files (Render *self)
{
  const char *const *files = cli_arguments_get_operands (self->arguments);

  self->file = files[0];
  if (files[1] != NULL && !g_str_equal (files[1], "-"))
    self->target = files[1];
  if (g_str_equal (self->file, "-") && cli_arguments_has (self->arguments, "history"))
    {
      cli_usage_error (&cli_command_render, _("a record is read from a file, and not from standard input"));
      return FALSE;
    }

  return TRUE;
}

/* Neither a picture over its graph, nor bytes onto a screen. */
static gboolean
check_target (Render *self)
{
  gboolean is_text = g_str_equal (self->format, "svg") || g_str_equal (self->format, "dot");

  if (self->target == NULL)
    {
      if (is_text || !isatty (STDOUT_FILENO))
        return TRUE;
      cli_usage_error (&cli_command_render, _("a picture as %s is nothing for a terminal; name a TARGET"), self->format);
      return FALSE;
    }
  if (!g_str_equal (self->file, "-"))
    {
      g_autoptr (GFile) from = g_file_new_for_path (self->file);
      g_autoptr (GFile) to = g_file_new_for_path (self->target);

      if (g_file_equal (from, to))
        {
          cli_usage_error (&cli_command_render, _("“%s” would be written over what it is made of"), self->target);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
get_wishes (Render *self)
{
  const char *theme = cli_arguments_get (self->arguments, "theme");

  if (g_strcmp0 (theme, "dark") == 0)
    self->dot.theme = FERMATA_DOT_THEME_DARK;
  self->dot.is_transparent = cli_arguments_has (self->arguments, "transparent");

  return get_files (self) && get_format (self) && get_at (self) && check_target (self)
         && cli_document_get_timeout (self->arguments, &self->timeout)
         && cli_document_get_max_size (self->arguments, &self->max_size);
}

/* Messages of the library begin with the whole path, and some with the line. */
static void
complain_of_file (const char   *name,
                  GFile        *file,
                  const GError *error)
{
  const char *path = g_file_peek_path (file);
  gsize length = path != NULL ? strlen (path) : 0;
  g_autofree char *shown = g_filename_display_name (name);

  if (length > 0 && strncmp (error->message, path, length) == 0 && error->message[length] == ':')
    cli_complain ("%s%s", shown, error->message + length);
  else
    cli_complain ("%s: %s", shown, error->message);
}

/* --- What is drawn ------------------------------------------------------- */

static GBytes *
draw_history (Render  *self,
              CliExit *status)
{
  g_autoptr (FermataEngine) engine = fermata_engine_new_default ();
  g_autoptr (GFile) file = g_file_new_for_path (self->file);
  g_autoptr (FermataHistoryGraph) graph = NULL;
  g_autoptr (FermataRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  record = fermata_record_read (engine, file, FERMATA_RECORD_PARTIAL, &error);
  if (record == NULL)
    {
      complain_of_file (self->file, file, error);
      *status = CLI_EXIT_INVALID;
      return NULL;
    }
  graph = fermata_history_graph_new (fermata_record_get_history (record), self->at);

  return fermata_history_graph_to_dot (graph, &self->dot, 0);
}

static gboolean
is_record (GBytes *text)
{
  static const char beginning[] = "{\"fermata-record\"";
  gsize length = 0;
  const char *data = text != NULL ? g_bytes_get_data (text, &length) : NULL;

  return length >= strlen (beginning) && memcmp (data, beginning, strlen (beginning)) == 0;
}

static GBytes *
draw_graph (Render  *self,
            CliExit *status)
{
  g_autoptr (CliDocument) document = cli_document_read (self->file, self->max_size);
  g_autoptr (CliOutput) messages = cli_output_new (STDERR_FILENO);
  g_autoptr (GError) error = NULL;
  GBytes *dot;

  if (is_record (document->text))
    {
      cli_complain (_("%s: this is the record of a run; --history draws it"), document->name);
      *status = CLI_EXIT_INVALID;
      return NULL;
    }
  if (document->n_errors > 0)
    {
      cli_colour_apply (cli_colour_from_arguments (self->arguments), messages);
      cli_diagnostics_print (document, messages);
      cli_output_flush (messages);
      *status = CLI_EXIT_INVALID;
      return NULL;
    }
  dot = fermata_dot_write_graph (document->graph, &self->dot, &error);
  if (dot == NULL)
    {
      cli_complain ("%s: %s", document->name, error->message);
      *status = CLI_EXIT_INVALID;
    }

  return dot;
}

typedef struct {
  GMainLoop *loop;
  GBytes *picture;
  GError *error;
} Layout;

static void
on_rendered (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Layout *layout = data;

  layout->picture = fermata_layout_render_finish (result, &layout->error);
  g_main_loop_quit (layout->loop);
}

static GBytes *
lay_out (Render  *self,
         GBytes  *dot,
         CliExit *status)
{
  Layout layout = { .loop = g_main_loop_new (NULL, FALSE) };
  FermataLayoutFormat format = FERMATA_LAYOUT_FORMAT_SVG;
  guint timeout = 0;

  if (g_str_equal (self->format, "dot"))
    {
      g_main_loop_unref (layout.loop);
      return g_bytes_ref (dot);
    }
  if (self->timeout > 0)
    timeout = (guint) CLAMP (self->timeout / 1000, 1, G_MAXINT);
  fermata_layout_format_from_string (self->format, &format);
  fermata_layout_render_async (dot, format, timeout, NULL, on_rendered, &layout);
  g_main_loop_run (layout.loop);
  g_main_loop_unref (layout.loop);
  if (layout.error != NULL)
    {
      gboolean is_late = g_error_matches (layout.error, FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_TIMEOUT);
      g_autofree char *shown = g_filename_display_name (self->file);

      cli_complain ("%s: %s", shown, layout.error->message);
      *status = is_late ? CLI_EXIT_TIMED_OUT : CLI_EXIT_FAILED;
      g_error_free (layout.error);
    }

  return layout.picture;
}

static CliExit
write_picture (Render *self,
               GBytes *picture)
{
  g_autoptr (GError) error = NULL;

  if (self->target == NULL)
    {
      g_autoptr (CliOutput) output = cli_output_new (STDOUT_FILENO);
      gsize length;
      const char *data = g_bytes_get_data (picture, &length);

      cli_output_write (output, data, (gssize) length);

      return cli_output_flush (output) ? CLI_EXIT_DONE : CLI_EXIT_FAILED;
    }
  else
    {
      g_autoptr (GFile) file = g_file_new_for_path (self->target);

      if (fermata_layout_save (picture, file, &error))
        return CLI_EXIT_DONE;
      complain_of_file (self->target, file, error);

      return CLI_EXIT_FAILED;
    }
}

static CliExit
run (CliArguments *arguments)
{
  Render self = { .arguments = arguments, .dot = FERMATA_DOT_OPTIONS_INIT };
  CliExit status = CLI_EXIT_DONE;
  g_autoptr (GBytes) dot = NULL;
  g_autoptr (GBytes) picture = NULL;

  if (!get_wishes (&self))
    return CLI_EXIT_USAGE;
  if (cli_arguments_has (arguments, "history"))
    dot = draw_history (&self, &status);
  else
    dot = draw_graph (&self, &status);
  if (dot != NULL)
    picture = lay_out (&self, dot, &status);

  return picture != NULL ? write_picture (&self, picture) : status;
}

const CliCommand cli_command_render = {
  .name = "render",
  .operands = N_("FILE [TARGET]"),
  .summary = N_("Draw a graph, or what happened in a run."),
  .doc = N_("Draws the graph in FILE, or with --history a run, and writes the picture to TARGET, or to "
            "standard output. FILE may be “-”: standard input."),
  .notes = N_("Exit status: 0 done, 1 failed, 2 usage, 3 FILE is invalid, 124 the layout took too long.\n"
              "\n"
              "Examples:\n"
              "  fermata render orders.fermata.json orders.svg\n"
              "  fermata run orders.fermata.json --record=run.record\n"
              "  fermata render --history run.record --theme=dark run.png\n"),
  .options = options,
  .min_operands = 1,
  .max_operands = 2,
  .run = run,
};
