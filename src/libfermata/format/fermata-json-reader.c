/* fermata-json-reader.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-json-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "value/fermata-value-reader.h"

FermataDiagnostic *
fermata_json_read_report (FermataJsonRead     *self,
                          const char          *code,
                          const char          *path,
                          FermataTextPosition *position,
                          const char          *message)
{
  g_autoptr (FermataDiagnostic) diagnostic = NULL;

  if (++self->n_errors > FERMATA_JSON_MAX_DIAGNOSTICS)
    return NULL;
  diagnostic = fermata_diagnostic_new (FERMATA_SEVERITY_ERROR, code, path, message);
  if (position != NULL)
    fermata_diagnostic_set_position (diagnostic, self->name, position->line, position->column);
  g_list_store_append (self->diagnostics, diagnostic);
  return diagnostic;
}

/* Says how many more there are than were kept. */
static void
report_rest (FermataJsonRead *read)
{
  guint n_more = read->n_errors - FERMATA_JSON_MAX_DIAGNOSTICS;
  g_autoptr (FermataDiagnostic) diagnostic = NULL;
  g_autofree char *message = NULL;

  if (read->n_errors <= FERMATA_JSON_MAX_DIAGNOSTICS)
    return;
  message = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more is not listed",
                                          "%u more are not listed", n_more), n_more);
  diagnostic = fermata_diagnostic_new (FERMATA_SEVERITY_ERROR, "too-many", NULL, message);
  fermata_diagnostic_set_position (diagnostic, read->name, 0, 0);
  g_list_store_append (read->diagnostics, diagnostic);
}

/* The first of what is wrong with this text, as a line. */
static void
take_error (FermataJsonRead *read,
            GError         **error)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (read->diagnostics));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (read->diagnostics), i);

      if (g_strcmp0 (fermata_diagnostic_get_file (diagnostic), read->name) != 0)
        continue;
      g_set_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INVALID, "%s:%u:%u: %s", read->name,
                   fermata_diagnostic_get_line (diagnostic), fermata_diagnostic_get_column (diagnostic),
                   fermata_diagnostic_get_message (diagnostic));
      return;
    }
}

static gboolean
is_blank (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (strchr (" \t\r\n", text[i]) == NULL || text[i] == '\0')
        return FALSE;
    }
  return TRUE;
}

/* Why the text is no JSON, in the words of whoever looks at a file. */
static void
report_text (FermataJsonRead    *read,
             FermataValueReader *reader,
             const GError       *error)
{
  static const char *const codes[] = {
    [FERMATA_VALUE_ERROR_SYNTAX] = "syntax",
    [FERMATA_VALUE_ERROR_ENCODING] = "encoding",
    [FERMATA_VALUE_ERROR_DEPTH] = "too-deep",
    [FERMATA_VALUE_ERROR_SIZE] = "too-large",
    [FERMATA_VALUE_ERROR_DUPLICATE] = "duplicate-member",
    [FERMATA_VALUE_ERROR_UNSUPPORTED] = "unsupported",
  };
  gsize length;
  const char *text = g_bytes_get_data (read->text, &length);
  FermataTextPosition position;

  fermata_value_reader_get_error_position (reader, &position);
  if (is_blank (text, length))
    {
      position = (FermataTextPosition) { 0, 1, 1 };
      fermata_json_read_report (read, "empty", NULL, &position,
                                _("there is nothing in here; a graph is a JSON object"));
    }
  else if (memchr (text, '\0', length) != NULL)
    fermata_json_read_report (read, "binary", NULL, &position,
                              _("this is no text; a graph is a JSON object"));
  else
    fermata_json_read_report (read, codes[error->code], NULL, &position, error->message);
}

/* The text's value; of members that are in an object twice, all but the last
 * are told of and lost. */
FermataValue *
fermata_json_read_value (FermataJsonRead *read,
                         gboolean        *is_incomplete)
{
  g_autoptr (FermataValueReader) reader = fermata_value_reader_new ();
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (read->text, &length);
  FermataValue *value;

  fermata_value_reader_set_max_size (reader, G_MAXSIZE);
  fermata_value_reader_set_unique_names (reader, TRUE);
  value = fermata_value_reader_read (reader, text, length, &error);
  if (g_error_matches (error, FERMATA_VALUE_ERROR, FERMATA_VALUE_ERROR_DUPLICATE))
    {
      g_clear_error (&error);
      fermata_value_reader_set_unique_names (reader, FALSE);
      value = fermata_value_reader_read (reader, text, length, &error);
      if (value != NULL)
        fermata_json_find_duplicates (read);
      *is_incomplete = TRUE;
    }
  if (value == NULL)
    report_text (read, reader, error);
  return value;
}

/* Whether this is a document of a version that is known. Of anything else, no
 * more is said than that it is none. */
static gboolean
check_version (FermataJsonRead *read,
               FermataValue    *value)
{
  FermataValue *version;
  g_autofree char *message = NULL;

  if (fermata_value_get_kind (value) != FERMATA_VALUE_KIND_OBJECT)
    {
      fermata_json_read_report (read, "not-a-graph", "", NULL, _("a graph is a JSON object"));
      return FALSE;
    }
  version = fermata_value_get_member (value, "fermata");
  if (version == NULL)
    fermata_json_read_report (read, "not-a-graph", "", NULL,
                              _("this is no graph: it has no \"fermata\": 1"));
  else if (fermata_value_get_kind (version) != FERMATA_VALUE_KIND_INTEGER ||
           fermata_value_get_integer (version) < 1)
    fermata_json_read_report (read, "bad-version", "/fermata", NULL,
                              _("expected the version of the format, 1"));
  else if (fermata_value_get_integer (version) > FERMATA_DOCUMENT_VERSION)
    {
      message = g_strdup_printf (_("this is version %" G_GINT64_FORMAT " of the format; "
                                   "this program knows version %d"),
                                 fermata_value_get_integer (version), FERMATA_DOCUMENT_VERSION);
      fermata_json_read_report (read, "newer-version", "/fermata", NULL, message);
    }
  else
    return TRUE;
  return FALSE;
}

static FermataGraph *
read_graph (FermataJsonRead *read)
{
  gboolean is_incomplete = FALSE;
  g_autoptr (FermataValue) value = fermata_json_read_value (read, &is_incomplete);
  FermataGraph *graph;

  if (value == NULL || !check_version (read, value))
    return NULL;
  fermata_json_check_shape (read, value);
  graph = fermata_graph_new_from_value (value);
  if (is_incomplete)
    fermata_graph_mark_incomplete (graph);
  return graph;
}

void
fermata_json_read_end (FermataJsonRead  *read,
                       gboolean          has_failed,
                       GError          **error)
{
  report_rest (read);
  if (read->n_errors > 0)
    fermata_diagnostics_locate (read->diagnostics, read->text, read->name);
  if (has_failed)
    take_error (read, error);
}

/**
 * fermata_json_read_graph:
 * @text: JSON
 * @name: what people call the text: a file name
 * @diagnostics: (nullable): a list of [class@Fermata.Diagnostic], which what
 *   is wrong with the text is added to, with lines and columns
 * @error: return location for a [error@Fermata.FormatError]
 *
 * Reads a graph. All problems of a text are told at once, as far as it can be
 * understood.
 *
 * There can be a graph although there are errors among the diagnostics: with a
 * node that has no id, or an edge that comes from nowhere, it can be shown and
 * mended. If it does not hold all that the text says, it is incomplete, and
 * cannot be written. What is not JSON, not a document, or one of a newer
 * version, gives none.
 *
 * Returns: (transfer full) (nullable): the graph, or `NULL` with @error set to
 *   the first of the diagnostics
 */
FermataGraph *
fermata_json_read_graph (GBytes      *text,
                         const char  *name,
                         GListStore  *diagnostics,
                         GError     **error)
{
  g_autoptr (GListStore) list = NULL;
  FermataJsonRead read;
  FermataGraph *graph;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (diagnostics == NULL || G_IS_LIST_STORE (diagnostics), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  list = diagnostics != NULL ? g_object_ref (diagnostics) : g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  read = (FermataJsonRead) { text, name, list, 0 };
  graph = read_graph (&read);
  fermata_json_read_end (&read, graph == NULL, error);
  return graph;
}
