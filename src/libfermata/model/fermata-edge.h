/* fermata-edge.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-model-types.h"

G_BEGIN_DECLS

/* Endpoints are ids: an edge to nowhere can be loaded, shown and mended. */
FERMATA_EXTERN
const char   *fermata_edge_get_source_id     (FermataEdge *self);
FERMATA_EXTERN
guint         fermata_edge_get_n_targets     (FermataEdge *self);
FERMATA_EXTERN
const char   *fermata_edge_get_target_id     (FermataEdge *self,
                                              guint        index);

/* Looked up in its graph (transfer none, nullable). */
FERMATA_EXTERN
FermataNode  *fermata_edge_get_source        (FermataEdge *self);
FERMATA_EXTERN
FermataNode  *fermata_edge_get_target        (FermataEdge *self,
                                              guint        index);

FERMATA_EXTERN
const char   *fermata_edge_get_label         (FermataEdge *self);
FERMATA_EXTERN
const char   *fermata_edge_get_description   (FermataEdge *self);

/* The member "id", or `from>to`, `from>to#2`, … (transfer full). */
FERMATA_EXTERN
char         *fermata_edge_dup_name          (FermataEdge *self);
FERMATA_EXTERN
FermataValue *fermata_edge_get_members       (FermataEdge *self);
FERMATA_EXTERN
FermataValue *fermata_edge_get_member        (FermataEdge *self,
                                              const char  *name);
FERMATA_EXTERN
FermataGraph *fermata_edge_get_graph         (FermataEdge *self);
FERMATA_EXTERN
guint         fermata_edge_get_index         (FermataEdge *self);

/* JSON Pointer from the document's root (transfer full). */
FERMATA_EXTERN
char         *fermata_edge_dup_path          (FermataEdge *self);

/* Edits */
FERMATA_EXTERN
gboolean      fermata_edge_set_member        (FermataEdge  *self,
                                              const char   *name,
                                              FermataValue *value,
                                              GError      **error);
FERMATA_EXTERN
gboolean      fermata_edge_remove            (FermataEdge  *self,
                                              GError      **error);

G_END_DECLS
