/* fermata-app-overview.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-canvas-private.h"

G_BEGIN_DECLS

/*
 * What a canvas shows when thousands of elements are seen at once: pictures of
 * squares of the scene, each drawn when it is needed and again when what is in
 * it looks different; a few of them a frame, so that no frame takes long.
 */
typedef struct _FermataAppOverview FermataAppOverview;

FermataAppOverview *fermata_app_overview_new        (void);
void                fermata_app_overview_free       (FermataAppOverview *self);
void                fermata_app_overview_forget     (FermataAppOverview *self);

/* Something in the scene may look different. */
void                fermata_app_overview_mark_stale (FermataAppOverview *self);

/* Whether it is known, without looking, that what is seen now is as much as in
 * the frame before. */
gboolean            fermata_app_overview_is_crowded (FermataAppOverview *self,
                                                     FermataAppCanvas   *canvas);

/* FALSE: not all of it is as it should be yet, another frame is wanted. */
gboolean            fermata_app_overview_append     (FermataAppOverview *self,
                                                     FermataAppCanvas   *canvas,
                                                     GtkSnapshot        *snapshot);

G_END_DECLS
