/* fermata-test-part.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-run-part.h"
#include "model/fermata-graph.h"

G_BEGIN_DECLS

/*
 * Which part of a graph runs, as `x-test` says it:
 *
 *     "part": { "from": [ "b" ], "until": [ "c" ], "only": [ "b" ], "changed": true,
 *               "pins": { "a": 1 }, "history": { … } }
 *
 * The history is that of a whole run of the same graph, in which the members of
 * "history" stand for those of the graph: `"nodes"` as they were before, an
 * `"x-test"` of its own.
 */
FermataRunPart *fermata_test_part_new (FermataGraph *graph,
                                       FermataValue *part);

G_END_DECLS
