/* fermata-moment-machine.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-moment.h"

G_BEGIN_DECLS

/* More of state machines: states by their indices in the plan, events that wait,
 * and what transitions need. See also fermata-machine-view.h. */

FERMATA_EXTERN
guint         *fermata_moment_list_active_states      (FermataMoment *self,
                                                       guint          frame,
                                                       gboolean       only_atomic,
                                                       guint         *n_states);
FERMATA_EXTERN
gboolean       fermata_moment_is_state_active         (FermataMoment *self,
                                                       guint          frame,
                                                       guint          state);

/* Events: queued, to come. */
FERMATA_EXTERN
guint          fermata_moment_count_machine_events    (FermataMoment *self,
                                                       guint          frame,
                                                       guint         *n_internal);
FERMATA_EXTERN
FermataValue  *fermata_moment_dup_machine_timers      (FermataMoment *self,
                                                       guint          frame);

/* What could be taken next, and what each of it needs. */
FERMATA_EXTERN
FermataValue  *fermata_moment_dup_machine_transitions (FermataMoment *self,
                                                       guint          frame);

G_END_DECLS
