/* fermata-cli-explanation.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

#include "fermata-cli-output.h"

G_BEGIN_DECLS

/* For people: what fermata_moment_explain_node() says of @moment, or, if that
 * is NULL, fermata_plan_explain_node(). @counts (nullable): how far its body is. */
void cli_explanation_print (FermataValue  *explanation,
                            FermataMoment *moment,
                            const char    *counts,
                            CliOutput     *output);

/* What fermata_moment_explain_event() says: for people, and as a line of JSON. */
char *cli_explanation_dup_event      (FermataValue  *explanation,
                                      gboolean       has_colour);
char *cli_explanation_dup_event_json (FermataValue  *explanation);

G_END_DECLS
