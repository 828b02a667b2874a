/* fermata-layout-plan-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model/fermata-graph.h"

G_BEGIN_DECLS

/* What stands for no item. */
#define FERMATA_LAYOUT_NONE G_MAXUINT

/* What is left free between two boxes beside each other, and for the dot of an
 * initial state with its arrow. */
#define FERMATA_LAYOUT_GAP 36
#define FERMATA_LAYOUT_COLUMN_GAP 60
#define FERMATA_LAYOUT_DOT 18
#define FERMATA_LAYOUT_DOT_GAP 36

/* A node that is to have a place. Those in it come after it, before the next
 * beside it. x and y are those of the upper left corner of its box. */
typedef struct {
  char *id;
  guint parent;
  guint n_children;
  guint depth;
  double x;
  double y;
  double width;
  double height;
  gboolean is_parallel;
  gboolean is_initial; /* has a dot before it */
} FermataLayoutItem;

typedef struct {
  guint from;
  guint to;
  double width; /* of its label */
  double height;
} FermataLayoutLink;

/* What is to be laid out: a copy, so that the graph may change meanwhile. */
typedef struct {
  GArray *items;
  GArray *links;
  gboolean has_origin;
  double origin_x;
  double origin_y;
} FermataLayoutPlan;

FermataLayoutPlan *fermata_layout_plan_new           (FermataGraph      *graph,
                                                      const char *const *only);
void               fermata_layout_plan_free          (FermataLayoutPlan *self);
FermataLayoutItem *fermata_layout_plan_get_item      (FermataLayoutPlan *self,
                                                      guint              index);
FermataLayoutLink *fermata_layout_plan_get_link      (FermataLayoutPlan *self,
                                                      guint              index);

/* Sets the places of all items. */
void               fermata_layout_plan_place_simply  (FermataLayoutPlan *self);

/* Makes boxes of states with states in them from the places of these. */
void               fermata_layout_plan_wrap          (FermataLayoutPlan *self);

/* As it goes into the graph: on the grid, from the origin on. */
FermataValue      *fermata_layout_plan_dup_positions (FermataLayoutPlan *self);

G_END_DECLS
