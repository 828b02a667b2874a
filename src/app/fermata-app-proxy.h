/* fermata-app-proxy.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-look.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_PROXY (fermata_app_proxy_get_type ())

/*
 * Stands for a node or an edge of the canvas where assistive technology looks,
 * which sees nothing but widgets. It draws nothing, takes no clicks, and has the
 * place, the name and the actions of its element.
 */
G_DECLARE_FINAL_TYPE (FermataAppProxy, fermata_app_proxy, FERMATA, APP_PROXY, GtkWidget)

GtkWidget *fermata_app_proxy_new         (void);
gpointer   fermata_app_proxy_get_element (FermataAppProxy    *self);

/* Another element, or NULL; its name is said by the next update. */
void       fermata_app_proxy_set_element (FermataAppProxy    *self,
                                          gpointer            element);

/* Says what has changed of it since the last update. @serial is another when
 * its text may be. */
void       fermata_app_proxy_update      (FermataAppProxy    *self,
                                          FermataAppDocument *document,
                                          guint               serial);

G_END_DECLS
