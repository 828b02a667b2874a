/* fermata-app-iteration-control.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_ITERATION_CONTROL (fermata_app_iteration_control_get_type ())

/* Says which time of a body's is looked at, and goes to another. Hidden where there
 * is nothing to say. */
G_DECLARE_FINAL_TYPE (FermataAppIterationControl, fermata_app_iteration_control,
                      FERMATA, APP_ITERATION_CONTROL, AdwBin)

/* @is_small: without what is needed only of the body that is shown. */
GtkWidget *fermata_app_iteration_control_new    (FermataAppDocument         *document,
                                                 FermataGraph               *body,
                                                 gboolean                    is_small);
void       fermata_app_iteration_control_update (FermataAppIterationControl *self);

G_END_DECLS
