/* fermata-node.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-model-types.h"

G_BEGIN_DECLS

FERMATA_EXTERN
const char   *fermata_node_get_id            (FermataNode *self);

/* The member "type" as it stands; NULL where there is none (a state). */
FERMATA_EXTERN
const char   *fermata_node_get_type_name     (FermataNode *self);
FERMATA_EXTERN
const char   *fermata_node_get_label         (FermataNode *self);
FERMATA_EXTERN
const char   *fermata_node_get_description   (FermataNode *self);
FERMATA_EXTERN
FermataValue *fermata_node_get_members       (FermataNode *self);
FERMATA_EXTERN
FermataValue *fermata_node_get_member        (FermataNode *self,
                                              const char  *name);

/* The graph or body whose namespace it is in. */
FERMATA_EXTERN
FermataGraph *fermata_node_get_graph         (FermataNode *self);

/* The state it is nested in, NULL at the top. */
FERMATA_EXTERN
FermataNode  *fermata_node_get_parent        (FermataNode *self);

/* Its place among its siblings, from 0. */
FERMATA_EXTERN
guint         fermata_node_get_index         (FermataNode *self);

/* Nested states, in document order. */
FERMATA_EXTERN
GListModel   *fermata_node_get_children      (FermataNode *self);
FERMATA_EXTERN
guint         fermata_node_get_n_children    (FermataNode *self);
FERMATA_EXTERN
FermataNode  *fermata_node_get_child         (FermataNode *self,
                                              guint        index);

/* The next node of the namespace, nested ones after their state (transfer
 * none, nullable): for walks in C, with fermata_graph_get_node (graph, 0). */
FERMATA_EXTERN
FermataNode  *fermata_node_get_next          (FermataNode *self);

/* Bodies by name ("body", "catch", "finally"), in document order. */
FERMATA_EXTERN
guint         fermata_node_get_n_bodies      (FermataNode *self);
FERMATA_EXTERN
const char   *fermata_node_get_body_name     (FermataNode *self,
                                              guint        index);
FERMATA_EXTERN
FermataGraph *fermata_node_get_body_at       (FermataNode *self,
                                              guint        index);
FERMATA_EXTERN
FermataGraph *fermata_node_get_body          (FermataNode *self,
                                              const char  *name);

/* The whole node as one value, with what is nested in it (transfer full). */
FERMATA_EXTERN
FermataValue *fermata_node_to_value          (FermataNode *self);

/* Where the graph's layout draws it; FALSE if it does not say. */
FERMATA_EXTERN
gboolean      fermata_node_get_position      (FermataNode *self,
                                              double      *x,
                                              double      *y);

/* The file whose graph it runs (transfer full); NULL if it names none. */
FERMATA_EXTERN
GFile        *fermata_node_resolve_file      (FermataNode *self);

/* JSON Pointer from the document's root (transfer full). */
FERMATA_EXTERN
char         *fermata_node_dup_path          (FermataNode *self);

/* Edits */
FERMATA_EXTERN
gboolean      fermata_node_set_member        (FermataNode  *self,
                                              const char   *name,
                                              FermataValue *value,
                                              GError      **error);
FERMATA_EXTERN
gboolean      fermata_node_rename            (FermataNode  *self,
                                              const char   *id,
                                              GError      **error);
FERMATA_EXTERN
gboolean      fermata_node_set_position      (FermataNode  *self,
                                              double        x,
                                              double        y,
                                              GError      **error);
FERMATA_EXTERN
gboolean      fermata_node_remove            (FermataNode  *self,
                                              GError      **error);

G_END_DECLS
