/* fermata-app-settings.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-settings.h"

#define WRITE_AFTER_SECONDS 2

/* Used by the main thread alone. */
static GKeyFile *settings;
static guint write_source;

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "fermata", "studio.ini", NULL);
}

static GKeyFile *
get_settings (void)
{
  g_autofree char *path = NULL;

  if (settings != NULL)
    return settings;

  settings = g_key_file_new ();
  path = dup_path ();
  g_key_file_load_from_file (settings, path, G_KEY_FILE_KEEP_COMMENTS, NULL);

  return settings;
}

static void
write_settings (void)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (get_settings (), path, &error))
    g_info ("Settings are not kept: %s", error->message);
}

static gboolean
write_soon_cb (gpointer user_data)
{
  write_source = 0;
  write_settings ();

  return G_SOURCE_REMOVE;
}

static void
write_soon (void)
{
  if (write_source == 0)
    write_source = g_timeout_add_seconds (WRITE_AFTER_SECONDS, write_soon_cb, NULL);
}

void
fermata_app_settings_save (void)
{
  if (write_source == 0)
    return;

  g_source_remove (write_source);
  write_source = 0;
  write_settings ();
}

gboolean
fermata_app_settings_get_boolean (const char *group,
                                  const char *key,
                                  gboolean    otherwise)
{
  g_autoptr (GError) error = NULL;
  gboolean value = g_key_file_get_boolean (get_settings (), group, key, &error);

  return error == NULL ? value : otherwise;
}

void
fermata_app_settings_set_boolean (const char *group,
                                  const char *key,
                                  gboolean    value)
{
  g_key_file_set_boolean (get_settings (), group, key, value);
  write_soon ();
}

int
fermata_app_settings_get_integer (const char *group,
                                  const char *key,
                                  int         otherwise)
{
  g_autoptr (GError) error = NULL;
  int value = g_key_file_get_integer (get_settings (), group, key, &error);

  return error == NULL ? value : otherwise;
}

void
fermata_app_settings_set_integer (const char *group,
                                  const char *key,
                                  int         value)
{
  g_key_file_set_integer (get_settings (), group, key, value);
  write_soon ();
}

char *
fermata_app_settings_dup_string (const char *group,
                                 const char *key,
                                 const char *otherwise)
{
  char *value = g_key_file_get_string (get_settings (), group, key, NULL);

  return value != NULL ? value : g_strdup (otherwise);
}

void
fermata_app_settings_set_string (const char *group,
                                 const char *key,
                                 const char *value)
{
  g_key_file_set_string (get_settings (), group, key, value);
  write_soon ();
}
