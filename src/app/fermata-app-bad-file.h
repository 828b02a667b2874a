/* fermata-app-bad-file.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <adwaita.h>
#include <fermata.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_BAD_FILE (fermata_app_bad_file_get_type ())

/* What stands in the tab of a file that is no graph: what is wrong, and where, each
 * with its line and a caret below it. */
G_DECLARE_FINAL_TYPE (FermataAppBadFile, fermata_app_bad_file, FERMATA, APP_BAD_FILE, AdwBin)

/* @text: NULL if it could not be read at all, and then @message says why. */
GtkWidget *fermata_app_bad_file_new      (GFile             *file,
                                          GBytes            *text,
                                          GListModel        *diagnostics,
                                          const char        *message);
GFile     *fermata_app_bad_file_get_file (FermataAppBadFile *self);

G_END_DECLS
