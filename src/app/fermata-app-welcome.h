/* fermata-app-welcome.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_WELCOME (fermata_app_welcome_get_type ())

/* What a window shows without any graph: how to begin. Property examples (a
 * GListModel of FermataAppExample). */
G_DECLARE_FINAL_TYPE (FermataAppWelcome, fermata_app_welcome, FERMATA, APP_WELCOME, AdwBin)

G_END_DECLS
