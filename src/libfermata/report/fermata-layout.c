/* fermata-layout.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report/fermata-layout.h"

#include <glib/gi18n-lib.h>

static const char *const formats[] = {
  [FERMATA_LAYOUT_FORMAT_JSON] = "json",
  [FERMATA_LAYOUT_FORMAT_SVG] = "svg",
  [FERMATA_LAYOUT_FORMAT_PNG] = "png",
  [FERMATA_LAYOUT_FORMAT_PDF] = "pdf",
  [FERMATA_LAYOUT_FORMAT_DOT] = "dot",
};

/**
 * fermata_layout_format_from_string:
 * @name: a word, such as `svg`
 * @format: (out): the format that it means
 *
 * Finds a format by its name, which is also how names of such files end.
 *
 * Returns: whether there is one of that name
 */
gboolean
fermata_layout_format_from_string (const char          *name,
                                   FermataLayoutFormat *format)
{
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      if (g_str_equal (formats[i], name))
        {
          *format = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * fermata_layout_format_to_string:
 * @format: a format
 *
 * The name of a format.
 *
 * Returns: (transfer none): its name
 */
const char *
fermata_layout_format_to_string (FermataLayoutFormat format)
{
  g_return_val_if_fail ((guint) format < G_N_ELEMENTS (formats), NULL);

  return formats[format];
}

/**
 * fermata_layout_render_async:
 * @dot: what is to be laid out
 * @format: what it is to be written as
 * @timeout: how long that may take, in milliseconds; 0: the default
 * @cancellable: (nullable): ends it at once
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lays out a picture, in a process of its own.
 */
void
fermata_layout_render_async (GBytes              *dot,
                             FermataLayoutFormat  format,
                             guint                timeout,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (dot != NULL);
  g_return_if_fail ((guint) format < G_N_ELEMENTS (formats));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, fermata_layout_render_async);
  g_task_return_new_error (task, FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_NO_HOST,
                           _("Nothing is laid out yet"));
}

/**
 * fermata_layout_render_finish:
 * @result: what the callback was given
 * @error: return location for a [error@Fermata.ReportError], or %G_IO_ERROR_CANCELLED
 *
 * Ends fermata_layout_render_async().
 *
 * Returns: (transfer full): the picture, or %NULL with @error set
 */
GBytes *
fermata_layout_render_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fermata_layout_drawing_async:
 * @dot: what is to be laid out
 * @timeout: how long that may take, in milliseconds; 0: the default
 * @cancellable: (nullable): ends it at once
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lays out a picture, in a process of its own, to be painted by the caller.
 */
void
fermata_layout_drawing_async (GBytes              *dot,
                              guint                timeout,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (dot != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, fermata_layout_drawing_async);
  g_task_return_new_error (task, FERMATA_REPORT_ERROR, FERMATA_REPORT_ERROR_NO_HOST,
                           _("Nothing is laid out yet"));
}

/**
 * fermata_layout_drawing_finish:
 * @result: what the callback was given
 * @error: return location for a [error@Fermata.ReportError], or %G_IO_ERROR_CANCELLED
 *
 * Ends fermata_layout_drawing_async().
 *
 * Returns: (transfer full): the picture, or %NULL with @error set
 */
FermataDrawing *
fermata_layout_drawing_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
