/* fermata-model-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-edge.h"
#include "model/fermata-edit.h"
#include "model/fermata-element-list-private.h"
#include "model/fermata-graph.h"
#include "model/fermata-node.h"

G_BEGIN_DECLS

typedef struct _FermataEdgeNames FermataEdgeNames;
typedef struct _FermataNodeIndex FermataNodeIndex;

/* A graph owns its lists, a list its nodes and edges, a node its children and
 * bodies. The other way round nothing is referenced: a list knows its owner
 * until the owner goes, a body its node. */
struct _FermataGraph {
  GObject parent_instance;

  FermataValue *members; /* an object; "nodes" and "edges" that are arrays are empty in it */
  FermataNode *owner;
  FermataElementList *nodes;
  FermataElementList *edges;
  GFile *file;           /* documents only; nullable */

  /* Made when first asked for; an edit keeps them right or drops them. */
  FermataNodeIndex *node_index;
  FermataEdgeNames *edge_names;

  guint is_incomplete : 1; /* documents only: something of the text has no place here */
  guint is_busy : 1;       /* documents only: an edit is being applied or told of */
};

/* Bodies, in the order of the node's members. */
typedef struct {
  const char *name; /* one of fermata_body_names */
  FermataGraph *graph;
} FermataBody;

#define FERMATA_MAX_BODIES 3

/* What only some nodes have. */
typedef struct {
  FermataElementList *children;
  guint n_bodies;
  FermataBody bodies[FERMATA_MAX_BODIES];
} FermataNodeParts;

struct _FermataNode {
  FermataElement element;

  FermataValue *members; /* an object; "nodes" and the bodies are empty in it */
  const char *id;        /* within members; "" where the document gives none */
  FermataNodeParts *parts;
};

struct _FermataEdge {
  FermataElement element;

  FermataValue *members; /* an object */
};

extern const char *const fermata_body_names[FERMATA_MAX_BODIES + 1];

/* The name itself if it is one of a body, NULL otherwise. */
const char   *fermata_body_name_intern       (const char       *name);

/* The text of a member; NULL where it is no string. */
const char   *fermata_members_get_string     (FermataValue     *members,
                                              const char       *name);

/* New elements that are in no list yet. They take their own reference. */
FermataNode  *fermata_node_new               (FermataValue     *members);
FermataEdge  *fermata_edge_new               (FermataValue     *members);
FermataGraph *fermata_body_new               (FermataNode      *owner,
                                              FermataValue     *members);
void          fermata_node_set_members       (FermataNode      *self,
                                              FermataValue     *members);
void          fermata_edge_set_members       (FermataEdge      *self,
                                              FermataValue     *members);
void          fermata_graph_set_members      (FermataGraph     *self,
                                              FermataValue     *members);
FermataNodeParts *fermata_node_ensure_parts  (FermataNode      *self);

/* A list that is made when first needed. */
FermataElementList *fermata_node_ensure_children (FermataNode  *self);

/* Puts the bodies into the order of the members. */
void          fermata_node_sort_bodies       (FermataNode      *self);

/* Builds what @value describes, with all that is nested in it. */
FermataNode  *fermata_node_build             (FermataValue     *value,
                                              gboolean         *is_incomplete);
FermataEdge  *fermata_edge_build             (FermataValue     *value,
                                              gboolean         *is_incomplete);
FermataGraph *fermata_body_build             (FermataNode      *owner,
                                              FermataValue     *value,
                                              gboolean         *is_incomplete);

/* Drops a reference without recursion, however deep graphs are nested. */
void          fermata_release                (gpointer          object);

/* Emits `notify` only if somebody listens. */
void          fermata_notify                 (gpointer          object,
                                              GParamSpec       *pspec);

/* Names a step of a path in the order from the leaf to the root. */
char         *fermata_path_finish            (GPtrArray        *steps);
void          fermata_path_push_graph        (GPtrArray        *steps,
                                              FermataGraph     *graph);
void          fermata_path_push_node         (GPtrArray        *steps,
                                              FermataNode      *node);

/* Emit `notify` for what a member, or a move, changes. */
void          fermata_graph_notify_member    (FermataGraph     *self,
                                              const char       *name);
void          fermata_node_notify_member     (FermataNode      *self,
                                              const char       *name);
void          fermata_node_notify_parent     (FermataNode      *self);
void          fermata_edge_notify_member     (FermataEdge      *self,
                                              const char       *name);
void          fermata_edge_notify_graph      (FermataEdge      *self);
void          fermata_graph_tell_edited      (FermataGraph     *self,
                                              FermataEdit      *edit,
                                              FermataEdit      *inverse);

/* As fermata_node_get_next(), but no further than what is nested in @top. */
FermataNode  *fermata_node_get_next_within   (FermataNode      *top,
                                              FermataNode      *node);

/* The nodes of a namespace by id. A node leaves with the id
 * that it came with; with its nested states, or alone. */
FermataNode  *fermata_node_index_find        (FermataGraph     *graph,
                                              const char       *id);
void          fermata_node_index_drop        (FermataGraph     *graph);
void          fermata_node_index_add         (FermataGraph     *graph,
                                              FermataNode      *top);
void          fermata_node_index_add_one     (FermataGraph     *graph,
                                              FermataNode      *node);
void          fermata_node_index_remove      (FermataGraph     *graph,
                                              FermataNode      *top);
void          fermata_node_index_remove_one  (FermataGraph     *graph,
                                              FermataNode      *node);

/* The names of edges without an id. */
char         *fermata_edge_names_dup         (FermataEdge      *edge);
FermataEdge  *fermata_edge_names_find        (FermataGraph     *graph,
                                              const char       *name);
void          fermata_edge_names_drop        (FermataGraph     *graph);

/* An edge is added once it has its place, and removed while it has it. */
void          fermata_edge_names_add         (FermataGraph     *graph,
                                              FermataEdge      *edge);
void          fermata_edge_names_remove      (FermataGraph     *graph,
                                              FermataEdge      *edge);

G_END_DECLS
