/* fermata-app-members-scxml.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-members.h"

G_BEGIN_DECLS

/* Whether a graph is a machine with one of SCXML's data models: its expressions
 * are those of SCXML, and there are no templates. */
gboolean fermata_app_is_scxml (FermataGraph *graph);

/* What the inspector shows of such machines, of their states and transitions. */
extern const FermataAppSection fermata_app_scxml_machine_sections[];
extern const FermataAppSection fermata_app_scxml_state_sections[];
extern const FermataAppSection fermata_app_scxml_transition_sections[];

G_END_DECLS
