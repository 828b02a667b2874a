/* fermata-cli-frames.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/**
 * CliLoop:
 * @rule: how the node runs its body; NONE behind an edge with `each`
 * @n_entered: how many frames its attempt has had
 * @n_failed: how many of them failed
 * @n_told: how many failures of what runs in them have been told
 * @told_at: when something was told of it
 *
 * What is known of a node with many frames that is under way.
 */
typedef struct {
  FermataBodyRule rule;
  guint n_entered;
  guint n_failed;
  guint n_told;
  gint64 told_at;
} CliLoop;

/*
 * What a run tells of frames, from one event to the next: their paths, and how far
 * the nodes are that have many. Of what has ended nothing is kept.
 */
typedef struct _CliFrames CliFrames;

CliFrames  *cli_frames_new        (FermataPlan         *plan,
                                   FermataNodeRegistry *registry);
void        cli_frames_free       (CliFrames           *self);

/* Each event, in order. What ends a node is noted by cli_frames_forget() instead. */
void        cli_frames_note       (CliFrames           *self,
                                   const FermataEvent  *event);

/* What is told of a node has been told: NULL unless it has many frames. */
CliLoop    *cli_frames_find_loop  (CliFrames           *self,
                                   guint32              frame,
                                   guint32              place);
void        cli_frames_forget     (CliFrames           *self,
                                   const FermataEvent  *event);

/* The outermost such node around a frame (nullable). */
CliLoop    *cli_frames_find_outer (CliFrames           *self,
                                   guint32              frame,
                                   guint32             *outer_frame,
                                   guint32             *outer_place);

/* How many frames are around it; whether it is of a task of a state. */
guint       cli_frames_get_depth  (CliFrames           *self,
                                   guint32              frame);
gboolean    cli_frames_is_task    (CliFrames           *self,
                                   guint32              frame);

/* Where an event happened, harmless (nullable, transfer full). */
char       *cli_frames_dup_place  (CliFrames           *self,
                                   guint32              frame,
                                   guint32              place);

G_END_DECLS
