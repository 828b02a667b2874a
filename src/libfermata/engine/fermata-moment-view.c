/* fermata-moment-view.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a front end may ask of a moment. */

#include "engine/fermata-frame-scope-private.h"
#include "engine/fermata-moment-private.h"

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
 * Counts the frames.
 *
 * Returns: at least 1, the root's
 */
guint
fermata_moment_get_n_frames (FermataMoment *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_frames;
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
  g_return_val_if_fail (frame < self->n_frames, NULL);

  return self->frames[frame]->plan;
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
  g_return_val_if_fail (frame < self->n_frames, 0);
  g_return_val_if_fail (status < FERMATA_N_NODE_STATUSES, 0);

  return self->frames[frame]->counts[status];
}

static FermataNodeRecord
read_node (FermataMoment *self,
           guint          frame,
           guint          node)
{
  FermataNodeRecord nothing = { 0, };

  g_return_val_if_fail (self != NULL, nothing);
  g_return_val_if_fail (frame < self->n_frames, nothing);
  g_return_val_if_fail (node < self->frames[frame]->plan->n_nodes, nothing);

  return fermata_frame_read_node (self->frames[frame], node);
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
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (frame < self->n_frames, NULL);
  g_return_val_if_fail (node < self->frames[frame]->plan->n_nodes, NULL);

  return fermata_frame_dup_input (self->frames[frame], node);
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
  g_return_val_if_fail (frame < self->n_frames, FERMATA_EDGE_STATUS_PENDING);
  g_return_val_if_fail (edge < self->frames[frame]->plan->n_edges, FERMATA_EDGE_STATUS_PENDING);

  return fermata_frame_get_edge (self->frames[frame], edge);
}

static gint64
member_integer (FermataValue *object,
                const char   *name)
{
  FermataValue *member = object == NULL ? NULL : fermata_value_get_member (object, name);

  return member == NULL ? -1 : fermata_value_get_integer (member);
}

gint64
fermata_node_record_get_timeout (const FermataNodeRecord *record)
{
  return record->status == FERMATA_NODE_STATUS_RUNNING ? member_integer (record->value, "timeout")
                                                       : -1;
}

gint64
fermata_node_record_get_delay (const FermataNodeRecord *record)
{
  return member_integer (record->value, "delay");
}

/* A node's timer: the end of its patience, or its next attempt. */
static void
tell_timer (const FermataEffect *about,
            gint64               microseconds,
            FermataEventKind     event,
            FermataEffectFunc    func,
            gpointer             user_data)
{
  FermataEffect effect = *about;

  effect.kind = FERMATA_EFFECT_TIMER;
  effect.deadline = effect.since + MIN (microseconds, G_MAXINT64 - effect.since);
  effect.event = event;
  func (&effect, user_data);
}

static void
tell_patience (const FermataNodeRecord *record,
               const FermataEffect     *about,
               FermataEffectFunc        func,
               gpointer                 user_data)
{
  gint64 timeout = fermata_node_record_get_timeout (record);

  if (timeout >= 0 && (record->flags & NODE_TIMED_OUT) == 0)
    tell_timer (about, timeout, FERMATA_EVENT_TIMEOUT_DUE, func, user_data);
}

static void
tell_running (FermataFrame      *frame,
              guint              node,
              FermataEffectFunc  func,
              gpointer           user_data)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataEffect effect = {
    .kind = FERMATA_EFFECT_ATTEMPT,
    .frame = frame->number,
    .node = node,
    .attempt = record.attempt,
    .cancelling = record.status == FERMATA_NODE_STATUS_CANCELLING,
    .since = record.since,
  };

  if (fermata_index_set_contains (&frame->settled, node))
    return;
  if (record.status == FERMATA_NODE_STATUS_QUEUED)
    effect.kind = FERMATA_EFFECT_ADMISSION;
  else if (record.status == FERMATA_NODE_STATUS_SETTLED)
    effect.kind = FERMATA_EFFECT_REVIEW;

  func (&effect, user_data);
  tell_patience (&record, &effect, func, user_data);
}

/* Nothing is under way for a node that waits, but its time limit. */
static void
tell_listening (FermataFrame      *frame,
                guint              node,
                FermataEffectFunc  func,
                gpointer           user_data)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataEffect effect = {
    .frame = frame->number,
    .node = node,
    .attempt = record.attempt,
    .since = record.since,
  };

  tell_patience (&record, &effect, func, user_data);
}

static void
tell_retrying (FermataFrame      *frame,
               guint              node,
               FermataEffectFunc  func,
               gpointer           user_data)
{
  FermataNodeRecord record = fermata_frame_read_node (frame, node);
  FermataEffect effect = {
    .frame = frame->number,
    .node = node,
    .attempt = record.attempt,
    .since = record.since,
  };

  if ((record.flags & NODE_IS_DUE) == 0)
    tell_timer (&effect, fermata_node_record_get_delay (&record), FERMATA_EVENT_RETRY_DUE, func,
                user_data);
}

static void
frame_foreach_effect (FermataFrame      *frame,
                      FermataEffectFunc  func,
                      gpointer           user_data)
{
  guint node = fermata_index_set_get_lowest (&frame->running);

  for (; node != FERMATA_INDEX_NONE; node = fermata_index_set_next (&frame->running, node + 1))
    tell_running (frame, node, func, user_data);

  node = fermata_index_set_get_lowest (&frame->listening);
  for (; node != FERMATA_INDEX_NONE; node = fermata_index_set_next (&frame->listening, node + 1))
    tell_listening (frame, node, func, user_data);

  node = fermata_index_set_get_lowest (&frame->retrying);
  for (; node != FERMATA_INDEX_NONE; node = fermata_index_set_next (&frame->retrying, node + 1))
    tell_retrying (frame, node, func, user_data);
}

static void
tell_run_timers (FermataMoment     *self,
                 FermataEffectFunc  func,
                 gpointer           user_data)
{
  gint64 warning = fermata_budgets_get_warning (&self->frames[0]->plan->budgets);
  FermataEffect effect = { .node = FERMATA_PLACE_RUN };

  if (self->timeout >= 0 && self->n_cancels == 0)
    tell_timer (&effect, self->timeout, FERMATA_EVENT_CANCEL_REQUESTED, func, user_data);

  if (warning > self->time && !self->closing)
    tell_timer (&effect, warning, FERMATA_EVENT_TICK, func, user_data);

  effect.since = self->closing_since;
  if (self->closing && !self->gentle && !self->insisted && self->closing_timeout >= 0)
    tell_timer (&effect, self->closing_timeout, FERMATA_EVENT_CLOSING_DUE, func, user_data);
}

/**
 * fermata_moment_foreach_effect:
 * @self: a moment
 * @func: (scope call): called for each
 * @user_data: for @func
 *
 * Tells everything that is under way outside on behalf of the run: what has
 * to be taken up again if the run is resumed from here.
 */
void
fermata_moment_foreach_effect (FermataMoment     *self,
                               FermataEffectFunc  func,
                               gpointer           user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  if (self->state != FERMATA_RUN_STATE_RUNNING)
    return;

  tell_run_timers (self, func, user_data);
  for (guint i = 0; i < self->n_frames; i++)
    frame_foreach_effect (self->frames[i], func, user_data);
}
