/* fermata-app-dots.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-canvas-private.h"

G_BEGIN_DECLS

/* The background of a canvas, with the dots of its grid. */
typedef struct _FermataAppDots FermataAppDots;

FermataAppDots *fermata_app_dots_new    (void);
void            fermata_app_dots_free   (FermataAppDots   *self);

/* Its colour is another. */
void            fermata_app_dots_forget (FermataAppDots   *self);

/* @self: NULL for a background without dots. */
void            fermata_app_dots_append (FermataAppDots   *self,
                                         FermataAppCanvas *canvas,
                                         GtkSnapshot      *snapshot);

G_END_DECLS
