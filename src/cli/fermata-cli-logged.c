/* fermata-cli-logged.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-logged.h"

#include <string.h>

#include "fermata-cli-text.h"

static void
add_harmless (GString    *to,
              const char *text,
              gsize       length)
{
  const char *end = text + length;

  while (text < end)
    {
      gsize line = strcspn (text, "\n\t");

      line = MIN (line, (gsize) (end - text));
      cli_text_add_harmless (to, text, line);
      text += line;
      if (text < end)
        g_string_append_c (to, *text != '\0' ? *text : ' ');
      text++;
    }
}

void
cli_logged_add_text (GString            *to,
                     const FermataEvent *event,
                     gboolean            is_terminal)
{
  g_autofree char *json = NULL;
  const char *text;
  gsize length;

  if (fermata_value_get_kind (event->payload) == FERMATA_VALUE_KIND_STRING)
    text = fermata_value_get_string (event->payload, &length);
  else
    text = json = fermata_value_to_string (event->payload, FERMATA_WRITE_COMPACT, &length);

  if (is_terminal)
    add_harmless (to, text, length);
  else
    g_string_append_len (to, text, length);
  g_string_append_c (to, '\n');
}

void
cli_logged_add_json (GString            *to,
                     FermataFramePaths  *paths,
                     const FermataEvent *event,
                     guint64             number)
{
  static const char *const places[] = { "node", "edge", "path" };
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autoptr (FermataValue) object = NULL;
  g_autoptr (FermataValue) whole = fermata_frame_paths_describe (paths, event, number);

  fermata_value_builder_set_integer (builder, "t", event->time);
  fermata_value_builder_set (builder, "log", event->payload);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      FermataValue *place = fermata_value_get_member (whole, places[i]);

      if (place != NULL)
        fermata_value_builder_set (builder, places[i], place);
    }
  object = fermata_value_builder_end (builder);
  fermata_value_append_string (object, FERMATA_WRITE_COMPACT, 0, to);
  g_string_append_c (to, '\n');
}
