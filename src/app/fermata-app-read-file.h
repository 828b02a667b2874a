/* fermata-app-read-file.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/* Reads the text of a graph, in a thread of its own: no pipe, no folder, nothing
 * larger than graphs may be. @etag tells the file as it was before it was read;
 * @layout is what is kept beside it, NULL if nothing is. */
void    fermata_app_read_file_async  (GFile               *file,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
GBytes *fermata_app_read_file_finish (GAsyncResult        *result,
                                      char               **etag,
                                      FermataValue       **layout,
                                      GError             **error);

G_END_DECLS
