/* fermata-explanation.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-moment.h"

G_BEGIN_DECLS

/*
 * Why a node runs, waits or is skipped, as an object:
 *
 *     { "node": "c", "type": "set", "join": "all", "status": "waiting", "reason": "edges",
 *       "edges": [
 *         { "edge": "a>c", "from": "a", "from-status": "done", "status": "pending",
 *           "when": "output > 3", "value": true, "names": { "output": 4 } } ],
 *       "causes": [ { "node": "c", "status": "waiting", "reason": "edges", "edge": "b>c" },
 *                   { "node": "b", "status": "running", "reason": "running" } ],
 *       "output": …, "error": …, "event": 12, "since": 1500, "attempt": 1, "by": "history" }
 *
 * "reason" says what decides: see fermata_moment_explain_node().
 */

FERMATA_EXTERN
FermataValue *fermata_moment_explain_node (FermataMoment *self,
                                           guint          frame,
                                           guint          node);

/* What becomes of the event that a machine has at hand, and why. */
FERMATA_EXTERN
FermataValue *fermata_moment_explain_event (FermataMoment *self,
                                            guint          frame);

/* What it depends on, whatever happens. */
FERMATA_EXTERN
FermataValue *fermata_plan_explain_node   (FermataPlan   *self,
                                           guint          node);

G_END_DECLS
