/* fermata-app-page.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-canvas.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_PAGE (fermata_app_page_get_type ())

/* What stands in a tab: a document's canvas, with the panes around it. Property
 * document. */
G_DECLARE_FINAL_TYPE (FermataAppPage, fermata_app_page, FERMATA, APP_PAGE, AdwBin)

FermataAppPage     *fermata_app_page_new          (FermataAppDocument *document);
FermataAppDocument *fermata_app_page_get_document (FermataAppPage     *self);
FermataAppCanvas   *fermata_app_page_get_canvas   (FermataAppPage     *self);

G_END_DECLS
