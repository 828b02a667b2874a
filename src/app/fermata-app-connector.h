/* fermata-app-connector.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_CONNECTOR (fermata_app_connector_get_type ())

/*
 * Asks which node an edge leads to: its id or label is typed, and completed. In a
 * machine a name that no state has is offered as a new state.
 *
 * Signal chosen (id): the id of a node of the graph, or of a state to be made.
 */
G_DECLARE_FINAL_TYPE (FermataAppConnector, fermata_app_connector, FERMATA, APP_CONNECTOR, GtkPopover)

GtkWidget   *fermata_app_connector_new        (void);
void         fermata_app_connector_open       (FermataAppConnector *self,
                                               FermataNode         *source,
                                               const GdkRectangle  *place);

/* The node that it was opened for (transfer none, nullable). */
FermataNode *fermata_app_connector_get_source (FermataAppConnector *self);

G_END_DECLS
