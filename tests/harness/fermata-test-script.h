/* fermata-test-script.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "harness/fermata-test-bed.h"

G_BEGIN_DECLS

/*
 * What is done to a run, said in the graph itself, in a member that readers
 * leave alone:
 *
 *     "x-test": {
 *       "seed": 7, "timeout": "9s", "max-concurrency": 2, "inputs": { … },
 *       "part": { … },
 *       "hooks": [ { … } ], (see fermata-test-hook.h)
 *       "gates": [ "a", "a>b", "" ], "files": { "a.txt": "text" },
 *       "steps": [
 *         { "at": "1s", "do": "hold" }, { "at": "2s", "do": "release" },
 *         { "at": "3s", "do": "bookmark" }, { "at": "4s", "do": "cancel" },
 *         { "at": "5s", "do": "fact", "kind": "tick", "data": … },
 *         { "at": "6s", "do": "event", "name": "coin", "data": … },
 *         { "at": "7s", "do": "close-events" },
 *         { "at": "8s", "do": "set", "name": "order.total", "value": 7 } ] }
 *
 * With files, the run has a folder of its own with these in it.
 *
 * "part": see fermata-test-part.h. Each decision at a gate (a node, an edge, "" for the run) is held until a
 * step releases it. Steps are in order; "at" is the time of the clock, which
 * goes on while the run is held. At a step's time, timers come first.
 */

/* Makes the bed's run, does as the graph says, and lets it end. FALSE with
 * @error set if it is refused. */
gboolean      fermata_test_bed_play   (FermataTestBed  *self,
                                       FermataGraph    *graph,
                                       GError         **error);

/* The first half of it: the run, its gates armed, not started. */
gboolean      fermata_test_bed_set_up (FermataTestBed  *self,
                                       FermataGraph    *graph,
                                       GError         **error);

/* The second half. */
void          fermata_test_bed_go     (FermataTestBed  *self);

/* The paths of all graphs in tests/golden/engine, or of those that are not
 * refused, in order (transfer full). */
char        **fermata_test_list_golden (gboolean         that_run);

/* Reads a graph from a file; fails the test if it cannot. */
FermataGraph *fermata_test_read_graph (const char      *path);

G_END_DECLS
