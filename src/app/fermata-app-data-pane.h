/* fermata-app-data-pane.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-pane.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_DATA_PANE (fermata_app_data_pane_get_type ())

/* The data at the moment looked at: of what is selected, and of the run. */
G_DECLARE_FINAL_TYPE (FermataAppDataPane, fermata_app_data_pane, FERMATA, APP_DATA_PANE, FermataAppPane)

G_END_DECLS
