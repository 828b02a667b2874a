/* fermata-app-popover.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What the popovers of the canvas have in common: an entry that is typed into,
 * and often a list below, in which the arrow keys move meanwhile.
 */

/* Keys that nothing in the popover wants do not reach the canvas: there, they
 * would edit. */
void       fermata_app_popover_keep_keys  (GtkPopover *popover);

/* Beside @place, ready to type into @entry. */
void       fermata_app_popover_open       (GtkPopover         *popover,
                                           const GdkRectangle *place,
                                           GtkWidget          *entry);

/* Up and down in @entry choose in @rows. */
void       fermata_app_popover_bind_rows  (GtkWidget  *entry,
                                           GtkListBox *rows);

/* Empties an entry; what was typed the last time is not undone to. */
void       fermata_app_popover_reset_text (GtkWidget  *entry);
void       fermata_app_popover_clear      (GtkListBox *rows);

/* A row of a list: an icon, a title, and a line about it (nullable). */
GtkWidget *fermata_app_popover_new_row    (const char *icon_name,
                                           const char *title,
                                           const char *about);

G_END_DECLS
