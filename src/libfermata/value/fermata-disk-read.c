/* fermata-disk-read.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-disk-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (fermata-disk-error-quark, fermata_disk_error)

#define CHUNK ((gsize) 64 * 1024)
#define PIECE ((gsize) 1024 * 1024)

void
fermata_disk_set_error (GError    **error,
                        const char *name,
                        int         code)
{
  FermataDiskError kind = FERMATA_DISK_ERROR_IO;

  if (code == ENOENT || code == ENOTDIR)
    kind = FERMATA_DISK_ERROR_NOT_FOUND;
  else if (code == EACCES || code == EPERM || code == EROFS)
    kind = FERMATA_DISK_ERROR_PERMISSION;
  else if (code == EEXIST)
    kind = FERMATA_DISK_ERROR_EXISTS;
  else if (code == EISDIR)
    kind = FERMATA_DISK_ERROR_FOLDER;
  g_set_error (error, FERMATA_DISK_ERROR, kind, "%s: %s", name, g_strerror (code));
}

gboolean
fermata_disk_check_is_regular (const struct stat  *info,
                               const char         *name,
                               GError            **error)
{
  FermataDiskError kind = FERMATA_DISK_ERROR_NOT_REGULAR;
  const char *message = _("%s: this is no regular file");

  if (S_ISREG (info->st_mode))
    return TRUE;
  if (S_ISDIR (info->st_mode))
    {
      kind = FERMATA_DISK_ERROR_FOLDER;
      message = _("%s: this is a folder, not a file");
    }
  else if (S_ISFIFO (info->st_mode))
    {
      kind = FERMATA_DISK_ERROR_PIPE;
      message = _("%s: this is a pipe, not a file");
    }
  g_set_error (error, FERMATA_DISK_ERROR, kind, message, name);
  return FALSE;
}

static void
fail_too_large (const char *name,
                gsize       max_size,
                GError    **error)
{
  g_autofree char *limit = g_format_size (max_size);

  g_set_error (error, FERMATA_DISK_ERROR, FERMATA_DISK_ERROR_TOO_LARGE,
               /* Translators: a file name, and a size such as 256 MB */
               _("%s: longer than the limit of %s"), name, limit);
}

/* Looked at before it is opened, since to open a device can do something; and
 * afterwards, since it may be another by then. A pipe that took its place
 * does not block. */
static int
open_regular (const char  *path,
              const char  *name,
              struct stat *info,
              GError     **error)
{
  int fd;

  if (stat (path, info) != 0)
    {
      fermata_disk_set_error (error, name, errno);
      return -1;
    }
  if (!fermata_disk_check_is_regular (info, name, error))
    return -1;
  fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0 || fstat (fd, info) != 0)
    fermata_disk_set_error (error, name, errno);
  else if (fermata_disk_check_is_regular (info, name, error))
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

int
fermata_disk_open (const char  *path,
                   const char  *name,
                   struct stat *info,
                   GError     **error)
{
  return open_regular (path, name != NULL ? name : path, info, error);
}

GBytes *
fermata_disk_read_fd (int           fd,
                      const char   *name,
                      gsize         size_hint,
                      gsize         max_size,
                      GCancellable *cancellable,
                      GError      **error)
{
  /* One byte more than allowed tells that there is more. */
  gsize allocated = MIN (MAX (size_hint, CHUNK), max_size) + 1;
  g_autofree char *data = g_malloc (allocated);
  gsize length = 0;

  for (;;)
    {
      gssize n_read;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      n_read = read (fd, data + length, MIN (allocated - length, PIECE));

      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read < 0)
        {
          fermata_disk_set_error (error, name, errno);
          return NULL;
        }
      if (n_read == 0)
        break;
      length += n_read;
      if (length > max_size)
        {
          fail_too_large (name, max_size, error);
          return NULL;
        }
      if (length == allocated)
        {
          allocated = MIN (allocated * 2, max_size + 1);
          data = g_realloc (data, allocated);
        }
    }
  data = g_realloc (data, MAX (length, 1));
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

GBytes *
fermata_disk_read (const char   *path,
                   const char   *name,
                   gsize         max_size,
                   GCancellable *cancellable,
                   GError      **error)
{
  struct stat info;
  GBytes *bytes;
  int fd;

  if (name == NULL)
    name = path;
  fd = open_regular (path, name, &info, error);
  if (fd < 0)
    return NULL;
  if ((guint64) info.st_size > max_size)
    {
      fail_too_large (name, max_size, error);
      close (fd);
      return NULL;
    }
  bytes = fermata_disk_read_fd (fd, name, info.st_size, max_size, cancellable, error);
  close (fd);
  return bytes;
}
