/* fermata-check-connected.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <glib/gi18n-lib.h>

#include "model/fermata-node.h"

/* Another node has the same id: edges that meant this one lead there. */
static gboolean
is_duplicate (FermataCheckLevel *level,
              guint              node)
{
  return fermata_check_ids_find (level->ids, fermata_node_get_id (level->nodes[node])) != node;
}

static gboolean
has_branches (FermataCheckLevel *level)
{
  return level->rule == FERMATA_BODY_RULE_BRANCHES || level->rule == FERMATA_BODY_RULE_RACE;
}

/* Tasks: a node without any edge, where others have some, was probably
 * forgotten; but not if an edge that leads nowhere may have meant it, and not
 * where it is a branch. */
void
fermata_check_connected (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;

  if (fermata_graph_get_n_edges (level->graph) == 0 || level->has_loose_ends || has_branches (level))
    return;

  for (guint i = 0; i < level->n_nodes; i++)
    {
      if ((level->marks[i] & FERMATA_MARK_HAS_EDGE) != 0 || is_duplicate (level, i))
        continue;

      self->node = level->nodes[i];
      fermata_check_report (self, FERMATA_SEVERITY_WARNING, "unconnected-node",
                            _("no edge leads to “%s” or away from it"), fermata_node_get_id (self->node));
    }

  self->node = NULL;
}
