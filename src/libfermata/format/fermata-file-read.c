/* fermata-file-read.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

/**
 * fermata_format_error_quark:
 *
 * The domain of the formats' errors.
 *
 * Returns: the quark
 */
G_DEFINE_QUARK (fermata-format-error-quark, fermata_format_error)

#define CHUNK ((gsize) 64 * 1024)

void
fermata_file_set_error (GError    **error,
                        const char *name,
                        int         code)
{
  FermataFormatError kind = FERMATA_FORMAT_ERROR_IO;

  if (code == ENOENT || code == ENOTDIR)
    kind = FERMATA_FORMAT_ERROR_NOT_FOUND;
  else if (code == EACCES || code == EPERM || code == EROFS)
    kind = FERMATA_FORMAT_ERROR_PERMISSION;
  g_set_error (error, FERMATA_FORMAT_ERROR, kind, "%s: %s", name, g_strerror (code));
}

static gboolean
check_is_regular (const struct stat *info,
                  const char        *name,
                  GError           **error)
{
  const char *message;

  if (S_ISREG (info->st_mode))
    return TRUE;
  if (S_ISDIR (info->st_mode))
    message = _("%s: this is a folder; a graph is a file");
  else if (S_ISFIFO (info->st_mode))
    message = _("%s: this is a pipe; name it “-” and connect it to standard input");
  else
    message = _("%s: this is no regular file; “-” reads standard input");
  g_set_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_NOT_REGULAR, message, name);
  return FALSE;
}

static void
fail_too_large (const char *name,
                gsize       max_size,
                GError    **error)
{
  g_autofree char *limit = g_format_size (max_size);

  g_set_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_TOO_LARGE,
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
      fermata_file_set_error (error, name, errno);
      return -1;
    }
  if (!check_is_regular (info, name, error))
    return -1;
  fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0 || fstat (fd, info) != 0)
    fermata_file_set_error (error, name, errno);
  else if (check_is_regular (info, name, error))
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

int
fermata_file_open (GFile       *file,
                   const char  *name,
                   struct stat *info,
                   GError     **error)
{
  const char *path = g_file_peek_path (file);

  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);

      g_set_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_NOT_FOUND,
                   _("%s: not a file on this machine"), uri);
      return -1;
    }
  return open_regular (path, name != NULL ? name : path, info, error);
}

GBytes *
fermata_file_read_fd (int         fd,
                      const char *name,
                      gsize       size_hint,
                      gsize       max_size,
                      GError    **error)
{
  /* One byte more than allowed tells that there is more. */
  gsize allocated = MIN (MAX (size_hint, CHUNK), max_size) + 1;
  g_autofree char *data = g_malloc (allocated);
  gsize length = 0;

  for (;;)
    {
      gssize n_read = read (fd, data + length, allocated - length);

      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read < 0)
        {
          fermata_file_set_error (error, name, errno);
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
fermata_file_read (GFile      *file,
                   const char *name,
                   gsize       max_size,
                   GError    **error)
{
  struct stat info;
  GBytes *bytes;
  int fd = fermata_file_open (file, name, &info, error);

  if (fd < 0)
    return NULL;
  if (name == NULL)
    name = g_file_peek_path (file);
  if ((guint64) info.st_size > max_size)
    {
      fail_too_large (name, max_size, error);
      close (fd);
      return NULL;
    }
  bytes = fermata_file_read_fd (fd, name, info.st_size, max_size, error);
  close (fd);
  return bytes;
}
