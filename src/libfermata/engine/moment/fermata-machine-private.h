/* fermata-machine-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-event-queue-private.h"
#include "engine/moment/fermata-page-table-private.h"
#include "engine/moment/fermata-trie-private.h"
#include "engine/plan/fermata-chart-private.h"

G_BEGIN_DECLS

/* A list of indices. Shared by copies of a machine, written only by its one
 * owner. */
typedef struct {
  guint ref_count;
  guint n;
  guint32 indices[];
} FermataIndexList;

/*
 * What a machine is in the middle of. Microsteps go through EXITING, TAKING and
 * ENTERING, one element at a time.
 */
typedef enum {
  /* The initial states are to be entered. */
  FERMATA_MACHINE_BEGINNING,

  /* What follows is to be found: transitions without event, then events of the
   * internal queue, then tasks to start. */
  FERMATA_MACHINE_SELECTING,

  /* An event is at hand, and transitions for it are to be found. */
  FERMATA_MACHINE_MATCHING,

  /* Hooks are asked about the transitions in `edges`. */
  FERMATA_MACHINE_ASKING,

  /* Transitions are enabled; those from `position` on have not been told. */
  FERMATA_MACHINE_TELLING,
  FERMATA_MACHINE_EXITING,
  FERMATA_MACHINE_TAKING,
  FERMATA_MACHINE_ENTERING,

  /* An event from outside is at hand, and tasks of active states may finalize
   * it or be sent it. */
  FERMATA_MACHINE_FINALIZING,

  /* The macrostep is done. */
  FERMATA_MACHINE_IDLE,

  /* All states are left, and it ends. */
  FERMATA_MACHINE_ENDING,
  FERMATA_MACHINE_ENDED,
} FermataMachinePhase;

/* Where it is within one element of EXITING, ENTERING or ENDING: before it, in
 * its actions, or behind them. */
typedef enum {
  FERMATA_MACHINE_BEFORE,
  FERMATA_MACHINE_IN_EXIT,
  FERMATA_MACHINE_IN_TRANSITION,
  FERMATA_MACHINE_IN_ENTRY,
  FERMATA_MACHINE_IN_INITIAL,
  FERMATA_MACHINE_IN_HISTORY,
  FERMATA_MACHINE_AT_DONE,
  FERMATA_MACHINE_IN_FINALIZE,
} FermataMachineStage;

/* A loop of `foreach` that is under way, innermost last. */
typedef struct {
  FermataValue *items;
  guint32 index;
  guint32 op;
} FermataMachineLoop;

/*
 * What waits for its time, by @due and then @number: an event that was sent
 * with a delay, or an edge with `after` (then @edge is its index, and
 * @event NULL). @number is that of the event that began it, @id what `cancel`
 * calls it.
 */
typedef struct {
  gint64 due;
  guint64 number;
  guint32 edge;
  FermataValue *event;
  FermataValue *id;
} FermataMachineTimer;

/* A task of a state, in a frame of its own. */
typedef struct {
  guint32 frame;
  guint32 task;
  gboolean is_cancelled;
} FermataMachineInvocation;

/*
 * The state of a frame whose plan is a state machine.
 *
 * Invariants:
 *  - @configuration is sorted, and legal whenever @phase is SELECTING, MATCHING
 *    or IDLE;
 *  - @timers is sorted; all its edges leave active states;
 *  - @n_restless is the number of active states that an edge without event
 *    leaves;
 *  - @to_invoke has those states, sorted, that were entered in this macrostep
 *    and have tasks to start;
 *  - @pc is FERMATA_INDEX_NONE unless @stage is in actions.
 */
typedef struct {
  guint8 phase;
  guint8 stage;
  guint8 is_failed : 1;
  guint8 is_finished : 1;
  guint32 pc;
  guint32 position;
  guint32 n_steps;
  guint32 n_restless;

  /* Number of the event that was dequeued last */
  guint64 event_number;

  /* `event`, NULL before the first */
  FermataValue *event;

  FermataIndexList *configuration;
  FermataIndexList *edges;
  FermataIndexList *exits;
  FermataIndexList *enters;

  /* Of those in @enters, which are entered by default, and so do the actions of
   * their initial transition; whose history was restored by default */
  FermataIndexList *defaults;
  FermataIndexList *default_histories;
  FermataIndexList *to_invoke;

  /* By history state, a FermataIndexList, NULL before the first exit */
  FermataPageTable histories;

  FermataEventQueue internal;
  FermataEventQueue external;

  FermataMachineLoop *loops;
  guint n_loops;

  GArray *timers;
  GArray *invocations;

  /* The latest edges taken while the number of steps gets near its bound */
  FermataIndexList *recent;

  /* The final state at the top that it ended in, and its data */
  guint32 final;
  FermataValue *data;
} FermataMachine;

G_END_DECLS
