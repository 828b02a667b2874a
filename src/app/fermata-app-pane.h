/* fermata-app-pane.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_PANE (fermata_app_pane_get_type ())

/* What shows something of a document. Property document. */
G_DECLARE_DERIVABLE_TYPE (FermataAppPane, fermata_app_pane, FERMATA, APP_PANE, AdwBin)

/**
 * FermataAppPaneClass:
 * @attach: (nullable): begins to follow @document
 * @detach: (nullable): ends that; what was connected to @document with the pane as
 *   its data is disconnected afterwards
 * @refresh: (nullable): shows how things are: after @attach, and whenever the run
 *   or the moment that is looked at is another
 */
struct _FermataAppPaneClass {
  AdwBinClass parent_class;

  void (*attach)  (FermataAppPane     *self,
                   FermataAppDocument *document);
  void (*detach)  (FermataAppPane     *self,
                   FermataAppDocument *document);
  void (*refresh) (FermataAppPane     *self);
};

/* NULL before it was set, and after the pane was disposed of. */
FermataAppDocument *fermata_app_pane_get_document (FermataAppPane     *self);
void                fermata_app_pane_set_document (FermataAppPane     *self,
                                                   FermataAppDocument *document);

/* Of the document's run; NULL without one. */
FermataDebugger    *fermata_app_pane_get_debugger (FermataAppPane     *self);

G_END_DECLS
