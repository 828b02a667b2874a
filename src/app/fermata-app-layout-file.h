/* fermata-app-layout-file.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

/*
 * Where the nodes of a document are drawn that has no place for that in itself:
 * the graph's member `layout` in a file beside it, or in the user's data if
 * nothing can be written there.
 */

/* The file beside a document: NAME.fermata-layout.json (transfer full). */
GFile        *fermata_app_layout_file_get_beside  (GFile               *document);

/* What is kept of a document; NULL: nothing (transfer full). Waits for the disk. */
FermataValue *fermata_app_layout_file_read        (GFile               *document);

/* @layout: NULL: none any more. */
void          fermata_app_layout_file_save_async  (GFile               *document,
                                                   FermataValue        *layout,
                                                   GCancellable        *cancellable,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
gboolean      fermata_app_layout_file_save_finish (GAsyncResult        *result,
                                                   GError             **error);

G_END_DECLS
