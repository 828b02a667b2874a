/* fermata-states-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-moment-private.h"

G_BEGIN_DECLS

/*
 * What nodes remember from one execution to the next: `state`. A moment has an
 * object by place, in a page table; the same for all frames that the node runs
 * in.
 */

/* Of the pages: each record is a FermataValue, NULL where there is none. */
extern const FermataPageFuncs fermata_state_funcs;
gboolean      fermata_state_equal            (gconstpointer         a,
                                              gconstpointer         b);

/* The first values, as they stand in the start fact: an object by the names of
 * places; NULL if no node has any. @scope has the inputs. */
gboolean      fermata_states_make            (FermataPlan          *root,
                                              FermataScope         *scope,
                                              FermataValue        **states,
                                              GError              **error);

/* @states with what was kept in place of the first values (transfer full); what
 * is kept at the end of a run (transfer full, nullable). */
FermataValue *fermata_states_recall          (FermataPlan          *root,
                                              FermataValue         *states,
                                              FermataValue         *kept);
FermataValue *fermata_states_dup_kept        (const FermataMoment  *moment);

void          fermata_states_begin           (FermataMoment        *moment,
                                              FermataValue         *states);
void          fermata_states_change          (FermataMoment        *moment,
                                              guint32               place,
                                              FermataValue         *changes);

/* What a node remembers, NULL if it has no state (transfer none). What has a
 * body of its own alone has that node's. */
FermataValue *fermata_states_get             (const FermataMoment  *moment,
                                              const FermataFrame   *frame,
                                              guint                 node);

G_END_DECLS
