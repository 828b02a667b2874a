/* fermata-app-settings.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the app remembers of itself from one start to the next: which panes are
 * open, how large windows are, light or dark. A key file in the user's folder
 * for settings; read when the first is asked for, written soon after a change.
 * What cannot be read or written costs the memory, and nothing else.
 */
gboolean  fermata_app_settings_get_boolean (const char *group,
                                            const char *key,
                                            gboolean    otherwise);
void      fermata_app_settings_set_boolean (const char *group,
                                            const char *key,
                                            gboolean    value);
int       fermata_app_settings_get_integer (const char *group,
                                            const char *key,
                                            int         otherwise);
void      fermata_app_settings_set_integer (const char *group,
                                            const char *key,
                                            int         value);

/* Transfer full; NULL if it is not there and @otherwise is NULL. */
char     *fermata_app_settings_dup_string  (const char *group,
                                            const char *key,
                                            const char *otherwise);
void      fermata_app_settings_set_string  (const char *group,
                                            const char *key,
                                            const char *value);

/* Writes now what has changed: before the program ends. */
void      fermata_app_settings_save        (void);

G_END_DECLS
