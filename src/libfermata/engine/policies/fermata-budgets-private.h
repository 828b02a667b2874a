/* fermata-budgets-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-moment.h"

G_BEGIN_DECLS

/* How much a run may use (`budget`): of those in @set (a bit each), @limits. */
typedef struct {
  double limits[FERMATA_N_BUDGETS];
  guint8 set;
} FermataBudgets;

/* What a run has used, and of what it has warned. Time is kept by the moment. */
typedef struct {
  double used[FERMATA_N_BUDGETS];
  guint8 warned;
} FermataBudgetUse;

/* @budget (nullable) is the member of the graph. */
gboolean fermata_budgets_compile        (FermataBudgets       *self,
                                         FermataValue         *budget,
                                         GError              **error);

/* When, on the run's clock, so much of the seconds has gone by that there is a
 * warning; -1 if nothing bounds them. */
gint64   fermata_budgets_get_warning    (const FermataBudgets *self);

/* An event is about to be applied. */
void     fermata_moment_count_use       (FermataMoment        *self,
                                         const FermataEvent   *event);

/* A warning is applied. */
void     fermata_moment_note_warning    (FermataMoment        *self,
                                         const FermataEvent   *event);
gboolean fermata_budget_use_equal       (const FermataBudgetUse *a,
                                         const FermataBudgetUse *b);

/* Whether a warning is to be decided: it is filled in. */
gboolean fermata_moment_decide_warning  (FermataMoment        *self,
                                         FermataEvent         *event);

/* What is used is bounded, by the graph or by one in it. */
gboolean fermata_moment_has_budgets     (const FermataMoment  *self);

/* What @event starts, if it starts anything, may not any more: it is replaced
 * by the end of the run, or of the graph of a frame. */
void     fermata_moment_check_budgets   (FermataMoment        *self,
                                         FermataEvent         *event);

G_END_DECLS
