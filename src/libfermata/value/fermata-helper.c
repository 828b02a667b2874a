/* fermata-helper.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "value/fermata-helper-private.h"

#include <dlfcn.h>
#include <unistd.h>

/* The folder of the file that this function is in. */
static char *
find_own_folder (void)
{
  Dl_info info;

  if (dladdr ((void *) fermata_helper_find, &info) == 0 || info.dli_fname == NULL)
    return NULL;

  return g_path_get_dirname (info.dli_fname);
}

static char *
take_if_executable (char *path)
{
  if (access (path, X_OK) == 0)
    return path;

  g_free (path);
  return NULL;
}

char *
fermata_helper_find (const char *name,
                     const char *variable)
{
  const char *given = g_getenv (variable);
  g_autofree char *folder = NULL;
  char *path = NULL;

  if (given != NULL && *given != '\0')
    return g_strdup (given);

  folder = find_own_folder ();
  if (folder != NULL)
    path = take_if_executable (g_build_filename (folder, "..", "hosts", name, NULL));
  if (folder != NULL && path == NULL)
    path = take_if_executable (g_build_filename (folder, FERMATA_LIBEXECDIR_FROM_LIBDIR, name, NULL));

  return path != NULL ? path : g_build_filename (FERMATA_LIBEXECDIR, name, NULL);
}
