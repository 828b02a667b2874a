/* fermata-task-node.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/plan/fermata-node-type.h"

G_BEGIN_DECLS

/*
 * A node type for tests: a task that takes time on the run's clock and ends as
 * its parameters say.
 *
 *     { "type": "task", "with": { "takes": "2s", "value": 1 } }
 *     { "type": "task", "with": { "takes": "1s", "error": "timeout" } }
 *     { "type": "task", "with": { "takes": "9s", "when-cancelled": "complete" } }
 *
 *     { "type": "task", "with": { "emit": [1, 2, 3], "every": "1s", "takes": "9s" } }
 *     { "type": "task", "with": { "print": "a\nb", "lines": "lines" } }
 *
 * With "late": true it tells its end twice. "when-cancelled" is "end" (the
 * default), "complete", "fail" or "ignore" (it then ends in its own time).
 */
FermataNodeType *fermata_task_node_new (void);

G_END_DECLS
