/* fermata-machine-system.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The system variables of machines: section 5.10 of the recommendation. */

#include "engine/moment/fermata-frame-scope-script-private.h"
#include "engine/statechart/fermata-statechart-private.h"

FermataValue *
fermata_machine_system_new (FermataMoment      *moment,
                            FermataFrame  *frame)
{
  g_autoptr (FermataValueBuilder) builder = fermata_value_builder_new_object ();
  g_autofree char *session = fermata_statechart_dup_session_id (moment->seed, frame->number);
  FermataValue *name = fermata_value_get_member (frame->plan->members, "name");
  g_autoptr (FermataValue) processors = fermata_statechart_dup_io_processors (moment, frame);
  g_autoptr (FermataValue) none = fermata_value_new_empty_object ();

  fermata_value_builder_set_string (builder, "_sessionid", session);
  if (name != NULL && fermata_value_get_kind (name) == FERMATA_VALUE_KIND_STRING)
    fermata_value_builder_set (builder, "_name", name);
  else
    fermata_value_builder_set_string (builder, "_name", session);
  fermata_value_builder_set (builder, "_ioprocessors", processors);
  fermata_value_builder_set (builder, "_x", none);

  return fermata_value_builder_end (builder);
}
