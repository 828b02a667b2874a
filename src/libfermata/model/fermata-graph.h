/* fermata-graph.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-edit.h"
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

/* The graph that a document's value describes: never fails, whatever the
 * value. What has no place in a graph is left out, and the graph is then
 * incomplete. */
FERMATA_EXTERN
FermataGraph     *fermata_graph_new_from_value    (FermataValue     *value);

/* The whole document or body as one value (transfer full). */
FERMATA_EXTERN
FermataValue     *fermata_graph_to_value          (FermataGraph     *self);

/* Whether something that the text says is not in here; such a graph must not
 * be written over its file. */
FERMATA_EXTERN
gboolean          fermata_graph_is_incomplete     (FermataGraph     *self);
FERMATA_EXTERN
void              fermata_graph_mark_incomplete   (FermataGraph     *self);

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
FERMATA_EXTERN
const char       *fermata_graph_get_description   (FermataGraph     *self);

/* The node that owns this body, NULL for a document. */
FERMATA_EXTERN
FermataNode      *fermata_graph_get_owner         (FermataGraph     *self);
FERMATA_EXTERN
FermataGraph     *fermata_graph_get_root          (FermataGraph     *self);

/* Where the document lies, which nodes name other files from. */
FERMATA_EXTERN
GFile            *fermata_graph_get_file          (FermataGraph     *self);
FERMATA_EXTERN
void              fermata_graph_set_file          (FermataGraph     *self,
                                                   GFile            *file);

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

/* JSON Pointer from the document's root; empty for the document (transfer
 * full). */
FERMATA_EXTERN
char             *fermata_graph_dup_path          (FermataGraph     *self);

/* The innermost graph, node or edge that a JSON Pointer leads to or through
 * (transfer none), and the steps that are left. */
FERMATA_EXTERN
gpointer          fermata_graph_lookup_path       (FermataGraph     *self,
                                                   const char       *path,
                                                   const char      **rest);

/* All changes go this way; the others are made of it. */
FERMATA_EXTERN
gboolean          fermata_graph_apply_edit        (FermataGraph     *self,
                                                   FermataEdit      *edit,
                                                   FermataEdit     **inverse,
                                                   GError          **error);
FERMATA_EXTERN
FermataNode      *fermata_graph_add_node          (FermataGraph     *self,
                                                   FermataNode      *parent,
                                                   guint             position,
                                                   FermataValue     *node,
                                                   GError          **error);
FERMATA_EXTERN
FermataEdge      *fermata_graph_add_edge          (FermataGraph     *self,
                                                   guint             position,
                                                   FermataValue     *edge,
                                                   GError          **error);
FERMATA_EXTERN
gboolean          fermata_graph_set_member        (FermataGraph     *self,
                                                   const char       *name,
                                                   FermataValue     *value,
                                                   GError          **error);

G_END_DECLS
