/* fermata-app-canvas-feedback.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-canvas-private.h"

G_BEGIN_DECLS

/* What a gesture shows, where the keyboard is, and the veil over the past. */
void fermata_app_canvas_append_feedback (FermataAppCanvas      *self,
                                         GtkSnapshot           *snapshot);

/* Data that moves along an edge; @progress from 0 to 1. In the scene's
 * coordinates. */
void fermata_app_canvas_append_flight   (FermataAppCanvas      *self,
                                         GtkSnapshot           *snapshot,
                                         const FermataAppRoute *route,
                                         float                  progress);

G_END_DECLS
