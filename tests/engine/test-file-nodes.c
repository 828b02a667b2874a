/* test-file-nodes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* `read-file` and `write-file`: what golden files do not show. */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/run/fermata-background-private.h"
#include "harness/fermata-test-bed.h"

/* One node called “file”, in a folder of its own, not started. */
static FermataTestBed *
prepare (const char *type,
         const char *with)
{
  FermataTestBed *bed = fermata_test_bed_new ();
  g_autofree char *json = NULL;
  g_autoptr (FermataGraph) graph = NULL;

  json = g_strdup_printf ("{ 'fermata': 1, 'kind': 'dag', 'nodes': ["
                          "  { 'id': 'file', 'type': '%s', 'with': { %s } } ], 'edges': [] }",
                          type, with);
  graph = fermata_test_graph (json);
  fermata_test_bed_enter_folder (bed);
  fermata_test_bed_prepare (bed, graph, NULL);

  return bed;
}

static const char *
text_of (FermataValue *object,
         const char   *name)
{
  FermataValue *member = fermata_value_get_member (object, name);

  return member == NULL ? NULL : fermata_value_get_string (member, NULL);
}

static void
assert_failed (FermataTestBed *bed,
               const char     *kind,
               const char     *message,
               const char     *reason)
{
  FermataMoment *moment = fermata_run_get_moment (bed->run);
  FermataValue *error = fermata_moment_get_node_error (moment, 0, 0);
  FermataValue *details;

  g_assert_nonnull (error);
  g_assert_cmpstr (text_of (error, "kind"), ==, kind);
  if (strstr (text_of (error, "message"), message) == NULL)
    g_error ("“%s” does not say “%s”", text_of (error, "message"), message);
  details = fermata_value_get_member (error, "details");
  g_assert_cmpstr (details == NULL ? NULL : text_of (details, "reason"), ==, reason);
}

/* How many files there are in the bed's folder. */
static guint
count_files (FermataTestBed *bed)
{
  g_autoptr (GDir) dir = g_dir_open (bed->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* Nobody writes to it: to open it the plain way would wait forever. */
static void
test_pipe (void)
{
  g_autoptr (FermataTestBed) reading = prepare ("read-file", "'path': 'pipe'");

  g_assert_cmpint (mkfifo ("pipe", 0600), ==, 0);
  fermata_test_bed_finish (reading);
  assert_failed (reading, "execution", "this is a pipe", "pipe");
}

static void
test_writing_to_a_pipe (gconstpointer data)
{
  g_autofree char *with = g_strdup_printf ("'path': 'pipe', 'value': 1, 'mode': '%s'",
                                           (const char *) data);
  g_autoptr (FermataTestBed) bed = prepare ("write-file", with);
  gboolean creates = g_str_equal (data, "create");

  g_assert_cmpint (mkfifo ("pipe", 0600), ==, 0);
  fermata_test_bed_finish (bed);
  assert_failed (bed, "execution", creates ? "exists" : "this is a pipe",
                 creates ? "exists" : "pipe");
  g_assert_cmpuint (count_files (bed), ==, 1);
}

static void
test_device (void)
{
  g_autoptr (FermataTestBed) reading = prepare ("read-file", "'path': '/dev/zero'");
  g_autoptr (FermataTestBed) writing = NULL;

  fermata_test_bed_finish (reading);
  assert_failed (reading, "execution", "/dev/zero: this is no regular file", "not-regular");
  g_clear_pointer (&reading, fermata_test_bed_free);

  writing = prepare ("write-file", "'path': '/dev/null', 'value': 1, 'mode': 'append'");
  fermata_test_bed_finish (writing);
  assert_failed (writing, "execution", "/dev/null: this is no regular file", "not-regular");
}

static void
test_permission (void)
{
  g_autoptr (FermataTestBed) bed = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may read anything");
      return;
    }

  bed = prepare ("read-file", "'path': 'secret'");
  g_assert_true (g_file_set_contents ("secret", "x", 1, NULL));
  g_assert_cmpint (g_chmod ("secret", 0), ==, 0);
  fermata_test_bed_finish (bed);
  assert_failed (bed, "security", "secret: ", "permission");
}

static void
test_path (gconstpointer data)
{
  g_autofree char *with = g_strdup_printf ("'path': '%s'", (const char *) data);
  g_autoptr (FermataTestBed) bed = prepare ("read-file", with);

  fermata_test_bed_finish (bed);
  assert_failed (bed, "validation", "path must ", NULL);
}

static void
test_no_text (void)
{
  g_autoptr (FermataTestBed) bed = prepare ("read-file", "'path': 'bytes'");

  g_assert_true (g_file_set_contents ("bytes", "a\xff", 2, NULL));
  fermata_test_bed_finish (bed);
  assert_failed (bed, "transformation", "bytes is not UTF-8: byte 1 is 0xff", NULL);
}

static void
test_empty (gconstpointer data)
{
  const char *const *form = data;
  g_autofree char *with = g_strdup_printf ("'path': 'empty', 'as': '%s'", form[0]);
  g_autoptr (FermataTestBed) bed = prepare ("read-file", with);
  g_autofree char *output = NULL;

  g_assert_true (g_file_set_contents ("empty", "", 0, NULL));
  fermata_test_bed_finish (bed);
  output = fermata_test_bed_output (bed, "file");
  g_assert_cmpstr (output, ==, form[1]);
}

/* The file that was there stays, whatever way the writing ends. */
static void
test_cancelled_writing (gconstpointer data)
{
  g_autofree char *with = g_strdup_printf ("'path': 'file', 'mode': '%s', "
                                           "'value': '{{[ `x`.repeat (9000000) ]}}'",
                                           (const char *) data);
  g_autoptr (FermataTestBed) bed = prepare ("write-file", with);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_str_equal (data, "create"))
    g_assert_true (g_file_set_contents ("file", "old", 3, NULL));
  fermata_run_start (bed->run);
  while (fermata_background_get_count () == 0)
    g_main_context_iteration (NULL, FALSE);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  g_assert_cmpstr (fermata_test_bed_status (bed, "file"), ==, "cancelled");

  /* It may have been done already; but never half, nor with something beside. */
  if (g_file_get_contents ("file", &text, &length, NULL))
    {
      g_assert_true (length == 3 || length == 9000005 || length == 9000008);
      g_assert_cmpuint (count_files (bed), ==, 1);
    }
  else
    {
      g_assert_cmpuint (count_files (bed), ==, 0);
    }
}

static void
test_cancelled_reading (void)
{
  g_autoptr (FermataTestBed) bed = prepare ("read-file", "'path': 'file'");
  g_autofree char *text = g_strnfill (5000000, 'x');

  g_assert_true (g_file_set_contents ("file", text, -1, NULL));
  fermata_run_start (bed->run);
  while (fermata_background_get_count () == 0)
    g_main_context_iteration (NULL, FALSE);
  fermata_run_cancel (bed->run);
  fermata_test_bed_finish (bed);
  g_assert_cmpstr (fermata_test_bed_status (bed, "file"), ==, "cancelled");
}

/* Nobody waits for the run any more; the thread still ends. */
static void
test_dropped (gconstpointer data)
{
  g_autofree char *with = g_strdup_printf ("'path': 'file', 'value': [1]");
  g_autoptr (FermataTestBed) bed = prepare (data, g_str_equal (data, "read-file")
                                                  ? "'path': 'file'" : with);

  fermata_run_start (bed->run);
  while (fermata_background_get_count () == 0)
    g_main_context_iteration (NULL, FALSE);
  g_object_unref (bed->run);
  g_clear_object (&bed->run);
  fermata_test_bed_settle (bed);
  g_assert_cmpuint (fermata_background_get_count (), ==, 0);
}

static void
test_mode_is_kept (void)
{
  g_autoptr (FermataTestBed) bed = prepare ("write-file", "'path': 'link', 'value': 'new'");
  g_autofree char *text = NULL;
  struct stat info;

  g_assert_true (g_file_set_contents ("file", "old", 3, NULL));
  g_assert_cmpint (g_chmod ("file", 0640), ==, 0);
  g_assert_cmpint (symlink ("file", "link"), ==, 0);
  fermata_test_bed_finish (bed);
  g_assert_cmpint (lstat ("link", &info), ==, 0);
  g_assert_true (S_ISLNK (info.st_mode));
  g_assert_cmpint (stat ("file", &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
  g_assert_true (g_file_get_contents ("file", &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "new");
}

/* A link to nowhere is a name that is taken. */
static void
test_create_at_a_link (void)
{
  g_autoptr (FermataTestBed) bed = prepare ("write-file",
                                            "'path': 'link', 'value': 1, 'mode': 'create'");

  g_assert_cmpint (symlink ("file", "link"), ==, 0);
  fermata_test_bed_finish (bed);
  g_assert_cmpstr (fermata_test_bed_status (bed, "file"), ==, "done");
  g_assert_true (g_file_test ("file", G_FILE_TEST_IS_REGULAR));
}

int
main (int   argc,
      char *argv[])
{
  static const char *const modes[] = { "replace", "append", "create" };
  static const char *const empty[][2] = {
    { "text", "\"\"" }, { "lines", "[]" }, { "base64", "\"\"" },
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/file-nodes/pipe", test_pipe);
  g_test_add_func ("/file-nodes/device", test_device);
  g_test_add_func ("/file-nodes/permission", test_permission);
  g_test_add_data_func ("/file-nodes/path/empty", "", test_path);
  g_test_add_data_func ("/file-nodes/path/nul", "a\\u0000b", test_path);
  g_test_add_data_func ("/file-nodes/path/number", "{{1}}", test_path);
  g_test_add_func ("/file-nodes/no-text", test_no_text);
  g_test_add_func ("/file-nodes/cancelled-reading", test_cancelled_reading);
  g_test_add_func ("/file-nodes/mode-is-kept", test_mode_is_kept);
  g_test_add_func ("/file-nodes/create-at-a-link", test_create_at_a_link);
  g_test_add_data_func ("/file-nodes/dropped/read", "read-file", test_dropped);
  g_test_add_data_func ("/file-nodes/dropped/write", "write-file", test_dropped);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autofree char *pipe = g_strconcat ("/file-nodes/writing-to-a-pipe/", modes[i], NULL);
      g_autofree char *cancel = g_strconcat ("/file-nodes/cancelled-writing/", modes[i], NULL);
      g_autofree char *form = g_strconcat ("/file-nodes/empty/", empty[i][0], NULL);

      g_test_add_data_func (pipe, modes[i], test_writing_to_a_pipe);
      g_test_add_data_func (cancel, modes[i], test_cancelled_writing);
      g_test_add_data_func (form, empty[i], test_empty);
    }

  return g_test_run ();
}
