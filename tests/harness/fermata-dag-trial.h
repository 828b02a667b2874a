/* fermata-dag-trial.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes the DAG of a seed, runs it, asks the oracle, and compares; on a
 * difference prints the seed and the graph, and fails the test. */
void fermata_dag_trial (guint32 seed);

G_END_DECLS
