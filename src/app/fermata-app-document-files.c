/* fermata-app-document-files.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Writing a document. It is read by whoever opens it. */

#include "fermata-app-document-private.h"

#include "fermata-app-layout-file.h"

#include <glib/gi18n.h>

/* What is being written: @kept and @layout are the graph as it will be in its file
 * and beside it. */
typedef struct {
  GFile *file;
  guint64 n_edits;
  FermataAppFormat format;
  FermataValue *kept;
  FermataValue *layout;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_object_unref (save->file);
  g_clear_pointer (&save->kept, fermata_value_unref);
  g_clear_pointer (&save->layout, fermata_value_unref);
  g_free (save);
}

/* --- What is kept where ------------------------------------------------------ */

static FermataValue *
dup_layout (FermataAppDocument *self)
{
  FermataValue *layout = fermata_graph_get_member (self->graph, "layout");

  return layout == NULL ? NULL : fermata_value_ref (layout);
}

static FermataValue *
dup_without_layout (FermataAppDocument *self)
{
  g_autoptr (FermataValue) whole = fermata_graph_to_value (self->graph);

  return fermata_value_without_member (whole, "layout");
}

static gboolean
are_equal (FermataValue *a,
           FermataValue *b)
{
  return a == b || (a != NULL && b != NULL && fermata_value_equal (a, b));
}

static void
set_kept (FermataAppDocument *self,
          FermataValue       *kept,
          FermataValue       *layout)
{
  g_clear_pointer (&self->kept, fermata_value_unref);
  g_clear_pointer (&self->kept_layout, fermata_value_unref);
  self->kept = kept == NULL ? NULL : fermata_value_ref (kept);
  self->kept_layout = layout == NULL ? NULL : fermata_value_ref (layout);
}

void
fermata_app_document_files_init (FermataAppDocument *self,
                                 gboolean            is_scxml,
                                 gboolean            has_layout_inside)
{
  g_autoptr (FermataValue) kept = is_scxml ? dup_without_layout (self) : NULL;
  g_autoptr (FermataValue) layout = is_scxml ? dup_layout (self) : NULL;

  self->format = is_scxml ? FERMATA_APP_FORMAT_SCXML : FERMATA_APP_FORMAT_FERMATA;
  self->has_layout_inside = is_scxml && has_layout_inside;
  set_kept (self, kept, layout);
}

void
fermata_app_document_files_finalize (FermataAppDocument *self)
{
  set_kept (self, NULL, NULL);
  g_free (self->agreed);
}

FermataAppFormat
fermata_app_document_get_format (FermataAppDocument *self)
{
  return self->format;
}

static gboolean
is_own_file (FermataAppDocument *self,
             GFile              *file)
{
  return file == NULL || (self->file != NULL && g_file_equal (file, self->file));
}

/* What is read by its content stays what it is, whatever it is called. */
static FermataAppFormat
choose_format (FermataAppDocument *self,
               GFile              *file)
{
  g_autofree char *name = is_own_file (self, file) ? NULL : g_file_get_basename (file);
  g_autofree char *lower = name == NULL ? NULL : g_ascii_strdown (name, -1);

  if (lower != NULL && g_str_has_suffix (lower, ".json"))
    return FERMATA_APP_FORMAT_FERMATA;
  if (lower != NULL && (g_str_has_suffix (lower, ".scxml") || g_str_has_suffix (lower, ".xml")))
    return FERMATA_APP_FORMAT_SCXML;

  return self->format;
}

/* --- What would be lost ------------------------------------------------------ */

static GBytes *
write_text (FermataAppDocument  *self,
            GFile               *file,
            GListStore          *lost,
            GError             **error)
{
  FermataScxmlWriteFlags flags = FERMATA_SCXML_WRITE_DEFAULT;

  if (choose_format (self, file) == FERMATA_APP_FORMAT_FERMATA)
    return fermata_json_write_graph (self->graph, error);
  if (self->has_layout_inside && is_own_file (self, file))
    flags |= FERMATA_SCXML_WRITE_LAYOUT;

  return fermata_scxml_write_graph (self->graph, flags, lost, error);
}

/* Its file is there and has it as it is, but for the layout. */
static gboolean
stands_in_file (FermataAppDocument *self,
                GFile              *file)
{
  g_autoptr (FermataValue) now = NULL;

  if (self->kept == NULL || self->has_layout_inside || !is_own_file (self, file)
      || self->file == NULL || !g_file_query_exists (self->file, NULL))
    return FALSE;

  now = dup_without_layout (self);

  return are_equal (now, self->kept);
}

char **
fermata_app_document_list_lost (FermataAppDocument *self,
                                GFile              *file)
{
  g_autoptr (GListStore) lost = g_list_store_new (FERMATA_TYPE_DIAGNOSTIC);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) text = NULL;
  g_autofree char *joined = NULL;
  guint n;

  if (choose_format (self, file) == FERMATA_APP_FORMAT_FERMATA || stands_in_file (self, file))
    return NULL;

  /* Without a text there is an error, which is for whoever saves. */
  text = write_text (self, file, lost, NULL);
  n = text == NULL ? 0 : g_list_model_get_n_items (G_LIST_MODEL (lost));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FermataDiagnostic) one = g_list_model_get_item (G_LIST_MODEL (lost), i);

      g_ptr_array_add (lines, g_strdup (fermata_diagnostic_get_message (one)));
    }
  if (lines->len == 0)
    return NULL;

  g_ptr_array_add (lines, NULL);
  joined = g_strjoinv ("\n", (char **) lines->pdata);
  if (g_strcmp0 (joined, self->agreed) == 0)
    return NULL;

  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}

void
fermata_app_document_agree_to_lose (FermataAppDocument  *self,
                                    char               **lost)
{
  g_free (self->agreed);
  self->agreed = g_strjoinv ("\n", lost);
}

/* --- Saving ------------------------------------------------------------------ */

static void
finish (GTask *task)
{
  FermataAppDocument *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);

  if (!is_own_file (self, save->file))
    self->has_layout_inside = FALSE;
  self->format = save->format;
  set_kept (self, save->kept, save->layout);
  /* What was edited meanwhile is not in the file. */
  if (save->n_edits == self->n_edits)
    fermata_editor_mark_saved (self->editor);
  fermata_app_document_set_file (self, save->file);
  g_task_return_boolean (task, TRUE);
}

static void
layout_saved (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (fermata_app_layout_file_save_finish (result, &error))
    finish (task);
  else
    g_task_return_error (task, error);
}

/* Only of what has been moved; a file of another name has none yet. Takes the task. */
static void
save_layout (GTask *task)
{
  FermataAppDocument *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  gboolean is_there = self->kept != NULL && is_own_file (self, save->file);
  gboolean is_inside = self->has_layout_inside && is_own_file (self, save->file);

  if (save->format == FERMATA_APP_FORMAT_FERMATA || is_inside
      || are_equal (save->layout, is_there ? self->kept_layout : NULL))
    {
      finish (task);
      g_object_unref (task);
      return;
    }

  fermata_app_layout_file_save_async (save->file, save->layout, g_task_get_cancellable (task), layout_saved, task);
}

static void
saved (GObject      *source,
       GAsyncResult *result,
       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  FermataAppDocument *self = g_task_get_source_object (task);
  g_autofree char *etag = NULL;
  GError *error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, &etag, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_free (self->etag);
  self->etag = g_steal_pointer (&etag);
  save_layout (g_steal_pointer (&task));
}

static Save *
save_new (FermataAppDocument *self,
          GFile              *file)
{
  Save *save = g_new0 (Save, 1);

  save->file = g_object_ref (file);
  save->n_edits = self->n_edits;
  save->format = choose_format (self, file);
  if (save->format == FERMATA_APP_FORMAT_SCXML)
    {
      save->kept = dup_without_layout (self);
      save->layout = dup_layout (self);
    }

  return save;
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
  gboolean is_own = is_own_file (self, file);

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
  g_task_set_task_data (task, save_new (self, file), save_free);
  if (stands_in_file (self, file))
    {
      save_layout (g_steal_pointer (&task));
      return;
    }

  text = write_text (self, file, NULL, &error);
  if (text == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

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
