/* fermata-history-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/history/fermata-history.h"
#include "engine/moment/fermata-moment-private.h"

G_BEGIN_DECLS

#define FERMATA_HISTORY_SEGMENT 4096u

/* fermata_history_append() for those who are sure of @self. */
void          fermata_history_push            (FermataHistory     *self,
                                               const FermataEvent *event);

/* Tells the history that @moment is the state after its last event, so that it
 * can keep a snapshot now and then. */
void          fermata_history_note_moment     (FermataHistory *self,
                                               FermataMoment  *moment);

/* Tells list views what has been added since the last call. */
void          fermata_history_flush           (FermataHistory *self);

/* Drops what need not be kept, if that is worth it: when everybody has been told
 * of all events. */
void          fermata_history_drop_old        (FermataHistory *self);

FermataEventView *fermata_event_view_new      (FermataHistory *history,
                                               guint64         number);

/* For tests: the moment folded from the very first event on. */
FermataMoment *fermata_history_fold_from_start (FermataHistory *self,
                                                guint64         number);
guint          fermata_history_get_n_snapshots (FermataHistory *self);

G_END_DECLS
