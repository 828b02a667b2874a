/* fermata-app-console.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-pane.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_CONSOLE (fermata_app_console_get_type ())

/* What happens in a run, event by event, with what nodes print and log; and an
 * entry for expressions, which are evaluated at the moment looked at. */
G_DECLARE_FINAL_TYPE (FermataAppConsole, fermata_app_console, FERMATA, APP_CONSOLE, FermataAppPane)

G_END_DECLS
