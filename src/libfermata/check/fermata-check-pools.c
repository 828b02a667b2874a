/* fermata-check-pools.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-similar-private.h"
#include "model/fermata-node.h"

/* Pools belong to the document, whatever body uses them. */
static FermataValue *
find_pools (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;
  FermataValue *pools;

  while (level->outer != NULL)
    level = level->outer;
  pools = fermata_graph_get_member (level->graph, "pools");

  return pools != NULL && fermata_value_get_kind (pools) == FERMATA_VALUE_KIND_OBJECT ? pools : NULL;
}

static void
report_unknown (FermataCheck *self,
                FermataValue *pools,
                const char   *name)
{
  FermataCheckSimilar similar;

  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "unknown-pool",
                        _("the graph has no pool “%s”"), name);
  fermata_check_point_at_name (self);
  if (pools == NULL)
    return;

  fermata_check_similar_init (&similar, self, name);
  fermata_check_similar_offer_members (&similar, pools);
  fermata_check_similar_hint (&similar);
}

static gboolean
is_whole (FermataValue *value)
{
  return fermata_value_get_kind (value) == FERMATA_VALUE_KIND_INTEGER;
}

static void
check_share (FermataCheck *self,
             FermataValue *pools,
             const char   *name,
             FermataValue *amount)
{
  FermataValue *capacity = pools == NULL ? NULL : fermata_value_get_member (pools, name);

  if (capacity == NULL)
    report_unknown (self, pools, name);
  else if (is_whole (capacity) && is_whole (amount)
           && fermata_value_get_integer (amount) > fermata_value_get_integer (capacity))
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "too-much-of-pool",
                          _("the node can never start: the pool “%s” has only %" G_GINT64_FORMAT),
                          name, fermata_value_get_integer (capacity));
}

static void
check_uses (FermataCheck *self,
            FermataValue *pools,
            FermataValue *uses)
{
  gsize n = fermata_value_get_length (uses);

  fermata_check_step_into (self, "uses");
  for (gsize i = 0; i < n; i++)
    {
      const char *name = fermata_value_get_member_name (uses, i);

      fermata_check_step_into (self, name);
      check_share (self, pools, name, fermata_value_get_member (uses, name));
      fermata_check_step_out (self);
    }
  fermata_check_step_out (self);
}

/* What nodes use, there must be, and enough of it. */
void
fermata_check_pools (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;
  FermataValue *pools = find_pools (self);

  for (guint i = 0; i < level->n_nodes; i++)
    {
      FermataValue *uses = fermata_value_get_member (fermata_node_get_members (level->nodes[i]), "uses");

      if (uses == NULL || fermata_value_get_kind (uses) != FERMATA_VALUE_KIND_OBJECT)
        continue;

      self->node = level->nodes[i];
      check_uses (self, pools, uses);
    }

  self->node = NULL;
}
