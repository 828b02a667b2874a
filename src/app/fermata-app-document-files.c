/* fermata-app-document-files.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Writing a document. It is read by whoever opens it. */

#include "fermata-app-document-private.h"

#include <glib/gi18n.h>

typedef struct {
  GFile *file;
  guint64 n_edits;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_object_unref (save->file);
  g_free (save);
}

static void
saved (GObject      *source,
       GAsyncResult *result,
       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  FermataAppDocument *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, &etag, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_free (self->etag);
  self->etag = g_steal_pointer (&etag);
  /* What was edited meanwhile is not in the file. */
  if (save->n_edits == self->n_edits)
    fermata_editor_mark_saved (self->editor);
  fermata_app_document_set_file (self, save->file);
  g_task_return_boolean (task, TRUE);
}

/* To @file; NULL: where it is from. */
void
fermata_app_document_save_async (FermataAppDocument  *self,
                                 GFile               *file,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GBytes) text = NULL;
  GError *error = NULL;
  gboolean is_own = file == NULL || (self->file != NULL && g_file_equal (file, self->file));
  Save *save;

  g_task_set_source_tag (task, fermata_app_document_save_async);
  if (file == NULL)
    file = self->file;
  g_return_if_fail (file != NULL);

  if (is_own && fermata_graph_is_incomplete (self->graph))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                               _("The file has things in it that are no part of a graph, and would be "
                                 "lost: save under another name"));
      return;
    }
  text = fermata_json_write_graph (self->graph, &error);
  if (text == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  save = g_new0 (Save, 1);
  save->file = g_object_ref (file);
  save->n_edits = self->n_edits;
  g_task_set_task_data (task, save, save_free);
  g_file_replace_contents_bytes_async (file, text, is_own ? self->etag : NULL, FALSE,
                                       G_FILE_CREATE_NONE, cancellable, saved,
                                       g_steal_pointer (&task));
}

gboolean
fermata_app_document_save_finish (FermataAppDocument  *self,
                                  GAsyncResult        *result,
                                  GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
fermata_app_document_forget_etag (FermataAppDocument *self)
{
  g_clear_pointer (&self->etag, g_free);
}

/* As it was when the file was read. */
void
fermata_app_document_set_etag (FermataAppDocument *self,
                               const char         *etag)
{
  g_free (self->etag);
  self->etag = g_strdup (etag);
}

const char *
fermata_app_document_get_etag (FermataAppDocument *self)
{
  return self->etag;
}
