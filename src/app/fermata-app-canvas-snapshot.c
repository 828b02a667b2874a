/* fermata-app-canvas-snapshot.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-private.h"

void
fermata_app_canvas_snapshot_class_init (GtkWidgetClass *klass)
{
}

void
fermata_app_canvas_snapshot_init (FermataAppCanvas *self)
{
}

void
fermata_app_canvas_snapshot_dispose (FermataAppCanvas *self)
{
}
