/* fermata-moment-view.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a front end may ask of a moment. */

#include "engine/moment/fermata-frame-scope-private.h"
#include "engine/moment/fermata-moment-private.h"

static const char *const run_state_names[] = {
  [FERMATA_RUN_STATE_NEW] = "new",
  [FERMATA_RUN_STATE_RUNNING] = "running",
  [FERMATA_RUN_STATE_DONE] = "done",
  [FERMATA_RUN_STATE_FAILED] = "failed",
  [FERMATA_RUN_STATE_CANCELLED] = "cancelled",
  [FERMATA_RUN_STATE_TIMED_OUT] = "timed-out",
};

static const char *const node_status_names[] = {
  [FERMATA_NODE_STATUS_WAITING] = "waiting",
  [FERMATA_NODE_STATUS_QUEUED] = "queued",
  [FERMATA_NODE_STATUS_RETRYING] = "retrying",
  [FERMATA_NODE_STATUS_RUNNING] = "running",
  [FERMATA_NODE_STATUS_SETTLED] = "settled",
  [FERMATA_NODE_STATUS_CANCELLING] = "cancelling",
  [FERMATA_NODE_STATUS_DONE] = "done",
  [FERMATA_NODE_STATUS_FAILED] = "failed",
  [FERMATA_NODE_STATUS_SKIPPED] = "skipped",
  [FERMATA_NODE_STATUS_CANCELLED] = "cancelled",
};

static const char *const edge_status_names[] = {
  [FERMATA_EDGE_STATUS_PENDING] = "pending",
  [FERMATA_EDGE_STATUS_TAKEN] = "taken",
  [FERMATA_EDGE_STATUS_DEAD] = "dead",
  [FERMATA_EDGE_STATUS_FAILED] = "failed",
};

/**
 * fermata_run_state_to_string:
 * @state: a state
 *
 * Names a state of a run.
 *
 * Returns: (transfer none): a name such as `done`
 */
const char *
fermata_run_state_to_string (FermataRunState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (run_state_names), NULL);

  return run_state_names[state];
}

/**
 * fermata_node_status_to_string:
 * @status: a status
 *
 * Names a status of a node.
 *
 * Returns: (transfer none): a name such as `running`
 */
const char *
fermata_node_status_to_string (FermataNodeStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (node_status_names), NULL);

  return node_status_names[status];
}

/**
 * fermata_edge_status_to_string:
 * @status: a status
 *
 * Names a status of an edge.
 *
 * Returns: (transfer none): a name such as `taken`
 */
const char *
fermata_edge_status_to_string (FermataEdgeStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (edge_status_names), NULL);

  return edge_status_names[status];
}

/**
 * fermata_moment_get_number:
 * @self: a moment
 *
 * Tells after which event it is.
 *
 * Returns: the event's number; 0 before the first
 */
guint64
fermata_moment_get_number (FermataMoment *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->number;
}

/**
 * fermata_moment_get_time:
 * @self: a moment
 *
 * Tells when it is.
 *
 * Returns: microseconds on the run's clock
 */
gint64
fermata_moment_get_time (FermataMoment *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->time;
}

/**
 * fermata_moment_get_run_state:
 * @self: a moment
 *
 * Tells how far the run is.
 *
 * Returns: the state
 */
FermataRunState
fermata_moment_get_run_state (FermataMoment *self)
{
  g_return_val_if_fail (self != NULL, FERMATA_RUN_STATE_NEW);

  return self->state;
}

/**
 * fermata_moment_is_held:
 * @self: a moment
 *
 * Tells whether decisions are held.
 *
 * Returns: %TRUE between a hold and its release
 */
gboolean
fermata_moment_is_held (FermataMoment *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->held;
}

/**
 * fermata_moment_is_closing:
 * @self: a moment
 *
 * Tells whether only `always` nodes still begin.
 *
 * Returns: %TRUE after a failure, a cancel or a time-out
 */
gboolean
fermata_moment_is_closing (FermataMoment *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->closing;
}

/**
 * fermata_moment_get_inputs:
 * @self: a moment
 *
 * Gives the inputs of the run.
 *
 * Returns: (transfer none) (nullable): an object; %NULL before the start
 */
FermataValue *
fermata_moment_get_inputs (FermataMoment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->inputs;
}

/**
 * fermata_moment_get_variables:
 * @self: a moment
 *
 * Gives the variables.
 *
 * Returns: (transfer none) (nullable): an object; %NULL before the start
 */
FermataValue *
fermata_moment_get_variables (FermataMoment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->variables;
}

/**
 * fermata_moment_get_variable_writer:
 * @self: a moment
 * @name: a variable
 *
 * Tells who changed a variable last.
 *
 * Returns: the number of that event; 1, the start, if nobody has
 */
guint64
fermata_moment_get_variable_writer (FermataMoment *self,
                                    const char    *name)
{
  FermataValue *writer;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (name != NULL, 0);

  writer = self->writers == NULL ? NULL : fermata_value_get_member (self->writers, name);

  return writer == NULL ? MIN (self->number, 1) : (guint64) fermata_value_get_integer (writer);
}

/**
 * fermata_moment_get_result:
 * @self: a moment
 *
 * Gives the result of the run.
 *
 * Returns: (transfer none) (nullable): the result; %NULL unless it is done
 */
FermataValue *
fermata_moment_get_result (FermataMoment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->result;
}

/**
 * fermata_moment_get_error:
 * @self: a moment
 *
 * Gives the reason why the run did not end well.
 *
 * Returns: (transfer none) (nullable): an object with `kind` and `message`
 */
FermataValue *
fermata_moment_get_error (FermataMoment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->error;
}

/**
 * fermata_moment_get_n_frames:
 * @self: a moment
 *
 * Counts the frames that are under way.
 *
 * Returns: at least 1, the root's
 */
guint
fermata_moment_get_n_frames (FermataMoment *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return 1 + self->frames.n_entries;
}

/**
 * fermata_moment_get_plan:
 * @self: a moment
 * @frame: the number of a frame
 *
 * Gives the plan that a frame runs.
 *
 * Returns: (transfer none): the plan
 */
FermataPlan *
fermata_moment_get_plan (FermataMoment *self,
                         guint          frame)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (fermata_moment_get_frame (self, frame) != NULL, NULL);

  return fermata_moment_get_frame (self, frame)->plan;
}

/**
 * fermata_moment_count_nodes:
 * @self: a moment
 * @frame: the number of a frame
 * @status: a status
 *
 * Counts the nodes of a frame in a status, without a walk.
 *
 * Returns: how many
 */
guint
fermata_moment_count_nodes (FermataMoment    *self,
                            guint             frame,
                            FermataNodeStatus status)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (fermata_moment_get_frame (self, frame) != NULL, 0);
  g_return_val_if_fail (status < FERMATA_N_NODE_STATUSES, 0);

  return fermata_moment_get_frame (self, frame)->counts[status];
}

/* Places are those of events: they count through the bodies of a plan. */
gboolean
fermata_moment_find_local (FermataMoment  *self,
                           guint32         number,
                           guint32         place,
                           FermataFrame  **frame,
                           guint          *local)
{
  *frame = fermata_moment_get_frame (self, number);
  if (*frame == NULL || place < (*frame)->plan->first_place)
    return FALSE;
  *local = place - (*frame)->plan->first_place;

  return TRUE;
}

static FermataNodeRecord
read_node (FermataMoment *self,
           guint          number,
           guint          node)
{
  FermataNodeRecord nothing = { 0, };
  FermataFrame *frame;
  guint local;

  g_return_val_if_fail (self != NULL, nothing);
  g_return_val_if_fail (fermata_moment_find_local (self, number, node, &frame, &local), nothing);
  g_return_val_if_fail (local < frame->plan->n_nodes, nothing);

  return fermata_frame_read_node (frame, local);
}

/**
 * fermata_moment_get_node_status:
 * @self: a moment
 * @frame: the number of a frame
 * @node: the index of a node
 *
 * Tells how far a node is.
 *
 * Returns: its status
 */
FermataNodeStatus
fermata_moment_get_node_status (FermataMoment *self,
                                guint          frame,
                                guint          node)
{
  return read_node (self, frame, node).status;
}

/**
 * fermata_moment_get_node_attempt:
 * @self: a moment
 * @frame: the number of a frame
 * @node: the index of a node
 *
 * Tells which attempt of a node is under way, or was the last.
 *
 * Returns: from 1; 0 before the first
 */
guint
fermata_moment_get_node_attempt (FermataMoment *self,
                                 guint          frame,
                                 guint          node)
{
  return read_node (self, frame, node).attempt;
}

/**
 * fermata_moment_get_node_since:
 * @self: a moment
 * @frame: the number of a frame
 * @node: the index of a node
 *
 * Tells since when a node has had its status.
 *
 * Returns: microseconds on the run's clock
 */
gint64
fermata_moment_get_node_since (FermataMoment *self,
                               guint          frame,
                               guint          node)
{
  return read_node (self, frame, node).since;
}

/**
 * fermata_moment_get_node_writer:
 * @self: a moment
 * @frame: the number of a frame
 * @node: the index of a node
 *
 * Tells which event wrote a node's output or error.
 *
 * Returns: the number of an event; 0 if there is none
 */
guint64
fermata_moment_get_node_writer (FermataMoment *self,
                                guint          frame,
                                guint          node)
{
  return read_node (self, frame, node).writer;
}

static FermataValue *
value_in_status (FermataMoment     *self,
                 guint              frame,
                 guint              node,
                 FermataNodeStatus  status)
{
  FermataNodeRecord record = read_node (self, frame, node);

  return record.status == status ? record.value : NULL;
}

/**
 * fermata_moment_get_node_output:
 * @self: a moment
 * @frame: the number of a frame
 * @node: the index of a node
 *
 * Gives the output of a node.
 *
 * Returns: (transfer none) (nullable): its output; %NULL unless it is done
 */
FermataValue *
fermata_moment_get_node_output (FermataMoment *self,
                                guint          frame,
                                guint          node)
{
  return value_in_status (self, frame, node, FERMATA_NODE_STATUS_DONE);
}

/**
 * fermata_moment_get_node_error:
 * @self: a moment
 * @frame: the number of a frame
 * @node: the index of a node
 *
 * Gives the error of a node.
 *
 * Returns: (transfer none) (nullable): its error; %NULL unless it failed
 */
FermataValue *
fermata_moment_get_node_error (FermataMoment *self,
                               guint          frame,
                               guint          node)
{
  return value_in_status (self, frame, node, FERMATA_NODE_STATUS_FAILED);
}

/**
 * fermata_moment_dup_node_input:
 * @self: a moment
 * @frame: the number of a frame
 * @node: the index of a node
 *
 * Puts together the input of a node as it is now: the output of its source
 * for one incoming edge, an object by the edges' names for several.
 *
 * Returns: (transfer full) (nullable): the input; %NULL if there is none
 */
FermataValue *
fermata_moment_dup_node_input (FermataMoment *self,
                               guint          frame,
                               guint          node)
{
  FermataFrame *found;
  guint local;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (fermata_moment_find_local (self, frame, node, &found, &local), NULL);
  g_return_val_if_fail (local < found->plan->n_nodes, NULL);

  return fermata_frame_dup_input (found, local);
}

/**
 * fermata_moment_get_edge_status:
 * @self: a moment
 * @frame: the number of a frame
 * @edge: the index of an edge
 *
 * Tells how an edge ended.
 *
 * Returns: its status
 */
FermataEdgeStatus
fermata_moment_get_edge_status (FermataMoment *self,
                                guint          frame,
                                guint          edge)
{
  g_return_val_if_fail (self != NULL, FERMATA_EDGE_STATUS_PENDING);
  g_return_val_if_fail (fermata_moment_get_frame (self, frame) != NULL, FERMATA_EDGE_STATUS_PENDING);
  g_return_val_if_fail (edge < fermata_moment_get_frame (self, frame)->plan->n_edges,
                        FERMATA_EDGE_STATUS_PENDING);

  return fermata_frame_get_edge (fermata_moment_get_frame (self, frame), edge);
}
