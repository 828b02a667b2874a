/* fermata-app-router-shapes.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-router-private.h"

/* How near to the ends of a side lines begin and end. */
#define CORNER 12.0f

/* Of how many straight pieces a curve is thought to be made, at least and at most. */
#define MIN_PIECES 8
#define MAX_PIECES 32

/* Paths */

static void
add_point (GArray *path,
           float   x,
           float   y)
{
  graphene_point_t point = GRAPHENE_POINT_INIT (x, y);

  g_array_append_val (path, point);
}

static graphene_point_t
get_last (GArray *path)
{
  return g_array_index (path, graphene_point_t, path->len - 1);
}

void
fermata_app_path_move (GArray *path,
                       float   x,
                       float   y)
{
  g_array_set_size (path, 0);
  add_point (path, x, y);
}

void
fermata_app_path_curve (GArray *path,
                        float   x1,
                        float   y1,
                        float   x2,
                        float   y2,
                        float   x,
                        float   y)
{
  add_point (path, x1, y1);
  add_point (path, x2, y2);
  add_point (path, x, y);
}

void
fermata_app_path_line (GArray *path,
                       float   x,
                       float   y)
{
  graphene_point_t last = get_last (path);

  fermata_app_path_curve (path, last.x + (x - last.x) / 3, last.y + (y - last.y) / 3,
                          x - (x - last.x) / 3, y - (y - last.y) / 3, x, y);
}

void
fermata_app_path_transpose (GArray *path)
{
  for (guint i = 0; i < path->len; i++)
    {
      graphene_point_t *point = &g_array_index (path, graphene_point_t, i);

      graphene_point_init (point, point->y, point->x);
    }
}

static gboolean
is_straight (const graphene_point_t *points)
{
  return fermata_app_segment_distance (&points[0], &points[3], &points[1]) < 0.1f &&
         fermata_app_segment_distance (&points[0], &points[3], &points[2]) < 0.1f;
}

void
fermata_app_path_flatten (const graphene_point_t *points,
                          guint                   n_points,
                          GArray                 *flat)
{
  g_array_set_size (flat, 0);
  if (n_points > 0)
    g_array_append_val (flat, points[0]);
  for (guint i = 0; i + 3 < n_points; i += 3)
    {
      float length = fermata_app_length (points[i + 1].x - points[i].x, points[i + 1].y - points[i].y) +
                     fermata_app_length (points[i + 2].x - points[i + 1].x, points[i + 2].y - points[i + 1].y) +
                     fermata_app_length (points[i + 3].x - points[i + 2].x, points[i + 3].y - points[i + 2].y);
      guint n = is_straight (points + i) ? 1 : CLAMP (length / 16, MIN_PIECES, MAX_PIECES);

      for (guint j = 1; j <= n; j++)
        {
          graphene_point_t point = fermata_app_bezier_at (points + i, (float) j / n);

          g_array_append_val (flat, point);
        }
    }
}

void
fermata_app_path_round (GArray                 *path,
                        const graphene_point_t *corners,
                        guint                   n_corners,
                        float                   radius)
{
  fermata_app_path_move (path, corners[0].x, corners[0].y);
  for (guint i = 1; i + 1 < n_corners; i++)
    {
      const graphene_point_t *a = &corners[i - 1];
      const graphene_point_t *b = &corners[i];
      const graphene_point_t *c = &corners[i + 1];
      float before = fermata_app_length (b->x - a->x, b->y - a->y);
      float after = fermata_app_length (c->x - b->x, c->y - b->y);
      float trim = MIN (radius, MIN (before, after) / 2);
      float s = before > 0 ? trim / before : 0;
      float t = after > 0 ? trim / after : 0;
      graphene_point_t in = GRAPHENE_POINT_INIT (b->x + (a->x - b->x) * s, b->y + (a->y - b->y) * s);
      graphene_point_t out = GRAPHENE_POINT_INIT (b->x + (c->x - b->x) * t, b->y + (c->y - b->y) * t);

      fermata_app_path_line (path, in.x, in.y);
      fermata_app_path_curve (path, in.x + (b->x - in.x) * 0.6f, in.y + (b->y - in.y) * 0.6f,
                              out.x + (b->x - out.x) * 0.6f, out.y + (b->y - out.y) * 0.6f, out.x, out.y);
    }
  fermata_app_path_line (path, corners[n_corners - 1].x, corners[n_corners - 1].y);
}

/* The direction in which a curve passes a point: between those to its neighbours. */
static graphene_point_t
get_tangent (const graphene_point_t *a,
             const graphene_point_t *b,
             const graphene_point_t *c)
{
  float before = MAX (1, fermata_app_length (b->x - a->x, b->y - a->y));
  float after = MAX (1, fermata_app_length (c->x - b->x, c->y - b->y));
  float x = (b->x - a->x) / before + (c->x - b->x) / after;
  float y = (b->y - a->y) / before + (c->y - b->y) / after;
  float length = fermata_app_length (x, y);

  return length > 0.01f ? GRAPHENE_POINT_INIT (x / length, y / length) : GRAPHENE_POINT_INIT (0, 0);
}

void
fermata_app_path_flow (GArray                  *path,
                       const graphene_point_t  *points,
                       guint                    n_points,
                       const FermataAppLineEnd *start,
                       const FermataAppLineEnd *end)
{
  graphene_point_t tangent = GRAPHENE_POINT_INIT (start->dx, start->dy);

  fermata_app_path_move (path, points[0].x, points[0].y);
  for (guint i = 0; i + 1 < n_points; i++)
    {
      const graphene_point_t *a = &points[i];
      const graphene_point_t *b = &points[i + 1];
      graphene_point_t next = GRAPHENE_POINT_INIT (-end->dx, -end->dy);
      float handle = fermata_app_length (b->x - a->x, b->y - a->y) * 0.38f;

      if (i + 2 < n_points)
        next = get_tangent (a, b, &points[i + 2]);
      fermata_app_path_curve (path, a->x + tangent.x * handle, a->y + tangent.y * handle,
                              b->x - next.x * handle, b->y - next.y * handle, b->x, b->y);
      tangent = next;
    }
}

/* Shapes. They are those of nodes beside each other; for nodes that are above
 * each other, swap x and y of both rectangles, and of the path. */

/* Across the gap between two that have a stretch of their facing sides in common. */
void
fermata_app_shape_straight (GArray                *path,
                            const graphene_rect_t *from,
                            const graphene_rect_t *to)
{
  float low = MAX (from->origin.y, to->origin.y) + CORNER;
  float high = MIN (fermata_app_rect_bottom (from), fermata_app_rect_bottom (to)) - CORNER;
  const graphene_rect_t *smaller = from->size.height <= to->size.height ? from : to;
  gboolean rightwards = fermata_app_rect_center_x (from) <= fermata_app_rect_center_x (to);
  float wish = fermata_app_rect_center_y (smaller) + (rightwards ? 0 : FERMATA_APP_KEEP_ASIDE);
  float y = low < high ? CLAMP (wish, low, high) : (low + high) / 2;

  fermata_app_path_move (path, rightwards ? fermata_app_rect_right (from) : from->origin.x, y);
  fermata_app_path_line (path, rightwards ? to->origin.x : fermata_app_rect_right (to), y);
}

/* An S from side to side; @apart: how far from the one that is in the middle. */
void
fermata_app_shape_swing (GArray                *path,
                         const graphene_rect_t *from,
                         const graphene_rect_t *to,
                         float                  apart)
{
  gboolean rightwards = fermata_app_rect_center_x (from) <= fermata_app_rect_center_x (to);
  float x0 = rightwards ? fermata_app_rect_right (from) : from->origin.x;
  float x1 = rightwards ? to->origin.x : fermata_app_rect_right (to);
  float y0 = fermata_app_rect_center_y (from);
  float y1 = fermata_app_rect_center_y (to);
  float length = MAX (1, fermata_app_length (x1 - x0, y1 - y0));
  float handle = MAX (24, fabsf (x1 - x0) / 2) * (rightwards ? 1 : -1);
  float aside_x = -(y1 - y0) / length * apart * (x1 < x0 ? -1 : 1);
  float aside_y = fabsf (x1 - x0) / length * apart;
  float keep = rightwards ? 0 : FERMATA_APP_KEEP_ASIDE;
  float start = CLAMP (aside_y + keep, CORNER - from->size.height / 2, from->size.height / 2 - CORNER);
  float end = CLAMP (aside_y + keep, CORNER - to->size.height / 2, to->size.height / 2 - CORNER);
  /* The ends stay on their sides, so the handles make up for it in the middle. */
  float handle_x = aside_x * 4 / 3;
  float handle_y = (aside_y - (start + end) / 8) * 4 / 3;

  fermata_app_path_move (path, x0, y0 + start);
  fermata_app_path_curve (path, x0 + handle + handle_x, y0 + handle_y, x1 - handle + handle_x, y1 + handle_y,
                          x1, y1 + end);
}

/* Down, along below both, and up again, or the same above them. */
void
fermata_app_shape_arc (GArray                *path,
                       const graphene_rect_t *from,
                       const graphene_rect_t *to,
                       gboolean               below,
                       guint                  level)
{
  float way = fermata_app_rect_center_x (from) <= fermata_app_rect_center_x (to) ? 1 : -1;
  float shift = MAX (0, 12 - 10 * (float) level) - MAX (0, 10 * ((float) level - 1));
  float x0 = fermata_app_rect_center_x (from) + way * MAX (shift, CORNER - from->size.width / 2);
  float x1 = fermata_app_rect_center_x (to) - way * MAX (shift, CORNER - to->size.width / 2);
  float y0 = below ? fermata_app_rect_bottom (from) : from->origin.y;
  float y1 = below ? fermata_app_rect_bottom (to) : to->origin.y;
  float depth = 36 + 26 * level;
  float y = below ? MAX (y0, y1) + depth : MIN (y0, y1) - depth;
  float bend = MIN (fabsf (x1 - x0) / 2, 96) * way;

  fermata_app_path_move (path, x0, y0);
  fermata_app_path_curve (path, x0, y0 + (y - y0) * 0.7f, x0 + bend * 0.4f, y, x0 + bend, y);
  if (fabsf (x1 - x0) > 2 * fabsf (bend) + 1)
    fermata_app_path_line (path, x1 - bend, y);
  fermata_app_path_curve (path, x1 - bend * 0.4f, y, x1, y1 + (y - y1) * 0.7f, x1, y1);
}

/* From a side of the one to the upper or lower border of the other. */
void
fermata_app_shape_elbow (GArray                *path,
                         const graphene_rect_t *from,
                         const graphene_rect_t *to)
{
  gboolean rightwards = fermata_app_rect_center_x (from) <= fermata_app_rect_center_x (to);
  gboolean downwards = fermata_app_rect_center_y (from) <= fermata_app_rect_center_y (to);
  float x0 = rightwards ? fermata_app_rect_right (from) : from->origin.x;
  float y0 = fermata_app_rect_center_y (from);
  float x1 = fermata_app_rect_center_x (to);
  float y1 = downwards ? to->origin.y : fermata_app_rect_bottom (to);

  fermata_app_path_move (path, x0, y0);
  fermata_app_path_curve (path, x0 + (x1 - x0) * 0.7f, y0, x1, y1 + (y0 - y1) * 0.7f, x1, y1);
}

/* Stands out at a corner: 0 is the upper right one, and on clockwise. */
void
fermata_app_shape_loop (GArray                *path,
                        const graphene_rect_t *rect,
                        guint                  corner,
                        float                  size,
                        guint                  slot)
{
  gboolean right = corner == 0 || corner == 1;
  gboolean top = corner == 0 || corner == 3;
  float x = right ? fermata_app_rect_right (rect) : rect->origin.x;
  float y = top ? rect->origin.y : fermata_app_rect_bottom (rect);
  float out_x = right ? 1 : -1;
  float out_y = top ? -1 : 1;
  float along = MIN (26 + 7.0f * slot, rect->size.width * 0.45f);
  float up = MIN (15 + 4.0f * slot, rect->size.height * 0.45f);

  fermata_app_path_move (path, x - out_x * along, y);
  fermata_app_path_curve (path, x - out_x * (along - 4), y + out_y * size * 1.6f,
                          x + out_x * size * 1.6f, y - out_y * (up - 4), x, y - out_y * up);
}

/* From centre to centre, as much of it as is outside. */
void
fermata_app_shape_direct (GArray                *path,
                          const graphene_rect_t *from,
                          const graphene_rect_t *to)
{
  float x0 = fermata_app_rect_center_x (from);
  float y0 = fermata_app_rect_center_y (from);
  float x1 = fermata_app_rect_center_x (to);
  float y1 = fermata_app_rect_center_y (to);
  float dx = MAX (fabsf (x1 - x0), 0.01f);
  float dy = MAX (fabsf (y1 - y0), 0.01f);
  float s = MIN (from->size.width / 2 / dx, from->size.height / 2 / dy);
  float t = 1 - MIN (to->size.width / 2 / dx, to->size.height / 2 / dy);

  if (s >= t)
    s = t = 0.5f;
  fermata_app_path_move (path, x0 + (x1 - x0) * s, y0 + (y1 - y0) * s);
  fermata_app_path_line (path, x0 + (x1 - x0) * t, y0 + (y1 - y0) * t);
}
