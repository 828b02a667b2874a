/* fermata-app-trust.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * A graph can run programs. Before one that came from a file runs for the first
 * time, a person is shown what it will run, and asked. The answer is remembered
 * for just that content, and for what the person makes of it here. What it runs from other files
 * counts as it is then: a change of one of them is asked about again.
 */
void      fermata_app_trust_check_async  (GtkWindow           *window,
                                          FermataAppDocument  *document,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);

/* Whether it may run. */
gboolean  fermata_app_trust_check_finish (FermataAppDocument  *document,
                                          GAsyncResult        *result);

/* Was written to a file here: what was trusted stays so when it is opened again. */
void      fermata_app_trust_saved        (FermataAppDocument  *document);

/* What a graph will run, a line each ("command: cat orders.json"); NULL if nothing
 * (transfer full). For tests, too. */
char    **fermata_app_trust_list         (FermataGraph        *graph);

G_END_DECLS
