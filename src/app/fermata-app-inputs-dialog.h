/* fermata-app-inputs-dialog.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_INPUTS_DIALOG (fermata_app_inputs_dialog_get_type ())

/* Asks for the inputs of a run, one row each, checked as they are typed.
 * Response "run": fermata_app_inputs_dialog_dup_inputs() has them. */
G_DECLARE_FINAL_TYPE (FermataAppInputsDialog, fermata_app_inputs_dialog, FERMATA, APP_INPUTS_DIALOG, AdwMessageDialog)

/* Whether a graph has inputs to ask for. */
gboolean   fermata_app_inputs_dialog_is_needed  (FermataGraph           *graph);

/* @before: (nullable): what was given last time. */
GtkWidget *fermata_app_inputs_dialog_new        (GtkWindow              *parent,
                                                 FermataGraph           *graph,
                                                 FermataValue           *before);

/* An object (transfer full); NULL while one of them is wrong. */
FermataValue *fermata_app_inputs_dialog_dup_inputs (FermataAppInputsDialog *self);

G_END_DECLS
