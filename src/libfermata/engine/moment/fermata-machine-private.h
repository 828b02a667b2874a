/* fermata-machine-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-index-list-private.h"
#include "engine/moment/fermata-machine-queue-private.h"
#include "engine/moment/fermata-page-table-private.h"
#include "engine/plan/fermata-chart-private.h"

G_BEGIN_DECLS

/*
 * What a machine is in the middle of. Microsteps go through EXITING, TAKING and
 * ENTERING, one element at a time.
 */
typedef enum {
  /* Nothing has happened yet. */
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

  /* An event from a task is at hand, and what its `finalize` says is done. */
  FERMATA_MACHINE_FINALIZING,

  /* Tasks of the states in `to_invoke` begin. */
  FERMATA_MACHINE_INVOKING,

  /* The macrostep is done. */
  FERMATA_MACHINE_IDLE,

  /* All states are left, and it ends. */
  FERMATA_MACHINE_ENDING,
  FERMATA_MACHINE_ENDED,
} FermataMachinePhase;

/* How far the script is that is the action at hand; it has ended, and its outcome
 * is to be dealt with. */
typedef enum {
  FERMATA_MACHINE_NO_SCRIPT,
  FERMATA_MACHINE_SCRIPT_RUNS,
  FERMATA_MACHINE_SCRIPT_ENDED,
} FermataMachineScript;

typedef enum {
  FERMATA_MACHINE_EVENT_EXTERNAL,
  FERMATA_MACHINE_EVENT_INTERNAL,
  FERMATA_MACHINE_EVENT_PLATFORM,
} FermataMachineEventType;

/* Where it is within one element of EXITING, ENTERING or ENDING: before it, in
 * its actions, or behind them. */
typedef enum {
  FERMATA_MACHINE_BEFORE,
  FERMATA_MACHINE_IN_EXIT,
  FERMATA_MACHINE_IN_TRANSITION,
  FERMATA_MACHINE_IN_ENTRY,
  FERMATA_MACHINE_IN_INITIAL,
  FERMATA_MACHINE_IN_HISTORY,

  /* A final state: the event that says so is to be raised, with its data, without
   * them, and the one of the parallel state that is done too. */
  FERMATA_MACHINE_AT_DONE,
  FERMATA_MACHINE_AT_DONE_PLAIN,
  FERMATA_MACHINE_AT_DONE_PARALLEL,
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
 * calls it, @to whom it is for, @type by which way.
 */
typedef struct {
  gint64 due;
  guint64 number;
  guint32 edge;
  FermataValue *event;
  FermataValue *id;
  FermataValue *to;
  FermataValue *type;
} FermataMachineTimer;

/* An edge with `after` that waits in the external queue: @number is that of its
 * timer. */
typedef struct {
  guint64 number;
  guint32 edge;
} FermataMachineFired;

/* Of a state or an edge: how often it has been entered or taken, and when last. */
typedef struct {
  gint64 since;
  guint32 n;
} FermataMachinePassages;

/* A task of a state, in a frame of its own. @id is what it is called, if that was not
 * known before (then it is not NULL). */
typedef struct {
  guint32 frame;
  guint32 task;
  gboolean is_cancelled;
  FermataValue *id;
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

  /* What the event at hand is: see FermataMachineEventType. */
  guint8 event_type;

  /* See FermataMachineScript. */
  guint8 script;
  guint32 pc;
  guint32 position;
  guint32 n_steps;
  guint32 n_restless;

  /* Number of the event that was dequeued last */
  guint64 event_number;

  /* `event`, NULL before the first; of an edge with `after` that one, else
   * FERMATA_INDEX_NONE */
  FermataValue *event;
  guint32 event_edge;

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

  FermataMachineQueue internal;
  FermataMachineQueue external;

  /* Of FermataMachineLoop, FermataMachineTimer and FermataMachineInvocation;
   * NULL where there were none yet */
  GArray *loops;
  GArray *timers;
  GArray *invocations;

  /* Of FermataMachineFired: those of states that were left since are gone from
   * here, though they are in `external` */
  GArray *fired;

  /* Edges whose conditions failed while transitions are looked for, and eventless
   * ones that a hook has vetoed */
  FermataIndexList *refused;

  /* The latest edges taken while the number of steps gets near its bound */
  FermataIndexList *recent;

  /* Of the script: when it began, what it ended with */
  gint64 script_since;
  FermataValue *script_result;

  /* By state, if the chart wants them (else it has no records): see
   * fermata-machine-visits.c. */
  FermataPageTable visits;

  /* Of FermataMachinePassages, by place: states, then edges. */
  FermataPageTable passages;

  /* The final state at the top that it ended in, and its data */
  guint32 final;
  FermataValue *data;
} FermataMachine;

FermataMachine *fermata_machine_new   (const FermataChart   *chart,
                                       guint                 n_states,
                                       guint                 n_edges);
FermataMachine *fermata_machine_copy  (const FermataMachine *self);
void            fermata_machine_free  (FermataMachine       *self);
gboolean        fermata_machine_equal (const FermataMachine *a,
                                       const FermataMachine *b);

/* What visits of states result in: of one that is under way; at its end; of those
 * that have ended, an array, NULL before the first. */
void            fermata_machine_init_visits (FermataMachine       *self,
                                             const FermataChart   *chart,
                                             guint                 n_states);
gboolean        fermata_machine_visits_equal (const FermataMachine *a,
                                             const FermataMachine *b);
void            fermata_machine_note_result (FermataMachine       *self,
                                             guint                 state,
                                             FermataValue         *result);
void            fermata_machine_end_visit   (FermataMachine       *self,
                                             guint                 state);
FermataValue   *fermata_machine_get_visits  (const FermataMachine *self,
                                             guint                 state);

/* A state has been entered, an edge taken. */
static inline void
fermata_machine_note_passage (FermataMachine *self,
                              guint           place,
                              gint64          time)
{
  FermataMachinePassages *passages = fermata_page_table_write (&self->passages, place);

  passages->since = time;
  passages->n++;
}

static inline gboolean
fermata_machine_is_active (const FermataMachine *self,
                           guint                 state)
{
  return fermata_index_list_contains (self->configuration, state);
}

static inline const char *
fermata_machine_get_invoke_id (const FermataMachineInvocation *invocation,
                               const FermataChart             *chart)
{
  return invocation->id != NULL ? fermata_value_get_string (invocation->id, NULL)
                                : chart->tasks[invocation->task].id;
}

/* Whether something follows at once, without an event from outside. */
static inline gboolean
fermata_machine_is_busy (const FermataMachine *self)
{
  if (self->script == FERMATA_MACHINE_SCRIPT_RUNS)
    return FALSE;

  return self->phase > FERMATA_MACHINE_ASKING ? self->phase != FERMATA_MACHINE_IDLE
                                                && self->phase != FERMATA_MACHINE_ENDED
                                              : self->phase == FERMATA_MACHINE_SELECTING
                                                || self->phase == FERMATA_MACHINE_MATCHING;
}

/* Whether hooks are to answer before it goes on. */
static inline gboolean
fermata_machine_is_asking (const FermataMachine *self)
{
  return self->phase == FERMATA_MACHINE_ASKING;
}

/* Whether it waits, and there is an event for it. */
static inline gboolean
fermata_machine_has_event (const FermataMachine *self)
{
  return self->phase == FERMATA_MACHINE_IDLE && self->external.n_events > 0;
}

static inline guint
fermata_machine_get_n (const GArray *array)
{
  return array == NULL ? 0 : array->len;
}

G_END_DECLS
