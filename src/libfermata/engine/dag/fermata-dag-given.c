/* fermata-dag-given.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"
#include "engine/moment/fermata-frame-part-private.h"

/*
 * Of a part of a graph: nodes that do not run. Those that are given something
 * end before anything else is decided in their frame, in the order of the start
 * fact; those that are left out are skipped, whatever becomes of their edges.
 */

static void
mark (FermataFrame *frame,
      const char   *id,
      guint         flag)
{
  guint node;

  /* Such a node there is: the payload has been checked. */
  if (!fermata_plan_find_node (frame->plan, id, &node))
    return;

  fermata_frame_write_node (frame, node)->flags |= flag;
  if (flag == NODE_IS_LEFT_OUT)
    fermata_index_set_add (&frame->skippable, node);
}

void
fermata_dag_begin_given (FermataFrame *frame)
{
  FermataValue *given = fermata_value_get_member (frame->part, "given");
  FermataValue *left_out = fermata_value_get_member (frame->part, "left-out");

  for (gsize i = 0; given != NULL && i < fermata_value_get_length (given); i++)
    mark (frame, fermata_value_get_member_name (given, i), NODE_IS_GIVEN);
  for (gsize i = 0; left_out != NULL && i < fermata_value_get_length (left_out); i++)
    mark (frame, fermata_value_get_string (fermata_value_get_element (left_out, i), NULL),
          NODE_IS_LEFT_OUT);
}

gboolean
fermata_dag_decide_given (FermataFrame *frame,
                          FermataEvent *event)
{
  FermataValue *entry;
  guint node;

  if (!fermata_frame_has_given (frame))
    return FALSE;

  entry = fermata_frame_get_next_given (frame, &node);

  return fermata_dag_decision (frame, event, FERMATA_EVENT_NODE_GIVEN, node, 0,
                               fermata_value_ref (entry));
}
