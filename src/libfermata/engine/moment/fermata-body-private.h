/* fermata-body-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-moment-private.h"

G_BEGIN_DECLS

/*
 * Nodes that have a body, called owners: each of their items is given a frame
 * of its own, and the list of what the frames gave is their output. How items
 * come is up to the interpreter. @node is an index in the frame's plan
 * throughout.
 */

FermataBodyRecord  fermata_body_read           (const FermataFrame  *frame,
                                                guint                node);
FermataBodyRecord *fermata_body_write          (FermataFrame        *frame,
                                                guint                node);

/* What changes the state: it starts, it is asked to end, or to begin nothing
 * more; what is known of its
 * items has changed, its items begin anew; an event of it. */
void               fermata_body_begin          (FermataMoment       *moment,
                                                FermataFrame        *frame,
                                                guint                node);
void               fermata_body_cancel         (FermataMoment       *moment,
                                                FermataFrame        *frame,
                                                guint                node);
void               fermata_body_stop           (FermataMoment       *moment,
                                                FermataFrame        *frame,
                                                guint                node);
void               fermata_body_update         (FermataMoment       *moment,
                                                FermataFrame        *frame,
                                                guint                node);
void               fermata_body_restart        (FermataMoment       *moment,
                                                FermataFrame        *frame,
                                                guint                node);
void               fermata_body_apply          (FermataMoment       *moment,
                                                FermataFrame        *frame,
                                                const FermataEvent  *event);

/* Decisions */
gboolean           fermata_body_decide_entered (FermataMoment       *moment,
                                                FermataFrame        *frame,
                                                guint                node,
                                                FermataEvent        *event);
gboolean           fermata_body_decide_left    (FermataMoment       *moment,
                                                FermataFrame        *child,
                                                FermataEvent        *event);

/* Whether an item is to be read, and which; whether frames are under way, or
 * one could be entered now. */
gboolean           fermata_body_wants_item     (const FermataFrame  *frame,
                                                guint                node,
                                                guint32             *index);
gboolean           fermata_body_is_taking      (const FermataMoment *moment,
                                                const FermataFrame  *frame,
                                                guint                node);

G_END_DECLS
