/* fermata-environment.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "executor/fermata-environment-private.h"

#include <string.h>

/* Where programs are when PATH does not say, as in glibc. */
#define STANDARD_PATH "/bin:/usr/bin"

/* The two below see entries as their names, so that a table of entries finds
 * one by its name without a copy of it. */
static guint
name_hash (gconstpointer entry)
{
  guint hash = 5381;

  for (const char *p = entry; *p != '\0' && *p != '='; p++)
    hash = hash * 33 + *(const guchar *) p;

  return hash;
}

static gboolean
name_equal (gconstpointer one,
            gconstpointer other)
{
  const char *a = one, *b = other;

  while (*a == *b && *a != '\0' && *a != '=')
    a++, b++;

  return (*a == '\0' || *a == '=') && (*b == '\0' || *b == '=');
}

static void
note_names (GHashTable        *entries,
            const char *const *list)
{
  for (; list != NULL && *list != NULL; list++)
    g_hash_table_add (entries, (char *) *list);
}

static void
add_latest (GPtrArray         *environment,
            GHashTable        *entries,
            const char *const *list)
{
  for (; list != NULL && *list != NULL; list++)
    {
      const char *latest = g_hash_table_lookup (entries, *list);

      if (latest == NULL || latest == *list)
        g_ptr_array_add (environment, (char *) *list);
    }
}

GPtrArray *
fermata_environment_merge (const char *const *base,
                           const char *const *more,
                           const char *const *most)
{
  g_autoptr (GHashTable) entries = g_hash_table_new (name_hash, name_equal);
  GPtrArray *environment = g_ptr_array_sized_new (64);

  note_names (entries, more);
  note_names (entries, most);

  add_latest (environment, entries, base);
  add_latest (environment, entries, more);
  add_latest (environment, entries, most);
  g_ptr_array_add (environment, NULL);

  return environment;
}

const char *
fermata_environment_lookup (const char *const *environment,
                            const char        *name)
{
  for (gsize length = strlen (name); *environment != NULL; environment++)
    {
      if (strncmp (*environment, name, length) == 0 && (*environment)[length] == '=')
        return *environment + length + 1;
    }

  return NULL;
}

char **
fermata_environment_search (const char *const *environment,
                            const char        *program)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  const char *path = fermata_environment_lookup (environment, "PATH");

  /* An empty name is no file, in whatever folder. */
  if (*program == '\0' || strchr (program, '/') != NULL)
    {
      g_strv_builder_add (found, program);
      return g_strv_builder_end (found);
    }

  for (const char *p = path ? path : STANDARD_PATH;; p++)
    {
      gsize length = strcspn (p, ":");
      g_autofree char *folder = g_strndup (p, length);
      /* An empty folder is the one where the program runs. */
      g_autofree char *file = g_strconcat (folder, length > 0 ? "/" : "", program, NULL);

      g_strv_builder_add (found, file);
      p += length;
      if (*p == '\0')
        break;
    }

  return g_strv_builder_end (found);
}
