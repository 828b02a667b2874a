/* fermata-read-file-node.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-node-files-private.h"
#include "engine/nodes/fermata-nodes.h"
#include "engine/nodes/fermata-text-private.h"
#include "engine/run/fermata-background-private.h"
#include "value/fermata-disk-private.h"

typedef FermataNodeType FermataReadFileNode;
typedef FermataNodeTypeClass FermataReadFileNodeClass;

static GType fermata_read_file_node_get_type (void);

G_DEFINE_TYPE (FermataReadFileNode, fermata_read_file_node, FERMATA_TYPE_NODE_TYPE)

#define MAX_MAX_SIZE (G_GINT64_CONSTANT (1) << 40)

static const char *const forms[] = { "text", "json", "lines", "base64", NULL };

static const FermataParameter parameters[] = {
  {
    .name = "path",
    .type = FERMATA_MEMBER_TYPE_STRING,
    .form = FERMATA_MEMBER_FORM_TEMPLATE,
    .required = TRUE,
    .doc = "The file. A relative path begins in the folder Fermata was started in.",
  },
  {
    .name = "as",
    .type = FERMATA_MEMBER_TYPE_CHOICE,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .choices = forms,
    .default_json = "\"text\"",
    .doc = "What becomes of its bytes: the text as it is, the value of its JSON, an array of its "
           "lines, or, for what is not text, Base64.",
  },
  {
    .name = "max-size",
    .type = FERMATA_MEMBER_TYPE_INTEGER,
    .form = FERMATA_MEMBER_FORM_LITERAL,
    .default_json = "268435456",
    .doc = "How many bytes it may have; with more it is refused, not cut.",
  },
};

static const FermataNodeDescription description = {
  .name = "read-file",
  .title = "Read file",
  .category = "Files",
  .icon_name = "document-open-symbolic",
  .doc = "Reads a file as a whole. What is no regular file (a folder, a pipe, a device) is "
         "refused without waiting for it.",
  .output_doc = "What is in the file, as “as” says.",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static const FermataNodeDescription *
fermata_read_file_node_describe (FermataNodeType *type)
{
  return &description;
}

typedef struct {
  char *path;
  const char *as;
  gsize max_size;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_free (self->path);
  g_free (self);
}

static FermataValue *
make_value (const Reading  *self,
            GBytes         *bytes,
            GError        **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (text == NULL)
    text = "";
  if (g_str_equal (self->as, "base64"))
    {
      g_autofree char *encoded = g_base64_encode ((const guint8 *) text, length);

      return fermata_value_new_string (encoded, -1);
    }
  if (g_str_equal (self->as, "json"))
    return fermata_text_to_json (text, length, self->path, error);
  if (g_str_equal (self->as, "lines"))
    return fermata_text_to_lines (text, length, self->path, error);

  return fermata_text_to_string (text, length, self->path, error);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Reading *self = data;
  g_autoptr (GBytes) bytes = NULL;
  FermataValue *value = NULL;
  GError *error = NULL;

  bytes = fermata_disk_read (self->path, NULL, self->max_size, cancellable, &error);
  if (bytes != NULL)
    value = make_value (self, bytes, &error);
  if (value == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, (GDestroyNotify) fermata_value_unref);
}

static void
read_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  FermataExecution *execution = FERMATA_EXECUTION (source);
  Reading *reading = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (FermataValue) value = g_task_propagate_pointer (G_TASK (result), &error);

  if (value == NULL)
    fermata_node_files_end_badly (execution, reading->path, error);
  else
    fermata_execution_complete (execution, value);
}

static gboolean
get_max_size (FermataExecution  *execution,
              gsize             *max_size,
              GError           **error)
{
  FermataValue *value = fermata_execution_get_parameter (execution, "max-size");

  if (fermata_value_get_kind (value) == FERMATA_VALUE_KIND_INTEGER
      && fermata_value_get_integer (value) >= 0
      && fermata_value_get_integer (value) <= MAX_MAX_SIZE)
    {
      *max_size = fermata_value_get_integer (value);
      return TRUE;
    }

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
               "max-size must be a number of bytes from 0 to %" G_GINT64_FORMAT, MAX_MAX_SIZE);

  return FALSE;
}

static void
fermata_read_file_node_execute (FermataNodeType  *type,
                                FermataExecution *execution)
{
  FermataValue *as = fermata_execution_get_parameter (execution, "as");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  gsize max_size;
  Reading *reading;

  path = fermata_node_files_dup_path (execution, &error);
  if (path == NULL || !get_max_size (execution, &max_size, &error))
    {
      fermata_execution_fail_with_error (execution, error);
      return;
    }

  reading = g_new0 (Reading, 1);
  reading->path = g_steal_pointer (&path);
  reading->as = g_intern_string (fermata_value_get_string (as, NULL));
  reading->max_size = max_size;
  task = fermata_node_files_new_task (execution, read_done, reading, reading_free);
  g_task_set_source_tag (task, fermata_read_file_node_execute);
  /* A disk that does not answer is not waited for. */
  g_task_set_return_on_cancel (task, TRUE);
  fermata_background_run (task, read_in_thread);
}

static void
fermata_read_file_node_class_init (FermataReadFileNodeClass *klass)
{
  klass->describe = fermata_read_file_node_describe;
  klass->execute = fermata_read_file_node_execute;
  klass->cancel = fermata_node_files_cancel;
}

static void
fermata_read_file_node_init (FermataReadFileNode *self)
{
}

/**
 * fermata_read_file_node_new:
 *
 * Makes the node type `read-file`.
 *
 * Returns: (transfer full): a node type
 */
FermataNodeType *
fermata_read_file_node_new (void)
{
  return g_object_new (fermata_read_file_node_get_type (), NULL);
}
