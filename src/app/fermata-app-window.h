/* fermata-app-window.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-application.h"
#include "fermata-app-page.h"

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_WINDOW (fermata_app_window_get_type ())

/* A window with graphs in tabs. Property page: the one in front (nullable). */
G_DECLARE_FINAL_TYPE (FermataAppWindow, fermata_app_window, FERMATA, APP_WINDOW, AdwApplicationWindow)

FermataAppWindow *fermata_app_window_new          (FermataAppApplication *application);
FermataAppPage   *fermata_app_window_get_page     (FermataAppWindow      *self);
FermataAppPage   *fermata_app_window_add_document (FermataAppWindow      *self,
                                                   FermataAppDocument    *document);

/* A toast: something that a person should know, and need not answer. */
void              fermata_app_window_tell         (FermataAppWindow      *self,
                                                   const char            *message);

G_END_DECLS
