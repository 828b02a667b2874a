/* fermata-body-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-moment-private.h"

G_BEGIN_DECLS

/*
 * Nodes that have bodies, called owners: which frames those have, in what order,
 * and what the owner's output is, depends on their sort (fermata-body-rules-private.h).
 * How items come is up to the interpreter. @node is an index in the frame's plan
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

/* Enters a frame of @plan for a node or state of @parent, numbered moment->n_entered
 * from then on; @owner is an index in @parent's plan. Values are transfer none and
 * nullable. Only from apply, where its event says so. */
FermataFrame      *fermata_body_new_child      (FermataMoment       *moment,
                                                FermataFrame        *parent,
                                                FermataPlan         *plan,
                                                guint                owner,
                                                guint32              iteration,
                                                FermataValue        *item,
                                                FermataValue        *input,
                                                FermataValue        *inputs,
                                                FermataValue        *variables);

/* Of `frame-entered`: whether the frame that it names is the next; its payload
 * (transfer full; @body_name, @inputs and @variables nullable). */
gboolean           fermata_body_is_next        (const FermataMoment *moment,
                                                const FermataEvent  *event);
FermataValue      *fermata_body_entered_payload (const FermataMoment *moment,
                                                 guint32              iteration,
                                                 const char          *body_name,
                                                 FermataValue        *inputs,
                                                 FermataValue        *variables);

/* The plan of the next frame of an owner */
FermataPlan       *fermata_body_get_next_plan  (const FermataFrame  *frame,
                                                guint                node);

/* An owner's list is there: what came over its edge with `each`. */
void               fermata_body_take_items     (FermataFrame        *frame,
                                                guint                node);

/* The frame that an event of its owner names, if that is there; of `frame-left`: if
 * it has ended, nothing
 * runs for it any more, and it belongs to event->place of @frame; NULL otherwise.
 * Whoever applies it then removes the frame (fermata_moment_remove_frame()). */
FermataFrame      *fermata_body_find_frame     (FermataMoment       *moment,
                                                const FermataFrame  *frame,
                                                const FermataEvent  *event);
FermataFrame      *fermata_body_find_left      (FermataMoment       *moment,
                                                const FermataFrame  *frame,
                                                const FermataEvent  *event);

/* Decisions. The one that a frame is left is made for nodes and states alike: its
 * payload says what it gives, as `output` or `error`, or neither. */
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
