/* fermata-app-application.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-examples.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_APPLICATION (fermata_app_application_get_type ())

/* The app: its windows, and the engine that their runs have in common. */
G_DECLARE_FINAL_TYPE (FermataAppApplication, fermata_app_application, FERMATA, APP_APPLICATION, AdwApplication)

FermataAppApplication *fermata_app_application_new          (void);
FermataEngine         *fermata_app_application_get_engine   (FermataAppApplication *self);

/* The graphs that come with it: a list of FermataAppExample. */
GListModel            *fermata_app_application_get_examples (FermataAppApplication *self);

G_END_DECLS
