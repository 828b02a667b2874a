/* fermata-moment.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/history/fermata-event.h"
#include "engine/plan/fermata-plan.h"
#include "model/fermata-node-description.h"

G_BEGIN_DECLS

/**
 * FermataRunState:
 * @FERMATA_RUN_STATE_NEW: nothing has happened yet
 * @FERMATA_RUN_STATE_RUNNING: under way
 * @FERMATA_RUN_STATE_DONE: ended well
 * @FERMATA_RUN_STATE_FAILED: a node failed and nobody handled it
 * @FERMATA_RUN_STATE_CANCELLED: somebody wanted it to end
 * @FERMATA_RUN_STATE_TIMED_OUT: took longer than it was given
 *
 * How far a run is.
 */
typedef enum {
  FERMATA_RUN_STATE_NEW,
  FERMATA_RUN_STATE_RUNNING,
  FERMATA_RUN_STATE_DONE,
  FERMATA_RUN_STATE_FAILED,
  FERMATA_RUN_STATE_CANCELLED,
  FERMATA_RUN_STATE_TIMED_OUT,
} FermataRunState;

/**
 * FermataNodeStatus:
 * @FERMATA_NODE_STATUS_WAITING: for its incoming edges, or for its turn
 * @FERMATA_NODE_STATUS_QUEUED: for leave to start
 * @FERMATA_NODE_STATUS_RETRYING: for the time of its next attempt, or its turn
 * @FERMATA_NODE_STATUS_RUNNING: an attempt is under way
 * @FERMATA_NODE_STATUS_SETTLED: the attempt has ended; what follows is not decided yet
 * @FERMATA_NODE_STATUS_CANCELLING: asked to end
 * @FERMATA_NODE_STATUS_DONE: has its output
 * @FERMATA_NODE_STATUS_FAILED: has an error
 * @FERMATA_NODE_STATUS_SKIPPED: will not run
 * @FERMATA_NODE_STATUS_CANCELLED: ended because it was asked to
 *
 * How far a node of a frame is.
 */
typedef enum {
  FERMATA_NODE_STATUS_WAITING,
  FERMATA_NODE_STATUS_QUEUED,
  FERMATA_NODE_STATUS_RETRYING,
  FERMATA_NODE_STATUS_RUNNING,
  FERMATA_NODE_STATUS_SETTLED,
  FERMATA_NODE_STATUS_CANCELLING,
  FERMATA_NODE_STATUS_DONE,
  FERMATA_NODE_STATUS_FAILED,
  FERMATA_NODE_STATUS_SKIPPED,
  FERMATA_NODE_STATUS_CANCELLED,
} FermataNodeStatus;

/**
 * FERMATA_N_NODE_STATUSES:
 *
 * How many members [enum@Fermata.NodeStatus] has.
 */
#define FERMATA_N_NODE_STATUSES (FERMATA_NODE_STATUS_CANCELLED + 1)

/**
 * FermataEdgeStatus:
 * @FERMATA_EDGE_STATUS_PENDING: its source has not ended
 * @FERMATA_EDGE_STATUS_TAKEN: its source is done, and its condition held
 * @FERMATA_EDGE_STATUS_DEAD: its condition was false, or its source did not run
 * @FERMATA_EDGE_STATUS_FAILED: its source failed, or its condition has no value
 *
 * How an edge of a frame ended.
 */
typedef enum {
  FERMATA_EDGE_STATUS_PENDING,
  FERMATA_EDGE_STATUS_TAKEN,
  FERMATA_EDGE_STATUS_DEAD,
  FERMATA_EDGE_STATUS_FAILED,
} FermataEdgeStatus;

FERMATA_EXTERN
const char        *fermata_run_state_to_string     (FermataRunState   state);
FERMATA_EXTERN
const char        *fermata_node_status_to_string   (FermataNodeStatus status);
FERMATA_EXTERN
const char        *fermata_edge_status_to_string   (FermataEdgeStatus status);

#define FERMATA_TYPE_MOMENT (fermata_moment_get_type ())

/**
 * FermataMoment:
 *
 * The state of a run after one of its events. A moment that somebody holds
 * does not change; a copy costs next to nothing.
 */
typedef struct _FermataMoment FermataMoment;

FERMATA_EXTERN
GType              fermata_moment_get_type         (void) G_GNUC_CONST;
FERMATA_EXTERN
FermataMoment     *fermata_moment_ref              (FermataMoment *self);
FERMATA_EXTERN
void               fermata_moment_unref            (FermataMoment *self);
FERMATA_EXTERN
FermataMoment     *fermata_moment_copy             (FermataMoment *self);
FERMATA_EXTERN
gboolean           fermata_moment_equal            (FermataMoment *a,
                                                    FermataMoment *b);

/* The number of the last event in it; 0 before the first. */
FERMATA_EXTERN
guint64            fermata_moment_get_number       (FermataMoment *self);
FERMATA_EXTERN
gint64             fermata_moment_get_time         (FermataMoment *self);
FERMATA_EXTERN
FermataRunState    fermata_moment_get_run_state    (FermataMoment *self);
FERMATA_EXTERN
gboolean           fermata_moment_is_held          (FermataMoment *self);
FERMATA_EXTERN
gboolean           fermata_moment_is_closing       (FermataMoment *self);
FERMATA_EXTERN
FermataValue      *fermata_moment_get_inputs       (FermataMoment *self);
FERMATA_EXTERN
FermataValue      *fermata_moment_get_variables    (FermataMoment *self);
FERMATA_EXTERN
guint64            fermata_moment_get_variable_writer (FermataMoment *self,
                                                    const char    *name);
FERMATA_EXTERN
FermataValue      *fermata_moment_get_result       (FermataMoment *self);
FERMATA_EXTERN
FermataValue      *fermata_moment_get_error        (FermataMoment *self);

/**
 * FermataBudget:
 * @FERMATA_BUDGET_SECONDS: time on the run's clock
 * @FERMATA_BUDGET_STEPS: attempts of nodes
 * @FERMATA_BUDGET_TOKENS: what nodes report of `tokens`
 * @FERMATA_BUDGET_COST: what nodes report of `cost`
 *
 * What a graph may bound for its runs.
 */
typedef enum {
  FERMATA_BUDGET_SECONDS,
  FERMATA_BUDGET_STEPS,
  FERMATA_BUDGET_TOKENS,
  FERMATA_BUDGET_COST,
} FermataBudget;

/**
 * FERMATA_N_BUDGETS:
 *
 * How many members [enum@Fermata.Budget] has.
 */
#define FERMATA_N_BUDGETS (FERMATA_BUDGET_COST + 1)

FERMATA_EXTERN
const char        *fermata_budget_to_string        (FermataBudget  budget);
FERMATA_EXTERN
gboolean           fermata_moment_get_budget       (FermataMoment *self,
                                                    FermataBudget  budget,
                                                    double        *used,
                                                    double        *limit);

/* Frames. The root frame has number 0. */
FERMATA_EXTERN
guint              fermata_moment_get_n_frames     (FermataMoment *self);
FERMATA_EXTERN
FermataPlan       *fermata_moment_get_plan         (FermataMoment *self,
                                                    guint          frame);
FERMATA_EXTERN
guint              fermata_moment_count_nodes      (FermataMoment    *self,
                                                    guint             frame,
                                                    FermataNodeStatus status);

/* Nodes that did not run because only a part of the graph does: see
 * FermataRunPart. */
FERMATA_EXTERN
guint              fermata_moment_count_given      (FermataMoment *self);
FERMATA_EXTERN
FermataValue      *fermata_moment_get_given        (FermataMoment *self,
                                                    guint          node);
FERMATA_EXTERN
gboolean           fermata_moment_is_left_out      (FermataMoment *self,
                                                    guint          node);

FERMATA_EXTERN
gboolean           fermata_moment_has_frame        (FermataMoment *self,
                                                    guint          frame);
FERMATA_EXTERN
gboolean           fermata_moment_get_owner        (FermataMoment *self,
                                                    guint          frame,
                                                    guint         *parent,
                                                    guint         *node,
                                                    guint         *iteration);
FERMATA_EXTERN
guint             *fermata_moment_list_owners      (FermataMoment *self,
                                                    guint          frame,
                                                    guint         *n_nodes);
FERMATA_EXTERN
guint             *fermata_moment_list_frames      (FermataMoment *self,
                                                    guint          frame,
                                                    guint          node,
                                                    guint         *n_frames);
FERMATA_EXTERN
gboolean           fermata_moment_get_body_progress (FermataMoment *self,
                                                     guint          frame,
                                                     guint          node,
                                                     guint         *n_items,
                                                     guint         *n_entered,
                                                     guint         *n_left);

/**
 * FermataBodyCounts:
 * @rule: how the node runs its body; %FERMATA_BODY_RULE_NONE if that is what is
 *   behind an edge with `each`
 * @n_items: how many frames there are to be, as far as that is known
 * @is_complete: whether it is known
 * @n_entered: how many have begun
 * @n_under_way: how many of them have not been left
 * @n_left: how many are done with, however they ended
 * @n_failed: how many of those failed
 * @n_branches: of a node with branches, in the frame that is under way: how many
 *   there are
 * @n_wanted: how many of them are to end well
 * @n_won: how many have
 * @n_lost: how many will not
 * @body: (transfer none) (nullable): of a node that may have several bodies, which
 *   of them is under way: `body`, `catch`, `finally`
 *
 * How far a node is that has a body, in its last attempt.
 */
typedef struct {
  FermataBodyRule rule;
  guint n_items;
  gboolean is_complete;
  guint n_entered;
  guint n_under_way;
  guint n_left;
  guint n_failed;
  guint n_branches;
  guint n_wanted;
  guint n_won;
  guint n_lost;
  const char *body;
} FermataBodyCounts;

FERMATA_EXTERN
gboolean           fermata_moment_get_body_counts  (FermataMoment     *self,
                                                    guint              frame,
                                                    guint              node,
                                                    FermataBodyCounts *counts);

/* Nodes and edges of a frame. */
FERMATA_EXTERN
FermataNodeStatus  fermata_moment_get_node_status  (FermataMoment *self,
                                                    guint          frame,
                                                    guint          node);
FERMATA_EXTERN
guint              fermata_moment_get_node_attempt (FermataMoment *self,
                                                    guint          frame,
                                                    guint          node);
FERMATA_EXTERN
gint64             fermata_moment_get_node_since   (FermataMoment *self,
                                                    guint          frame,
                                                    guint          node);
FERMATA_EXTERN
guint64            fermata_moment_get_node_writer  (FermataMoment *self,
                                                    guint          frame,
                                                    guint          node);
FERMATA_EXTERN
FermataValue      *fermata_moment_get_node_output  (FermataMoment *self,
                                                    guint          frame,
                                                    guint          node);
FERMATA_EXTERN
FermataValue      *fermata_moment_get_node_error   (FermataMoment *self,
                                                    guint          frame,
                                                    guint          node);
FERMATA_EXTERN
FermataValue      *fermata_moment_dup_node_input   (FermataMoment *self,
                                                    guint          frame,
                                                    guint          node);
FERMATA_EXTERN
FermataEdgeStatus  fermata_moment_get_edge_status  (FermataMoment *self,
                                                    guint          frame,
                                                    guint          edge);

/* What an expression would be. */
FERMATA_EXTERN
FermataValue      *fermata_moment_evaluate         (FermataMoment     *self,
                                                    FermataEvaluator  *evaluator,
                                                    guint              frame,
                                                    guint32            place,
                                                    const char        *source,
                                                    GError           **error);

/**
 * FermataEffectKind:
 * @FERMATA_EFFECT_ATTEMPT: an attempt of a node is under way
 * @FERMATA_EFFECT_ADMISSION: a node wants leave to start
 * @FERMATA_EFFECT_REVIEW: hooks are asked about the end of an attempt
 * @FERMATA_EFFECT_TIMER: somebody will be woken at a time
 * @FERMATA_EFFECT_ITEM: the next item of a node with frames is to be read
 * @FERMATA_EFFECT_LISTENING: a node waits for an event
 * @FERMATA_EFFECT_SCRIPT: a script of a machine runs
 * @FERMATA_EFFECT_STEP: hooks are asked about the next step of a machine
 * @FERMATA_EFFECT_SEND: what a machine has sent is on its way to somebody outside
 *
 * What sort of thing is under way outside.
 */
typedef enum {
  FERMATA_EFFECT_ATTEMPT,
  FERMATA_EFFECT_ADMISSION,
  FERMATA_EFFECT_REVIEW,
  FERMATA_EFFECT_TIMER,
  FERMATA_EFFECT_ITEM,
  FERMATA_EFFECT_LISTENING,
  FERMATA_EFFECT_SCRIPT,
  FERMATA_EFFECT_STEP,
  FERMATA_EFFECT_SEND,
} FermataEffectKind;

/**
 * FermataEffect:
 * @kind: what it is
 * @frame: the frame
 * @node: the node, or FERMATA_PLACE_RUN for what concerns the run or the frame
 * @attempt: of the node
 * @cancelling: whether it has been asked to end
 * @since: when it began, on the run's clock
 * @deadline: of a timer, when it is due
 * @event: of a timer, the #FermataEventKind of the fact that it then is
 * @send: of what was sent, its number
 *
 * Something outside that is under way on behalf of a run.
 */
typedef struct {
  FermataEffectKind kind;
  guint32 frame;
  guint32 node;
  guint16 attempt;
  gboolean cancelling;
  gint64 since;
  gint64 deadline;
  FermataEventKind event;
  guint32 send;
} FermataEffect;

/**
 * FermataEffectFunc:
 * @effect: what is under way
 * @user_data: what was given with it
 *
 * Is told of one effect that is outstanding.
 */
typedef void (*FermataEffectFunc) (const FermataEffect *effect,
                                   gpointer             user_data);

FERMATA_EXTERN
void               fermata_moment_foreach_effect   (FermataMoment     *self,
                                                    FermataEffectFunc  func,
                                                    gpointer           user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataMoment, fermata_moment_unref)

G_END_DECLS
