/* fermata-write-file-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-node-files-private.h"
#include "engine/nodes/fermata-nodes.h"
#include "engine/run/fermata-background-private.h"
#include "value/fermata-disk-private.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-writer.h"

#include <errno.h>

typedef FermataNodeType FermataWriteFileNode;
typedef FermataNodeTypeClass FermataWriteFileNodeClass;

static GType fermata_write_file_node_get_type (void);

G_DEFINE_TYPE (FermataWriteFileNode, fermata_write_file_node, FERMATA_TYPE_NODE_TYPE)

static const char *const modes[] = { "replace", "append", "create", NULL };

static const FermataParameter parameters[] = {
  {
    .name = "path",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .required = TRUE,
    .doc = "The file. A relative path begins in the folder Fermata was started in.",
  },
  {
    .name = "value",
    .type = FERMATA_MEMBER_TYPE_ANY,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .required = TRUE,
    .doc = "What is written: text as it is, anything else as JSON in one line.",
  },
  {
    .name = "mode",
    .type = FERMATA_MEMBER_TYPE_CHOICE,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .choices = modes,
    .default_json = "\"replace\"",
    .doc = "“replace”: it takes the place of a file that is there. “append”: it is added to its "
           "end. “create”: a file that is there is an error.",
  },
  {
    .name = "parents",
    .type = FERMATA_MEMBER_TYPE_BOOLEAN,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .default_json = "false",
    .doc = "Whether folders on the way to it that are missing are made.",
  },
};

static const FermataNodeDescription description = {
  .name = "write-file",
  .title = "Write file",
  .category = "Files",
  .icon_name = "document-save-symbolic",
  .doc = "Writes a file as a whole, or not at all: the old one stays until the new one is safe on "
         "the disk.",
  .output_doc = "An object: the “path”, and the “size” of what was written, in bytes.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static const FermataNodeDescription *
fermata_write_file_node_describe (FermataNodeType *type)
{
  return &description;
}

typedef struct {
  char *path;
  FermataValue *value;
  const char *mode;
  gboolean parents;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *self = data;

  fermata_value_unref (self->value);
  g_free (self->path);
  g_free (self);
}

/* In the thread */

static GBytes *
dup_text (FermataValue *value)
{
  GString *text;
  gsize length;

  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_STRING)
    {
      const char *string = fermata_value_get_string (value, &length);

      return g_bytes_new_with_free_func (string, length, (GDestroyNotify) fermata_value_unref,
                                         fermata_value_ref (value));
    }

  text = g_string_new (NULL);
  fermata_value_append_string (value, FERMATA_WRITE_COMPACT, 0, text);
  g_string_append_c (text, '\n');

  return g_string_free_to_bytes (text);
}

static gboolean
make_parents (const char  *path,
              GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0777) == 0)
    return TRUE;

  fermata_disk_set_error (error, folder, errno);

  return FALSE;
}

static gboolean
refuse_if_there (const char  *path,
                 GError     **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  fermata_disk_set_error (error, path, EEXIST);

  return FALSE;
}

static gboolean
write_beside (const Writing  *self,
              GBytes         *bytes,
              gboolean        only_new,
              GCancellable   *cancellable,
              GError        **error)
{
  FermataReplacement replacement;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (!fermata_replacement_open (&replacement, self->path, error))
    return FALSE;
  if (!fermata_replacement_write (&replacement, data, length, cancellable, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      fermata_replacement_discard (&replacement);
      return FALSE;
    }

  return only_new ? fermata_replacement_create (&replacement, error)
                  : fermata_replacement_commit (&replacement, error);
}

static gboolean
write_bytes (const Writing  *self,
             GBytes         *bytes,
             GCancellable   *cancellable,
             GError        **error)
{
  gboolean only_new = g_str_equal (self->mode, "create");
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->parents && !make_parents (self->path, error))
    return FALSE;
  if (g_str_equal (self->mode, "append"))
    return fermata_disk_append (self->path, data, length, error);
  /* Looked at first, so that much is not written in vain. */
  if (only_new && !refuse_if_there (self->path, error))
    return FALSE;

  return write_beside (self, bytes, only_new, cancellable, error);
}

static FermataValue *
make_output (const Writing *self,
             gsize          size)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  fermata_value_builder_set_string (builder, "path", self->path);
  fermata_value_builder_set_integer (builder, "size", size);

  return fermata_value_builder_end (builder);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Writing *self = data;
  g_autoptr (GBytes) bytes = dup_text (self->value);
  GError *error = NULL;

  if (write_bytes (self, bytes, cancellable, &error))
    g_task_return_pointer (task, make_output (self, g_bytes_get_size (bytes)),
                           (GDestroyNotify) fermata_value_unref);
  else
    g_task_return_error (task, error);
}

/* In the loop */

static void
write_done (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  FermataExecution *execution = FERMATA_EXECUTION (source);
  Writing *writing = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = g_task_propagate_pointer (G_TASK (result), &error);

  if (value == NULL)
    fermata_node_files_end_badly (execution, writing->path, error);
  else
    fermata_execution_complete (execution, value);
}

static void
fermata_write_file_node_execute (FermataNodeType  *type,
                                 FermataExecution *execution)
{
  FermataValue *value = fermata_execution_get_parameter (execution, "value");
  FermataValue *mode = fermata_execution_get_parameter (execution, "mode");
  FermataValue *parents = fermata_execution_get_parameter (execution, "parents");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  Writing *writing;

  path = fermata_node_files_dup_path (execution, &error);
  if (path == NULL)
    {
      fermata_execution_fail_with_error (execution, error);
      return;
    }

  writing = g_new0 (Writing, 1);
  writing->path = g_steal_pointer (&path);
  writing->value = fermata_value_ref (value);
  writing->mode = g_intern_string (fermata_value_get_string (mode, NULL));
  writing->parents = fermata_value_get_boolean (parents);
  task = fermata_node_files_new_task (execution, write_done, writing, writing_free);
  g_task_set_source_tag (task, fermata_write_file_node_execute);
  fermata_background_run (task, write_in_thread);
}

static void
fermata_write_file_node_class_init (FermataWriteFileNodeClass *klass)
{
  klass->describe = fermata_write_file_node_describe;
  klass->execute = fermata_write_file_node_execute;
  klass->cancel = fermata_node_files_cancel;
}

static void
fermata_write_file_node_init (FermataWriteFileNode *self)
{
}

/**
 * fermata_write_file_node_new:
 *
 * Makes the node type `write-file`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_write_file_node_new (void)
{
  return g_object_new (fermata_write_file_node_get_type (), NULL);
}
