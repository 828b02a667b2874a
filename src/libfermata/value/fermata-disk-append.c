/* fermata-disk-append.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-disk-private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Looked at before it is opened, and afterwards, since it may be another by
 * then: a pipe does not block, and a device is left alone. */
static int
open_to_append (const char  *path,
                GError     **error)
{
  struct stat info;
  int fd;

  if (stat (path, &info) == 0 && !fermata_disk_check_is_regular (&info, path, error))
    return -1;

  fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0666);
  if (fd < 0 || fstat (fd, &info) != 0)
    fermata_disk_set_error (error, path, errno);
  else if (fermata_disk_check_is_regular (&info, path, error))
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

/* What could be written of it before the disk was full is taken away again. */
static void
take_back (int   fd,
           off_t from,
           gsize most)
{
  off_t now = lseek (fd, 0, SEEK_END);

  if (now > from && (gsize) (now - from) < most && ftruncate (fd, from) != 0)
    g_debug ("A part of what was to be added stays");
}

gboolean
fermata_disk_append (const char  *path,
                     const char  *data,
                     gsize        length,
                     GError     **error)
{
  int fd = open_to_append (path, error);
  gboolean written;
  off_t from;

  if (fd < 0)
    return FALSE;

  from = lseek (fd, 0, SEEK_END);
  written = fermata_disk_write_fd (fd, path, data, length, NULL, error);
  if (!written)
    take_back (fd, from, length);
  else if (fsync (fd) != 0)
    {
      fermata_disk_set_error (error, path, errno);
      written = FALSE;
    }
  close (fd);

  return written;
}
