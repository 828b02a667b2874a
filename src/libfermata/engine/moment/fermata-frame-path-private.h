/* fermata-frame-path-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "engine/moment/fermata-frame-path.h"
#include "engine/moment/fermata-moment-private.h"

G_BEGIN_DECLS

/* Adds what a frame is called in the frame around: "orders/2/", "guard/catch/". @owner
 * is a node of the latter's plan; @body the name of the body, NULL where the owner
 * has only one. */
void fermata_frame_path_add_step (GString               *path,
                                  const FermataPlanNode *owner,
                                  guint32                iteration,
                                  const char            *body);

/* The same of a frame of @moment that is not the root. */
void fermata_frame_path_add_frame (GString              *path,
                                   const FermataMoment  *moment,
                                   const FermataFrame   *frame);

G_END_DECLS
