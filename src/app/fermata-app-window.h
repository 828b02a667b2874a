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

/* Reads a file and shows it in a tab; where it is open already, that one. What is
 * no graph gets a tab that says what is wrong. */
void              fermata_app_window_open         (FermataAppWindow      *self,
                                                   GFile                 *file);

/* Closes it without asking; what its graphs run is asked to end. */
void              fermata_app_window_end          (FermataAppWindow      *self);

/* The page of a file, in this window (nullable). */
FermataAppPage   *fermata_app_window_find_file    (FermataAppWindow      *self,
                                                   GFile                 *file);

/* A toast: something that a person should know, and need not answer. */
void              fermata_app_window_tell         (FermataAppWindow      *self,
                                                   const char            *message);

/* A dialog: something that was wanted could not be done. */
void              fermata_app_window_complain     (FermataAppWindow      *self,
                                                   const char            *heading,
                                                   const char            *message);

G_END_DECLS
