/* fermata-fold-monitor.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-run.h"

G_BEGIN_DECLS

/*
 * Follows a run and folds its events as they read back from their written
 * form, from the start; after each one, and from the history's own snapshots
 * now and then, compares state and outstanding effects with the live ones.
 *
 * The first difference is kept, not fatal: so a test can plant a fault and see
 * it found.
 */

#define FERMATA_TYPE_FOLD_MONITOR (fermata_fold_monitor_get_type ())
G_DECLARE_FINAL_TYPE (FermataFoldMonitor, fermata_fold_monitor, FERMATA, FOLD_MONITOR, GObject)

typedef void (*FermataFaultFunc) (FermataEvent *event,
                                  guint64       number,
                                  gpointer      user_data);

FermataFoldMonitor *fermata_fold_monitor_new              (void);

/* Lets @fault change each event before it is folded. */
void                fermata_fold_monitor_plant            (FermataFoldMonitor *self,
                                                           FermataFaultFunc    fault,
                                                           gpointer            user_data);

/* The number of the first event after which the states differ, 0 for none. */
guint64             fermata_fold_monitor_get_difference   (FermataFoldMonitor *self);

G_END_DECLS
