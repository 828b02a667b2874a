/* fermata-text.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/nodes/fermata-text-private.h"

#include <string.h>

#include "engine/fermata-task-error.h"
#include "value/fermata-value-builder.h"
#include "value/fermata-value-reader.h"

static gboolean
check_utf8 (const char  *text,
            gsize        length,
            const char  *what,
            GError     **error)
{
  const char *end;

  if (g_utf8_validate_len (text, length, &end))
    return TRUE;
  /* U+0000 is text too. */
  while (end < text + length && *end == '\0')
    {
      if (g_utf8_validate_len (end + 1, text + length - end - 1, &end))
        return TRUE;
    }

  g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_TRANSFORMATION,
               "%s is not UTF-8: byte %" G_GSIZE_FORMAT " is 0x%02x", what,
               (gsize) (end - text), (guint8) *end);

  return FALSE;
}

FermataValue *
fermata_text_to_string (const char  *text,
                        gsize        length,
                        const char  *what,
                        GError     **error)
{
  return check_utf8 (text, length, what, error) ? fermata_value_new_string (text, length) : NULL;
}

FermataValue *
fermata_text_to_lines (const char  *text,
                       gsize        length,
                       const char  *what,
                       GError     **error)
{
  g_autoptr (FermataValueBuilder) builder = NULL;
  const char *end = text + length;

  if (!check_utf8 (text, length, what, error))
    return NULL;

  builder = fermata_value_builder_new_array ();
  while (text < end)
    {
      const char *line_end = memchr (text, '\n', end - text);
      g_autoptr (FermataValue) line = NULL;

      if (line_end == NULL)
        line_end = end;
      line = fermata_value_new_string (text, line_end - text);
      fermata_value_builder_add (builder, line);
      text = line_end + 1;
    }

  return fermata_value_builder_end (builder);
}

FermataValue *
fermata_text_to_json (const char  *text,
                      gsize        length,
                      const char  *what,
                      GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  FermataValue *value = fermata_value_parse (text, length, &local_error);

  if (value == NULL)
    g_set_error (error, FERMATA_TASK_ERROR, FERMATA_ERROR_KIND_TRANSFORMATION,
                 "%s is not JSON: %s", what, local_error->message);

  return value;
}
