/* fermata-dag-close.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "engine/dag/fermata-dag-private.h"
#include "engine/moment/fermata-body-private.h"

/*
 * How a frame closes: nothing begins in it any more but `always` nodes, and what is
 * under way is asked to end, or finishes where it closes gently.
 */

static void
close_node (FermataMoment           *moment,
            FermataFrame            *frame,
            guint                    node,
            const FermataNodeRecord *record,
            gboolean                 gentle)
{
  gboolean has_frames = frame->plan->nodes[node].body != NULL
                        && !fermata_index_set_contains (&frame->running, node);

  switch ((FermataNodeStatus) record->status)
    {
    case FERMATA_NODE_STATUS_WAITING:
      if ((record->flags & NODE_IS_GIVEN) != 0)
        break;
      fermata_index_set_remove (fermata_dag_startable_for (frame, node), node);
      fermata_index_set_add (&frame->skippable, node);
      break;

    case FERMATA_NODE_STATUS_RETRYING:
      fermata_index_set_remove (fermata_dag_startable_for (frame, node), node);
      fermata_index_set_add (&frame->cancellable, node);
      break;

    case FERMATA_NODE_STATUS_QUEUED:
    case FERMATA_NODE_STATUS_RUNNING:
    case FERMATA_NODE_STATUS_SETTLED:
      if (has_frames && gentle
          && record->status == FERMATA_NODE_STATUS_RUNNING)
        {
          fermata_body_stop (moment, frame, node);
          break;
        }
      if ((fermata_index_set_contains (&frame->listening, node)
           || has_frames
           || (!gentle && fermata_index_set_contains (&frame->running, node)))
          && !fermata_index_set_contains (&frame->settled, node))
        fermata_index_set_add (&frame->cancellable, node);
      break;

    /* What its frames still do may have to end as well. */
    case FERMATA_NODE_STATUS_CANCELLING:
      if (has_frames)
        fermata_body_cancel (moment, frame, node);
      break;

    case FERMATA_NODE_STATUS_DONE:
    case FERMATA_NODE_STATUS_FAILED:
    case FERMATA_NODE_STATUS_SKIPPED:
    case FERMATA_NODE_STATUS_CANCELLED:
    default:
      break;
    }
}

void
fermata_dag_close (FermataMoment *moment,
                   FermataFrame  *frame,
                   gboolean       everything)
{
  gboolean gentle = (moment->gentle || frame->is_gentle) && !everything && !frame->is_abandoned;

  frame->is_closing = TRUE;
  frame->is_insisted = frame->is_insisted || everything;
  for (guint i = 0; i < frame->plan->n_nodes; i++)
    {
      FermataNodeRecord record = fermata_frame_read_node (frame, i);

      if (frame->plan->nodes[i].join == FERMATA_JOIN_ALWAYS && !everything)
        continue;

      close_node (moment, frame, i, &record, gentle);
    }
}
