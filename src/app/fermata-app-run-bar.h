/* fermata-app-run-bar.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-pane.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_RUN_BAR (fermata_app_run_bar_get_type ())

/* The buttons that run, hold and step, and how the run is. They activate the
 * actions "doc.…" of the window. */
G_DECLARE_FINAL_TYPE (FermataAppRunBar, fermata_app_run_bar, FERMATA, APP_RUN_BAR, FermataAppPane)

/* What state things are in, in a few words: "Held at walk · event 412 of 413";
 * NULL without a run (transfer full). */
char *fermata_app_dup_state_text (FermataAppDocument *document);

G_END_DECLS
