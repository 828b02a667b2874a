/* fermata-check-machine.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "check/fermata-check-rules-private.h"

#include <glib/gi18n-lib.h>

#include "check/fermata-check-similar-private.h"
#include "check/fermata-check-states-private.h"
#include "model/fermata-node.h"

/* What a machine must hold together besides its members one by one. */

static void
check_initial_target (FermataCheck *self,
                      const char   *id,
                      gpointer      user_data)
{
  FermataCheckLevel *level = self->level;
  const guint *owner = user_data;
  guint place = fermata_check_ids_find (level->ids, id);

  if (place == FERMATA_CHECK_NO_ID)
    {
      if (level->is_too_deep)
        return;
      fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-initial", _("there is no state “%s”"), id);
      fermata_check_hint_node (self, id, FALSE);
    }
  else if (place == *owner || !fermata_check_is_within (level->machine, place, *owner))
    fermata_check_report (self, FERMATA_SEVERITY_ERROR, "bad-initial",
                          _("“%s” is not in “%s”"), id, fermata_node_get_id (level->nodes[*owner]));
  else
    return;

  level->has_loose_ends = TRUE;
}

/* The `initial` of the machine, or of the state that the check is at. */
static void
check_initial (FermataCheck *self,
               FermataValue *initial,
               guint         owner)
{
  gboolean is_object;

  if (initial == NULL)
    return;

  is_object = fermata_value_get_kind (initial) == FERMATA_VALUE_KIND_OBJECT;

  fermata_check_step_into (self, "initial");
  fermata_check_foreach_target (self, initial, check_initial_target, &owner);

  if (is_object)
    {
      fermata_check_step_into (self, "to");
      initial = fermata_value_get_member (initial, "to");
    }
  if (initial != NULL)
    fermata_check_targets (self, initial);
  if (is_object)
    fermata_check_step_out (self);

  fermata_check_step_out (self);
}

static void
check_initials (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;

  check_initial (self, fermata_graph_get_member (level->graph, "initial"), FERMATA_CHECK_NO_ID);

  for (guint i = 0; i < level->n_nodes; i++)
    {
      guint8 type = level->machine->states[i].type;

      self->node = level->nodes[i];
      /* What a history state leads to is not in it; of a parallel state, all
       * that is to be said is said. */
      if (type != FERMATA_CHECK_PARALLEL)
        check_initial (self, fermata_node_get_member (self->node, "initial"),
                       type == FERMATA_CHECK_HISTORY ? FERMATA_CHECK_NO_ID : i);
    }

  self->node = NULL;
}

void
fermata_check_machine (FermataCheck *self)
{
  FermataCheckLevel *level = self->level;

  level->machine = fermata_check_machine_new (level);

  fermata_check_states (self);
  check_initials (self);
  fermata_check_transitions (self);
  fermata_check_never_taken (self);
  fermata_check_collect_events (self);
  fermata_check_collect_tasks (self);
  fermata_check_note_initial (self);

  if (!level->has_loose_ends)
    fermata_check_reachable (self);
}

/* What is known only when all its actions have been seen. */
void
fermata_check_machine_end (FermataCheck *self)
{
  fermata_check_descriptors (self);
  fermata_check_regions (self);
}
