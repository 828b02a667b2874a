/* fermata-trace-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/history/fermata-history.h"
#include "engine/moment/fermata-frame-path.h"

G_BEGIN_DECLS

/* An attempt that is under way. Nanoseconds, as all times of traces. */
typedef struct {
  gint64 begin;
  guint lane;
  guint attempt;
  FermataValue *measured;
} FermataTraceSlice;

/* @open: NULL unless an attempt is under way. @end: when the last one ended,
 * in which @lane; 0: there was none. */
typedef struct {
  FermataTraceSlice *open;
  gint64 end;
  guint lane;
} FermataTraceNode;

/*
 * What events become.
 *
 * Invariants: two slices of a lane never overlap, for a lane has one owner at
 * a time, and each thing that happens bears a later time than the one before
 * it, if only by a nanosecond: what is computed takes no time on the run's
 * clock, and could not be seen.
 */
typedef struct {
  FermataPlan *plan;
  FermataFramePaths *paths;
  GString *text;
  gboolean is_begun;

  GPtrArray *frames;
  GArray *free_lanes;
  guint n_lanes;
  guint n_running;
  guint n_counted;
  gint64 counted_at;
  gint64 last;
  guint64 n_flows;
} FermataTrace;

void fermata_trace_init  (FermataTrace       *self,
                          FermataPlan        *plan,
                          const char         *title);
void fermata_trace_clear (FermataTrace       *self);

/* The next event is added to @text; @now: any moment after it that knows its
 * frame. */
void fermata_trace_fold  (FermataTrace       *self,
                          const FermataEvent *event,
                          FermataMoment      *now);

/* What is still under way ends here, and so does the array. */
void fermata_trace_end   (FermataTrace       *self);

G_END_DECLS
