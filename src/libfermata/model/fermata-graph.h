/* fermata-graph.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-model-types.h"

G_BEGIN_DECLS

/*
 * A graph is the document, or a body of a node.
 *
 * The document is kept as the values it was read as: a graph, a node and an
 * edge each hold one immutable object with their members in the order of the
 * file, unknown ones included. What is a thing of its own (the nodes, the
 * edges, the bodies) is a GObject, and its member is an empty placeholder
 * that keeps its position. So nothing is stored twice, and nothing is lost.
 */

FERMATA_EXTERN
FermataGraph     *fermata_graph_new               (FermataGraphKind  kind);

/* The members but "nodes" and "edges"; @members are the object as read. */
FERMATA_EXTERN
FermataValue     *fermata_graph_get_members       (FermataGraph     *self);
FERMATA_EXTERN
FermataValue     *fermata_graph_get_member        (FermataGraph     *self,
                                                   const char       *name);
FERMATA_EXTERN
FermataGraphKind  fermata_graph_get_kind          (FermataGraph     *self);
FERMATA_EXTERN
const char       *fermata_graph_get_name          (FermataGraph     *self);

/* The node that owns this body, NULL for a document. */
FERMATA_EXTERN
FermataNode      *fermata_graph_get_owner         (FermataGraph     *self);
FERMATA_EXTERN
FermataGraph     *fermata_graph_get_root          (FermataGraph     *self);

/* List models of FermataNode and FermataEdge, in document order. */
FERMATA_EXTERN
GListModel       *fermata_graph_get_nodes         (FermataGraph     *self);
FERMATA_EXTERN
GListModel       *fermata_graph_get_edges         (FermataGraph     *self);

/* The same without a reference taken (transfer none): for walks in C. */
FERMATA_EXTERN
guint             fermata_graph_get_n_nodes       (FermataGraph     *self);
FERMATA_EXTERN
FermataNode      *fermata_graph_get_node          (FermataGraph     *self,
                                                   guint             index);
FERMATA_EXTERN
guint             fermata_graph_get_n_edges       (FermataGraph     *self);
FERMATA_EXTERN
FermataEdge      *fermata_graph_get_edge          (FermataGraph     *self,
                                                   guint             index);

/* Nested states are found too; the first of several nodes with the same id. */
FERMATA_EXTERN
FermataNode      *fermata_graph_find_node         (FermataGraph     *self,
                                                   const char       *id);
FERMATA_EXTERN
FermataEdge      *fermata_graph_find_edge         (FermataGraph     *self,
                                                   const char       *name);

G_END_DECLS
