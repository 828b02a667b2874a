/* fermata-app-past-bar.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-pane.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_PAST_BAR (fermata_app_past_bar_get_type ())

/* Says that it is the past that is looked at, with the way back; else nothing. */
G_DECLARE_FINAL_TYPE (FermataAppPastBar, fermata_app_past_bar, FERMATA, APP_PAST_BAR, FermataAppPane)

G_END_DECLS
