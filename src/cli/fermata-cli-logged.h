/* fermata-cli-logged.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/* What a node logged, for people; a terminal gets nothing that could move its
 * cursor. */
void cli_logged_add_text (GString            *to,
                          const FermataEvent *event,
                          gboolean            is_terminal);

/* {"t": …, "log": "open", "node": "unlocked"}; in a body with its `path`. */
void cli_logged_add_json (GString            *to,
                          FermataFramePaths  *paths,
                          const FermataEvent *event,
                          guint64             number);

G_END_DECLS
