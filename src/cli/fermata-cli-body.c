/* fermata-cli-body.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-cli-body.h"

#include <glib/gi18n.h>

#include "fermata-cli-text.h"

static void
add_part (GString    *text,
          const char *part)
{
  if (text->len > 0)
    g_string_append (text, g_get_charset (NULL) ? " · " : ", ");
  g_string_append (text, part);
}

static void
add_number (GString    *text,
            const char *format,
            guint       n)
{
  g_autofree char *part = NULL;

  if (n == 0)
    return;

  part = g_strdup_printf (format, n);
  add_part (text, part);
}

/* "12/40"; while more may come: "12/40+" */
static void
add_items (GString                 *text,
           const FermataBodyCounts *counts)
{
  g_string_append_printf (text, "%u/%u%s", counts->n_left, counts->n_items, counts->is_complete ? "" : "+");
  add_number (text, _("%u running"), counts->n_under_way);
  add_number (text, _("%u failed"), counts->n_failed);
}

/* "1/3 branches · 1 failed" */
static void
add_branches (GString                 *text,
              const FermataBodyCounts *counts)
{
  if (counts->n_branches == 0)
    return;

  g_string_append_printf (text, ngettext ("%u/%u branch", "%u/%u branches", counts->n_branches),
                          counts->n_won, counts->n_branches);
  add_number (text, _("%u failed"), counts->n_lost);
}

static guint
count_ended (FermataMoment *moment,
             guint          frame)
{
  return fermata_moment_count_nodes (moment, frame, FERMATA_NODE_STATUS_DONE)
         + fermata_moment_count_nodes (moment, frame, FERMATA_NODE_STATUS_FAILED)
         + fermata_moment_count_nodes (moment, frame, FERMATA_NODE_STATUS_SKIPPED)
         + fermata_moment_count_nodes (moment, frame, FERMATA_NODE_STATUS_CANCELLED);
}

/* "in green, waiting" */
static void
add_states (GString       *text,
            FermataMoment *moment,
            guint          frame)
{
  g_autoptr (FermataValue) states = fermata_moment_dup_configuration (moment, frame);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *part = NULL;

  for (gsize i = 0; states != NULL && i < fermata_value_get_length (states); i++)
    {
      const char *id = fermata_value_get_string (fermata_value_get_element (states, i), NULL);

      g_string_append (names, i > 0 ? ", " : "");
      cli_text_add_harmless (names, id, -1);
    }
  if (names->len == 0)
    return;

  part = g_strdup_printf (_("in %s"), names->str);
  add_part (text, part);
}

/* Of the frame that is under way, if there is one: "2/5" */
static void
add_graph (GString       *text,
           FermataMoment *moment,
           guint          frame,
           guint          node)
{
  guint n_frames;
  g_autofree guint *frames = fermata_moment_list_frames (moment, frame, node, &n_frames);
  FermataPlan *plan = n_frames == 0 ? NULL : fermata_moment_get_plan (moment, frames[n_frames - 1]);
  g_autofree char *part = NULL;

  if (plan == NULL)
    return;
  if (fermata_plan_get_kind (plan) == FERMATA_GRAPH_KIND_FSM)
    {
      add_states (text, moment, frames[n_frames - 1]);
      return;
    }

  part = g_strdup_printf ("%u/%u", count_ended (moment, frames[n_frames - 1]), fermata_plan_get_n_nodes (plan));
  add_part (text, part);
}

char *
cli_body_dup_counts (FermataMoment *moment,
                     guint          frame,
                     guint          node)
{
  GString *text = g_string_new (NULL);
  FermataBodyCounts counts;

  if (!fermata_moment_get_body_counts (moment, frame, node, &counts))
    return g_string_free (text, FALSE);

  switch (counts.rule)
    {
    case FERMATA_BODY_RULE_WHILE:
      add_number (text, _("round %u"), counts.n_entered);
      break;

    case FERMATA_BODY_RULE_BRANCHES:
    case FERMATA_BODY_RULE_RACE:
      add_branches (text, &counts);
      break;

    case FERMATA_BODY_RULE_ONCE:
    case FERMATA_BODY_RULE_TIMEOUT:
    case FERMATA_BODY_RULE_TRY:
      if (counts.body != NULL)
        add_part (text, counts.body);
      add_graph (text, moment, frame, node);
      break;

    case FERMATA_BODY_RULE_NONE:
    case FERMATA_BODY_RULE_ITEMS:
    case FERMATA_BODY_RULE_COPIES:
    default:
      add_items (text, &counts);
      break;
    }

  return g_string_free (text, FALSE);
}

double
cli_body_get_fraction (FermataMoment *moment,
                       guint          frame,
                       guint          node)
{
  FermataBodyCounts counts;
  gboolean is_counted;

  if (!fermata_moment_get_body_counts (moment, frame, node, &counts))
    return 0;
  is_counted = counts.rule == FERMATA_BODY_RULE_NONE || counts.rule == FERMATA_BODY_RULE_ITEMS
               || counts.rule == FERMATA_BODY_RULE_COPIES;
  if (!is_counted || counts.n_items == 0 || !counts.is_complete)
    return 0;

  return MIN (counts.n_left, counts.n_items) / (double) counts.n_items;
}
