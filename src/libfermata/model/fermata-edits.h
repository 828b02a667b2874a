/* fermata-edits.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-edit.h"
#include "model/fermata-graph.h"

G_BEGIN_DECLS

/*
 * What people do with a graph, each as one edit. To make an edit changes
 * nothing; it is right for the document as it is then. NULL with @error set
 * where what is asked for makes no sense.
 *
 * @objects are nodes and edges of @graph, in any order; what is nested in a
 * node goes with it.
 */

/* An id that no node of the graph has, like @wish: “state”, “state-2”, …
 * (transfer full). */
FERMATA_EXTERN
char        *fermata_graph_dup_free_id          (FermataGraph        *graph,
                                                 const char          *wish);

/* With the edges that come from or go to them, and their positions. */
FERMATA_EXTERN
FermataEdit *fermata_edit_new_delete            (FermataGraph        *graph,
                                                 GPtrArray           *objects,
                                                 GError             **error);

/* The same, and edges that went to them go to where theirs went. */
FERMATA_EXTERN
FermataEdit *fermata_edit_new_dissolve          (FermataGraph        *graph,
                                                 GPtrArray           *objects,
                                                 GError             **error);

/* @target NULL: an edge that goes nowhere; @event and @when NULL: without. */
FERMATA_EXTERN
FermataEdit *fermata_edit_new_connect           (FermataNode         *source,
                                                 FermataNode         *target,
                                                 const char          *event,
                                                 const char          *when,
                                                 GError             **error);

/* @id is that of a node that is there, or that the edit before this one in a
 * group adds. */
FERMATA_EXTERN
FermataEdit *fermata_edit_new_insert_on_edge    (FermataEdge         *edge,
                                                 const char          *id,
                                                 GError             **error);

/* Among the edges of its source: @by -1 is tried one edge earlier. */
FERMATA_EXTERN
FermataEdit *fermata_edit_new_shift_edge        (FermataEdge         *edge,
                                                 int                  by,
                                                 GError             **error);
FERMATA_EXTERN
FermataEdit *fermata_edit_new_set_initial       (FermataNode         *state,
                                                 GError             **error);

/* @positions: x and y of each node, one after the other. */
FERMATA_EXTERN
FermataEdit *fermata_edit_new_place             (FermataGraph        *graph,
                                                 FermataNode *const  *nodes,
                                                 const double        *positions,
                                                 guint                n_nodes,
                                                 GError             **error);

/* A member within members, such as "with", "value" (NULL-terminated). @value
 * NULL removes it, and the objects that are empty then. */
FERMATA_EXTERN
FermataEdit *fermata_edit_new_set_at            (gpointer             object,
                                                 const char *const   *path,
                                                 FermataValue        *value,
                                                 GError             **error);

/* Nodes, the edges between them and their positions, as the text of a
 * document (transfer full); NULL without any node. */
FERMATA_EXTERN
char        *fermata_graph_copy_text            (FermataGraph        *graph,
                                                 GPtrArray           *objects);

/* @at NULL, or x and y of the middle; @ids gives the new nodes' (transfer
 * full). */
FERMATA_EXTERN
FermataEdit *fermata_edit_new_paste             (FermataGraph        *graph,
                                                 FermataNode         *parent,
                                                 const char          *text,
                                                 const double        *at,
                                                 char              ***ids,
                                                 GError             **error);
FERMATA_EXTERN
FermataEdit *fermata_edit_new_duplicate         (FermataGraph        *graph,
                                                 GPtrArray           *objects,
                                                 double               dx,
                                                 double               dy,
                                                 char              ***ids,
                                                 GError             **error);

G_END_DECLS
