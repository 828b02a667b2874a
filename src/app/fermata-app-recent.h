/* fermata-app-recent.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Graphs that were open lately, in the list that the desktop keeps of such files. */
void        fermata_app_recent_add  (GFile *file);

/* A list of GFile, the latest first; no more than a menu takes (transfer full). */
GListModel *fermata_app_recent_list (void);

G_END_DECLS
