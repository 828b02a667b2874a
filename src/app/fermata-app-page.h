/* fermata-app-page.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-canvas.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum {
  FERMATA_APP_SIDE_LEFT,
  FERMATA_APP_SIDE_BOTTOM,
  FERMATA_APP_SIDE_RIGHT,
  FERMATA_APP_N_SIDES,
} FermataAppSide;

#define FERMATA_TYPE_APP_PAGE (fermata_app_page_get_type ())

/*
 * What stands in a tab: a document's canvas, with the panes around it. Property
 * document.
 *
 * Signal changed: a pane was opened or closed, or other problems were found.
 */
G_DECLARE_FINAL_TYPE (FermataAppPage, fermata_app_page, FERMATA, APP_PAGE, AdwBin)

FermataAppPage     *fermata_app_page_new          (FermataAppDocument *document);
FermataAppDocument *fermata_app_page_get_document (FermataAppPage     *self);
FermataAppCanvas   *fermata_app_page_get_canvas   (FermataAppPage     *self);

/* Panes. In a narrow page those at the sides lie over the canvas. */
gboolean            fermata_app_page_is_shown     (FermataAppPage     *self,
                                                   FermataAppSide      pane);
void                fermata_app_page_set_shown    (FermataAppPage     *self,
                                                   FermataAppSide      pane,
                                                   gboolean            shown);
void                fermata_app_page_set_narrow   (FermataAppPage     *self,
                                                   gboolean            narrow);

/* Opens the pane that something is in and gives it the keyboard: "outline",
 * "palette", "breakpoints", "properties" (or "inspector"), "data", "history",
 * "problems", "console", "event", "search" (the outline's). */
void                fermata_app_page_show         (FermataAppPage     *self,
                                                   const char         *name,
                                                   gboolean            focus);

/* Goes to the next problem, or the one before. */
void                fermata_app_page_go_to_problem (FermataAppPage    *self,
                                                    gboolean           forward);

/* A line above the canvas that stays until it is closed; NULL: none. */
void                fermata_app_page_set_notice   (FermataAppPage     *self,
                                                   const char         *text);

G_END_DECLS
