/* fermata-app-zoom-control.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-canvas.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_ZOOM_CONTROL (fermata_app_zoom_control_get_type ())

/* The zoom of a canvas, in a corner of it. Property canvas. */
G_DECLARE_FINAL_TYPE (FermataAppZoomControl, fermata_app_zoom_control, FERMATA, APP_ZOOM_CONTROL, AdwBin)

G_END_DECLS
