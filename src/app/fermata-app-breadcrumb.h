/* fermata-app-breadcrumb.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_BREADCRUMB (fermata_app_breadcrumb_get_type ())

/* The way from the graph down to the body that a document shows; a click goes
 * back up. Not there while the graph itself is shown. Property document. */
G_DECLARE_FINAL_TYPE (FermataAppBreadcrumb, fermata_app_breadcrumb, FERMATA, APP_BREADCRUMB, GtkWidget)

G_END_DECLS
