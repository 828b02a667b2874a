/* fermata-cli-event-line.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-event-line.h"

#include "fermata-cli-text.h"

/* Most kinds are shorter. */
#define KIND_WIDTH 16

static CliStyle
style_of (FermataEventKind kind)
{
  switch ((int) kind)
    {
    case FERMATA_EVENT_NODE_COMPLETED:
      return CLI_STYLE_GOOD;

    case FERMATA_EVENT_TASK_FAILED:
    case FERMATA_EVENT_NODE_FAILED:
    case FERMATA_EVENT_EDGE_FAILED:
    case FERMATA_EVENT_EVENT_FAILED:
    case FERMATA_EVENT_ACTION_FAILED:
    case FERMATA_EVENT_MACHINE_FAILED:
      return CLI_STYLE_BAD;

    case FERMATA_EVENT_NODE_RETRYING:
    case FERMATA_EVENT_NODE_RECOVERED:
    case FERMATA_EVENT_NODE_CANCELLING:
    case FERMATA_EVENT_NODE_CANCELLED:
    case FERMATA_EVENT_RUN_CLOSING:
    case FERMATA_EVENT_BUDGET_WARNING:
      return CLI_STYLE_DOUBTFUL;

    default:
      return CLI_STYLE_FAINT;
    }
}

/* "    0.012  node-started      " */
static char *
dup_head (const FermataEvent *event)
{
  gint64 milliseconds = event->time / 1000;

  return g_strdup_printf ("%5" G_GINT64_FORMAT ".%03d", milliseconds / 1000, (int) (milliseconds % 1000));
}

static void
add_payload (GString            *line,
             const FermataEvent *event,
             guint               room)
{
  g_autofree char *json = fermata_value_to_string (event->payload, FERMATA_WRITE_COMPACT, NULL);
  g_autofree char *harmless = cli_text_dup_harmless (json != NULL ? json : "");

  if (room == G_MAXUINT)
    g_string_append (line, harmless);
  else if (room > 0)
    cli_text_add_cut (line, harmless, room);
}

/* What is left of the line behind @text, which has been written with its colours. */
static guint
room_behind (const char *text,
             guint       width)
{
  guint used = cli_text_width (text) + 2;

  if (width == 0)
    return G_MAXUINT;

  return used < width ? width - used : 0;
}

void
cli_event_line_add (GString            *to,
                    FermataFramePaths  *paths,
                    const FermataEvent *event,
                    gboolean            colour,
                    guint               width)
{
  g_autofree char *head = dup_head (event);
  g_autofree char *path = fermata_frame_paths_dup_event (paths, event);
  g_autofree char *harmless = cli_text_dup_harmless (path != NULL ? path : "");
  g_autofree char *attempt = event->attempt > 1 ? g_strdup_printf (" (%u)", event->attempt) : g_strdup ("");
  g_autofree char *plain = NULL;
  g_autoptr (GString) kind = g_string_new (NULL);

  cli_text_add_padded (kind, fermata_event_kind_to_string (event->kind),
                       path != NULL || event->payload != NULL ? KIND_WIDTH : 0);
  plain = g_strconcat (head, "  ", kind->str, "  ", harmless, attempt, NULL);

  g_string_append_printf (to, "%s  ", head);
  cli_text_add_styled (to, colour, style_of (event->kind), kind->str);
  if (path != NULL)
    {
      g_string_append (to, "  ");
      cli_text_add_styled (to, colour, CLI_STYLE_STRONG, harmless);
      g_string_append (to, attempt);
    }
  if (event->payload != NULL)
    {
      g_string_append (to, "  ");
      add_payload (to, event, room_behind (plain, width));
    }
  g_string_append_c (to, '\n');
}
