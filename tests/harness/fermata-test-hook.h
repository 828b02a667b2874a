/* fermata-test-hook.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/run/fermata-hook.h"

G_BEGIN_DECLS

/*
 * A hook that answers as it is told:
 *
 *     { "before": { "NODE": ANSWER }, "after": { … }, "failed": { … } }
 *
 * An ANSWER, or an array of them by attempt (the last one lasts), is
 *
 *     { "do": WHAT, "value": …, "delay": "1s", "after": "2s" }
 *
 * WHAT being proceed, replace-input, skip, give-output, replace-output, retry,
 * continue, stop, fail; or let-go (no answer), keep (never one), twice. With
 * "after" it comes so much later. Where nothing is said, it proceeds.
 *
 * Of machines: "step": { "EDGE": ANSWER }, edges that are taken together with a +
 * between them; WHAT being admit, veto, fail, let-go, keep, twice, and an array
 * of answers by how often it was asked.
 */

#define FERMATA_TYPE_TEST_HOOK (fermata_test_hook_get_type ())
G_DECLARE_FINAL_TYPE (FermataTestHook, fermata_test_hook, FERMATA, TEST_HOOK, GObject)

FermataTestHook *fermata_test_hook_new     (FermataValue    *script,
                                            FermataClock    *clock);

/* What it was asked, a line each: `before NODE ATTEMPT INPUT`, `after NODE
 * ATTEMPT OUTPUT`, `failed NODE ATTEMPT MESSAGE`, `cleanup NODE ATTEMPT VALUE`; and of machines
 * `before-step FRAME EDGES EVENT`, `after-step FRAME EDGES EVENT`. */
const char      *fermata_test_hook_get_log (FermataTestHook *self);

G_END_DECLS
