/* fermata-app-renamer.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_RENAMER (fermata_app_renamer_get_type ())

/*
 * Entries over a node or an edge: the node's name, the edge's event and guard.
 * Enter, or going on elsewhere, does it, as one undo step; Escape does not.
 */
G_DECLARE_FINAL_TYPE (FermataAppRenamer, fermata_app_renamer, FERMATA, APP_RENAMER, GtkPopover)

GtkWidget *fermata_app_renamer_new  (void);
void       fermata_app_renamer_open (FermataAppRenamer  *self,
                                     FermataAppDocument *document,
                                     gpointer            element,
                                     const GdkRectangle *place);

G_END_DECLS
