/* fermata-run-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-script-pool.h"
#include "engine/history/fermata-spool-private.h"
#include "engine/moment/fermata-moment-private.h"
#include "engine/policies/fermata-services-private.h"
#include "engine/run/fermata-artifacts-private.h"
#include "engine/run/fermata-emission-private.h"
#include "engine/run/fermata-execution.h"
#include "engine/run/fermata-run-part-private.h"
#include "engine/run/fermata-run.h"
#include "engine/run/fermata-sessions-private.h"

G_BEGIN_DECLS

typedef struct _FermataRunTimer FermataRunTimer;

/* What goes with events from outside, by a hash of their names: the latest of
 * each is kept, for the next of that name says the same. @plain is `{ name }`,
 * @with_data the same with a `data` that is to be replaced. */
#define FERMATA_N_EVENT_MOLDS 64u

typedef struct {
  FermataValue *plain;
  FermataValue *with_data;
} FermataEventMold;

/* What a node has printed in all its attempts, and where the items of the last
 * one are in it. */
typedef struct {
  FermataSpool *spools[FERMATA_N_STREAMS];
  FermataStream item_stream;
  FermataEmit item_format;
  guint64 item_offset;
} FermataPrinted;

/*
 * Invariants: @moment is the state after the last event of @history; @facts is
 * empty unless an event is being committed, for a fact that comes in the midst
 * of that waits its turn, and @n_events_posted of them are events from outside;
 * @executions has an entry exactly for each node that is RUNNING, CANCELLING or
 * SETTLED and not computed.
 */
struct _FermataRun {
  GObject parent_instance;

  FermataPlan *plan;
  FermataClock *clock;
  FermataExecutor *executor;
  FermataScriptPool *script_pool;
  FermataValue *inputs;
  FermataValue *variables;
  FermataValue *states;         /* first ones; NULL if no node has any */
  FermataPartStart part;
  char *id;
  guint64 seed;
  gint64 date;
  guint max_concurrency;
  gint64 timeout;
  gint64 closing_timeout;
  gint64 grace;

  FermataHistory *history;
  FermataMoment *moment;
  GPtrArray *monitors;

  /* By place, how often it is armed, if that is less than 255 times; by place, how
   * often more; how often all of them are. */
  guint8 *armed;
  GHashTable *armed_more;
  guint n_all_armed;
  guint64 n_flushed;

  /* Where large outputs go; NULL: they are carried about. */
  FermataArtifacts *artifacts;

  /* Events from outside; nobody will send any more. */
  FermataEventMold molds[FERMATA_N_EVENT_MOLDS];
  gboolean events_closed;

  /* Ended, and everybody has been told. */
  gboolean is_over;

  /* @awake: there may be something to decide. */
  GSource *source;
  gboolean awake;
  GQueue facts;
  guint n_events_posted;
  guint committing;
  GPtrArray *waiting;

  /* The run's clock: @origin is its zero, minus the time held before. */
  gint64 origin;
  gint64 held_since;
  GQueue timers;
  FermataRunTimer *timeout_timer;
  FermataRunTimer *closing_timer;
  FermataRunTimer *budget_timer;

  /* By place: an attempt's time limit, or the wait before the next. */
  GHashTable *node_timers;

  /* Hooks; by place what they are asked of nodes, and by frame of machines. */
  GPtrArray *hooks;
  GHashTable *inquiries;
  GHashTable *step_inquiries;

  /* Shared with the other runs of the engine; and by place, attempts that
   * asked them. */
  FermataServices *services;
  GHashTable *attempts;

  /* By frame; and how many machines had not awaited theirs when that was last
   * looked at. */
  GHashTable *scripts;
  guint32 n_scripts_dropped;

  /* What is found by others, and finds them: NULL of a run without an engine. By
   * number, what event processors have not answered, and by what that is called off;
   * how many of what machines sent have been handed over; by frame, what is open. */
  FermataSessions *sessions;
  GHashTable *sendings;
  GCancellable *sending;
  guint32 n_handed;
  GHashTable *opened;

  /* The attempt that it is run for, if a machine has invoked it (no reference), and
   * how many such runs it is in */
  FermataExecution *invoker;
  guint depth;

  GHashTable *executions;
  GHashTable *printed;

  /* Where nodes are in the items of their sources; executions that have been
   * asked to wait. */
  GHashTable *cursors;
  GHashTable *paused;
};

void             fermata_printed_free         (FermataPrinted   *self);

/* A fact from outside (@payload transfer full, nullable): recorded now, or
 * right after the event that is being committed. */
void             fermata_run_post_fact        (FermataRun       *self,
                                               FermataEventKind  kind,
                                               guint32           frame,
                                               guint32           place,
                                               guint             attempt,
                                               FermataValue     *payload);

/* The same without looking whether the run is under way: for its own. */
void             fermata_run_post             (FermataRun       *self,
                                               FermataEventKind  kind,
                                               guint32           frame,
                                               guint32           place,
                                               guint             attempt,
                                               FermataValue     *payload);
GSource         *fermata_run_create_source    (FermataRun       *self);

/* fermata_run_get_time() for those who are sure of @self. */
gint64           fermata_run_read_clock       (FermataRun       *self);
void             fermata_run_perform          (FermataRun         *self,
                                               const FermataEvent *event);
void             fermata_run_clear_timers     (FermataRun       *self);
void             fermata_run_clear_molds      (FermataRun       *self);

/* The fact @kind comes @microseconds after the present moment, unless the
 * node's timer is cleared before. */
void             fermata_run_set_node_timer   (FermataRun         *self,
                                               const FermataEvent *event,
                                               FermataEventKind    kind,
                                               gint64              microseconds);
void             fermata_run_clear_node_timer (FermataRun       *self,
                                               guint32           frame,
                                               guint32           node);

/* A queued node asks whether it may start; has started; its attempt has ended,
 * however far it came. */
void             fermata_run_ask_admission    (FermataRun         *self,
                                               const FermataEvent *event);
void             fermata_run_note_admitted    (FermataRun         *self,
                                               const FermataEvent *event);
void             fermata_run_drop_admission   (FermataRun         *self,
                                               const FermataEvent *event);
GHashTable      *fermata_run_create_attempts  (void);

/* Whoever is asked after the hooks: admits a node that is queued. */
void             fermata_run_admit            (FermataRun         *self,
                                               guint32             frame,
                                               guint32             node,
                                               guint               attempt,
                                               FermataValue       *input);

/* Asks the hooks about a node that is queued; FALSE if there are none. */
gboolean         fermata_run_ask_hooks        (FermataRun         *self,
                                               const FermataEvent *event);
void             fermata_run_ask_review       (FermataRun         *self,
                                               const FermataEvent *event);

/* What they were asked last is not of interest any more; the node has ended. */
void             fermata_run_withdraw_hooks   (FermataRun         *self,
                                               const FermataEvent *event);
void             fermata_run_clean_up_hooks   (FermataRun         *self,
                                               const FermataEvent *event);
GHashTable      *fermata_run_create_inquiries (void);

/* A machine has come to a script; some do not wait for theirs any more. */
GHashTable      *fermata_run_create_scripts   (void);
void             fermata_run_start_script     (FermataRun         *self,
                                               const FermataEvent *event);
void             fermata_run_drop_scripts     (FermataRun         *self);

/* Asks the hooks about the step that a machine wants to make; tells them when it
 * has, if that is so after an event. */
void             fermata_run_ask_step         (FermataRun         *self,
                                               const FermataEvent *event);
void             fermata_run_note_step        (FermataRun         *self,
                                               const FermataEvent *event);
void             fermata_run_drop_step        (FermataRun         *self,
                                               guint32             frame);
GHashTable      *fermata_run_create_step_inquiries (void);

/* Whether those who wait do so in vain is looked at when a run has come to rest. */
void             fermata_run_note_quiet       (FermataRun         *self);
void             fermata_run_post_stop        (FermataRun         *self);

/* What machines send, and how others reach them: see fermata-run-sends.c and
 * -sessions.c. */
GHashTable      *fermata_run_create_sendings  (void);
void             fermata_run_hand_sends       (FermataRun         *self);
void             fermata_run_drop_sends       (FermataRun         *self);

/* An event for one machine, its frame being @number; @from is the frame of the task
 * that it comes from, else 0. FALSE if that does not take it. */
gboolean         fermata_run_take_event       (FermataRun         *self,
                                               guint32             number,
                                               guint32             from,
                                               FermataValue       *event);
GHashTable      *fermata_run_create_opened    (void);
FermataValue    *fermata_run_open_processors  (FermataRun         *self);
void             fermata_run_open_session     (FermataRun         *self,
                                               guint32             number);
void             fermata_run_close_session    (FermataRun         *self,
                                               guint32             number);
void             fermata_run_close_sessions   (FermataRun         *self);
void             fermata_run_set_sessions     (FermataRun         *self,
                                               FermataSessions    *sessions);

/* Before its start. */
void             fermata_run_set_services     (FermataRun         *self,
                                               FermataServices    *services);
void             fermata_run_tell_committed   (FermataRun       *self);
void             fermata_run_tell_flushed     (FermataRun       *self,
                                               guint64           first,
                                               guint64           last);
gboolean         fermata_run_is_gated         (FermataRun         *self,
                                               const FermataEvent *event);
FermataExecutor *fermata_run_get_executor     (FermataRun       *self);
gint64           fermata_run_get_grace        (FermataRun       *self);
FermataClock    *fermata_run_get_clock        (FermataRun       *self);
FermataSpool    *fermata_run_get_spool        (FermataRun       *self,
                                               guint32           frame,
                                               guint32           node,
                                               FermataStream     stream);

FermataPrinted  *fermata_run_find_printed     (FermataRun       *self,
                                               guint32           frame,
                                               guint32           node);

/* Items */
GHashTable      *fermata_run_create_cursors   (void);
void             fermata_run_drop_cursor      (FermataRun       *self,
                                               guint32           frame,
                                               guint32           place);
void             fermata_run_supply_items     (FermataRun         *self,
                                               const FermataEvent *event);
gboolean         fermata_run_is_full          (FermataRun       *self,
                                               guint32           frame,
                                               guint32           place);
void             fermata_run_resume_sources   (FermataRun       *self);

/* The lines of @stream from @offset on are the items of a node's attempt. */
void             fermata_run_set_items        (FermataRun       *self,
                                               guint32           frame,
                                               guint32           node,
                                               FermataStream     stream,
                                               FermataEmit       format,
                                               guint64           offset);
GHashTable      *fermata_run_create_node_timers (void);

/* A timer on the run's clock, which stands still while the run is held. */
FermataRunTimer *fermata_run_add_timer        (FermataRun       *self,
                                               gint64            deadline,
                                               FermataTimerFunc  func,
                                               gpointer          user_data);
void             fermata_run_remove_timer     (FermataRun       *self,
                                               FermataRunTimer  *timer);
void             fermata_run_update_machine_timer (FermataRun *self,
                                                   guint32     number);
void             fermata_run_suspend_timers   (FermataRun       *self);
void             fermata_run_resume_timers    (FermataRun       *self);

/* A frame and a place in one word, for tables. */
static inline guint64
fermata_run_key (guint32 frame,
                 guint32 place)
{
  return (guint64) frame << 32 | place;
}

static inline guint64 *
fermata_run_key_new (guint32 frame,
                     guint32 place)
{
  guint64 key = fermata_run_key (frame, place);

  return g_memdup2 (&key, sizeof key);
}

/* Executions are made by the run. */
FermataExecution *fermata_execution_new       (FermataRun       *run,
                                               guint32           frame,
                                               guint32           node,
                                               guint             attempt,
                                               gint64            since,
                                               FermataValue     *started);
void              fermata_execution_begin     (FermataExecution *self);
void              fermata_execution_cancel    (FermataExecution *self);

void              fermata_execution_flush     (FermataExecution *self);
void              fermata_execution_set_paused (FermataExecution *self,
                                                gboolean          paused);

/* The run does not wait for it any more. */
void              fermata_execution_detach    (FermataExecution *self);

/* The time limits that the graph sets, in microseconds; -1: none. */
typedef struct {
  gint64 timeout;
  gint64 closing_timeout;
} FermataRunLimits;

gboolean          fermata_inputs_make_limits  (FermataPlan      *plan,
                                               FermataValue     *inputs,
                                               gint64            date,
                                               guint64           seed,
                                               FermataRunLimits *limits,
                                               GError          **error);
gboolean          fermata_inputs_make_states (FermataPlan      *plan,
                                              FermataValue     *inputs,
                                              gint64            date,
                                              guint64           seed,
                                              FermataValue    **states,
                                              GError          **error);

G_END_DECLS
