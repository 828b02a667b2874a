/* fermata-cli-document.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-document.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define STANDARD_INPUT "<stdin>"

static void
count (CliDocument *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->diagnostics));

  self->n_errors = self->n_warnings = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = NULL;

      diagnostic = g_list_model_get_item (G_LIST_MODEL (self->diagnostics), i);
      if (fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_ERROR)
        self->n_errors++;
      else if (fermata_diagnostic_get_severity (diagnostic) == FERMATA_SEVERITY_WARNING)
        self->n_warnings++;
    }
}

const char *
cli_message_without_name (const char *message,
                          const char *name)
{
  gsize length = strlen (name);

  if (strncmp (message, name, length) == 0 && strncmp (message + length, ": ", 2) == 0)
    return message + length + 2;

  return message;
}

static void
add_unreadable (CliDocument  *self,
                const GError *error)
{
  g_autoptr (FermataDiagnostic) diagnostic = NULL;

  diagnostic = fermata_diagnostic_new (FERMATA_SEVERITY_ERROR, "unreadable", NULL,
                                       cli_message_without_name (error->message, self->name));
  fermata_diagnostic_set_position (diagnostic, self->name, 0, 0);
  g_list_store_append (self->diagnostics, diagnostic);
}

static GBytes *
read_text (CliDocument  *self,
           const char   *file,
           gsize         max_size,
           GError      **error)
{
  g_autoptr (FermataJsonLoader) loader = fermata_json_loader_new ();
  g_autoptr (GFile) location = NULL;

  if (max_size > 0)
    fermata_json_loader_set_max_size (loader, max_size);
  if (g_str_equal (file, "-"))
    return fermata_json_loader_read_fd (loader, STDIN_FILENO, self->name, error);

  location = g_file_new_for_path (file);

  return fermata_json_loader_read_file (loader, location, self->name, error);
}

static void
read_graph (CliDocument                   *self,
            const FermataWfcommonsOptions *wfcommons)
{
  switch (self->format)
    {
    case CLI_FORMAT_WFCOMMONS:
      self->graph = fermata_wfcommons_read_graph (self->text, self->name, wfcommons, self->diagnostics, NULL);
      break;
    case CLI_FORMAT_SCXML:
      self->graph = fermata_scxml_read_graph (self->text, self->name, self->diagnostics, NULL);
      break;
    case CLI_FORMAT_FERMATA:
    default:
      self->graph = fermata_json_read_graph (self->text, self->name, self->diagnostics, NULL);
      break;
    }
}

/* By its content. What is no graph may be something that one can be made of. */
static void
read_document (CliDocument                   *self,
               const CliFormat               *format,
               const FermataWfcommonsOptions *wfcommons)
{
  if (format != NULL)
    self->format = *format;
  else if (fermata_scxml_recognises (self->text))
    self->format = CLI_FORMAT_SCXML;
  read_graph (self, wfcommons);
  if (self->graph != NULL || format != NULL || self->format == CLI_FORMAT_SCXML
      || !fermata_wfcommons_recognises (self->text))
    return;

  self->format = CLI_FORMAT_WFCOMMONS;
  g_list_store_remove_all (self->diagnostics);
  read_graph (self, wfcommons);
}

/* What its nodes name is relative to it. */
static void
set_file (FermataGraph *graph,
          const char   *file)
{
  g_autoptr (GFile) location = g_file_new_for_path (file);

  fermata_graph_set_file (graph, location);
}

CliDocument *
cli_document_read_as (const char                    *file,
                      gsize                          max_size,
                      const CliFormat               *format,
                      const FermataWfcommonsOptions *wfcommons)
{
  CliDocument *self = g_new0 (CliDocument, 1);
  g_autoptr (GError) error = NULL;

  self->name = g_str_equal (file, "-") ? g_strdup (STANDARD_INPUT) : g_filename_display_name (file);
  self->diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  self->max_size = max_size;
  self->text = read_text (self, file, max_size, &error);
  if (self->text == NULL)
    add_unreadable (self, error);
  else
    read_document (self, format, wfcommons);
  if (self->graph != NULL && !g_str_equal (file, "-"))
    set_file (self->graph, file);
  count (self);

  return self;
}

CliDocument *
cli_document_read (const char *file,
                   gsize       max_size)
{
  return cli_document_read_as (file, max_size, NULL, NULL);
}

/* What is found in a graph that was made of the text has no place in it. */
static void
name_file (CliDocument *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->diagnostics));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = NULL;

      diagnostic = g_list_model_get_item (G_LIST_MODEL (self->diagnostics), i);
      if (fermata_diagnostic_get_file (diagnostic) == NULL)
        fermata_diagnostic_set_position (diagnostic, self->name, 0, 0);
    }
}

/* For the files that its nodes name. */
static void
set_max_size (CliDocument    *self,
              FermataChecker *checker)
{
  FermataLoader *loader = fermata_checker_get_loader (checker);

  if (self->max_size > 0 && FERMATA_IS_JSON_LOADER (loader))
    fermata_json_loader_set_max_size (FERMATA_JSON_LOADER (loader), self->max_size);
}

static void
locate (CliDocument *self)
{
  if (self->format == CLI_FORMAT_WFCOMMONS)
    name_file (self);
  else
    fermata_format_locate (self->diagnostics, self->text, self->name);
  count (self);
}

void
cli_document_check (CliDocument    *self,
                    FermataChecker *checker)
{
  if (self->graph == NULL)
    return;

  set_max_size (self, checker);
  fermata_checker_check (checker, self->graph, self->diagnostics);
  locate (self);
}

GBytes *
cli_document_write (CliDocument             *self,
                    CliFormat                format,
                    FermataScxmlWriteFlags   flags,
                    GError                 **error)
{
  GBytes *text;

  if (format != CLI_FORMAT_SCXML)
    return fermata_json_write_graph (self->graph, error);

  text = fermata_scxml_write_graph (self->graph, flags, self->diagnostics, error);
  locate (self);

  return text;
}

void
cli_document_free (CliDocument *self)
{
  g_free (self->name);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_object (&self->graph);
  g_clear_object (&self->diagnostics);
  g_free (self);
}

void
cli_document_set_policy (CliArguments  *arguments,
                         FermataEngine *engine)
{
  FermataLoader *loader = fermata_engine_get_loader (engine);

  if (FERMATA_IS_JSON_LOADER (loader))
    fermata_json_loader_set_allow_outside (FERMATA_JSON_LOADER (loader),
                                           cli_arguments_has (arguments, "allow-outside"));
}

static gboolean
parse_size (const char *text,
            gsize      *size)
{
  static const char units[] = "KMG";
  g_autofree char *digits = g_strdup (text);
  gsize length = strlen (digits);
  const char *unit = length == 0 ? NULL : strchr (units, g_ascii_toupper (digits[length - 1]));
  guint shift = 0;
  guint64 number;

  if (unit != NULL && *unit != '\0')
    {
      shift = 10 * (unit - units + 1);
      digits[length - 1] = '\0';
    }
  if (!g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT32, &number, NULL)
      || number << shift >= G_MAXUINT32)
    return FALSE;

  *size = number << shift;

  return TRUE;
}

gboolean
cli_document_get_size (CliArguments *arguments,
                       const char   *option,
                       gsize        *size)
{
  const char *text = cli_arguments_get (arguments, option);

  *size = 0;
  if (text == NULL || parse_size (text, size))
    return TRUE;

  cli_usage_error (cli_arguments_get_command (arguments),
                   _("--%s is a number of bytes below 4G, such as 64M, and not “%s”"), option, text);

  return FALSE;
}

gboolean
cli_document_get_max_size (CliArguments *arguments,
                           gsize        *max_size)
{
  return cli_document_get_size (arguments, "max-size", max_size);
}

gboolean
cli_document_get_timeout (CliArguments *arguments,
                          gint64       *timeout)
{
  const char *text = cli_arguments_get (arguments, "timeout");
  g_autoptr (FermataValue) value = NULL;

  *timeout = -1;
  if (text == NULL)
    return TRUE;

  /* A number of seconds, or text with a unit. */
  value = fermata_value_parse (text, -1, NULL);
  if (value == NULL)
    value = fermata_value_new_string (text, -1);
  if (fermata_duration_parse (value, timeout, NULL) && *timeout > 0)
    return TRUE;

  cli_usage_error (cli_arguments_get_command (arguments),
                   _("--timeout is a time such as 250ms, 30s, 5m, 1h, or seconds, and not “%s”"), text);

  return FALSE;
}
