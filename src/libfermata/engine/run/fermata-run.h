/* fermata-run.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/fermata-clock.h"
#include "engine/fermata-executor.h"
#include "engine/history/fermata-history.h"
#include "engine/run/fermata-run-part.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_RUN (fermata_run_get_type ())

/**
 * FermataRun:
 *
 * One execution of a graph. Lives on the thread-default main context of where
 * it was made, in slices of a few milliseconds.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataRun, fermata_run, FERMATA, RUN, GObject)

#define FERMATA_TYPE_MONITOR (fermata_monitor_get_type ())

/**
 * FermataMonitor:
 *
 * Follows a run: a debugger, a store, a command line. Sees every event, and
 * may hold the run before a decision at an armed place.
 */
FERMATA_EXTERN
G_DECLARE_INTERFACE (FermataMonitor, fermata_monitor, FERMATA, MONITOR, GObject)

/**
 * FermataMonitorInterface:
 * @gate: (skip) (nullable): asked before a decision at an armed place is
 *   committed; TRUE holds the run
 * @committed: (nullable): an event has been committed, and the run's moment is
 *   the one after it
 * @flushed: (nullable): the events from @first to @last have been committed
 *   since the last call; called at the end of each slice, for what need not
 *   look at each
 */
struct _FermataMonitorInterface {
  GTypeInterface parent_iface;

  gboolean (*gate)      (FermataMonitor     *self,
                         FermataRun         *run,
                         const FermataEvent *decision);
  void     (*committed) (FermataMonitor     *self,
                         FermataRun         *run,
                         guint64             number);
  void     (*flushed)   (FermataMonitor     *self,
                         FermataRun         *run,
                         guint64             first,
                         guint64             last);
};

/**
 * FermataRunOptions:
 * @inputs: (nullable): an object with the values of the graph's inputs
 * @max_concurrency: nodes running at the same time; 0: as the graph says
 * @timeout: microseconds after which the run is cancelled; -1: never
 * @grace: microseconds between asking a process to end and insisting
 * @seed: what Math.random() begins with; 0: chosen
 * @part: (nullable): which part of the graph is to run; %NULL: all of it, but
 *   what it has pinned
 * @keep_events: how many of its last events the history keeps at least; 0: all
 *
 * How a run is to be made. Begin with FERMATA_RUN_OPTIONS_INIT.
 */
typedef struct {
  FermataValue *inputs;
  guint max_concurrency;
  gint64 timeout;
  gint64 grace;
  guint64 seed;
  FermataRunPart *part;
  guint64 keep_events;
} FermataRunOptions;

/**
 * FERMATA_RUN_DEFAULT_MAX_CONCURRENCY:
 *
 * How many nodes run at the same time if neither the graph nor the options
 * say.
 */
#define FERMATA_RUN_DEFAULT_MAX_CONCURRENCY 16

/**
 * FERMATA_RUN_DEFAULT_GRACE:
 *
 * Microseconds between asking a process to end and insisting.
 */
#define FERMATA_RUN_DEFAULT_GRACE (2 * G_USEC_PER_SEC)
#define FERMATA_RUN_OPTIONS_INIT { NULL, 0, -1, FERMATA_RUN_DEFAULT_GRACE, 0, NULL, 0 }

FERMATA_EXTERN
FermataRun      *fermata_run_new             (FermataPlan             *plan,
                                              FermataClock            *clock,
                                              FermataExecutor         *executor,
                                              const FermataRunOptions *options,
                                              GError                 **error);

/* Driving. Each returns at once; what follows happens on the main context. */
FERMATA_EXTERN
void             fermata_run_start           (FermataRun              *self);
FERMATA_EXTERN
void             fermata_run_cancel          (FermataRun              *self);
FERMATA_EXTERN
gboolean         fermata_run_hold            (FermataRun              *self);
FERMATA_EXTERN
gboolean         fermata_run_release         (FermataRun              *self);
FERMATA_EXTERN
void             fermata_run_bookmark        (FermataRun              *self,
                                              const char              *note);
FERMATA_EXTERN
gboolean         fermata_run_set_variable    (FermataRun              *self,
                                              guint                    frame,
                                              const char              *name,
                                              FermataValue            *value,
                                              GError                 **error);

/* Large outputs go to files. */
FERMATA_EXTERN
void             fermata_run_store_outputs   (FermataRun              *self,
                                              gsize                    max_size,
                                              const char              *folder);

/* Events from outside, for nodes that wait for them. */
FERMATA_EXTERN
gboolean         fermata_run_send_event      (FermataRun              *self,
                                              const char              *name,
                                              FermataValue            *data);
FERMATA_EXTERN
gboolean         fermata_run_close_events    (FermataRun              *self);
FERMATA_EXTERN
gboolean         fermata_run_stop_when_idle  (FermataRun              *self);
FERMATA_EXTERN
void             fermata_run_wait_async      (FermataRun              *self,
                                              GCancellable            *cancellable,
                                              GAsyncReadyCallback      callback,
                                              gpointer                 user_data);
FERMATA_EXTERN
gboolean         fermata_run_wait_finish     (FermataRun              *self,
                                              GAsyncResult            *result,
                                              GError                 **error);

/* Looking. */
FERMATA_EXTERN
FermataRunState  fermata_run_get_state       (FermataRun              *self);
FERMATA_EXTERN
gboolean         fermata_run_has_ended       (FermataRun              *self);
FERMATA_EXTERN
const char      *fermata_run_get_id          (FermataRun              *self);
FERMATA_EXTERN
FermataPlan     *fermata_run_get_plan        (FermataRun              *self);
FERMATA_EXTERN
FermataHistory  *fermata_run_get_history     (FermataRun              *self);

/* The live state: changes with every event. Copy it to keep it. */
FERMATA_EXTERN
FermataMoment   *fermata_run_get_moment      (FermataRun              *self);

/* Whether anything but time and events from outside is awaited. */
FERMATA_EXTERN
gboolean         fermata_run_is_working      (FermataRun              *self);

/* The run's clock: microseconds since the start, without the time held. */
FERMATA_EXTERN
gint64           fermata_run_get_time        (FermataRun              *self);

/* The last line that a node has printed to either stream (transfer full,
 * nullable), shortened to @max_chars. */
FERMATA_EXTERN
char            *fermata_run_dup_last_line   (FermataRun              *self,
                                              guint                    frame,
                                              guint                    node,
                                              guint                    max_chars);

/* What a node has printed: the bytes that a chunk event names. */
FERMATA_EXTERN
GBytes          *fermata_run_read_printed    (FermataRun              *self,
                                              guint                    frame,
                                              guint                    node,
                                              FermataStream            stream,
                                              guint64                  offset,
                                              gsize                    length,
                                              GError                 **error);
FERMATA_EXTERN
guint64          fermata_run_get_n_printed   (FermataRun              *self,
                                              guint                    frame,
                                              guint                    node,
                                              FermataStream            stream);

/* Following. Monitors are asked and told in the order in which they came. */
FERMATA_EXTERN
void             fermata_run_add_monitor     (FermataRun              *self,
                                              FermataMonitor          *monitor);
FERMATA_EXTERN
void             fermata_run_remove_monitor  (FermataRun              *self,
                                              FermataMonitor          *monitor);

/**
 * FERMATA_PLACE_ALL:
 *
 * Every place, for fermata_run_arm().
 */
#define FERMATA_PLACE_ALL (G_MAXUINT32 - 1)

/* Arms a place: its decisions are offered to the monitors. Counted. */
FERMATA_EXTERN
void             fermata_run_arm             (FermataRun              *self,
                                              guint32                  place);
FERMATA_EXTERN
void             fermata_run_disarm          (FermataRun              *self,
                                              guint32                  place);

G_END_DECLS
