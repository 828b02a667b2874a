/* fermata-app-router-detour.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-router-private.h"

#include <string.h>

/*
 * The shortest way around rectangles leads over their corners. Of all obstacles
 * only those matter that such a way hits, so they are added as they are hit:
 * first the straight line, then the shortest way around what it hits, and so on.
 * When these have become many, the part of the way that is clear already is
 * settled, and the rest is found from there, without most of what lies behind. So
 * the effort is bounded, however many nodes there are.
 */
#define MAX_RECTS 24
#define MAX_NEW 4
#define MAX_POINTS (2 + 4 * MAX_RECTS)
#define MAX_STAGES 8
#define N_KEPT 6
#define MAX_CORNERS 96
#define SLACK 0.1f

typedef struct {
  FermataAppRouter *router;
  float margin;

  /* Inflated, a little less than the corners: a way may touch them. */
  graphene_rect_t rects[MAX_RECTS];
  guint n_rects;
  guint n_own;

  /* The start, the end, and the corners that are in no rectangle. */
  graphene_point_t points[MAX_POINTS];
  guint n_points;
  float lengths[MAX_POINTS];
  guint8 before[MAX_POINTS];

  /* The way found: indices of points, so many of which are clear. */
  guint8 way[MAX_POINTS];
  guint n_way;
  guint n_clear;

  /* What is settled: the corners of the way so far. */
  graphene_point_t corners[MAX_CORNERS];
  guint n_corners;
} Detour;

static gboolean
is_inside (const Detour *self,
           float         x,
           float         y)
{
  for (guint i = 0; i < self->n_rects; i++)
    {
      const graphene_rect_t *rect = &self->rects[i];

      if (fermata_app_rect_contains (rect, x, y))
        return TRUE;
    }
  return FALSE;
}

static gboolean
sees (const Detour *self,
      guint         a,
      guint         b)
{
  for (guint i = 0; i < self->n_rects; i++)
    {
      if (fermata_app_segment_enters (&self->points[a], &self->points[b], &self->rects[i]))
        return FALSE;
    }
  return TRUE;
}

static void
add_corner (Detour *self,
            float   x,
            float   y)
{
  if (!is_inside (self, x, y))
    graphene_point_init (&self->points[self->n_points++], x, y);
}

static void
collect_points (Detour *self)
{
  self->n_points = 2;
  for (guint i = 0; i < self->n_rects; i++)
    {
      graphene_rect_t rect = fermata_app_rect_inflate (&self->rects[i], SLACK);

      add_corner (self, rect.origin.x, rect.origin.y);
      add_corner (self, fermata_app_rect_right (&rect), rect.origin.y);
      add_corner (self, fermata_app_rect_right (&rect), fermata_app_rect_bottom (&rect));
      add_corner (self, rect.origin.x, fermata_app_rect_bottom (&rect));
    }
}

static float
get_distance (const Detour *self,
              guint         a,
              guint         b)
{
  return fermata_app_length (self->points[a].x - self->points[b].x, self->points[a].y - self->points[b].y);
}

/* The open point from which the end might be nearest; n_points: none. */
static guint
pick_point (const Detour   *self,
            const gboolean *is_done)
{
  guint best = self->n_points;
  float least = G_MAXFLOAT;

  for (guint i = 0; i < self->n_points; i++)
    {
      float length;

      if (is_done[i] || self->lengths[i] == G_MAXFLOAT)
        continue;
      length = self->lengths[i] + get_distance (self, i, 1);
      if (length < least)
        {
          least = length;
          best = i;
        }
    }
  return best;
}

static void
trace_way (Detour *self)
{
  guint n = 1;

  for (guint i = 1; i != 0; i = self->before[i])
    n++;
  self->n_way = n;
  for (guint i = 1; n > 0; i = self->before[i])
    self->way[--n] = i;
}

/* A* from the first point to the second. */
static gboolean
find_shortest (Detour *self)
{
  gboolean is_done[MAX_POINTS] = { FALSE };

  collect_points (self);
  for (guint i = 0; i < self->n_points; i++)
    self->lengths[i] = G_MAXFLOAT;
  self->lengths[0] = 0;
  self->before[0] = 0;

  for (;;)
    {
      guint at = pick_point (self, is_done);

      if (at == self->n_points)
        return FALSE;
      if (at == 1)
        break;
      is_done[at] = TRUE;
      for (guint i = 1; i < self->n_points; i++)
        {
          float length = self->lengths[at] + get_distance (self, at, i);

          if (!is_done[i] && length < self->lengths[i] && sees (self, at, i))
            {
              self->lengths[i] = length;
              self->before[i] = at;
            }
        }
    }
  trace_way (self);
  return TRUE;
}

static gboolean
has_rect (const Detour          *self,
          const graphene_rect_t *rect)
{
  for (guint i = 0; i < self->n_rects; i++)
    {
      if (fermata_app_rect_equal (&self->rects[i], rect))
        return TRUE;
    }
  return FALSE;
}

static int
compare_rects (gconstpointer a,
               gconstpointer b)
{
  const graphene_rect_t *r = a;
  const graphene_rect_t *s = b;

  if (r->origin.x != s->origin.x)
    return r->origin.x < s->origin.x ? -1 : 1;
  return (r->origin.y > s->origin.y) - (r->origin.y < s->origin.y);
}

/* Adds what a piece of the way hits. */
static guint
add_hits (Detour                 *self,
          const graphene_point_t *a,
          const graphene_point_t *b,
          guint                   n_new)
{
  graphene_rect_t around = fermata_app_rect_around (a->x, a->y, b->x, b->y);
  graphene_rect_t area = fermata_app_rect_inflate (&around, self->margin);
  GArray *rects = self->router->rects;

  fermata_app_router_find_rects (self->router, &area);
  g_array_sort (rects, compare_rects);
  for (guint i = 0; i < rects->len && n_new < MAX_NEW && self->n_rects < MAX_RECTS; i++)
    {
      graphene_rect_t rect =
        fermata_app_rect_inflate (&g_array_index (rects, graphene_rect_t, i), self->margin - SLACK);

      if (fermata_app_segment_enters (a, b, &rect) && !has_rect (self, &rect))
        {
          self->rects[self->n_rects++] = rect;
          n_new++;
        }
    }
  return n_new;
}

/* Long pieces are looked at bit by bit, lest half of the graph is. */
static guint
add_hits_of_way (Detour *self)
{
  guint n_new = 0;

  self->n_clear = 0;
  for (guint i = 0; i + 1 < self->n_way && n_new < MAX_NEW; i++)
    {
      graphene_point_t a = self->points[self->way[i]];
      graphene_point_t b = self->points[self->way[i + 1]];
      guint n = 1 + (guint) (get_distance (self, self->way[i], self->way[i + 1]) / 400);

      for (guint j = 0; j < n && n_new < MAX_NEW; j++)
        {
          graphene_point_t from;
          graphene_point_t to;

          graphene_point_interpolate (&a, &b, (double) j / n, &from);
          graphene_point_interpolate (&a, &b, (double) (j + 1) / n, &to);
          n_new = add_hits (self, &from, &to, n_new);
        }
      if (n_new == 0 && self->n_rects < MAX_RECTS)
        self->n_clear = i + 1;
    }
  return n_new;
}

/* Goes on from the last corner before what is in the way. */
static gboolean
settle_way (Detour *self)
{
  guint n_kept = MIN (N_KEPT, self->n_rects - self->n_own);

  if (self->n_clear == 0 || self->n_corners + self->n_clear >= MAX_CORNERS)
    return FALSE;
  for (guint i = 0; i < self->n_clear; i++)
    self->corners[self->n_corners++] = self->points[self->way[i]];
  self->points[0] = self->points[self->way[self->n_clear]];
  memmove (&self->rects[self->n_own], &self->rects[self->n_rects - n_kept], n_kept * sizeof (graphene_rect_t));
  self->n_rects = self->n_own + n_kept;
  return TRUE;
}

static gboolean
find_stage (Detour   *self,
            gboolean *is_done)
{
  for (;;)
    {
      if (self->router->effort == 0 || !find_shortest (self))
        return FALSE;
      self->router->effort--;
      *is_done = add_hits_of_way (self) == 0 && self->n_clear + 1 == self->n_way;
      if (*is_done || self->n_rects == MAX_RECTS)
        return TRUE;
    }
}

static gboolean
find_way (Detour *self)
{
  for (guint i = 0; i < MAX_STAGES; i++)
    {
      gboolean is_done;

      if (!find_stage (self, &is_done))
        return FALSE;
      if (is_done)
        return self->n_corners + self->n_way <= MAX_CORNERS;
      if (!settle_way (self))
        return FALSE;
    }
  return FALSE;
}

/* The corners of the way, as curves if there is room for them. */
static void
draw_way (Detour                  *self,
          const FermataAppLineEnd *start,
          const FermataAppLineEnd *end)
{
  graphene_point_t points[MAX_CORNERS + 2];
  GArray *path = self->router->path;
  guint n = 0;

  points[n++] = start->point;
  for (guint i = 0; i < self->n_corners; i++)
    points[n++] = self->corners[i];
  for (guint i = 0; i < self->n_way; i++)
    points[n++] = self->points[self->way[i]];
  points[n++] = end->point;

  /* Without the stubs at both ends if it flows well. */
  if (n > 4)
    {
      graphene_point_t inner[MAX_CORNERS];

      inner[0] = start->point;
      for (guint i = 2; i + 2 < n; i++)
        inner[i - 1] = points[i];
      inner[n - 3] = end->point;
      fermata_app_path_flow (path, inner, n - 2, start, end);
      if (fermata_app_router_is_clear (self->router, self->margin * 0.6f))
        return;
    }
  for (float radius = 3 * self->margin; radius >= self->margin / 4; radius /= 2)
    {
      fermata_app_path_round (path, points, n, radius);
      if (fermata_app_router_is_clear (self->router, self->margin * 0.4f))
        return;
    }
  fermata_app_path_round (path, points, n, 0.5f);
}

static graphene_point_t
get_stub (const FermataAppLineEnd *end,
          float                    length)
{
  return GRAPHENE_POINT_INIT (end->point.x + end->dx * length, end->point.y + end->dy * length);
}

gboolean
fermata_app_router_detour (FermataAppRouter        *self,
                           const FermataAppLineEnd *start,
                           const FermataAppLineEnd *end,
                           const graphene_rect_t   *own,
                           guint                    n_own,
                           float                    margin)
{
  Detour detour = { .router = self, .margin = margin };

  detour.points[0] = get_stub (start, margin);
  detour.points[1] = get_stub (end, margin);
  for (guint i = 0; i < n_own; i++)
    detour.rects[detour.n_rects++] = fermata_app_rect_inflate (&own[i], margin - SLACK);
  detour.n_own = n_own;
  if (!find_way (&detour))
    return FALSE;
  draw_way (&detour, start, end);
  return TRUE;
}
