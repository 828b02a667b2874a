/* fermata-app-breakpoints-pane.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-pane.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_BREAKPOINTS_PANE (fermata_app_breakpoints_pane_get_type ())

/* A document's breakpoints, each with its condition. */
G_DECLARE_FINAL_TYPE (FermataAppBreakpointsPane, fermata_app_breakpoints_pane, FERMATA, APP_BREAKPOINTS_PANE, FermataAppPane)

G_END_DECLS
