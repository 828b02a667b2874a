/* fermata-app-canvas-keys.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-private.h"

void
fermata_app_canvas_keys_class_init (GtkWidgetClass *klass)
{
}

void
fermata_app_canvas_keys_init (FermataAppCanvas *self)
{
}

void
fermata_app_canvas_keys_dispose (FermataAppCanvas *self)
{
}

void
fermata_app_canvas_set_cursor (FermataAppCanvas *self,
                               gpointer          element,
                               gboolean          select)
{
}
