/* fermata-location.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model/fermata-documents-private.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "model/fermata-model-types.h"

/* Where the `src` of a machine leads. Whoever made a document that came from
 * elsewhere must not have it read what else is on this machine: nothing but what is
 * in the document's folder. Nothing is ever fetched. */

static gboolean
refuse (GError    **error,
        const char *location,
        const char *why)
{
  /* Translators: a file name, and why it is refused */
  g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_OUTSIDE, _("“%s” is refused: %s"), location, why);
  return FALSE;
}

/* The path that a URI means, relative or absolute (transfer full). */
static char *
path_of_uri (const char *location,
             GError    **error)
{
  const char *path = location + strlen ("file:");
  char *unescaped;

  if (g_str_has_prefix (path, "//localhost/"))
    path += strlen ("//localhost");
  else if (g_str_has_prefix (path, "///"))
    path += 2;
  else if (g_str_has_prefix (path, "//"))
    {
      refuse (error, location, _("it is on another machine"));
      return NULL;
    }
  unescaped = g_uri_unescape_string (path, NULL);
  if (unescaped == NULL || *unescaped == '\0')
    {
      g_clear_pointer (&unescaped, g_free);
      refuse (error, location, _("it names no file"));
    }
  return unescaped;
}

static char *
path_of_location (const char *location,
                  GError    **error)
{
  const char *scheme = g_uri_peek_scheme (location);

  if (*location == '\0')
    {
      refuse (error, location, _("it names no file"));
      return NULL;
    }
  if (scheme == NULL)
    return g_strdup (location);
  if (strcmp (scheme, "file") == 0)
    return path_of_uri (location, error);
  refuse (error, location, _("only files are read, and nothing is fetched"));
  return NULL;
}

/* As it is without links, as far as it exists (transfer full). */
static char *
get_real_path (const char *path)
{
  char *real = realpath (path, NULL);
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autofree char *real_folder = NULL;

  if (real != NULL)
    {
      char *copy = g_strdup (real);

      free (real);
      return copy;
    }
  folder = g_path_get_dirname (path);
  name = g_path_get_basename (path);
  real = strcmp (name, "..") == 0 ? NULL : realpath (folder, NULL);
  if (real == NULL)
    return g_canonicalize_filename (path, "/");
  real_folder = g_strdup (real);
  free (real);
  return g_build_filename (real_folder, name, NULL);
}

static gboolean
is_in (const char *path,
       const char *folder)
{
  gsize length = strlen (folder);

  if (strcmp (folder, "/") == 0)
    return TRUE;
  return strncmp (path, folder, length) == 0 && path[length] == '/';
}

/* What has no scheme is a URI, too, unless there is a file of just that name (transfer
 * full). */
static char *
find_whole (const char *path,
            const char *folder,
            gboolean    is_uri)
{
  char *whole = g_canonicalize_filename (path, folder);
  g_autofree char *unescaped = NULL;

  if (is_uri || strchr (path, '%') == NULL || g_file_test (whole, G_FILE_TEST_EXISTS))
    return whole;
  unescaped = g_uri_unescape_string (path, NULL);
  if (unescaped == NULL)
    return whole;
  g_free (whole);
  return g_canonicalize_filename (unescaped, folder);
}

GFile *
fermata_location_resolve_within (const char  *location,
                                 GFile       *document,
                                 gboolean     may_leave,
                                 GError     **error)
{
  g_autofree char *path = path_of_location (location, error);
  const char *of = document == NULL ? NULL : g_file_peek_path (document);
  g_autofree char *folder = of == NULL ? NULL : g_path_get_dirname (of);
  g_autofree char *real_folder = folder == NULL ? NULL : get_real_path (folder);
  g_autofree char *whole = NULL;
  g_autofree char *real = NULL;

  if (path == NULL)
    return NULL;
  if (folder == NULL && g_path_is_absolute (path) && !may_leave)
    {
      refuse (error, location, _("the document has no folder, and files that are not in it are not read"));
      return NULL;
    }
  if (folder == NULL && !g_path_is_absolute (path))
    {
      g_set_error (error, FERMATA_MODEL_ERROR, FERMATA_MODEL_ERROR_NOT_FOUND,
                   _("“%s” is relative to the file of this graph, which has none"), location);
      return NULL;
    }
  whole = find_whole (path, folder == NULL ? "/" : folder, g_uri_peek_scheme (location) != NULL);
  real = get_real_path (whole);
  if (may_leave || is_in (real, real_folder))
    return g_file_new_for_path (real);
  refuse (error, location, _("it is outside of the document's folder"));
  return NULL;
}
