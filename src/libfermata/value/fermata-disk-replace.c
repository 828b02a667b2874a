/* fermata-disk-replace.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-disk-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_LINKS 40
#define MAX_NAMES 100
#define PIECE ((gsize) 1024 * 1024)

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
  fermata_disk_set_error (error, path, ELOOP);
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
    fermata_disk_set_error (error, path, errno);
  else if (!*exists)
    return TRUE;
  else if (!fermata_disk_check_is_regular (info, path, error))
    return FALSE;
  else if (faccessat (AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
    fermata_disk_set_error (error, path, errno);
  else
    return TRUE;
  return FALSE;
}

static gboolean
open_temporary (FermataReplacement *self,
                GError            **error)
{
  g_autofree char *folder = g_path_get_dirname (self->target);
  g_autofree char *name = g_path_get_basename (self->target);

  for (guint i = 0; i < MAX_NAMES; i++)
    {
      /* A long name may leave no room for more. */
      g_autofree char *new_name = g_strdup_printf (".%.100s.%08x", name, g_random_int ());

      self->path = g_build_filename (folder, new_name, NULL);
      self->fd = open (self->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (self->fd >= 0)
        return TRUE;
      g_clear_pointer (&self->path, g_free);
      if (errno != EEXIST)
        break;
    }
  fermata_disk_set_error (error, self->target, errno);
  return FALSE;
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

void
fermata_replacement_abandon (FermataReplacement *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self->target);
  *self = (FermataReplacement) { .fd = -1 };
}

void
fermata_replacement_discard (FermataReplacement *self)
{
  if (self->path != NULL)
    unlink (self->path);
  fermata_replacement_abandon (self);
}

gboolean
fermata_replacement_open (FermataReplacement *self,
                          const char         *path,
                          GError            **error)
{
  struct stat old;
  gboolean exists;

  *self = (FermataReplacement) { .fd = -1 };
  self->target = follow_links (path, error);
  if (self->target == NULL || !look (self->target, &old, &exists, error) ||
      !open_temporary (self, error))
    {
      fermata_replacement_discard (self);
      return FALSE;
    }
  if (exists && !copy_mode (self->fd, &old))
    {
      fermata_disk_set_error (error, self->target, errno);
      fermata_replacement_discard (self);
      return FALSE;
    }
  return TRUE;
}

gboolean
fermata_disk_write_fd (int           fd,
                       const char   *name,
                       const char   *data,
                       gsize         length,
                       GCancellable *cancellable,
                       GError      **error)
{
  while (length > 0)
    {
      gssize n_written;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n_written = write (fd, data, cancellable == NULL ? length : MIN (length, PIECE));
      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written <= 0)
        {
          fermata_disk_set_error (error, name, errno);
          return FALSE;
        }
      data += n_written;
      length -= n_written;
    }
  return TRUE;
}

gboolean
fermata_replacement_write (FermataReplacement *self,
                           const char         *data,
                           gsize               length,
                           GCancellable       *cancellable,
                           GError            **error)
{
  return fermata_disk_write_fd (self->fd, self->target, data, length, cancellable, error);
}

static gboolean
close_safely (FermataReplacement *self)
{
  int fd = self->fd;

  if (fsync (fd) != 0)
    return FALSE;
  self->fd = -1;
  return close (fd) == 0;
}

gboolean
fermata_replacement_commit (FermataReplacement *self,
                            GError            **error)
{
  if (!close_safely (self) || rename (self->path, self->target) != 0)
    {
      fermata_disk_set_error (error, self->target, errno);
      fermata_replacement_discard (self);
      return FALSE;
    }
  sync_folder (self->target);
  fermata_replacement_abandon (self);
  return TRUE;
}

/* A file system that cannot do it in one step can still link a free name. */
static gboolean
rename_to_free_name (const char *from,
                     const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  if (link (from, to) != 0)
    return FALSE;
  unlink (from);
  return TRUE;
}

gboolean
fermata_replacement_create (FermataReplacement *self,
                            GError            **error)
{
  if (!close_safely (self) || !rename_to_free_name (self->path, self->target))
    {
      fermata_disk_set_error (error, self->target, errno);
      fermata_replacement_discard (self);
      return FALSE;
    }
  sync_folder (self->target);
  fermata_replacement_abandon (self);
  return TRUE;
}
