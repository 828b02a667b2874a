/* fermata-spool-disk.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/history/fermata-spool-disk-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

/* Engines on several threads share the file: the lock guards which file there
 * is and where it ends. What lies before the end is written once, by the spool
 * that the space was given to. */
struct _FermataSpoolDisk {
  int fd;
  guint users;
  guint64 end;
};

static GMutex lock;
static FermataSpoolDisk *shared;

static gboolean
folder_is_memory (const char *folder)
{
  struct statfs info;

  if (statfs (folder, &info) != 0)
    return TRUE;

  return info.f_type == TMPFS_MAGIC || info.f_type == RAMFS_MAGIC;
}

static gboolean
folder_is_usable (const char *folder)
{
  return folder != NULL && *folder != '\0' &&
         !folder_is_memory (folder) &&
         access (folder, W_OK | X_OK) == 0;
}

char *
fermata_spool_disk_dup_folder (void)
{
  const char *candidates[] = {
    g_getenv ("TMPDIR"), "/var/tmp", g_getenv ("XDG_CACHE_HOME"), ".",
  };

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      if (folder_is_usable (candidates[i]))
        return g_strdup (candidates[i]);
    }

  return g_strdup ("/tmp");
}

static gboolean
fail (GError     **error,
      const char  *what)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", what, g_strerror (code));
  return FALSE;
}

/* Not every file system can make a file without a name. */
static int
open_named (const char *folder)
{
  g_autofree char *name = g_build_filename (folder, "fermata-spool-XXXXXX", NULL);
  int fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    g_unlink (name);

  return fd;
}

static int
open_unnamed (GError **error)
{
  g_autofree char *folder = fermata_spool_disk_dup_folder ();
  g_autofree char *what = NULL;
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    fd = open_named (folder);
  if (fd >= 0)
    return fd;

  what = g_strdup_printf ("cannot make a temporary file in “%s”", folder);
  fail (error, what);
  return -1;
}

FermataSpoolDisk *
fermata_spool_disk_acquire (GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (shared == NULL)
    {
      int fd = open_unnamed (error);

      if (fd < 0)
        return NULL;

      shared = g_new0 (FermataSpoolDisk, 1);
      shared->fd = fd;
    }

  shared->users++;
  return shared;
}

void
fermata_spool_disk_release (FermataSpoolDisk *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  g_assert (self == shared && self->users > 0);

  if (--self->users > 0)
    return;

  close (self->fd);
  g_free (self);
  shared = NULL;
}

static guint64
reserve (FermataSpoolDisk *self,
         gsize             length)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  guint64 place = self->end;

  self->end += length;
  return place;
}

static void
give_back (FermataSpoolDisk *self,
           guint64           place,
           gsize             length)
{
  g_mutex_lock (&lock);
  if (self->end == place + length)
    self->end = place;
  g_mutex_unlock (&lock);

  fermata_spool_disk_discard (self, place, length);
}

static gboolean
write_all (int           fd,
           const guint8 *data,
           gsize         length,
           guint64       place)
{
  while (length > 0)
    {
      gssize n = pwrite (fd, data, length, place);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;

      data += n;
      length -= n;
      place += n;
    }

  return TRUE;
}

gboolean
fermata_spool_disk_write (FermataSpoolDisk  *self,
                          const guint8      *first,
                          gsize              first_length,
                          const guint8      *second,
                          gsize              second_length,
                          guint64           *place,
                          GError           **error)
{
  guint64 start = reserve (self, first_length + second_length);

  if (!write_all (self->fd, first, first_length, start) ||
      !write_all (self->fd, second, second_length, start + first_length))
    {
      fail (error, "cannot keep on disk what was printed");
      give_back (self, start, first_length + second_length);
      return FALSE;
    }

  *place = start;
  return TRUE;
}

gboolean
fermata_spool_disk_read (FermataSpoolDisk  *self,
                         guint64            place,
                         guint8            *data,
                         gsize              length,
                         GError           **error)
{
  const char *what = "cannot read back what was printed";

  while (length > 0)
    {
      gssize n = pread (self->fd, data, length, place);

      if (n < 0 && errno == EINTR)
        continue;
      if (n == 0)
        errno = EIO;
      if (n <= 0)
        return fail (error, what);

      data += n;
      length -= n;
      place += n;
    }

  return TRUE;
}

void
fermata_spool_disk_discard (FermataSpoolDisk *self,
                            guint64           place,
                            guint64           length)
{
  /* Where it cannot be done the space comes back with the last spool. */
  (void) fallocate (self->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, place, length);
}
