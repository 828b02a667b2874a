/* fermata-app-layout-file.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-layout-file.h"

#include <string.h>

#define ENDING ".fermata-layout.json"

GFile *
fermata_app_layout_file_get_beside (GFile *document)
{
  g_autofree char *uri = g_file_get_uri (document);
  g_autofree char *beside = g_strconcat (uri, ENDING, NULL);

  return g_file_new_for_uri (beside);
}

/* As breakpoints are: one file a document. */
static GFile *
get_in_user_data (GFile *document)
{
  g_autofree char *uri = g_file_get_uri (document);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
  g_autofree char *name = g_strconcat (sum, ".json", NULL);

  return g_file_new_build_filename (g_get_user_data_dir (), "fermata", "layouts", name, NULL);
}

/* --- Reading ----------------------------------------------------------------- */

/* What is no layout is none. */
static FermataValue *
read_one (GFile *file)
{
  g_autoptr (FermataJsonLoader) loader = fermata_json_loader_new ();
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = fermata_json_loader_read_file (loader, file, name, &error);
  g_autoptr (FermataValue) layout = NULL;
  const char *data;
  gsize length;

  if (text == NULL)
    {
      if (!g_error_matches (error, FERMATA_FORMAT_ERROR, FERMATA_FORMAT_ERROR_NOT_FOUND))
        g_info ("There is no layout: %s", error->message);
      return NULL;
    }

  data = g_bytes_get_data (text, &length);
  layout = fermata_value_parse (data != NULL ? data : "", length, &error);
  if (layout != NULL && fermata_value_get_kind (layout) == FERMATA_VALUE_KIND_OBJECT)
    return g_steal_pointer (&layout);

  g_info ("%s is no layout", name);

  return NULL;
}

/* The user's own was written because the other could not be. */
FermataValue *
fermata_app_layout_file_read (GFile *document)
{
  g_autoptr (GFile) own = get_in_user_data (document);
  g_autoptr (GFile) beside = fermata_app_layout_file_get_beside (document);
  FermataValue *layout = read_one (own);

  return layout != NULL ? layout : read_one (beside);
}

/* --- Writing ----------------------------------------------------------------- */

typedef struct {
  GFile *document;
  char *text; /* NULL: the file goes */
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_object_unref (save->document);
  g_free (save->text);
  g_free (save);
}

static gboolean
delete (GFile         *file,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr (GError) failure = NULL;

  if (g_file_delete (file, cancellable, &failure) || g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static gboolean
put (GFile         *file,
     const char    *text,
     GCancellable  *cancellable,
     GError       **error)
{
  if (text == NULL)
    return delete (file, cancellable, error);

  return g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                  cancellable, error);
}

static gboolean
put_in_user_data (GFile         *file,
                  const char    *text,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  /* Nothing is kept of what is drawn nowhere, also if a file beside says otherwise. */
  g_file_make_directory_with_parents (folder, cancellable, NULL);

  return put (file, text != NULL ? text : "{}\n", cancellable, error);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Save *save = task_data;
  g_autoptr (GFile) own = get_in_user_data (save->document);
  g_autoptr (GFile) beside = fermata_app_layout_file_get_beside (save->document);
  g_autoptr (GError) refusal = NULL;
  GError *error = NULL;

  if (put (beside, save->text, cancellable, &refusal))
    {
      /* What is older must not hide it. */
      delete (own, cancellable, NULL);
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_info ("The layout goes into the user's data: %s", refusal->message);
  if (put_in_user_data (own, save->text, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static char *
dup_text (FermataValue *layout)
{
  g_autofree char *text = layout == NULL ? NULL : fermata_value_to_string (layout, FERMATA_WRITE_PRETTY, NULL);

  return text == NULL ? NULL : g_strconcat (text, "\n", NULL);
}

void
fermata_app_layout_file_save_async (GFile               *document,
                                    FermataValue        *layout,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Save *save = g_new0 (Save, 1);

  g_task_set_source_tag (task, fermata_app_layout_file_save_async);
  save->document = g_object_ref (document);
  save->text = dup_text (layout);
  g_task_set_task_data (task, save, save_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
fermata_app_layout_file_save_finish (GAsyncResult  *result,
                                     GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
