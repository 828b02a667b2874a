/* fermata-app-export.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks what is to be exported, and where to: the graph, or the history of the
 * run; as a picture, or as DOT. */
void fermata_app_export (GtkWindow          *parent,
                         FermataAppDocument *document);

G_END_DECLS
