/* fermata-app-router-private.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fermata-app-geometry.h"
#include "fermata-app-router.h"

G_BEGIN_DECLS

/* Lines leftwards and upwards keep so far to one side of those the other way, so
 * that what enters a state and what leaves it beside are told apart. */
#define FERMATA_APP_KEEP_ASIDE 12.0f

/* One line that is being found. */
typedef struct {
  const FermataAppLineRequest *request;
  const FermataAppObstacles *obstacles;
  GArray *path;          /* what is tried: points of cubic Béziers */
  GArray *flat;          /* the same as short straight pieces */
  GArray *rects;         /* obstacles of an area */
  GArray *areas;         /* that were looked at */
  guint effort;          /* so much more, and what is in the way stays there */
} FermataAppRouter;

/* Where a line begins or ends, and which way is outwards there. */
typedef struct {
  graphene_point_t point;
  float dx;
  float dy;
} FermataAppLineEnd;

/* Paths, fermata-app-router-shapes.c */
void     fermata_app_path_move           (GArray                  *path,
                                          float                    x,
                                          float                    y);
void     fermata_app_path_line           (GArray                  *path,
                                          float                    x,
                                          float                    y);
void     fermata_app_path_curve          (GArray                  *path,
                                          float                    x1,
                                          float                    y1,
                                          float                    x2,
                                          float                    y2,
                                          float                    x,
                                          float                    y);
void     fermata_app_path_transpose      (GArray                  *path);

/* Straight pieces with round corners; flowing curves through all points. */
void     fermata_app_path_round          (GArray                  *path,
                                          const graphene_point_t  *corners,
                                          guint                    n_corners,
                                          float                    radius);
void     fermata_app_path_flow           (GArray                  *path,
                                          const graphene_point_t  *points,
                                          guint                    n_points,
                                          const FermataAppLineEnd *start,
                                          const FermataAppLineEnd *end);

/* Shapes between two nodes side by side; see there. */
void     fermata_app_shape_straight      (GArray                  *path,
                                          const graphene_rect_t   *from,
                                          const graphene_rect_t   *to);
void     fermata_app_shape_swing         (GArray                  *path,
                                          const graphene_rect_t   *from,
                                          const graphene_rect_t   *to,
                                          float                    apart);
void     fermata_app_shape_arc           (GArray                  *path,
                                          const graphene_rect_t   *from,
                                          const graphene_rect_t   *to,
                                          gboolean                 below,
                                          guint                    level);
void     fermata_app_shape_elbow         (GArray                  *path,
                                          const graphene_rect_t   *from,
                                          const graphene_rect_t   *to);
void     fermata_app_shape_loop          (GArray                  *path,
                                          const graphene_rect_t   *rect,
                                          guint                    corner,
                                          float                    size,
                                          guint                    slot);
void     fermata_app_shape_direct        (GArray                  *path,
                                          const graphene_rect_t   *from,
                                          const graphene_rect_t   *to);

/* Whether nothing comes nearer to the path than @clearance. */
gboolean fermata_app_router_is_clear     (FermataAppRouter        *self,
                                          float                    clearance);

/* The obstacles of an area, in self->rects. */
void     fermata_app_router_find_rects   (FermataAppRouter        *self,
                                          const graphene_rect_t   *area);

/* The shortest way around all that is in the way, as a path; @own are up to two
 * rectangles besides the obstacles, inflated by nothing yet. fermata-app-router-detour.c */
gboolean fermata_app_router_detour       (FermataAppRouter        *self,
                                          const FermataAppLineEnd *start,
                                          const FermataAppLineEnd *end,
                                          const graphene_rect_t   *own,
                                          guint                    n_own,
                                          float                    margin);

G_END_DECLS
