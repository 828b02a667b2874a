/* fermata-app-history-pane.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-pane.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_HISTORY_PANE (fermata_app_history_pane_get_type ())

/* The history of a run as a picture: the states visited, or the nodes run. It
 * grows while the run goes on; a click goes to the moment. */
G_DECLARE_FINAL_TYPE (FermataAppHistoryPane, fermata_app_history_pane, FERMATA, APP_HISTORY_PANE, FermataAppPane)

G_END_DECLS
