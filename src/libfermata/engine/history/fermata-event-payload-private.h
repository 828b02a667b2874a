/* fermata-event-payload-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/history/fermata-event.h"
#include "engine/plan/fermata-plan.h"

G_BEGIN_DECLS

/* Whether an event's payload is one that fermata_moment_apply() can rely on.
 * Looks at its shape only: what values make sense is up to whoever verifies. */
gboolean fermata_event_check_payload (const FermataEvent *event,
                                      FermataPlan        *plan,
                                      GError            **error);

/* A whole number among the members of @object, in a range. */
gboolean fermata_event_read_integer  (FermataValue       *object,
                                      const char         *name,
                                      gint64              lowest,
                                      gint64              highest,
                                      gint64             *result,
                                      GError            **error);

/* Sets “Not an event: @problem”. */
gboolean fermata_event_refuse        (GError            **error,
                                      const char         *problem);

/* Of nodes that do not run: what one is given, and which of them a start names. */
gboolean fermata_event_check_given (FermataValue  *payload,
                                    GError       **error);
gboolean fermata_event_check_part  (FermataValue  *start,
                                    FermataPlan   *plan,
                                    GError       **error);

/* Events of machines, and actions of nodes that machines have too. */
gboolean fermata_event_check_machine (const FermataEvent  *event,
                                      FermataPlan         *plan,
                                      GError             **error);
gboolean fermata_event_check_received (FermataValue       *payload,
                                       GError            **error);
gboolean fermata_event_check_action  (const FermataEvent  *event,
                                      FermataPlan         *plan,
                                      GError             **error);

G_END_DECLS
