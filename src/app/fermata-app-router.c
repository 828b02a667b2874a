/* fermata-app-router.c
 *
 * Copyright 2026 The Fermata authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fermata-app-router-private.h"

/*
 * Simple shapes are tried first, the most beautiful before the others; the first
 * that comes near nothing is taken. If none is clear, a way around is looked for.
 */

/* Shapes keep this much away; what is nearer than that already is passed closely. */
#define SHAPE_CLEARANCE 8.0f

/* How far lines between the same nodes are apart. */
#define APART 26.0f

/* Cards that are this much apart have room for a line from the one to the other. */
#define MIN_ONWARDS 24.0f

/* So many areas are told apart that a line depends on. */
#define MAX_AREAS 32u

/* How many ways are looked at for one line. */
#define MAX_EFFORT 160u

/* More than so many lines between the same two nodes are not told apart. */
#define MAX_RANK 12u

/* Looking */

/* Notes that the line depends on an area. */
static void
note_area (FermataAppRouter      *self,
           const graphene_rect_t *area)
{
  graphene_rect_t *last = NULL;

  for (guint i = 0; i < self->areas->len; i++)
    {
      last = &g_array_index (self->areas, graphene_rect_t, i);
      if (fermata_app_rect_holds (last, area))
        return;
      if (fermata_app_rect_holds (area, last))
        {
          *last = *area;
          return;
        }
    }
  if (self->areas->len < MAX_AREAS)
    g_array_append_val (self->areas, *area);
  else
    *last = fermata_app_rect_union (last, area);
}

void
fermata_app_router_find_rects (FermataAppRouter      *self,
                               const graphene_rect_t *area)
{
  note_area (self, area);
  g_array_set_size (self->rects, 0);
  self->obstacles->find (self->obstacles->user_data, area, self->rects);
}

static gboolean
pieces_enter (FermataAppRouter *self,
              guint             first,
              guint             last,
              float             clearance)
{
  const graphene_point_t *points = &g_array_index (self->flat, graphene_point_t, 0);

  for (guint i = 0; i < self->rects->len; i++)
    {
      graphene_rect_t rect =
        fermata_app_rect_inflate (&g_array_index (self->rects, graphene_rect_t, i), clearance);

      for (guint j = first; j < last; j++)
        {
          if (fermata_app_segment_enters (&points[j], &points[j + 1], &rect))
            return TRUE;
        }
    }
  return FALSE;
}

/* Piece by piece, so that a long line does not look at all that is beside it. */
gboolean
fermata_app_router_is_clear (FermataAppRouter *self,
                             float             clearance)
{
  const graphene_point_t *points;
  guint first = 0;

  fermata_app_path_flatten (&g_array_index (self->path, graphene_point_t, 0), self->path->len, self->flat);
  points = &g_array_index (self->flat, graphene_point_t, 0);
  while (first + 1 < self->flat->len)
    {
      graphene_rect_t area = fermata_app_rect_of_points (points + first, 2);
      guint last = first + 1;

      while (last + 1 < self->flat->len)
        {
          graphene_rect_t piece = fermata_app_rect_of_points (points + last, 2);
          graphene_rect_t both = fermata_app_rect_union (&area, &piece);

          if (MAX (both.size.width, both.size.height) > 400)
            break;
          area = both;
          last++;
        }
      area = fermata_app_rect_inflate (&area, clearance);
      fermata_app_router_find_rects (self, &area);
      if (pieces_enter (self, first, last, clearance))
        return FALSE;
      first = last;
    }
  return TRUE;
}

/* Between the borders of two states */

typedef enum {
  SHAPE_STRAIGHT,
  SHAPE_SWING,
  SHAPE_ELBOW,
  SHAPE_ARC_BELOW, /* or to the right */
  SHAPE_ARC_ABOVE, /* or to the left */
} Shape;

typedef struct {
  Shape shape;
  gboolean transposed; /* nodes are above each other, not beside */
  guint level;
} Candidate;

static graphene_rect_t
transpose (const graphene_rect_t *rect)
{
  return GRAPHENE_RECT_INIT (rect->origin.y, rect->origin.x, rect->size.height, rect->size.width);
}

static float
get_gap (float a0,
         float a1,
         float b0,
         float b1)
{
  return MAX (b0 - a1, a0 - b1);
}

static float
get_gap_x (const FermataAppLineRequest *request)
{
  return get_gap (request->from.origin.x, fermata_app_rect_right (&request->from),
                  request->to.origin.x, fermata_app_rect_right (&request->to));
}

static float
get_gap_y (const FermataAppLineRequest *request)
{
  return get_gap (request->from.origin.y, fermata_app_rect_bottom (&request->from),
                  request->to.origin.y, fermata_app_rect_bottom (&request->to));
}

/* Lines forwards come before those backwards, so that one of each is straight
 * and the other an arc, whichever was drawn first. */
static guint
get_rank (const FermataAppLineRequest *request,
          gboolean                     transposed)
{
  const graphene_point_t *a = &request->from.origin;
  const graphene_point_t *b = &request->to.origin;
  gboolean forwards = transposed ? a->y < b->y : a->x < b->x;
  guint rank = request->slot + (forwards ? 0 : request->n_against);

  return MIN (rank, MAX_RANK);
}

/* 0, 1, -1, 2, -2, ... */
static float
get_aside (guint rank)
{
  return (float) ((rank + 1) / 2) * (rank % 2 == 1 ? 1 : -1);
}

static void
draw_candidate (FermataAppRouter *self,
                const Candidate  *candidate)
{
  graphene_rect_t from = self->request->from;
  graphene_rect_t to = self->request->to;

  if (candidate->transposed)
    {
      from = transpose (&from);
      to = transpose (&to);
    }
  switch (candidate->shape)
    {
    case SHAPE_STRAIGHT:
      fermata_app_shape_straight (self->path, &from, &to);
      break;
    case SHAPE_SWING:
      fermata_app_shape_swing (self->path, &from, &to,
                               APART * get_aside (get_rank (self->request, candidate->transposed)));
      break;
    case SHAPE_ELBOW:
      fermata_app_shape_elbow (self->path, &from, &to);
      break;
    case SHAPE_ARC_BELOW:
    case SHAPE_ARC_ABOVE:
      fermata_app_shape_arc (self->path, &from, &to, candidate->shape == SHAPE_ARC_BELOW, candidate->level);
      break;
    }
  if (candidate->transposed)
    fermata_app_path_transpose (self->path);
}

#define MAX_CANDIDATES 8

static guint
list_candidates (const FermataAppLineRequest *request,
                 Candidate                   *candidates)
{
  float gap_x = get_gap_x (request);
  float gap_y = get_gap_y (request);
  gboolean facing_x = gap_x > 0 && gap_y < -28;
  gboolean facing_y = gap_y > 0 && gap_x < -28;
  gboolean transposed = facing_y || (!facing_x && gap_y > 2 * gap_x);
  guint rank = get_rank (request, transposed);
  guint n = 0;

  if (facing_x || facing_y)
    {
      guint level = rank > 0 ? (rank - 1) / 2 : 0;
      Shape first = rank % 2 == 1 || rank == 0 ? SHAPE_ARC_BELOW : SHAPE_ARC_ABOVE;
      Shape second = first == SHAPE_ARC_BELOW ? SHAPE_ARC_ABOVE : SHAPE_ARC_BELOW;

      if (rank == 0)
        candidates[n++] = (Candidate) { SHAPE_STRAIGHT, transposed, 0 };
      candidates[n++] = (Candidate) { first, transposed, level };
      candidates[n++] = (Candidate) { second, transposed, level };
      candidates[n++] = (Candidate) { first, transposed, level + 1 };
      return n;
    }
  candidates[n++] = (Candidate) { SHAPE_SWING, transposed, 0 };
  if (MIN (gap_x, gap_y) > 0)
    candidates[n++] = (Candidate) { SHAPE_SWING, !transposed, 0 };
  if (MIN (gap_x, gap_y) > 0 && rank == 0)
    candidates[n++] = (Candidate) { SHAPE_ELBOW, FALSE, 0 };
  if (MIN (gap_x, gap_y) > 0 && rank == 0)
    candidates[n++] = (Candidate) { SHAPE_ELBOW, TRUE, 0 };
  return n;
}

/* The sides that two nodes turn to each other, or others if these are blocked. */
static FermataAppLineEnd
get_side (const graphene_rect_t *rect,
          int                    dx,
          int                    dy,
          float                  aside)
{
  float x = fermata_app_rect_center_x (rect) + dx * rect->size.width / 2;
  float y = fermata_app_rect_center_y (rect) + dy * rect->size.height / 2;
  float room = (dx != 0 ? rect->size.height : rect->size.width) / 2 - 10;

  aside = CLAMP (aside, -MAX (room, 0), MAX (room, 0));
  return (FermataAppLineEnd) { GRAPHENE_POINT_INIT (x + (dy != 0 ? aside : 0), y + (dx != 0 ? aside : 0)), dx, dy };
}

static float
get_length (GArray *path)
{
  float length = 0;

  for (guint i = 1; i < path->len; i++)
    {
      const graphene_point_t *a = &g_array_index (path, graphene_point_t, i - 1);
      const graphene_point_t *b = &g_array_index (path, graphene_point_t, i);

      length += fermata_app_length (b->x - a->x, b->y - a->y);
    }
  return length;
}

static const float margins[] = { FERMATA_APP_CLEARANCE, 6, 2 };

/* The shortest of several ways around, by the sides at which they begin and end;
 * or the first that is not much longer than what it has to bridge. */
static gboolean
detour_between (FermataAppRouter *self)
{
  const FermataAppLineRequest *request = self->request;
  graphene_rect_t own[] = { request->from, request->to };
  float way_x = fermata_app_rect_center_x (&request->from) <= fermata_app_rect_center_x (&request->to) ? 1 : -1;
  float way_y = fermata_app_rect_center_y (&request->from) <= fermata_app_rect_center_y (&request->to) ? 1 : -1;
  gboolean wide = get_gap_x (request) >= get_gap_y (request);
  const int sides[][4] = {
    { wide ? way_x : 0, wide ? 0 : way_y, wide ? -way_x : 0, wide ? 0 : -way_y },
    { wide ? 0 : 1, wide ? 1 : 0, wide ? 0 : 1, wide ? 1 : 0 },
    { wide ? 0 : -1, wide ? -1 : 0, wide ? 0 : -1, wide ? -1 : 0 },
    { wide ? way_x : 0, wide ? 0 : way_y, wide ? 0 : -way_x, wide ? -way_y : 0 },
  };
  float aside = 8 * get_aside (get_rank (request, !wide));
  float wider = 8 * get_rank (request, !wide);
  float enough = 120 + 1.3f * (MAX (get_gap_x (request), 0) + MAX (get_gap_y (request), 0));
  g_autoptr (GArray) best = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));

  for (guint i = 0; i < G_N_ELEMENTS (margins) && best->len == 0; i++)
    for (guint j = 0; j < G_N_ELEMENTS (sides) && (best->len == 0 || get_length (best) > enough); j++)
      {
        const int *side = sides[j];
        float keep_start = side[0] < 0 || side[1] < 0 ? FERMATA_APP_KEEP_ASIDE : 0;
        float keep_end = side[2] > 0 || side[3] > 0 ? FERMATA_APP_KEEP_ASIDE : 0;
        FermataAppLineEnd start = get_side (&request->from, side[0], side[1], aside + keep_start);
        FermataAppLineEnd end = get_side (&request->to, side[2], side[3], aside + keep_end);

        if (!fermata_app_router_detour (self, &start, &end, own, 2, margins[i] + (i == 0 ? wider : 0)))
          continue;
        if (best->len > 0 && get_length (self->path) >= get_length (best))
          continue;
        g_array_set_size (best, 0);
        g_array_append_vals (best, self->path->data, self->path->len);
      }
  if (best->len == 0)
    return FALSE;
  g_array_set_size (self->path, 0);
  g_array_append_vals (self->path, best->data, best->len);
  return TRUE;
}

static void
find_between_borders (FermataAppRouter     *self,
                      FermataAppLineResult *result)
{
  Candidate candidates[MAX_CANDIDATES];
  guint n = list_candidates (self->request, candidates);

  if (get_gap_x (self->request) <= 0 && get_gap_y (self->request) <= 0)
    {
      fermata_app_shape_direct (self->path, &self->request->from, &self->request->to);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      draw_candidate (self, &candidates[i]);
      if (fermata_app_router_is_clear (self, SHAPE_CLEARANCE))
        return;
      result->is_direct = FALSE;
    }
  if (detour_between (self))
    return;
  result->is_clear = FALSE;
  draw_candidate (self, &candidates[0]);
}

/* Between the ports of two cards */

/* To the right, back above or below both, or between them, and from the left. */
static void
draw_back (FermataAppRouter *self,
           float             y,
           float             stub)
{
  const graphene_rect_t *from = &self->request->from;
  const graphene_rect_t *to = &self->request->to;
  float x0 = fermata_app_rect_right (from);
  float y0 = fermata_app_rect_center_y (from);
  float x1 = to->origin.x;
  float y1 = fermata_app_rect_center_y (to);
  graphene_point_t corners[] = {
    { x0, y0 }, { x0 + stub, y0 }, { x0 + stub, y }, { x1 - stub, y }, { x1 - stub, y1 }, { x1, y1 },
  };

  fermata_app_path_round (self->path, corners, G_N_ELEMENTS (corners), 20);
}

/* Whether those the other way lead back, too: between cards above each other. */
static gboolean
is_back_both_ways (const FermataAppLineRequest *request)
{
  return request->from.origin.x - fermata_app_rect_right (&request->to) < MIN_ONWARDS;
}

static guint
get_back_rank (const FermataAppLineRequest *request)
{
  gboolean downwards = request->from.origin.y < request->to.origin.y;

  return MIN (request->slot + (is_back_both_ways (request) && !downwards ? request->n_against : 0), MAX_RANK);
}

static gboolean
try_back (FermataAppRouter     *self,
          FermataAppLineResult *result,
          guint                 rank)
{
  const graphene_rect_t *from = &self->request->from;
  const graphene_rect_t *to = &self->request->to;
  float below = MAX (fermata_app_rect_bottom (from), fermata_app_rect_bottom (to)) + 26 + 16 * rank;
  float above = MIN (from->origin.y, to->origin.y) - 26 - 16 * rank;
  float gap = get_gap_y (self->request);
  float aside = 16 * get_aside (rank);
  float between = MAX (from->origin.y, to->origin.y) - gap / 2 + aside;
  float ys[] = { between, rank % 2 == 0 ? below : above, rank % 2 == 0 ? above : below };
  /* There, it would cross those onwards. */
  gboolean is_full = gap / 2 - fabsf (aside) < 16 ||
                     (self->request->n_against > 0 && !is_back_both_ways (self->request));

  for (guint i = is_full ? 1 : 0; i < G_N_ELEMENTS (ys); i++)
    {
      draw_back (self, ys[i], 26 + 8 * rank);
      if (fermata_app_router_is_clear (self, SHAPE_CLEARANCE))
        return TRUE;
      result->is_direct = FALSE;
    }
  return FALSE;
}

static void
draw_swing (FermataAppRouter *self,
            guint             rank)
{
  const graphene_rect_t *from = &self->request->from;
  const graphene_rect_t *to = &self->request->to;
  float x0 = fermata_app_rect_right (from);
  float y0 = fermata_app_rect_center_y (from);
  float x1 = to->origin.x;
  float y1 = fermata_app_rect_center_y (to);
  float length = MAX (1, fermata_app_length (x1 - x0, y1 - y0));
  float handle = MAX (28, (x1 - x0) / 2);
  float aside = get_aside (rank) * APART * 4 / 3;

  fermata_app_path_move (self->path, x0, y0);
  fermata_app_path_curve (self->path,
                          x0 + handle - (y1 - y0) / length * aside, y0 + (x1 - x0) / length * aside,
                          x1 - handle - (y1 - y0) / length * aside, y1 + (x1 - x0) / length * aside, x1, y1);
}

static void
find_between_ports (FermataAppRouter     *self,
                    FermataAppLineResult *result)
{
  const FermataAppLineRequest *request = self->request;
  graphene_rect_t own[] = { request->from, request->to };
  FermataAppLineEnd start = get_side (&request->from, 1, 0, 0);
  FermataAppLineEnd end = get_side (&request->to, -1, 0, 0);
  gboolean onwards = end.point.x - start.point.x >= MIN_ONWARDS;
  guint rank = onwards ? MIN (request->slot, MAX_RANK) : get_back_rank (request);

  if (onwards)
    {
      draw_swing (self, rank);
      if (fermata_app_router_is_clear (self, SHAPE_CLEARANCE))
        return;
      result->is_direct = FALSE;
    }
  else if (try_back (self, result, rank))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (margins); i++)
    {
      if (fermata_app_router_detour (self, &start, &end, own, 2, margins[i] + (i == 0 ? 8 * rank : 0)))
        return;
    }
  result->is_clear = FALSE;
  if (onwards)
    draw_swing (self, rank);
}

/* The others */

static void
find_over (FermataAppRouter *self)
{
  const graphene_rect_t *rect = &self->request->from;
  guint rank = MIN (self->request->slot, MAX_RANK);

  draw_back (self, rect->origin.y - 24 - 16 * rank, 24 + 8 * rank);
}

static void
find_loop (FermataAppRouter     *self,
           FermataAppLineResult *result)
{
  guint slot = MIN (self->request->slot, MAX_RANK);
  float size = (self->request->kind == FERMATA_APP_LINE_STUB ? 22 : 30) + 8 * (slot / 4) + 2 * slot;

  for (guint i = 0; i < 4; i++)
    {
      fermata_app_shape_loop (self->path, &self->request->from, (slot + i) % 4, size, slot / 4);
      if (fermata_app_router_is_clear (self, 2))
        return;
      result->is_direct = FALSE;
    }
  fermata_app_shape_loop (self->path, &self->request->from, slot % 4, size, slot / 4);
}

static void
find_initial (FermataAppRouter *self)
{
  const graphene_rect_t *dot = &self->request->from;
  graphene_point_t middle =
    GRAPHENE_POINT_INIT (fermata_app_rect_center_x (dot), fermata_app_rect_center_y (dot));
  const graphene_rect_t *to = &self->request->to;
  float x = CLAMP (middle.x, to->origin.x, fermata_app_rect_right (to));
  float y = CLAMP (middle.y, to->origin.y, fermata_app_rect_bottom (to));

  fermata_app_path_move (self->path, middle.x, middle.y);
  fermata_app_path_line (self->path, x, y);
}

/* Along a lane below what is in the container, and up to it; the way out is the
 * same backwards. */
static void
find_lane (FermataAppRouter     *self,
           FermataAppLineResult *result)
{
  gboolean inwards = self->request->kind == FERMATA_APP_LINE_INWARDS;
  const graphene_rect_t *outer = inwards ? &self->request->from : &self->request->to;
  const graphene_rect_t *inner = inwards ? &self->request->to : &self->request->from;
  float x = fermata_app_rect_center_x (inner) + (inwards ? -1 : 1) * (10 + 8 * (float) MIN (self->request->slot, 4));
  gboolean left = x - outer->origin.x >= fermata_app_rect_right (outer) - x;
  float side = left ? outer->origin.x : fermata_app_rect_right (outer);
  graphene_point_t corners[] = {
    { side, self->request->lane }, { x, self->request->lane }, { x, fermata_app_rect_bottom (inner) },
  };

  for (guint i = 0; i < 2; i++)
    {
      graphene_point_t swap = corners[0];

      if (i == 1 && inwards)
        break;
      if (i == 1)
        {
          corners[0] = corners[2];
          corners[2] = swap;
        }
      fermata_app_path_round (self->path, corners, G_N_ELEMENTS (corners), 18);
    }
  if (fermata_app_router_is_clear (self, 4))
    return;
  result->is_direct = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (margins); i++)
    {
      FermataAppLineEnd lane = { GRAPHENE_POINT_INIT (side, self->request->lane), left ? 1 : -1, 0 };
      FermataAppLineEnd end = get_side (inner, left ? -1 : 1, 0, 0);

      if (fermata_app_router_detour (self, inwards ? &lane : &end, inwards ? &end : &lane, inner, 1, margins[i]))
        return;
    }
  result->is_clear = FALSE;
  fermata_app_path_round (self->path, corners, G_N_ELEMENTS (corners), 18);
}

static void
find_line (FermataAppRouter     *self,
           FermataAppLineResult *result)
{
  switch (self->request->kind)
    {
    case FERMATA_APP_LINE_PORTS:
      find_between_ports (self, result);
      break;
    case FERMATA_APP_LINE_BORDERS:
      find_between_borders (self, result);
      break;
    case FERMATA_APP_LINE_OVER:
      find_over (self);
      break;
    case FERMATA_APP_LINE_LOOP:
    case FERMATA_APP_LINE_STUB:
      find_loop (self, result);
      break;
    case FERMATA_APP_LINE_INITIAL:
      find_initial (self);
      break;
    case FERMATA_APP_LINE_INWARDS:
    case FERMATA_APP_LINE_OUTWARDS:
      find_lane (self, result);
      break;
    }
}

void
fermata_app_router_find (const FermataAppLineRequest *request,
                         const FermataAppObstacles   *obstacles,
                         FermataAppLineResult        *result)
{
  g_autoptr (GArray) flat = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  g_autoptr (GArray) rects = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  FermataAppRouter self = {
    .request = request,
    .obstacles = obstacles,
    .path = result->points,
    .flat = flat,
    .rects = rects,
    .areas = result->areas,
    .effort = MAX_EFFORT,
  };

  g_array_set_size (result->points, 0);
  g_array_set_size (result->areas, 0);
  result->is_direct = TRUE;
  result->is_clear = TRUE;
  find_line (&self, result);
  result->reach = fermata_app_rect_union (&request->from, &request->to);
  for (guint i = 0; i < result->areas->len; i++)
    result->reach = fermata_app_rect_union (&result->reach, &g_array_index (result->areas, graphene_rect_t, i));
}

gboolean
fermata_app_router_comes_near (const graphene_point_t *points,
                               guint                   n_points,
                               const graphene_rect_t  *rect,
                               float                   clearance)
{
  graphene_rect_t around = fermata_app_rect_inflate (rect, clearance);
  graphene_rect_t bounds = fermata_app_rect_of_points (points, n_points);
  g_autoptr (GArray) flat = NULL;

  if (!fermata_app_rect_meets (&around, &bounds))
    return FALSE;
  flat = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  fermata_app_path_flatten (points, n_points, flat);
  for (guint i = 0; i + 1 < flat->len; i++)
    {
      if (fermata_app_segment_enters (&g_array_index (flat, graphene_point_t, i),
                                      &g_array_index (flat, graphene_point_t, i + 1), &around))
        return TRUE;
    }
  return FALSE;
}
