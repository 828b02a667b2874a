/* fermata-app-palette.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-canvas.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_PALETTE (fermata_app_palette_get_type ())

/*
 * What can be added to the graph that is shown, and what it does. A click adds it
 * in the middle of the canvas; it can be dragged there too. Properties document,
 * canvas.
 */
G_DECLARE_FINAL_TYPE (FermataAppPalette, fermata_app_palette, FERMATA, APP_PALETTE, AdwBin)

G_END_DECLS
