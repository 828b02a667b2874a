/* fermata-app-inspector.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-field.h"
#include "fermata-app-pane.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_INSPECTOR (fermata_app_inspector_get_type ())

/* The members of what is selected, each in a field; of the graph that is shown
 * if nothing is. */
G_DECLARE_FINAL_TYPE (FermataAppInspector, fermata_app_inspector, FERMATA, APP_INSPECTOR, FermataAppPane)

/* The field with this title (transfer none, nullable), for tests. */
FermataAppField *fermata_app_inspector_find_field (FermataAppInspector *self,
                                                   const char          *title);

G_END_DECLS
