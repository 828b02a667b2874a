/* fermata-file-replace.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#define MAX_LINKS 40
#define MAX_NAMES 100

/* A new file beside the one it will replace. */
typedef struct {
  char *path;
  int fd;
} Temporary;

/* Where the text goes: behind links, so that a link stays a link. */
static char *
follow_links (const char *path,
              GError    **error)
{
  g_autofree char *target = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *link = g_file_read_link (target, NULL);
      g_autofree char *folder = NULL;

      if (link == NULL)
        return g_steal_pointer (&target);
      folder = g_path_get_dirname (target);
      g_free (target);
      target = g_path_is_absolute (link) ? g_steal_pointer (&link)
                                         : g_build_filename (folder, link, NULL);
    }
  fermata_file_set_error (error, path, ELOOP);
  return NULL;
}

/* Whether there is a file to replace, and whether it may be. */
static gboolean
look (const char  *path,
      struct stat *info,
      gboolean    *exists,
      GError     **error)
{
  *exists = stat (path, info) == 0;
  if (!*exists && errno != ENOENT)
    fermata_file_set_error (error, path, errno);
  else if (!*exists)
    return TRUE;
  else if (!S_ISREG (info->st_mode))
    g_set_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_NOT_REGULAR,
                 _("%s: this is no regular file"), path);
  else if (access (path, W_OK) != 0)
    fermata_file_set_error (error, path, errno);
  else
    return TRUE;
  return FALSE;
}

static gboolean
open_temporary (const char *path,
                Temporary  *temporary,
                GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);

  for (guint i = 0; i < MAX_NAMES; i++)
    {
      /* A long name may leave no room for more. */
      g_autofree char *new_name = g_strdup_printf (".%.100s.%08x", name, g_random_int ());

      temporary->path = g_build_filename (folder, new_name, NULL);
      temporary->fd = open (temporary->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (temporary->fd >= 0)
        return TRUE;
      g_clear_pointer (&temporary->path, g_free);
      if (errno != EEXIST)
        break;
    }
  fermata_file_set_error (error, path, errno);
  return FALSE;
}

static gboolean
write_all (int     fd,
           GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  while (length > 0)
    {
      gssize n_written = write (fd, data, length);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written <= 0)
        return FALSE;
      data += n_written;
      length -= n_written;
    }
  return TRUE;
}

/* As the old file was: its mode, and its group and owner where we may. */
static gboolean
copy_mode (int                fd,
           const struct stat *old)
{
  struct stat new;

  if (fstat (fd, &new) != 0)
    return FALSE;
  if ((new.st_uid != old->st_uid || new.st_gid != old->st_gid) &&
      fchown (fd, old->st_uid, old->st_gid) != 0 && fchown (fd, -1, old->st_gid) != 0)
    {
      /* What the old group could do, another one shall not. */
      return fchmod (fd, old->st_mode & 0705) == 0;
    }
  return fchmod (fd, old->st_mode & 07777) == 0;
}

/* The name is safe on the disk once its folder is. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

static gboolean
fill_temporary (Temporary         *temporary,
                const struct stat *old,
                GBytes            *bytes)
{
  gboolean done = (old == NULL || copy_mode (temporary->fd, old)) && write_all (temporary->fd, bytes) &&
                  fsync (temporary->fd) == 0;
  int code = errno;

  if (close (temporary->fd) != 0 && done)
    return FALSE;
  errno = code;
  return done;
}

gboolean
fermata_file_replace (GFile   *file,
                      GBytes  *bytes,
                      GError **error)
{
  g_autofree char *target = NULL;
  Temporary temporary;
  struct stat old;
  gboolean exists;

  if (g_file_peek_path (file) == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);

      g_set_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_NOT_FOUND,
                   _("%s: not a file on this machine"), uri);
      return FALSE;
    }
  target = follow_links (g_file_peek_path (file), error);
  if (target == NULL || !look (target, &old, &exists, error) ||
      !open_temporary (target, &temporary, error))
    return FALSE;

  if (!fill_temporary (&temporary, exists ? &old : NULL, bytes) ||
      rename (temporary.path, target) != 0)
    {
      fermata_file_set_error (error, target, errno);
      unlink (temporary.path);
      g_free (temporary.path);
      return FALSE;
    }
  sync_folder (target);
  g_free (temporary.path);
  return TRUE;
}
