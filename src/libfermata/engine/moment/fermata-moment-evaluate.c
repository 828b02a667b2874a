/* fermata-moment-evaluate.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What an expression would be somewhere in a run: asking, without changing anything. */

#include "engine/moment/fermata-frame-scope-script-private.h"
#include "engine/moment/fermata-moment-private.h"
#include "engine/statechart/fermata-statechart-private.h"

static gboolean
refuse (GError     **error,
        const char  *problem)
{
  g_set_error_literal (error, FERMATA_ENGINE_ERROR, FERMATA_ENGINE_ERROR_STATE, problem);

  return FALSE;
}

/* What a node has come to, as its edges see it. */
static void
init_at_node (FermataFrameScope *self,
              FermataMoment     *moment,
              FermataFrame      *frame,
              guint              node)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);

  fermata_frame_scope_init (self, moment, frame, node, node);
  if (record.status == FERMATA_NODE_STATUS_FAILED)
    self->error = record.value;
}

gboolean
fermata_frame_scope_init_at (FermataFrameScope  *self,
                             FermataMoment      *moment,
                             guint32             number,
                             guint32             place,
                             GError            **error)
{
  FermataFrame *frame = fermata_moment_get_frame (moment, number);
  guint local;

  if (moment->start == NULL)
    return refuse (error, "There is nothing to evaluate before the start of the run");
  if (frame == NULL)
    return refuse (error, "There is nothing to evaluate in a frame that is not under way");

  if (place == FERMATA_PLACE_RUN)
    {
      fermata_frame_scope_init (self, moment, frame, FERMATA_INDEX_NONE, FERMATA_INDEX_NONE);
      return TRUE;
    }

  local = place - frame->plan->first_place;
  if (place < frame->plan->first_place || local >= frame->plan->n_nodes + frame->plan->n_edges)
    return refuse (error, "The frame has no such node or edge");

  if (frame->machine != NULL)
    fermata_frame_scope_init (self, moment, frame, FERMATA_INDEX_NONE, FERMATA_INDEX_NONE);
  else
    init_at_node (self, moment, frame, local < frame->plan->n_nodes
                                       ? local : frame->plan->edges[local - frame->plan->n_nodes].source);

  return TRUE;
}

void
fermata_frame_scope_foresee (FermataFrameScope  *self,
                             const FermataEvent *decision)
{
  self->attempt = decision->attempt;
  switch ((guint) decision->kind)
    {
    case FERMATA_EVENT_NODE_COMPLETED:
      self->output_value = decision->payload;
      break;

    case FERMATA_EVENT_NODE_RECOVERED:
    case FERMATA_EVENT_NODE_GIVEN:
      self->output_value = fermata_value_get_member (decision->payload, "output");
      break;

    case FERMATA_EVENT_NODE_FAILED:
      self->error = decision->payload;
      break;

    default:
      break;
    }
}

/* `iteration` in the loop of actions that is under way (transfer full, nullable). */
FermataValue *
fermata_frame_scope_dup_loop (const FermataFrameScope *self)
{
  const FermataMachine *machine = self->frame->machine;
  guint n_loops = machine == NULL ? 0 : fermata_machine_get_n (machine->loops);

  return n_loops == 0
         ? NULL : fermata_statechart_iteration_new (&g_array_index (machine->loops, FermataMachineLoop,
                                                                    n_loops - 1));
}

/**
 * fermata_moment_evaluate:
 * @self: a moment
 * @evaluator: evaluates it
 * @frame: the number of a frame
 * @place: a node or an edge of that frame, as events have it, or
 *   FERMATA_PLACE_RUN
 * @source: an expression
 * @error: return location for a #FermataExpressionError or #FermataEngineError
 *
 * Evaluates an expression that sees what those of a place see at this moment:
 * `inputs`, `variables`, `nodes`, `iteration`, `run`; of a node `input`,
 * `attempt`, `state`, and once it has them `output` and `error`; of an edge
 * those of its source; in a machine `event`, `In` and `visits`. In a machine with
 * one of SCXML's data models it is an expression of that, and its value in
 * canonical encoding. Changes nothing.
 *
 * Returns: (transfer full): its value, or %NULL with @error set if it does not
 *   parse, has none, or the frame has no such place
 */
FermataValue *
fermata_moment_evaluate (FermataMoment     *self,
                         FermataEvaluator  *evaluator,
                         guint              frame,
                         guint32            place,
                         const char        *source,
                         GError           **error)
{
  g_autoptr (FermataExpression) expression = NULL;
  g_autoptr (FermataValue) iteration = NULL;
  FermataFrameScope scope;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (FERMATA_IS_EVALUATOR (evaluator), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  if (!fermata_frame_scope_init_at (&scope, self, frame, place, error))
    return NULL;
  expression = fermata_frame_scope_compile (&scope, evaluator, source, error);
  if (expression == NULL)
    return NULL;
  scope.iteration = iteration = fermata_frame_scope_dup_loop (&scope);

  return fermata_expression_evaluate (expression, &scope.parent, error);
}
