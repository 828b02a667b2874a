/* fermata-dag-given.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"

/*
 * Of a part of a graph: nodes that do not run. Those that are given something
 * end before anything else is decided, in the order of the start fact; those
 * that are left out are skipped, whatever becomes of their edges.
 */

static FermataValue *
get_of_start (const FermataMoment *moment,
              const char          *name)
{
  return moment->start == NULL ? NULL : fermata_value_get_member (moment->start, name);
}

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
fermata_dag_begin_given (FermataMoment *moment,
                         FermataFrame  *frame)
{
  FermataValue *given = get_of_start (moment, "given");
  FermataValue *left_out = get_of_start (moment, "left-out");

  if (frame->number != 0)
    return;

  for (gsize i = 0; given != NULL && i < fermata_value_get_length (given); i++)
    mark (frame, fermata_value_get_member_name (given, i), NODE_IS_GIVEN);
  for (gsize i = 0; left_out != NULL && i < fermata_value_get_length (left_out); i++)
    mark (frame, fermata_value_get_string (fermata_value_get_element (left_out, i), NULL),
          NODE_IS_LEFT_OUT);
}

gboolean
fermata_dag_decide_given (FermataMoment *moment,
                          FermataFrame  *frame,
                          FermataEvent  *event)
{
  FermataValue *given = get_of_start (moment, "given");
  const char *id;
  guint node;

  if (given == NULL || frame->number != 0 || moment->n_given >= fermata_value_get_length (given))
    return FALSE;

  id = fermata_value_get_member_name (given, moment->n_given);
  fermata_plan_find_node (frame->plan, id, &node);
  event->kind = FERMATA_EVENT_NODE_GIVEN;
  event->frame = frame->number;
  event->place = node;
  event->attempt = 0;
  event->payload = fermata_value_ref (fermata_value_get_member (given, id));

  return TRUE;
}
