/* golden-json.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* golden-json FILE.json: reads the file, and compares what is told of it with
 * FILE.errors. FERMATA_UPDATE_GOLDEN=1 writes that file instead. */

#include <locale.h>

#include "format/fermata-json.h"
#include "format/fermata-wfcommons.h"

static const char *input;

static void
append_diagnostics (GString    *text,
                    GListStore *diagnostics)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (diagnostics));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);
      const char *path = fermata_diagnostic_get_path (diagnostic);
      const char *node = fermata_diagnostic_get_node (diagnostic);
      const char *member = fermata_diagnostic_get_member (diagnostic);

      g_string_append_printf (text, "%s:%u:%u: %s: %s [%s%s%s",
                              fermata_diagnostic_get_file (diagnostic),
                              fermata_diagnostic_get_line (diagnostic),
                              fermata_diagnostic_get_column (diagnostic),
                              fermata_severity_to_string (fermata_diagnostic_get_severity (diagnostic)),
                              fermata_diagnostic_get_message (diagnostic),
                              fermata_diagnostic_get_code (diagnostic), path != NULL ? " at " : "",
                              path != NULL ? path : "");
      if (node != NULL)
        g_string_append_printf (text, ", node %s", node);
      if (member != NULL)
        g_string_append_printf (text, ", member %s", member);
      g_string_append (text, "]\n");
    }
}

/* Files named wfcommons-… are workflows. */
static FermataGraph *
read_graph (GBytes      *text,
            const char  *name,
            GListStore  *diagnostics,
            GError     **error)
{
  if (g_str_has_prefix (name, "wfcommons-"))
    return fermata_wfcommons_read_graph (text, name, NULL, diagnostics, error);

  return fermata_json_read_graph (text, name, diagnostics, error);
}

/* What is told, and what becomes of it. */
static char *
read_and_tell (const char *contents,
               gsize       length,
               const char *name)
{
  g_autoptr (GBytes) bytes = g_bytes_new (contents, length);
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) write_error = NULL;
  g_autoptr (FermataGraph) graph = read_graph (bytes, name, diagnostics, &error);
  g_autoptr (GBytes) written = NULL;
  GString *text = g_string_new (NULL);

  append_diagnostics (text, diagnostics);
  if (graph == NULL)
    {
      g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INVALID);
      g_string_append_printf (text, "no graph: %s\n", error->message);
      return g_string_free (text, FALSE);
    }
  g_assert_no_error (error);
  written = fermata_json_write_graph (graph, &write_error);
  if (fermata_graph_is_incomplete (graph))
    g_assert_error (write_error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INCOMPLETE);
  else
    g_assert_no_error (write_error);
  g_string_append_printf (text, "a graph%s\n", written == NULL ? ", which cannot be written" : "");
  return g_string_free (text, FALSE);
}

static void
test_golden (void)
{
  g_autofree char *contents = NULL;
  g_autofree char *stem = NULL;
  g_autofree char *expected_path = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *name = g_path_get_basename (input);
  g_autofree char *told = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (input, &contents, &length, &error);
  g_assert_no_error (error);
  told = read_and_tell (contents, length, name);

  g_assert_true (g_str_has_suffix (input, ".json"));
  stem = g_strndup (input, strlen (input) - strlen (".json"));
  expected_path = g_strconcat (stem, ".errors", NULL);
  if (g_getenv ("FERMATA_UPDATE_GOLDEN") != NULL)
    g_file_set_contents (expected_path, told, -1, &error);
  g_assert_no_error (error);
  g_file_get_contents (expected_path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (told, ==, expected);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  input = argv[1];
  name = g_path_get_basename (input);
  path = g_strconcat ("/golden-json/", name, NULL);
  g_test_add_func (path, test_golden);

  return g_test_run ();
}
