/* fermata-machine-view.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-moment.h"

G_BEGIN_DECLS

/* What a front end may ask of a state machine. */

FERMATA_EXTERN
gboolean      fermata_moment_is_machine        (FermataMoment  *self,
                                                guint           frame);
FERMATA_EXTERN
gboolean      fermata_moment_is_idle           (FermataMoment  *self,
                                                guint           frame);
FERMATA_EXTERN
FermataValue *fermata_moment_get_event         (FermataMoment  *self,
                                                guint           frame);
FERMATA_EXTERN
FermataValue *fermata_moment_dup_configuration (FermataMoment  *self,
                                                guint           frame);
FERMATA_EXTERN
gboolean      fermata_moment_get_final         (FermataMoment  *self,
                                                guint           frame,
                                                guint          *state,
                                                FermataValue  **data);
FERMATA_EXTERN
FermataValue *fermata_moment_dup_machine       (FermataMoment  *self,
                                                guint           frame);
FERMATA_EXTERN
FermataValue *fermata_moment_dup_ways_out      (FermataMoment  *self,
                                                guint           frame);

/* States, by their indices in the plan */

FERMATA_EXTERN
guint         *fermata_moment_list_active_states      (FermataMoment *self,
                                                       guint          frame,
                                                       gboolean       only_atomic,
                                                       guint         *n_states);
FERMATA_EXTERN
gboolean       fermata_moment_is_state_active         (FermataMoment *self,
                                                       guint          frame,
                                                       guint          state);

FERMATA_EXTERN
guint          fermata_moment_get_state_visits        (FermataMoment *self,
                                                       guint          frame,
                                                       guint          state,
                                                       gint64        *since);
FERMATA_EXTERN
guint          fermata_moment_get_transition_count    (FermataMoment *self,
                                                       guint          frame,
                                                       guint          edge,
                                                       gint64        *since);

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
