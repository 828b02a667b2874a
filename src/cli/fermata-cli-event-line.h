/* fermata-cli-event-line.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/* Adds an event as a line for people: when, what, where (its path), and what belongs
 * to it. With @width that is its last column; 0: it has none. */
void cli_event_line_add (GString            *to,
                         FermataFramePaths  *paths,
                         const FermataEvent *event,
                         gboolean            colour,
                         guint               width);

G_END_DECLS
