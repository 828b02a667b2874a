/* fermata-metrics.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/history/fermata-history.h"

G_BEGIN_DECLS

/**
 * FermataMeasures:
 * @n_attempts: how many attempts they are the sum of
 * @n_failed: how many of those failed
 * @queued: microseconds between when they could have begun and when they did
 * @running: microseconds that they were under way
 * @cpu_user: CPU time of their processes, microseconds
 * @cpu_system: the same in the kernel
 * @peak_memory: of their processes, the most memory that one had, bytes
 * @n_output: bytes printed to standard output
 * @n_error: bytes printed to standard error
 *
 * What attempts took. Times are those of the run's clock, which stands still
 * while it is held.
 */
typedef struct {
  guint64 n_attempts;
  guint64 n_failed;
  gint64 queued;
  gint64 running;
  gint64 cpu_user;
  gint64 cpu_system;
  guint64 peak_memory;
  guint64 n_output;
  guint64 n_error;
} FermataMeasures;

/**
 * FermataAttemptMetrics:
 * @frame: the number of the frame
 * @node: the index of the node
 * @attempt: of the node, from 1
 * @started: when it began, on the run's clock
 * @under_way: whether it has not ended yet
 * @outcome: what ended it, if it has: the kind of an event
 * @measures: what it took
 *
 * One attempt of a node.
 */
typedef struct {
  guint32 frame;
  guint32 node;
  guint attempt;
  gint64 started;
  gboolean under_way;
  FermataEventKind outcome;
  FermataMeasures measures;
} FermataAttemptMetrics;

#define FERMATA_TYPE_METRICS (fermata_metrics_get_type ())

/**
 * FermataMetrics:
 *
 * What a run took: in total, by node, by attempt. Nothing of it is stored: it
 * follows from the events, of a run that it follows as a monitor, or of a
 * history.
 */
FERMATA_EXTERN
G_DECLARE_FINAL_TYPE (FermataMetrics, fermata_metrics, FERMATA, METRICS, GObject)

FERMATA_EXTERN
FermataMetrics *fermata_metrics_new               (FermataPlan           *plan);
FERMATA_EXTERN
FermataMetrics *fermata_metrics_new_brief         (FermataPlan           *plan);

/* Takes in what of a history it has not seen yet. */
FERMATA_EXTERN
void            fermata_metrics_add_history       (FermataMetrics        *self,
                                                   FermataHistory        *history);
FERMATA_EXTERN
void            fermata_metrics_get_total         (FermataMetrics        *self,
                                                   FermataMeasures       *measures);
FERMATA_EXTERN
gboolean        fermata_metrics_get_node          (FermataMetrics        *self,
                                                   guint                  frame,
                                                   guint                  node,
                                                   FermataMeasures       *measures);

/* The same over all frames: of a node that runs for each item, all of them. */
FERMATA_EXTERN
void            fermata_metrics_get_place         (FermataMetrics        *self,
                                                   guint32                place,
                                                   FermataMeasures       *measures,
                                                   FermataValue         **usage);

/* The first place from @from on at which there was an attempt. */
FERMATA_EXTERN
gboolean        fermata_metrics_find_place        (FermataMetrics        *self,
                                                   guint32                from,
                                                   guint32               *place);
FERMATA_EXTERN
guint           fermata_metrics_get_n_attempts    (FermataMetrics        *self);
FERMATA_EXTERN
void            fermata_metrics_get_attempt       (FermataMetrics        *self,
                                                   guint                  index,
                                                   FermataAttemptMetrics *attempt);

/* Objects of the amounts by name (transfer full, nullable). */
FERMATA_EXTERN
FermataValue   *fermata_metrics_dup_total_usage   (FermataMetrics        *self);
FERMATA_EXTERN
FermataValue   *fermata_metrics_dup_node_usage    (FermataMetrics        *self,
                                                   guint                  frame,
                                                   guint                  node);
FERMATA_EXTERN
FermataValue   *fermata_metrics_dup_attempt_usage (FermataMetrics        *self,
                                                   guint                  index);

/* From 0 to 1. */
FERMATA_EXTERN
double          fermata_metrics_get_progress      (FermataMetrics        *self);
FERMATA_EXTERN
gboolean        fermata_metrics_get_node_progress (FermataMetrics        *self,
                                                   guint                  frame,
                                                   guint                  node,
                                                   double                *fraction,
                                                   const char           **message);

/* All of it, for programs (transfer full). */
FERMATA_EXTERN
FermataValue   *fermata_metrics_to_value          (FermataMetrics        *self);

G_END_DECLS
