/* fermata-app-testing.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-window.h"

G_BEGIN_DECLS

/* For tests of the window: where FERMATA_APP_TEST is set, and nowhere else,
 * "win.dump" (file) writes what the library says of the moment looked at, so
 * that it can be compared with what the window shows. */
void fermata_app_testing_init (FermataAppWindow *window);

G_END_DECLS
