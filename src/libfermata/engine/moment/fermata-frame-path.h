/* fermata-frame-path.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-moment.h"

G_BEGIN_DECLS

/*
 * A frame path names a place of a run, where a name such as `orders/double`
 * names one of the graph: behind each owner that has many frames it has the
 * number of the frame, from 0: `orders/2/double`. That of a frame ends with a
 * slash: `orders/2/`.
 */

/* Of frames that are under way. */
FERMATA_EXTERN
char     *fermata_moment_dup_frame_path (FermataMoment *self,
                                         guint          frame);
FERMATA_EXTERN
char     *fermata_moment_dup_place_path (FermataMoment *self,
                                         guint          frame,
                                         guint32        place);
FERMATA_EXTERN
gboolean  fermata_moment_find_path      (FermataMoment *self,
                                         const char    *path,
                                         guint         *frame,
                                         guint32       *place);

#define FERMATA_TYPE_FRAME_PATHS (fermata_frame_paths_get_type ())

/**
 * FermataFramePaths:
 *
 * Knows the paths of the frames that are under way while somebody goes through
 * the events of a history, without its moments. Of frames that have been left
 * it keeps nothing.
 */
typedef struct _FermataFramePaths FermataFramePaths;

FERMATA_EXTERN
GType              fermata_frame_paths_get_type  (void) G_GNUC_CONST;
FERMATA_EXTERN
FermataFramePaths *fermata_frame_paths_new       (FermataPlan        *plan);
FERMATA_EXTERN
FermataFramePaths *fermata_frame_paths_ref       (FermataFramePaths  *self);
FERMATA_EXTERN
void               fermata_frame_paths_unref     (FermataFramePaths  *self);

/* Each event of the history, in order. */
FERMATA_EXTERN
void               fermata_frame_paths_add_event (FermataFramePaths  *self,
                                                  const FermataEvent *event);
FERMATA_EXTERN
const char        *fermata_frame_paths_get_frame (FermataFramePaths  *self,
                                                  guint               frame);
FERMATA_EXTERN
char              *fermata_frame_paths_dup_place (FermataFramePaths  *self,
                                                  guint               frame,
                                                  guint32             place);
FERMATA_EXTERN
char              *fermata_frame_paths_dup_event (FermataFramePaths  *self,
                                                  const FermataEvent *event);
FERMATA_EXTERN
FermataValue      *fermata_frame_paths_describe  (FermataFramePaths  *self,
                                                  const FermataEvent *event,
                                                  guint64             number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataFramePaths, fermata_frame_paths_unref)

G_END_DECLS
