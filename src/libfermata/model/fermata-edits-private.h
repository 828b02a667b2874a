/* fermata-edits-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-edit-private.h"
#include "model/fermata-edits.h"

G_BEGIN_DECLS

/* The nodes of a selection with all that is nested in them, and its edges. */
typedef struct {
  FermataGraph *graph;
  GPtrArray *tops;    /* FermataNode, in document order: none is in another */
  GHashTable *nodes;  /* FermataNode: these, and those in them */
  GHashTable *ids;    /* those ids that mean one of the nodes */
  GHashTable *edges;  /* FermataEdge */
} FermataChosen;

/* NULL with @error set if not all is of the graph. */
FermataChosen *fermata_chosen_new     (FermataGraph    *graph,
                                       GPtrArray       *objects,
                                       GError         **error);
void           fermata_chosen_free    (FermataChosen   *self);

/* The new id of @id; NULL: it is left out. */
typedef const char *(*FermataIdMap)   (const char      *id,
                                       gpointer         data);

/* An id, an array of ids, or an object with such a "to", with each id
 * exchanged (transfer full). NULL if none is left. */
FermataValue  *fermata_ids_map        (FermataValue    *value,
                                       FermataIdMap     map,
                                       gpointer         data);

/* As fermata_graph_dup_free_id(); none of the set @taken either, if there is
 * one. */
char          *fermata_free_id_dup    (FermataGraph    *graph,
                                       GHashTable      *taken,
                                       const char      *wish);

/* As fermata_graph_copy_text(), not yet as text. */
FermataValue  *fermata_chosen_copy    (FermataChosen   *self);

/* An array of both numbers. Whole numbers stay whole in the file. */
FermataValue  *fermata_position_new   (double           x,
                                       double           y);

/* Takes the edit. */
void           fermata_edit_add       (FermataEdit     *group,
                                       FermataEdit     *edit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FermataChosen, fermata_chosen_free)

G_END_DECLS
