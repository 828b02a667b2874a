/* fermata-cli-place.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-place.h"

#include <string.h>

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* What stands between an owner and what is in its body: a number, the name of one of
 * its bodies, or nothing, in which case @name is looked for in the body itself. */
static FermataPlan *
enter (FermataPlan *plan,
       guint        node,
       const char  *name,
       gboolean    *is_taken)
{
  guint32 place = fermata_plan_get_first_place (plan) + node;
  FermataPlan *body = fermata_plan_get_node_body (plan, place);
  guint found;

  *is_taken = FALSE;
  if (body == NULL || fermata_plan_find_node (body, name, &found))
    return body;

  *is_taken = TRUE;

  return is_number (name) ? body : fermata_plan_find_node_body (plan, place, name);
}

gboolean
cli_place_find_in_plan (FermataPlan  *plan,
                        const char   *path,
                        FermataPlan **body,
                        guint        *node)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  gboolean is_taken;

  *body = plan;
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!fermata_plan_find_node (*body, names[i], node))
        return FALSE;
      if (names[i + 1] == NULL)
        return TRUE;

      *body = enter (*body, *node, names[i + 1], &is_taken);
      if (*body == NULL)
        return FALSE;
      i += is_taken;
    }

  return FALSE;
}

/* Whether a path is that of a node in a frame. */
static gboolean
lies_in (const char *path,
         const char *frame)
{
  return frame != NULL && g_str_has_prefix (path, frame) && strchr (path + strlen (frame), '/') == NULL;
}

gboolean
cli_place_find_in_history (FermataHistory *history,
                           const char     *path,
                           guint64        *number)
{
  g_autoptr (FermataFramePaths) paths = fermata_frame_paths_new (fermata_history_get_plan (history));
  gboolean found = FALSE;

  for (guint64 n = fermata_history_get_first (history); n <= fermata_history_get_n_events (history); n++)
    {
      const FermataEvent *event = fermata_history_get_event (history, n);

      if (event->kind == FERMATA_EVENT_FRAME_LEFT)
        {
          FermataValue *frame = fermata_value_get_member (event->payload, "frame");

          if (lies_in (path, fermata_frame_paths_get_frame (paths, fermata_value_get_integer (frame))))
            {
              *number = n - 1;
              found = TRUE;
            }
        }
      fermata_frame_paths_add_event (paths, event);
    }

  return found;
}
