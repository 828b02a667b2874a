/* fermata-app-tabs.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_TABS (fermata_app_tabs_get_type ())

/*
 * The tabs of a pane: one for each page of a stack, which can show a number
 * beside its title. Property stack.
 */
G_DECLARE_FINAL_TYPE (FermataAppTabs, fermata_app_tabs, FERMATA, APP_TABS, GtkWidget)

/* @name: of the stack's page. No badge for 0; @style: a class for its colour. */
void fermata_app_tabs_set_badge (FermataAppTabs *self,
                                 const char     *name,
                                 guint           count,
                                 const char     *style);

G_END_DECLS
