/* fermata-check-loops.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What ends an item or a round of a loop must be in one. */

#include "check/fermata-check-rules-private.h"
#include "model/fermata-node.h"

#include <glib/gi18n-lib.h>

/* Nothing in it ends anything that is around it. A “finally” runs when that is ending
 * already. */
static gboolean
is_of_its_own (const FermataCheckLevel *level)
{
  return level->kind == FERMATA_GRAPH_KIND_FSM || level->rule == FERMATA_BODY_RULE_ONCE || level->is_last;
}

/* Whether a loop that a node in @level may end is around it. The body of a type that
 * nobody knows may be that of one. */
gboolean
fermata_check_is_in_loop (const FermataCheckLevel *level)
{
  if (level->outer == NULL || is_of_its_own (level))
    return FALSE;

  return fermata_body_rule_is_loop (level->rule) || level->rule == FERMATA_BODY_RULE_NONE || level->outer->is_in_loop;
}

/* The graph that keeps a loop further out from being ended; NULL if there is no loop. */
static FermataCheckLevel *
find_wall (FermataCheckLevel *level)
{
  FermataCheckLevel *wall = NULL;

  for (; level->outer != NULL; level = level->outer)
    {
      if (wall == NULL && is_of_its_own (level))
        wall = level;
      if (fermata_body_rule_is_loop (level->rule))
        return wall;
    }

  return NULL;
}

/* @wall keeps what the check is at from ending the loop around both. */
static void
report_wall (FermataCheck      *self,
             FermataCheckLevel *wall,
             const char        *name)
{
  FermataNode *owner = fermata_graph_get_owner (wall->graph);
  g_autofree char *path = owner != NULL ? g_strconcat ("“", fermata_node_get_id (owner), "”", NULL)
                                        : fermata_check_dup_graph (wall);

  if (wall->is_last)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "outside-loop",
                          _("“%s” cannot end the loop around it, for the “finally” of %s runs whatever happens"), name, path);
  else if (wall->kind == FERMATA_GRAPH_KIND_FSM)
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "outside-loop",
                          _("“%s” cannot end the loop around it, for the machine in %s is between them"), name, path);
  else
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "outside-loop",
                          _("“%s” cannot end the loop around it, for the subgraph %s is between them"), name, path);

  fermata_check_add_hint (self, _("in there, “return” ends the graph"));
}

/* The check is at the `type` of a node or task. */
void
fermata_check_exit (FermataCheck                 *self,
                    const FermataNodeDescription *description)
{
  gboolean ends_loop = description->exit == FERMATA_EXIT_BREAK || description->exit == FERMATA_EXIT_CONTINUE;
  FermataCheckLevel *wall;

  if (!ends_loop || self->level->is_in_loop)
    return;

  wall = find_wall (self->level);
  if (wall == NULL)
    {
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "outside-loop",
                            _("“%s” ends an item or a round of a loop, and there is no loop around it"),
                            description->name);
      fermata_check_add_hint (self, _("put it into the body of a “foreach”, “fan-out” or “while”"));
      return;
    }

  report_wall (self, wall, description->name);
}
