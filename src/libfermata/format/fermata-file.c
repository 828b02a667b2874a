/* fermata-file.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "format/fermata-file-private.h"

#include <glib/gi18n-lib.h>

/**
 * fermata_format_error_quark:
 *
 * The domain of the formats' errors.
 *
 * Returns: the quark
 */
G_DEFINE_QUARK (fermata-format-error-quark, fermata_format_error)

gboolean
fermata_file_claim_error (GError **error)
{
  static const FermataFormatError kinds[] = {
    [FERMATA_DISK_ERROR_NOT_FOUND] = FERMATA_FORMAT_ERROR_NOT_FOUND,
    [FERMATA_DISK_ERROR_PERMISSION] = FERMATA_FORMAT_ERROR_PERMISSION,
    [FERMATA_DISK_ERROR_EXISTS] = FERMATA_FORMAT_ERROR_IO,
    [FERMATA_DISK_ERROR_FOLDER] = FERMATA_FORMAT_ERROR_NOT_REGULAR,
    [FERMATA_DISK_ERROR_PIPE] = FERMATA_FORMAT_ERROR_NOT_REGULAR,
    [FERMATA_DISK_ERROR_NOT_REGULAR] = FERMATA_FORMAT_ERROR_NOT_REGULAR,
    [FERMATA_DISK_ERROR_TOO_LARGE] = FERMATA_FORMAT_ERROR_TOO_LARGE,
    [FERMATA_DISK_ERROR_IO] = FERMATA_FORMAT_ERROR_IO,
  };

  if (error == NULL || *error == NULL || (*error)->domain != FERMATA_DISK_ERROR)
    return FALSE;

  (*error)->domain = FERMATA_FORMAT_ERROR;
  (*error)->code = kinds[(*error)->code];

  return FALSE;
}

void
fermata_file_set_error (GError    **error,
                        const char *name,
                        int         code)
{
  fermata_disk_set_error (error, name, code);
  fermata_file_claim_error (error);
}

const char *
fermata_file_get_path (GFile   *file,
                       GError **error)
{
  const char *path = g_file_peek_path (file);

  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);

      g_set_error (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_NOT_FOUND,
                   _("%s: not a file on this machine"), uri);
    }

  return path;
}

/* What can be read only as it comes may come over standard input. */
static void
claim_error_of_reading (GError **error)
{
  GError *local_error = error == NULL ? NULL : *error;

  if (g_error_matches (local_error, FERMATA_DISK_ERROR, FERMATA_DISK_ERROR_PIPE)
      || g_error_matches (local_error, FERMATA_DISK_ERROR, FERMATA_DISK_ERROR_NOT_REGULAR))
    {
      g_autofree char *message = g_steal_pointer (&local_error->message);

      local_error->message = g_strdup_printf (_("%s; “-” reads standard input"), message);
    }
  fermata_file_claim_error (error);
}

int
fermata_file_open (GFile       *file,
                   const char  *name,
                   struct stat *info,
                   GError     **error)
{
  const char *path = fermata_file_get_path (file, error);
  int fd = path == NULL ? -1 : fermata_disk_open (path, name, info, error);

  if (fd < 0)
    claim_error_of_reading (error);

  return fd;
}

GBytes *
fermata_file_read_fd (int         fd,
                      const char *name,
                      gsize       max_size,
                      GError    **error)
{
  GBytes *bytes = fermata_disk_read_fd (fd, name, 0, max_size, NULL, error);

  if (bytes == NULL)
    fermata_file_claim_error (error);

  return bytes;
}

GBytes *
fermata_file_read (GFile      *file,
                   const char *name,
                   gsize       max_size,
                   GError    **error)
{
  const char *path = fermata_file_get_path (file, error);
  GBytes *bytes = path == NULL ? NULL : fermata_disk_read (path, name, max_size, NULL, error);

  if (bytes == NULL)
    claim_error_of_reading (error);

  return bytes;
}

static gboolean
replace (const char  *path,
         GBytes      *bytes,
         GError     **error)
{
  FermataReplacement replacement;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (!fermata_replacement_open (&replacement, path, error))
    return FALSE;
  if (!fermata_replacement_write (&replacement, data, length, NULL, error))
    {
      fermata_replacement_discard (&replacement);
      return FALSE;
    }

  return fermata_replacement_commit (&replacement, error);
}

gboolean
fermata_file_replace (GFile   *file,
                      GBytes  *bytes,
                      GError **error)
{
  const char *path = fermata_file_get_path (file, error);

  return path != NULL && (replace (path, bytes, error) || fermata_file_claim_error (error));
}
