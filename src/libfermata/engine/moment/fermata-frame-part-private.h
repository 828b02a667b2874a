/* fermata-frame-part-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-moment-private.h"

G_BEGIN_DECLS

/*
 * What the start fact says of frames of which not everything runs. It is a tree
 * like that of the frames. Each frame has its own branch (frame->part; NULL: all
 * of it runs), which says either
 *
 *     "given": by node what it ends with, "left-out": which nodes are skipped,
 *     "bodies": by node what is said of its frames
 *
 * as the start fact itself does of the root; or of the frame as a whole what it
 * gives, so that nothing begins in it:
 *
 *     "by": whom, "output" or "error" or neither, "changes" of variables, "exit"
 *
 * Of the frames of a node:
 *
 *     "at": by index (of `try`: by the body's name) what is said of that one,
 *     "frames": likewise, an array, null where nothing is said,
 *     "every": what is said of any other,
 *     "limit": how many there are at most
 *
 * What is said of a frame may hold only if it "expects" what the frame has got:
 * "input" (null: none), "inputs", "count"; then "else" says what holds otherwise,
 * "every" if it is not there. Where nothing is said, what the graph has pinned counts.
 */

/* Of a new frame, whose input is known: finds its branch. */
void           fermata_frame_find_part     (FermataFrame        *self,
                                            const FermataFrame  *parent);

/* What it gives is known: nothing begins in it. */
gboolean       fermata_frame_is_given      (const FermataFrame  *self);

/* Nodes have yet to end with what they are given. */
gboolean       fermata_frame_has_given     (const FermataFrame  *self);

/* The next of those, and what it is given. */
FermataValue  *fermata_frame_get_next_given (const FermataFrame *self,
                                             guint              *node);

/* What a node is given; NULL: nothing (transfer none). */
FermataValue  *fermata_frame_get_given     (const FermataFrame  *self,
                                            guint                node);

/* How many frames a node has at most; G_MAXUINT32 if nothing is said of that. */
guint32        fermata_frame_get_limit     (const FermataFrame  *self,
                                            guint                node);

/* Nothing is left to be decided in it, and nothing under way. */
gboolean       fermata_frame_has_ended     (const FermataMoment *moment,
                                            const FermataFrame  *self);

G_END_DECLS
