/* fermata-app-read-file.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-read-file.h"

#include "fermata-app-layout-file.h"

typedef struct {
  GFile *file;
  char *etag;
  FermataValue *layout;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_object_unref (read->file);
  g_free (read->etag);
  g_clear_pointer (&read->layout, fermata_value_unref);
  g_free (read);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Read *read = task_data;
  g_autoptr (FermataJsonLoader) loader = fermata_json_loader_new ();
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char *name = g_file_get_parse_name (read->file);
  GError *error = NULL;
  GBytes *text;

  info = g_file_query_info (read->file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  if (info != NULL)
    read->etag = g_strdup (g_file_info_get_etag (info));
  text = fermata_json_loader_read_file (loader, read->file, name, &error);
  if (text == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (fermata_scxml_recognises (text))
    read->layout = fermata_app_layout_file_read (read->file);
  g_task_return_pointer (task, text, (GDestroyNotify) g_bytes_unref);
}

void
fermata_app_read_file_async (GFile               *file,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Read *read = g_new0 (Read, 1);

  g_task_set_source_tag (task, fermata_app_read_file_async);
  read->file = g_object_ref (file);
  g_task_set_task_data (task, read, read_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, read_in_thread);
}

GBytes *
fermata_app_read_file_finish (GAsyncResult  *result,
                              char         **etag,
                              FermataValue **layout,
                              GError       **error)
{
  GBytes *text = g_task_propagate_pointer (G_TASK (result), error);
  Read *read = g_task_get_task_data (G_TASK (result));

  if (text != NULL)
    {
      *etag = g_steal_pointer (&read->etag);
      *layout = g_steal_pointer (&read->layout);
    }

  return text;
}
