/* fermata-node-files.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-node-files-private.h"

#include <string.h>

#include "value/fermata-disk-private.h"
#include "value/fermata-value-builder.h"

char *
fermata_node_files_dup_path (FermataExecution  *execution,
                             GError           **error)
{
  FermataValue *path = fermata_execution_get_parameter (execution, "path");
  const char *string;
  gsize length;

  if (fermata_value_get_kind (path) != FERMATA_VALUE_KIND_STRING)
    {
      g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION,
                   "path must be text, but is of type %s",
                   fermata_value_kind_to_string (fermata_value_get_kind (path)));
      return NULL;
    }

  string = fermata_value_get_string (path, &length);
  if (length > 0 && memchr (string, '\0', length) == NULL)
    return g_strdup (string);

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_VALIDATION, "path must %s",
               length == 0 ? "not be empty" : "not contain U+0000");

  return NULL;
}

static void
end_work (gpointer data)
{
  g_autoptr (GCancellable) cancellable = data;

  g_cancellable_cancel (cancellable);
}

GTask *
fermata_node_files_new_task (FermataExecution    *execution,
                             GAsyncReadyCallback  callback,
                             gpointer             data,
                             GDestroyNotify       free_data)
{
  GCancellable *cancellable = g_cancellable_new ();
  GTask *task = g_task_new (execution, cancellable, callback, NULL);

  g_task_set_task_data (task, data, free_data);
  fermata_execution_set_data (execution, cancellable, end_work);

  return task;
}

static const char *
reason_of (const GError *error)
{
  static const char *const reasons[] = {
    [FERMATA_DISK_ERROR_NOT_FOUND] = "not-found",
    [FERMATA_DISK_ERROR_PERMISSION] = "permission",
    [FERMATA_DISK_ERROR_EXISTS] = "exists",
    [FERMATA_DISK_ERROR_FOLDER] = "folder",
    [FERMATA_DISK_ERROR_PIPE] = "pipe",
    [FERMATA_DISK_ERROR_NOT_REGULAR] = "not-regular",
    [FERMATA_DISK_ERROR_TOO_LARGE] = "too-large",
    [FERMATA_DISK_ERROR_IO] = "io",
  };

  return error->domain == FERMATA_DISK_ERROR ? reasons[error->code] : NULL;
}

void
fermata_node_files_end_badly (FermataExecution *execution,
                              const char       *path,
                              const GError     *error)
{
  g_autoptr (FermataValueBuilder) details = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) details_value = NULL;
  FermataErrorKind kind = fermata_error_kind_of (error);

  if (fermata_execution_is_cancelled (execution))
    {
      fermata_execution_end_cancelled (execution);
      return;
    }

  fermata_value_builder_set_string (details, "path", path);
  if (reason_of (error) != NULL)
    {
      fermata_value_builder_set_string (details, "reason", reason_of (error));
      kind = error->code == FERMATA_DISK_ERROR_PERMISSION ? FERMATA_ERROR_KIND_SECURITY
             : error->code == FERMATA_DISK_ERROR_TOO_LARGE ? FERMATA_ERROR_KIND_VALIDATION
             : FERMATA_ERROR_KIND_EXECUTION;
    }
  details_value = fermata_value_builder_end (details);
  fermata_execution_fail (execution, kind, error->message, details_value);
}

void
fermata_node_files_cancel (FermataNodeType  *type,
                           FermataExecution *execution)
{
  GCancellable *cancellable = fermata_execution_get_data (execution);

  if (cancellable == NULL)
    fermata_execution_end_cancelled (execution);
  else
    g_cancellable_cancel (cancellable);
}
