/* fermata-run-admission.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Who is asked before a queued node starts. */

#include "engine/fermata-run-private.h"
#include "value/fermata-value-builder.h"

static FermataValue *
admitted_payload (FermataValue *input)
{
  g_autoptr (FermataValueBuilder) builder = NULL;

  if (input == NULL)
    return NULL;

  builder = fermata_value_builder_new_object ();
  fermata_value_builder_set (builder, "input", input);

  return fermata_value_builder_end (builder);
}

void
fermata_run_admit (FermataRun   *self,
                   guint32       frame,
                   guint32       node,
                   guint         attempt,
                   FermataValue *input)
{
  fermata_run_post_fact (self, FERMATA_EVENT_TASK_ADMITTED, frame, node, attempt,
                         admitted_payload (input));
}

void
fermata_run_ask_admission (FermataRun         *self,
                           const FermataEvent *event)
{
  if (!fermata_run_ask_hooks (self, event))
    fermata_run_admit (self, event->frame, event->place, event->attempt, NULL);
}

void
fermata_run_drop_admission (FermataRun         *self,
                            const FermataEvent *event)
{
}
