/* fermata-app-geometry.h
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>
#include <graphene.h>
#include <math.h>

G_BEGIN_DECLS

/* Rectangles whose sizes are never negative, as the scene's are: graphene's own
 * functions normalize first, which costs more than what they do. */

/* hypotf() guards against overflows that there are none of here, at some cost. */
static inline float
fermata_app_length (float dx,
                    float dy)
{
  return sqrtf (dx * dx + dy * dy);
}

static inline float
fermata_app_rect_right (const graphene_rect_t *rect)
{
  return rect->origin.x + rect->size.width;
}

static inline float
fermata_app_rect_bottom (const graphene_rect_t *rect)
{
  return rect->origin.y + rect->size.height;
}

static inline float
fermata_app_rect_center_x (const graphene_rect_t *rect)
{
  return rect->origin.x + rect->size.width / 2;
}

static inline float
fermata_app_rect_center_y (const graphene_rect_t *rect)
{
  return rect->origin.y + rect->size.height / 2;
}

/* Those that only touch meet, too. */
static inline gboolean
fermata_app_rect_meets (const graphene_rect_t *a,
                        const graphene_rect_t *b)
{
  return a->origin.x <= fermata_app_rect_right (b) && b->origin.x <= fermata_app_rect_right (a) &&
         a->origin.y <= fermata_app_rect_bottom (b) && b->origin.y <= fermata_app_rect_bottom (a);
}

static inline gboolean
fermata_app_rect_contains (const graphene_rect_t *rect,
                           float                  x,
                           float                  y)
{
  return x >= rect->origin.x && x <= fermata_app_rect_right (rect) &&
         y >= rect->origin.y && y <= fermata_app_rect_bottom (rect);
}

static inline gboolean
fermata_app_rect_holds (const graphene_rect_t *outer,
                        const graphene_rect_t *inner)
{
  return inner->origin.x >= outer->origin.x && inner->origin.y >= outer->origin.y &&
         fermata_app_rect_right (inner) <= fermata_app_rect_right (outer) &&
         fermata_app_rect_bottom (inner) <= fermata_app_rect_bottom (outer);
}

static inline gboolean
fermata_app_rect_equal (const graphene_rect_t *a,
                        const graphene_rect_t *b)
{
  return a->origin.x == b->origin.x && a->origin.y == b->origin.y &&
         a->size.width == b->size.width && a->size.height == b->size.height;
}

static inline graphene_rect_t
fermata_app_rect_inflate (const graphene_rect_t *rect,
                          float                  by)
{
  return GRAPHENE_RECT_INIT (rect->origin.x - by, rect->origin.y - by,
                             rect->size.width + 2 * by, rect->size.height + 2 * by);
}

static inline graphene_rect_t
fermata_app_rect_around (float x0,
                         float y0,
                         float x1,
                         float y1)
{
  return GRAPHENE_RECT_INIT (MIN (x0, x1), MIN (y0, y1), fabsf (x1 - x0), fabsf (y1 - y0));
}

static inline graphene_rect_t
fermata_app_rect_union (const graphene_rect_t *a,
                        const graphene_rect_t *b)
{
  return fermata_app_rect_around (MIN (a->origin.x, b->origin.x), MIN (a->origin.y, b->origin.y),
                                  MAX (fermata_app_rect_right (a), fermata_app_rect_right (b)),
                                  MAX (fermata_app_rect_bottom (a), fermata_app_rect_bottom (b)));
}

static inline float
fermata_app_rect_distance (const graphene_rect_t *rect,
                           float                  x,
                           float                  y)
{
  float dx = MAX (0, MAX (rect->origin.x - x, x - fermata_app_rect_right (rect)));
  float dy = MAX (0, MAX (rect->origin.y - y, y - fermata_app_rect_bottom (rect)));

  return fermata_app_length (dx, dy);
}

/* The smallest rectangle that holds all points; of none, one without a size. */
static inline graphene_rect_t
fermata_app_rect_of_points (const graphene_point_t *points,
                            guint                   n_points)
{
  float x0 = n_points > 0 ? points[0].x : 0;
  float y0 = n_points > 0 ? points[0].y : 0;
  float x1 = x0;
  float y1 = y0;

  for (guint i = 1; i < n_points; i++)
    {
      x0 = MIN (x0, points[i].x);
      y0 = MIN (y0, points[i].y);
      x1 = MAX (x1, points[i].x);
      y1 = MAX (y1, points[i].y);
    }
  return fermata_app_rect_around (x0, y0, x1, y1);
}

/* Of the part of a segment between @from and @to, what is within one side's bounds;
 * @delta is not 0. */
static inline gboolean
fermata_app_clip (float  start,
                  float  delta,
                  float  low,
                  float  high,
                  float *from,
                  float *to)
{
  float a;
  float b;

  a = (low - start) / delta;
  b = (high - start) / delta;
  *from = MAX (*from, MIN (a, b));
  *to = MIN (*to, MAX (a, b));
  return *from < *to;
}

/* Whether a segment goes through the inside of a rectangle. */
static inline gboolean
fermata_app_segment_enters (const graphene_point_t *a,
                            const graphene_point_t *b,
                            const graphene_rect_t  *rect)
{
  float right = fermata_app_rect_right (rect);
  float bottom = fermata_app_rect_bottom (rect);
  float from = 0;
  float to = 1;

  if (MAX (a->x, b->x) <= rect->origin.x || MIN (a->x, b->x) >= right ||
      MAX (a->y, b->y) <= rect->origin.y || MIN (a->y, b->y) >= bottom)
    return FALSE;
  if (a->x == b->x || a->y == b->y)
    return TRUE;
  return fermata_app_clip (a->x, b->x - a->x, rect->origin.x, right, &from, &to) &&
         fermata_app_clip (a->y, b->y - a->y, rect->origin.y, bottom, &from, &to);
}

static inline float
fermata_app_segment_distance (const graphene_point_t *a,
                              const graphene_point_t *b,
                              const graphene_point_t *point)
{
  float dx = b->x - a->x;
  float dy = b->y - a->y;
  float length = dx * dx + dy * dy;
  float t = length > 0 ? ((point->x - a->x) * dx + (point->y - a->y) * dy) / length : 0;

  t = CLAMP (t, 0, 1);
  return fermata_app_length (a->x + t * dx - point->x, a->y + t * dy - point->y);
}

/* The point of a cubic Bézier at @t; @points are four. */
static inline graphene_point_t
fermata_app_bezier_at (const graphene_point_t *points,
                       float                   t)
{
  float u = 1 - t;
  float a = u * u * u;
  float b = 3 * u * u * t;
  float c = 3 * u * t * t;
  float d = t * t * t;

  return GRAPHENE_POINT_INIT (a * points[0].x + b * points[1].x + c * points[2].x + d * points[3].x,
                              a * points[0].y + b * points[1].y + c * points[2].y + d * points[3].y);
}

G_END_DECLS
