/* fermata-run-admission.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Who is asked before a queued node starts. */

#include "engine/fermata-run-private.h"

void
fermata_run_ask_admission (FermataRun         *self,
                           const FermataEvent *event)
{
  fermata_run_post_fact (self, FERMATA_EVENT_TASK_ADMITTED, event->frame, event->place,
                         event->attempt, NULL);
}

void
fermata_run_drop_admission (FermataRun         *self,
                            const FermataEvent *event)
{
}
