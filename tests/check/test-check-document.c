/* test-check-document.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "check/check-fixture.h"
#include "check/fermata-document-words-private.h"
#include "engine/fermata-task-error.h"
#include "engine/nodes/fermata-nodes.h"
#include "format/fermata-json.h"

/* The table of words against all else that has them: the examples, the engine,
 * the reference. */

static void
assert_clean (FermataChecker *checker,
              const char     *path)
{
  g_autoptr(GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr(FermataGraph) graph = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) text = NULL;
  g_autofree char *lines = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  text = g_bytes_new_take (contents, length);
  graph = fermata_json_read_graph (text, path, diagnostics, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fermata_checker_check (checker, graph, diagnostics), ==, 0);

  lines = fixture_dup_lines (diagnostics);
  g_assert_cmpstr (lines, ==, "");
}

/* With the node types that there really are. */
static void
test_examples (void)
{
  g_autoptr(FermataNodeRegistry) registry = fermata_node_registry_new ();
  g_autoptr(FermataEvaluator) evaluator = fermata_evaluator_new ();
  g_autoptr(FermataChecker) checker = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (g_getenv ("FERMATA_EXAMPLES"), 0, &error);
  guint n_examples = 0;
  const char *name;

  g_assert_no_error (error);
  fermata_nodes_register (registry);
  checker = fermata_checker_new (fermata_node_registry_get_catalog (registry), evaluator);
  fermata_checker_set_strict (checker, TRUE);

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (g_getenv ("FERMATA_EXAMPLES"), name, NULL);

      if (!g_str_has_suffix (name, ".fermata.json"))
        continue;

      assert_clean (checker, path);
      n_examples++;
    }

  g_assert_cmpuint (n_examples, >, 0);
}

static void
test_error_kinds (void)
{
  const char *const *kinds = fermata_error_kinds ();

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      FermataErrorKind kind;

      g_assert_true (fermata_error_kind_from_string (kinds[i], &kind));
    }

  for (guint i = FERMATA_ERROR_KIND_UNKNOWN; i <= FERMATA_ERROR_KIND_DEADLOCK; i++)
    g_assert_true (g_strv_contains (kinds, fermata_error_kind_to_string (i)));
}

/* The reference names each word, as code. */
static void
test_reference (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "format.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < FERMATA_N_THINGS; i++)
    {
      const FermataThing *thing = fermata_thing_get (i);

      for (guint j = 0; j < thing->n_members; j++)
        {
          g_autofree char *word = g_strdup_printf ("`%s`", thing->members[j].name);
          g_autofree char *quoted = g_strdup_printf ("`\"%s\"`", thing->members[j].name);

          if (strstr (text, word) == NULL && strstr (text, quoted) == NULL)
            g_error ("the reference does not name “%s” of %s", thing->members[j].name, thing->name);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/document/examples", test_examples);
  g_test_add_func ("/check/document/error-kinds", test_error_kinds);
  g_test_add_func ("/check/document/reference", test_reference);

  return g_test_run ();
}
