/* fermata-app-arrange.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

G_BEGIN_DECLS

/*
 * Lays out what a document shows, in a process of its own: nothing waits for it.
 * One layout is under way at a time; a newer one ends it, and so does freeing.
 *
 * As soon as the document shows a graph of which no node has a place, places are
 * computed for it; they are the document's, and no edit.
 */
typedef struct _FermataAppArranger FermataAppArranger;

/* @document is not referenced: it owns the arranger. */
FermataAppArranger *fermata_app_arranger_new        (FermataAppDocument *document);
void                fermata_app_arranger_free       (FermataAppArranger *self);

/* As one edit: of all nodes of the graph that is shown, or of those selected,
 * which stay where they are as a whole. */
void                fermata_app_arranger_arrange    (FermataAppArranger *self,
                                                     gboolean            only_selected);
gboolean            fermata_app_arranger_is_busy    (FermataAppArranger *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataAppArranger, fermata_app_arranger_free)

G_END_DECLS
