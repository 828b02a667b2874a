/* fermata-app-scene-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-geometry.h"
#include "fermata-app-grid.h"
#include "fermata-app-router.h"
#include "fermata-app-scene.h"

G_BEGIN_DECLS

#define FERMATA_APP_DOT_SIZE 12.0f
#define FERMATA_APP_LANE_HEIGHT 28.0f

typedef struct _FermataAppBox FermataAppBox;
typedef struct _FermataAppBundle FermataAppBundle;
typedef struct _FermataAppLine FermataAppLine;

/* A rectangle by its sides: to add and to compare, without any rounding. */
typedef struct {
  float left;
  float top;
  float right;
  float bottom;
} FermataAppExtents;

/* What the scene keeps of a node; it has a reference to it. */
struct _FermataAppBox {
  FermataAppItem item;
  guint index;               /* in document order, as nodes are walked */
  FermataValue *members;     /* of the node when it was last looked at */
  graphene_point_t place;    /* where the document has it; of containers, see -settle.c */
  graphene_size_t size;

  FermataAppBox *parent;
  FermataAppBox *first_child;
  FermataAppBox *last_child;
  FermataAppBox *next;       /* sibling */

  GPtrArray *bundles;        /* of the lines that begin or end here; NULL: none */
  GPtrArray *initials;       /* of a container: lines from its dot; NULL: none */
  GPtrArray *inner;          /* of a container: bundles of what is right in it; NULL: none */
  GPtrArray *arrivals;       /* lines from dots to here; NULL: none */
  FermataAppGridEntry entry;

  guint n_lanes;             /* lines between a container and what is in it */
  guint epoch;               /* of the latest synchronization that met it */
  guint stamp;               /* see fermata_app_scene_mark_around() */
  guint is_gone : 1;
  guint is_unsettled : 1;
  guint is_dragged : 1;
  guint has_place : 1;
  guint has_gone_bundles : 1;
  guint has_new_lanes : 1;
};

/* All lines between two nodes, either way; of a node with itself, its loops. */
struct _FermataAppBundle {
  FermataAppBox *a;
  FermataAppBox *b;
  FermataAppBox *around;     /* the innermost state around both, which is neither; or NULL */
  GPtrArray *lines;          /* in the order of the document */
  guint is_changed : 1;
  guint is_gone : 1;
};

/* What the scene keeps of an edge to one of its targets, with a reference; of
 * an initial state, there is no edge. */
struct _FermataAppLine {
  FermataAppRoute route;
  guint index;
  FermataValue *members;
  FermataAppBox *from;       /* NULL: the dot */
  FermataAppBox *to;         /* NULL: nowhere */
  FermataAppBox *owner;      /* of the dot; NULL: the graph */
  FermataAppBundle *bundle;  /* NULL for one from a dot */

  guint slot;                /* see FermataAppLineRequest */
  guint n_along;
  guint n_against;
  guint lane;
  graphene_rect_t dot;
  graphene_size_t pill;      /* how large the label has to be */

  /* What of the scene its line depends on: these areas, all within the reach; if
   * there are none, the reach; of a direct one, what comes near it. */
  graphene_rect_t reach;
  graphene_rect_t *areas;
  guint n_areas;
  gboolean is_direct;
  FermataAppGridEntry entry; /* bounds and reach */
  FermataAppGridEntry label_entry; /* where its label is, and where it could not be */

  guint epoch;
  guint is_gone : 1;
  guint is_unrouted : 1;
  guint is_unlabelled : 1;
};

/*
 * Invariants while the scene is fresh: @boxes are the nodes of @graph, a node
 * before those in it; @lines are those from dots, then those of its edges in their
 * order; all are settled, routed and labelled as a new scene would have them.
 */
struct _FermataAppScene {
  GObject parent_instance;

  FermataAppDocument *document;
  FermataGraph *graph;         /* what is shown, as of the last synchronization */
  FermataGraphKind kind;
  FermataValue *graph_members;
  FermataValue *initial;
  gboolean has_new_places;     /* the document has computed some */
  gboolean has_own_places;     /* some come from nowhere but here; see -places.c */
  gboolean has_containers;
  gboolean is_stale;           /* "changed" has been emitted since the last look */
  guint epoch;
  guint serial;
  guint stamp;
  gboolean is_top_marked;      /* what is at the top is in the way, too */

  GPtrArray *boxes;
  GPtrArray *lines;
  GPtrArray *initials;         /* lines from the graph's own dot */
  GHashTable *boxes_by_node;
  GHashTable *lines_by_edge;   /* the first of each edge */
  GHashTable *bundles;

  FermataAppGrid *box_grid;
  FermataAppGrid *line_grid;
  FermataAppGrid *label_grid;
  FermataAppExtents extents;   /* of all boxes and lines */
  gboolean has_extents;
  gboolean are_extents_wide;   /* may be more than is needed */

  /* What has to be done before the scene is fresh. */
  GPtrArray *unsettled;
  GPtrArray *unrouted;
  GPtrArray *unlabelled;
  GPtrArray *changed_bundles;
  GPtrArray *new_lanes;        /* containers whose lanes have to be counted */
  GPtrArray *gone_lines;       /* owned; until the synchronization ends */

  /* In use while one line is found, or labels are placed. */
  GArray *points;
  GArray *areas;
  GArray *flat;
  GPtrArray *heap;

  FermataAppSceneMeasure measure;
  gpointer measure_data;

  /* A drag: the boxes at the top of what is moved, and how far. */
  GPtrArray *dragged;
  graphene_point_t drag;
};

/* Makes the scene what the document says; fermata-app-scene-sync.c. */
void     fermata_app_scene_sync          (FermataAppScene       *self);
void     fermata_app_scene_clear         (FermataAppScene       *self);
void     fermata_app_scene_sync_lines    (FermataAppScene       *self,
                                          gboolean               resolve);
void     fermata_app_scene_sync_places   (FermataAppScene       *self);
void     fermata_app_scene_sync_initials (FermataAppScene       *self);
void     fermata_app_scene_sync_bundles  (FermataAppScene       *self);
GHashTable *fermata_app_scene_new_bundles (void);
FermataAppBundle *fermata_app_scene_ensure_bundle (FermataAppScene *self,
                                          FermataAppBox         *from,
                                          FermataAppBox         *to);
void     fermata_app_scene_change_bundle (FermataAppScene       *self,
                                          FermataAppBundle      *bundle);
FermataAppBox *fermata_app_scene_find_box (FermataAppScene      *self,
                                          FermataNode           *node);
FermataAppLine *fermata_app_line_new     (FermataAppScene       *self,
                                          FermataEdge           *edge,
                                          guint                  target,
                                          FermataAppBox         *from,
                                          FermataAppBox         *to);
void     fermata_app_scene_drop_line     (FermataAppScene       *self,
                                          FermataAppLine        *line);
void     fermata_app_line_free           (FermataAppLine        *line);

/* Marks what has to be done; fermata-app-scene-settle.c does it. */
void     fermata_app_scene_unsettle      (FermataAppScene       *self,
                                          FermataAppBox         *box);
void     fermata_app_scene_unsettle_dots (FermataAppScene       *self,
                                          FermataAppBox         *box);
void     fermata_app_scene_unroute       (FermataAppScene       *self,
                                          FermataAppLine        *line);
void     fermata_app_scene_unlabel       (FermataAppScene       *self,
                                          FermataAppLine        *line);
void     fermata_app_scene_settle        (FermataAppScene       *self);

/* Something is no longer at @rect, or is there now; @box: a node, not a label. */
void     fermata_app_scene_touch         (FermataAppScene       *self,
                                          FermataAppBox         *box,
                                          const graphene_rect_t *rect);
void     fermata_app_scene_spread_bounds (FermataAppScene       *self,
                                          const graphene_rect_t *rect);
void     fermata_app_scene_cut_bounds    (FermataAppScene       *self,
                                          const graphene_rect_t *rect);

/* The innermost state that a line stays in; NULL: none. */
FermataAppBox *fermata_app_line_get_around (FermataAppLine      *line);

/* Lines and labels; fermata-app-scene-lines.c and -labels.c. */
void     fermata_app_scene_route_line    (FermataAppScene       *self,
                                          FermataAppLine        *line);
void     fermata_app_scene_place_dot     (FermataAppScene       *self,
                                          FermataAppLine        *line);
void     fermata_app_scene_index_line    (FermataAppScene       *self,
                                          FermataAppLine        *line);
void     fermata_app_scene_measure_label (FermataAppScene       *self,
                                          FermataAppLine        *line);
graphene_rect_t fermata_app_line_get_bounds (FermataAppLine     *line);
void     fermata_app_scene_keep_labels_off (FermataAppScene     *self,
                                          FermataAppLine        *line);
void     fermata_app_scene_place_labels  (FermataAppScene       *self);

/* Marks the states around the ends of a line, up to the innermost that is around
 * both, or (@whole) all. What is neither around nor an end, but stands in what is
 * around, or at the top, is in its way. */
void     fermata_app_scene_mark_around   (FermataAppScene       *self,
                                          FermataAppLine        *line,
                                          gboolean               whole);
gboolean fermata_app_scene_is_in_way     (FermataAppScene       *self,
                                          FermataAppLine        *line,
                                          FermataAppBox         *box);
gboolean fermata_app_box_is_within       (FermataAppBox         *box,
                                          FermataAppBox         *outer);

/* Synchronizes and settles, if anything has changed since the last time. */
void     fermata_app_scene_freshen       (FermataAppScene       *self);
void     fermata_app_scene_emit_changed  (FermataAppScene       *self);

G_END_DECLS
