/* fermata-check-input-names.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "model/fermata-edge.h"
#include "model/fermata-node.h"

/* What an edge brings to a node, and what the node's `input` calls it. */
typedef struct {
  guint target;
  guint edge;
  const char *name;
  gboolean is_given;
} Named;

static int
compare_named (gconstpointer a,
               gconstpointer b)
{
  const Named *x = a;
  const Named *y = b;
  int names;

  if (x->target != y->target)
    return x->target < y->target ? -1 : 1;

  names = strcmp (x->name, y->name);
  if (names != 0)
    return names;

  /* One that was given its name behind one that has it by nature, so that the
   * given one is blamed. */
  if (x->is_given != y->is_given)
    return x->is_given ? 1 : -1;

  return x->edge < y->edge ? -1 : x->edge > y->edge;
}

/* Only the edges of nodes where some edge has a name matter: most graphs have
 * none, and this costs them a look at a byte an edge. */
static GArray *
collect (FermataCheckLevel *level)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Named));

  for (guint i = 0; i < level->arcs->len; i++)
    {
      FermataArc arc = g_array_index (level->arcs, FermataArc, i);
      Named named = { arc.target, arc.edge, NULL, TRUE };
      FermataValue *given;

      if ((level->marks[arc.target] & FERMATA_MARK_NAMED_INPUT) == 0)
        continue;

      given = fermata_edge_get_member (fermata_graph_get_edge (level->graph, arc.edge), "input");

      if (given == NULL)
        {
          named.name = fermata_node_get_id (level->nodes[arc.source]);
          named.is_given = FALSE;
        }
      else if (fermata_value_get_kind (given) == FERMATA_VALUE_KIND_STRING)
        named.name = fermata_value_get_string (given, NULL);
      else
        continue;

      g_array_append_val (all, named);
    }

  return all;
}

static void
report (FermataCheck *self,
        Named        *first,
        Named        *second)
{
  FermataCheckLevel *level = self->level;
  g_autofree char *path = fermata_edge_dup_path (fermata_graph_get_edge (level->graph, first->edge));

  self->edge = fermata_graph_get_edge (level->graph, second->edge);
  fermata_check_step_into (self, "input");
  fermata_check_report (self, FERMATA_SEVERITY_ERROR, "duplicate-input",
                        _("another edge brings “%s” to “%s” already"), second->name,
                        fermata_node_get_id (level->nodes[second->target]));
  fermata_check_relate (self, path);
  fermata_check_step_out (self);
  self->edge = NULL;
}

/* Two edges to one node must not bring their values under the same name. */
void
fermata_check_input_names (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;
  g_autoptr(GArray) all = collect (level);

  g_array_sort (all, compare_named);

  for (guint i = 1; i < all->len; i++)
    {
      Named *before = &g_array_index (all, Named, i - 1);
      Named *named = &g_array_index (all, Named, i);

      if (before->target != named->target || strcmp (before->name, named->name) != 0 ||
          before->edge == named->edge || !named->is_given)
        continue;

      report (self, before, named);
    }
}
