/* fermata-app-outline.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_OUTLINE (fermata_app_outline_get_type ())

/* All nodes of a document as a list that unfolds: states in states, bodies of
 * nodes; how far each is at the moment looked at; and a search. Property document. */
G_DECLARE_FINAL_TYPE (FermataAppOutline, fermata_app_outline, FERMATA, APP_OUTLINE, AdwBin)

void           fermata_app_outline_focus_search (FermataAppOutline *self);

/* For tests: what is listed, a list model of GtkTreeListRow (transfer none). */
GListModel    *fermata_app_outline_get_rows     (FermataAppOutline *self);

G_END_DECLS
