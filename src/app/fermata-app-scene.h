/* fermata-app-scene.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-document.h"

#include <graphene.h>

G_BEGIN_DECLS

/* Sizes in the scene's units, which are pixels at zoom 1. States are wider if
 * their titles are; see fermata_layout_get_node_size(). */
#define FERMATA_APP_CARD_WIDTH 172.0f
#define FERMATA_APP_CARD_HEIGHT 66.0f
#define FERMATA_APP_STATE_WIDTH 120.0f
#define FERMATA_APP_STATE_HEIGHT 48.0f
#define FERMATA_APP_PILL_HEIGHT 20.0f
#define FERMATA_APP_GRID 12.0f

/*
 * What a node is drawn as.
 */
typedef enum {
  FERMATA_APP_ITEM_CARD,      /* a task */
  FERMATA_APP_ITEM_STATE,
  FERMATA_APP_ITEM_CONTAINER, /* a state with states in it */
  FERMATA_APP_ITEM_FINAL,
  FERMATA_APP_ITEM_HISTORY,
} FermataAppItemKind;

/* A node in the scene. Invariant: a container's @rect holds those of its
 * children; @parent comes before its children. */
typedef struct {
  FermataNode *node;
  graphene_rect_t rect;
  FermataAppItemKind kind;
  guint parent;             /* index of the item around it, G_MAXUINT at the top */
  guint serial;             /* changes whenever what is drawn of it does */
} FermataAppItem;

/* An edge to one of its targets: a line of cubic Béziers, 3 n + 1 points, from
 * the border of its source to that of its target. An edge without a target has
 * a small loop at its source. Where no edge but the member "initial" leads to a
 * state, the line begins in the middle of a dot, and has no edge. */
typedef struct {
  FermataEdge *edge;        /* NULL: of an initial dot */
  guint target;             /* which of its targets */
  guint from;               /* items; G_MAXUINT: the initial dot */
  guint to;
  graphene_point_t *points;
  guint n_points;
  graphene_rect_t label;    /* where the pill stands; empty without one */
  char *text;               /* of the pill; NULL without one */
  graphene_rect_t bounds;   /* of the line, arrow and label */
  guint serial;
} FermataAppRoute;

typedef enum {
  FERMATA_APP_HIT_NONE,
  FERMATA_APP_HIT_NODE,
  FERMATA_APP_HIT_PORT,     /* of a card: its right port; of a state: its border */
  FERMATA_APP_HIT_EDGE,
  FERMATA_APP_HIT_LABEL,
} FermataAppHitKind;

typedef struct {
  FermataAppHitKind kind;
  guint index;              /* of the item, or the route */
} FermataAppHit;

#define FERMATA_TYPE_APP_SCENE (fermata_app_scene_get_type ())

/*
 * The geometry of the graph that a document shows: where every node and edge
 * is, in a uniform grid. Follows the document's edits; knows nothing of
 * painting. Several thousand nodes are dragged, and fifty thousand looked at.
 *
 * Signal changed: something was moved, added, removed or relabelled, or will be
 * found to be so at the next look; what is drawn of an item or route is another
 * when its serial is. Several edits without a look in between are one change.
 */
G_DECLARE_FINAL_TYPE (FermataAppScene, fermata_app_scene, FERMATA, APP_SCENE, GObject)

FermataAppScene       *fermata_app_scene_new          (FermataAppDocument    *document);
FermataAppDocument    *fermata_app_scene_get_document (FermataAppScene       *self);

/* How wide a text is on a label, in the scene's units; without one, widths are
 * guessed. @measure must give the same for the same text, until it is set again. */
typedef float (*FermataAppSceneMeasure) (const char *text,
                                         gpointer    user_data);

void                   fermata_app_scene_set_measure  (FermataAppScene       *self,
                                                       FermataAppSceneMeasure measure,
                                                       gpointer               user_data);

/* Indices are valid until the next "changed". */
guint                  fermata_app_scene_get_n_items  (FermataAppScene       *self);
const FermataAppItem  *fermata_app_scene_get_item     (FermataAppScene       *self,
                                                       guint                  index);
gboolean               fermata_app_scene_find_node    (FermataAppScene       *self,
                                                       FermataNode           *node,
                                                       guint                 *index);
guint                  fermata_app_scene_get_n_routes (FermataAppScene       *self);
const FermataAppRoute *fermata_app_scene_get_route    (FermataAppScene       *self,
                                                       guint                  index);

/* The first route of an edge. */
gboolean               fermata_app_scene_find_edge    (FermataAppScene       *self,
                                                       FermataEdge           *edge,
                                                       guint                 *index);

/* All that is drawn; at least of some size, never empty. */
void                   fermata_app_scene_get_bounds   (FermataAppScene       *self,
                                                       graphene_rect_t       *bounds);

/* What is in a rectangle: indices in drawing order (containers before what is
 * in them), appended to arrays of guint, either of which may be NULL. */
void                   fermata_app_scene_query        (FermataAppScene       *self,
                                                       const graphene_rect_t *area,
                                                       GArray                *items,
                                                       GArray                *routes);

/* What is at a point, or within @reach of it: nodes before edges. */
FermataAppHit          fermata_app_scene_hit          (FermataAppScene        *self,
                                                       const graphene_point_t *point,
                                                       float                   reach);

/* While a drag is under way: nodes (and what is in them) are drawn moved by so
 * much, and their edges follow. Nothing is written; NULL ends it. */
void                   fermata_app_scene_set_drag     (FermataAppScene       *self,
                                                       FermataNode *const    *nodes,
                                                       guint                  n_nodes,
                                                       float                  dx,
                                                       float                  dy);

/* The edit that leaves them there (transfer full, nullable). All nodes of the
 * graph get a position in it if some had none. */
FermataEdit           *fermata_app_scene_make_move    (FermataAppScene       *self,
                                                       FermataNode *const    *nodes,
                                                       guint                  n_nodes,
                                                       float                  dx,
                                                       float                  dy);

/* The node nearest in a direction (dx, dy), for arrow keys; NULL: none there. */
FermataNode           *fermata_app_scene_find_nearest (FermataAppScene       *self,
                                                       FermataNode           *from,
                                                       float                  dx,
                                                       float                  dy);

/* The state around a point, for a node dropped there; NULL: the graph itself. */
FermataNode           *fermata_app_scene_find_around  (FermataAppScene        *self,
                                                       const graphene_point_t *point);

/* A place for a new node near a point where it covers no other. */
void                   fermata_app_scene_find_free    (FermataAppScene        *self,
                                                       const graphene_point_t *near,
                                                       FermataAppItemKind      kind,
                                                       graphene_point_t       *place);

G_END_DECLS
