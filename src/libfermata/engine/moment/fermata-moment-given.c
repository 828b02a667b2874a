/* fermata-moment-given.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/moment/fermata-moment-private.h"

/* What a front end may ask about the nodes of a moment that do not run. */

/**
 * fermata_moment_count_given:
 * @self: a moment
 *
 * Counts the nodes that have ended with what they were given, without having
 * run.
 *
 * Returns: how many there are by now
 */
guint
fermata_moment_count_given (FermataMoment *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_given;
}

static FermataValue *
get_of_start (FermataMoment *self,
              const char    *name)
{
  return self->start == NULL ? NULL : fermata_value_get_member (self->start, name);
}

/**
 * fermata_moment_get_given:
 * @self: a moment
 * @node: a node of the root frame
 *
 * Gives what a node ends with that does not run: `output` or `error`, and by
 * whom, `history`, `pin` (for this run) or `graph`.
 *
 * Returns: (transfer none) (nullable): an object; %NULL if nothing is given to it
 */
FermataValue *
fermata_moment_get_given (FermataMoment *self,
                          guint          node)
{
  FermataValue *given;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (node < self->root->plan->n_nodes, NULL);

  given = get_of_start (self, "given");

  return given == NULL ? NULL : fermata_value_get_member (given, self->root->plan->nodes[node].id);
}

/**
 * fermata_moment_is_left_out:
 * @self: a moment
 * @node: a node of the root frame
 *
 * Tells whether a node is skipped because it is in no part that was to run.
 *
 * Returns: %TRUE if it is
 */
gboolean
fermata_moment_is_left_out (FermataMoment *self,
                            guint          node)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (node < self->root->plan->n_nodes, FALSE);

  return (fermata_frame_read_node (self->root, node).flags & NODE_IS_LEFT_OUT) != 0;
}
