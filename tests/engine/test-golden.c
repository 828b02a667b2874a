/* test-golden.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/*
 * tests/golden/engine/NAME.fermata.json is run, as its `x-test` says; its
 * history must be NAME.events, or the reason why it is refused NAME.error. Each
 * is a rule of docs/semantics.md.
 *
 * With FERMATA_UPDATE_GOLDEN set, those files are written instead.
 */

#include <glib/gstdio.h>
#include <string.h>

#include "harness/fermata-test-script.h"

static void
compare (const char *stem,
         const char *suffix,
         const char *found)
{
  g_autofree char *path = g_strconcat (stem, suffix, NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("FERMATA_UPDATE_GOLDEN") == NULL)
    {
      if (g_file_get_contents (path, &expected, NULL, NULL) || found != NULL)
        g_assert_cmpstr (found, ==, expected);
      return;
    }

  if (found == NULL)
    {
      g_unlink (path);
      return;
    }
  g_file_set_contents (path, found, -1, &error);
  g_assert_no_error (error);
}

static void
test_golden (gconstpointer data)
{
  const char *path = data;
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (".fermata.json"));
  g_autoptr (FermataTestBed) bed = fermata_test_bed_new ();
  g_autoptr (FermataGraph) graph = fermata_test_read_graph (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *events = NULL;
  g_autofree char *refusal = NULL;

  if (fermata_test_bed_play (bed, graph, &error))
    events = fermata_test_bed_describe (bed);
  else
    refusal = g_strconcat (error->message, "\n", NULL);
  compare (stem, ".events", events);
  compare (stem, ".error", refusal);
}

int
main (int   argc,
      char *argv[])
{
  g_auto (GStrv) paths = NULL;

  g_test_init (&argc, &argv, NULL);

  paths = fermata_test_list_golden (FALSE);
  g_assert_nonnull (paths[0]);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);
      g_autofree char *test = NULL;

      name[strlen (name) - strlen (".fermata.json")] = '\0';
      test = g_strconcat ("/golden/", name, NULL);
      g_test_add_data_func_full (test, g_strdup (paths[i]), test_golden, g_free);
    }

  return g_test_run ();
}
