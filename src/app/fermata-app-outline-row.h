/* fermata-app-outline-row.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_OUTLINE_ROW (fermata_app_outline_row_get_type ())

/* A line of the outline: a node, or a body. Used for one after the other. */
G_DECLARE_FINAL_TYPE (FermataAppOutlineRow, fermata_app_outline_row, FERMATA, APP_OUTLINE_ROW, AdwBin)

GtkWidget *fermata_app_outline_row_new    (void);
void       fermata_app_outline_row_bind   (FermataAppOutlineRow *self,
                                           FermataAppDocument   *document,
                                           GtkTreeListRow       *row);
void       fermata_app_outline_row_unbind (FermataAppOutlineRow *self);

/* The moment looked at is another. */
void       fermata_app_outline_row_update (FermataAppOutlineRow *self);

G_END_DECLS
