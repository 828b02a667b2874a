/* fermata-app-canvas-proxies.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-canvas-private.h"

void
fermata_app_canvas_proxies_class_init (GtkWidgetClass *klass)
{
}

void
fermata_app_canvas_proxies_init (FermataAppCanvas *self)
{
}

void
fermata_app_canvas_proxies_dispose (FermataAppCanvas *self)
{
}

void
fermata_app_canvas_proxies_update (FermataAppCanvas *self)
{
}
