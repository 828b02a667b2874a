/* fermata-app-selection.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <fermata.h>

G_BEGIN_DECLS

#define FERMATA_TYPE_APP_SELECTION (fermata_app_selection_get_type ())

/*
 * What is selected in a document: nodes and edges, in the order in which they
 * were. A list model of them; canvas, outline, inspector and problems share it.
 *
 * Invariant: each is in the document, and there once.
 */
G_DECLARE_FINAL_TYPE (FermataAppSelection, fermata_app_selection, FERMATA, APP_SELECTION, GObject)

FermataAppSelection *fermata_app_selection_new        (void);
guint                fermata_app_selection_get_n      (FermataAppSelection *self);

/* The one thing that is selected; NULL for none, or several. */
gpointer             fermata_app_selection_get_only   (FermataAppSelection *self);
gboolean             fermata_app_selection_contains   (FermataAppSelection *self,
                                                       gpointer             element);
void                 fermata_app_selection_clear      (FermataAppSelection *self);
void                 fermata_app_selection_add        (FermataAppSelection *self,
                                                       gpointer             element);
void                 fermata_app_selection_remove     (FermataAppSelection *self,
                                                       gpointer             element);
void                 fermata_app_selection_toggle     (FermataAppSelection *self,
                                                       gpointer             element);

/* Nothing but these; @elements are not taken. */
void                 fermata_app_selection_set        (FermataAppSelection *self,
                                                       gpointer const      *elements,
                                                       guint                n_elements);
void                 fermata_app_selection_set_only   (FermataAppSelection *self,
                                                       gpointer             element);

G_END_DECLS
