/* fermata-app-adder.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_ADDER (fermata_app_adder_get_type ())

/*
 * Asks what to add: a search, and what fits it with icon and what it does. In a
 * machine, what is typed and is no sort of state names the new one.
 *
 * Signal chosen (type, id): @id is NULL if it may have any.
 */
G_DECLARE_FINAL_TYPE (FermataAppAdder, fermata_app_adder, FERMATA, APP_ADDER, GtkPopover)

GtkWidget *fermata_app_adder_new  (void);
void       fermata_app_adder_open (FermataAppAdder    *self,
                                   FermataEngine      *engine,
                                   FermataGraphKind    kind,
                                   const GdkRectangle *place);

G_END_DECLS
