/* test-scxml-round-trip.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Documents that others wrote: read, written and read again, each is the same. */

#include <string.h>

#include "format/scxml-write-fixture.h"

static void
test_file (gconstpointer data)
{
  const char *path = data;
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (contents, length);
  graph = fermata_scxml_read_graph (bytes, path, NULL, &error);
  g_assert_no_error (error);
  if (fermata_graph_is_incomplete (graph))
    {
      g_test_skip ("it names two things the same");
      return;
    }

  text = scxml_assert_round_trip (graph, FERMATA_SCXML_WRITE_DEFAULT, diagnostics);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, 0);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In folders, and folders in these. */
static void
find_documents (const char *folder,
                GPtrArray  *paths)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (folders, g_strdup (folder));
  while (folders->len > 0)
    {
      g_autofree char *path = g_ptr_array_steal_index (folders, folders->len - 1);
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *inner = g_build_filename (path, name, NULL);

          if (g_file_test (inner, G_FILE_TEST_IS_DIR))
            g_ptr_array_add (folders, g_steal_pointer (&inner));
          else if (g_str_has_suffix (name, ".scxml"))
            g_ptr_array_add (paths, g_steal_pointer (&inner));
        }
    }
  g_ptr_array_sort (paths, compare_paths);
}

static void
test_none (void)
{
  g_test_skip ("the test framework of SCION is not there; ./dev test fetches it from npm");
}

static char *
dup_folder (void)
{
  const char *modules = g_getenv ("FERMATA_NODE_MODULES");
  g_autofree char *built = g_test_build_filename (G_TEST_DIST, "..", "build", "npm", "node_modules", NULL);

  return g_build_filename (modules != NULL ? modules : built, "@scion-scxml", "test-framework", "test", NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = NULL;

  g_test_init (&argc, &argv, NULL);

  folder = dup_folder ();
  find_documents (folder, paths);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = paths->pdata[i];
      g_autofree char *name = g_strconcat ("/scxml-round-trip", path + strlen (folder), NULL);

      g_test_add_data_func (name, path, test_file);
    }
  if (paths->len == 0)
    g_test_add_func ("/scxml-round-trip/none", test_none);

  return g_test_run ();
}
