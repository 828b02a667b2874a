/* fermata-app-router.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>
#include <graphene.h>

G_BEGIN_DECLS

/* How near a line comes to a node that is not its own, if there is room. */
#define FERMATA_APP_CLEARANCE 12.0f

/* What a line leads from and to. */
typedef enum {
  FERMATA_APP_LINE_PORTS,    /* from a card's right port to a card's left one */
  FERMATA_APP_LINE_BORDERS,  /* from the border of a state to another's */
  FERMATA_APP_LINE_OVER,     /* from a card's right port over it to its left one */
  FERMATA_APP_LINE_LOOP,     /* at a corner, back to the same state */
  FERMATA_APP_LINE_STUB,     /* as a loop, but smaller: leads nowhere */
  FERMATA_APP_LINE_INITIAL,  /* from a dot */
  FERMATA_APP_LINE_INWARDS,  /* from a container's border to what is in it */
  FERMATA_APP_LINE_OUTWARDS, /* the other way round */
} FermataAppLineKind;

/* Which line to draw. Of those between the same two nodes, @n_along go the same
 * way, this one as number @slot from 0, and @n_against the other way. */
typedef struct {
  FermataAppLineKind kind;
  graphene_rect_t from;
  graphene_rect_t to;
  guint slot;
  guint n_along;
  guint n_against;
  float lane;               /* inwards and outwards: the height of their run */
} FermataAppLineRequest;

/* What has to be kept clear of. @find appends the rectangles that meet an area
 * (graphene_rect_t), without those of the nodes that the line belongs to; each
 * may be there several times. */
typedef struct {
  void (*find) (gpointer               user_data,
                const graphene_rect_t *area,
                GArray                *rects);
  gpointer user_data;
} FermataAppObstacles;

/*
 * A line: cubic Béziers, 3 n + 1 points. It is the same again as long as nothing
 * comes or goes in @areas; if it is @direct, as long as nothing comes near the line.
 */
typedef struct {
  GArray *points;           /* graphene_point_t */
  GArray *areas;            /* graphene_rect_t: where obstacles were looked for; not many */
  graphene_rect_t reach;    /* around all of these */
  gboolean is_direct;       /* the first that was tried; nothing was in the way */
  gboolean is_clear;        /* FALSE: no way around was found */
} FermataAppLineResult;

/* Finds a line; @result's points and areas are replaced, the arrays are
 * the caller's. */
void     fermata_app_router_find     (const FermataAppLineRequest *request,
                                      const FermataAppObstacles   *obstacles,
                                      FermataAppLineResult        *result);

/* A line as short straight pieces, in @flat. */
void     fermata_app_path_flatten      (const graphene_point_t *points,
                                        guint                   n_points,
                                        GArray                 *flat);

/* Whether a line comes nearer to a rectangle than @clearance. */
gboolean fermata_app_router_comes_near (const graphene_point_t *points,
                                        guint                   n_points,
                                        const graphene_rect_t  *rect,
                                        float                   clearance);

G_END_DECLS
