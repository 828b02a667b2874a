/* fermata-app-counts.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-counts.h"

#include <glib/gi18n.h>

/* Of an edge with `each`, too, which is no rule. */
static gboolean
is_counted (FermataBodyRule rule)
{
  return rule == FERMATA_BODY_RULE_NONE || fermata_body_rule_is_loop (rule);
}

gboolean
fermata_app_counts_get (FermataAppDocument *document,
                        FermataNode        *node,
                        FermataAppCounts   *counts)
{
  FermataAppSession *session = fermata_app_document_get_session (document);
  FermataBodyCounts found;
  FermataAppSpot spot;

  *counts = (FermataAppCounts) { 0, };
  if (session == NULL || !fermata_app_session_find_node (session, node, &spot)
      || fermata_moment_is_machine (spot.moment, spot.frame)
      || !fermata_moment_get_body_counts (spot.moment, spot.frame, spot.place, &found) || !is_counted (found.rule))
    return FALSE;
  counts->n_all = found.is_complete ? found.n_items : 0;
  counts->n_left = found.n_left;
  counts->n_running = found.n_under_way;
  counts->n_failed = found.n_failed;

  return TRUE;
}

guint32
fermata_app_counts_hash (const FermataAppCounts *counts)
{
  return ((counts->n_all * 31 + counts->n_left) * 31 + counts->n_running) * 31 + counts->n_failed;
}

/* Words */

char *
fermata_app_counts_dup_caption (const FermataAppCounts *counts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (counts->n_all > 0)
    g_string_append_printf (text, "%u/%u", counts->n_left, counts->n_all);
  else
    g_string_append_printf (text, "%u", counts->n_left);
  /* There is room for one of them, and the bar below shows both. */
  if (counts->n_failed > 0)
    g_string_append_printf (text, _(" · %u failed"), counts->n_failed);
  else if (counts->n_running > 0)
    g_string_append_printf (text, _(" · %u running"), counts->n_running);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
fermata_app_counts_dup_words (const FermataAppCounts *counts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (counts->n_all > 0)
    g_string_append_printf (text, _("%u of %u"), counts->n_left, counts->n_all);
  else
    g_string_append_printf (text, _("%u so far"), counts->n_left);
  if (counts->n_running > 0)
    g_string_append_printf (text, _(", %u under way"), counts->n_running);
  if (counts->n_failed > 0)
    g_string_append_printf (text, _(", %u failed"), counts->n_failed);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
fermata_app_counts_get_body (FermataAppDocument *document,
                             FermataNode        *node)
{
  FermataAppSession *session = fermata_app_document_get_session (document);
  guint n_bodies = fermata_node_get_n_bodies (node);

  for (guint i = 0; session != NULL && n_bodies > 1 && i < n_bodies; i++)
    {
      FermataAppIteration iteration;

      if (fermata_app_session_get_iteration (session, fermata_node_get_body_at (node, i), &iteration)
          && iteration.is_there && !iteration.has_ended)
        return fermata_node_get_body_name (node, i);
    }

  return NULL;
}
