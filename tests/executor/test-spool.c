/* test-spool.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "engine/history/fermata-spool-disk-private.h"
#include "engine/history/fermata-spool-private.h"

/* Bytes that tell where they are: no two stretches of 64 KB are the same. */
static guint8
byte_at (guint64 offset)
{
  return (offset * 2654435761u) >> 13 ^ offset >> 16;
}

static void
append_pattern (FermataSpool *spool,
                gsize         length)
{
  g_autofree guint8 *data = g_malloc (MAX (length, 1));
  g_autoptr (GError) error = NULL;
  guint64 start = fermata_spool_get_length (spool);

  for (gsize i = 0; i < length; i++)
    data[i] = byte_at (start + i);

  fermata_spool_append (spool, data, length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fermata_spool_get_length (spool), ==, start + length);
}

static void
assert_pattern (GBytes  *bytes,
                guint64  offset,
                gsize    length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpuint (size, ==, length);
  for (gsize i = 0; i < length; i++)
    {
      if (data[i] != byte_at (offset + i))
        g_error ("wrong byte at %" G_GUINT64_FORMAT, offset + i);
    }
}

static void
assert_reads (FermataSpool *spool,
              guint64       offset,
              gsize         asked,
              gsize         got)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fermata_spool_read (spool, offset, asked, &error);

  g_assert_no_error (error);
  assert_pattern (bytes, offset, got);
}

/* The descriptor of the spools' file, which has no name any more, or -1. */
static int
find_disk (char **where)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      if (target != NULL && *target == '/' && g_str_has_suffix (target, " (deleted)"))
        {
          if (where)
            *where = g_steal_pointer (&target);
          return atoi (name);
        }
    }

  return -1;
}

static void
test_empty (void)
{
  g_autoptr (FermataSpool) spool = fermata_spool_new ();
  g_autoptr (GBytes) tail = fermata_spool_peek_tail (spool, 10);
  g_autofree char *line = fermata_spool_dup_last_line (spool, 80);

  g_assert_cmpuint (fermata_spool_get_length (spool), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (tail), ==, 0);
  g_assert_cmpstr (line, ==, "");
  assert_reads (spool, 0, 100, 0);
  assert_reads (spool, 100, 100, 0);
}

static void
test_memory_only (void)
{
  g_autoptr (FermataSpool) spool = fermata_spool_new ();

  append_pattern (spool, 0);
  append_pattern (spool, 1);
  append_pattern (spool, FERMATA_SPOOL_TAIL - 1);

  g_assert_cmpint (find_disk (NULL), ==, -1);
  assert_reads (spool, 0, FERMATA_SPOOL_TAIL, FERMATA_SPOOL_TAIL);
  assert_reads (spool, 17, 5, 5);
  assert_reads (spool, FERMATA_SPOOL_TAIL - 3, G_MAXSIZE, 3);
  assert_reads (spool, G_MAXUINT64, G_MAXSIZE, 0);
}

static void
assert_everywhere (FermataSpool *spool)
{
  guint64 length = fermata_spool_get_length (spool);
  gsize tail = MIN (length, FERMATA_SPOOL_TAIL);
  g_autoptr (GBytes) end = fermata_spool_peek_tail (spool, tail);

  assert_reads (spool, 0, length, length);
  for (guint64 offset = 0; offset < length; offset += 9973)
    assert_reads (spool, offset, 20000, MIN (20000, length - offset));
  assert_pattern (end, length - tail, tail);
}

static void
test_sizes (gconstpointer data)
{
  gsize chunk = GPOINTER_TO_SIZE (data);
  g_autoptr (FermataSpool) spool = fermata_spool_new ();

  while (fermata_spool_get_length (spool) < 700000)
    append_pattern (spool, chunk);

  assert_everywhere (spool);
  g_assert_cmpint (find_disk (NULL), !=, -1);
  g_clear_pointer (&spool, fermata_spool_unref);
  g_assert_cmpint (find_disk (NULL), ==, -1);
}

/* Spools that grow in turn lie scattered in the file, and one going leaves the
 * others whole. */
static void
test_shared_file (void)
{
  g_autoptr (FermataSpool) a = fermata_spool_new ();
  g_autoptr (FermataSpool) b = fermata_spool_new ();
  g_autoptr (FermataSpool) c = fermata_spool_new ();
  int fd;

  for (guint i = 0; i < 40; i++)
    {
      append_pattern (a, 10007);
      append_pattern (b, 30011);
      if (c != NULL)
        append_pattern (c, 20021);
      if (i == 20)
        g_clear_pointer (&c, fermata_spool_unref);
    }

  assert_everywhere (a);
  assert_everywhere (b);

  fd = find_disk (NULL);
  g_assert_cmpint (fd, !=, -1);
  g_assert_cmpint (fcntl (fd, F_GETFD) & FD_CLOEXEC, !=, 0);
}

static void
test_reference (void)
{
  FermataSpool *spool = fermata_spool_new ();
  FermataSpool *other = fermata_spool_ref (spool);

  append_pattern (spool, 200000);
  fermata_spool_unref (spool);
  assert_everywhere (other);
  fermata_spool_unref (other);
}

/* A file that may not grow is as good as a full disk. */
static void
test_full_disk (void)
{
  g_autoptr (FermataSpool) spool = fermata_spool_new ();
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *data = g_malloc0 (100000);
  struct rlimit before, small;
  void (*handler) (int) = signal (SIGXFSZ, SIG_IGN);

  append_pattern (spool, 100000);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 90000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);

  g_assert_false (fermata_spool_append (spool, data, 100000, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR);
  g_assert_cmpuint (fermata_spool_get_length (spool), ==, 100000);
  assert_everywhere (spool);

  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, handler);

  append_pattern (spool, 100000);
  assert_everywhere (spool);
}

static gboolean
is_memory (const char *folder)
{
  struct statfs info;

  return statfs (folder, &info) == 0 && info.f_type == TMPFS_MAGIC;
}

static void
test_not_in_memory (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *before = g_strdup (g_getenv ("TMPDIR"));

  if (!is_memory ("/dev/shm") || is_memory ("/var/tmp"))
    {
      g_test_skip ("/dev/shm is no tmpfs here, or /var/tmp is one");
      return;
    }

  g_setenv ("TMPDIR", "/dev/shm", TRUE);
  folder = fermata_spool_disk_dup_folder ();
  g_assert_cmpstr (folder, ==, "/var/tmp");

  g_setenv ("TMPDIR", "/nonexistent", TRUE);
  g_free (folder);
  folder = fermata_spool_disk_dup_folder ();
  g_assert_cmpstr (folder, ==, "/var/tmp");

  if (before)
    g_setenv ("TMPDIR", before, TRUE);
  else
    g_unsetenv ("TMPDIR");
}

static void
test_folder_of_choice (void)
{
  g_autofree char *before = g_strdup (g_getenv ("TMPDIR"));
  g_autofree char *folder = g_strdup ("/var/tmp/fermata-test-XXXXXX");
  g_autofree char *where = NULL;
  g_autoptr (FermataSpool) spool = fermata_spool_new ();

  if (is_memory ("/var/tmp") || !g_mkdtemp (folder))
    {
      g_test_skip ("/var/tmp is a tmpfs here, or cannot be written to");
      return;
    }

  g_setenv ("TMPDIR", folder, TRUE);
  append_pattern (spool, 200000);
  g_assert_cmpint (find_disk (&where), !=, -1);
  g_assert_true (g_str_has_prefix (where, folder));

  /* Nothing in it has a name. */
  g_assert_cmpint (rmdir (folder), ==, 0);

  if (before)
    g_setenv ("TMPDIR", before, TRUE);
  else
    g_unsetenv ("TMPDIR");
}

static const struct {
  const char *text;
  const char *line;
} lines[] = {
  { "one", "one" },
  { "one\n", "one" },
  { "one\ntwo\n", "two" },
  { "one\n\n  \n\n", "one" },
  { " 10 %\r 20 %\r 30 %", " 30 %" },
  { "50 %\r", "50 %" },
  { "one\r\ntwo\r\n", "two" },
  { "\033[1;31mred\033[0m\n", "red" },
  { "text\n\033[0m\n", "text" },
  { "\033]0;title\aname\n", "name" },
  { "\033]0;title\033\\name\n", "name" },
  { "\033(B\033[mplain", "plain" },
  { "a\tb", "a b" },
  { "bell\a\b!", "bell!" },
  { "\xc3\xa4\xff\n", "ä\357\277\275" },
  { "0123456789", "0123456789" },
  { "0123456789a", "012345678…" },
  { "äääääääääää", "äääääääää…" },
  { "\033", "" },
  { "\033[", "" },
  { "\n\n\n", "" },
};

static void
test_last_line (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (FermataSpool) spool = fermata_spool_new ();
      g_autofree char *line = NULL;

      g_assert_true (fermata_spool_append (spool, lines[i].text, strlen (lines[i].text), NULL));
      line = fermata_spool_dup_last_line (spool, 10);
      g_assert_cmpstr (line, ==, lines[i].line);
    }
}

/* An endless line costs no more than the tail. */
static void
test_long_line (void)
{
  g_autoptr (FermataSpool) spool = fermata_spool_new ();
  g_autofree char *data = g_strnfill (1000000, 'x');
  g_autofree char *line = NULL;

  g_assert_true (fermata_spool_append (spool, data, 1000000, NULL));
  line = fermata_spool_dup_last_line (spool, 5);
  g_assert_cmpstr (line, ==, "xxxx…");
}

static void
test_nul_bytes (void)
{
  g_autoptr (FermataSpool) spool = fermata_spool_new ();
  g_autofree char *line = NULL;

  g_assert_true (fermata_spool_append (spool, "a\0b\n", 4, NULL));
  line = fermata_spool_dup_last_line (spool, 10);
  g_assert_cmpstr (line, ==, "a\357\277\275b");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/spool/empty", test_empty);
  g_test_add_func ("/spool/memory-only", test_memory_only);
  g_test_add_data_func ("/spool/lines", GSIZE_TO_POINTER (100), test_sizes);
  g_test_add_data_func ("/spool/chunks", GSIZE_TO_POINTER (4096), test_sizes);
  g_test_add_data_func ("/spool/odd-chunks", GSIZE_TO_POINTER (65537), test_sizes);
  g_test_add_data_func ("/spool/large-chunks", GSIZE_TO_POINTER (300000), test_sizes);
  g_test_add_func ("/spool/shared-file", test_shared_file);
  g_test_add_func ("/spool/reference", test_reference);
  g_test_add_func ("/spool/full-disk", test_full_disk);
  g_test_add_func ("/spool/not-in-memory", test_not_in_memory);
  g_test_add_func ("/spool/folder-of-choice", test_folder_of_choice);
  g_test_add_func ("/spool/last-line", test_last_line);
  g_test_add_func ("/spool/long-line", test_long_line);
  g_test_add_func ("/spool/nul-bytes", test_nul_bytes);

  return g_test_run ();
}
