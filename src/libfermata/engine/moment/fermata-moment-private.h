/* fermata-moment-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-event-queue-private.h"
#include "engine/moment/fermata-index-set-private.h"
#include "engine/moment/fermata-machine-private.h"
#include "engine/moment/fermata-moment.h"
#include "engine/moment/fermata-passes-private.h"
#include "engine/moment/fermata-sends-private.h"
#include "engine/moment/fermata-trie-private.h"
#include "engine/plan/fermata-plan-private.h"
#include "engine/policies/fermata-budgets-private.h"

G_BEGIN_DECLS

/*
 * What is known of a node of a frame.
 *
 * @value is, by @status: what the event that began it said (QUEUED, RUNNING,
 * CANCELLING, RETRYING; NULL where that was nothing), what the attempt ended
 * with (SETTLED), the output (DONE), the error (FAILED), NULL otherwise.
 * @writer is the number of the event that wrote it. @attempt is the last that
 * began. @pending is the number of incoming edges that have not ended.
 */
typedef struct {
  guint32 status : 8;
  guint32 pending : 24;
  guint16 flags;
  guint16 attempt;
  gint64 since;
  guint64 writer;
  FermataValue *value;
} FermataNodeRecord;

enum {
  /* Of its incoming edges, at least one */
  NODE_HAS_TAKEN = 1 << 0,
  NODE_HAS_FAILED = 1 << 1,

  /* Its message has been recorded; @value is the message. */
  NODE_HAS_LOGGED = 1 << 2,

  /* How the attempt ended that is SETTLED */
  NODE_SETTLED_FAILED = 1 << 3,
  NODE_SETTLED_CANCELLED = 1 << 4,

  /* Its attempt has taken too long. */
  NODE_TIMED_OUT = 1 << 5,

  /* Its assignments have been made; @value is the output. */
  NODE_HAS_ASSIGNED = 1 << 6,

  /* RETRYING, and the time has come. */
  NODE_IS_DUE = 1 << 7,

  /* RUNNING, and it has chosen among its edges; @value is what was said of that. */
  NODE_HAS_ROUTED = 1 << 7,

  /* FAILED, but that is no failure of the run. */
  NODE_IS_HANDLED = 1 << 8,

  /* What the answer was to one that is QUEUED and in `settled` */
  NODE_IS_ADMITTED = 1 << 9,
  NODE_IS_ANSWERED = 1 << 10,
  NODE_IS_WAIVED = 1 << 11,

  /* Will not run: it is given what it ends with, or is left out. */
  NODE_IS_GIVEN = 1 << 12,
  NODE_IS_LEFT_OUT = 1 << 13,

  /* SETTLED, and hooks have been asked about the output, or about the error:
   * @value is then an object with `error` and what they said. */
  NODE_OUTPUT_REVIEWED = 1 << 14,
  NODE_ERROR_REVIEWED = 1 << 15,

  /* Those that last over attempts */
  NODE_EDGE_FLAGS = NODE_HAS_TAKEN | NODE_HAS_FAILED | NODE_IS_GIVEN | NODE_IS_LEFT_OUT,
};

/* What is known of an edge, besides its status, that leaves a node which chooses
 * and is not done yet: it has been chosen, or has not. */
#define EDGE_CHOSEN 0x80
#define EDGE_PASSED_OVER 0x81

/* Of a node that may have one, at most so many incoming edges. */
#define FERMATA_MAX_INCOMING ((1 << 24) - 1)

/*
 * What is known of the bodies of a node of a frame: of the items that come, the
 * frames that they have, and what has become of those. How it is used is up to
 * the rule of the node (fermata-body-rules-private.h).
 *
 * @open has the number of the frame of each iteration that is under way, plus
 * one, as pointers. @results are outputs by iteration, @failures errors of
 * those that may fail. @n_taken, of items that come one by one, is how many have
 * been read; those that still wait for more of their batch (@batch_size; 0: there are
 * none) are in @batch.
 * Iterations from @end on do not count any more. @phase says, of `try`, which of its
 * bodies is next or under way.
 */
typedef struct {
  guint32 n_items;
  guint32 n_entered;
  guint32 n_left;
  guint32 n_failed;
  guint32 n_taken;
  guint32 end;
  guint32 max_parallel;
  guint32 batch_size;
  guint16 generation;
  guint16 flags;
  guint8 phase;

  /* The next item, if it is there already; what is carried from round to round;
   * what each copy is given; the error that is being handled */
  FermataValue *item;

  /* All items, if they came at once */
  FermataValue *array;
  FermataValue *failure;
  FermataTrie results;
  FermataTrie failures;
  FermataTrie batch;
  FermataTrie open;
} FermataBodyRecord;

enum {
  /* Items come one by one, from attempt @generation of the source. */
  BODY_STREAMS = 1 << 0,

  /* No more will come. */
  BODY_IS_COMPLETE = 1 << 1,

  /* The source is tried again: what is under way ends first. */
  BODY_RESTARTS = 1 << 2,

  /* Nothing more begins: what is under way ends by itself. */
  BODY_STOPS = 1 << 3,

  /* Items that fail do not fail the node: they are left out, or told of. */
  BODY_SKIPS = 1 << 4,
  BODY_COLLECTS = 1 << 5,

  /* There are so many copies of one input. */
  BODY_COPIES = 1 << 6,

  /* A frame was closed before its end, so that what it would have given is missing. */
  BODY_IS_CUT = 1 << 7,
};

/* The number of no frame */
#define FERMATA_FRAME_NONE G_MAXUINT32

/*
 * One activation of a plan. Shared by copies of a moment until it is written.
 *
 * Invariants:
 *  - a node is in the set of @startable for its need only while WAITING, or
 *    RETRYING and due; in @skippable only while WAITING; in @settled exactly
 *    while SETTLED and not being reviewed, or QUEUED and answered; in @running
 *    exactly while QUEUED, RUNNING, CANCELLING or SETTLED, but a computed one
 *    not while RUNNING; in @cancellable only while QUEUED, RETRYING, RUNNING or
 *    being reviewed; in @retrying exactly while RETRYING;
 *  - a node whose type listens is in @listening, and not in @running, exactly
 *    while RUNNING; in @hearing exactly while it has a candidate, its slot of
 *    the moment's events being in @candidates;
 *  - what the nodes in @running need is what is taken of the moment's pools;
 *  - @pending of a node is the number of its incoming edges that have not
 *    ended;
 *  - @counts sums up to the number of nodes;
 *  - @current is the node in the middle of being decided: computed and
 *    RUNNING, or DONE or FAILED with conditions yet to be tested,
 *    @current_edge being the next one. FERMATA_INDEX_NONE otherwise.
 */
typedef struct {
  guint ref_count;
  guint32 number;
  FermataPlan *plan;

  FermataPageTable nodes;
  FermataPageTable conditions;
  FermataIndexSet *startable;

  /* What @startable is where no node needs anything */
  FermataIndexSet startable_for_any;
  FermataIndexSet skippable;
  FermataIndexSet settled;
  FermataIndexSet running;
  FermataIndexSet cancellable;
  FermataIndexSet retrying;
  FermataIndexSet listening;
  FermataIndexSet hearing;
  FermataPageTable candidates;
  guint32 current;
  guint32 current_edge;
  guint32 counts[FERMATA_N_NODE_STATUSES];
  FermataPageTable bodies;

  /* Whose it is, and which iteration; @parent is FERMATA_FRAME_NONE for the
   * root. @count is how many there will be, 0 if that is not known. */
  guint32 parent;
  guint32 owner;
  guint32 iteration;
  guint32 count;

  /* How many frames there are whose parent it is */
  guint32 n_children;
  FermataValue *item;
  FermataValue *input;

  /* What the start fact says of it, NULL if all of it runs, and how many of its
   * nodes have what they are given by that (see fermata-frame-part-private.h) */
  FermataValue *part;
  guint32 n_given;

  /* Its own, NULL where those of the frame around it are; the root's are the
   * moment's. @writers are of its own variables. */
  FermataValue *inputs;
  FermataValue *variables;
  FermataValue *writers;

  /* Of the frame of a graph, but not the root, whose are the moment's: the first
   * failure that nobody handled, and what a node said that is to be the result */
  FermataValue *failure;
  FermataValue *returned;

  /* What a `catch` or `finally` is for; NULL of others, and where nothing failed */
  FermataValue *error;

  /* When it was entered, and what has been used in it and the frames within, if
   * its graph bounds that */
  gint64 since;
  FermataBudgetUse *use;

  /* Of branches: how many are to end well (0: all), how many have, how many will
   * not; the first that has */
  guint32 quorum;
  guint32 n_won;
  guint32 n_lost;
  guint32 winner;

  /* Nothing but `always` nodes begins any more; not even those; and, though the
   * run may close gently, what is under way is not to finish; it closes gently
   * though the run may not. */
  guint8 is_closing : 1;
  guint8 is_insisted : 1;
  guint8 is_abandoned : 1;
  guint8 is_gentle : 1;

  /* Its result is what its branches gave; too few can end well. */
  guint8 has_branches : 1;
  guint8 is_lost : 1;

  /* How a node ended it: a FermataExit */
  guint8 exit;

  /* @inputs are for the graph that its one node runs. */
  guint8 is_invoked : 1;

  /* Of a state machine; NULL of others */
  FermataMachine *machine;
} FermataFrame;

struct _FermataMoment {
  gatomicrefcount ref_count;

  guint64 number;
  gint64 time;
  guint64 n_decisions;
  FermataRunState state;

  /* From the start fact */
  guint64 seed;
  gint64 wall_time;
  gint64 timeout;
  gint64 closing_timeout;
  guint max_concurrency;
  gboolean has_hooks;
  FermataValue *start;
  FermataValue *inputs;
  FermataValue *variables;

  /* See fermata-states-private.h. */
  FermataPageTable states;

  /* How many of those that the start fact gives something have it */
  guint n_given;

  FermataValue *cancel_reason;
  guint n_cancels;
  gboolean closing;
  gint64 closing_since;

  /* What runs may finish. */
  gboolean gentle;

  /* `always` nodes are to end too. */
  gboolean insisted;
  FermataValue *failure;

  /* A hook wants the run to close because of a failure. */
  gboolean stopped;

  /* What a node said that is to be the result: the first one counts. */
  FermataValue *returned;
  FermataValue *result;
  FermataValue *error;

  gboolean held;
  FermataHoldPoint hold;
  FermataPasses passes;

  /* Events from outside that nobody has taken; whether more may come, and
   * whether a machine then ends without waiting for its tasks and timers. */
  FermataEventQueue events;
  gboolean events_closed;
  gboolean stops_when_idle;

  /* Scripts of machines that ended while these ran: nobody waits for them. */
  guint32 n_scripts_dropped;

  /* What has left the run, until it is known what became of it */
  FermataSends sends;

  /* By variable, the number of the event that changed it last */
  FermataValue *writers;

  /* By pool of the root plan, how much is taken */
  guint *pools;

  FermataBudgetUse use;

  /* The root, and by number the others that are under way. Marks say of the
   * latter what there is to be decided (see fermata-moment-frames.c). */
  FermataFrame *root;
  FermataTrie frames;
  guint32 n_entered;

  /* The frame with something in the middle, or FERMATA_FRAME_NONE */
  guint32 middle;

  /* In all frames: nodes that hold places, of those the ones that await leave,
   * and nodes that await their next attempt */
  guint n_running;
  guint n_queued;
  guint n_retrying;
  guint64 n_copied;
};

FermataMoment *fermata_moment_new       (FermataPlan        *plan);

/* The one place where state changes. Runs no JavaScript and no policy, reads
 * no clock. @event must have been checked (see fermata_event_from_value()) or
 * decided. */
void           fermata_moment_apply     (FermataMoment      *self,
                                         const FermataEvent *event);

/* The next decision that follows from the state, if any: FALSE when it waits
 * for facts. Fills in @event (its payload transfer full); changes nothing. */
gboolean       fermata_moment_decide    (FermataMoment      *self,
                                         FermataEvent       *event);

FermataFrame  *fermata_frame_new        (FermataPlan        *plan,
                                         guint32             number);
FermataFrame  *fermata_frame_copy       (const FermataFrame *self);
void           fermata_frame_unref      (FermataFrame       *self);
gboolean       fermata_frame_equal      (const FermataFrame *a,
                                         const FermataFrame *b);

/* Bytes that were copied so that the moment could go on, its frames' tables
 * being shared with others. */
guint64        fermata_frame_get_n_copied  (const FermataFrame  *self);
guint64        fermata_moment_get_n_copied (const FermataMoment *self);

/* A failure that nobody handled: the first one counts. */
void           fermata_moment_note_failure (FermataMoment *self,
                                            FermataValue  *error);

/* The run is to end, and well, with this result. */
void           fermata_moment_note_return  (FermataMoment *self,
                                            FermataValue  *value);

/* A node begins, or ceases, to use what it needs of the pools. */
void           fermata_moment_take_pools   (FermataMoment      *self,
                                            const FermataFrame *frame,
                                            guint               node);
void           fermata_moment_give_pools   (FermataMoment      *self,
                                            const FermataFrame *frame,
                                            guint               node);

/* A frame, NULL if it is not under way (any more). */
FermataFrame  *fermata_moment_get_frame   (const FermataMoment *self,
                                           guint32              number);

/* The frame of a node, by its place, and its index there. */
gboolean       fermata_moment_find_local  (FermataMoment       *self,
                                           guint32              number,
                                           guint32              place,
                                           FermataFrame       **frame,
                                           guint               *local);

/* The frame, which is there, to be written. Whoever has done so says it. */
FermataFrame  *fermata_moment_write_frame (FermataMoment       *self,
                                           guint32              number);
void           fermata_moment_note_frame  (FermataMoment       *self,
                                           const FermataFrame  *frame);
void           fermata_moment_add_frame   (FermataMoment       *self,
                                           FermataFrame        *frame);
void           fermata_moment_remove_frame (FermataMoment      *self,
                                            guint32             number);

/* What expressions of a frame call `variables` and `inputs`, and by whom each
 * variable was changed (transfer none; nullable before the start, and where nobody
 * changed any). */
FermataValue  *fermata_moment_get_frame_variables (FermataMoment      *self,
                                                   const FermataFrame *frame);
FermataValue  *fermata_moment_get_frame_inputs    (FermataMoment      *self,
                                                   const FermataFrame *frame);
FermataValue  *fermata_moment_get_frame_writers   (FermataMoment      *self,
                                                   const FermataFrame *frame);

/* What an assignment in a frame changed; @changes is nullable. */
void           fermata_moment_change_variables    (FermataMoment      *self,
                                                   guint32             frame,
                                                   FermataValue       *changes);

/* The frame of the graph that the nodes of a frame belong to: a frame for an item,
 * or for a task, has the one node of its parent's graph. */
FermataFrame  *fermata_moment_find_graph_frame    (const FermataMoment *self,
                                                   const FermataFrame  *frame);

/* How many of a frame and those around it have the graph of a document. */
guint          fermata_moment_count_document_frames (const FermataMoment *self,
                                                     const FermataFrame  *frame,
                                                     guint                document);

/* The nearest machine around a frame (`#_parent`); the one that a task's frame
 * runs, if its node is a graph that is one (`#_ID`). NULL without. */
FermataFrame  *fermata_moment_find_parent_machine (const FermataMoment *self,
                                                   const FermataFrame  *frame);
FermataFrame  *fermata_moment_find_child_machine  (const FermataMoment *self,
                                                   const FermataFrame  *frame);

/* Nothing more begins in a frame, and what is under way is asked to end, unless
 * the run closes gently and not @everything is to end. */
void           fermata_moment_close_frame (FermataMoment       *self,
                                           guint32              number,
                                           gboolean             everything);

/* The next decision of any frame, as fermata_moment_decide(). */
gboolean       fermata_moment_decide_middle (FermataMoment     *self,
                                             FermataEvent      *event);
gboolean       fermata_moment_is_between_steps (FermataMoment  *self);
gboolean       fermata_moment_decide_frames (FermataMoment     *self,
                                             FermataEvent      *event);

/* Something in it has begun and not ended. */
gboolean       fermata_frame_is_under_way (const FermataFrame  *self);

/* Why the graph of a frame in which nothing can go on has not come to an end: nodes
 * that wait for each other (transfer full); NULL if there are none. */
FermataValue  *fermata_frame_dup_deadlock  (const FermataFrame *self);

/* Some node may start, if there is room. */
gboolean       fermata_frame_has_startable (const FermataFrame *self);

FermataNodeRecord        fermata_frame_read_node  (const FermataFrame *self,
                                                   guint               node);
FermataEdgeStatus        fermata_frame_get_edge   (const FermataFrame *self,
                                                   guint               edge);

static inline FermataNodeRecord *
fermata_frame_write_node (FermataFrame *self,
                          guint         node)
{
  return fermata_page_table_write (&self->nodes, node);
}

/* Microseconds: how long an attempt may take, -1 if that is not bounded; how
 * long after its failure the next is made. */
gint64                   fermata_node_record_get_timeout (const FermataNodeRecord *record);
gint64                   fermata_node_record_get_delay   (const FermataNodeRecord *record);

/*
 * How a kind of graph is interpreted.
 *
 * @has_ended tells of the frame of a body whether nothing is left to be decided in
 * it and nothing under way, so that it is to be left; @conclude, of one of which
 * that is so, what it gives: sets @output or @error (transfer full), or neither.
 */
typedef struct {
  void     (*begin)   (FermataMoment      *moment,
                       FermataFrame       *frame);
  void     (*apply)   (FermataMoment      *moment,
                       FermataFrame       *frame,
                       const FermataEvent *event);
  void     (*close)   (FermataMoment      *moment,
                       FermataFrame       *frame,
                       gboolean            everything);
  gboolean (*decide)  (FermataMoment      *moment,
                       FermataFrame       *frame,
                       FermataEvent       *event);
  gboolean (*has_ended) (const FermataMoment *moment,
                         const FermataFrame  *frame);
  void     (*conclude)  (FermataMoment       *moment,
                         FermataFrame        *frame,
                         FermataValue       **output,
                         FermataValue       **error);
} FermataInterpreter;

extern const FermataInterpreter fermata_dag_interpreter;
extern const FermataInterpreter fermata_statechart_interpreter;

const FermataInterpreter *fermata_interpreter_of (const FermataPlan *plan);

/* An event from outside, in all frames: it is kept until a node takes it, unless
 * @heard and no node waits for it. A node that waits for what cannot come any more. */
void     fermata_dag_apply_received (FermataMoment      *moment,
                                     const FermataEvent *event,
                                     gboolean            heard);
void     fermata_dag_take_kept      (FermataMoment      *moment,
                                     void              (*func) (FermataValue *event,
                                                                guint64       number,
                                                                gpointer      user_data),
                                     gpointer            user_data);
gboolean fermata_dag_decide_unheard (FermataMoment      *moment,
                                     FermataFrame       *frame,
                                     FermataEvent       *event);

/* Whether what machines have sent is still under way; nobody waits for it once the
 * run is cancelled. */
static inline gboolean
fermata_moment_awaits_sends (const FermataMoment *self)
{
  return self->sends.entries.n_entries > 0 && self->n_cancels == 0;
}

/* The same for machines: into the queues of those that no other machine runs,
 * whether there are such; one that a node runs, and that nothing can come to any more. */
gboolean fermata_statechart_apply_received (FermataMoment *moment,
                                            FermataValue  *event);
/* Of a task's frame, whether what it runs is a run of its own. */
gboolean fermata_statechart_runs_session   (const FermataFrame *task);
void     fermata_statechart_apply_answered (FermataMoment      *moment,
                                            const FermataEvent *event);
gboolean fermata_statechart_decide_unheard (FermataMoment *moment,
                                            FermataFrame  *frame,
                                            FermataEvent  *event);

G_END_DECLS
