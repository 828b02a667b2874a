/* test-artifacts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Outputs that are too large to be carried about go to files. */

#include <glib/gstdio.h>

#include "engine/run/fermata-artifacts-private.h"
#include "engine/run/fermata-background-private.h"
#include "harness/fermata-test-bed.h"
#include "value/fermata-value-reader.h"
#include "value/fermata-value-writer.h"

static FermataValue *
parse (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  FermataValue *value = fermata_value_parse (text, -1, &error);

  g_assert_no_error (error);

  return value;
}

/* What is not suspected is not larger. */
static void
test_suspicion (void)
{
  static const struct {
    const char *json;
    gboolean suspected;
  } cases[] = {
    { "1", FALSE }, { "'0123456789'", FALSE }, { "'01234567890123456789012345678901234567890'", TRUE },
    { "[1, 2]", FALSE }, { "[[[[[[[[1]]]]]]]]", TRUE }, { "{'a': {'b': 1}}", FALSE },
    { "{'0123456789012345678901234567890': 1}", TRUE }, { "[]", FALSE }, { "{}", FALSE },
  };
  FermataArtifacts *artifacts = fermata_artifacts_new (150, NULL, "test");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FermataValue) value = parse (cases[i].json);
      gboolean suspected = fermata_artifacts_suspects (artifacts, value);
      gsize length;
      g_autofree char *text = fermata_value_to_string (value, FERMATA_WRITE_COMPACT, &length);

      if (suspected != cases[i].suspected)
        g_error ("%s", cases[i].json);
      g_assert_true (suspected || length <= 150);
    }
  fermata_artifacts_unref (artifacts);
}

static FermataTestBed *
prepare (const char *nodes,
         const char *edges,
         const char *folder)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autofree char *json = g_strdup_printf ("{ 'fermata': 1, 'kind': 'dag', 'nodes': [ %s ],"
                                           " 'edges': [ %s ] }", nodes, edges);
  g_autoptr (FermataGraph) graph = fermata_test_graph (json);

  fermata_test_bed_enter_folder (bed);
  fermata_test_bed_prepare (bed, graph, NULL);
  fermata_run_store_outputs (bed->run, 20, folder);

  return bed;
}

#define MAKE(id, value) "{ 'id': '" id "', 'type': 'task', 'with': { 'value': " value " } }"
#define READ(id, as) "{ 'id': '" id "', 'type': 'read-file', " \
                     "  'with': { 'path': '{{input.artifact.path}}', 'as': '" as "' } }"
#define EDGE(from, to) "{ 'from': '" from "', 'to': '" to "' }"

static FermataValue *
artifact_of (FermataTestBed *bed,
             guint           node)
{
  FermataMoment *moment = fermata_run_get_moment (bed->run);
  FermataValue *output = fermata_moment_get_node_output (moment, 0, node);

  g_assert_nonnull (output);

  return fermata_value_get_member (output, "artifact");
}

static const char *
text_of (FermataValue *object,
         const char   *name)
{
  return fermata_value_get_string (fermata_value_get_member (object, name), NULL);
}

static void
test_kept (void)
{
  g_autoptr (FermataTestBed) bed = prepare (MAKE ("a b: ü", "[ 'one', 'two', 'three', 'four' ]") ","
                                            MAKE ("small", "[ 'one' ]") ","
                                            MAKE ("text", "'a text of more than twenty bytes'"),
                                            "", "kept");
  g_autofree char *small = NULL;
  g_autofree char *text = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *other = NULL;
  FermataValue *artifact;
  gsize length;

  fermata_test_bed_finish (bed);
  artifact = artifact_of (bed, 0);
  g_assert_cmpstr (text_of (artifact, "media-type"), ==, "application/json");
  g_assert_true (g_path_is_absolute (text_of (artifact, "path")));
  folder = g_build_filename ("/kept", fermata_run_get_id (bed->run), NULL);
  g_assert_nonnull (strstr (text_of (artifact, "path"), folder));
  g_assert_true (g_str_has_suffix (text_of (artifact, "path"), "/0-0-1-a_b____.json"));
  g_assert_true (g_file_get_contents (text_of (artifact, "path"), &text, &length, NULL));
  g_assert_cmpstr (text, ==, "[\"one\",\"two\",\"three\",\"four\"]");
  g_assert_cmpint (fermata_value_get_integer (fermata_value_get_member (artifact, "size")), ==, length);
  g_free (text);
  text = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "[\"one\",\"two\",\"three\",\"four\"]", -1);
  g_assert_cmpstr (text_of (artifact, "sha256"), ==, text);
  g_clear_pointer (&text, g_free);

  small = fermata_test_bed_output (bed, "small");
  g_assert_cmpstr (small, ==, "[\"one\"]");

  artifact = artifact_of (bed, 2);
  g_assert_true (g_file_get_contents (text_of (artifact, "path"), &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "a text of more than twenty bytes");
  fermata_test_bed_settle (bed);
  g_clear_object (&bed->run);
  other = g_build_filename (folder + 1, "0-2-1-text.txt", NULL);
  g_assert_true (g_file_test (other, G_FILE_TEST_IS_REGULAR));
}

/* What nobody named is gone with the run. */
static void
test_removed (void)
{
  g_autoptr (FermataTestBed) bed = prepare (MAKE ("a", "[ 'one', 'two', 'three', 'four' ]") ","
                                            READ ("b", "lines"),
                                            EDGE ("a", "b"), NULL);
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *output = NULL;

  fermata_test_bed_finish (bed);
  output = fermata_test_bed_output (bed, "b");
  g_assert_nonnull (strstr (output, "artifact"));
  path = g_strdup (text_of (artifact_of (bed, 0), "path"));
  folder = g_path_get_dirname (path);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  fermata_test_bed_settle (bed);
  g_clear_object (&bed->run);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_no_folder (void)
{
  g_autoptr (FermataTestBed) bed = prepare (MAKE ("a", "[ 'one', 'two', 'three', 'four' ]"), "",
                                            "/dev/null/nowhere");
  FermataValue *error;

  fermata_test_bed_finish (bed);
  error = fermata_moment_get_node_error (fermata_run_get_moment (bed->run), 0, 0);
  g_assert_cmpstr (text_of (error, "kind"), ==, "execution");
  g_assert_nonnull (strstr (text_of (error, "message"), "/dev/null/nowhere"));
}

static void
test_cancelled (void)
{
  g_autoptr (FermataTestBed) bed = prepare (MAKE ("a", "[ 'one', 'two', 'three', 'four' ]"), "", NULL);

  fermata_run_start (bed->run);
  while (fermata_background_get_count () == 0)
    g_main_context_iteration (NULL, FALSE);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  g_assert_cmpint (fermata_run_get_state (bed->run), ==, FERMATA_RUN_STATE_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *cache = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  cache = g_dir_make_tmp ("fermata-XXXXXX", NULL);
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);

  g_test_add_func ("/artifacts/suspicion", test_suspicion);
  g_test_add_func ("/artifacts/kept", test_kept);
  g_test_add_func ("/artifacts/removed", test_removed);
  g_test_add_func ("/artifacts/no-folder", test_no_folder);
  g_test_add_func ("/artifacts/cancelled", test_cancelled);
  status = g_test_run ();

  /* Nothing is left of what nobody named. */
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *folder = g_build_filename (cache, "fermata", i == 0 ? "runs" : NULL, NULL);

      g_rmdir (folder);
    }
  if (g_rmdir (cache) != 0)
    status = 1;

  return status;
}
