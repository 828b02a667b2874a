/* fermata-app-canvas-gestures.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-private.h"

void
fermata_app_canvas_gestures_init (FermataAppCanvas *self)
{
}

void
fermata_app_canvas_gestures_dispose (FermataAppCanvas *self)
{
}
