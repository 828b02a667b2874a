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
  Agnode_t *dot;      /* of a cluster: the one of its initial state */
  FermataNode *parent;
} FermataDotPlace;

/* A graph of which the nodes are being drawn: the document, or a body. What a
 * task of a state has as its body is no graph of the document's, and is made one
 * here: its paths begin with @path. */
typedef struct {
  FermataGraph *graph;
  FermataNode *owner; /* NULL: none */
  Agraph_t *around;
  char *prefix; /* of names in the picture */
  char *path;
  gboolean is_machine;
  Agnode_t *dot;   /* of a machine: the one of its initial state */
  Agnode_t *first; /* where that leads to */
} FermataDotLevel;

/* An edge that is to be drawn. */
typedef struct {
  FermataEdge *edge;
  guint target;
  Agnode_t *start;
  Agnode_t *end;
  Agraph_t *tail; /* what it is cut at; NULL: nothing */
  Agraph_t *head;
  gboolean is_back;
} FermataDotArrow;

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

Agnode_t        *fermata_dot_add_dot      (FermataDotDrawing     *self,
                                           Agraph_t              *around,
                                           const char            *what,
                                           const char            *colour,
                                           double                 size);

void             fermata_dot_draw_nodes   (FermataDotDrawing     *self,
                                           FermataDotLevel       *level);
void             fermata_dot_draw_initial (FermataDotDrawing     *self,
                                           FermataDotLevel       *level);
void             fermata_dot_draw_edges   (FermataDotDrawing     *self,
                                           const FermataDotLevel *level);

/* Marks those that lead back; @first is where to begin, NULL if it is unknown. */
void             fermata_dot_find_cycles  (FermataDotArrow       *arrows,
                                           guint                  n_arrows,
                                           Agnode_t              *first);

G_END_DECLS
