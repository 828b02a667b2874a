/* test-json-files.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Files: what cannot be read is refused and never waited for; what is written
 * is there as a whole or not at all. */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "format/fermata-json-loader.h"
#include "format/format-fixture.h"

#define GRAPH "{\n  \"fermata\": 1,\n  \"kind\": \"dag\"\n}\n"

typedef struct {
  char *folder;
  FermataJsonLoader *loader;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("fermata-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->loader = fermata_json_loader_new ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_object_unref (fixture->loader);
}

static char *
in_folder (Fixture    *fixture,
           const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static char *
write_file (Fixture    *fixture,
            const char *name,
            const char *contents)
{
  char *path = in_folder (fixture, name);

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  return path;
}

static void
assert_contents (const char *path,
                 const char *expected)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, expected);
}

static void
assert_not_loaded (Fixture           *fixture,
                   const char        *path,
                   FermataFormatError code,
                   const char        *words)
{
  g_autoptr (GListStore) diagnostics = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GError) error = NULL;

  g_assert_null (fermata_loader_load (FERMATA_LOADER (fixture->loader), NULL, path, diagnostics, &error));
  g_assert_error (error, FERMATA_FORMAT_ERROR, (gint) code);
  g_assert_true (g_str_has_prefix (error->message, path));
  if (words != NULL)
    g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnostics)), ==, code == FERMATA_FORMAT_ERROR_INVALID);
}

static void
test_load (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "a.json", GRAPH);
  g_autoptr (GFile) base = g_file_new_for_path (fixture->folder);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  const char *locations[] = { "a.json", "./a.json", path, uri };

  for (guint i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FermataGraph) graph =
        fermata_loader_load (FERMATA_LOADER (fixture->loader), base, locations[i], NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (fermata_graph_get_kind (graph), ==, FERMATA_GRAPH_KIND_DAG);
    }
}

static void
test_missing (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "none.json");
  g_autofree char *file = write_file (fixture, "a.json", GRAPH);
  g_autofree char *below = g_build_filename (file, "b.json", NULL);

  assert_not_loaded (fixture, path, FERMATA_FORMAT_ERROR_NOT_FOUND, NULL);
  assert_not_loaded (fixture, below, FERMATA_FORMAT_ERROR_NOT_FOUND, NULL);
}

static void
test_remote (Fixture      *fixture,
             gconstpointer data)
{
  assert_not_loaded (fixture, "https://example.org/a.json", FERMATA_FORMAT_ERROR_NOT_FOUND, "this machine");
}

static void
test_empty (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "empty.json", "");

  assert_not_loaded (fixture, path, FERMATA_FORMAT_ERROR_INVALID, "nothing in here");
}

static void
test_binary (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "binary");

  g_assert_true (g_file_set_contents (path, "\x7f\x45LF\0\0\0", 7, NULL));
  assert_not_loaded (fixture, path, FERMATA_FORMAT_ERROR_INVALID, "no text");
}

static void
test_directory (Fixture      *fixture,
                gconstpointer data)
{
  assert_not_loaded (fixture, fixture->folder, FERMATA_FORMAT_ERROR_NOT_REGULAR, "folder");
}

/* Nobody writes to it: to open it the plain way would wait forever. */
static void
test_pipe (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "pipe");

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_not_loaded (fixture, path, FERMATA_FORMAT_ERROR_NOT_REGULAR, "“-”");
}

static void
test_device (Fixture      *fixture,
             gconstpointer data)
{
  assert_not_loaded (fixture, "/dev/null", FERMATA_FORMAT_ERROR_NOT_REGULAR, "“-”");
}

static void
test_socket (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "socket");
  struct sockaddr_un address = { AF_UNIX, "" };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  assert_not_loaded (fixture, path, FERMATA_FORMAT_ERROR_NOT_REGULAR, NULL);
  close (fd);
}

/* Root may read and write everything, so it is somebody else for a while. */
static void
become_nobody (Fixture    *fixture,
               const char *path)
{
  if (geteuid () != 0)
    return;
  g_assert_cmpint (chown (fixture->folder, 65534, 65534), ==, 0);
  g_assert_cmpint (chown (path, 65534, 65534), ==, 0);
  g_assert_cmpint (seteuid (65534), ==, 0);
}

static void
become_self (void)
{
  g_assert_cmpint (seteuid (getuid ()), ==, 0);
}

static void
test_no_permission (Fixture      *fixture,
                    gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "a.json", GRAPH);

  g_assert_cmpint (chmod (path, 0), ==, 0);
  become_nobody (fixture, path);
  assert_not_loaded (fixture, path, FERMATA_FORMAT_ERROR_PERMISSION, NULL);
  become_self ();
}

static void
test_too_large (Fixture      *fixture,
                gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "a.json", GRAPH);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint64 max_size;

  g_object_set (fixture->loader, "max-size", (guint64) strlen (GRAPH) - 1, NULL);
  g_object_get (fixture->loader, "max-size", &max_size, NULL);
  g_assert_cmpuint (max_size, ==, strlen (GRAPH) - 1);
  assert_not_loaded (fixture, path, FERMATA_FORMAT_ERROR_TOO_LARGE, "limit");

  fermata_json_loader_set_max_size (fixture->loader, strlen (GRAPH));
  bytes = fermata_json_loader_read_file (fixture->loader, file, "a.json", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, strlen (GRAPH));
}

static gpointer
feed (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);
  g_autofree char *block = g_strnfill (1000, ' ');

  for (guint i = 0; i < 300; i++)
    {
      if (write (fd, block, 1000) != 1000)
        break;
    }
  if (write (fd, GRAPH, strlen (GRAPH)) < 0)
    g_test_message ("the reader has had enough");
  close (fd);
  return NULL;
}

/* From a pipe as they come, in more parts than one. */
static GBytes *
read_pipe (Fixture *fixture,
           GError **error)
{
  int fds[2];
  GThread *thread;
  GBytes *bytes;

  g_assert_cmpint (pipe (fds), ==, 0);
  thread = g_thread_new ("feed", feed, GINT_TO_POINTER (fds[1]));
  bytes = fermata_json_loader_read_fd (fixture->loader, fds[0], "-", error);
  close (fds[0]);
  g_thread_join (thread);
  return bytes;
}

static void
test_read_fd (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = read_pipe (fixture, &error);
  g_autoptr (FermataGraph) graph = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 300000 + strlen (GRAPH));
  graph = fermata_json_read_graph (bytes, "-", NULL, &error);
  g_assert_no_error (error);

  signal (SIGPIPE, SIG_IGN);
  fermata_json_loader_set_max_size (fixture->loader, 299999);
  g_assert_null (read_pipe (fixture, &error));
  g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_TOO_LARGE);
}

static gboolean
save (const char *path,
      GError    **error)
{
  g_autoptr (FermataGraph) graph = read_text (GRAPH, -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return fermata_json_save_graph (graph, file, error);
}

static void
assert_saved (Fixture    *fixture,
              const char *path)
{
  guint n_files = count_files (fixture) + !g_file_test (path, G_FILE_TEST_EXISTS);
  g_autoptr (GError) error = NULL;

  save (path, &error);
  g_assert_no_error (error);
  assert_contents (path, GRAPH);
  g_assert_cmpuint (count_files (fixture), ==, n_files);
}

static void
assert_not_saved (Fixture           *fixture,
                  const char        *path,
                  FermataFormatError code)
{
  guint n_files = count_files (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (save (path, &error));
  g_assert_error (error, FERMATA_FORMAT_ERROR, (gint) code);
  g_assert_cmpuint (count_files (fixture), ==, n_files);
}

static void
test_save_new (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *path = in_folder (fixture, "new.json");
  mode_t old = umask (027);
  struct stat info;

  assert_saved (fixture, path);
  umask (old);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0640);
}

static void
test_save_mode (Fixture      *fixture,
                gconstpointer data)
{
  static const mode_t modes[] = { 0600, 0644, 0666, 0755, 0640 };
  g_autofree char *path = write_file (fixture, "old.json", "old");

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      struct stat info;

      g_assert_cmpint (chmod (path, modes[i]), ==, 0);
      assert_saved (fixture, path);
      g_assert_cmpint (stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 07777, ==, modes[i]);
    }
}

static void
test_save_links (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "old.json", "old");
  g_autofree char *link = in_folder (fixture, "link.json");
  g_autofree char *far_link = in_folder (fixture, "far-link.json");
  g_autofree char *dangling = in_folder (fixture, "dangling.json");
  g_autofree char *circle = in_folder (fixture, "circle.json");
  g_autofree char *target = in_folder (fixture, "not-yet.json");

  g_assert_cmpint (symlink ("old.json", link), ==, 0);
  g_assert_cmpint (symlink (link, far_link), ==, 0);
  g_assert_cmpint (symlink ("not-yet.json", dangling), ==, 0);
  g_assert_cmpint (symlink ("circle.json", circle), ==, 0);

  assert_saved (fixture, far_link);
  assert_contents (path, GRAPH);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (far_link, G_FILE_TEST_IS_SYMLINK));

  assert_saved (fixture, dangling);
  g_assert_true (g_file_test (dangling, G_FILE_TEST_IS_SYMLINK));
  assert_contents (target, GRAPH);

  assert_not_saved (fixture, circle, FERMATA_FORMAT_ERROR_IO);
}

static void
test_save_refused (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *pipe_path = in_folder (fixture, "pipe");
  g_autofree char *nowhere = in_folder (fixture, "none/a.json");
  struct stat info;

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  assert_not_saved (fixture, fixture->folder, FERMATA_FORMAT_ERROR_NOT_REGULAR);
  assert_not_saved (fixture, pipe_path, FERMATA_FORMAT_ERROR_NOT_REGULAR);
  assert_not_saved (fixture, nowhere, FERMATA_FORMAT_ERROR_NOT_FOUND);
  g_assert_cmpint (stat (pipe_path, &info), ==, 0);
  g_assert_true (S_ISFIFO (info.st_mode));
}

static void
test_save_read_only (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "old.json", "old");

  g_assert_cmpint (chmod (path, 0444), ==, 0);
  become_nobody (fixture, path);
  assert_not_saved (fixture, path, FERMATA_FORMAT_ERROR_PERMISSION);
  become_self ();
  assert_contents (path, "old");
}

/* No room, half way: the old file is there, and nothing else. */
static void
test_save_no_room (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "old.json", "old");
  struct rlimit old;
  struct rlimit small;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = strlen (GRAPH) / 2;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  assert_not_saved (fixture, path, FERMATA_FORMAT_ERROR_IO);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  assert_contents (path, "old");
}

static void
test_save_incomplete (Fixture      *fixture,
                      gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "old.json", "{\"fermata\":1,\"a\":1,\"a\":2}");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (FermataGraph) graph = NULL;
  g_autoptr (GError) error = NULL;

  graph = fermata_loader_load (FERMATA_LOADER (fixture->loader), NULL, path, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (fermata_json_save_graph (graph, file, &error));
  g_assert_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_INCOMPLETE);
  assert_contents (path, "{\"fermata\":1,\"a\":1,\"a\":2}");
}

/* A name as long as names may be. */
static void
test_save_long_name (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char *name = g_strnfill (255, 'a');
  g_autofree char *path = in_folder (fixture, name);

  assert_saved (fixture, path);
  assert_saved (fixture, path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/json-files/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("load", test_load);
  ADD ("missing", test_missing);
  ADD ("remote", test_remote);
  ADD ("empty", test_empty);
  ADD ("binary", test_binary);
  ADD ("directory", test_directory);
  ADD ("pipe", test_pipe);
  ADD ("device", test_device);
  ADD ("socket", test_socket);
  ADD ("no-permission", test_no_permission);
  ADD ("too-large", test_too_large);
  ADD ("read-fd", test_read_fd);
  ADD ("save/new", test_save_new);
  ADD ("save/mode", test_save_mode);
  ADD ("save/links", test_save_links);
  ADD ("save/refused", test_save_refused);
  ADD ("save/read-only", test_save_read_only);
  ADD ("save/no-room", test_save_no_room);
  ADD ("save/incomplete", test_save_incomplete);
  ADD ("save/long-name", test_save_long_name);
#undef ADD

  return g_test_run ();
}
