/* fermata-cli-place.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/* Finds a node by its id, or by a path into bodies, with or without the numbers of
 * frames: its plan (transfer none) and its index there. */
gboolean cli_place_find_in_plan    (FermataPlan     *plan,
                                    const char      *path,
                                    FermataPlan    **body,
                                    guint           *node);

/* The number of the last event before the frame that a path lies in was left;
 * FALSE if there was no such frame, or it has not been left. */
gboolean cli_place_find_in_history (FermataHistory  *history,
                                    const char      *path,
                                    guint64         *number);

G_END_DECLS
