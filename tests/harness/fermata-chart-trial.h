/* fermata-chart-trial.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Has tests/statechart/random_chart.py make the state machines of so many seeds
 * and say what the recommendation makes of them; runs each, event by event, and
 * compares. On a difference prints the seed, the machine and what was found, and
 * fails the test.
 */
void fermata_chart_trials (guint32 first_seed,
                           guint   n_seeds);

G_END_DECLS
