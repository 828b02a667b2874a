/* fermata-metrics-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/history/fermata-metrics.h"
#include "engine/plan/fermata-plan-private.h"

G_BEGIN_DECLS

/* One amount that was reported. @next is the index of the next of the same
 * attempt, plus 1. */
typedef struct {
  guint name;
  guint next;
  double amount;
} FermataUsage;

/* @before: the index of the attempt of the same node before it, plus 1; 0:
 * there is none. @before_at_place: the same in any frame. @usage: the same of the last of its amounts. */
typedef struct {
  FermataAttemptMetrics metrics;
  guint before;
  guint before_at_place;
  guint usage;
} FermataAttemptRecord;

/* @ready: when it could begin. @last: the index of its last attempt, plus 1.
 * @progress: what was reported of that, while it is under way. */
typedef struct {
  gint64 ready;
  guint last;
  gboolean is_ready;
  FermataValue *progress;
} FermataNodeMetrics;

typedef struct {
  FermataPlan *plan;
  FermataNodeMetrics *nodes;
  guint n_ended;
} FermataFrameMetrics;

/*
 * Invariants: the first @n_folded events are in it, and nothing else;
 * @partial is the sum of the fractions in the @progress of nodes of frame 0;
 * @total and @amounts (by the index of the name in @names) are the sums over
 * all attempts. With @is_brief, attempts of frames that have been left are gone:
 * others may take their slots, which are in @free_slots, and nothing is known by
 * place or of what an attempt used.
 */
struct _FermataMetrics {
  GObject parent_instance;

  FermataPlan *plan;
  guint64 n_folded;
  GPtrArray *frames;
  GArray *attempts;

  /* By place, the index of the last attempt there, plus 1 */
  GArray *places;
  GArray *usages;
  GPtrArray *names;
  GArray *amounts;
  double partial;
  GArray *free_slots;
  gboolean is_brief;
  gboolean has_ended;
  FermataMeasures total;
};

static inline FermataAttemptRecord *
fermata_metrics_attempt_at (FermataMetrics *self,
                            guint           index)
{
  return &g_array_index (self->attempts, FermataAttemptRecord, index);
}

/* NULL if nothing has happened in it. */
FermataNodeMetrics *fermata_metrics_find_node (FermataMetrics     *self,
                                               guint               frame,
                                               guint               node);

/* The next event; @now: any moment after it that knows its frame. */
void                fermata_metrics_fold      (FermataMetrics     *self,
                                               const FermataEvent *event,
                                               FermataMoment      *now);

G_END_DECLS
