/* fermata-artifacts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/run/fermata-artifacts-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "engine/fermata-task-error.h"
#include "engine/run/fermata-background-private.h"
#include "value/fermata-disk-private.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

/* The longest that a number without an own text is written as. */
#define NUMBER 32

struct _FermataArtifacts {
  gatomicrefcount ref_count;
  gsize max_size;
  char *folder;
  gboolean is_own;

  /* Files in a folder of its own, added to by the threads that store. When it is
   * over nothing is to be left. */
  GMutex lock;
  GPtrArray *files;
  gboolean is_over;
};

/* Each run has a folder of its own: no run replaces the files of another. */
static char *
make_folder (const char *folder,
             const char *run_id)
{
  g_autofree char *whole = NULL;

  if (folder == NULL)
    return g_build_filename (g_get_user_cache_dir (), "fermata", "runs", run_id, NULL);

  whole = g_canonicalize_filename (folder, NULL);

  return g_build_filename (whole, run_id, NULL);
}

FermataArtifacts *
fermata_artifacts_new (gsize       max_size,
                       const char *folder,
                       const char *run_id)
{
  FermataArtifacts *self = g_new0 (FermataArtifacts, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->max_size = max_size;
  self->is_own = folder == NULL;
  self->folder = make_folder (folder, run_id);
  self->files = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&self->lock);

  return self;
}

void
fermata_artifacts_unref (FermataArtifacts *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->files);
  g_mutex_clear (&self->lock);
  g_free (self->folder);
  g_free (self);
}

static void
remove_files (FermataArtifacts *self)
{
  for (guint i = 0; i < self->files->len; i++)
    g_unlink (self->files->pdata[i]);
  g_ptr_array_set_size (self->files, 0);
  g_rmdir (self->folder);
}

/* Now, and not when the last thread has let go of it: the program may be about
 * to end. */
void
fermata_artifacts_end (FermataArtifacts *self)
{
  if (!self->is_own)
    return;

  g_mutex_lock (&self->lock);
  self->is_over = TRUE;
  remove_files (self);
  g_mutex_unlock (&self->lock);
}

static void
note_file (FermataArtifacts *self,
           const char       *path)
{
  if (!self->is_own)
    return;

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->files, g_strdup (path));
  if (self->is_over)
    remove_files (self);
  g_mutex_unlock (&self->lock);
}

/* How large a value can be */

/* A container whose elements from @next on have not been looked at. */
typedef struct {
  FermataValue *container;
  gsize next;
} Level;

static gsize
text_at_most (FermataValue *value)
{
  gsize length;

  switch (fermata_value_get_kind (value))
    {
    case FERMATA_VALUE_KIND_STRING:
      fermata_value_get_string (value, &length);
      return 6 * length + 2;

    case FERMATA_VALUE_KIND_NULL:
    case FERMATA_VALUE_KIND_BOOLEAN:
    case FERMATA_VALUE_KIND_INTEGER:
    case FERMATA_VALUE_KIND_NUMBER:
    case FERMATA_VALUE_KIND_ARRAY:
    case FERMATA_VALUE_KIND_OBJECT:
    default:
      return NUMBER;
    }
}

static gboolean
has_elements (FermataValue *value)
{
  FermataValueKind kind = fermata_value_get_kind (value);

  return kind == FERMATA_VALUE_KIND_ARRAY || kind == FERMATA_VALUE_KIND_OBJECT;
}

gboolean
fermata_artifacts_suspects (FermataArtifacts *self,
                            FermataValue     *value)
{
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  gsize size = text_at_most (value);
  Level level = { value, 0 };

  if (has_elements (value))
    g_array_append_val (levels, level);
  while (levels->len > 0 && size <= self->max_size)
    {
      Level *top = &g_array_index (levels, Level, levels->len - 1);
      gsize i = top->next++;

      if (i == fermata_value_get_length (top->container))
        {
          g_array_set_size (levels, levels->len - 1);
          continue;
        }
      if (fermata_value_get_kind (top->container) == FERMATA_VALUE_KIND_OBJECT)
        size += 6 * strlen (fermata_value_get_member_name (top->container, i)) + 4;
      level.container = fermata_value_get_element (top->container, i);
      size += text_at_most (level.container) + 1;
      if (has_elements (level.container))
        g_array_append_val (levels, level);
    }

  return size > self->max_size;
}

/* Storing, in a thread */

typedef struct {
  FermataArtifacts *artifacts;
  char *name;
  FermataValue *value;
} Storing;

static void
storing_free (gpointer data)
{
  Storing *self = data;

  fermata_artifacts_unref (self->artifacts);
  fermata_value_unref (self->value);
  g_free (self->name);
  g_free (self);
}

static gboolean
write_file (const char  *path,
            const char  *data,
            gsize        length,
            GError     **error)
{
  FermataReplacement file;

  if (!fermata_replacement_open (&file, path, error))
    return FALSE;
  if (!fermata_replacement_write (&file, data, length, NULL, error))
    {
      fermata_replacement_discard (&file);
      return FALSE;
    }

  return fermata_replacement_commit (&file, error);
}

static FermataValue *
make_reference (const char *path,
                const char *data,
                gsize       length,
                gboolean    is_text)
{
  g_autoptr (FermataValueBuilder) outer = fermata_value_builder_new_object ();
  g_autoptr (FermataValueBuilder) inner = fermata_value_builder_new_object ();
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, length);
  g_autoptr (FermataValue) artifact = NULL;

  fermata_value_builder_set_string (inner, "path", path);
  fermata_value_builder_set_integer (inner, "size", length);
  fermata_value_builder_set_string (inner, "sha256", sum);
  fermata_value_builder_set_string (inner, "media-type",
                                    is_text ? "text/plain; charset=utf-8" : "application/json");
  artifact = fermata_value_builder_end (inner);
  fermata_value_builder_set (outer, "artifact", artifact);

  return fermata_value_builder_end (outer);
}

static FermataValue *
store (const Storing  *self,
       const char     *data,
       gsize           length,
       gboolean        is_text,
       GError        **error)
{
  FermataArtifacts *artifacts = self->artifacts;
  g_autofree char *name = g_strconcat (self->name, is_text ? ".txt" : ".json", NULL);
  g_autofree char *path = g_build_filename (artifacts->folder, name, NULL);

  if (g_mkdir_with_parents (artifacts->folder, 0700) != 0)
    {
      fermata_disk_set_error (error, artifacts->folder, errno);
      return NULL;
    }
  if (!write_file (path, data, length, error))
    return NULL;

  note_file (artifacts, path);

  return make_reference (path, data, length, is_text);
}

static void
store_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  const Storing *self = data;
  gboolean is_text = fermata_value_get_kind (self->value) == FERMATA_VALUE_KIND_STRING;
  gsize length;
  g_autofree char *json = fermata_value_to_string (self->value, FERMATA_WRITE_COMPACT, &length);
  const char *text = is_text ? fermata_value_get_string (self->value, NULL) : json;
  FermataValue *value = NULL;
  GError *error = NULL;

  if (length <= self->artifacts->max_size)
    {
      g_task_return_pointer (task, fermata_value_ref (self->value),
                             (GDestroyNotify) fermata_value_unref);
      return;
    }

  if (is_text)
    fermata_value_get_string (self->value, &length);
  value = store (self, text, length, is_text, &error);
  if (value == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, (GDestroyNotify) fermata_value_unref);
}

/* Whatever a node is called, its file has a plain name. */
static char *
dup_plain_name (const char *name)
{
  char *plain = g_strndup (name, 80);

  return g_strcanon (plain, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_", '_');
}

void
fermata_artifacts_store_async (FermataArtifacts    *self,
                               gpointer             source,
                               const char          *name,
                               FermataValue        *value,
                               GAsyncReadyCallback  callback)
{
  g_autoptr (GTask) task = g_task_new (source, NULL, callback, NULL);
  Storing *storing = g_new0 (Storing, 1);

  g_atomic_ref_count_inc (&self->ref_count);
  storing->artifacts = self;
  storing->name = dup_plain_name (name);
  storing->value = fermata_value_ref (value);
  g_task_set_source_tag (task, fermata_artifacts_store_async);
  g_task_set_task_data (task, storing, storing_free);
  fermata_background_run (task, store_in_thread);
}

FermataValue *
fermata_artifacts_store_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  FermataValue *value = g_task_propagate_pointer (G_TASK (result), &local_error);

  if (value == NULL)
    g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_EXECUTION,
                 "Its output is too large to be carried about, and cannot be kept in a file: %s",
                 local_error->message);

  return value;
}

gboolean
fermata_artifact_is_lost (FermataValue *output)
{
  FermataValue *artifact = fermata_value_get_kind (output) == FERMATA_VALUE_KIND_OBJECT
                           && fermata_value_get_length (output) == 1
                           ? fermata_value_get_member (output, "artifact") : NULL;
  FermataValue *path = artifact != NULL && fermata_value_get_kind (artifact) == FERMATA_VALUE_KIND_OBJECT
                       ? fermata_value_get_member (artifact, "path") : NULL;

  return path != NULL && fermata_value_get_kind (path) == FERMATA_VALUE_KIND_STRING
         && !g_file_test (fermata_value_get_string (path, NULL), G_FILE_TEST_EXISTS);
}
