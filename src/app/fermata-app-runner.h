/* fermata-app-runner.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Runs a document as a person wants it: asks for what must be known first (the
 * graph's inputs), and says why it cannot run. @parent: for dialogs. */
void fermata_app_runner_start (GtkWindow          *parent,
                               FermataAppDocument *document,
                               gboolean            held);

G_END_DECLS
