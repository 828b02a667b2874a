/* fermata-event.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "value/fermata-value.h"

G_BEGIN_DECLS

/**
 * FermataEventClass:
 * @FERMATA_EVENT_CLASS_FACT: came from outside
 * @FERMATA_EVENT_CLASS_DECISION: follows from the state
 * @FERMATA_EVENT_CLASS_CONTROL: marks a hold, its release, a bookmark
 *
 * Where an event comes from.
 */
typedef enum {
  FERMATA_EVENT_CLASS_FACT,
  FERMATA_EVENT_CLASS_DECISION,
  FERMATA_EVENT_CLASS_CONTROL,
} FermataEventClass;

/**
 * FermataEventKind:
 * @FERMATA_EVENT_RUN_STARTED: the run began; payload: seed, date, limits,
 *   inputs, first values of variables
 * @FERMATA_EVENT_TICK: time passed without anything else from outside
 * @FERMATA_EVENT_TASK_COMPLETED: a node's attempt succeeded; payload: its value
 * @FERMATA_EVENT_TASK_FAILED: a node's attempt failed; payload: the error
 * @FERMATA_EVENT_TASK_CANCELLED: a node's attempt ended because it was asked to
 * @FERMATA_EVENT_TASK_BEGAN: a process of a node began; payload: pid and start time
 * @FERMATA_EVENT_TASK_MEASURED: what a process of a node took; payload: CPU times, peak memory
 * @FERMATA_EVENT_CHUNK: a node printed; payload: stream, offset, length, and how
 *   many items are complete by it, if it gives any
 * @FERMATA_EVENT_USAGE: a node used something up; payload: its name and the amount
 * @FERMATA_EVENT_PROGRESS: how far a node is; payload: the fraction, a message
 * @FERMATA_EVENT_ITEM: the next item for a node with a frame for each; payload: index, value
 * @FERMATA_EVENT_CANCEL_REQUESTED: somebody wants the run to end; payload: the reason
 * @FERMATA_EVENT_TASK_ADMITTED: a queued node may start; payload: an input in
 *   place of its own, if any
 * @FERMATA_EVENT_TASK_ANSWERED: a queued node need not run; payload: its output,
 *   and who gave it
 * @FERMATA_EVENT_TASK_REFUSED: a queued node may not start; payload: the error
 * @FERMATA_EVENT_TASK_WAIVED: a queued node is to be skipped; payload: who wants it
 * @FERMATA_EVENT_TASK_REVIEWED: hooks have answered about the end of an
 *   attempt; payload: what they change, if anything
 * @FERMATA_EVENT_TIMEOUT_DUE: an attempt has taken as long as it may
 * @FERMATA_EVENT_RETRY_DUE: the time for a node's next attempt has come
 * @FERMATA_EVENT_CLOSING_DUE: the closing phase has taken as long as it may
 * @FERMATA_EVENT_EVENT_RECEIVED: somebody sent the run an event; payload: its
 *   name, and perhaps its data; `to`, the frame of the one machine that it is for;
 *   `from`, the frame of the task that it comes from; and who sent it
 * @FERMATA_EVENT_EVENTS_CLOSED: nobody will send the run events any more
 * @FERMATA_EVENT_VARIABLE_SET: somebody changed variables by hand; payload: the changes
 * @FERMATA_EVENT_TIMER_DUE: the time has come for what a machine waits for
 * @FERMATA_EVENT_STEP_ADMITTED: the transitions that a machine asked about may be taken
 * @FERMATA_EVENT_VETOED: they may not, and the event is done with; payload:
 *   `by`, the hook that wants that, and `error`, if it has failed
 * @FERMATA_EVENT_EVENT_DELIVERED: what a machine sent to somebody outside the run
 *   has arrived; payload: `send`, its number among those
 * @FERMATA_EVENT_SEND_FAILED: it could not be delivered; payload: `send`, the error
 * @FERMATA_EVENT_SCRIPT_ENDED: a machine's script has ended; payload: `changes` of
 *   variables, or the error
 * @FERMATA_EVENT_NODE_QUEUED: a node is to start when it is admitted
 * @FERMATA_EVENT_NODE_REVIEWING: hooks are asked about what an attempt ended
 *   with; payload: the output, or the error
 * @FERMATA_EVENT_NODE_STARTED: a node's attempt begins; payload: `with`, its
 *   parameters filled in where something outside will need them, `timeout`,
 *   and `input`, each if there is one
 * @FERMATA_EVENT_NODE_COMPLETED: a node is done; payload: its output
 * @FERMATA_EVENT_NODE_GIVEN: a node ends without having run; payload: its output
 *   or error, and where that is from
 * @FERMATA_EVENT_NODE_FAILED: a node has failed; payload: the error
 * @FERMATA_EVENT_NODE_SKIPPED: a node will not run
 * @FERMATA_EVENT_NODE_RETRYING: an attempt failed and there will be another;
 *   payload: the error, and the delay
 * @FERMATA_EVENT_NODE_RECOVERED: a node failed and is done all the same;
 *   payload: the output in place of its own, and the error
 * @FERMATA_EVENT_ASSIGNED: variables have changed; payload: the changes, and the
 *   node's output
 * @FERMATA_EVENT_NODE_CANCELLING: a running node is asked to end
 * @FERMATA_EVENT_NODE_CANCELLED: a node has ended because it was asked to
 * @FERMATA_EVENT_EDGE_TAKEN: the condition of an edge was true; of a transition:
 *   it is enabled; payload: of the first of several the names of the others
 * @FERMATA_EVENT_EDGE_REFUSED: the condition of an edge was false
 * @FERMATA_EVENT_EDGE_FAILED: the condition of an edge has no value; payload: the error
 * @FERMATA_EVENT_EVENT_TAKEN: a node that waits for it takes an event; payload:
 *   the number of the event that told of it
 * @FERMATA_EVENT_EVENT_REFUSED: a node does not want an event; payload: the same
 * @FERMATA_EVENT_EVENT_FAILED: a node cannot tell whether it wants an event, or
 *   none can come any more; payload: the number in the first case, the error
 * @FERMATA_EVENT_FRAME_ENTERED: a body of a node begins; payload: the frame's
 *   number, its index among those of the node, the body's name if there may be
 *   several, inputs and variables of its own
 * @FERMATA_EVENT_FRAME_LEFT: it has ended; payload: number and index, output or
 *   error, and `exit` if a node ended it by “break” or “continue”
 * @FERMATA_EVENT_LOOP_ENDED: the condition of a loop does not hold (any more)
 * @FERMATA_EVENT_FRAME_CLOSING: nothing new begins in a frame, whose budget is used
 *   up; payload: the frame's number, the reason, the error
 * @FERMATA_EVENT_NODE_ROUTED: a node has chosen among its edges; payload: the
 *   value by which, and the edge's name, if there is one
 * @FERMATA_EVENT_LOGGED: a message for people; payload: the text
 * @FERMATA_EVENT_EVENT_DEQUEUED: a machine has the next event of its queues at
 *   hand; payload: its name
 * @FERMATA_EVENT_EVENT_IGNORED: no transition is enabled for it
 * @FERMATA_EVENT_STEP_ASKED: hooks are asked about the transitions that are
 *   enabled; payload: as of @FERMATA_EVENT_EDGE_TAKEN
 * @FERMATA_EVENT_STATE_EXITING: a state is left: its exit actions follow
 * @FERMATA_EVENT_STATE_EXITED: a state is active no more; payload: of a final
 *   one at the top its data
 * @FERMATA_EVENT_STATE_ENTERED: a state is active; payload: how long its edges
 *   with `after` wait
 * @FERMATA_EVENT_EVENT_RAISED: an event goes into a machine's internal queue;
 *   payload: `event`, `data`
 * @FERMATA_EVENT_EVENT_SENT: an event is sent; payload: `event`, `data`, `to`,
 *   `type`, `id`, `delay`, and `params` if the data are parameters
 * @FERMATA_EVENT_SEND_CANCELLED: what was sent under an id, and still waits, is
 *   taken back; payload: `id`
 * @FERMATA_EVENT_ITERATING: a loop of actions begins an iteration; payload:
 *   `index`, and with the first all `items`
 * @FERMATA_EVENT_SCRIPT_STARTED: a script of a machine begins, which waits for its end
 * @FERMATA_EVENT_ACTION_FAILED: an action failed, and those behind it are passed
 *   over; payload: the error
 * @FERMATA_EVENT_ACTIONS_ENDED: actions are over, which depended on a condition
 * @FERMATA_EVENT_MACHINE_FAILED: a machine cannot go on; payload: the error
 * @FERMATA_EVENT_MACROSTEP_ENDED: a machine has nothing to do before the next
 *   event
 * @FERMATA_EVENT_BUDGET_WARNING: four fifths of a budget are used; payload: which, how much
 * @FERMATA_EVENT_RUN_CLOSING: nothing new begins but `always` nodes; payload: why
 * @FERMATA_EVENT_RUN_ENDED: the run is over; payload: state and result or error
 * @FERMATA_EVENT_HELD: the run holds before the decision in the payload
 * @FERMATA_EVENT_RELEASED: the run goes on; what it held before may pass once
 * @FERMATA_EVENT_BOOKMARK: somebody wants to find this moment again; payload: a note
 *
 * What happened. The strings are those of fermata_event_kind_to_string().
 */
typedef enum {
  FERMATA_EVENT_RUN_STARTED,
  FERMATA_EVENT_TICK,
  FERMATA_EVENT_TASK_COMPLETED,
  FERMATA_EVENT_TASK_FAILED,
  FERMATA_EVENT_TASK_CANCELLED,
  FERMATA_EVENT_TASK_BEGAN,
  FERMATA_EVENT_TASK_MEASURED,
  FERMATA_EVENT_CHUNK,
  FERMATA_EVENT_USAGE,
  FERMATA_EVENT_PROGRESS,
  FERMATA_EVENT_ITEM,
  FERMATA_EVENT_CANCEL_REQUESTED,
  FERMATA_EVENT_TASK_ADMITTED,
  FERMATA_EVENT_TASK_ANSWERED,
  FERMATA_EVENT_TASK_REFUSED,
  FERMATA_EVENT_TASK_WAIVED,
  FERMATA_EVENT_TASK_REVIEWED,
  FERMATA_EVENT_TIMEOUT_DUE,
  FERMATA_EVENT_RETRY_DUE,
  FERMATA_EVENT_CLOSING_DUE,
  FERMATA_EVENT_EVENT_RECEIVED,
  FERMATA_EVENT_EVENTS_CLOSED,
  FERMATA_EVENT_VARIABLE_SET,
  FERMATA_EVENT_TIMER_DUE,
  FERMATA_EVENT_STEP_ADMITTED,
  FERMATA_EVENT_VETOED,
  FERMATA_EVENT_EVENT_DELIVERED,
  FERMATA_EVENT_SEND_FAILED,
  FERMATA_EVENT_SCRIPT_ENDED,

  FERMATA_EVENT_NODE_QUEUED,
  FERMATA_EVENT_NODE_REVIEWING,
  FERMATA_EVENT_NODE_STARTED,
  FERMATA_EVENT_NODE_COMPLETED,
  FERMATA_EVENT_NODE_GIVEN,
  FERMATA_EVENT_NODE_FAILED,
  FERMATA_EVENT_NODE_SKIPPED,
  FERMATA_EVENT_NODE_RETRYING,
  FERMATA_EVENT_NODE_RECOVERED,
  FERMATA_EVENT_ASSIGNED,
  FERMATA_EVENT_NODE_CANCELLING,
  FERMATA_EVENT_NODE_CANCELLED,
  FERMATA_EVENT_EDGE_TAKEN,
  FERMATA_EVENT_EDGE_REFUSED,
  FERMATA_EVENT_EDGE_FAILED,
  FERMATA_EVENT_EVENT_TAKEN,
  FERMATA_EVENT_EVENT_REFUSED,
  FERMATA_EVENT_EVENT_FAILED,
  FERMATA_EVENT_FRAME_ENTERED,
  FERMATA_EVENT_FRAME_LEFT,
  FERMATA_EVENT_LOOP_ENDED,
  FERMATA_EVENT_FRAME_CLOSING,
  FERMATA_EVENT_NODE_ROUTED,
  FERMATA_EVENT_LOGGED,
  FERMATA_EVENT_EVENT_DEQUEUED,
  FERMATA_EVENT_EVENT_IGNORED,
  FERMATA_EVENT_STEP_ASKED,
  FERMATA_EVENT_STATE_EXITING,
  FERMATA_EVENT_STATE_EXITED,
  FERMATA_EVENT_STATE_ENTERED,
  FERMATA_EVENT_EVENT_RAISED,
  FERMATA_EVENT_EVENT_SENT,
  FERMATA_EVENT_SEND_CANCELLED,
  FERMATA_EVENT_ITERATING,
  FERMATA_EVENT_SCRIPT_STARTED,
  FERMATA_EVENT_ACTION_FAILED,
  FERMATA_EVENT_ACTIONS_ENDED,
  FERMATA_EVENT_MACHINE_FAILED,
  FERMATA_EVENT_MACROSTEP_ENDED,
  FERMATA_EVENT_BUDGET_WARNING,
  FERMATA_EVENT_RUN_CLOSING,
  FERMATA_EVENT_RUN_ENDED,

  FERMATA_EVENT_HELD,
  FERMATA_EVENT_RELEASED,
  FERMATA_EVENT_BOOKMARK,
} FermataEventKind;

/**
 * FERMATA_N_EVENT_KINDS:
 *
 * How many members [enum@Fermata.EventKind] has.
 */
#define FERMATA_N_EVENT_KINDS (FERMATA_EVENT_BOOKMARK + 1)

/* The place of what concerns the whole run, and not a node or an edge. */
#define FERMATA_PLACE_RUN G_MAXUINT32

/**
 * FermataEvent:
 * @time: microseconds on the run's clock
 * @payload: (nullable): what belongs to it, by kind
 * @frame: the number of the frame
 * @place: a node (its index in the plan), an edge (the number of nodes plus
 *   its index), or FERMATA_PLACE_RUN for what concerns the run or the frame
 * @kind: a #FermataEventKind
 * @attempt: of the node, from 1; 0 where there is none
 * @step: of an action of a machine, its number in the plan, from 1; 0 where
 *   there is none
 *
 * One thing that happened in a run. Its number is its position in the
 * history, from 1.
 *
 * Invariant: @time of a decision is that of the fact before it, so that
 * nothing a decision can see depends on when it was made.
 */
typedef struct {
  gint64 time;
  FermataValue *payload;
  guint32 frame;
  guint32 place;
  guint16 kind;
  guint16 attempt;
  guint32 step;
} FermataEvent;

FERMATA_EXTERN
const char        *fermata_event_kind_to_string   (FermataEventKind  kind);
FERMATA_EXTERN
gboolean           fermata_event_kind_from_string (const char       *string,
                                                   FermataEventKind *kind);
FERMATA_EXTERN
FermataEventClass  fermata_event_kind_get_class   (FermataEventKind  kind);
FERMATA_EXTERN
const char        *fermata_event_class_to_string  (FermataEventClass event_class);

/**
 * FermataPlaceKind:
 * @FERMATA_PLACE_KIND_RUN: the whole run
 * @FERMATA_PLACE_KIND_NODE: a node
 * @FERMATA_PLACE_KIND_EDGE: an edge
 * @FERMATA_PLACE_KIND_ANY: a node or an edge
 * @FERMATA_PLACE_KIND_FRAME: a whole frame
 *
 * What the place of an event is.
 */
typedef enum {
  FERMATA_PLACE_KIND_RUN,
  FERMATA_PLACE_KIND_NODE,
  FERMATA_PLACE_KIND_EDGE,
  FERMATA_PLACE_KIND_ANY,
  FERMATA_PLACE_KIND_FRAME,
} FermataPlaceKind;

FERMATA_EXTERN
FermataPlaceKind   fermata_event_kind_get_place_kind (FermataEventKind kind);

G_END_DECLS
