/* fermata-dag-branches.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"

/*
 * Graphs of whose branches some are enough. A branch is what ends in a sink; once as
 * many as are wanted have ended well, or cannot any more, the rest is asked to end.
 */

static gboolean
is_sink (const FermataPlan *plan,
         guint              node)
{
  return plan->nodes[node].first_out == plan->nodes[node + 1].first_out;
}

gboolean
fermata_dag_has_quorum (const FermataFrame *frame)
{
  return frame->quorum > 0 && frame->n_won >= frame->quorum;
}

/* What is asked to end from outside loses nothing by that. */
void
fermata_dag_note_branch (FermataMoment *moment,
                         FermataFrame  *frame,
                         guint          node)
{
  if (!is_sink (frame->plan, node) || fermata_dag_has_quorum (frame))
    return;

  if (fermata_frame_read_node (frame, node).status == FERMATA_NODE_STATUS_DONE)
    {
      frame->n_won++;
      if (frame->winner == FERMATA_INDEX_NONE)
        frame->winner = node;
    }
  else if (!frame->is_closing)
    {
      frame->n_lost++;
      frame->is_lost = frame->plan->n_sinks - frame->n_lost < frame->quorum;
    }

  if ((fermata_dag_has_quorum (frame) || frame->is_lost) && !frame->is_closing)
    fermata_dag_give_up (moment, frame);
}

/* An object by branch of those that ended well */
FermataValue *
fermata_dag_dup_branches (FermataFrame *frame)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();

  for (guint i = 0; i < frame->plan->n_nodes; i++)
    {
      FermataNodeRecord record = fermata_frame_read_node (frame, i);

      if (is_sink (frame->plan, i) && record.status == FERMATA_NODE_STATUS_DONE)
        fermata_value_builder_set (builder, frame->plan->nodes[i].id, record.value);
    }

  return fermata_value_builder_end (builder);
}

/* What it ends with whose branches were not enough: the first failure, if any */
FermataValue *
fermata_dag_dup_no_quorum (const FermataFrame *frame)
{
  g_autofree char *message = NULL;

  if (frame->failure != NULL)
    return fermata_value_ref (frame->failure);

  message = g_strdup_printf ("Of %u branches only %u ended well, and %u were to",
                             frame->plan->n_sinks, frame->n_won, frame->quorum);

  return fermata_error_value_new (FERMATA_ERROR_KIND_EXECUTION, message, NULL, NULL);
}
