/* test-check-golden.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "check/check-fixture.h"
#include "format/fermata-json.h"

/*
 * tests/golden/check/NAME.fermata.json is read and checked; what is wrong with
 * it must be NAME.expected, one a line:
 *
 *     line:column severity code node member: message
 *         hint
 *
 * With FERMATA_UPDATE_GOLDEN set, the expected files are written instead.
 */

static const char *
or_dash (const char *text)
{
  return text != NULL ? text : "-";
}

static void
append_line (GString           *lines,
             FermataDiagnostic *diagnostic)
{
  g_string_append_printf (lines, "%u:%u %s %s %s %s: %s\n",
                          fermata_diagnostic_get_line (diagnostic),
                          fermata_diagnostic_get_column (diagnostic),
                          fermata_severity_to_string (fermata_diagnostic_get_severity (diagnostic)),
                          fermata_diagnostic_get_code (diagnostic),
                          or_dash (fermata_diagnostic_get_node (diagnostic)),
                          or_dash (fermata_diagnostic_get_member (diagnostic)),
                          fermata_diagnostic_get_message (diagnostic));

  if (fermata_diagnostic_get_hint (diagnostic) != NULL)
    g_string_append_printf (lines, "    %s\n", fermata_diagnostic_get_hint (diagnostic));
}

static char *
check_file (const char *path)
{
  g_autoptr(FermataChecker) checker = fixture_checker_new ();
  g_autoptr(GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr(FermataGraph) graph = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) text = NULL;
  GString *lines = g_string_new (NULL);
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  text = g_bytes_new_take (contents, length);
  graph = fermata_json_read_graph (text, "file", diagnostics, &error);
  g_assert_no_error (error);

  fermata_checker_check (checker, graph, diagnostics);
  fermata_diagnostics_locate (diagnostics, text, "file");

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (diagnostics)); i++)
    {
      g_autoptr(FermataDiagnostic) diagnostic = g_list_model_get_item (G_LIST_MODEL (diagnostics), i);

      append_line (lines, diagnostic);
    }

  return g_string_free (lines, FALSE);
}

static void
test_golden (gconstpointer data)
{
  const char *path = data;
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (".fermata.json"));
  g_autofree char *expected_path = g_strconcat (stem, ".expected", NULL);
  g_autofree char *found = check_file (path);
  g_autofree char *expected = NULL;
  g_autoptr(GError) error = NULL;

  if (g_getenv ("FERMATA_UPDATE_GOLDEN") != NULL)
    {
      g_file_set_contents (expected_path, found, -1, &error);
      g_assert_no_error (error);
    }

  g_file_get_contents (expected_path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, expected);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);

  folder = g_test_build_filename (G_TEST_DIST, "golden", "check", NULL);
  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = NULL;
      g_autofree char *stem = NULL;

      if (!g_str_has_suffix (name, ".fermata.json"))
        continue;

      stem = g_strndup (name, strlen (name) - strlen (".fermata.json"));
      test = g_strconcat ("/check/golden/", stem, NULL);
      g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), test_golden, g_free);
    }

  return g_test_run ();
}
