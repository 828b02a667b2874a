/* fermata-app-file-watch.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_FILE_WATCH (fermata_app_file_watch_get_type ())

/*
 * Watches the file of a document, wherever that may be by now.
 *
 * Signal changed: somebody else has written it (once until the document is read
 * or written again).
 */
G_DECLARE_FINAL_TYPE (FermataAppFileWatch, fermata_app_file_watch, FERMATA, APP_FILE_WATCH, GObject)

FermataAppFileWatch *fermata_app_file_watch_new   (FermataAppDocument  *document);

/* While the document itself writes the file, it does not look. They nest. */
void                 fermata_app_file_watch_begin_saving (FermataAppFileWatch *self);
void                 fermata_app_file_watch_end_saving   (FermataAppFileWatch *self);

G_END_DECLS
