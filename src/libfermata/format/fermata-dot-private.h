/* fermata-dot-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "format/fermata-dot-page-private.h"

G_BEGIN_DECLS

/* How a node is drawn. What has something in it is a cluster; edges that end at
 * it need a node, so they go to one in it, and are cut at its border. */
typedef struct {
  Agnode_t *node;     /* NULL for a cluster */
  Agraph_t *cluster;  /* NULL for a node; its own */
  Agraph_t *around;   /* what it is in */
  Agnode_t *leaf;     /* of a cluster: a node in it */
  Agnode_t *anchor;   /* of a cluster: where edges begin that stay in it */
  FermataNode *parent;
} FermataDotPlace;

/* A graph of which the nodes are being drawn: the document, or a body. */
typedef struct {
  FermataGraph *graph;
  Agraph_t *around;
  char *prefix;
} FermataDotLevel;

typedef struct {
  FermataDotPage page;
  FermataDotOptions options;
  GHashTable *places;      /* FermataNode -> FermataDotPlace */
  GHashTable *inner_edges; /* FermataNode -> its edges without a target */
  GQueue levels;      /* of FermataDotLevel: those to come */
  guint n_extra;
} FermataDotDrawing;

FermataDotPlace *fermata_dot_find_place   (FermataDotDrawing     *self,
                                           FermataNode           *node);

/* A name for what is no node of the graph. */
char            *fermata_dot_extra_name   (FermataDotDrawing     *self,
                                           const char            *what);

/* Where an edge can end at something. */
Agnode_t        *fermata_dot_get_end      (FermataDotPlace       *place);

void             fermata_dot_draw_nodes   (FermataDotDrawing     *self,
                                           const FermataDotLevel *level);
void             fermata_dot_draw_edges   (FermataDotDrawing     *self,
                                           const FermataDotLevel *level);
void             fermata_dot_draw_initial (FermataDotDrawing     *self,
                                           const FermataDotLevel *level);

G_END_DECLS
