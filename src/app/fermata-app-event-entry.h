/* fermata-app-event-entry.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-pane.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_EVENT_ENTRY (fermata_app_event_entry_get_type ())

/* Where events for a run are typed, and offered: those that could be taken now.
 * Shown only while there is a run that takes some. */
G_DECLARE_FINAL_TYPE (FermataAppEventEntry, fermata_app_event_entry, FERMATA, APP_EVENT_ENTRY, FermataAppPane)

void fermata_app_event_entry_focus (FermataAppEventEntry *self);

G_END_DECLS
