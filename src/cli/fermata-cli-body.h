/* fermata-cli-body.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/* How far a node with a body is: "12/40 · 3 running · 1 failed", "round 7",
 * "catch", "1/3 branches", "2/5"; what a machine is in. Empty if it has nothing to
 * tell yet (transfer full). */
char   *cli_body_dup_counts   (FermataMoment *moment,
                               guint          frame,
                               guint          node);

/* From 0 to 1, as far as it can be known. */
double  cli_body_get_fraction (FermataMoment *moment,
                               guint          frame,
                               guint          node);

G_END_DECLS
