/* fermata-statechart-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-frame-scope-private.h"
#include "engine/moment/fermata-moment-private.h"

G_BEGIN_DECLS

/*
 * The algorithm of the W3C recommendation "State Chart XML (SCXML)", appendix D,
 * one function a procedure, under its own name. The loops of the
 * recommendation run one element at a time here: where they are is in
 * FermataMachine, and each step is an event.
 *
 * Sets of states are sorted lists of indices: that is document order, and entry
 * order; exit order is the reverse. What is called `null` or the `scxml` element
 * there is FERMATA_INDEX_NONE.
 */

/* Near the bound on microsteps, what is taken is noted: so many. */
#define FERMATA_RECENT_STEPS 256

/* So much may wait for its time. */
#define FERMATA_MAX_MACHINE_TIMERS 100000

/* What does not change the machine (fermata-statechart-sets.c). */
gboolean  fermata_statechart_is_atomic                  (const FermataChart   *chart,
                                                         guint                 state);
gboolean  fermata_statechart_is_compound                (const FermataChart   *chart,
                                                         guint                 state);
gboolean  fermata_statechart_is_in_final_state          (const FermataChart   *chart,
                                                         const FermataMachine *machine,
                                                         guint                 state);
guint     fermata_statechart_find_lcca                  (const FermataChart   *chart,
                                                         guint                 source,
                                                         const guint32        *states,
                                                         guint                 n_states);
void      fermata_statechart_get_effective_target_states (const FermataChart   *chart,
                                                         const FermataMachine *machine,
                                                         FermataChartRange     targets,
                                                         FermataIndexList    **states);

/* FALSE if it has no targets, and so no domain. */
gboolean  fermata_statechart_get_transition_domain      (const FermataPlan    *plan,
                                                         const FermataMachine *machine,
                                                         guint                 edge,
                                                         guint                *domain);

/* In document order. */
void      fermata_statechart_compute_exit_set           (const FermataPlan      *plan,
                                                         const FermataMachine   *machine,
                                                         const FermataIndexList *edges,
                                                         FermataIndexList      **states);

typedef struct {
  FermataIndexList *states;
  FermataIndexList *defaults;
  FermataIndexList *default_histories;
} FermataEntrySet;

void      fermata_statechart_entry_set_clear            (FermataEntrySet        *self);
void      fermata_statechart_compute_entry_set          (const FermataPlan      *plan,
                                                         const FermataMachine   *machine,
                                                         const FermataIndexList *edges,
                                                         FermataEntrySet        *set);

/* The same for the transition that a machine begins with. */
void      fermata_statechart_compute_initial_set        (const FermataChart     *chart,
                                                         const FermataMachine   *machine,
                                                         FermataEntrySet        *set);
void      fermata_statechart_add_descendant_states_to_enter (const FermataChart   *chart,
                                                         const FermataMachine *machine,
                                                         guint                 state,
                                                         FermataEntrySet      *set);
void      fermata_statechart_add_ancestor_states_to_enter (const FermataChart   *chart,
                                                         const FermataMachine *machine,
                                                         guint                 state,
                                                         guint                 ancestor,
                                                         FermataEntrySet      *set);

/* Events and descriptors (fermata-statechart-match.c) */
gboolean  fermata_statechart_name_match                 (const FermataPlan    *plan,
                                                         guint                 edge,
                                                         const char           *name);

/* Whether any edge of the machine may be for an event of that name. */
gboolean  fermata_statechart_is_expected                (const FermataPlan    *plan,
                                                         const char           *name);

/*
 * The edges that leave a state and may be for an event, in document order: by the
 * event's name, NULL standing for no event.
 */
typedef struct {
  const FermataPlan *plan;
  const char *name;
  guint32 next;
  guint32 end;

  /* Of states that many edges leave: those with each fitting descriptor */
  GArray *lists[4];
  guint positions[4];
  guint n_lists;
  GPtrArray *more;
} FermataCandidates;

void      fermata_statechart_candidates_init            (FermataCandidates    *self,
                                                         const FermataPlan    *plan,
                                                         guint                 state,
                                                         const char           *name);
gboolean  fermata_statechart_candidates_next            (FermataCandidates    *self,
                                                         guint                *edge);
void      fermata_statechart_candidates_clear           (FermataCandidates    *self);

/* Which transitions are enabled (fermata-statechart-select.c): @edges are they,
 * without conflicts. FALSE if the condition of one has no value: then @failed is
 * that, and @error why. */
gboolean  fermata_statechart_select_eventless_transitions (FermataMoment      *moment,
                                                         FermataFrame         *frame,
                                                         FermataIndexList    **edges,
                                                         guint                *failed,
                                                         GError              **error);
gboolean  fermata_statechart_select_transitions         (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         FermataIndexList    **edges,
                                                         guint                *failed,
                                                         GError              **error);
void      fermata_statechart_remove_conflicting_transitions (const FermataPlan    *plan,
                                                         const FermataMachine *machine,
                                                         FermataIndexList    **edges);
gboolean  fermata_statechart_condition_match            (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         guint                 edge,
                                                         gboolean             *holds,
                                                         GError              **error);

/* `iteration` of a loop (transfer full) */
FermataValue *fermata_statechart_iteration_new          (const FermataMachineLoop *loop);

/* What the first event of a microstep says of the other transitions
 * (fermata-statechart-then.c) */
FermataValue *fermata_statechart_then_new               (FermataPlan          *plan,
                                                         const FermataIndexList *edges);
void      fermata_statechart_then_read                  (FermataPlan          *plan,
                                                         guint                 first,
                                                         FermataValue         *payload,
                                                         FermataIndexList    **edges);

/* Names for expressions */
void      fermata_statechart_scope_init                 (FermataFrameScope    *scope,
                                                         FermataMoment        *moment,
                                                         FermataFrame         *frame);

/* Deciding (fermata-statechart-decide.c, -actions.c, -tasks.c); @payload is
 * transfer full and nullable. Always TRUE. */
gboolean  fermata_statechart_decision                   (FermataFrame         *frame,
                                                         FermataEvent         *event,
                                                         FermataEventKind      kind,
                                                         guint                 place,
                                                         FermataValue         *payload);
gboolean  fermata_statechart_decide                     (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         FermataEvent         *event);
gboolean  fermata_statechart_execute_content            (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         FermataEvent         *event);
gboolean  fermata_statechart_decide_failed              (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         guint                 place,
                                                         guint                 step,
                                                         const char           *what,
                                                         const GError         *error,
                                                         FermataEvent         *event);
gboolean  fermata_statechart_decide_invoke              (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         guint                 state,
                                                         guint                 task,
                                                         FermataEvent         *event);
void      fermata_statechart_skip_invoke                (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         guint                 state);

/* The id of an invocation that the document does not name, and whether one is of that
 * sort. */
char     *fermata_statechart_dup_invoke_id              (const FermataFrame   *frame,
                                                         guint                 state,
                                                         guint                 position,
                                                         guint32               number);
gboolean  fermata_statechart_is_invoke_id               (const FermataFrame   *frame,
                                                         guint                 state,
                                                         guint                 position,
                                                         const char           *id);
gboolean  fermata_statechart_invoke                     (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         FermataEvent         *event);

/* The state or the edge whose actions are under way, as a place. */
guint     fermata_statechart_get_place                  (const FermataFrame   *frame);

/* Applying (fermata-statechart-apply.c, -steps.c) */
void      fermata_statechart_apply                      (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         const FermataEvent   *event);
void      fermata_statechart_begin_exits                (FermataMoment        *moment,
                                                         FermataFrame         *frame);
void      fermata_statechart_begin_ending               (FermataMoment        *moment,
                                                         FermataFrame         *frame);
void      fermata_statechart_exit_state                 (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         const FermataEvent   *event);
void      fermata_statechart_enter_state                (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         const FermataEvent   *event);

/* The actions at hand are over. */
void      fermata_statechart_end_block                  (FermataMoment        *moment,
                                                         FermataFrame         *frame);
void      fermata_statechart_end_done                   (FermataMoment        *moment,
                                                         FermataFrame         *frame);

/* Where the machine stands when a microstep, or an event, is done with. */
void      fermata_statechart_settle                     (FermataMoment        *moment,
                                                         FermataFrame         *frame);
void      fermata_statechart_begin_block                (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         guint                 block,
                                                         FermataMachineStage   stage);

/* Actions (fermata-statechart-content.c) */
void      fermata_statechart_apply_action               (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         const FermataEvent   *event);
void      fermata_statechart_apply_script_ended         (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         const FermataEvent   *event);

/* Where it goes on from declarations that are made once. */
guint     fermata_statechart_follow_once                (FermataFrame         *frame,
                                                         guint                 pc);

/* Whoever waited for the script does not any more. */
void      fermata_statechart_drop_script                (FermataMoment        *moment,
                                                         FermataFrame         *frame);
void      fermata_statechart_leave_loops                (FermataFrame         *frame);
void      fermata_statechart_advance                    (FermataMoment        *moment,
                                                         FermataFrame         *frame);

/* Queues and timers (fermata-statechart-events.c) */
FermataValue *fermata_statechart_event_new              (const char           *name,
                                                         FermataValue         *data,
                                                         const char           *type,
                                                         const char           *member,
                                                         FermataValue         *value);
void      fermata_statechart_raise                      (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         FermataValue         *event);
void      fermata_statechart_raise_error                (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         FermataValue         *error);

/* Into the external queue of a machine's frame, which may be another one. */
void      fermata_statechart_deliver                    (FermataMoment        *moment,
                                                         guint32               frame,
                                                         FermataValue         *event);
void      fermata_statechart_take_kept                  (FermataMoment        *moment,
                                                         FermataFrame         *frame);
void      fermata_statechart_apply_sent                 (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         FermataValue         *sent);
void      fermata_statechart_apply_cancelled            (FermataFrame         *frame,
                                                         FermataValue         *cancelled);
void      fermata_statechart_apply_timers               (FermataMoment        *moment,
                                                         FermataFrame         *frame);
void      fermata_statechart_add_after                  (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         guint                 edge,
                                                         gint64                delay);
void      fermata_statechart_forget_after               (FermataFrame         *frame,
                                                         guint                 state);
void      fermata_statechart_forget_timers              (FermataFrame         *frame);
void      fermata_statechart_drop_stale                 (FermataMachine       *machine);
void      fermata_statechart_forget_fired               (FermataMachine       *machine,
                                                         guint64               number,
                                                         guint                 edge);
FermataValue *fermata_statechart_after_event_new        (FermataPlan          *plan,
                                                         guint                 edge);

void      fermata_statechart_send_later                 (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         FermataValue         *sent,
                                                         FermataValue         *event,
                                                         gint64                delay);

/* Sending (fermata-statechart-sending.c, -routes.c) */

/* Where an event goes: into the machine's own internal queue, into the external
 * one of a machine of the run, @frame being its frame, or out of the run. */
typedef enum {
  FERMATA_ROUTE_INTERNAL,
  FERMATA_ROUTE_MACHINE,
  FERMATA_ROUTE_OUTSIDE,
} FermataRouteKind;

/* @outside and @task say to whom, if that is nobody of the run. */
typedef struct {
  FermataRouteKind kind;
  guint32 frame;
  FermataSendKind outside;
  guint32 task;
} FermataRoute;

/* FALSE with @error if there is no such way, or nobody there. @type and @to may
 * be NULL. */
gboolean  fermata_statechart_find_route                 (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         const char           *type,
                                                         const char           *to,
                                                         FermataRoute         *route,
                                                         GError              **error);

/* Whether what is about to be sent can be: that is an error of the action, else
 * one that comes later. */
gboolean  fermata_statechart_check_send                 (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         FermataValue         *sent,
                                                         GError              **error);

/* On its way: @type, @to and @id are texts or NULL, @number is that of the event
 * that sent it. FALSE with @error if there is nobody. */
gboolean  fermata_statechart_dispatch                   (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         FermataValue         *type,
                                                         FermataValue         *to,
                                                         FermataValue         *id,
                                                         FermataValue         *event,
                                                         guint64               number,
                                                         GError              **error);

/* What could not be invoked is an error of the machine, in SCXML's data models. */
gboolean  fermata_statechart_note_uninvoked             (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         FermataValue         *returned);

/* To another machine of the run, with data as that has it. */
void      fermata_statechart_tell                       (FermataMoment        *moment,
                                                         const FermataFrame   *frame,
                                                         guint32               target,
                                                         FermataValue         *event);

/* An event that the machine has at hand, to a run that one of its tasks has begun. */
void      fermata_statechart_forward_outside            (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         guint32               task,
                                                         FermataValue         *event);

/* What a frame is called by other machines, whatever run they are in: its session;
 * reads a session's address. */
char     *fermata_statechart_dup_session_id             (guint64               seed,
                                                         guint32               frame);
gboolean  fermata_statechart_parse_session              (const char           *address,
                                                         guint64              *seed,
                                                         guint32              *frame);

/* `_ioprocessors` */
FermataValue *fermata_statechart_dup_io_processors      (FermataMoment        *moment,
                                                         const FermataFrame   *frame);

/* Tasks (fermata-statechart-tasks.c) */
void      fermata_statechart_apply_invoked              (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         const FermataEvent   *event);
void      fermata_statechart_apply_returned             (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         const FermataEvent   *event);
void      fermata_statechart_cancel_invoke              (FermataMoment        *moment,
                                                         FermataFrame         *frame,
                                                         guint                 state);

/* With an event from outside at hand: sends it on, and begins what a task's
 * `finalize` says of it. */
void      fermata_statechart_apply_finalize             (FermataMoment        *moment,
                                                         FermataFrame         *frame);

/* Whether a condition that fails is a step, too: one that is tested for an event of
 * the machine's own may be tested for the error that it raised itself, for ever. */
static inline gboolean
fermata_statechart_counts_failures (const FermataMachine *machine)
{
  return machine->phase == FERMATA_MACHINE_MATCHING
         && machine->event_type == FERMATA_MACHINE_EVENT_INTERNAL;
}

G_END_DECLS
